"""Engines: where tasks run. They share shards, names and digests; only the place differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Protocol

from onrecord.engines._task import Progress, Task
from onrecord.engines.cluster import Cluster
from onrecord.engines.local import Local
from onrecord.errors import ConfigError
from onrecord.storage import AnyPath

__all__ = ["ENGINES", "Engine", "Task", "engine_named"]


class Engine(Protocol):
    """Runs tasks somewhere."""

    def run(self, tasks: Sequence[Task], folder: AnyPath, progress: Progress = ...) -> list[AnyPath]:
        """Return the outputs in `folder`, in the order of the tasks; `progress` is told the records made."""

    def at_hand(self) -> Executor | None:
        """Return the processes on this machine that wait for the next run; None if there are none."""

    def close(self) -> None:
        """Let go of what was started for runs; the next one starts it again."""


ENGINES: Mapping[str, Callable[[int, str | None], Engine]] = {
    "local": lambda workers, _address: Local(workers),
    "ray": Cluster,
}
"""Each is given the number of workers (cores, where it starts any) and the address of a cluster, if there is one."""


def engine_named(name: str, workers: int = 1, address: str | None = None) -> Engine:
    """Return the engine called `name`. Raises `ConfigError` listing what exists, or if it takes no address."""
    if name not in ENGINES:
        raise ConfigError(f"there is no engine named {name!r}; there are: {', '.join(ENGINES)}")
    if address is not None and name == "local":
        raise ConfigError("the engine `local` runs here and has no address: use `--engine ray`")
    return ENGINES[name](workers, address)
