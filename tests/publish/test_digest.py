"""Canonical JSON: what every digest of a release is taken over."""

from __future__ import annotations

import datetime
import json
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.publish.digest import canonical_json
from onrecord.schema.interview import Interview
from onrecord.tables import TABLES
from onrecord.testing import interviews

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(0, 1)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
)


def by_the_standard_library(value: Any) -> bytes:
    """The definition, in other code: sorted keys, no blanks, dates as ISO 8601, exponents without leading zeros."""
    if isinstance(value, dict):
        return b"{%s}" % b",".join(
            by_the_standard_library(key) + b":" + by_the_standard_library(value[key]) for key in sorted(value)
        )
    if isinstance(value, list | tuple):
        return b"[%s]" % b",".join(map(by_the_standard_library, value))
    if isinstance(value, datetime.date):
        return f'"{value.isoformat()}"'.encode()
    text = json.dumps(value, ensure_ascii=False)
    return (re.sub(r"e-0", "e-", text) if isinstance(value, float) else text).encode()


@given(VALUES)
def test_canonical_json_is_that_of_the_standard_library(value: Any) -> None:
    """Anybody can recompute a digest with Python alone: keys sorted, no blanks, text as it is."""
    assert canonical_json(value) == by_the_standard_library(value)


@given(interviews())
def test_rows_of_every_table_are_canonical_in_either_way(interview: Interview) -> None:
    """Rows of every table, dates included, give the bytes of the standard library."""
    for table in TABLES.values():
        for row in table.rows(interview):
            assert canonical_json(row) == by_the_standard_library(row)


@pytest.mark.parametrize("value", [{1: 2}, {"a": {1}}, b"bytes", "lone \ud800 half", 2**64])
def test_what_json_cannot_say_is_an_error(value: Any) -> None:
    """A value outside of JSON is never written as something else."""
    with pytest.raises(TypeError):
        canonical_json(value)


def test_dates_are_iso_8601() -> None:
    """A date is its ISO form."""
    assert canonical_json({"b": datetime.date(2026, 3, 1), "a": None}) == b'{"a":null,"b":"2026-03-01"}'


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("beside", [1.0, 1e-5, "0.0000"])
def test_a_number_that_is_not_finite_is_null_whatever_stands_beside_it(number: float, beside: object) -> None:
    """What a number is written as depends on the number alone; JSON has none that is not finite."""
    assert json.loads(canonical_json({"a": number, "b": [number, beside]})) == {"a": None, "b": [None, beside]}
