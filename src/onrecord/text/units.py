"""Offsets in other languages' units.

Spans count Unicode code points (Python, R). JavaScript, Java and C# count UTF-16 units; Rust, Go and
databases often count UTF-8 bytes. The converters take many offsets at once and read the text once.
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
    wanted = list(offsets)
    result = dict.fromkeys(wanted, 0)
    data = text.encode("utf-16-le", "surrogatepass")
    before_units = before_points = 0
    for units in sorted(result):
        if not 0 <= units <= len(data) // 2:
            raise IndexError(f"offset {units} is outside the text (0 … {len(data) // 2} UTF-16 units)")
        chunk = data[2 * before_units : 2 * units].decode("utf-16-le", "ignore")
        # An offset between the halves of a pair: "ignore" dropped the first half, so step back over it.
        before_points += len(chunk)
        before_units += len(chunk.encode("utf-16-le", "surrogatepass")) // 2
        result[units] = before_points
    return [result[units] for units in wanted]


def _convert(text: str, offsets: Iterable[int], encoding: str, width: int) -> list[int]:
    wanted = list(offsets)
    result = dict.fromkeys(wanted, 0)
    before = total = 0
    for offset in sorted(result):
        if not 0 <= offset <= len(text):
            raise IndexError(f"offset {offset} is outside the text (0 … {len(text)} code points)")
        total += len(text[before:offset].encode(encoding, "surrogatepass")) // width
        before = offset
        result[offset] = total
    return [result[offset] for offset in wanted]
