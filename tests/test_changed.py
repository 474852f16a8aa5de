"""Changed files, and the interviews they are about; what a contribution holds is data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.changed import affected, changed_paths
from tests.review.browser import ci, git, onrecord
from tests.review.made import collection

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted(
    [*(ROOT / ".github" / "workflows").glob("*.yml"), *(ROOT / ".github" / "actions").rglob("action.yml")]
)


@pytest.mark.parametrize(
    ("changed", "checked"),
    [
        (["sound/ferry.txt"], ["sound/ferry.txt"]),
        (["sound/ferry.yaml"], ["sound/ferry.txt"]),
        (["sound/ferry.yaml", "sound/ferry.txt"], ["sound/ferry.txt"]),
        (["sound/collection.yaml", "sound/ferry.txt"], ["sound"]),
        (["sound/deleted.txt"], ["sound"]),
        (["sound/lonely.yaml"], ["sound"]),
        (["gone/x.txt"], [""]),
        (["people.yaml", "sound/ferry.txt"], [""]),
        (["sound/link.txt"], ["sound"]),
        (["sound/README.md", "sound/.hidden", ".cache/x.txt", "../etc/passwd", ""], []),
    ],
)
def test_what_a_change_is_about(changed: list[str], checked: list[str], tmp_path: Path) -> None:
    """A text for itself or its sidecar; its collection for the card or what is gone; links are not followed."""
    file = collection(tmp_path, sidecar="title: T\n")
    file.with_name("lonely.yaml").write_text("title: T\n")
    file.with_name("link.txt").symlink_to("/etc/hostname")
    file.with_name("README.md").write_text("x")
    assert affected(changed, tmp_path / "raw") == checked


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two collections of one interview each, all of it committed; the user stands in it."""
    git("init", "-q", "-b", "main", cwd=tmp_path)
    collection(tmp_path, sidecar="title: T\n")
    other = tmp_path / "raw" / "other"
    other.mkdir()
    (other / "collection.yaml").write_text("title: Other\n")
    (other / "a b\n-c.txt").write_text("Q: Who keeps the light?\nA: My sister does.\n")
    git("add", ".", cwd=tmp_path)
    git("commit", "-q", "-m", "Begin", cwd=tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _since(base: str = "HEAD", *paths: str) -> list[str]:
    return [path.as_posix() for path in changed_paths([Path(path) for path in paths or ("raw",)], base)]


def test_committed_staged_new_and_deleted_files_are_changes(repository: Path) -> None:
    """What is in the work tree counts, committed or not; the base is where the branch left it."""
    assert _since() == []
    git("checkout", "-q", "-b", "topic", cwd=repository)
    (repository / "raw" / "sound" / "ferry.yaml").write_text("title: Another\n")
    assert _since() == ["raw/sound/ferry.txt"]
    git("commit", "-q", "-a", "-m", "Rename", cwd=repository)
    assert _since() == []
    assert _since("main") == ["raw/sound/ferry.txt"]
    (repository / "raw" / "other" / "new.txt").write_text("Q: Who?\nA: I.\n")
    assert _since() == ["raw/other/new.txt"]
    (repository / "raw" / "other" / "a b\n-c.txt").unlink()
    assert _since() == ["raw/other"]
    git("checkout", "-q", "main", cwd=repository)
    (repository / "raw" / "sound" / "ferry.yaml").write_text("title: A third\n")
    git("commit", "-q", "-m", "On main", "raw/sound", cwd=repository)
    git("checkout", "-q", "topic", cwd=repository)
    assert "raw/sound/ferry.txt" in _since("main")


def test_paths_and_changes_are_crossed(repository: Path) -> None:
    """Of what is named, what was changed; a file of a collection whose card changed is changed, too."""
    (repository / "raw" / "sound" / "collection.yaml").write_text("title: Sound, again\n")
    assert _since("HEAD", "raw/sound/ferry.txt") == ["raw/sound/ferry.txt"]
    assert _since("HEAD", "raw/other") == []
    assert _since("HEAD", "raw/sound", "raw/other") == ["raw/sound"]


def test_only_changes_are_checked_in_the_run_of_a_pull_request(repository: Path) -> None:
    """By default in CI; `--all` and paths check more, and elsewhere everything is checked."""
    git("checkout", "-q", "-b", "topic", cwd=repository)
    git("update-ref", "refs/remotes/origin/main", "main", cwd=repository)
    (repository / "raw" / "sound" / "ferry.yaml").write_text("titel: A slip\n")
    git("commit", "-q", "-a", "-m", "Slip", cwd=repository)

    def checked(*arguments: str, **environment: str) -> str:
        run = onrecord("check", *arguments, cwd=repository, env={"CI": "", "GITHUB_BASE_REF": "", **environment})
        assert run.returncode == 1, run.stderr
        assert "raw/sound/ferry.yaml:1:1: error[unknown-key]" in run.stdout
        return run.stderr.strip().splitlines()[-1]

    ci_run = {"CI": "true", "GITHUB_BASE_REF": "main"}
    assert checked(**ci_run) == "1 interviews in 1 files checked"
    assert checked("--changed=main") == "1 interviews in 1 files checked"
    for everything in (("--all",), ("raw",)):
        assert checked(*everything, **ci_run) == "2 interviews in 2 files checked"
    assert checked() == "2 interviews in 2 files checked"
    assert checked(CI="true") == "2 interviews in 2 files checked"
    assert checked(CI="true", GITHUB_BASE_REF="nowhere") == "2 interviews in 2 files checked"


def test_without_git_everything_is_checked_and_it_is_said_why(tmp_path: Path) -> None:
    """No repository is no error; a commit that does not exist is a slip of whoever wrote it."""
    collection(tmp_path)
    run = onrecord("check", "--changed", cwd=tmp_path)
    assert "what was changed cannot be told (not a git repository" in run.stderr
    assert "1 interviews in 1 files checked" in run.stderr
    git("init", "-q", cwd=tmp_path)
    run = onrecord("check", "--changed=nowhere", cwd=tmp_path)
    assert run.returncode == 2
    assert "git knows no commit 'nowhere'" in run.stderr


def test_texts_of_a_change_are_listed_with_nul(repository: Path) -> None:
    """Names with blanks, line ends and dashes pass through as they are."""
    (repository / "raw" / "other" / "collection.yaml").write_text("title: Another\n")
    run = subprocess.run([sys.executable, "-m", "onrecord.changed", "HEAD"], capture_output=True, check=True)
    assert run.stdout == b"raw/other/a b\n-c.txt\0"


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
