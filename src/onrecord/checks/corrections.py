"""Checks that concern corrections: none is dropped without a word."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping

from onrecord.codes import excerpt, finding, finding_at
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Correction, CorrectionStatus, Finding, Interview
from onrecord.stages.corrections import place_of
from onrecord.text.anchor import Anchors
from onrecord.text.lines import LineIndex

_SAID: Mapping[CorrectionStatus, tuple[str, str]] = {
    "lost": ("correction-lost", "cannot be applied: what it is about was not found"),
    "ambiguous": ("correction-ambiguous", "cannot be applied: it could be about several places"),
    "moved": ("correction-moved", "was applied at another place than where it was made"),
    "agreed": ("correction-agreed", "changes nothing: the record says so without it"),
}


def corrections_have_a_place(interview: Interview, _facts: Facts) -> Iterator[Finding]:
    """Yield what became of each correction, unless it was simply applied; with the place in the text if it has one."""
    told = [(n, item) for n, item in enumerate(interview.corrections, 1) if item.status in _SAID]
    if not told:
        return
    anchors, lines = Anchors(interview.text), LineIndex(interview.text)
    for number, correction in told:
        code, said = _SAID[correction.status or "lost"]
        message = f"{_name(number, correction)} {said}."
        anchor = anchors.find(place_of(correction.target)) if correction.target.layer != "metadata" else None
        if anchor is None or not anchor.found:
            yield _finding(interview, code, message, correction)
        else:
            where = correction.target.item or interview.id
            yield finding_at(
                code,
                interview.origin.path,
                message,
                interview.text,
                anchor.start,
                lines,
                end=anchor.end,
                where=where,
            )


def corrections_agree(interview: Interview, _facts: Facts) -> Iterator[Finding]:
    """Yield a finding for a correction that contradicts an earlier one."""
    said: dict[Hashable, tuple[int, str]] = {}
    for number, correction in enumerate(interview.corrections, 1):
        for item in correction.set:
            first, value = said.setdefault((_target(correction), item.field), (number, item.value_json))
            if value != item.value_json and item.field != "add":
                message = (
                    f"{_name(number, correction)} sets `{item.field}` to {item.value_json}; the {first}. says {value}."
                )
                yield _finding(interview, "contradictory-corrections", message, correction)
        deleted = said.get((_target(correction), "delete"))
        if (
            deleted is not None
            and deleted[0] != number
            and all(item.field not in ("add", "delete") for item in correction.set)
        ):
            message = f"{_name(number, correction)} changes what the {deleted[0]}. deletes."
            yield _finding(interview, "contradictory-corrections", message, correction)


CHECKS: tuple[Callable[[Interview, Facts], Iterator[Finding]], ...] = (corrections_have_a_place, corrections_agree)


def _target(correction: Correction) -> Hashable:
    target = correction.target
    return (target.layer, target.position, target.quote) if target.layer != "metadata" else target.layer


def _name(number: int, correction: Correction) -> str:
    return f"The {number}. correction (by {correction.by}, {correction.on})"


def _finding(interview: Interview, code: str, message: str, correction: Correction) -> Finding:
    quote = correction.target.quote
    shown = excerpt(quote.exact, 0) if quote is not None else None
    return finding(
        code, interview.origin.path, message, where=correction.target.item or interview.id, excerpt=shown or None
    )
