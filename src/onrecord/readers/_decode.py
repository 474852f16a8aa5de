"""Bytes to text without loss: byte-order marks, UTF-8, a guess when it is neither, and damaged places.

A byte that is no character of the encoding becomes U+FFFD in the text and an `undecodable` mark holding
the byte in hexadecimal: the text stays valid, and `encode` gives the file back byte for byte.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from charset_normalizer import from_bytes

from onrecord.errors import ReadError
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
_SAMPLE = 1 << 18
_ESCAPED = re.compile("[\udc00-\udcff]+")
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UTF8_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")


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
    """Decode `data`; `encoding` is what the card says, and wins over any guess.

    Never raises for broken data: what is wrong is in `problems`, and nothing is lost.
    """
    bom, marked = _byte_order_mark(data)
    if encoding is not None:
        return _decode_as(data, *_stated(encoding, bom, marked))
    if marked is not None:
        return _decode_as(data, marked, bom)
    if (unmarked := _unmarked_utf16(data)) is not None:  # before UTF-8, which allows NUL
        return _guessed(data, unmarked)
    if _is_utf8(data):
        return _binary() if _control_share(data) > 0.3 else _decode_as(data, "utf-8")
    if b"\0" in data or _control_share(data) > 0.02:
        return _binary()
    if _is_damaged_utf8(data):
        return _decode_as(data, "utf-8")
    guess = from_bytes(data[:_SAMPLE]).best()
    return _binary() if guess is None else _guessed(data, guess.encoding)


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


def _stated(encoding: str, bom: bytes, marked: str | None) -> tuple[str, bytes]:
    """Settle the card's encoding with a byte-order mark: the mark is stripped if they agree."""
    name = codecs.lookup(encoding.removesuffix(_SIG)).name.replace("_", "-")
    if marked is not None and (name == marked or name == marked.rsplit("-", 1)[0]):
        return marked, bom
    return name, b""


def _decode_as(data: bytes, codec: str, bom: bytes = b"") -> Decoded:
    escaped = data[len(bom) :].decode(codec, "onrecord-escape")
    escaped, newline = _fold_newlines(escaped)
    text, marks = _unescape(escaped)
    problems = [_undecodable(mark, codec) for mark in marks]
    problems += _control_problems(text)
    if newline == "mixed":
        problems.append(Problem("mixed-newlines", "The file mixes several kinds of line ends."))
    return Decoded(text, codec + _SIG if bom else codec, newline, marks, tuple(problems))


def _guessed(data: bytes, guess: str) -> Decoded:
    codec = codecs.lookup(guess).name.replace("_", "-")
    decoded = _decode_as(data, codec)
    message = f"The file is not UTF-8 and has no byte-order mark; it was read as {codec}."
    hint = f"If the letters outside ASCII are right, set `encoding: {codec}` in collection.yaml."
    problem = Problem("encoding-guessed", message, hint=hint)
    return Decoded(decoded.text, codec, decoded.newline, decoded.marks, (problem, *decoded.problems))


def _binary() -> Decoded:
    message = "The file is not text: it holds bytes that no text encoding explains."
    return Decoded("", None, "none", (), (Problem("binary-file", message),))


def _undecodable(mark: Mark, codec: str) -> Problem:
    shown = " ".join(f"0x{byte:02X}" for byte in bytes.fromhex(mark.value or "")[:4])
    return Problem("undecodable-bytes", f"{shown} is not {codec.upper()}.", mark.span.start)


def _control_problems(text: str) -> list[Problem]:
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
    return ("".join([*pieces, escaped[position:]]) if marks else escaped), tuple(marks)


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


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / max(1, len(sample))


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly all bytes of one parity are zero (or the script's high byte)."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most bytes outside ASCII are well-formed UTF-8: other encodings do not look like that."""
    outside = sum(len(run) for run in _NOT_ASCII.findall(data))
    formed = sum(len(sequence) for sequence in _UTF8_MULTIBYTE.findall(data))
    return formed > 0.5 * outside
