"""From parts to the files of a release: which rows go into which config and split, and into which file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from onrecord.errors import ReleaseRefused
from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import ConfigEntry, FileEntry, SplitEntry, Statistics
from onrecord.publish.ordering import Run, gathered, ordered, run_of, spilled
from onrecord.publish.parquet import SplitWriter
from onrecord.publish.parts import PartFile, counted, digests_of, sizes_of
from onrecord.publish.seals import NAME as SEALS
from onrecord.publish.staging import HashingFile, Staging
from onrecord.publish.statistics import Counters
from onrecord.storage import AnyPath
from onrecord.tables import FICTIONAL, TABLES, Table, config_name, config_names
from onrecord.workers import give_back_memory, outliving

RAW_SUMS = "raw.sha256"
"""SHA-256 of each published record's file, as `sha256sum --check` reads it in raw/."""

RUN_BYTES = 96 * 2**20
"""Parts that are only in memory are written to a file when they are as large together."""


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
        import pyarrow.compute as pc

        groups = pc.count_distinct(pa.chunked_array(self._groups, pa.int64()))
        return self._counters.result(groups.as_py())


def write_contents(
    runs: Iterable[Run], stage: Staging, facts: ReleaseFacts, pool: Executor | None = None
) -> tuple[ConfigEntry, ...]:
    """Write the tables of the records in `runs`, the sums of their files and the seals of their words.

    Returns the configs. Each table is written from its own columns, by one of the processes of `pool` if there is one.

    Raises `ReleaseRefused` if two records have one id.
    """
    runs = gathered(runs, stage.spool)
    stage.spool.mkdir(exist_ok=True)
    wanted = stage.spool / "wanted"
    wanted.touch()
    done: dict[tuple[str, str], SplitEntry] = {}
    try:
        for made in outliving(pool, _write, [_Writing(name, runs, stage.folder, wanted) for name in (None, *TABLES)]):
            done |= made.splits
            stage.include(made.files)
    except BaseException:
        wanted.unlink()
        if pool is not None:
            pool.shutdown(cancel_futures=True)  # nobody may be writing when the folder is removed
        raise
    found = []
    for config in config_names():
        splits = tuple(done[config, split.name] for split in facts.splits if (config, split.name) in done)
        if splits:
            found.append(ConfigEntry(name=config, table=config.removeprefix(FICTIONAL), splits=splits))
    return tuple(found)


class _Writing(NamedTuple):
    """The task of writing all files of one table, or (without a table) of sums and seals, for any process."""

    table: str | None
    runs: Sequence[Run]
    folder: Path
    wanted: Path
    """A file that is there as long as anybody wants what is written."""


class _Written(NamedTuple):
    """The splits of a table, by config and name, and the files that were written."""

    splits: dict[tuple[str, str], SplitEntry]
    files: tuple[FileEntry, ...]


def _write(task: _Writing) -> _Written:
    stage = Staging(task.folder)
    try:
        if task.table is None:
            _write_sums(task, stage)
            return _Written({}, stage.files())
        return _Written(_write_table(TABLES[task.table], task, stage), stage.files())
    finally:
        give_back_memory()  # row groups were in it


def _read(task: _Writing, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Yield these columns of the records, in order; raises `ReleaseRefused` if nobody wants them any more."""
    for some in ordered(task.runs, columns):
        if not task.wanted.exists():
            raise ReleaseRefused("something else went wrong meanwhile")
        yield some


def _write_sums(task: _Writing, stage: Staging) -> None:
    for name in (RAW_SUMS, SEALS):
        stage.discard(name)  # what a process wrote that died
    with stage.open(RAW_SUMS) as sums, _Seals(stage) as seals:
        for some in _distinct(_read(task, ("id", "sum", "seal"))):
            sums.write(b"".join(some["sum"].drop_null().to_pylist()))
            seals.write(b"".join(some["seal"].drop_null().to_pylist()))


def _write_table(table: Table, task: _Writing, stage: Staging) -> dict[tuple[str, str], SplitEntry]:
    """Write all files of a table; return its splits by config and name."""
    for fictional in (False, True):
        stage.discard(_folder_of(config_name(table.name, fictional=fictional)))  # what a process wrote that died
    columns = ("id", "fictional", "split", table.name, digests_of(table.name), sizes_of(table.name))
    writers: dict[tuple[str, str], SplitWriter] = {}  # made when the first row comes: no table is ever empty
    try:
        for some in _read(task, columns):
            for piece in _pieces(table, some):
                if piece.key not in writers:
                    prefix = f"{_folder_of(piece.config)}/{piece.split}"
                    writers[piece.key] = SplitWriter(piece.split, prefix, table.schema, stage.open)
                writers[piece.key].extend(piece.rows, piece.sizes, piece.digests)
        return {key: writer.close() for key, writer in writers.items()}
    finally:
        for writer in writers.values():
            writer.abandon()


def _folder_of(config: str) -> str:
    return f"data/{config}"


class _Piece(NamedTuple):
    """Rows of a table that belong into one split of one config, with their sizes and digests."""

    config: str
    split: str
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


def _pieces(table: Table, some: pa.Table) -> Iterator[_Piece]:
    import pyarrow.compute as pc

    kinds = sorted({*zip(some["fictional"].to_pylist(), some["split"].to_pylist(), strict=True)}, key=str)
    for fictional, split in kinds:
        if split is None:
            continue
        here = some
        if len(kinds) > 1:
            here = some.filter(pc.and_(pc.equal(some["fictional"], fictional), pc.equal(some["split"], split)))
        rows = _rows(table, here[table.name])
        if rows.num_rows:
            sizes = here[sizes_of(table.name)].combine_chunks().flatten().to_pylist()
            digests = b"".join(here[digests_of(table.name)].to_pylist())
            yield _Piece(config_name(table.name, fictional=fictional), split, rows, sizes, digests)


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
