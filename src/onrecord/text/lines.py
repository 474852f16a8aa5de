"""Lines of a text and the way from an offset to `line:column`.

A line ends at LF, CR or CR LF, and nowhere else: form feeds and U+2028 stay inside a line, as
they do in the editors people use to look a place up. (`str.splitlines` splits at ten characters.)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
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
    """Offsets (code points) to 1-based line and column, by bisection over line starts.

    The text is split when a place is asked for: most who have an index at hand find nothing to say.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> tuple[list[int], list[int]]:
        """Where the lines start, and where their contents end."""
        lines = split_lines(self._text)
        starts = [line.start for line in lines] or [0]
        ends = [line.end for line in lines] or [0]
        if lines and lines[-1].end < lines[-1].stop:  # the end of the text is where the next line would start
            starts.append(lines[-1].stop)
            ends.append(lines[-1].stop)
        return starts, ends

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based `(line, column)` of `offset`; columns count code points."""
        starts, _ = self._lines
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Return where a line, counted from 1, starts and where its content ends; of one too many, the last."""
        starts, ends = self._lines
        at = min(max(line, 1), len(starts)) - 1
        return starts[at], ends[at]
