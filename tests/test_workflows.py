"""The workflows for contributions, run here: a fork is data, its errors are annotated, pages are attached."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.review.browser import git
from tests.review.made import CARD, TALK
from tests.runner import ACTIONS, ROOT, WORKFLOWS, Runner, loaded, steps

CHECK = ROOT / ".github" / "actions" / "check-interviews"
PLANTED = ("onrecord.py", "yaml.py", "sitecustomize.py", "encodings.py", "conftest.py", "setup.py")


@pytest.mark.skipif(find_spec("check_jsonschema") is None, reason="check-jsonschema is not installed; it is in dev")
@pytest.mark.parametrize(("schema", "files"), [("github-workflows", WORKFLOWS), ("github-actions", ACTIONS)])
def test_workflows_and_actions_follow_their_schema(schema: str, files: list[Path]) -> None:
    """A key that GitHub does not know would be ignored, or stop every run."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_contribution_is_data(path: Path) -> None:
    """No workflow gives a foreign file the base repository's rights, or puts a foreign word into a script."""
    workflow = loaded(path)
    triggers: Any = workflow.get(True, workflow.get("on", {}))  # type: ignore[call-overload]  # YAML 1.1 reads `on` as true
    assert "pull_request_target" not in (triggers or {})
    for step in steps(workflow):
        assert "${{" not in re.sub(r"\$\{\{ matrix\.\w+ \}\}", "", step.get("run", "")), step  # our own words
        if str(step.get("uses", "")).startswith("actions/checkout") and path.stem != "ci":
            assert step["with"]["persist-credentials"] is False
    if "runs" not in workflow and any(value == "write" for value in workflow["permissions"].values()):
        assert not any("checkout" in step.get("uses", "") for step in steps(workflow))
        assert set(triggers) == {"workflow_run"}


def test_the_code_is_not_the_contributions() -> None:
    """What is installed and run comes from one folder, the contribution lies in another."""
    workflow = loaded(ROOT / ".github" / "workflows" / "check-interviews.yml")
    places = {
        step["with"]["path"]: step["with"]["ref"] for step in steps(workflow) if "checkout" in step.get("uses", "")
    }
    assert "base.sha" in places["code"]
    assert "head.sha" in places["contribution"]
    for step in steps(workflow):
        assert "contribution" not in step.get("run", "") + step.get("uses", "")


def _pull_request(tmp_path: Path) -> tuple[Runner, Path]:
    """A repository, a fork of it with a commit, and the event GitHub makes of it; returns the fork's work tree."""
    base, fork = tmp_path / "base", tmp_path / "fork"
    home = base / "raw" / "sound"
    home.mkdir(parents=True)
    git("init", "-q", "-b", "main", cwd=base)
    (home / "collection.yaml").write_text(CARD, encoding="utf-8")
    (home / "ferry.txt").write_text(TALK, encoding="utf-8")
    git("add", ".", cwd=base)
    git("commit", "-q", "-m", "Begin", cwd=base)
    git("clone", "-q", str(base), str(fork), cwd=tmp_path)
    git("checkout", "-q", "-b", "gift", cwd=fork)
    sha = {"base": _head(base), "head": ""}
    event = {"pull_request": {side: {"sha": value} for side, value in sha.items()}}
    return Runner(tmp_path / "runner", event), fork


def _head(folder: Path) -> str:
    run = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def _check(runner: Runner, fork: Path) -> subprocess.CompletedProcess[str]:
    """Lay the contribution where the workflow lays it, and run the steps of the action as the runner does."""
    git("add", "-A", cwd=fork)
    git("commit", "-q", "-m", "Contribute", cwd=fork)
    runner.event["pull_request"]["head"]["sha"] = _head(fork)
    git("clone", "-q", str(fork), "contribution", cwd=runner.workspace)
    workflow = loaded(ROOT / ".github" / "workflows" / "check-interviews.yml")
    given = next(step["with"] for step in steps(workflow) if step.get("uses", "").endswith("check-interviews"))
    inputs = {"folder": given["folder"], "out": given["out"], "base": runner.event["pull_request"]["base"]["sha"]}
    assert given["base"] == "${{ github.event.pull_request.base.sha }}"
    (step,) = steps(loaded(CHECK / "action.yml"))
    return runner.run(step, inputs, CHECK)


def test_a_forked_pull_request_is_checked_and_nothing_of_it_is_run(tmp_path: Path) -> None:
    """Errors are annotated first and ten of them; all are in the summary; the pages are there; nothing was executed."""
    runner, fork = _pull_request(tmp_path)
    ran = tmp_path / "ran"
    for number in range(14):
        (fork / "raw" / "sound" / f"gift-{number:02}.txt").write_bytes(TALK.encode() + b"In %d.\xff\n" % number)
    (fork / "raw" / "sound" / f"-x $(touch {ran.name}) `id`;%0A::error::.txt").write_text(TALK)
    (fork / "raw" / "sound" / "gift-03.yaml").write_text('titel: "::error::x"\n# ${{ github.token }}\n')
    for name in PLANTED:
        (fork / name).write_text(f"open({str(ran)!r}, 'w')\n")
    (fork / ".gitattributes").write_text("* filter=evil diff=evil\n")
    run = _check(runner, fork)
    assert run.returncode == 1, run.stderr
    commands = [line for line in run.stdout.splitlines() if line.startswith("::")]
    errors = [line for line in commands if line.startswith("::error")]
    assert len(errors) == 10
    assert commands[:10] == errors
    assert all("file=raw/sound/" in line and ",line=" in line for line in errors)
    summary = runner.summary.read_text(encoding="utf-8")
    assert "1 of 15 interviews would be accepted" in summary
    assert summary.count("error[undecodable-bytes]") >= 5
    assert "error[unknown-key]" in summary
    review = runner.workspace / "review"
    assert (review / "pages" / "index.html").is_file()
    assert len(list((review / "pages").glob("*.html"))) == 16
    assert not ran.exists()
    assert not list(tmp_path.rglob(ran.name))


def test_a_good_contribution_is_accepted_and_what_it_does_not_touch_is_not_checked(tmp_path: Path) -> None:
    """One interview of two is new: one is checked, and said to be accepted."""
    runner, fork = _pull_request(tmp_path)
    (fork / "raw" / "sound" / "boat.txt").write_text(TALK.replace("ferry", "boat").replace("ice", "fog"))
    run = _check(runner, fork)
    assert run.returncode == 0, run.stdout + run.stderr
    summary = runner.summary.read_text(encoding="utf-8")
    assert "1 of 1 interviews would be accepted" in summary
    assert "onrecord check accepts it." in summary


def test_a_contribution_without_interviews_is_accepted_without_pages(tmp_path: Path) -> None:
    """A change of the documentation is none of this check's business."""
    runner, fork = _pull_request(tmp_path)
    (fork / "README.md").write_text("Words.\n")
    run = _check(runner, fork)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No interview is changed." in runner.summary.read_text(encoding="utf-8")
    assert not (runner.workspace / "review" / "pages").exists()


def test_the_comment_is_written_once_and_then_changed(tmp_path: Path) -> None:
    """The script asks GitHub which pull request it is; a second run changes the comment that the first one made."""
    tools = tmp_path / "tools"
    tools.mkdir()
    fake = tools / "gh"
    fake.write_text(
        '#!/bin/bash\nprintf "%s\\n" "$*" >>"$HOME/calls"\n'
        'case "$*" in *pulls*) echo 7;; *--paginate*) cat "$HOME/old" 2>/dev/null || true;; esac\n'
    )
    fake.chmod(0o755)
    workflow = loaded(ROOT / ".github" / "workflows" / "contribution-comment.yml")
    step = next(step for step in steps(workflow) if "run" in step)
    known = {"login": "fork", "sha": "abc", "branch": "gift; touch ran"}
    runner = Runner(tmp_path / "runner", {}, tools)
    runner.environment["HOME"] = str(tmp_path)
    step = {
        "run": step["run"],
        "env": {"GH_TOKEN": "t", "REPOSITORY": "o/r", "OWNER": known["login"], "BRANCH": known["branch"],
                "COMMIT": known["sha"], "RUN": "https://example.org/run"},
    }  # fmt: skip
    assert runner.run(step, {}, tmp_path).returncode == 0
    assert not (tmp_path / "calls").exists(), "without a summary nothing is said"
    (runner.workspace / "review").mkdir()
    (runner.workspace / "review" / "summary.md").write_text("### 1 of 1 interviews would be accepted\n")
    assert runner.run(step, {}, tmp_path).returncode == 0
    assert "--method POST repos/o/r/issues/7/comments" in (tmp_path / "calls").read_text()
    (tmp_path / "old").write_text("41\n")
    assert runner.run(step, {}, tmp_path).returncode == 0
    assert "--method PATCH repos/o/r/issues/comments/41" in (tmp_path / "calls").read_text()
    assert not (runner.workspace / "ran").exists()
    comment = (runner.workspace / "comment.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- onrecord -->\n### 1 of 1")


def test_the_pre_commit_hook_checks_what_is_committed(tmp_path: Path) -> None:
    """Its entry, run as pre-commit runs it: a slip in a sidecar stops the commit, other files do not concern it."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["pass_filenames"] is False
    _, fork = _pull_request(tmp_path)
    command = [str(Path(sys.executable).parent / "onrecord"), *hook["entry"].split()[1:]]
    (fork / "raw" / "sound" / "ferry.yaml").write_text("titel: T\n")
    git("add", ".", cwd=fork)
    run = subprocess.run(command, cwd=fork, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "raw/sound/ferry.yaml:1:1: error[unknown-key]" in run.stdout
    git("commit", "-q", "-m", "Anyway", cwd=fork)
    assert subprocess.run(command, cwd=fork, capture_output=True, check=False).returncode == 0
