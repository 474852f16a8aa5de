"""Short forms of given names: the library `nicknames` for English, our lexicons for the other languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from onrecord.lexicons import LANGUAGES, load
from onrecord.names._fold import squash


@lru_cache(maxsize=8192)
def are_nicknames(a: str, b: str) -> bool:
    """Whether one word is a known short form of the other; two short forms of one name are not enough."""
    x, y = squash(a), squash(b)
    table = _table()
    return y in table.get(x, ()) or x in table.get(y, ())


@cache
def english_given() -> frozenset[str]:
    """Return the English given names that have a short form in the library's list."""
    return frozenset(full for full, _ in _english() if len(full) > 2)


@cache
def _table() -> Mapping[str, frozenset[str]]:
    """Short form → full forms, all folded."""
    found: dict[str, set[str]] = {}
    for full, short in _english():
        found.setdefault(short, set()).add(full)
    for language in LANGUAGES:
        for short, names in load(language, "names").get("nicknames", {}).items():
            found.setdefault(squash(short), set()).update(squash(name) for name in names)
    return {short: frozenset(names) for short, names in found.items()}


@cache
def _english() -> tuple[tuple[str, str], ...]:
    # Lazy: the list is read from a file, and most programs never compare two given names.
    from nicknames import name_triplets

    return tuple((row.name1, row.name2) for row in name_triplets() if row.relationship == "has_nickname")
