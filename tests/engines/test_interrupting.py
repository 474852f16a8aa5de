"""Ctrl-C in the middle of a build: what is finished is kept, and a sentence says how to go on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.texts import interview
from onrecord.loading import load
from tests.interrupting import hear_interrupts

COUNT = 700


def _start(raw: Path, out: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "onrecord", "build", str(raw), str(out), "--workers", "2"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=hear_interrupts,
    )  # fmt: skip


def test_interrupted_build_keeps_finished_shards_and_says_how_to_go_on(tmp_path: Path) -> None:
    """The signal reaches all processes, as from a terminal: no traceback, exit code 130, and the next run goes on."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    (raw / "c").mkdir(parents=True)
    (raw / "c" / "collection.yaml").write_text(
        "title: C\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Ours.}\n"
    )
    for number in range(COUNT):
        (raw / "c" / f"t{number:04}.txt").write_text(interview(number, turns=2, words=40))
    (raw / "c" / "zz.txt").write_text(
        interview(9, turns=2_000, words=100_000)
    )  # seconds of work, in a shard of its own
    build = _start(raw, out)
    shards = tmp_path / ".onrecord" / "shards"
    while not list(shards.glob("*.parquet")) and build.poll() is None:
        time.sleep(0.02)
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate(timeout=120)
    assert build.returncode == 130, said
    assert said.strip() == "Interrupted. What was finished is kept: run the same command again to go on."
    kept = {path.name: path.stat().st_mtime_ns for path in shards.glob("*.parquet")}
    assert kept
    assert not out.exists()
    again = _start(raw, out)
    _, said = again.communicate(timeout=240)
    assert again.returncode in (0, 1), said
    assert kept.items() <= {path.name: path.stat().st_mtime_ns for path in shards.glob("*.parquet")}.items()
    assert load("interviews", out, columns=["id"]).num_rows == COUNT + 1


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """When the build is killed outright its workers do not live on."""
    raw = tmp_path / "raw"
    (raw / "c").mkdir(parents=True)
    for number in range(COUNT):
        (raw / "c" / f"t{number:04}.txt").write_text(interview(number, turns=2, words=40))
    build = _start(raw, tmp_path / "out")
    shards = tmp_path / ".onrecord" / "shards"
    while not list(shards.glob("*.parquet")) and build.poll() is None:
        time.sleep(0.02)
    build.kill()
    build.communicate(timeout=60)  # its workers hold the pipes: this returns when they are gone
    until = time.monotonic() + 60
    while _in_group(build.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert _in_group(build.pid) == []


def test_a_full_disk_is_said_with_the_file_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """Exit code 2, no half file, and what fitted is not made again."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    (raw / "c").mkdir(parents=True)
    for number in range(4):
        (raw / "c" / f"t{number}.txt").write_text(interview(number))
    (raw / "c" / "large.txt").write_text(interview(9, turns=2_000, words=100_000))
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, resource.RLIM_INFINITY))\n"  # no file may grow beyond it
        "from onrecord.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, "build", str(raw), str(out)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert re.fullmatch(r"onrecord: File too large: \S+\.(parquet|arrow)\n", run.stderr)
    assert not out.exists()
    assert list(tmp_path.rglob("*.tmp")) == []
    again = _start(raw, out)
    _, said = again.communicate(timeout=240)
    assert again.returncode in (0, 1), said
    assert load("interviews", out, columns=["id"]).num_rows == 5


def _in_group(group: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, _, of_group = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(name))
    return found
