"""The table of codes: names, sentences, and the pages made from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.codes import CODES, SUBJECTS, Code, finding
from onrecord.errors import OnrecordError
from onrecord.findings.explain import findings_page

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_a_code_has_a_stable_name_and_whole_sentences(code: Code) -> None:
    """Names are kebab-case; summary, reason and hint are sentences; the version exists."""
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code.name)
    for sentence in (code.summary, code.why, code.hint):
        assert sentence[0].isupper() or not sentence[0].isalpha()
        assert sentence.endswith((".", "?", "!"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", code.since)


def test_no_code_stands_twice() -> None:
    """Two subjects that use one name would hide one of the two meanings."""
    names = [code.name for codes in SUBJECTS.values() for code in codes]
    assert sorted(names) == sorted(set(names))


def test_a_finding_of_an_unknown_code_is_an_error_of_the_program() -> None:
    """It is raised at once, so that a test finds it, and not shown to users as a finding."""
    with pytest.raises(OnrecordError, match="no finding code named 'no-such-code'"):
        finding("no-such-code", "x", "y")


@pytest.mark.parametrize("page", ["docs/findings.md", "schema/findings.md"])
def test_the_page_of_codes_is_current(page: str) -> None:
    """What is published is what the table says: run scripts/pages."""
    assert (ROOT / page).read_text(encoding="utf-8") == findings_page()
