"""Bytes to text without loss: byte-order marks, UTF-8, a guess when it is neither, and damaged places.

A byte that is no character of the encoding becomes U+FFFD in the text and an `undecodable` mark holding
the byte in hexadecimal: the text stays valid, and `encode` gives the file back byte for byte. Encodings such as
Windows' Shift-JIS have two byte sequences for some characters: the rarer one stays as such a mark over its character.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.errors import ReadError
from onrecord.readers import _detect
from onrecord.readers._base import Problem
from onrecord.schema.interview import Mark, Newline, Span

_BOMS: tuple[tuple[bytes, str], ...] = (  # UTF-32 LE starts with the mark of UTF-16 LE: longest first
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_OF = {name: bom for bom, name in _BOMS}
_SIG = "-sig"
_ESCAPED = re.compile("[\udc00-\udcff]+")
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROL_CHARACTER.match(chr(code)))
_SHOWN = 20
_LONGEST_LINE = 1 << 17
_MAX_PLACES, _MAX_PLACES_SHARE = 1000, 0.02
_MAX_BROKEN, _MAX_BROKEN_SHARE = 16, 0.25


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with all that is needed to get its bytes back."""

    text: str
    encoding: str | None
    newline: Newline
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: each undecodable byte becomes U+DC00 + byte, which valid text never holds."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("onrecord-escape", _escape)


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode `data`; `encoding` is what the card says, and wins over any guess unless the bytes refute it.

    Never raises for broken data: what is wrong is in `problems`, and nothing is lost.
    """
    bom, marked = _byte_order_mark(data)
    refuted: tuple[Problem, ...] = ()
    if encoding is not None:
        codec = _detect.codec_name(encoding.removesuffix(_SIG).removesuffix("_sig"))
        if codec is None:
            refuted = (Problem("unknown-encoding", f"There is no character encoding named `{encoding}`."),)
        elif (decoded := _decode_as(data, *_stated(codec, data, bom, marked))) is not None:
            return decoded
        else:
            refuted = (Problem("wrong-encoding", f"The file is not {codec.upper()}, which the card says it is."),)
    decoded = _decode_unstated(data, bom, marked)
    return Decoded(decoded.text, decoded.encoding, decoded.newline, decoded.marks, (*refuted, *decoded.problems))


def _decode_unstated(data: bytes, bom: bytes, marked: str | None) -> Decoded:
    if marked is not None:
        return _decode_as(data, marked, bom) or _binary()
    broken_at = _not_utf8_at(data)
    controls = _detect.control_share(data)
    if broken_at is None and controls <= 0.02:
        if _detect.is_iso_2022(data) and (found := _detect.guess(data)) is not None:
            return _guessed(data, found)
        return _decode_as(data, "utf-8") or _binary()
    if (wide := _detect.unmarked_wide(data)) is not None:
        return _guessed(data, wide)
    if broken_at is None:
        return _binary() if controls > 0.3 else _decode_as(data, "utf-8") or _binary()
    if controls > 0.02:
        return _binary()
    if _detect.is_damaged_utf8(data, broken_at) and (damaged := _decode_as(data, "utf-8")) is not None:
        return damaged
    found = _detect.guess(data)
    return _binary() if found is None else _guessed(data, found)


def encode(text: str, encoding: str | None, newline: Newline, marks: Iterable[Mark] = ()) -> bytes:
    """Give the bytes back that `decode` read: the inverse of `decode`.

    Raises `ReadError` if the text has no encoding (a binary file) or does not fit it.
    """
    if encoding is None:
        raise ReadError("this record has no text: its file could not be decoded, so it cannot be rebuilt")
    codec = encoding.removesuffix(_SIG)
    pieces = [_BOM_OF[codec]] if encoding.endswith(_SIG) else []
    position = 0
    try:
        for mark in marks:
            if mark.kind == "undecodable":
                pieces.append(_with_newlines(text[position : mark.span.start], newline).encode(codec))
                pieces.append(bytes.fromhex(mark.value or ""))
                position = mark.span.end
        pieces.append(_with_newlines(text[position:], newline).encode(codec))
    except UnicodeEncodeError as error:
        raise ReadError(f"character {error.start} of the text does not exist in {encoding}") from error
    return b"".join(pieces)


def _byte_order_mark(data: bytes) -> tuple[bytes, str | None]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return bom, name
    return b"", None


def _stated(codec: str, data: bytes, bom: bytes, marked: str | None) -> tuple[str, bytes]:
    """Settle the card's encoding with a byte-order mark: the mark is stripped if they agree."""
    if marked is not None and codec in (marked, marked.rsplit("-", 1)[0]):
        return marked, bom
    if codec in ("utf-16", "utf-32"):  # these would swallow or add a mark; without one, look which way round it is
        wide = _detect.unmarked_wide(data)
        return wide if wide is not None and wide.startswith(codec) else f"{codec}-le", b""
    return codec, b""


def _decode_as(data: bytes, codec: str, bom: bytes = b"") -> Decoded | None:
    """Decode; None if so much of it is no character of `codec` that it cannot be meant."""
    marks: tuple[Mark, ...] = ()
    try:
        text, newline = _fold_newlines(data[len(bom) :].decode(codec))
    except UnicodeDecodeError:
        escaped = data[len(bom) :].decode(codec, "onrecord-escape")
        if _is_hopeless(escaped):
            return None
        escaped, newline = _fold_newlines(escaped)
        text, marks = _unescape(escaped)
    problems = [*_undecodable(marks, codec), *_control_problems(data, text)]
    if newline == "mixed":
        problems.append(Problem("mixed-newlines", "The file mixes several kinds of line ends."))
    if not codec.startswith("utf") and not _comes_back(data, text, codec, newline, marks):
        marks = (*marks, *_rare_forms(data, text, codec, newline))
        marks = tuple(sorted(marks, key=lambda mark: mark.span.start))
        if not _comes_back(data, text, codec, newline, marks):  # shift states: their bytes belong to no character
            marks = (Mark(span=Span(start=0, end=len(text)), kind="undecodable", value=data.hex()),)
    return Decoded(text, codec + _SIG if bom else codec, newline, marks, tuple(problems))


def _is_hopeless(escaped: str) -> bool:
    """Whether so much is undecodable that it is no damage: a quarter of a text, or a thousand places close together."""
    broken = 0
    for places, run in enumerate(_ESCAPED.finditer(escaped), 1):
        broken += run.end() - run.start()
        if places > _MAX_PLACES and places > _MAX_PLACES_SHARE * len(escaped):
            return True
    return broken > _MAX_BROKEN and broken > _MAX_BROKEN_SHARE * len(escaped)


def _comes_back(data: bytes, text: str, codec: str, newline: Newline, marks: tuple[Mark, ...]) -> bool:
    try:
        return encode(text, codec, newline, marks) == data
    except ReadError:
        return False


def _rare_forms(data: bytes, text: str, codec: str, newline: Newline) -> list[Mark]:
    """Marks over characters that the file writes in the rarer of two ways its encoding has.

    Of encodings with shift states nothing is found: they have no bytes for a single character, so that a text
    they would write otherwise is kept as one mark with all its bytes.
    """
    found: list[Mark] = []
    if codec.startswith("iso2022"):
        return found
    end = "\r" if newline == "cr" else "\n"
    start = 0
    for line, ended in zip(text.split("\n"), data.split(end.encode(codec)), strict=False):
        raw = ended.removesuffix(b"\r") if newline == "crlf" else ended
        if len(raw) <= _LONGEST_LINE and "\ufffd" not in line and line.encode(codec, "replace") != raw:
            found += _rare_in_line(raw, codec, start)
        start += len(line) + 1
    return found


def _rare_in_line(raw: bytes, codec: str, start: int) -> list[Mark]:
    found: list[Mark] = []
    decoder = codecs.getincrementaldecoder(codec)()
    pending, at = b"", start
    for byte in raw:
        pending += bytes([byte])
        made = decoder.decode(pending[-1:])
        if made:
            if made.encode(codec, "replace") != pending:
                found.append(Mark(span=Span(start=at, end=at + len(made)), kind="undecodable", value=pending.hex()))
            at += len(made)
            pending = b""
    return found


def _guessed(data: bytes, codec: str) -> Decoded:
    decoded = _decode_as(data, codec)
    if decoded is None:
        return _binary()
    message = f"The file is not UTF-8 and has no byte-order mark; it was read as {codec}."
    hint = f"If the letters outside ASCII are right, set `encoding: {codec}` in collection.yaml."
    problem = Problem("encoding-guessed", message, hint=hint)
    return Decoded(decoded.text, codec, decoded.newline, decoded.marks, (problem, *decoded.problems))


def _binary() -> Decoded:
    message = "The file is not text: it holds bytes that no text encoding explains."
    return Decoded("", None, "none", (), (Problem("binary-file", message),))


def _undecodable(marks: tuple[Mark, ...], codec: str) -> list[Problem]:
    """One problem per damaged place, the first twenty; the last of them says how many more there are."""
    problems = []
    for number, mark in enumerate(marks[:_SHOWN], 1):
        shown = " ".join(f"0x{byte:02X}" for byte in bytes.fromhex(mark.value or "")[:4])
        more = f" There are {len(marks) - _SHOWN:,} more such places." if number == _SHOWN < len(marks) else ""
        problems.append(Problem("undecodable-bytes", f"{shown} is not {codec.upper()}.{more}", mark.span.start))
    return problems


def _control_problems(data: bytes, text: str) -> list[Problem]:
    if len(data.translate(None, _CONTROL_BYTES)) == len(data):  # true of nearly every file, and ten times as fast
        return []
    first = _CONTROL_CHARACTER.search(text)
    if first is None:
        return []
    count = sum(1 for _ in _CONTROL_CHARACTER.finditer(text))
    message = f"The text has {count} control character{'s' * (count > 1)}, the first is U+{ord(first[0]):04X}."
    return [Problem("control-characters", message, first.start())]


def _unescape(escaped: str) -> tuple[str, tuple[Mark, ...]]:
    """Replace every run of escaped bytes by one U+FFFD, and say in a mark which bytes they were."""
    pieces: list[str] = []
    marks: list[Mark] = []
    position = written = 0
    for run in _ESCAPED.finditer(escaped):
        pieces.append(escaped[position : run.start()])
        written += run.start() - position
        value = bytes(ord(character) - 0xDC00 for character in run[0]).hex()
        marks.append(Mark(span=Span(start=written, end=written + 1), kind="undecodable", value=value))
        pieces.append("\ufffd")
        written += 1
        position = run.end()
    return "".join([*pieces, escaped[position:]]), tuple(marks)


def _fold_newlines(text: str) -> tuple[str, Newline]:
    cr = text.count("\r")
    lf = text.count("\n")
    if not cr:
        return text, "lf" if lf else "none"
    if not lf:
        return text.replace("\r", "\n"), "cr"
    if cr == lf == text.count("\r\n"):
        return text.replace("\r\n", "\n"), "crlf"
    return text, "mixed"


def _with_newlines(text: str, newline: Newline) -> str:
    if newline == "crlf":
        return text.replace("\n", "\r\n")
    return text.replace("\n", "\r") if newline == "cr" else text


def _not_utf8_at(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None
