"""From parts to the files of a release: which rows go into which config and split, and into which file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.errors import ReleaseRefused
from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import ConfigEntry, Statistics
from onrecord.publish.ordering import Run, run_of, spilled
from onrecord.publish.parquet import SplitWriter
from onrecord.publish.parts import PartFile, counted, digests_of, sizes_of
from onrecord.publish.seals import NAME as SEALS
from onrecord.publish.staging import HashingFile, Staging
from onrecord.publish.statistics import Counters
from onrecord.storage import AnyPath
from onrecord.tables import FICTIONAL, TABLES, Table, config_name, config_names

RAW_SUMS = "raw.sha256"
"""SHA-256 of each published record's file, as `sha256sum --check` reads it in raw/."""

RUN_BYTES = 96 * 2**20
"""Parts that are only in memory are written to a file when they are as large together."""

_AT_ONCE = 2
"""Files whose last row group is compressed at one time: each needs as much memory again."""


@dataclass
class Contents:
    """What was written: the configs, the counts, and the keys of the people who are linked with a speaker in them."""

    configs: tuple[ConfigEntry, ...] = ()
    statistics: Statistics = field(default_factory=Statistics)
    restored: int = 0
    persons: frozenset[str] = frozenset()


class Counted:
    """Parts that have been looked at: what they hold is counted, and where they lie is kept."""

    def __init__(self, parts: Iterable[pa.Table | AnyPath], spool: Path) -> None:
        """Look at parts, or at their files; parts that are only in memory are written to the folder `spool`."""
        self.persons: set[str] = set()
        self.runs: list[Run] = []
        self._counters = Counters()
        self._groups: list[pa.Array] = []
        self._spool = spool
        held: list[pa.Table] = []
        size = 0
        for part in parts:
            if isinstance(part, pa.Table):
                self._count(part)
                held.append(part)
                size += part.nbytes
                if size >= RUN_BYTES:
                    self._spill(held)
                    held, size = [], 0
            else:
                with PartFile(part, ["id", "group"]) as file:
                    table = file.all()
                self._count(table)
                if table.num_rows:
                    self.runs.append(run_of(table, part))
        self._spill(held)

    def _count(self, part: pa.Table) -> None:
        self.persons |= counted(part, self._counters)
        self._groups.append(part["group"].combine_chunks())

    def _spill(self, parts: list[pa.Table]) -> None:
        if any(part.num_rows for part in parts):
            self.runs.append(spilled(parts, self._spool / f"part-{len(self.runs):05}.arrow"))

    def statistics(self) -> Statistics:
        """Return the counts over all parts."""
        groups = pc.count_distinct(pa.chunked_array(self._groups, pa.int64()))
        return self._counters.result(groups.as_py())


def write_contents(records: Iterable[pa.Table], stage: Staging, facts: ReleaseFacts) -> tuple[ConfigEntry, ...]:
    """Write the tables of `records`, the sums of their files and the seals of their words; return the configs.

    `records` are parts, in the order of their ids.

    Raises `ReleaseRefused` if two records have one id.
    """
    with _Tables(stage) as tables, stage.open(RAW_SUMS) as sums, _Seals(stage) as seals:
        for some in _distinct(records):
            for piece in _pieces(some):
                tables.add(piece)
            sums.write(b"".join(some["sum"].drop_null().to_pylist()))
            seals.write(b"".join(some["seal"].drop_null().to_pylist()))
        return tables.close(facts)


class _Piece(NamedTuple):
    """Rows of one table that belong into one split of one config, with their sizes and digests."""

    config: str
    split: str
    table: Table
    rows: pa.Table
    sizes: list[int]
    digests: bytes

    @property
    def key(self) -> tuple[str, str]:
        return self.config, self.split


def _distinct(records: Iterable[pa.Table]) -> Iterator[pa.Table]:
    last: str | None = None
    for some in records:
        for id_ in some["id"].to_pylist():
            if id_ == last:
                raise ReleaseRefused(f"two records have the id {last!r}: an id names one interview for ever")
            last = id_
        yield some


def _pieces(some: pa.Table) -> Iterator[_Piece]:
    kinds = sorted({*zip(some["fictional"].to_pylist(), some["split"].to_pylist(), strict=True)}, key=str)
    for fictional, split in kinds:
        if split is None:
            continue
        here = some
        if len(kinds) > 1:
            here = some.filter(pc.and_(pc.equal(some["fictional"], fictional), pc.equal(some["split"], split)))
        for table in TABLES.values():
            rows = _rows(table, here[table.name])
            if rows.num_rows:
                sizes = here[sizes_of(table.name)].combine_chunks().flatten().to_pylist()
                digests = b"".join(here[digests_of(table.name)].to_pylist())
                yield _Piece(config_name(table.name, fictional=fictional), split, table, rows, sizes, digests)


def _rows(table: Table, column: pa.ChunkedArray) -> pa.Table:
    flat = (chunk.flatten() for chunk in column.chunks)
    batches = [pa.RecordBatch.from_arrays(rows.flatten(), schema=table.schema) for rows in flat]
    return pa.Table.from_batches(batches, table.schema)


class _Seals:
    """The seals of standoff records; the file is made when the first one comes."""

    def __init__(self, stage: Staging) -> None:
        self._stage = stage
        self._file: HashingFile | None = None

    def __enter__(self) -> _Seals:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, lines: bytes) -> None:
        if lines:
            self._file = self._file or self._stage.open(SEALS)
            self._file.write(lines)


class _Tables:
    """The writers of all configs; one is made when its first row comes, so that no table is ever empty."""

    def __init__(self, stage: Staging) -> None:
        self._stage = stage
        self._writers: dict[tuple[str, str], SplitWriter] = {}

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.abandon()

    def add(self, piece: _Piece) -> None:
        if piece.key not in self._writers:
            prefix = f"data/{piece.config}/{piece.split}"
            self._writers[piece.key] = SplitWriter(piece.split, prefix, piece.table.schema, self._stage.open)
        self._writers[piece.key].extend(piece.rows, piece.sizes, piece.digests)

    def close(self, facts: ReleaseFacts) -> tuple[ConfigEntry, ...]:
        with ThreadPoolExecutor(_AT_ONCE) as pool:  # what is left of each is compressed outside of Python's lock
            done = dict(zip(self._writers, pool.map(SplitWriter.close, self._writers.values()), strict=True))
        found = []
        for config in config_names():
            splits = tuple(done[config, split.name] for split in facts.splits if (config, split.name) in done)
            if splits:
                found.append(ConfigEntry(name=config, table=config.removeprefix(FICTIONAL), splits=splits))
        return tuple(found)
