"""The commands that README.md and docs/releases.md show, run as they stand: each ends and says what stands there."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_commands import run

ROOT = Path(__file__).resolve().parents[2]
STORY = re.compile(r"<!-- story -->\n```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"\$ (?P<command>.*?)(?:\s+# (?P<status>\d):(?P<said>.*))?")


def stories() -> Iterator[tuple[str, str]]:
    """Every story of the two pages, with a name."""
    for page in ("README.md", "docs/releases.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for number, story in enumerate(STORY.findall(text), 1):
            yield f"{page}-{number}", story


@pytest.mark.parametrize("story", [pytest.param(story, id=name) for name, story in stories()])
def test_the_story_goes_as_it_is_told(story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, each command ends with the exit code that stands after it and says what is quoted there."""
    monkeypatch.chdir(tmp_path)
    for line in story.splitlines():
        told = LINE.fullmatch(line)
        assert told is not None, line
        for command in told["command"].split(" && "):
            done = _run(command)
        assert done.returncode == int(told["status"] or 0), f"{line}\n{done.stdout}{done.stderr}"
        assert (told["said"] or "").strip() in done.stdout + done.stderr, f"{line}\n{done.stdout}{done.stderr}"


def _run(command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell; `onrecord` in this process, which has started already."""
    if command.startswith("onrecord "):
        return run(*shlex.split(command)[1:])
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)


def test_both_pages_tell_one() -> None:
    """The README tells a release from its making to its breaking, and the page on releases tells it at length."""
    assert {name.rsplit("-", 1)[0] for name, _ in stories()} == {"README.md", "docs/releases.md"}
