"""Break what the schema says of a record: every field of every object, in every way its rule can be broken."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.schema.interview import Interview

Record = dict[str, Any]
Loc = tuple[str | int, ...]
Broken = Iterator[tuple[str, Record]]

PER_FIELD = 2
"""Instances broken of each field in each way, per record."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A broken record: how (`kind`), where, and the code that has to say so."""

    kind: str
    where: str
    code: str
    record: Record


def schema_mutations(record: Record) -> Iterator[Mutation]:
    """Walk schema and record together: everything the schema demands is broken."""
    schema = Interview.model_json_schema()
    seen: dict[tuple[str, str], int] = {}
    for loc, value, rule, required in fields(record, schema, schema["$defs"], ()):
        field = ".".join("*" if isinstance(part, int) else part for part in loc)
        for kind, code, wrong in _breaks(value, rule, required, schema["$defs"]):
            if kind == "number below the lowest" and loc[-1] in ("start", "end"):
                continue  # a span outside the text, which is broken as such
            if seen.get((field, kind), 0) < PER_FIELD:
                seen[field, kind] = seen.get((field, kind), 0) + 1
                yield Mutation(kind, ".".join(map(str, loc)), code, changed(record, loc, wrong))


_GONE = object()


def fields(
    value: Any, rule: Mapping[str, Any], defs: Mapping[str, Any], loc: Loc
) -> Iterator[tuple[Loc, Any, Mapping[str, Any], bool]]:
    """Yield every field of every object of the record, with what the schema says of it."""
    rule = resolved(rule, value, defs)
    if isinstance(value, dict):
        for name, child in value.items():
            child_rule = rule.get("properties", {}).get(name, {})
            yield (*loc, name), child, child_rule, name in rule.get("required", ())
            yield from fields(child, child_rule, defs, (*loc, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from fields(child, rule.get("items", {}), defs, (*loc, index))


def resolved(rule: Mapping[str, Any], value: Any, defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references; of alternatives take the one for this value (null has no fields)."""
    if "$ref" in rule:
        return resolved(defs[rule["$ref"].rsplit("/", 1)[1]], value, defs)
    if "anyOf" in rule and value is not None:
        options = [option for option in rule["anyOf"] if option.get("type") != "null"]
        return resolved(options[0], value, defs)
    return rule


def _breaks(
    value: Any, rule: Mapping[str, Any], required: bool, defs: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any]]:
    nullable = any(option.get("type") == "null" for option in rule.get("anyOf", ()))
    inner = resolved(rule, value, defs)
    if required:
        yield "field removed", "missing-field", _GONE
    if not nullable:
        yield "null where none is allowed", "invalid-field", None
    yield "value of another type", "invalid-field", [[]] if not isinstance(value, list) else {"x": 1}
    if isinstance(value, dict):
        yield "field that does not exist", "unknown-field", {**value, "no_such_field": 1}
    if value is not None:
        yield from _nearly(value, inner)
    if "enum" in inner and value is not None:
        yield "word that is not in the list", "invalid-field", "no-such-word"
    if "pattern" in inner and value is not None:
        yield "text that does not fit the pattern", "invalid-field", f"{str(value)[:-1]}G"
    if "maximum" in inner and value is not None:
        yield "number above the highest", "invalid-field", inner["maximum"] + 1
    if "minimum" in inner and value is not None:
        yield "number below the lowest", "invalid-field", inner["minimum"] - 1
    if inner.get("minLength") and value is not None:
        yield "text that is too short", "invalid-field", ""
    if inner.get("format") == "date" and value is not None:
        yield "date that does not exist", "invalid-field", "2024-13-01"


def _nearly(value: Any, rule: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Values that lenient programs take for the right ones."""
    kind = rule.get("type")
    if kind in ("integer", "number"):
        yield "number as text", "invalid-field", str(value)
        yield "truth as number", "invalid-field", bool(value)
    if kind == "integer":
        yield "number with a fraction", "invalid-field", value + 0.5
    if kind == "boolean":
        yield "number as truth", "invalid-field", int(value)
        yield "word as truth", "invalid-field", "yes"
    if rule.get("format") == "date":
        yield "number as date", "invalid-field", 86_400
        yield "date with a time", "invalid-field", f"{value}T00:00:00"
    elif kind == "string" and "enum" not in rule:
        yield "number as text field", "invalid-field", 7


def changed(record: Record, loc: Loc, wrong: Any) -> Record:
    """Return a copy of the record with another value at `loc`, or without it."""
    result = copy.deepcopy(record)
    at: Any = result
    for part in loc[:-1]:
        at = at[part]
    if wrong is _GONE:
        del at[loc[-1]]
    else:
        at[loc[-1]] = wrong
    return result


def each(record: Record, layer: str, change: Callable[[Record, int], bool]) -> Broken:
    """Yield a copy of the record for each item of a layer that `change` could break."""
    for index in range(len(record[layer])):
        result = copy.deepcopy(record)
        if change(result, index):
            yield f"{layer}.{index}", result
