"""A reader is one module and one line: what it takes, by name or by first bytes, it says itself."""

from __future__ import annotations

import pytest

from onrecord import readers
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read
from onrecord.readers import READERS, Reading, reader_for
from onrecord.readers._base import Reader, begins
from tests.readers.running import cases

ALL = cases()


def _read(data: bytes, facts: Facts) -> Reading:  # noqa: ARG001 - every reader takes both
    return Reading(data.decode().removeprefix("TAPE1\n"), "utf-8", "lf")


MADE_UP = Reader(
    name="tape",
    version="1",
    media_type="application/x-tape",
    suffixes=(".tape",),
    read=_read,
    recognises=begins(b"TAPE1"),
)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that registers a reader."""
    monkeypatch.setattr(readers, "_ALL", (*readers._ALL, MADE_UP))
    monkeypatch.setattr(readers, "READERS", {**READERS, MADE_UP.name: MADE_UP})


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("name", ["talk.tape", "talk.txt", "talk.html", "talk"])
def test_a_reader_that_is_registered_takes_its_files_by_name_and_by_first_bytes(name: str) -> None:
    """One line in the registry is enough: its files are its, whatever they are called; a wrong name is said."""
    record = read(Source("tapes/talk", name, b"TAPE1\nAda: It leaked.\n"))
    assert record.origin.reader == "tape"
    assert record.text == "Ada: It leaked.\n"
    wrong = name not in ("talk.tape",)
    assert ("wrong-extension" in {finding.code for finding in record.findings}) == wrong


def test_without_the_line_nobody_takes_it() -> None:
    """Without the line the same file is plain text, and nothing else in the package knows of it."""
    assert reader_for("talk.tape", b"TAPE1\nAda: It leaked.\n").name == "plain"


@pytest.mark.parametrize("case", ALL, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nobody_recognises_the_files_of_another(case: object) -> None:
    """The first reader that recognises a case is its own, or one whose files its own reads as well, or none does."""
    path = next(path for path in ALL if path == case)
    head = path.read_bytes()[:4096]
    found = next((reader.name for reader in READERS.values() if reader.recognises(head)), None)
    assert found in (None, path.parent.name, *READERS[path.parent.name].also)


@pytest.mark.parametrize("case", ALL, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("reader", READERS.values(), ids=lambda reader: reader.name)
def test_a_file_that_says_what_it_is_is_read_as_that_under_every_name(case: object, reader: Reader) -> None:
    """With the ending of any other reader, a file that is plainly of one format goes to that format's reader."""
    path = next(path for path in ALL if path == case)
    data = path.read_bytes()
    chosen = reader_for(f"talk{reader.suffixes[0]}", data)
    if READERS[path.parent.name].recognises(data[:4096]):
        assert chosen.name in (path.parent.name, reader.name if path.parent.name in reader.also else path.parent.name)
    else:
        assert chosen is reader or chosen.name in READERS[path.parent.name].also or chosen.recognises(data[:4096])


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"PK", b"<", b"%PD", b"[Script", b"\x00" * 50], ids=repr)
def test_too_little_is_recognised_by_nobody(data: bytes) -> None:
    """A few bytes say nothing: the name decides."""
    assert [name for name, reader in READERS.items() if reader.recognises(data)] == []
