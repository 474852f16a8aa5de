"""The lexicons `turns` of all languages, merged and folded once.

Labels, notes and end matter are looked up in all languages at once: a page often has the buttons of one
language around an interview in another, and none of these words is a name in a second language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from onrecord.lexicons import load, words
from onrecord.schema.interview import EventKind

LANGUAGES: tuple[str, ...] = (
    "en", "de", "fr", "es", "ru", "tr", "az", "it", "pt", "uk", "pl", "nl", "zh", "ja", "ko", "fa", "ar", "el", "hi",
)  # fmt: skip

_KINDS: tuple[EventKind, ...] = ("laughter", "applause", "music", "pause", "crosstalk", "gap", "noise", "other")
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """Return `text` for comparison: lower case, no accents, nothing but letters, digits and single blanks."""
    plain = unicodedata.normalize("NFKD", text.replace("İ", "i").replace("ı", "i"))
    kept = "".join(char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return _NOT_WORD.sub(" ", kept.casefold()).strip()


@cache
def folded(key: str) -> frozenset[str]:
    """Return the list `key` of all languages, folded."""
    return frozenset(fold(word) for word in words("turns", key, LANGUAGES)) - {""}


@cache
def phrases(key: str) -> tuple[str, ...]:
    """Return the list `key` of all languages in lower case with its punctuation, longest first."""
    return tuple(sorted({word.lower() for word in words("turns", key, LANGUAGES)}, key=lambda word: (-len(word), word)))


@cache
def opening(key: str) -> re.Pattern[str]:
    """Return a pattern that matches where a text opens with one of the phrases of `key` as whole words."""
    listed = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases(key))
    return re.compile(rf"(?:{listed})(?!\w)", re.IGNORECASE)


@cache
def within(key: str) -> re.Pattern[str]:
    """Return a pattern that finds one of the phrases of `key` anywhere."""
    listed = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases(key))
    return re.compile(listed or r"(?!)", re.IGNORECASE)


@cache
def events() -> Mapping[str, EventKind]:
    """Return the kind of event for each word that notes one, folded."""
    known: dict[str, EventKind] = {}
    for language in LANGUAGES:
        table = load(language, "turns").get("events", {})
        for kind in _KINDS:
            for word in table.get(kind, ()):
                known.setdefault(fold(word), kind)
    return known


@cache
def months() -> Mapping[str, int]:
    """Return the number of the month for every name and abbreviation, in lower case without dots."""
    known: dict[str, int] = {}
    for language in LANGUAGES:
        for number, names in enumerate(load(language, "turns").get("months", ()), start=1):
            for name in names.split("|"):
                known.setdefault(name.lower(), number)
    return known
