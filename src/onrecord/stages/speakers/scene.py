"""What the stage looks at, read once: the labels and who prints them where, the names in the text, the zones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from onrecord.collection.facts import Facts, LabelFact
from onrecord.names import Label, NameHit, Words, find_names, parse_label, words_for
from onrecord.names.endings import bases, declines, plain
from onrecord.schema.interview import Interview, Span, Turn

_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*\s|\n")


@dataclass(slots=True)
class LabelUse:
    """One label, exactly as printed, and the turns that print it."""

    text: str
    label: Label
    turns: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Offset of the first print."""
        return self.spans[0].start if self.spans else 0


class Found(NamedTuple):
    """A name in running text: the hit, its words, and the turn it stands in (-1: outside all turns).

    `text` is the name without case endings where its words show that it has some; `printed` has them.
    """

    hit: NameHit
    text: str
    turn: int
    printed: str

    @property
    def span(self) -> Span:
        """Where the name stands, without titles."""
        return Span(start=self.hit.start, end=self.hit.end)

    @property
    def outer(self) -> Span:
        """Where the name stands, with its title."""
        return Span(start=self.hit.outer, end=self.hit.end)


class Scene:
    """The interview as this stage sees it. Nothing here is changed after it was computed."""

    before: dict[int, tuple[str, ...]]
    """The words before an offset, as `onrecord.stages.speakers.context` has found them."""

    def __init__(self, interview: Interview, facts: Facts) -> None:
        self.interview = interview
        self.facts = facts
        self.before = {}
        self.text = interview.text
        self.turns: tuple[Turn, ...] = interview.turns
        self.language = interview.language
        self.words: Words = words_for(interview.language)
        self.outlet = facts.outlet or interview.outlet or _stated(interview, "outlet")
        self.spans = [turn.span for turn in interview.turns]
        self.first_turn = min([span.start for span in self.spans], default=len(self.text))

    @cached_property
    def label_facts(self) -> dict[str, LabelFact]:
        """What people say about labels, by the label as printed, edges aside."""
        return {_edges(fact.label): fact for fact in self.facts.labels}

    def label_fact(self, label: str) -> LabelFact | None:
        """Return what people say about a label as printed."""
        return self.label_facts.get(_edges(label)) if self.facts.labels else None

    @cached_property
    def printed(self) -> list[tuple[str, Span] | None]:
        """The label of each turn and where it stands; null where none is printed."""
        marks = sorted(
            (mark for mark in self.interview.marks if mark.kind in ("voice", "speaker") and mark.value),
            key=lambda mark: (mark.span.start, mark.span.end),
        )
        starts = [mark.span.start for mark in marks]
        found: list[tuple[str, Span] | None] = []
        for turn, span in zip(self.turns, self.spans, strict=True):
            if turn.label is not None and turn.label.end > turn.label.start:
                found.append((turn.label.of(self.text), turn.label))
                continue
            at = bisect_right(starts, span.start) - 1
            mark = marks[at] if at >= 0 else None
            if (
                mark is not None
                and mark.value
                and mark.span.end >= span.start
                and turn.evidence.attribution != "carried"
            ):
                found.append((mark.value, Span(start=span.start, end=span.start)))
            else:
                found.append(None)
        return found

    @cached_property
    def uses(self) -> list[LabelUse]:
        """The distinct labels in order of their first print, without those that people say are none."""
        found: dict[str, LabelUse] = {}
        stated = bool(self.facts.labels)
        for index, entry in enumerate(self.printed):
            if entry is None:
                continue
            text, span = entry
            fact = self.label_fact(text) if stated else None
            if fact is not None and fact.ignore:
                continue
            use = found.get(text)
            if use is None:
                use = found[text] = LabelUse(text, parse_label(text, self.language))
            use.turns.append(index)
            use.spans.append(span)
        return list(found.values())

    @cached_property
    def names(self) -> list[Found]:
        """The possible names of the running text, in order; labels are not running text."""
        end = len(self.text) + 1  # one place behind all names, so that no list has to be asked for its end
        places = [(entry[1].start, entry[1].end) for entry in self.printed if entry is not None]
        labels = [*sorted(places, key=itemgetter(0)), (end, end)]
        spans = [*[(span.start, span.end) for span in self.spans], (end, end)]
        found: list[Found] = []
        label = turn = 0
        hits = find_names(self.text, self.language)
        cases = declines(self.language)
        whole = (
            {self.text[hit.start : hit.end] for hit in hits if hit.kind in ("person", "unknown")} if cases else set()
        )
        for hit in hits:
            while labels[label][1] <= hit.start:
                label += 1
            if labels[label][0] < hit.end:
                continue
            while spans[turn][1] <= hit.start:
                turn += 1
            inside = spans[turn][0] <= hit.start
            printed = self.text[hit.start : hit.end]
            base = (plain(printed, self.language) or self._other_case(printed, whole)) if cases else None
            if base is not None and hit.kind == "unknown":
                hit = hit._replace(kind="person")
            found.append(Found(hit, base or printed, turn if inside else -1, printed))
        return found

    def _other_case(self, printed: str, whole: set[str]) -> str | None:
        """A full name without its case ending, if the text has it so, too (`Ann Roes`, where Ann Roe is named)."""
        if " " not in printed:
            return None
        found = [base for base in bases(printed, self.language) if base in whole]
        return found[0] if len(found) == 1 else None

    @cached_property
    def name_starts(self) -> list[int]:
        """Start offsets of `names`, titles included, for bisection."""
        return [found.hit.outer for found in self.names]

    def name_at(self, offset: int) -> int | None:
        """Return the index of the name that starts at `offset`, its title included."""
        at = bisect_right(self.name_starts, offset) - 1
        return at if at >= 0 and self.name_starts[at] == offset else None

    def names_before(self, offset: int, reach: int = 160) -> Iterator[Found]:
        """Yield the names that end before `offset` in the same sentence, nearest first."""
        at = bisect_right(self.name_starts, offset - 1) - 1
        while at >= 0:
            found = self.names[at]
            if found.hit.end <= offset:
                if offset - found.hit.end > reach or _SENTENCE_END.search(self.text, found.hit.end, offset):
                    return
                yield found
            at -= 1

    def in_lede(self, offset: int) -> bool:
        """Whether `offset` lies before the first turn."""
        return offset < self.first_turn

    @cached_property
    def lines_outside(self) -> list[tuple[int, int]]:
        """The `(start, end)` of the lines that belong to no turn, in order."""
        lines = []
        for start, end in self._outside():
            position = start
            while position < end:
                stop = self.text.find("\n", position, end)
                stop = end if stop < 0 else stop
                if stop > position:
                    lines.append((position, stop))
                position = stop + 1
        return lines

    def _outside(self) -> Iterable[tuple[int, int]]:
        position = 0
        for span in self.spans:
            if span.start > position:
                yield position, span.start
            position = max(position, span.end)
        if position < len(self.text):
            yield position, len(self.text)


def _edges(label: str) -> str:
    return label.strip().rstrip(":：").strip()


def _stated(interview: Interview, kind: str) -> str | None:
    for block in interview.blocks:
        for fact in block.facts:
            if fact.kind == kind:
                return fact.value
    return None
