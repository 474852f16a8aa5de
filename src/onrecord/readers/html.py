"""Web pages: a text of everything a page shows, each visible character once, and marks for what its markup says.

Tags are read as a stream with the standard's rules for elements that end by themselves, so that depth costs nothing.
Navigation, comments, captions and what stands outside the main content stay in the text, under marks. What is not
shown (scripts, styles, hidden elements, comments in the source) is not in it. Nothing is fetched or run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.collection.facts import Facts
from onrecord.readers import _html_rules as rules
from onrecord.readers._base import Problem, Reader, Reading, visible
from onrecord.readers._builder import Break, Builder, Opened
from onrecord.readers._declared import decode_declared
from onrecord.readers._html_main import Region, main_content
from onrecord.readers._html_meta import Metadata, declared_encoding
from onrecord.readers._html_tokens import End, Start, Words, tokens
from onrecord.readers._stated import stated
from onrecord.schema.interview import MarkKind

_BEFORE_SITE = re.compile(r"\0\s*(?:[|·•»:]|\s[-–—])\s*(?P<site>[^|\0]{2,60})")
_AFTER_SITE = re.compile(r"(?P<site>[^|\0]{2,60}?)\s*(?:[|·•»:]|[-–—]\s)\s*\0")
_LABEL = 80
"""A speaker's name is no longer; an element with a speaker's class that is longer holds what is said."""
_FURNITURE_SHARE = 0.4
_LINK_SHARE = 0.7


@dataclass(slots=True)
class _Element:
    """An open block element: its marks, whether it is hidden, and how many link characters came before it.

    `within` counts the characters outside links of the block elements in it.
    """

    name: str
    marks: list[Opened] = field(default_factory=list)
    hidden: bool = False
    scope: bool = False
    is_main: Opened | None = None
    links: tuple[int, int] = (0, 0)
    start: int = 0
    within: int = 0
    first_region: int = 0


@dataclass(slots=True)
class _Inline:
    """An open inline element; it ends where its end tag is, whatever blocks begin or end in between."""

    marks: list[Opened]
    hidden: bool
    depth: int


@dataclass(slots=True)
class _Page:
    """The walk over a page's tags."""

    out: Builder = field(default_factory=Builder)
    meta: Metadata = field(default_factory=Metadata)
    stack: list[_Element] = field(default_factory=list)
    counts: list[Counter[str]] = field(default_factory=lambda: [Counter()])
    inline: dict[str, list[_Inline]] = field(default_factory=dict)
    furniture: list[tuple[int, int, MarkKind, str | None]] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    titles: list[tuple[int, int]] = field(default_factory=list)
    hidden: int = 0
    hidden_characters: int = 0
    preformatted: int = 0
    link_characters: int = 0
    link_count: int = 0
    open_links: int = 0
    unended: bool = False

    def run(self, text: str) -> None:
        """Walk over all tags of `text`."""
        for token in tokens(text):
            if isinstance(token, Words):
                self.words(token)
            elif isinstance(token, Start):
                self.start(token)
            else:
                self.end(token)
        self.unended = any(element.name in rules.ENDS_REQUIRED for element in self.stack)
        while self.stack:
            self.pop()

    def words(self, token: Words) -> None:
        if token.raw_of is not None and token.raw_of in rules.NOT_SHOWN:
            self.meta.raw(token.raw_of, token.text)
            return
        if self.hidden:
            self.hidden_characters += sum(map(len, token.text.split()))
            return
        text = token.text.replace("\0", "")
        before = self.out.size
        if self.preformatted:
            self._preformatted(text)
        else:
            self.out.flow(text)
        if self.open_links:
            self.link_characters += self.out.size - before

    def _preformatted(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").split("\n")
        for number, line in enumerate(lines):
            if number:
                self.out.line()
            if line.strip():
                self.out.write(line.rstrip())

    def start(self, tag: Start) -> None:
        name = tag.name
        if name in rules.VOID:
            self._void(tag)
            return
        self.meta.element(tag)
        if name in rules.NOT_SHOWN:
            return
        if name in rules.BLOCKS:
            self._start_block(tag)
        elif name in rules.INLINE or name in rules.FALLBACK or tag.attributes:
            self._start_inline(tag)

    def _void(self, tag: Start) -> None:
        if tag.name == "br":
            self.out.line()
        elif tag.name == "hr":
            self._close_paragraph()
            self.out.separate()
        elif tag.name in ("meta", "link"):
            self.meta.element(tag)

    def _start_block(self, tag: Start) -> None:
        name = tag.name
        if name in rules.CLOSES_PARAGRAPH:
            self._close_paragraph()
        if (implied := rules.IMPLIED_ENDS.get(name)) is not None:
            self._close_implied(*implied)
        self._break(name)
        element = _Element(name, hidden=rules.is_hidden(tag.attributes), scope=name in rules.SCOPES)
        element.links = (self.link_count, self.link_characters)
        element.start = self.out.size
        element.first_region = len(self.regions)
        if (kind := rules.BLOCK_MARKS.get(name)) is not None:
            value = name[1] if kind == "heading" else "header" if name == "th" else None
            element.marks.append(self.out.open(kind, value))
        if name == "header" and not self._within(("article", "main")):
            element.marks.append(self.out.open("header"))
        elif name == "aside":
            element.marks.append(self.out.open("note", "aside"))
        element.marks += [self.out.open(*hint) for hint in rules.hints(name, tag.attributes)]
        if rules.is_main(name, tag.attributes):
            element.is_main = self.out.open("style", "main")
        self.hidden += element.hidden
        self.preformatted += name in ("pre", "textarea")
        self.stack.append(element)
        self.counts[-1][name] += 1
        if element.scope:
            self.counts.append(Counter())

    def _start_inline(self, tag: Start) -> None:
        hidden = rules.is_hidden(tag.attributes) or tag.name in rules.FALLBACK
        marks: list[Opened] = []
        kind = rules.INLINE.get(tag.name)
        if tag.name == "a":
            if tag.attributes.get("href"):
                marks.append(self.out.open("link", tag.attributes["href"][:2000]))
                self.link_count += 1
                self.open_links += 1
        elif tag.name == "font":
            if tag.attributes.get("color"):
                marks.append(self.out.open("colour", tag.attributes["color"][:40]))
        elif kind == "time":
            marks.append(self.out.open("time", tag.attributes.get("datetime", "").strip() or None))
        elif kind is not None and tag.name != "span":
            marks.append(self.out.open(kind, tag.name if kind == "style" else None))
        marks += [self.out.open(*hint) for hint in rules.hints(tag.name, tag.attributes)]
        self.hidden += hidden
        self.inline.setdefault(tag.name, []).append(_Inline(marks, hidden, len(self.stack)))

    def _break(self, name: str) -> None:
        if name in ("td", "th"):
            self.out.want(Break.TAB)
        elif name in ("tr", "li", "option", "button", "legend", "summary"):
            self.out.want(Break.LINE)
        else:
            self.out.want(Break.PARAGRAPH)

    def end(self, tag: End) -> None:
        name = tag.name
        if name in rules.BLOCKS:
            within = self.counts[-1] if name not in ("table", "tr", "td", "th", "tbody", "thead", "tfoot") else None
            if within is not None and not within[name]:
                return
            if within is None and not any(count[name] for count in self.counts[-3:]):
                return
            while self.stack:
                if self.pop() == name:
                    break
        elif self.inline.get(name):
            self._end_inline(name, self.inline[name].pop())
        elif name == "br":
            self.out.line()

    def _end_inline(self, name: str, element: _Inline) -> None:
        for opened in reversed(element.marks):
            self._close(opened)
        self.hidden -= element.hidden
        if name == "a" and any(opened.kind == "link" for opened in element.marks):
            self.open_links -= 1

    def pop(self) -> str:
        """End the innermost block element and return its name."""
        element = self.stack.pop()
        if element.scope:
            self.counts.pop()
        self.counts[-1][element.name] -= 1
        for name, open_ in self.inline.items() if element.scope else ():
            while open_ and open_[-1].depth > len(self.stack):
                self._end_inline(name, open_.pop())
        for opened in reversed(element.marks):
            self._close(opened)
        self._note_region(element)
        self._note_links(element)
        self.hidden -= element.hidden
        self.preformatted -= element.name in ("pre", "textarea")
        self._break(element.name) if element.name not in ("td", "th") else None
        return element.name

    def _close(self, opened: Opened) -> None:
        """Close a mark; what is furniture is judged at the end, when the size of the page is known."""
        if opened.kind in ("navigation", "comment", "header", "footer"):
            if 0 <= opened.start < self.out.size:
                self.furniture.append((opened.start, self.out.size, opened.kind, opened.value))
            return
        if opened.kind == "cite" and opened.value == "speaker" and self.out.size - opened.start > _LABEL:
            return
        if opened.kind == "heading" and opened.value == "1" and 0 <= opened.start < self.out.size:
            self.titles.append((opened.start, self.out.size))
        self.out.close(opened)

    def _note_region(self, element: _Element) -> None:
        plain = self.out.size - element.start - (self.link_characters - element.links[1])
        if self.stack:
            self.stack[-1].within += plain
        if self.out.size > element.start:
            is_main = element.is_main is not None
            own = plain - element.within
            self.regions.append(Region(element.start, self.out.size, own, element.first_region, is_main))

    def _note_links(self, element: _Element) -> None:
        """A list, table or paragraph that is little but links is navigation."""
        if element.name not in ("ul", "ol", "table", "p", "div", "section"):
            return
        count = self.link_count - element.links[0]
        size = self.out.size - element.start
        if count >= 3 and self.link_characters - element.links[1] > _LINK_SHARE * size > 0:
            self.furniture.append((element.start, self.out.size, "navigation", "links"))

    def _within(self, names: Iterable[str]) -> bool:
        return any(count[name] for name in names for count in self.counts[-3:])

    def _close_paragraph(self) -> None:
        if self.counts[-1]["p"]:
            while self.pop() != "p":
                pass

    def _close_implied(self, ended: frozenset[str], barrier: frozenset[str]) -> None:
        """End open elements that cannot hold the one that begins (`<li>` after `<li>`), the innermost first."""
        for number in range(len(self.stack) - 1, max(-1, len(self.stack) - 50), -1):
            name = self.stack[number].name
            if name in barrier:
                return
            if name in ended:
                while len(self.stack) > number:
                    self.pop()
                if "tr" not in ended or name == "tr":
                    return


def _furnish(page: _Page) -> None:
    """Mark navigation, comments and what stands outside the main content, unless that would be most of the page."""
    marks, size, text = page.out.marks, page.out.size, page.out.text
    titles = sorted((start, end) for start, end in page.titles)
    small = [(start, end) for start, end, _, _ in page.furniture if end - start <= _FURNITURE_SHARE * size]
    main = main_content(page.regions, small, titles, size)
    for start, end, kind, value in page.furniture:
        shared = min(end, main[1]) - max(start, main[0])
        holds_title = any(start <= first and last <= end for first, last in titles[:1])
        if shared <= _FURNITURE_SHARE * (main[1] - main[0]) and not holds_title:
            marks.add_trimmed(text, kind, start, end, value)
    for low, high in ((0, main[0]), (main[1], size)):
        at = low
        for first, last in [*(span for span in titles if low <= span[0] and span[1] <= high), (high, high)]:
            marks.add_trimmed(text, "navigation", at, first, "outside")
            at = last


def read(data: bytes, facts: Facts) -> Reading:
    """Make a text and marks of a page; never raises for broken data."""
    decoded = decode_declared(data, facts.encoding, declared_encoding(data))
    page = _Page()
    page.run(decoded.text)
    _furnish(page)
    problems = list(decoded.problems)
    if decoded.text.strip() and not page.out.size:
        problems.append(Problem("nothing-recognised", "The page shows no text; pages made by a script have none."))
    problems += _cut(decoded.text, unended=page.unended)
    if page.hidden_characters:
        message = f"The page has {page.hidden_characters:,} characters that it does not show; they are not in the text."
        problems.append(Problem("hidden-text", message))
    marks = page.out.marks
    made = marks.done()
    problems += marks.problems
    pairs = _without_site(page.meta.pairs, page.out.text, page.titles)
    return Reading(page.out.text, decoded.encoding, decoded.newline, made, tuple(problems), stated(pairs))


def _cut(text: str, *, unended: bool) -> list[Problem]:
    """Whether a page breaks off: in the middle of a tag, or in an element that must be ended, with the body unended.

    A body and a page need no end tag of their own (HTML standard, optional tags).
    """
    at = text.rfind("<")
    if at >= 0 and text.find(">", at) < 0 and _TAG_BEGINS.match(text, at):
        return [Problem("cut-off", "The page breaks off in the middle of a tag.")]
    opened = unended and _BODY.search(text) is not None
    if opened and _ENDS.search(text, max(0, len(text) - _TAIL)) is None and _ENDS.search(text) is None:
        message = "The page ends within an element that has no end: it may be cut off."
        return [Problem("malformed-markup", message)]
    return []


_TAG_BEGINS = re.compile(r"</?[A-Za-z][^<]*\Z|<!--")
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_TAIL = 2000


def _without_site(pairs: list[tuple[str, str]], text: str, titles: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Divide a title that is a heading of the page and the site's name (`The river | The Quay Letter`)."""
    stated_title = next((" ".join(value.split()) for name, value in pairs if name == "title"), "")
    for start, end in titles[:20]:
        heading = " ".join(text[start:end].split())
        for pattern in (_BEFORE_SITE, _AFTER_SITE):
            match = pattern.fullmatch(stated_title.replace(heading, "\0", 1)) if heading else None
            if match is not None:
                return [("title", heading), *pairs, ("outlet", match.group("site"))]
    return pairs


def write_fragment(text: str, out: Builder) -> None:
    """Write a piece of HTML, such as a field of a record, to a text in the making."""
    page = _Page(out=out)
    page.run(text)


def _recognises(head: bytes) -> bool:
    lower = visible(head)[:200].lower()
    if lower.startswith((b"<!doctype html", b"<html")):
        return True
    return lower.startswith(b"<?xml") and b"<html" in head.lower()


READER = Reader(
    name="html",
    version="1",
    media_type="text/html",
    suffixes=(".html", ".htm", ".xhtml"),
    read=read,
    derived=True,
    recognises=_recognises,
    also=("xml",),
)
