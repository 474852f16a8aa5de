"""Records from outside: whatever is wrong becomes a finding with its place in the JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checks import check_interview
from onrecord.checks.contract import check_record_json, check_records_json, check_table_texts, is_record_json
from onrecord.schema.interview import Interview
from tests.cases.running import FOLDER, edited

VALID = (FOLDER / "record.json").read_bytes()


def test_the_valid_record_has_no_findings() -> None:
    """The record that all cases are made from is right, as JSON, as a mapping and as a model."""
    assert check_record_json(VALID, "record.json") == ()
    assert check_record_json(json.loads(VALID), "record.json") == ()
    assert [item for item in check_interview(Interview.model_validate_json(VALID)) if item.level == "error"] == []


def test_a_finding_says_where_in_the_json_and_in_which_item() -> None:
    """Line and column of the value, and the id of the innermost item around it."""
    record = json.dumps(edited([["/turns/2/role", "asks"]]), indent=1)
    (item,) = check_record_json(record, "record.json")
    assert record.splitlines()[(item.line or 0) - 1][(item.column or 0) - 1 :] == '"asks",'
    assert item.where == json.loads(VALID)["turns"][2]["id"]


def test_an_unknown_field_gets_a_suggestion() -> None:
    """The nearest field that exists there."""
    (item,) = check_record_json(json.dumps(edited([["/quotes/0/sorce", None]])), "x")
    assert item.code == "unknown-field"
    assert "Did you mean `source`?" in item.message


def test_every_span_outside_the_text_is_reported_at_its_place() -> None:
    """Not only the first one, as the model itself would; negative and reversed ones, too."""
    edits: list[list[Any]] = [
        ["/blocks/0/span/end", 9999],
        ["/turns/1/paragraphs/0/start", -1],
        ["/quotes/0/cue", {"start": 9, "end": 3}],
        ["/quotes/1/echoes/0/span/end", 5000],
    ]
    record = edited(edits)
    found = check_record_json(json.dumps(record, indent=1), "x")
    assert [item.code for item in found] == ["span-outside-text"] * 4
    assert len({item.line for item in found}) == 4


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "expecting value"),
        (b"[]", "JSON object"),
        (b"null", "JSON object"),
        (b'{"id": 1', "expecting"),
        (b'{"id": "\xff"}', "not UTF-8"),
        (b'{"id": "a", "id": "b"}', "stands twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": NaN}', None),
    ],
)
def test_what_is_no_record_is_a_finding_not_a_traceback(data: bytes, says: str | None) -> None:
    """Cut off, empty, of another kind, nested without end."""
    found = check_record_json(data, "x")
    assert found
    if says is not None:
        assert found[0].code == "invalid-json"
        assert says in found[0].message


def test_a_file_of_lines_is_checked_line_by_line() -> None:
    """Findings have the line of the file; a broken line does not stop the next ones."""
    good = json.dumps(json.loads(VALID))
    bad = json.dumps(edited([["/turns/0/speaker", "nobody"]]))
    found = list(check_records_json(f"{good}\n{{broken}}\n\n{bad}\n".encode(), "x.jsonl"))
    assert [(item.code, item.line) for item in found] == [("invalid-json", 2), ("dangling-reference", 4)]
    assert list(check_records_json(VALID, "x.json")) == []


def test_records_are_told_from_other_json() -> None:
    """A file of another schema is not taken for a broken record."""
    assert is_record_json(VALID)
    assert not is_record_json(b'{"utterances": []}')
    assert not is_record_json(b"Q: Who?\n")


def test_texts_of_flat_tables_are_held_against_their_spans() -> None:
    """Another text, a missing row and a row too many are one finding each."""
    found = check_table_texts("x", {"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "two", "d": "4"}, "p")
    assert [item.where for item in found] == ["b", "c", "d"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def _paths(value: Any, at: str = "") -> list[str]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [path for key, child in below for path in _paths(child, f"{at}/{key}")]


PATHS = _paths(json.loads(VALID))


@given(st.lists(st.tuples(st.sampled_from(PATHS), _JSON), min_size=1, max_size=3))
def test_no_value_at_any_place_makes_the_check_fail(edits: list[tuple[str, Any]]) -> None:
    """Any JSON at any place of a record: findings or none, never an exception; what the model refuses is found."""
    record = json.loads(VALID)
    for path, value in edits:
        *parents, last = path.strip("/").split("/")
        at: Any = record
        try:
            for part in parents:
                at = at[int(part)] if isinstance(at, list) else at[part]
            at[int(last) if isinstance(at, list) else last] = value
        except (KeyError, IndexError, TypeError, ValueError):
            continue  # an earlier edit replaced what was there
    found = check_record_json(json.dumps(record), "x")
    try:
        Interview.model_validate_json(json.dumps(record))
    except ValueError:
        assert found
    assert all(item.line == 1 and item.column for item in found)
