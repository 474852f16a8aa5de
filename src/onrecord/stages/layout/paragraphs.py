"""Paragraphs: rows that belong together, with the signs and styles that may tell questions from answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.stages.layout.model import Row
from onrecord.stages.layout.page import Page, is_boilerplate, is_end_matter

_ASKS = re.compile(r"[?？؟⁇¿]")
_NUMBER = re.compile(r"(?:\(?(\d{1,3})(?:\.\d{1,2})?[.)\u2013\u2014-]|#(\d{1,3})[.:)]?)$")
_SIGN_INSIDE = re.compile(r"[*_]{1,3}(\d{1,3}[.)]|[-–—―•])[ \t]+(?=\S)")
_SPACELESS = re.compile(r"(?:[-–—―‒►▶▷▸◆◇■□●○▲△▪◎☞]|[—―─]{2})(?=[^\W\d_]|[¿¡\"“«])|[;:][ \t]+(?=[^\W_]|[¿¡\"“«])")
"""Signs with the first word close to them, and those of lists of definitions in wikitext (`; When?`, `: In May.`)."""
_QUOTED = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the page: its rows, and what its form says; `spoken` ones are in quotation marks as a whole."""

    first: int
    last: int
    start: int
    end: int
    sign: str
    number: int | None
    strong: str | None
    level: int
    quoted: bool
    asks: bool
    event: bool = False
    tight: bool = False
    caps: bool = False
    spoken: bool = False


def paragraphs_of(page: Page, first: int, last: int) -> Iterable[Paragraph]:
    """Yield the paragraphs of the rows `first … last - 1`, up to the end matter, and events as they stand."""
    text, number = page.text, first
    while number < last:
        row = page.rows[number]
        if row.kind == "event":
            yield Paragraph(number, number, row.first, row.last, "", None, None, 0, False, False, event=True)
            number += 1
            continue
        if row.kind not in ("text", "heading") or is_boilerplate(page, row):
            number += 1
            continue
        if is_end_matter(page, row):
            return
        until = number + 1
        while until < last and page.wrapped and _goes_on(page.rows[until - 1], page.rows[until]):
            until += 1
        end = page.rows[until - 1].last
        sign, start = row.bullet or "", row.first
        if not sign and (match := _SPACELESS.match(text, row.first, end)):
            sign, start = match.group().rstrip(), match.end()
        if row.strong and not sign and (inner := _SIGN_INSIDE.match(text, row.first, end)):
            sign, start = inner.group(1).strip(), inner.end()
        tight = not row.bullet and bool(sign)
        counted = _NUMBER.match(sign)
        strong = row.strong if all(page.rows[at].strong == row.strong for at in range(number, until)) else None
        figure = int(counted.group(1) or counted.group(2)) if counted else None
        yield Paragraph(
            number, until - 1, start, end, sign, figure, strong, row.level,
            row.quoted, _asks(text, start, end), tight=tight, caps=text[start:min(end, start + 200)].isupper(),
            spoken=_is_quotation(text, start, end),
        )  # fmt: skip
        number = until


def _goes_on(before: Row, row: Row) -> bool:
    return row.kind == "text" and before.kind == "text" and not row.bullet and row.strong == before.strong


def _asks(text: str, start: int, end: int) -> bool:
    """Whether a paragraph ends with a question (a closing quotation mark, bracket or emphasis may follow)."""
    tail = text[max(start, end - 160) : end].rstrip(' \t*_"”»“)]」』>/biemstrong<')
    return bool(tail) and (tail[-1] in "?？؟⁇" or tail.endswith(("?!", "か。", "は。", "か")))


def _is_quotation(text: str, start: int, end: int) -> bool:
    """Whether one pair of quotation marks holds all of a paragraph."""
    closing = _QUOTED.get(text[start])
    if closing is None or end - start < 4 or text[end - 1] not in closing:
        return False
    return all(text.find(mark, start + 1, end - 1) < 0 for mark in {text[start], *closing})


def holds_question(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph asks anything, at its end or before."""
    return paragraph.asks or _ASKS.search(text, paragraph.start, paragraph.end) is not None
