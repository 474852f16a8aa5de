"""Findings as GitHub workflow commands, which annotate the lines of a pull request.

GitHub shows ten annotations per kind and step, so errors come first and the rest is said in a summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from onrecord.findings.lines import Lines, place_of
from onrecord.findings.text import totals
from onrecord.schema.interview import Finding, Level

SHOWN = 10

_COMMANDS: Mapping[Level, tuple[str, int]] = {
    "error": ("error", SHOWN), "warning": ("warning", SHOWN), "note": ("notice", SHOWN - 1),
}  # fmt: skip
"""Level -> (command, how many are shown); one notice is left for the counts."""


def render(findings: Sequence[Finding], lines: Lines = MappingProxyType({})) -> str:
    """Return one command per finding, at most ten of a level, errors first, and a closing notice with the counts."""
    told: list[str] = []
    hidden = 0
    for level, (command, most) in _COMMANDS.items():
        of_level = [item for item in findings if item.level == level and item.waiver is None]
        told += [_command(command, item, in_file(item, lines)) for item in of_level[:most]]
        hidden += max(0, len(of_level) - most)
    if findings:
        rest = f" {hidden} are not shown here; the full list is in the job's summary." if hidden else ""
        told.append(f"::notice title=onrecord::{_data(totals(findings) + rest)}")
    return "".join(f"{line}\n" for line in told)


def in_file(item: Finding, lines: Lines) -> bool:
    """Whether the finding's line is one of the file, and not of the text that was read from its markup."""
    place = place_of(item)
    return place is None or place not in lines or not lines[place].derived


def _command(command: str, item: Finding, placed: bool) -> str:
    place = {"line": item.line, "col": item.column} if placed else {}
    properties = {"file": item.path, **place, "title": item.code}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    message = item.message if item.hint is None else f"{item.message}\n{item.hint}"
    if not placed:
        message += f"\nLine {item.line} of the text as it was read: {item.excerpt or ''}"
    return f"::{command} {given}::{_data(message)}"


def _data(text: str) -> str:
    """Escape what would end the command: a message from a contributed file must not start another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
