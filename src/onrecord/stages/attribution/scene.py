"""Where quotations stand: in which paragraph, who spoke in the paragraphs before, and whether it is a dialogue."""

from __future__ import annotations

from bisect import bisect_right

from onrecord.schema.interview import Interview, Quote
from onrecord.stages.quotes.units import units_of

_LEAST = 4  # paragraphs that open with a quotation, for a dialogue
_MARKS = 6  # characters that marks, a dash and blanks may take before the first word
_SHARE = 0.3  # share of them that follow another one


class Scene:
    """The paragraphs of a text and who speaks in them, filled in as quotations are resolved."""

    def __init__(self, interview: Interview) -> None:
        units = units_of(interview)
        self._starts = [unit.start for unit in units]
        self._ends = [unit.end for unit in units]
        self._spoken: dict[int, int] = {}
        self._reported: dict[int, int] = {}
        self._addressed: dict[int, int] = {}
        direct = [quote for quote in interview.quotes if quote.kind == "direct" and quote.parent is None]
        spans = sorted((span.start, span.end) for quote in direct for span in quote.content)
        self._quoted_starts = [start for start, _ in spans]
        self._quoted_ends = [end for _, end in spans]
        leading = {self.unit_at(start) for start, _ in spans if self._opens(interview.text, start)}
        self.dialogue = len(leading) >= _LEAST and _following(leading) > _SHARE * len(leading)

    def _opens(self, text: str, at: int) -> bool:
        """Whether a quotation at `at` opens its paragraph."""
        if not self._starts:
            return False
        start = self._starts[self.unit_at(at)]
        return at - start <= _MARKS and not text[start:at].strip(_OPENING)

    def unit_at(self, at: int) -> int:
        """Return the number of the paragraph at a place."""
        return max(0, bisect_right(self._starts, at) - 1)

    def unit_of(self, quote: Quote) -> int:
        """Return the number of the paragraph a quotation starts in."""
        return self.unit_at(quote.content[0].start)

    def bounds(self, unit: int) -> tuple[int, int]:
        """Return the characters of a paragraph."""
        return (self._starts[unit], self._ends[unit]) if self._starts else (0, 0)

    def said(self, quote: Quote, speaker: int) -> None:
        """Note who speaks in the paragraphs of a quotation."""
        for span in quote.content:
            self._spoken[self.unit_at(span.start)] = speaker

    def reported(self, quote: Quote, speaker: int) -> None:
        """Note who is reported to say something in a paragraph, in other words than their own."""
        self._reported[self.unit_of(quote)] = speaker

    def spoke_to(self, quote: Quote, addressed: frozenset[int]) -> None:
        """Note whom a quotation speaks to by name, if to one alone."""
        if len(addressed) == 1:
            self._addressed[self.unit_of(quote)] = next(iter(addressed))

    def addressed_in(self, unit: int) -> int | None:
        """Return whom the quotation of a paragraph speaks to, as far as it says."""
        return self._addressed.get(unit)

    def holds_quotation(self, unit: int) -> bool:
        """Whether a direct quotation starts in a paragraph."""
        start, end = self.bounds(unit)
        return bisect_right(self._quoted_starts, end - 1) > bisect_right(self._quoted_starts, start - 1)

    def voice_in(self, unit: int) -> int | None:
        """Return who speaks in a paragraph or is reported to, as far as known."""
        return self._spoken.get(unit, self._reported.get(unit))

    def speaker_in(self, unit: int) -> int | None:
        """Return who speaks in a paragraph, as far as known."""
        return self._spoken.get(unit)

    def expected(self, at: int) -> int | None:
        """Return whose turn it is at `at` where two take turns: not the last voice, but the one before."""
        if not self.dialogue:
            return None
        unit = self.unit_at(at)
        last = self.speaker_in(unit - 1)
        if last is None:
            return None
        return next((n for n in (self.speaker_in(unit - back) for back in (2, 3, 4)) if n not in (None, last)), None)

    def quoted(self, at: int) -> bool:
        """Whether a character stands in a direct quotation."""
        place = bisect_right(self._quoted_starts, at) - 1
        return place >= 0 and at < self._quoted_ends[place]


def _following(leading: set[int]) -> int:
    """How many of some paragraphs stand right before another one of them."""
    return sum(unit >= 0 and unit + 1 in leading for unit in leading)


_OPENING = "\"“”„«»‘’'`‹›「『—–- \t\xa0\n"
