"""The record: frozen all the way down, one door for change, and the same in JSON, Arrow, Parquet and flat tables."""

from __future__ import annotations

import datetime
import io
import json
import types
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from onrecord import testing
from onrecord.checks.record import broken
from onrecord.collection.facts import Facts
from onrecord.schema.arrow import INTERVIEW_SCHEMA, from_table, to_table
from onrecord.schema.interview import Interview, Model
from onrecord.tables import TABLES, make_table
from onrecord.tables.assembly import assemble

UNCHANGEABLE = (str, int, float, bool, datetime.date, type(None))


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models an annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_of(argument)


def below(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Return `model` and every model in its fields, at any depth."""
    if model not in seen:
        seen.add(model)
        for info in model.model_fields.values():
            for inner in models_of(info.annotation):
                below(inner, seen)
    return seen


MODELS = sorted(below(Interview, set()) | below(Facts, set()) | {t.model for t in TABLES.values()}, key=str)


def changeable(annotation: Any) -> bool:
    """Whether a value of this type can be changed in place."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return changeable(arguments[0])
    if origin is Literal:
        return False
    if origin is tuple:
        return any(changeable(argument) for argument in arguments if argument is not Ellipsis)
    if origin in (Union, types.UnionType):
        return any(changeable(argument) for argument in arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return not annotation.model_config.get("frozen")
    return annotation not in UNCHANGEABLE


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_models_are_frozen_all_the_way_down(model: type[BaseModel]) -> None:
    """No field of any model holds a list, a dict or anything else that can be changed; unknown fields are refused."""
    assert issubclass(model, Model)
    assert model.model_config.get("frozen")
    assert model.model_config.get("extra") == "forbid"
    assert [name for name, info in model.model_fields.items() if changeable(info.annotation)] == []


def test_the_test_of_frozen_models_can_fail() -> None:
    """Lists, dicts, sets, bytearrays and `Any` are seen as changeable, also inside tuples and alternatives."""
    annotations = [list[str], dict[str, int], set[int], bytearray, Any, tuple[list[int], ...], list[int] | None]
    assert all(changeable(annotation) for annotation in annotations)


@given(testing.interviews())
def test_a_field_cannot_be_set(interview: Interview) -> None:
    """Setting a field of a record raises."""
    with pytest.raises(ValidationError):
        interview.title = "changed"  # type: ignore[misc] # this is what must not work


@given(testing.interviews())
def test_generated_interviews_keep_what_they_promise(interview: Interview) -> None:
    """The public strategy gives records in which blocks partition, turns are in order, and references resolve."""
    text = interview.text
    assert "".join(block.span.of(text) for block in interview.blocks) == text
    assert all(a.span.end <= b.span.start for a, b in pairwise(interview.turns))
    speakers = [speaker.id for speaker in interview.speakers]
    turns = [turn.id for turn in interview.turns]
    quotes = [quote.id for quote in interview.quotes]
    assert len({*speakers, *turns, *quotes}) == len(speakers) + len(turns) + len(quotes)
    assert {turn.speaker for turn in interview.turns} | {quote.speaker for quote in interview.quotes} <= {
        None,
        *speakers,
    }
    assert {quote.turn for quote in interview.quotes} <= {None, *turns}
    assert {quote.parent for quote in interview.quotes} <= {None, *quotes}
    assert all(span.of(text) for quote in interview.quotes for span in quote.content)
    assert all(quote.content for quote in interview.quotes)
    assert [item.message for item in broken(interview)] == []


@given(testing.interviews())
def test_json_gives_the_record_back(interview: Interview) -> None:
    """A record printed as JSON is read back equal, and printed again it is the same bytes."""
    printed = interview.model_dump_json()
    again = Interview.model_validate_json(printed)
    assert again == interview
    assert again.model_dump_json() == printed
    assert Interview.model_validate(json.loads(printed)) == interview


@given(st.lists(testing.interviews(), max_size=3))
def test_arrow_and_parquet_give_the_records_back(interviews: list[Interview]) -> None:
    """Records become rows of the stated schema and come back equal, from memory and from a Parquet file."""
    table = to_table(interviews)
    assert table.schema.equals(INTERVIEW_SCHEMA, check_metadata=True)
    assert table.num_rows == len(interviews)
    assert list(from_table(table)) == interviews
    file = io.BytesIO()
    pq.write_table(table, file)
    assert list(from_table(pq.read_table(io.BytesIO(file.getvalue())))) == interviews


@given(st.lists(testing.interviews(), max_size=3), st.randoms(use_true_random=False))
def test_tables_give_the_interviews_back(interviews: list[Interview], random: Any) -> None:
    """Interviews to tables to interviews is the identity, whatever the order of the rows of the flat tables."""
    interviews = [interview.replace(id=f"generated/{number}") for number, interview in enumerate(interviews)]
    tables = {name: make_table(name, interviews) for name in ("interviews", "speakers", "turns", "quotes")}
    bare = pa.Table.from_pylist(
        [{**row, "speakers": [], "turns": [], "quotes": []} for row in tables["interviews"].to_pylist()],
        schema=INTERVIEW_SCHEMA,
    )
    shuffled = {name: _shuffled(table, random) for name, table in tables.items() if name != "interviews"}
    assert list(assemble({"interviews": bare, **shuffled})) == interviews


def _shuffled(table: pa.Table, random: Any) -> pa.Table:
    order = list(range(table.num_rows))
    random.shuffle(order)
    return table.take(pa.array(order, pa.int64()))


@given(testing.interviews())
def test_every_table_has_a_row_where_it_should(interview: Interview) -> None:
    """There is a row per interview, per turn, per speaker and per quotation; the words of a row are the slices."""
    rows = {name: make_table(name, [interview]).to_pylist() for name in TABLES}
    assert [len(rows[name]) for name in ("interviews", "turns", "speakers", "quotes")] == [
        1, len(interview.turns), len(interview.speakers), len(interview.quotes),
    ]  # fmt: skip
    for turn, row in zip(interview.turns, rows["turns"], strict=True):
        assert row["text"] == "\n\n".join(span.of(interview.text) for span in turn.paragraphs)
    for quote, row in zip(interview.quotes, rows["quotes"], strict=True):
        assert row["text"] == " … ".join(span.of(interview.text) for span in quote.content)


@given(testing.interviews())
def test_replacing_validates(interview: Interview) -> None:
    """The one door for change checks again: what fits comes out changed, what does not is refused."""
    assert interview.replace() == interview
    assert interview.replace(title="another").title == "another"
    with pytest.raises(ValidationError):
        interview.replace(titel="misspelt")
    with pytest.raises(ValidationError):
        interview.replace(blocks=({"span": {"start": 0, "end": len(interview.text) + 1}, "kind": "paragraph"},))
