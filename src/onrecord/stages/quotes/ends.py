"""Where a reported clause ends: its sentence, its last quotation, or a clause that is the writer's again."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Bounds, Frame
from onrecord.stages.quotes.grammar import (
    ACCORDING,
    ADVERBIAL,
    AUX,
    BREAKER,
    CAPITAL,
    CLAUSE,
    COORDINATOR,
    CUE,
    DETERMINER,
    OBJECT,
    OBJECT_PRONOUN,
    ORDER,
    PARTICIPLE,
    PERSON,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QUOTING,
    RELATIVE,
    SOMEONE,
    SPEECH_NOUN,
    THAT,
    TIME,
    VERBISH,
    WEAK,
)
from onrecord.stages.quotes.phrases import Range, starts_noun_phrase
from onrecord.stages.quotes.tokens import EDGE

_OBJECTS = frozenset({"object", "clause-bare"})  # rules whose content is what follows the verb at once
_SAYING = CLAUSE | QUOTING | PERSON | ORDER | OBJECT
_POINTS = THAT | OBJECT_PRONOUN  # said that, still says it: no words of anybody's


class Ends(Bounds):
    """Finds where what is reported ends."""

    def _clause_end(self, at: int) -> int:
        """Where the reported clause ends: the sentence, or a clause that is the writer's again."""
        items, shapes = self.items, self.shapes
        quotes = items.within(items.quotes, at, self.stop) if self.quoted else ()
        last = quotes[-1] if quotes else -1
        for place in [place for place in range(at, self.stop) if shapes[place] & EDGE]:
            if place < last and items.grammar.inner_commas and self._quote_without_cue(place + 1):
                continue  # what is quoted without a verb of its own belongs to the clause
            if self.bits[place] & QUOTE:
                if self._ends_quoted(at, place, last):
                    return place + 1
            elif self._ends_at(at, place, last):
                return place
        return self.stop

    def _ends_quoted(self, at: int, place: int, last: int) -> bool:
        """Whether a clause ends with a quotation in it, which holds the comma before the writer's words."""
        if place + 1 >= self.stop or not self.items.grammar.inner_commas:
            return False
        if place > at and self._comma_within(place) and self._writers_again(place + 1):
            return True
        return place == last and self._writers_comment(place, last)

    def _ends_at(self, at: int, place: int, last: int) -> bool:
        """Whether the clause that starts at `at` ends before a mark or a coordinator; `last` is its last quotation."""
        word, bit = self.words[place], self.bits[place]
        if word == ";" or (at < last < place and self._writers_comment(place, last)):
            return True
        if word == ",":
            return self._ends_at_comma(at, place)
        # In English a quotation behind a colon that ends the clause belongs to it; elsewhere it is one of its own.
        ahead = 2 if self.items.grammar.inner_commas else 1
        if word == ":" and place + ahead < self.stop and self.bits[place + 1] & QUOTE:
            return True
        if bit & COORDINATOR and (self._coordinated_cue(place) or self._says_too(at, place)):
            return True
        return bool(bit & ACCORDING and place > at and self._according_length(place))

    def _ends_at_comma(self, at: int, comma: int) -> bool:
        after = comma + 1
        if after >= self.stop:
            return True
        bit = self.bits[after]
        return bool(
            (bit & CUE and bit & PARTICIPLE)
            or self._led_participle(after)
            or (bit & BREAKER and self.words[after] != "even" and not self._still_said(after))
            or (bit & ACCORDING and self._according_length(after))
            or self._resumed(after)
            or (bit & COORDINATOR and (self._coordinated_cue(after) or self._says_too(at, after)))
            or self._next_in_series(after)
            or self._before_tag(after)
        )

    def _writers_comment(self, at: int, last: int) -> bool:
        """Whether what follows the last quotation of a clause is the writer's: …, which was untrue."""
        words, bits = self.words, self.bits
        after = at + 1
        if after >= self.stop or not self.items.grammar.inner_commas:
            return False
        bit = bits[after]
        if words[at] == "," or (at == last and self._comma_within(at)):
            if bit & RELATIVE and not bit & THAT:
                return True
            return self._gerund(after) or words[after] in self.items.grammar.words.get("singular_articles", ())
        if bits[at] & COORDINATOR and at == last + 1:
            return bool(bit & VERBISH) or self._past(after) or self._gerund(after)
        return False

    def _still_said(self, breaker: int) -> bool:
        """Whether a clause goes on behind `but` and its kin: with its own `that`, or up to a quotation."""
        after = breaker + 1
        return after < self.stop and (bool(self.bits[after] & THAT) or self._quote_without_cue(after))

    def _quote_without_cue(self, at: int) -> bool:
        """Whether a quotation comes before any other reporting verb."""
        for place in range(at, self.stop):
            if self.bits[place] & QUOTE:
                return True
            if self.bits[place] & CUE:
                return False
        return False

    def _gerund(self, at: int) -> bool:
        """Whether a word looks like the participle of a clause of the writer's: …, leaving the deck unpainted."""
        at += bool(self.bits[at] & ADVERBIAL) and at + 1 < self.stop
        word, endings = self.words[at], self.items.grammar.participles
        other = CAPITAL | PREPOSITION | TIME | DETERMINER | PRONOUN | SPEECH_NOUN | SOMEONE
        return bool(endings) and word.endswith(endings) and len(word) > 4 and not self.bits[at] & other

    def _led_participle(self, at: int) -> bool:
        """Whether a preposition leads to a participle of saying: …, tout en reconnaissant que …."""
        bits = self.bits
        if not self.items.grammar.infinitives:
            return False
        for place in range(at, min(at + 2, self.stop - 1)):
            if bits[place] & PREPOSITION:
                return bool(bits[place + 1] & CUE and bits[place + 1] & PARTICIPLE)
        return False

    def _resumed(self, at: int) -> bool:
        """Whether the writer takes up what was said with a noun: …, a claim that nobody believed."""
        bits = self.bits
        return (
            at + 2 < self.stop
            and bool(bits[at] & DETERMINER)
            and bool(bits[at + 1] & SPEECH_NOUN)
            and bool(bits[at + 2] & (THAT | RELATIVE))
        )

    def _next_in_series(self, at: int) -> bool:
        """Whether another verb of the same subject follows a comma: recalls the strike, calls it “…”, and says …."""
        bit, words = self.bits[at], self.words
        if not bit & CUE or bit & (PARTICIPLE | CAPITAL | WEAK) or at + 1 >= self.stop:
            return False
        opens = bool(self.bits[at + 1] & (DETERMINER | THAT | POSSESSIVE | QUOTE)) and words[at + 1] != ","
        return opens and words[at].endswith("s") == self.present

    def _writers_again(self, at: int) -> bool:
        """Whether the writer goes on at `at`, behind a quotation that holds its comma, as Americans print it."""
        items = self.items
        bit = items.bits[at]
        if (
            bit & (BREAKER | RELATIVE)
            or self._gerund(at)
            or (bit & CUE and not bit & (PARTICIPLE | SPEECH_NOUN | CAPITAL))
        ):
            return True
        return bool(bit & COORDINATOR) and self._coordinated_cue(at)

    def _could_be_tag(self, at: int) -> bool:
        """Whether a verb is followed by what follows a tag's verb: a comma, a quotation, the end."""
        items = self.items
        if items.bits[at] & (PARTICIPLE | CAPITAL) or not items.bits[at] & (CLAUSE | QUOTING):
            return False
        after = at + 1
        if after >= self.stop:
            return True
        return items.words[after] in ",:" or bool(items.bits[after] & QUOTE)

    def _before_tag(self, at: int) -> bool:
        """Whether the stretch that starts at `at` is a tag, or introduces a quotation: he replied, “…”."""
        items = self.items
        for cue in items.within(self.anchors, at + 1, min(at + 13, self.stop)):
            if items.bits[cue] & CUE and self._could_be_tag(cue) and "," not in items.words[at:cue]:
                return starts_noun_phrase(items, at) or bool(items.bits[at] & (PREPOSITION | COORDINATOR))
        return False

    def _coordinated_cue(self, at: int) -> bool:
        """`and added that`: another reporting verb of the same source."""
        items = self.items
        place = at + 1
        passed = ADVERBIAL | AUX if items.grammar.inverts else ADVERBIAL  # y ha asegurado que …
        while place < self.stop and self.bits[place] & passed:
            place += 1
        if place >= self.stop:
            return False
        bit = self.bits[place]
        if bit & CUE and not bit & (PARTICIPLE | SPEECH_NOUN | CAPITAL):
            if bit & WEAK:  # "a subtle yet pointed reminder", but "and pointed out that"
                second = items.grammar.phrases.get(items.words[place], frozenset())
                return place + 1 < self.stop and items.words[place + 1] in second
            if items.words[place].endswith("s") and not self.present:
                return False  # a plural noun rather than a second verb in another tense
            return items.words[place].endswith(("ed", "id", "old", "ote")) or bit & QUOTING != 0
        if bit & (PRONOUN | CAPITAL) and place + 1 < self.stop:
            after = items.bits[place + 1]
            return bool(after & CUE and after & CLAUSE and not after & (PARTICIPLE | CAPITAL | SPEECH_NOUN))
        return False

    def _says_too(self, first: int, at: int) -> bool:
        """Whether a participle of saying follows `and`: the source's, unless such forms are listed from `first` on."""
        place = at + 1
        while place < self.stop and self.bits[place] & ADVERBIAL:
            place += 1
        if place >= self.stop or not self.bits[place] & PARTICIPLE or not self.bits[place] & _SAYING:
            return False
        return not any(map(self._gerund, range(first, at)))

    def _content(
        self, source: Range | None, start: int, stop: int, first: int, end: int, rule: str, confidence: float
    ) -> Frame | None:
        words = self.words
        while first < end and words[first] in ",:;—–-":
            first += 1
        while end > first and words[end - 1] in ",;:—–-":
            end -= 1
        if end <= first or (end == first + 1 and self.bits[first] & _POINTS):
            return None
        if rule in _OBJECTS and end >= self.stop and self._introduces_last(first, end, rule):
            first, rule = end - 1, "cue-quote"
        if not (end < self.stop and words[end] == "," and self._before_tag(end + 1)):
            self.taken = end  # a tag right after it reports this sentence as a whole
        frame = Frame([(first, end)], (start, stop), source, rule, confidence)
        frame.split = end >= self.stop and bool(self.bits[end - 1] & QUOTE)
        return frame

    def _introduces_last(self, first: int, end: int, rule: str) -> bool:
        """Whether what follows a verb only leads to the quotation at its end.

        To whom, on what, when: told the host Ann Lee, “We won.” · recalled her first year: “It rained.”
        """
        items, quote = self.items, end - 1
        if quote <= first + 1 or not items.bits[quote] & QUOTE or not items.grammar.inner_commas:
            return False
        if items.words[quote - 1] == ":":
            return rule == "object" or not self._has_verb((first, quote - 1))
        if items.words[quote - 1] != "," or items.bits[quote - 2] & (PREPOSITION | PARTICIPLE):
            return False  # asked several things, including, “…”
        return self._sentence_like(quote) and self._closes_itself(quote) and not self._has_verb((first, quote - 1))
