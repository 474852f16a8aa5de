"""TextGrids of Praat: tiers are voices, intervals are said at their times, in both forms and in UTF-16."""

from __future__ import annotations

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import CASES, check, codes, kinds

SAID = [('So how did "it" start?', "Vann"), ("With a leak.", "Marlowe"), ("In May.", "Marlowe")]


def read(data: bytes) -> Reading:
    """Read and hold the promises of every reading."""
    reading = READERS["textgrid"].read(data, Facts())
    check(reading)
    return reading


def case(name: str) -> bytes:
    """A TextGrid written by praatio."""
    return (CASES / "textgrid" / f"{name}.TextGrid").read_bytes()


@pytest.mark.parametrize("name", ["long", "short", "utf16"])
def test_both_forms_say_the_same(name: str) -> None:
    """What is said comes by time, under the name of its tier; tiers of single words and of points are left out."""
    reading = read(case(name))
    assert kinds(reading, "speaker") == SAID
    assert [value for _, value in kinds(reading, "cue")] == ["0-1200", "2000-2800", "3000-3500"]


def test_tiers_of_words_are_read_where_there_is_nothing_fuller() -> None:
    """Of a file that has only words, the words are put together for each voice."""
    data = case("short").replace(b'"Vann"', b'"words 2"').replace(b"So how did", b"So").replace(b'""it"" start?', b"")
    assert "With a leak." in read(data).text


def test_a_textgrid_that_is_cut_off_keeps_what_stands_before() -> None:
    """What was read before the break is in the text, and that there is a break is said."""
    data = case("long")
    reading = read(data[: data.index(b"In May.")])
    assert kinds(reading, "speaker") == SAID[:2]
    assert codes(reading) == ["cut-off"]


def test_numbers_in_what_is_said_and_beyond_all_bounds_do_no_harm() -> None:
    """Digits and brackets within strings are words; counts that no file can have end the reading."""
    data = case("short").replace(b"With a leak.", b"In 1987 [2] <x>.")
    assert "In 1987 [2] <x>." in read(data).text
    assert codes(read(b'"ooTextFile" "TextGrid" 0 4 <exists> 1e400 "IntervalTier"')) == [
        "cut-off",
        "nothing-recognised",
    ]
