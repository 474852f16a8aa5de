"""From parts to the files of a release: which rows go into which config and split, and whether they arrived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.codes import finding
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import ConfigEntry, Manifest, Statistics
from onrecord.publish.ordering import Ordered
from onrecord.publish.parquet import SplitWriter, read_tables
from onrecord.publish.parts import counted, digests_of, sizes_of
from onrecord.publish.seals import NAME as SEALS
from onrecord.publish.staging import HashingFile, Staging
from onrecord.publish.statistics import Counters
from onrecord.schema.interview import Finding
from onrecord.tables import FICTIONAL, TABLES, Table, config_name, config_names

RAW_SUMS = "raw.sha256"
"""SHA-256 of each published record's file, as `sha256sum --check` reads it in raw/."""

_READ_AT_ONCE = 1_024


@dataclass
class Contents:
    """What was written: the configs, the counts, and the keys of the people who are linked with a speaker in them."""

    configs: tuple[ConfigEntry, ...] = ()
    statistics: Statistics = field(default_factory=Statistics)
    restored: int = 0
    persons: frozenset[str] = frozenset()


class Counted:
    """Parts as they pass on their way to be sorted: what they hold is counted, part by part."""

    def __init__(self, parts: Iterable[pa.Table]) -> None:
        self._parts = parts
        self._counters = Counters()
        self._groups: list[pa.Array] = []
        self.persons: set[str] = set()

    def __iter__(self) -> Iterator[pa.Table]:
        for part in self._parts:
            self.persons |= counted(part, self._counters)
            self._groups.append(part["group"].combine_chunks())
            yield part

    def statistics(self) -> Statistics:
        """Return the counts over all parts that have passed."""
        groups = pc.count_distinct(pa.chunked_array(self._groups, pa.int64()))
        return self._counters.result(groups.as_py())


def write_contents(records: Ordered, stage: Staging, facts: ReleaseFacts) -> tuple[ConfigEntry, ...]:
    """Write the tables of `records`, the sums of their files and the seals of their words; return the configs.

    Raises `ReleaseRefused` if two records have one id.
    """
    with _Tables(stage) as tables, stage.open(RAW_SUMS) as sums, _Seals(stage) as seals:
        for some in _distinct(records):
            for piece in _pieces(some):
                tables.add(piece)
            sums.write(b"".join(some["sum"].drop_null().to_pylist()))
            seals.write(b"".join(some["seal"].drop_null().to_pylist()))
        return tables.close(facts)


def differences(records: Ordered, folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Yield which tables in a folder do not hold the rows of `records`, which were just written there."""
    readers = {
        (config.name, split.name): _Reader([folder / name for name in split.files])
        for config in manifest.configs
        for split in config.splits
    }
    wrong: set[tuple[str, str]] = set()
    for some in records:
        for piece in _pieces(some):
            if not readers[piece.key].gives(piece.rows):
                wrong.add(piece.key)
    wrong |= {key for key, reader in readers.items() if not reader.gives(None)}
    for config, split in sorted(wrong):
        message = f"`{config}` does not hold in `{split}` the rows that were written to it."
        yield finding("wrong-rows", f"{folder.name}/data/{config}", message)


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


def _distinct(records: Ordered) -> Iterator[pa.Table]:
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


class _Reader:
    """The rows of files, to be compared with those that were written."""

    def __init__(self, files: list[Path]) -> None:
        self._tables = read_tables(files, _READ_AT_ONCE)
        self._held: list[pa.Table] = []
        self._broken = False

    def gives(self, rows: pa.Table | None) -> bool:
        """Whether these are the next rows (None: whether there are no more); after damage, never again."""
        try:
            self._broken = self._broken or not self._next_are(rows)
        except ConfigError:
            self._broken = True
        return not self._broken

    def _next_are(self, rows: pa.Table | None) -> bool:
        wanted = 1 if rows is None else rows.num_rows
        while sum(table.num_rows for table in self._held) < wanted:
            found = next(self._tables, None)
            if found is None:
                return rows is None and not self._held
            self._held.append(found)
        if rows is None:
            return False
        held = pa.concat_tables(self._held)
        self._held = [held.slice(wanted)] if held.num_rows > wanted else []
        return bool(held.slice(0, wanted).cast(rows.schema).equals(rows))


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
        configs = []
        for config in config_names():
            names = [split.name for split in facts.splits if (config, split.name) in self._writers]
            if names:
                splits = tuple(self._writers[config, name].close() for name in names)
                table = config.removeprefix(FICTIONAL)
                configs.append(ConfigEntry(name=config, table=table, splits=splits))
        return tuple(configs)
