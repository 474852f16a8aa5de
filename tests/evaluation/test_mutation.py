"""The mutation figure: what is broken really is, the checks name it, and a blind check would be found out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.checking import check_found
from onrecord.checks.contract import check_record_json
from onrecord.codes import CODES
from onrecord.evaluation import mutation, mutation_raw
from onrecord.evaluation.mutating import Trial, report
from onrecord.schema.interview import Interview
from onrecord.sources import discover
from tests.cases.running import FOLDER

INTERVIEW = Interview.model_validate_json((FOLDER / "record.json").read_bytes())
MUTATIONS = list(mutation.mutations(INTERVIEW))
RAW = [
    *mutation_raw.yaml_mutations(),
    *mutation_raw.text_mutations("a.txt", b"Q: \xe2\x80\x9cWho is it?\xe2\x80\x9d\n\nA: Me.\n"),
]


def test_at_least_ninety_nine_of_a_hundred_broken_records_are_caught_with_the_right_code() -> None:
    """The floor of the figure, on the record that all cases are made from."""
    survivors = [(item.kind, item.where, item.code) for item in MUTATIONS if not mutation.caught(item)]
    assert len(MUTATIONS) > 300
    assert len(survivors) <= 0.01 * len(MUTATIONS), survivors


def test_at_least_ninety_nine_of_a_hundred_broken_folders_are_caught_with_the_right_code() -> None:
    """Cards, sidecars, folders, bytes and words."""
    survivors = [(item.kind, item.where, item.codes) for item in RAW if not mutation_raw.caught(item)]
    assert len(RAW) > 100
    assert len(survivors) <= 0.01 * len(RAW), survivors


def test_every_mutation_changes_the_record_and_expects_a_code_that_exists() -> None:
    """A mutation that changes nothing would count as a survivor of a check that is right."""
    whole = json.dumps(json.loads(INTERVIEW.model_dump_json()))  # as text: to Python 1 and true are equal
    assert all(json.dumps(item.record) != whole and item.code in CODES for item in MUTATIONS)
    assert all(code in CODES for item in RAW for code in item.codes)


def test_every_error_about_records_is_tried() -> None:
    """A new code of the contract needs a mutation; those of the bytes of JSON and of tables are tried elsewhere."""
    from onrecord.codes import contract

    tried = {item.code for item in MUTATIONS}
    assert {code.name for code in contract.CODES} - tried == {"invalid-json", "table-text-mismatch"}


def test_what_is_not_broken_has_no_findings(tmp_path: Path) -> None:
    """Otherwise a mutation could count as caught by what was wrong before."""
    assert check_record_json(INTERVIEW.model_dump_json(), "x") == ()
    for path, data in {
        "c/collection.yaml": mutation_raw.CARD,
        "c/a.txt": mutation_raw.TEXT,
        "c/a.yaml": mutation_raw.SIDECAR,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert [item for item in check_found(discover(tmp_path)).findings if item.level == "error"] == []


def test_the_page_lists_survivors() -> None:
    """None is hidden: kind, place and the code that was missing."""
    page = report(
        [Trial("record: id twice", "c/a turns.1", "duplicate-item-id", False)] + [Trial("x", "y", "z", True)] * 3
    )
    assert "3 of 4 caught with the right code (75.00%)" in page
    assert "- record: id twice: c/a turns.1 (no `duplicate-item-id`)" in page


def test_a_check_that_is_blind_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the invariants most mutations of them survive: the figure measures the checks, not itself."""
    monkeypatch.setattr("onrecord.checks.record.INVARIANTS", ())
    survivors = [item for item in MUTATIONS if item.kind in mutation.INVARIANTS and not mutation.caught(item)]
    assert len(survivors) > 50
