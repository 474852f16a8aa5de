"""Corrections of turns: who speaks, in which role, from where to where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from onrecord.collection.correctable import NewTurn
from onrecord.schema.interview import Correction, Event, Span, Turn, TurnEvidence
from onrecord.stages.corrections._draft import RULE, Draft, Outcome, fresh, note

_LABEL_ENDS = " \t:.)]}*_–—-"


def correct(draft: Draft, at: Span, values: Mapping[str, Any], correction: Correction) -> Outcome:
    """Change the turns at `at`.

    Speaker and role are set for what stands at `at` and nothing else: a turn that sticks out is divided, and of
    several turns each is set. New bounds take what they cover from the turns beside.
    """
    if "add" in values:
        return _add(draft, values["add"], correction)
    touched = [turn for turn in draft.turns if turn.span.overlaps(at)]
    if "delete" in values:
        gone = [turn for turn in touched if _inside(draft.text, turn, at)]
        draft.turns = [turn for turn in draft.turns if turn not in gone]
        return "changed" if gone else "same"
    if not touched:
        return "missing"
    outcomes = [_set_voice(draft, touched, at, values, correction)]
    if "paragraphs" in values or "label" in values:
        outcomes.append(_set_bounds(draft, at, values, correction))
    return "changed" if "changed" in outcomes else "same"


def _set_voice(
    draft: Draft, touched: Sequence[Turn], at: Span, values: Mapping[str, Any], correction: Correction
) -> Outcome:
    update: dict[str, Any] = {}
    if "role" in values:
        update["role"] = values["role"]
    if "speaker" in values:
        update["speaker"] = draft.speaker(values["speaker"], at.start, values.get("role", touched[0].role), correction)
    if all(getattr(turn, name) == value for turn in touched for name, value in update.items()):
        return "same"
    draft.turns = _divided(draft, at)
    for index, turn in enumerate(draft.turns):
        if turn.span.overlaps(at) and _inside(draft.text, turn, at):
            draft.turns[index] = turn.model_copy(
                update={**update, "evidence": _evidence(turn.evidence, update, correction)}
            )
    return "changed"


def _set_bounds(draft: Draft, at: Span, values: Mapping[str, Any], correction: Correction) -> Outcome:
    turn = max(draft.turns, key=lambda item: _common(item.span, at))
    update = {name: values[name] for name in ("paragraphs", "label") if name in values}
    label = update.get("label", turn.label)
    if label is not None:
        update["paragraphs"] = _after(draft.text, label, update.get("paragraphs", turn.paragraphs))
    if all(getattr(turn, name) == value for name, value in update.items()):
        return "same"
    changed = turn.model_copy(update={**update, "evidence": _evidence(turn.evidence, update, correction)})
    events = tuple(event for event in changed.events if _whole(changed).covers(event.span))
    _insert(draft, changed.model_copy(update={"events": events}), instead_of=turn)
    return "changed"


def _add(draft: Draft, new: NewTurn, correction: Correction) -> Outcome:
    start = (new.label or new.paragraphs[0]).start
    paragraphs = _after(draft.text, new.label, new.paragraphs) if new.label is not None else new.paragraphs
    there = next((turn for turn in draft.turns if turn.paragraphs == paragraphs and turn.label == new.label), None)
    speaker = draft.speaker(new.speaker, start, new.role, correction)
    if there is not None and (there.speaker, there.role) == (speaker, new.role):
        return "same"
    turn = Turn(
        id=fresh(f"{draft.id}#turn@{start}", (turn.id for turn in draft.turns)),
        speaker=speaker,
        role=new.role,
        label=new.label,
        paragraphs=paragraphs,
        evidence=TurnEvidence(
            convention=draft.turns[0].evidence.convention if draft.turns else "none",
            rule=RULE,
            attribution="unknown" if speaker is None else "inferred",
            confidence=1.0,
            note=note(correction),
        ),
    )
    _insert(draft, turn, instead_of=there)
    return "changed"


def _insert(draft: Draft, turn: Turn, instead_of: Turn | None) -> None:
    """Put a turn in; what it covers is taken from the others, and one that goes on around it is divided."""
    draft.turns = [other for other in draft.turns if other is not instead_of]
    span = turn.span
    draft.turns = [other for other in _divided(draft, span) if not span.overlaps(other.span)] + [turn]


def _divided(draft: Draft, at: Span) -> list[Turn]:
    """The turns, with those that lie only partly in `at` divided at its ends."""
    result: list[Turn] = []
    for turn in draft.turns:
        crosses = turn.span.overlaps(at) and not _inside(draft.text, turn, at)
        result += _cut(draft.text, turn, (at.start, at.end)) if crosses else [turn]
    return result


def _cut(text: str, turn: Turn, places: Sequence[int]) -> list[Turn]:
    """Divide a turn at `places`, a label staying with what it introduces; later pieces go on with the same voice."""
    first = turn.paragraphs[0].start if turn.paragraphs else turn.span.start
    edges = [turn.span.start, *(place for place in places if first < place < turn.span.end), turn.span.end]
    pieces: list[Turn] = []
    for start, end in pairwise(edges):
        paragraphs = tuple(part for span in turn.paragraphs if (part := _clipped(text, span, start, end)))
        events = tuple(
            Event(span=part, kind=event.kind)
            for event in turn.events
            if start <= event.span.start < end and (part := _clipped(text, event.span, start, end))
        )
        label = _clipped(text, turn.label, start, end) if turn.label is not None else None
        if paragraphs or events or label:
            opens = not pieces
            update = {
                "paragraphs": paragraphs,
                "events": events,
                "label": label,
                "start_ms": turn.start_ms if opens else None,
                "end_ms": turn.end_ms if end == turn.span.end else None,
                "evidence": turn.evidence if opens else turn.evidence.model_copy(update={"attribution": "carried"}),
            }
            pieces.append(turn.model_copy(update=update))
    return pieces


def _clipped(text: str, span: Span, start: int, end: int) -> Span | None:
    """The part of `span` within a range, without blanks at the ends; None if nothing is left."""
    low, high = max(span.start, start), min(span.end, end)
    piece = text[low:high]
    if low >= high or not piece.strip():
        return None
    if (low, high) == (span.start, span.end):
        return span
    return Span(start=low + len(piece) - len(piece.lstrip()), end=high - (len(piece) - len(piece.rstrip())))


def _after(text: str, label: Span, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """What is said after a label: without the label itself and the mark that ends it."""
    start = label.end
    while start < len(text) and text[start] in _LABEL_ENDS:
        start += 1
    return tuple(part for span in paragraphs if (part := _clipped(text, span, start, span.end)))


def _inside(text: str, turn: Turn, at: Span) -> bool:
    """Whether all that is said in a turn lies within `at`; marks and a label beside it do not count."""
    said = turn.paragraphs or tuple(event.span for event in turn.events) or (turn.span,)
    outside = [
        text[span.start : min(span.end, max(span.start, at.start))]
        + text[max(span.start, min(span.end, at.end)) : span.end]
        for span in said
    ]
    return not any(character.isalnum() for piece in outside for character in piece)


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _whole(turn: Turn) -> Span:
    parts = [*turn.paragraphs, *([turn.label] if turn.label else [])]
    return Span(start=min(part.start for part in parts), end=max(part.end for part in parts))


def _evidence(old: TurnEvidence, update: Mapping[str, Any], correction: Correction) -> TurnEvidence:
    changes: dict[str, Any] = {"rule": RULE, "confidence": 1.0, "note": note(correction)}
    if "speaker" in update:
        known = old.attribution if old.attribution != "unknown" else "inferred"
        changes["attribution"] = "unknown" if update["speaker"] is None else known
    return old.model_copy(update=changes)
