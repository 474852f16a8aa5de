"""2026-11: attribution failed on a quotation outside every paragraph, and named another rule when run again."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Block, Quote, QuoteEvidence, Span
from onrecord.stages import attribution
from tests.properties.running import bare, processed


def test_a_quotation_may_stand_outside_every_paragraph() -> None:
    """A quotation that another program found in a separator is left as it is, without an exception."""
    quote = Quote(
        id="properties/one#quote@0",
        kind="direct",
        content=(Span(start=0, end=1),),
        evidence=QuoteEvidence(rule="by-hand", confidence=1.0),
    )
    block = Block(span=Span(start=0, end=1), kind="separator")
    interview = bare("a").replace(blocks=(block,), quotes=(quote,))
    assert attribution.resolve_speakers(interview, Facts()).quotes == (quote,)


def test_attribution_run_again_gives_the_same_rules() -> None:
    """A source that the stage itself made a speaker does not become a known one when the stage is run again."""
    once = processed("according to officials, aa")
    assert [quote.evidence.speaker_rule for quote in once.quotes] == ["description"]
    assert attribution.resolve_speakers(once, Facts()).quotes == once.quotes
