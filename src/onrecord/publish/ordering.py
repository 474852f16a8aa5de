"""Parts in the order of their records' ids, however many there are: sorted files, merged."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from onrecord.publish.parts import PART_SCHEMA, PartFile, in_order, write_arrow
from onrecord.storage import AnyPath

RUN_BYTES = 96 * 2**20
MOST_OPEN = 96
"""Files that are merged at one time, of each of which a batch is in memory; more are put together first."""

_AT_ONCE = 256
"""Records that are given out together."""


class Run(NamedTuple):
    """A file of records in order, with the ids of the first and the last of them, and its size in memory."""

    first: str
    last: str
    path: AnyPath
    bytes: int


def run_of(part: pa.Table, path: AnyPath, size: int) -> Run:
    """Return what is to be known of a part of `size` bytes in a file; there must be a record in it."""
    return Run(part["id"][0].as_py(), part["id"][-1].as_py(), path, size)


def ordered(runs: Iterable[Run], spool: Path) -> Iterator[pa.Table]:
    """Yield the records of runs in the order of their ids, in tables of some hundred.

    Memory stays at a few times `RUN_BYTES`, and a batch for each of `MOST_OPEN` runs. If more of them have records that
    belong between those of others, they are put together in files in the folder `spool`, which the caller removes.
    """
    runs = sorted(runs)
    if _most_open(runs) > MOST_OPEN:
        runs = [_joined(some, spool / f"run-{number:05}.arrow") for number, some in enumerate(_by_size(runs))]
        runs.sort()
    return _merged(runs)


def spilled(parts: Sequence[pa.Table], path: Path) -> Run:
    """Write parts to one file, in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = in_order(pa.concat_tables([part.replace_schema_metadata() for part in parts]))
    write_arrow(str(path), table, pa.Codec("lz4"))
    return run_of(table, path, table.nbytes)


def _most_open(runs: Sequence[Run]) -> int:
    """How many of the runs, by their first ids, would be open at one time."""
    most = 0
    opened: list[str] = []
    for run in runs:
        opened = [last for last in opened if last >= run.first]
        opened.append(run.last)
        most = max(most, len(opened))
    return most


def _by_size(runs: Sequence[Run]) -> Iterator[list[Run]]:
    some: list[Run] = []
    for run in runs:
        some.append(run)
        if sum(item.bytes for item in some) >= RUN_BYTES:
            yield some
            some = []
    if some:
        yield some


def _joined(runs: Sequence[Run], path: Path) -> Run:
    tables = []
    for run in runs:
        with PartFile(run.path) as file:
            tables.append(file.all())
    return spilled(tables, path)


class _Opened:
    """A run that is being read, a batch at a time."""

    def __init__(self, run: Run) -> None:
        self._file = PartFile(run.path)
        self._next = 0
        self._batch = PART_SCHEMA.empty_table()
        self._ids: list[str] = []
        self.advance()

    @property
    def last(self) -> str:
        """The last id of the batch at hand."""
        return self._ids[-1]

    def up_to(self, id_: str) -> pa.Table:
        """Take the records of the batch at hand up to an id."""
        count = bisect_right(self._ids, id_)
        taken, self._batch = self._batch.slice(0, count), self._batch.slice(count)
        self._ids = self._ids[count:]
        return taken

    def advance(self) -> bool:
        """Go to the next batch if the one at hand is used up; False, and closed, if there is none."""
        if self._ids:
            return True
        if self._next == self._file.batches:
            self.close()
            return False
        self._batch = self._file.batch(self._next).replace_schema_metadata()
        self._ids = self._batch["id"].to_pylist()
        self._next += 1
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _merged(runs: Sequence[Run]) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    rows = 0
    for found in _steps(deque(runs)):
        held += found
        rows += sum(table.num_rows for table in found)
        if rows >= _AT_ONCE:
            yield in_order(pa.concat_tables(held))
            held, rows = [], 0
    if held:
        yield in_order(pa.concat_tables(held))


def _steps(waiting: deque[Run]) -> Iterator[list[pa.Table]]:
    """Yield pieces of runs: those of one step lie before those of the next, but are in no order themselves.

    A run is opened when its first id comes up, so that few are open at a time if records come in order, as most do. A
    step takes from every open run what is not above the least of their last ids: one batch at least is used up.
    """
    opened: list[_Opened] = []
    try:
        while opened or waiting:
            least = min((run.last for run in opened), default=None)
            while waiting and (least is None or waiting[0].first <= least):
                opened.append(_Opened(waiting.popleft()))
                least = min(run.last for run in opened)
            if least is not None:
                found = [run.up_to(least) for run in opened]
                yield [table for table in found if table.num_rows]
            opened = [run for run in opened if run.advance()]
    finally:
        for run in opened:
            run.close()
