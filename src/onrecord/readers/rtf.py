r"""Rich text (.rtf, and .doc files that are rich text): what the document shows, with emphasis as marks.

Groups and control words are read as a stream. Letters are decoded by the font's character set or the document's code
page, or taken from `\u`. Headers and footers, notes and hidden words are kept apart as in .docx; pictures and objects
are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._builder import Break, Builder
from onrecord.readers._detect import codec_name
from onrecord.readers._paragraphs import Format, Paragraphs
from onrecord.readers._stated import stated
from onrecord.schema.interview import MarkKind

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    255: "cp437",
}  # fmt: skip
_CHARACTERS = {
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"enspace": "\u2002", b"emspace": "\u2003", b"qmspace": "\u2005", b"zwj": "\u200d",
    b"zwnj": "\u200c", b"ltrmark": "\u200e", b"rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}"}
_FORMATS: Mapping[bytes, MarkKind] = {b"b": "bold", b"i": "italic", b"strike": "strike"}
_UNDERLINES = frozenset({b"ul", b"uld", b"uldb", b"ulw", b"ulwave", b"uldash"})
_APART: Mapping[bytes, MarkKind] = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header", b"footer": "footer",
    b"footerl": "footer", b"footerr": "footer", b"footerf": "footer", b"footnote": "footnote", b"annotation": "comment",
}  # fmt: skip
_PASSED_OVER = frozenset(
    b"colortbl stylesheet pict object objdata themedata datastore latentstyles listtable listoverridetable revtbl "
    b"rsidtbl generator filetbl fldinst xmlnstbl mmathPr bkmkstart bkmkend template private atnid atnauthor atrfstart "
    b"atrfend pgdsctbl listtext pntext pnseclvl nonshppict shpinst sn sv background ftnsep ftnsepc aftnsep aftnsepc "
    b"author operator company subject keywords comment doccomm category manager creatim revtim printim buptim".split()
)
_PARTS = {Break.LINE: (b"line", b"lbr"), Break.TAB: (b"cell", b"nestcell"), Break.PARAGRAPH: (b"par", b"sect", b"page")}
_BREAKS = {word: wanted for wanted, words in _PARTS.items() for word in words} | {
    b"row": Break.LINE,
    b"nestrow": Break.LINE,
}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and changes for itself."""

    formats: Format = frozenset()
    codec: str = "cp1252"
    skip: int = 1
    hidden: bool = False
    into: str = "body"


@dataclass(slots=True)
class _Walk:
    """The walk over the file's tokens."""

    data: bytes
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    out: Builder = field(default_factory=Builder)
    apart: list[tuple[MarkKind, list[tuple[bytes | str, _State]]]] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    default_codec: str = "cp1252"
    font: int = -1
    title: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    star: bool = False
    hidden_characters: int = 0
    high: int | None = None
    paragraphs: Paragraphs = field(init=False)

    def __post_init__(self) -> None:
        self.paragraphs = Paragraphs(self.out)

    def run(self) -> None:
        data, at = self.data, 0
        while (token := _TOKEN.match(data, at)) is not None:
            at = token.end()
            word, number, code, symbol, brace, plain = token.groups()
            if word is not None:
                at = self._control(word, number, at)
            elif code is not None:
                self._byte(bytes([int(code, 16)]))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace is not None:
                self._brace(brace)
            elif plain is not None:
                self._plain(plain)
        self._flush()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.star = False
        if brace == b"{":
            self.stack.append(self.state)
        elif self.stack:
            self.state = self.stack.pop()

    def _control(self, word: bytes, number: bytes | None, at: int) -> int:
        value = int(number) if number else None
        if word == b"u":
            self._unicode(value or 0)
            return at
        if word == b"bin":
            return at + max(0, value or 0)
        self._flush()
        self.to_skip = 0
        if word in _PASSED_OVER or (self.star and word not in _APART):
            self._into("nowhere")
        elif word in _APART:
            self._begin_apart(_APART[word])
        elif word in (b"fonttbl", b"title", b"info"):
            self._into(word.decode())
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif word == b"tab":
            self._write("\t")
        elif word in _BREAKS:
            self._break(_BREAKS[word])
        else:
            self._format(word, value)
        self.star = False
        return at

    def _into(self, where: str) -> None:
        if self.state.into != "nowhere":
            self.state = replace(self.state, into=where)

    def _begin_apart(self, kind: MarkKind) -> None:
        if self.state.into == "body":
            self.apart.append((kind, []))
            self.state = replace(self.state, into=f"apart{len(self.apart) - 1}", formats=frozenset())

    def _format(self, word: bytes, value: int | None) -> None:
        state = self.state
        if word == b"plain":
            self.state = replace(state, formats=frozenset(), hidden=False)
        elif (kind := _FORMATS.get(word)) is not None:
            self._toggle(kind, value != 0)
        elif word in _UNDERLINES:
            self._toggle("underline", value != 0)
        elif word == b"ulnone":
            self._toggle("underline", False)
        elif word in (b"v", b"deleted"):
            self.state = replace(state, hidden=value != 0)
        elif word == b"uc":
            self.state = replace(state, skip=min(8, max(0, value or 0)))
        elif word == b"f" and value is not None:
            self.font = value
            self.state = replace(state, codec=self.fonts.get(value, self.default_codec))
        elif word == b"fcharset" and state.into == "fonttbl" and value in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[value] if value != 0 else self.default_codec
        elif word == b"ansicpg" and value and (codec := codec_name(f"cp{value}")) is not None:
            self.default_codec = codec
            self.state = replace(state, codec=codec)
        elif word in (b"mac", b"pc", b"pca"):
            self.default_codec = {b"mac": "mac-roman", b"pc": "cp437", b"pca": "cp850"}[word]
            self.state = replace(state, codec=self.default_codec)

    def _toggle(self, kind: MarkKind, on: bool) -> None:
        formats = self.state.formats - {(kind, None)}
        self.state = replace(self.state, formats=formats | {(kind, None)} if on else formats)

    def _unicode(self, value: int) -> None:
        self._flush()
        code = value + 65536 if value < 0 else value
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            if self.high is not None:
                self._write(chr(0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00)))
            self.high = None
        elif 0 < code <= 0x10FFFF:
            self._write(chr(code))
        self.to_skip = self.state.skip

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.star = True
        elif symbol in (b"\r", b"\n"):
            self._flush()
            self._break(Break.PARAGRAPH)
        elif symbol in _SYMBOLS:
            self._flush()
            self._write(_SYMBOLS[symbol])

    def _byte(self, byte: bytes) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.raw += byte

    def _plain(self, words: bytes) -> None:
        skipped = min(self.to_skip, len(words))
        self.to_skip -= skipped
        self.raw += words[skipped:]

    def _flush(self) -> None:
        if self.raw:
            words = bytes(self.raw).decode(self.state.codec, "replace")
            self.raw.clear()
            self._write(words)

    def _write(self, words: str) -> None:
        state = self.state
        words = words.replace("\0", "")
        if state.into == "title":
            self.title.append(words)
        elif state.hidden and (state.into == "body" or state.into.startswith("apart")):
            self.hidden_characters += len(words.strip())
        elif state.into == "body":
            self.paragraphs.run(words, state.formats)
        elif state.into.startswith("apart"):
            self.apart[int(state.into[5:])][1].append((words, state))

    def _break(self, wanted: Break) -> None:
        if self.state.into == "body":
            if wanted is Break.LINE:
                self.paragraphs.line()
            else:
                self.paragraphs.end(wanted)
        elif self.state.into.startswith("apart"):
            self.apart[int(self.state.into[5:])][1].append(("\n", self.state))

    def notes(self) -> None:
        """Write what stands apart after the body, each under its mark."""
        for kind, runs in self.apart:
            self.paragraphs.end()
            opened = self.out.open(kind)
            for words, state in runs:
                if words == "\n":
                    self.paragraphs.end(Break.LINE)
                else:
                    self.paragraphs.run(str(words), state.formats)
            self.paragraphs.end()
            self.out.close(opened)


def read(data: bytes, facts: Facts) -> Reading:  # noqa: ARG001 - every reader takes both
    r"""Make a text and marks of a rich text; never raises for broken data."""
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begin.startswith(b"{\\rtf"):
        problem = Problem("unreadable-format", "The file is not rich text: it does not begin with {\\rtf.")
        return Reading("", None, "none", (), (problem,) if begin else ())
    walk = _Walk(begin)
    walk.run()
    walk.paragraphs.end()
    open_groups = len(walk.stack)
    walk.notes()
    problems: list[Problem] = []
    if open_groups:
        problems.append(Problem("malformed-markup", f"The file ends within {open_groups} open groups: it is cut off."))
    if walk.hidden_characters:
        message = (
            f"The document has {walk.hidden_characters:,} characters that it does not show; they are not in the text."
        )
        problems.append(Problem("hidden-text", message))
    if not walk.out.size:
        problems.append(Problem("nothing-recognised", "The document has no words."))
    marks = walk.out.marks.done()
    problems += walk.out.marks.problems
    pairs = [("title", "".join(walk.title))]
    return Reading(walk.out.text, walk.default_codec, "none", marks, tuple(problems), stated(pairs))


READER = Reader(
    name="rtf",
    version="1",
    media_type="application/rtf",
    suffixes=(".rtf", ".doc"),
    read=read,
    derived=True,
    recognises=begins(b"{\\rtf"),
)
