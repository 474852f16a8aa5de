"""Checks across interviews: texts that are the same or nearly so, and collections unlike what their card expects.

Each interview leaves a small `Summary`; memory grows by about a kilobyte per interview, time linearly.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from onrecord.codes import finding
from onrecord.collection.card import Bounds, Card
from onrecord.schema.interview import Finding, Interview

SKETCH = 64
"""Number of smallest shingle hashes kept of a text (a bottom-k sketch)."""

SHINGLE = 4
"""Words per shingle."""

NEAR = 0.7
"""Share of shingles in common from which two texts are reported."""

_MIN_SHINGLES = 30  # shorter texts are alike by chance
_RECENT = 8  # of the many texts that share a hash, the number each new one is compared with
_MIN_SHARED = 3
_PARTS = 64  # of hashes, counted one after the other
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the checks across interviews need to know about one of them."""

    id: str
    path: str
    collection: str | None
    text_sha256: str
    sha256: str
    sketch: Sequence[int]
    readable: bool
    turns: int = 0
    unknown_turns: int = 0
    questions: int = 0
    voices: int = 0
    quotes: int = 0
    unknown_quotes: int = 0
    speakers: tuple[tuple[str, str | None], ...] = ()


def summarise(interview: Interview) -> Summary:
    """Return the summary of one interview."""
    quotes = [quote for quote in interview.quotes if quote.kind != "mention"]
    return Summary(
        id=interview.id,
        path=interview.origin.path,
        collection=interview.origin.collection,
        text_sha256=interview.text_sha256,
        sha256=interview.origin.sha256,
        sketch=sketch(interview.text),
        readable=bool(interview.text.strip()),
        turns=len(interview.turns),
        unknown_turns=sum(turn.speaker is None for turn in interview.turns),
        questions=sum(turn.role == "question" for turn in interview.turns),
        voices=len({turn.speaker for turn in interview.turns if turn.speaker is not None}),
        quotes=len(quotes),
        unknown_quotes=sum(quote.speaker is None for quote in quotes),
        speakers=tuple((speaker.id, speaker.person) for speaker in interview.speakers),
    )


def sketch(text: str) -> Sequence[int]:
    """Return the smallest hashes of the text's shingles of words, in order; none if it is too short to compare."""
    words = _WORD.findall(text.casefold())
    shingles = {zlib.crc32(" ".join(words[at : at + SHINGLE]).encode()) for at in range(len(words) - SHINGLE + 1)}
    return array("I", nsmallest(SKETCH, shingles) if len(shingles) >= _MIN_SHINGLES else ())


def check_across(summaries: Sequence[Summary], cards: Mapping[str, tuple[str, Card]]) -> Iterator[Finding]:
    """Yield what is wrong between interviews; `cards` (with their paths) by the name of their collection."""
    yield from same_texts(summaries)
    yield from near_duplicates(summaries)
    members: dict[str | None, list[Summary]] = defaultdict(list)
    for item in summaries:
        members[item.collection].append(item)
    for name, (path, card) in cards.items():
        yield from unexpected(name, path, card, members[name])


def same_texts(summaries: Iterable[Summary]) -> Iterator[Finding]:
    """Yield a finding for each text that is the same as an earlier one, in whatever encoding or format it came."""
    first: dict[str, Summary] = {}
    for item in summaries:
        original = first.setdefault(item.text_sha256, item) if item.readable else item
        if original is not item:
            message = f"{original.path} ({original.id}) has the same text."
            yield finding("duplicate-text", item.path, message, where=item.id)


def near_duplicates(summaries: Iterable[Summary]) -> Iterator[Finding]:
    """Yield a finding for each text that shares most of its shingles with an earlier, but not equal, one.

    Texts meet through the hashes they share; through one hash a text meets at most a few of the last ones, so
    that a phrase found everywhere costs no more than any other.
    """
    different: dict[str, Summary] = {}
    for item in summaries:
        if item.sketch:
            different.setdefault(item.text_sha256, item)
    shared = _shared(different.values())
    recent: dict[int, list[Summary]] = defaultdict(list)
    for item in different.values():
        hashes = [value for value in item.sketch if value in shared]
        best = _most_similar(item, hashes, recent)
        if best is not None:
            similarity, other = best
            message = f"About {similarity:.0%} of the text stands in {other.path} ({other.id}), too."
            yield finding("near-duplicate", item.path, message, where=item.id)
        for value in hashes:
            recent[value].append(item)
            del recent[value][:-_RECENT]


def _shared(summaries: Iterable[Summary]) -> set[int]:
    """The hashes of more than one text. Most are of one only: to count all of them at once would take much memory."""
    parts = [array("I") for _ in range(_PARTS)]
    for item in summaries:
        for value in item.sketch:
            parts[value % _PARTS].append(value)
    return {value for part in parts for value, count in Counter(part).items() if count > 1}


def _most_similar(
    item: Summary, hashes: Iterable[int], recent: Mapping[int, Sequence[Summary]]
) -> tuple[float, Summary] | None:
    shared: dict[str, int] = {}
    met: dict[str, Summary] = {}
    for value in hashes:
        for other in recent.get(value, ()):
            shared[other.id] = shared.get(other.id, 0) + 1
            met[other.id] = other
    near = [
        (resemblance(item.sketch, met[id_].sketch), met[id_]) for id_, count in shared.items() if count >= _MIN_SHARED
    ]
    best = max(near, key=lambda pair: pair[0], default=None)
    return best if best is not None and best[0] >= NEAR else None


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


_MEASURES: Mapping[str, Callable[[Sequence[Summary]], float]] = {
    "interviews": lambda items: len(items),
    "turns_per_interview": lambda items: _mean(items, lambda item: item.turns),
    "quotes_per_interview": lambda items: _mean(items, lambda item: item.quotes),
    "speakers_per_interview": lambda items: _mean(items, lambda item: item.voices),
    "unattributed_turns": lambda items: _ratio(sum(i.unknown_turns for i in items), sum(i.turns for i in items)),
    "unattributed_quotes": lambda items: _ratio(sum(i.unknown_quotes for i in items), sum(i.quotes for i in items)),
    "no_interviewer": lambda items: _mean(items, lambda item: not item.questions),
    "no_turns": lambda items: _mean(items, lambda item: not item.turns),
}


def unexpected(name: str, path: str, card: Card, members: Sequence[Summary]) -> Iterator[Finding]:
    """Yield a finding for each measure of a collection that is outside what its card expects."""
    readable = [item for item in members if item.readable]
    for side, bounds in (("at least", card.expect.min), ("at most", card.expect.max)):
        for measure, bound in _given(bounds):
            value = _MEASURES[measure](readable)
            if value < bound if side == "at least" else value > bound:
                message = f"`{measure}` is {value:.4g}; the card expects {side} {bound:.4g}."
                yield finding("outside-expectation", path, message, where=name)


def _given(bounds: Bounds) -> Iterator[tuple[str, float]]:
    for measure in _MEASURES:
        if (bound := getattr(bounds, measure)) is not None:
            yield measure, bound


def _mean(items: Sequence[Summary], value: Callable[[Summary], float]) -> float:
    return _ratio(sum(map(value, items)), len(items))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
