"""Checks that concern speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.codes import finding, finding_at
from onrecord.collection.facts import Facts
from onrecord.names import has_invisible, mixed_scripts, parse_label, parse_name, same_name, squash
from onrecord.schema.interview import Finding, Interview, Span, Speaker
from onrecord.text.letters import without_printed_marks
from onrecord.text.lines import LineIndex

_ASKING = frozenset({"interviewer", "host", "moderator", "reporter", "counsel", "judge", "chair", "audience", "caller"})
_ANSWERING = frozenset({"interviewee", "guest", "witness"})
_MOST_COMPARED = 400


def reported_readings(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has both
    """What the stage read with a doubt it must not keep to itself: typos joined, ambiguous labels kept apart."""
    lines: LineIndex | None = None
    for speaker in interview.speakers:
        for evidence in speaker.evidence:
            if evidence.rule not in ("label-typo", "ambiguous-label"):
                continue
            lines = lines or LineIndex(interview.text)
            span = evidence.spans[0] if evidence.spans else None
            said = evidence.note or speaker.name or "the label"
            message = (
                f"The label {said}; the other spelling is frequent, this one is rare."
                if evidence.rule == "label-typo"
                else f"The label “{span.of(interview.text) if span else said}” {said}."
            )
            if span is None:
                yield finding(evidence.rule, interview.origin.path, message, where=speaker.id)
            else:
                yield finding_at(
                    evidence.rule, interview.origin.path, message, interview.text, span.start, lines,
                    end=span.end, where=speaker.id,
                )  # fmt: skip


def confusable_names(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has both
    """A label or a name must not mix alphabets or hold characters nobody sees."""
    if without_printed_marks(interview.text).isascii():
        return
    lines: LineIndex | None = None
    seen: set[str] = set()
    printed_labels: dict[str | None, list[Span]] = {}
    for turn in interview.turns:
        if turn.label is not None:
            printed_labels.setdefault(turn.speaker, []).append(turn.label)
    for speaker in interview.speakers:
        for span in (*printed_labels.get(speaker.id, ()), *speaker.mentions):
            printed = span.of(interview.text)
            if printed in seen or printed.isascii():
                continue
            seen.add(printed)
            mixed = mixed_scripts(printed)
            if not mixed and not has_invisible(printed):
                continue
            lines = lines or LineIndex(interview.text)
            what = f"mixes alphabets in “{mixed[0]}”" if mixed else "holds characters that cannot be seen"
            yield finding_at(
                "confusable-name", interview.origin.path, f"The name “{printed}” {what}.", interview.text, span.start,
                lines, end=span.end, where=speaker.id,
            )  # fmt: skip


def stated_people(interview: Interview, facts: Facts) -> Iterator[Finding]:
    """What people state about participants and labels must have a counterpart in the text."""
    if not facts.participants and not facts.labels:
        return
    path = interview.origin.path
    names = {speaker.name for speaker in interview.speakers}
    printed = {label.strip().rstrip(":：").strip() for label in _labels(interview)}
    for participant in facts.participants:
        if parse_label(participant.name, interview.language).anonymous:
            yield finding(
                "placeholder-name", path, f"A participant is called “{participant.name}”.", where=interview.id
            )
        elif participant.name not in names:
            message = f"Nothing in the text belongs to the participant “{participant.name}”."
            yield finding("participant-not-found", path, message, where=interview.id)
    for fact in facts.labels:
        if fact.speaker is not None and fact.label.strip().rstrip(":：").strip() not in printed:
            message = f"The label “{fact.label}” stands for “{fact.speaker}”, but is printed nowhere."
            yield finding("label-not-found", path, message, where=interview.id)


def _labels(interview: Interview) -> Iterator[str]:
    for turn in interview.turns:
        if turn.label is not None:
            yield turn.label.of(interview.text)
    for speaker in interview.speakers:
        yield from speaker.labels


def unmapped_labels(interview: Interview, facts: Facts) -> Iterator[Finding]:
    """Where the participants are listed with their labels, every named label is one of theirs."""
    if not any(participant.labels for participant in facts.participants):
        return
    stated = {participant.name for participant in facts.participants} | {fact.speaker for fact in facts.labels}
    for speaker in interview.speakers:
        if speaker.labels and speaker.name is not None and speaker.kind == "person" and speaker.name not in stated:
            message = f"The label “{speaker.labels[0]}” belongs to none of the participants."
            yield finding("unmapped-label", interview.origin.path, message, where=speaker.id)


def similar_speakers(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has both
    """Two speakers whose full names differ by one letter or in their order are worth a look."""
    people = [s for s in interview.speakers if s.kind == "person" and s.name and " " in s.name and s.labels]
    drawers: dict[str, list[Speaker]] = {}
    for speaker in people[:_MOST_COMPARED]:
        words = {squash(word) for word in (speaker.name or "").split()} - {""}
        rivals = {rival.id: rival for word in words for rival in drawers.get(word, ())}
        for rival in rivals.values():
            match = same_name(
                parse_name(rival.name or "", interview.language), parse_name(speaker.name or "", interview.language)
            )
            if match.rule in ("typo", "name-order"):
                message = f"“{speaker.name}” and “{rival.name}” are nearly one name ({match.rule})."
                yield finding("similar-speakers", interview.origin.path, message, where=speaker.id)
        for word in words:
            drawers.setdefault(word, []).append(speaker)


def missing_interviewer(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 - every check has both
    """An interview in which somebody answers has somebody who asks."""
    parts = [turn.role for turn in interview.turns]
    if not parts or "question" in parts:
        return
    roles = {role for speaker in interview.speakers if speaker.labels for role in speaker.roles}
    answered = "answer" in parts or roles & _ANSWERING
    if answered and not roles & _ASKING:
        yield finding("no-interviewer", interview.origin.path, "Nobody asks in this interview.", where=interview.id)


CHECKS: tuple[Callable[[Interview, Facts], Iterator[Finding]], ...] = (
    reported_readings,
    confusable_names,
    stated_people,
    unmapped_labels,
    similar_speakers,
    missing_interviewer,
)
