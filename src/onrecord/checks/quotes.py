"""Checks that concern quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from onrecord.codes import finding_at
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Finding, Interview, Quote, Span
from onrecord.stages.quotes import pairing_of
from onrecord.text.lines import LineIndex
from onrecord.text.quotation import Region, words_of

_MOST = 50  # findings of one kind about one text; a file of nothing but marks has thousands
_HEADLINE = frozenset({"title", "caption"})


def quotation_marks(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 (checks get the facts)
    """Every quotation mark has a partner, and every pair belongs to a quotation; pairing them is done once for both."""
    if not _stage_ran(interview):
        return
    pairing = pairing_of(interview)
    if pairing.strays or pairing.regions:
        lines = LineIndex(interview.text)
        yield from _unbalanced(interview, pairing.strays, lines)
        yield from _unaccounted(interview, pairing.regions, lines)


def _unbalanced(interview: Interview, strays: Sequence[int], lines: LineIndex) -> Iterator[Finding]:
    """A mark without a partner: one finding for the mark, none for the text around it."""
    for offset in strays[:_MOST]:
        more = len(strays) - _MOST
        rest = f" {more:,} more are not listed." if more > 0 and offset == strays[_MOST - 1] else ""
        yield finding_at(
            "unbalanced-quotation-mark",
            interview.origin.path,
            f"The quotation mark {interview.text[offset]} has no partner in its paragraph.{rest}",
            interview.text,
            offset,
            lines,
            end=offset + 40,
            where=interview.id,
        )


def _unaccounted(interview: Interview, regions: Sequence[Region], lines: LineIndex) -> Iterator[Finding]:
    """Every pair of marks lies in the content of a quotation, and no content cuts through a pair."""
    covered = _Cover(interview.quotes)
    missing = (region for region in regions if not covered.holds(*words_of(interview.text, region)))
    for count, region in enumerate(missing):
        if count >= _MOST:
            break
        yield finding_at(
            "quotation-marks-unaccounted",
            interview.origin.path,
            "No quotation holds these quotation marks.",
            interview.text,
            region.start,
            lines,
            end=region.end,
            where=interview.id,
        )
    yield from _cuts(interview, regions, lines)


def _cuts(interview: Interview, regions: Sequence[Region], lines: LineIndex) -> Iterator[Finding]:
    """Contents that overlap a top-level pair without one holding the other."""
    top = [region for region in regions if region.parent < 0]
    starts = [region.start for region in top]
    count = 0
    for quote in interview.quotes:
        for span in quote.content:
            for edge in (span.start, span.end):
                at = bisect_right(starts, edge) - 1
                if at < 0 or not top[at].inner_start < edge < top[at].inner_end:
                    continue
                inside = top[at].inner_start <= span.start and span.end <= top[at].inner_end
                if inside or count >= _MOST:
                    continue
                count += 1
                yield finding_at(
                    "quotation-cuts-marks",
                    interview.origin.path,
                    "The quotation's content ends inside a pair of quotation marks.",
                    interview.text,
                    span.start,
                    lines,
                    end=span.end,
                    where=quote.id,
                )


def headline_echoes(interview: Interview, facts: Facts) -> Iterator[Finding]:  # noqa: ARG001 (checks get the facts)
    """A pull quote in a headline should have been said in the interview, in these words."""
    if not interview.turns:
        return
    headlines = [block.span for block in interview.blocks if block.kind in _HEADLINE]
    lines: LineIndex | None = None
    for quote in interview.quotes:
        if quote.kind != "direct" or quote.turn is not None or not _within(quote, headlines):
            continue
        if quote.echoes and quote.echoes[0].kind == "verbatim":
            continue
        lines = lines or LineIndex(interview.text)
        code = "quote-altered" if quote.echoes else "quote-without-echo"
        message = (
            f"The words in the headline and in {quote.echoes[0].turn} differ (similarity {quote.echoes[0].similarity})."
            if quote.echoes
            else "No turn says the words quoted in the headline."
        )
        span = quote.content[0]
        yield finding_at(
            code, interview.origin.path, message, interview.text, span.start, lines, end=span.end, where=quote.id
        )


def _stage_ran(interview: Interview) -> bool:
    """Whether quotations were looked for: a record without the stage owes none."""
    return bool(interview.quotes) or any(step.stage == "quotes" for step in interview.steps) or not interview.steps


def _within(quote: Quote, spans: Sequence[Span]) -> bool:
    return any(span.covers(quote.content[0]) for span in spans)


class _Cover:
    """Whether some content holds a range, by the furthest end of the contents that start before it."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        spans = sorted((span.start, span.end) for quote in quotes for span in quote.content)
        self._starts = [start for start, _ in spans]
        self._furthest: list[int] = []
        furthest = 0
        for _, end in spans:
            furthest = max(furthest, end)
            self._furthest.append(furthest)

    def holds(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, start + 1) - 1
        return at >= 0 and self._furthest[at] >= end


CHECKS: tuple[Callable[[Interview, Facts], Iterator[Finding]], ...] = (
    quotation_marks,
    headline_echoes,
)
