"""Texts of a lexicon's own words and of marks, which reach far more rules than letters at random."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.collection.facts import Facts
from onrecord.lexicons import load
from onrecord.stages.quotes import find_quotes
from tests.stages.test_quotes import bare

_MARKS = (
    "“",
    "”",
    "«",
    "»",
    '"',
    "'",
    "''",
    ",",
    ".",
    ":",
    ";",
    "—",
    "-",
    "(",
    ")",
    "?",
    "!",
    "\n\n",
    "“x”",
    "«y»",
    "Ann",
)


def _texts(language: str) -> st.SearchStrategy[str]:
    lists = (value for value in load(language, "quotes").values() if isinstance(value, list))
    entries = (entry for values in lists for entry in values if isinstance(entry, str))
    words = sorted({word for entry in entries for word in entry.partition(" : ")[0].split()})
    return st.lists(st.sampled_from(words) | st.sampled_from(_MARKS), min_size=3, max_size=40).map(" ".join)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "tr", "az"])
@given(data=st.data())
def test_no_row_of_words_breaks_the_stage(language: str, data: st.DataObject) -> None:
    """Whatever stands beside whatever, the stage ends, and no quotation is empty."""
    text = data.draw(_texts(language))
    quotes = find_quotes(bare(text, language), Facts()).quotes
    assert all(len(span) for quote in quotes for span in quote.content)
