from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.review.changed import affected
from tests.review.browser import ci, git
from tests.review.made import collection

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted(
    [*(ROOT / ".github" / "workflows").glob("*.yml"), *(ROOT / ".github" / "actions").rglob("action.yml")]
)


@pytest.mark.parametrize(
    ("changed", "checked"),
    [
        (["raw/sound/ferry.txt"], ["raw/sound/ferry.txt"]),
        (["raw/sound/ferry.yaml"], ["raw/sound/ferry.txt"]),
        (["raw/sound/ferry.yaml", "raw/sound/ferry.txt"], ["raw/sound/ferry.txt"]),
        (["raw/sound/collection.yaml", "raw/sound/ferry.txt"], ["raw/sound"]),
        (["raw/sound/deleted.txt"], ["raw/sound"]),
        (["raw/sound/lonely.yaml"], ["raw/sound"]),
        (["raw/gone/x.txt"], ["raw"]),
        (["raw/people.yaml", "raw/sound/ferry.txt"], ["raw"]),
        (["raw/sound/link.txt"], ["raw/sound"]),
        (["raw/sound/README.md", "raw/sound/.hidden", "docs/x.md", "raw/../etc/passwd", "raw"], []),
    ],
)
def test_what_a_change_is_about(changed: list[str], checked: list[str], tmp_path: Path) -> None:
    """A text for itself or its sidecar; its collection for the card or what is gone; links are not followed."""
    file = collection(tmp_path, sidecar="title: T\n")
    file.with_name("lonely.yaml").write_text("title: T\n")
    file.with_name("link.txt").symlink_to("/etc/hostname")
    file.with_name("README.md").write_text("x")
    assert affected(changed, tmp_path) == checked


def test_names_come_and_go_with_nul(tmp_path: Path) -> None:
    """Names with blanks, line ends and dashes pass through as they are."""
    file = collection(tmp_path, name="a b\n-c.txt")
    run = subprocess.run(
        [sys.executable, "-m", "onrecord.review.changed", "--files"],
        input=f"raw/sound/{file.name}\0docs/x.md\0".encode(), capture_output=True, cwd=tmp_path, check=True,
    )  # fmt: skip
    assert run.stdout == f"raw/sound/{file.name}\0".encode()


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """Every step of a workflow or action."""
    jobs = [job for job in workflow.get("jobs", {}).values() if isinstance(job, dict)]
    return [step for job in [*jobs, workflow.get("runs", {})] for step in job.get("steps", ())]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_contribution_is_data(path: Path) -> None:
    """No workflow gives a foreign file the base repository's rights, or puts a foreign word into a script."""
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    triggers = workflow.get(True, workflow.get("on", {}))  # YAML 1.1 reads `on` as true
    assert "pull_request_target" not in (triggers or {})
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), step
        if str(step.get("uses", "")).startswith("actions/checkout") and path.stem != "ci":
            assert step["with"]["persist-credentials"] is False
    if "runs" not in workflow:
        permissions = workflow["permissions"]
        if any(value == "write" for value in permissions.values()):
            assert "checkout" not in text.replace("checks nothing out", "")
            assert set(triggers) == {"workflow_run"}


def test_the_code_is_not_the_contributions() -> None:
    """What is installed and run comes from one folder, the contribution lies in another."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "check-interviews.yml").read_text(encoding="utf-8"))
    places = {
        step["with"]["path"]: step["with"]["ref"] for step in steps(workflow) if "checkout" in step.get("uses", "")
    }
    assert "base.sha" in places["code"]
    assert "head.sha" in places["contribution"]
    for step in steps(workflow):
        assert "contribution" not in step.get("run", "") + step.get("uses", "")


def test_nothing_of_a_contribution_is_run(tmp_path: Path) -> None:
    """Modules with the names of ours, hooks and filters in a contribution are not touched; an error in it fails."""
    git("init", "-q", "-b", "main", cwd=tmp_path)
    git("commit", "-q", "--allow-empty", "-m", "Begin", cwd=tmp_path)
    git("tag", "base", cwd=tmp_path)
    collection(tmp_path, sidecar="titel: T\n", name="-x $(touch ran) `touch ran`.txt")
    for name in ("onrecord.py", "yaml.py", "sitecustomize.py", "encodings.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    (tmp_path / ".gitattributes").write_text("* filter=evil diff=evil\n")
    git("add", ".", cwd=tmp_path)
    git("commit", "-q", "-m", "Contribute", cwd=tmp_path)
    run = ci(tmp_path, "base", tmp_path / "out")
    assert run.returncode == 1, run.stdout + run.stderr
    assert "unknown-key" in run.stdout
    assert "0 of 1 interviews would be accepted" in (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert not (tmp_path / "ran").exists()
