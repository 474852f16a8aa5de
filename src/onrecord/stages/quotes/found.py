"""Quotations before they get their ids, and which pair of marks belongs to which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.schema.interview import QuoteKind
from onrecord.stages.quotes.grammar import Grammar
from onrecord.text.quotation import Region, words_of

Chars = tuple[int, int]


@dataclass(slots=True)
class Found:
    """A quotation before it gets its id: character ranges, and why."""

    kind: QuoteKind
    content: list[Chars]
    cue: Chars | None
    source: list[Chars] | None
    rule: str
    confidence: float
    unit: int
    regions: list[int] = field(default_factory=list)
    split: bool = False  # a quotation right after it continues it
    alone: bool = False  # quoted words with no reporting verb


@dataclass(slots=True)
class Pending:
    """A reporting verb and a colon at the end of a paragraph: the next paragraph is what was said."""

    cue: Chars
    source: list[Chars] | None
    unit: int


class Ledger:
    """What was found in a text, and the quotation that each pair of marks belongs to (`owner`)."""

    def __init__(self, text: str, regions: Sequence[Region], grammar: Grammar) -> None:
        self.text, self.regions, self.grammar = text, regions, grammar
        self.children: dict[int, list[int]] = {}  # pairs by the pair, or -1 minus the paragraph, they stand in
        for number, region in enumerate(regions):
            self.children.setdefault(region.parent if region.parent >= 0 else -1 - region.unit, []).append(number)
        self.found: list[Found] = []
        self.owner: dict[int, Found] = {}

    def _inner(self, number: int) -> Chars:
        """What stands between the marks of a region, without blanks at the ends and without a label."""
        return words_of(self.text, self.regions[number])

    def _add_bare(self, numbers: Sequence[int], unit: int, kind: QuoteKind, rule: str, confidence: float) -> Found:
        content = [self._inner(number) for number in numbers]
        found = Found(kind, content, None, None, rule, confidence, unit, list(numbers), alone=True)
        self.found.append(found)
        for number in numbers:
            self.owner[number] = found
        return found

    def _extend(self, found: Found, numbers: Sequence[int]) -> Found:
        for number in numbers:
            inner = (
                self._inner(number)
                if found.kind == "direct"
                else (self.regions[number].start, self.regions[number].end)
            )
            found.content.append(inner)
            found.regions.append(number)
            self.owner[number] = found
            if found.kind == "indirect":
                found.kind = "mixed"
        return found

    def _forget(self, found: Found) -> None:
        """Take a quotation back: it is among the last ones, so the search starts there."""
        for at in range(len(self.found) - 1, -1, -1):
            if self.found[at] is found:
                del self.found[at]
                return
