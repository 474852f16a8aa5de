"""The Arrow schema says the same as the models, and values survive the way there and back."""

from __future__ import annotations

import datetime
import io
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from onrecord.errors import ContractError
from onrecord.schema import arrow
from onrecord.schema.arrow import INTERVIEW_SCHEMA, arrow_schema, arrow_type, from_table, hub_features, to_table
from onrecord.schema.interview import Interview, Span
from tests.samples import interviews

SIZE = 12
DIGEST = "0" * 64
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def values(annotation: Any, name: str) -> st.SearchStrategy[Any]:
    """Any value of a field, as plain data: so a field added to the model is generated without further ado."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is Span:
        return st.tuples(st.integers(0, SIZE), st.integers(0, SIZE)).map(
            lambda pair: {"start": min(pair), "end": max(pair)}
        )
    if origin is Annotated:
        return st.just(DIGEST) if "sha256" in name else values(arguments[0], name)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.none() | values(next(item for item in arguments if item is not type(None)), name)
    if origin is tuple:
        return st.lists(values(arguments[0], name), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return records(annotation)
    return {
        str: st.just(DIGEST) if "sha256" in name else WORDS.filter(bool),
        int: st.integers(1, 2**63 - 1),
        float: st.floats(0, 1),
        bool: st.booleans(),
        datetime.date: st.dates(),
    }[annotation]


def records(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any value of a model that its own validation lets pass."""
    fields = {name: values(info.annotation, name) for name, info in model.model_fields.items()}
    return st.fixed_dictionaries(fields).filter(lambda data: model is Interview or _valid(model, data))


def _valid(model: type[BaseModel], data: dict[str, Any]) -> bool:
    try:
        model.model_validate(data)
    except ValidationError:
        return False
    return True


def _interview(data: dict[str, Any]) -> Interview:
    data = {**data, "text": data["text"].ljust(SIZE, "·")}
    if data["date"] is None or data["date_precision"] is None:
        data = {**data, "date": None, "date_precision": None}
    return Interview.model_validate(data)


INTERVIEWS = records(Interview).map(_interview)


@given(st.lists(INTERVIEWS, max_size=3))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_interviews_come_back_equal_from_arrow_and_parquet(interviews: list[Interview]) -> None:
    """Models → Arrow → Parquet → Arrow → models is the identity, for every field, null and nesting."""
    table = to_table(interviews)
    file = io.BytesIO()
    pq.write_table(table, file)
    file.seek(0)
    assert list(from_table(table)) == interviews
    assert list(from_table(pq.read_table(file))) == interviews


def test_features_are_a_fixed_point() -> None:
    """`datasets` derives features from our schema whose own Arrow schema is ours again."""
    assert hub_features(INTERVIEW_SCHEMA).arrow_schema == INTERVIEW_SCHEMA


def test_every_column_carries_its_description() -> None:
    """A reader of the Parquet file finds each field's meaning in the field's metadata, however deep it stands."""
    for field in _leaves(INTERVIEW_SCHEMA):
        assert field.metadata is not None, field
        assert field.metadata[b"description"], field


def _leaves(fields: Any) -> list[pa.Field]:
    found = []
    for field in fields:
        found.append(field)
        kind = field.type.value_type if pa.types.is_list(field.type) else field.type
        if pa.types.is_struct(kind):
            found += _leaves([kind.field(index) for index in range(kind.num_fields)])
    return found


def test_only_types_that_all_readers_agree_on() -> None:
    """No column is a dictionary, map, timestamp or large string, and every one may be null."""
    plain = {pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()}
    for field in _leaves(INTERVIEW_SCHEMA):
        kind = field.type.value_type if pa.types.is_list(field.type) else field.type
        assert kind in plain or pa.types.is_struct(kind), field
        assert field.nullable, field


def test_columns_follow_the_model() -> None:
    """The table has one column per field of the model, in its order."""
    assert INTERVIEW_SCHEMA.names == list(Interview.model_fields)


@pytest.mark.parametrize("annotation", [dict[str, int], bytes, datetime.datetime, int | str, tuple[int, str], object])
def test_a_type_without_a_place_is_refused(annotation: Any) -> None:
    """A field whose type the tables cannot hold stops the program instead of being guessed."""
    with pytest.raises(ContractError, match="no Arrow type"):
        arrow_type(annotation)


def test_a_refused_type_names_its_field() -> None:
    """The message says which field of which model has no Arrow type."""

    class Odd(BaseModel):
        when: datetime.datetime

    with pytest.raises(ContractError, match=r"Odd\.when"):
        arrow_schema(Odd)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop_columns(["title"]), "lacks the column 'title'"),
        (lambda table: table.append_column("mood", pa.nulls(table.num_rows)), "mean nothing here: mood"),
        (lambda table: table.select(list(reversed(table.column_names))), "not in the order"),
        (
            lambda table: table.set_column(1, "id", pa.array([1] * table.num_rows, pa.int64())),
            "'id' is int64, should be string",
        ),
    ],
)
def test_another_schema_is_refused(change: Any, message: str) -> None:
    """A table that lacks, adds, reorders or retypes a column is named as such, never half read."""
    with pytest.raises(ContractError, match=message):
        list(from_table(change(to_table([]))))


def test_an_invalid_row_is_named() -> None:
    """A row that is no valid record names its interview and the field that is wrong."""
    row = dict.fromkeys(INTERVIEW_SCHEMA.names) | {"id": "c/one"}
    with pytest.raises(ContractError, match=r"'c/one' is not a valid record: \w+"):
        list(from_table(pa.Table.from_pylist([row], schema=INTERVIEW_SCHEMA)))


def test_a_table_of_many_parts_is_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows go to Arrow a part at a time: every record is there once, in order, in one piece."""
    records = interviews(7)
    whole = to_table(records)
    monkeypatch.setattr(arrow, "_ROWS", 3)
    parts = to_table(iter(records))
    assert parts.equals(whole)
    assert parts.column("text").num_chunks == 1
    assert [interview.id for interview in from_table(parts)] == [interview.id for interview in records]
