"""What a source phrase names: its main part, and the name that is its head rather than one that qualifies it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from onrecord.names import NameHit, find_names, squash, words_for

_BEFORE_NAME = 4  # words between a comma and the name in apposition (, the former mayor Ann Lee)
_ENDING = re.compile(r"['’]\w{1,4}$")  # of a case: Ece Soydan'a


@lru_cache(maxsize=8192)
def main_of(phrase: str, language: str | None) -> str:
    """The phrase up to its first comma, preposition or relative pronoun."""
    cut = _end(words_for(language).phrase_ends).search(phrase, 1)
    return (phrase[: cut.start()] if cut else phrase).strip(" ,.")


@cache
def _end(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"[,(;—–]|\s(?:{'|'.join(map(re.escape, sorted(words)))})\s", re.IGNORECASE)


@lru_cache(maxsize=8192)
def head_name(phrase: str, language: str | None) -> NameHit | None:
    """The name that is the head of a source phrase, not one that only qualifies it."""
    hits = find_names(phrase, language)
    if not hits:
        return None
    main = main_of(phrase, language)
    while main.rpartition(" ")[2].isupper() and squash(main.rpartition(" ")[2]) in words_for(language).credentials:
        main = main.rpartition(" ")[0]  # Ann Lee KC
    bare = len(_ENDING.sub("", main))
    described = _appositive(phrase, main, hits)
    if described is not None:
        return described
    for hit in reversed(hits):
        if (hit.kind != "title" and hit.end in (len(main.rstrip("’'s")), bare)) or hit.start < len(main) <= hit.end:
            owner = phrase[hit.end : hit.end + 2] in ("'s", "’s") and hit.end + 2 < len(phrase)
            return None if owner else hit
    return None


def _appositive(phrase: str, main: str, hits: Sequence[NameHit]) -> NameHit | None:
    """The name behind a description and a comma: La consejera de Obras, [Pilar Roe] · her friend, poet [Ann Lee]."""
    comma = phrase.find(",")
    if comma < 0 or (main[:1].isupper() and any(hit.start == 0 and hit.end >= len(main) for hit in hits)):
        return None
    if any(hit.end == comma and hit.kind == "person" for hit in hits):
        return None
    for hit in hits:
        between = phrase[comma + 1 : hit.outer].strip()
        whole = " " in phrase[hit.start : hit.end] or hit.title is not None  # the chair, Lord [Vane]
        if hit.start > comma and hit.kind in ("person", "unknown") and whole:
            plain_words = not between or (len(between.split()) <= _BEFORE_NAME and between.islower())
            return hit if plain_words and "," not in between else None
    return None
