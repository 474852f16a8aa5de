"""Parts in the order of their records' ids, however many there are: sorted runs on disk, merged."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from onrecord.publish.parts import PART_SCHEMA, in_order, write_arrow

RUN_BYTES = 96 * 2**20
BATCH_BYTES = 2**20
"""What is held of each run that is being merged: a hundredth of it, or one record if that is larger."""

_AT_ONCE = 256
"""Records that are given out together."""


class Ordered:
    """The records of parts in the order of their ids, as often as they are wanted.

    Memory stays at a few times `RUN_BYTES`; more goes to files in the folder `spool`, which the caller removes.
    """

    def __init__(self, parts: Iterable[pa.Table], spool: Path) -> None:
        self._runs: list[_Run] = []
        self._spool = spool
        held: list[pa.Table] = []
        size = 0
        for part in parts:
            held.append(part.replace_schema_metadata())
            size += part.nbytes
            if size >= RUN_BYTES:
                self._spill(held)
                held, size = [], 0
        if held and self._runs:
            self._spill(held)
            held = []
        self._table = in_order(pa.concat_tables(held)) if held else PART_SCHEMA.empty_table()

    def __iter__(self) -> Iterator[pa.Table]:
        """Yield tables of some records each."""
        if self._runs:
            yield from _merged(self._runs)
            return
        for at in range(0, self._table.num_rows, _AT_ONCE):
            yield self._table.slice(at, _AT_ONCE)

    def _spill(self, parts: list[pa.Table]) -> None:
        self._spool.mkdir(parents=True, exist_ok=True)
        path = self._spool / f"run-{len(self._runs):05}.arrow"
        table = in_order(pa.concat_tables(parts))
        if table.num_rows:
            write_arrow(str(path), table, pa.Codec("lz4"), max(1, table.num_rows * BATCH_BYTES // table.nbytes))
            self._runs.append(_Run(table["id"][0].as_py(), path))


class _Run(NamedTuple):
    """Records in order in a file, and the id of the first of them."""

    first: str
    path: Path


class _Opened:
    """A run that is being read, a batch at a time."""

    def __init__(self, run: _Run) -> None:
        self._source = pa.OSFile(str(run.path))  # a memory map would count as memory, all of it in the end
        self._file = pa.ipc.open_file(self._source)
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
        if self._next == self._file.num_record_batches:
            self.close()
            return False
        self._batch = pa.Table.from_batches([self._file.get_batch(self._next)])
        self._ids = self._batch["id"].to_pylist()
        self._next += 1
        return True

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()


def _merged(runs: list[_Run]) -> Iterator[pa.Table]:
    """Yield the records of runs in order."""
    held: list[pa.Table] = []
    rows = 0
    for found in _steps(deque(sorted(runs))):
        held += found
        rows += sum(table.num_rows for table in found)
        if rows >= _AT_ONCE:
            yield in_order(pa.concat_tables(held))
            held, rows = [], 0
    if held:
        yield in_order(pa.concat_tables(held))


def _steps(waiting: deque[_Run]) -> Iterator[list[pa.Table]]:
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
                found = (run.up_to(least) for run in opened)
                yield [table for table in found if table.num_rows]
            opened = [run for run in opened if run.advance()]
    finally:
        for run in opened:
            run.close()
