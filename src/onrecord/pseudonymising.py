"""Names replaced before anything else happens: no stage, check or table ever sees the text with the real ones.

The text of such a record is not the text of its file, so the file cannot be made from it again; a step named
`pseudonyms` in the record says so. The key (`onrecord.collection.pseudonyms`) stays with whoever builds.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from onrecord.collection.facts import Facts
from onrecord.readers import Reading
from onrecord.schema.interview import Mark, Span, Step

STEP = "pseudonyms"
VERSION = "1"
_KEPT = frozenset({"collection", "reader", "encoding", "convention", "licence", "pseudonyms"})


class _Piece(NamedTuple):
    """A stretch that was replaced: where it stood, and where what stands there now ends."""

    start: int
    end: int
    new_start: int
    new_end: int


class Replacer:
    """Replaces names in texts, as whole words: as listed, in capitals, and names of several words in any case."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        spelt = ((normalize(form, " ".join(old.split())), new) for old, new in pairs for form in ("NFD", "NFC"))
        self._exact = dict(spelt)  # an accent may be a letter's own, or a character after it
        self._folded = {old.casefold(): new for old, new in self._exact.items() if " " in old}
        forms = sorted({*self._exact, *(old.upper() for old in self._exact)}, key=len, reverse=True)
        words = "|".join(_loose(form) for form in forms if " " not in form)
        names = "|".join(_loose(form) for form in forms if " " in form)
        parts = [f"(?i:{names})" if names else "", words]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, parts))})(?!\w)") if pairs else None

    def text(self, text: str) -> str:
        """Return `text` with the names replaced."""
        return self._pattern.sub(self._instead, text) if self._pattern else text

    def reading(self, reading: Reading) -> Reading:
        """Return what a reader made with the names replaced; marks and problems move with the text."""
        text, place = self._moved(reading.text)
        marks = tuple(
            Mark(span=Span(start=place(mark.span.start)[0], end=place(mark.span.end)[1]), kind=mark.kind,
                 value=None if mark.value is None else self.text(mark.value))
            for mark in reading.marks
        )  # fmt: skip
        problems = tuple(
            problem if problem.offset is None else dataclasses.replace(problem, offset=place(problem.offset)[0])
            for problem in reading.problems
        )
        stated = tuple((name, self.text(value)) for name, value in reading.stated)
        return dataclasses.replace(reading, text=text, marks=marks, problems=problems, stated=stated)

    def facts(self, facts: Facts) -> Facts:
        """Return what card and sidecar say with the names replaced."""
        return Facts.model_validate({name: self._value(value, name) for name, value in facts.model_dump().items()})

    def _value(self, value: Any, name: str) -> Any:
        if name in _KEPT:
            return value
        if name == "person":
            return None  # a key of people.yaml is a real person's
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self._value(item, key) for key, item in value.items()}
        return tuple(self._value(item, name) for item in value) if isinstance(value, list | tuple) else value

    def _moved(self, text: str) -> tuple[str, Callable[[int], tuple[int, int]]]:
        """The text with names replaced, and where a place of the old one is now, as start and as end of a span."""
        parts: list[str] = []
        pieces: list[_Piece] = []
        at = size = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            instead = self._instead(match)
            parts += (text[at : match.start()], instead)
            size += match.start() - at
            pieces.append(_Piece(match.start(), match.end(), size, size + len(instead)))
            at, size = match.end(), size + len(instead)
        starts = [piece.start for piece in pieces]

        def place(old: int) -> tuple[int, int]:
            index = bisect_right(starts, old) - 1
            if index < 0:
                return old, old
            piece = pieces[index]
            if old >= piece.end:
                new = piece.new_end + old - piece.end
                return new, new
            return piece.new_start, piece.new_start if old == piece.start else piece.new_end

        return "".join((*parts, text[at:])), place

    def _instead(self, match: re.Match[str]) -> str:
        found = " ".join(match[0].split())
        new = self._exact.get(found)
        if new is not None:
            return new
        if found.isupper():
            return next((new.upper() for old, new in self._exact.items() if old.upper() == found), match[0])
        return self._folded.get(found.casefold(), match[0])


def replacer_of(facts: Facts) -> Replacer | None:
    """Return what replaces the names the collection lists; None if it lists none."""
    return _replacer(facts.pseudonyms) if facts.pseudonyms else None


def pseudonym_steps(facts: Facts, settings: str) -> tuple[Step, ...]:
    """Return the step that says that names were replaced, if they were."""
    return (Step(stage=STEP, version=VERSION, settings=settings),) if facts.pseudonyms else ()


@lru_cache(maxsize=8)
def _replacer(pairs: tuple[tuple[str, str], ...]) -> Replacer:
    return Replacer(pairs)


def _loose(form: str) -> str:
    """A form as a pattern: between its words any blanks, also a line end."""
    return r"\s+".join(map(re.escape, form.split()))
