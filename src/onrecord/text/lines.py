"""Lines of a text and the way from an offset to `line:column`.

A line ends at LF, CR or CR LF, and nowhere else: form feeds and U+2028 stay inside a line, as
they do in the editors people use to look a place up. (`str.splitlines` splits at ten characters.)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Line(NamedTuple):
    """One line: `text[start:end]` is its content, `text[start:stop]` includes its line end."""

    start: int
    end: int
    stop: int


def split_lines(text: str) -> list[Line]:
    """Split `text` into lines that partition it; an empty text has no lines."""
    lines: list[Line] = []
    start = 0
    if "\r" not in text:  # the common case, without a pattern
        find = text.find
        while (at := find("\n", start)) >= 0:
            lines.append(Line(start, at, at + 1))
            start = at + 1
    else:
        for match in _NEWLINE.finditer(text):
            lines.append(Line(start, match.start(), match.end()))
            start = match.end()
    if start < len(text):
        lines.append(Line(start, len(text), len(text)))
    return lines


class LineIndex:
    """Offsets (code points) to 1-based line and column, by bisection over line starts."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str) -> None:
        lines = split_lines(text)
        self._starts = [line.start for line in lines] or [0]
        self._ends = [line.end for line in lines] or [0]
        if lines and lines[-1].end < lines[-1].stop:  # the end of the text is where the next line would start
            self._starts.append(lines[-1].stop)
            self._ends.append(lines[-1].stop)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based `(line, column)` of `offset`; columns count code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Return where a line, counted from 1, starts and where its content ends; of one too many, the last."""
        at = min(max(line, 1), len(self._starts)) - 1
        return self._starts[at], self._ends[at]
