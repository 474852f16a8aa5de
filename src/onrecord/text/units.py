"""Offsets in other languages' units.

Spans count Unicode code points (Python, R). JavaScript, Java and C# count UTF-16 units; Rust, Go and
databases often count UTF-8 bytes. The converters take many offsets at once and read the text once. The text of a
record has no lone surrogates; a text that has raises `UnicodeEncodeError`.
"""

from __future__ import annotations

from collections.abc import Iterable


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Convert code-point `offsets` of `text` to UTF-16 code units, in the order given.

    Raises `IndexError` for an offset outside `0 … len(text)`.
    """
    return _convert(text, offsets, "utf-16-le", 2)


def utf8_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Convert code-point `offsets` of `text` to UTF-8 bytes, in the order given.

    Raises `IndexError` for an offset outside `0 … len(text)`.
    """
    return _convert(text, offsets, "utf-8", 1)


def codepoint_offsets_from_utf16(text: str, offsets: Iterable[int]) -> list[int]:
    """Convert UTF-16 unit `offsets` back to code points; an offset inside a pair maps to its start.

    Raises `IndexError` for an offset outside the text.
    """
    return _convert_back(text, offsets, "utf-16-le", 2)


def codepoint_offsets_from_utf8(text: str, offsets: Iterable[int]) -> list[int]:
    """Convert UTF-8 byte `offsets` back to code points; an offset inside a character maps to its start.

    Raises `IndexError` for an offset outside the text.
    """
    return _convert_back(text, offsets, "utf-8", 1)


def _convert(text: str, offsets: Iterable[int], encoding: str, width: int) -> list[int]:
    wanted = list(offsets)
    result = dict.fromkeys(wanted, 0)
    before = total = 0
    for offset in sorted(result):
        if not 0 <= offset <= len(text):
            raise IndexError(f"offset {offset} is outside the text (0 … {len(text)} code points)")
        total += len(text[before:offset].encode(encoding)) // width
        before = offset
        result[offset] = total
    return [result[offset] for offset in wanted]


def _convert_back(text: str, offsets: Iterable[int], encoding: str, width: int) -> list[int]:
    wanted = list(offsets)
    result = dict.fromkeys(wanted, 0)
    data = text.encode(encoding)
    before = points = 0  # the last boundary of a character that was reached, in bytes and in code points
    for offset in sorted(result):
        if not 0 <= width * offset <= len(data):
            raise IndexError(f"offset {offset} is outside the text (0 … {len(data) // width} units of {encoding})")
        chunk = data[before : width * offset].decode(encoding, "ignore")  # drops the beginning of a cut character
        points += len(chunk)
        before += len(chunk.encode(encoding))
        result[offset] = points
    return [result[offset] for offset in wanted]
