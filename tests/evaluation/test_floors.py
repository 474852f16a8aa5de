"""The floors of the committed gold hold, say what fell, and go down only when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.evaluation.floors import HELD, fallen, main, measured, moved, read_floors

GOLD = Path(__file__).parents[1] / "gold" / "quotes"


def test_no_figure_of_the_committed_gold_is_under_its_floor() -> None:
    """Quotations are found in the gold set at least as well as the committed floors say, in every language."""
    floors = read_floors(GOLD / "floors.json")
    assert set(floors) == {path.stem for path in GOLD.glob("*.jsonl")}
    assert all(set(held) == set(HELD) for held in floors.values())
    assert fallen(measured(GOLD), floors) == []


def test_what_fell_is_named_with_how_much() -> None:
    """A figure under its floor, and one that is no longer measured, give a line each."""
    lines = fallen({"en": {"all soft": 80.0, "direct soft": 99.0}}, {"en": {"all soft": 82.5, "mixed exact": 10.0}})
    assert lines == [
        "en: all soft is 80.0, 2.5 points under its floor 82.5",
        "en: mixed exact is no longer measured; its floor is 10.0",
    ]


def test_floors_rise_by_themselves_and_fall_only_when_asked() -> None:
    """A floor lies a point under its figure; without `lower` none goes down, none is dropped."""
    figures, floors = {"en": {"all soft": 80.0, "direct soft": 99.09}}, {"en": {"all soft": 82.5, "mixed exact": 10.0}}
    assert moved(figures, floors) == {"en": {"all soft": 82.5, "direct soft": 98.0, "mixed exact": 10.0}}
    assert moved(figures, floors, lower=True) == {"en": {"all soft": 79.0, "direct soft": 98.0}}


def test_the_command_refuses_a_fall_and_lowers_with_a_flag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below a floor: exit code 1, the measure is named, nothing is written; with `--lower` the floor goes down."""
    content = [[1, 4]]
    line = {"id": "a", "language": "en", "text": "“No,” said Hale.", "quotes": [{"content": content, "type": "direct"}]}
    (tmp_path / "en.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    path = tmp_path / "floors.json"
    assert main(["--gold", str(tmp_path)]) == 0
    assert read_floors(path)["en"]["direct exact"] == 99.0
    path.write_text('{"en": {"direct exact": 100.5}}', encoding="utf-8")
    assert main(["--gold", str(tmp_path)]) == 1
    assert "en: direct exact is 100.0, 0.5 points under its floor 100.5" in capsys.readouterr().out
    assert read_floors(path) == {"en": {"direct exact": 100.5}}
    assert main(["--gold", str(tmp_path), "--lower"]) == 0
    assert read_floors(path)["en"]["direct exact"] == 99.0


def test_what_are_no_floors_is_refused_by_name(tmp_path: Path) -> None:
    """A folder without gold and a broken floors file are refused with their names."""
    with pytest.raises(ReadError, match="no gold"):
        measured(tmp_path)
    (tmp_path / "floors.json").write_text('{"en": 3}', encoding="utf-8")
    with pytest.raises(ReadError, match=r"floors\.json"):
        read_floors(tmp_path / "floors.json")
