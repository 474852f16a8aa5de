"""Findings as GitHub workflow commands, which annotate the lines of a pull request.

GitHub shows ten annotations per kind and step, so errors come first and the rest is said in a summary.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.findings.text import totals
from onrecord.schema.interview import Finding

SHOWN = 10

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(findings: Sequence[Finding]) -> str:
    """Return one command per finding, at most ten of a level, errors first, and a closing notice with the counts."""
    lines: list[str] = []
    hidden = 0
    for level, command in _COMMANDS.items():
        of_level = [item for item in findings if item.level == level and item.waiver is None]
        lines += [_command(command, item) for item in of_level[:SHOWN]]
        hidden += max(0, len(of_level) - SHOWN)
    if findings:
        rest = f" {hidden} are not shown here; the full list is in the job's summary." if hidden else ""
        lines.append(f"::notice title=onrecord::{_data(totals(findings) + rest)}")
    return "".join(f"{line}\n" for line in lines)


def _command(command: str, item: Finding) -> str:
    properties = {"file": item.path, "line": item.line, "col": item.column, "title": item.code}
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    message = item.message if item.hint is None else f"{item.message}\n{item.hint}"
    return f"::{command} {given}::{_data(message)}"


def _data(text: str) -> str:
    """Escape what would end the command: a message from a contributed file must not start another one."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
