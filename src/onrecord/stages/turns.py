"""The turns stage: who speaks from where to where, as far as the page shows it.

Speakers are given to turns by the speakers stage: `label` is what is printed, `evidence.attribution` says how the
voice is known. A turn without a label and with attribution `carried` goes on with the voice of the turn before it;
with `inferred` its `role` is known from the form; with `printed` markup names the voice, in `evidence.note`.
"""

from __future__ import annotations

from typing import Any

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview, TurnEvidence
from onrecord.stages._base import Stage
from onrecord.stages.layout import LaidTurn, analyse


def find_turns(interview: Interview, facts: Facts) -> Interview:
    """Fill `turns`, in the order of the text and disjoint; speakers and languages stay null."""
    taken: set[str] = set()
    known: dict[_Reason, TurnEvidence] = {}
    layout = analyse(interview, facts)
    return interview.replace(turns=[_turn(interview.id, turn, taken, known) for turn in layout.turns])


_Reason = tuple[str, str, str, float, str | None]


def _turn(interview: str, turn: LaidTurn, taken: set[str], known: dict[_Reason, TurnEvidence]) -> dict[str, Any]:
    """The fields of the turn; all of them are validated at once with the record, which is twice as fast as singly."""
    label, events = turn.label, turn.events
    starts = [start for start, _ in turn.paragraphs]
    if events:
        starts += [event.start for event in events]
    if label is not None:
        starts.append(label[0])
    # Markup around a label belongs to no part of the turn.
    return {
        "id": _fresh(f"{interview}#turn@{min(starts)}", taken),
        "speaker": None,
        "role": turn.role,
        "label": {"start": label[0], "end": label[1]} if label is not None else None,
        "paragraphs": [{"start": start, "end": end} for start, end in turn.paragraphs],
        "events": [{"span": {"start": e.start, "end": e.end}, "kind": e.kind} for e in events] if events else (),
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "evidence": _evidence(turn, known),
    }


def _evidence(turn: LaidTurn, known: dict[_Reason, TurnEvidence]) -> TurnEvidence:
    """Why this is a turn: most turns of a text have one reason, which is validated once and shared."""
    reason = (turn.convention, turn.rule, turn.attribution, turn.confidence, turn.note)
    evidence = known.get(reason)
    if evidence is None:
        evidence = known[reason] = TurnEvidence(
            convention=turn.convention,
            rule=turn.rule,
            attribution=turn.attribution,
            confidence=turn.confidence,
            note=turn.note,
        )
    return evidence


def _fresh(item_id: str, taken: set[str]) -> str:
    name, number = item_id, 2
    while name in taken:
        name, number = f"{item_id}.{number}", number + 1
    taken.add(name)
    return name


STAGE = Stage(name="turns", version="2", fills=("turns",), run=find_turns)
