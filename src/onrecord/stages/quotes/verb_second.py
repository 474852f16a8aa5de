"""Reported clauses where the verb comes second and a comma opens every clause (German).

The order of verb and subject says less than the commas do: a clause that a reporting verb and its subject close
is a tag (…, sagte sie), one that a comma follows introduces (sie sagte, …). Separable verbs count only with their
particle at the end of the clause. A sentence in the subjunctive of reported speech goes on reporting.
"""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    AS_WORD,
    AUX,
    CAPITAL,
    CLAUSE,
    CLAUSE_MARKS,
    CLAUSE_NOUN,
    COORDINATOR,
    CUE,
    DETERMINER,
    FINITE,
    OBJECT_PRONOUN,
    OWNER,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QUOTING,
    QWORD,
    RELATIVE,
    SUBJUNCTIVE,
    SUBORDINATOR,
    TAG_WORD,
    THAT,
    TIME,
    VERBISH,
    WEAK,
)
from onrecord.stages.quotes.phrases import Range
from onrecord.stages.quotes.verb_second_objects import VerbSecondObjects

_FAR = 14  # items between the parts of a verb


class VerbSecond(VerbSecondObjects):
    """Finds the frames of a sentence of a verb-second language."""

    def run(self) -> list[Frame]:
        """Return the frames from left to right."""
        bits = self.items.bits
        for at in self.anchors:
            bit = bits[at]
            frame = None
            if bit & CUE:
                frame = self._verb(at)
            if frame is None and self.items.words[at] in self.items.grammar.according:
                frame = self._according(at)
            if frame is None and bit & CAPITAL and self.items.words[at].endswith(self.items.grammar.view_nouns):
                frame = self._view(at)
            if frame is None and bit & CLAUSE_NOUN and bit & CAPITAL:
                frame = self._noun(at)
            if frame is None and bit & TAG_WORD and at > self.a and self._tag_edge(at - 1):
                frame = self._tag(at, at + 1, at, CLAUSE | QUOTING)
            if frame is None and self.items.words[at] in self.items.grammar.according_after:
                frame = self._according_after(at)
            if frame is not None and frame.content:
                self.frames.append(frame)
        if len(self.frames) <= 1 and self.quoted:
            cited = self._with_words()
            if cited is not None and (not self.frames or self._cited_by(self.frames[0])):
                self.frames = [cited]
        if not self.frames and self.quoted:
            frame = self._unknown_tag() or self._for_whom() or self._on_paper() or self._colon_introduces()
            if frame is not None:
                self.frames.append(frame)
        if not self.frames:
            free = self._subjunctive()
            if free is not None:
                self.frames.append(free)
        return self.frames

    def _verb(self, at: int) -> Frame | None:
        items = self.items
        bits, words = items.bits, items.words
        bit = bits[at]
        if bit & CAPITAL and at > self.a:
            return None
        cue_end = self._particle(at)
        if cue_end is None:
            return None
        if at > self.a and bits[at - 1] & OWNER and not bits[at - 1] & PRONOUN:
            return None  # a participle before its noun: die angekündigten Reformen
        if at > self.a and self._tag_edge(at - 1) and words[at - 1] != ":":
            frame = self._tag(at, at + 1, cue_end, bit)
            if frame is not None:
                return frame
        far = self._perfect_tag(at)
        if far is not None:
            return far
        as_word = self._as_word(at)
        if as_word is not None:
            frame = self._parenthesis(at, as_word)
            if frame is not None or words[at - 1] != ",":
                return frame
        passive = self._passive_of(at)
        if passive is None:
            source = self._document(at) or self._subject(at)
        else:
            source = self._is_cited(at + 1) or self._agent(passive, at)
        after = max(at + 1, cue_end)
        if source is not None and source[0] > at:
            after = max(after, source[1])
        return self._after(at, after, source, bit)

    def _particle(self, at: int) -> int | None:
        """Item after the verb's particle; the item after the verb if it needs none; null if it is missing."""
        items = self.items
        wanted = items.grammar.particles.get(items.words[at])
        if wanted is None:
            return at + 1
        for place in range(at + 1, min(at + 2 + _FAR + 10, self.b)):
            word = items.words[place]
            if word in wanted:
                after = place + 1
                if after >= self.stop or items.words[after] in ",:;" or items.bits[after] & QUOTE or word == "es":
                    return after
                if items.bits[after] & COORDINATOR:
                    return after
            if word in CLAUSE_MARKS or (word == "," and place > at + 1 and not self._closes_another(place)):
                break
        return at + 1 if items.bits[at] & QUOTING and self._bare_verb(at) else None

    def _bare_verb(self, at: int) -> bool:
        """Whether the verb also reports without its particle."""
        return self.items.words[at] in self.items.grammar.bare_verbs

    def _closes_another(self, comma: int) -> bool:
        return any(self.items.words[place] == "," for place in range(comma + 1, min(comma + 10, self.b)))

    def _as_word(self, at: int) -> int | None:
        """`wie` that opens the clause this verb closes."""
        items = self.items
        for place in range(at - 1, max(self.a - 1, at - 2 * _FAR), -1):
            if items.bits[place] & AS_WORD and (place == self.a or items.words[place - 1] in ",—–-("):
                return place
            hard = items.words[place] in CLAUSE_MARKS or items.words[place] == ","
            if hard and not self._inside_apposition(place):
                return None
        return None

    def _inside_apposition(self, comma: int) -> bool:
        return any(self.items.words[place] == "," for place in range(max(self.a, comma - 8), comma))

    def _parenthesis(self, at: int, opened: int) -> Frame | None:
        """Wie die Polizei mitteilte: the rest of the sentence is what was said."""
        items = self.items
        if at + 1 < self.stop and items.words[at + 1] not in ",—–-)" and not items.bits[at + 1] & AUX:
            return None
        end = at + 1
        while end < self.stop and items.bits[end] & AUX:
            end += 1
        source = self._phrase_from(opened + 1, at)
        content: list[Range] = []
        left = self._left(opened) if opened > self.a else None
        if left is not None:
            content.append(left)
        after = end + 1 if end < self.stop and items.words[end] in ",—–-)" else end
        if after < self.stop:
            content.append((after, self.stop))
            self.taken = self.stop
        return Frame(content, (at, end), source, "as-said", 0.85) if content else None

    def _subject(self, at: int) -> Range | None:
        """The subject: what stands before the finite verb, unless that is an adverbial; else what follows it."""
        items = self.items
        finite = self._auxiliary(at)
        verb = finite if finite is not None and finite < at else at
        if verb + 1 < self.b and self._nominative(verb + 1):
            return verb + 1, verb + 2  # Die Geduld der Fischer lobte er
        before = self._before(verb)
        if before is not None:
            return before
        if verb > self.a and items.bits[verb - 1] & COORDINATOR:
            return self._main_subject(verb - 1)  # bestritt das und verlangte, …
        start = verb + 1
        while (
            start < self.b and (items.adverb(start) or items.words[start] == "sich") and not items.bits[start] & CAPITAL
        ):
            start += 1
        if start >= self.b or not self._starts(start):
            return None
        end = self._noun_phrase_end(start, self.b if verb == at else at)
        return (start, end) if end > start else None

    def _tag(self, at: int, stop: int, cue_end: int, bit: int) -> Frame | None:
        """…, sagte Meier[, …]."""
        items = self.items
        edge = at - 1
        quoted = bool(items.bits[edge] & QUOTE) or (edge > self.a and bool(items.bits[edge - 1] & QUOTE))
        if bit & WEAK and not quoted:
            return None
        start = stop
        while start < self.b and (
            (items.adverb(start) and not items.bits[start] & (CAPITAL | DETERMINER)) or items.words[start] == "sich"
        ):
            start += 1
        outlet = start < self.b and quoted and self._outlet(start)
        if start >= self.b or not (outlet or self._starts(start)):
            return None
        if items.words[start] in items.grammar.words.get("accusatives", ()):
            return None
        end = start + 1 if outlet else self._noun_phrase_end(start, self.b)
        if end <= start:
            return None
        if not quoted and (self._introduced_by_clause(end, edge) or self._only_named(edge)):
            return None
        left = self._left(edge if not items.bits[edge] & QUOTE else edge + 1)
        if left is None:
            return None
        if not quoted:
            left = self._after_colon(left)
        end = min(end, self.stop)
        source = self._document(at) or (start, end)
        frame = Frame([left], (at, stop), source, "tag-inverted", 0.92 if quoted else 0.8)
        after = max(end, cue_end)
        while after < self.stop and items.words[after] not in ",:;":
            # A paper's name in marks behind its article: sagte Orb dem „Küstenblatt“.
            if items.bits[after] & COORDINATOR or (
                items.bits[after] & QUOTE
                and items.words[after - 1] not in items.grammar.words.get("outlet_articles", ())
            ):
                break
            after += 1
        self._resume(frame, after, left)
        return frame

    def _document(self, at: int) -> Range | None:
        """In dem Schreiben heißt es · es heißt in dem Schreiben: who says `es` is the paper it stands in."""
        items = self.items
        es = next(
            (place for place in (at + 1, at - 1) if self.a <= place < self.stop and items.words[place] == "es"), -1
        )
        if es < 0 or "es" not in items.grammar.particles.get(items.words[at], ()):
            return None
        before = min(at, es)
        if before - self.a >= 2 and items.bits[self.a] & PREPOSITION:
            end = self._noun_phrase_end(self.a + 1, before)
            addressed = end < before and items.bits[end] & PREPOSITION  # in einem Brief an den Minister
            if end == before or (end > self.a + 1 and addressed):
                return self.a + 1, end
        after = max(at, es) + 1
        while after + 1 < self.stop and (items.adverb(after) or items.bits[after + 1] & TIME):
            after += 2 if items.bits[after + 1] & TIME else 1  # heißt es am Montag in der Verfügung
        if after + 1 < self.stop and items.words[after] in items.grammar.words.get("document_places", ()):
            end = self._noun_phrase_end(after + 1, self.stop)
            return (after + 1, end) if end > after + 1 else None
        return None

    def _perfect_tag(self, at: int) -> Frame | None:
        """„…“, hatte Meier in einem Interview erklärt: the auxiliary opens the tag, the participle closes it."""
        items = self.items
        if at + 1 < self.stop and items.words[at + 1] not in ",;:—–-" and not items.bits[at + 1] & QUOTE:
            return None
        cited = items.words[at] in items.grammar.words.get("citing", ())  # „…“, wird Meier zitiert
        opening = items.grammar.words.get("be_forms", ()) if cited else items.grammar.have
        for have in range(at - 2, max(self.a, at - 2 * _FAR), -1):
            hard = items.words[have] in CLAUSE_MARKS or items.words[have] == ","
            if hard or (items.bits[have] & QUOTE and not self._outlet(have)):
                return None
            if items.words[have] not in opening:
                continue
            quoted = items.bits[have - 1] & QUOTE or (have - 1 > self.a and items.bits[have - 2] & QUOTE)
            first = have + 1
            while first < at and items.bits[first] & OBJECT_PRONOUN and not items.bits[first] & DETERMINER:
                first += 1  # hat mir die Leiterin versprochen
            if not quoted or not self._tag_edge(have - 1) or first >= at or not self._starts(first):
                return None
            end = self._noun_phrase_end(first, at)
            left = self._left(have - 1 if not items.bits[have - 1] & QUOTE else have)
            if left is None or end <= first:
                return None
            frame = Frame([left], (at, at + 1), (first, end), "tag-inverted", 0.85)
            self._resume(frame, at + 1, left)
            return frame
        return None

    def _introduced_by_clause(self, end: int, edge: int) -> bool:
        """Nachdem …, sagte X, dass …: what stands before is no content if a clause follows."""
        items = self.items
        place = end
        while place < self.stop and items.words[place] not in ",:" and not items.bits[place] & QUOTE:
            place += 1
        if place + 1 >= self.stop:
            return False
        if items.words[place] == ":" and items.bits[place + 1] & QUOTE and not self._mood(self.a, edge):
            return True  # Gefragt nach den Kosten, antwortete er: „…“
        first = items.bits[min(max(self.a, self.taken), self.b - 1)]
        if items.bits[place + 1] & THAT:
            return True
        if items.bits[place + 1] & (SUBJUNCTIVE | AUX):
            return False  # Bis dahin, betonte Thole, bleibe das Tor geschlossen
        return bool(first & (SUBORDINATOR | PREPOSITION)) and not items.bits[self.a] & THAT and edge - self.a < 30

    def _after(self, at: int, after: int, source: Range | None, bit: int) -> Frame | None:
        """sagte[…], dass … · sagte: „…“ · nannte ihn einen „…“."""
        items = self.items
        place = after
        while place < self.stop and items.words[place] not in ",:;(":
            if items.bits[place] & QUOTE and not self._names(place, bit):
                break
            if items.bits[place] & COORDINATOR and place + 1 < self.stop and self._cue_word(place + 1):
                return self._content_object(at, after, source, bit, place)  # bestritt das und verlangte, …
            if items.bits[place] & FINITE and place > after and not items.bits[place] & DETERMINER:
                break
            place += 1
        if place >= self.stop:
            return self._perfect_object(at, source, bit) or self._content_object(at, after, source, bit)
        word = items.words[place]
        here = items.bits[place]
        if here & QUOTE:
            return self._quoted(at, place, after, source, bit)
        if word == ":":
            nextbit = items.bits[place + 1] if place + 1 < self.b else 0
            if nextbit & QUOTE:
                return self._quoted(at, place + 1, place + 1, source, bit)
            if bit & WEAK or not source:
                return None
            return self._content(source, at, at + 1, place + 1, self.stop, "cue-colon", 0.7)
        if word != "," or place + 1 >= self.stop or bit & WEAK:
            return None
        following = items.bits[place + 1]
        if (
            bit & CLAUSE
            and items.words[place - 1] in items.grammar.words.get("correlates", ())
            and self._clause_follows(place + 1)
        ):
            return self._content(source, at, at + 1, place + 1, self._end(place + 1), "clause-bare", 0.8)
        if following & QUOTE:
            return self._quoted(at, place + 1, place + 1, source, bit)
        if following & COORDINATOR and not following & (THAT | QWORD):
            return None  # …, und am nächsten Tag …: another clause of the writer's
        if following & THAT or (following & QWORD and not following & AS_WORD):
            return self._content(source, at, at + 1, place + 1, self._end(place + 1), "clause-that", 0.9)
        said = place == at + 2 and items.words[at + 1] == "es"  # Darin heißt es, …
        close = said or (place == at + 1 and source is not None and source[1] <= at)  # no noun a clause could follow
        relative = following & RELATIVE and not close and not self._main_clause(place + 1)
        if following & AS_WORD or (relative and not (bit & CLAUSE and self._infinitive(place + 1))):
            return self._content_object(at, after, source, bit, place)
        if following & SUBORDINATOR and not following & DETERMINER:
            return None
        if bit & CLAUSE and (
            (close and self._starts(place + 1)) or self._main_clause(place + 1) or self._infinitive(place + 1)
        ):
            return self._content(source, at, at + 1, place + 1, self._end(place + 1), "clause-bare", 0.8)
        return None

    def _cue_word(self, at: int) -> bool:
        return bool(self.items.bits[at] & CUE and not self.items.bits[at] & CAPITAL)

    def _clause_follows(self, at: int) -> bool:
        """Whether the clause that a word like `davor` announces follows: warnte davor, die Anlage freizugeben."""
        bit = self.items.bits[at]
        return not bit & (THAT | QWORD | QUOTE) and (self._infinitive(at) or self._main_clause(at))

    def _main_clause(self, at: int) -> bool:
        """Whether a finite verb comes early: a clause without `dass`."""
        items = self.items
        for place in range(at, min(at + 16, self.stop)):
            bit = items.bits[place]
            if place > at and bit & (AUX | SUBJUNCTIVE | VERBISH) and not bit & CAPITAL:
                return True
            if items.words[place] in ";:":
                return False
        return False

    def _quoted(self, at: int, place: int, start: int, source: Range | None, bit: int) -> Frame | None:
        items = self.items
        alone = items.words[place - 1] in ",:" or place == start
        sentence = self._sentence_like(place)
        if bit & WEAK and not (alone and sentence):
            return None
        end = place + 1
        if items.words[place - 1] == ":" or (alone and sentence and not self._bare_after(end)):
            frame = Frame([(place, end)], (at, at + 1), source, "cue-quote", 0.92 if source else 0.75)
            frame.split = end >= self.stop
            self.taken = end
            return frame
        # A fragment: the quoted words are certain, where their clause starts and ends is not.
        frame = Frame([(place, end)], (at, at + 1), source, "cue-fragment", 0.7)
        self.taken = end
        return frame
