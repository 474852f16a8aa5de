"""The turns stage: who speaks from where to where, as far as the page shows it.

Speakers are given to turns by the speakers stage: `label` is what is printed, `evidence.attribution` says how the
voice is known. A turn without a label and with attribution `carried` goes on with the voice of the turn before it;
with `inferred` its `role` is known from the form; with `printed` markup names the voice, in `evidence.note`.
"""

from __future__ import annotations

from typing import Any

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages._base import Stage
from onrecord.stages.layout import LaidTurn, analyse


def find_turns(interview: Interview, facts: Facts) -> Interview:
    """Fill `turns`, in the order of the text and disjoint; speakers and languages stay null."""
    taken: set[str] = set()
    layout = analyse(interview, facts)
    return interview.replace(turns=tuple(_turn(interview, turn, taken) for turn in layout.turns))


def _turn(interview: Interview, turn: LaidTurn, taken: set[str]) -> dict[str, Any]:
    """The fields of the turn; all of them are validated at once with the record, which is twice as fast as singly."""
    parts = [
        *turn.paragraphs,
        *((event.start, event.end) for event in turn.events),
        *((turn.label,) if turn.label else ()),
    ]
    start = min(part[0] for part in parts)  # markup around a label belongs to no part of the turn
    return {
        "id": _fresh(f"{interview.id}#turn@{start}", taken),
        "speaker": None,
        "role": turn.role,
        "label": {"start": turn.label[0], "end": turn.label[1]} if turn.label else None,
        "paragraphs": tuple({"start": start, "end": end} for start, end in turn.paragraphs),
        "events": tuple({"span": {"start": e.start, "end": e.end}, "kind": e.kind} for e in turn.events),
        "start_ms": turn.start_ms,
        "end_ms": turn.end_ms,
        "evidence": {
            "convention": turn.convention,
            "rule": turn.rule,
            "attribution": turn.attribution,
            "confidence": turn.confidence,
            "note": turn.note,
        },
    }


def _fresh(item_id: str, taken: set[str]) -> str:
    name, number = item_id, 2
    while name in taken:
        name, number = f"{item_id}.{number}", number + 1
    taken.add(name)
    return name


STAGE = Stage(name="turns", version="2", fills=("turns",), run=find_turns)
