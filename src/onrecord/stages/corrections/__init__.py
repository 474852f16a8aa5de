"""The stage `corrections`, the last one: what people say against the automatic judgements, and it wins.

Each correction is found again by its two selectors (`onrecord.text.anchor`) and gets a status: *applied*;
*agreed*, the record says so already; *moved*, applied at another place than where it was made; *ambiguous* or
*lost*, not applied, and a finding. None is dropped. Of two that contradict one another the later one (by `on`,
then by order) wins, and a finding names both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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

_PASSES = 4  # a correction may need what another one adds
_BETTER: Mapping[CorrectionStatus, int] = {"moved": 4, "applied": 3, "agreed": 2, "ambiguous": 1, "lost": 0}


def apply_corrections(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 (every stage is given the facts)
    """Apply the record's corrections and set their statuses."""
    corrections = interview.corrections
    if not corrections:
        return interview
    anchors = Anchors(interview.text)
    places = [_anchor(anchors, correction.target) for correction in corrections]
    order = sorted(range(len(corrections)), key=lambda index: (corrections[index].on, index))
    statuses: dict[int, CorrectionStatus] = {}
    for _ in range(_PASSES):
        draft, ran = Draft.of(interview), set[CorrectionStatus]()
        for index in order:
            status = _apply(draft, interview, corrections[index], places[index])
            ran.add(status)
            if _BETTER[status] > _BETTER.get(statuses.get(index, "lost"), 0) or index not in statuses:
                statuses[index] = status
        if not ran.intersection(("applied", "moved")):
            break
        draft.settle()
        changed = interview.replace(**draft.layers())
        if changed == interview:
            break
        interview = changed
    done = (
        correction.model_copy(update={"status": correction.status or statuses[index]})
        for index, correction in enumerate(corrections)
    )
    return interview.replace(corrections=tuple(done))


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
        values = {item.field: _value(layer, item.field, item.value_json, anchor) for item in correction.set}
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


def _value(layer: str, name: str, value_json: str, anchor: Anchor | None) -> Any:
    """The value of a field, with its spans where they are now. Raises `ValueError` for one that cannot be used."""
    value = FIELDS[layer][name].validate_python(json.loads(value_json))  # type: ignore[index]  # KeyError is caught
    return value if anchor is None else _translated(value, anchor)


def _translated(value: Any, anchor: Anchor) -> Any:
    if isinstance(value, Span):
        place = anchor.translate(value.start, value.end)
        if place is None:
            raise MissingError(f"{value.start} … {value.end}")
        return Span(start=place[0], end=place[1])
    if isinstance(value, tuple):
        return tuple(_translated(item, anchor) for item in value)
    if isinstance(value, BaseModel):
        fields = {name: _translated(getattr(value, name), anchor) for name in value.model_fields_set}
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
