"""A paragraph as a row of items: words, punctuation, and every top-level pair of quotation marks as one item."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

from onrecord.stages.quotes.grammar import (
    ABBREVIATION,
    ADVERB,
    ANCHOR,
    CAPITAL,
    DETERMINER,
    PRONOUN,
    QUOTE,
    SUBORDINATOR,
    Grammar,
)
from onrecord.text.quotation import Region

_ENDS = frozenset(".!?…")
_MAY_END = _ENDS | {"\0"}
_LONGEST = 300  # items of the longest sentence read as one


class Items:
    """Parallel lists over one paragraph: lower-case word, bits, start, end, region index (-1 for a word)."""

    __slots__ = ("anchors", "bits", "ends", "grammar", "quotes", "regions", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int, regions: Sequence[tuple[int, Region]], grammar: Grammar):
        self.text, self.grammar = text, grammar
        raw: list[str] = grammar.token.findall(text[start:end])
        printed = list(map(str.lstrip, raw))
        self.ends = list(accumulate(map(len, raw), initial=start))[1:]
        self.starts = list(map(sub, self.ends, map(len, printed)))
        self.words = list(map(str.lower, printed))
        self.bits = list(map(grammar.tokens.__getitem__, printed))
        self.regions = [-1] * len(raw)
        if regions:
            self._collapse(regions)
        bits = self.bits
        self.anchors = [at for at, bit in enumerate(bits) if bit & ANCHOR]
        self.quotes = [at for at, bit in enumerate(bits) if bit & QUOTE] if regions else []

    def within(self, places: list[int], a: int, b: int) -> list[int]:
        """The places of an ordered list that lie in `[a, b)`."""
        return places[bisect_left(places, a) : bisect_left(places, b)]

    def _collapse(self, regions: Sequence[tuple[int, Region]]) -> None:
        """Replace the tokens of each top-level region by one item."""
        words: list[str] = []
        bits: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        numbers: list[int] = []
        at = 0
        for number, region in regions:
            first = bisect_left(self.starts, region.start, at)
            words += self.words[at:first]
            bits += self.bits[at:first]
            starts += self.starts[at:first]
            ends += self.ends[at:first]
            numbers += self.regions[at:first]
            words.append("\0")
            bits.append(QUOTE)
            starts.append(region.start)
            ends.append(region.end)
            numbers.append(number)
            at = bisect_left(self.starts, region.end, first)
        self.words = words + self.words[at:]
        self.bits = bits + self.bits[at:]
        self.starts = starts + self.starts[at:]
        self.ends = ends + self.ends[at:]
        self.regions = numbers + self.regions[at:]

    def __len__(self) -> int:
        return len(self.words)

    def adverb(self, at: int) -> bool:
        """Whether a word is an adverb, by the lexicon or by its ending."""
        bits = self.bits[at]
        if bits & ADVERB:
            return True
        word = self.words[at]
        return (
            word.endswith(self.grammar.manner) and not bits & CAPITAL and word not in self.grammar.words["not_adverbs"]
        )

    def sentences(self) -> list[tuple[int, int]]:
        """Half-open item ranges of the sentences; the closing full stop belongs to the sentence."""
        words, bits = self.words, self.bits
        result: list[tuple[int, int]] = []
        first, size = 0, len(words)
        candidates = [at for at, word in enumerate(words) if word in _MAY_END]
        for at in candidates:
            if words[at] != "\0":
                if at + 1 < size and not self._breaks(at):
                    continue
                stop = at + 1
                while stop < size and words[stop] in ")]" and self.starts[stop] == self.ends[stop - 1]:
                    stop += 1
            elif bits[at] & QUOTE and self._closed_sentence(at):
                stop = at + 1
            else:
                continue
            if stop > first:
                _chopped(result, first, stop)
                first = stop
        if first < size:
            _chopped(result, first, size)
        return result

    def _breaks(self, at: int) -> bool:
        """Whether the full stop at `at` ends a sentence."""
        after = at + 1
        if self.words[after] in _ENDS:
            return False
        if self.starts[after] == self.ends[at] and not self.bits[after] & QUOTE:
            beyond = after + 1
            return self.words[after] in ")]" and (beyond >= len(self.words) or bool(self.bits[beyond] & CAPITAL))
        bits = self.bits[after]
        if self.words[at] == "…" and not bits & (CAPITAL | QUOTE):
            return False
        if not bits & (CAPITAL | QUOTE) and not self.words[after][0].isdigit() and self.words[after][0].islower():
            return False
        if self.words[at] != "." or not at:
            return True
        before = self.words[at - 1]
        if self.grammar.ordinals and before.isdigit() and len(before) <= 2 and bits & CAPITAL:
            return False  # am 6. September
        if self.bits[at - 1] & ABBREVIATION:
            return before in self.grammar.words.get("company_dotted", ()) and bool(
                bits & (DETERMINER | PRONOUN | QUOTE)
            )
        if (len(before) == 1 and before.isalpha()) or "." in before:
            return bool(bits & (DETERMINER | PRONOUN | QUOTE | SUBORDINATOR))
        return True

    def _closed_sentence(self, at: int) -> bool:
        """Whether a quotation ends its sentence within its marks: “… end.” The next one starts with a capital."""
        if at + 1 >= len(self.words):
            return False
        text = self.text[self.starts[at] : self.ends[at]].rstrip("\"”“’‘'»«„`")
        if not text or text[-1] not in ".!?…":
            return False
        bits = self.bits[at + 1]
        return bool(bits & (CAPITAL | QUOTE)) or self.words[at + 1][0].isdigit()


def _chopped(result: list[tuple[int, int]], first: int, stop: int) -> None:
    """Add a sentence, in pieces if it is longer than any is: a text without full stops must stay linear."""
    while stop - first > _LONGEST:
        result.append((first, first + _LONGEST))
        first += _LONGEST
    result.append((first, stop))
