"""Where the main content of a page stands: the smallest element that holds nearly all of the page's prose.

Prose is what stands in elements outside links, in stretches long enough to be a sentence; menus, lists of headlines,
buttons and bylines have little of it, whatever their elements are called. What is known to be furniture has none.
Cautious by design: a page with prose in several places keeps the element around them all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

_SENTENCE = 25
"""Characters outside links that make a stretch prose."""
_LEAST = 0.2
"""A page with a smaller share of prose is a list or a form: its main content is all of it."""
_NEARLY_ALL = 0.7
_HALF = 0.5
"""Enough of the prose for an element that says that it is the main content."""
_WORDS = 0.5
"""So much of all that stands outside links is in the main content, sentence or not: answers may be short."""
_CLEAN = 0.7
"""An element around the main content belongs to it if what it adds is prose to this share (an introduction)."""
_TITLE_BEFORE = 1500
"""So close before the main content, a title begins it: byline and date stand between them."""

Stretch = tuple[int, int]


class Region(NamedTuple):
    """A block element: its place, the characters outside links that stand in no block within, what it says it is.

    Regions are listed in the order in which they end: those within one are the ones from number `first` up to it.
    """

    start: int
    end: int
    own: int
    first: int
    is_main: bool


def main_content(
    regions: Sequence[Region], furniture: Iterable[Stretch], titles: Sequence[Stretch], size: int
) -> Stretch:
    """Return the stretch of the main content of a page of `size` characters; all of it if none stands out."""
    blank = _merged(furniture)
    held = _held(regions, _own(regions, blank, _SENTENCE))
    if held[-1] < _LEAST * size:
        return 0, size
    words = _held(regions, _own(regions, blank, 1))
    regions = (*regions, Region(0, size, 0, 0, False))
    eligible = [
        number
        for number, region in enumerate(regions)
        if held[number] >= (_HALF if region.is_main else _NEARLY_ALL) * held[-1] and words[number] >= _WORDS * words[-1]
    ]
    eligible.sort(key=lambda number: (regions[number].end - regions[number].start, -number))
    start, end, holds, said = 0, size, held[-1], False
    for place, number in enumerate(eligible):
        region = regions[number]
        added = (region.end - region.start) - (end - start)
        around = region.start <= start and end <= region.end
        is_little = added <= _SENTENCE and not said
        if place == 0 or (around and (is_little or held[number] - holds >= _CLEAN * added)):
            start, end, holds, said = region.start, region.end, held[number], region.is_main
    before = [title for title, stop in titles if stop <= start <= stop + _TITLE_BEFORE]
    return (before[-1] if before else start), end


def _held(regions: Sequence[Region], own: Sequence[int]) -> list[int]:
    """What each region holds with all regions within, and last what the page holds."""
    sums = [0, *accumulate(own)]
    return [*(sums[number + 1] - sums[region.first] for number, region in enumerate(regions)), sums[-1]]


def _own(regions: Sequence[Region], blank: Sequence[Stretch], least: int) -> list[int]:
    """The characters of each region alone: none where there are fewer than `least`, or they stand in furniture."""
    starts = [start for start, _ in blank]
    made: list[int] = []
    for region in regions:
        at = bisect_right(starts, region.start) - 1
        in_blank = at >= 0 and region.end <= blank[at][1]
        made.append(0 if in_blank or region.own < least else region.own)
    return made


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    made: list[Stretch] = []
    for start, end in sorted(stretches):
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(made[-1][1], end)
        else:
            made.append((start, end))
    return made
