"""The paragraphs quotations are looked for in: those of the turns, and the rest of the text around them."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import NamedTuple

from onrecord.schema.interview import Interview
from onrecord.text.lines import split_lines

_SKIPPED = frozenset({"separator", "blank", "boilerplate", "timestamp", "event"})
_PLACE = itemgetter(0, 1)
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n\s*")


class Unit(NamedTuple):
    """One paragraph: `text[start:end]`, the turn it belongs to, and the kind of its block (null if unknown).

    `voice` is what a quotation or a report cannot go beyond: the turn, the headline, or what stands outside of both.
    """

    start: int
    end: int
    turn: str | None
    kind: str | None
    voice: str | None = None


def units_of(interview: Interview) -> list[Unit]:
    """Return the paragraphs of an interview in order, without labels, separators and boilerplate."""
    units = [
        Unit(span.start, span.end, turn.id, "turn", turn.id)
        for turn in interview.turns
        for span in turn.paragraphs
        if span.end > span.start
    ]
    if interview.blocks:
        skipped = _SKIPPED | {"turn"} if interview.turns else _SKIPPED
        for block in interview.blocks:
            if block.kind not in skipped:
                units += _paragraphs(interview.text, block.span.start, block.span.end, block.kind)
        units.sort(key=_PLACE)
        return _disjoint(units) if interview.turns else units
    lines = [Unit(line.start, line.end, None, None) for line in split_lines(interview.text) if line.end > line.start]
    return _disjoint(sorted(units + lines, key=_PLACE)) if units else lines


def _paragraphs(text: str, start: int, end: int, kind: str) -> list[Unit]:
    """A block's paragraphs: a blank line inside a block separates two."""
    voice = kind if kind == "title" else None
    piece = text[start:end]
    body = piece.rstrip()
    if "\n" not in body and piece.count("\n", len(body)) < 2:
        return [Unit(start, start + len(body), None, kind, voice)] if body else []
    result = []
    at = start
    for match in _BLANK_LINE.finditer(text, start, end):
        result.append(Unit(at, match.start(), None, kind, voice))
        at = match.end()
    result.append(Unit(at, start + len(body), None, kind, voice))
    return [unit for unit in result if unit.end > unit.start]


def _disjoint(units: list[Unit]) -> list[Unit]:
    """Drop what overlaps a paragraph of a turn: the turns know better where their labels are."""
    turned = [unit for unit in units if unit.turn is not None]
    result: list[Unit] = []
    place = 0
    for unit in units:
        if unit.turn is not None:
            result.append(unit)
            continue
        while place < len(turned) and turned[place].end <= unit.start:
            place += 1
        if place < len(turned) and turned[place].start < unit.end:
            continue
        result.append(unit)
    return result
