"""Shards: the unit of work and of resuming.

A shard's output is named by a digest of what went in (sources, facts, settings, and the program itself) and
renamed into place when it is complete. So "done" means "exists", a repeat is free, changed code or input can
not reuse an old result, and a killed worker loses nothing and doubles nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batch import run_batch, source_table
from onrecord.collection.facts import Source
from onrecord.pipeline import Settings

MAX_BYTES = 32 * 2**20
MAX_ROWS = 2_000


class Loadable(Protocol):
    """A source that has been found but not read; small enough to be sent to another process."""

    @property
    def size(self) -> int:
        """Bytes it will take when loaded."""

    def load(self) -> Source:
        """Read it. Never raises for an unreadable file: that is a record with a finding, made by the caller."""


Shard = tuple[Loadable, ...]


def plan(sources: Iterable[Loadable], max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Iterator[Shard]:
    """Cut `sources` into shards of at most `max_rows` rows and about `max_bytes` bytes, in order."""
    shard: list[Loadable] = []
    size = 0
    for source in sources:
        if shard and (len(shard) >= max_rows or size + source.size > max_bytes):
            yield tuple(shard)
            shard, size = [], 0
        shard.append(source)
        size += source.size
    if shard:
        yield tuple(shard)


def run_shard(shard: Shard, settings: Settings, folder: Path) -> Path:
    """Make the records of one shard, or find them made; return the path of the Parquet file with one row each."""
    sources = source_table(source.load() for source in shard)
    target = folder / f"{shard_key(sources, settings)}.parquet"
    if not target.exists():
        write_then_rename(run_batch(sources, settings), target)
    return target


def shard_key(sources: pa.Table, settings: Settings) -> str:
    """Return the name of a shard's output: a digest over everything that can change it."""
    digest = hashlib.sha256(f"{settings.digest} {program_digest()}".encode())
    for column in sources.columns:
        for value in column:
            item = value.as_py()
            data = item if isinstance(item, bytes) else str(item).encode()
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
    return digest.hexdigest()[:32]


@cache
def program_digest() -> str:
    """Return a digest of the package's own files: results of other code are never taken for results of this."""
    digest = hashlib.sha256()
    for name, data in sorted(_package_files(files("onrecord"))):
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()


def write_then_rename(table: pa.Table, target: Path) -> None:
    """Write `table` beside `target` and rename it into place, so that `target` is complete or absent."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        pq.write_table(table, temporary, compression="zstd")
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _package_files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _package_files(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            yield name, entry.read_bytes()
