from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.interrupting import hear_interrupts
from tests.review.browser import ENVIRONMENT, onrecord
from tests.review.made import collection


def test_review_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    """`onrecord review ID` prints an address on this machine, serves the page there, and ends with Ctrl-C."""
    collection(tmp_path)
    command = [sys.executable, "-m", "onrecord", "review", "sound/ferry#turn@4", "--no-open"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=ENVIRONMENT,
        preexec_fn=hear_interrupts,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().decode().rsplit(" ", 1)[1].strip()
        assert address.startswith("http://127.0.0.1:")
        assert address.endswith("#turn@4")
        with urllib.request.urlopen(address.partition("#")[0], timeout=60) as answer:
            assert b"The ferry that waits" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def test_what_cannot_be_reviewed_is_said(tmp_path: Path) -> None:
    """No such interview, two at once, a folder, a name that is nearly right: exit 2 and a sentence."""
    collection(tmp_path)
    for arguments, said in (
        (("nothing",), "no interview"),
        (("sound/fery",), "did you mean sound/ferry"),
        (("sound/ferry", "sound/ferry"), "one interview"),
        (("raw/sound",), "no interview"),
    ):
        run = onrecord("review", *arguments, cwd=tmp_path)
        assert run.returncode == 2
        assert said in run.stderr
        assert "Traceback" not in run.stderr


def test_static_pages_respect_the_rights(tmp_path: Path) -> None:
    """A text that may not be published gets no page unless it is asked for; the exit code says so."""
    file = collection(tmp_path)
    file.with_name("shut.txt").write_bytes(file.read_bytes() + b"\n")
    file.with_name("shut.yaml").write_text("rights: {redistribution: standoff}\n")
    both = onrecord("review", "sound/ferry", "sound/shut", "--static", "out", cwd=tmp_path)
    assert both.returncode == 1
    assert "sound/shut" in both.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["index.html", "sound__ferry.html", "summary.md"]
    forced = onrecord("review", "sound/shut", "--static", "shut.html", "--any-rights", cwd=tmp_path)
    assert forced.returncode == 0
    assert (tmp_path / "shut.html").is_file()
