"""From a source to a speaker: the quotations of an interview in the order of the text, one rule after the other."""

from __future__ import annotations

from onrecord.schema.interview import Interview, Quote
from onrecord.stages.attribution.cast import Cast
from onrecord.stages.attribution.naming import phrase
from onrecord.stages.attribution.places import echoes, settle, unsourced
from onrecord.stages.attribution.pronouns import pronoun_rule
from onrecord.stages.attribution.reading import Reading
from onrecord.stages.attribution.verdicts import Verdict


def resolve(interview: Interview, language: str | None) -> tuple[dict[str, Verdict], Cast]:
    """Return who is quoted in each quotation where anybody can be named, by its id; and all who could be."""
    reading = Reading(interview, language)
    echoed = echoes(interview)
    verdicts: dict[str, Verdict] = {}
    for quote in interview.quotes:
        if quote.kind == "mention":
            continue
        verdict = _sourced(reading, quote) if quote.source else unsourced(reading, quote, echoed.get(quote.id))
        if verdict is not None:
            verdicts[quote.id] = verdict
            _note(reading, quote, verdict)
    return verdicts | settle(reading, interview.quotes), reading.cast


def _sourced(reading: Reading, quote: Quote) -> Verdict | None:
    assert quote.source is not None
    rule = pronoun_rule(reading, quote)
    if rule is not None:
        return rule(reading, quote)
    span = quote.source[0]
    return phrase(reading, span.of(reading.text), span)


def _note(reading: Reading, quote: Quote, verdict: Verdict) -> None:
    """Remember who was quoted where: those who follow may be the same, or the other one."""
    member = verdict.member
    if member is None:
        return
    member.quoted = True
    reading.resolved[quote.id] = member
    if quote.evidence.rule == "on-paper" or quote.parent is not None:
        return  # nobody takes turns with a wall, nor with one who is only quoted in a quotation
    if quote.kind == "direct":
        reading.scene.said(quote, member.number)
        if reading.scene.dialogue:
            reading.scene.spoke_to(quote, reading.addressed(quote))
    else:
        reading.scene.reported(quote, member.number)
    reading.last = member
    reading.last_at = quote.source[0].start if quote.source else quote.content[0].start
