"""A page of a PDF as rows in reading order: pieces of text by their boxes, columns, line numbers.

Positions are in points with the origin at the lower left. Nothing here knows the PDF library: a page is a list of
`Glyph` values, so that all rules can be tested without a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_NUMBER = re.compile(r"\d{1,3}")


class Glyph(NamedTuple):
    """A character, its box, and whether it is bold or italic."""

    char: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Piece:
    """Characters that follow each other on one line without a wide gap."""

    glyphs: list[Glyph]
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0

    def __post_init__(self) -> None:
        inked = [glyph for glyph in self.glyphs if not glyph.char.isspace()] or self.glyphs
        self.left = min(glyph.left for glyph in inked)
        self.right = max(glyph.right for glyph in inked)
        self.bottom = min(glyph.bottom for glyph in inked)
        self.top = max(glyph.top for glyph in inked)

    @property
    def height(self) -> float:
        """Height of the tallest letters."""
        return max(1.0, self.top - self.bottom)

    @property
    def text(self) -> str:
        """The characters, without blanks at the ends."""
        return "".join(glyph.char for glyph in self.glyphs).strip()


@dataclass(slots=True)
class Row:
    """Pieces on one line of one column, from left to right; `number` is the line number printed before them.

    Where nothing follows the number, it is the only piece.
    """

    pieces: list[Piece]
    column: int = 0
    number: Piece | None = None
    is_only_number: bool = False
    top: float = field(default=0.0)
    bottom: float = field(default=0.0)

    def __post_init__(self) -> None:
        self.top = max(piece.top for piece in self.pieces)
        self.bottom = min(piece.bottom for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where the first piece begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the last piece ends."""
        return self.pieces[-1].right

    @property
    def height(self) -> float:
        """Height of the tallest piece."""
        return max(piece.height for piece in self.pieces)

    @property
    def text(self) -> str:
        """What the row says, with one blank between pieces."""
        return " ".join(piece.text for piece in self.pieces)


def rows_of(lines: Iterable[Sequence[Glyph]]) -> list[Row]:
    """Return the rows of a page in reading order; `lines` are glyphs as the file gives them, line by line."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    if not pieces:
        return []
    gutter = _gutter(pieces)
    ordered = _rows(pieces, 0) if gutter is None else _columns(pieces, gutter)
    _take_line_numbers(ordered)
    return ordered


def _pieces(line: Sequence[Glyph]) -> list[Piece]:
    """Divide a line at gaps wider than two and a half letters are high."""
    found: list[Piece] = []
    held: list[Glyph] = []
    last: Glyph | None = None
    for glyph in line:
        if glyph.char.isspace():
            held.append(glyph)
            continue
        if last is not None and glyph.left - last.right > 2.0 * max(4.0, last.top - last.bottom):
            found.append(Piece(held))
            held = []
        held.append(glyph)
        last = glyph
    if last is not None:
        found.append(Piece(held))
    return [piece for piece in found if piece.text]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return the middle of the blank strip between two columns of running text, None if there are no columns."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = right - left
    if len(pieces) < 12 or width <= 0:
        return None
    best: tuple[int, float] | None = None
    for step in range(41):
        at = left + width * (0.3 + 0.01 * step)
        crossing = sum(piece.left < at < piece.right for piece in pieces)
        if best is None or crossing < best[0]:
            best = crossing, at
    if best is None or best[0] > 0.15 * len(pieces):
        return None
    sides = [[p for p in pieces if p.right <= best[1]], [p for p in pieces if p.left >= best[1]]]
    if min(map(len, sides)) < 0.25 * len(pieces):
        return None
    # Columns of running text are filled: a column of short labels beside the text is no column to be read by itself.
    # One line in four is enough, for answers may be short, and the last line of a paragraph often is.
    if any(sorted(p.right - p.left for p in side)[3 * len(side) // 4] < 0.25 * width for side in sides):
        return None
    return best[1]


def _columns(pieces: Sequence[Piece], gutter: float) -> list[Row]:
    """Read the left column, then the right one; what crosses the gutter divides the page into bands."""
    across = sorted((p for p in pieces if p.left < gutter < p.right), key=lambda piece: -piece.top)
    bounds = [float("inf"), *(piece.bottom for piece in across), float("-inf")]
    ordered: list[Row] = []
    for number in range(len(bounds) - 1):
        band = [p for p in pieces if bounds[number + 1] <= p.bottom < bounds[number] and p not in across]
        ordered += _rows([p for p in band if p.right <= gutter], 0)
        ordered += _rows([p for p in band if p.left >= gutter], 1)
        if number < len(across):
            ordered += _rows([across[number]], 0)
    return ordered


def _rows(pieces: Sequence[Piece], column: int) -> list[Row]:
    """Put pieces that stand at one height into one row, the rows from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.bottom, piece.left)):
        if rows:
            last = rows[-1][0]
            shared = min(last.top, piece.top) - max(last.bottom, piece.bottom)
            if shared > 0.5 * min(last.height, piece.height):
                rows[-1].append(piece)
                continue
        rows.append([piece])
    return [Row(sorted(row, key=lambda piece: piece.left), column) for row in rows]


def _take_line_numbers(rows: Sequence[Row]) -> None:
    """Take the numbers that count the lines of a page at its left edge: each one more than the one before."""
    found: list[tuple[Row, int]] = []
    for row in rows:
        number = _leading_number(row)
        if number is not None:
            found.append((row, number))
    edge = median([row.left for row, _ in found]) if found else 0.0
    found = [(row, number) for row, number in found if abs(row.left - edge) <= 3 * row.height]  # no page number
    if len(found) < 5 or len(found) < 0.5 * len(rows):
        return
    steps = [after[1] - before[1] for before, after in pairwise(found)]
    if sum(step == 1 for step in steps) < 0.8 * len(steps):
        return
    for row, number in found:
        digits = len(str(number))
        first = row.pieces[0]
        glyphs = [glyph for glyph in first.glyphs if not glyph.char.isspace()]
        row.number = Piece(glyphs[:digits])
        rest = glyphs[digits:] and first.glyphs[first.glyphs.index(glyphs[digits]) :]
        row.pieces = [*([Piece(rest)] if rest else []), *row.pieces[1:]]
        if not row.pieces:  # the number of an empty line
            row.is_only_number = True
            row.pieces = [row.number]


def _leading_number(row: Row) -> int | None:
    text = row.pieces[0].text
    match = _NUMBER.match(text)
    if match is None or (match.end() < len(text) and not text[match.end()].isspace()):
        return None
    return int(match[0]) if match[0][0] != "0" else None
