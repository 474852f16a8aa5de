"""Records in the order of their ids, however many there are: sorted runs on disk, merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.schema.arrow import INTERVIEW_SCHEMA, require_schema, to_table
from onrecord.schema.interview import Interview

Row = dict[str, Any]

RUN_BYTES = 96 * 2**20
_SLICE = 32
_GROUP = 128


class _Run(NamedTuple):
    """Rows in order in a file, and the id of the first of them."""

    first: str
    path: Path


def rows_by_id(records: Iterable[Interview | pa.Table], spool: Path) -> Iterator[Row]:
    """Yield the rows of `records` (interviews, or tables of them) in the order of their ids.

    Memory stays at about `RUN_BYTES`; more than that goes to files in the folder `spool`, which the caller removes.
    Raises `ContractError` if a table has another schema.
    """
    runs: list[_Run] = []
    held: list[pa.Table] = []
    size = 0
    for table in _tables(records):
        held.append(table)
        size += table.nbytes
        if size >= RUN_BYTES:
            runs.append(_spilled(held, spool, len(runs)))
            held, size = [], 0
    if not runs:
        yield from _rows(_sorted(held).to_batches(max_chunksize=_SLICE))
        return
    if held:
        runs.append(_spilled(held, spool, len(runs)))
        held = []
    yield from _merged(runs)


def _tables(records: Iterable[Interview | pa.Table]) -> Iterator[pa.Table]:
    iterator = iter(records)
    for first in iterator:
        if isinstance(first, pa.Table):
            require_schema(first.schema, INTERVIEW_SCHEMA, "interviews")
            yield first.cast(INTERVIEW_SCHEMA)
            continue
        pending: list[Interview] = [first]
        pending += [_only_interview(item) for item in islice(iterator, 255)]
        yield to_table(pending)


def _only_interview(item: Interview | pa.Table) -> Interview:
    if isinstance(item, pa.Table):
        raise TypeError("records are either interviews or tables of them, not both")
    return item


def _sorted(tables: list[pa.Table]) -> pa.Table:
    table = pa.concat_tables(tables) if tables else INTERVIEW_SCHEMA.empty_table()
    ids = table.column("id").to_pylist()
    if all(one <= other for one, other in pairwise(ids)):
        return table
    return table.take(pc.sort_indices(table, sort_keys=[("id", "ascending")]))


def _spilled(tables: list[pa.Table], spool: Path, number: int) -> _Run:
    spool.mkdir(parents=True, exist_ok=True)
    path = spool / f"run-{number:05}.parquet"
    table = _sorted(tables)
    pq.write_table(table, path, compression="lz4", row_group_size=_GROUP)
    return _Run(table["id"][0].as_py(), path)


def _merged(runs: Sequence[_Run]) -> Iterator[Row]:
    """Yield the rows of sorted runs in order. A run is opened when its first id comes up: a few are open at a time."""
    rows = [_opened(run.path) for run in runs]
    heap: list[tuple[str, int, Row | None]] = [(run.first, number, None) for number, run in enumerate(runs)]
    heapq.heapify(heap)
    while heap:
        _, number, row = heap[0]
        if row is not None:
            yield row
        following = next(rows[number], None)
        if following is None:
            heapq.heappop(heap)
        else:
            heapq.heapreplace(heap, (str(following["id"]), number, following))


def _opened(path: Path) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        yield from _rows(file.iter_batches(batch_size=_SLICE))


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()
