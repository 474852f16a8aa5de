"""Praat's TextGrid, long and short: what the intervals of all tiers say, by time; a tier's name is who speaks.

Both forms hold the same strings and numbers in the same order; the words around them are for people. Tiers that cut
what another tier says into words or sounds are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._builder import Builder
from onrecord.readers._declared import decode_declared
from onrecord.readers._utterances import Utterance, write

_VALUE = re.compile(
    r'"(?P<string>[^"]*(?:""[^"]*)*)"|\[\d*\]|(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|<(?P<flag>\w+)>'
)
_CLASSES = ("IntervalTier", "TextTier")
_FEW_WORDS = 1.5
"""Fewer words in an interval, on average, are a tier of words or sounds."""

Value = str | float


@dataclass(frozen=True, slots=True)
class _Interval:
    start: float
    end: float
    text: str


class _Cut(Exception):
    """The file ends, or goes on with something else, where a value should stand."""


def read(data: bytes, facts: Facts) -> Reading:
    """Make a text and marks of a TextGrid; never raises for broken data."""
    decoded = decode_declared(data, facts.encoding, None)
    problems = list(decoded.problems)
    if not decoded.text.strip():
        return Reading("", decoded.encoding, decoded.newline, (), tuple(problems))
    if "TextGrid" not in decoded.text[:200]:
        message = "The file is not a TextGrid: it does not begin as one."
        return Reading("", None, "none", (), (Problem("unreadable-format", message),))
    tiers: list[tuple[str, list[_Interval]]] = []
    try:
        _read_tiers(_values(decoded.text), tiers)
    except _Cut as error:
        problems.append(Problem("cut-off", f"The file breaks off or is damaged: {error}."))
    out = Builder()
    write(_utterances(tiers), out)
    if not out.size:
        problems.append(Problem("nothing-recognised", "The file has no interval with words."))
    marks = out.marks.done()
    problems += out.marks.problems
    return Reading(out.text, decoded.encoding, decoded.newline, marks, tuple(problems))


def _values(text: str) -> Iterator[Value]:
    """Yield the strings and numbers of a file in order."""
    for found in _VALUE.finditer(text):
        if found["string"] is not None:
            yield found["string"].replace('""', '"')
        elif found["number"] is not None:
            yield float(found["number"])


def _read_tiers(values: Iterator[Value], tiers: list[tuple[str, list[_Interval]]]) -> None:
    """Read tier by tier into `tiers`, so that what stands before a break is there. Raises `_Cut`."""
    for value in values:  # over the file's own head
        if value == "TextGrid":
            break
    _number(values), _number(values)
    for number in range(int(_number(values))):
        kind = _string(values)
        if kind not in _CLASSES:
            raise _Cut(f"tier {number + 1} is of no known class")
        held: list[_Interval] = []
        tiers.append((_string(values), held))
        _number(values), _number(values)
        for _ in range(int(_number(values))):
            start = _number(values)
            end = _number(values) if kind == "IntervalTier" else start
            held.append(_Interval(start, end, _string(values)))


def _number(values: Iterator[Value]) -> float:
    value = next(values, None)
    if not isinstance(value, float) or not 0 <= abs(value) < 1e9:
        raise _Cut("a number is missing")
    return value


def _string(values: Iterator[Value]) -> str:
    value = next(values, None)
    if not isinstance(value, str):
        raise _Cut("a text is missing")
    return value


def _utterances(tiers: Sequence[tuple[str, list[_Interval]]]) -> list[Utterance]:
    spoken = [(name, [held for held in intervals if held.text.strip()]) for name, intervals in tiers]
    fuller = [(name, intervals) for name, intervals in spoken if _words(intervals) >= _FEW_WORDS]
    said = [(held, name) for name, intervals in fuller or spoken for held in intervals]
    said.sort(key=lambda pair: (pair[0].start, pair[0].end))
    return [
        Utterance(
            held.text.strip(), name.strip() or None, None, *(max(0, round(at * 1000)) for at in (held.start, held.end))
        )
        for held, name in said
    ]


def _words(intervals: Sequence[_Interval]) -> float:
    return sum(len(held.text.split()) for held in intervals) / len(intervals) if intervals else 0.0


READER = Reader(
    name="textgrid",
    version="1",
    media_type="text/plain",
    suffixes=(".textgrid",),
    read=read,
    derived=True,
    recognises=begins(b'File type = "ooTextFile"'),
)
