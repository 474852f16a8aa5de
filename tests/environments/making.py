"""Virtual environments with chosen versions of what pyproject.toml asks for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EXTRAS = ("pdf", "language")
"""The extras that building this repository's raw/ needs."""
ROOT = Path(__file__).resolve().parents[2]
OLDEST, NEWEST = "oldest", "newest"


@dataclass(frozen=True)
class Environment:
    """A Python with packages, that runs the sources of this checkout."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / "python"

    def run(self, *arguments: str | Path, **variables: str) -> str:
        """Run Python and return what it prints; raises `SystemExit` with its words if it fails."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
        done = subprocess.run(
            [self.python, "-W", "ignore", *arguments],
            env={**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONFAULTHANDLER": "1", **variables},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{self.folder.name}: {' '.join(map(str, arguments))[:200]}\n{done.stdout}{done.stderr}")
        return done.stdout

    def versions(self, *packages: str) -> list[str]:
        """The versions of some packages."""
        ask = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]), sep='\\n')"
        return self.run("-c", ask, *packages).split()


def make(folder: Path, pins: Mapping[str, str]) -> Environment:
    """Make an environment with the packages of pyproject.toml; `pins` maps some to a version, or OLDEST or NEWEST."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    environment = Environment(folder)
    environment.run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements(pins))
    return environment


def requirements(pins: Mapping[str, str]) -> list[str]:
    """What to install: each dependency (and `EXTRAS`) as pyproject.toml states it, but for the ones that are pinned."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (line for extra in EXTRAS for line in project["optional-dependencies"][extra])
    wanted = []
    for line in (*project["dependencies"], *extras):
        name, oldest = re.fullmatch(r"([\w-]+)>=([\d.]+)", line).groups()  # type: ignore[union-attr]  # a test reads them
        pin = pins.get(name, NEWEST)
        wanted.append(line if pin == NEWEST else f"{name}=={oldest if pin == OLDEST else pin}")
    return wanted


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table; the first one is its head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
