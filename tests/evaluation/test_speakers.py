"""The stage `speakers` against its gold: the floors that issue 5 sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import ConfigError
from onrecord.evaluation.gold_speakers import read_cases
from onrecord.evaluation.speakers import pairs, score, total
from onrecord.evaluation.speakers_report import PRECISION, RECALL, report

GOLD = Path(__file__).parents[1] / "gold" / "speakers"


def test_the_gold_is_large_enough() -> None:
    """At least 300 labels in at least 60 interviews, in seven languages."""
    cases = read_cases(GOLD)
    assert len(cases) >= 60
    assert sum(len({entry.label for entry in case.prints}) for case in cases) >= 300
    assert {case.language for case in cases} == {"en", "de", "fr", "es", "ru", "tr", "az"}
    assert len({(case.language, case.name) for case in cases}) == len(cases)


def test_labels_are_put_together_as_in_the_gold() -> None:
    """Pairwise precision, recall, names, roles and joint labels reach their floors."""
    found = total(read_cases(GOLD))
    assert found.precision is not None
    assert found.recall is not None
    assert found.precision >= PRECISION, found.faults
    assert found.recall >= RECALL, found.faults
    assert found.names_right >= 0.97 * found.names, found.faults
    assert found.roles_right >= 0.97 * found.roles, found.faults
    assert found.joint_right == found.joint, found.faults


def test_pairs_are_counted_over_all_units() -> None:
    """Two of three together, one pair found wrongly: counted as such; nobody is together with nobody."""
    assert pairs(["a", "a", "b"], ["1", "2", "2"]) == (1, 1, 0)
    assert pairs(["a", "a", "b"], ["1", "1", "2"]) == (1, 1, 1)
    assert pairs([None, None], [None, None]) == (0, 0, 0)


def test_a_wrong_case_is_counted_as_wrong(tmp_path: Path) -> None:
    """Gold that says otherwise than the stage lowers the score and is named."""
    (tmp_path / "en.txt").write_text(
        "=== wrong\na | Ann Lee | One.\na | Bob Roe | Two.\n= a | Cy Dow\n", encoding="utf-8"
    )
    [case] = read_cases(tmp_path)
    found = score(case)
    assert (found.together, found.found, found.right, found.names_right) == (1, 0, 0, 0)
    assert len(found.faults) == 2
    assert "wrong" in found.faults[0]
    assert "0.0% (0/1)" in report([case])


def test_lines_outside_the_notation_are_refused(tmp_path: Path) -> None:
    """A line that is not in the notation names its file and number."""
    (tmp_path / "en.txt").write_text("=== a\nnonsense\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"en\.txt:2"):
        read_cases(tmp_path)
