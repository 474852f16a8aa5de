"""The same measurement with the package as `scripts/compile` makes it, beside the one of the sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path("build/compiled")
SOURCES = Path("src")
FIGURES = "--figures"


def measured_compiled(module: str) -> dict[str, float]:
    """Run `module` with the compiled package; return the CPU seconds it prints for `--figures`.

    Exits as `compiled_environment` does, or if Python would not take the compiled package.
    """
    command = [sys.executable, "-m", module, FIGURES]
    env = {**os.environ, **compiled_environment()}
    run = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(run.stdout)
    return figures


def compiled_environment() -> dict[str, str]:
    """Return what has Python take the compiled package; exits if there is none, or if it is of other sources."""
    old = [path for path in SOURCES.rglob("*.py") if not _is_same(path, FOLDER / path.relative_to(SOURCES))]
    if old:
        sys.exit(f"{FOLDER} is not of {old[0]} as it is: run scripts/compile (it needs a C compiler, and four minutes)")
    return {"PYTHONPATH": os.pathsep.join([str(FOLDER.resolve()), str(Path.cwd())])}


def _is_same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def print_figures(seconds: dict[str, float]) -> None:
    """Print CPU seconds as `measured_compiled` reads them, if what is measured is compiled."""
    import onrecord.stages.quotes.find as compiled

    if compiled.__file__.endswith(".py"):
        sys.exit(f"{compiled.__file__} is not compiled")
    print(json.dumps(seconds))
