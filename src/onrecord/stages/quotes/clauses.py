"""Reported clauses of one sentence: from a reporting verb to its source and its content.

Each form has a rule with a name; `Frame.rule` carries it into the record. Item ranges are half-open.
"""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import (
    ACCORDING,
    ADVERBIAL,
    AS_WORD,
    AUX,
    BASE,
    BE,
    CAPITAL,
    CLAUSE,
    CLAUSE_NOUN,
    CLITIC,
    COORDINATOR,
    CUE,
    DETERMINER,
    FREE,
    OBJECT,
    OWNER,
    PARTICIPLE,
    PERSON,
    PERSONAL,
    PHRASE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    SOMEONE,
    SPEECH_NOUN,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    VERB_CLITIC,
    VERBISH,
    WEAK,
)
from onrecord.stages.quotes.inversions import subject_after
from onrecord.stages.quotes.nonfinite import NonFinite
from onrecord.stages.quotes.phrases import Range, subject_before
from onrecord.stages.quotes.skips import skip_adverbials
from onrecord.stages.quotes.tokens import GENITIVE, TAG

_SOURCES = CAPITAL | SOMEONE | PRONOUN | DETERMINER | RELATIVE | SPEECH_NOUN | CLITIC | PERSONAL
_BEFORE_VERB = AUX | TIME | ADVERBIAL | VERB_CLITIC
_FAR = 32  # items that a relative clause may put between a subject and its verb


class Sentence(NonFinite):
    """Finds the frames of the items `[a, b)`."""

    def run(self) -> list[Frame]:
        """Return the frames from left to right."""
        bits = self.bits
        heading = self._heading() if self.headline or self.quoted else None
        if heading is None and bits[self.a] & QUOTE:
            heading = self._signed() or self._is_how()
        if heading is not None:
            return [heading]
        for at in self.anchors:
            if self.gaps and self.gaps[-1][0] <= at < self.gaps[-1][1]:
                continue
            bit = bits[at]
            if bit & CUE:
                frame = self._verb(at)
            elif bit & ACCORDING:
                frame = self._according(at)
            else:
                frame = self._noun(at) if bit & CLAUSE_NOUN else None
            if frame is not None and frame.content:
                self.frames.append(frame)
        if self.quoted and bits[self.a] & QUOTE and all(frame.content[0][0] > self.a for frame in self.frames):
            frame = self._surely_tagged()
            if frame is not None:
                self.frames.insert(0, frame)
        if not self.frames and self.quoted:
            frame = self._worded() or self._on_paper() or self._unknown_tag() or self._colon_introduces()
            if frame is not None:
                self.frames.append(frame)
        return self.frames

    def _verb(self, at: int) -> Frame | None:
        bits, words = self.bits, self.words
        bit = bits[at]
        start = at
        if at > self.a:
            before = bits[at - 1]
            if bit & (SPEECH_NOUN | CLAUSE_NOUN) and self._used_as_noun(at):
                return self._noun(at) if bit & CLAUSE_NOUN else None
            owned = before & OWNER or self.shapes[at - 1] & GENITIVE
            if owned and not before & PRONOUN and not self._object_clitic(at - 1):
                return None
            led = self._led_infinitive(at) if bit & BASE and self.items.grammar.leading else None
            if led is not None:
                return led
            if before & PREPOSITION and not bit & PARTICIPLE and not before & (TO | AS_WORD):
                return None
            after = bits[at + 1] if at + 1 < self.b else 0
            if after & BE and not after & PRONOUN and self._plural_noun(at):
                return None  # the new harbour rules were published
            if after & SOMEONE and bit & BASE and not after & DETERMINER:
                return None  # a press secretary
            if bit & CAPITAL and not before & QUOTE and words[at - 1] not in ",:—–-":
                return None  # a name that looks like a verb
            if before & _BEFORE_VERB:
                start = self._cue_start(at)
        if bit & PARTICIPLE and not self._progressive(start, at):
            return self._participle(at)
        if start > self.a and bits[start - 1] & TO and words[start - 1] == "to":
            return self._infinitive_cue(at, start - 1)
        if start < at and self._passive(start, at):
            return self._impersonal(at, start)
        return self._finite(at, start, self._cue_stop(at) if bit & PHRASE else at + 1)

    def _object_clitic(self, at: int) -> bool:
        """Whether an article is the verb's object: comme l'explique Ann · lo confirmó."""
        before = self.bits[at - 1] if at > self.a else 0
        names = self.bits[at + 1] & OBJECT  # on l'appelle « … »
        return bool(self.bits[at] & VERB_CLITIC and (before & AS_WORD or (before & PERSONAL and not names)))

    def _plural_noun(self, at: int) -> bool:
        """Whether a word has the ending of a plural: before a form of `be` it is that verb's subject."""
        ending = self.items.grammar.plural
        return bool(ending) and self.words[at].endswith(ending)

    def _used_as_noun(self, at: int) -> bool:
        """Whether a word that is also a verb is a noun here: the report, his claims, new reports."""
        bits, words = self.bits, self.words
        before = bits[at - 1]
        if bits[at] & PARTICIPLE and words[at - 1] in self.items.grammar.words.get("agents", ()):
            return False  # by warning that …
        if before & (DETERMINER | POSSESSIVE | PREPOSITION) and not before & PRONOUN:
            return True
        if self.items.owns(at - 1):
            return True
        if at + 1 < self.b and bits[at + 1] & (PREPOSITION | AUX | VERBISH) and not bits[at + 1] & TO:
            return not before & (PRONOUN | RELATIVE) and not (bits[at] & PHRASE and self._phrase(at))
        singular = self.items.grammar.words.get("singular_articles", ())  # a preliminary report seen by …
        described = at > self.a + 1 and words[at - 2] in singular and not bits[at - 1] & (SOMEONE | CAPITAL)
        return bool(bits[at] & BASE and described)

    def _before_time(self, start: int) -> int:
        """The end of the subject before a time: Ann Lee [later] denied · the mayor [this week] said."""
        items = self.items
        end = start
        while end > self.a + 1 and items.bits[end - 1] & TIME and not items.bits[end - 1] & CAPITAL:
            end -= 1
        return end if end > self.a and not items.bits[end - 1] & (PREPOSITION | DETERMINER) else start

    def _progressive(self, start: int, at: int) -> bool:
        bits = self.bits
        if start > self.a and bits[start - 1] & BE and bits[start - 1] & PRONOUN:
            return True  # he's claiming
        return start < at and any(bits[place] & BE for place in range(start, at))

    def _passive(self, start: int, at: int) -> bool:
        """Was asked, is said: the subject is not the one who speaks."""
        bits = self.bits
        if bits[at] & PARTICIPLE or self.words[start] in self.items.grammar.reflexives:
            return False
        return any(bits[place] & BE for place in range(start, at))

    def _impersonal(self, at: int, start: int) -> Frame | None:
        """It was said that … · he was told that …: nobody is named, unless `by` names somebody."""
        items, bit = self.items, self.bits[at]
        after = skip_adverbials(items, at + 1, self.b)
        if after >= self.stop or not bit & CLAUSE:
            return None
        told = bit & PERSON and after == at + 1 and self._finite_follows(after)  # was told the boat had sunk
        if told and items.bits[after] & (DETERMINER | PRONOUN | POSSESSIVE):
            return self._content(None, start, at + 1, after, self._clause_end(after), "passive-bare", 0.6)
        if not items.bits[after] & THAT:
            return None
        source: Range | None = None
        if after > at + 2 and items.words[at + 1] in items.grammar.words.get("agents", ()):
            source = (at + 2, after)
        return self._content(source, start, at + 1, after, self._clause_end(after + 1), "passive-that", 0.7)

    def _finite(self, at: int, start: int, stop: int) -> Frame | None:
        """A finite reporting verb: before its content, after it, or in the middle of it."""
        items, words, shapes, a = self.items, self.words, self.shapes, self.a
        bit = self.bits[at]
        self.present = words[at].endswith("s")
        if bit & WEAK and not self.quoted and stop == at + 1 and not bit & FREE:
            return None  # such a verb reports only beside quotation marks
        put = words[at] in items.grammar.wording_phrases and self._puts_it(at)
        if (bit & CLAUSE or put) and not items.grammar.as_words.isdisjoint(words[a:start]):
            as_said = self._as_said(at, start, stop + put)
            if as_said is not None:
                return as_said
        if start > a and shapes[start - 1] & TAG:
            inverted = self._inverted(at, start, stop)
            if inverted is not None:
                return inverted
        if bit & CLITIC:
            source: Range | None = (at, at + 1)
        else:
            source = subject_before(items, self._before_time(start) if self.bits[start - 1] & TIME else start, a)
            if source == (a, a + 1) and items.grammar.inverts and items.adverb(a):
                source = None  # Así lo confirmó la directora
        if source is None:
            return self._without_subject(at, start, stop)
        if source[1] - source[0] == 1 and self._no_phrase(source[0]):
            return None
        before = source[0] - 1
        if before >= a and shapes[before] & TAG:
            tag = self._postposed(at, start, stop, source)
            if tag is not None:
                return tag
        return self._preposed(at, start, stop, source, bit)

    def _puts_it(self, at: int) -> bool:
        """Whether a verb and the word behind it say how something is worded: as the judge put it, …."""
        words = self.words
        return at + 1 < self.b and words[at + 1] in self.items.grammar.wording_phrases[words[at]]

    def _without_subject(self, at: int, start: int, stop: int) -> Frame | None:
        """A finite verb with no source just before it: after it, in its ending, or that of the verb before."""
        items, grammar = self.items, self.items.grammar
        bit = items.bits[at]
        coordinated = start > self.a and bool(items.bits[start - 1] & COORDINATOR)
        if grammar.inverts and not (coordinated and grammar.pro_drop):
            follows = subject_after(items, stop, self.b)
            if follows is not None and not self._bare_infinitive(stop):
                return self._preposed(at, start, stop, follows, bit, follows[1])
        if grammar.pro_drop:
            opens = self.a if not items.bits[self.a] & COORDINATOR else self.a + 1
            if start - opens > 1 and self._speaking_place(opens, stop) and "," not in items.words[opens:start]:
                return self._preposed(at, start, stop, (opens, start), bit)  # в компании уточнили, что …
            dropped = self._dropped(start, stop) if start > self.a and self._tag_edge(start - 1) else None
            if dropped is not None:
                return dropped
            goes_on = coordinated or (bool(self.frames) and start > self.a and items.words[start - 1] == ",")
            return self._preposed(at, start, stop, self._main_subject(at) if goes_on else None, bit)
        source: Range | None = None
        if coordinated or (start > self.a and items.words[start - 1] == "," and self.frames):
            if self._topic(at) and self.frames and self.frames[-1].split:
                return None  # “…,” she said, asked about the deck. “…”
            source = self._main_subject(at)
        source = source or self._far_subject(start, stop)
        if source is None:
            place = skip_adverbials(items, stop, self.b)
            known = (
                coordinated and place < self.stop and items.bits[place] & THAT and not items.bits[place] & DETERMINER
            )
            if not known or bit & WEAK:
                return self._quote_after(at, start, stop, None)
        return self._preposed(at, start, stop, source, bit)

    def _far_subject(self, start: int, stop: int) -> Range | None:
        """An aide who asked not to be named wrote that …: the subject stands before its own long clause."""
        items = self.items
        bits, words = self.bits, self.words
        if stop >= self.stop or not bits[stop] & (THAT | QUOTE) or bits[stop - 1] & PARTICIPLE:
            return None
        for who in range(start - 2, max(self.a, start - _FAR), -1):
            if bits[who] & RELATIVE and not bits[who] & THAT:
                source = subject_before(items, who, self.a) if words[who - 1] != "," else None
                opens = source is not None and (source[0] == self.a or words[source[0] - 1] == ",")
                return (source[0], start) if source is not None and opens else None
        return None

    def _no_phrase(self, at: int) -> bool:
        """Whether a word in small letters is no source by itself: he does not [define] state policy."""
        if self.bits[at] & _SOURCES:
            return False
        plural = self.items.grammar.plural
        return bool(plural) and not self.words[at].endswith(plural)

    def _according(self, at: int) -> Frame | None:
        """According to X, … · …, according to X."""
        items = self.items
        size = self._according_length(at)
        if not size or at + size >= self.b or (size == 1 and items.bits[at] & AS_WORD and items.bits[at + 1] & CUE):
            return self._verb(at) if items.bits[at] & CUE else None
        first = at + size
        end = self._source_end(first)
        opens = self._leads_in(at)
        if end <= first or (not opens and items.words[at - 1] not in ",;—–-(" and end < self.stop):
            return None  # within a clause it says by which rule, not who says so
        content: list[Range] = []
        left = None if opens else self._left(at)
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
