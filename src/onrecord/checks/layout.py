"""Checks that concern blocks and turns."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from onrecord.codes import finding, finding_at
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Finding, Interview
from onrecord.stages.layout import conventions
from onrecord.text.lines import LineIndex

_LETTERS_OF_A_TEXT = 600


def empty_turns(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has this form
    """A label needs something after it: words, or the note of an event."""
    empty = [turn for turn in interview.turns if turn.label is not None and not turn.paragraphs and not turn.events]
    lines = LineIndex(interview.text) if empty else None
    for turn in empty:
        if lines is not None and turn.label is not None:
            label = turn.label.of(interview.text)
            yield finding_at(
                "empty-turn", interview.origin.path, f"Nothing follows the label {label!r}.", interview.text,
                turn.label.start, lines, end=turn.label.end, where=turn.id,
            )  # fmt: skip


def first_answer(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has this form
    """An interview whose sides are known begins with a question."""
    roles = [turn.role for turn in interview.turns]
    if "question" not in roles or "answer" not in roles or roles.index("answer") > roles.index("question"):
        return
    turn = interview.turns[roles.index("answer")]
    if turn.evidence.rule != "label-of-side":
        return
    start = turn.span.start
    yield finding_at(
        "answer-without-question", interview.origin.path, "An answer stands before the first question.",
        interview.text, start, LineIndex(interview.text), where=turn.id,
    )  # fmt: skip


def without_turns(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has this form
    """A text of some length in which nobody speaks is worth a look."""
    if not interview.turns and interview.blocks and len(interview.text.strip()) >= _LETTERS_OF_A_TEXT:
        yield finding("no-turns", interview.origin.path, "No turns were found in this text.", where=interview.id)


def stated_convention(interview: Interview, facts: Facts) -> Iterator[Finding]:
    """Where the card states how turns are marked, the text marks them so."""
    stated = facts.convention
    if stated is None or stated not in conventions.REGISTRY.by_name:
        return
    used = sorted({turn.evidence.convention for turn in interview.turns})
    if stated not in used:
        what = f"turns are marked by {', '.join(used)}" if used else "no turns were found"
        message = f"The card states the convention {stated!r}, but here {what}."
        yield finding("card-convention-disagrees", interview.origin.path, message, where=interview.id)


def times(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has this form
    """Turns follow each other in the recording as they do in the text."""
    timed = [turn for turn in interview.turns if turn.start_ms is not None]
    lines: LineIndex | None = None
    for before, turn in itertools.pairwise(timed):
        if (turn.start_ms or 0) < (before.start_ms or 0):
            lines = lines or LineIndex(interview.text)
            yield finding_at(
                "time-goes-back", interview.origin.path,
                f"This turn begins at {_clock(turn.start_ms)}, the one before it at {_clock(before.start_ms)}.",
                interview.text, turn.span.start, lines, where=turn.id,
            )  # fmt: skip


def _clock(milliseconds: int | None) -> str:
    seconds = (milliseconds or 0) // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


CHECKS: tuple[Callable[[Interview, Facts], Iterator[Finding]], ...] = (
    empty_turns,
    first_answer,
    without_turns,
    stated_convention,
    times,
)
