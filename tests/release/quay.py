"""A small raw folder of invented interviews, and a git repository around it, for tests of whole commands."""

from __future__ import annotations

import subprocess
from pathlib import Path

CARD = "title: The Quay Letter\nrights: {redistribution: full, holder: Us, licence: CC0-1.0, basis: Invented by us.}\n"
INTERVIEW = """A harbour that never sleeps

Mira Osk, a pilot, spoke to The Quay Letter about ice. “The harbour never sleeps,” Osk said.

Q: When does the ice come?
A: In January. The harbour never sleeps, and neither do I.
Q: Do you mind?
A: No.
Q: What do you do in the long nights when nothing comes in?
A: We read the log of the year before, and mend what the wind has torn.
"""


def interview(about: str, month: str) -> str:
    """A text of its own."""
    return INTERVIEW.replace("ice", about).replace("January", month)


def make_raw(folder: Path, redistribution: str = "full") -> Path:
    """Write a raw folder with two interviews and return it."""
    home = folder / "raw" / "quay"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text(CARD.replace("full", redistribution), encoding="utf-8")
    add(folder / "raw", "ice", "January")
    add(folder / "raw", "fog", "autumn")
    return folder / "raw"


def add(raw: Path, about: str, month: str) -> Path:
    """Add an interview and return its file."""
    file = raw / "quay" / f"{about}.txt"
    file.write_text(interview(about, month), encoding="utf-8")
    return file


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    command = ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def make_repository(folder: Path) -> None:
    """Make a repository of what lies in a folder, with one commit."""
    git(folder, "init", "--quiet")
    for name, value in (("user.name", "T"), ("user.email", "t@example.org"), ("commit.gpgsign", "false")):
        git(folder, "config", name, value)
    commit_all(folder)


def commit_all(folder: Path) -> None:
    """Commit everything in a repository."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Change")
