"""`datapackage.json`: the release as a Frictionless data package, generated from the Arrow schema and the files."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.manifest import ConfigEntry, FileEntry, Manifest, SplitEntry
from onrecord.schema.interview import Model
from onrecord.tables import TABLES

NAME = "datapackage.json"
Json = dict[str, Any]

_TYPES = {
    pa.string(): "string",
    pa.int64(): "integer",
    pa.float64(): "number",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


def datapackage(facts: ReleaseFacts, manifest: Manifest) -> bytes:
    """Return the bytes of `datapackage.json`."""
    sizes = {file.path: file for file in manifest.files}
    package = {
        "profile": "data-package",
        "name": facts.name.lower(),
        "title": facts.title,
        "description": facts.description.strip(),
        "version": facts.version,
        "homepage": facts.url or facts.repository,
        "keywords": list(facts.keywords),
        "created": f"{facts.released.isoformat()}T00:00:00Z" if facts.released else None,
        "licenses": _licences(facts),
        "contributors": [
            {"title": author.last_first, "role": "author"}
            | ({"organization": author.affiliation} if author.affiliation else {})
            for author in facts.authors
        ]
        or None,
        "resources": [
            _resource(config, split, number, sizes[name])
            for config in manifest.configs
            for split in config.splits
            for number, name in enumerate(split.files)
        ],
    }
    kept = {name: value for name, value in package.items() if value is not None}
    return (json.dumps(kept, indent=2, ensure_ascii=False) + "\n").encode()


def table_schema(model: type[Model], schema: pa.Schema) -> Json:
    """Return a Table Schema of an Arrow schema: structs are objects, lists are arrays."""
    key = "id" if "id" in model.model_fields else "interview"
    return {"fields": [_field(field) for field in schema], "primaryKey": [key]}


def _licences(facts: ReleaseFacts) -> list[Json] | None:
    if facts.licence is None:
        return None
    licence: Json = {"name": facts.licence}
    if facts.licence_url:
        licence["path"] = facts.licence_url
    return [licence]


def _resource(config: ConfigEntry, split: SplitEntry, number: int, file: FileEntry) -> Json:
    table = TABLES[config.table]
    return {
        "name": f"{config.name}-{split.name}-{number:05}",
        "title": f"{config.name}, {split.name}",
        "description": f"One row per {table.one_row_per}.",
        "path": file.path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(table.model, table.schema),
    }


def _field(field: pa.Field) -> Json:
    kind = field.type
    if pa.types.is_list(kind):
        name = "array"
    elif pa.types.is_struct(kind):
        name = "object"
    else:
        name = _TYPES[kind]
    return {
        "name": field.name,
        "type": name,
        "description": (field.metadata or {}).get(b"description", b"").decode(),
    }
