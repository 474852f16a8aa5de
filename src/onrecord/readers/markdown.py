"""Markdown: the text is the file itself; marks say what its markup means, over the content without the markup.

Lines are looked at once, paragraphs are scanned once (`_inline`). Not read as markup: indented code (transcripts
indent what is said) and hard breaks. A mark over several lines holds the line's markup (`> `) between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from onrecord.collection.facts import Facts
from onrecord.readers._base import Reader, Reading
from onrecord.readers._decode import decode
from onrecord.readers._front_matter import front_matter
from onrecord.readers._inline import Tags, inline
from onrecord.readers._marks import Marks
from onrecord.readers._stated import stated
from onrecord.text.lines import split_lines

_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)+")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?=[ \t])[ \t]+|[ ]{0,3}(#{1,6})$")
_SETEXT = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"[ \t]{0,40}([-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_DEFINITION = re.compile(r"[ ]{0,3}:[ \t]+(?=\S)")
_FOOTNOTE = re.compile(r"[ ]{0,3}\[\^([^\[\]\s]{1,60})\]:[ \t]*")
_REFERENCE = re.compile(
    r"[ ]{0,3}\[([^\[\]\n^][^\[\]\n]{0,199})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+[\"'(].{0,1000})?[ \t]*$"
)
_DIVIDER = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_STARTS = frozenset("#>-*+_~`=:[|0123456789")


@dataclass(slots=True)
class _Line:
    """A line: `first:end` is its content after quote marks, `depth` how many quotes it stands in."""

    start: int
    first: int
    end: int
    depth: int


@dataclass(slots=True)
class _Scan:
    """The walk over the lines: what is open, and what was found."""

    text: str
    marks: Marks
    references: dict[str, str] = field(default_factory=dict)
    tags: Tags = field(default_factory=Tags)
    paragraph: list[_Line] = field(default_factory=list)
    item: str | None = None
    item_first: int = 0
    unclosed: dict[str, int] = field(default_factory=dict)

    def close(self) -> None:
        """End the paragraph or list item that is open."""
        if not self.paragraph:
            return
        first, last = self.item_first, self.paragraph[-1].end
        if self.item == ":":
            self.marks.add_trimmed(self.text, "list-definition", first, last)
        elif self.item is not None:
            self.marks.add_trimmed(self.text, "list-item", first, last, self.item)
        inline(self.text, first, last, self.marks, self.references, self.tags)
        self.paragraph, self.item = [], None

    def add(self, line: _Line, content: int) -> None:
        """Add a line to the open paragraph, or begin one with the content at `content`."""
        if not self.paragraph:
            self.item_first = content
        self.paragraph.append(line)


def read(data: bytes, facts: Facts) -> Reading:
    """Decode `data` and mark what its Markdown says; never raises for broken data."""
    decoded = decode(data, facts.encoding)
    marks = Marks()
    text = decoded.text
    matter = front_matter(text, marks)
    scan = _Scan(text, marks)
    lines = _lines(text, matter.end)
    _collect_references(scan, lines)
    _blocks(scan, lines)
    made = marks.done(decoded.marks)
    problems = (*decoded.problems, *matter.problems, *marks.problems)
    return Reading(text, decoded.encoding, decoded.newline, made, problems, stated(matter.pairs))


def _lines(text: str, after: int) -> list[_Line]:
    lines = []
    for start, end, _ in split_lines(text):
        if start < after:
            continue
        first, depth = start, 0
        if ">" in text[start : start + 4] and (quote := _QUOTE.match(text, start, end)) is not None:
            first, depth = quote.end(), text.count(">", start, quote.end())
        lines.append(_Line(start, first, end, depth))
    return lines


def _collect_references(scan: _Scan, lines: list[_Line]) -> None:
    """Link definitions may stand after their use."""
    for line in lines:
        if (found := _reference(scan.text, line)) is not None:
            scan.references.setdefault(found[1].lower(), found[2])


def _reference(text: str, line: _Line) -> re.Match[str] | None:
    if "[" not in text[line.first : line.first + 4]:
        return None
    return _REFERENCE.match(text, line.first, line.end)


def _blocks(scan: _Scan, lines: list[_Line]) -> None:
    text, marks = scan.text, scan.marks
    quote: list[_Line] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if quote and line.depth == 0 and not (scan.paragraph and _is_lazy(text, line)):
            scan.close()
            _close_quote(text, marks, quote)
        if line.depth:
            if quote and line.depth != quote[-1].depth:
                scan.close()
            quote.append(line)
        elif quote:
            quote.append(line)
        number = _block(scan, lines, number)
    scan.close()
    _close_quote(text, marks, quote)


def _is_lazy(text: str, line: _Line) -> bool:
    """Whether a line without a quote mark goes on with the quoted paragraph above it."""
    return bool(text[line.first : line.end].strip()) and text[line.first] not in "#-*+_~`=:[|"


def _close_quote(text: str, marks: Marks, quote: list[_Line]) -> None:
    if quote:
        depth = max(line.depth for line in quote)
        marks.add_trimmed(text, "quote", quote[0].first, quote[-1].end, str(depth) if depth > 1 else None)
        quote.clear()


def _block(scan: _Scan, lines: list[_Line], number: int) -> int:
    """Take the block that begins at line `number`, or add the line to what is open; return the next line."""
    text, marks, line = scan.text, scan.marks, lines[number]
    content = _skip_blanks(text, line.first, line.end)
    if content == line.end:
        scan.close()
        return number + 1
    if text[content] not in _STARTS:
        return _plain(scan, lines, number)
    if (match := _FENCE.match(text, line.first, line.end)) is not None:
        scan.close()
        return _fence(scan, lines, number, match[1])
    if (match := _HEADING.match(text, line.first, line.end)) is not None:
        scan.close()
        end = match.end() + len(text[match.end() : line.end].rstrip().rstrip("#").rstrip())
        marks.add_trimmed(text, "heading", match.end(), end, str(len(match[1] or match[2])))
        inline(text, match.end(), line.end, marks, scan.references, scan.tags)
        return number + 1
    if scan.paragraph and scan.item is None and _SETEXT.match(text, line.first, line.end):
        return _setext(scan, line, number)
    if _RULE.match(text, line.first, line.end):
        scan.close()
        marks.add_trimmed(text, "separator", line.first, line.end)
        return number + 1
    if (match := _FOOTNOTE.match(text, line.first, line.end)) is not None:
        scan.close()
        marks.add_trimmed(text, "footnote", match.end(), line.end, match[1])
        inline(text, match.end(), line.end, marks, scan.references, scan.tags)
        return number + 1
    if not scan.paragraph and _reference(text, line) is not None:
        marks.add_trimmed(text, "hidden", line.first, line.end, "link-definition")
        return number + 1
    if (match := _ITEM.match(text, line.first, line.end)) is not None:
        scan.close()
        scan.add(line, match.end())
        scan.item = match[1]
        return number + 1
    if (match := _DEFINITION.match(text, line.first, line.end)) is not None and scan.paragraph:
        return _definition(scan, line, match.end(), number)
    return _plain(scan, lines, number)


def _plain(scan: _Scan, lines: list[_Line], number: int) -> int:
    line = lines[number]
    if not scan.paragraph and "|" in scan.text[line.first : line.end] and number + 1 < len(lines):
        below = lines[number + 1]
        if "|" in scan.text[below.first : below.end] and _DIVIDER.match(scan.text, below.first, below.end):
            return _table(scan, lines, number)
    scan.add(line, _skip_blanks(scan.text, line.first, line.end))
    return number + 1


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t":
        start += 1
    return start


def _fence(scan: _Scan, lines: list[_Line], number: int, fence: str) -> int:
    """A fenced block of code; one that is never closed is a fence by mistake and only one line."""
    text = scan.text
    known = scan.unclosed.get(fence[0])  # what is never closed is looked for once, not again from every line
    for at in range(number + 1, len(lines) if known is None or len(fence) < known else 0):
        line = lines[at]
        if text.startswith(fence, _skip_blanks(text, line.first, line.end)) and not text[
            line.first : line.end
        ].strip().strip(fence[0]):
            scan.marks.add("code", lines[number].first, line.end)
            return at + 1
    scan.unclosed[fence[0]] = min(len(fence), known or len(fence))
    scan.marks.add("code", lines[number].first, lines[number].end)
    return number + 1


def _setext(scan: _Scan, line: _Line, number: int) -> int:
    text = scan.text
    level = "1" if "=" in text[line.first : line.end] else "2"
    first, last = scan.item_first, scan.paragraph[-1].end
    if level == "2" and len(scan.paragraph) > 1:  # a rule under a paragraph, far more often than a long heading
        scan.close()
        scan.marks.add_trimmed(text, "separator", line.first, line.end)
        return number + 1
    scan.marks.add_trimmed(text, "heading", first, last, level)
    scan.close()
    return number + 1


def _definition(scan: _Scan, line: _Line, content: int, number: int) -> int:
    text = scan.text
    if scan.item != ":":
        scan.marks.add_trimmed(text, "list-term", scan.item_first, scan.paragraph[-1].end)
    scan.close()
    scan.add(line, content)
    scan.item = ":"
    return number + 1


def _table(scan: _Scan, lines: list[_Line], number: int) -> int:
    """A table with pipes: the line above the divider names the columns."""
    text, marks = scan.text, scan.marks
    names: list[str] = []
    at = number
    while at < len(lines) and "|" in text[lines[at].first : lines[at].end]:
        line = lines[at]
        if at != number + 1:
            marks.add_trimmed(text, "row", line.first, line.end, "header" if at == number else None)
            for column, (start, stop) in enumerate(_cells(text, line)):
                name = names[column] if column < len(names) else None
                marks.add_trimmed(text, "cell", start, stop, name)
                inline(text, start, stop, marks, scan.references, scan.tags)
                if at == number:
                    names.append(text[start:stop].strip())
        at += 1
    marks.add_trimmed(text, "table", lines[number].first, lines[at - 1].end)
    return at


def _cells(text: str, line: _Line) -> list[tuple[int, int]]:
    edges = [match.start() for match in _PIPE.finditer(text, line.first, line.end)]
    bounds = [line.first - 1, *edges, line.end]
    cells = [(left + 1, right) for left, right in pairwise(bounds)]
    if cells and not text[cells[0][0] : cells[0][1]].strip():
        cells = cells[1:]
    if cells and not text[cells[-1][0] : cells[-1][1]].strip():
        cells = cells[:-1]
    return cells


READER = Reader(
    name="markdown",
    version="1",
    media_type="text/markdown",
    suffixes=(".md", ".markdown", ".mdown", ".mkd"),
    read=read,
)
