"""Exports of services for speech recognition: who said what and when, wherever a service puts it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import CASES, check, codes, kinds

ASKED, TOLD = "So how did it start?", "With a leak."


def read(value: Any) -> Reading:
    """Read a value as JSON."""
    reading = READERS["json"].read(json.dumps(value).encode(), Facts())
    check(reading)
    return reading


def case(name: str) -> Any:
    """The export of a service."""
    return json.loads((CASES / "json" / f"{name}.json").read_bytes())


@pytest.mark.parametrize(
    ("name", "voices"),
    [
        ("aws-transcribe", ("spk_0", "spk_1")),
        ("google-speech", ("1", "2")),
        ("deepgram", ("0", "1")),
        ("speechmatics", ("S1", "S2")),
        ("azure-speech", ("1", "2")),
        ("elevenlabs", ("speaker_0", "speaker_1")),
        ("assemblyai", ("A", "B")),
        ("rev", ("0", "1")),
        ("whisperx", ("SPEAKER_00", "SPEAKER_01")),
    ],
)
def test_a_service_that_tells_voices_apart_gives_turns(name: str, voices: tuple[str, str]) -> None:
    """Every service's voices are speakers, with all their words once and in print's spacing."""
    assert kinds(read(case(name)), "speaker") == [(ASKED, voices[0]), (TOLD, voices[1])]


@pytest.mark.parametrize(
    "name",
    [
        "aws-transcribe", "google-speech", "deepgram", "speechmatics", "azure-speech", "elevenlabs", "assemblyai",
        "whisperx", "whisper-cpp", "youtube",
    ],
)  # fmt: skip
def test_a_service_s_times_are_milliseconds(name: str) -> None:
    """Seconds, clocks, milliseconds, ticks and ISO durations all become milliseconds."""
    assert kinds(read(case(name)), "cue") == [(ASKED, "0-1200"), (TOLD, "2000-2800")]


def test_words_without_voices_are_one_utterance() -> None:
    """A stream of words that names nobody is put together, marks of punctuation at their words."""
    value = case("aws-transcribe")
    del value["results"]["speaker_labels"], value["results"]["audio_segments"]
    for item in value["results"]["items"]:
        del item["speaker_label"]
    assert read(value).text == f"{ASKED} {TOLD}"


def test_the_older_export_of_aws_names_voices_by_times() -> None:
    """Where words have no voice of their own, the segment with the same times has it."""
    value = case("aws-transcribe")
    for item in value["results"]["items"]:
        del item["speaker_label"]
    assert kinds(read(value), "speaker") == [(ASKED, "spk_0"), (TOLD, "spk_1")]


def test_google_without_voices_gives_its_phrases() -> None:
    """Each result is an utterance where no word names a voice."""
    value = case("google-speech")
    value["results"].pop()
    assert read(value).text == f"{ASKED}\n\n{TOLD}"


@pytest.mark.parametrize("name", sorted(path.stem for path in (CASES / "json").glob("*-*.json")))
def test_a_service_s_file_that_is_cut_off_keeps_what_was_said_before(name: str) -> None:
    """Cut at any place, a file gives its beginning, and says that it was cut; never more than the whole has."""
    data = (CASES / "json" / f"{name}.json").read_bytes().rstrip()
    whole = "".join(READERS["json"].read(data, Facts()).text.split())
    for part in range(1, 20):
        reading = READERS["json"].read(data[: len(data) * part // 20], Facts())
        check(reading)
        assert set(codes(reading)) <= {"cut-off", "unreadable-format"}
        assert codes(reading)
        assert len("".join(reading.text.split())) <= len(whole)


def test_what_is_said_before_a_break_is_kept_word_for_word() -> None:
    """A string that is cut within is kept as far as it goes, brackets and quotation marks in it included."""
    said = '{"segments": [{"speaker": "Ada", "text": "Who [the] \\"lamp\\"?"}, {"speaker": "Bo", "text": "We {did'
    reading = READERS["json"].read(said.encode(), Facts())
    assert kinds(reading, "speaker") == [('Who [the] "lamp"?', "Ada"), ("We {did", "Bo")]
    assert codes(reading) == ["cut-off"]


def test_a_fault_in_the_middle_keeps_what_stands_before_it() -> None:
    """Of a file that breaks the rules in the middle, what stands before is read, and how much is missing is said."""
    rows = [{"speaker": "Ada", "text": "Who lit it?"}, {"speaker": "Bo", "text": "We did."}]
    reading = READERS["json"].read(json.dumps({"segments": rows}).replace('"Bo",', '"Bo"').encode(), Facts())
    assert reading.text == "Who lit it?"
    assert "characters are not" in reading.problems[0].message
