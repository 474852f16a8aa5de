"""Findings as a compiler prints them, with a summary first when there are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from onrecord.codes import CODES
from onrecord.findings.lines import Lines, Shown, place_of, visible, width
from onrecord.schema.interview import Finding, Level

SUMMARY_FROM = 20
SHOWN_PER_CODE = 5

_PLURALS: Mapping[Level, str] = {"error": "errors", "warning": "warnings", "note": "notes"}


def render(findings: Sequence[Finding], lines: Lines = MappingProxyType({})) -> str:
    """Return `findings` as text; from `SUMMARY_FROM` on, a table of codes first and at most five of each code."""
    if not findings:
        return "Nothing to report.\n"
    many = len(findings) >= SUMMARY_FROM
    parts = [_table(findings)] if many else []
    shown: Counter[str] = Counter()
    for item in findings:
        shown[item.code] += 1
        if not many or shown[item.code] <= SHOWN_PER_CODE:
            parts.append(one(item, lines))
    parts += [_hidden(code, count) for code, count in shown.items() if many and count > SHOWN_PER_CODE]
    return "\n".join([*parts, totals(findings)]) + "\n"


def one(item: Finding, lines: Lines = MappingProxyType({})) -> str:
    """Return one finding: where, what, the line with a caret, what would be right, where to read more.

    Of a line that is not in `lines` the excerpt that the finding itself holds is shown.
    """
    place = place_of(item)
    return "\n".join(_lines(item, lines.get(place) if place else None)) + "\n"


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


def _lines(item: Finding, line: Shown | None) -> Iterator[str]:
    level = item.level if item.waiver is None else f"waived {item.level}"
    yield f"{address(item)}: {level}[{item.code}]: {visible(item.message)}"
    gutter = " " * len(str(item.line or ""))
    line = line or (Shown("", item.excerpt, "") if item.excerpt else None)
    if line is not None:
        yield f"  {item.line or ''} | {visible(line.before + line.place + line.after)}".rstrip()
        yield f"  {gutter} | {' ' * width(line.before)}{'^' * max(1, width(line.place))}"
        if line.derived:
            yield f"  {gutter} = line {item.line} of the text as it was read, not of the file"
    if item.where:
        yield f"  {gutter} = in: {visible(item.where)}"
    if item.hint:
        yield f"  {gutter} = help: {visible(item.hint)}"
    if item.waiver is not None:
        yield f"  {gutter} = waived by {visible(item.waiver.by)}: {visible(item.waiver.reason)}"
    else:
        yield f"  {gutter} = more: onrecord explain {item.code}"


def _table(findings: Sequence[Finding]) -> str:
    counts: Counter[tuple[str, Level, bool]] = Counter()
    paths: dict[str, set[str]] = defaultdict(set)
    for item in findings:
        counts[item.code, item.level, item.waiver is not None] += 1
        paths[item.code].add(item.path)
    files = {key: len(paths[key[0]]) for key in counts}
    rows = [
        f"{count:7,}  {('waived ' if waived else '') + level:<14}  {code:<26} in {files[code, level, waived]:,} "
        f"file{'s' * (files[code, level, waived] != 1)}: {CODES[code].summary if code in CODES else ''}"
        for (code, level, waived), count in counts.most_common()
    ]
    return "\n".join(rows) + "\n"


def _hidden(code: str, count: int) -> str:
    return f"… and {count - SHOWN_PER_CODE:,} more of {code} (all of them: --format json)\n"
