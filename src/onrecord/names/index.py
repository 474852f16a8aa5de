"""Finding the names that may be one person's, without comparing every pair."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from onrecord.names._fold import is_initial, romanized, skeleton, squash
from onrecord.names.label import all_initials_of, initials_of
from onrecord.names.match import IDENTICAL, Match, Spelt, clearly_different, compared, spellings, spelt
from onrecord.names.person import PersonName, parse_name

Key = TypeVar("Key", bound=Hashable)

_MAX_BLOCK = 64
"""At most so many names of one block are compared: names that share a word with more are not told apart by it."""


class Candidate(NamedTuple, Generic[Key]):
    """A known name that can be the one looked for, and how the two match."""

    key: Key
    match: Match


class NameIndex(Generic[Key]):
    """Names filed under their words' spellings and initials; looking one up costs a few comparisons.

    Adding n names and looking all of them up takes time near-linear in n: a name is compared only with names
    that share a word (in some spelling) or the initials, and a word that more than 64 share tells nothing.
    """

    __slots__ = ("_blocks", "_exact", "_language", "_names")

    def __init__(self, language: str | None = None) -> None:
        self._language = language
        self._names: dict[Key, list[_Filed]] = {}
        self._blocks: dict[str, tuple[Key, ...]] = {}
        self._exact: dict[str, dict[Key, None]] = {}

    def add(self, key: Key, name: str | PersonName) -> None:
        """File `name` under `key`; a key may have several names."""
        filed = _filed(name, self._language)
        known = self._names.setdefault(key, [])
        if filed in known:
            return
        known.append(filed)
        self._exact.setdefault(filed.name.key, {})[key] = None
        blocks, alone = self._blocks, (key,)
        for drawer in filed.drawers:
            if drawer not in blocks:
                blocks[drawer] = alone
            elif key not in (block := blocks[drawer]) and len(block) <= _MAX_BLOCK:
                blocks[drawer] = (*block, key)  # one more than are compared says that it is full

    def may_know(self, text: str) -> bool:
        """Whether any word of `text` is filed in any spelling: a cheap test before a lookup; initials aside."""
        blocks = self._blocks
        for word in text.split():
            if squash(word) in blocks or f"~{skeleton(word)}" in blocks or f"^{romanized(word)}" in blocks:
                return True
        return False

    def names(self, key: Key) -> tuple[PersonName, ...]:
        """Return the names filed under `key`."""
        return tuple(filed.name for filed in self._names.get(key, ()))

    def lookup(self, name: str | PersonName) -> list[Candidate[Key]]:
        """Return the keys whose names can be `name`, best first; ties in the order they were added.

        All candidates are returned: if there are several `compatible` ones, the name is ambiguous.
        """
        wanted = _looked_for(name, self._language)
        exact = self._exact.get(wanted.name.key, {})
        seen: dict[Key, None] = dict(exact) if len(exact) <= _MAX_BLOCK else {}
        for members in filter(None, map(self._blocks.get, wanted.drawers)):
            if len(members) <= _MAX_BLOCK:
                for key in members:
                    seen[key] = None
        found = [Candidate(key, match) for key in seen if (match := self._best(key, wanted)) is not None]
        if len(found) > 1:
            found.sort(key=lambda candidate: _order(candidate.match))
        return found

    def resolve(self, name: str | PersonName) -> Candidate[Key] | None:
        """Return the one key `name` can stand for; null if there is none or more than one.

        A `same` match wins over `compatible` ones; a typo alone resolves nothing.
        """
        found = [candidate for candidate in self.lookup(name) if candidate.match.rule != "typo"]
        same = [candidate for candidate in found if candidate.match.verdict == "same"]
        chosen = same or found
        return chosen[0] if len(chosen) == 1 else None

    def _best(self, key: Key, wanted: _Filed) -> Match | None:
        """The best match of the names under `key`; null if none can be the one wanted."""
        best: Match | None = None
        for known in self._names[key]:
            if known.name is wanted.name and known.name.parts:
                return IDENTICAL
            if clearly_different(known.spelt, wanted.spelt):
                continue
            match = compared(known.name, wanted.name)
            if match.verdict != "different" and (best is None or _order(match) < _order(best)):
                best = match
        return best


def _order(match: Match) -> tuple[bool, float]:
    return match.verdict != "same", -match.confidence


class _Filed(NamedTuple):
    """A name taken apart, its spellings, and the drawers it is filed or looked for in."""

    name: PersonName
    spelt: Spelt | None
    drawers: tuple[str, ...]


@lru_cache(maxsize=8192)
def _filed(name: str | PersonName, language: str | None) -> _Filed:
    """Return a name with the drawers it is filed in."""
    parsed = parse_name(name, language) if isinstance(name, str) else name
    letter = _letter(parsed)
    found: dict[str, None] = {}
    for words, mark in ((parsed.given, letter), (parsed.family, "")):
        for spelling in _spellings(words):
            found[spelling] = found[f"{spelling}|{mark}"] = None
    return _Filed(parsed, spelt(parsed), (*found, *_others(parsed), *_letters(parsed, full="#", short="@")))


@lru_cache(maxsize=8192)
def _looked_for(name: str | PersonName, language: str | None) -> _Filed:
    """Return a name with the drawers it is looked for in.

    Two full names that share a given name alone are one person's only if their surnames are nearly the same or one
    is an initial: then they begin with one letter. All others of that given name are not even looked at.
    """
    parsed = parse_name(name, language) if isinstance(name, str) else name
    letter = _letter(parsed)
    given = _spellings(parsed.given)
    first = [f"{spelling}|{mark}" for spelling in given for mark in ("", letter)] if letter else given
    drawers = (*first, *_spellings(parsed.family), *_others(parsed), *_letters(parsed, full="@", short="#"))
    return _Filed(parsed, spelt(parsed), tuple(dict.fromkeys(drawers)))


def _letter(name: PersonName) -> str:
    """The first letter of the surname, where there is a given name before it and the surname is more than a letter."""
    family = squash(" ".join(name.family))
    return family[:1] if name.given and len(family) > 1 else ""


def _spellings(words: tuple[str, ...]) -> list[str]:
    """Words as they are compared, in three spellings."""
    found: list[str] = []
    for part in words:
        if len(squash(part)) > 1:
            found += spellings(part)
    return found


def _others(name: PersonName) -> list[str]:
    """The drawers of a name in one word, of a surname of several, and of a nickname."""
    found: list[str] = []
    joined = name.key.replace(" ", "")
    if len(joined) > 7:
        found.append(f"={joined}")
    family = " ".join(name.family)
    if " " in family:
        found += (squash(family), f"~{skeleton(family)}")
    if name.nickname:
        found += (squash(name.nickname), f"{squash(name.nickname)}|")
    return found


def _letters(name: PersonName, *, full: str, short: str) -> list[str]:
    """The drawers in which initials look for full names (`#`), and full names for initials (`@`)."""
    if name.is_partial or all(is_initial(part) for part in name.parts):
        word = squash("".join(name.parts))
        return [f"{short}{word}"] if 0 < len(word) <= 5 else []
    ends = f"{squash(name.parts[0])[:1]}{squash(name.parts[-1])[:1]}"
    letterings = (initials_of(name), all_initials_of(name), ends, ends[:1], ends[1:])
    return list({f"{full}{letters}": None for letters in letterings})
