"""The text as rows: every line once, with what its form alone says (blank, heading, separator, note …).

Nothing here knows about speakers. Markup comes twice: as marks from readers, and as plain characters
(`**bold**`, `# heading`) in texts that are their own markup; both end up in the same fields of a row.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from onrecord.schema.interview import Mark
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.events import event_in
from onrecord.stages.layout.model import Row, RowKind
from onrecord.stages.layout.words import events, fold, folded
from onrecord.text.lines import split_lines

HEAD = 160
"""No label is longer: scanners look at this many characters of a line at most."""

_LEAD = re.compile(r"[ \t\u00a0\u3000\u200b\u200e\u200f\ufeff\u2028\x0c]*(?:>(?!>)[ \t]*)*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_TIGHT_HEADING = re.compile(r"(#{1,6})(?=[^\W\d_])")
_IMAGE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?[ \t]*$")
_FIGCAPTION = re.compile(r"<figcaption>|<img ", re.IGNORECASE)
_HEADING_TAIL = re.compile(r"[ \t]+#+[ \t]*$")
_BULLET = re.compile(
    r"(?:[-–—―‒*+•·●▪■►▶▸➤→◆◇○»](?=[ \t\u00a0])|\(?\d{1,3}(?:\.\d{1,2})?[.)\u2013\u2014-](?=[ \t\u00a0]))[ \t\u00a0]*"
)
_SEPARATOR = re.compile(r"(?:[-*_=~•·#+—–―.⁂✻※◆■□●]\s*){3,}$|(?:[■□◆⁂※∎]|&#9632;)$|\*$|#$|<hr ?/?>$", re.IGNORECASE)
_SEPARATOR_CHARS = frozenset("-*_=~•·#+—–―.⁂✻※◆■□●∎<&")
_TIME_ONLY = re.compile(
    r"[\[(<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
    r"(?:\s*(?:-->|[-–—])\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?[\])>]?(?:\s*[a-z]+:\S+)*\s*$"
)
_LINE_NUMBER = re.compile(r"[ \t\x0c]*(\d{1,2})(?:[ \t]{2,}|[ \t]*$)", re.MULTILINE)
STAMPED = re.compile(r"\\?[\[(<]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?\\?[\])>]?[ \t]+(?:[-–—|][ \t]+)?(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"([*_])(?=[^\s*_])(.+?)(?<=[^\s])\1")
_TAGGED = re.compile(r"<(b|strong|i|em)>(.+?)</\1>", re.IGNORECASE)
_FINAL = '.?!…:;"”’»)]。？！」』*_'
_EMPHASIS_EDGE = "*_ \t"
_PAGE_LINE = re.compile(
    r"(?:page|seite|стр(?:аница)?|p[aá]gina|sayfa|s[əe]hif[əe])?\s*[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|von|из|de|/)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}){1,2}")
_TAG = re.compile(r"</?\w+>")
_FENCE = ("```", "~~~")
_SKIPPED = ("header", "footer", "page", "line-number", "navigation", "hidden", "comment", "footnote")


@dataclass(slots=True)
class Page:
    """A text with its rows, its marks by kind, and whether its lines are hard-wrapped."""

    text: str
    rows: list[Row]
    marks: dict[str, list[Mark]]
    wrapped: bool
    starts: list[int]
    timed: bool = False

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


def read_page(text: str, marks: tuple[Mark, ...]) -> Page:
    """Divide `text` into rows and say what each one is by its form. Linear in the text and its marks."""
    rows = [_row(text, start, end, stop) for start, end, stop in split_lines(text)]
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


def _row(text: str, start: int, end: int, stop: int) -> Row:
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    last = end
    while last > first and text[last - 1].isspace():
        last -= 1
    row = Row(start, end, stop, first, last)
    if first >= last:
        row.kind = "blank"
        row.first = row.last = start
        return row
    row.quoted = ">" in text[start:first]
    char = text[first]
    if char.isalpha():
        return row
    _special(text, row, char)
    return row


def _special(text: str, row: Row, char: str) -> None:
    """Say what a row is whose first character is no letter."""
    first, last = row.first, row.last
    if char in _SEPARATOR_CHARS and last - first < HEAD and _SEPARATOR.match(text, first, last):
        row.kind = "separator"
        return
    if char == "!" and _IMAGE.match(text, first, last):
        row.kind = "caption"
        return
    if char == "#" and (match := _HEADING.match(text, first, last) or _tight_heading(text, first, last)):
        row.kind, row.level = "heading", len(match.group(1))
        row.first = match.end()
        if tail := _HEADING_TAIL.search(text, max(row.first, last - 20), last):
            row.last = tail.start()
    elif (match := _BULLET.match(text, first, last)) and match.end() < last:
        row.bullet = match.group().strip()
        row.first = match.end()
    elif char == "<" and _FIGCAPTION.match(text, first, last):
        row.kind = "caption"
    elif char.isdigit() or char in "[(<":
        if last - first < 60 and _TIME_ONLY.match(text, first, last):
            row.kind = "time"
            return
        if char in "[(<" and event_in(text, first, last):
            row.kind = "event"
            return
    if row.first < row.last and text[row.first] in "*_<([（【":
        _emphasis(text, row)
        if char in "*_<" and row.last - first <= 60 and _is_note(text[row.first : row.last]):
            row.kind = "event"
        if row.kind == "text" and event_in(text, row.first, row.last):
            row.kind = "event"


def _tight_heading(text: str, first: int, last: int) -> re.Match[str] | None:
    """Match hashes without a blank before several words that end no sentence; one word is a hash tag."""
    match = _TIGHT_HEADING.match(text, first, last)
    if (
        match is None
        or text[last - 1] in ".,;:"
        or text.find(" ", first, last) < 0
        or text.find("#", match.end(), last) >= 0
    ):
        return None
    return match


def _is_note(shown: str) -> bool:
    """Whether an emphasised row is the note of an event where a label would stand (`**Break:** [20:34]`)."""
    if shown.count("*") + shown.count("_") < 2 and "<" not in shown:
        return False
    words = fold(_CLOCK.sub(" ", _TAG.sub(" ", shown))).split()
    return bool(words) and words[0] in events() and all(word in events() or word in ("to", "and") for word in words)


def _emphasis(text: str, row: Row) -> None:
    """Set `strong` where all of the row's content is emphasised by characters."""
    for pattern, kind in ((_BOLD, "bold"), (_ITALIC, "italic"), (_TAGGED, "tag")):
        at, outer = row.first, None
        while at < row.last and (match := pattern.match(text, at, row.last)) is not None:
            outer = match.group(1).lower()
            at = match.end()
            while at < row.last and text[at] in " \t":
                at += 1
        if outer is None or text[at : row.last].strip(" .:?!") != "":
            continue
        row.strong = ("bold" if outer in ("b", "strong") else "italic") if kind == "tag" else kind
        return


def _long_emphasis(page: Page) -> None:
    """Set `strong` on rows whose emphasis opens on the first and closes on a later row of one paragraph."""
    text, rows = page.text, page.rows
    for number, row in enumerate(rows):
        if row.kind != "text" or row.strong or not text.startswith(("**", "__"), row.first):
            continue
        mark = text[row.first : row.first + 2]
        if text.find(mark, row.first + 2, row.last) >= 0:
            continue
        for at in range(number + 1, min(number + 16, len(rows))):
            other = rows[at]
            if other.kind != "text":
                break
            closes = text.find(mark, other.first, other.last)
            if closes >= 0:
                if not text[closes + 2 : other.last].strip(" .:?!*_"):
                    for held in rows[number : at + 1]:
                        held.strong = "bold"
                break


def _wrapped(text: str, rows: list[Row]) -> bool:
    """Whether lines are broken at a width: most lines followed directly by another are as long and end no sentence."""
    pairs = 0
    widths = []
    for row, following in pairwise(rows):
        if row.kind == "text" and following.kind == "text":
            pairs += 1
            if text[row.last - 1] not in _FINAL and 30 < row.last - row.start <= 130:
                widths.append(row.last - row.start)
    if len(widths) < max(3, 0.5 * pairs) or sum(widths) > 110 * len(widths):
        return False
    full = 0.6 * max(widths)
    return sum(width >= full for width in widths) >= 0.6 * len(widths)


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
    for mark in page.marks.get("separator", ()):
        _set_covered(page, mark, "separator")
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
        again = _row(page.text, mark.span.end, row.end, row.stop)
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
        match = _LINE_NUMBER.match(text, row.start, row.end)
        if match is None:
            continue
        number = int(match.group(1))
        counted += number in (last + 1, 1)
        last = number
        found.append((row, match))
    if len(found) < 8 or len(found) < 0.7 * filled or counted < 0.9 * len(found):
        return
    for row, match in found:
        again = _row(text, match.end(), row.end, row.stop)
        row.first, row.last, row.kind, row.bullet, row.level = (
            again.first, again.last, again.kind, again.bullet, again.level,
        )  # fmt: skip
        row.numbered = row.kind != "blank"
        if row.kind == "blank":
            row.kind, row.first, row.last = "skip", match.start(1), match.end(1)
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
        if number not in cued and row.kind not in ("blank", "time"):
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
        if not before.strip(_EMPHASIS_EDGE + "#") and not after.strip(_EMPHASIS_EDGE + "#"):
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
        if text[at:start].strip(_EMPHASIS_EDGE + ":.?!"):
            return False
        at = max(at, end)
    return not text[at : row.last].strip(_EMPHASIS_EDGE + ':.?!"”’»')


def strong_lead(page: Page, row: Row) -> tuple[int, int] | None:
    """Return the emphasised range a row begins with according to the marks, adjacent marks joined; else None."""
    best: tuple[int, int] | None = None
    for kind in ("bold", "italic", "underline"):
        marks = page.marks.get(kind)
        if not marks:
            continue
        at = bisect_left(marks, row.start, key=lambda mark: mark.span.start)
        if at and marks[at - 1].span.end > row.first:
            at -= 1
        start = end = None
        for mark in marks[at:]:
            if start is None:
                if mark.span.start > row.first + 3 or mark.span.start >= row.last:
                    break
                if page.text[row.first : mark.span.start].strip(_EMPHASIS_EDGE):
                    break
                start, end = max(mark.span.start, row.first), min(mark.span.end, row.last)
            elif (
                end is not None
                and mark.span.start <= end + 4
                and not page.text[end : mark.span.start].strip(_EMPHASIS_EDGE)
            ):
                end = max(end, min(mark.span.end, row.last))
            else:
                break
        if start is not None and end is not None and start < end and (best is None or end > best[1]):
            best = (start, end)
    return best


def _page_furniture(page: Page) -> None:
    """Skip what is repeated on every page of a printed source: running heads and page numbers."""
    text, rows = page.text, page.rows
    if "\x0c" in text:
        _beside_form_feeds(page)
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


def is_boilerplate(page: Page, row: Row) -> bool:
    """Whether a row is nothing but a button or notice of a page (`Advertisement`)."""
    if row.last - row.first > 60:
        return False
    return fold(page.text[row.first : row.last]) in folded("boilerplate")


def is_signature(page: Page, row: Row) -> bool:
    """Whether a row is nothing but a date, as under a text (`// May 16, 2012`)."""
    if row.last - row.first > 40 or row.kind != "text":
        return False
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
