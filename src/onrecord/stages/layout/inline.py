"""A first turn that stands at the end of the paragraph before the labels begin."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.stages.layout.model import Opening
from onrecord.stages.layout.page import Page

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
    return [replace(like, row=number, at=match.start("label"), label=match.span("label"), body=match.end(),
                    start_ms=None, end_ms=None, stamp=None, until=None)]  # fmt: skip
