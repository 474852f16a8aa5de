"""Do the flat tables say what the records say? Each record's rows are made again and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from onrecord.errors import ContractError
from onrecord.publish.digest import canonical_json
from onrecord.publish.parquet import read_rows
from onrecord.schema.arrow import interview_of
from onrecord.storage import AnyPath
from onrecord.tables import TABLES

Row = dict[str, Any]


def disagreements(files: Mapping[str, Sequence[AnyPath]]) -> Iterator[tuple[str, str]]:
    """Yield (table, sentence) for each table that does not say what `interviews` says; at most one sentence each.

    `files` are those of one split, by table; rows are in the order of the interviews' ids. The words of standoff
    records are gone, so of these only the ids of the items are compared.
    """
    flat = {table: _grouped(paths) for table, paths in files.items() if table != "interviews"}
    waiting = {table: next(groups, None) for table, groups in flat.items()}
    silent: set[str] = set()
    for record in _rows(files.get("interviews", ())):
        expected = _expected(record)
        for table in (name for name in TABLES if name != "interviews" and name not in silent):
            group = waiting.get(table)
            rows = group[1] if group is not None and group[0] == record["id"] else []
            if rows:
                waiting[table] = next(flat[table], None)
            if not expected(table, rows):
                silent.add(table)
                yield table, f"The rows of {record['id']} in `{table}` are not what its record says."
    for table, group in waiting.items():
        if group is not None and table not in silent:
            yield table, f"`{table}` has rows of {group[0]}, which is not among the records in this place."


def _expected(record: Row) -> Callable[[str, list[Row]], bool]:
    """Return the test whether rows of a table are those of `record`."""
    if record["text"] is None:
        return lambda table, rows: [row.get("id") for row in rows] == [item["id"] for item in record.get(table, ())]
    try:
        interview = interview_of(record)
    except ContractError:
        return lambda _table, _rows: False
    return lambda table, rows: canonical_json(TABLES[table].rows(interview)) == canonical_json(rows)


def _grouped(paths: Sequence[AnyPath]) -> Iterator[tuple[str, list[Row]]]:
    for id_, rows in groupby(_rows(paths), key=lambda row: str(row["interview"])):
        yield id_, list(rows)


def _rows(paths: Sequence[AnyPath]) -> Iterator[Row]:
    for path in paths:
        yield from read_rows(path)
