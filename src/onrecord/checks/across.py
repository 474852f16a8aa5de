"""Checks across interviews: texts that are the same or nearly so, and collections unlike what their card expects.

Each interview leaves a small `Summary`; memory grows by about a kilobyte per interview while they are compared, time
linearly.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.checks.summaries import SKETCH, Summaries, Summary
from onrecord.codes import finding
from onrecord.collection.card import Bounds, Card
from onrecord.schema.interview import Finding

NEAR = 0.7
"""Share of shingles in common from which two texts are reported."""

_RECENT = 8  # of the many texts that share a hash, the number each new one is compared with
_MIN_SHARED = 3
_PARTS = 64  # of hashes, looked at one after the other: all at once would take much memory


def check_across(summaries: Summaries, cards: Mapping[str, tuple[str, Card]]) -> Iterator[Finding]:
    """Yield what is wrong between interviews; `cards` (with their paths) by the name of their collection."""
    first = _firsts(summaries)
    yield from same_texts(summaries, first)
    yield from near_duplicates(summaries, first)
    totals = {name: Totals() for name in cards}
    for item in summaries:
        if item.collection in totals:
            totals[item.collection].add(item)
    for name, (path, card) in cards.items():
        yield from unexpected(name, path, card, totals[name])


def same_texts(summaries: Summaries, first: Mapping[int, int] | None = None) -> Iterator[Finding]:
    """Yield a finding for each text that is the same as an earlier one, in whatever encoding or format it came.

    `first` is what `_firsts` returns, if it was asked already.
    """
    for index, original in (_firsts(summaries) if first is None else first).items():
        if summaries.readable(index):
            message = f"{summaries.path(original)} ({summaries.id(original)}) has the same text."
            yield finding("duplicate-text", summaries.path(index), message, where=summaries.id(index))


def _firsts(summaries: Summaries) -> Mapping[int, int]:
    """The first interview with the same text, of each that is not the first itself."""
    parts = [array("Q") for _ in range(_PARTS)]
    for index in range(len(summaries)):
        start = int.from_bytes(summaries.text(index)[:8], "big")
        parts[start % _PARTS].append(start)
    often = {start for part in parts for start, count in Counter(part).items() if count > 1}
    first: dict[bytes, int] = {}
    found: dict[int, int] = {}
    for index in range(len(summaries)) if often else ():
        text = summaries.text(index)
        if int.from_bytes(text[:8], "big") in often and (original := first.setdefault(text, index)) != index:
            found[index] = original
    return found


def near_duplicates(summaries: Summaries, first: Mapping[int, int] | None = None) -> Iterator[Finding]:
    """Yield a finding for each text that shares most of its shingles with an earlier, but not equal, one.

    Texts meet through the hashes they share; through one hash a text meets at most a few of the last ones, so
    that a phrase found everywhere costs no more than any other.
    """
    again = _firsts(summaries) if first is None else first
    before = _before(summaries, again)
    for index in range(len(summaries)):
        best = _most_similar(summaries, index, before)
        if best is not None:
            similarity, other = best
            where = f"{summaries.path(other)} ({summaries.id(other)})"
            message = f"About {similarity:.0%} of the text stands in {where}, too."
            yield finding("near-duplicate", summaries.path(index), message, where=summaries.id(index))


def _before(summaries: Summaries, again: Mapping[int, int]) -> Sequence[int]:
    """For each place in `summaries.hashes` the last place before it that holds the same hash; -1 if there is none.

    Places of texts in `again` are left out: they are compared with nothing.
    """
    hashes = summaries.hashes
    parts = [array("I") for _ in range(_PARTS)]
    for index in range(len(summaries)):
        if index not in again:
            for place, value in enumerate(summaries.sketch(index), SKETCH * index):
                parts[value % _PARTS].append(place)
    before = array("i", [-1]) * len(hashes)
    while parts:
        last: dict[int, int] = {}
        for place in parts.pop():
            value = hashes[place]
            before[place] = last.get(value, -1)
            last[value] = place
    return before


def _most_similar(summaries: Summaries, index: int, before: Sequence[int]) -> tuple[float, int] | None:
    met: list[int] = []
    for place in before[SKETCH * index : SKETCH * (index + 1)]:
        if place >= 0:
            met += _texts_at(place, before)
    sketch = summaries.sketch(index)
    near = [
        (resemblance(sketch, summaries.sketch(other)), other)
        for other, count in Counter(met).items()
        if count >= _MIN_SHARED
    ]
    best = max(near, key=lambda pair: pair[0], default=None)
    return best if best is not None and best[0] >= NEAR else None


def _texts_at(place: int, before: Sequence[int]) -> list[int]:
    """The last few texts that hold the hash at `place`, up to that one."""
    found = [place // SKETCH]
    while (place := before[place]) >= 0 and len(found) < _RECENT:
        found.append(place // SKETCH)
    return found[::-1]


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate the share of shingles two texts have in common, of the shorter one's (containment) or of all.

    Over the hashes below the smaller of the two highest kept ones both sketches are complete samples.
    """
    if not one or not other:
        return 0.0
    limit = min(one[-1], other[-1])
    left, right = {value for value in one if value <= limit}, {value for value in other if value <= limit}
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller >= _MIN_SHARED else 0.0


@dataclass(slots=True)
class Totals:
    """Sums over the readable interviews of a collection."""

    interviews: int = 0
    turns: int = 0
    unknown_turns: int = 0
    quotes: int = 0
    unknown_quotes: int = 0
    voices: int = 0
    without_question: int = 0
    without_turn: int = 0

    def add(self, item: Summary) -> None:
        """Count one more interview."""
        if not item.readable:
            return
        self.interviews += 1
        self.turns += item.turns
        self.unknown_turns += item.unknown_turns
        self.quotes += item.quotes
        self.unknown_quotes += item.unknown_quotes
        self.voices += item.voices
        self.without_question += not item.questions
        self.without_turn += not item.turns


_MEASURES: Mapping[str, Callable[[Totals], float]] = {
    "interviews": lambda totals: totals.interviews,
    "turns_per_interview": lambda totals: _ratio(totals.turns, totals.interviews),
    "quotes_per_interview": lambda totals: _ratio(totals.quotes, totals.interviews),
    "speakers_per_interview": lambda totals: _ratio(totals.voices, totals.interviews),
    "unattributed_turns": lambda totals: _ratio(totals.unknown_turns, totals.turns),
    "unattributed_quotes": lambda totals: _ratio(totals.unknown_quotes, totals.quotes),
    "no_interviewer": lambda totals: _ratio(totals.without_question, totals.interviews),
    "no_turns": lambda totals: _ratio(totals.without_turn, totals.interviews),
}


def unexpected(name: str, path: str, card: Card, totals: Totals) -> Iterator[Finding]:
    """Yield a finding for each measure of a collection that is outside what its card expects."""
    for side, bounds in (("at least", card.expect.min), ("at most", card.expect.max)):
        for measure, bound in _given(bounds):
            value = _MEASURES[measure](totals)
            if value < bound if side == "at least" else value > bound:
                message = f"`{measure}` is {value:.4g}; the card expects {side} {bound:.4g}."
                yield finding("outside-expectation", path, message, where=name)


def _given(bounds: Bounds) -> Iterator[tuple[str, float]]:
    for measure in _MEASURES:
        if (bound := getattr(bounds, measure)) is not None:
            yield measure, bound


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
