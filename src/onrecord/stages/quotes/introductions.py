"""What introduces a report beside its verb: as somebody said, according to somebody, somebody's claim that …."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    AS_WORD,
    AUX,
    BE,
    CAPITAL,
    COORDINATOR,
    CUE,
    DETERMINER,
    FINITE,
    OWNER,
    PERSON,
    PERSONAL,
    POSSESSIVE,
    PREPOSITION,
    QUOTE,
    QWORD,
    RELATIVE,
    THAT,
    TIME,
    VERBISH,
)
from onrecord.stages.quotes.inversions import subject_after
from onrecord.stages.quotes.phrases import Range, subject_before
from onrecord.stages.quotes.reports import Reports
from onrecord.stages.quotes.skips import skip_adverbials, skip_person

_NAME = 4  # words of the longest name in apposition


class Introductions(Reports):
    """Finds what is said to be somebody's in a phrase before or within it."""

    def _as_said(self, at: int, start: int, stop: int) -> Frame | None:
        """As Ann Lee told us, … · Как рассказал инженер, …: the rest of the sentence is what was said."""
        items = self.items
        bits, words = self.bits, self.words
        follows = start > self.a and bits[start - 1] & AS_WORD
        source = subject_after(items, stop, self.b) if follows else subject_before(items, start, self.a)
        # As she said this, …: of a pronoun `as` rather tells the time, where it comes before its verb.
        if source is None or (not follows and bits[source[0]] & PERSONAL):
            return None
        opened = start - 1 if follows else source[0] - 1
        if opened < self.a or not bits[opened] & AS_WORD or (opened > self.a and words[opened - 1] not in ",—–-("):
            return None
        end = max(stop, source[1])
        end = skip_adverbials(items, skip_person(items, end, self.b) if bits[at] & PERSON else end, self.b)
        if end < self.stop and words[end] not in ",:—–)" and not bits[end] & QUOTE:
            return None
        content = [left] if opened > self.a and (left := self._left(opened)) is not None else []
        after = end + 1 if end < self.stop and not bits[end] & QUOTE else end
        if content and self.quoted and after < self.stop and self._quoted_within(after):
            opens = bits[content[0][0]] & (PREPOSITION | TIME | COORDINATOR)
            if opens or self._has_verb(content[0]):
                content = []  # He was seen as, as Ann Lee put it, “the operator.” · Or, as she put it, “…”
        if after < self.stop:
            content.append((after, self._clause_end(after)))
            self.taken = content[-1][1]
        return Frame(content, (start, stop), source, "as-said", 0.8) if content else None

    def _source_end(self, first: int) -> int:
        """End of the source after `according to`: a comma that no apposition follows, or the sentence."""
        items = self.items
        at = first
        while at < self.stop:
            word = items.words[at]
            if word == "," and at > first and not self._source_goes_on(at + 1, first):
                break
            if word in ";:—–" or (items.bits[at] & QUOTE and at > first + 6):
                break
            if items.bits[at] & (AUX | VERBISH | PERSONAL) and at > first and not self._relative_between(first, at):
                break
            at += 1
        while at > first + 1 and items.adverb(at - 1):
            at -= 1
        return at

    def _relative_between(self, at: int, end: int) -> bool:
        return any(self.bits[place] & (RELATIVE | QWORD) for place in range(at, end))

    def _source_goes_on(self, at: int, first: int) -> bool:
        items = self.items
        if at >= self.stop:
            return False
        bit, word = items.bits[at], items.words[at]
        comma = at
        while comma < self.stop and items.words[comma] != ",":
            comma += 1
        if bit & RELATIVE or word in items.grammar.words.get("apposition_words", ()):
            return True
        if bit & PREPOSITION and at + 1 < self.stop and items.bits[at + 1] & RELATIVE:
            return True  # el informe, al que tuvo acceso este diario, …
        if bit & CAPITAL and comma - at == 1:
            return True
        if bit & CAPITAL and comma < self.stop and comma - at <= _NAME and items.bits[first] & OWNER:
            return all(items.bits[place] & CAPITAL for place in (at, comma - 1))  # the mayor, Ann Lee, …
        if bit & DETERMINER and word in ("a", "an", "the"):
            closed = comma < self.stop or first > self.a + 3
            return closed and not self._finite_between(at, comma)
        return False

    def _finite_between(self, at: int, end: int) -> bool:
        return any(self.bits[place] & FINITE for place in range(at, end))

    def _relative_that(self, at: int) -> bool:
        """Whether `that` is the object or the subject of a verb.

        A pledge that Ann dismissed as “a fig leaf” · a reply that had no effect.
        """
        items = self.items
        if at < self.stop and items.bits[at] & FINITE:
            return True
        for verb in range(at + 1, min(at + 8, self.stop)):
            if items.bits[verb] & (CUE | AUX | VERBISH) and not items.bits[verb] & (CAPITAL | AUX):
                after = verb + 1
                return bool(items.bits[verb] & CUE) and (after >= self.stop or items.words[after] in ("as", ",", "—"))
        return False

    def _noun(self, at: int) -> Frame | None:
        """His claim that … · his answer was that …: a noun for something said, with its clause."""
        items = self.items
        that = at + 1
        joined = that + 1 < self.stop and bool(items.bits[that] & BE)
        that += joined
        if that >= self.stop or not items.bits[that] & THAT or at <= self.a:
            return None
        if not joined and self._relative_that(that + 1):
            return None
        start = at - 1
        while (
            start > self.a
            and not items.bits[start] & (POSSESSIVE | DETERMINER | PREPOSITION | AUX | CUE)
            and at - start < 4
        ):
            if items.owns(start):
                break
            start -= 1
        source: Range | None = None
        if items.bits[start] & POSSESSIVE:
            source = (start, start + 1)
        elif items.owns(start):
            first = subject_before(items, start + 1, self.a)
            source = first
        if joined and source is None:
            return None  # the argument is that …: whose it is stands elsewhere, if it is anybody's
        end = self._clause_end(that + 1)
        if source is not None and source[0] == self.a:
            end = self._main_verb(that + 1, end)
        return self._content(source, at, that, that, end, "noun-that", 0.7)

    def _main_verb(self, at: int, end: int) -> int:
        """Where the main clause goes on whose subject a clause ends: Her claim that the deck leaked [was …]."""
        bits = self.bits
        for verb in range(at + 2, end):
            before = bits[verb - 1]
            if bits[verb] & FINITE and ((before & VERBISH and not before & AUX) or self._past(verb - 1)):
                return verb
        return end
