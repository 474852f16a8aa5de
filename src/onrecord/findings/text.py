"""Findings as a compiler prints them, with a summary first when there are many."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from onrecord.codes import CODES
from onrecord.schema.interview import Finding, Level

SUMMARY_FROM = 20
SHOWN_PER_CODE = 5

_PLURALS: Mapping[Level, str] = {"error": "errors", "warning": "warnings", "note": "notes"}


def render(findings: Sequence[Finding]) -> str:
    """Return `findings` as text; from `SUMMARY_FROM` on, a table of codes first and at most five of each code."""
    if not findings:
        return "Nothing to report.\n"
    many = len(findings) >= SUMMARY_FROM
    parts = [_table(findings)] if many else []
    shown: Counter[str] = Counter()
    for item in findings:
        shown[item.code] += 1
        if not many or shown[item.code] <= SHOWN_PER_CODE:
            parts.append(one(item))
    parts += [_hidden(code, count) for code, count in shown.items() if many and count > SHOWN_PER_CODE]
    return "\n".join([*parts, totals(findings)]) + "\n"


def one(item: Finding) -> str:
    """Return one finding: where, what, the excerpt with a caret, what would be right, where to read more."""
    return "\n".join(_lines(item)) + "\n"


def totals(findings: Sequence[Finding]) -> str:
    """Return the counts by level, and how many are waived, in one line."""
    levels = Counter(item.level for item in findings if item.waiver is None)
    waived = sum(item.waiver is not None for item in findings)
    counted = [f"{count} {level if count == 1 else _PLURALS[level]}" for level in _PLURALS if (count := levels[level])]
    return ", ".join([*counted, *([f"{waived} waived"] if waived else [])]) + "."


def address(item: Finding) -> str:
    """Return `path:line:column`, as far as it is known; control characters in names are made visible."""
    numbers = [str(number) for number in (item.line, item.column) if number is not None]
    return ":".join([visible(item.path), *numbers])


def visible(text: str) -> str:
    """Return `text` with control and direction characters escaped: names and excerpts must not steer a terminal."""
    return "".join(
        character if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else _escaped(character)
        for character in text
    )


def _escaped(character: str) -> str:
    if character == "\t":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _lines(item: Finding) -> Iterator[str]:
    level = item.level if item.waiver is None else f"waived {item.level}"
    yield f"{address(item)}: {level}[{item.code}]: {visible(item.message)}"
    gutter = " " * len(str(item.line or ""))
    if item.excerpt:
        shown = visible(item.excerpt)
        yield f"  {item.line or ''} | {shown}"
        yield f"  {gutter} | {'^' * max(1, min(width(shown), 60))}"
    if item.where:
        yield f"  {gutter} = in: {visible(item.where)}"
    if item.hint:
        yield f"  {gutter} = help: {visible(item.hint)}"
    if item.waiver is not None:
        yield f"  {gutter} = waived by {visible(item.waiver.by)}: {visible(item.waiver.reason)}"
    else:
        yield f"  {gutter} = more: onrecord explain {item.code}"


def width(text: str) -> int:
    """Return how many columns a terminal needs for `text`: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _table(findings: Sequence[Finding]) -> str:
    counts = Counter((item.code, item.level, item.waiver is not None) for item in findings)
    files = {key: len({item.path for item in findings if item.code == key[0]}) for key in counts}
    rows = [
        f"{count:7,}  {('waived ' if waived else '') + level:<14}  {code:<26} in {files[code, level, waived]:,} "
        f"file{'s' * (files[code, level, waived] != 1)}: {CODES[code].summary if code in CODES else ''}"
        for (code, level, waived), count in counts.most_common()
    ]
    return "\n".join(rows) + "\n"


def _hidden(code: str, count: int) -> str:
    return f"… and {count - SHOWN_PER_CODE:,} more of {code} (all of them: --format json)\n"
