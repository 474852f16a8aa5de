"""Parts in the order of their records' ids, however many there are: sorted files, merged."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from onrecord.publish.parts import PART_SCHEMA, PartFile, in_order, write_arrow
from onrecord.storage import AnyPath

MOST_OPEN = 96
"""Files that are merged at one time, of each of which a batch is in memory; more are merged into files first."""

_AT_ONCE = 256
"""Records that are given out together."""


class Run(NamedTuple):
    """A file of records in order, with the ids of the first and the last of them."""

    first: str
    last: str
    path: AnyPath


def run_of(part: pa.Table, path: AnyPath) -> Run:
    """Return what is to be known of a part in a file; there must be a record in it."""
    return Run(part["id"][0].as_py(), part["id"][-1].as_py(), path)


def gathered(runs: Iterable[Run], spool: Path) -> list[Run]:
    """Return the records of runs in so few that `ordered` has no more than `MOST_OPEN` of them open at one time.

    While more of them have records that belong between those of others, so many at a time are merged into files in the
    folder `spool`, which the caller removes: once for up to `MOST_OPEN` squared.
    """
    runs = sorted(runs)
    each = max(2, MOST_OPEN)
    numbers = count()
    while _most_open(runs) > MOST_OPEN:
        groups = (runs[at : at + each] for at in range(0, len(runs), each))
        runs = sorted(_joined(some, spool / f"run-{next(numbers):05}.arrow") for some in groups)
    return runs


def ordered(runs: Sequence[Run], columns: Iterable[str] = PART_SCHEMA.names) -> Iterator[pa.Table]:
    """Yield these columns, one of them `id`, of the records of gathered runs, in tables of some hundred, by id.

    In memory is a batch of each run that is open.
    """
    held: list[pa.Table] = []
    rows = 0
    for found in _steps(deque(runs), tuple(columns)):
        held += found
        rows += sum(table.num_rows for table in found)
        if rows >= _AT_ONCE:
            yield in_order(pa.concat_tables(held))
            held, rows = [], 0
    if held:
        yield in_order(pa.concat_tables(held))


def spilled(parts: Sequence[pa.Table], path: Path) -> Run:
    """Write parts to one file, in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = in_order(pa.concat_tables([part.replace_schema_metadata() for part in parts]))
    write_arrow(str(path), table.schema, [table])
    return run_of(table, path)


def _most_open(runs: Sequence[Run]) -> int:
    """How many of the runs, by their first ids, would be open at one time."""
    most = 0
    opened: list[str] = []
    for run in runs:
        while opened and opened[0] < run.first:
            heappop(opened)
        heappush(opened, run.last)
        most = max(most, len(opened))
    return most


def _joined(runs: Sequence[Run], path: Path) -> Run:
    """Merge sorted runs into one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_arrow(str(path), PART_SCHEMA, ordered(runs))
    return Run(runs[0].first, max(run.last for run in runs), path)


class _Opened:
    """A run that is being read, a batch at a time."""

    def __init__(self, run: Run, columns: Sequence[str]) -> None:
        self._file = PartFile(run.path, columns)
        self._next = 0
        self._batch = pa.table({})
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


def _steps(waiting: deque[Run], columns: Sequence[str]) -> Iterator[list[pa.Table]]:
    """Yield pieces of runs: those of one step lie before those of the next, but are in no order themselves.

    A run is opened when its first id comes up, so that few are open at a time if records come in order, as most do. A
    step takes from every open run what is not above the least of their last ids: one batch at least is used up.
    """
    opened: list[_Opened] = []
    try:
        while opened or waiting:
            least = min((run.last for run in opened), default=None)
            while waiting and (least is None or waiting[0].first <= least):
                opened.append(_Opened(waiting.popleft(), columns))
                least = min(run.last for run in opened)
            if least is not None:
                found = [run.up_to(least) for run in opened]
                yield [table for table in found if table.num_rows]
            opened = [run for run in opened if run.advance()]
    finally:
        for run in opened:
            run.close()
