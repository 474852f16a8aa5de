"""From frames and pairs of marks to quotations: every pair of marks ends up in exactly one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.clauses import Sentence
from onrecord.stages.quotes.dialogue import dash_speech, opens_with_dash
from onrecord.stages.quotes.found import Chars, Found, Pending
from onrecord.stages.quotes.frames import (
    has_participle,
    is_fragment,
    is_object,
    only_quotations,
    says_something,
    source_chars,
)
from onrecord.stages.quotes.grammar import AUX, COORDINATOR, CUE, QUOTE, QUOTING, Grammar
from onrecord.stages.quotes.inversions import subject_after
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.pairs import TAGS, Pairs
from onrecord.stages.quotes.phrases import Range, subject_before
from onrecord.stages.quotes.sentences import has_dash_dialogue, has_words, is_dialogue, joined
from onrecord.stages.quotes.tokens import Token
from onrecord.stages.quotes.units import Unit
from onrecord.stages.quotes.verb_final import VerbFinal
from onrecord.stages.quotes.verb_second import VerbSecond
from onrecord.text.quotation import Region

_ORDERS: Mapping[str, type[Sentence]] = {"svo": Sentence, "v2": VerbSecond, "sov": VerbFinal}
_DEEPEST = 2  # quotations inside quotations are read for reporting verbs down to this depth
_LONGEST_REST = 20  # items of a sentence that goes on in marks and ends without
_LONGEST_OPENING = 8  # items before the quotation of a sentence that goes on
_INHERITS = frozenset({"subjunctive", "hypothetical", "goes-on-reporting"})  # rules that name no source
_NEXT = 120  # characters that may follow a report in its own sentence
_HEADLINE_LENGTH = 140  # characters of the longest first paragraph that is taken for a headline


@dataclass(slots=True)
class _Passage:
    """A paragraph, or what stands between two marks, while its sentences are read."""

    items: Items
    numbers: Sequence[int]  # the pairs of marks in it
    unit: int
    depth: int
    headline: bool
    pending: Pending | None  # what the paragraph before announced with a colon
    tail: Found | None  # the quotation that ended the paragraph before, where this one is one sentence
    last: Found | None = None  # the quotation that the next sentence may continue


class Finder(Pairs):
    """Finds the quotations of a text, paragraph by paragraph."""

    def __init__(self, text: str, units: Sequence[Unit], regions: Sequence[Region], grammar: Grammar) -> None:
        super().__init__(text, regions, grammar)
        self.units = units
        self.headlines = _headlines(units)
        self.sentence = _ORDERS.get(grammar.order, Sentence)
        self.dashes = grammar.dash_dialogue and has_dash_dialogue(text, units)
        self.dialogue = is_dialogue(text, units, regions)
        self.tail: Found | None = None  # the quotation that ended the last paragraph
        self.pending: Pending | None = None
        self.reported: tuple[list[Chars], int] | None = None  # the last source and where, for what goes on reporting
        self.nested = any(number >= 0 for number in self.children)

    def run(self) -> list[Found]:
        """Return the quotations in no particular order."""
        voice: str | None = None
        for number, unit in enumerate(self.units):
            if unit.voice != voice:  # nothing goes on in somebody else's words
                voice, self.tail, self.pending, self.reported = unit.voice, None, None, None
            self._range(unit.start, unit.end, self.children.get(-1 - number, ()), number, 0)
        return self.found

    def _range(self, start: int, end: int, numbers: Sequence[int], unit: int, depth: int) -> None:
        """Read a paragraph, or what stands between two marks."""
        headline = depth == 0 and unit in self.headlines
        pending, self.pending = self.pending, None
        tokens: list[Token] | None = None
        if not (numbers or headline or self.dashes):
            tokens = self.grammar.tokens.reporting(self.text[start:end])
            if tokens is None:
                self.tail = None
                return
        items = Items(self.text, start, end, numbers, self.regions, self.grammar, tokens)
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
        passage = _Passage(items, numbers, unit, depth, headline, pending, tail if len(sentences) == 1 else None)
        self._sentences(passage, sentences)
        if depth == 0 and not self.dialogue:
            self.tail = _to_go_on(passage.last)
        if numbers and self.nested:
            self._nested(numbers, unit, depth)

    def _sentences(self, passage: _Passage, sentences: Sequence[Range]) -> None:
        """Read the sentences that have something to start from: marks, words of saying, or that they are a headline."""
        items = passage.items
        quotes, grounds = items.quotes, items.grounds
        later = 0  # the first of the grounds that the sentences so far do not hold
        for a, b in sentences:
            quoted = items.within(quotes, a, b) if quotes else quotes
            ground, later = later, bisect_left(grounds, b, later)
            if ground == later and not quoted and not passage.headline:
                continue
            if quoted and not has_words(items, a, b):
                self._only_quoted(passage, a, quoted)
            else:
                self._sentence(passage, a, b, quoted)

    def _only_quoted(self, passage: _Passage, a: int, quoted: list[int]) -> None:
        """Read a sentence that is nothing but quotations."""
        before = passage.last or passage.tail
        last = self._bare(passage.items, quoted, passage.unit, before, passage.pending if a == 0 else None)
        if last is not None and last.rule == "stands-alone" and self.grammar.order == "v2":
            self._inherit_alone(last, passage.unit)
        passage.last = last

    def _sentence(self, passage: _Passage, a: int, b: int, quoted: list[int]) -> None:
        """Read a sentence with words of its own, with or without quotations."""
        items, unit = passage.items, passage.unit
        sentence = self.sentence(items, a, b, quoted=bool(quoted), headline=passage.headline)
        frames = sentence.run()
        if not frames and self._without_frames(passage, sentence, a, b, quoted):
            return
        if passage.depth == 0 and items.words[b - 1] == ":" and b == len(items):
            self.pending = self._colon(items, a, b, unit)
        if not frames and not quoted:
            return  # a sentence of the writer's between two of the same voice
        frames = self._telling(passage, frames)
        if len(frames) == 1 and self._makes_none(items, a, frames[0], unit):
            return
        last = self._frames(items, frames, quoted, unit) if frames else None
        if last is None and frames and quoted and quoted[0] == a and not self.dialogue:
            last = self._tagged(items.regions[a])
        if quoted:
            if a == 0 and passage.depth == 0:
                last = self._continued(items, a, quoted, last)
            self._rest(items, quoted, unit, sentence.teller, headline=passage.headline)
            if self.grammar.fragments:
                self._fragments(items, quoted, unit)
        passage.last = last

    def _without_frames(self, passage: _Passage, sentence: Sentence, a: int, b: int, quoted: list[int]) -> bool:
        """Note who speaks in a sentence that reports nothing; whether it goes on in the words of the one before."""
        items, last = passage.items, passage.last
        if sentence.speaking is not None:
            self.reported = [source_chars(items, sentence.speaking)], passage.unit
        if quoted and last is not None and last.split and self._goes_on(items, a, b, quoted):
            self._extend_clause(last, items, a, b, quoted)
            return True
        return False

    def _telling(self, passage: _Passage, frames: list[Frame]) -> list[Frame]:
        """The frames of a sentence that say something and are no tag of a quotation around it."""
        items = passage.items
        for frame in frames:
            if len(frame.content) > 1:  # a clause that would go on ends at once where the writer's words begin
                frame.content = [part for part in frame.content if part[0] < part[1]]
        frames = [frame for frame in frames if says_something(items, frame)]
        if passage.depth and self.grammar.inner_tags and frames:
            frames = self._without_tag(items, frames, passage.numbers)
        return frames

    def _makes_none(self, items: Items, a: int, frame: Frame, unit: int) -> bool:
        """Whether a sentence without a verb of saying makes no quotation: nothing is before it, or it joins that."""
        if frame.rule == "hypothetical":
            return not self._follows_report(items, a, unit)
        return frame.rule == "subjunctive" and self._goes_on_reporting(items, frame, unit)

    def _without_tag(self, items: Items, frames: list[Frame], numbers: Sequence[int]) -> list[Frame]:
        """The frames within a quotation but that of the tag which stands between its own marks."""
        outer = self.regions[numbers[0]].parent if numbers else -1
        held = self.owner.get(outer)
        if held is None or held.rule != "tag-inside" or held.cue is None:
            return frames
        return [frame for frame in frames if frame.cue is None or items.chars(*frame.cue)[1] != held.cue[1]]

    def _tagged(self, number: int) -> Found | None:
        """The quotation that opens a sentence and has its tag there, however long: the next one may go on with it."""
        held = self.owner.get(number)
        if held is None or held.kind != "direct" or held.rule not in TAGS:
            return None
        held.split = True
        return held

    def _goes_on(self, items: Items, a: int, b: int, quoted: list[int]) -> bool:
        """Whether a sentence without a verb of saying goes on in the words of the one before.

        “Y” for the others · But “Y.” · Now, “Y.”
        """
        if quoted[0] == a:
            return b - a < _LONGEST_REST
        if not self.grammar.inner_commas:
            return False
        opens = items.bits[a] & COORDINATOR or items.words[quoted[0] - 1] == ","
        return bool(opens) and quoted[0] - a <= _LONGEST_OPENING and items.ends[quoted[-1]] >= items.ends[b - 1] - 1

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
        self._rest(items, items.quotes, unit, _nobody)

    def _frames(self, items: Items, frames: list[Frame], quoted: list[int], unit: int) -> Found | None:
        """Keep the frames of a sentence; return the quotation that the next one may continue."""
        if len(frames) == 1:
            found = self._keep(self._found(items, frames[0], quoted, unit))
            self._inherit(frames[0], found, unit)
            return found if found.split else None
        last: Found | None = None
        seen: set[tuple[Chars, ...]] = set()
        for frame in frames:
            if is_fragment(items, frame, frames) or is_object(frame, frames):
                continue
            found = self._found(items, frame, quoted, unit)
            key = tuple(found.content)
            if key in seen:
                continue
            seen.add(key)
            self._keep(found)
            if frame.split:
                last = found
            elif last and frame.cue and not has_participle(items, frame.cue) and _outside(found, last):
                last = None  # the sentence went on to report something else
        self._inherit(frames[-1], self.found[-1], unit)
        return last

    def _keep(self, found: Found) -> Found:
        """Add a quotation; a pair of marks belongs to the shortest one it stands in."""
        self.found.append(found)
        for number in found.regions:
            held = self.owner.get(number)
            if held is None or _size(found) < _size(held):
                self.owner[number] = found
        return found

    def _goes_on_reporting(self, items: Items, frame: Frame, unit: int) -> bool:
        """Join a sentence in the subjunctive to one just before it: both are one report."""
        before = self.found[-1] if self.found else None
        if before is None or before.rule != "subjunctive" or before.unit != unit:
            return False
        start, end = items.chars(*frame.content[0])
        stopped = before.content[-1][1]
        if stopped > start or self.text[stopped:start].strip(".!? \t\xa0\n"):
            return False  # a quotation is read after the sentence around it: the report may stand behind it
        before.content[-1] = before.content[-1][0], end
        numbers = [items.regions[at] for at in range(*frame.content[0]) if items.bits[at] & QUOTE]
        before.regions += numbers
        before.kind = "mixed" if before.regions else before.kind
        self.owner |= dict.fromkeys(numbers, before)
        self._fragments(items, [at for at in range(*frame.content[0]) if items.bits[at] & QUOTE], unit)
        return True

    def _inherit_alone(self, found: Found, unit: int) -> None:
        """A quotation that stands alone goes on with the voice its paragraph reports (er wies das ab. „Nein.“)."""
        if self.reported is not None and self.reported[1] == unit and found.source is None:
            found.source = self.reported[0]

    def _follows_report(self, items: Items, a: int, unit: int) -> bool:
        """Whether the sentence at item `a` stands right behind a report of its own paragraph."""
        before = self.found[-1] if self.found else None
        if before is None or before.unit != unit or before.kind == "mention":
            return False
        spans = [before.content[-1], *([before.cue] if before.cue else ()), *(before.source or ())]
        first, last = max(end for _, end in spans), items.start(a)
        if not 0 <= last - first <= _NEXT:  # asked before it is cut out: the paragraph may be a whole book
            return False
        between = self.text[first:last].rstrip(' .\xa0\n“”"')
        return not any(mark in between for mark in ".!?\n")

    def _inherit(self, frame: Frame, found: Found, unit: int) -> None:
        """A sentence that goes on reporting without a verb of saying has the source of the one before."""
        if frame.rule in _INHERITS:
            if self.reported is not None and unit - self.reported[1] <= 1:
                found.source = self.reported[0]
                self.reported = found.source, unit
        elif found.source is not None:
            self.reported = found.source, unit

    def _found(self, items: Items, frame: Frame, quoted: list[int], unit: int) -> Found:
        """Turn item ranges into characters; what is nothing but quotations is direct."""
        regions: list[int] = []
        if quoted:
            for first, stop in frame.content:
                regions += [items.regions[at] for at in items.within(quoted, first, stop)]
        direct = bool(regions) and only_quotations(items, frame.content)
        if direct:
            content = [self._inner(number) for number in regions]
        else:
            content = [items.chars(first, stop) for first, stop in frame.content]
        return Found(
            "direct" if direct else "mixed" if regions else "indirect",
            content,
            items.chars(*frame.cue) if frame.cue else None,
            [source_chars(items, frame.source)] if frame.source else None,
            frame.rule,
            frame.confidence,
            unit,
            regions,
            frame.split,
        )

    def _colon(self, items: Items, a: int, b: int, unit: int) -> Pending | None:
        """The reporting verb of a sentence that ends in a colon."""
        for at in range(b - 2, a - 1, -1):
            bit = items.bits[at]
            if bit & CUE and bit & QUOTING:
                start = at
                while start > a and (items.bits[start - 1] & AUX or items.adverb(start - 1)):
                    start -= 1
                source = subject_before(items, start, a) or subject_after(items, at + 1, b - 1)
                cue = items.chars(start, at + 1)
                chars = [items.chars(*source)] if source else None
                return Pending(cue, chars, unit)
        return None


def _to_go_on(last: Found | None) -> Found | None:
    """The last quotation of a paragraph if the next one may go on with it."""
    if last is None or not last.split:
        return None
    return last if last.kind == "direct" or (last.kind == "mixed" and last.rule in TAGS) else None


def _nobody(_: int) -> None:
    """Nobody tells what stands behind a dash but the one who speaks."""


def _headlines(units: Sequence[Unit]) -> set[int]:
    """The paragraphs that are headlines: marked so, or the short first one of several."""
    headlines = {number for number, unit in enumerate(units) if unit.kind == "title"}
    if len(units) > 1 and units[0].kind is None and units[0].turn is None:
        headlines |= {0} if units[0].end - units[0].start <= _HEADLINE_LENGTH else set()
    return headlines


def _outside(found: Found, last: Found) -> bool:
    """Whether `found` reports after `last` and not within its source (said Ann Lee, who noted that …)."""
    end = max(stop for _, stop in [*last.content, *(last.source or ())])
    return found.content[0][0] >= end and found.source == last.source


def _size(found: Found) -> int:
    return sum(end - start for start, end in found.content)
