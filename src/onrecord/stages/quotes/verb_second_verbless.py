"""Reports of verb-second languages without a reporting verb: a phrase (laut Orb) or the mood of reported speech."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    AUX,
    CAPITAL,
    COORDINATOR,
    CUE,
    DETERMINER,
    NOUN_PREPOSITION,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    SUBJUNCTIVE,
    SUBORDINATOR,
    TAG_WORD,
    VERBAL,
)
from onrecord.stages.quotes.phrases import Range
from onrecord.stages.quotes.verb_second_phrases import VerbSecondPhrases

_ADJECTIVE = ("e", "en", "er", "es", "em")


class VerbSecondVerbless(VerbSecondPhrases):
    """Finds what was said where no verb says so."""

    def _end(self, at: int) -> int:
        items = self.items
        for place in range(at, self.stop):
            word = items.words[place]
            if word == ";":
                return place
            if word == "," and place + 1 < self.stop:
                following = items.bits[place + 1]
                if following & TAG_WORD and self._starts(min(place + 2, self.b - 1)):
                    return place
                if following & CUE and not following & CAPITAL:
                    return place
            if items.bits[place] & COORDINATOR and place + 1 < self.stop and place > at:
                following = items.bits[place + 1]
                if following & CUE and not following & CAPITAL and not items.words[place + 1].startswith("ge"):
                    return place
        return self.stop

    def _according(self, at: int) -> Frame | None:
        """Laut X … · Nach Angaben der Polizei …."""
        items = self.items
        for size in items.grammar.introductions(items.words, at):
            first = at + size
            end = self._noun_phrase_end(first, self.stop) if first < self.stop else first
            if end <= first:
                continue
            return self._around(at, at + size, (first, end), end, "according-to")
        return None

    def _according_after(self, at: int) -> Frame | None:
        """Dem Bericht zufolge: the source stands before."""
        items = self.items
        bits, words = items.bits, items.words
        start = at
        while start > self.a and words[start - 1] not in ",;:":
            bit, word = bits[start - 1], words[start - 1]
            if not bit & CAPITAL:
                if bit & VERBAL and not bit & DETERMINER:
                    break
                if not bit & (DETERMINER | POSSESSIVE | NOUN_PREPOSITION) and not word.endswith(_ADJECTIVE):
                    break
            start -= 1
            opens = bit & DETERMINER and not (start > self.a and bits[start - 1] & (CAPITAL | NOUN_PREPOSITION))
            if opens or (bit & DETERMINER and words[start] not in items.grammar.genitives):
                break
        while start < at and (items.adverb(start) or bits[start] & COORDINATOR):
            start += 1
        if start >= at:
            return None
        return self._around(start, at + 1, (start, at), at + 1, "according-to", cue=(at, at + 1))

    def _around(
        self, start: int, stop: int, source: Range, end: int, rule: str, cue: Range | None = None
    ) -> Frame | None:
        """The sentence around a parenthesis is what was said."""
        items = self.items
        content: list[Range] = []
        left = self._left(start) if start > self.a else None
        if left is not None and not (left[1] - left[0] == 1 and items.bits[left[0]] & COORDINATOR):
            content.append(left)
        after = end
        if after < self.stop and items.words[after] in ",)":
            after += 1
        if after < self.stop:
            content.append((after, self._end(after)))
            self.taken = content[-1][1]
        return Frame(content, cue or (start, stop), source, rule, 0.85) if content else None

    def _with_words(self) -> Frame | None:
        """Mit den Worten „…“ verließ sie den Saal · er verließ ihn mit den Worten: „…“ · man zitiert ihn mit ….."""
        items = self.items
        quote = next(iter(items.within(items.quotes, self.a, self.b)), -1)
        edge = quote - 1 if quote > self.a and items.words[quote - 1] == ":" else quote
        cited = self._is_cited(edge)
        if edge <= self.a or (cited is None and items.words[edge - 1] not in items.grammar.words.get("wordings", ())):
            return None
        source = cited or self._cited(edge) or self._main_subject(edge)
        after = quote + 2
        if source is None and after < self.stop and self._plain_word(quote + 1) and self._starts(after):
            end = self._noun_phrase_end(after, self.stop)
            source = (after, end) if end > after and not self._dative(after) else None
        if source is None:
            return None
        frame = Frame([(quote, quote + 1)], (edge - 1, edge), source, "with-words", 0.75)
        frame.split = quote + 1 >= self.stop
        return frame

    def _is_cited(self, edge: int) -> Range | None:
        """Whoever is cited, in the passive: Der Sprecher wird von der Zeitung [mit den Worten] zitiert: „…“."""
        items = self.items
        grammar = items.grammar.words
        if edge <= self.a or items.words[edge - 1] not in grammar.get("citing", ()):
            return None
        for verb in range(edge - 2, self.a - 1, -1):
            if items.words[verb] in grammar.get("be_forms", ()):
                before = self._before(verb)
                if before is not None:
                    return before
                end = self._noun_phrase_end(verb + 1, edge) if self._starts(verb + 1) else verb
                return (verb + 1, end) if end > verb + 1 else None
        return None

    def _cited_by(self, frame: Frame) -> bool:
        """Whether the verb of a report is one of citing, whose object is the one quoted."""
        citing = self.items.grammar.words.get("citing", ())
        return frame.cue is not None and self.items.words[frame.cue[0]] in citing

    def _cited(self, end: int) -> Range | None:
        """Whoever is cited, where a verb of citing has an object: Die Zeitung zitiert einen Augenzeugen mit …."""
        items = self.items
        for verb in range(self.a, end):
            if items.words[verb] in items.grammar.words.get("citing", ()):
                start = verb + 1
                while start < end and items.adverb(start):
                    start += 1
                if start >= end or not self._starts(start):
                    return None
                stop = self._noun_phrase_end(start, end)
                return (start, stop) if stop > start else None
        return None

    def _unknown_verb(self) -> Frame | None:
        """Er brummte, er habe keine Zeit · Es gehe um Geld, raunte er: the mood tells what the verb does not."""
        items = self.items
        commas = [at for at in range(self.a, self.stop) if items.words[at] == ","]
        if not commas:
            return None
        first, last = commas[0], commas[-1]
        if first - self.a <= 10 and not self._mood(self.a, first) and self._mood(first + 1, self.stop):
            verb = self._noun_phrase_end(self.a, first) if self._starts(self.a) else self.a
            while verb < first and items.adverb(verb):
                verb += 1
            if verb > self.a and self._plain_word(verb):
                source = (self.a, self._noun_phrase_end(self.a, verb))
                return self._content(source, verb, verb + 1, first + 1, self.stop, "mood", 0.7)
        if self._plain_word(last + 1) and self._mood(self.a, last) and not self._mood(last + 1, self.stop):
            start = last + 2
            if start < self.stop and self._starts(start) and self._noun_phrase_end(start, self.stop) == self.stop:
                return Frame([(self.a, last)], (last + 1, start), (start, self.stop), "mood", 0.7)
        return None

    def _plain_word(self, at: int) -> bool:
        """Whether a word can be a verb the lexicon does not know: in small letters and in no closed class."""
        if at >= self.stop:
            return False
        closed = CAPITAL | QUOTE | PREPOSITION | DETERMINER | PRONOUN | SUBORDINATOR | COORDINATOR | RELATIVE | AUX
        return self.items.words[at].isalpha() and not self.items.bits[at] & closed and not self.items.adverb(at)

    def _mood(self, start: int, stop: int) -> bool:
        """Whether a subjunctive of reported speech stands in `[start, stop)`."""
        return any(self.items.bits[at] & SUBJUNCTIVE and not self.items.bits[at] & CAPITAL for at in range(start, stop))

    def _subjunctive(self) -> Frame | None:
        """A sentence in the subjunctive of reported speech, without a verb of saying that the lexicon knows."""
        bits = self.items.bits
        unknown = self._unknown_verb()
        if unknown is not None:
            return unknown
        if self.items.words[self.a] in self.items.grammar.words.get("open_questions", ()):
            return None  # Ob er komme, ließ sie offen
        for at in range(self.a, min(self.stop, self.a + 14)):
            if bits[at] & SUBJUNCTIVE and not bits[at] & CAPITAL:
                return Frame([(self.a, self.stop)], None, None, "subjunctive", 0.6)
        return None
