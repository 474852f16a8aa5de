"""CHAT: tiers, codes, bullets and headers."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds


def read(body: str) -> Reading:
    """Read a transcript."""
    return READERS["chat"].read(f"@UTF8\n@Begin\n{body}@End\n".encode(), Facts())


def test_main_tiers_say_who_speaks_and_when() -> None:
    """What a tier says is under its code, with its times; a line that begins with a tab goes on with it."""
    reading = read("*INV:\twho lit it ? \x15100_2350\x15\n*BOW:\twe did ,\n\ttwice . \x152350_4000\x15\n")
    assert kinds(reading, "speaker") == [("who lit it ?", "INV"), ("we did ,\n\ttwice .", "BOW")]
    assert [value for _, value in kinds(reading, "cue")] == ["100-2350", "2350-4000"]
    assert kinds(reading, "cite") == [("INV", "speaker"), ("BOW", "speaker")]
    assert codes(reading) == []  # bullets are no damage


def test_dependent_tiers_and_bullets_are_hidden() -> None:
    """Analyses of words and the bullets of times are in the text, under marks."""
    reading = read("*INV:\tyes . \x15%snd:x.wav_1_2\x15\n%mor:\tco|yes\n\t.\n")
    assert kinds(reading, "hidden") == [("\x15%snd:x.wav_1_2\x15", "time"), ("%mor:\tco|yes\n\t.", "tier")]
    assert kinds(reading, "cue") == [("yes .", "1-2")]


def test_headers_state_facts() -> None:
    """Language, day and place are stated; names that the header gives to codes have their place."""
    reading = read(
        "@Languages:\tdeu, eng\n@Participants:\tINV Ada_Quill Investigator, UNK Participant,\n\tBOW Bo Target_Child\n"
        "@Date:\t04-MAY-1999\n@Location:\tSorrel\n*INV:\tja .\n"
    )
    assert dict(reading.stated) == {"language": "de", "date": "1999-05-04", "place": "Sorrel"}
    named = [
        (covered, value) for covered, value in kinds(reading, "field") if (value or "").startswith("participants.")
    ]
    assert named == [("Ada_Quill", "participants.INV"), ("Bo", "participants.BOW")]


def test_a_file_without_tiers_is_no_transcript() -> None:
    """Headers alone are a problem, and so is a control character that is no bullet."""
    assert codes(read("@Languages:\teng\n")) == ["nothing-recognised"]
    assert codes(read("*INV:\tyes \x01 . \x151_2\x15\n")) == ["control-characters"]
