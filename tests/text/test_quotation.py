"""Pairs of quotation marks, by form and neighbours alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotation import Pairing, pair_marks
from tests.work import steps

PAIRS = [
    ('She said "yes" and "no".', ['"yes"', '"no"']),
    ("“One,” she said. “Two.”", ["“One,”", "“Two.”"]),
    ("„Ja“, sagte er, »nein«.", ["„Ja“", "»nein«"]),
    ("« Oui », dit-il. «Non».", ["« Oui »", "«Non»"]),
    ("``Sell it,'' he said.", ["``Sell it,''"]),
    ("''Say 'go,''' he said.", ["''Say 'go,'''", "'go,'"]),
    ("''Sell it,'' he said, ''now.''", ["''Sell it,''", "''now.''"]),
    ("「日本」と『語』", ["「日本」", "『語』"]),
    ("‹oui› and ‘no’ and 'so'", ["‹oui›", "‘no’", "'so'"]),
    ("\u202a”Sorry,” said Orla", ["”Sorry,”"]),
    ("“mixed forms\" and \"straight”", ["“mixed forms\"", "\"straight”"]),
]  # fmt: skip

NONE = ["It's the dogs' bone from the '90s", "rock 'n' roll", "He is 6'2\" tall", 'a 12" pipe', "''", '""', "“ ”", ""]


def pairs(text: str) -> Pairing:
    """Pair the marks of a text whose lines are its paragraphs."""
    units, at = [], 0
    for line in text.split("\n"):
        units.append((at, at + len(line)))
        at += len(line) + 1
    return pair_marks(text, units)


def shown(text: str) -> list[str]:
    """The paired regions as printed."""
    return [text[region.start : region.end] for region in pairs(text).regions]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_marks_of_the_world_pair(text: str, expected: list[str]) -> None:
    """Marks of many languages find their partners, mixed forms too."""
    assert shown(text) == expected
    assert pairs(text).strays == ()


@pytest.mark.parametrize("text", NONE)
def test_apostrophes_and_measures_are_no_marks(text: str) -> None:
    """Apostrophes, elisions, feet and inches, and marks around nothing pair with nothing."""
    assert shown(text) == []


def test_nested_marks_know_what_they_stand_in() -> None:
    """A pair within a pair has it as its parent and is one deeper."""
    text = "“She told me ‘go,’ and ‘stay,’” he said. “Well.”"
    regions = pairs(text).regions
    assert [(text[r.start : r.end][:4], r.parent, r.depth) for r in regions] == [
        ("“She", -1, 0), ("‘go,", 0, 1), ("‘sta", 0, 1), ("“Wel", -1, 0),
    ]  # fmt: skip


def test_a_quotation_goes_on_where_the_next_paragraph_opens_again() -> None:
    """An open mark at a paragraph's end and one at the next one's start make one quotation, and no stray."""
    found = pairs("“The first.\n“The second.” So it ended.")
    assert [(r.closed, r.carried, r.follows) for r in found.regions] == [(False, True, -1), (True, False, 0)]
    assert found.strays == ()


def test_a_missing_mark_costs_its_paragraph_and_one_stray() -> None:
    """A mark nobody closes runs to the end of its paragraph; the next paragraph is read as if nothing happened."""
    text = "“We left it open.\nThen she said “done” and went."
    found = pairs(text)
    assert [text[r.start : r.end] for r in found.regions] == ["“We left it open.", "“done”"]
    assert found.strays == (0,)
    assert not found.regions[0].closed


def test_a_quotation_never_goes_on_in_another_voice() -> None:
    """An open mark at the end of one voice's paragraph is a stray, also where the next voice opens with one."""
    text = "“The first.\n“The second.”\n“The third."
    units = [(0, 11), (12, 25), (26, 37)]
    found = pair_marks(text, units, ["a", "b", "b"])
    assert [(region.carried, region.follows) for region in found.regions] == [(False, -1)] * 3
    assert found.strays == (0, 26)
    assert pair_marks(text, units, ["a", "a", "b"]) == pair_marks(text, units)


@given(st.text(alphabet="“”\"'’‘«»„‚‹›`ab c.,\n", max_size=80))
def test_regions_nest_and_never_cross(text: str) -> None:
    """Whatever the marks, two regions are apart or one holds the other, and all lie in the text."""
    regions = pairs(text).regions
    for region in regions:
        assert 0 <= region.start < region.inner_start <= region.inner_end <= region.end <= len(text)
        assert text[region.inner_start : region.inner_end].strip()
    for one in regions:
        for other in regions:
            apart = one.end <= other.start or other.end <= one.start
            inside = one.start <= other.start and other.end <= one.end
            assert apart or inside or (other.start <= one.start and one.end <= other.end)


def test_a_mark_at_the_end_of_a_paragraph_is_judged_by_the_paragraph() -> None:
    """The letter that follows a paragraph without a blank makes its last mark no apostrophe."""
    assert [region[:4] for region in pair_marks("‘no dogs’x", [(0, 9)]).regions] == [(0, 1, 8, 9)]


@given(st.text(alphabet="“”\"'’‘«»`ab .", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_paragraphs_of_different_voices_are_read_one_by_one(text: str, cuts: list[int]) -> None:
    """A paragraph has the same pairs and strays whether it is read alone or among others."""
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    units = list(pairwise(edges))
    together = pair_marks(text, units, [str(number) for number in range(len(units))])
    alone = [pair_marks(text, [unit]) for unit in units]
    assert [region[:4] for region in together.regions] == [region[:4] for one in alone for region in one.regions]
    assert list(together.strays) == [stray for one in alone for stray in one.strays]


@pytest.mark.parametrize("unit", ['"', "“‘", "« ", "'a "])
def test_time_is_linear_in_marks(unit: str) -> None:
    """Ten times the marks take about ten times the work."""
    assert steps(lambda: pairs(unit * 5_000)) < 12 * steps(lambda: pairs(unit * 500))
