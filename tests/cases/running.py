"""Run the cases of `tests/cases/findings/`; README.md says what a case is."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.checking import check_found
from onrecord.checks.contract import check_record_json
from onrecord.schema.interview import Finding
from onrecord.sources import discover

FOLDER = Path(__file__).parent / "findings"
TODAY = datetime.date(2026, 11, 24)
SILENT_CARD = "title: A case\n"
NOT_COPIED = ("ok", "expected.txt")


@dataclass(frozen=True, slots=True)
class Scripted:
    """A case that is made by a program: each function gets an empty folder and returns what the checks say."""

    bad: Callable[[Path], Iterable[Finding]]
    ok: Callable[[Path], Iterable[Finding]]


def findings_of(case: Path, temporary: Path) -> Sequence[Finding]:
    """Return what the checks say of a case's folder."""
    if (case / "record.json").is_file():
        return check_record_json((case / "record.json").read_bytes(), "record.json")
    if (case / "edits.json").is_file():
        return check_record_json(json.dumps(edited(json.loads((case / "edits.json").read_text()))), "record.json")
    raw = temporary / "raw"
    if (case / "raw").is_dir():
        shutil.copytree(case / "raw", raw, symlinks=True)
    else:
        shutil.copytree(case, raw / "case", ignore=shutil.ignore_patterns(*NOT_COPIED))
        card = raw / "case" / "collection.yaml"
        if not card.exists():
            card.write_text(SILENT_CARD)
    return check_found(discover(raw), today=TODAY).findings


def edited(edits: list[list[Any]]) -> dict[str, Any]:
    """Return the valid record with some places set, or removed where an edit has only a path."""
    record: dict[str, Any] = json.loads((FOLDER / "record.json").read_text(encoding="utf-8"))
    for path, *values in edits:
        *parents, last = [int(part) if part.isdigit() else part for part in path.strip("/").split("/")]
        at: Any = record
        for part in parents:
            at = at[part]
        if not values:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(values[0])
        else:
            at[last] = values[0]
    return record


def expected_of(case: Path, default: str | None) -> list[tuple[str, str | None]]:
    """Return the (code, place) lines of a case's expected.txt; without one `default` with any place."""
    path = case / "expected.txt"
    if not path.exists():
        return [] if default is None else [(default, None)]
    pairs = [line.split() for line in path.read_text().splitlines() if line.strip()]
    return [(pair[0], pair[1] if len(pair) > 1 else None) for pair in pairs]


def place_of(item: Finding) -> str:
    """Return a finding's place as expected.txt has it: `line:column`, `line`, or nothing."""
    return ":".join(str(number) for number in (item.line, item.column) if number is not None)
