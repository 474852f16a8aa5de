"""SubStation Alpha: lines as the format has them, the fields the file names, and where it breaks off. RTTM beside."""

from __future__ import annotations

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds

WHOLE = "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ada,0,0,0,,Words."


def read(events: str) -> Reading:
    """Read a file of these events."""
    return READERS["ass"].read(f"[Script Info]\n\n[Events]\n{events}".encode(), Facts())


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_line_ends_end_a_line(character: str) -> None:
    """What Unicode counts as a break of lines is a character of its line: nothing behind it is lost."""
    reading = read(f"{WHOLE}{character}And more.\n")
    assert reading.text == f"Words.{character}And more."
    assert codes(reading) == []
    rttm = READERS["rttm"].read(f"SPEAKER the{character}talk 1 0 1 <NA> <NA> Ada <NA> <NA>\n".encode(), Facts())
    assert codes(rttm) == ["nothing-recognised"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_line_is_whole_if_it_has_the_fields_the_file_names(end: str) -> None:
    """The last line is held against the file's own fields, few or many; one with fewer is cut off."""
    short = "Format: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00"
    assert (codes(read(f"{short},Words.{end}")), read(f"{short},Words.{end}").text) == ([], "Words.")
    assert "cut-off" in codes(read(f"{short}{end}"))
    assert codes(read(f"{WHOLE}{end}")) == []
    assert codes(read(f"{WHOLE}\nDialogue: 0,0:00:0{end}")) == ["cut-off"]


@pytest.mark.parametrize("fields", ["", "Layer, Start", ",,,", "Start; End; Text"])
def test_fields_without_a_text_are_passed_over(fields: str) -> None:
    """A line of fields that names no text loses no word: the usual fields stay in force."""
    reading = read(f"Format: {fields}\n{WHOLE}\n")
    assert reading.text == "Words."
    assert kinds(reading, "speaker") == [("Words.", "Ada")]
    assert codes(reading) == []
