"""Break what has to hold of a record that came from outside: values that can be read, but mean nothing."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from onrecord.evaluation.mutation_schema import PER_FIELD, Broken, Record, changed, each, fields, resolved
from onrecord.schema.interview import Interview

MAY_BE_BLANK = frozenset({"text", "value", "quoted", "said", "exact", "prefix", "suffix", "excerpt", "value_json"})


def _blanks(record: Record) -> Broken:
    """Words of every field replaced by a blank; patterns and lists of words are broken as such."""
    schema = Interview.model_json_schema()
    seen: dict[str, int] = {}
    for loc, value, rule, _ in fields(record, schema, schema["$defs"], ()):
        field = ".".join("*" if isinstance(part, int) else part for part in loc)
        inner = resolved(rule, value, schema["$defs"])
        plain = inner.get("type") == "string" and not inner.keys() & {"enum", "pattern", "format", "minLength"}
        named = loc[-1] in ("id", "speaker", "turn", "parent", "schema_version", "reader", "encoding")
        if not isinstance(value, str) or not plain or named or loc[-1] in MAY_BE_BLANK:
            continue
        seen[field] = seen.get(field, 0) + 1
        if seen[field] <= PER_FIELD:
            yield ".".join(map(str, loc)), changed(record, loc, " ")


def _one(where: str, change: Callable[[Record], Any]) -> Callable[[Record], Broken]:
    """The record changed in one place; nothing if that place is not there, or is left as it was."""

    def mutate(record: Record) -> Broken:
        result = copy.deepcopy(record)
        try:
            change(result)
        except (IndexError, StopIteration):
            return
        if result != record:
            yield where, result

    return mutate


def _unprecise(record: Record) -> Broken:
    for precision, day in (("year", "2024-05-01"), ("year", "2024-01-06"), ("month", "2024-05-06")):
        yield f"date, {precision}", {**record, "date": day, "date_precision": precision}


def _mentions_reversed(record: Record, index: int) -> bool:
    mentions = record["speakers"][index]["mentions"]
    mentions.reverse()
    return len(mentions) > 1


def _unknown_yet_named(record: Record, index: int) -> bool:
    turn = record["turns"][index]
    turn["evidence"]["attribution"] = "unknown"
    return turn["speaker"] is not None


def _named_twice(record: Record, index: int) -> bool:
    turn = record["turns"][index]
    turn["also"] = [turn["speaker"]]
    return turn["speaker"] is not None


def _rule_without_confidence(record: Record, index: int) -> bool:
    record["quotes"][index]["evidence"].update(speaker_rule="a-rule", speaker_confidence=None)
    return True


def _quoted_twice(record: Record, index: int) -> bool:
    quote = copy.deepcopy(record["quotes"][index])
    quote.update(id=f"{quote['id']}.9", parent=None)
    record["quotes"].insert(index + 1, quote)
    return True


def _fact_elsewhere(record: Record, index: int) -> bool:
    others = [block["span"] for at, block in enumerate(record["blocks"]) if at != index]
    if not others or index > 1:
        return False
    record["blocks"][index]["facts"] = [{"kind": "date", "value": "2024", "span": others[-1]}]
    return True


def _correction(**values: Any) -> Callable[[Record], Broken]:
    target = {"layer": "turns", "item": None, "position": {"start": 0, "end": 1}, "quote": None}
    entry = {"target": target, "set": [], "by": "A", "on": "2024-01-01", "why": "W.", "status": "lost", **values}
    return _one("corrections", lambda record: record["corrections"].append(entry))


MEANINGLESS: Mapping[str, tuple[str, Callable[[Record], Broken]]] = {
    "word left blank": ("blank-value", _blanks),
    "path from the root": ("unsafe-path", _one("origin.path", lambda r: r["origin"].update(path="/etc/x.txt"))),
    "path that leads out": ("unsafe-path", _one("origin.path", lambda r: r["origin"].update(path="../x.txt"))),
    "path of another collection": ("unsafe-path", _one("origin.path", lambda r: r["origin"].update(path="zz/x.txt"))),
    "language that is no tag": ("invalid-field", _one("language", lambda r: r.update(language="English, mostly"))),
    "licence that is no identifier": (
        "invalid-field",
        _one("rights.licence", lambda r: r["rights"].update(licence="free for all!")),
    ),
    "release that is no version": ("invalid-field", _one("first_release", lambda r: r.update(first_release="soon"))),
    "date finer than its precision": ("invalid-field", _unprecise),
    "retrieved before published": (
        "contradictory-fields",
        _one("origin", lambda r: r["origin"].update(published="2024-05-06", retrieved="2024-05-05")),
    ),
    "mentions out of order": ("contradictory-fields", lambda r: each(r, "speakers", _mentions_reversed)),
    "unknown voice with a name": ("contradictory-fields", lambda r: each(r, "turns", _unknown_yet_named)),
    "speaker named twice": ("contradictory-fields", lambda r: each(r, "turns", _named_twice)),
    "rule without its confidence": ("contradictory-fields", lambda r: each(r, "quotes", _rule_without_confidence)),
    "quotation twice": ("contradictory-fields", lambda r: each(r, "quotes", _quoted_twice)),
    "fact outside its block": ("contradictory-fields", lambda r: each(r, "blocks", _fact_elsewhere)),
    "correction that sets nothing": ("invalid-field", _correction()),
    "correction that is no JSON": ("invalid-field", _correction(set=[{"field": "role", "value_json": "{"}])),
    "correction of a field that is not there": (
        "invalid-field",
        _correction(set=[{"field": "rolle", "value_json": '"answer"'}]),
    ),
}
"""What is broken → the code that has to say so, and how it is broken."""
