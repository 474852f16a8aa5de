"""Reports of verb-second languages without a reporting verb: a phrase (laut Orb) or the mood of reported speech."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    AUX,
    CAPITAL,
    COORDINATOR,
    CUE,
    DETERMINER,
    HEARSAY,
    HYPOTHETICAL,
    NOUN_PREPOSITION,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    REPORT_ADVERB,
    SUBJUNCTIVE,
    SUBORDINATOR,
    TAG_WORD,
    VERBAL,
)
from onrecord.stages.quotes.phrases import Range
from onrecord.stages.quotes.verb_second_subjects import VerbSecondSubjects

_CONSTITUENT = 12  # words of the longest source that stands first in its clause
_VIEW = 4  # words before a noun that says whose view it is
_ADJECTIVE = ("e", "en", "er", "es", "em")


class VerbSecondVerbless(VerbSecondSubjects):
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

    def _view(self, at: int) -> Frame | None:
        """Nach Polizeiangaben … · Ihrer Meinung nach …: the noun at `at` says whose view it is."""
        items = self.items
        words, bits = items.words, items.bits
        leads = items.grammar.words.get("view_words", ())
        start = at
        while start > self.a and at - start < _VIEW and words[start - 1] not in leads:
            bit = bits[start - 1]
            small = not bit & (CAPITAL | DETERMINER | POSSESSIVE)
            if not words[start - 1][0].isalnum() or (small and not words[start - 1].endswith(_ADJECTIVE)):
                break
            start -= 1
        if start > self.a and words[start - 1] in leads:
            end = self._noun_phrase_end(start, self.stop)
            said_by = (start, start + 1) if self._owned(start, at) else (start, end)
            return self._around(start - 1, start, said_by, end, "according-to") if end > at else None
        if at + 1 < self.stop and words[at + 1] in leads and start < at:
            said_by = (start, start + 1) if self._owned(start, at) else (start, at + 1)
            return self._around(start, at + 2, said_by, at + 2, "according-to", cue=(at + 1, at + 2))
        return None

    def _owned(self, start: int, noun: int) -> bool:
        """Whether a pronoun says whose view it is: ihrer Meinung."""
        return noun == start + 1 and bool(self.items.bits[start] & POSSESSIVE)

    def _according_after(self, at: int) -> Frame | None:
        """Dem Bericht zufolge: the source stands before."""
        items = self.items
        bits = items.bits
        start = self._phrase_before(at)
        while start < at and (items.adverb(start) or bits[start] & COORDINATOR):
            start += 1
        if start >= at:
            return None
        return self._around(start, at + 1, (start, at), at + 1, "according-to", cue=(at, at + 1))

    def _phrase_before(self, at: int) -> int:
        """First item of the phrase before `zufolge`: all of a short first constituent, or back to an article."""
        words, bits = self.items.words, self.items.bits
        clause = next((place + 1 for place in range(at - 1, self.a, -1) if words[place] in ",;:"), self.a)
        verbal = any(bits[place] & VERBAL and not bits[place] & (CAPITAL | DETERMINER) for place in range(clause, at))
        if at - clause <= _CONSTITUENT and not verbal and not bits[clause] & (PREPOSITION | SUBORDINATOR):
            return clause
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
            if opens or (bit & DETERMINER and words[start] not in self.items.grammar.genitives):
                break
        return start

    def _around(
        self, start: int, stop: int, source: Range, end: int, rule: str, cue: Range | None = None
    ) -> Frame | None:
        """The sentence around a parenthesis is what was said."""
        items = self.items
        content: list[Range] = []
        opened = self._subordinate(start)
        if opened is not None:
            closed = next((at for at in range(end, self.stop) if items.words[at] == ","), self.stop)
            parts = [(first, last) for first, last in ((opened, start), (end, closed)) if first < last]
            return Frame(parts, cue or (start, stop), source, rule, 0.8) if parts else None
        left = self._left(start) if start > self.a else None
        if left is not None and not (left[1] - left[0] == 1 and items.bits[left[0]] & COORDINATOR):
            content.append(left)
        after = end
        if after + 1 < self.stop and items.words[after] == "," and items.bits[after + 1] & RELATIVE:
            after = next((at for at in range(after + 1, self.stop) if items.words[at] == ","), after)
        if after < self.stop and items.words[after] in ",)":
            after += 1
        if after < self.stop:
            content.append((after, self._end(after)))
            self.taken = content[-1][1]
        said = sum(last - first for first, last in content) > 1  # nach seiner Meinung gefragt
        return Frame(content, cue or (start, stop), source, rule, 0.85) if said else None

    def _subordinate(self, at: int) -> int | None:
        """First item of the subordinate clause that a phrase at `at` stands in: …, die nach seinen Angaben …."""
        words, bits = self.items.words, self.items.bits
        comma = next((place for place in range(at - 1, self.a, -1) if words[place] in ",;:"), -1)
        if comma < 0 or words[comma] != ",":
            return None
        first = comma + 1
        opener = bits[first + 1] if bits[first] & PREPOSITION and not bits[first] & DETERMINER else bits[first]
        known = RELATIVE | SUBORDINATOR
        if not opener & known or (opener & DETERMINER and first + 1 < at and bits[first + 1] & CAPITAL):
            return None
        return first if not any(bits[place] & AUX for place in range(first, at)) else None

    def _with_words(self) -> Frame | None:
        """Mit den Worten „…“ verließ sie den Saal · er verließ ihn mit den Worten: „…“ · man zitiert ihn mit ….."""
        items = self.items
        for quote in items.within(items.quotes, self.a, self.b):
            edge = quote - 1 if quote > self.a and items.words[quote - 1] == ":" else quote
            cited = self._is_cited(edge)
            if edge > self.a and (cited is not None or self._worded_by(edge)):
                break
        else:
            return None
        source = cited or self._cited(edge) or self._main_subject(edge)
        after = quote + 2
        while after < self.stop and self._passed_over(after):
            after += 1
        if source is None and after < self.stop and self._plain_word(quote + 1) and self._starts(after):
            end = self._noun_phrase_end(after, self.stop)
            source = (after, end) if end > after and not self._dative(after) else None
        if source is None:
            return None
        frame = Frame([(quote, quote + 1)], (edge - 1, edge), source, "with-words", 0.75)
        frame.split = quote + 1 >= self.stop
        return frame

    def _worded_by(self, edge: int) -> bool:
        """Whether `with the words` or the like leads to `edge`."""
        items = self.items
        leads = any(items.bits[at] & PREPOSITION for at in range(max(self.a, edge - 4), edge - 1))
        return leads and items.words[edge - 1] in items.grammar.words.get("wordings", ())

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

    def _for_whom(self) -> Frame | None:
        """Für Orb ist der Plan „ein Witz“: whose view it is opens the sentence."""
        items = self.items
        quote = next(iter(items.within(items.quotes, self.a, self.b)), -1)
        if items.words[self.a] not in items.grammar.words.get("views", ()):
            return None
        end = self._noun_phrase_end(self.a + 1, self.stop)
        if end <= self.a + 1 or end >= quote or not items.bits[end] & AUX or quote + 1 < self.stop:
            return None
        return Frame([(quote, quote + 1)], (self.a, self.a + 1), (self.a + 1, end), "according-to", 0.7)

    def _unknown_tag(self) -> Frame | None:
        """„Ein Skandal!“, empörte sich Falk: a verb the lexicon does not know where a tag has its verb."""
        items = self.items
        for quote in items.within(items.quotes, self.a, self.stop - 3):
            verb = quote + 2
            opens = quote == self.a or items.words[quote - 1] == ":"
            if not opens or items.words[quote + 1] != "," or not self._plain_word(verb):
                continue
            first = verb + 1
            while first < self.stop and self._passed_over(first):
                first += 1
            if first >= self.stop or not self._starts(first) or self._oblique(first):
                continue
            end = self._noun_phrase_end(first, self.stop)
            if end > first and (end >= self.stop or items.words[end] in ",:" or items.bits[end] & PREPOSITION):
                frame = Frame([(quote, quote + 1)], (verb, verb + 1), (first, end), "unknown-tag", 0.7)
                frame.split = True
                return frame
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
        if any(
            self.items.words[at] in self.items.grammar.words["first_person_singular"] for at in range(self.a, self.b)
        ):
            return None  # Ich habe geschlafen
        unknown = self._unknown_verb()
        if unknown is not None:
            return unknown
        if self.items.words[self.a] in self.items.grammar.words.get("open_questions", ()):
            return None  # Ob er komme, ließ sie offen
        if bits[self.a] & REPORT_ADVERB and self.a + 2 < self.stop:
            return Frame([(self.a + 1, self.stop)], (self.a, self.a + 1), None, "goes-on-reporting", 0.6)
        for at in range(self.a, min(self.stop, self.a + 14)):
            if bits[at] & SUBJUNCTIVE and not bits[at] & CAPITAL:
                return Frame([(self.a, self.stop)], None, None, "subjunctive", 0.6)
        for at in range(self.a, min(self.stop, self.a + 14)):
            if bits[at] & HYPOTHETICAL and not bits[at] & CAPITAL:
                return Frame([(self.a, self.stop)], None, None, "hypothetical", 0.5)
        return self._hearsay()

    def _hearsay(self) -> Frame | None:
        """Er soll geschlafen haben: with a perfect infinitive the modal verb says that somebody says so."""
        items = self.items
        words, grammar = items.words, items.grammar.words
        for at in range(self.a, self.stop):
            if not items.bits[at] & HEARSAY or items.bits[at] & CAPITAL:
                continue
            for end in range(at + 2, self.stop):
                if words[end] not in grammar["perfect_infinitives"] or not words[end - 1].endswith(("t", "en")):
                    continue
                closed = end + 1 >= self.stop or words[end + 1] in ",;:" or items.bits[end + 1] & COORDINATOR
                passive = words[end - 1] in grammar["passive_participles"] or words[end - 1].startswith("ge")
                if closed and (words[end] == "haben" or passive):
                    return Frame([(self.a, self.stop)], None, None, "hearsay", 0.5)
        return None
