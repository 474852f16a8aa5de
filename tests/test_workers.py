"""Processes that are there before they are asked for: forked where that is safe, and only there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

_START = """
import os, sys, threading
from onrecord.workers import fork_ahead, process_pool

def started(workers):
    pool = process_pool(workers)
    return pool._mp_context.get_start_method()

def seen(_item):
    return os.getppid(), "pyarrow" in sys.modules

if __name__ == "__main__":
"""


def _printed(program: str) -> list[str]:
    lines = [f"    {line}\n" for line in program.splitlines()]
    command = [sys.executable, "-c", _START + "".join(lines)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert run.stderr == ""
    return run.stdout.splitlines()


def test_processes_are_forked_for_the_first_pool_of_their_number() -> None:
    """It has them, with what was to be imported in them and here; others are spawned."""
    program = """fork_ahead(2, "onrecord.batch", "onrecord.batch")
with process_pool(2) as pool:
    print(set(pool.map(seen, range(4))) == {(os.getpid(), True)}, seen(0)[1])
print(started(2), started(3))"""
    assert _printed(program) == ["True True", "spawn spawn"]


def test_processes_that_no_pool_asks_for_end_with_the_program() -> None:
    """A build that finds everything made leaves none behind, and says nothing of it."""
    assert _printed('fork_ahead(2, "json", "onrecord.batch")\nprint(started(3))') == ["spawn"]


def test_nothing_is_forked_beside_a_thread() -> None:
    """It may hold a lock: processes are spawned when they are needed, with nothing of this one."""
    program = """end = threading.Event()
threading.Thread(target=end.wait).start()
fork_ahead(2, "json", "onrecord.batch")
print(started(2), seen(0)[1])
end.set()"""
    assert _printed(program) == ["spawn True"]


def test_a_command_leaves_no_process_behind(tmp_path: Path) -> None:
    """What a command with several workers forked and did not need ends with it: the next one has its own."""
    (tmp_path / "raw").mkdir()
    program = f"""import multiprocessing
from click.testing import CliRunner
from onrecord import workers
from onrecord.cli import cli
forked = []
pool = workers._pool
workers._pool = lambda *given: forked.append(given) or pool(*given)
CliRunner().invoke(cli, ["check", {str(tmp_path / "raw")!r}, "--workers", "2"])
print(forked, multiprocessing.active_children())"""
    assert _printed(program) == ["[(2, 'fork')] []"]
