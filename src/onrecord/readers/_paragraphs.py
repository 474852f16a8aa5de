"""Paragraphs of word processors: runs of text with a format each, written with one mark over equal neighbours."""

from __future__ import annotations

from onrecord.readers._builder import Break, Builder, Opened
from onrecord.schema.interview import MarkKind

Format = frozenset[tuple[MarkKind, str | None]]


class Paragraphs:
    """Writes runs to a builder; blanks at the ends of a paragraph are left out, formats are merged."""

    __slots__ = ("_gap", "_in_paragraph", "_marks", "out")

    def __init__(self, out: Builder) -> None:
        self.out = out
        self._gap = ""
        self._in_paragraph = False
        self._marks: dict[tuple[MarkKind, str | None], Opened] = {}

    def run(self, words: str, form: Format) -> None:
        """Write a run of words in one format."""
        core = words.strip(_BLANKS)
        if not core:
            self._gap += words
            return
        lead = len(words) - len(words.lstrip(_BLANKS))
        gap = self._gap + words[:lead]
        for over in [key for key in self._marks if key not in form]:
            self.out.close(self._marks.pop(over))
        if self._in_paragraph and gap:
            self.out.write(gap)
        self._gap = words[lead + len(core) :]
        for key in sorted(form - self._marks.keys(), key=str):
            self._marks[key] = self.out.open(*key)
        self.out.write(core)
        self._in_paragraph = True

    def line(self) -> None:
        """End the line, not the paragraph."""
        self._gap = ""
        self.out.line()

    def end(self, between: Break = Break.PARAGRAPH) -> None:
        """End the paragraph."""
        for opened in self._marks.values():
            self.out.close(opened)
        self._marks.clear()
        self._gap = ""
        self._in_paragraph = False
        self.out.want(between)


_BLANKS = " \t"
