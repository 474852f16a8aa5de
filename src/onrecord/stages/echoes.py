"""The stage `echoes`: finds where the interview itself contains the words of a quotation outside its turns.

A pull quote in a headline, a lede or a caption should have been said somewhere. The echo is `verbatim` if the
turn has the same words in the same order, `altered` (with the words that differ) if it says nearly the same.
"""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Difference, Echo, Interview, Quote, Span
from onrecord.stages._base import Stage
from onrecord.text.alignment import Aligned, align

__all__ = ["STAGE", "align_echoes"]


def align_echoes(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 (every stage is given the facts)
    """Fill `echoes` of the quotations that stand outside the turns."""
    wanted = [
        at
        for at, quote in enumerate(interview.quotes)
        if quote.turn is None and quote.kind in ("direct", "mixed") and interview.turns
    ]
    if not wanted and not any(quote.echoes for quote in interview.quotes):
        return interview  # nothing to look for, and nothing of an earlier run to take back
    asked = [[(span.start, span.end) for span in interview.quotes[at].content] for at in wanted]
    said = [[(span.start, span.end) for span in turn.paragraphs] for turn in interview.turns]
    found = dict(zip(wanted, align(interview.text, asked, said), strict=True))
    quotes = tuple(_with_echo(interview, quote, found.get(at)) for at, quote in enumerate(interview.quotes))
    changed = any(after is not before for after, before in zip(quotes, interview.quotes, strict=True))
    return interview.replace(quotes=quotes) if changed else interview


def _with_echo(interview: Interview, quote: Quote, found: Aligned | None) -> Quote:
    echoes = (_echo(interview, found),) if found is not None and _possible(interview, quote, found) else ()
    return quote if echoes == quote.echoes else quote.model_copy(update={"echoes": echoes})


def _possible(interview: Interview, quote: Quote, found: Aligned) -> bool:
    """Whether the one quoted can have said it there: other words of another voice are no echo."""
    voice = interview.turns[found.said].speaker
    return found.similarity == 1.0 or quote.speaker is None or voice is None or quote.speaker == voice


def _echo(interview: Interview, found: Aligned) -> Echo:
    text = interview.text
    return Echo(
        turn=interview.turns[found.said].id,
        span=Span(start=found.start, end=found.end),
        kind="verbatim" if found.similarity == 1.0 else "altered",
        similarity=found.similarity,
        differences=tuple(
            Difference(quoted=text[quoted[0] : quoted[1]], said=text[said[0] : said[1]])
            for quoted, said in found.differences
        ),
    )


STAGE = Stage("echoes", "1", ("quotes",), align_echoes)
