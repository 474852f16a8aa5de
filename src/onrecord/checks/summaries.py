"""What the checks across interviews know of each: a `Summary`; and of very many, in little memory, `Summaries`."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import eq

from onrecord.schema.interview import Interview

SKETCH = 64
"""Number of smallest shingle hashes kept of a text (a bottom-k sketch)."""

SHINGLE = 4
"""Words per shingle."""

_MIN_SHINGLES = 30  # shorter texts are alike by chance
_WORD = re.compile(r"\w+")
_DIGEST = 32  # bytes of a SHA-256
_COUNTS = 7  # numbers that are kept of an interview


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


class Summaries:
    """Summaries of many interviews: numbers and hashes in arrays, about half a kilobyte each, speakers included.

    A `Summary` is made when one is asked for; `id`, `path`, `text`, `sketch` and so on give a part of it for less.
    """

    def __init__(self, summaries: Iterable[Summary] = ()) -> None:
        self._ids: list[str] = []
        self._paths: list[str] = []
        self._collections: list[str | None] = []
        self._digests = bytearray()
        self._sizes = bytearray()
        self._counts = array("I")
        self._voices = bytearray()
        self._ends = array("Q", [0])
        self._people: dict[int, tuple[tuple[str, str | None], ...]] = {}
        self.hashes = array("I")
        """Sketches, one after the other: `SKETCH` places for each, of which those that are not needed hold zeros."""
        for item in summaries:
            self.append(item)

    def append(self, item: Summary) -> None:
        """Add one. Of strings that are held elsewhere too (id, path) it pays to give the same object."""
        if self._paths and item.path == self._paths[-1]:  # of the many interviews in one file
            self._paths.append(self._paths[-1])
        else:
            self._paths.append(item.path)
        same = bool(self._collections) and item.collection == self._collections[-1]
        self._collections.append(self._collections[-1] if same else item.collection)
        self._digests += bytes.fromhex(item.text_sha256) + bytes.fromhex(item.sha256)
        self._sizes.append(len(item.sketch))
        self.hashes.extend(item.sketch)
        self.hashes.extend([0] * (SKETCH - len(item.sketch)))
        self._counts.extend((
            item.readable, item.turns, item.unknown_turns, item.questions, item.voices, item.quotes,
            item.unknown_quotes,
        ))  # fmt: skip
        self._add_speakers(item)
        self._ids.append(item.id)

    def _add_speakers(self, item: Summary) -> None:
        """Speakers' ids begin with that of the interview; that a person is stated is rare."""
        start, ids = f"{item.id}#", [id_ for id_, _ in item.speakers]
        if any(person is not None or not id_.startswith(start) or "\n" in id_ for id_, person in item.speakers):
            self._people[len(self._ids)] = item.speakers
            ids = []
        self._voices += "\n".join(id_[len(start) :] for id_ in ids).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._voices))

    def id(self, index: int) -> str:
        """Return the id of an interview."""
        return self._ids[index]

    def path(self, index: int) -> str:
        """Return the path of an interview's file."""
        return self._paths[index]

    def text(self, index: int) -> bytes:
        """Return the SHA-256 of a text."""
        return bytes(self._digests[2 * _DIGEST * index : 2 * _DIGEST * index + _DIGEST])

    def readable(self, index: int) -> bool:
        """Whether a text has other than blanks."""
        return bool(self._counts[_COUNTS * index])

    def sketch(self, index: int) -> Sequence[int]:
        """Return the sketch of a text."""
        return self.hashes[SKETCH * index : SKETCH * index + self._sizes[index]]

    def speakers(self, index: int) -> tuple[tuple[str, str | None], ...]:
        """Return the speakers of an interview, each with the person that is stated."""
        if index in self._people:
            return self._people[index]
        said = self._voices[self._ends[index] : self._ends[index + 1]].decode("utf-8", "surrogatepass")
        return tuple((f"{self._ids[index]}#{name}", None) for name in said.split("\n") if said)

    def all_speakers(self) -> Iterator[str]:
        """Yield the ids of all speakers."""
        for index in range(len(self)):
            yield from (id_ for id_, _ in self.speakers(index))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Summaries) and len(self) == len(other) and all(map(eq, self, other))

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Summary]:
        return map(self.summary, range(len(self)))

    def summary(self, index: int) -> Summary:
        """Return all that is known of an interview."""
        digests = self._digests[2 * _DIGEST * index : 2 * _DIGEST * (index + 1)]
        readable, turns, unknown_turns, questions, voices, quotes, unknown_quotes = self._counts[
            _COUNTS * index : _COUNTS * (index + 1)
        ]
        return Summary(
            id=self._ids[index],
            path=self._paths[index],
            collection=self._collections[index],
            text_sha256=digests[:_DIGEST].hex(),
            sha256=digests[_DIGEST:].hex(),
            sketch=self.sketch(index),
            readable=bool(readable),
            turns=turns,
            unknown_turns=unknown_turns,
            questions=questions,
            voices=voices,
            quotes=quotes,
            unknown_quotes=unknown_quotes,
            speakers=self.speakers(index),
        )
