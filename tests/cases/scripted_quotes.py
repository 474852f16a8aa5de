"""Codes that only a quotation set by hand can give: the stage itself keeps these promises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.checks import check_interview
from onrecord.schema.interview import Finding, Interview
from tests.cases.running import Scripted, edited


def _checked(*edits: list[Any]) -> list[Finding]:
    return list(check_interview(Interview.model_validate(edited(list(edits)))))


def no_quotation_for_a_pair(_folder: Path) -> list[Finding]:
    """The second pair of marks in the answer is in no quotation."""
    return _checked(["/quotes/0/content", [{"start": 30, "end": 42}]], ["/quotes/1/parent"])


def content_through_a_pair(_folder: Path) -> list[Finding]:
    """A content starts before the second pair of marks and ends within it."""
    return _checked(
        ["/quotes/1/content", [{"start": 50, "end": 84}]],
        ["/quotes/1/id", "case/input#quote@50"],
        ["/quotes/1/parent"],
        ["/quotes/1/echoes"],
    )


def as_it_is(_folder: Path) -> list[Finding]:
    """The valid record."""
    return _checked()


CASES = {
    "quotation-marks-unaccounted": Scripted(bad=no_quotation_for_a_pair, ok=as_it_is),
    "quotation-cuts-marks": Scripted(bad=content_through_a_pair, ok=as_it_is),
}
