"""Making a text out of markup: words are written, breaks are asked for, marks open and close around what is written.

A break is only written when words follow it, the strongest one asked for; so a text never begins or ends with one,
and a mark never holds one at its ends. Nothing visible is ever added.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum

from onrecord.readers._marks import Marks
from onrecord.schema.interview import MarkKind


class Break(IntEnum):
    """What stands between two words; the stronger wins."""

    NONE = 0
    BLANK = 1
    TAB = 2
    LINE = 3
    PARAGRAPH = 4


_BY_PARAGRAPH = frozenset({"bold", "italic", "underline", "strike", "colour", "link"})
_BLANKS = " \t\n\r\f"
_TO_COLLAPSE = ("  ", "\n", "\t", "\r", "\f")
_RUN = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_WRITTEN = {Break.NONE: "", Break.BLANK: " ", Break.TAB: "\t", Break.LINE: "\n", Break.PARAGRAPH: "\n\n"}


@dataclass(slots=True)
class Opened:
    """A mark in the making; `start` is known when the first word inside is written."""

    kind: MarkKind
    value: str | None
    start: int = -1


class Builder:
    """A text in the making, with its marks."""

    __slots__ = ("_paragraphs", "_pieces", "_separates", "_unstarted", "_wanted", "marks", "size")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._paragraphs: list[int] = []
        self._unstarted: list[Opened] = []
        self._wanted = Break.NONE
        self._separates = False
        self.marks = Marks()
        self.size = 0

    def want(self, wanted: Break) -> None:
        """Ask for a break before the next word; two lines make a paragraph only if asked for as one."""
        self._wanted = max(self._wanted, wanted)

    def line(self) -> None:
        """Ask for a new line, or a new paragraph if a new line was asked for already (`<br><br>`)."""
        self._wanted = Break.PARAGRAPH if self._wanted >= Break.LINE else Break.LINE

    def separate(self) -> None:
        """Ask for a paragraph break that was drawn as a rule: it gets a `separator` mark."""
        self._wanted = Break.PARAGRAPH
        self._separates = True

    def write(self, words: str) -> None:
        """Write `words` as they are, after the break that was asked for."""
        if not words:
            return
        if self._wanted and self.size:
            between = _WRITTEN[self._wanted]
            if self._separates:
                self.marks.add("separator", self.size, self.size + len(between))
            self._pieces.append(between)
            if self._wanted is Break.PARAGRAPH:
                self._paragraphs.append(self.size)
            self.size += len(between)
        self._wanted = Break.NONE
        self._separates = False
        if self._unstarted:
            for opened in self._unstarted:
                opened.start = self.size
            self._unstarted.clear()
        self._pieces.append(words)
        self.size += len(words)

    def flow(self, words: str) -> None:
        """Write running text as pages show it: every run of blanks is one blank, or one tab if it is made of tabs."""
        core = words.strip(_BLANKS)
        if not core.strip("\xa0"):  # nothing visible
            if words:
                self.want(_break_of(words))
            return
        if words[0] in _BLANKS:
            self.want(_break_of(words[: len(words) - len(words.lstrip(_BLANKS))]))
        self.write(_RUN.sub(_one_blank, core) if any(run in core for run in _TO_COLLAPSE) else core)
        if words[-1] in _BLANKS:
            self.want(_break_of(words[len(words.rstrip(_BLANKS)) :]))

    def open(self, kind: MarkKind, value: str | None = None) -> Opened:
        """Open a mark at the next word."""
        opened = Opened(kind, value)
        self._unstarted.append(opened)
        return opened

    def close(self, opened: Opened) -> None:
        """Close a mark after the last word; without a word inside there is none. Emphasis is marked by paragraph."""
        start = opened.start
        if not 0 <= start < self.size:
            return
        if opened.kind in _BY_PARAGRAPH:
            breaks = self._paragraphs
            for at in range(bisect_left(breaks, start), len(breaks)):
                if self.marks.full:
                    break
                self.marks.add(opened.kind, start, breaks[at], opened.value)
                start = breaks[at] + 2
        self.marks.add(opened.kind, start, self.size, opened.value)

    def relax(self) -> None:
        """Take back the break that was asked for: what follows belongs to the same line after all."""
        self._wanted = Break.NONE

    def restart(self, opened: Opened) -> None:
        """Let an open mark begin at the next word instead: what it held so far was its label."""
        if opened.start >= 0:
            opened.start = -1
            self._unstarted.append(opened)

    def since(self, start: int) -> str:
        """Return what was written from `start` on."""
        found: list[str] = []
        at = self.size
        for piece in reversed(self._pieces):
            if at <= start:
                break
            at -= len(piece)
            found.append(piece)
        return "".join(reversed(found))[max(0, start - at) :]

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._pieces)


def _break_of(run: str) -> Break:
    return Break.TAB if "\t" in run and "\n" not in run and "\r" not in run else Break.BLANK


def _one_blank(run: re.Match[str]) -> str:
    return "\t" if _break_of(run[0]) is Break.TAB else " "
