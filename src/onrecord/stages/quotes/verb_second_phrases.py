"""Where a German source phrase starts and ends: capitals are nouns, genitives follow them, commas close clauses."""

from __future__ import annotations

from onrecord.stages.quotes.clauses import Sentence
from onrecord.stages.quotes.grammar import (
    AUX,
    CAPITAL,
    CLAUSE_MARKS,
    COORDINATOR,
    CUE,
    DETERMINER,
    NOUN_PREPOSITION,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QWORD,
    SUBJUNCTIVE,
    SUBORDINATOR,
    THAT,
    TIME,
    VERBAL,
    VERBISH,
)
from onrecord.stages.quotes.phrases import Range

_OUTLET = 5  # words of the longest name of a paper
_SMALL = 3  # letters of the longest article or preposition in it


class VerbSecondPhrases(Sentence):
    """Source phrases of a verb-second language."""

    def _before(self, verb: int) -> Range | None:
        """The source before the verb: back to the start of its clause."""
        items = self.items
        bits, words = items.bits, items.words
        while verb > self.a and (items.adverb(verb - 1) and not bits[verb - 1] & CAPITAL):
            verb -= 1
        if verb <= self.a:
            return None
        start = verb
        if words[verb - 1] == ",":
            opened = self._apposition_start(verb - 1)
            if opened is None:
                return None
            start = opened
        else:
            while start > self.a:
                word, bit = words[start - 1], bits[start - 1]
                if word == "," or word in CLAUSE_MARKS or (bit & SUBORDINATOR and not bit & (DETERMINER | PREPOSITION)):
                    break
                if bit & QUOTE and not (start < verb and bits[start - 2 if start > 1 else 0] & CAPITAL):
                    break
                if bit & COORDINATOR and self._clause_before(start - 1):
                    break
                start -= 1
        while start < verb and (bits[start] & COORDINATOR or (items.adverb(start) and not bits[start] & DETERMINER)):
            if bits[start] & PREPOSITION and self._starts(start + 1):
                return None  # Gegenüber dem Sender sagte er
            start += 1
        if start == self.a and (self._how(start, verb) or self._when(start, verb)):
            return None
        if start > self.a and words[start - 1] in self.items.grammar.naming:
            return None  # Als Antwort sagte sie
        if start >= verb or not self._starts(start) or self._dative(start):
            return None
        end = verb - 1 if words[verb - 1] == "," else verb
        return start, end

    def _after_colon(self, left: Range) -> Range:
        """What stands behind the last colon before a tag: Der Verein übte Kritik: [Man habe …], klagte Harms."""
        words = self.items.words
        return next(((at + 1, left[1]) for at in range(left[1] - 2, left[0], -1) if words[at] == ":"), left)

    def _how(self, at: int, verb: int) -> bool:
        """Whether the word at the head of a sentence says how, and its subject follows: Ironisch fügt Gall hinzu."""
        words, bits = self.items.words, self.items.bits
        endings = tuple(self.items.grammar.words.get("manner_endings", ()))
        alone = (verb == at + 1 or words[at + 1] == ",") and words[at].endswith(endings)
        return alone and verb + 1 < self.stop and bool(bits[verb + 1] & (CAPITAL | DETERMINER | PRONOUN))

    def _when(self, at: int, verb: int) -> bool:
        """Whether the phrase at the head says when, and the subject follows: Eine Stunde später sagte er."""
        bits = self.items.bits
        end = self._noun_phrase_end(at, verb)
        return end > at and bool(bits[end - 1] & TIME) and verb + 1 < self.stop and self._starts(verb + 1)

    def _dative(self, at: int) -> bool:
        """Whether an article, or `der` with its adjective, shows a case no subject has: Der neuen Zeitung sagte …."""
        words = [word.lower() for word in self.items.words[at : at + 2]]
        if words[0] in self.items.grammar.words.get("accusatives", ()):
            return True
        small = len(words) > 1 and not self.items.bits[at + 1] & CAPITAL
        return words[0] in self.items.grammar.words.get("feminine_datives", ()) and small and words[1].endswith("en")

    def _clause_before(self, at: int) -> bool:
        """Whether a verb stands before a coordinator: what follows is another clause."""
        bits = self.items.bits
        return any(bits[place] & VERBAL for place in range(max(self.a, at - 12), at))

    def _apposition_start(self, comma: int) -> int | None:
        """Start of the source of `X, Y, sagte`: the first of two commas closes the name."""
        words = self.items.words
        place = comma - 1
        while place > self.a and words[place] != ",":
            if words[place] in CLAUSE_MARKS:
                return None
            place -= 1
        if place <= self.a:
            return None
        start = place
        while start > self.a and words[start - 1] != "," and words[start - 1] not in CLAUSE_MARKS:
            start -= 1
        return start

    def _only_named(self, comma: int) -> bool:
        """Whether nothing but a name and its apposition stand before the verb: Der Sprecher, Jonas Berg, wies …."""
        opened = self._apposition_start(comma)
        if opened is None or opened < self.taken or not self._starts(opened):
            return False
        return self._noun_phrase_end(opened, comma + 1) >= comma

    def _phrase_from(self, start: int, stop: int) -> Range | None:
        """The source at the start of a clause, without the adverbials before its verb."""
        items = self.items
        while start < stop and (
            items.adverb(start) or (items.bits[start] & PRONOUN == 0 and items.words[start] == "sich")
        ):
            start += 1
        end = self._noun_phrase_end(start, stop)
        if end == stop - 1 and items.bits[end] & QUOTE:
            end = stop  # wie das „Küstenblatt“ berichtet
        return (start, end) if end > start else None

    def _starts(self, at: int) -> bool:
        """Whether a source may start here."""
        items = self.items
        bit, word = items.bits[at], items.words[at]
        if bit & QUOTE or not word[0].isalnum():
            return False
        if bit & PREPOSITION and not bit & DETERMINER:
            return False
        if bit & (DETERMINER | POSSESSIVE | PRONOUN):
            return True
        if bit & (SUBORDINATOR | AUX | THAT | QWORD | COORDINATOR):
            return False
        if items.adverb(at):
            return False
        return bool(bit & CAPITAL) or word[0].isdigit() or word.endswith(("e", "er", "en", "es"))

    def _noun_phrase_end(self, start: int, limit: int) -> int:
        """End of the noun phrase that starts at `start`: its noun, genitives and `von` phrases, a short apposition."""
        items = self.items
        bits, words = items.bits, items.words
        if start >= limit:
            return start
        pronoun = bits[start] & PRONOUN and not bits[start] & CAPITAL
        if pronoun and (not bits[start] & (DETERMINER | POSSESSIVE) or not self._noun_follows(start, limit)):
            return start + 1  # sagte er [der Kallviker Zeitung]
        at, noun = start, False
        while at < limit:
            word, bit = words[at], bits[at]
            if word == ",":
                end = self._apposition_end(at, limit) if noun else None
                if end is None:
                    break
                at = end
                continue
            if word == "(":
                closed = at
                while closed < limit and words[closed] != ")":
                    closed += 1
                at = min(closed + 1, limit)
                continue
            if word in CLAUSE_MARKS or (word in "-.)" and not (word == "." and at + 1 < limit and noun)):
                break
            if bit & QUOTE:
                if at == start + 1 and bits[start] & DETERMINER and self._outlet(at):
                    noun = True  # die „Computerwoche“
                elif not noun or (at + 1 < limit and words[at - 1] in ",:") or items.printed(at)[1].islower():
                    break
            elif bit & CAPITAL and not (at == start and bit & (DETERMINER | POSSESSIVE)):
                noun = True
            elif at > start and self._ends_phrase(at, limit, noun=noun):
                break
            elif bit & (DETERMINER | POSSESSIVE | NOUN_PREPOSITION):
                noun = False  # another noun has to follow
            elif at > start and not noun and bits[at - 1] & NOUN_PREPOSITION and not self._noun_follows(at, limit):
                noun = True  # a name in small letters (von n24)
            at += 1
        while at > start and words[at - 1] in ",-." and not (words[at - 1] == "." and bits[at - 2] & CAPITAL):
            at -= 1
        return at

    def _outlet(self, at: int) -> bool:
        """Whether marks hold a name of a few words, as German prints those of its papers: schrieb „Die Zeit“."""
        items = self.items
        if not items.bits[at] & QUOTE:
            return False
        inner = items.printed(at)[1:-1].strip()
        words = inner.split()
        named = all(word[0].isupper() or len(word) <= _SMALL or not word[0].isalpha() for word in words)
        return 0 < len(words) <= _OUTLET and inner[0].isupper() and inner[-1] not in ".!?…," and named

    def _ends_phrase(self, at: int, limit: int, *, noun: bool) -> bool:
        """Whether a word in small letters cannot go on with the noun phrase."""
        items = self.items
        bit = items.bits[at]
        if bit & COORDINATOR:
            return at + 1 >= limit or not items.bits[at + 1] & (CAPITAL | DETERMINER | POSSESSIVE)
        if bit & OWNER:
            return noun and items.words[at] not in items.grammar.genitives
        if bit & NOUN_PREPOSITION:
            return not noun
        if bit & (PREPOSITION | AUX | THAT | CUE | VERBISH):
            return True
        return noun

    def _noun_follows(self, at: int, limit: int) -> bool:
        """Whether an adjective leads to a noun."""
        for place in range(at + 1, min(at + 4, limit)):
            if self.items.bits[place] & CAPITAL:
                return True
            if not self.items.words[place][0].isalnum() or self.items.bits[place] & (AUX | CUE):
                return False
        return False

    def _apposition_end(self, comma: int, limit: int) -> int | None:
        """Item after an apposition that a second comma or the tag's end closes."""
        items = self.items
        first = comma + 1
        if first >= limit:
            return None
        bit = items.bits[first]
        if bit & (THAT | QUOTE | SUBORDINATOR) and not bit & (DETERMINER | CAPITAL):
            return None
        place = first
        while place < limit and items.words[place] != "," and items.words[place] not in CLAUSE_MARKS:
            if items.bits[place] & (AUX | CUE | VERBISH | SUBJUNCTIVE) and not items.bits[place] & CAPITAL:
                return None
            place += 1
        if not bit & (CAPITAL | DETERMINER) or place - first > 9:
            return None
        if place >= limit:
            return place if bit & (CAPITAL | DETERMINER) else None
        return place if items.words[place] == "," else None
