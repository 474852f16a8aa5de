"""First turns that are printed in another way than those that follow."""

from __future__ import annotations

import re

from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening
from onrecord.stages.layout.page import Page

_BEFORE_DASH = re.compile(r"(?P<label>[^\n–—―.?!:]{2,40}?)[ \t]?(?P<dash>[-–—―])[ \t]?(?=\S)")
_ABOVE = 12
_AFTER_SENTENCE = r"(?<=[.?!…。？！\"”»)\]])"


def in_lead(page: Page, openings: list[Opening]) -> list[Opening]:
    """Return the opening of a first turn that stands at the end of the paragraph before the labels begin."""
    first = openings[0] if openings else None
    if first is None or first.label is None or first.own_line:
        return []
    number = first.row - 1
    while number > max(0, first.row - 4) and page.rows[number].kind == "blank":
        number -= 1
    row = page.rows[number] if number >= 0 else None
    if row is None or row.kind != "text":
        return []
    mark = page.text[first.label[1] : first.body].strip()
    if not mark or any(char.isalnum() for char in mark):
        return []
    printed = {page.text[slice(*opening.label)]: opening for opening in openings if opening.label is not None}
    labels = sorted(printed, key=len, reverse=True)[:20]
    start, end = max(row.first, row.last - 600), row.last
    if not any(page.text.find(label, start, end) >= 0 for label in labels):
        return []  # the usual case; a pattern of these labels serves one text only and is dear to make
    listed = "|".join(map(re.escape, labels))
    pattern = re.compile(rf"{_AFTER_SENTENCE}[ \t]+(?P<label>{listed})[ \t]*{re.escape(mark)}[ \t]*(?=\S)")
    match = pattern.search(page.text, start, end)
    if match is None:
        return []
    like = printed[match.group("label")]
    return [like._replace(row=number, at=match.start("label"), label=match.span("label"), body=match.end(),
                    start_ms=None, end_ms=None, stamp=None, until=None)]  # fmt: skip


def before_dash(page: Page, openings: list[Opening]) -> list[Opening]:
    """Return the openings of a first question that has a name before the dash, and of its answer.

    Where a dash marks the questions (or all turns), only the first one names the outlet: `The Post – When …?`.
    """
    first = openings[0] if openings else None
    if first is None or first.label is not None or first.role is None:
        return []
    sign = page.text[page.outset(page.rows[first.row])]
    if sign not in "-–—―":
        return []
    for number in range(first.row - 1, max(-1, first.row - _ABOVE), -1):
        row = page.rows[number]
        match = _BEFORE_DASH.match(page.text, row.first, row.last) if row.kind == "text" and not row.bullet else None
        if match is None or match["dash"] != sign or page.text.find("?", match.end(), row.last) < 0:
            continue
        known = read_label(match["label"])
        below = page.next_paragraph(number)
        if not (known.proper or known.kind in ("side", "phrase")) or below is None:
            return []
        asked = first._replace(row=number, at=page.outset(row), label=match.span("label"), key=known.key,
                        body=match.end(), role="question")  # fmt: skip
        if first.role == "answer":
            return [asked] if below == first.row else []
        told = page.rows[below]
        answer = first._replace(row=below, at=page.outset(told), body=told.first, role="answer")
        return [asked, answer] if below < first.row and told.kind == "text" else []
    return []
