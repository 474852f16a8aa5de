"""Do the flat tables say what the records say? Each record's rows are made again and compared.

While rows are read in any case, a digest of each is compared: `mark` of the row there is with `marks` of its record. If
all are alike the tables agree. If not, `disagreements` reads them side by side, and says where they do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from onrecord.errors import ContractError
from onrecord.publish.digest import canonical_json, row_digest
from onrecord.publish.parquet import read_rows
from onrecord.schema.arrow import interview_of
from onrecord.storage import AnyPath
from onrecord.tables import TABLES, Flat, Row

FLAT = tuple(name for name in TABLES if name != "interviews")
"""The tables whose rows are made from records."""

_WORDS = {"turns": "text", "speakers": "labels", "quotes": "text"}
"""A column of each table that is null only where words were withheld."""


def mark(table: str, row: Row, digest: bytes) -> bytes:
    """Return what a row of a flat table says of itself: its digest, or one of its ids if its words were withheld."""
    column = _WORDS.get(table)
    return digest if column is None or row[column] is not None else _of_ids(row["interview"], row["id"])


def marks(record: Row) -> Mapping[str, bytes]:
    """Return the marks that the rows of a record should have in each flat table, one after the other."""
    if record["text"] is None:
        return {table: b"".join(_of_ids(record["id"], item["id"]) for item in record[table] or ()) for table in _WORDS}
    try:
        flat = Flat(interview_of(record), record)
    except ContractError:
        return dict.fromkeys(FLAT, b"?")  # no row has such a mark
    return {table: b"".join(map(row_digest, TABLES[table].rows(flat))) for table in FLAT}


def _of_ids(interview: str, item: str) -> bytes:
    return hashlib.sha256(canonical_json([interview, item])).digest()


def disagreements(files: Mapping[str, Sequence[AnyPath]]) -> Iterator[tuple[str, str]]:
    """Yield (table, sentence) for each table that does not say what `interviews` says; at most one sentence each.

    `files` are those of one split, by table; rows are in the order of the interviews' ids. The words of standoff
    records are gone, so of these only the ids of the items are compared.
    """
    flat = {table: _grouped(paths) for table, paths in files.items() if table in FLAT}
    waiting = {table: next(groups, None) for table, groups in flat.items()}
    silent: set[str] = set()
    for record in _rows(files.get("interviews", ())):
        expected = _expected(record)
        for table in (name for name in FLAT if name not in silent):
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
        flat = Flat(interview_of(record), record)
    except ContractError:
        return lambda _table, _rows: False
    return lambda table, rows: canonical_json(TABLES[table].rows(flat)) == canonical_json(rows)


def _grouped(paths: Sequence[AnyPath]) -> Iterator[tuple[str, list[Row]]]:
    for id_, rows in groupby(_rows(paths), key=lambda row: str(row["interview"])):
        yield id_, list(rows)


def _rows(paths: Sequence[AnyPath]) -> Iterator[Row]:
    for path in paths:
        yield from read_rows(path)
