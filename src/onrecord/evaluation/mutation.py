"""Break valid records in every way the schema and the invariants name, and count how many of the checks notice.

A mutation is caught if the checks give the code that names it. Survivors are listed, not hidden: each is a hole in
a check, or a change that does not break the record after all.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onrecord.checks.contract import check_record_json
from onrecord.evaluation.mutation_outside import MEANINGLESS
from onrecord.evaluation.mutation_schema import (
    PER_FIELD,
    Broken,
    Loc,
    Mutation,
    Record,
    changed,
    each,
    schema_mutations,
)
from onrecord.schema.interview import Interview, text_digest

_UNSAID = (
    "findings",
    "corrections",
    "steps",
)  # layers about the record, not of it: their schema is broken, too, but once


def mutations(interview: Interview) -> Iterator[Mutation]:
    """Yield the record broken in every way, one way at a time."""
    record: Record = json.loads(interview.model_dump_json())
    yield from schema_mutations(record)
    for kind, (code, mutate) in {**INVARIANTS, **MEANINGLESS}.items():
        for where, broken in mutate(copy.deepcopy(record)):
            yield Mutation(kind, where, code, broken)


def caught(mutation: Mutation) -> bool:
    """Whether the checks name what was done."""
    return mutation.code in {item.code for item in check_record_json(mutation.record, "record.json")}


def _spans(value: Any, loc: Loc = ()) -> Iterator[Loc]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end"}:
            yield loc
        else:
            for key, child in value.items():
                if loc or key not in _UNSAID:
                    yield from _spans(child, (*loc, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _spans(child, (*loc, index))


def _span_changes(change: Callable[[Record, int], Record]) -> Callable[[Record], Broken]:
    def mutate(record: Record) -> Broken:
        seen: dict[str, int] = {}
        for loc in _spans(record):
            field = ".".join("*" if isinstance(part, int) else part for part in loc)
            seen[field] = seen.get(field, 0) + 1
            if seen[field] <= PER_FIELD:
                at: Any = record
                for part in loc:
                    at = at[part]
                yield ".".join(map(str, loc)), changed(record, loc, change(dict(at), len(record["text"])))

    return mutate


def _reference_changes(record: Record) -> Broken:
    for index, turn in enumerate(record["turns"]):
        for name in ("speaker",):
            if turn[name] is not None:
                yield (
                    f"turns.{index}.{name}",
                    changed(record, ("turns", index, name), f"{record['id']}#speaker@99999999"),
                )
        yield f"turns.{index}.also", changed(record, ("turns", index, "also"), ["nobody"])
    for index, quote in enumerate(record["quotes"]):
        for name in ("speaker", "turn", "parent"):
            if quote[name] is not None:
                yield f"quotes.{index}.{name}", changed(record, ("quotes", index, name), "nowhere")
        for at in range(len(quote["echoes"])):
            yield f"quotes.{index}.echoes.{at}", changed(record, ("quotes", index, "echoes", at, "turn"), "nowhere")


def _ids(change: Callable[[str], str]) -> Callable[[Record], Broken]:
    def mutate(record: Record) -> Broken:
        for layer in ("speakers", "turns", "quotes"):
            for index in range(len(record[layer]))[:4]:
                old = record[layer][index]["id"]
                text = json.dumps(record).replace(json.dumps(old), json.dumps(change(old)))
                yield f"{layer}.{index}.id", json.loads(text)

    return mutate


def _same_ids(record: Record) -> Broken:
    for layer in ("speakers", "turns", "quotes"):
        for index in range(1, len(record[layer])):
            yield f"{layer}.{index}.id", changed(record, (layer, index, "id"), record[layer][index - 1]["id"])


def _block_changes(record: Record) -> Broken:
    for index in range(len(record["blocks"])):
        removed = copy.deepcopy(record)
        del removed["blocks"][index]
        yield f"blocks.{index} removed", removed
        doubled = copy.deepcopy(record)
        doubled["blocks"].insert(index, doubled["blocks"][index])
        yield f"blocks.{index} twice", doubled
        for name, by in (("start", 1), ("end", -1)):
            moved = copy.deepcopy(record)
            moved["blocks"][index]["span"][name] += by
            span = moved["blocks"][index]["span"]
            if span["start"] <= span["end"]:
                yield f"blocks.{index}.span.{name}", moved
    for index in range(1, len(record["blocks"])):
        yield f"blocks.{index} swapped", _swapped(record, "blocks", index)


def _swapped(record: Record, layer: str, index: int) -> Record:
    result = copy.deepcopy(record)
    items = result[layer]
    items[index - 1], items[index] = items[index], items[index - 1]
    return result


def _turns_swapped(record: Record) -> Broken:
    for index in range(1, len(record["turns"])):
        yield f"turns.{index}", _swapped(record, "turns", index)


def _turns_overlapping(record: Record) -> Broken:
    for index in range(1, len(record["turns"])):
        before, turn = record["turns"][index - 1], record["turns"][index]
        if before["paragraphs"] and turn["paragraphs"]:
            loc = ("turns", index - 1, "paragraphs", len(before["paragraphs"]) - 1, "end")
            yield f"turns.{index - 1}", changed(record, loc, turn["paragraphs"][0]["end"])


def _quotes_swapped(record: Record) -> Broken:
    for index in range(1, len(record["quotes"])):
        one, other = (record["quotes"][at]["content"][0]["start"] for at in (index - 1, index))
        if one != other:
            yield f"quotes.{index}", _swapped(record, "quotes", index)


def _quotation_removed(record: Record) -> Broken:
    """Quotations in marks of which no other one holds the words."""
    for index, quote in enumerate(record["quotes"]):
        if quote["kind"] in ("direct", "mention") and quote["parent"] is None:
            result = copy.deepcopy(record)
            del result["quotes"][index]
            gone = (quote["content"][0]["start"], quote["content"][-1]["end"])
            if any(_within(gone, other["content"]) for other in result["quotes"]) or not _in_marks(record, quote):
                continue
            for other in result["quotes"]:
                other["parent"] = None if other["parent"] == quote["id"] else other["parent"]
            yield f"quotes.{index}", result


def _within(span: tuple[int, int], content: list[dict[str, int]]) -> bool:
    return content[0]["start"] <= span[0] and span[1] <= content[-1]["end"]


def _in_marks(record: Record, quote: Record) -> bool:
    before = record["text"][: quote["content"][0]["start"]].rstrip()
    return bool(before.endswith(("“", '"', "«", "„")))


def _no_content(record: Record, index: int) -> bool:
    record["quotes"][index]["content"] = []
    return True


def _blank_content(record: Record, index: int) -> bool:
    start = record["quotes"][index]["content"][0]["start"]
    record["quotes"][index]["content"] = [{"start": start, "end": start}]
    return True


def _emptied(layer: str, name: str) -> Callable[[Record], Broken]:
    def change(record: Record, index: int) -> bool:
        value = record[layer][index][name]
        if not value:
            return False
        if isinstance(value, list):
            value[0]["end"] = value[0]["start"]
        else:
            value["end"] = value["start"]
        return True

    return lambda record: each(record, layer, change)


def _text_changed(record: Record) -> Broken:
    for at in sorted({0, len(record["text"]) // 2, len(record["text"]) - 1}):
        text = record["text"]
        yield f"text[{at}]", {**record, "text": f"{text[:at]}\u2603{text[at + 1 :]}"}


def _text_and_digest_changed(record: Record) -> Broken:
    for where, broken in _text_changed(record):
        yield where, {**broken, "text_sha256": text_digest(broken["text"])}


def _origin(**values: Any) -> Callable[[Record], Broken]:
    def mutate(record: Record) -> Broken:
        if record["origin"]["encoding"] is not None:
            for name, value in values.items():
                yield f"origin.{name}", changed(record, ("origin", name), value)

    return mutate


def _newline(record: Record) -> Broken:
    if "\n" in record["text"]:
        other = "crlf" if record["origin"]["newline"] in ("lf", "cr") else "lf"
        if record["origin"]["newline"] != "mixed":
            yield "origin.newline", changed(record, ("origin", "newline"), other)


def _dates(record: Record) -> Broken:
    yield "date", {**record, "date": "2024-10-14", "date_precision": None}
    yield "date_precision", {**record, "date": None, "date_precision": "day"}


def _times(record: Record, index: int) -> bool:
    record["turns"][index].update(start_ms=900, end_ms=100)
    return True


def _nowhere(record: Record, index: int) -> bool:
    record["turns"][index].update(label=None, paragraphs=[], events=[])
    return True


def _own_parent(record: Record, index: int) -> bool:
    record["quotes"][index]["parent"] = record["quotes"][index]["id"]
    return True


def _other_parent(record: Record, index: int) -> bool:
    quotes = record["quotes"]
    other = quotes[index - 1] if index else quotes[-1]
    own, theirs = (item["content"] for item in (quotes[index], other))
    if other is quotes[index] or (theirs[0]["start"] <= own[0]["start"] and own[-1]["end"] <= theirs[-1]["end"]):
        return False
    quotes[index]["parent"] = other["id"]
    return True


def _other_turn(record: Record, index: int) -> bool:
    quote = record["quotes"][index]
    others = [turn["id"] for turn in record["turns"] if turn["id"] != quote["turn"]]
    if quote["turn"] is None or not others:
        return False
    quote["turn"] = others[0]
    return True


def _liars_echo(record: Record, index: int) -> bool:
    echoes = record["quotes"][index]["echoes"]
    for echo in echoes:
        echo.update(kind="verbatim", similarity=0.5)
    return bool(echoes)


INVARIANTS: Mapping[str, tuple[str, Callable[[Record], Broken]]] = {
    "schema version of another major": (
        "schema-version",
        lambda r: iter([("schema_version", {**r, "schema_version": "99.0.0"})]),
    ),
    "span beyond the text": ("span-outside-text", _span_changes(lambda span, size: {**span, "end": size + 1})),
    "span that ends before it starts": (
        "span-outside-text",
        _span_changes(lambda s, _: {"start": s["end"] + 1, "end": s["end"]}),
    ),
    "span before the text": ("span-outside-text", _span_changes(lambda span, _: {**span, "start": -1})),
    "blocks with a gap or overlap": ("blocks-not-a-partition", _block_changes),
    "reference to nothing": ("dangling-reference", _reference_changes),
    "id of another place": ("item-id-mismatch", _ids(lambda id_: f"{id_.rpartition('@')[0]}@x")),
    "id of another interview": ("item-id-mismatch", _ids(lambda id_: f"other/{id_}")),
    "id twice": ("duplicate-item-id", _same_ids),
    "turns out of order": ("turns-not-ordered", _turns_swapped),
    "turns that overlap": ("turns-not-ordered", _turns_overlapping),
    "turn without a place": ("turn-without-place", lambda r: each(r, "turns", _nowhere)),
    "turn that ends before it starts": ("times-not-ordered", lambda r: each(r, "turns", _times)),
    "label of no characters": ("empty-span", _emptied("turns", "label")),
    "paragraph of no characters": ("empty-span", _emptied("turns", "paragraphs")),
    "cue of no characters": ("empty-span", _emptied("quotes", "cue")),
    "source of no characters": ("empty-span", _emptied("quotes", "source")),
    "mention of no characters": ("empty-span", _emptied("speakers", "mentions")),
    "quotations out of order": ("quotes-not-ordered", _quotes_swapped),
    "quotation removed from its marks": ("quotation-marks-unaccounted", _quotation_removed),
    "quotation without content": ("empty-quote", lambda r: each(r, "quotes", _no_content)),
    "quotation of no characters": ("empty-quote", lambda r: each(r, "quotes", _blank_content)),
    "quotation that is its own parent": ("wrong-parent", lambda r: each(r, "quotes", _own_parent)),
    "quotation in a parent elsewhere": ("wrong-parent", lambda r: each(r, "quotes", _other_parent)),
    "quotation in another turn": ("outside-its-turn", lambda r: each(r, "quotes", _other_turn)),
    "verbatim echo with other words": ("contradictory-echo", lambda r: each(r, "quotes", _liars_echo)),
    "text changed": ("text-digest-mismatch", _text_changed),
    "text and its digest changed": ("rebuild-mismatch", _text_and_digest_changed),
    "size of another file": ("rebuild-mismatch", _origin(bytes=7)),
    "digest of another file": ("rebuild-mismatch", _origin(sha256="0" * 64)),
    "encoding that does not exist": ("rebuild-mismatch", _origin(encoding="utf-99")),
    "reader that does not exist": ("rebuild-mismatch", _origin(reader="no-such")),
    "other line ends": ("rebuild-mismatch", _newline),
    "date without its precision": ("date-without-precision", _dates),
}
"""What is broken → the code that has to say so, and how it is broken."""
