"""From the tables back to interviews: proof that the flat tables lose nothing, and a door for edited ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from onrecord.errors import ContractError
from onrecord.schema.arrow import interview_of, require_schema
from onrecord.schema.interview import Interview, Model, Quote, Speaker, Turn
from onrecord.tables import TABLES

LAYERS: Mapping[str, type[Model]] = {"speakers": Speaker, "turns": Turn, "quotes": Quote}
"""The flat tables that hold a whole layer, and the item of each."""


def assemble(tables: Mapping[str, pa.Table]) -> Iterator[Interview]:
    """Yield the interviews of `tables`: those of `interviews`, with the layers that flat tables give taken from these.

    Rows of a layer come in any order; `position` puts them right. Raises `ContractError` if a table has another
    schema, a row belongs to no interview, positions have gaps, or the result is not a valid record.
    """
    for name, table in tables.items():
        require_schema(table.schema, TABLES[name].schema, name)
    layers = {name: _by_interview(tables[name].to_pylist()) for name in LAYERS if name in tables}
    for batch in tables["interviews"].to_batches(max_chunksize=256):
        for row in batch.to_pylist():
            taken = {name: _items(name, rows.pop(row["id"], [])) for name, rows in layers.items()}
            yield interview_of({**row, **taken})
    for name, rows in layers.items():
        if rows:
            raise ContractError(
                f"table {name!r} has rows of {next(iter(rows))!r}, which is no interview of this release"
            )


def _by_interview(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["interview"]].append(row)
    return found


def _items(layer: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = sorted(rows, key=lambda row: row["position"])
    if [row["position"] for row in rows] != list(range(len(rows))):
        raise ContractError(f"table {layer!r}: the rows of {rows[0]['interview']!r} do not count 0, 1, 2 …")
    return [_item(LAYERS[layer], row) for row in rows]


def _item(model: type[Model], row: Mapping[str, Any]) -> dict[str, Any]:
    item = {name: row[name] for name in model.model_fields}
    if model is Turn:
        item["language"] = row["own_language"]
    return item
