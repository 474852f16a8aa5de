"""The table of codes: every finding this package can make, and the one way to make it.

`CODES` is a plain dict, put together from one module per subject. A code's name never changes its
meaning; its level may, with the version in `since`.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.codes import collection, contract, corrections, layout, processing, quotes, reading, release, speakers
from onrecord.codes._code import Code
from onrecord.errors import OnrecordError
from onrecord.schema.interview import Finding, Level
from onrecord.text.lines import LineIndex

__all__ = ["CODES", "SUBJECTS", "Code", "excerpt", "finding", "finding_at"]

SUBJECTS: Mapping[str, tuple[Code, ...]] = {
    "Bytes and text": reading.CODES,
    "Cards, sidecars and collections": collection.CODES,
    "Blocks and turns": layout.CODES,
    "Speakers": speakers.CODES,
    "Quotations": quotes.CODES,
    "The record": contract.CODES,
    "Corrections": corrections.CODES,
    "The run": processing.CODES,
    "The built dataset": release.CODES,
}

CODES: Mapping[str, Code] = {code.name: code for codes in SUBJECTS.values() for code in codes}

_EXCERPT = 60


def finding(
    code: str,
    path: str,
    message: str,
    *,
    line: int | None = None,
    column: int | None = None,
    where: str | None = None,
    excerpt: str | None = None,
    hint: str | None = None,
    level: Level | None = None,
) -> Finding:
    """Make a finding; level and hint come from the table unless given.

    Raises `OnrecordError` for a code that is not in the table: that is a broken program.
    """
    try:
        entry = CODES[code]
    except KeyError:
        raise OnrecordError(f"no finding code named {code!r}; add it to onrecord/codes/") from None
    return Finding(
        code=code,
        level=level or entry.level,
        path=path,
        line=line,
        column=column,
        where=where,
        excerpt=excerpt,
        message=message,
        hint=hint or entry.hint,
    )


def finding_at(
    code: str,
    path: str,
    message: str,
    text: str,
    offset: int,
    lines: LineIndex,
    *,
    end: int | None = None,
    where: str | None = None,
    hint: str | None = None,
) -> Finding:
    """Make a finding about `text[offset:end]`, with line, column and an excerpt of one line."""
    line, column = lines.position(offset)
    return finding(
        code,
        path,
        message,
        line=line,
        column=column,
        where=where,
        hint=hint,
        excerpt=excerpt(text, offset, end),
    )


def excerpt(text: str, offset: int, end: int | None = None) -> str:
    """Return `text[offset:end]` up to the end of its line, shortened to 60 characters."""
    stop = min(len(text) if end is None else end, offset + _EXCERPT + 1)
    piece = text[offset:stop].split("\n", 1)[0].split("\r", 1)[0]
    return piece if len(piece) <= _EXCERPT else piece[: _EXCERPT - 1] + "…"
