"""No listed name survives in anything a release publishes. The findings never say the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from onrecord.codes import finding
from onrecord.collection.facts import Facts
from onrecord.names import squash, unconfused, visible, words_for
from onrecord.schema.interview import Finding, Interview

Pairs = tuple[tuple[str, str], ...]

_ENDING = 4  # letters a case ending may have
_STEM = 4  # letters a name needs for a longer word to look like one of its forms
_SHORTEST = 3  # letters a name needs for another spelling of it to be told from chance

_ADDRESSES = frozenset({"id", "origin.path", "origin.url", "origin.collection"})
_WORD = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"-\r?\n[^\S\n]*")


def names_survive(interview: Interview, facts: Facts) -> Iterator[Finding]:
    """Look for every listed name in every field, and for words that look like one or like a form of one."""
    if not facts.pseudonyms:
        return
    names = _names(facts.pseudonyms)
    for field, value in _strings(interview.model_dump(), ""):
        if names.stands_in(value) or (field in _ADDRESSES and names.small.search(value)):
            message = f"A name that was to be replaced stands in `{field}`."
            yield finding("name-survives", interview.origin.path, message, where=interview.id)
        elif names.may_stand_in(value):
            message = f"A word in `{field}` looks like a form of a name that was to be replaced."
            yield finding("name-may-survive", interview.origin.path, message, where=interview.id)


def names_stated(stated: Any, path: str, keys: Sequence[Pairs]) -> Iterator[Finding]:
    """Look in what is published of a release as a whole; part of a name may be a common word there, and only warns."""
    for names in map(_names, keys):
        for field, value in _strings(stated, ""):
            if names.full.search(value):
                message = f"A name that was to be replaced stands in `{field}`."
                yield finding("name-survives", path, message, hint="Say it without the name.")
            elif names.stands_in(value):
                message = f"A word in `{field}` is part of a name that was to be replaced."
                yield finding(
                    "name-may-survive", path, message, hint="If it is the name, leave it out: it is published."
                )


def _strings(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """Every text in a record, with the field that holds it."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(item, f"{field}.{key}" if field else key)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item, field)


@dataclass(frozen=True, slots=True)
class _Names:
    """Listed names: as they are, in addresses (where all is small), with endings, as they look, and squashed."""

    full: re.Pattern[str]
    certain: re.Pattern[str]
    small: re.Pattern[str]
    ending: re.Pattern[str]
    forms: frozenset[str]
    squashed: frozenset[str]

    def stands_in(self, text: str) -> bool:
        """Whether a name stands in a text, or what nobody can tell from one: with letters or marks that do not show."""
        if self.certain.search(text):
            return True
        return not text.isascii() and any(_looks(word) in self.forms for word in _words(text))

    def may_stand_in(self, text: str) -> bool:
        """Whether a word is a name with an ending, without capitals or accents, or run together (`ruthhale`)."""
        if self.ending.search(text):
            return True
        common = words_for(None).also_words
        found = (word for word in _words(text) if squash(word) in self.squashed)
        return any(not (word.islower() and squash(word) in common) for word in found)


@lru_cache(maxsize=8)
def _names(pairs: Pairs) -> _Names:
    new = {word for _, instead in pairs for word in (instead, *instead.split())}
    forms = [old for old, _ in pairs if old not in new]  # a name that is somebody's pseudonym tells nothing
    single = [form for form in forms if " " not in form]
    # In ids, paths and addresses words are joined by other marks, and written small.
    full = "|".join(r"[\W_]+".join(map(re.escape, form.split())) for form in forms if " " in form)
    alone = "|".join(map(re.escape, single))
    capitals = "|".join(re.escape(form.upper()) for form in single)
    stems = "|".join(re.escape(form) for form in single if len(form) >= _STEM)
    squashed = {squash(form) for form in forms} - {squash(word) for word in new}
    return _Names(
        full=_whole(f"(?i:{full})" if full else ""),
        certain=_whole("|".join(filter(None, (f"(?i:{full})" if full else "", alone, capitals)))),
        small=_whole(f"(?i:{alone})" if alone else ""),
        ending=_whole(rf"(?:{stems})[^\W\d_]{{1,{_ENDING}}}" if stems else ""),
        forms=frozenset(map(_looks, single)),
        squashed=frozenset(form for form in squashed if len(form) >= _SHORTEST),
    )


def _whole(pattern: str) -> re.Pattern[str]:
    """What stands between other letters and digits than its own; an empty pattern never does."""
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])" if pattern else r"(?!)")


def _words(text: str) -> set[str]:
    """The words of a text, with those put together that a line end or an invisible mark takes apart."""
    return set(_WORD.findall(_HYPHENATED.sub("", normalize("NFC", visible(text)))))


@lru_cache(maxsize=8192)
def _looks(word: str) -> str:
    """What a word looks like in print, whatever letters it is made of."""
    return normalize("NFKC", unconfused(word))


CHECKS = (names_survive,)
