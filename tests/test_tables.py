"""The tables hold what the record holds, in rows people can use, and give the record back."""

from __future__ import annotations

import hashlib
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ContractError
from onrecord.schema.arrow import hub_features, to_table
from onrecord.schema.interview import Interview, Model, Speaker, Turn, TurnEvidence
from onrecord.tables import DEFAULT, TABLES, config_name, config_names, make_table, rows_table, table_named
from onrecord.tables.assembly import LAYERS, assemble
from onrecord.tables.chat import chat
from onrecord.tables.keys import citation_key, group_of
from onrecord.tables.withheld import OPEN, WORDS, withhold
from tests.samples import TEXT, interview, interviews, span


def test_there_are_five_tables_and_turns_is_the_default() -> None:
    """The five tables of the design exist, and each has a second config for invented records."""
    assert list(TABLES) == ["interviews", "turns", "speakers", "quotes", "messages"]
    assert DEFAULT == "turns"
    assert len(set(config_names())) == 10
    assert table_named(config_name("quotes", fictional=True)) is TABLES["quotes"]


@pytest.mark.parametrize("name", TABLES)
def test_features_of_every_table_are_a_fixed_point(name: str) -> None:
    """`datasets` and Arrow agree on the type of every column of every table."""
    schema = TABLES[name].schema
    assert hub_features(schema).arrow_schema == schema


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: str) -> None:
    """No column of any table is without a description."""
    assert [field.name for field in TABLES[name].schema if not (field.metadata or {}).get(b"description")] == []


def test_a_turn_reads_alone() -> None:
    """A turn's row has its text with paragraphs apart, its speaker's name, and what is known about the interview."""
    rows = make_table("turns", [interview()]).to_pylist()
    assert [row["position"] for row in rows] == list(range(7))
    answer = rows[1]
    assert answer["text"].split("\n\n")[1] == "The harbour will outlive us all."
    assert answer["speaker_name"] == "Ina Vellamo"
    assert (answer["label_text"], answer["role"]) == ("Answer", "answer")
    assert (answer["outlet"], answer["language"], answer["own_language"]) == ("The Quay Letter", "en", None)
    assert TEXT[answer["start"] : answer["end"]].startswith("Answer: Nobody")
    assert rows[5]["language"] == "fi"


def test_a_quote_reads_alone() -> None:
    """A quotation's row has content, cue, source, speaker, the turn's speaker, and the nearest echo in words."""
    first, second = make_table("quotes", [interview()]).to_pylist()
    assert (first["echo"], first["echo_similarity"]) == ("altered", 0.75)
    assert first["echo_text"] == "The harbour will outlive us all"
    assert (first["turn_role"], first["cue_text"], first["source_text"]) == (None, None, None)
    assert second["text"] == "the sea lends … the sea collects"
    assert (second["cue_text"], second["source_text"]) == ("liked to say", "My uncle")
    assert (second["turn_role"], second["turn_speaker_name"]) == ("answer", "Ina Vellamo")


def test_a_speaker_is_counted() -> None:
    """A speaker's row counts turns, words in them, and quotations."""
    rows = {row["name"]: row for row in make_table("speakers", [interview()]).to_pylist()}
    assert (rows["Ina Vellamo"]["turns"], rows["Ina Vellamo"]["quotes"]) == (2, 1)
    assert rows["Mr. Osk"]["words"] == len("May I add one small thing here?".split())


def test_tables_give_the_interviews_back() -> None:
    """Interviews → tables → interviews → tables is the identity, layer by layer from the flat tables."""
    records = interviews(3)
    tables = {name: make_table(name, records) for name in ("interviews", *LAYERS)}
    bare = to_table(record.replace(turns=(), speakers=(), quotes=()) for record in records)
    again = list(assemble({**tables, "interviews": bare}))
    assert again == records
    assert {name: make_table(name, again) for name in tables} == tables


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[1:], "do not count 0, 1, 2"),
        (lambda rows: [{**rows[0], "interview": "gone"}, *rows], "'gone', which is no interview"),
        (lambda rows: [{**rows[0], "paragraphs": [{"start": 0, "end": 10**6}]}, *rows[1:]], "outside the text"),
    ],
)
def test_tables_that_do_not_fit_are_refused(change: Any, message: str) -> None:
    """A missing row, a row of another interview, or a span outside the text is an error that names the place."""
    record = interview()
    rows = change(make_table("turns", [record]).to_pylist())
    turns = pa.Table.from_pylist(rows, schema=TABLES["turns"].schema)
    with pytest.raises(ContractError, match=message):
        list(assemble({"interviews": to_table([record]), "turns": turns}))


def test_a_row_with_other_columns_is_refused() -> None:
    """A builder that forgets or invents a column stops, where Arrow would fill in or drop it."""
    row = {name: None for name in TABLES["turns"].schema.names if name != "text"}
    with pytest.raises(ContractError, match="does not have its columns: mood, text"):
        rows_table(TABLES["turns"], [{**row, "mood": "good"}])


def test_unknown_tables_are_named() -> None:
    """Asking for a table that does not exist lists those there are."""
    with pytest.raises(ContractError, match="there are: interviews, turns"):
        table_named("turn")


def test_chat_alternates_names_third_voices_and_counts() -> None:
    """The interviewee is the assistant, a third voice is named, joined and dropped turns are counted."""
    talk = chat(interview())
    assert talk is not None
    assert [role for role, _ in talk.messages] == ["user", "assistant", "user", "assistant"]
    assert (
        talk.messages[2][1] == "Mr. Osk: May I add one small thing here?\n\nAnd the ferries in winter?\n\nStill late?"
    )
    assert (talk.merged, talk.dropped, talk.named) == (2, 1, ("Mr. Osk",))


VOICES = st.lists(
    st.tuples(
        st.sampled_from([None, 0, 1, 2]), st.sampled_from(["question", "answer", "statement", None]), st.booleans()
    ),
    max_size=12,
)


@given(VOICES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_chat_alternates_and_accounts_for_every_turn(voices: list[Any], known: bool) -> None:
    """Whoever speaks in whatever order: user first, assistant last, strictly in turns, and no turn uncounted."""
    record = _talk(voices, known)
    talk = chat(record)
    if talk is None:
        return
    roles = [role for role, _ in talk.messages]
    assert roles == ["user", "assistant"] * (len(roles) // 2)
    assert roles
    assert all(content.strip() for _, content in talk.messages)
    said = sum(content.count("said") for _, content in talk.messages)
    assert said == len(record.turns) - talk.dropped == len(roles) + talk.merged


def _talk(voices: list[Any], known: bool) -> Interview:
    text = "".join(f"said {number:02}\n" for number in range(len(voices))) + "Ina"
    speakers = tuple(
        Speaker(id=str(number), name=None if number == 2 else f"Name {number}", kind="person", roles=roles)
        for number, roles in enumerate((("interviewee",), ("interviewer",), ()))
        if known
    )
    evidence = TurnEvidence(convention="c", rule="r", attribution="printed", confidence=1)
    turns = tuple(
        Turn(
            id=f"t{number}",
            speaker=None if speaker is None else str(speaker),
            role=role,
            label=None if has_words else span(text, f"said {number:02}"),
            paragraphs=(span(text, f"said {number:02}"),) if has_words else (),
            evidence=evidence,
        )
        for number, (speaker, role, has_words) in enumerate(voices)
    )
    return interview().replace(text=text + "·" * 600, speakers=speakers, turns=turns, quotes=())


def test_groups_follow_the_interviewee() -> None:
    """Interviews with one interviewee share a group whatever the spelling of accents and case; others do not."""

    def named(name: str | None, **more: Any) -> str:
        record = interview("x/" + str(name))
        first = record.speakers[0].model_copy(update={"name": name, **more})
        return group_of(record.replace(speakers=(first, *record.speakers[1:])))

    assert named("Íná  Vellamo") == named("INA VELLAMO")
    assert named("Ina Vellamo") != named("Ida Vellamo")
    assert named("Ina Vellamo", person="ina") == named("I. Vellamo", person="ina")
    assert named(None) == named(None) != group_of(interview("x/other").replace(speakers=()))


def test_citation_keys_are_fit_and_distinct() -> None:
    """A citation key is the id in characters every reference manager takes, and never that of another id."""
    assert citation_key("harbour/one") == "harbour/one"
    odd = ["a b/c", "a_b/c", "a/é", "a/è", "a/x:turn:3"]
    assert len({citation_key(id_) for id_ in odd}) == len(odd)
    assert citation_key("harbour/one#turn@1184") == "harbour/one:turn:1184"
    assert citation_key("a/x#turn@3") != citation_key("a/x:turn:3")


def _models(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for info in model.model_fields.values():
        yield from _nested(info.annotation)


def _nested(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield from _models(annotation)
    for argument in get_args(annotation):
        if get_origin(annotation) is not Literal:
            yield from _nested(argument)


def _holds_text(annotation: Any) -> bool:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal or annotation is str:
        return True
    if origin in (Annotated, Union, types.UnionType, tuple):
        return any(_holds_text(argument) for argument in arguments)
    return False


ALL_MODELS = sorted({found for table in TABLES.values() for found in _models(table.model)}, key=lambda m: m.__name__)


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.__name__)
def test_every_text_field_is_judged(model: type[Model]) -> None:
    """Each text field of each model is either words of the source or open: a new field cannot be forgotten."""
    texts = {name for name, info in model.model_fields.items() if _holds_text(info.annotation)}
    assert OPEN[model] | WORDS[model] >= texts
    assert not OPEN[model] & WORDS[model]
    assert OPEN[model] | WORDS[model] <= set(model.model_fields)


@pytest.mark.parametrize("name", ["interviews", "turns", "speakers", "quotes"])
def test_standoff_rows_hold_no_words(name: str) -> None:
    """A standoff row has spans and names, and no run of three words of the text anywhere, however deep."""
    table = TABLES[name]
    rows = [withhold(table.model, row) for row in table.rows(interview())]
    flat = " ".join(_strings(rows_table(table, rows).to_pylist()))
    words = TEXT.split()
    grams = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)} - {"The Quay Letter."}
    assert [gram for gram in grams if gram in flat] == []
    assert "Ina Vellamo" in flat or name == "turns"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def test_a_description_is_no_name() -> None:
    """What is printed in place of a name, "A Deaf Bellringer", is words of the source; names stay in any language."""
    for name, kept in (("A Deaf Bellringer", False), ("An Nguyen", True), ("La Toya Osk", True), ("Ina Vellamo", True)):
        record = interview()
        speaker = record.speakers[0].model_copy(update={"name": name})
        (row, *_) = TABLES["speakers"].rows(record.replace(speakers=(speaker, *record.speakers[1:])))
        assert (withhold(TABLES["speakers"].model, row)["name"] == name) is kept, name


def test_hashes_stay_unless_they_give_the_text_away() -> None:
    """A withheld turn can be recognized by its hash, but a short one cannot be guessed from it."""
    table = TABLES["turns"]
    rows = table.rows(interview())
    for row in rows:
        kept = withhold(table.model, row)
        assert kept["text"] is None
        assert kept["text_sha256"] == (
            hashlib.sha256(row["text"].encode()).hexdigest() if len(row["text"]) >= 40 else None
        )
        assert withhold(table.model, kept) == kept
    assert {len(row["text"]) >= 40 for row in rows} == {True, False}


def test_withholding_keeps_everything_else() -> None:
    """Spans, hashes, ids and dates of a standoff row equal those of the full row."""
    row = TABLES["interviews"].rows(interview())[0]
    kept = withhold(Interview, row)
    assert kept["text"] is None
    assert kept["text_sha256"] == row["text_sha256"]
    assert [turn["paragraphs"] for turn in kept["turns"]] == [turn["paragraphs"] for turn in row["turns"]]
    assert kept["blocks"][1]["facts"][0] == {**row["blocks"][1]["facts"][0], "value": None}
    assert row["text"] is not None
