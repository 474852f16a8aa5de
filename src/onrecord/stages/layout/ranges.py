"""Ranges of the text without what stands at their ends."""

from __future__ import annotations

from onrecord.stages.layout.model import Range


def trimmed(text: str, start: int, end: int) -> Range:
    """Return the range without blanks and markup at its ends."""
    while start < end and (char := text[start]) in _EDGES and (char != "'" or text.startswith("''", start)):
        start += 1 + (char == "'") + text.startswith("'''", start)
    while end > start and (char := text[end - 1]) in _EDGES and (char != "'" or text.endswith("''", start, end)):
        end -= 1 + (char == "'") + text.endswith("'''", start, end)
    return min(start, end), end


_EDGES = " \t\u00a0\u3000*_\u200b\ufeff:：'"
"""What stands at the ends of a label; an apostrophe only where there are two, which are markup."""


def trimmed_blank(text: str, start: int, end: int) -> Range:
    """Return the range without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
