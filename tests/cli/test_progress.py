"""Progress: on a terminal a bar with rate and time left, in a pipe nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs a system with terminals of its own")


def test_a_build_on_a_terminal_shows_a_bar(tmp_path: Path) -> None:
    """Number made of number to make; the summary stays on standard output."""
    (tmp_path / "raw" / "c").mkdir(parents=True)
    for number in range(3):
        (tmp_path / "raw" / "c" / f"t{number}.txt").write_text(f"Q: Who is {number}?\nA: Me.\n")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "build", str(tmp_path / "raw"), str(tmp_path / "out")]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True, env=environment) as run:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other side is closed
            pass
        said, _ = run.communicate(timeout=60)
    os.close(ours)
    assert run.returncode == 0, shown.decode()
    assert "3 rows" in said
    assert b"records" in shown
    assert b"3/3" in shown or b"0/3" in shown
    assert b"Traceback" not in shown
