"""What to do with a shard whose worker died: cut it down to the one record that kills."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.engines.shards import Shard, died
from onrecord.pipeline import Settings
from onrecord.storage import AnyPath

Alone = Callable[[Shard], AnyPath | None]
"""Runs a shard with no other beside it; None if its worker died."""


def isolated(shard: Shard, settings: Settings, folder: AnyPath, alone: Alone) -> Iterator[AnyPath]:
    """Yield the outputs of a shard: of all of it, or of its halves, down to the row of a record that kills."""
    path = alone(shard)
    if path is not None:
        yield path
    elif len(shard) > 1:
        half = len(shard) // 2
        yield from isolated(shard[:half], settings, folder, alone)
        yield from isolated(shard[half:], settings, folder, alone)
    else:
        yield died(shard, settings, folder)
