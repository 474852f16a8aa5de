"""Reported clauses of languages that put the verb last (Turkish, Azerbaijani).

The source opens the sentence; what was said stands between it and the verb: in marks, as a clause that ends in a
participle with a case ending (…-dığını söyledi), or after `ki` behind the verb.
"""

from __future__ import annotations

from onrecord.stages.quotes.clauses import Frame, Sentence
from onrecord.stages.quotes.grammar import (
    CAPITAL,
    COORDINATOR,
    CUE,
    PRONOUN,
    QUOTE,
    QUOTE_LINK,
    SOMEONE,
    THAT,
    TIME,
    WEAK,
)
from onrecord.stages.quotes.phrases import Range

_HARD = frozenset(";:—–!?…")


class SentenceSov(Sentence):
    """Finds the frames of a sentence of a verb-final language."""

    def run(self) -> list[Frame]:
        """Return the frames from left to right."""
        items = self.items
        for at in range(self.a, self.b):
            frame = None
            if items.bits[at] & CUE:
                frame = self._verb(at)
            elif items.words[at] in items.grammar.according_after:
                frame = self._according_after(at)
            if frame is not None and frame.content:
                self.frames.append(frame)
        return self.frames

    def _verb(self, at: int) -> Frame | None:
        items = self.items
        bits, words = items.bits, items.words
        cue = at
        nouns = items.grammar.compounds.get(words[at])
        if nouns is not None:
            cue = at - 1
            while cue >= self.a and words[cue] in ("da", "də", "de"):
                cue -= 1
            if cue < self.a or words[cue] not in nouns:
                return None
        while cue > self.a and bits[cue - 1] & QUOTE_LINK:
            cue -= 1
        if at + 1 < self.b and (bits[at + 1] & THAT or words[at + 1] in ":,"):
            after = at + 1
            while after < self.stop and (bits[after] & THAT or words[after] in ":,"):
                after += 1
            if bits[at + 1] & THAT or (after < self.b and bits[after] & QUOTE and words[at + 1] == ":"):
                return self._following(cue, at, after)
        if cue > self.a and bits[cue - 1] & QUOTE:
            return self._quoted(cue, at)
        if cue > self.a + 1 and words[cue - 1] == "," and bits[cue - 2] & QUOTE:
            return self._quoted(cue - 1, at, cue)
        if bits[at] & WEAK:
            return None
        return self._clause(cue, at)

    def _following(self, cue: int, at: int, after: int) -> Frame | None:
        """X dedi ki, …."""
        items = self.items
        if after >= self.b:
            return None
        source = self._opening(cue)
        if items.bits[after] & QUOTE:
            end = after + 1
            frame = Frame([(after, end)], (cue, at + 1), source, "cue-quote", 0.9)
            frame.split = end >= self.stop
            return frame
        return self._content(source, cue, at + 1, after, self.stop, "clause-that", 0.9)

    def _quoted(self, edge: int, at: int, cue: int | None = None) -> Frame | None:
        """“…” dedi X. · X, “…” dedi."""
        items = self.items
        quote = edge - 1
        source = self._closing(at) or self._opening(quote)
        frame = Frame([(quote, quote + 1)], (edge if cue is None else cue, at + 1), source, "tag-final", 0.92)
        frame.split = True
        self.taken = at + 1
        first = quote
        while first > self.a and items.bits[first - 1] & QUOTE:
            first -= 1
        frame.content = [(first, quote + 1)]
        return frame

    def _clause(self, cue: int, at: int) -> Frame | None:
        """X, …-dığını söyledi: the clause stands between the source and the verb."""
        items = self.items
        last = cue - 1
        while last > self.a and items.adverb(last):
            last -= 1
        if last <= self.a or not items.words[last].endswith(items.grammar.clause_endings):
            return None
        start = max(self.a, self.taken)
        source = self._opening(last, start)
        first = source[1] if source else start
        while first < last and items.words[first] in ",":
            first += 1
        if first > last:
            return None
        return self._content(source, cue, at + 1, first, last + 1, "clause-participle", 0.8)

    def _opening(self, limit: int, start: int = -1) -> Range | None:
        """The source that opens the sentence: up to a comma, or its capitals and the noun after them."""
        items = self.items
        bits, words = items.bits, items.words
        start = max(self.a, self.taken) if start < 0 else start
        while start < limit and (bits[start] & (COORDINATOR | TIME) or items.adverb(start) or words[start] == ","):
            start += 1
        if start >= limit or bits[start] & QUOTE:
            return None
        if bits[start] & PRONOUN:
            return start, start + 1
        comma = start
        while comma < min(limit, start + 12) and words[comma] != "," and not bits[comma] & QUOTE:
            comma += 1
        if comma < limit and (words[comma] == "," or bits[comma] & QUOTE):
            return start, comma
        end = start
        while end < limit and (bits[end] & (CAPITAL | SOMEONE) or end == start):
            end += 1
        return (start, end) if bits[end - 1] & (CAPITAL | SOMEONE) else None

    def _closing(self, at: int) -> Range | None:
        """The source after the verb at the sentence's end: “…” dedi [Ayşe Yılmaz]."""
        items = self.items
        end = at + 1
        while end < self.stop and items.words[end] not in ",;:—–" and not items.bits[end] & QUOTE:
            end += 1
        if end == at + 1 or end - at > 9:
            return None
        return at + 1, end

    def _according_after(self, at: int) -> Frame | None:
        """X'e göre, …."""
        items = self.items
        start = at
        while start > self.a and items.words[start - 1] not in _HARD and items.words[start - 1] != ",":
            start -= 1
        if start >= at:
            return None
        after = at + 1
        while after < self.stop and items.words[after] in ",":
            after += 1
        if after >= self.stop:
            return None
        return Frame([(after, self.stop)], (at, at + 1), (start, at), "according-to", 0.8)
