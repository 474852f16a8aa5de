"""Reported clauses of one sentence: from a reporting verb to its source and its content.

Each form has a rule with a name; `Frame.rule` carries it into the record. Item ranges are half-open.
"""

from __future__ import annotations

from onrecord.stages.quotes.grammar import (
    ACCORDING,
    AUX,
    BASE,
    BE,
    BREAKER,
    CAPITAL,
    CLAUSE,
    CLAUSE_NOUN,
    CLITIC,
    COORDINATOR,
    CUE,
    DETERMINER,
    INFINITIVE,
    NOUN_PREPOSITION,
    OBJECT,
    ORDER,
    PARTICIPLE,
    PERSON,
    PERSONAL,
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
    SPEECH_NOUN,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    VERB_CLITIC,
    VERBISH,
    WEAK,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import (
    Range,
    skip_adverbials,
    skip_person,
    starts_noun_phrase,
    subject_after,
    subject_before,
)

_DASHES = frozenset("—–-")
_LONG_DASHES = frozenset("—–―-")
_STOPS = frozenset(".!?…")
_CLOSING = frozenset(".,!?…—–-")


class Frame:
    """A reported clause: content (item ranges), cue and source (item ranges), and the rule that found it."""

    __slots__ = ("confidence", "content", "cue", "rule", "source", "split")

    def __init__(
        self, content: list[Range], cue: Range | None, source: Range | None, rule: str, confidence: float
    ) -> None:
        self.content, self.cue, self.source = content, cue, source
        self.rule, self.confidence = rule, confidence
        self.split = False  # whether a quotation in the next sentence continues this one


class Sentence:
    """Finds the frames of the items `[a, b)`."""

    def __init__(self, items: Items, a: int, b: int, *, headline: bool = False) -> None:
        self.items, self.a, self.b, self.headline = items, a, b, headline
        self.stop = b  # without the closing full stop
        while self.stop > a and items.words[self.stop - 1] in _STOPS:
            self.stop -= 1
        self.frames: list[Frame] = []
        self.present = False  # whether the verb at hand stands in the present tense
        self.taken = a  # items before this belong to a frame's content
        self.quoted = bool(items.quotes)
        self.anchors = items.within(items.anchors, a, b)
        self.tags = [at for at in self.anchors if at < self.stop and items.bits[at] & CUE and self._could_be_tag(at)]

    def run(self) -> list[Frame]:
        """Return the frames from left to right."""
        bits = self.items.bits
        heading = self._heading() if self.headline or self.quoted else None
        heading = heading or self._signed()
        if heading is not None:
            return [heading]
        for at in self.anchors:
            bit = bits[at]
            if bit & CUE:
                frame = self._verb(at)
            elif bit & ACCORDING:
                frame = self._according(at)
            elif bit & CLAUSE_NOUN:
                frame = self._noun(at)
            else:
                continue
            if frame is not None and frame.content:
                self.frames.append(frame)
        if not self.frames and self.quoted:
            frame = self._unknown_tag() or self._colon_introduces()
            if frame is not None:
                self.frames.append(frame)
        return self.frames

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

    def _reply(self) -> Frame | None:
        """“…,” was Ann's reply."""
        items = self.items
        at = self.a + 1
        if at + 2 >= self.stop or not items.bits[at] & BE:
            return None
        for noun in range(at + 2, min(at + 7, self.stop)):
            if items.bits[noun] & SPEECH_NOUN and (noun + 1 >= self.stop or items.words[noun + 1] in ",.;"):
                owned = items.bits[at + 1] & POSSESSIVE or items.words[noun - 1].endswith(("'s", "’s"))
                if owned:
                    return Frame([(self.a, self.a + 1)], (at, noun + 1), (at + 1, noun), "reply-noun", 0.75)
        return None

    def _asks(self, at: int) -> bool:
        """Whether a quotation ends in a mark that can stand before a tag."""
        text = self.items.text[self.items.starts[at] : self.items.ends[at]].rstrip("\"”“’‘'»«„` ")
        return text[-1:] in ("?", "!", "…")

    def _plain_verb(self, at: int) -> bool:
        """Whether a word can be a verb the lexicon does not know: in small letters and in no closed class."""
        closed = (
            CAPITAL | QUOTE | PREPOSITION | DETERMINER | PRONOUN | SUBORDINATOR | COORDINATOR | RELATIVE | AUX | THAT
            | SOMEONE | SPEECH_NOUN | TIME | POSSESSIVE
        )  # fmt: skip
        word = self.items.words[at]
        return word.isalpha() and len(word) > 3 and not self.items.bits[at] & closed and not self.items.adverb(at)

    def _colon_introduces(self) -> Frame | None:
        """She rolled out her message: “It is about us.”: whoever the sentence is about says what the colon opens."""
        items = self.items
        for at in range(self.a + 1, self.stop - 1):
            if items.words[at] == ":" and items.bits[at + 1] & QUOTE and self._sentence_like(at + 1):
                source = self._main_subject(at)
                frame = Frame([(at + 1, at + 2)], (at, at + 1), source, "colon-introduces", 0.5)
                frame.split = at + 2 >= self.stop
                return frame
        return None

    def _heading(self) -> Frame | None:
        """Ann Lee: “We won.” · in a headline also Ann Lee: We won."""
        items = self.items
        stop = min(self.a + 10, self.stop - 1)
        at = self.a
        while at < stop and items.words[at] != ":":
            if items.words[at] in ",;" or items.bits[at] & QUOTE:
                return None
            at += 1
        if at >= stop or at == self.a or not items.bits[self.a] & (CAPITAL | DETERMINER):
            return None
        quoted = bool(items.bits[at + 1] & QUOTE)
        if any(
            items.bits[place] & CUE and not items.bits[place] & (CAPITAL | SPEECH_NOUN) for place in range(self.a, at)
        ):
            return None
        if not quoted and not self.headline:
            return None
        source = subject_before(items, at, self.a)
        if (
            source is None
            or source[0] != self.a
            or any(
                items.bits[place] & (AUX | VERBISH) and not items.bits[place] & CAPITAL for place in range(self.a, at)
            )
        ):
            return None
        frame = self._content(source, at, at + 1, at + 1, self.stop, "headline-colon", 0.8 if quoted else 0.6)
        if frame is not None:
            frame.split = quoted
        return frame

    def _signed(self) -> Frame | None:
        """“We won.” — Ann Lee."""
        items = self.items
        if not items.bits[self.a] & QUOTE or self.a + 2 >= self.b or items.words[self.a + 1] not in _LONG_DASHES:
            return None
        first = self.a + 2
        while first < self.stop and items.words[first] in _LONG_DASHES:
            first += 1
        source = subject_after(items, first, self.b)
        if source is None or source[1] < self.stop or not items.bits[first] & CAPITAL or self.stop - first > 12:
            return None
        return Frame([(self.a, self.a + 1)], (self.a + 1, self.a + 2), source, "dash-name", 0.85)

    # ------------------------------------------------------------------ verbs

    def _verb(self, at: int) -> Frame | None:
        bits, words = self.items.bits, self.items.words
        bit = bits[at]
        if at > self.a:
            before = bits[at - 1]
            if bit & SPEECH_NOUN | bit & CLAUSE_NOUN and self._used_as_noun(at):
                return self._noun(at) if bit & CLAUSE_NOUN else None
            owned = words[at - 1].endswith(("'s", "’s")) or before & (DETERMINER | POSSESSIVE)
            if owned and not before & PRONOUN:
                return None
            if before & PREPOSITION and not bit & PARTICIPLE and not before & TO:
                return None
            if bit & BASE and at + 1 < self.b and bits[at + 1] & SOMEONE and not bits[at + 1] & DETERMINER:
                return None  # a press secretary
        if bit & CAPITAL and at > self.a and not bits[at - 1] & QUOTE and words[at - 1] not in ",:—–-":
            return None  # a name that looks like a verb
        start = self._cue_start(at)
        if bit & PARTICIPLE and not self._progressive(start, at):
            return self._participle(at)
        if start > self.a and bits[start - 1] & TO and words[start - 1] == "to":
            return self._infinitive_cue(at, start - 1)
        if self._passive(start, at):
            return self._impersonal(at, start)
        stop = self._cue_stop(at)
        return self._finite(at, start, stop)

    def _used_as_noun(self, at: int) -> bool:
        """Whether a word that is also a verb is a noun here: the report, his claims, new reports."""
        bits, words = self.items.bits, self.items.words
        before = bits[at - 1]
        if before & (DETERMINER | POSSESSIVE | PREPOSITION) and not before & PRONOUN:
            return True
        if words[at - 1].endswith(("'s", "’s", "s'", "s’")):
            return True
        if at + 1 < self.b and bits[at + 1] & (PREPOSITION | AUX | VERBISH) and not bits[at + 1] & TO:
            return not before & (PRONOUN | RELATIVE) and not (bits[at] & PHRASE and self._phrase(at))
        return False

    def _cue_start(self, at: int) -> int:
        """First item of the verb with its auxiliaries and adverbs."""
        bits = self.items.bits
        start = at
        while start > self.a and (bits[start - 1] & (AUX | VERB_CLITIC) or self._loose(start - 1)):
            start -= 1
        while start < at and bits[start] & TIME:
            start += 1
        return start

    def _loose(self, at: int) -> bool:
        bit = self.items.bits[at]
        if bit & TIME:
            return True
        return (self.items.adverb(at) and not bit & (CAPITAL | DETERMINER | SUBORDINATOR | PRONOUN)) or (
            bool(bit & TIME) and self.items.words[at - 1] == "on"
        )

    def _phrase(self, at: int) -> bool:
        """Whether the verb makes a phrase with the next word: called for."""
        words = self.items.words
        return at + 1 < self.b and words[at + 1] in self.items.grammar.phrases.get(words[at], ())

    def _cue_stop(self, at: int) -> int:
        return at + 2 if self.items.bits[at] & PHRASE and self._phrase(at) else at + 1

    def _progressive(self, start: int, at: int) -> bool:
        bits = self.items.bits
        if start > self.a and bits[start - 1] & BE and bits[start - 1] & PRONOUN:
            return True  # he's claiming
        return any(bits[place] & BE for place in range(start, at))

    def _passive(self, start: int, at: int) -> bool:
        """Was asked, is said: the subject is not the one who speaks."""
        bits = self.items.bits
        if bits[at] & PARTICIPLE:
            return False
        return any(bits[place] & BE for place in range(start, at))

    def _asked(self, at: int, stop: int) -> Frame | None:
        """Asked [on Monday] whether it would last, she said …: who asked is not printed."""
        items = self.items
        place = skip_adverbials(items, stop, self.b)
        if place >= self.stop or not items.bits[place] & QWORD:
            return None
        end = place
        while end < self.stop and items.words[end] != ",":
            end += 1
        return self._content(None, at, stop, place, end, "asked-question", 0.7)

    def _impersonal(self, at: int, start: int) -> Frame | None:
        """It was said that … · he was told that …: nobody is named, unless `by` names somebody."""
        items, bit = self.items, self.items.bits[at]
        after = skip_adverbials(items, at + 1, self.b)
        if after >= self.stop or not items.bits[after] & THAT or not bit & CLAUSE:
            return None
        source: Range | None = None
        if after > at + 2 and items.words[at + 1] in items.grammar.words.get("agents", ()):
            source = (at + 2, after)
        return self._content(source, start, at + 1, after, self._clause_end(after + 1), "passive-that", 0.7)

    def _finite(self, at: int, start: int, stop: int) -> Frame | None:
        """A finite reporting verb: before its content, after it, or in the middle of it."""
        words, bits = self.items.words, self.items.bits
        bit = bits[at]
        self.present = words[at].endswith("s")
        inverted = self._inverted(at, start, stop)
        if inverted is not None:
            return inverted
        source = subject_before(self.items, start, self.a)
        if bit & CLITIC:
            source = (at, at + 1)
        if source is not None and self._no_phrase(source):
            return None
        if source is None and self.items.grammar.inverts:
            follows = subject_after(self.items, stop, self.b)
            if follows is not None:
                return self._preposed(at, start, stop, follows, bit, follows[1])
        if source is None and self.items.grammar.pro_drop and start > self.a and self._tag_edge(start - 1):
            dropped = self._dropped(start, stop)
            if dropped is not None:
                return dropped
        if source is None and self.items.grammar.pro_drop:
            return self._preposed(at, start, stop, None, bit)
        inherited = False
        if (source is None and start > self.a and bits[start - 1] & COORDINATOR) or (
            source is None and start > self.a and words[start - 1] == "," and self.frames
        ):
            source = self._main_subject(at)
            inherited = source is not None
        if source is None:
            return self._quote_after(at, start, stop, None)
        before = source[0] - 1
        if not inherited and before >= self.a and self._tag_edge(before):
            tag = self._postposed(at, start, stop, source)
            if tag is not None:
                return tag
        return self._preposed(at, start, stop, source, bit)

    def _no_phrase(self, source: Range) -> bool:
        """Whether a single word in small letters is no source by itself: he does not [define] state policy."""
        at = source[0]
        known = CAPITAL | SOMEONE | PRONOUN | DETERMINER | RELATIVE | SPEECH_NOUN | CLITIC | PERSONAL
        plural = self.items.grammar.plural
        return (
            source[1] - at == 1
            and bool(plural)
            and not self.items.bits[at] & known
            and not self.items.words[at].endswith(plural)
        )

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

    def _tag_edge(self, at: int) -> bool:
        """Whether a postposed tag may follow this item: “…,” she said; …, she said; … — she said."""
        bit, word = self.items.bits[at], self.items.words[at]
        return bool(bit & QUOTE) or word == "," or word in _DASHES

    def _postposed(self, at: int, start: int, stop: int, source: Range) -> Frame | None:
        """…, she said[, …]: what stands before belongs to the content, unless the verb has its own after it."""
        bits, words = self.items.bits, self.items.words
        after = stop
        if bits[at] & PERSON:
            after = skip_person(self.items, after, self.b)
            if after == stop and after < self.b and bits[after] & QUOTE and not self._ends_with_stop(after):
                after += 1  # told the “Courier”
        after = skip_adverbials(self.items, after, self.b)
        edge = source[0] - 1
        quoted = bool(bits[edge] & QUOTE) or (edge > self.a and bits[edge - 1] & QUOTE and words[edge] == ",")
        ends = after >= self.stop or words[after] in ",;—–-)" or bool(bits[after] & QUOTE)
        if not ends and not (quoted and bits[after] & (SUBORDINATOR | PARTICIPLE | COORDINATOR | RELATIVE)):
            if not quoted or bits[after] & THAT:
                return None
            if bits[at] & (OBJECT | ORDER) and starts_noun_phrase(self.items, after):
                return None
        if bits[edge] & QUOTE and not ends and not self._closes_itself(edge):
            return None  # the “loopholes” he cited are …
        if not quoted and (bits[at] & WEAK or not bits[at] & (CLAUSE | QUOTING) or self._introduces(after)):
            return None
        left = self._left(edge if bits[edge] & QUOTE == 0 else edge + 1)
        if left is None:
            return None
        content = [left]
        frame = Frame(content, (start, stop), source, "tag-after", 0.95 if quoted else 0.85)
        self._resume(frame, after, left)
        return frame

    def _closes_itself(self, at: int) -> bool:
        """Whether a quotation ends in a mark that a tag can follow."""
        text = self.items.text[self.items.starts[at] : self.items.ends[at]].rstrip("\"”“’‘'»«„` ")
        return text[-1:] in _CLOSING

    def _introduces(self, after: int) -> bool:
        """Whether a quotation that starts a sentence of its own follows: what stands before is an introduction."""
        if after < self.stop and self.items.words[after] in ",:":
            after += 1
        return after < self.b and bool(self.items.bits[after] & QUOTE) and self._sentence_like(after)

    def _left(self, end: int) -> Range | None:
        """Content that ends before a tag: back to the sentence's start or the last frame's content."""
        items = self.items
        start = max(self.a, self.taken)
        stop = end
        while stop > self.a and items.words[stop - 1] in ",—–-":
            stop -= 1
        last = stop - 1
        if last > self.a and items.bits[last] & QUOTE and items.words[last - 1] == ":":
            return last, stop
        if (
            start == self.a
            and start + 1 < stop
            and items.bits[start] & COORDINATOR
            and not items.bits[start + 1] & QUOTE
        ):
            start += 1
        while start < stop and items.words[start] in ",;—–-).":
            start += 1
        if stop <= start:
            return None
        if items.bits[last] & QUOTE and last > start and items.words[last - 1] in ",:" and self._sentence_like(last):
            start = last
        if items.bits[last] & QUOTE and last > start and items.words[last - 1] == "," and self._topic(start):
            start = last
        return start, stop

    def _topic(self, at: int) -> bool:
        """Whether a sentence opens with what it is about, which is the writer's: As for taxes, “…,” she said."""
        words = self.items.words
        return any(tuple(words[at : at + len(topic)]) == topic for topic in self.items.grammar.topics)

    def _sentence_like(self, at: int) -> bool:
        """Whether a quotation starts like a sentence of its own."""
        text = self.items.text[self.items.starts[at] : self.items.ends[at]].lstrip("\"“”„«»‘’'` ")
        return text[:1].isupper()

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
            if (short and not bit & (PARTICIPLE | RELATIVE)) or (bit & COORDINATOR and not self._cue_near(after + 1)):
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

    def _has_verb(self, content: Range) -> bool:
        """Whether a stretch has a finite verb, as far as one can tell."""
        bits = self.items.bits
        return any(
            bits[at] & (AUX | VERBISH | QUOTE | CUE) or (at > content[0] and self._past(at)) or self._inflected(at)
            for at in range(*content)
        )

    def _inflected(self, at: int) -> bool:
        """Whether a word looks like a verb in the present: in small letters, with -s, after a noun or pronoun."""
        word, bit = self.items.words[at], self.items.bits[at]
        return (
            word.endswith("s")
            and len(word) > 3
            and not bit & (CAPITAL | DETERMINER | PREPOSITION | SPEECH_NOUN | SOMEONE)
        )

    def _quote_without_cue(self, at: int) -> bool:
        """Whether a quotation comes before any other reporting verb."""
        for place in range(at, self.stop):
            if self.items.bits[place] & QUOTE:
                return True
            if self.items.bits[place] & CUE:
                return False
        return False

    def _continuation(self, after: int) -> int:
        """The quotation that goes on in small letters after a long tag; `after` if there is none."""
        items = self.items
        for place in range(after, self.stop):
            bit = items.bits[place]
            if bit & QUOTE:
                lower = items.words[place - 1] == "," and not self._sentence_like(place)
                return place if lower else after
            if bit & CUE and not bit & (CAPITAL | SPEECH_NOUN | PARTICIPLE):
                break
        return after

    def _bare_after(self, at: int) -> bool:
        """Whether words follow a quotation that still belong to its clause."""
        return at < self.stop and self.items.words[at] not in ",;—–-:)"

    def _cue_near(self, at: int) -> bool:
        return any(self.items.bits[place] & CUE for place in range(at, min(at + 2, self.b)))

    def _inverted(self, at: int, start: int, stop: int) -> Frame | None:
        """“…,” said Ann Lee, a farmer."""
        items = self.items
        edge = start - 1
        if edge < self.a or not self._tag_edge(edge) or not items.bits[at] & (QUOTING | CLAUSE | WEAK):
            return None
        quoted = bool(items.bits[edge] & QUOTE) or (edge > self.a and items.bits[edge - 1] & QUOTE)
        if not quoted and (items.bits[at] & (WEAK | OBJECT | PERSON) or self._closes_apposition(start)):
            return None
        source = (at, at + 1) if items.bits[at] & CLITIC else subject_after(items, stop, self.b)
        if source is None and start < at and items.bits[start] & CLITIC:
            source = (start, start + 1)  # a-t-il déclaré
        if source is None:
            return None
        after = skip_adverbials(items, stop, self.b) if source[0] < stop else skip_adverbials(items, source[1], self.b)
        if not quoted and source[0] >= stop and not (source[1] >= self.stop or items.words[source[1]] in ",;"):
            return None
        left = self._left(edge if items.bits[edge] & QUOTE == 0 else edge + 1)
        if left is None:
            return None
        frame = Frame([left], (start, stop), source, "tag-inverted", 0.95 if quoted else 0.7)
        self._resume(frame, after, left)
        return frame

    def _closes_apposition(self, start: int) -> bool:
        """Whether the comma before a verb closes an apposition to its subject: “…,” Ann Lee, a farmer, told us."""
        if self.items.words[start - 1] != ",":
            return False
        source = subject_before(self.items, start, self.a)
        return source is not None and source[0] > self.a and bool(self.items.bits[source[0] - 1] & QUOTE)

    def _preposed(
        self, at: int, start: int, stop: int, source: Range | None, bit: int, after: int = -1
    ) -> Frame | None:
        """She said [that] …: the content follows the verb."""
        items = self.items
        after = stop if after < 0 else after
        if bit & PHRASE and stop == at + 2:
            return self._object(start, stop, source, after)
        if bit & (PERSON | ORDER) and not (after < self.b and items.bits[after] & (THAT | QUOTE)):
            person = skip_person(items, after, self.b)
            if person > after:
                found = self._after_person(at, start, stop, source, person)
                if found is not None:
                    return found
                if not bit & OBJECT:
                    return None
        place = skip_adverbials(items, after, self.b)
        if place >= self.stop:
            return None
        if items.grammar.comma_clauses and items.words[place] == "," and place + 1 < self.stop:
            place += 1 if items.bits[place + 1] & (THAT | QWORD) else 0
        here = items.bits[place]
        word = items.words[place]
        if (word in ":," and place + 1 < self.b and items.bits[place + 1] & QUOTE) or here & QUOTE:
            return self._quote_after(at, start, stop, source)
        if word == ":" and bit & (CLAUSE | QUOTING):
            return self._content(source, start, stop, place + 1, self.stop, "cue-colon", 0.7)
        if bit & WEAK:
            if here & THAT and source is not None and self._quoted_within(place + 1):
                return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-that", 0.7)
            return None
        if here & THAT and self._quote_alone(place + 1):
            return self._quote_after(at, start, stop, source, place + 1)
        if (
            here & THAT
            and bit & (CLAUSE | ORDER | QUESTION | OBJECT)
            and not (bit & OBJECT and self._demonstrative(place))
        ):
            return self._content(source, start, stop, place, self._clause_end(place + 1), "clause-that", 0.9)
        if here & TO and word == "to" and bit & INFINITIVE:
            return self._content(source, start, stop, place, self._clause_end(place + 1), "infinitive", 0.8)
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

    def _quoted_within(self, at: int) -> bool:
        """Whether a quotation stands in the clause that starts at `at`."""
        return any(self.items.bits[place] & QUOTE for place in range(at, self._clause_end(at)))

    def _quote_alone(self, at: int) -> bool:
        """Whether the whole reported clause after `that` is one quotation, with its own full stop."""
        items = self.items
        if at >= self.stop or not items.bits[at] & QUOTE:
            return False
        return at + 1 >= self.stop and self._ends_with_stop(at)

    def _demonstrative(self, place: int) -> bool:
        """`that` before a noun and no clause: announced that plan."""
        return place + 2 >= self.stop

    def _finite_follows(self, place: int) -> bool:
        """Whether a finite verb comes soon enough for what follows to be a clause."""
        bits = self.items.bits
        for at in range(place, min(place + 9, self.stop)):
            bit = bits[at]
            if (at > place and self.items.words[at] == ",") or bit & RELATIVE:
                return False
            if bit & (AUX | VERBISH):
                return True
            if bit & PRONOUN and not bit & DETERMINER:
                return at < place + 1 or not bits[at - 1] & PREPOSITION
        return False

    def _after_person(self, at: int, start: int, stop: int, source: Range | None, person: int) -> Frame | None:
        items, bit = self.items, self.items.bits[at]
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
        if here & THAT and bit & PERSON and self._quote_alone(place + 1):
            return self._quote_after(at, start, stop, source, place + 1)
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
        if place >= self.stop or source is None or place < stop:
            return None
        place = stop
        while place < self.stop and items.adverb(place):
            place += 1
        here, word = items.bits[place], items.words[place]
        if (
            here & QUOTE
            or starts_noun_phrase(items, place)
            or here & (THAT | QWORD)
            or (word[0].isalnum() and not here & (PREPOSITION | COORDINATOR | SUBORDINATOR | AUX | TO))
        ):
            end = self._clause_end(place)
            if source[0] > self.a and items.bits[source[0] - 1] & QWORD:
                end = self._first_quote_end(place, end)
            return self._content(source, start, stop, place, self._before_adverbial(place, end), "object", 0.6)
        return None

    def _before_adverbial(self, at: int, end: int) -> int:
        """Called it a “mess” | on Monday: when and where it was said is the writer's."""
        items = self.items
        for place in range(at, end - 1):
            if not items.bits[place] & QUOTE:
                continue
            after = items.bits[place + 1]
            if after & TIME or (after & PREPOSITION and not after & NOUN_PREPOSITION):
                return place + 1
            if after & PREPOSITION and place + 2 < end and items.bits[place + 2] & TIME:
                return place + 1
        return end

    def _first_quote_end(self, at: int, end: int) -> int:
        """What she called a “mess”: the phrase ends with its quotation."""
        for place in range(at, end):
            if self.items.bits[place] & QUOTE:
                return place + 1
        return end

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

    def _ends_with_stop(self, at: int) -> bool:
        """Whether a quotation closes its own sentence before its closing mark."""
        text = self.items.text[self.items.starts[at] : self.items.ends[at]].rstrip("\"”“’‘'»«„` ")
        return text[-1:] in (".", "!", "?", "…", ",")

    def _content(
        self, source: Range | None, start: int, stop: int, first: int, end: int, rule: str, confidence: float
    ) -> Frame | None:
        words = self.items.words
        while first < end and words[first] in ",:;—–-":
            first += 1
        while end > first and words[end - 1] in ",;:—–-":
            end -= 1
        if end <= first:
            return None
        if not (end < self.stop and words[end] == "," and self.tags and self._before_tag(end + 1)):
            self.taken = end  # a tag right after it reports this sentence as a whole
        frame = Frame([(first, end)], (start, stop), source, rule, confidence)
        frame.split = bool(self.items.bits[end - 1] & QUOTE) and end >= self.stop
        return frame

    def _clause_end(self, at: int) -> int:
        """Where the reported clause ends: the sentence, or a clause that is the writer's again."""
        items = self.items
        words, bits = items.words, items.bits
        for place in range(at, self.stop):
            word = words[place]
            if word == ";":
                return place
            if word == ",":
                after = place + 1
                if after >= self.stop:
                    return place
                bit = bits[after]
                if (bit & CUE and bit & PARTICIPLE) or (bit & BREAKER and words[after] != "even"):
                    return place
                if bit & ACCORDING and self._according_length(after):
                    return place
                if bit & COORDINATOR and self._coordinated_cue(after):
                    return place
                if self.tags and self._before_tag(after):
                    return place
            elif (
                (word == ":" and place + 1 < self.stop and bits[place + 1] & QUOTE)
                or (bits[place] & COORDINATOR and self._coordinated_cue(place))
                or (bits[place] & ACCORDING and place > at and self._according_length(place))
            ):
                return place
        return self.stop

    def _comma_within(self, at: int) -> bool:
        """Whether a quotation holds the comma that belongs after it, as Americans print it."""
        text = self.items.text[self.items.starts[at] : self.items.ends[at]].rstrip("\"”“’‘'»«„` ")
        return text[-1:] == ","

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
        for cue in items.within(self.tags, at + 1, at + 13):
            if "," not in items.words[at:cue]:
                return starts_noun_phrase(items, at) or bool(items.bits[at] & (PREPOSITION | COORDINATOR))
        return False

    def _coordinated_cue(self, at: int) -> bool:
        """`and added that`: another reporting verb of the same source."""
        items = self.items
        place = at + 1
        while place < self.stop and items.adverb(place):
            place += 1
        if place >= self.stop:
            return False
        bit = items.bits[place]
        if bit & CUE and not bit & (PARTICIPLE | SPEECH_NOUN | CAPITAL):
            if items.words[place].endswith("s") and not self.present:
                return False  # a plural noun rather than a second verb in another tense
            return items.words[place].endswith(("ed", "id", "old", "ote")) or bit & QUOTING != 0
        if bit & (PRONOUN | CAPITAL) and place + 1 < self.stop:
            after = items.bits[place + 1]
            return bool(after & CUE and after & CLAUSE and not after & (PARTICIPLE | CAPITAL | SPEECH_NOUN))
        return False

    def _participle(self, at: int) -> Frame | None:
        """…, adding that …: the subject is the main clause's."""
        items, bit = self.items, self.items.bits[at]
        before = at - 1
        while before >= self.a and items.adverb(before):
            before -= 1
        stop = self._cue_stop(at)
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
            if items.bits[verb] & (AUX | VERBISH | CUE) and not items.bits[verb] & CAPITAL or self._past(verb):
                source = subject_before(items, verb, start)
                break
        frame = self._preposed(at, at, stop, source, items.bits[at])
        if frame is None:
            return None
        frame.content = [(first, min(last, end)) for first, last in frame.content if first < end]
        self.taken = end
        return frame

    def _main_subject(self, at: int) -> Range | None:
        """The subject of the sentence: the last source, or the noun phrase before the first finite verb."""
        for frame in reversed(self.frames):
            if frame.source is not None:
                return frame.source
        items = self.items
        bits, words = items.bits, items.words
        start = self.a
        while start < at and bits[start] & COORDINATOR:
            start += 1
        if start < at and (
            bits[start] & (PREPOSITION | SUBORDINATOR | PARTICIPLE | TIME) and not bits[start] & DETERMINER
        ):
            comma = start
            while comma < at and words[comma] != ",":
                comma += 1
            if comma >= at:
                return None
            start = comma + 1
        for place in range(start, at):
            bit = bits[place]
            if place > start and ((bit & (AUX | VERBISH | CUE) and not bit & CAPITAL) or self._past(place)):
                end = place
                while end > start and items.adverb(end - 1):
                    end -= 1
                return subject_before(items, end, start)
        return None

    def _past(self, at: int) -> bool:
        word = self.items.words[at]
        return (
            word.endswith("ed")
            and len(word) > 4
            and not self.items.bits[at - 1] & (DETERMINER | POSSESSIVE | PREPOSITION)
        )

    def _infinitive_cue(self, at: int, to: int) -> Frame | None:
        """… went on to say that …: the subject is that of the verb before."""
        items, bit = self.items, self.items.bits[at]
        stop = self._cue_stop(at)
        after = skip_adverbials(items, stop, self.b)
        if after >= self.b or not (
            items.bits[after] & (THAT | QUOTE | QWORD)
            or (items.words[after] in ":," and items.bits[min(after + 1, self.b - 1)] & QUOTE)
        ):
            return None
        start = to
        while start > self.a and items.words[start - 1] in ("on", "went", "goes", "going", "go", "continued", "used"):
            start -= 1
        source = subject_before(items, start, self.a) if start < to else self._main_subject(to)
        return self._preposed(at, start if start < to else at, stop, source, bit)

    # ------------------------------------------------------------------ other cues

    def _according_length(self, at: int) -> int:
        words = self.items.words
        if self.items.bits[at] & PREPOSITION and at > self.a and words[at - 1] not in ",;—–-(":
            return 0  # an ordinary preposition in the middle of a clause
        for phrase in self.items.grammar.according.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def _according(self, at: int) -> Frame | None:
        """According to X, … · …, according to X."""
        items = self.items
        size = self._according_length(at)
        if not size or at + size >= self.b:
            return self._verb(at) if items.bits[at] & CUE else None
        first = at + size
        end = self._source_end(first)
        if end <= first or (at > self.a and items.words[at - 1] not in ",;—–-(" and end < self.stop):
            return None  # within a clause it says by which rule, not who says so
        content: list[Range] = []
        left = self._left(at) if at > self.a else None
        if left is not None and items.bits[left[0]] & COORDINATOR and left[1] - left[0] == 1:
            left = None
        if left is not None:
            content.append(left)
        after = end
        if after < self.stop and items.words[after] == ",":
            after += 1
        if (
            left is None
            or left[1] - left[0] <= 3
            or (end < self.stop and items.bits[left[0]] & (PREPOSITION | SUBORDINATOR))
        ):
            if after < self.stop:
                content.append((after, self._clause_end(after)))
                self.taken = content[-1][1]
        else:
            self.taken = end
        frame = Frame(content, (at, first), (first, end), "according-to", 0.85)
        frame.split = bool(content) and bool(items.bits[content[-1][1] - 1] & QUOTE)
        return frame

    def _source_end(self, first: int) -> int:
        """End of the source after `according to`: a comma that no apposition follows, or the sentence."""
        items = self.items
        at = first
        while at < self.stop:
            word = items.words[at]
            if word == "," and at > first and not self._source_goes_on(at + 1):
                break
            if word in ";:—–" or (items.bits[at] & QUOTE and at > first + 6):
                break
            if items.bits[at] & (AUX | VERBISH) and at > first and not self._relative_between(first, at):
                break
            at += 1
        while at > first + 1 and items.adverb(at - 1):
            at -= 1
        return at

    def _relative_between(self, at: int, end: int) -> bool:
        return any(self.items.bits[place] & (RELATIVE | QWORD) for place in range(at, end))

    def _source_goes_on(self, at: int) -> bool:
        items = self.items
        if at >= self.stop:
            return False
        bit, word = items.bits[at], items.words[at]
        comma = at
        while comma < self.stop and items.words[comma] != ",":
            comma += 1
        if bit & RELATIVE or word in ("former", "then"):
            return True
        if bit & CAPITAL and comma - at == 1:
            return True
        if bit & DETERMINER and word in ("a", "an", "the"):
            return (comma >= self.stop and not self._finite_between(at, comma)) or (
                comma < self.stop and not self._finite_between(at, comma)
            )
        return False

    def _finite_between(self, at: int, end: int) -> bool:
        return any(self.items.bits[place] & (AUX | VERBISH) for place in range(at, end))

    def _noun(self, at: int) -> Frame | None:
        """His claim that …: a noun for something said, with its clause."""
        items = self.items
        if at + 1 >= self.stop or not items.bits[at + 1] & THAT or at <= self.a:
            return None
        start = at - 1
        while (
            start > self.a
            and not items.bits[start] & (POSSESSIVE | DETERMINER | PREPOSITION | AUX | CUE)
            and at - start < 4
        ):
            if items.words[start].endswith(("'s", "’s", "s'", "s’")):
                break
            start -= 1
        source: Range | None = None
        if items.bits[start] & POSSESSIVE:
            source = (start, start + 1)
        elif items.words[start].endswith(("'s", "’s", "s'", "s’")):
            first = subject_before(items, start + 1, self.a)
            source = first
        return self._content(source, at, at + 1, at + 1, self._clause_end(at + 2), "noun-that", 0.7)
