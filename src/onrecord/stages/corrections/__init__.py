"""The stage `corrections`, the last one: what people say against the automatic judgements, and it wins.

Each correction is found again by its two selectors (`onrecord.text.anchor`) and gets a status: *applied*;
*agreed*, the record says so already; *moved*, applied at another place than where it was made; *ambiguous* or
*lost*, not applied, and a finding. None is dropped. Of two that contradict one another the later one (by `on`,
then by order) wins, and a finding names both.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ValidationError

from onrecord.collection.correctable import FIELDS
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Correction, CorrectionStatus, Interview, Span, Target
from onrecord.stages._base import Stage
from onrecord.stages.corrections import _others, _turns
from onrecord.stages.corrections._draft import Draft, MissingError, Outcome
from onrecord.text.anchor import Anchor, Anchors, Place

__all__ = ["STAGE", "apply_corrections", "place_of"]


def apply_corrections(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 (every stage is given the facts)
    """Apply the corrections that have no status yet, and give them one.

    A status says that a correction was tried on this record: it is not tried again.
    """
    waiting = [index for index, correction in enumerate(interview.corrections) if correction.status is None]
    if not waiting:
        return interview
    corrections = list(interview.corrections)
    anchors, draft = Anchors(interview.text), Draft.of(interview)
    for index in sorted(waiting, key=lambda at: _turn_of(at, corrections[at])):
        correction = corrections[index]
        status = _apply(draft, interview, correction, _anchor(anchors, correction.target))
        corrections[index] = correction.model_copy(update={"status": status})
    if any(corrections[index].status in ("applied", "moved") for index in waiting):
        draft.settle()
    return interview.replace(**draft.layers(), corrections=tuple(corrections))


def _turn_of(index: int, correction: Correction) -> tuple[bool, datetime.date, int]:
    """What is added comes first, since others may be about it; then the older ones, so that the latest has its way."""
    return (all(item.field != "add" for item in correction.set), correction.on, index)


def place_of(target: Target) -> Place:
    """Return the selectors of a correction's target."""
    start, end = (target.position.start, target.position.end) if target.position else (None, None)
    if target.quote is None:
        return Place("", start=start, end=end)
    return Place(target.quote.exact, target.quote.prefix, target.quote.suffix, start, end)


def _anchor(anchors: Anchors, target: Target) -> Anchor | None:
    return None if target.layer == "metadata" else anchors.find(place_of(target))


def _apply(draft: Draft, interview: Interview, correction: Correction, anchor: Anchor | None) -> CorrectionStatus:
    layer = correction.target.layer
    if anchor is not None and not anchor.found:
        return "ambiguous" if anchor.status == "ambiguous" else "lost"
    try:
        values = {item.field: _value(layer, item.field, item.value_json, anchor, draft.text) for item in correction.set}
        if anchor is None:
            outcome = _others.correct_metadata(draft, interview, values)
        else:
            at = Span(start=anchor.start, end=anchor.end)
            outcome = _correct(draft, at, values, correction)
    except (MissingError, ValidationError, ValueError, KeyError):  # values of a record that did not come from a sidecar
        return "lost"
    if outcome == "missing":
        return "lost"
    if outcome == "same":
        return "agreed"
    return "moved" if anchor is not None and anchor.status == "moved" else "applied"


def _correct(draft: Draft, at: Span, values: Mapping[str, Any], correction: Correction) -> Outcome:
    layer = correction.target.layer
    if layer == "turns":
        outcome = _turns.correct(draft, at, values, correction)
    elif layer == "quotes":
        outcome = _others.correct_quotes(draft, at, values, correction)
    elif layer == "speakers":
        outcome = _others.correct_speakers(draft, at, values, correction)
    else:
        outcome = _others.correct_blocks(draft, at, values)
    return outcome


def _value(layer: str, name: str, value_json: str, anchor: Anchor | None, text: str) -> Any:
    """The value of a field, with its spans where they are now. Raises `ValueError` for one that cannot be used."""
    value = FIELDS[layer][name].validate_python(json.loads(value_json))  # type: ignore[index]  # KeyError is caught
    return value if anchor is None else _translated(value, anchor, text)


def _translated(value: Any, anchor: Anchor, text: str) -> Any:
    if isinstance(value, Span):
        place = anchor.translate(value.start, value.end)
        if place is None or not text[place[0] : place[1]].strip():
            raise MissingError(f"{value.start} … {value.end}")
        return Span(start=place[0], end=place[1])
    if isinstance(value, tuple):
        items = tuple(_translated(item, anchor, text) for item in value)
        if any(isinstance(b, Span) and b.start < a.end for a, b in pairwise(items)):
            raise MissingError("spans that overlap or are out of order")
        return items
    if isinstance(value, BaseModel):
        fields = {name: _translated(getattr(value, name), anchor, text) for name in value.model_fields_set}
        return value.model_copy(update=fields)
    return value


STAGE = Stage(
    name="corrections",
    version="1",
    fills=(
        "title", "language", "date", "date_precision", "outlet", "place", "summary", "blocks", "speakers", "turns",
        "quotes", "corrections",
    ),
    run=apply_corrections,
)  # fmt: skip
