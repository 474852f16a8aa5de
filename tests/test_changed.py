"""Changed files, and the interviews they are about."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.changed import affected, changed_paths
from tests.review.browser import git, onrecord
from tests.review.made import collection


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
    assert checked(**ci_run) == "1 interview in 1 file checked"
    assert checked("--changed=main") == "1 interview in 1 file checked"
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
    assert "1 interview in 1 file checked" in run.stderr
    git("init", "-q", cwd=tmp_path)
    run = onrecord("check", "--changed=nowhere", cwd=tmp_path)
    assert run.returncode == 2
    assert "git knows no commit 'nowhere'" in run.stderr


def test_texts_of_a_change_are_listed_with_nul(repository: Path) -> None:
    """Names with blanks, line ends and dashes pass through as they are."""
    (repository / "raw" / "other" / "collection.yaml").write_text("title: Another\n")
    run = subprocess.run([sys.executable, "-m", "onrecord.changed", "HEAD"], capture_output=True, check=True)
    assert run.stdout == b"raw/other/a b\n-c.txt\0"
