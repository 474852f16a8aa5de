"""Positions in other languages' units mean the same characters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import testing
from onrecord.text.units import (
    codepoint_offsets_from_utf8,
    codepoint_offsets_from_utf16,
    utf8_offsets,
    utf16_offsets,
)

Converter = Callable[[str, list[int]], list[int]]
UNITS = [
    pytest.param(utf8_offsets, codepoint_offsets_from_utf8, "utf-8", 1, id="utf-8"),
    pytest.param(utf16_offsets, codepoint_offsets_from_utf16, "utf-16-le", 2, id="utf-16"),
]


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A text and offsets in it, in any order, some twice."""
    text = draw(testing.texts(12))
    return text, draw(st.lists(st.integers(0, len(text)), max_size=8))


@pytest.mark.parametrize(("there", "_back", "encoding", "width"), UNITS)
@given(placed())
def test_an_offset_counts_the_units_before_it(
    there: Converter, _back: Converter, encoding: str, width: int, drawn: tuple[str, list[int]]
) -> None:
    """An offset becomes the number of units of the text before it, in the order given."""
    text, offsets = drawn
    assert there(text, offsets) == [len(text[:offset].encode(encoding)) // width for offset in offsets]


@pytest.mark.parametrize(("there", "back", "_encoding", "_width"), UNITS)
@given(placed())
def test_offsets_come_back(
    there: Converter, back: Converter, _encoding: str, _width: int, drawn: tuple[str, list[int]]
) -> None:
    """There and back is the identity."""
    text, offsets = drawn
    assert back(text, there(text, offsets)) == offsets


@pytest.mark.parametrize(("_there", "back", "encoding", "width"), UNITS)
@given(testing.texts(8), st.randoms(use_true_random=False))
def test_an_offset_inside_a_character_maps_to_its_start(
    _there: Converter,
    back: Converter,
    encoding: str,
    width: int,
    text: str,
    random: Random,
) -> None:
    """Every unit, also one in the middle of a pair or a sequence, maps to the character it belongs to."""
    owners = [at for at, letter in enumerate(text) for _ in range(len(letter.encode(encoding)) // width)]
    units = list(range(len(owners) + 1))
    random.shuffle(units)
    assert back(text, units) == [[*owners, len(text)][unit] for unit in units]


@pytest.mark.parametrize(("there", "back", "_encoding", "_width"), UNITS)
@pytest.mark.parametrize("offset", [-1, 5, 999])
def test_an_offset_outside_is_refused(
    there: Converter, back: Converter, _encoding: str, _width: int, offset: int
) -> None:
    """An offset before the text or behind its end raises, it is never clipped."""
    with pytest.raises(IndexError, match="outside the text"):
        there("abc", [0, offset])
    with pytest.raises(IndexError, match="outside the text"):
        back("abc", [offset])


def test_the_units_of_known_characters() -> None:
    """The same place is 3 in code points, 4 in UTF-16 and 9 in UTF-8: é takes 1 and 2, 𝒳 takes 2 and 4, 李 1 and 3."""
    assert utf16_offsets("é𝒳李.", [3]) == [4]
    assert utf8_offsets("é𝒳李.", [3]) == [9]
    assert codepoint_offsets_from_utf16("é𝒳李.", [2, 4]) == [1, 3]
    assert codepoint_offsets_from_utf8("é𝒳李.", [1, 3, 9]) == [0, 1, 3]
