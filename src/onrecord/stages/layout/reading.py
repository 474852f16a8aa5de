"""Reading a text as a page: every line by its form, then by its marks and by what is repeated on all pages.

Line numbers, running heads and page numbers, captions' headers, front matter and code are told apart here, before
anybody looks for turns.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from onrecord.schema.interview import Mark
from onrecord.stages.layout.model import Row, RowKind
from onrecord.stages.layout.page import EMPHASIS_EDGE, STAMPED, Page
from onrecord.stages.layout.rows import read_row
from onrecord.text.lines import split_lines

_LINE_NUMBER = re.compile(r"[ \t\x0c]*(\d{1,2})(?:[ \t]{2,}|[ \t]*$)|[ \t]*\[(\d{1,4})\][ \t]*", re.MULTILINE)
_FINAL = '.?!…:;"”’»)]。？！」』*_'
_PAGE_LINE = re.compile(
    r"(?:page|seite|стр(?:аница)?|p[aá]gina|sayfa|s[əe]hif[əe])?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|von|из|de|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_HEAD_WITH_NUMBER = re.compile(r"\d{1,4}\s{3,}[^\W\d_][^\n:.?!]{2,60}$|[^\W\d_][^\n:.?!]{2,60}?\s{3,}\d{1,4}$")
_FENCE = ("```", "~~~")
_SKIPPED = ("header", "footer", "page", "line-number", "navigation", "hidden", "comment", "footnote")
_DIGITS = re.compile(r"\d+")


def read_page(text: str, marks: tuple[Mark, ...]) -> Page:
    """Divide `text` into rows and say what each one is by its form. Linear in the text and its marks."""
    rows = [read_row(text, start, end, stop) for start, end, stop in split_lines(text)]
    starts = [row.start for row in rows]
    by_kind: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.span.end > mark.span.start:
            by_kind.setdefault(mark.kind, []).append(mark)
    for found in by_kind.values():
        found.sort(key=lambda mark: (mark.span.start, mark.span.end))
    page = Page(text, rows, by_kind, _wrapped(text, rows), starts)
    _long_emphasis(page)
    _front_matter(page)
    _fences(page)
    _line_numbers(page)
    _printed_line_numbers(page)
    _from_marks(page)
    _page_furniture(page)
    texts = [row for row in rows if row.kind == "text"]
    stamped = sum(
        text[row.first] in "[(<0123456789" and STAMPED.match(text, row.first, row.last) is not None for row in texts
    )
    page.timed = stamped >= 3 and stamped >= 0.3 * len(texts)
    return page


def _long_emphasis(page: Page) -> None:
    """Set `strong` on rows whose emphasis opens on the first and closes on a later row of one paragraph."""
    text, rows = page.text, page.rows
    if "*" not in text and "_" not in text:
        return
    for number, row in enumerate(rows):
        if row.kind != "text" or row.strong or not text.startswith(("*", "_"), row.first):
            continue
        mark = text[
            row.first : row.first + 1 + (text[row.first : row.first + 1] == text[row.first + 1 : row.first + 2])
        ]
        if text.find(mark, row.first + len(mark), row.last) >= 0:
            continue
        for at in range(number + 1, min(number + 16, len(rows))):
            other = rows[at]
            if other.kind != "text":
                break
            closes = text.find(mark, other.first, other.last)
            if closes >= 0:
                if not text[closes + len(mark) : other.last].strip(" .:?!*_"):
                    for held in rows[number : at + 1]:
                        held.strong = "bold" if len(mark) == 2 else "italic"
                break


def _wrapped(text: str, rows: list[Row]) -> bool:
    """Whether lines are broken at a width: most lines followed directly by another are as long and end no sentence."""
    pairs = 0
    widths = []
    for row, following in pairwise(rows):
        if row.kind == "text" and following.kind == "text":
            pairs += text[row.last - 1] not in ":："  # a label on a line of its own
            if text[row.last - 1] not in _FINAL and 30 < row.last - row.start <= 130:
                widths.append(row.last - row.start)
    if len(widths) < max(3, 0.5 * pairs) or sum(widths) > 110 * len(widths):
        return _flows(text, rows)
    full = 0.6 * max(widths)
    return sum(width >= full for width in widths) >= 0.6 * len(widths)


def _flows(text: str, rows: list[Row]) -> bool:
    """Whether the few lines of a short text that follow another directly go on in the middle of its sentence."""
    if len(rows) > 30:
        return False
    pairs = [(row, after) for row, after in pairwise(rows) if row.kind == after.kind == "text" and not after.bullet]
    return len(pairs) >= 2 and all(
        text[row.last - 1] not in _FINAL and 40 < row.last - row.start <= 110 and text[after.first].islower()
        for row, after in pairs
    )


def _front_matter(page: Page) -> None:
    """Mark YAML front matter at the very beginning."""
    rows = page.rows
    if not rows or page.text[rows[0].start : rows[0].end].strip("\ufeff \t") != "---":
        return
    for number, row in enumerate(rows[1:200], start=1):
        if page.text[row.start : row.end].rstrip() in ("---", "..."):
            for held in rows[: number + 1]:
                held.kind = "meta"
            return


def _fences(page: Page) -> None:
    """Mark fenced code."""
    if not any(fence[0] in page.text for fence in _FENCE):
        return
    inside = False
    for row in page.rows:
        fence = row.kind != "meta" and page.text.startswith(_FENCE, row.start + 0) and row.kind != "blank"
        if fence or inside:
            row.kind = "code"
        if fence:
            inside = not inside


def _from_marks(page: Page) -> None:
    """Take headings, whole-row emphasis, captions and page furniture from the reader's marks."""
    if not page.marks:
        return
    for kind in _SKIPPED:
        for mark in page.marks.get(kind, ()):
            _set_covered(page, mark, "skip")
    for mark in page.marks.get("note", ()):
        _set_covered(page, mark, "event")
    for mark in page.marks.get("caption", ()):
        _set_covered(page, mark, "caption")
    for mark in page.marks.get("code", ()):
        if "\n" in page.text[mark.span.start : mark.span.end]:
            _set_covered(page, mark, "code")
    ruled: set[int] = set()
    for mark in page.marks.get("separator", ()):
        _set_covered(page, mark, "separator")
        held = range(page.row_at(mark.span.start), page.row_at(mark.span.end - 1) + 1)
        ruled.update(number for number in held if page.rows[number].kind == "blank")
    page.ruled = frozenset(ruled)
    if "cue" in page.marks:
        _outside_cues(page)
    for mark in page.marks.get("heading", ()):
        for row in _covered(page, mark):
            row.kind = "heading"
            row.level = int(mark.value) if mark.value and mark.value.isdigit() else max(row.level, 1)
    for kind in ("italic", "bold"):
        for number, runs in _runs(page, page.marks.get(kind, [])).items():
            if _covers(page.text, page.rows[number], runs):
                page.rows[number].strong = kind


def _line_numbers(page: Page) -> None:
    """Let the content of a row begin after its printed line number, and read its form again."""
    for mark in page.marks.get("line-number", ()):
        row = page.rows[page.row_at(mark.span.start)]
        if page.text[row.start : mark.span.start].strip() or mark.span.end >= row.end:
            continue
        again = read_row(page.text, mark.span.end, row.end, row.stop)
        row.first, row.last, row.kind, row.bullet, row.level = (
            again.first,
            again.last,
            again.kind,
            again.bullet,
            again.level,
        )
        row.numbered = row.kind != "blank"
        if row.kind == "blank":
            row.kind, row.first, row.last = "skip", mark.span.start, mark.span.end


def _printed_line_numbers(page: Page) -> None:
    """Let rows begin after line numbers printed in the text, as in depositions: 1, 2, 3 … and again on every page."""
    text = page.text
    found: list[tuple[Row, re.Match[str]]] = []
    filled = counted = last = 0
    for row in page.rows:
        if row.kind == "blank":
            continue
        filled += 1
        if text[row.start].isalpha():
            continue
        match = _LINE_NUMBER.match(text, row.start, row.end)
        if match is None:
            continue
        number = int(match.group(1) or match.group(2))
        counted += number in (last + 1, 1)
        last = number
        found.append((row, match))
    bracketed = bool(found) and found[0][1].group(2) is not None
    if len(found) < (4 if bracketed else 8) or len(found) < 0.7 * filled or counted < 0.9 * len(found):
        return
    for row, match in found:
        again = read_row(text, match.end(), row.end, row.stop)
        row.first, row.last, row.kind, row.bullet, row.level = (
            again.first, again.last, again.kind, again.bullet, again.level,
        )  # fmt: skip
        row.numbered = row.kind != "blank"
        if row.kind == "blank":
            row.kind, row.first, row.last = "skip", match.start(match.lastindex or 0), match.end(match.lastindex or 0)
    numbered = {row.start for row, _ in found}
    for row in page.rows:
        if row.kind == "text" and row.start not in numbered and text[row.first : row.last].isdigit():
            row.kind = "skip"  # the number of the page


def _outside_cues(page: Page) -> None:
    """Skip what a subtitle file holds besides its cues: header, notes, numbers of cues."""
    cued: set[int] = set()
    for mark in page.marks["cue"]:
        cued.update(range(page.row_at(mark.span.start), page.row_at(mark.span.end - 1) + 1))
    for number, row in enumerate(page.rows):
        if number not in cued and row.kind not in ("blank", "time") and not page.said(number):
            row.kind = "skip"


def _set_covered(page: Page, mark: Mark, kind: RowKind) -> None:
    for row in _covered(page, mark):
        if row.kind != "blank":
            row.kind = kind


def _covered(page: Page, mark: Mark) -> list[Row]:
    """Return the rows all of whose visible characters lie under `mark`."""
    found = []
    for number in range(page.row_at(mark.span.start), page.row_at(mark.span.end - 1) + 1):
        row = page.rows[number]
        if row.kind == "blank":
            continue
        before = page.text[row.first : max(row.first, mark.span.start)]
        after = page.text[min(row.last, mark.span.end) : row.last]
        if not before.strip(EMPHASIS_EDGE + "#") and not after.strip(EMPHASIS_EDGE + "#"):
            found.append(row)
    return found


def _runs(page: Page, marks: list[Mark]) -> dict[int, list[tuple[int, int]]]:
    """Return the marked ranges row by row."""
    runs: dict[int, list[tuple[int, int]]] = {}
    for mark in marks:
        for number in range(page.row_at(mark.span.start), page.row_at(mark.span.end - 1) + 1):
            row = page.rows[number]
            start, end = max(mark.span.start, row.start), min(mark.span.end, row.end)
            if start < end:
                runs.setdefault(number, []).append((start, end))
    return runs


def _covers(text: str, row: Row, runs: list[tuple[int, int]]) -> bool:
    if row.kind == "blank":
        return False
    at = row.first
    for start, end in runs:
        if text[at:start].strip(EMPHASIS_EDGE + ":.?!"):
            return False
        at = max(at, end)
    return not text[at : row.last].strip(EMPHASIS_EDGE + ':.?!"”’»')


def _page_furniture(page: Page) -> None:
    """Skip what is repeated on every page of a printed source: running heads and page numbers."""
    text, rows = page.text, page.rows
    if "\x0c" in text:
        _beside_form_feeds(page)
    _heads_with_numbers(page)
    if len(rows) < 60:
        return
    numbers = [
        row
        for row in rows
        if row.kind in ("text", "separator")
        and row.last - row.first <= 30
        and _PAGE_LINE.match(text, row.first, row.last)
    ]
    heads: Counter[str] = Counter()
    for row in rows:
        if row.kind == "text" and 8 <= row.last - row.first <= 90 and text[row.last - 1] not in ".?!:…。？！":
            shown = text[row.first : row.last]
            if any(char.isdigit() for char in shown):
                heads[_DIGITS.sub("0", shown)] += 1
    repeated = {head for head, count in heads.items() if count >= 3 and ":" not in head}
    if len(numbers) >= 3:
        for row in numbers:
            row.kind = "skip"
    if repeated:
        for row in rows:
            if row.kind == "text" and row.last - row.first <= 90:
                shown = text[row.first : row.last]
                if _DIGITS.sub("0", shown) in repeated:
                    row.kind = "skip"


def _heads_with_numbers(page: Page) -> None:
    """Skip running heads with a page number far from them, alone between blank lines.

    They come again with another number; where lines are wrapped, one in capitals is enough.
    """
    text, rows = page.text, page.rows
    found: list[tuple[Row, str]] = []
    for number, row in enumerate(rows):
        if row.kind != "text" or row.last - row.first > 90 or not _alone(rows, number):
            continue
        if _HEAD_WITH_NUMBER.match(text, row.first, row.last):
            found.append((row, _DIGITS.sub("0", " ".join(text[row.first : row.last].split()))))
    again = Counter([head for _, head in found]) if found else {}
    for row, head in found:
        if again[head] > 1 or (page.wrapped and head.isupper()):
            row.kind = "skip"


def _alone(rows: list[Row], number: int) -> bool:
    return all(not 0 <= at < len(rows) or rows[at].kind == "blank" for at in (number - 1, number + 1))


def _beside_form_feeds(page: Page) -> None:
    """Skip the running head after a form feed and the page number before it."""
    before: Row | None = None
    for row in page.rows:
        if row.kind == "text" and "\x0c" in page.text[row.start : row.first]:
            if row.last - row.first <= 90 and ":" not in page.text[row.first : row.last]:
                row.kind = "skip"
            if before is not None and _PAGE_LINE.match(page.text, page.outset(before), before.last):
                before.kind = "skip"
        if row.kind != "blank":
            before = row
