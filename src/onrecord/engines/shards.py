"""Shards: the unit of work and of resuming.

A shard's output is named by a digest of what went in (sources, facts, settings, and the program itself) and
is complete when it appears. So "done" means "exists", a repeat is free, changed code or input can not reuse an
old result, and a killed worker loses nothing and doubles nothing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batch import collector_paused, made_records, records_table, run_batch, source_table
from onrecord.codes import finding
from onrecord.collection.facts import Source
from onrecord.collection.found import FoundSource
from onrecord.pipeline import Settings, failed
from onrecord.schema.arrow import to_table
from onrecord.storage import AnyPath, exists, parquet_input, write_whole
from onrecord.tables import Flat

MAX_BYTES = 32 * 2**20
MAX_ROWS = 1_000
MEAN_BYTES = 4 * 2**20
MEAN_ROWS = 256
"""A shard is some seconds of work: little is done again after a change or a death, and little is spent on its file."""

_FETCHES = 16
_STALE = 24 * 3600.0


class Loadable(Protocol):
    """A source that has been found but not read; small enough to be sent to another process."""

    @property
    def id(self) -> str:
        """Id of the interview."""

    @property
    def size(self) -> int:
        """Bytes it will take when loaded."""

    def load(self) -> Source:
        """Read it. Never raises for an unreadable file: that is a record with a finding, made by the caller."""


Shard = tuple[Loadable, ...]


class Also(Protocol):
    """Makes something else of a shard's records while they are at hand; small, because it is sent to processes."""

    def about(self, ids: Sequence[str], /) -> Also:
        """Return what is needed for the records with these ids."""

    def passing(self, shard: AnyPath, ids: Sequence[str], records: Iterator[list[Flat]], /) -> Iterator[list[Flat]]:
        """Yield the records with these ids, in order; what is made of them is there when the last one has passed."""


@dataclass(frozen=True, slots=True)
class Making:
    """The task of making the records of one shard; engines run such tasks, and know nothing of what is in them."""

    shard: Shard
    settings: Settings
    also: Also | None = None

    @property
    def rows(self) -> int:
        """Number of records, for the progress."""
        return len(self.shard)

    @property
    def size(self) -> int:
        """Bytes of the sources."""
        return sum(source.size for source in self.shard)

    def run(self, folder: AnyPath) -> AnyPath:
        """Make the output in `folder`, or find it made."""
        return run_shard(self.shard, self.settings, folder, self.also)

    def found(self, folder: AnyPath) -> AnyPath | None:
        """Return the output if it was made before and that is cheap to know."""
        return found_shard(self.shard, self.settings, folder)

    def halves(self) -> tuple[Making, ...]:
        """Return the task in two; nothing if it is about one record."""
        half = len(self.shard) // 2
        return (replace(self, shard=self.shard[:half]), replace(self, shard=self.shard[half:])) if half else ()

    def died(self, folder: AnyPath) -> AnyPath:
        """Say in the output that whoever makes this one record dies of it."""
        return died(self.shard, self.settings, folder)


def making(shards: Iterable[Shard], settings: Settings, also: Also | None = None) -> list[Making]:
    """Return the tasks of making shards; `also` is left out where it would take much memory beside the records."""
    made = [Making(shard, settings) for shard in shards]
    if also is None:
        return made
    return [
        task if task.size > MAX_BYTES else replace(task, also=also.about([source.id for source in task.shard]))
        for task in made
    ]


def plan(sources: Iterable[Loadable], max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> Iterator[Shard]:
    """Cut `sources` into shards of at most `max_rows` rows and about `max_bytes` bytes, in order.

    Where a shard ends depends on the digest of the last source's id: a source that comes or goes moves the ends
    near it only, so that all other shards stay what they were, and their results are found again.
    """
    shard: list[Loadable] = []
    size = 0
    for source in sources:
        if shard and (len(shard) >= max_rows or size + source.size > max_bytes):
            yield tuple(shard)
            shard, size = [], 0
        shard.append(source)
        size += source.size
        if _ends_shard(source):
            yield tuple(shard)
            shard, size = [], 0
    if shard:
        yield tuple(shard)


def _ends_shard(source: Loadable) -> bool:
    """Whether a shard ends here: of ids as of dice, the more often the larger the source."""
    share = max(1 / MEAN_ROWS, source.size / MEAN_BYTES)
    return int.from_bytes(hashlib.sha256(source.id.encode()).digest()[:8], "big") < share * 2**64


def run_shard(shard: Shard, settings: Settings, folder: AnyPath, also: Also | None = None) -> AnyPath:
    """Make the records of one shard, or find them made; return the Parquet file with one row each."""
    sources = _table(shard)
    target = folder / f"{shard_key(sources, settings)}.parquet"
    if not exists(target):
        write_shard(
            run_batch(sources, settings) if also is None else _made_with(also, sources, settings, target), target
        )
    return target


def _made_with(also: Also, sources: pa.Table, settings: Settings, target: AnyPath) -> pa.Table:
    """The records of a shard, of which something else is made as they come."""
    with collector_paused():
        ids = sources.column("id").to_pylist()
        return records_table(also.passing(target, ids, made_records(sources, settings)))


def found_shard(shard: Shard, settings: Settings, folder: AnyPath) -> AnyPath | None:
    """Return the output of a shard if it was made before; to read and hash its sources costs a hundredth of that.

    Sources that would have to be fetched from elsewhere are not looked at: whoever makes the shard does it.
    """
    if any(map(_is_fetched, shard)):
        return None
    target = folder / f"{shard_key(_table(shard), settings)}.parquet"
    return target if exists(target) else None


def died(shard: Shard, settings: Settings, folder: AnyPath) -> AnyPath:
    """Write the row of the one record of `shard`, which kills its worker whenever it is run."""
    source = shard[0].load()
    message = f"The process working on this record was killed each time; the file has {len(source.data):,} bytes."
    record = failed(source, finding("worker-died", source.path, message, where=source.id))
    target = folder / f"{shard_key(source_table([source]), settings)}.died.parquet"
    write_shard(to_table([record]), target)
    return target


def _table(shard: Shard) -> pa.Table:
    """The sources of a shard in the order of their ids, as records are published."""
    return source_table(sorted(_loaded(shard), key=lambda source: source.id))


def _loaded(shard: Shard) -> Iterator[Source]:
    """The sources, read; from an object store many at a time, because each takes time to come, not to read."""
    if not any(map(_is_fetched, shard)):
        yield from (source.load() for source in shard)
        return
    with ThreadPoolExecutor(_FETCHES) as pool:
        yield from pool.map(lambda source: source.load(), shard)


def _is_fetched(source: Loadable) -> bool:
    return isinstance(source, FoundSource) and source.is_fetched


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


def write_shard(table: pa.Table, target: AnyPath) -> None:
    """Write the Parquet file of a shard: complete or absent."""
    sink = pa.BufferOutputStream()
    # Read once, and whole: statistics are of no use, and words that are all different need no dictionary.
    pq.write_table(table, sink, compression="zstd", use_dictionary=False, write_statistics=False)
    write_whole(target, sink.getvalue())


def read_shard(path: AnyPath, columns: list[str] | None = None) -> pa.Table:
    """Return the rows of a shard's output."""
    with pq.ParquetFile(parquet_input(path)) as file:
        return file.read(columns=columns)


def sweep(folder: AnyPath) -> None:
    """Remove what killed processes left half written in a local folder, a day later: it may still be growing."""
    if isinstance(folder, Path) and folder.is_dir():
        for path in folder.glob("*.tmp"):
            try:
                if time.time() - path.stat().st_mtime > _STALE:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:  # another build swept it
                continue


def _package_files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _package_files(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            yield name, entry.read_bytes()
