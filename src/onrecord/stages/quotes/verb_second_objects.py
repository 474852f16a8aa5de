"""What verb-second languages say in a phrase rather than a clause (forderte den Rücktritt), and who says it."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    AS_WORD,
    AUX,
    CAPITAL,
    CLAUSE,
    CLAUSE_MARKS,
    COORDINATOR,
    DETERMINER,
    HYPOTHETICAL,
    OBJECT,
    OBJECT_PRONOUN,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QUOTING,
    SUBJUNCTIVE,
    THAT,
    WEAK,
)
from onrecord.stages.quotes.phrases import Range
from onrecord.stages.quotes.verb_second_verbless import VerbSecondVerbless

_FAR = 14  # items between the parts of a verb


class VerbSecondObjects(VerbSecondVerbless):
    """Finds what was said as the object of a verb."""

    def _auxiliary(self, at: int) -> int | None:
        """Hat … gesagt: the auxiliary before or after a participle."""
        items = self.items
        have = items.grammar.have
        if items.words[at].startswith("ge") or items.words[at].endswith(("t", "en")):
            for place in range(at - 1, max(self.a - 1, at - _FAR), -1):
                if items.words[place] in have:
                    return place
                if items.words[place] in CLAUSE_MARKS:
                    break
            if at + 1 < self.b and items.words[at + 1] in have:
                return at + 1
        return None

    def _passive_of(self, at: int) -> int | None:
        """Wurde … behauptet: the auxiliary of a passive before its participle, in the same clause."""
        items = self.items
        if not (items.words[at].startswith("ge") or items.words[at].endswith(("t", "en"))):
            return None
        for place in range(at - 1, max(self.a - 1, at - _FAR), -1):
            if items.words[place] in CLAUSE_MARKS or items.words[place] == ",":
                return None
            if items.words[place] in items.grammar.words.get("be_forms", ()):
                return place
        return None

    def _names(self, at: int, bit: int) -> bool:
        """Whether marks behind a verb of saying hold a name, that of a paper spoken to or of what a noun says."""
        items = self.items
        if not bit & OBJECT and items.apposed(at):
            return True
        articles = items.grammar.words.get("outlet_articles", ())
        follows = at + 1 < self.stop and items.words[at + 1] in ",:;("
        return bool(bit & CLAUSE) and follows and items.words[at - 1] in articles and self._outlet(at)

    def _perfect_object(self, at: int, source: Range | None, bit: int) -> Frame | None:
        """Hat Ada Orb einen Baustopp gefordert: what was said stands between the subject and the participle."""
        items = self.items
        finite = self._auxiliary(at)
        if source is None or bit & WEAK or not bit & (CLAUSE | QUOTING) or finite is None or finite > at:
            return None
        first = max(finite + 1, source[1])
        while first < at and (items.adverb(first) or items.bits[first] & OBJECT_PRONOUN):
            first += 1
        if at + 1 < self.stop or at - first < 2 or not items.bits[first] & OWNER or not bit & OBJECT:
            return None
        return self._content(source, at, at + 1, first, at, "object", 0.5)

    def _content_object(self, at: int, after: int, source: Range | None, bit: int, stop: int = -1) -> Frame | None:
        """What was said as a noun phrase or a prepositional one: forderte den Rücktritt."""
        if source is None or bit & WEAK or not bit & (CLAUSE | QUOTING):
            return None
        end = self.stop if stop < 0 else stop
        if after >= end:
            self.speaking = source  # wies die Vorwürfe zurück
            return None
        if self.items.bits[after] & AUX:
            return None
        if self.items.words[end - 1] in self.items.grammar.words.get("negations", ()):
            return None  # what was not commented on was not said
        after = self._object_start(after, end)
        if after >= end or not self._says_object(after, bit):
            self.speaking = source  # äußerte sich zu dem Vorfall: what follows in the subjunctive is theirs
            return None
        return self._content(source, at, at + 1, after, end, "object", 0.5)

    def _object_start(self, at: int, end: int) -> int:
        """Past the adverbs and phrases that say when, where and to whom: verlangte [am Montag in Wedel] den Abriss."""
        items = self.items
        said_of = items.grammar.words.get("said_of", ())
        while at < end and items.words[at] not in said_of:
            if items.adverb(at) and not items.bits[at] & DETERMINER:
                at += 1
            elif items.bits[at] & PREPOSITION and not items.bits[at] & DETERMINER and at + 1 < end:
                at = max(at + 1, self._noun_phrase_end(at + 1, end))
            else:
                break
        return at

    def _says_object(self, at: int, bit: int) -> bool:
        """Whether the phrase at `at` is what was said and no topic: forderte den Rücktritt · sprach von einem Sieg."""
        here, grammar = self.items.bits[at], self.items.grammar
        if self.items.words[at] in grammar.words.get("said_of", ()):
            return True
        return bool(bit & OBJECT) and not here & (
            COORDINATOR | PREPOSITION | OBJECT_PRONOUN | AS_WORD | PRONOUN & ~DETERMINER
        )

    def _infinitive(self, at: int) -> bool:
        """Whether a clause with `zu` follows."""
        words = self.items.words
        for place in range(at, min(at + 25, self.stop)):
            word = words[place]
            if word == "zu" and place + 1 < self.stop and words[place + 1].endswith("n"):
                return True
            if word in ".;:" or (word == "," and place > at + 12):
                return False
            if len(word) > 6 and "zu" in word[2:6] and word.endswith("en") and not self.items.bits[place] & CAPITAL:
                return True
        return False

    def _noun(self, at: int) -> Frame | None:
        """Die Behauptung der Stadt, sie habe gezahlt, … · kommt zu dem Schluss, dass …: a noun leads to a clause."""
        items = self.items
        bits, words = items.bits, items.words
        end = self._noun_phrase_end(at, self.stop)
        comma = at + 1 if at + 1 < self.stop and words[at + 1] == "," else end
        if comma + 1 >= self.stop or words[comma] != ",":
            return None
        first = comma + 1
        if bits[first] & QUOTE or not (bits[first] & THAT or self._infinitive(first) or self._reported(first)):
            return None
        stop = next((place for place in range(first + 1, self.stop) if self._resumes(place)), self.stop)
        source = self._noun_source(at, comma)
        return self._content(source, at, at + 1, first, stop, "noun-that", 0.7)

    def _resumes(self, comma: int) -> bool:
        """Whether the main clause goes on behind a comma: …, wies er zurück."""
        return self.items.words[comma] == "," and comma + 1 < self.stop and self._verb_word(comma + 1)

    def _reported(self, at: int) -> bool:
        """Whether a main clause in the subjunctive of reported speech starts here."""
        verb = self._second_verb(at, min(at + _FAR, self.stop))
        return verb is not None and bool(self.items.bits[verb] & (SUBJUNCTIVE | HYPOTHETICAL))

    def _noun_source(self, noun: int, comma: int) -> Range | None:
        """Whose claim it is: an owner behind the noun or before it, or the subject of the clause."""
        items = self.items
        owner = noun + 1
        if owner < comma:
            first = owner + 1 if items.words[owner] in items.grammar.words.get("agents", ()) else owner
            if first > owner or items.words[owner] in items.grammar.genitives or items.bits[owner] & CAPITAL:
                return (first, comma) if first < comma else None
            return None
        before = noun - 1
        while before > self.a and not items.bits[before] & (CAPITAL | POSSESSIVE | DETERMINER | PREPOSITION):
            before -= 1
        if before >= self.a and items.bits[before] & POSSESSIVE:
            return before, before + 1
        return self._clause_subject(self.a, noun)
