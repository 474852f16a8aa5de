"""Engines: where batches run. They share shards, names and digests; only the place differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from onrecord.engines.cluster import Cluster
from onrecord.engines.local import Local, Progress
from onrecord.engines.shards import Shard
from onrecord.errors import ConfigError
from onrecord.pipeline import Settings
from onrecord.storage import AnyPath

__all__ = ["ENGINES", "Engine", "engine_named"]


class Engine(Protocol):
    """Makes the records of shards somewhere."""

    def run(
        self, shards: Sequence[Shard], settings: Settings, folder: AnyPath, progress: Progress = ...
    ) -> list[AnyPath]:
        """Return the outputs in `folder`, in the order of the shards; `progress` is told the records made."""


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
