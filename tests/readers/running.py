"""What the tests of readers share: reading a case, and a golden file people can review."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from onrecord.schema.interview import Mark

CASES = Path(__file__).parent / "cases"
NOT_CASES = (".golden.json", ".facts.json")


def cases() -> list[Path]:
    """Return all cases: `cases/<reader>/<name>.<ending>`."""
    return sorted(path for path in CASES.glob("*/*") if not path.name.endswith(NOT_CASES))


def facts_of(case: Path) -> Facts:
    """Return what a case's `<name>.facts.json` states, nothing if it has none."""
    path = case.with_name(f"{case.stem}.facts.json")
    return Facts.model_validate_json(path.read_bytes()) if path.exists() else Facts()


def read_parts(case: Path) -> list[tuple[str | None, Reading]]:
    """Read every interview of a case with the reader its folder names."""
    reader, facts = READERS[case.parent.name], facts_of(case)
    return [(locator, reader.read(data, facts)) for locator, data in reader.split(case.read_bytes(), facts)]


def shown(reading: Reading, locator: str | None = None) -> dict[str, Any]:
    """Return a reading as a golden file has it: every mark with the characters it covers."""
    return {
        "locator": locator,
        "encoding": reading.encoding,
        "newline": reading.newline,
        "stated": dict(reading.stated),
        "problems": [[problem.code, problem.offset, problem.message] for problem in reading.problems],
        "text": reading.text.split("\n"),
        "marks": [_mark(reading.text, mark) for mark in reading.marks],
    }


def _mark(text: str, mark: Mark) -> str:
    value = "" if mark.value is None else f"={mark.value}"
    return f"{mark.kind}{value} {mark.span.start}-{mark.span.end} {text[mark.span.start : mark.span.end]!r}"


def check(reading: Reading) -> None:
    """Assert what every reading promises: valid text, marks inside it and in order, problems with a place in it."""
    reading.text.encode("utf-8")  # no lone surrogates
    assert all(0 <= mark.span.start < mark.span.end <= len(reading.text) for mark in reading.marks)
    assert [mark.span.start for mark in reading.marks] == sorted(mark.span.start for mark in reading.marks)
    assert all(problem.offset is None or 0 <= problem.offset <= len(reading.text) for problem in reading.problems)
    assert all(problem.message.endswith(".") for problem in reading.problems), reading.problems


def kinds(reading: Reading, kind: str) -> list[tuple[str, str | None]]:
    """Return the characters and values of all marks of one kind."""
    return [(mark.span.of(reading.text), mark.value) for mark in reading.marks if mark.kind == kind]


def codes(reading: Reading) -> list[str]:
    """Return the codes of all problems."""
    return [problem.code for problem in reading.problems]


def golden_text(readings: Sequence[tuple[str | None, Reading]]) -> str:
    """Return the golden file for the interviews of a case."""
    return json.dumps([shown(reading, locator) for locator, reading in readings], ensure_ascii=False, indent=1) + "\n"
