"""The tables of a release: what each is for, its schema, and how its rows come from interviews.

`TABLES` is a plain dict, in the order of the card. Every table can be made from interviews (`make_table`), and the
interviews can be made from the tables again (`onrecord.tables.assembly`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from onrecord.errors import ContractError
from onrecord.schema.arrow import INTERVIEW_SCHEMA, arrow_schema
from onrecord.schema.interview import Interview, Model
from onrecord.tables.flatten import Flat, Row, interview_rows, message_rows, quote_rows, speaker_rows, turn_rows
from onrecord.tables.rows import MessagesRow, QuoteRow, SpeakerRow, TurnRow, columns

__all__ = [
    "DEFAULT",
    "FICTIONAL",
    "TABLES",
    "Flat",
    "Row",
    "Table",
    "config_name",
    "config_names",
    "make_table",
    "table_named",
]

DEFAULT = "turns"
FICTIONAL = "fictional_"
"""Prefix of the configs that hold records about invented people: they never mix with the others."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, the model of its rows, its Arrow schema, and the way from a record to rows."""

    name: str
    model: type[Model]
    schema: pa.Schema
    make: Callable[[Flat], list[Row]]
    one_row_per: str
    purpose: str

    def rows(self, record: Interview | Flat) -> list[Row]:
        """Return the rows of a record; for the rows of several tables give the same `Flat`."""
        return self.make(record if isinstance(record, Flat) else Flat(record))


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "interviews", Interview, INTERVIEW_SCHEMA, interview_rows,
            "interview, nested and complete", "archiving, citation, lossless reuse",
        ),
        Table(
            "turns", TurnRow, arrow_schema(TurnRow, columns(TurnRow)), turn_rows,
            "turn, with its text, role and speaker", "modelling, reading",
        ),
        Table(
            "speakers", SpeakerRow, arrow_schema(SpeakerRow, columns(SpeakerRow)), speaker_rows,
            "speaker in an interview", "network analysis",
        ),
        Table(
            "quotes", QuoteRow, arrow_schema(QuoteRow, columns(QuoteRow)), quote_rows,
            "quotation, with content, source, cue, speaker and echo", "quotation research, fact checking",
        ),
        Table(
            "messages", MessagesRow, arrow_schema(MessagesRow, columns(MessagesRow)), message_rows,
            "interview as a chat: the interviewee is the assistant", "fine-tuning",
        ),
    )
}  # fmt: skip


def config_name(table: str, *, fictional: bool) -> str:
    """Return the name under which a table is loaded: its own, or with the prefix for invented records."""
    return FICTIONAL + table if fictional else table


def config_names() -> tuple[str, ...]:
    """Return the names of all configs there can be, in the order of the card."""
    return (*TABLES, *(FICTIONAL + name for name in TABLES))


def table_named(config: str) -> Table:
    """Return the table of a config; raises `ContractError` with the names there are."""
    try:
        return TABLES[config.removeprefix(FICTIONAL)]
    except KeyError:
        raise ContractError(f"no table named {config!r}; there are: {', '.join(config_names())}") from None


def make_table(name: str, interviews: Iterable[Interview]) -> pa.Table:
    """Return the table `name` of `interviews`, whatever their rights; raises `ContractError` for an unknown name."""
    table = table_named(name)
    return rows_table(table, (row for interview in interviews for row in table.rows(interview)))


def rows_table(table: Table, rows: Iterable[Row]) -> pa.Table:
    """Return rows as an Arrow table of the stated schema.

    Raises `ContractError` for a row with other columns: Arrow alone would drop what it does not know and fill the rest
    with nulls.
    """
    return pa.Table.from_pylist(list(_checked(table, rows)), schema=table.schema)


def _checked(table: Table, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    expected = set(table.schema.names)
    for row in rows:
        if row.keys() != expected:
            odd = ", ".join(sorted(row.keys() ^ expected))
            raise ContractError(f"a row of table {table.name!r} does not have its columns: {odd}")
        yield row
