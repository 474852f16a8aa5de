"""What a released major version promises: data and programs written against it keep working.

Within a major version a field may be added (old data lacks it, so it may be absent or null) and a word may be added to
a closed list. Nothing is removed, renamed, retyped or constrained further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

JsonSchema = Mapping[str, Any]
Column = Mapping[str, Any]

_LIMITS = ("pattern", "minimum", "maximum", "minLength", "format", "additionalProperties")


def record_breaks(released: JsonSchema, current: JsonSchema) -> list[str]:
    """Return what the `current` JSON Schema of the record breaks of the `released` one, a sentence each."""
    return list(_Comparison(released, current).models("", released, current))


class _Comparison:
    """Walks two schemas side by side; a model's name means nothing, only what it holds."""

    def __init__(self, released: JsonSchema, current: JsonSchema) -> None:
        self.released = released.get("$defs", {})
        self.current = current.get("$defs", {})
        self.seen: set[tuple[str, str]] = set()

    def models(self, place: str, old: JsonSchema, new: JsonSchema) -> Iterator[str]:
        yield from _limits(place or "the record", old, new)
        fields, now = old.get("properties", {}), new.get("properties", {})
        for name, field in fields.items():
            where = f"{place}.{name}".lstrip(".")
            if name not in now:
                yield f"{where}: the field is gone"
            else:
                yield from self.nodes(where, field, now[name])
        were_required = set(old.get("required", ()))
        for name in new.get("required", ()):
            if name not in were_required:
                yield f"{place}.{name}".lstrip(".") + ": the field is required now, and released data may lack it"

    def nodes(self, where: str, old: JsonSchema, new: JsonSchema) -> Iterator[str]:
        kinds, now = _kinds(old), _kinds(new)
        if kinds != now:
            yield f"{where}: was {' or '.join(sorted(kinds))}, is {' or '.join(sorted(now))}"
            return
        for part, counterpart in zip(_alternatives(old), _alternatives(new), strict=True):
            yield from self._one(where, part, counterpart)

    def _one(self, where: str, old: JsonSchema, new: JsonSchema) -> Iterator[str]:
        if "$ref" in old:
            pair = old["$ref"], new["$ref"]
            if pair not in self.seen:
                self.seen.add(pair)
                yield from self.models(where, self.released[_name(pair[0])], self.current[_name(pair[1])])
        elif old.get("type") == "array":
            yield from self.nodes(f"{where}[]", old["items"], new["items"])
        else:
            yield from _limits(where, old, new)
            yield from _words(where, old, new)


def _kinds(node: JsonSchema) -> frozenset[str]:
    return frozenset("object" if "$ref" in part else str(part.get("type")) for part in _alternatives(node))


def _alternatives(node: JsonSchema) -> list[JsonSchema]:
    """The parts of `A or null` in one order, whatever order they were written in."""
    parts: list[JsonSchema] = list(node.get("anyOf", (node,)))
    return sorted(parts, key=lambda part: str(part.get("type", "object")))


def _limits(where: str, old: JsonSchema, new: JsonSchema) -> Iterator[str]:
    for limit in _LIMITS:
        if limit in new and new[limit] != old.get(limit):
            yield f"{where}: {limit} was {old.get(limit)!r}, is {new[limit]!r}"


def _words(where: str, old: JsonSchema, new: JsonSchema) -> Iterator[str]:
    if "enum" in new and "enum" not in old:
        yield f"{where}: any {old.get('type')} was allowed, now only {len(new['enum'])} words are"
    elif "enum" in new and (gone := [word for word in old["enum"] if word not in new["enum"]]):
        yield f"{where}: no longer allowed: {', '.join(map(str, gone))}"


def _name(ref: str) -> str:
    return ref.rsplit("/", 1)[-1]


def table_breaks(released: Mapping[str, Any], current: Mapping[str, Any]) -> list[str]:
    """Return what the `current` description of a table breaks of the `released` one, a sentence each."""
    return list(_columns(str(released["name"]), released["columns"], current["columns"]))


def _columns(place: str, old: list[Column], new: list[Column]) -> Iterator[str]:
    now = {column["name"]: column for column in new}
    for column in old:
        where = f"{place}.{column['name']}"
        if column["name"] not in now:
            yield f"{where}: the column is gone"
        else:
            yield from _column(where, column, now[column["name"]])
    known = {column["name"] for column in old}
    for column in new:
        if column["name"] not in known and not column["nullable"]:
            yield f"{place}.{column['name']}: a new column has to be nullable, released files lack it"


def _column(where: str, old: Column, new: Column) -> Iterator[str]:
    if old["type"] != new["type"]:
        yield f"{where}: was {old['type']}, is {new['type']}"
        return
    if old["nullable"] and not new["nullable"]:
        yield f"{where}: could be null, and no longer can"
    if "columns" in old:
        yield from _columns(where, old["columns"], new["columns"])
    if "item" in old:
        yield from _column(f"{where}[]", old["item"], new["item"])
