"""The workflows: valid, with no rights they do not need, nothing stored, nothing run that could change beneath us."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OURS = [path for path in WORKFLOWS if path.name in ("ci.yml", "publish.yml")]
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40}")
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
each_of_ours = pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)


def read(path: Path) -> dict[str, Any]:
    """A workflow as it is written; YAML takes the key `on` for a truth value, so words stay words."""
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


def steps(workflow: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step, with the name of its job."""
    for name, job in workflow["jobs"].items():
        for step in job.get("steps", ()):
            yield name, step


def rights(workflow: dict[str, Any], job: str) -> dict[str, str]:
    """What a job may do: what it states itself, or what the workflow states."""
    stated: dict[str, str] = workflow["jobs"][job].get("permissions", workflow.get("permissions"))
    return stated


PUBLISH = read(ROOT / ".github" / "workflows" / "publish.yml")


def test_workflows_are_valid() -> None:
    """Every workflow is valid against the published schema of GitHub's workflows."""
    names = map(str, WORKFLOWS)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@each_workflow
def test_rights_are_stated(path: Path) -> None:
    """Every workflow says what its token may do, and nobody may do everything."""
    workflow = read(path)
    assert "permissions" in workflow
    for job in workflow["jobs"]:
        assert isinstance(rights(workflow, job), dict), job
        assert set(rights(workflow, job).values()) <= {"read", "write"}


@each_workflow
def test_nothing_is_stored(path: Path) -> None:
    """No workflow uses a stored secret, a password or a token of somebody."""
    said = json.dumps(read(path))
    assert re.findall(r"secrets|password|HF_TOKEN|PYPI|api[-_]?key", said.replace("pypa/gh-action-pypi", "")) == []


@each_workflow
def test_foreign_words_are_not_run(path: Path) -> None:
    """What an event says is never pasted into a command; only what the workflow itself lists is."""
    workflow = read(path)
    for job, step in steps(workflow):
        pasted = re.findall(r"\$\{\{\s*([^}]*?)\s*\}\}", step.get("run", ""))
        matrix = workflow["jobs"][job].get("strategy", {}).get("matrix", {})
        assert {item for item in pasted if item.removeprefix("matrix.") not in matrix} == set(), job


@each_of_ours
def test_actions_are_pinned(path: Path) -> None:
    """Actions are named by the whole hash of a commit, which nobody can move, with the version beside it."""
    used = [step["uses"] for _, step in steps(read(path)) if "uses" in step]
    assert used
    assert [name for name in used if not PINNED.fullmatch(name)] == []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert all(re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line) for line in lines)


@each_of_ours
def test_the_token_of_a_checkout_is_not_left_behind(path: Path) -> None:
    """No step after a checkout finds the token in .git, and every job ends some time."""
    workflow = read(path)
    for job, step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", job
    assert all("timeout-minutes" in job for job in workflow["jobs"].values())


def test_publishing_starts_from_a_tag_only() -> None:
    """Only a pushed tag publishes: no pull request, no branch, no other workflow."""
    assert list(PUBLISH["on"]) == ["push"]
    assert list(PUBLISH["on"]["push"]) == ["tags"]


def test_only_two_jobs_may_state_an_identity() -> None:
    """The workflow as a whole may nothing; the two jobs that publish may state who they are, and write nothing here."""
    assert PUBLISH["permissions"] == {}
    writing = {job: rights(PUBLISH, job) for job in PUBLISH["jobs"] if "write" in rights(PUBLISH, job).values()}
    assert writing == {"dataset": {"contents": "read", "id-token": "write"}, "pypi": {"id-token": "write"}}
    assert all("environment" in PUBLISH["jobs"][job] for job in writing)


def test_what_is_published_was_checked() -> None:
    """Both ways lead through the job that runs the whole test suite on the tagged commit."""
    jobs = PUBLISH["jobs"]
    assert (jobs["dataset"]["needs"], jobs["package"]["needs"], jobs["pypi"]["needs"]) == ("check", "check", "package")
    assert [step["run"] for name, step in steps(PUBLISH) if name == "check" and "run" in step] == [".ci/run"]


def test_pypi_trusts_the_workflow() -> None:
    """The package goes to PyPI without user and password; the job that does it installs and runs nothing else."""
    used = [step for name, step in steps(PUBLISH) if name == "pypi"]
    assert [step["uses"].split("@")[0] for step in used] == ["actions/download-artifact", "pypa/gh-action-pypi-publish"]
    assert "with" not in used[-1]


def test_the_hub_trusts_the_workflow() -> None:
    """The data goes to the Hub by the identity of the workflow, scoped to the one dataset."""
    (step,) = (step for name, step in steps(PUBLISH) if name == "dataset" and "env" in step)
    assert step["env"]["HF_OIDC_RESOURCE"] == "datasets/${{ vars.HUB_DATASET }}"
    assert 'onrecord publish "$HUB_DATASET" processed' in step["run"]


def test_ci_runs_other_environments() -> None:
    """CI runs the scripts that compare versions of pyarrow and of `datasets`, and they exist."""
    (matrix,) = (job["strategy"]["matrix"] for name, job in read(OURS[0])["jobs"].items() if name == "environments")
    assert matrix["script"] == ["pyarrows", "loaders"]
    assert all((ROOT / "scripts" / name).is_file() for name in matrix["script"])
