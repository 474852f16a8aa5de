"""OpenDocument texts (.odt, .fodt): what a reader of the document sees, in order, with styles and emphasis as marks.

Read as Word documents are: within limits, headers first, footers and notes last, each under its mark; deleted and
hidden words are not in the text, numbers of lists and notes are no characters of the file. A flat document (.fodt) is
one XML file with the same elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, visible
from onrecord.readers._builder import Break, Builder, Opened
from onrecord.readers._declared import decode_declared
from onrecord.readers._html_tokens import End, Start, Token, Words
from onrecord.readers._office import properties
from onrecord.readers._paragraphs import Format, Paragraphs
from onrecord.readers._stated import stated
from onrecord.readers._xml_events import events
from onrecord.readers._zip import Package, Unreadable
from onrecord.schema.interview import MarkKind

_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"[ \t\r\n]+")
_NOT_SHOWN = frozenset({"tracked-changes", "forms", "sequence-decls", "title", "desc", "binary-data"})
_APART: Mapping[str, MarkKind] = {"note": "footnote", "annotation": "comment"}
_MOST_BLANKS = 1000
_ESCAPED = re.compile(r"_([0-9a-f]{2})_")


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style gives: its printed name, the one it is based on, emphasis on and off, whether it hides."""

    name: str
    based_on: str | None
    form: Mapping[tuple[MarkKind, str | None], bool]
    hides: bool = False
    is_automatic: bool = False


@dataclass(slots=True)
class _Walk:
    """The walk over the elements of one part; notes and comments are held for the end."""

    paragraphs: Paragraphs
    styles: Mapping[str, _Style]
    forms: list[Format] = field(default_factory=lambda: [frozenset()])
    hidden: list[bool] = field(default_factory=lambda: [False])
    not_shown: int = 0
    open_paragraphs: int = 0
    marks: list[list[Opened]] = field(default_factory=list)
    links: list[str | None] = field(default_factory=list)
    first_in_cell: bool = False
    apart: list[tuple[MarkKind, str | None, list[Token]]] = field(default_factory=list)
    held: list[Token] | None = None
    holding: int = 0
    hidden_characters: int = 0

    def walk(self, tokens: list[Token]) -> None:
        for token in tokens:
            if self.held is not None:
                self._hold(token)
            elif isinstance(token, Words):
                self._words(token.text)
            elif isinstance(token, Start):
                self._start(token)
            else:
                self._end(token.name)

    def _hold(self, token: Token) -> None:
        """Collect a note or comment to its end."""
        if isinstance(token, Start) and token.name in _APART:
            self.holding += 1
        elif isinstance(token, End) and token.name in _APART:
            self.holding -= 1
        if self.holding == 0:
            self.held = None
        elif self.held is not None:
            self.held.append(token)

    def _words(self, words: str) -> None:
        if not self.open_paragraphs:
            return
        if self.not_shown or self.hidden[-1]:
            self.hidden_characters += 0 if self.not_shown else len(words.strip())
            return
        link: Format = frozenset({("link", self.links[-1])}) if self.links else frozenset()
        self.paragraphs.run(_BLANKS.sub(" ", words), self.forms[-1] | link)

    def _start(self, tag: Start) -> None:
        name = tag.name
        if name in _APART:
            self.held, self.holding = [], 1
            number = _DIGITS.search(tag.attributes.get("id", ""))
            self.apart.append((_APART[name], number[0] if number is not None else None, self.held))
        elif name in _NOT_SHOWN:
            self.not_shown += 1
        elif name in ("p", "h"):
            self.paragraphs.end(Break.NONE if self.first_in_cell else Break.PARAGRAPH)
            self.first_in_cell = False
            self.open_paragraphs += 1
            self._open(tag.attributes.get("style-name", ""), self._paragraph_marks(tag))
        elif name in ("span", "section"):
            self._open(tag.attributes.get("style-name", ""), [])
            self.hidden[-1] = self.hidden[-1] or tag.attributes.get("display") == "none"
        elif name == "a":
            self.links.append(tag.attributes.get("href") or None)
        elif name in ("tab", "line-break", "s"):
            self._character(tag)
        elif name in ("table", "table-row", "table-cell", "list-item"):
            self._start_table(name)

    def _open(self, style: str, marks: list[Opened]) -> None:
        form = dict.fromkeys(self.forms[-1], True)
        hides = self.hidden[-1]
        for given in reversed(list(_chain(self.styles, style))):
            form.update(given.form)
            hides = hides or given.hides
        self.forms.append(frozenset(key for key, on in form.items() if on))
        self.hidden.append(hides)
        self.marks.append(marks)

    def _paragraph_marks(self, tag: Start) -> list[Opened]:
        if tag.name == "h":
            return [self.paragraphs.out.open("heading", tag.attributes.get("outline-level", "1"))]
        named = next(
            (
                style.name
                for style in _chain(self.styles, tag.attributes.get("style-name", ""))
                if not style.is_automatic
            ),
            "",
        )
        lower = named.lower()
        if lower in ("title", "subtitle"):
            return [self.paragraphs.out.open("heading", "1" if lower == "title" else "2")]
        if lower in ("quotations", "caption", "illustration"):
            return [self.paragraphs.out.open("quote" if lower == "quotations" else "caption")]
        plain = not named or lower in ("standard", "text body", "default paragraph style") or lower.startswith("table")
        return [] if plain else [self.paragraphs.out.open("style", named)]

    def _character(self, tag: Start) -> None:
        if self.not_shown or self.hidden[-1] or not self.open_paragraphs:
            return
        if tag.name == "line-break":
            self.paragraphs.line()
        elif tag.name == "tab":
            self.paragraphs.run("\t", frozenset())
        else:
            count = tag.attributes.get("c", "1")
            self.paragraphs.run(
                " " * min(_MOST_BLANKS, int(count[:4]) if count.isascii() and count.isdigit() else 1), frozenset()
            )

    def _start_table(self, name: str) -> None:
        if name == "table-cell":
            self.paragraphs.end(Break.TAB)
            self.first_in_cell = True
        elif name == "table-row":
            self.paragraphs.end(Break.LINE)
        else:
            self.paragraphs.end(Break.PARAGRAPH)
        self.marks.append([self.paragraphs.out.open(_TABLE[name])])

    def _end(self, name: str) -> None:
        if name in _NOT_SHOWN:
            self.not_shown -= self.not_shown > 0
        elif name in ("p", "h", "span", "section"):
            if name in ("p", "h"):
                self.paragraphs.end(Break.NONE)
                self.open_paragraphs -= self.open_paragraphs > 0
            if len(self.forms) > 1:
                self.forms.pop()
                self.hidden.pop()
            self._close()
        elif name == "a" and self.links:
            self.links.pop()
        elif name in _TABLE:
            self.paragraphs.end(Break.PARAGRAPH if name in ("table", "list-item") else Break.NONE)
            self._close()
            self.first_in_cell = False

    def _close(self) -> None:
        for opened in self.marks.pop() if self.marks else ():
            self.paragraphs.out.close(opened)


_TABLE: Mapping[str, MarkKind] = {
    "table": "table", "table-row": "row", "table-cell": "cell", "list-item": "list-item",
}  # fmt: skip


def _chain(styles: Mapping[str, _Style], name: str) -> Iterator[_Style]:
    """Yield a style and what it is based on; a circle ends."""
    for _ in range(20):
        style = styles.get(name)
        if style is None:
            return
        yield style
        if style.based_on is None:
            return
        name = style.based_on


def _read_styles(tokens: list[Token]) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    name = ""
    automatic = False
    for token in tokens:
        if not isinstance(token, Start):
            automatic = automatic and not (isinstance(token, End) and token.name == "automatic-styles")
            continue
        automatic = automatic or token.name == "automatic-styles"
        given = token.attributes
        if token.name == "style":
            name = given.get("name", "")
            printed = given.get("display-name") or _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
            found[name] = _Style(printed, given.get("parent-style-name"), {}, is_automatic=automatic)
        elif token.name == "text-properties" and name in found:
            old = found[name]
            hides = given.get("display") == "none"
            found[name] = _Style(old.name, old.based_on, _form(given), hides, old.is_automatic)
    return found


def _form(given: Mapping[str, str]) -> dict[tuple[MarkKind, str | None], bool]:
    form: dict[tuple[MarkKind, str | None], bool] = {}
    if (weight := given.get("font-weight")) is not None:
        form["bold", None] = weight == "bold" or (weight.isdigit() and int(weight[:4]) >= 600)
    if (slant := given.get("font-style")) is not None:
        form["italic", None] = slant in ("italic", "oblique")
    if (line := given.get("text-underline-style")) is not None:
        form["underline", None] = line != "none"
    if (struck := given.get("text-line-through-style")) is not None:
        form["strike", None] = struck != "none"
    if (colour := given.get("color", "")).startswith("#") and colour != "#000000":
        form["colour", colour[1:].upper()] = True
    return form


def read(data: bytes, facts: Facts) -> Reading:  # noqa: ARG001 - every reader takes both
    """Make a text and marks of a document; never raises for broken data."""
    if not data.strip():
        return Reading("", None, "none")
    try:
        if visible(data[:_HEAD]).startswith(b"<"):
            return _read_flat(data)
        return _read(Package.of(data, "OpenDocument text"))
    except Unreadable as error:
        return Reading("", None, "none", (), (error.problem,))


def _read(package: Package) -> Reading:
    if b"encryption-data" in (package.part("META-INF/manifest.xml") or b""):
        raise Unreadable("password-protected", "The document is encrypted with a password.")
    content = package.tokens("content.xml")
    if content is None and package.problems:
        raise Unreadable("cut-off", "The OpenDocument text breaks off before its words.")
    if content is None:
        raise Unreadable("unreadable-format", "The file is a zip, but not of an OpenDocument text.")
    look, about = package.tokens("styles.xml") or [], package.tokens("meta.xml") or []
    return _written(content, look, about, list(package.problems))


def _read_flat(data: bytes) -> Reading:
    """Read a document that is one XML file: its body is the content, all before it styles, headers and properties."""
    tokens, problems = events(decode_declared(data, None, None).text)
    at = next((n for n, token in enumerate(tokens) if isinstance(token, Start) and token.name == "body"), None)
    if at is None:
        raise Unreadable("unreadable-format", "The file is XML, but not of an OpenDocument text.")
    return _written(tokens[at:], tokens[:at], tokens[:at], problems)


def _written(content: list[Token], look: list[Token], about: list[Token], problems: list[Problem]) -> Reading:
    styles = {**_read_styles(look), **_read_styles(content)}
    out = Builder()
    hidden = _furniture(look, "header", out, styles)
    walk = _Walk(Paragraphs(out), styles)
    walk.walk(content)
    walk.paragraphs.end()
    hidden += walk.hidden_characters + _furniture(look, "footer", out, styles)
    for kind, value, held in walk.apart:
        hidden += _apart(kind, value, held, out, styles)
    if hidden:
        message = f"The document has {hidden:,} characters that it does not show; they are not in the text."
        problems.append(Problem("hidden-text", message))
    if not out.size:
        problems.append(Problem("nothing-recognised", "The document has no words; a picture of a text has none."))
    marks = out.marks.done()
    problems += out.marks.problems
    pairs = properties(about)
    return Reading(out.text, "utf-8", "none", marks, tuple(problems), stated(pairs))


def _furniture(tokens: list[Token], kind: MarkKind, out: Builder, styles: Mapping[str, _Style]) -> int:
    """Write the headers or the footers of all kinds of pages."""
    hidden = 0
    held: list[Token] | None = None
    for token in tokens:
        if isinstance(token, Start) and token.name in (kind, f"{kind}-left", f"{kind}-first"):
            held = []
        elif isinstance(token, End) and token.name in (kind, f"{kind}-left", f"{kind}-first"):
            hidden += _apart(kind, None, held or [], out, styles)
            held = None
        elif held is not None:
            held.append(token)
    return hidden


def _apart(kind: MarkKind, value: str | None, held: list[Token], out: Builder, styles: Mapping[str, _Style]) -> int:
    opened = out.open(kind, value)
    walk = _Walk(Paragraphs(out), styles)
    walk.walk(held)
    walk.paragraphs.end()
    out.close(opened)
    return walk.hidden_characters


_HEAD = 4096


def _recognises(head: bytes) -> bool:
    begin = visible(head)
    if begin.startswith(b"PK\x03\x04"):
        return b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]
    return begin.startswith(b"<?xml") and b"<office:document" in head and b"opendocument" in head


READER = Reader(
    name="odt",
    version="1",
    media_type="application/vnd.oasis.opendocument.text",
    suffixes=(".odt", ".ott", ".fodt"),
    read=read,
    derived=True,
    recognises=_recognises,
)
