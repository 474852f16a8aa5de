"""The data dictionary: every field of the model in words, written from the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

JsonSchema = Mapping[str, Any]

_REF = "#/$defs/"
_FORMATS = {"date": "date (`YYYY-MM-DD`)"}


def models(schema: JsonSchema) -> Iterator[tuple[str, JsonSchema]]:
    """Yield the name and definition of every model, the record first, each when it is first mentioned."""
    seen: set[str] = set()
    waiting: list[tuple[str, JsonSchema]] = [(schema["title"], schema)]
    while waiting:
        name, definition = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        yield name, definition
        mentioned = [ref for field in definition["properties"].values() for ref in references(field)]
        waiting += [(ref, schema["$defs"][ref]) for ref in mentioned]


def references(node: JsonSchema) -> Iterator[str]:
    """Yield the names of the models a field's schema mentions."""
    if "$ref" in node:
        yield node["$ref"].removeprefix(_REF)
    for part in node.get("anyOf", ()):
        yield from references(part)
    if "items" in node:
        yield from references(node["items"])


def type_in_words(node: JsonSchema) -> str:
    """Return the type of a field as people say it, with links to the models it holds."""
    if "$ref" in node:
        name = node["$ref"].removeprefix(_REF)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in node:
        return " or ".join(type_in_words(part) for part in node["anyOf"])
    if "enum" in node:
        return "one of " + ", ".join(f"`{value}`" for value in node["enum"])
    if node["type"] == "array":
        return f"list of {type_in_words(node['items'])}"
    return _FORMATS.get(node.get("format", ""), str(node["type"])) + _bounds(node)


def _bounds(node: JsonSchema) -> str:
    if "pattern" in node:
        return f" matching `{node['pattern']}`"
    if "minimum" in node and "maximum" in node:
        return f" from {node['minimum']:g} to {node['maximum']:g}"
    if "minimum" in node:
        return f", at least {node['minimum']:g}"
    return ", not empty" if node.get("minLength") else ""


def dictionary(schema: JsonSchema) -> str:
    """Return the sections of the record and every value in it: a table of fields each."""
    return "\n".join(_section(name, definition) for name, definition in models(schema))


def _section(name: str, definition: JsonSchema) -> str:
    lines = [f"### {name}", "", definition["description"], "", "| field | type | meaning |", "|---|---|---|"]
    lines += [_row(field, node, definition) for field, node in definition["properties"].items()]
    return "\n".join([*lines, ""])


def _row(field: str, node: JsonSchema, definition: JsonSchema) -> str:
    required = field in definition.get("required", ())
    type_ = type_in_words(node) + ("" if required else _default(node))
    return f"| `{field}` | {cell(type_)} | {cell(node['description'])} |"


def _default(node: JsonSchema) -> str:
    """What a missing field stands for; null and the empty list need no words."""
    default = node.get("default")
    return "" if default in (None, [], "") else f" (if absent: `{json.dumps(default)}`)"


def cell(words: str) -> str:
    """Return `words` fit for a cell of a Markdown table."""
    return words.replace("|", "\\|").replace("\n", " ")
