"""The engine `ray`: the same tasks, plain ones, on a Ray cluster: the same names, the same bytes.

A task gets paths, not data, and returns the name of its output, which it wrote to a folder that all machines see:
nothing is pulled through the driver, and nothing lies in Ray's object store. Retries are ours, not Ray's: a task whose
worker or machine died is run again, then alone, then in halves, as on one machine.
"""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from onrecord.engines._isolation import isolated
from onrecord.engines._task import Progress, Task, largest_first, silent
from onrecord.engines.shards import program_digest
from onrecord.errors import ConfigError
from onrecord.storage import AnyPath, exists

_ANSWERS_WITHIN = 5.0
_TRIES = 3
_PER_CORE = 2


@dataclass(slots=True)
class Cluster:
    """Runs tasks on the Ray cluster at `address`, or on one started here with `workers` cores if there is none.

    It is reached for by the first run, and let go by `close`.
    """

    workers: int = 1
    address: str | None = None
    _connection: ExitStack | None = field(default=None, init=False, repr=False, compare=False)
    _ray: Any = field(default=None, init=False, repr=False, compare=False)

    def run(self, tasks: Sequence[Task], folder: AnyPath, progress: Progress = silent) -> list[AnyPath]:
        """Return one file per task, or per part of one whose workers died, in the order of the tasks.

        Raises `ConfigError` if Ray is not installed, nothing answers at `address`, a machine has another version of
        this program, or `folder` is not the same for all machines.
        """
        if self._connection is None:
            with ExitStack() as stack:
                self._ray = stack.enter_context(_connected(self.workers, self.address))
                self._connection = stack.pop_all()
        run = _Run(self._ray, tasks, folder, progress)
        run.all()
        return [path for paths in run.outputs for path in paths]

    def at_hand(self) -> None:
        """Return None: the processes of a cluster may be on other machines."""

    def close(self) -> None:
        """Let go of the cluster; one that was started here ends."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._ray = None


class _Run:
    """One run over tasks: what is done of it, and what is in the air."""

    def __init__(self, ray: Any, tasks: Sequence[Task], folder: AnyPath, progress: Progress) -> None:
        self.ray, self.tasks, self.folder, self.progress = ray, tasks, folder, progress
        self.outputs: list[list[AnyPath]] = [[] for _ in tasks]
        self.deaths = (
            ray.exceptions.WorkerCrashedError,
            ray.exceptions.NodeDiedError,
            ray.exceptions.LocalRayletDiedError,
            ray.exceptions.OutOfMemoryError,
            ray.exceptions.ObjectLostError,
        )
        self.remote = ray.remote(max_retries=0)(_task)

    def all(self) -> None:
        waiting = deque((index, 1) for index in largest_first(self.tasks))
        flying: dict[Any, tuple[int, int]] = {}
        while waiting or flying:
            while waiting and len(flying) < self._room():
                index, tries = waiting.popleft()
                flying[self._submit(self.tasks[index])] = index, tries
            for reference in self.ray.wait(list(flying), num_returns=1)[0]:
                index, tries = flying.pop(reference)
                path = self._result(reference)
                if path is not None:
                    self._done(index, [path])
                elif tries < _TRIES:
                    waiting.append((index, tries + 1))
                else:
                    self._done(index, list(isolated(self.tasks[index], self.folder, self._alone)))

    def _done(self, index: int, paths: list[AnyPath]) -> None:
        self.outputs[index] = paths
        self.progress(self.tasks[index].rows)

    def _room(self) -> int:
        """How many tasks may be in the air: enough for all cores there are now, and few enough to keep track of."""
        return max(1, _PER_CORE * int(self.ray.cluster_resources().get("CPU", 1)))

    def _submit(self, task: Task) -> Any:
        return self.remote.remote(task, self.folder, program_digest())

    def _alone(self, task: Task) -> AnyPath | None:
        """Run a part of a task; a machine that went meanwhile is no fault of it, so it gets a second try."""
        return self._result(self._submit(task)) or self._result(self._submit(task))

    def _result(self, reference: Any) -> AnyPath | None:
        """The output of a task, None if its worker or machine died; raises what the task raised."""
        try:
            name = self.ray.get(reference)
        except self.deaths:
            return None
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause from None
        path: AnyPath = self.folder / name
        if not _appears(path):
            raise ConfigError(
                f"{path} was made on another machine and cannot be seen here: with several machines, put IN and the "
                "finished shards (`--work`) on a disk they share, or in an object store"
            )
        return path


def _task(task: Task, folder: AnyPath, program: str) -> str:
    """Run one task on whatever machine this is; return the name of its output."""
    if program != program_digest():
        raise ConfigError(
            f"the machine {socket.gethostname()} has another version of onrecord: install the same one on all"
        )
    return task.run(folder).name


def _appears(path: AnyPath) -> bool:
    """Whether a file can be seen, at once or within the seconds that a network disk may take to show it."""
    for wait in (0.0, 0.5, 2.0):
        time.sleep(wait)
        if exists(path):
            return True
    return False


@contextmanager
def _connected(workers: int, address: str | None) -> Iterator[Any]:
    ray = _ray()
    if address is not None and address not in ("auto", "local"):
        _require_answer(address)
    where: dict[str, Any] = {"address": address}
    if address in (None, "local"):  # said, because Ray would look for a cluster first
        where = {"address": "local", "num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(log_to_driver=False, logging_level="ERROR", **where)
    except (ConnectionError, TimeoutError, RuntimeError, ValueError) as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise ConfigError(f"there is no Ray cluster at {address}: {said[0]}; `ray start --head` starts one") from error
    try:
        yield ray
    finally:
        ray.shutdown()


def _ray() -> Any:
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # else it warns of a change to come
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers about each run
    try:
        import ray
    except ImportError:
        raise ConfigError(
            "the engine `ray` needs an optional package: install it with `pip install 'onrecord[ray]'`, or build "
            "with `--workers` on this machine"
        ) from None
    return ray


def _require_answer(address: str) -> None:
    """Ask whether anything listens at an address: Ray itself would try for a minute."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        raise ConfigError(f"{address!r} is no address of a Ray cluster: write HOST:PORT, ray://HOST:PORT or `auto`")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWERS_WITHIN).close()
    except OSError as error:
        raise ConfigError(
            f"no Ray cluster answers at {address}: {error.strerror or error}; `ray start --head` starts one"
        ) from error
