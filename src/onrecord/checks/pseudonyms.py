"""No listed name survives in anything a record publishes. The findings never say the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from onrecord.codes import finding
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Finding, Interview

_ENDING = 4  # letters a case ending may have
_STEM = 4  # letters a name needs for a longer word to look like one of its forms

_ADDRESSES = frozenset({"id", "origin.path", "origin.url", "origin.collection"})


def names_survive(interview: Interview, facts: Facts) -> Iterator[Finding]:
    """Look for every listed name in every field; in running text also for words that look like forms of one."""
    if not facts.pseudonyms:
        return
    certain, likely, small = _patterns(facts.pseudonyms)
    for field, value in _strings(interview.model_dump(), ""):
        if certain.search(value) or (field in _ADDRESSES and small.search(value)):
            message = f"A name that was to be replaced stands in `{field}`."
            yield finding("name-survives", interview.origin.path, message, where=interview.id)
        elif likely is not None and likely.search(value):
            message = f"A word in `{field}` looks like a form of a name that was to be replaced."
            yield finding("name-may-survive", interview.origin.path, message, where=interview.id)


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


@lru_cache(maxsize=8)
def _patterns(
    pairs: tuple[tuple[str, str], ...],
) -> tuple[re.Pattern[str], re.Pattern[str] | None, re.Pattern[str]]:
    """What is a listed name, what looks like a form of one, and what is one in an address, where all is small."""
    new = {word for _, instead in pairs for word in (instead, *instead.split())}
    forms = [old for old, _ in pairs if old not in new]  # a name that is somebody's pseudonym tells nothing
    # In ids, paths and addresses words are joined by other marks, and written small.
    whole = "|".join(r"[\W_]+".join(map(re.escape, form.split())) for form in forms if " " in form)
    single = "|".join(re.escape(form) for form in forms if " " not in form)
    capitals = "|".join(re.escape(form.upper()) for form in forms if " " not in form)
    parts = [f"(?i:{whole})" if whole else "", single, capitals]
    certain = re.compile(rf"(?<![^\W_])(?:{'|'.join(filter(None, parts))})(?![^\W_])" if any(parts) else r"(?!)")
    long_ = "|".join(re.escape(form) for form in forms if " " not in form and len(form) >= _STEM)
    likely = re.compile(rf"(?<![^\W_])(?:{long_})[^\W\d_]{{1,{_ENDING}}}(?![^\W_])") if long_ else None
    small = re.compile(rf"(?i)(?<![^\W_])(?:{single})(?![^\W_])" if single else r"(?!)")
    return certain, likely, small


CHECKS = (names_survive,)
