"""Lexicons hold nothing that the code does not read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "onrecord"
LEXICONS = sorted((SOURCE / "lexicons").rglob("*.toml"))


@pytest.fixture(scope="module")
def code() -> str:
    """All code of the package in one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py")))


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_key_of_a_lexicon_is_read_somewhere(path: Path, code: str) -> None:
    """Code asks for a key by its name in quotation marks; a key that no code names is a list that nobody reads."""
    keys = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [key for key in keys if f'"{key}"' not in code] == []


def test_there_are_lexicons() -> None:
    """The test above has something to look at."""
    assert len(LEXICONS) > 20
