"""What stands around a name: a description beside it, a phrase before it, the sentence it is in."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.lexicons import load
from onrecord.names import Words, phrases, squash
from onrecord.schema.interview import Span
from onrecord.stages.speakers.scene import Found, Scene

_BEFORE = 44
_APPOSITION = re.compile(r"\s?(?:,\s|\(|\s[—–-]\s)([^,.;:!?()\n“”\"«»—–]{3,110})(?=[,.;:!?()\n“”\"«»]|\s[—–-]|$)")
_KIN_TAIL = re.compile(r"([^\W\d_]+)[’']?s?,?$")
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_ENDINGS = " \u00a0,:—–-\"“„«'‘(*_"


def _before(scene: Scene, offset: int) -> tuple[str, ...]:
    """Return the words before `offset` in its line, in lower case, without blanks and marks at their end.

    Where they end in an article, the words before that are returned, too; what ends in no phrase is not.
    """
    known = scene.before.get(offset)  # several rules look at the same place
    if known is None:
        piece = scene.text[max(0, offset - _BEFORE) : offset]
        line = piece[piece.rfind("\n") + 1 :]
        text = line.lower().replace("’", "'").rstrip(_ENDINGS)
        head, _, last = text.rpartition(" ")
        article = squash(last) in scene.words.articles
        texts = (text, head.rstrip(_ENDINGS)) if article else (text,)
        listed = _phrases(scene.language, _LISTS)
        known = scene.before[offset] = tuple([text for text in texts if text.endswith(listed)])  # mostly none
    return known


_LISTS = ("self_introduction", "guest", "interviewed", "told")
"""The lists of phrases that stand before a name."""


def follows(scene: Scene, offset: int, *keys: str) -> str | None:
    """Return the phrase of the lexicon's lists `keys`, of `_LISTS`, that ends right before `offset`, articles aside."""
    texts = _before(scene, offset)
    if not texts:
        return None
    known = _phrases(scene.language, keys)
    for text in texts:
        if text.endswith(known) and (found := _ends_with(text, known)) is not None:
            return found
    return None


def _ends_with(text: str, known: tuple[str, ...]) -> str | None:
    for phrase in known:
        if text.endswith(phrase):
            rest = text[: -len(phrase)]
            if not rest or not rest[-1].isalnum():
                return phrase
    return None


@lru_cache(maxsize=256)
def _phrases(language: str | None, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.replace("’", "'") for key in keys for phrase in phrases(language, key))


def leads(scene: Scene, offset: int, key: str, reach: int = 60) -> bool:
    """Whether a phrase of the list `key` stands after `offset` in the same sentence, at most `reach` away."""
    piece = scene.text[offset : offset + reach].split("\n", 1)[0].split(". ", 1)[0].lower().replace("’", "'")
    return any(phrase in piece for phrase in _phrases(scene.language, (key,)))


def apposition(scene: Scene, found: Found) -> Span | None:
    """Return the description beside a name (`Ann Lee, a baker from Lund, …`), if a person's noun is in it."""
    match = _APPOSITION.match(scene.text, found.hit.end, min(len(scene.text), found.hit.end + 130))
    if match is None:
        return None
    content = match.group(1).strip()
    start = match.start(1) + (len(match.group(1)) - len(match.group(1).lstrip()))
    tokens = content.split()
    if not 1 <= len(tokens) <= 14 or not _describes(tokens, scene.words):
        return None
    return Span(start=start, end=start + len(content))


def _describes(tokens: list[str], words: Words) -> bool:
    folded = [squash(token) for token in tokens]
    if not any(words.is_person(word) for word in folded):
        return False
    # "…, Ann Lee" goes on with a name; "…, who" or "…, said the baker" with a clause, not with a description.
    first = folded[0]
    article = first in words.articles or first in words.lowers
    return (
        article
        or first in words.person_nouns
        or first in words.role_modifiers
        or words.is_title(first)
        or (tokens[0][:1].islower() and first not in words.not_names)
    )


def of_kin(scene: Scene, found: Found) -> bool:
    """Whether a word of kinship stands before the name: another member of the family is meant."""
    words = scene.text[max(0, found.hit.outer - 24) : found.hit.outer].split()
    match = _KIN_TAIL.search(words[-1]) if words else None
    return match is not None and squash(match.group(1)) in scene.words.kin


def title_phrase(scene: Scene, found: Found) -> Span | None:
    """Return the title before a name with the words that go with it (`a political analyst`), without the name."""
    if found.hit.title is None:
        return None
    start, end = found.hit.outer, found.hit.start
    while end > start and scene.text[end - 1] in " \u00a0,":
        end -= 1
    while start > 0:
        piece = scene.text[max(0, start - 24) : start].rstrip(" \u00a0")
        gap = scene.text[max(0, start - 24) : start][len(piece) :]
        token = piece.split("\n")[-1].split(" ")[-1]
        word = squash(token)
        if (
            not gap
            or not token
            or not token[-1].isalnum()
            or (word not in scene.words.role_modifiers and word not in scene.words.qualifiers)
        ):
            break
        start -= len(gap) + len(token)
    return Span(start=start, end=end) if end > start else None


@cache
def reporting_verbs(language: str | None) -> frozenset[str]:
    """Return every form of the verbs that report speech in a language, as its lexicon of quotations has them."""
    entries = load(language, "quotes").get("verbs", ()) if language else ()
    return frozenset(
        form
        for entry in entries
        for forms, _, use in (entry.partition(":"),)
        if "clause" in use or "quote" in use
        for form in forms.split()
    )


def says(scene: Scene, found: Found, verbs: frozenset[str]) -> bool:
    """Whether a reporting verb stands right after or before a name."""
    after = _NEXT_WORD.match(scene.text, found.hit.end)
    if after is not None and after.group(1) in verbs:
        return True
    before = _LAST_WORD.search(scene.text[max(0, found.hit.outer - 24) : found.hit.outer])
    return before is not None and before.group(1) in verbs
