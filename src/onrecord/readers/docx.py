"""Word documents (.docx): what a reader of the document sees, in order, with styles and emphasis as marks.

A document is a zip of XML files; both are read with limits, nothing outside them is followed, macros are not looked
at. Headers come first, then the body, then footers, footnotes and comments, each under its mark. Deleted and hidden
words are not in the text. Numbers that Word makes itself (of lists and notes) are no characters of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, visible
from onrecord.readers._builder import Break, Builder, Opened
from onrecord.readers._html_tokens import End, Start, Token, Words
from onrecord.readers._office import properties
from onrecord.readers._paragraphs import Format, Paragraphs
from onrecord.readers._stated import stated
from onrecord.readers._zip import Package, Unreadable
from onrecord.schema.interview import MarkKind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TOGGLES: Mapping[str, MarkKind] = {"b": "bold", "i": "italic", "strike": "strike", "dstrike": "strike"}
_OFF = frozenset({"0", "false", "none", "off"})
# What is not shown, and whether it was ever meant to be: field codes and second versions of a drawing were not.
_NOT_SHOWN = {
    "del": True, "deltext": True, "movefrom": True,
    "instrtext": False, "delinstrtext": False, "fallback": False, "posoffset": False,
}  # fmt: skip
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|заголовок|başlık) ?(\d)", re.IGNORECASE)
_PLAIN_STYLES = frozenset(
    {"normal", "standard", "default", "body text", "no spacing", "normal (web)", "plain text", "header", "footer"}
)
_PARTS = re.compile(r"word/(header|footer)\d*\.xml")


@dataclass(slots=True)
class _Style:
    """A style of the document: its name, what it is based on, and the emphasis it gives."""

    name: str = ""
    based_on: str | None = None
    outline: str | None = None
    form: dict[MarkKind, bool] = field(default_factory=dict)


@dataclass(slots=True)
class _Walk:
    """The walk over one part's elements."""

    paragraphs: Paragraphs
    styles: Mapping[str, _Style]
    run: dict[MarkKind, str | None] = field(default_factory=dict)
    off: set[MarkKind] = field(default_factory=set)
    inherited: dict[MarkKind, bool] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    hidden: int = 0
    deleted: int = 0
    vanished: bool = False
    in_run_format: bool = False
    in_paragraph_format: bool = False
    in_text: bool = False
    paragraph_marks: list[Opened] = field(default_factory=list)
    cells: list[list[Opened]] = field(default_factory=list)
    first_in_cell: bool = False
    hidden_characters: int = 0
    links: list[str] = field(default_factory=list)

    def walk(self, tokens: list[Token]) -> None:
        for token in tokens:
            if isinstance(token, Words):
                self.words(token.text)
            elif isinstance(token, Start):
                self.start(token)
            else:
                self.end(token)

    def words(self, words: str) -> None:
        if self.hidden or self.vanished:
            self.hidden_characters += len(words.strip()) if self.deleted or (self.vanished and self.in_text) else 0
        elif self.in_text:
            self.paragraphs.run(words, self._format())

    def _format(self) -> Format:
        kinds: dict[MarkKind, str | None] = {kind: None for kind, on in self.inherited.items() if on}
        kinds.update(self.run)
        if self.links:
            kinds["link"] = self.links[-1] or None
        return frozenset((kind, value) for kind, value in kinds.items() if kind not in self.off)

    def start(self, tag: Start) -> None:
        name = tag.name
        if name in _NOT_SHOWN:
            self.hidden += 1
            self.deleted += _NOT_SHOWN[name]
        elif name == "p":
            self.paragraphs.end(Break.NONE if self.first_in_cell else Break.PARAGRAPH)
            self.first_in_cell = False
            self.inherited = {}
        elif name == "r":
            self.run, self.off, self.vanished = {}, set(), False
        elif name == "rpr":
            self.in_run_format = True
        elif name == "ppr":
            self.in_paragraph_format = True
        elif name == "t":
            self.in_text = True
        elif name in ("tab", "br", "cr", "nobreakhyphen", "sym"):
            self._character(tag)
        elif name == "hyperlink":
            self.links.append(self.targets.get(tag.attributes.get("id", ""), tag.attributes.get("anchor", "")))
        elif name in ("tbl", "tr", "tc"):
            self._start_table(name)
        elif self.in_paragraph_format and not self.in_run_format:
            self._paragraph_format(tag)
        elif self.in_run_format and not self.in_paragraph_format:
            self._run_format(tag)

    def _character(self, tag: Start) -> None:
        if self.in_paragraph_format or self.hidden or self.vanished:
            return  # a tab stop
        if tag.name == "tab":
            self.paragraphs.run("\t", frozenset())
        elif tag.name == "nobreakhyphen":
            self.paragraphs.run("\u2011", self._format())
        elif tag.name == "sym":
            code = tag.attributes.get("char", "")
            if re.fullmatch(r"[0-9A-Fa-f]{4}", code) and not "E000" <= code.upper() <= "F8FF":
                self.paragraphs.run(chr(int(code, 16)), self._format())
        else:
            self.paragraphs.line()

    def _start_table(self, name: str) -> None:
        if name == "tbl":
            self.paragraphs.end(Break.PARAGRAPH)
        elif name == "tr":
            self.paragraphs.end(Break.LINE)
        else:
            self.paragraphs.end(Break.TAB)
            self.first_in_cell = True
        kind: MarkKind = "table" if name == "tbl" else "row" if name == "tr" else "cell"
        self.cells.append([self.paragraphs.out.open(kind)])

    def _paragraph_format(self, tag: Start) -> None:
        if tag.name == "pstyle":
            id_ = tag.attributes.get("val", "")
            for kind, value in _style_marks(self.styles, id_):
                self.paragraph_marks.append(self.paragraphs.out.open(kind, value))
            self.inherited = _emphasis(self.styles, id_)
        elif tag.name == "outlinelvl" and tag.attributes.get("val", "9") in "012345":
            level = str(int(tag.attributes["val"]) + 1)
            self.paragraph_marks.append(self.paragraphs.out.open("heading", level))

    def _run_format(self, tag: Start) -> None:
        value = tag.attributes.get("val")
        if (kind := _TOGGLES.get(tag.name)) is not None:
            self._set(kind, value not in _OFF)
        elif tag.name == "u":
            self._set("underline", value not in _OFF)
        elif tag.name == "color" and value not in (None, "auto", "000000"):
            self.run["colour"] = value
        elif tag.name == "highlight" and value not in _OFF:
            self.run["style"] = f"highlight {value}"
        elif tag.name == "rstyle":
            for kind, on in _emphasis(self.styles, value or "").items():
                self._set(kind, on)
        elif tag.name in ("vanish", "webhidden") and value not in _OFF:
            self.vanished = True

    def _set(self, kind: MarkKind, on: bool) -> None:
        if on:
            self.run[kind] = None
            self.off.discard(kind)
        else:
            self.run.pop(kind, None)
            self.off.add(kind)

    def end(self, tag: End) -> None:
        name = tag.name
        if name in _NOT_SHOWN:
            self.hidden -= 1
            self.deleted -= _NOT_SHOWN[name]
        elif name == "t":
            self.in_text = False
        elif name == "rpr":
            self.in_run_format = False
        elif name == "ppr":
            self.in_paragraph_format = False
        elif name == "r":
            self.run, self.off, self.vanished = {}, set(), False
        elif name == "hyperlink" and self.links:
            self.links.pop()
        elif name == "p":
            self.paragraphs.end(Break.NONE)
            for opened in self.paragraph_marks:
                self.paragraphs.out.close(opened)
            self.paragraph_marks.clear()
        elif name in ("tbl", "tr", "tc") and self.cells:
            self.paragraphs.end(Break.PARAGRAPH if name == "tbl" else Break.NONE)
            for opened in self.cells.pop():
                self.paragraphs.out.close(opened)
            self.first_in_cell = False


def _chain(styles: Mapping[str, _Style], id_: str) -> Iterator[_Style]:
    """Yield a style and what it is based on; a circle ends."""
    for _ in range(20):
        style = styles.get(id_)
        if style is None:
            return
        yield style
        if style.based_on is None:
            return
        id_ = style.based_on


def _emphasis(styles: Mapping[str, _Style], id_: str) -> dict[MarkKind, bool]:
    found: dict[MarkKind, bool] = {}
    for style in _chain(styles, id_):
        for kind, on in style.form.items():
            found.setdefault(kind, on)
    return found


def _style_marks(styles: Mapping[str, _Style], id_: str) -> Iterator[tuple[MarkKind, str | None]]:
    name = styles[id_].name if id_ in styles else id_
    outline = next((style.outline for style in _chain(styles, id_) if style.outline), None)
    if (heading := _HEADING.match(name)) is not None:
        yield "heading", heading[1]
    elif outline is not None:
        yield "heading", str(int(outline) + 1)
    elif name.lower() in ("title", "titel", "titre", "título"):
        yield "heading", "1"
    elif name.lower() in ("caption", "beschriftung", "légende"):
        yield "caption", None
    elif name.lower() in ("quote", "intense quote", "zitat", "citation"):
        yield "quote", None
    elif name and name.lower() not in _PLAIN_STYLES:
        yield "style", name


def _read_styles(tokens: list[Token]) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    current: _Style | None = None
    for token in tokens:
        if not isinstance(token, Start):
            continue
        value = token.attributes.get("val")
        if token.name == "style":
            current = styles.setdefault(token.attributes.get("styleid", ""), _Style())
        elif current is not None:
            if token.name == "name":
                current.name = value or ""
            elif token.name == "basedon":
                current.based_on = value
            elif token.name == "outlinelvl" and (value or "") in "012345":
                current.outline = value
            elif (kind := _TOGGLES.get(token.name)) is not None:
                current.form[kind] = value not in _OFF
    return styles


def _open(data: bytes) -> Package:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise Unreadable("password-protected", "The document is encrypted with a password.")
        message = "The file is a Word document (or another Office file) of the old binary kind."
        hint = (
            "Convert it: soffice --headless --convert-to docx FILE; or open it in a word processor, save it as .docx."
        )
        raise Unreadable("unreadable-format", message, hint)
    return Package.of(data, "Word document")


def read(data: bytes, facts: Facts) -> Reading:  # noqa: ARG001 - every reader takes both
    """Make a text and marks of a document; never raises for broken data."""
    if not data.strip():
        return Reading("", None, "none")
    try:
        return _read(_open(data))
    except Unreadable as error:
        return Reading("", None, "none", (), (error.problem,))


def _read(package: Package) -> Reading:
    body = package.tokens("word/document.xml")
    if body is None and package.problems:
        raise Unreadable("cut-off", "The Word document breaks off before its words.")
    if body is None:
        raise Unreadable("unreadable-format", "The file is a zip, but not of a Word document.")
    styles = _read_styles(package.tokens("word/styles.xml") or [])
    out = Builder()
    hidden = 0
    names = sorted(name for name in package.names if _PARTS.fullmatch(name))[:50]
    hidden += sum(_furniture(package, name, "header", out, styles) for name in names if "header" in name)
    hidden += _part(body, out, styles, _targets(package.tokens("word/_rels/document.xml.rels") or []))
    hidden += sum(_furniture(package, name, "footer", out, styles) for name in names if "footer" in name)
    for name, element, kind in _NOTES:
        hidden += _notes(package.tokens(name) or [], element, kind, out, styles)
    problems = list(package.problems)
    if hidden:
        message = f"The document has {hidden:,} characters that it does not show; they are not in the text."
        problems.append(Problem("hidden-text", message))
    if not out.size:
        problems.append(Problem("nothing-recognised", "The document has no words; a picture of a text has none."))
    marks = out.marks.done()
    problems += out.marks.problems
    pairs = properties(package.tokens("docProps/core.xml") or [])
    return Reading(out.text, "utf-8", "none", marks, tuple(problems), stated(pairs))


_NOTES: tuple[tuple[str, str, MarkKind], ...] = (
    ("word/footnotes.xml", "footnote", "footnote"),
    ("word/endnotes.xml", "endnote", "footnote"),
    ("word/comments.xml", "comment", "comment"),
)


def _targets(tokens: list[Token]) -> dict[str, str]:
    """Addresses of links, by the ids the document uses for them."""
    links = [token.attributes for token in tokens if isinstance(token, Start) and token.name == "relationship"]
    outside = [link for link in links if link.get("targetmode") == "External"]
    return {link.get("id", ""): link.get("target", "")[:2000] for link in outside}


def _part(
    tokens: list[Token], out: Builder, styles: Mapping[str, _Style], targets: Mapping[str, str] | None = None
) -> int:
    walk = _Walk(Paragraphs(out), styles, targets=targets or {})
    walk.walk(tokens)
    walk.paragraphs.end()
    return walk.hidden_characters


def _furniture(package: Package, name: str, kind: MarkKind, out: Builder, styles: Mapping[str, _Style]) -> int:
    opened = out.open(kind)
    hidden = _part(package.tokens(name) or [], out, styles)
    out.close(opened)
    return hidden


def _notes(tokens: list[Token], element: str, kind: MarkKind, out: Builder, styles: Mapping[str, _Style]) -> int:
    """Write notes that have words, each under its mark; Word's own separators have none."""
    hidden = 0
    held: list[Token] = []
    value: str | None = None
    for token in tokens:
        if isinstance(token, Start) and token.name == element:
            held, value = [], token.attributes.get("id") or token.attributes.get("author")
        elif isinstance(token, End) and token.name == element:
            opened = out.open(kind, value)
            hidden += _part(held, out, styles)
            out.close(opened)
        else:
            held.append(token)
    return hidden


def _recognises(head: bytes) -> bool:
    """Whether a file is a Word document: a zip whose first parts are of one, or the older binary format."""
    if visible(head).startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return True
    return visible(head).startswith(b"PK\x03\x04") and (b"word/" in head or b"[Content_Types].xml" in head)


READER = Reader(
    name="docx",
    version="1",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    suffixes=(".docx", ".docm"),
    read=read,
    derived=True,
    recognises=_recognises,
)
