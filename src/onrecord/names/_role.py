"""The part of a label after the name: what somebody does, and for whom (`CNN CHIEF POLITICAL CORRESPONDENT`)."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import words as listed
from onrecord.names._fold import squash
from onrecord.names._lexicon import Words

_QUOTED = re.compile(r"[\"“„«\ufffd]")  # the last is what stands for a mark that could not be decoded


def split_role(part: str, words: Words) -> tuple[str | None, str | None]:
    """Return `(role, affiliation)` as printed; a part that names neither clearly is a role.

    `CNN ANCHOR` → (`ANCHOR`, `CNN`); `professor at Yale University` → (`professor`, `Yale University`);
    `McMaster University` → (null, `McMaster University`); `Author, “A Book”` stays a role.
    """
    part = part.strip(" ,;")
    if not part:
        return None, None
    if _QUOTED.search(part):
        return part, None
    at = _at().search(part)
    if at is not None and _has_role(part[: at.start()], words):
        return part[: at.start()], _without_article(part[at.end() :], words)
    of = _of().search(part)
    if of is not None and _has_role(part[: of.start()], words) and _is_organization(part[of.end() :], words):
        return part[: of.start()], _without_article(part[of.end() :], words)
    tokens = part.split()
    start = _role_start(tokens, words)
    if start == len(tokens):
        outlet = _looks_like_outlet(tokens, words) and not _has_role(part, words)
        return (None, _without_article(part, words)) if outlet else (part, None)
    if start == 0:
        return part, None
    prefix = tokens[:start]
    if squash(prefix[0]) in listed("names", "no_longer"):
        return part, None
    if _looks_like_outlet(prefix, words):
        return " ".join(tokens[start:]), _without_article(" ".join(prefix), words).removesuffix("'s").removesuffix("’s")
    return part, None


@cache
def _at() -> re.Pattern[str]:
    phrases = _listed("role_at")
    return re.compile(rf"\s{phrases}\s(?=[A-ZÀ-ÞА-Я])", re.IGNORECASE)


@cache
def _of() -> re.Pattern[str]:
    phrases = _listed("role_of")
    return re.compile(rf"\s{phrases}\s", re.IGNORECASE)


def _listed(key: str) -> str:
    """A choice between phrases, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, listed("names", key)), key=lambda word: (-len(word), word))) + ")"


def _without_article(name: str, words: Words) -> str:
    """Return the name of a body without its article, of the text's own language: `LA Times` is English."""
    first, _, rest = name.partition(" ")
    return rest if rest and squash(first) in words.name_articles else name


def _has_role(text: str, words: Words) -> bool:
    return any(_is_role_noun(squash(token), words) for token in text.split())


def _is_role_noun(word: str, words: Words) -> bool:
    return (
        word in words.roles
        or word in words.person_nouns
        or word in words.titles
        or (word.startswith("co") and (word[2:] in words.roles or word[2:] in words.person_nouns))
    )


def _role_start(tokens: list[str], words: Words) -> int:
    """Where the longest run of role words at the end begins; the run must end in a noun for a person."""
    if not _is_role_noun(squash(tokens[-1]), words):
        return len(tokens)
    start = len(tokens) - 1
    while start > 0:
        word = squash(tokens[start - 1])
        if not (word in words.role_modifiers or _is_role_noun(word, words) or tokens[start - 1] in ("&", "and")):
            break
        start -= 1
    # "NPR News host", "White House correspondent": a modifier that is part of the outlet's name stays with it.
    while 0 < start < len(tokens) - 1 and squash(tokens[start]) in _OUTLET_TAIL and _acronym(tokens[start - 1]):
        start += 1
    return start


_OUTLET_TAIL = frozenset({"news", "radio", "tv", "television", "sports", "business"})


def _looks_like_outlet(tokens: list[str], words: Words) -> bool:
    return _is_organization(" ".join(tokens), words) or (
        all(_acronym(t) or t[:1].isupper() for t in tokens) and (any(_acronym(token) for token in tokens))
    )


def _is_organization(text: str, words: Words) -> bool:
    return any(squash(token) in words.organization_words for token in text.split())


def _acronym(token: str) -> bool:
    return (2 <= len(token) <= 6 and token.isupper() and token.isalpha()) or token in ("C-SPAN", "U.N.", "U.S.")
