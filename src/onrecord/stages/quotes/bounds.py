"""Where a reported clause starts and ends in its sentence, and what may stand at its edges."""

from __future__ import annotations

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
    SUBORDINATOR,
    THAT,
    TIME,
    VERBAL,
    VERBISH,
    WEAK,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import (
    Range,
    starts_noun_phrase,
    subject_before,
)
from onrecord.stages.quotes.tokens import EDGE

_OBJECTS = frozenset({"object", "clause-bare"})  # rules whose content is what follows the verb at once
_SAYING = CLAUSE | QUOTING | PERSON | ORDER | OBJECT
_STOPS = frozenset(".!?…")
_POINTS = THAT | OBJECT_PRONOUN  # said that, still says it: no words of anybody's
_ENDING = frozenset(".!?…,")
_ASKING = frozenset("?!…")
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


class Bounds:
    """The items `[a, b)` of one sentence, and the bounds of what is reported in it."""

    def __init__(self, items: Items, a: int, b: int, *, quoted: bool = False, headline: bool = False) -> None:
        """`quoted` says whether the sentence holds a quotation."""
        self.items, self.a, self.b, self.headline = items, a, b, headline
        self.words, self.bits, self.shapes = items.words, items.bits, items.shapes  # asked for most: one step nearer
        stop, words = b, items.words
        while stop > a and words[stop - 1] in _STOPS:
            stop -= 1
        self.stop = stop  # without the closing full stop
        self.frames: list[Frame] = []
        self.speaking: Range | None = None  # who speaks in a clause that does not say what
        self.present = False  # whether the verb at hand stands in the present tense
        self.gaps: list[Range] = []  # what stands between two halves of a quotation and reports nothing
        self.taken = a  # items before this belong to a frame's content
        self.anchors, self.quoted = items.within(items.anchors, a, b), quoted

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

    def teller(self, _: int, /) -> Range | None:
        """Who says a quotation (its item) that no reporting verb takes, where word order tells; null elsewhere."""
        return None

    def _topic(self, at: int) -> bool:
        """Whether a sentence opens with what it is about, which is the writer's: As for taxes, “…,” she said."""
        words = self.words
        return any(tuple(words[at : at + len(topic)]) == topic for topic in self.items.grammar.topics)

    def _sentence_like(self, at: int) -> bool:
        """Whether a quotation starts like a sentence of its own."""
        return self.items.first_said(at).isupper()

    def _ends_with_stop(self, at: int) -> bool:
        """Whether a quotation closes its own sentence before its closing mark."""
        return self.items.last_said(at) in _ENDING

    def _comma_within(self, at: int) -> bool:
        """Whether a quotation holds the comma that belongs after it, as Americans print it."""
        return self.items.last_said(at) == ","

    def _asks(self, at: int) -> bool:
        """Whether a quotation ends in a mark that can stand before a tag."""
        return self.items.last_said(at) in _ASKING

    def _closes_itself(self, at: int) -> bool:
        """Whether a quotation ends in a mark that a tag can follow."""
        return self.items.last_said(at) in _CLOSING

    def _clause_end(self, at: int) -> int:
        """Where the reported clause ends: the sentence, or a clause that is the writer's again."""
        items = self.items
        words, bits, shapes = self.words, self.bits, self.shapes
        # In English a quotation behind a colon that ends the clause belongs to it; elsewhere it is one of its own.
        ahead = 2 if items.grammar.inner_commas else 1
        quotes = items.within(items.quotes, at, self.stop) if self.quoted else ()
        last = quotes[-1] if quotes else -1
        for place in [place for place in range(at, self.stop) if shapes[place] & EDGE]:
            if place < last and items.grammar.inner_commas and self._quote_without_cue(place + 1):
                continue  # what is quoted without a verb of its own belongs to the clause
            word = words[place]
            if at < last < place and self._writers_comment(place, last):
                return place
            if word == ";":
                return place
            if word == ",":
                after = place + 1
                if after >= self.stop:
                    return place
                bit = bits[after]
                if (
                    (bit & CUE and bit & PARTICIPLE)
                    or self._led_participle(after)
                    or (bit & BREAKER and words[after] != "even" and not self._still_said(after))
                ):
                    return place
                if bit & ACCORDING and self._according_length(after):
                    return place
                if self._resumed(after):
                    return place
                if bit & COORDINATOR and (self._coordinated_cue(after) or self._says_too(at, after)):
                    return place
                if self._next_in_series(after):
                    return place
                if self._before_tag(after):
                    return place
            elif bits[place] & QUOTE and place > at and place + 1 < self.stop and items.grammar.inner_commas:
                if self._comma_within(place) and self._writers_again(place + 1):
                    return place + 1
                if place == last and self._writers_comment(place, last):
                    return place + 1
            elif (
                (word == ":" and place + ahead < self.stop and bits[place + 1] & QUOTE)
                or (bits[place] & COORDINATOR and (self._coordinated_cue(place) or self._says_too(at, place)))
                or (bits[place] & ACCORDING and place > at and self._according_length(place))
            ):
                return place
        return self.stop

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
        while place < self.stop and self.bits[place] & ADVERBIAL:
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

    def _bare_after(self, at: int) -> bool:
        """Whether words follow a quotation that still belong to its clause."""
        return at < self.stop and self.words[at] not in ",;—–-:)"

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

    def _has_verb(self, content: Range) -> bool:
        """Whether a stretch has a finite verb, as far as one can tell."""
        bits = self.bits
        return any(
            bits[at] & (AUX | VERBISH | QUOTE | CUE) or (at > content[0] and self._past(at)) or self._inflected(at)
            for at in range(*content)
        )

    def _inflected(self, at: int) -> bool:
        """Whether a word looks like a verb in the present: in small letters, with -s, after a noun or pronoun."""
        word, bit = self.words[at], self.bits[at]
        return (
            word.endswith("s")
            and len(word) > 3
            and not bit & (CAPITAL | DETERMINER | PREPOSITION | SPEECH_NOUN | SOMEONE)
        )

    def _past(self, at: int) -> bool:
        word = self.words[at]
        return word.endswith("ed") and len(word) > 4 and not self.bits[at - 1] & (DETERMINER | POSSESSIVE | PREPOSITION)

    def _main_subject(self, at: int) -> Range | None:
        """The subject of the sentence: the last source, or the noun phrase before the first finite verb."""
        for frame in reversed(self.frames):
            if frame.source is not None:
                return frame.source
        items = self.items
        bits, words = self.bits, self.words
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
        skipped = start
        for place in range(start, at):
            bit = bits[place]
            if place < skipped:
                continue
            if place > start and words[place - 1] == "," and bit & RELATIVE:
                skipped = next((end + 1 for end in range(place, at) if words[end] == ","), at)
                continue  # Ann Lee, whose petition failed, …
            if place > start and ((bit & VERBAL and not bit & CAPITAL) or self._past(place)):
                end = place
                while end > start and items.adverb(end - 1):
                    end -= 1
                if end < place and bits[end - 1] & DETERMINER and not bits[end - 1] & PRONOUN:
                    continue  # a softly spoken man
                return subject_before(items, end, start)
        return None

    def _cue_near(self, at: int) -> bool:
        return any(self.bits[place] & CUE for place in range(at, min(at + 2, self.b)))

    def _according_length(self, at: int) -> int:
        words = self.words
        if self.bits[at] & PREPOSITION and at > self.a and words[at - 1] not in ",;—–-(":
            return 0  # an ordinary preposition in the middle of a clause
        return next(iter(self.items.grammar.introductions(words, at)), 0)
