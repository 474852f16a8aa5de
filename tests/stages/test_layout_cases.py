"""The cases of the conventions: `cases/<convention>/`, texts it marks with their turns, and texts that only look so.

`<name>.turns.json` has the turns a reader sees in `<name>.<ending>`: role, label (or the name in markup), what is said.
`not-<name>.<ending>` looks like the convention, and nobody speaks in it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read
from onrecord.schema.interview import Interview
from onrecord.stages.blocks import find_blocks
from onrecord.stages.layout.conventions import REGISTRY
from onrecord.stages.turns import find_turns
from tests.stages.layouts import shown

CASES = Path(__file__).parent / "cases"
TEXTS = sorted(path for path in CASES.glob("*/*") if not path.name.endswith(".turns.json"))
MARKED = [path for path in TEXTS if not path.name.startswith("not-")]
ALIKE = [path for path in TEXTS if path.name.startswith("not-")]


def name_of(path: Path) -> str:
    """The name of a case, for the report of a test."""
    return f"{path.parent.name}/{path.name}"


def laid(path: Path) -> Interview:
    """The text of a case with its blocks and turns."""
    facts = Facts()
    return find_turns(find_blocks(read(Source(id="cases/case", path=path.name, data=path.read_bytes())), facts), facts)


def turns_of(interview: Interview) -> list[list[str | None]]:
    """The turns of an interview as a case states them."""
    return [
        [turn.role, label or turn.evidence.note, said]
        for turn, (label, said) in zip(interview.turns, shown(interview), strict=True)
    ]


def test_every_convention_has_cases_and_every_folder_a_convention() -> None:
    """Each convention has a text it marks and one that only looks like it; no folder is left of one that is gone."""
    names = set(REGISTRY.by_name)
    assert {path.name for path in CASES.iterdir()} == names
    assert {path.parent.name for path in MARKED} == names
    assert {path.parent.name for path in ALIKE} == names


@pytest.mark.parametrize("path", MARKED, ids=name_of)
def test_a_convention_marks_the_turns_a_reader_sees(path: Path) -> None:
    """The text has the turns its case states, and the convention of the folder marks some of them."""
    interview = laid(path)
    stated = json.loads(path.with_name(f"{path.stem}.turns.json").read_text(encoding="utf-8"))
    assert turns_of(interview) == stated
    assert path.parent.name in {turn.evidence.convention for turn in interview.turns}


@pytest.mark.parametrize("path", ALIKE, ids=name_of)
def test_what_only_looks_like_a_convention_has_no_turns(path: Path) -> None:
    """A list, a glossary, an explainer or a story that uses the marks of a convention is no interview."""
    assert turns_of(laid(path)) == []
