"""As much of a GitHub runner as our workflows need, to run their own steps here, without GitHub and its actions."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github" / "actions").rglob("action.yml"))

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


def loaded(path: Path) -> dict[str, Any]:
    """A workflow or action as the runner reads it."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """Every step of a workflow or action."""
    jobs = [job for job in workflow.get("jobs", {}).values() if isinstance(job, dict)]
    return [step for job in [*jobs, workflow.get("runs", {})] for step in job.get("steps", ())]


class Runner:
    """A workspace with the files a runner gives its steps, and what was written into them."""

    def __init__(self, folder: Path, event: dict[str, Any], path: Path | None = None) -> None:
        self.workspace = folder / "workspace"
        self.workspace.mkdir(parents=True)
        self.summary, self.output = folder / "summary.md", folder / "output.txt"
        for file in (self.summary, self.output):
            file.touch()
        (folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
        self.event = event
        found = [str(path)] if path else []
        self.environment = {
            **{name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ},
            "PATH": os.pathsep.join([*found, str(Path(sys.executable).parent), os.environ["PATH"]]),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_BASE_REF": "main",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
        }

    def run(self, step: dict[str, Any], inputs: Mapping[str, str], action: Path) -> subprocess.CompletedProcess[str]:
        """Run a step with `run:`, as the runner does: its script in a file, its expressions only in variables."""
        contexts = {"inputs": inputs, "github": {"action_path": str(action), "event": self.event, "token": "t"}}
        variables = {name: _filled(value, contexts) for name, value in step.get("env", {}).items()}
        script = self.workspace.parent / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        return subprocess.run(
            command, cwd=self.workspace, env={**self.environment, **variables}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip


def _filled(value: str, contexts: Mapping[str, Any]) -> str:
    def one(match: re.Match[str]) -> str:
        at: Any = contexts
        for part in match[1].split("."):
            at = at[part]
        return str(at)

    filled = _EXPRESSION.sub(one, value)
    assert "${{" not in filled, value
    return filled
