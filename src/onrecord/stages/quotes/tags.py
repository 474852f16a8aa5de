"""Tags: reporting verbs behind or within what was said (…, she said)."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    ADVERBIAL,
    AUX,
    BE,
    CAPITAL,
    CHANNEL,
    CLAUSE,
    CLITIC,
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
    QUESTION,
    QUOTE,
    QUOTING,
    RELATIVE,
    SOMEONE,
    SPEECH_NOUN,
    SUBORDINATOR,
    THAT,
    TIME,
    WEAK,
)
from onrecord.stages.quotes.inversions import subject_after
from onrecord.stages.quotes.phrases import Range, starts_noun_phrase, subject_before
from onrecord.stages.quotes.skips import skip_adverbials, skip_person
from onrecord.stages.quotes.tokens import TAG
from onrecord.stages.quotes.verbless import Verbless

_OPENING = 5  # items that a time or a place before a tag may take


class Tags(Verbless):
    """Finds what was said before its verb."""

    def _surely_tagged(self) -> Frame | None:
        """“…,” Ann Lee, after a long pause, said of the deck: a comma within the marks is that of a tag.

        Whatever stands between the quotation and the first verb of saying is its source.
        """
        items, bits = self.items, self.bits
        first = self.a + 1
        if not self._comma_within(self.a) or first >= self.stop:
            return None
        for at in items.within(self.anchors, first, self.stop):
            bit = bits[at]
            if not bit & CUE or not bit & (QUOTING | CLAUSE) or bit & (PARTICIPLE | CAPITAL | WEAK):
                continue
            start = at
            while start > first and bits[start - 1] & (AUX | ADVERBIAL):
                start -= 1
            last = start - 1 if start > first and items.words[start - 1] == "," else start
            source = (first, last) if last > first else subject_after(items, at + 1, self.b)
            if source is None or not starts_noun_phrase(items, source[0]):
                return None
            end = max(at + 1, source[1])
            frame = Frame([(self.a, first)], (start, at + 1), source, "tag-after", 0.8)
            frame.split = not any(bits[place] & QUOTE for place in range(end, self.stop))
            return frame
        return None

    def _unknown_tag(self) -> Frame | None:
        """“…,” she smiled · “…,” grinned Ann Lee: a verb the lexicon does not know, where only a tag can stand."""
        items = self.items
        at = self.a + 1
        if not items.bits[self.a] & QUOTE or at >= self.stop:
            return None
        reply = self._reply()
        if reply is not None:
            return reply
        if items.words[at] in ",—–-":
            while at < self.stop and items.words[at] in ",—–-":
                at += 1
        elif not self._comma_within(self.a) and not self._asks(self.a):
            return None
        if at + 1 >= self.stop or self.stop - at > 12:
            return None
        if self._plain_verb(at) and starts_noun_phrase(items, at + 1):
            source = subject_after(items, at + 1, self.b)
            if source is not None and (source[1] >= self.stop or items.words[source[1]] in ",.;"):
                frame = Frame([(self.a, self.a + 1)], (at, at + 1), source, "unknown-tag", 0.6)
                self._resume(frame, source[1], (self.a, self.a + 1))
                return frame
        if starts_noun_phrase(items, at):
            for verb in range(at + 1, min(at + 6, self.stop)):
                ends = verb + 1 >= self.stop or items.words[verb + 1] in ",."
                if self._plain_verb(verb) and ends and subject_before(items, verb, at) == (at, verb):
                    frame = Frame([(self.a, self.a + 1)], (verb, verb + 1), (at, verb), "unknown-tag", 0.6)
                    self._resume(frame, verb + 1, (self.a, self.a + 1))
                    return frame
        return None

    def _plain_verb(self, at: int) -> bool:
        """Whether a word can be a verb the lexicon does not know: in small letters and in no closed class."""
        closed = (
            CAPITAL | QUOTE | PREPOSITION | DETERMINER | PRONOUN | SUBORDINATOR | COORDINATOR | RELATIVE | AUX | THAT
            | SOMEONE | SPEECH_NOUN | TIME | POSSESSIVE
        )  # fmt: skip
        word = self.words[at]
        return word.isalpha() and len(word) > 3 and not self.bits[at] & closed and not self.items.adverb(at)

    def _reply(self) -> Frame | None:
        """“…,” was Ann's reply."""
        items = self.items
        at = self.a + 1
        if at + 2 >= self.stop or not items.bits[at] & BE:
            return None
        for noun in range(at + 2, min(at + 7, self.stop)):
            if items.bits[noun] & SPEECH_NOUN and (noun + 1 >= self.stop or items.words[noun + 1] in ",.;"):
                owned = items.bits[at + 1] & POSSESSIVE or items.owns(noun - 1)
                if owned:
                    frame = Frame([(self.a, self.a + 1)], (at, noun + 1), (at + 1, noun), "reply-noun", 0.75)
                    frame.split = True
                    return frame
        return None

    def _tag_edge(self, at: int) -> bool:
        """Whether a postposed tag may follow this item: “…,” she said; …, she said; … — she said."""
        return bool(self.shapes[at] & TAG)

    def _postposed(self, at: int, start: int, stop: int, source: Range) -> Frame | None:
        """…, she said[, …]: what stands before belongs to the content, unless the verb has its own after it."""
        bits, words = self.bits, self.words
        after = stop
        edge = source[0] - 1
        if bits[at] & PERSON or (bits[at] & QUESTION and bits[edge] & QUOTE and self._asks(edge)):
            after = skip_person(self.items, after, self.b)
            if after < self.b and bits[after] & QUOTE:  # told the “Courier” · told the programme “Line Two”
                after += self.items.title(after) or (after == stop and not self._ends_with_stop(after))
        after = skip_adverbials(self.items, after, self.b)
        grammar = self.items.grammar
        clause = after + 1 < self.b and words[after] == "," and bits[after + 1] & THAT
        if clause and grammar.comma_clauses and grammar.inverts:
            return None  # Говоря о планах, он подчеркнул, что …
        quoted = bool(bits[edge] & QUOTE) or (edge > self.a and bits[edge - 1] & QUOTE and words[edge] == ",")
        ends = after >= self.stop or words[after] in ",;—–-)" or bool(bits[after] & QUOTE)
        opens = SUBORDINATOR | PARTICIPLE | COORDINATOR | RELATIVE
        surely = edge == self.a and self._comma_within(edge) and not self._that_follows(stop)
        if not surely and not ends and not (quoted and bits[after] & opens and not bits[after] & THAT):
            if not quoted or bits[after] & THAT:
                return None
            if bits[at] & (OBJECT | ORDER) and starts_noun_phrase(self.items, after):
                return None
        if bits[edge] & QUOTE and not ends and not self._closes_itself(edge):
            return None  # the “loopholes” he cited are …
        if bits[edge] & QUOTE and not ends and edge > self.a and self.items.title(edge):
            return None  # On “Line Two,” she said the deck …
        if not quoted and (bits[at] & WEAK or not bits[at] & (CLAUSE | QUOTING) or self._introduces(after)):
            return None
        left = self._left(edge if bits[edge] & QUOTE == 0 else edge + 1)
        if not quoted and self._denied(start, stop):
            return None  # Asked who would pay, she did not reply
        if left is None or (not quoted and after >= self.stop and self._only_when(left)):
            return None
        opened = self._behind_comma(after)
        if not quoted and self._opens_quotation(left, opened):
            return self._introduced(start, stop, source, opened)
        frame = Frame([left], (start, stop), source, "tag-after", 0.95 if quoted else 0.85)
        self._resume(frame, after, left)
        return frame

    def _behind_comma(self, at: int) -> int:
        return at + 1 if at < self.stop and self.words[at] == "," else at

    def _opens_quotation(self, left: Range, place: int) -> bool:
        """Whether the writer opens a sentence whose tag only introduces (In Ohio, she said, “We won.”)."""
        items = self.items
        if place >= self.b or not items.bits[place] & QUOTE:
            return False
        bare = left[1] - left[0] == 1 and bool(items.bits[left[0]] & COORDINATOR)
        return bare or self._sentence_like(place)

    def _introduced(self, start: int, stop: int, source: Range, place: int) -> Frame:
        """The quotation alone, which the tag introduces."""
        end = (
            self._clause_end(place + 1)
            if self._bare_after(place + 1) and not self._ends_with_stop(place)
            else place + 1
        )
        frame = Frame([(place, end)], (start, stop), source, "cue-quote", 0.9)
        frame.split = end >= self.stop
        self.taken = end
        return frame

    def _that_follows(self, stop: int) -> bool:
        """Whether the verb has its own clause: Lee said that …, and not said in a film that showed …."""
        bits = self.bits
        return stop < self.b and bool(bits[stop] & THAT) and not bits[stop] & DETERMINER

    def _denied(self, start: int, stop: int) -> bool:
        """Whether a verb is negated, by a word of its own or one attached to its auxiliary (did not, didn't)."""
        negations = self.items.grammar.words.get("negations", ())
        words = [word.replace("’", "'") for word in self.words[start:stop]]
        return any(word in negations or ("'" in word and word[-3:] in negations) for word in words)

    def _only_when(self, left: Range) -> bool:
        """Whether what stands before a tag tells only when or where: Un an après la crue, les habitants témoignent."""
        bits = self.bits
        adverbial = any(bits[at] & (PREPOSITION | TIME) for at in range(*left))
        opens = bits[left[0]] & (PREPOSITION | TIME | DETERMINER)
        return adverbial and bool(opens) and left[1] - left[0] <= _OPENING and not self._has_verb(left)

    def _introduces(self, after: int) -> bool:
        """Whether a quotation that starts a sentence of its own follows: what stands before is an introduction."""
        if after < self.stop and self.words[after] in ",:":
            after += 1
        return after < self.b and bool(self.bits[after] & QUOTE) and self._sentence_like(after)

    def _resume(self, frame: Frame, after: int, left: Range) -> None:
        """Content that goes on after a tag in the middle: “X,” she said, “Y.” · If so, he said, Y."""
        items = self.items
        edge = after
        if after < self.b and items.words[after] in ",—–-;":
            after += 1
        quoted = any(items.bits[place] & QUOTE for place in range(left[0], left[1]))
        if after >= self.stop:
            frame.split = quoted
            self.taken = self.b
            return
        bit = items.bits[after]
        last_quoted = bool(items.bits[left[1] - 1] & QUOTE)
        follow = self._continuation(after) if last_quoted else after
        if items.bits[follow] & QUOTE and (items.words[follow - 1] == "," or (follow == after and after == edge)):
            after = follow
            stop = after + 1
            if self._bare_after(stop):
                stop = self._clause_end(stop)
            frame.content.append((after, stop))
            self.taken = stop
            frame.split = True
            return
        if bit & PARTICIPLE and bit & CUE:
            self.taken = after
            frame.split = quoted
            return
        short = left[1] - left[0] <= 3 or not self._has_verb(left) or items.bits[left[0]] & (SUBORDINATOR | PREPOSITION)
        if items.words[after - 1] == "," and not last_quoted:
            goes_on = short and not bit & (PARTICIPLE | RELATIVE)
            goes_on = goes_on or (bit & COORDINATOR and not self._cue_near(after + 1))
            goes_on = goes_on or (items.grammar.inverts and bool(bit & AUX))  # Lo que está en juego, dice Roe, es …
            if goes_on or (bit & (THAT | SUBORDINATOR) and self._quote_without_cue(after)):
                stop = self._clause_end(after)
                frame.content.append((after, stop))
                self.taken = stop
                return
        elif last_quoted and bit & COORDINATOR and self._quote_without_cue(after + 1):
            stop = self._clause_end(after)
            frame.content.append((after, stop))
            self.taken = stop
            frame.split = True
            return
        frame.split = quoted
        self.taken = after

    def _continuation(self, after: int) -> int:
        """The quotation that goes on in small letters after a long tag; `after` if there is none."""
        items = self.items
        # “Look,” she said, when a student asked about rates, “…”: its verb reports nothing here.
        clause = bool(items.bits[after] & SUBORDINATOR)
        for place in range(after, self.stop):
            bit = items.bits[place]
            if bit & QUOTE:
                lower = items.words[place - 1] == "," and not self._sentence_like(place)
                if lower and clause:
                    self.gaps.append((after, place))
                return place if lower else after
            if bit & CUE and not clause and not bit & (CAPITAL | SPEECH_NOUN | PARTICIPLE):
                break
            if clause and items.words[place] == "," and not items.bits[min(place + 1, self.b - 1)] & QUOTE:
                break
        return after

    def _inverted(self, at: int, start: int, stop: int) -> Frame | None:
        """“…,” said Ann Lee, a farmer."""
        items = self.items
        edge = start - 1
        if edge < self.a or not self._tag_edge(edge) or not items.bits[at] & (QUOTING | CLAUSE | WEAK):
            return None
        marks = edge
        while marks > self.a and items.words[marks] in ",—–-":
            marks -= 1
        quoted = bool(items.bits[marks] & QUOTE)
        if quoted and self._within_relative(edge):
            return None
        phrase = items.grammar.inverts and stop == at + 2  # a fait savoir la mairie
        if not quoted and not phrase and (items.bits[at] & (WEAK | OBJECT | PERSON) or self._closes_apposition(start)):
            return None
        clitic = items.bits[at] & CLITIC
        source = (at, at + 1) if clitic else subject_after(items, stop, self.b, bare=True)
        if source is None and start < at and items.bits[start] & CLITIC:
            source = (start, start + 1)  # a-t-il déclaré
        if source is None and items.grammar.inverts:
            source = self._subject_behind(stop)
        if source is None:
            return None
        source = self._without_listener(source, start, at)
        if quoted and items.grammar.pro_drop and source[1] < self.stop and items.bits[source[1]] & RELATIVE:
            source = source[0], self._relative_stop(source[1])
        after = skip_adverbials(items, stop, self.b) if source[0] < stop else skip_adverbials(items, source[1], self.b)
        after = self._behind_addressee(after) if after > source[1] else after
        ends = after if items.grammar.inverts else source[1]
        if not quoted and source[0] >= stop and not (ends >= self.stop or items.words[ends] in ",;"):
            return None
        left = self._left(edge if items.bits[edge] & QUOTE == 0 else edge + 1)
        if left is None:
            return None
        opened = self._behind_comma(after)
        if not quoted and left[1] - left[0] == 1 and self._opens_quotation(left, opened):
            return self._introduced(start, stop, source, opened)  # But, said Lee, “…”
        if not quoted and items.grammar.inner_commas and not self._has_verb(left):
            return None  # Outside the court his solicitor, Dinah Frome, read a statement
        frame = Frame([left], (start, stop), source, "tag-inverted", 0.95 if quoted else 0.7)
        self._resume(frame, after, left)
        return frame

    def _speaking_place(self, start: int, stop: int) -> bool:
        """Whether the place at `start` says it: a plural verb (before `stop`) without a subject, сообщили в мэрии."""
        items = self.items
        endings = tuple(items.grammar.words.get("plural_verb_endings", ()))
        if not endings or start + 1 >= self.stop or not items.words[stop - 1].endswith(endings):
            return False
        within = items.words[start] in items.grammar.words.get("place_prepositions", ())
        return within and not any(
            items.bits[at] & (TIME | CHANNEL) for at in range(start + 1, min(start + 3, self.stop))
        )

    def _behind_addressee(self, place: int) -> int:
        """Past to whom it was said, behind where: в интервью [газете «Маяк»]."""
        items = self.items
        addressees = items.grammar.words.get("addressees", ())
        while place < self.stop and items.words[place] in addressees:
            place += 1
        titled = place < self.stop and not items.grammar.inner_commas and bool(items.bits[place] & QUOTE)
        return place + 1 if titled and items.title(place) else place

    def _without_listener(self, source: Range, start: int, at: int) -> Range:
        """The source without the one spoken to: le dijo la víctima [a su hermana], заверил [журналистов] министр."""
        items = self.items
        first, last = source
        listeners = items.grammar.words.get("listeners", ())
        while first + 1 < last and items.words[first] in listeners:
            first += 1
        datives = items.grammar.words.get("dative_marks", ())
        if datives and any(items.bits[place] & OBJECT_PRONOUN for place in range(start, at)):
            last = next((place for place in range(first + 1, last) if items.words[place] in datives), last)
        return first, last

    def _relative_stop(self, at: int) -> int:
        """Where a relative clause ends that has no comma before it: confesó una vecina [que prefirió callar]."""
        return next((place for place in range(at, self.stop) if self.words[place] in ",;—–-"), self.stop)

    def _subject_behind(self, stop: int) -> Range | None:
        """The subject behind to whom and where it was said: manifestó a los periodistas [Ana Roe]."""
        items = self.items
        if stop >= self.b:
            return None
        place = skip_adverbials(items, stop, self.b)
        if self._speaking_place(stop, stop):
            return stop, place
        impersonal = items.words[stop - 1] in items.grammar.words.get("impersonal", ())
        if impersonal and items.words[stop] in items.grammar.words.get("place_prepositions", ()):
            return stop + 1, place  # говорится в сообщении ведомства
        place = self._behind_addressee(place) if place > stop else place
        source = subject_after(items, place, self.b, bare=True) if place > stop else None
        if source is None or not (source[1] >= self.stop or items.words[source[1]] in ",;—–-"):
            return None
        return source

    def _within_relative(self, edge: int) -> bool:
        """Whether a quotation closes a clause about the subject: her staff, who call her “the Vane,” say she …."""
        items = self.items
        last = edge if items.bits[edge] & QUOTE else edge - 1
        if self._sentence_like(last) and last == self.a:
            return False
        for place in range(last - 1, self.a, -1):
            if items.bits[place] & QUOTE:
                return False
            if items.words[place] == ",":
                after = items.bits[place + 1]
                return bool(after & RELATIVE and not after & THAT) and subject_before(items, place, self.a) is not None
        return False

    def _closes_apposition(self, start: int) -> bool:
        """Whether the comma before a verb closes an apposition to its subject: “…,” Ann Lee, a farmer, told us."""
        if self.words[start - 1] != ",":
            return False
        source = subject_before(self.items, start, self.a)
        return source is not None and source[0] > self.a and bool(self.bits[source[0] - 1] & QUOTE)

    def _dropped(self, start: int, stop: int) -> Frame | None:
        """«…», añadió: a tag whose subject is in its verb."""
        items = self.items
        edge = start - 1
        while edge > self.a and items.words[edge] in ",—–-":
            edge -= 1
        after = skip_adverbials(items, stop, self.b)
        if not items.bits[edge] & QUOTE or not (after >= self.stop or items.words[after] in ",—–-"):
            return None
        left = self._left(edge + 1)
        if left is None:
            return None
        frame = Frame([left], (start, stop), None, "tag-after", 0.85)
        self._resume(frame, after, left)
        return frame
