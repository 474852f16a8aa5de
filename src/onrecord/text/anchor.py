"""Find a place again after a text has changed: by its position, its words, and the words around them.

A place is remembered by two selectors, as in the W3C Web Annotation model: the position, and the exact words
with some of the text before and after. `Anchors.find` looks for it in three ways, each surer than the next:

1. the words stand where they stood, within the same context: *kept*;
2. they stand with the same context in one other place: *moved*;
3. words and context are aligned, word by word, with the places that share runs of words with them. Blanks,
   line ends, case and the shape of quotation marks and dashes do not count. The best place is taken if enough of
   the words are there and no other place comes near it, also none a few lines away that repeats the same words.

Otherwise it is *ambiguous* (several places come near) or *lost*. A place is never guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal, NamedTuple

AnchorStatus = Literal["kept", "moved", "ambiguous", "lost"]

CONTEXT = 32
MAX_CONTEXT = 256

_TOKEN = re.compile(r"\w+|[^\w\s]")
_FOLDED = str.maketrans({**dict.fromkeys('"“”„‟«»‹›‘’‚‛`´＂＇「」『』', "'"), **dict.fromkeys("‐‑‒–—―−", "-")})
_GRAM = 3
_COMMON = 64  # a run of words that occurs more often than this says little about where one stands
_CANDIDATES = 5
_LONG = 250  # tokens from which alignment is heuristic, so that cost stays near linear
_ENOUGH = 0.5  # share of the words themselves that has to be there
_ENOUGH_IN_ALL = 0.5  # share of words and context together
_ENOUGH_CONTEXT = 0.25  # share of the context: the same words elsewhere are another place
_SURE_CONTEXT = 0.8
_AHEAD = 0.1  # by which the best place has to be better than the next
_WORDS_AHEAD = 2.5  # and by more than two words: a word or two that were changed must not decide


class Token(NamedTuple):
    """A word or a sign, folded for comparison, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Two selectors of a place: `start` and `end` where it stood (None: unknown), its words, and their context."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Old tokens (at their old offsets) and, for each, the number of the new token that is the same, or None."""

    old: Sequence[Token]
    new: Sequence[int | None]
    tokens: Sequence[Token]

    def translate(self, start: int, end: int) -> tuple[int, int] | None:
        """Turn a range of the old text into one of the new.

        None if it is not within what is known, or if nothing of it is left. An edge whose words were replaced is
        where the words are that replaced them.
        """
        if start < self.old[0].start or end > self.old[-1].end:
            return None
        first = bisect_right([token.end for token in self.old], start)
        last = bisect_left([token.start for token in self.old], end) - 1
        there = [at for at in range(first, last + 1) if self.new[at] is not None]
        if not there:
            return None
        left = self._edge(there[0], first, -1)
        right = self._edge(there[-1], last, 1)
        return self.tokens[left].start, self.tokens[right].end

    def _edge(self, nearest: int, edge: int, step: int) -> int:
        """The new token at an edge: as many beyond the nearest one that is there as were replaced between the two."""
        at = self.new[nearest]
        assert at is not None
        beyond = range(edge + step, len(self.old) if step > 0 else -1, step)
        neighbour = next((other for index in beyond if (other := self.new[index]) is not None), None)
        if neighbour is None:
            return at
        return at + step * min(abs(edge - nearest), abs(neighbour - at) - 1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a place is now, and how ranges near it (within its words and their context) are translated."""

    status: AnchorStatus
    start: int = 0
    end: int = 0
    known: tuple[int, int] = (0, 0)
    shift: int = 0
    alignment: Alignment | None = None

    @property
    def found(self) -> bool:
        """Whether there is a place at all."""
        return self.status in ("kept", "moved")

    def translate(self, start: int, end: int) -> tuple[int, int] | None:
        """Turn a range of the old text into one of the new; None if it is not within what is known, or is gone."""
        if not self.found:
            return None
        if self.alignment is not None:
            return self.alignment.translate(start, end)
        return (start + self.shift, end + self.shift) if self.known[0] <= start <= end <= self.known[1] else None


def describe(text: str, start: int, end: int) -> Place:
    """Return the selectors of `text[start:end]`, with as much context (32 to 256) as makes the words unique."""
    exact = text[start:end]
    size = CONTEXT
    while size < MAX_CONTEXT and text.count(text[max(0, start - size) : end + size]) > 1:
        size *= 2
    return Place(exact, text[max(0, start - size) : start], text[end : end + size], start, end)


class Anchors:
    """Finds places in one text; what is needed to find the second is kept from the first."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """The words and signs of the text."""
        return _tokens(self.text)

    @cached_property
    def _grams(self) -> dict[tuple[str, ...], list[int]]:
        grams: dict[tuple[str, ...], list[int]] = {}
        words = [token.word for token in self.tokens]
        for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
            grams.setdefault(gram, []).append(at)
        return grams

    def find(self, place: Place) -> Anchor:
        """Return where `place` is in this text. Never raises, and never guesses."""
        if not place.exact.strip():
            return self._by_position(place)
        whole = place.prefix + place.exact + place.suffix
        if self._stands_at(place, whole):
            assert place.start is not None
            return _shifted(place, place.start, "kept")
        found = list(_occurrences(self.text, whole, 2))
        if len(found) == 1:
            return _shifted(place, found[0] + len(place.prefix), "moved")
        if len(found) > 1:
            return Anchor("ambiguous")
        return self._by_alignment(place)

    def _by_position(self, place: Place) -> Anchor:
        if place.start is None or place.end is None or not place.start <= place.end <= len(self.text):
            return Anchor("lost")
        return Anchor("kept", place.start, place.end, (0, len(self.text)))

    def _stands_at(self, place: Place, whole: str) -> bool:
        return place.start is not None and self.text.startswith(whole, max(0, place.start - len(place.prefix)))

    def _by_alignment(self, place: Place) -> Anchor:
        known = _known(place)
        first, last = _inner(known, place)
        if last < first:
            return Anchor("lost")
        rated = sorted(self._rated(known, first, last), key=lambda item: -item.score)
        good = [item for item in rated if item.enough(last - first + 1)]
        if not good:
            return Anchor("lost")
        best = good[0]
        beside = [item for item in self._beside(best, known, first, last) if item.enough(last - first + 1)]
        if any(best.near(item) for item in [*good[1:], *beside] if not _same_place(item, best)):
            return Anchor("ambiguous")
        alignment = Alignment(known, best.new, self.tokens)
        bounds = alignment.translate(known[first].start, known[last].end)
        if bounds is None:
            return Anchor("lost")
        status: AnchorStatus = "kept" if bounds == (place.start, place.end) else "moved"
        return Anchor(status, *bounds, alignment=alignment)

    def _rated(self, known: Sequence[Token], first: int, last: int) -> Iterator[_Rated]:
        words = [token.word for token in known]
        for diagonal in self._diagonals(words):
            slack = 8 + len(words) // 4
            low, high = max(0, diagonal - slack), min(len(self.tokens), diagonal + len(words) + slack)
            yield self._rating(words, first, last, low, [token.word for token in self.tokens[low:high]])

    def _beside(self, best: _Rated, known: Sequence[Token], first: int, last: int) -> Iterator[_Rated]:
        """The next best place around the best one: what repeats within a few lines is one candidate, not two."""
        words = [token.word for token in known]
        taken = [other for other in best.new[first : last + 1] if other is not None]
        reach = 2 * (8 + len(words))
        for low, high in ((max(0, taken[0] - reach), taken[0]), (taken[-1] + 1, taken[-1] + 1 + reach)):
            around = [token.word for token in self.tokens[low:high]]
            if words[first] in around or words[last] in around:
                yield self._rating(words, first, last, low, around)

    def _rating(self, words: Sequence[str], first: int, last: int, low: int, around: Sequence[str]) -> _Rated:
        new: list[int | None] = [None] * len(words)
        for at, other in _aligned(words, around):
            new[at] = low + other
        inner = sum(other is not None for other in new[first : last + 1])
        outer = sum(other is not None for other in new) - inner
        # The context may cut through its outermost words: that these are not found says nothing.
        cut = sum(new[edge] is None for edge in {0, len(words) - 1} if not first <= edge <= last)
        rest = len(words) - (last - first + 1) - cut
        around_it = outer / rest if rest else 1.0
        return _Rated((inner + outer) / (len(words) - cut), inner / (last - first + 1), around_it, new)

    def _diagonals(self, words: Sequence[str]) -> list[int]:
        """The shifts, in tokens, at which the text shares the most runs of words with what is known."""
        votes: Counter[int] = Counter()
        bucket = max(4, len(words) // 4)
        grams = [
            (self._grams.get(gram, []), at) for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False))
        ]
        rarest = min((len(found) for found, _ in grams if found), default=0)
        for found, at in grams:
            if len(found) <= max(_COMMON, rarest):
                for position in found:
                    votes[(position - at) // bucket] += 1
        return [(shift * bucket) for shift, _ in votes.most_common(_CANDIDATES)]


class _Rated(NamedTuple):
    """A candidate: the shares that are there of all known tokens, of the words and of the context; the alignment."""

    score: float
    words: float
    context: float
    new: Sequence[int | None]

    def enough(self, count: int) -> bool:
        """Whether this can be the place: half of the words, of one or two all, unless the context leaves no doubt."""
        needed = 1.0 if count <= 2 and self.context < _SURE_CONTEXT else _ENOUGH
        return self.words >= needed and self.score >= _ENOUGH_IN_ALL and self.context >= _ENOUGH_CONTEXT

    def near(self, other: _Rated) -> bool:
        """Whether `other` comes near this one, of which nothing may be missing if it is to beat a near one."""
        ahead = 0.0 if self.score == 1 else max(_AHEAD, _WORDS_AHEAD / len(self.new))
        return self.score - other.score < ahead or other.score == self.score


def _tokens(text: str, offset: int = 0) -> list[Token]:
    return [
        Token(match[0].translate(_FOLDED).casefold(), match.start() + offset, match.end() + offset)
        for match in _TOKEN.finditer(text)
    ]


def _known(place: Place) -> list[Token]:
    """The tokens of prefix, words and suffix, at their old offsets; the words' own edges are token edges."""
    start = place.start or 0
    return [
        *_tokens(place.prefix, start - len(place.prefix)),
        *_tokens(place.exact, start),
        *_tokens(place.suffix, start + len(place.exact)),
    ]


def _inner(known: Sequence[Token], place: Place) -> tuple[int, int]:
    """The first and last of the known tokens that belong to the words themselves."""
    start = place.start or 0
    first = bisect_left([token.start for token in known], start)
    last = bisect_right([token.end for token in known], start + len(place.exact)) - 1
    return first, last


def _occurrences(text: str, piece: str, most: int) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0 and most:
        yield at
        most -= 1
        at = text.find(piece, at + 1)


def _shifted(place: Place, start: int, status: AnchorStatus) -> Anchor:
    """The place with its whole context, letter for letter, at `start`."""
    old = place.start or 0
    known = (old - len(place.prefix), old + len(place.exact) + len(place.suffix))
    return Anchor(status, start, start + len(place.exact), known, start - old)


def _same_place(one: _Rated, other: _Rated) -> bool:
    """Whether two candidates are one place, seen through two shifts: they share an aligned token."""
    return any(a is not None and a == b for a, b in zip(one.new, other.new, strict=True))


def _aligned(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal tokens, in order in both: the best alignment, or for long sequences a good one."""
    if len(one) > _LONG:
        blocks = SequenceMatcher(None, one, other, autojunk=True).get_matching_blocks()
        return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]
    return _best_alignment(one, other)


def _best_alignment(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Needleman and Wunsch with free ends in `other`: +2 for an equal token, -1 for any change."""
    width = len(other) + 1
    scores = [0] * width
    steps: list[list[int]] = []
    for word in one:
        above, row, step = scores, [scores[0] - 1], [1]
        for at in range(1, width):
            diagonal = above[at - 1] + (2 if word == other[at - 1] else -1)
            down, across = above[at] - 1, row[at - 1] - 1
            best = max(diagonal, down, across)
            row.append(best)
            step.append(0 if best == diagonal else 1 if best == down else 2)
        scores = row
        steps.append(step)
    at = max(range(width), key=scores.__getitem__)
    pairs: list[tuple[int, int]] = []
    for index in range(len(one) - 1, -1, -1):
        while at and steps[index][at] == 2:
            at -= 1
        if not at:
            break
        if steps[index][at] == 0:
            if one[index] == other[at - 1]:
                pairs.append((index, at - 1))
            at -= 1
    return pairs[::-1]
