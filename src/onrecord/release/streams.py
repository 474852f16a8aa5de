"""The records of a release as one stream in the order of their ids, whatever configs and splits they are in."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from onrecord.errors import ConfigError
from onrecord.publish.manifest import Manifest
from onrecord.publish.parquet import read_rows
from onrecord.publish.verification import read_manifest
from onrecord.tables import Row

T = TypeVar("T")


class Stored(NamedTuple):
    """One record of a release: its id, its split, and its row in `interviews`."""

    id: str
    split: str
    row: Row


def manifest_of(folder: Path) -> Manifest:
    """Return the manifest of a release; raises `ConfigError` if the folder is none."""
    manifest, found = read_manifest(folder)
    if manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    return manifest


def records(folder: Path, manifest: Manifest) -> Iterator[Stored]:
    """Yield the records of a release by id, with bounded memory."""
    streams = [
        _split(folder, split.name, split.files)
        for config in manifest.configs
        if config.table == "interviews"
        for split in config.splits
    ]
    yield from heapq.merge(*streams, key=lambda stored: stored.id)


def paired(old: Iterator[T], new: Iterator[T], key: Callable[[T], str]) -> Iterator[tuple[T | None, T | None]]:
    """Yield what two sorted streams hold by key, with None where a side lacks one."""
    one, other = next(old, None), next(new, None)
    while one is not None or other is not None:
        if other is None or (one is not None and key(one) < key(other)):
            yield one, None
            one = next(old, None)
        elif one is None or key(other) < key(one):
            yield None, other
            other = next(new, None)
        else:
            yield one, other
            one, other = next(old, None), next(new, None)


def _split(folder: Path, split: str, files: tuple[str, ...]) -> Iterator[Stored]:
    for name in files:
        for row in read_rows(folder / name):
            yield Stored(row["id"], split, row)
