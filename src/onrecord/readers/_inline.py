"""Emphasis, links, code and notes within a stretch of Markdown, with the positions of what they are around.

One pass from one special character to the next. Emphasis is paired as readers see it, not as CommonMark does: a
run of two or more marks closes whatever comes after it (`**Name:**text`, `**问：**答`), and one after a blank still
closes on its line (`**Name: **text`); both are common in transcripts and literal asterisks there are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.readers._marks import Marks
from onrecord.schema.interview import MarkKind

_SPECIAL = re.compile(r"[\\`*_~\[\]<:]")  # one class: an alternation is six times as slow
_RUN = re.compile(r"`+|\*+|_+|~+")
_SCHEME = re.compile(r"https?$")
_DESTINATION = re.compile(
    r"\([ \t]*(?:<([^<>\n]{0,2000})>|([^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500})?))"
    r"(?:\s{1,9}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?[ \t]{0,9}\)"
)
_REFERENCE = re.compile(r"[ ]?\[([^\[\]\n]{0,200})\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,100})>")
_BARE = re.compile(r"https?://[^\s<>\"`\]|]{1,2000}")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})\b((?:[^<>\"']|\"[^\"<]{0,2000}\"|'[^'<]{0,2000}'){0,500})>")
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\]")
_LABEL = 300
_WORD = re.compile(r"\w")
_EMPHASIS: Mapping[tuple[str, int], MarkKind] = {
    ("*", 2): "bold", ("_", 2): "bold", ("*", 1): "italic", ("_", 1): "italic", ("~", 2): "strike", ("~", 1): "strike",
}  # fmt: skip
_TAGS: Mapping[str, MarkKind] = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "s": "strike", "del": "strike",
    "strike": "strike", "cite": "cite", "q": "quote", "blockquote": "quote", "figcaption": "caption",
    "caption": "caption",
    "time": "time", "code": "code", "pre": "code", "dt": "list-term", "dd": "list-definition", "li": "list-item",
    "a": "link", "nav": "navigation", "td": "cell", "th": "cell", "tr": "row", "table": "table",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip


@dataclass(slots=True)
class Tags:
    """Elements of HTML that are open at a place of a Markdown file: they may run over paragraphs."""

    open: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)
    endless_until: int = -1


@dataclass(slots=True)
class _Run:
    """A run of emphasis marks that is still open: `size` of its characters, the last ones, are unused."""

    char: str
    start: int
    size: int
    closes_too: bool


def inline(text: str, start: int, stop: int, marks: Marks, references: Mapping[str, str], tags: Tags) -> None:
    """Add the marks of `text[start:stop]`, a paragraph or another stretch that emphasis does not leave."""
    runs: list[_Run] = []
    counts = {"*": 0, "_": 0, "~": 0}
    brackets: list[tuple[int, bool]] = []
    fences = _Fences(text, start, stop)
    at = start
    while (special := _SPECIAL.search(text, at, stop)) is not None:
        first, char = special.start(), special[0]
        at = first + 1
        if char in "*_~`":
            run = _RUN.match(text, first, stop)
            at = run.end() if run is not None else at
        if char in "*_~":
            _emphasis(text, start, stop, first, at, runs, counts, marks)
        elif char == "\\":
            at += 1
        elif char == "`":
            closing = fences.closing(first, at - first)
            if closing is not None:
                marks.add_trimmed(text, "code", at, closing)
                at = closing + at - first
        elif char == "[":
            if (note := _NOTE.match(text, first, stop)) is not None:
                marks.add("footnote", note.start(1), note.end(1), f"^{note[1]}")
                at = note.end()
            else:
                brackets.append((at, first > start and text[first - 1] == "!"))
        elif char == "]":
            at = _close_bracket(text, at, stop, brackets, marks, references)
        elif char == "<":
            at = _tag(text, first, stop, marks, tags)
        elif text.startswith("//", at):
            at = _bare_address(text, first, start, stop, marks)


def _bare_address(text: str, colon: int, start: int, stop: int, marks: Marks) -> int:
    """Take an address that stands in the text as it is; return where to go on."""
    scheme = _SCHEME.search(text, max(start, colon - 5), colon)
    bare = _BARE.match(text, scheme.start(), stop) if scheme is not None else None
    if bare is None:
        return colon + 1
    address = bare[0].rstrip(".,;:!?)*_'’”")
    marks.add("link", bare.start(), bare.start() + len(address), address)
    return bare.start() + max(len(address), colon + 1 - bare.start())


class _Fences:
    """Finds the closing backticks of a code span in linear time: positions by length, each looked at once."""

    __slots__ = ("_by_size", "_text", "_where")

    def __init__(self, text: str, start: int, stop: int) -> None:
        self._text = text
        self._where = start, stop
        self._by_size: dict[int, list[int]] | None = None

    def closing(self, opening: int, size: int) -> int | None:
        """Return where the next run of exactly `size` backticks after the one at `opening` starts, or None."""
        if self._by_size is None:
            self._by_size = {}
            for run in re.compile("`+").finditer(self._text, *self._where):
                self._by_size.setdefault(len(run[0]), []).append(run.start())
            for starts in self._by_size.values():
                starts.reverse()
        starts = self._by_size.get(size, [])
        while starts and starts[-1] <= opening:
            starts.pop()
        return starts[-1] if starts else None


def _emphasis(
    text: str, low: int, high: int, start: int, stop: int, runs: list[_Run], counts: dict[str, int], marks: Marks
) -> None:
    char, size = text[start], stop - start
    before = text[start - 1] if start > low else " "
    after = text[stop] if stop < high else " "
    opens = not after.isspace()
    closes = not before.isspace()
    if char == "_":  # within a word it is a letter
        opens = opens and _WORD.match(before) is None
        closes = closes and _WORD.match(after) is None
    elif char == "*" and size == 1 and before.isalnum() and after.isalnum():
        opens = opens and counts["*"] == 0 and not before.isdigit()
    if not closes and opens and size == 2 and counts[char]:
        top = runs[-1]
        closes = top.char == char and top.size == 2 and "\n" not in text[top.start : min(start, top.start + _LABEL)]
        closes = closes and start - top.start < _LABEL
        opens = not closes
    used = 0
    while closes and counts[char] and used < size:
        at = len(runs) - 1
        while runs[at].char != char:
            at -= 1
        for dropped in runs[at + 1 :]:
            counts[dropped.char] -= 1
        del runs[at + 1 :]
        run = runs[at]
        width = 2 if run.size >= 2 and size - used >= 2 else 1
        marks.add_trimmed(text, _EMPHASIS[char, width], run.start + run.size, start + used)
        run.size -= width
        used += width
        if run.size == 0:
            runs.pop()
            counts[char] -= 1
    if opens and used < size:
        runs.append(_Run(char, start + used, size - used, closes))
        counts[char] += 1


def _close_bracket(
    text: str, at: int, stop: int, brackets: list[tuple[int, bool]], marks: Marks, references: Mapping[str, str]
) -> int:
    if not brackets:
        return at
    opened, is_image = brackets.pop()
    kind: MarkKind = "image" if is_image else "link"
    closed = at - 1
    if (match := _DESTINATION.match(text, at, stop)) is not None:
        marks.add(kind, opened, closed, match[1] or match[2] or None)
        return match.end()
    label = text[opened:closed] if closed - opened <= 200 else ""
    if (match := _REFERENCE.match(text, at, stop)) is not None and (match[1] or label).lower() in references:
        marks.add(kind, opened, closed, references[(match[1] or label).lower()])
        return match.end()
    if label.lower() in references:
        marks.add(kind, opened, closed, references[label.lower()])
    return at


def _tag(text: str, at: int, stop: int, marks: Marks, tags: Tags) -> int:
    """Take a tag of HTML or an address in angle brackets at `at`; return where to go on."""
    if text.startswith("<!--", at):
        end = -1 if tags.endless_until >= stop else text.find("-->", at + 4, stop)
        if end < 0:
            tags.endless_until = stop  # not looked for again in this paragraph
            return at + 4
        marks.add_trimmed(text, "comment", at + 4, end)
        return end + 3
    if (match := _AUTOLINK.match(text, at, stop)) is not None:
        marks.add("link", match.start(1), match.end(1), match[1])
        return match.end()
    if (match := _TAG.match(text, at, stop)) is None:
        return at + 1
    name = match[2].lower()
    kind = _TAGS.get(name)
    if kind is None:
        return match.end()
    if match[1]:
        if tags.open.get(name):
            opened, value = tags.open[name].pop()
            marks.add_trimmed(text, kind, opened, match.start(), value)
    else:
        href = _HREF.search(match[3]) if name == "a" else None
        value = href[1] if href else name[1] if kind == "heading" else None
        tags.open.setdefault(name, []).append((match.end(), value))
    return match.end()
