"""Captions: who made a picture, and what the words under it say of its day and place."""

from __future__ import annotations

import re
from functools import cache

from onrecord.stages.layout.datelines import listed
from onrecord.stages.layout.dates import PrintedDate, dates_in
from onrecord.stages.layout.heads import is_field
from onrecord.stages.layout.model import LaidFact
from onrecord.stages.layout.words import fold, one_of, opening, phrases, within

_LONGEST_CAPTION = 400
_CREDIT_AFTER_DATE = re.compile(r"[\s.,|/–—-]*(?P<credit>[^\W\d_][^\n.!?;]{1,50})[.\s]*$")
_CREDIT_NAMED = re.compile(r"[\s:]*(?P<credit>[^\n]{2,80}?)[)\].\s]*$")
_CREDIT_TAIL = re.compile(r"[(\[|©–—]\s*(?P<credit>[^\W\d_][^\n()\[\]|–—]{1,60})[)\]]?\s*$")
_CREDIT_SLASH = re.compile(r"/\s*(?P<credit>[^\W\d_][^\n()\[\]/|]{1,50})\s*$")
_CAPITALIZED = r"[^\W\d_a-zа-яёçğıöşüəäß][\w'’.-]*"


def caption_facts(text: str, start: int, end: int, *, stated: bool = False) -> tuple[LaidFact, ...]:
    """Return what a caption states (credit, date, place); empty if the row is no caption.

    `stated`: markup says that it is one. Otherwise a caption is known by a credit: a word for a picture before a
    name, or a date followed by nothing but a short name at the end of the row.
    """
    if end - start > _LONGEST_CAPTION or (not stated and is_field(text, start, end)):
        return ()
    dates = dates_in(text, start, end)
    credit = credit_in(text, start, end, dates[-1] if dates else None, stated=stated)
    if credit is None and not stated:
        return ()
    facts = [credit] if credit else []
    facts += [LaidFact("date", date.iso, date.start, date.end) for date in dates]
    place = place_in(text, start, min([date.start for date in dates] + [credit.start if credit else end]))
    if place is not None:
        facts.append(place)
    return tuple(sorted(facts, key=lambda fact: fact.start))


def credit_in(
    text: str, start: int, end: int, after: PrintedDate | None = None, *, stated: bool = False
) -> LaidFact | None:
    """Return who made a picture: after a word for one, or `after` the last date of words that describe it.

    `stated`: markup says that the words are a caption; then a name after a dash, bar or bracket at the end counts.
    """
    named = opening("captions").match(text, start, end)
    if named is not None:
        at = named.end()
        while at < end and text[at] in " \t:：-–—/":
            at += 1
        stop = end - (text[end - 1] == ".")
        return LaidFact("credit", text[at:stop], at, stop) if at < stop and end - at <= 120 else None
    described = after is not None and any(char.isalpha() for char in text[start : after.start])
    if after is not None and described and (match := _CREDIT_AFTER_DATE.match(text, after.end, end)):
        first, last = match.span("credit")
        if (word := opening("captions").match(text, first, last)) is not None:
            first = last - len(text[word.end() : last].lstrip(" :："))
        while text[last - 1] in " .":
            last -= 1
        is_weekday = fold(text[first:last]) in listed("dateline")
        if len(text[first:last].split()) <= 5 and text[first].isupper() and not is_weekday:
            return LaidFact("credit", text[first:last], first, last)
    inside = within("credits", whole=True).search(text, max(start, end - 120), end)
    if inside is not None and (match := _CREDIT_NAMED.match(text, inside.end(), end)):
        return LaidFact("credit", match.group("credit"), *match.span("credit"))
    for pattern in (_CREDIT_TAIL, _CREDIT_SLASH) if stated else ():
        if (match := pattern.search(text, max(start, end - 70), end)) is not None:
            return LaidFact("credit", match.group("credit").strip(), *match.span("credit"))
    return None


@cache
def _placed() -> re.Pattern[str]:
    joined = one_of(phrases("place_in"))
    return re.compile(rf"(?<!\w)(?:{joined})\s+(?P<place>{_CAPITALIZED}(?:[ ]{_CAPITALIZED}){{0,3}})")


def place_in(text: str, start: int, end: int) -> LaidFact | None:
    """Return the place named after a preposition of place, if there is exactly one reading; else None."""
    match = _placed().search(text, start, end)
    if match is None:
        return None
    first, last = match.span("place")
    while text[last - 1] in ".,":
        last -= 1
    return LaidFact("place", text[first:last], first, last)
