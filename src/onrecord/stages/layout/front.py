"""Blocks outside turns: title, caption, byline, paragraphs, boilerplate; and what captions and bylines state."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from onrecord.schema.interview import BlockKind
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.model import LaidBlock, LaidFact, Row
from onrecord.stages.layout.page import Page, is_boilerplate
from onrecord.stages.layout.words import fold, folded, opening, phrases, within

_LONGEST_TITLE = 220
_LONGEST_CAPTION = 400
_SENTENCE_END = ".?!…。？！:;"
_QUOTED = re.compile(r"[\"“„«'‘「][^\n]*[\"”“»'’」]$")
_CREDIT_AFTER_DATE = re.compile(r"[\s.,|/–—-]*(?P<credit>[^\W\d_][^\n.!?;]{1,50})[.\s]*$")
_CREDIT_NAMED = re.compile(r"[\s:]*(?P<credit>[^\n]{2,80}?)[)\].\s]*$")
_CREDIT_TAIL = re.compile(r"[(\[/|©–—]\s*(?P<credit>[^\W\d_][^\n()\[\]/|]{1,50})[)\]]?\s*$")
_FIELD = re.compile(r"(?P<name>[^\n:：]{1,40}?)[ \t]?[:：]")
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ][^\W\d_][\w.'’-]*){0,4}")
_CAPITALIZED = r"[^\W\d_a-zа-яёçğıöşüəäß][\w'’.-]*"


def front_blocks(page: Page, first: int, last: int, *, before_turns: bool, titled: bool) -> list[LaidBlock]:
    """Return the blocks of the rows `first … last - 1`, which belong to no turn."""
    blocks: list[LaidBlock] = []
    number = first
    while number < last:
        row = page.rows[number]
        until = number + 1
        if row.kind == "blank":
            while until < last and page.rows[until].kind == "blank":
                until += 1
        elif row.kind == "text" and page.wrapped:
            while until < last and page.rows[until].kind == "text":
                until += 1
        kind, facts = _kind(page, number, until, before_turns=before_turns, titled=titled)
        titled = titled or kind == "title"
        blocks.append(LaidBlock(row.start, page.rows[until - 1].stop, kind, facts))
        number = until
    return blocks


def _kind(
    page: Page, number: int, until: int, *, before_turns: bool, titled: bool
) -> tuple[BlockKind, tuple[LaidFact, ...]]:
    row = page.rows[number]
    first = page.outset(row) if row.bullet else row.first
    simple: dict[str, BlockKind] = {
        "blank": "blank", "separator": "separator", "event": "event", "time": "timestamp", "meta": "boilerplate",
        "skip": "boilerplate", "boilerplate": "boilerplate", "code": "paragraph",
    }  # fmt: skip
    if row.kind in simple:
        return simple[row.kind], ()
    end = page.rows[until - 1].last
    facts = caption_facts(page.text, first, end, stated=row.kind == "caption")
    if row.kind == "caption" or facts:
        return "caption", facts
    dated = _dateline(page.text, first, end) if before_turns else ()
    if row.kind == "heading":
        return "title", dated
    if is_boilerplate(page, row) or _is_notice(page.text, first, end):
        return "boilerplate", ()
    if before_turns:
        facts = byline_facts(page.text, first, end)
        if facts:
            return "byline", facts
        if not titled and _is_title(page, number, until):
            return "title", dated
        if dated:
            return "byline", dated
    return "paragraph", ()


def _dateline(text: str, start: int, end: int) -> tuple[LaidFact, ...]:
    """Return the date of a short line that is no sentence (`The Quay Letter, 3 May 2021`)."""
    if end - start > 120 or text[end - 1] in ".?!…。":
        return ()
    found = dates_in(text, start, end)
    return (LaidFact("date", found[0].iso, found[0].start, found[0].end),) if len(found) == 1 else ()


def _is_notice(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a note about the text itself (edited for length, rush transcript, rights)."""
    return end - start <= 500 and within("edited").search(text, start, end) is not None


def _is_title(page: Page, number: int, until: int) -> bool:
    """Whether a row reads as a title: short, not a sentence (or a pull quote), and longer text comes after it."""
    row = page.rows[number]
    size = row.last - row.first
    if size > _LONGEST_TITLE or until != number + 1:
        return False
    text = page.text
    if not any(char.isalpha() for char in text[row.first : row.last]) or _is_field(text, row) or _is_date(text, row):
        return False
    quoted = _QUOTED.match(text, row.first, row.last) is not None
    if not quoted and (text[row.last - 1] in ".…。:;," or size > 160):
        return False
    following = page.next_text(number)
    if following is None:
        return False
    first = all(before.kind in ("blank", "meta", "skip") for before in islice(page.rows, number))
    return first or page.rows[following].last - page.rows[following].first > size // 2


def _is_field(text: str, row: Row) -> bool:
    """Whether a row is a field of a list at the head (`Place: Vell`)."""
    match = _FIELD.match(text, row.first, row.last)
    return match is not None and fold(match.group("name")) in folded("not_labels") | folded("recorded")


def _is_date(text: str, row: Row) -> bool:
    found = dates_in(text, row.first, row.last)
    rest = re.sub(r"[\W\d_]", "", text[row.first : found[0].start] + text[found[0].end : row.last]) if found else text
    return len(rest) <= 10


def caption_facts(text: str, start: int, end: int, *, stated: bool = False) -> tuple[LaidFact, ...]:
    """Return what a caption states (credit, date, place); empty if the row is no caption.

    `stated`: markup says that it is one. Otherwise a caption is known by a credit: a word for a picture before a
    name, or a date followed by nothing but a short name at the end of the row.
    """
    if end - start > _LONGEST_CAPTION:
        return ()
    dates = dates_in(text, start, end)
    credit = _credit(text, start, end, dates[-1].end if dates else None, stated=stated)
    if credit is None and not stated:
        return ()
    facts = [credit] if credit else []
    facts += [LaidFact("date", date.iso, date.start, date.end) for date in dates]
    place = place_in(text, start, min([date.start for date in dates] + [credit.start if credit else end]))
    if place is not None:
        facts.append(place)
    return tuple(sorted(facts, key=lambda fact: fact.start))


def _credit(text: str, start: int, end: int, after: int | None, *, stated: bool) -> LaidFact | None:
    named = opening("captions").match(text, start, end)
    if named is not None:
        at = named.end()
        while at < end and text[at] in " \t:：-–—/":
            at += 1
        stop = end - (text[end - 1] == ".")
        return LaidFact("credit", text[at:stop], at, stop) if at < stop and end - at <= 120 else None
    if after is not None and (match := _CREDIT_AFTER_DATE.match(text, after, end)):
        first, last = match.span("credit")
        while text[last - 1] in " .":
            last -= 1
        if len(text[first:last].split()) <= 5 and text[first].isupper():
            return LaidFact("credit", text[first:last], first, last)
    inside = within("credits").search(text, max(start, end - 120), end)
    if inside is not None and (match := _CREDIT_NAMED.match(text, inside.end(), end)):
        return LaidFact("credit", match.group("credit"), *match.span("credit"))
    if stated and (match := _CREDIT_TAIL.search(text, max(start, end - 60), end)):
        return LaidFact("credit", match.group("credit").strip(), *match.span("credit"))
    return None


@cache
def _placed() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in phrases("place_in"))
    return re.compile(rf"(?<!\w)(?:{listed})\s+(?P<place>{_CAPITALIZED}(?:[ ]{_CAPITALIZED}){{0,3}})")


def place_in(text: str, start: int, end: int) -> LaidFact | None:
    """Return the place named after a preposition of place, if there is exactly one reading; else None."""
    match = _placed().search(text, start, end)
    if match is None:
        return None
    first, last = match.span("place")
    while text[last - 1] in ".,":
        last -= 1
    return LaidFact("place", text[first:last], first, last)


def byline_facts(text: str, start: int, end: int) -> tuple[LaidFact, ...]:
    """Return what a byline states (a person, a date); empty if the row is none."""
    if end - start > 120:
        return ()
    facts = [LaidFact("date", date.iso, date.start, date.end) for date in dates_in(text, start, end)]
    if facts and not re.sub(r"[\W\d_]", "", text[start : facts[0].start] + text[facts[-1].end : end]):
        return tuple(facts)
    named = opening("bylines").match(text, start, end)
    if named is None:
        return ()
    at = named.end()
    while at < end and text[at] in " \t:：":
        at += 1
    match = _PERSON.match(text, at, facts[0].start if facts else end)
    if match is None or not all(
        word[0].isupper() or not word[0].islower() or len(word) <= 3 for word in match.group().split()
    ):
        return ()
    return (LaidFact("person", match.group(), match.start(), match.end()), *facts)


def is_text(row: Row) -> bool:
    """Whether a row holds words."""
    return row.kind in ("text", "heading", "code", "caption")
