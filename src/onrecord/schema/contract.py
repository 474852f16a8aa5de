"""The published contract: the files of schema/, generated from the models, and what a released major promises.

`schema/` is generated (`scripts/schema`), committed, and reviewed as a diff. `schema/released/<major>/` holds a frozen
copy of the last released version of a major; whatever is exported now has to keep what that copy promises.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pydantic.json_schema import GenerateJsonSchema

from onrecord.errors import ContractError
from onrecord.findings.explain import findings_page
from onrecord.schema._compatible import record_breaks, table_breaks
from onrecord.schema._dictionary import cell, dictionary
from onrecord.schema.interview import SCHEMA_VERSION, Interview
from onrecord.tables import DEFAULT, TABLES, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RECORD = "interview.schema.json"
EXAMPLE = "example.json"
"""A record in which every field holds something, written by hand; a released copy of it has to stay readable."""
TABLES_FOLDER = "tables"
RELEASED = "released"


class _Generator(GenerateJsonSchema):
    """Fields without titles (`Start` for `start` says nothing); models keep theirs."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a record as `onrecord parse` prints it."""
    made = Interview.model_json_schema(mode="serialization", schema_generator=_Generator)
    return {"$schema": DIALECT, "$id": f"urn:onrecord:interview:{SCHEMA_VERSION}", **made}


def describe_table(table: Table) -> dict[str, Any]:
    """Return a table as plain JSON: columns with name, Arrow type, nullability and meaning, nested as they are."""
    return {
        "name": table.name,
        "version": SCHEMA_VERSION,
        "default": table.name == DEFAULT,
        "one_row_per": table.one_row_per,
        "purpose": table.purpose,
        "columns": [_column(field) for field in table.schema],
    }


def export() -> dict[str, str]:
    """Return every generated file of schema/: its path there, and its content. The same on every machine."""
    described = {name: describe_table(table) for name, table in TABLES.items()}
    return {
        RECORD: _json(json_schema()),
        **{f"{TABLES_FOLDER}/{name}.json": _json(table) for name, table in described.items()},
        "fields.md": _fields_page(described),
        "findings.md": findings_page(),
        "VERSION": f"{SCHEMA_VERSION}\n",
    }


def write(folder: Path) -> list[str]:
    """Write the generated files into `folder` and return the paths of those that changed, sorted."""
    changed = stale(folder)
    files = export()
    for path in changed:
        if path in files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(files[path].encode())
        else:
            (folder / path).unlink()
    return changed


def stale(folder: Path) -> list[str]:
    """Return the paths in `folder` that are not what `export` gives: changed, missing, or of a table that is gone."""
    files = export()
    differing = [path for path, content in files.items() if _content(folder / path) != content.encode()]
    gone = [f"{TABLES_FOLDER}/{path.name}" for path in sorted((folder / TABLES_FOLDER).glob("*.json"))]
    return sorted({*differing, *(path for path in gone if path not in files)})


def breaks(folder: Path) -> list[str]:
    """Return what the present models break of the releases frozen in `folder`, a sentence each.

    Only the copy of the present major counts: a new major is how a promise ends. Empty if nothing of it was released.
    """
    frozen = folder / RELEASED / SCHEMA_VERSION.split(".", 1)[0]
    return [] if not frozen.is_dir() else list(_breaks(frozen))


def freeze(folder: Path) -> Path:
    """Keep the generated files of `folder` as the released copy of their major, and return where it is.

    The hand-written example goes with them. Raises `ContractError` if they are not current or break the copy that
    is there.
    """
    if outdated := stale(folder):
        raise ContractError(f"{folder} is not what the models say: run scripts/schema first ({', '.join(outdated)})")
    if broken := breaks(folder):
        raise ContractError("this needs a new major version:\n  " + "\n  ".join(broken))
    frozen = folder / RELEASED / SCHEMA_VERSION.split(".", 1)[0]
    for path in (*export(), EXAMPLE):
        if path.endswith(".json") or path == "VERSION":
            (frozen / path).parent.mkdir(parents=True, exist_ok=True)
            (frozen / path).write_bytes((folder / path).read_bytes())
    return frozen


def _breaks(frozen: Path) -> Iterator[str]:
    yield from record_breaks(_load(frozen / RECORD), json_schema())
    for path in sorted((frozen / TABLES_FOLDER).glob("*.json")):
        if path.stem not in TABLES:
            yield f"{path.stem}: the table is gone"
        else:
            yield from table_breaks(_load(path), describe_table(TABLES[path.stem]))


def _column(field: pa.Field) -> dict[str, Any]:
    column: dict[str, Any] = {"name": field.name, "type": _type(field.type), "nullable": field.nullable}
    description = (field.metadata or {}).get(b"description")
    if description is not None:
        column["description"] = description.decode()
    if pa.types.is_list(field.type):
        column["item"] = _column(field.type.value_field)
    elif pa.types.is_struct(field.type):
        column["columns"] = [_column(inner) for inner in field.type]
    return column


def _type(type_: pa.DataType) -> str:
    return "list" if pa.types.is_list(type_) else "struct" if pa.types.is_struct(type_) else str(type_)


def _fields_page(described: Mapping[str, Mapping[str, Any]]) -> str:
    head = f"""\
# Fields

<!-- Generated from the models by `scripts/schema`; do not edit. -->

Schema version {SCHEMA_VERSION}. Every position is a half-open range of **Unicode code points** of the record's `text`,
counted from 0: `text[start:end]`. Null means unknown, never "none" and never a guess. `onrecord.text.units` converts
positions to UTF-8 bytes and UTF-16 units.

## The record

What `onrecord parse` prints, and one row of the table `interviews` holds.

"""
    flat = [_table_section(table) for name, table in described.items() if name != "interviews"]
    return "\n".join([head + dictionary(json_schema()), "## The flat tables\n", *flat]).rstrip("\n") + "\n"


def _table_section(table: Mapping[str, Any]) -> str:
    about = f"One row per {table['one_row_per']}; for {table['purpose']}."
    lines = [f"### Table `{table['name']}`", "", about, "", "| column | type | meaning |", "|---|---|---|"]
    lines += [
        f"| `{column['name']}` | {_type_of(column)} | {cell(column['description'])} |" for column in table["columns"]
    ]
    return "\n".join([*lines, ""])


def _type_of(column: Mapping[str, Any]) -> str:
    if "item" in column:
        return f"list of {_type_of(column['item'])}"
    if "columns" in column:
        return "struct of " + ", ".join(f"`{inner['name']}`" for inner in column["columns"])
    return str(column["type"])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
