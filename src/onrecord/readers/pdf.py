"""PDF files with a text layer: pages read column by column, paragraphs by the space between lines.

Running heads, feet and page numbers are put at the end of the text under `header`, `footer` and `page` marks, so that
they break no sentence; numbers of lines stay at their lines under `line-number` marks; the hyphen and line end of a
divided word have a `hidden` mark with the value `hyphenation`. A `field` mark `page N` is over what each page says.
Lines in larger letters than most are headings.
Pages that are pictures are a problem: no text is guessed. Needs the extra `pdf` (pypdfium2); nothing in a file is run.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._builder import Break, Builder, Opened
from onrecord.readers._pdf_page import Glyph, Piece, Row, rows_of
from onrecord.readers._stated import stated
from onrecord.schema.interview import MarkKind

MAX_PAGES = 5000
MAX_CHARACTERS = 20_000_000
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:\w{1,12}\.?\s)?[-–—]?\s?\d{1,4}\s?[-–—]?(?:\s?(?:/|of|von|de|из|sur)\s?\d{1,4})?", re.IGNORECASE
)
_FILE_NAME = re.compile(r"\.\w{2,4}$|^microsoft word|^untitled|^\W*anonymous\W*$", re.IGNORECASE)
_PASSWORD_ERROR = 4
_TAIL = 2048
"""The last bytes, where the mark for the end stands."""
_EDGE_LINES = 2
_LARGER = 1.25
"""Letters so much larger than the usual ones make a heading."""
_Furniture = list[tuple[MarkKind, Row, int]]


@dataclass(slots=True)
class _Pages:
    """The pages of a file, with what was wrong."""

    rows: list[list[Row]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    title: str = ""


def read(data: bytes, facts: Facts) -> Reading:  # noqa: ARG001 - every reader takes both
    """Make a text and marks of the text layer of a PDF; never raises for broken data."""
    if not data.strip():
        return Reading("", None, "none")
    if b"%PDF-" not in data[:1024]:
        return _nothing(Problem("unreadable-format", "The file is not a PDF: it does not begin with %PDF."))
    if find_spec("pypdfium2") is None:
        message = "PDF files are read with the optional package pypdfium2, which is not installed."
        return _nothing(Problem("extra-missing", message, hint="Install it with: pip install 'onrecord[pdf]'"))
    pages = _pages(data)
    body, furniture = _divide(pages.rows)
    out = Builder()
    _write_pages(body, out)
    for kind, row, number in furniture:
        out.want(Break.PARAGRAPH)
        opened = out.open(kind, str(number))
        _write_row(row, out)
        out.close(opened)
    problems = list(pages.problems)
    if not problems and not out.size:
        message = f"None of the {len(pages.rows)} pages has a text layer: they are pictures of pages."
        problems.append(Problem("no-text-layer", message))
    elif pictures := [number for number, rows in enumerate(pages.rows, 1) if not rows]:
        shown = ", ".join(map(str, pictures[:10])) + (" …" if len(pictures) > 10 else "")
        message = f"{len(pictures)} of {len(pages.rows)} pages have no text layer: {shown}."
        problems.append(Problem("no-text-layer", message))
    marks = out.marks.done()
    problems += out.marks.problems
    return Reading(out.text, "utf-8", "none", marks, tuple(problems), stated([("title", pages.title)]))


def _nothing(problem: Problem) -> Reading:
    return Reading("", None, "none", (), (problem,))


def _pages(data: bytes) -> _Pages:
    import pypdfium2

    pages = _Pages()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            pages.problems.append(Problem("password-protected", "The PDF is encrypted with a password."))
        elif b"%%EOF" not in data[-_TAIL:]:
            message = "The PDF breaks off: its end, which says where everything stands, is missing."
            pages.problems.append(Problem("cut-off", message))
        else:
            pages.problems.append(Problem("unreadable-format", f"The PDF is damaged: {error}."))
        return pages
    try:
        pages.title = _title(document)
        _read_pages(document, pages)
    finally:
        document.close()
    return pages


def _title(document: Any) -> str:
    """The title that the file states, unless it is a file's name or damaged."""
    try:
        title = str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""
    return "" if _FILE_NAME.search(title) else title


def _read_pages(document: Any, pages: _Pages) -> None:
    import pypdfium2

    count = len(document)
    if count > MAX_PAGES:
        pages.problems.append(Problem("unreadable-format", f"The PDF has {count:,} pages; {MAX_PAGES:,} are read."))
    total = 0
    for number in range(min(count, MAX_PAGES)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            pages.problems.append(Problem("malformed-markup", f"Page {number + 1} is damaged: {error}."))
            pages.rows.append([])
            continue
        total += text.count_chars()
        if total > MAX_CHARACTERS:
            message = f"The PDF has more than {MAX_CHARACTERS:,} characters; it is read up to page {number}."
            pages.problems.append(Problem("unreadable-format", message))
            return
        pages.rows.append(rows_of(_lines(text)))
        text.close()
        page.close()


def _lines(text: Any) -> Iterator[list[Glyph]]:
    """Yield the glyphs of a page line by line, in the order of the file."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()  # the loose box, of the font and not of the ink: commas stand on the line of their letters
    fonts = _Fonts(text.raw)
    line: list[Glyph] = []
    bold = italic = in_word = False
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code in (10, 13):
            if line:
                yield line
            line, in_word = [], False
            continue
        if code < 32 and code != 2:
            continue
        char = "-" if code == 2 else chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        raw.FPDFText_GetLooseCharBox(text.raw, at, box)
        if char.isspace():
            in_word = False
        elif not in_word:
            bold, italic = fonts.of(at)
            in_word = True
        glyph = Glyph(char, box.left, box.bottom, box.right, box.top, bold, italic)
        if line and not char.isspace() and _is_below(glyph, line[-1]):
            yield line  # a divided word: the library joins its halves
            line = []
        line.append(glyph)
    if line:
        yield line


def _is_below(glyph: Glyph, last: Glyph) -> bool:
    return glyph.left < last.left and glyph.top < last.bottom + 0.3 * (last.top - last.bottom)


class _Fonts:
    """Whether the font at a place is bold or italic, by its weight, its flags and its name."""

    __slots__ = ("_buffer", "_flags", "_page")

    def __init__(self, page: Any) -> None:
        self._page = page
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def of(self, at: int) -> tuple[bool, bool]:
        """Return (bold, italic) of the character at `at`."""
        import pypdfium2.raw as raw

        size = raw.FPDFText_GetFontInfo(self._page, at, self._buffer, len(self._buffer), self._flags)
        name = self._buffer.value.decode("utf-8", "replace").lower() if 0 < size <= len(self._buffer) else ""
        bold = "bold" in name or "black" in name or bool(self._flags.value & 1 << 18)
        return bold, "italic" in name or "oblique" in name or bool(self._flags.value & 1 << 6)


def _divide(pages: Sequence[list[Row]]) -> tuple[list[list[Row]], _Furniture]:
    """Take running heads, feet and page numbers out of the pages: rows at an edge that other pages have as well."""
    edges = [_edges(rows) for rows in pages]
    repeated = Counter(key for held in edges for key in {_key(row) for row, _ in held.values()})
    needed = max(2, round(0.3 * len(pages)))
    body: list[list[Row]] = []
    furniture: _Furniture = []
    for number, (rows, held) in enumerate(zip(pages, edges, strict=True), 1):
        kept: list[Row] = []
        for row in rows:
            is_number = id(row) in held and _PAGE_NUMBER.fullmatch(row.text) is not None
            if id(row) in held and (repeated[_key(row)] >= needed or (is_number and _stands_alone(row, rows))):
                upper = held[id(row)][1]
                furniture.append(("page" if is_number else "header" if upper else "footer", row, number))
            else:
                kept.append(row)
        body.append(kept)
    return body, furniture


def _edges(rows: Sequence[Row]) -> dict[int, tuple[Row, bool]]:
    """The rows on the outermost lines of a page, in all its columns, by their ids; True for those at the top."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: -row.bottom):
        if lines and lines[-1][0].bottom - row.bottom < 0.5 * row.height:
            lines[-1].append(row)
        else:
            lines.append([row])
    if len(lines) <= _EDGE_LINES:
        return {}
    half = len(lines) / 2
    outer = {*range(_EDGE_LINES), *range(len(lines) - _EDGE_LINES, len(lines))}
    return {id(row): (row, number < half) for number in outer for row in lines[number]}


def _stands_alone(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row is at least two lines away from all others: a number there is the page's, also of a single page."""
    return all(abs(row.bottom - other.bottom) > 2.5 * row.height for other in rows if other is not row)


def _key(row: Row) -> tuple[str, int]:
    """What makes rows of two pages the same: the words without numbers, and the height they stand at."""
    return _DIGITS.sub("0", row.text).casefold(), round(row.bottom / 12)


def _distance(rows: Sequence[Row]) -> float:
    """The usual distance between lines of a paragraph, 0 if there are not two: the lower third of all distances."""
    distances = sorted(above.bottom - below.bottom for above, below in pairwise(rows) if above.bottom > below.bottom)
    return distances[len(distances) // 3] if distances else 0.0


def _write_pages(pages: Sequence[Sequence[Row]], out: Builder) -> None:
    """Write all pages; a page of few lines is measured by the lines of the whole document."""
    rows = [row for page in pages for row in page]
    overall = _distance(rows)
    size = median([row.height for row in rows]) if rows else 0.0
    before: Row | None = None
    heading: Opened | None = None
    for number, page in enumerate(pages, 1):
        opened = out.open("field", f"page {number}")
        usual = min(overall, _distance(page) or overall)
        for place, row in enumerate(page):
            between = _between(before, row, usual, is_first=place == 0)
            if heading is not None and between is Break.PARAGRAPH:
                out.close(heading)
                heading = None
            out.want(between)
            if heading is None and row.height >= _LARGER * size and between is Break.PARAGRAPH:
                heading = out.open("heading")
            hyphen = out.size - 1
            words = _write_row(row, out)
            if between is Break.LINE and _is_hyphenated(before, row):
                # With the number of the line, if it has one: without what is hidden, the word is whole.
                out.marks.add("hidden", hyphen, words or hyphen + 2, "hyphenation")
            before = row
        out.close(opened)
    if heading is not None:
        out.close(heading)


def _between(before: Row | None, row: Row, usual: float, *, is_first: bool) -> Break:
    """What stands between two rows; `is_first` of a page."""
    if before is None or not 1 / _LARGER < row.height / before.height < _LARGER:
        return Break.PARAGRAPH
    if is_first or row.column != before.column:
        goes_on = row.text[:1].islower() and before.text[-1:] not in ".?!:"
        return Break.LINE if goes_on else Break.PARAGRAPH
    if usual and before.bottom - row.bottom > 1.25 * usual:
        return Break.PARAGRAPH
    is_indented = abs(row.left - before.left) > 0.8 * max(4.0, row.height)
    if is_indented and before.text[-1:] in '.?!:…"”»)':
        return Break.PARAGRAPH
    return Break.LINE


def _is_hyphenated(before: Row | None, row: Row) -> bool:
    words = before.text if before is not None else ""
    return words[-1:] in "-\u2010\xad" and words[-2:-1].isalpha() and row.text[:1].islower()


def _write_row(row: Row, out: Builder) -> int | None:
    """Write a row; return where its words begin if the number of the line stands before them."""
    words = None
    if row.number is not None:
        opened = out.open("line-number")
        out.write(row.number.text)
        out.close(opened)
        if row.is_only_number:
            return None
        out.want(Break.TAB)
        words = out.size + 1
    last: Piece | None = None
    for piece in row.pieces:
        if last is not None:
            out.want(Break.TAB if piece.left - last.right > 2.0 * piece.height else Break.BLANK)
        _write_piece(piece, out)
        last = piece
    return words


def _write_piece(piece: Piece, out: Builder) -> None:
    """Write a piece run by run of one format; blanks belong to the run before."""
    glyphs = piece.glyphs
    start = 0
    inked = [at for at, glyph in enumerate(glyphs) if not glyph.char.isspace()]
    glyphs = glyphs[inked[0] : inked[-1] + 1]
    while start < len(glyphs):
        form = glyphs[start].bold, glyphs[start].italic
        stop = start
        while stop < len(glyphs) and (glyphs[stop].char.isspace() or (glyphs[stop].bold, glyphs[stop].italic) == form):
            stop += 1
        opened = [out.open("bold")] if form[0] else []
        opened += [out.open("italic")] if form[1] else []
        words = "".join(glyph.char for glyph in glyphs[start:stop])
        out.write(words.rstrip())
        for mark in opened:
            out.close(mark)
        out.write(words[len(words.rstrip()) :])
        start = stop


READER = Reader(
    name="pdf",
    version="1",
    media_type="application/pdf",
    suffixes=(".pdf",),
    read=read,
    derived=True,
    recognises=begins(b"%PDF-"),
)
