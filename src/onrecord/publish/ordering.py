"""Records in the order of their ids, however many there are: sorted runs on disk, merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.schema.arrow import INTERVIEW_SCHEMA, require_schema, to_table
from onrecord.schema.interview import Interview

Row = dict[str, Any]

RUN_BYTES = 96 * 2**20
_SLICE = 32


def rows_by_id(records: Iterable[Interview | pa.Table], spool: Path) -> Iterator[Row]:
    """Yield the rows of `records` (interviews, or tables of them) in the order of their ids.

    Memory stays at about `RUN_BYTES`; more than that goes to files in the folder `spool`, which the caller removes.
    Raises `ContractError` if a table has another schema.
    """
    runs: list[Path] = []
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
    yield from heapq.merge(*(_run(path) for path in runs), key=lambda row: str(row["id"]))


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


def _spilled(tables: list[pa.Table], spool: Path, number: int) -> Path:
    spool.mkdir(parents=True, exist_ok=True)
    path = spool / f"run-{number:05}.parquet"
    pq.write_table(_sorted(tables), path, compression="lz4", row_group_size=256)
    return path


def _run(path: Path) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        yield from _rows(file.iter_batches(batch_size=_SLICE))


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()
