"""Events: what happens but is not said, noted in brackets (`(Laughter.)`, `[inaudible 00:12:03]`, `（笑）`)."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.schema.interview import EventKind
from onrecord.stages.layout.model import LaidEvent
from onrecord.stages.layout.words import events, fold

_LONGEST = 80
_NOTE = re.compile(
    r"\\?[\[(（【〔<]\s?([^\[\]()（）【】〔〕<>\n]{1,80}?)\s?\\?[\])）】〕>]|\*([^*\n]{3,30})\*|♪[^♪\n]{0,80}♪?"
)
_TIME = re.compile(r"[\d:.,]+")
_OPENERS = "[(（【〔<*♪"


def event_in(text: str, start: int, end: int) -> EventKind | None:
    """Return the kind of event if `text[start:end]` is notes of events and nothing else, else None."""
    at, kind = start, None
    if end - start > 2 * _LONGEST:
        return None
    while at < end and (match := _NOTE.match(text, at, end)) is not None:
        found = _kind(match)
        if found is None:
            return None
        kind = kind or found
        at = match.end()
        while at < end and text[at] in " \t.*_":
            at += 1
    return kind if at >= end else None


def events_within(text: str, start: int, end: int) -> list[LaidEvent]:
    """Return the events noted inside `text[start:end]`, in order."""
    openers = _openers_of(text)
    if not openers or not any(text.find(opener, start, end) >= 0 for opener in openers):
        return []
    found = []
    for match in _NOTE.finditer(text, start, end):
        kind = _kind(match)
        if kind is not None:
            found.append(LaidEvent(match.start(), match.end(), kind))
    return found


@lru_cache(maxsize=2)
def _openers_of(text: str) -> tuple[str, ...]:
    """The openers a text has at all, asked once for all of its paragraphs: mostly none or one."""
    return tuple(opener for opener in _OPENERS if opener in text)


def _kind(match: re.Match[str]) -> EventKind | None:
    inner = match.group(1) or match.group(2)
    if inner is None:
        return "music"
    return kind_of(inner)


def kind_of(inner: str) -> EventKind | None:
    """Return the kind of event the words between two brackets note, or None if they note none."""
    known = events()
    name = fold(_TIME.sub(" ", inner))
    if not name:
        return None
    if name in known:
        return known[name]
    words = name.split()
    for size in (4, 3, 2):
        if len(words) > size and " ".join(words[:size]) in known:
            return known[" ".join(words[:size])]
    if len(words) > 6:
        return None
    for size in (len(words) - 1, 3, 2, 1):
        if 0 < size < len(words):
            for piece in (" ".join(words[:size]), " ".join(words[-size:])):
                if piece in known and (len(words) <= 3 or known[piece] != "other"):
                    return known[piece]
    return None
