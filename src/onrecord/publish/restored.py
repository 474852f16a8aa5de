"""The words of a standoff record put back: from a record made of the same text, where the seals agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from onrecord.publish.digest import canonical_json
from onrecord.publish.seals import Seals, seal
from onrecord.schema.interview import Interview
from onrecord.tables import Row
from onrecord.tables.withheld import withhold

_NONE = "none"  # no words have this seal: it is not hexadecimal


def restored_row(row: Row, made: Row, seals: Seals | None) -> tuple[Row, tuple[str, ...]]:
    """Return the standoff `row` of `interviews` with its words, and the fields of which some stay unknown.

    `made` is the row of a record made of the same text. What it says is taken where its seal is that of the release;
    elsewhere words are unknown: null, or left out where there is no null. Without seals only the text is known.
    """
    text, bare = made["text"], withhold(Interview, made)
    if seals is None:
        seals = {
            field: [_NONE] * len(row[field]) if isinstance(row[field], list) else _NONE
            for field in made
            if field != "text" and canonical_json(made[field]) != canonical_json(bare[field])
        }
    full, unknown = {**row, "text": text}, []
    for field, sealed in seals.items():
        if isinstance(sealed, str):
            known = seal(text, field, made[field]) == sealed
            full[field] = made[field] if known else None
            items_known = known
        else:
            candidates = _by_key(bare[field], made[field])
            pairs = zip(row[field], sealed, strict=True)
            found = [_item(field, item, wanted, candidates, text) for item, wanted in pairs]
            full[field] = [
                _without(field, item, row, text) if known is None else known
                for item, known in zip(row[field], found, strict=True)
            ]
            items_known = None not in found
        if not items_known:
            unknown.append(field)
    return full, tuple(unknown)


def _by_key(bare: list[Row], made: list[Row]) -> Mapping[bytes, list[Row]]:
    """The items of a record made again, by what a standoff record shows of them."""
    found: dict[bytes, list[Row]] = defaultdict(list)
    for item, whole in zip(bare, made, strict=True):
        found[_key(item)].append(whole)
    return found


def _key(item: Row) -> bytes:
    """What must be the same; the link to a person comes from raw/people.yaml, which nobody else has."""
    return canonical_json({**item, "person": None} if "person" in item else item)


def _item(field: str, item: Row, wanted: str, candidates: Mapping[bytes, list[Row]], text: str) -> Row | None:
    if not wanted:
        return item
    for candidate in candidates.get(_key(item), ()):
        whole = {**candidate, "person": item["person"]} if "person" in item else candidate
        if seal(text, field, whole) == wanted:
            return whole
    return None


def _without(field: str, item: Row, row: Row, text: str) -> Row:
    """A valid item without the words that are unknown; what spans of the text give is not unknown."""
    return _WITHOUT[field](item, row, text) if field in _WITHOUT else item


def _block(item: Row, _row: Row, _text: str) -> Row:
    return {**item, "facts": ()}


def _speaker(item: Row, row: Row, text: str) -> Row:
    spans = [turn["label"] for turn in row["turns"] if turn["speaker"] == item["id"] and turn["label"] is not None]
    labels = tuple(dict.fromkeys(text[span["start"] : span["end"]] for span in spans))
    return {**item, "labels": labels, "aliases": (), "descriptors": (), "affiliations": ()}


def _quote(item: Row, _row: Row, _text: str) -> Row:
    return {**item, "echoes": tuple({**echo, "differences": ()} for echo in item["echoes"])}


def _correction(item: Row, _row: Row, text: str) -> Row:
    target, place = item["target"], item["target"]["position"]
    quote = None if place is None else {"exact": text[place["start"] : place["end"]], "prefix": "", "suffix": ""}
    return {**item, "target": {**target, "quote": quote}, "set": (), "why": ""}


def _finding(item: Row, _row: Row, _text: str) -> Row:
    waiver = item["waiver"]
    return {**item, "message": "", "waiver": None if waiver is None else {**waiver, "reason": ""}}


_WITHOUT: Mapping[str, Callable[[Row, Row, str], Row]] = {
    "blocks": _block,
    "speakers": _speaker,
    "quotes": _quote,
    "corrections": _correction,
    "findings": _finding,
}
