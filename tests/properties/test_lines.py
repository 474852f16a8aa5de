"""Lines and the way from an offset to line and column."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord import testing
from onrecord.text.lines import LineIndex, split_lines

TEXTS = testing.texts() | st.text(st.sampled_from("a\r\n\u2028"), max_size=12)


@given(TEXTS)
def test_lines_partition_the_text(text: str) -> None:
    """Lines follow each other without gap or overlap, hold no line end inside, and end in one (but for the last)."""
    lines = split_lines(text)
    assert "".join(text[line.start : line.stop] for line in lines) == text
    assert all(before.stop == after.start for before, after in pairwise(lines))
    assert all(line.start <= line.end <= line.stop for line in lines)
    assert not any(set(text[line.start : line.end]) & set("\r\n") for line in lines)
    assert all(text[line.end : line.stop] in ("\n", "\r", "\r\n") for line in lines[:-1])


@given(TEXTS)
def test_lines_are_those_of_universal_newlines(text: str) -> None:
    """A line ends where Python's text files end one, and nowhere else."""
    folded = text.replace("\r\n", "\n").replace("\r", "\n")
    assert [text[line.start : line.end] for line in split_lines(text)] == (
        folded.removesuffix("\n").split("\n") if folded else []
    )


@given(TEXTS)
def test_every_offset_has_its_line_and_column(text: str) -> None:
    """`position` says in which line an offset is, counted from 1, and how many characters of the line come before."""
    index, lines = LineIndex(text), split_lines(text)
    for number, line in enumerate(lines, 1):
        for offset in range(line.start, line.stop):
            assert index.position(offset) == (number, offset - line.start + 1)


@given(TEXTS)
def test_the_end_of_the_text_is_where_an_editor_shows_it(text: str) -> None:
    """The end of a text that ends with a line end is the first column of the line that would come next."""
    line, column = LineIndex(text).position(len(text))
    ends = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert (line, column) == (len(ends), len(ends[-1]) + 1)
