"""Pairs of marks that no reporting verb of their sentence takes: each ends up in a quotation or is a mention."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.stages.quotes.dialogue import Speech, inner_speech
from onrecord.stages.quotes.found import Chars, Found, Ledger, Pending
from onrecord.stages.quotes.frames import source_chars
from onrecord.stages.quotes.grammar import DETERMINER, SENTENCE_ENDS
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import Range
from onrecord.stages.quotes.sentences import name_like
from onrecord.text.quotation import Region, label_of

_GOES_ON = frozenset(",;—–-")  # what may stand between a tag and the quotation its sentence goes on to
_ENDS = (". ", "! ", "? ", "… ", "\n")
TAGS = frozenset({"tag-after", "tag-inverted", "unknown-tag"})
_LONGEST_TAG = 160  # characters between them
_NEAR = 8  # items around a quotation in which its verb stands
_LONG = 6  # words in marks without a verb of saying that are taken to be said
_HEADLINE = 3  # words in marks in a headline that are taken to be said
Teller = Callable[[int], Range | None]  # who says the quotation at an item


def _told(items: Items, source: Range | None) -> list[Chars] | None:
    return None if source is None else [source_chars(items, source)]


class Pairs(Ledger):
    """Judges the pairs of marks that stand alone, and those that are left over."""

    def _spoken(self, items: Items, speech: Speech, unit: int, rule: str, confidence: float) -> Found:
        content = [items.chars(a, b) for a, b in speech.content]
        cue = items.chars(*speech.cue) if speech.cue else None
        source = [source_chars(items, speech.source)] if speech.source else None
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

    def _bare(
        self, items: Items, quoted: list[int], unit: int, last: Found | None, pending: Pending | None
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
        opens = last is not None and region.carried and last.unit != unit  # the next paragraph may have its tag
        if last is not None and last.unit != unit and self._marked_otherwise(region, last):
            last = None
        if last is not None and last.split and not opens and not self._has_tag_inside(numbers[0]):
            return self._extend(last, numbers)
        if pending is not None:
            found = self._add_bare(numbers, unit, "direct", "colon-paragraph", 0.9)
            found.cue, found.source, found.alone = pending.cue, pending.source, False
            return found
        found = self._add_bare(numbers, unit, "direct", "stands-alone", 0.6)
        if len(numbers) == 1:
            self._tag_inside(numbers[0], found, unit)
        return found

    def _marked_otherwise(self, region: Region, last: Found) -> bool:
        """Whether a paragraph stands in marks unlike those of the one before, as titles of parts do."""
        first = self.regions[last.regions[0]] if last.regions else region
        return self.text[region.start : region.inner_start] != self.text[first.start : first.inner_start]

    def _extend_clause(self, found: Found, items: Items, a: int, b: int, quoted: list[int]) -> None:
        """“…,” she said. “Y” for the others · But “Y.”: it goes on in the same words, not all of them quoted."""
        while b > a and items.words[b - 1] in ".!?,":
            b -= 1
        if found.kind == "direct":  # the marks of a mixed one are part of it
            found.content = [(self.regions[number].start, self.regions[number].end) for number in found.regions]
        found.content.append(items.chars(a, b))
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

    def _rest(
        self,
        items: Items,
        quoted: list[int],
        unit: int,
        teller: Callable[[int], Range | None],
        *,
        headline: bool = False,
    ) -> None:
        """Quotations no frame took: long ones quote somebody, short ones are mentions."""
        for at in quoted:
            number = items.regions[at]
            if number in self.owner:
                continue
            start, end = self._inner(number)
            words = len(self.text[start:end].split())
            tag = self._tag_before(items, at, unit)
            if tag is not None:
                found = self._add_bare([number], unit, "direct", "same-sentence", 0.7)
                found.cue, found.source, found.alone = tag.cue, tag.source, False
            elif at and items.words[at - 1] == ":" and self.text[start : start + 1].isupper() and not headline:
                found = self._add_bare([number], unit, "direct", "colon-introduces", 0.5)
                before = self.found[-2] if len(self.found) > 1 and self.found[-2].unit == unit else None
                told = _told(items, teller(at))
                found.source = told or (before.source if before is not None else None)
            elif headline and words >= _HEADLINE:
                self._add_bare([number], unit, "direct", "headline-quotation", 0.45)
            elif name_like(self.text[start:end]) or items.apposed(at) or (words > 1 and self._titled(items, at)):
                self._add_bare([number], unit, "mention", "name-like", 0.6)
            elif self._named_as(items, at):
                self._add_bare([number], unit, "direct", "named-as", 0.5).source = _told(items, teller(at))
            elif words >= self._long(self.text[start : start + 1], teller(at)) and self.regions[number].depth == 0:
                self._add_bare([number], unit, "direct", "long-in-sentence", 0.4).source = _told(items, teller(at))
            else:
                self._add_bare([number], unit, "mention", "short-in-sentence", 0.6)

    def _titled(self, items: Items, at: int) -> bool:
        return self.grammar.inner_commas and items.title(at)

    def _long(self, first: str, source: Range | None) -> int:
        """From how many words on quoted words quote somebody.

        Fewer are enough where the clause has somebody to say them and a small letter shows that they are no name.
        """
        return self.grammar.fragments if source is not None and first.islower() else _LONG

    def _tag_before(self, items: Items, at: int, unit: int) -> Found | None:
        """“Capital,” he cried; “then we may eat.”: the quotation whose tag the sentence goes on from, if it does."""
        if not at or items.words[at - 1] not in _GOES_ON:
            return None
        before = self.found[-1] if self.found and self.found[-1].unit == unit else None
        if before is None or before.kind != "direct" or before.cue is None or before.rule not in TAGS:
            return None
        tagged = max(before.cue[1], before.source[-1][1] if before.source else 0)
        between = self.text[tagged : items.start(at)]
        ended = tagged <= before.content[-1][1] or any(mark in between for mark in _ENDS)
        return None if ended or len(between) > _LONGEST_TAG else before

    def _named_as(self, items: Items, at: int) -> bool:
        """Whether a quotation stands behind the word for `as`: what somebody calls something."""
        before = at - 1
        if before >= 0 and items.bits[before] & DETERMINER:
            before -= 1
        if before < 0 or items.words[before] not in self.grammar.naming:
            return False
        return not self._standing(items, before, at)

    def _standing(self, items: Items, before: int, at: int) -> bool:
        """Whether the verb around a quotation says what something is, not what it is called: gilt als „schwierig“."""
        standing = self.grammar.words.get("standing", ())
        for way in (range(before - 1, max(-1, before - _NEAR), -1), range(at + 1, min(at + _NEAR, len(items)))):
            for place in way:
                if items.words[place] in SENTENCE_ENDS:
                    break
                if items.words[place] in standing:
                    return True
        return False

    def _fragments(self, items: Items, quoted: list[int], unit: int) -> None:
        """Quoted words in a reported clause, in languages that count them as a quotation of their own."""
        for at in quoted:
            number = items.regions[at]
            clause = self.owner.get(number)
            if clause is None or clause.kind != "mixed":
                continue
            start, end = self._inner(number)
            piece = self.text[start:end]
            if name_like(piece) or items.apposed(at):
                continue
            if len(piece.split()) >= self.grammar.fragments or piece[:1].islower():
                found = self._add_bare([number], unit, "direct", "fragment-in-clause", clause.confidence - 0.1)
                found.cue, found.source, found.alone = clause.cue, clause.source, False
