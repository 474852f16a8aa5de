"""Verdicts on quotations, and how they are written into the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onrecord.schema.interview import Quote
from onrecord.stages.attribution.cast import Chars, Member

Attached = Quote | dict[str, Any]
"""A quotation that stays as it is, or a changed one as plain values: the record validates them as a whole."""


class Verdict(NamedTuple):
    """Who is quoted, by which rule, how sure that is, and what else is worth telling."""

    member: Member | None
    rule: str
    confidence: float
    spans: tuple[Chars, ...] = ()
    note: str | None = None


def attach(quotes: Sequence[Quote], verdicts: Mapping[str, Verdict], ids: Mapping[int, str]) -> list[Attached]:
    """Write the verdicts into the quotations."""
    return [_attached(quote, verdicts.get(quote.id), ids) for quote in quotes]


def _attached(quote: Quote, verdict: Verdict | None, ids: Mapping[int, str]) -> Attached:
    found = {"rule": quote.evidence.rule, "confidence": quote.evidence.confidence}
    if verdict is None or verdict.member is None:
        return quote if quote.speaker is None else {**vars(quote), "speaker": None, "evidence": found}
    evidence = {
        **found,
        "speaker_rule": verdict.rule,
        "speaker_confidence": verdict.confidence,
        "spans": [{"start": start, "end": end} for start, end in verdict.spans],
        "note": verdict.note,
    }
    return {**vars(quote), "speaker": ids[verdict.member.number], "evidence": evidence}
