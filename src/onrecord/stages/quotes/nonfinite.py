"""Reporting verbs that are not finite, and whose subject stands elsewhere: …, adding that … · went on to say that …."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    ADVERBIAL,
    AS_WORD,
    AUX,
    BE,
    CAPITAL,
    CLAUSE,
    COORDINATOR,
    CUE,
    DETERMINER,
    OBJECT,
    OBJECT_PRONOUN,
    PERSON,
    PHRASE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QWORD,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    VERB_CLITIC,
    VERBAL,
    VERBISH,
)
from onrecord.stages.quotes.introductions import Introductions
from onrecord.stages.quotes.phrases import Range, subject_before
from onrecord.stages.quotes.skips import skip_adverbials

_BEFORE_VERB = AUX | TIME | ADVERBIAL | VERB_CLITIC
_PLACE = 8  # items that a place before `as saying` may take
_LEAD = 3  # items between a verb and the infinitive of saying it leads to


class NonFinite(Introductions):
    """Finds what participles and infinitives of saying report."""

    def _led_infinitive(self, at: int) -> Frame | None:
        """A tenu à rappeler que … · vient d'annoncer que … · quiso recordar que …: the verb before has the subject."""
        items, bits = self.items, self.bits
        leads = items.grammar.leading
        if at + 1 >= self.b:
            return None
        if bits[self.a] & COORDINATOR and bits[at - 1] & TO and bits[at - 1] & PREPOSITION:
            narrated = subject_before(items, at - 1, self.a + 1)  # Et le maire de conclure : « … »
            if narrated is not None and narrated[0] == self.a + 1:
                return self._quote_after(at, at, at + 1, narrated)
        lead = at - 1
        while lead > self.a and at - lead <= _LEAD and (bits[lead] & (PREPOSITION | VERB_CLITIC | ADVERBIAL)):
            lead -= 1
        if lead <= self.a or items.words[lead] not in leads:
            return None
        start, stop = self._cue_start(lead), self._cue_stop(at)
        if start > self.a and self._tag_edge(start - 1):
            inverted = self._inverted(at, start, stop)
            if inverted is not None:
                return inverted
        source = subject_before(items, start, self.a)
        if source is None and not items.grammar.pro_drop:
            return None
        return self._preposed(at, start, stop, source, bits[at])

    def _cue_start(self, at: int) -> int:
        """First item of the verb with its auxiliaries and adverbs."""
        bits = self.bits
        if at == self.a or not bits[at - 1] & _BEFORE_VERB:
            return at
        start = at
        if bits[start - 1] & SUBORDINATOR and bits[start - 1] & ADVERBIAL:
            start -= 1  # once joked: a subordinator would have its subject before the verb
        while start > self.a and (bits[start - 1] & (AUX | VERB_CLITIC) or self._loose(start - 1)):
            start -= 1
        while start < at and bits[start] & TIME:
            start += 1
        return start

    def _loose(self, at: int) -> bool:
        bit = self.bits[at]
        return bool(bit & TIME or (bit & ADVERBIAL and not bit & (CAPITAL | DETERMINER | SUBORDINATOR | PRONOUN)))

    def _phrase(self, at: int) -> bool:
        """Whether the verb makes a phrase with the next word: called for."""
        if at + 1 >= self.b or not self.items.phrase(at):
            return False
        return at + 2 >= self.b or not self.bits[at + 2] & TIME  # argued for months that …

    def _cue_stop(self, at: int) -> int:
        return at + 2 if self.bits[at] & PHRASE and self._phrase(at) else at + 1

    def _participle(self, at: int) -> Frame | None:
        """…, adding that …: the subject is the main clause's."""
        items, bit = self.items, self.bits[at]
        before = at - 1
        while before >= self.a and items.adverb(before) and not items.bits[before] & PREPOSITION:
            before -= 1
        stop = self._cue_stop(at)
        if before > self.a and items.bits[before] & AS_WORD:
            return self._as_saying(at, before, stop)
        if (
            before >= self.a
            and items.words[before] not in ",—–-"
            and not items.bits[before] & (COORDINATOR | SUBORDINATOR | PREPOSITION | QUOTE)
        ):
            if items.bits[before] & VERBISH:  # kept saying
                source = subject_before(items, before, self.a)
                return self._preposed(at, before, stop, source, bit) if source is not None else None
            noun = before  # a letter saying that …: the noun itself is the source
            start = subject_before(items, noun + 1, self.a)
            if start is None:
                return None
            return self._preposed(at, at, stop, start, bit)
        if before < self.a:
            return self._opening_participle(at, stop)
        source = self._main_subject(at)
        return self._preposed(at, before + 1, stop, source, bit)

    def _as_saying(self, at: int, as_: int, stop: int) -> Frame | None:
        """Quoted Ann Lee as saying … · Ann Lee was quoted as saying …: who is quoted, not who quotes."""
        items = self.items
        bits = self.bits
        end = as_
        while end > self.a and (items.adverb(end - 1) or bits[end - 1] & TIME):
            end -= 1
        end = self._before_place(end)
        if end > self.a and bits[end - 1] & (CUE | VERBISH) and not bits[end - 1] & CAPITAL:
            start = self._cue_start(end - 1)
            source = subject_before(items, start, self.a)  # was quoted
        else:
            start, source = as_, subject_before(items, end, self.a)
        return self._preposed(at, start, stop, source, bits[at])

    def _before_place(self, end: int) -> int:
        """The end of `was quoted` before where: Ann Lee was quoted [in Tuesday's Gazette] as saying …."""
        bits = self.bits
        for at in range(end - 1, max(self.a + 1, end - _PLACE), -1):
            if bits[at] & PREPOSITION and bits[at - 1] & CUE and at > self.a + 1 and bits[at - 2] & BE:
                return at
        return end

    def _opening_participle(self, at: int, stop: int) -> Frame | None:
        """Bemoaning the “system,” she …: the subject follows the comma."""
        items = self.items
        end = stop
        while end < self.stop and items.words[end] != ",":
            end += 1
            if items.bits[end - 1] & QUOTE and self._comma_within(end - 1):
                break
        if end >= self.stop:
            return None
        start = end + 1 if items.words[end] == "," else end
        source: Range | None = None
        for verb in range(start + 1, min(start + 14, self.stop)):
            if (items.bits[verb] & VERBAL and not items.bits[verb] & CAPITAL) or self._past(verb):
                source = subject_before(items, verb, start)
                break
        frame = self._preposed(at, at, stop, source, items.bits[at])
        if frame is None:
            return None
        frame.content = [(first, min(last, end)) for first, last in frame.content if first < end]
        self.taken = end
        return frame

    def _infinitive_cue(self, at: int, to: int) -> Frame | None:
        """… went on to say that …: the subject is that of the verb before."""
        items, bit = self.items, self.bits[at]
        stop = self._cue_stop(at)
        after = skip_adverbials(items, stop, self.b)
        if bit & PERSON and after < self.b and items.bits[after] & OBJECT_PRONOUN:
            after += 1  # used to tell me, “…”
        leads = items.grammar.words.get("infinitive_leads", ())
        start = to
        while start > self.a and items.words[start - 1] in leads:
            start -= 1
        clause = bit & CLAUSE and not bit & OBJECT and self._finite_follows(after)
        if after >= self.b or not (
            clause
            or (start < to and bit & OBJECT)  # went on to praise the crew
            or items.bits[after] & (THAT | QUOTE | QWORD)
            or (items.words[after] in ":," and items.bits[min(after + 1, self.b - 1)] & QUOTE)
        ):
            return None
        source = subject_before(items, start, self.a) if start < to else self._main_subject(to)
        return self._preposed(at, start if start < to else at, stop, source, bit)
