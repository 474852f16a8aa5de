"""Waivers: a finding a person accepts stops nothing; unused and expired ones are named."""

from __future__ import annotations

import datetime
from pathlib import Path

from onrecord.checking import Report, check_paths
from onrecord.checks.waivers import apply_waivers
from onrecord.codes import finding
from onrecord.collection.facts import WaiverFact

TODAY = datetime.date(2026, 11, 24)
DAY = datetime.timedelta(days=1)


def _waiver(**values: object) -> WaiverFact:
    return WaiverFact.model_validate({"code": "empty-file", "reason": "Lost tape.", "by": "Ada", **values})


def _codes(waiver: WaiverFact) -> list[bool]:
    found = [
        finding("empty-file", "c/a.txt", "Empty.", line=3, where="c/a"),
        finding("empty-file", "c/a.txt", "Empty.", line=4, where="c/a#turn@3"),
        finding("binary-file", "c/a.txt", "Binary.", line=3, where="c/a"),
    ]
    return [item.waiver is not None for item in apply_waivers(found, [waiver], TODAY).findings]


def test_a_waiver_covers_its_code_in_its_place() -> None:
    """Without a place all of the code; with line or item only there."""
    assert _codes(_waiver()) == [True, True, False]
    assert _codes(_waiver(line=4)) == [False, True, False]
    assert _codes(_waiver(where="c/a")) == [True, False, False]
    assert _codes(_waiver(where="c/a", line=4)) == [False, False, False]


def test_a_waiver_holds_on_its_last_day_and_not_after() -> None:
    """`expires` is the last day."""
    assert _codes(_waiver(expires=TODAY)) == [True, True, False]
    assert _codes(_waiver(expires=TODAY - DAY)) == [False, False, False]


def test_applying_waivers_twice_changes_nothing() -> None:
    """Idempotent, and every field of the waiver is on the finding."""
    waivers = [_waiver(rule_version="0.1.0", expires=TODAY)]
    once = apply_waivers([finding("empty-file", "c/a.txt", "Empty.")], waivers, TODAY)
    assert apply_waivers(once.findings, waivers, TODAY) == once
    waiver = once.findings[0].waiver
    assert waiver is not None
    assert (waiver.reason, waiver.by, waiver.rule_version, waiver.expires) == ("Lost tape.", "Ada", "0.1.0", TODAY)


def test_faults_of_the_program_cannot_be_waived() -> None:
    """`stage-failed` is ours to repair; nobody may accept it away."""
    waivers = [_waiver(code="stage-failed")]
    assert apply_waivers([finding("stage-failed", "x", "Y.")], waivers, TODAY).findings[0].waiver is None


def _checked(raw: Path, sidecar: str) -> Report:
    home = raw / "c"
    home.mkdir(parents=True, exist_ok=True)
    (home / "collection.yaml").write_text("title: C\n")
    (home / "a.txt").write_text("")
    (home / "a.yaml").write_text(sidecar)
    return check_paths([raw], today=TODAY)


WAIVERS = """\
title: Lost
waivers:
  - {code: empty-file, reason: The tape is lost., by: Ada}
  - {code: binary-file, reason: None., by: Ada}
"""


def test_a_waived_error_no_longer_fails_a_check_and_unused_ones_are_named_at_their_line(tmp_path: Path) -> None:
    """End to end, from the sidecar to the exit status."""
    report = _checked(tmp_path, WAIVERS)
    assert [(item.code, item.level, item.waiver is not None) for item in report] == [
        ("empty-file", "error", True),
        ("unused-waiver", "note", False),
    ]
    unused = report.findings[1]
    assert (Path(unused.path).name, unused.line) == ("a.yaml", 4)
    assert report.exit_status(warnings=True) == 0


def test_an_expired_waiver_is_a_warning_and_the_error_counts_again(tmp_path: Path) -> None:
    """The gate closes by itself on the day after."""
    report = _checked(tmp_path, "waivers:\n  - {code: empty-file, reason: R., by: A, expires: 2026-11-23}\n")
    assert [(item.code, item.waiver) for item in report] == [("empty-file", None), ("expired-waiver", None)]
    assert report.exit_status() == 1


def test_a_duplicate_text_can_be_waived_with_a_reason(tmp_path: Path) -> None:
    """Findings between interviews are waived in the sidecar of the file they are about."""
    home = tmp_path / "c"
    home.mkdir()
    (home / "collection.yaml").write_text("title: C\n")
    for name in "ab":
        (home / f"{name}.txt").write_text("Q: Who?\nA: Me.\n")
    assert check_paths([tmp_path], today=TODAY).failing
    (home / "b.yaml").write_text("waivers:\n  - {code: duplicate-text, reason: Printed twice., by: Ada}\n")
    assert not check_paths([tmp_path], today=TODAY).failing
