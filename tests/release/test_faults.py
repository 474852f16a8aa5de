"""A full disk or a kill at any moment leaves the old release whole, and the next run is as if nothing had been."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import ReleaseRefused
from onrecord.publish import ReleaseFacts, staging, write_release
from onrecord.release import verify
from tests.samples import interview, interviews

OLD, NEW = ReleaseFacts(version="1.0.0"), ReleaseFacts(version="2.0.0")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> dict[str, bytes]:
    """The bytes of a release in `tmp_path / "processed"`."""
    write_release([interview()], tmp_path / "processed", OLD)
    return bytes_of(tmp_path / "processed")


def test_a_full_disk_at_any_write_leaves_the_old_release(
    tmp_path: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write or flush fails: the error is the disk's, the old release whole, nothing left beside it.

    Only the very last flush comes when the new one is in place already, whole.
    """
    calls = count_calls(monkeypatch, lambda: write_release([interview()], tmp_path / "elsewhere", NEW))
    assert calls > 40
    new = bytes_of(tmp_path / "elsewhere")
    for failing in sorted({*range(0, calls, 23), calls - 2, calls - 1}):
        with monkeypatch.context() as patch:
            fail_at(patch, failing)
            with pytest.raises(OSError, match="No space left") as raised:
                write_release([interview()], tmp_path / "processed", NEW)
        assert raised.value.errno == errno.ENOSPC
        assert bytes_of(tmp_path / "processed") == (old if failing < calls - 1 else new)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "processed"]


def count_calls(monkeypatch: pytest.MonkeyPatch, action: Callable[[], Any]) -> int:
    """Return how many writes and flushes an action makes."""
    with monkeypatch.context() as patch:
        counter = fail_at(patch, None)
        action()
    return counter[0]


def fail_at(patch: pytest.MonkeyPatch, failing: int | None) -> list[int]:
    """Let the write or flush with this number fail, as on a full disk; return the counter."""
    counter = [0]

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            counter[0] += 1
            if failing is not None and counter[0] > failing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return original(*arguments)

        return call

    patch.setattr(staging.HashingFile, "write", counted(staging.HashingFile.write))
    patch.setattr(staging.os, "fsync", counted(os.fsync))  # type: ignore[attr-defined]  # the module's own import
    return counter


KILLED = """
import os, signal, sys
from pathlib import Path
import pandas  # pyarrow imports it when it makes its first array
from onrecord.publish import ReleaseFacts, staging, write_release
from tests.samples import interview
out, exchanges = Path(sys.argv[1]), sys.argv[2] == "True"
seen = promotion = 0
last = -1
WATCHED = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")

def step(event, arguments):
    global seen
    if last < 0:
        return
    name = str(arguments[0]) if arguments and isinstance(arguments[0], (str, os.PathLike, bytes)) else ""
    if event == "step" or (event in WATCHED and str(out.parent) in name):
        seen += 1
        if seen > last:
            os.kill(os.getpid(), signal.SIGKILL)

exchange = staging._exchange
def exchanging(one, other):
    global promotion
    promotion = seen
    sys.audit("step")
    done = exchanges and exchange(one, other)
    sys.audit("step")
    return done

sys.addaudithook(step)
staging._exchange = exchanging
for line in sys.stdin:  # what was imported is there for each child, so that many kills cost little
    child = os.fork()
    if child == 0:
        last = int(line)
        write_release([interview("harbour/two")], out, ReleaseFacts(version="2.0.0"))
        print(seen, promotion, flush=True)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.parametrize(
    ("exchanges", "every"),
    [
        (True, 30),
        (False, 10**6),
        pytest.param(True, 1, marks=pytest.mark.slow),
        pytest.param(False, 1, marks=pytest.mark.slow),
    ],
    ids=["exchange", "two renames", "exchange, every step", "two renames, every step"],
)
def test_a_kill_at_any_step_leaves_a_whole_release(
    tmp_path: Path, old: dict[str, bytes], exchanges: bool, every: int
) -> None:
    """After kill -9 at a step, what is in place is the old release or the new one, whole; the next run cleans up.

    Where folders cannot be exchanged, the old one may lie aside for a moment; the next run puts it back first. The
    steps from the exchange on are always tried, of the others some, and with `slow` each.
    """
    write_release([interview("harbour/two")], tmp_path / "reference", NEW)
    new, out = bytes_of(tmp_path / "reference"), tmp_path / "place" / "processed"
    outcomes = set()
    with _killing(out, exchanges) as kill_at:
        _reset(out)
        steps, promotion = map(int, kill_at(10**6, lines=2).split())
        for last in sorted({*range(0, steps, every), *range(promotion, steps)}):
            _reset(out)
            assert int(kill_at(last)) == -signal.SIGKILL
            if not exchanges and not out.exists():
                staging.sweep(out)
            found = bytes_of(out)
            assert found in (old, new), last
            outcomes.add(found == new)
    assert outcomes == {True, False}
    _reset(out)
    write_release([interview("harbour/two")], out, NEW)
    assert [path.name for path in out.parent.iterdir()] == ["processed"]


def _reset(out: Path) -> None:
    """Put the old release there; what was left beside it stays, for the next run to sweep."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(out.parents[1] / "processed", out)


@contextmanager
def _killing(out: Path, exchanges: bool) -> Iterator[Callable[..., str]]:
    """Give a function that writes a release in a process and kills it at a step, and returns what that says first."""
    command = [sys.executable, "-W", "ignore", "-c", KILLED, str(out), str(exchanges)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def kill_at(last: int, lines: int = 1) -> str:
            stdin.write(f"{last}\n")
            stdin.flush()
            said = [stdout.readline() for _ in range(lines)]
            return said[0]

        yield kill_at
        stdin.close()


def _write_slowly(out: str, started: Any) -> None:
    def records() -> Any:
        started.set()
        time.sleep(30)
        yield interview()

    write_release(records(), Path(out), NEW)


def test_two_writers_do_not_meet(tmp_path: Path, old: dict[str, bytes]) -> None:
    """While one process writes a release, another is refused; when the first is killed, the next one goes through."""
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    process = context.Process(target=_write_slowly, args=(str(tmp_path / "processed"), started))
    process.start()
    try:
        assert started.wait(30)
        with pytest.raises(ReleaseRefused, match="another process"):
            write_release([interview()], tmp_path / "processed", NEW)
        assert bytes_of(tmp_path / "processed") == old
    finally:
        process.kill()
        process.join()
    write_release(interviews(1), tmp_path / "processed", NEW)
    assert verify(tmp_path / "processed") == ()
    assert [path.name for path in tmp_path.iterdir()] == ["processed"]
