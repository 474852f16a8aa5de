"""Where a text says again what another stretch of it says: runs of words in common, or the nearest sentence.

Runs of words shared by the two sides are found by an index over the shorter one's word groups, so the longer one
is read once. Where no run is shared, the sentence with most of the content words is the nearest. Words are
compared by their first letters, so that `friendly` and `friendliness` count as one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

Range = tuple[int, int]

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE_END = re.compile(r"[.!?…]|\n")
_RUN = 3  # words in a row that make two texts worth comparing
_MOST = 400  # words of a quotation that are compared
_PLACES = 8  # places of one run that are followed up
_NEAR = 0.4  # share of the content words that one sentence must have
_LEAST = 4  # content words needed for that
_LONG = 3  # letters of the longest word that is no content word
_STEM = 5
_SIMILAR = 0.4  # similarity below which a shared run is a commonplace


class Aligned(NamedTuple):
    """`text[start:end]`, in the stretch number `said`, has the words; 1.0 for the same words in the same order.

    `differences` holds (asked, said) ranges of the text where the two differ; either may be empty (0, 0).
    """

    said: int
    start: int
    end: int
    similarity: float
    differences: tuple[tuple[Range, Range], ...]


class _Words(NamedTuple):
    folded: list[str]
    spans: list[Range]


class _Place(NamedTuple):
    said: int
    first: int
    stop: int


def align(text: str, asked: Sequence[Sequence[Range]], said: Sequence[Sequence[Range]]) -> list[Aligned | None]:
    """For each of `asked` (stretches of `text`, in parts), return where `said` has its words, or null.

    Linear in the text of both sides for a bounded number of words per asked stretch (400).
    """
    if not asked:
        return []  # most interviews ask nothing: their words need not be read
    theirs = [_words(text, parts) for parts in said]
    mine = [_words(text, parts, _MOST) for parts in asked]
    runs = _shared_runs(mine, theirs)
    results: list[Aligned | None] = []
    rest: list[int] = []
    for at, words in enumerate(mine):
        place = _best_run(words, runs.get(at), theirs)
        found = _compare(words, theirs, place) if place is not None else None
        results.append(found if found is not None and found.similarity >= _SIMILAR else None)
        if results[-1] is None:
            rest.append(at)
    for at, place in _nearest(text, {at: mine[at] for at in rest}, theirs):
        results[at] = _compare(mine[at], theirs, place)
    return results


def _words(text: str, parts: Iterable[Range], limit: int | None = None) -> _Words:
    found = islice((match for start, end in parts for match in _WORD.finditer(text, start, end)), limit)
    spans = [match.span() for match in found]
    return _Words([text[start:end].casefold().replace("’", "'") for start, end in spans], spans)


def _shared_runs(mine: Sequence[_Words], theirs: Sequence[_Words]) -> dict[int, Counter[Range]]:
    """For each asked stretch, the shared runs by stretch and by how far the two are shifted."""
    index: dict[tuple[str, ...], list[Range]] = defaultdict(list)
    sizes: set[int] = set()
    for at, words in enumerate(mine):
        size = min(_RUN, len(words.folded))
        if not size:
            continue
        sizes.add(size)
        for place in range(len(words.folded) - size + 1):
            index[tuple(words.folded[place : place + size])].append((at, place))
    runs: dict[int, Counter[Range]] = defaultdict(Counter)
    for number, words in enumerate(theirs):
        for size in sizes:
            columns = [words.folded[shift:] for shift in range(size)]
            for place, key in enumerate(zip(*columns, strict=False)):
                for at, here in index.get(key, ())[:_PLACES]:
                    runs[at][number, place - here] += 1
    return runs


def _best_run(words: _Words, runs: Counter[Range] | None, theirs: Sequence[_Words]) -> _Place | None:
    if not runs:
        return None
    (number, shift), _ = max(runs.items(), key=lambda item: (item[1], -item[0][0], -abs(item[0][1])))
    first, stop = max(0, shift), min(len(theirs[number].folded), shift + len(words.folded))
    return _Place(number, first, stop) if stop > first else None


def _nearest(text: str, mine: Mapping[int, _Words], theirs: Sequence[_Words]) -> Iterable[tuple[int, _Place]]:
    """The sentence that shares most content words with each asked stretch."""
    index: dict[str, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for at, words in mine.items():
        stems = _content(words.folded)
        sizes[at] = len(stems)
        if len(stems) >= _LEAST:
            for stem in stems:
                index[stem].append(at)
    best: dict[int, tuple[float, _Place]] = {}
    for number, words in enumerate(theirs):
        if not index:
            break
        for first, stop in _sentences(text, words):
            shared: Counter[int] = Counter()
            for stem in _content(words.folded[first:stop]):
                shared.update(index.get(stem, ())[:_MOST])
            for at, count in shared.items():
                score = count / sizes[at]
                if score >= _NEAR and (at not in best or score > best[at][0]):
                    best[at] = score, _Place(number, first, stop)
    for at, (_, place) in best.items():
        yield at, place


def _content(words: Iterable[str]) -> set[str]:
    return {_stem(word) for word in words if len(word) > _LONG}


def _stem(word: str) -> str:
    return word.partition("'")[0][:_STEM]


def _sentences(text: str, words: _Words) -> Iterable[Range]:
    first = 0
    spans = words.spans
    for at in range(1, len(spans)):
        if _SENTENCE_END.search(text, spans[at - 1][1], spans[at][0]):
            yield first, min(at, first + _MOST)
            first = at
    if first < len(spans):
        yield first, min(len(spans), first + _MOST)


def _compare(words: _Words, theirs: Sequence[_Words], place: _Place) -> Aligned | None:
    other = theirs[place.said]
    spans = other.spans[place.first : place.stop]
    said = other.folded[place.first : place.stop]
    start, end = spans[0][0], spans[-1][1]
    if words.folded == said:
        return Aligned(place.said, start, end, 1.0, ())
    similarity = _similarity(words.folded, said)
    if not similarity:
        return None
    matcher = SequenceMatcher(None, words.folded, said, autojunk=False)
    differences = tuple(
        (_range(words.spans[a:b]), _range(spans[c:d])) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"
    )
    return Aligned(place.said, start, end, similarity, differences)


def _similarity(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """Share of words in common (by their first letters, in any order), below 1 where the words differ."""
    left, right = Counter(map(_stem, mine)), Counter(map(_stem, theirs))
    common = sum((left & right).values())
    return min(0.9999, round(2 * common / (len(mine) + len(theirs)), 4))


def _range(spans: Sequence[Range]) -> Range:
    return (spans[0][0], spans[-1][1]) if spans else (0, 0)
