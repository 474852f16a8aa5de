"""Subtitles: cues, voices, notes, tags, and what rolling captions repeat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds


def vtt(body: str, header: str = "WEBVTT\n\n") -> Reading:
    """Read a body as WebVTT."""
    return READERS["vtt"].read((header + body).encode(), Facts())


def srt(body: str) -> Reading:
    """Read a body as SubRip."""
    return READERS["srt"].read(body.encode(), Facts())


@pytest.mark.parametrize(
    ("timing", "value"),
    [
        ("00:01.000 --> 00:02.500", "1000-2500"),
        ("00:00:01.000 --> 01:00:02.500", "1000-3602500"),
        ("100:00:00.000 --> 100:00:01.000", "360000000-360001000"),
        ("00:00:01,5 --> 00:00:02,05", "1500-2050"),
        ("00:01 --> 00:02", "1000-2000"),
        ("00:01.000-->00:02.000 line:0 align:start", "1000-2000"),
        ("00:02.000 --> 00:02.000", "2000-2000"),
        ("00:03.000 --> 00:02.000", None),
        ("00:01.000 -->", None),
        ("one --> two", None),
    ],
)
def test_times_are_milliseconds_and_only_what_makes_sense(timing: str, value: str | None) -> None:
    """A cue has its start and end; of times that make no sense none is kept, and that is a problem."""
    reading = vtt(f"{timing}\nWords.\n")
    if timing.startswith("one"):
        assert codes(reading) == ["nothing-recognised"]
        return
    assert kinds(reading, "cue") == [("Words.", value)]
    assert codes(reading) == ([] if value else ["malformed-markup"])


def test_several_voices_share_a_cue() -> None:
    """Each voice has its own stretch; a name is unescaped in the value and stands in the text as it is written."""
    reading = vtt("00:01.000 --> 00:02.000\n<v Ada>Who?</v> <v.soft Bo &amp; Co>We.\nTwice.\n")
    assert kinds(reading, "voice") == [("Who?", "Ada"), ("We.\nTwice.", "Bo & Co")]
    assert kinds(reading, "cite") == [("Ada", "voice"), ("Bo &amp; Co", "voice")]


def test_a_voice_ends_with_its_cue() -> None:
    """A voice that is not closed does not speak in the next cue."""
    reading = vtt("00:01.000 --> 00:02.000\n<v Ada>Who?\n\n00:02.000 --> 00:03.000\nSomebody.\n")
    assert kinds(reading, "voice") == [("Who?", "Ada")]


def test_a_bare_ampersand_or_less_than_is_a_character() -> None:
    """`P&L` and `a < b` are words, not markup."""
    reading = vtt("00:01.000 --> 00:02.000\n<v Ada>P&L, a < b, <3 and x <y.\n")
    assert kinds(reading, "voice") == [("P&L, a < b, <3 and x <y.", "Ada")]
    assert kinds(reading, "hidden") == []


def test_karaoke_tags_are_hidden_and_the_words_are_not() -> None:
    """Tags within words are marked, so that turns can leave them out."""
    reading = vtt("00:01.000 --> 00:02.000\nso<00:00:01.500><c.red> it</c> <i>was</i>\n")
    assert [covered for covered, _ in kinds(reading, "hidden")] == ["<00:00:01.500>", "<c.red>", "</c>", "<i>", "</i>"]
    assert kinds(reading, "italic") == [("was", None)]


def test_notes_styles_and_the_header_are_apart() -> None:
    """What is no cue is a note, with what it is as value; the header states the language."""
    reading = vtt(
        "NOTE\nby hand\n\nREGION\nid:a\n\n1\n00:01.000 --> 00:02.000\nNOTE this is said\n\nNOTE this is not\n",
        "WEBVTT talk\nLanguage: en-us\n\n",
    )
    assert [value for _, value in kinds(reading, "note")] == ["header", "note", "region", "note"]
    assert [covered for covered, _ in kinds(reading, "cue")] == ["NOTE this is said"]
    assert reading.stated == (("language", "en-US"),)


def test_numbers_above_times_are_no_words_wherever_blank_lines_are() -> None:
    """Counters are recognised without a blank line above them; numbers within a cue are words."""
    reading = srt(
        "1\n00:00:01,000 --> 00:00:02,000\nIn\n1904\n\n2\n00:00:02,000 --> 00:00:03,000\n40\n"
        "3\n00:00:03,000 --> 00:00:04,000\nEnd.\n"
    )
    assert [covered for covered, _ in kinds(reading, "field")] == ["1", "2", "3"]
    assert [covered for covered, _ in kinds(reading, "cue")] == ["In\n1904", "40", "End."]


def test_blank_lines_within_a_cue_belong_to_it() -> None:
    """A cue goes on after a blank line, as many files have it, until the next time."""
    reading = srt("1\n00:00:01,000 --> 00:00:02,000\nOne.\n\nTwo.\n\n2\n00:00:02,000 --> 00:00:03,000\nThree.\n")
    assert [covered for covered, _ in kinds(reading, "cue")] == ["One.\n\nTwo.", "Three."]


def test_words_before_the_first_cue_are_pointed_at() -> None:
    """Words that belong to no cue are kept, and a problem says where they are."""
    reading = vtt("Stray words.\nMore.\n\nname\n00:01.000 --> 00:02.000\nWords.\n")
    assert [(problem.code, problem.offset) for problem in reading.problems] == [("malformed-markup", 8)]
    assert [covered for covered, _ in kinds(reading, "field")] == ["name"]


def repeated(reading: Reading) -> list[str]:
    """What is marked as repeated."""
    return [covered for covered, value in kinds(reading, "hidden") if value == "repeated"]


def cued(*payloads: str) -> Reading:
    """Cues of a second each."""
    cues = (f"00:{n:02d}.000 --> 00:{n + 1:02d}.000\n{payload}\n" for n, payload in enumerate(payloads))
    return vtt("\n".join(cues))


def test_rolling_captions_are_said_once() -> None:
    """Two lines that roll up by one: the line that was there before is hidden."""
    reading = cued("the lamp", "the lamp\nwent out", "went out\nin spring", "in spring\nor so")
    assert repeated(reading) == ["the lamp", "went out", "in spring"]


def test_captions_that_grow_are_said_once() -> None:
    """A line that grows word by word: what was there before is hidden."""
    assert repeated(cued("I", "I went", "I went home", "I went home late")) == ["I", "I went", "I went home"]


def test_what_people_say_twice_is_not_hidden() -> None:
    """An answer like the one before is an answer, where captions do not roll."""
    assert repeated(cued("Yes.", "Yes.", "Who was it?", "We were.", "When?", "In spring.", "Yes.", "So.")) == []


LINES = st.text("ab &<>é.:-", min_size=1, max_size=12).filter(lambda line: line.strip() and "->" not in line)


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bo W.", "李"]), LINES), min_size=1, max_size=6))
def test_written_voices_are_read_back(said: list[tuple[str, str]]) -> None:
    """What a file says of voices comes back: who, in order."""
    body = "\n".join(
        f"00:{n:02d}.000 --> 00:{n:02d}.500\n<v {name}>{line}</v>\n" for n, (name, line) in enumerate(said)
    )
    assert [name for _, name in kinds(vtt(body), "voice")] == [name for name, _ in said]
    assert [value for _, value in kinds(vtt(body), "cue")] == [f"{n * 1000}-{n * 1000 + 500}" for n in range(len(said))]
