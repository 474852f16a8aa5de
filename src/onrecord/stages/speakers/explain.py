"""Why a speaker is who they are, in words."""

from __future__ import annotations

from onrecord.errors import OnrecordError
from onrecord.schema.interview import Evidence, Interview, Span, Speaker
from onrecord.stages.speakers.rules import describe
from onrecord.text.lines import LineIndex


def explain_speaker(interview: Interview, speaker_id: str) -> str:
    """Return several lines that say who a speaker is, and each rule with its confidence and the words it rests on.

    Raises `OnrecordError` if the interview has no such speaker.
    """
    speaker = next((item for item in interview.speakers if item.id == speaker_id), None)
    if speaker is None:
        known = ", ".join(item.id for item in interview.speakers) or "none"
        raise OnrecordError(f"{interview.id} has no speaker {speaker_id}; there are: {known}")
    lines = LineIndex(interview.text)
    spoken = sum(turn.speaker == speaker_id or speaker_id in turn.also for turn in interview.turns)
    head = f"{speaker.name or 'An unnamed voice'} ({speaker.kind}{_roles(speaker)}), {_turns(spoken)}."
    found = [head, *_listed(speaker)]
    found.extend(_because(interview, evidence, lines) for evidence in speaker.evidence)
    return "\n".join(found)


def _roles(speaker: Speaker) -> str:
    return f": {', '.join(speaker.roles)}" if speaker.roles else ""


def _turns(count: int) -> str:
    return "speaks in no turn" if count == 0 else f"speaks in {count} turn{'s' if count != 1 else ''}"


def _listed(speaker: Speaker) -> list[str]:
    parts = (
        ("printed as", speaker.labels),
        ("also called", speaker.aliases),
        ("described as", speaker.descriptors),
        ("connected to", speaker.affiliations),
    )
    return [f"  {what}: {', '.join(values)}" for what, values in parts if values]


def _because(interview: Interview, evidence: Evidence, lines: LineIndex) -> str:
    places = "; ".join(_place(interview, span, lines) for span in evidence.spans)
    note = f" ({evidence.note})" if evidence.note else ""
    where = f" — {places}" if places else ""
    return f"  {evidence.rule}, {evidence.confidence:.0%}: {describe(evidence.rule)}{note}{where}"


def _place(interview: Interview, span: Span, lines: LineIndex) -> str:
    line, column = lines.position(span.start)
    words = " ".join(span.of(interview.text).split())
    shown = words if len(words) <= 60 else f"{words[:59]}…"
    return f"{line}:{column} “{shown}”"
