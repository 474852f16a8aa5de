"""The text as rows, and what can be asked of it: times, neighbours, whether a row is furniture or ends the text.

Nothing here knows about speakers. Markup comes twice: as marks from readers, and as plain characters
(`**bold**`, `# heading`) in texts that are their own markup; both end up in the same fields of a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from onrecord.schema.interview import Mark
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.model import Row
from onrecord.stages.layout.words import fold, folded

STAMPED = re.compile(r"\\?[\[(<]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?\\?[\])>]?[ \t]+(?:[-–—|][ \t]+)?(?=\S)")
EMPHASIS_EDGE = "*_ \t"
_CLOSED = re.compile(r"END[ \t]+\d{1,2}:\d{2}(?:[ \t]+(?:[AP]\.?M\.?|[A-Z]{2,4})){0,3}$")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Page:
    """A text with its rows, its marks by kind, and whether its lines are hard-wrapped.

    `ruled` are blank rows where markup draws a line across the page.
    """

    text: str
    rows: list[Row]
    marks: dict[str, list[Mark]]
    wrapped: bool
    starts: list[int]
    timed: bool = False
    ruled: frozenset[int] = frozenset()

    def row_at(self, offset: int) -> int:
        """Return the number of the row that holds `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    @property
    def cued(self) -> bool:
        """Whether the text is captions: everything in their cues is said by somebody."""
        return "cue" in self.marks

    def cue_times(self, at: int) -> tuple[int | None, int | None]:
        """Return start and end in milliseconds of the caption that holds `at`."""
        cues = self.marks.get("cue", [])
        position = bisect_right(cues, at, key=lambda cue: cue.span.start) - 1
        if position < 0 or cues[position].span.end <= at:
            return None, None
        first, _, second = (cues[position].value or "").partition("-")
        return int(first) if first.isdigit() else None, int(second) if second.isdigit() else None

    def said(self, number: int) -> bool:
        """Whether markup says that somebody speaks what row `number` holds."""
        row = self.rows[number]
        for kind in ("voice", "speaker"):
            marks = self.marks.get(kind, [])
            at = bisect_right(marks, row.first, key=lambda mark: mark.span.start) - 1
            if at >= 0 and marks[at].value and marks[at].span.end >= row.last:
                return True
        return False

    def in_quotation(self, row: Row) -> bool:
        """Whether markup says that all of `row` is a quotation."""
        marks = self.marks.get("quote", [])
        at = bisect_right(marks, row.first, key=lambda mark: mark.span.start) - 1
        return at >= 0 and marks[at].span.end >= row.last

    def next_text(self, number: int) -> int | None:
        """Return the number of the next row after `number` that is not blank, or None."""
        rows = self.rows
        for at in range(number + 1, len(rows)):
            if rows[at].kind != "blank":
                return at
        return None

    def next_paragraph(self, number: int) -> int | None:
        """Return the number of the row that begins the paragraph after that of row `number`, or None."""
        rows = self.rows
        at = number + 1
        while self.wrapped and at < len(rows) and rows[at].kind == "text":
            at += 1
        while at < len(rows) and rows[at].kind == "blank":
            at += 1
        return at if at < len(rows) else None

    def outset(self, row: Row) -> int:
        """Return where the first visible character of a row stands, markup and signs included."""
        if row.numbered:
            return row.first
        at = row.start
        while at < row.first and self.text[at].isspace():
            at += 1
        return at

    def shown(self, row: Row) -> str:
        """Return the content of a row without its markup."""
        return self.text[row.first : row.last]


def strong_lead(page: Page, row: Row, first: int) -> tuple[int, int] | None:
    """Return the emphasised range that begins at `first` in a row according to the marks, adjacent ones joined.

    `first` is where the row's content begins, or what follows its time; None if nothing is emphasised there.
    """
    best: tuple[int, int] | None = None
    for kind in ("bold", "italic", "underline"):
        marks = page.marks.get(kind)
        if not marks:
            continue
        at = bisect_left(marks, row.start if first == row.first else first, key=lambda mark: mark.span.start)
        if at and marks[at - 1].span.end > first:
            at -= 1
        start = end = None
        for mark in marks[at:]:
            if start is None:
                if mark.span.start > first + 3 or mark.span.start >= row.last:
                    break
                if page.text[first : mark.span.start].strip(EMPHASIS_EDGE):
                    break
                start, end = max(mark.span.start, first), min(mark.span.end, row.last)
            elif (
                end is not None
                and mark.span.start <= end + 4
                and not page.text[end : mark.span.start].strip(EMPHASIS_EDGE)
            ):
                end = max(end, min(mark.span.end, row.last))
            else:
                break
        if start is not None and end is not None and start < end and (best is None or end > best[1]):
            best = (start, end)
    return best


def is_boilerplate(page: Page, row: Row) -> bool:
    """Whether a row is nothing but a button or notice of a page (`Advertisement`)."""
    if row.last - row.first > 60:
        return False
    shown = page.text[row.first : row.last]
    return fold(shown) in folded("boilerplate") or (
        _DIGITS.search(shown) is not None and fold(_DIGITS.sub("", shown)) in folded("boilerplate")
    )


def is_signature(page: Page, row: Row) -> bool:
    """Whether a row closes a text: only a date (`// May 16, 2012`), a greeting (`Best wishes,`), or when it ended."""
    if row.last - row.first > 60 or row.kind != "text":
        return False
    if _CLOSED.match(page.text, row.first, row.last):
        return True
    if row.last - row.first > 40:
        return False
    if page.text[row.last - 1] == "," and fold(page.text[row.first : row.last]) in folded("sign_offs"):
        return True
    found = dates_in(page.text, row.first, row.last)
    if len(found) != 1:
        return False
    rest = page.text[row.first : found[0].start] + page.text[found[0].end : row.last]
    return not any(char.isalnum() for char in rest)


def is_end_matter(page: Page, row: Row) -> bool:
    """Whether a row is a heading after which the interview is over (`Leave a review`, `Comments`)."""
    if row.last - row.first > 60 or row.kind not in ("text", "heading"):
        return False
    shown = page.text[row.first : row.last]
    name = fold(shown)
    return name in folded("end_matter") or fold(_DIGITS.sub("", shown)) in folded("end_matter")
