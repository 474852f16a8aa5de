"""Models ⇄ Arrow: the Arrow schema of any model is derived here, and nowhere else.

Types are the ones every reader of Parquet agrees on: string, int64, float64, bool, date32, list and struct.
Every field is nullable (pydantic, not Arrow, says what is required), a choice is a plain string, and a
field's description travels in its metadata. `docs/decisions/0001-natural-nesting.md` says why structs nest.
"""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel, ValidationError

from onrecord.errors import ContractError
from onrecord.schema.interview import Interview

if TYPE_CHECKING:
    from datasets import Features

_SCALARS: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime.date: pa.date32(),
}

_ROWS = 128  # as Python values they take many times the memory of Arrow's


def arrow_schema(model: type[BaseModel], columns: Iterable[str] | None = None) -> pa.Schema:
    """Return the Arrow schema of `model`: one column per field, in the model's order or that of `columns`.

    Raises `ContractError` for a field whose type has no place in the published tables.
    """
    names = tuple(model.model_fields) if columns is None else tuple(columns)
    return pa.schema([_field(model, name) for name in names])


def arrow_type(annotation: Any) -> pa.DataType:
    """Return the Arrow type of a field's annotation; raises `ContractError` if there is none."""
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return arrow_type(arguments[0])
    if origin is Literal and all(isinstance(argument, str) for argument in arguments):
        return pa.string()
    if origin in (Union, types.UnionType):
        return _optional(annotation, arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return pa.list_(arrow_type(arguments[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct([_field(annotation, name) for name in annotation.model_fields])
    raise ContractError(
        f"no Arrow type for {annotation!r}; there are: str, int, float, bool, date, tuple[X, ...], models"
    )


def to_table(interviews: Iterable[Interview]) -> pa.Table:
    """Return `interviews` as a table of `INTERVIEW_SCHEMA`, one row each, in the order given."""
    rows = (interview.model_dump() for interview in interviews)
    return rows_to_table(iter(lambda: list(islice(rows, _ROWS)), []))


def rows_to_table(rows: Iterable[list[dict[str, Any]]]) -> pa.Table:
    """Return rows that come some at a time, each an interview as plain values, as a table of `INTERVIEW_SCHEMA`."""
    parts = [INTERVIEW_SCHEMA.empty_table()]
    parts.extend(pa.Table.from_pylist(some, schema=INTERVIEW_SCHEMA) for some in rows)
    return pa.concat_tables(parts).combine_chunks()


def from_table(table: pa.Table) -> Iterator[Interview]:
    """Yield the interviews of a table of `INTERVIEW_SCHEMA`, in order; what `to_table` was given comes back equal.

    Raises `ContractError` if the columns are not those of the schema, or a row is not a valid record (the
    rows of a standoff release are not: their text has to be restored first).
    """
    require_schema(table.schema, INTERVIEW_SCHEMA, "interviews")
    for batch in table.to_batches(max_chunksize=256):
        for row in batch.to_pylist():
            yield interview_of(row)


def interview_of(row: Mapping[str, Any]) -> Interview:
    """Return the interview of one row of an `interviews` table; raises `ContractError` if it is not valid."""
    try:
        return Interview.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "record"
        raise ContractError(f"interview {row.get('id')!r} is not a valid record: {place}: {first['msg']}") from error


def require_schema(found: pa.Schema, expected: pa.Schema, name: str) -> None:
    """Raise `ContractError` unless `found` has the columns and types of `expected`, in its order."""
    if found.equals(expected):
        return
    for field in expected:
        index = found.get_field_index(field.name)
        if index < 0:
            raise ContractError(f"table {name!r} lacks the column {field.name!r}")
        if found.field(index).type != field.type:
            raise ContractError(
                f"table {name!r}: column {field.name!r} is {found.field(index).type}, should be {field.type}"
            )
    unknown = [column for column in found.names if column not in expected.names]
    if unknown:
        raise ContractError(f"table {name!r} has columns that mean nothing here: {', '.join(unknown)}")
    raise ContractError(f"table {name!r}: the columns are not in the order {', '.join(expected.names)}")


def hub_features(schema: pa.Schema) -> Features:
    """Return the `datasets.Features` of `schema`; their own Arrow schema equals it (a fixed point, tested)."""
    from datasets import Features

    return Features.from_arrow_schema(schema)


def _field(model: type[BaseModel], name: str) -> pa.Field:
    info = model.model_fields[name]
    description = info.description
    metadata = None if description is None else {"description": description}
    try:
        return pa.field(name, arrow_type(info.annotation), metadata=metadata)
    except ContractError as error:
        raise ContractError(f"{model.__name__}.{name}: {error}") from None


def _optional(annotation: Any, arguments: tuple[Any, ...]) -> pa.DataType:
    inner = [argument for argument in arguments if argument is not type(None)]
    if len(inner) != 1:
        raise ContractError(f"no Arrow type for {annotation!r}: a column holds one type, or null")
    return arrow_type(inner[0])


INTERVIEW_SCHEMA: pa.Schema = arrow_schema(Interview)
"""Schema of the `interviews` table and of every batch of records."""
