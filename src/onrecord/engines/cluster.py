"""The engine `ray`: the same shards as plain tasks on a Ray cluster, the same names, the same bytes.

A task gets a shard's sources (paths, not data) and returns the name of its output, which it wrote to a folder that all
machines see: nothing is pulled through the driver, and nothing lies in Ray's object store. Retries are ours, not
Ray's: a shard whose worker or machine died is run again, then alone, then in halves, as on one machine.
"""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from onrecord.engines._isolation import isolated
from onrecord.engines.local import Progress, silent
from onrecord.engines.shards import Shard, program_digest, run_shard
from onrecord.errors import ConfigError
from onrecord.pipeline import Settings
from onrecord.storage import AnyPath, exists

_ANSWERS_WITHIN = 5.0
_TRIES = 3
_PER_CORE = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """Runs shards on the Ray cluster at `address`, or on one started here with `workers` cores if there is none."""

    workers: int = 1
    address: str | None = None

    def run(
        self, shards: Sequence[Shard], settings: Settings, folder: AnyPath, progress: Progress = silent
    ) -> list[AnyPath]:
        """Return one Parquet file per shard, or per part of one whose workers died, in the order of the shards.

        Raises `ConfigError` if Ray is not installed, nothing answers at `address`, a machine has another version of
        this program, or `folder` is not the same for all machines.
        """
        with _connected(self.workers, self.address) as ray:
            run = _Run(ray, shards, settings, folder, progress)
            run.all()
        return [path for paths in run.outputs for path in paths]


class _Run:
    """One run over shards: what is done of it, and what is in the air."""

    def __init__(
        self, ray: Any, shards: Sequence[Shard], settings: Settings, folder: AnyPath, progress: Progress
    ) -> None:
        self.ray, self.shards, self.settings, self.folder, self.progress = ray, shards, settings, folder, progress
        self.outputs: list[list[AnyPath]] = [[] for _ in shards]
        self.deaths = (
            ray.exceptions.WorkerCrashedError,
            ray.exceptions.NodeDiedError,
            ray.exceptions.LocalRayletDiedError,
            ray.exceptions.OutOfMemoryError,
            ray.exceptions.ObjectLostError,
        )
        self.task = ray.remote(max_retries=0)(_task)

    def all(self) -> None:
        waiting = deque((index, 1) for index in range(len(self.shards)))
        flying: dict[Any, tuple[int, int]] = {}
        while waiting or flying:
            while waiting and len(flying) < self._room():
                index, tries = waiting.popleft()
                flying[self._submit(self.shards[index])] = index, tries
            for reference in self.ray.wait(list(flying), num_returns=1)[0]:
                index, tries = flying.pop(reference)
                path = self._result(reference)
                if path is not None:
                    self._done(index, [path])
                elif tries < _TRIES:
                    waiting.append((index, tries + 1))
                else:
                    self._done(index, list(isolated(self.shards[index], self.settings, self.folder, self._alone)))

    def _done(self, index: int, paths: list[AnyPath]) -> None:
        self.outputs[index] = paths
        self.progress(len(self.shards[index]))

    def _room(self) -> int:
        """How many tasks may be in the air: enough for all cores there are now, and few enough to keep track of."""
        return max(1, _PER_CORE * int(self.ray.cluster_resources().get("CPU", 1)))

    def _submit(self, shard: Shard) -> Any:
        return self.task.remote(shard, self.settings, self.folder, program_digest())

    def _alone(self, shard: Shard) -> AnyPath | None:
        """Run a part of a shard; a machine that went meanwhile is no fault of it, so it gets a second try."""
        return self._result(self._submit(shard)) or self._result(self._submit(shard))

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


def _task(shard: Shard, settings: Settings, folder: AnyPath, program: str) -> str:
    """Make one shard on whatever machine this is; return the name of its output."""
    if program != program_digest():
        raise ConfigError(
            f"the machine {socket.gethostname()} has another version of onrecord: install the same one on all"
        )
    return run_shard(shard, settings, folder).name


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
