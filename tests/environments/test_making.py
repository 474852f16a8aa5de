"""The scripts that compare environments ask for the right packages, and notice what they are there to notice."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from onrecord.publish.verification import read_manifest
from tests.environments.making import NEWEST, OLDEST, ROOT, requirements, table
from tests.environments.pyarrows import Build, problems
from tests.hub.conftest import write


def test_every_dependency_is_asked_for() -> None:
    """Without pins the requirements are those of pyproject.toml, each with the oldest version that will do."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for extra in ("pdf", "language") for line in project["optional-dependencies"][extra]]
    assert requirements({}) == [*project["dependencies"], *extras]


def test_pins_replace_what_is_stated() -> None:
    """The oldest version is the one that pyproject.toml allows; a version may be named, or left open."""
    wanted = requirements({"datasets": OLDEST, "pyarrow": "24.0.0", "click": NEWEST})
    assert "datasets==3.0" in wanted
    assert "pyarrow==24.0.0" in wanted
    assert any(line.startswith("click>=") for line in wanted)


@pytest.fixture
def builds(tmp_path: Path) -> dict[str, Build]:
    """A release, the same again, and one with other rows."""
    folders = {"one": write(tmp_path / "one", "1.0.0", 2), "other": write(tmp_path / "other", "1.0.0", 3)}
    folders["again"] = Path(shutil.copytree(folders["one"], tmp_path / "again"))
    made = {}
    for name, folder in folders.items():
        manifest, _ = read_manifest(folder)
        assert manifest is not None
        made[name] = Build(folder, manifest)
    return made


def as_of(build: Build, pyarrow: str) -> Build:
    """The build, as if another pyarrow had written it."""
    return Build(build.folder, build.manifest.model_copy(update={"pyarrow": pyarrow}))


def test_equal_builds_are_no_problem(builds: dict[str, Build]) -> None:
    """Equal bytes with one version and equal digests with another are what is promised."""
    pair = (builds["one"], builds["again"])
    assert problems([pair, tuple(as_of(build, "21.0.0") for build in pair)]) == []


def test_other_bytes_the_second_time_are_a_problem(builds: dict[str, Build]) -> None:
    """One byte of any file that differs between two builds with the same version is noticed."""
    with (builds["again"].folder / "CITATION.cff").open("ab") as file:
        file.write(b"\n")
    assert len(problems([(builds["one"], builds["again"])])) == 1


def test_other_rows_are_a_problem(builds: dict[str, Build]) -> None:
    """Other rows with another version are noticed, table by table; so is a comparison of a version with itself."""
    other = as_of(builds["other"], "21.0.0")
    found = problems([(builds["one"], builds["again"]), (other, other)])
    assert found
    assert all(line.startswith("pyarrow 21.0.0: The rows of table") for line in found)
    assert "nothing to compare" in problems([(builds["one"], builds["again"])] * 2)[0]


def test_a_table_has_a_head() -> None:
    """What is printed is Markdown, for the page that quotes it."""
    assert table([["a", "b"], ["1", "2"]]) == "| a | b |\n|---|---|\n| 1 | 2 |"
