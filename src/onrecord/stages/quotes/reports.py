"""Reports: reporting verbs before what was said (she said that …, told us to …, called it “…”)."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    AS_WORD,
    AUX,
    BASE,
    BE,
    CAPITAL,
    CLAUSE,
    COORDINATOR,
    CUE,
    DETERMINER,
    FINITE,
    INFINITIVE,
    NOUN_PREPOSITION,
    OBJECT,
    OBJECT_PRONOUN,
    ORDER,
    PARTICIPLE,
    PERSON,
    PHRASE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUESTION,
    QUOTE,
    QUOTING,
    QWORD,
    RELATIVE,
    SOMEONE,
    SPEAKING,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    VERB_CLITIC,
    VERBISH,
    WEAK,
)
from onrecord.stages.quotes.phrases import Range, starts_noun_phrase
from onrecord.stages.quotes.skips import ADVERBIALS, skip_adverbials, skip_person
from onrecord.stages.quotes.tags import Tags

_FAR = 24  # items that a clause about the subject of what was said may take
_OBJECT = 12  # items that an object before `as saying` may take
_ASIDE = 6  # items that an aside between the verb and its clause may take, with its commas
_LONG_ASIDE = 14  # the same in languages that also put between commas where something was said (fr, es, ru)
_ADDRESSEE = 2  # words between a verb and a colon that say to whom, not what


class Reports(Tags):
    """Finds what was said after its verb."""

    def _preposed(
        self, at: int, start: int, stop: int, source: Range | None, bit: int, after: int = -1
    ) -> Frame | None:
        """She said [that] …: the content follows the verb."""
        items, words, bits = self.items, self.words, self.bits
        after = stop if after < 0 else after
        if bit & PHRASE and stop == at + 2:
            clause = self._after_comma(stop) if stop + 1 < self.stop and words[stop] == "," else stop
            if clause > stop and bits[clause] & THAT:  # выразил мнение, что …
                return self._content(source, start, stop, clause, self._clause_end(clause + 1), "clause-that", 0.85)
            return self._object(start, stop, source, after)
        if bit & (PERSON | ORDER) and not (after < self.b and bits[after] & (THAT | QUOTE)):
            person = skip_person(items, after, self.b)
            if person > after:
                found = self._after_person(at, start, stop, source, person)
                if found is not None:
                    return found
                if not bit & OBJECT:
                    return None
        place = after
        if after < self.b and (bits[after] & ADVERBIALS or words[after] == "to"):
            place = skip_adverbials(items, after, self.b)
        if place >= self.stop:
            return None
        if words[place] == ",":
            place = self._after_comma(place)
        if items.grammar.infinitives:
            place = self._linked_clause(place)
        if items.grammar.comma_clauses and items.grammar.inverts and bit & CLAUSE and words[place] != ",":
            place = self._behind_listener(place)
        here, word = bits[place], words[place]
        if here & QUOTE or (word in ":," and place + 1 < self.b and bits[place + 1] & QUOTE):
            behind = source is not None and source[0] >= stop  # así lo confirmó la directora: «…»
            return self._quote_after(at, start, stop, source, place if behind and word in ":," else -1)
        colon = self._addressed(place) if bit & QUOTING and ":" in words[place + 1 : place + _ADDRESSEE + 1] else None
        if colon is not None:
            return self._quote_after(at, start, stop, source, colon)
        if word == ":" and bit & (CLAUSE | QUOTING):
            return self._content(source, start, stop, place + 1, self.stop, "cue-colon", 0.7)
        return self._reported_at(place, at, start, stop, source, bit, after)

    def _reported_at(
        self, place: int, at: int, start: int, stop: int, source: Range | None, bit: int, after: int
    ) -> Frame | None:
        """What a verb reports from `place` on: a clause with `that`, an infinitive, or another one."""
        items, words, bits = self.items, self.words, self.bits
        here, word = bits[place], words[place]
        if bit & WEAK:
            if here & THAT and source is not None and self._quoted_within(place + 1):
                return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-that", 0.7)
            return None
        if here & THAT and place + 2 < self.stop and words[place + 1] == "," and bits[place + 2] & AUX:
            return None  # I did say that, didn't I?
        if here & THAT and bit & PARTICIPLE and self._quote_alone(place + 1):
            return self._quote_after(at, start, stop, source, place + 1)
        if source is not None and source[0] > self.a and words[source[0] - 1] in items.grammar.free_relatives:
            that = self._cleft_clause(place)
            if that is not None:
                return self._content(source, start, stop, that, self._clause_end(that + 1), "clause-that", 0.85)
            cleft = self._cleft(place)
            if cleft is not None:
                return self._quote_after(at, start, stop, source, cleft)
        if here & THAT:
            if self._refers_back(place):
                return None
            known = bit & (CLAUSE | ORDER | QUESTION | OBJECT | QUOTING)
            if known and not (bit & OBJECT and self._demonstrative(place)):
                return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-that", 0.9)
        if here & TO and word == "to" and bit & INFINITIVE and not self._unnamed(place):
            return self._content(source, start, stop, place, self._clause_end(place + 1), "infinitive", 0.8)
        if (
            bit & CLAUSE
            and (source is not None or items.grammar.pro_drop)
            and items.grammar.infinitives
            and self._bare_infinitive(place)
        ):
            return self._content(
                source, start, stop, self._negated(place), self._clause_end(place + 1), "infinitive", 0.75
            )
        return self._bare_at(place, start, stop, source, bit, after)

    def _bare_at(self, place: int, start: int, stop: int, source: Range | None, bit: int, after: int) -> Frame | None:
        """What a verb reports from `place` on without a word that says so: a question, a clause, an object."""
        here, word = self.bits[place], self.words[place]
        if here & QWORD and bit & (QUESTION | CLAUSE):
            if bit & QUESTION or word not in ("when", "where", "if", "who", "which"):
                return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-question", 0.8)
            return None
        if word in ",;—–-)" or (here & (COORDINATOR | SUBORDINATOR) and not here & THAT):
            return None
        if bit & CLAUSE and (not bit & OBJECT or self._finite_follows(place)):
            if here & PREPOSITION and not here & DETERMINER and place == after:
                return None
            if not bit & SPEAKING and not self._finite_follows(place):
                return self._object(start, stop, source, place) if bit & OBJECT else None
            return self._content(source, start, stop, place, self._clause_end(place), "clause-bare", 0.75)
        if bit & OBJECT:
            return self._object(start, stop, source, place)
        return None

    def _cleft(self, place: int) -> int | None:
        """The comma or quotation behind the verb that joins both: What she said to me was, “…”."""
        items = self.items
        for at in range(place, min(place + 6, self.stop - 1)):
            if items.bits[at] & BE:
                after = at + 1
                comma = items.words[after] in ",:" and after + 1 < self.b and items.bits[after + 1] & QUOTE
                return after if comma or items.bits[after] & QUOTE else None
        return None

    def _cleft_clause(self, place: int) -> int | None:
        """The clause behind the verb that joins both: What she said in the meeting was that …."""
        bits = self.bits
        joins = place + 1 < self.stop and bits[place] & BE and bits[place + 1] & THAT
        return place + 1 if joins else None

    def _refers_back(self, that: int) -> bool:
        """Whether `that` is all that was said, and points back: she said that at dinner."""
        bits = self.bits
        if not self.items.grammar.inner_commas or that + 1 >= self.stop or not bits[that + 1] & PREPOSITION:
            return False
        return not any(bits[at] & (AUX | VERBISH | CUE | QUOTE) for at in range(that + 1, self.stop))

    def _after_comma(self, comma: int) -> int:
        """Past the comma before a clause, or past what stands between commas.

        Le préfet estime, lui, qu'… · She said, twice, that …
        """
        words, bits, grammar = self.words, self.bits, self.items.grammar
        if grammar.comma_clauses and comma + 1 < self.stop and bits[comma + 1] & (THAT | QWORD):
            return comma + 1
        longest = _LONG_ASIDE if grammar.inverts else _ASIDE
        for end in range(comma + 2, min(comma + longest, self.stop - 1)):
            if words[end] == "," and bits[end + 1] & THAT:
                verbal = any(bits[at] & (CUE | QUOTE | VERBISH | AUX) for at in range(comma + 1, end))
                return comma if verbal else end + 1
        between = comma + 3 < self.stop and words[comma + 2] == ","
        return comma + 3 if between and words[comma + 1] in grammar.words.get("emphatic", ()) else comma

    def _behind_listener(self, place: int) -> int:
        """Past to whom something was said before the comma of its clause: заверил жителей города, [что] …."""
        bits, words = self.bits, self.words
        for comma in range(place, min(place + _ASIDE, self.stop - 1)):
            if words[comma] == ",":
                return comma + 1 if bits[comma + 1] & THAT else place
            if bits[comma] & (CUE | AUX | VERBISH | QUOTE | THAT) or words[comma] in ":;—–":
                return place
        return place

    def _linked_clause(self, place: int) -> int:
        """Past the preposition that links a verb to what was said: advirtió de [que …] · parle d'[« … »]."""
        items = self.items
        if place + 1 >= self.stop or not items.bits[place] & NOUN_PREPOSITION:
            return place
        return place + 1 if items.bits[place + 1] & (THAT | QUOTE) else place

    def _bare_infinitive(self, place: int) -> bool:
        """Whether an infinitive follows, with its preposition and what is attached to it: promet de ne pas partir."""
        items = self.items
        if not items.grammar.infinitives:
            return False
        for at in range(place, min(place + 4, self.stop)):
            bit, word = items.bits[at], items.words[at]
            if bit & (TO | VERB_CLITIC) or items.adverb(at):
                continue
            known = CAPITAL | DETERMINER | PREPOSITION | PRONOUN | SOMEONE | QUOTE | SUBORDINATOR | TIME
            return len(word) > 3 and word.endswith(items.grammar.infinitives) and not bit & known
        return False

    def _negated(self, place: int) -> int:
        """First item of an infinitive with the negation that was passed over: affirme n'avoir rien vu."""
        items = self.items
        while place > self.a and items.words[place - 1] in items.grammar.words.get("negations", ()):
            place -= 1
        return place

    def _unnamed(self, to: int) -> bool:
        """Whether a source only asks not to be named: that is about the report, and no part of it."""
        shy = self.items.grammar.words.get("self_effacing", ())
        return any(word in shy for word in self.words[to + 1 : to + 4])

    def _names_work(self, quote: int) -> bool:
        """Whether a quotation is the name of a work: several words with capitals, where names are printed so."""
        items = self.items
        return items.grammar.inner_commas and " " in items.said(quote) and items.title(quote)

    def _addressed(self, place: int) -> int | None:
        """The colon after one or two words that say to whom: told her: “…”. Null if there is none."""
        items = self.items
        for colon in range(place + 1, min(place + _ADDRESSEE + 1, self.stop - 1)):
            if items.words[colon] == ":" and items.bits[colon + 1] & QUOTE:
                return colon
        return None

    def _quoted_within(self, at: int) -> bool:
        """Whether a quotation stands in the clause that starts at `at`."""
        return bool(self.items.within(self.items.quotes, at, self._clause_end(at)))

    def _quote_alone(self, at: int) -> bool:
        """Whether all that a participle adds is one quotation with its own full stop (…, insisting that “it is.”).

        After a finite verb the word that opens the clause belongs to what is said: said that “it is.”
        """
        items = self.items
        if at >= self.stop or not items.bits[at] & QUOTE:
            return False
        return at + 1 >= self.stop and self._ends_with_stop(at)

    def _demonstrative(self, place: int) -> bool:
        """`that` before a noun and no clause: announced that plan."""
        return place + 2 >= self.stop and not (place + 1 < self.b and self.bits[place + 1] & QUOTE)

    def _finite_follows(self, place: int) -> bool:
        """Whether a finite verb comes soon enough for what follows to be a clause."""
        bits, words = self.bits, self.words
        for at in range(place, min(place + 9, self.stop)):
            bit = bits[at]
            if bit & RELATIVE or (words[at] == "," and at > place):
                return self._behind_relative(at)
            if bit & FINITE or (bit & QUOTE and self._quoted_verb(at)):
                return True
            if bit & PRONOUN and not bit & DETERMINER:
                return at < place + 1 or not bits[at - 1] & PREPOSITION
        return False

    def _behind_relative(self, comma: int) -> bool:
        """Whether the clause goes on behind what is said of its subject: the deck, which is old, “leaks”."""
        words, bits = self.words, self.bits
        after = comma + 1
        if words[comma] != "," or after >= self.stop or not bits[after] & RELATIVE or bits[after] & THAT:
            return False
        for at in range(after + 1, min(after + _FAR, self.stop - 1)):
            if words[at] == ",":
                return bool(bits[at + 1] & FINITE) or self._quoted_verb(at + 1)
        return False

    def _quoted_verb(self, at: int) -> bool:
        """Whether a quotation opens with the finite verb of its clause: argued the deck “is a sieve”."""
        first, _, _ = self.items.said(at).partition(" ")
        return bool(self.items.grammar.bits.get(first, 0) & FINITE) and bool(self.bits[at] & QUOTE)

    def _after_person(self, at: int, start: int, stop: int, source: Range | None, person: int) -> Frame | None:
        items, bit = self.items, self.bits[at]
        place = skip_adverbials(items, person, self.b)
        if place >= self.stop:
            return None
        here, word = items.bits[place], items.words[place]
        if here & QUOTE and not bit & PERSON:
            return None
        if here & QUOTE or (word in ":," and place + 1 < self.b and items.bits[place + 1] & QUOTE):
            return self._quote_after(at, start, stop, source, place)
        if word == ":" and bit & PERSON:
            return self._content(source, start, stop, place + 1, self.stop, "cue-colon", 0.7)
        if here & THAT and bit & PERSON:
            return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-that", 0.9)
        if here & TO and word == "to" and bit & ORDER:
            first = stop if not items.bits[stop] & PREPOSITION else place
            return self._content(source, start, stop, first, self._clause_end(place + 1), "order", 0.75)
        if here & QWORD and bit & (PERSON | QUESTION):
            return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-question", 0.8)
        starts = here & (PRONOUN | DETERMINER | CAPITAL | POSSESSIVE) and not here & (COORDINATOR | SUBORDINATOR)
        if bit & PERSON and word not in ",;—–-)" and starts:
            return self._content(source, start, stop, place, self._clause_end(place), "clause-bare", 0.7)
        return None

    def _object(self, start: int, stop: int, source: Range | None, place: int) -> Frame | None:
        """What was said as a noun phrase: called for a ban; criticized the plan."""
        items = self.items
        if place >= self.stop or source is None or place < stop or self._as_participle(place):
            return None
        place = stop
        while place < self.stop and items.adverb(place) and not items.bits[place] & (DETERMINER | OBJECT_PRONOUN):
            place += 1
        if place >= self.stop:
            return None
        here, word = items.bits[place], items.words[place]
        if (
            here & QUOTE
            or starts_noun_phrase(items, place)
            or here & (THAT | QWORD)
            or (word[0].isalnum() and not here & (PREPOSITION | COORDINATOR | SUBORDINATOR | AUX | TO))
        ):
            end = self._clause_end(place)
            if end == place + 1 and here & OBJECT_PRONOUN:
                return None  # called me
            if source[0] > self.a and items.words[source[0] - 1] in items.grammar.free_relatives:
                end = self._first_quote_end(place, end)
            return self._content(source, start, stop, place, self._before_adverbial(place, end), "object", 0.6)
        return None

    def _as_participle(self, at: int) -> bool:
        """Whether `as saying` follows the object: the words are the object's, not the subject's."""
        bits, words = self.bits, self.words
        if self.items.grammar.as_words.isdisjoint(words[at : at + _OBJECT]):
            return False
        for place in range(at, min(at + _OBJECT, self.stop - 1)):
            if bits[place] & (QUOTE | VERBISH) or words[place] == ",":
                return False
            if bits[place] & AS_WORD and bits[place + 1] & CUE and bits[place + 1] & PARTICIPLE:
                return True
        return False

    def _before_adverbial(self, at: int, end: int) -> int:
        """Called it a “mess” | on Monday: when and where it was said is the writer's."""
        items = self.items
        for place in items.within(items.quotes, at, end - 1):
            after = items.bits[place + 1]
            if after & TIME or (after & PREPOSITION and not after & NOUN_PREPOSITION):
                return place + 1
            if after & PREPOSITION and place + 2 < end and items.bits[place + 2] & TIME:
                return place + 1
        return end

    def _first_quote_end(self, at: int, end: int) -> int:
        """What she called a “mess”: the phrase ends with its quotation."""
        quotes = self.items.within(self.items.quotes, at, end)
        return quotes[0] + 1 if quotes else end

    def _quote_after(self, at: int, start: int, stop: int, source: Range | None, place: int = -1) -> Frame | None:
        """She said: “…” · She called it “…”: a quotation after the verb."""
        items = self.items
        place = skip_adverbials(items, stop, self.b) if place < 0 else place
        if place < self.b and items.words[place] in ":,":
            place += 1
        if (
            place >= self.b
            or not items.bits[place] & QUOTE
            or not items.bits[at] & (QUOTING | CLAUSE | WEAK | OBJECT | PERSON)
        ):
            return None
        if source is None and (not items.bits[at] & QUOTING or place > stop + 1):
            return None
        works = items.bits[at] & (CLAUSE | OBJECT) or (items.bits[at] & WEAK and items.bits[at] & BASE)
        if place == stop and works and self._names_work(place):
            return None  # wrote “The Old Deck” · the show “Deck Talk”
        if items.bits[at] & WEAK and not (items.words[place - 1] in ",:" or self._sentence_like(place)):
            return None
        end = place + 1
        if self._bare_after(end) and not self._ends_with_stop(place):
            if items.bits[end] & COORDINATOR and self._cue_near(end + 1):
                pass
            else:
                end = self._clause_end(end)
        elif end + 1 < self.stop and items.words[end] == "," and items.bits[end + 1] & QUOTE:
            end += 2
        frame = Frame([(place, end)], (start, stop), source, "cue-quote", 0.92 if source else 0.7)
        frame.split = end >= self.stop
        self.taken = end
        return frame
