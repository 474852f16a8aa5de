"""From frames and pairs of marks to quotations: every pair of marks ends up in exactly one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.schema.interview import QuoteKind
from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.clauses import Sentence
from onrecord.stages.quotes.clauses_sov import SentenceSov
from onrecord.stages.quotes.clauses_v2 import SentenceV2
from onrecord.stages.quotes.dialogue import Speech, dash_speech, inner_speech, opens_with_dash
from onrecord.stages.quotes.grammar import (
    AUX,
    CLITIC,
    CUE,
    DETERMINER,
    PARTICIPLE,
    QUOTE,
    QUOTING,
    WEAK,
    Grammar,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import subject_after, subject_before
from onrecord.stages.quotes.sentences import has_dash_dialogue, has_words, is_dialogue, joined, name_like
from onrecord.stages.quotes.units import Unit
from onrecord.text.quotation import Region, label_of, words_of

Chars = tuple[int, int]

_MARKS = "\"“”„‟«»‘’'`‹›「」『』 \t\xa0"
_ORDERS: Mapping[str, type[Sentence]] = {"svo": Sentence, "v2": SentenceV2, "sov": SentenceSov}
_DEEPEST = 2  # quotations inside quotations are read for reporting verbs down to this depth
_TAG_WORDS = 16
_HEADLINE_LENGTH = 140
_NAME_SHARE = 0.75  # share of a quotation's longer words with capitals from which on it is taken for a name
_HEADLINE = 3  # words in marks in a headline that are taken to be said
_INTERVIEW = 0.8  # share of paragraphs behind a dash from which on a text is taken for an interview


@dataclass(slots=True)
class Found:
    """A quotation before it gets its id: character ranges, and why."""

    kind: QuoteKind
    content: list[Chars]
    cue: Chars | None
    source: list[Chars] | None
    rule: str
    confidence: float
    unit: int
    regions: list[int] = field(default_factory=list)
    split: bool = False  # a quotation right after it continues it
    alone: bool = False  # quoted words with no reporting verb


@dataclass(slots=True)
class _Pending:
    """A reporting verb and a colon at the end of a paragraph: the next paragraph is what was said."""

    cue: Chars
    source: list[Chars] | None
    unit: int


class Finder:
    """Finds the quotations of a text, paragraph by paragraph."""

    def __init__(self, text: str, units: Sequence[Unit], regions: Sequence[Region], grammar: Grammar) -> None:
        self.text, self.units, self.regions, self.grammar = text, units, regions, grammar
        self.sentence = _ORDERS.get(grammar.order, Sentence)
        self.children: dict[int, list[int]] = {}
        for number, region in enumerate(regions):
            self.children.setdefault(region.parent if region.parent >= 0 else -1 - region.unit, []).append(number)
        self.dashes = grammar.dash_dialogue and has_dash_dialogue(text, units)
        self.dialogue = is_dialogue(text, units, regions)
        self.tail: Found | None = None  # the quotation that ended the last paragraph
        self.found: list[Found] = []
        self.owner: dict[int, Found] = {}
        self.pending: _Pending | None = None
        self.reported: _Pending | None = None  # the last source, for sentences that go on reporting

    def run(self) -> list[Found]:
        """Return the quotations in no particular order."""
        voice: str | None = None
        for number, unit in enumerate(self.units):
            if unit.voice != voice:  # nothing goes on in somebody else's words
                voice, self.tail, self.pending, self.reported = unit.voice, None, None, None
            self._range(unit.start, unit.end, self.children.get(-1 - number, ()), number, 0)
        return self.found

    # ------------------------------------------------------------------ one paragraph

    def _range(self, start: int, end: int, numbers: Sequence[int], unit: int, depth: int) -> None:
        headline = depth == 0 and self._headline(unit)
        pending, self.pending = self.pending, None
        if not (numbers or headline or self.dashes or self.grammar.tokens.may_report(self.text[start:end])):
            self.tail = None
            return
        items = Items(self.text, start, end, numbers, self.regions, self.grammar)
        if depth == 0 and self.dashes and self.units[unit].turn is None and opens_with_dash(items):
            self.tail = None
            self._dash(items, unit)
            self._nested(numbers, unit, depth)
            return
        if not items.quotes and not items.grounds and not headline:
            self.tail = None
            return
        sentences = joined(items, items.sentences(), self._has_tag_inside)
        tail, self.tail = (self.tail, None) if depth == 0 else (None, self.tail)
        last: Found | None = None
        for at, (a, b) in enumerate(sentences):
            first = at == 0
            quoted = items.within(items.quotes, a, b)
            if not quoted and not headline and not items.within(items.grounds, a, b):
                continue  # nothing to start from
            if quoted and not has_words(items, a, b):
                last = self._bare(
                    items, quoted, unit, last or (tail if len(sentences) == 1 else None), pending if first else None
                )
                continue
            frames = self.sentence(items, a, b, headline=headline).run()
            if not frames and quoted and quoted[0] == a and last is not None and last.split and b - a < 20:
                self._extend_clause(last, items, a, b, quoted)
                continue
            if at == len(sentences) - 1 and items.words[b - 1] == ":" and depth == 0:
                self.pending = self._colon(items, a, b, unit)
            if not frames and not quoted:
                continue  # a sentence of the writer's between two of the same voice
            for frame in frames:
                # A clause that would go on ends at once where the writer's words begin.
                frame.content = [part for part in frame.content if part[0] < part[1]]
            frames = [frame for frame in frames if _says_something(items, frame)]
            if len(frames) == 1 and frames[0].rule == "subjunctive" and self._goes_on_reporting(items, frames[0], unit):
                continue
            last = self._frames(items, frames, unit)
            self._inherit(frames, unit)
            if first and depth == 0:
                last = self._continued(items, a, quoted, last)
            self._rest(items, quoted, unit, headline=headline)
            if self.grammar.fragments:
                self._fragments(items, quoted, unit)
        if depth == 0 and not self.dialogue and last is not None and last.split and last.kind == "direct":
            self.tail = last
        self._nested(numbers, unit, depth)

    def _headline(self, number: int) -> bool:
        """Whether a paragraph is the headline: marked so, or the short first one of several."""
        unit = self.units[number]
        if unit.kind is not None or unit.turn is not None:
            return unit.kind == "title"
        return number == 0 and len(self.units) > 1 and unit.end - unit.start <= _HEADLINE_LENGTH

    def _nested(self, numbers: Sequence[int], unit: int, depth: int) -> None:
        """Read the quotations within quotations."""
        if depth < _DEEPEST:
            for number in numbers:
                region = self.regions[number]
                inner = self.children.get(number, ())
                if inner:
                    self._range(region.inner_start, region.inner_end, inner, unit, depth + 1)
        else:
            for number in numbers:
                self._deep(number, unit)

    def _dash(self, items: Items, unit: int) -> None:
        """A paragraph of speech behind a dash."""
        speech = dash_speech(items)
        if not speech.content:
            return
        found = self._spoken(items, speech, unit, "dash-dialogue", 0.8)
        self.found.append(found)
        quoted = items.quotes
        self._rest(items, quoted, unit)

    def _spoken(self, items: Items, speech: Speech, unit: int, rule: str, confidence: float) -> Found:
        content = [(items.starts[a], items.ends[b - 1]) for a, b in speech.content]
        cue = (items.starts[speech.cue[0]], items.ends[speech.cue[1] - 1]) if speech.cue else None
        source = [_source_chars(items, speech.source)] if speech.source else None
        return Found("direct", content, cue, source, rule, confidence, unit)

    def _inner_items(self, number: int) -> Items:
        region = self.regions[number]
        children = self.children.get(number, ())
        return Items(self.text, region.inner_start, region.inner_end, children, self.regions, self.grammar)

    def _has_tag_inside(self, number: int) -> bool:
        """Whether the language leaves tags between the marks, and these marks hold one."""
        if not self.grammar.inner_tags:
            return False
        items = self._inner_items(number)
        return inner_speech(items, 0, len(items)) is not None

    def _tag_inside(self, number: int, found: Found, unit: int) -> None:
        """« Je pars, dit-il. Adieu. »: the tag stands between the marks."""
        if not self.grammar.inner_tags:
            return
        items = self._inner_items(number)
        speech = inner_speech(items, 0, len(items))
        if speech is not None:
            inner = self._spoken(items, speech, unit, "tag-inside", 0.85)
            found.content, found.cue, found.source = inner.content, inner.cue, inner.source
            found.rule, found.confidence, found.alone = inner.rule, inner.confidence, False

    def _deep(self, number: int, unit: int) -> None:
        """Pairs nested deeper than anybody reads: each is a quotation of its own, quoting nobody we know."""
        stack = list(self.children.get(number, ()))
        while stack:
            child = stack.pop()
            self._add_bare([child], unit, "mention", "nested-deep", 0.3)
            stack += self.children.get(child, ())

    def _frames(self, items: Items, frames: list[Frame], unit: int) -> Found | None:
        last: Found | None = None
        seen: set[tuple[Chars, ...]] = set()
        for frame in frames:
            if len(frames) > 1 and (_fragment_within(items, frame, frames) or _object_within(frame, frames)):
                continue
            found = self._found(items, frame, unit)
            key = tuple(found.content)
            if key in seen:
                continue
            seen.add(key)
            self.found.append(found)
            for number in found.regions:
                held = self.owner.get(number)
                if held is None or _size(found) < _size(held):
                    self.owner[number] = found
            found.split = frame.split
            if frame.split:
                last = found
            elif last is not None and found.cue is not None and not _participle(items, frame) and _outside(found, last):
                last = None  # the sentence went on to report something else
        return last

    def _goes_on_reporting(self, items: Items, frame: Frame, unit: int) -> bool:
        """Join a sentence in the subjunctive to one just before it: both are one report."""
        before = self.found[-1] if self.found else None
        if before is None or before.rule != "subjunctive" or before.unit != unit:
            return False
        start, end = items.starts[frame.content[0][0]], items.ends[frame.content[0][1] - 1]
        if self.text[before.content[-1][1] : start].strip(".!? \t\xa0\n"):
            return False
        before.content[-1] = before.content[-1][0], end
        numbers = [items.regions[at] for at in range(*frame.content[0]) if items.bits[at] & QUOTE]
        before.regions += numbers
        before.kind = "mixed" if before.regions else before.kind
        self.owner |= dict.fromkeys(numbers, before)
        self._fragments(items, [at for at in range(*frame.content[0]) if items.bits[at] & QUOTE], unit)
        return True

    def _inherit(self, frames: list[Frame], unit: int) -> None:
        """A sentence that goes on reporting without a verb of saying has the source of the one before."""
        if not frames:
            return
        found = self.found[-1]
        if frames[-1].rule == "subjunctive":
            if self.reported is not None and unit - self.reported.unit <= 1:
                found.source = self.reported.source
                self.reported.unit = unit
            return
        if found.source is not None:
            self.reported = _Pending(found.cue or found.source[0], found.source, unit)

    def _found(self, items: Items, frame: Frame, unit: int) -> Found:
        """Turn item ranges into characters; what is nothing but quotations is direct."""
        quoted = [at for first, stop in frame.content for at in items.within(items.quotes, first, stop)]
        regions = [items.regions[at] for at in quoted]
        direct = bool(quoted) and _only_quotations(items, frame.content)
        if direct:
            content = [self._inner(number) for number in regions]
        else:
            content = [(items.starts[first], items.ends[stop - 1]) for first, stop in frame.content]
        return Found(
            "direct" if direct else "mixed" if regions else "indirect",
            content,
            (items.starts[frame.cue[0]], items.ends[frame.cue[1] - 1]) if frame.cue else None,
            [_source_chars(items, frame.source)] if frame.source else None,
            frame.rule,
            frame.confidence,
            unit,
            regions,
        )

    def _inner(self, number: int) -> Chars:
        """What stands between the marks of a region, without blanks at the ends and without a label."""
        return words_of(self.text, self.regions[number])

    # ------------------------------------------------------------------ quotations without a verb in their sentence

    def _bare(
        self, items: Items, quoted: list[int], unit: int, last: Found | None, pending: _Pending | None
    ) -> Found | None:
        """A sentence that is nothing but quotations: it continues the one before, or stands alone."""
        numbers = [items.regions[at] for at in quoted]
        region = self.regions[numbers[0]]
        label = label_of(self.text, region)
        if label is not None:
            found = self._add_bare(numbers, unit, "direct", "label-in-quotation", 0.7)
            found.cue, found.source, found.alone = (label[1], label[1] + 1), [label], False
            return found
        if region.follows >= 0:
            held = self.owner.get(region.follows)
            if held is not None:
                return self._extend(held, numbers)
        if last is not None and last.split and not region.carried:
            return self._extend(last, numbers)
        if pending is not None:
            found = self._add_bare(numbers, unit, "direct", "colon-paragraph", 0.9)
            found.cue, found.source, found.alone = pending.cue, pending.source, False
            return found
        found = self._add_bare(numbers, unit, "direct", "stands-alone", 0.6)
        if len(numbers) == 1:
            self._tag_inside(numbers[0], found, unit)
        return found

    def _extend(self, found: Found, numbers: Sequence[int]) -> Found:
        for number in numbers:
            inner = (
                self._inner(number)
                if found.kind == "direct"
                else (self.regions[number].start, self.regions[number].end)
            )
            found.content.append(inner)
            found.regions.append(number)
            self.owner[number] = found
            if found.kind == "indirect":
                found.kind = "mixed"
        return found

    def _extend_clause(self, found: Found, items: Items, a: int, b: int, quoted: list[int]) -> None:
        """“…,” she said. “Y” for the others: the next sentence goes on in the same words, not all of them quoted."""
        while b > a and items.words[b - 1] in ".!?,":
            b -= 1
        found.content.append((items.starts[a], items.ends[b - 1]))
        found.kind = "mixed"
        for at in quoted:
            found.regions.append(items.regions[at])
            self.owner[items.regions[at]] = found

    def _continued(self, items: Items, a: int, quoted: list[int], last: Found | None) -> Found | None:
        """A paragraph that opens again what the last one left open, and has its own verb."""
        if not quoted or quoted[0] != a:
            return last
        number = items.regions[quoted[0]]
        follows = self.regions[number].follows
        if follows < 0:
            return last
        held, mine = self.owner.get(follows), self.owner.get(number)
        if held is None or held is mine:
            return last
        if mine is None:
            self._extend(held, [number])
            return held
        if held.alone and mine.kind == held.kind == "direct":
            mine.content = held.content + mine.content
            mine.regions = held.regions + mine.regions
            for moved in held.regions:
                self.owner[moved] = mine
            self._forget(held)
        return last

    def _forget(self, found: Found) -> None:
        """Take a quotation back: it is among the last ones, so the search starts there."""
        for at in range(len(self.found) - 1, -1, -1):
            if self.found[at] is found:
                del self.found[at]
                return

    def _rest(self, items: Items, quoted: list[int], unit: int, *, headline: bool = False) -> None:
        """Quotations no frame took: long ones quote somebody, short ones are mentions."""
        for at in quoted:
            number = items.regions[at]
            if number in self.owner:
                continue
            start, end = self._inner(number)
            words = len(self.text[start:end].split())
            if at and items.words[at - 1] == ":" and self.text[start : start + 1].isupper() and not headline:
                found = self._add_bare([number], unit, "direct", "colon-introduces", 0.5)
                before = self.found[-2] if len(self.found) > 1 and self.found[-2].unit == unit else None
                found.source = before.source if before is not None else None
            elif headline and words >= _HEADLINE:
                self._add_bare([number], unit, "direct", "headline-quotation", 0.45)
            elif name_like(self.text[start:end]):
                self._add_bare([number], unit, "mention", "name-like", 0.6)
            elif self._named_as(items, at):
                self._add_bare([number], unit, "direct", "named-as", 0.5)
            elif words >= 6 and self.regions[number].depth == 0:
                self._add_bare([number], unit, "direct", "long-in-sentence", 0.4)
            else:
                self._add_bare([number], unit, "mention", "short-in-sentence", 0.6)

    def _named_as(self, items: Items, at: int) -> bool:
        """Whether a quotation stands behind the word for `as`: what somebody calls something."""
        before = at - 1
        if before >= 0 and items.bits[before] & DETERMINER:
            before -= 1
        return before >= 0 and items.words[before] in self.grammar.naming

    def _fragments(self, items: Items, quoted: list[int], unit: int) -> None:
        """Quoted words in a reported clause, in languages that count them as a quotation of their own."""
        for at in quoted:
            number = items.regions[at]
            clause = self.owner.get(number)
            if clause is None or clause.kind != "mixed":
                continue
            start, end = self._inner(number)
            piece = self.text[start:end]
            if name_like(piece):
                continue
            if len(piece.split()) >= self.grammar.fragments or piece[:1].islower():
                found = self._add_bare([number], unit, "direct", "fragment-in-clause", clause.confidence - 0.1)
                found.cue, found.source, found.alone = clause.cue, clause.source, False

    def _add_bare(self, numbers: Sequence[int], unit: int, kind: QuoteKind, rule: str, confidence: float) -> Found:
        content = [self._inner(number) for number in numbers]
        found = Found(kind, content, None, None, rule, confidence, unit, list(numbers), alone=True)
        self.found.append(found)
        for number in numbers:
            self.owner[number] = found
        return found

    def _colon(self, items: Items, a: int, b: int, unit: int) -> _Pending | None:
        """The reporting verb of a sentence that ends in a colon."""
        for at in range(b - 2, a - 1, -1):
            bit = items.bits[at]
            if bit & CUE and bit & QUOTING:
                start = at
                while start > a and (items.bits[start - 1] & AUX or items.adverb(start - 1)):
                    start -= 1
                source = subject_before(items, start, a) or subject_after(items, at + 1, b - 1)
                cue = items.starts[start], items.ends[at]
                chars = [(items.starts[source[0]], items.ends[source[1] - 1])] if source else None
                return _Pending(cue, chars, unit)
        return None


def _source_chars(items: Items, source: tuple[int, int]) -> Chars:
    """The characters of a source; of a verb with its subject attached (dit-il), the subject."""
    start, end = items.starts[source[0]], items.ends[source[1] - 1]
    if items.bits[source[0]] & CLITIC:
        start = items.text.rindex("-", start, end) + 1
    return start, end


def _only_quotations(items: Items, content: list[tuple[int, int]]) -> bool:
    """Whether a content is nothing but quotations and what stands between them."""
    words, bits = items.words, items.bits
    for first, stop in content:
        for at in range(first, stop):
            if not bits[at] & QUOTE and words[at] not in ",.;":
                return False
    return True


def _participle(items: Items, frame: Frame) -> bool:
    return frame.cue is not None and any(items.bits[at] & PARTICIPLE for at in range(*frame.cue))


def _fragment_within(items: Items, frame: Frame, frames: list[Frame]) -> bool:
    """Whether a frame is only a quoted fragment within another reported clause: … what she calls a “mess”.

    The pair then belongs to the clause. A quotation that is a sentence of its own stays one.
    """
    words, bits = items.words, items.bits
    for a, b in frame.content:
        for at in range(a, b):
            if not bits[at] & QUOTE and words[at] != ",":
                return False
    first, stop = frame.content[0][0], frame.content[-1][1]
    sentence = items.text[items.starts[first] : items.ends[first]].lstrip(_MARKS)[:1].isupper()
    if sentence and frame.cue is not None and not items.bits[frame.cue[0]] & WEAK:
        return False
    return any(
        other is not frame and a <= first and stop <= b and (b - a) > (stop - first)
        for other in frames
        for a, b in other.content
    )


def _object_within(frame: Frame, frames: list[Frame]) -> bool:
    """Whether the object of a verb lies in a clause that is itself reported: she said he would demand an inquiry."""
    if frame.rule != "object":
        return False
    first, stop = frame.content[0][0], frame.content[-1][1]
    return any(
        other is not frame and a <= first and stop <= b and other.rule in _CLAUSES
        for other in frames
        for a, b in other.content
    )


_CLAUSES = frozenset({"clause-that", "clause-bare", "clause-question", "infinitive", "order", "noun-that"})


def _says_something(items: Items, frame: Frame) -> bool:
    """Whether the content holds a word or a quotation: a lone full stop is nobody's words."""
    words, bits = items.words, items.bits
    for first, stop in frame.content:
        for at in range(first, stop):
            if words[at][0].isalnum() or bits[at] & QUOTE or any(map(str.isalnum, words[at])):
                return True
    return False


def _outside(found: Found, last: Found) -> bool:
    """Whether `found` reports after `last` and not within its source (said Ann Lee, who noted that …)."""
    end = max(stop for _, stop in [*last.content, *(last.source or ())])
    return found.content[0][0] >= end and found.source == last.source


def _size(found: Found) -> int:
    return sum(end - start for start, end in found.content)
