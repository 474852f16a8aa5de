"""A release that is killed, or meets a full disk, at any step leaves what was there; run again, it is completed."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord.publish import load_ledger
from onrecord.publish.staging import sweep
from onrecord.release import verify
from onrecord.releasing import Choices, release
from tests.release.quay import add, git, make_raw, make_repository
from tests.release.test_faults import bytes_of, count_calls, fail_at

DAY = datetime.date(2032, 1, 10)

# Of each process the steps are counted that touch the place of the release, from the moment all of it holds: then the
# ledger, release.yaml, the folder and git are written, one after the other.
KILLED = """
import datetime, os, signal, sys
from pathlib import Path
import pandas  # pyarrow imports it when it makes its first array
from onrecord import releasing
place = Path(sys.argv[1])
seen, last, armed = 0, -1, False
WATCHED = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "subprocess.Popen")

def step(event, arguments):
    global seen
    if not armed or event not in WATCHED:
        return
    name = " ".join(map(str, arguments[:2]))
    if str(place) in name:
        seen += 1
        if seen > last:
            os.kill(os.getpid(), signal.SIGKILL)

record = releasing.record
def recording(*arguments):
    global armed
    armed = True
    return record(*arguments)

releasing.record = recording
sys.addaudithook(step)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        last = int(line)
        releasing.release("1.1.0", place / "raw", place / "processed", releasing.Choices(on=datetime.date(2032, 1, 10)))
        print(seen, flush=True)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def made(place: Path) -> None:
    """Release in `place` as the processes do."""
    release("1.1.0", place / "raw", place / "processed", Choices(on=DAY))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which 1.0.0 was released, and one more interview is committed."""
    place = tmp_path_factory.mktemp("before") / "place"
    raw = make_raw(place)
    (place / ".gitignore").write_text(".*\n!.gitignore\n")
    shutil.rmtree(place / "processed", ignore_errors=True)
    make_repository(place)
    release("1.0.0", raw, place / "processed", Choices(on=DAY))
    git(place, "add", "processed")
    add(raw, "wind", "spring")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", "Wind")
    return place


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bytes of the whole place after the release, without git's own."""
    place = tmp_path_factory.mktemp("after") / "place"
    shutil.copytree(before, place)
    made(place)
    return contents(place)


def contents(place: Path) -> dict[str, bytes]:
    """What a release writes and reads, without what is hidden."""
    return {name: data for name, data in bytes_of(place).items() if not name.startswith(".")}


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_at_any_step_is_made_good(before: Path, after: dict[str, bytes], tmp_path: Path, every: int) -> None:
    """After kill -9 the folder holds the old release or the new one, whole; the same command completes the rest.

    The steps are those from the ledger to the tag; with `slow` each of them, else some.
    """
    place = tmp_path / "place"
    old = bytes_of(before / "processed")
    new = {name.removeprefix("processed/"): data for name, data in after.items() if name.startswith("processed/")}
    seen = set()
    with _killing(place) as kill_at:
        _reset(before, place)
        steps = int(kill_at(10**6, lines=2))
        assert steps > 20
        for last in range(0, steps, every):
            _reset(before, place)
            assert int(kill_at(last)) == -signal.SIGKILL
            found = bytes_of(place / "processed")
            assert found in (old, new), last
            recorded = "1.1.0" in load_ledger(place / "raw").versions
            assert recorded or found == old, last
            tagged = "v1.1.0" in git(place, "tag")
            seen.add((found == new, recorded, tagged))
            for lock in (place / ".git").rglob("*.lock"):  # git's own, which it leaves for a human after a kill
                lock.unlink()
            if not tagged:
                made(place)
            assert contents(place) == after, last
            assert git(place, "status", "--porcelain") == "", last
            assert git(place, "rev-parse", "v1.1.0^{commit}") == git(place, "rev-parse", "HEAD"), last
    assert {(False, False, False), (False, True, False), (True, True, False)} <= seen


def test_a_full_disk_at_any_write_is_made_good(
    before: Path, after: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write or flush fails, the folder holds the old release or the new one; the next run completes it."""
    place = tmp_path / "place"
    _reset(before, place)
    calls = count_calls(monkeypatch, lambda: made(place))
    old = bytes_of(before / "processed")
    for failing in sorted({*range(0, calls, 70), *range(calls - 18, calls, 6), calls - 1}):
        _reset(before, place)
        with monkeypatch.context() as patch:
            fail_at(patch, failing)
            with pytest.raises(OSError, match="No space left"):
                made(place)
        assert (bytes_of(place / "processed") == old) or verify(place / "processed") == (), failing
        made(place)
        assert contents(place) == after, failing


def _reset(before: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    sweep(place)
    shutil.copytree(before, place)


@contextmanager
def _killing(place: Path) -> Iterator[Callable[..., str]]:
    """Give a function that releases in a process and kills it at a step, and returns what that says first."""
    command = [sys.executable, "-W", "ignore", "-c", KILLED, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
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
