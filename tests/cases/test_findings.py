"""Every code has a minimal failing case that gives exactly it, and a passing neighbour."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from onrecord.codes import CODES
from tests.cases.running import FOLDER, Scripted, expected_of, findings_of, place_of

MODULES = [import_module(f"tests.cases.{path.stem}") for path in sorted(Path(__file__).parent.glob("scripted_*.py"))]
SCRIPTED: dict[str, Scripted] = {code: case for module in MODULES for code, case in module.CASES.items()}
FOLDERS = sorted(path for path in FOLDER.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", FOLDERS, ids=lambda path: path.name)
def test_case_gives_its_own_code_and_no_other(case: Path, tmp_path: Path) -> None:
    """A case gives exactly the codes it declares, its own among them, at the places it declares."""
    found = findings_of(case, tmp_path)
    expected = expected_of(case, case.name)
    assert case.name in {code for code, _ in expected}
    shown = sorted({(item.code, place_of(item), item.message) for item in found})
    assert {item.code for item in found} == {code for code, _ in expected}, shown
    for code, place in expected:
        if place is not None:
            assert place in {place_of(item) for item in found if item.code == code}, shown


@pytest.mark.parametrize("case", FOLDERS, ids=lambda path: path.name)
def test_neighbour_does_not_give_the_code(case: Path, tmp_path: Path) -> None:
    """The same thing done right does not give the code, nor any error."""
    neighbour = case / "ok"
    assert neighbour.is_dir(), f"{case.name} has no passing neighbour in ok/"
    found = findings_of(neighbour, tmp_path)
    allowed = {code for code, _ in expected_of(neighbour, None)}
    assert case.name not in {item.code for item in found}, found
    assert [item for item in found if item.level == "error" and item.code not in allowed] == []


@pytest.mark.parametrize("code", sorted(SCRIPTED))
def test_scripted_case_gives_its_own_code_and_no_other(code: str, tmp_path: Path) -> None:
    """A scripted case gives exactly its code, and its neighbour does not."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "ok").mkdir()
    assert {item.code for item in SCRIPTED[code].bad(tmp_path / "bad")} == {code}
    assert code not in {item.code for item in SCRIPTED[code].ok(tmp_path / "ok")}


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    """The listing of the cases is the table of codes."""
    assert {path.name for path in FOLDERS} | set(SCRIPTED) == set(CODES)


def test_every_finding_says_where_and_what_would_be_right(tmp_path: Path) -> None:
    """Every finding of every case has a sentence, a hint, and a path."""
    for case in FOLDERS:
        for item in findings_of(case, tmp_path / case.name):
            assert item.message.rstrip().endswith((".", "?", "!")), item
            assert item.hint, item
            assert item.path, item
