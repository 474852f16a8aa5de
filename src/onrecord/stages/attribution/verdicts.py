"""Verdicts on quotations, and how they are written into the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.schema.interview import Quote, Span
from onrecord.stages.attribution.cast import Chars, Member


class Verdict(NamedTuple):
    """Who is quoted, by which rule, how sure that is, and what else is worth telling."""

    member: Member | None
    rule: str
    confidence: float
    spans: tuple[Chars, ...] = ()
    note: str | None = None


def attach(quotes: Sequence[Quote], verdicts: Mapping[str, Verdict], ids: Mapping[int, str]) -> tuple[Quote, ...]:
    """Write the verdicts into the quotations."""
    return tuple(_attached(quote, verdicts.get(quote.id), ids) for quote in quotes)


def _attached(quote: Quote, verdict: Verdict | None, ids: Mapping[int, str]) -> Quote:
    if verdict is None or verdict.member is None:
        if quote.speaker is None and quote.evidence.speaker_rule is None:
            return quote
        evidence = quote.evidence.model_copy(
            update={"speaker_rule": None, "speaker_confidence": None, "spans": (), "note": None}
        )
        return quote.model_copy(update={"speaker": None, "evidence": evidence})
    evidence = quote.evidence.model_copy(
        update={
            "speaker_rule": verdict.rule,
            "speaker_confidence": verdict.confidence,
            "spans": tuple(Span(start=a, end=b) for a, b in verdict.spans),
            "note": verdict.note,
        }
    )
    return quote.model_copy(update={"speaker": ids[verdict.member.number], "evidence": evidence})
