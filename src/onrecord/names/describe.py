"""Definite descriptions: `the president`, `Iranian president`, for the one person introduced with that title."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from onrecord.names._fold import fold, squash
from onrecord.names._lexicon import words_for

Key = TypeVar("Key", bound=Hashable)


class Described(NamedTuple, Generic[Key]):
    """Whom a description means, by which rule (`title-qualified`, `title-only`), and how sure that is."""

    key: Key
    rule: str
    confidence: float


class _Title(NamedTuple):
    head: str
    rank: frozenset[str]
    qualifiers: frozenset[str]


class _Rank(Generic[Key]):
    """The people whose title has one rank (`vice`, `deputy`, or none), by what qualifies it."""

    __slots__ = ("people", "qualified", "unqualified")

    def __init__(self) -> None:
        self.people: dict[Key, None] = {}
        self.qualified: dict[str, dict[Key, None]] = {}
        self.unqualified: dict[Key, None] = {}

    def add(self, key: Key, qualifiers: frozenset[str]) -> None:
        self.people[key] = None
        if not qualifiers:
            self.unqualified[key] = None
        for word in qualifiers:
            self.qualified.setdefault(word, {})[key] = None

    def fitting(self, qualifiers: frozenset[str]) -> Iterator[Key]:
        """The people whose title is not qualified otherwise."""
        if not qualifiers:
            yield from self.people
            return
        yield from self.unqualified
        for word in qualifiers:
            yield from self.qualified.get(word, ())


class TitleIndex(Generic[Key]):
    """The titles people were introduced with; descriptions are resolved against them."""

    __slots__ = ("_by_head", "_language", "_titles")

    def __init__(self, language: str | None = None) -> None:
        self._language = language
        self._by_head: dict[str, dict[frozenset[str], _Rank[Key]]] = {}
        self._titles: dict[tuple[str, Key], dict[frozenset[str], None]] = {}

    def add(self, key: Key, title: str, qualifier: str | None = None) -> None:
        """File a printed title (`Iranian President`, `deputy prime minister`) and what qualifies it."""
        parsed = _read(f"{qualifier} {title}" if qualifier else title, self._language)
        if parsed is not None:
            self._by_head.setdefault(parsed.head, {}).setdefault(parsed.rank, _Rank()).add(key, parsed.qualifiers)
            self._titles.setdefault((parsed.head, key), {})[parsed.qualifiers] = None

    def heads(self) -> frozenset[str]:
        """Return the titles' heads, folded (`president`)."""
        return frozenset(self._by_head)

    def resolve(self, phrase: str) -> Described[Key] | None:
        """Return the one person `phrase` can mean: same head, no different rank, no foreign qualifier.

        Null if nobody was introduced with the title, or more than one person was.
        """
        wanted = _read(phrase, self._language)
        if wanted is None:
            return None
        found: dict[Key, None] = {}
        lowers = words_for(self._language).lowers
        for rank, titled in self._by_head.get(wanted.head, {}).items():
            # "The minister" may be the prime minister; "the president" is never the vice president.
            if wanted.rank != rank and (wanted.rank or rank & lowers):
                continue
            for key in titled.fitting(wanted.qualifiers):
                found[key] = None
                if len(found) > 1:
                    return None  # of a thousand ministers two are enough to know nothing
        if not found:
            return None
        [key] = found
        titles = self._titles[wanted.head, key]
        qualified = bool(wanted.qualifiers) and any(wanted.qualifiers <= qualifiers for qualifiers in titles)
        return Described(key, "title-qualified", 0.9) if qualified else Described(key, "title-only", 0.7)


@lru_cache(maxsize=8192)
def _read(phrase: str, language: str | None) -> _Title | None:
    words = words_for(language)
    tokens = [
        token for token in fold(phrase.replace("'s", "").replace("’s", "")).split() if token not in words.articles
    ]
    tokens = tokens[:12]
    heads = [token for token in tokens if words.is_head(token)]
    if not heads:
        return None
    head = words.abbreviations.get(heads[-1], heads[-1])
    rank = frozenset(t for t in tokens if words.is_title(t) and t != heads[-1])
    others = frozenset(_stem(t) for t in tokens if not words.is_title(t) and t not in words.honorifics)
    return _Title(squash(head), rank, others)


def _stem(word: str) -> str:
    """Return the first four letters: a nationality and its country mostly share them (`Iranian`, `Iran`)."""
    return word[:4]
