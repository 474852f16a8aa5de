"""The subject of a clause whose verb comes second, found by place: one constituent, the verb, the rest."""

from __future__ import annotations

from onrecord.stages.quotes.grammar import (
    AUX,
    CAPITAL,
    CLAUSE_NOUN,
    COORDINATOR,
    DETERMINER,
    OBJECT_PRONOUN,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QWORD,
    RELATIVE,
    SPEECH_NOUN,
    SUBORDINATOR,
    THAT,
    VERBAL,
)
from onrecord.stages.quotes.phrases import Range
from onrecord.stages.quotes.verb_second_phrases import VerbSecondPhrases


class VerbSecondSubjects(VerbSecondPhrases):
    """Finds who a clause is about, whatever its verb."""

    def _main_subject(self, at: int) -> Range | None:
        """The source that the sentence named last, or the subject of its main clause before `at`."""
        for frame in reversed(self.frames):
            if frame.source is not None:
                return frame.source
        return self._clause_subject(self.a, at)

    def teller(self, at: int, /) -> Range | None:
        """Who says the quotation at `at` that no reporting verb takes: the subject of its clause, or its agent."""
        words, bits = self.items.words, self.items.bits
        start = next((place + 1 for place in range(at - 2, self.a, -1) if words[place] in ":;"), self.a)
        comma = next((place for place in range(at - 1, start, -1) if words[place] == ","), -1)
        opener = bits[comma + 1] if start < comma < at - 1 else 0
        if opener & RELATIVE and not opener & THAT:
            return None
        if opener & SUBORDINATOR and not opener & (THAT | QWORD | PREPOSITION):
            return None
        return self._clause_subject(start, at)

    def _clause_subject(self, start: int, stop: int) -> Range | None:
        """The subject of the main clause that starts at `start`, if its verb stands before `stop`."""
        items = self.items
        while start < stop and items.bits[start] & COORDINATOR:
            start += 1
        if items.words[min(stop, self.b - 1)] == ":":
            first = next((at for at in range(start, stop) if not items.adverb(at)), stop)
            last = stop
            while last > first + 1 and items.adverb(last - 1):
                last -= 1
            if first < last and self._names_only(first, last):
                return first, last  # Darauf Bürgermeisterin Solm wörtlich: „…“
        verb = self._second_verb(start, stop)
        if verb is None:
            return None
        if items.words[verb] in items.grammar.words.get("be_forms", ()):
            return self._agent(verb, stop)
        follows = verb + 1
        while start < verb and items.adverb(start) and not items.bits[start] & DETERMINER:
            start += 1
        nominative = follows < stop and self._nominative(follows)
        if start < verb and not nominative and not self._fronted(start, verb):
            end = self._noun_phrase_end(start, verb)
            if end >= verb - 1:
                return start, end
        while follows < stop and not self._nominative(follows) and self._passed_over(follows):
            follows += 1
        if follows >= stop or not self._starts(follows) or self._oblique(follows):
            return None
        end = self._noun_phrase_end(follows, stop)
        return (follows, end) if end > follows else None

    def _names_only(self, start: int, stop: int) -> bool:
        """Whether a stretch is one noun phrase in a case that a subject can have, and no noun of saying."""
        if any(self.items.bits[at] & (SPEECH_NOUN | CLAUSE_NOUN) for at in range(start, stop)):
            return False
        return self._starts(start) and not self._oblique(start) and self._noun_phrase_end(start, stop) == stop

    def _second_verb(self, start: int, stop: int) -> int | None:
        """The finite verb behind the first constituent of a clause."""
        items = self.items
        bits, words = items.bits, items.words
        at = start
        if at < stop and bits[at] & SUBORDINATOR and not bits[at] & (DETERMINER | PREPOSITION):
            comma = next((place for place in range(at, stop) if words[place] == ","), stop)
            return comma + 1 if comma + 1 < stop and self._verb_word(comma + 1) else None
        while at < stop:
            before = at
            if items.adverb(at) and not bits[at] & DETERMINER:
                at += 1
            elif bits[at] & PREPOSITION and not bits[at] & DETERMINER:
                at = max(at + 1, self._noun_phrase_end(at + 1, stop))
            elif words[at] == "," and at + 1 < stop and self._verb_word(at + 1):
                return at + 1
            elif words[at] == ",":
                at = next((place + 1 for place in range(at + 1, stop) if words[place] == ","), stop)
            elif self._starts(at):
                at = self._noun_phrase_end(at, stop)
            if at == before:
                return None
            if at < stop and self._verb_word(at):
                return at
        return None

    def _verb_word(self, at: int) -> bool:
        """Whether a word in second place can only be the verb: in small letters and in no closed class."""
        items = self.items
        bit = items.bits[at]
        if bit & (CAPITAL | DETERMINER | QUOTE) or not items.words[at].isalpha():
            return False
        closed = PREPOSITION | PRONOUN | SUBORDINATOR | COORDINATOR | RELATIVE | OBJECT_PRONOUN
        return bool(bit & (VERBAL | AUX)) or not (bit & closed or items.adverb(at))

    def _fronted(self, start: int, verb: int) -> bool:
        """Whether what stands first is no subject: a phrase, another case, a word that says how."""
        return not self._starts(start) or self._oblique(start) or self._dative(start) or self._how(start, verb)

    def _nominative(self, at: int) -> bool:
        """Whether a word is a pronoun that only a subject can be: lobte er."""
        return self.items.words[at] in self.items.grammar.words.get("nominatives", ())

    def _passed_over(self, at: int) -> bool:
        """Whether a word may stand between the verb and its subject: stellte sich jetzt der Rat hinter sie."""
        items = self.items
        bit = items.bits[at]
        return bool((items.adverb(at) or bit & OBJECT_PRONOUN) and not bit & (CAPITAL | DETERMINER))

    def _agent(self, verb: int, stop: int) -> Range | None:
        """By whom, in the passive: wird vom Wetterdienst als „hoch“ eingestuft."""
        items = self.items
        agents = items.grammar.words.get("agents", ())
        for at in range(verb + 1, stop - 1):
            if items.words[at] in agents:
                end = self._noun_phrase_end(at + 1, stop)
                return (at + 1, end) if end > at + 1 else None
        return None

    def _oblique(self, at: int) -> bool:
        """Whether an article shows a case that no subject has: den Behörden, dem Schreiben."""
        return self.items.words[at].lower() in self.items.grammar.words.get("accusatives", ())
