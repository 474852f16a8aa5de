from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checking import check_paths
from onrecord.collection.loading import Names, load_card, load_sidecar
from onrecord.errors import ConfigError
from onrecord.scaffolding import Participant, Rights, draft_of, place

TALK = """The ferry that waits

Ilse Quarn, a ferry pilot, spoke to The Sound Letter on 3 May 2031 about winter.

Q: When does the ice come?
A: In January, and we wait for it together.
Q: Do you mind the cold?
A: No, I do not. My sister does.
"""
PAGE = """<!doctype html><html lang="en"><head><title>The ferry that waits</title></head><body>
<h1>The ferry that waits</h1><p>Ilse Quarn, a ferry pilot, spoke to The Sound Letter.</p>
<p><b>When does the ice come?</b></p><p>In January, and we wait for it together.</p>
<p><b>Do you mind the cold?</b></p><p>No, I do not. My sister does.</p>
<p><b>And in spring?</b></p><p>In spring we paint, and I sleep.</p></body></html>
"""
OURS = Rights("full", holder="The Sound Letter", licence="CC-BY-4.0", basis="Their letter", consent="in writing")


def new(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `onrecord new` without a terminal."""
    command = [sys.executable, "-m", "onrecord", "new", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, timeout=60, check=False)


def test_a_new_collection_is_a_text_a_sidecar_and_a_card(tmp_path: Path) -> None:
    """The text byte for byte, a sidecar with what was found, a card with the rights: all in order."""
    data = TALK.replace("\n", "\r\n").encode("utf-8-sig")
    draft = draft_of(data, "ferry.txt", {})
    files = dict(place(draft, tmp_path / "raw", "sound", OURS))
    text = tmp_path / "raw" / "sound" / "ferry.txt"
    assert text.read_bytes() == data
    assert set(files) == {text, text.with_suffix(".yaml"), text.with_name("collection.yaml")}
    sidecar = files[text.with_suffix(".yaml")]
    assert sidecar is not None
    assert "title: The ferry that waits # line 1" in sidecar
    assert "language: en" in sidecar
    card, findings = load_card(text.with_name("collection.yaml").read_bytes(), "c", Names())
    assert findings == ()
    assert card.rights.holder == "The Sound Letter"
    assert card.rights.basis == "Their letter. Consent of those who speak: in writing."
    assert check_paths([text]).exit_status() == 0


def test_a_guess_about_people_is_no_fact(tmp_path: Path) -> None:
    """People found by rules are proposed in a comment; those a person states are facts, and win."""
    stated = Participant("Ilse Quarn", ("interviewee",), "stated by you", stated=True)
    for people, written in (((), []), ((stated,), [{"name": "Ilse Quarn", "roles": ["interviewee"]}])):
        draft = draft_of(TALK.encode(), "ferry.txt", {}, people=people)
        [(_, content)] = [
            item for item in place(draft, tmp_path, "sound", OURS, dry=True) if item[0].name == "ferry.yaml"
        ]
        assert content is not None
        assert (yaml.safe_load(content).get("participants") or []) == written
    assert not (tmp_path / "sound").exists()


def test_what_is_stated_wins(tmp_path: Path) -> None:
    """A title, date or language that a person states stands in the sidecar instead of what was found."""
    draft = draft_of(TALK.encode(), "", {"title": "Winter: a talk #1", "date": "2031-05", "language": "en-GB"})
    assert draft.name == "winter-a-talk-1"
    assert draft.suffix == ".txt"
    files = place(draft, tmp_path, "sound", OURS)
    sidecar, findings, _ = load_sidecar(files[2][1].encode() if files[2][1] else b"", "s", Names())
    assert findings == ()
    assert (sidecar.title, sidecar.language) == ("Winter: a talk #1", "en-GB")
    assert sidecar.date is not None
    assert sidecar.date.precision == "month"


@pytest.mark.parametrize(
    ("given", "data", "reader", "suffix"),
    [
        ("saved.html", PAGE, "html", ".html"),
        ("saved.txt", PAGE, "html", ".html"),
        ("", PAGE, "html", ".html"),
        ("", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo>Hello there.\n", "vtt", ".vtt"),
        ("a.b.txt", TALK, "plain", ".txt"),
        ("notes", TALK, "plain", ".txt"),
        ("talk.yaml", TALK, "plain", ".txt"),
    ],
)
def test_the_format_is_detected(given: str, data: str, reader: str, suffix: str) -> None:
    """From the name, or against it from the content; the copy gets an ending that says what it is."""
    draft = draft_of(data.encode(), given, {})
    assert (draft.reader, draft.suffix) == (reader, suffix)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A name that is taken, the same text again, and a name that would share a sidecar are refused; nothing changes."""
    draft = draft_of(TALK.encode(), "ferry.txt", {})
    place(draft, tmp_path, "sound", OURS)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    other = draft_of(TALK.replace("ice", "fog").encode(), "ferry.txt", {})
    markdown = draft_of(TALK.replace("ice", "fog").encode(), "ferry.md", {})
    again = draft_of(TALK.encode(), "again.txt", {})
    for wrong in (draft, other, markdown, again):
        with pytest.raises(ConfigError):
            place(wrong, tmp_path, "sound", None)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_text_in_its_place_stays_there(tmp_path: Path) -> None:
    """A text that lies in the collection already is not copied; it gets its sidecar and card."""
    file = tmp_path / "raw" / "sound" / "ferry.txt"
    file.parent.mkdir(parents=True)
    file.write_text(TALK, encoding="utf-8")
    place(draft_of(file.read_bytes(), file.name, {}), tmp_path / "raw", "sound", OURS, source=file)
    assert sorted(path.name for path in file.parent.iterdir()) == ["collection.yaml", "ferry.txt", "ferry.yaml"]


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full half-way, no file and no folder is left."""
    real = Path.open

    def full(self: Path, mode: str = "r", *rest: object, **more: object) -> object:
        if self.suffix == ".txt" and "x" in mode:
            raise OSError(28, "No space left on device")
        return real(self, mode, *rest, **more)  # type: ignore[call-overload]  # passed on as it came

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OSError, match="No space"):
        place(draft_of(TALK.encode(), "ferry.txt", {}), tmp_path / "raw", "sound", OURS)
    assert not (tmp_path / "raw").exists()


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_makes_files_that_can_be_read(text: str, title: str) -> None:
    """Whatever the text and the title, what is written is YAML in which our loader finds nothing wrong."""
    try:
        draft = draft_of(text.encode("utf-8", "surrogatepass"), "", {"title": title} if title else {})
    except ConfigError:
        return
    for path, content in place(draft, Path("nowhere"), "sound", OURS, dry=True):
        if content is not None:
            load = load_card if path.name == "collection.yaml" else load_sidecar
            assert load(content.encode(), "x", Names())[1] == ()


def test_without_a_terminal_rights_are_not_guessed(tmp_path: Path) -> None:
    """A new collection without rights, `full` without basis and consent, a wrong date: exit 2, nothing written."""
    for arguments in (
        (),
        ("--redistribution", "full"),
        ("--redistribution", "standoff", "--date", "2031-13-01"),
        ("--redistribution", "standoff", "--language", "English please"),
        ("--redistribution", "standoff", "--participant", "Bo=king"),
        ("--redistribution", "standoff", "--licence", "do as you like!"),
        ("--redistribution", "standoff", "--name", "../x"),
    ):
        run = new("-", "--collection", "sound", *arguments, cwd=tmp_path, stdin=TALK.encode())
        assert run.returncode == 2, (arguments, run.stderr)
        assert b"Traceback" not in run.stderr
    assert new("-", "--collection", "..", "--redistribution", "none", cwd=tmp_path, stdin=TALK.encode()).returncode == 2
    assert new("-", "--collection", "a", "--redistribution", "none", cwd=tmp_path, stdin=b" \n").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_second_text_needs_no_rights(tmp_path: Path) -> None:
    """In a collection with a card nothing is asked: the card says it."""
    first = new("-", "--collection", "sound", "--redistribution", "standoff", cwd=tmp_path, stdin=TALK.encode())
    assert first.returncode == 0, first.stderr
    page = tmp_path / "saved page.html"
    page.write_text(PAGE, encoding="utf-8")
    second = new(page.name, "--collection", "sound", cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    assert (tmp_path / "raw" / "sound" / "saved-page.html").read_text(encoding="utf-8") == PAGE
    assert b"onrecord review" in second.stdout


def test_on_a_terminal_only_rights_and_consent_are_asked(tmp_path: Path) -> None:
    """The five questions are about rights and consent; the answers stand in the card."""
    (tmp_path / "ferry.txt").write_text(TALK, encoding="utf-8")
    here, there = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "new", "ferry.txt", "--collection", "sound"]
    with subprocess.Popen(
        command, stdin=there, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=tmp_path
    ) as process:
        os.write(here, b"The Sound Letter\n\nfull\nTheir letter of May.\nin writing\n")
        assert process.stdout is not None
        said = process.stdout.read().decode()
    os.close(here)
    os.close(there)
    assert process.returncode == 0, said
    card = (tmp_path / "raw" / "sound" / "collection.yaml").read_text(encoding="utf-8")
    assert 'basis: "Their letter of May. Consent of those who speak: in writing."' in card
    assert "holder: The Sound Letter" in card
    assert said.count("?") == 5


def test_everybody_who_speaks_is_proposed_with_a_reason_in_words_and_what_is_missing_is_said(tmp_path: Path) -> None:
    """Also who has no role; the line it rests on; and the options for what was not found."""
    (tmp_path / "talk.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo Lind>Who are you?\n\n"
        "00:04.000 --> 00:06.000\n<v Ilse Quarn>A pilot.\n"
    )
    done = new("talk.vtt", "--collection", "c", "--redistribution", "standoff", cwd=tmp_path)
    shown = done.stdout.decode()
    assert "Ilse Quarn, role unknown   [The printed label names the speaker (line 7).]" in shown
    assert "Not found: title, outlet, date, place, language. If you know it, say so with --title" in shown
    assert "#  - {name: Bo Lind} # The printed" in (tmp_path / "raw" / "c" / "talk.yaml").read_text(encoding="utf-8")
