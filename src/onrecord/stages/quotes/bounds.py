"""Where a reported clause starts and ends in its sentence, and what may stand at its edges."""

from __future__ import annotations

from onrecord.stages.quotes.grammar import (
    AUX,
    CAPITAL,
    COORDINATOR,
    CUE,
    DETERMINER,
    PARTICIPLE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    SOMEONE,
    SPEECH_NOUN,
    SUBORDINATOR,
    TIME,
    VERBAL,
    VERBISH,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import (
    Range,
    subject_before,
)

_STOPS = frozenset(".!?…")
_ENDING = frozenset(".!?…,")
_ASKING = frozenset("?!…")
_CLOSING = frozenset(".,!?…—–-")


class Frame:
    """A reported clause: content (item ranges), cue and source (item ranges), and the rule that found it."""

    __slots__ = ("confidence", "content", "cue", "rule", "source", "split")

    def __init__(
        self, content: list[Range], cue: Range | None, source: Range | None, rule: str, confidence: float
    ) -> None:
        self.content, self.cue, self.source = content, cue, source
        self.rule, self.confidence = rule, confidence
        self.split = False  # whether a quotation in the next sentence continues this one


class Bounds:
    """The items `[a, b)` of one sentence, and the bounds of what is reported in it."""

    def __init__(self, items: Items, a: int, b: int, *, quoted: bool = False, headline: bool = False) -> None:
        """`quoted` says whether the sentence holds a quotation."""
        self.items, self.a, self.b, self.headline = items, a, b, headline
        self.words, self.bits, self.shapes = items.words, items.bits, items.shapes  # asked for most: one step nearer
        stop, words = b, items.words
        while stop > a and words[stop - 1] in _STOPS:
            stop -= 1
        self.stop = stop  # without the closing full stop
        self.frames: list[Frame] = []
        self.speaking: Range | None = None  # who speaks in a clause that does not say what
        self.present = False  # whether the verb at hand stands in the present tense
        self.gaps: list[Range] = []  # what stands between two halves of a quotation and reports nothing
        self.taken = a  # items before this belong to a frame's content
        self.anchors, self.quoted = items.within(items.anchors, a, b), quoted

    def _left(self, end: int) -> Range | None:
        """Content that ends before a tag: back to the sentence's start or the last frame's content."""
        items = self.items
        start = max(self.a, self.taken)
        stop = end
        while stop > self.a and items.words[stop - 1] in ",—–-":
            stop -= 1
        last = stop - 1
        if last > self.a and items.bits[last] & QUOTE and items.words[last - 1] == ":":
            return last, stop
        if (
            start == self.a
            and start + 1 < stop
            and items.bits[start] & COORDINATOR
            and not items.bits[start + 1] & QUOTE
        ):
            start += 1
        while start < stop and items.words[start] in ",;—–-).":
            start += 1
        if stop <= start:
            return None
        if self.bits[last] & QUOTE and last > start and self.words[last - 1] in ",:(—–-" and self._sentence_like(last):
            start = last
        if items.bits[last] & QUOTE and last > start and items.words[last - 1] == "," and self._topic(start):
            start = last
        return start, stop

    def teller(self, _: int, /) -> Range | None:
        """Who says a quotation (its item) that no reporting verb takes, where word order tells; null elsewhere."""
        return None

    def _topic(self, at: int) -> bool:
        """Whether a sentence opens with what it is about, which is the writer's: As for taxes, “…,” she said."""
        words = self.words
        return any(tuple(words[at : at + len(topic)]) == topic for topic in self.items.grammar.topics)

    def _sentence_like(self, at: int) -> bool:
        """Whether a quotation starts like a sentence of its own."""
        return self.items.first_said(at).isupper()

    def _ends_with_stop(self, at: int) -> bool:
        """Whether a quotation closes its own sentence before its closing mark."""
        return self.items.last_said(at) in _ENDING

    def _comma_within(self, at: int) -> bool:
        """Whether a quotation holds the comma that belongs after it, as Americans print it."""
        return self.items.last_said(at) == ","

    def _asks(self, at: int) -> bool:
        """Whether a quotation ends in a mark that can stand before a tag."""
        return self.items.last_said(at) in _ASKING

    def _closes_itself(self, at: int) -> bool:
        """Whether a quotation ends in a mark that a tag can follow."""
        return self.items.last_said(at) in _CLOSING

    def _bare_after(self, at: int) -> bool:
        """Whether words follow a quotation that still belong to its clause."""
        return at < self.stop and self.words[at] not in ",;—–-:)"

    def _has_verb(self, content: Range) -> bool:
        """Whether a stretch has a finite verb, as far as one can tell."""
        bits = self.bits
        return any(
            bits[at] & (AUX | VERBISH | QUOTE | CUE) or (at > content[0] and self._past(at)) or self._inflected(at)
            for at in range(*content)
        )

    def _inflected(self, at: int) -> bool:
        """Whether a word looks like a verb in the present: in small letters, with -s, after a noun or pronoun."""
        word, bit = self.words[at], self.bits[at]
        return (
            word.endswith("s")
            and len(word) > 3
            and not bit & (CAPITAL | DETERMINER | PREPOSITION | SPEECH_NOUN | SOMEONE)
        )

    def _past(self, at: int) -> bool:
        word = self.words[at]
        return word.endswith("ed") and len(word) > 4 and not self.bits[at - 1] & (DETERMINER | POSSESSIVE | PREPOSITION)

    def _main_subject(self, at: int) -> Range | None:
        """The subject of the sentence: the last source, or the noun phrase before the first finite verb."""
        for frame in reversed(self.frames):
            if frame.source is not None:
                return frame.source
        items = self.items
        bits, words = self.bits, self.words
        start = self.a
        while start < at and bits[start] & COORDINATOR:
            start += 1
        if start < at and (
            bits[start] & (PREPOSITION | SUBORDINATOR | PARTICIPLE | TIME) and not bits[start] & DETERMINER
        ):
            comma = start
            while comma < at and words[comma] != ",":
                comma += 1
            if comma >= at:
                return None
            start = comma + 1
        skipped = start
        for place in range(start, at):
            bit = bits[place]
            if place < skipped:
                continue
            if place > start and words[place - 1] == "," and bit & RELATIVE:
                skipped = next((end + 1 for end in range(place, at) if words[end] == ","), at)
                continue  # Ann Lee, whose petition failed, …
            if place > start and ((bit & VERBAL and not bit & CAPITAL) or self._past(place)):
                articles = items.grammar.inverts and not items.grammar.words.get("bare_nouns")
                if articles and bits[place - 1] & DETERMINER and not bits[place - 1] & (PRONOUN | AUX):
                    continue  # el acusado
                end = place
                while end > start and items.adverb(end - 1):
                    end -= 1
                if end < place and bits[end - 1] & DETERMINER and not bits[end - 1] & PRONOUN:
                    continue  # a softly spoken man
                return subject_before(items, end, start)
        return None

    def _cue_near(self, at: int) -> bool:
        return any(self.bits[place] & CUE for place in range(at, min(at + 2, self.b)))

    def _leads_in(self, at: int) -> bool:
        """Whether nothing but adverbs stands before an item in its sentence: Toujours selon …."""
        return at == self.a or (
            self.items.grammar.inverts and all(self.items.adverb(place) for place in range(self.a, at))
        )

    def _according_length(self, at: int) -> int:
        words = self.words
        if self.bits[at] & PREPOSITION and not self._leads_in(at) and words[at - 1] not in ",;—–-(":
            return 0  # an ordinary preposition in the middle of a clause
        return next(iter(self.items.grammar.introductions(words, at)), 0)
