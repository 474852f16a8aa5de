"""What is compiled where there is a compiler, and that it can be."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONFIG = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["mypyc"]
COMPILED = [
    path
    for folder in CONFIG["include"]
    for path in sorted((ROOT / folder.strip("/")).rglob("*.py"))
    if f"/{path.relative_to(ROOT).as_posix()}" not in CONFIG["exclude"]
]


def test_no_compiler_is_needed() -> None:
    """What is installed without asking for it is plain Python."""
    assert CONFIG["enable-by-default"] is False


def test_what_is_left_out_is_there() -> None:
    """Every module that is named as left out exists, and most of the three folders are compiled."""
    left_out = CONFIG["exclude"]
    assert [name for name in left_out if not (ROOT / name.strip("/")).is_file()] == []
    assert len(COMPILED) > 100


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_cached_property_is_compiled(path: Path) -> None:
    """No compiled module has a cached property, which compiled code would work out each time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {getattr(node, "id", getattr(node, "attr", None)) for node in ast.walk(tree)}
    assert "cached_property" not in names
