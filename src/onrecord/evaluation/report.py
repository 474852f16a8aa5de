"""Writing measured figures into a document, between markers, with the environment they were measured in."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from onrecord._version import __version__


def environment() -> str:
    """Say in a line what measured: version, interpreter, machine. Never a path or a host name."""
    return (
        f"onrecord {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with columns padded to their width."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [_line(head, widths), "|" + "|".join("-" * (width + 2) for width in widths) + "|"]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def write_section(path: Path, name: str, heading: str, body: str) -> None:
    """Put `body` between the markers of section `name` in the Markdown file `path`, adding file and section if new."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    old = path.read_text(encoding="utf-8") if path.exists() else "# How good it is, measured\n"
    block = f"{begin}\n{body.strip()}\n{end}"
    before, found, rest = old.partition(begin)
    new = before + block + rest.partition(end)[2] if found else f"{old.rstrip()}\n\n## {heading}\n\n{block}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(new, encoding="utf-8")
