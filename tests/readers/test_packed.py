"""Interviews packed into Parquet and JSON lines: found row by row, read as files of their own."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.building import build
from onrecord.collection.facts import Facts
from onrecord.pipeline import process
from onrecord.readers import packed, rebuild
from onrecord.readers.packed import row_facts
from onrecord.rebuilding import rebuild_files
from onrecord.sources import discover

ROWS: list[dict[str, Any]] = [
    {"id": "one", "text": "Q: Who lit it?\nA: We did.\n", "title": "The Lamp", "date": "1998-05"},
    {"id": "two", "text": "Q: Ünd when?\r\nA: At dusk. 😀\r\n", "title": None, "date": "1999"},
    {"id": "three", "text": "Q: Why?\nA: For the boats.", "title": "Boats", "date": None},
]


def _parquet(file: Path, rows: list[dict[str, Any]], **options: Any) -> None:
    pq.write_table(pa.Table.from_pylist(rows), file, **options)


def _jsonl(file: Path, rows: list[dict[str, Any]], **_: Any) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


WRITERS = {"parquet": _parquet, "jsonl": _jsonl}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A collection with a silent card."""
    home = tmp_path / "raw" / "c"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text(
        "title: C\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Ours.}\n"
    )
    return home


@pytest.fixture(params=["parquet", "jsonl"])
def shard(request: pytest.FixtureRequest, home: Path) -> Path:
    """A shard of three interviews, of each format; Parquet in two row groups."""
    file = home / f"part-0.{request.param}"
    WRITERS[request.param](file, ROWS, row_group_size=2)
    return file


def test_a_row_is_an_interview_with_its_own_text_id_and_digest(home: Path, shard: Path) -> None:
    """The id is the row's, the text is as it stands, the digest is that of its bytes, the locator names the place."""
    found = discover(home.parent)
    assert [item.id for item in found.sources] == ["c/one", "c/two", "c/three"]
    assert found.findings == ()
    unit = "row" if shard.suffix == ".parquet" else "line"
    for number, (source, row) in enumerate(zip(found.sources, ROWS, strict=True), 1):
        record = process(source.load())
        assert rebuild(record) == row["text"].encode()
        assert record.origin.sha256 == hashlib.sha256(row["text"].encode()).hexdigest()
        assert (record.origin.path, record.origin.locator) == (f"c/{shard.name}", f"{unit}={number}")
    assert [(item.load().facts.title, item.load().facts.date_precision) for item in found.sources] == [
        ("The Lamp", "month"), (None, "year"), ("Boats", None),
    ]  # fmt: skip


def test_rows_are_found_in_any_order(home: Path, shard: Path) -> None:
    """Asked backwards, a row is the same: the cursor goes back."""
    sources = discover(home.parent).sources
    assert [item.load().data for item in reversed(sources)] == [row["text"].encode() for row in reversed(ROWS)]
    assert shard.exists()


def test_what_the_card_says_wins_over_the_row(home: Path, shard: Path) -> None:
    """The row fills in what card and sidecar leave open."""
    (home / "collection.yaml").write_text("outlet: The Quay\n")
    (home / f"{shard.stem}.yaml").write_text("title: All\n")
    found = discover(home.parent)
    assert {(s.load().facts.title, s.load().facts.outlet) for s in found.sources} == {("All", "The Quay")}


def test_the_card_maps_columns(home: Path) -> None:
    """`fields` names the columns for what has another name; a column that then means nothing is reported."""
    (home / "collection.yaml").write_text("fields: {id: key, text: body, outlet: medium}\n")
    _jsonl(home / "a.jsonl", [{"key": 7, "body": "Q: Who?\nA: Me.", "medium": "Radio", "shelf": 3}])
    found = discover(home.parent)
    (source,) = found.sources
    assert (source.id, source.load().facts.outlet, source.load().data) == ("c/7", "Radio", b"Q: Who?\nA: Me.")
    assert [(item.code, item.path) for item in found.findings] == [("unread-column", "c/a.jsonl")]
    assert "`shelf`" in found.findings[0].message


def test_metadata_in_an_object_or_as_json_is_read() -> None:
    """A column `metadata` holds what others hold in columns; a column of its own wins."""
    held = {"outlet": "The Quay", "date": "2001-02-03", "lang": "de"}
    for value in (held, json.dumps(held), list(held.items())):
        facts = row_facts({"metadata": value, "outlet": "Radio", "speakers": ["Ada Hale", "Bo"]}, Facts())
        assert (facts.outlet, facts.date, facts.language) == ("Radio", datetime.date(2001, 2, 3), "de")
        assert [item.name for item in facts.participants] == ["Ada Hale", "Bo"]
    assert row_facts({"guest": "Ada; Bo", "date": datetime.date(2020, 1, 2)}, Facts()).participants[1].name == "Bo"
    assert row_facts({"date": "2001-02-30", "metadata": "{broken"}, Facts()).date is None


def test_values_are_words_and_people_with_roles_or_nothing() -> None:
    """Columns of people say who takes part as what; lists are joined; what is no word is unknown."""
    values = {
        "interviewer": ["Ada Hale"],
        "interviewee": "Bo Lund",
        "guest": "Bo Lund; Cy\ud800",
        "title": ["On", "Ice"],
    }
    facts = row_facts({**values, "outlet": {"name": "Quay"}, "place": float("nan"), "summary": "\udfff"}, Facts())
    assert [(item.name, item.roles) for item in facts.participants] == [
        ("Ada Hale", ("interviewer",)), ("Bo Lund", ("interviewee",)), ("Cy\ufffd", ()),
    ]  # fmt: skip
    assert (facts.title, facts.outlet, facts.place, facts.summary) == ("On; Ice", None, None, "\ufffd")
    facts.model_dump_json()


def test_cells_that_python_cannot_hold_cost_nothing_else(home: Path) -> None:
    """Nanoseconds, years far away, unnamed zones, bytes that are no UTF-8: said as far as they can be, else unknown."""
    times = {
        "date": pa.array([1612345678123456789], pa.timestamp("ns")),
        "published": pa.array([2**62], pa.timestamp("us")),
        "retrieved": pa.array([0], pa.timestamp("us", "Quay/Pier")),
        "metadata": pa.array([{"date": 2**62}], pa.struct([("date", pa.timestamp("us"))])),
        "title": _bytes(b"Ice \xff"),
    }
    pq.write_table(pa.table({"id": ["a"], "text": _bytes(b"Q: Who?\nA: \xff, they say."), **times}), home / "a.parquet")
    pq.write_table(pa.table({"id": _bytes(b"\xff"), "text": ["Q: Why?\nA: For the ice."]}), home / "b.parquet")
    one, two = [process(source.load()) for source in discover(home.parent).sources]
    assert (one.text, one.title, one.date) == ("Q: Who?\nA: \ufffd, they say.", None, datetime.date(2021, 2, 3))
    assert [item.code for item in one.findings] == ["undecodable-bytes"]
    assert [item.message for item in two.findings] == ["The part row=1 cannot be read: it has no id."]


def _bytes(data: bytes) -> pa.Array:
    """One string made of bytes, whatever they are."""
    return pa.StringArray.from_buffers(1, pa.array([0, len(data)], pa.int32()).buffers()[1], pa.py_buffer(data))


def test_ids_that_stand_twice_are_kept_apart_and_both_places_are_named(home: Path) -> None:
    """Over shards as within one."""
    _parquet(home / "a.parquet", ROWS)
    _jsonl(home / "b.jsonl", [ROWS[0]])
    found = discover(home.parent)
    (finding,) = found.findings
    assert (finding.code, finding.path, found.sources[-1].id) == ("duplicate-id", "c/b.jsonl", "c/one~2")
    assert "c/a.parquet (row=1)" in finding.message
    assert "(line=1)" in finding.message
    assert finding.hint == "Give line=1 of c/b.jsonl an id of its own."


def test_utterances_are_not_taken_for_interviews(home: Path) -> None:
    """Rows with a speaker or a conversation are parts of one interview, as before."""
    rows = [{"id": str(n), "speaker": "ab"[n % 2], "text": f"No. {n}", "conversation_id": "x"} for n in range(4)]
    _parquet(home / "talk.parquet", rows)
    (source,) = discover(home.parent).sources
    assert source.packed is None
    assert len(process(source.load()).turns) == 4


def _codes(home: Path) -> list[tuple[str, str]]:
    made = [process(source.load()) for source in discover(home.parent).sources]
    return [(record.id, item.code) for record in made for item in record.findings if item.level == "error"]


def test_a_shard_with_a_wrong_schema_says_so_and_the_others_go_on(home: Path) -> None:
    """What is missing or of another type is named, with what there is."""
    _parquet(home / "a.parquet", ROWS)
    _parquet(home / "b.parquet", [{"id": "x", "text": 5}])
    assert _codes(home) == [("c/b", "unreadable-file")]
    text = pa.array(["Q: Who?"])
    pq.write_table(pa.Table.from_arrays([text] * 3, names=["id", "text", "text"]), home / "b.parquet")
    assert discover(home.parent).sources[-1].unreadable == "it has several columns `text`"
    (home / "collection.yaml").write_text("fields: {id: id, text: text}\n")
    _parquet(home / "b.parquet", [{"id": "x", "words": "Q: Who?"}])
    assert _codes(home) == [("c/b", "unreadable-file")]
    (bad,) = [item for item in discover(home.parent).sources if item.id == "c/b"]
    assert bad.unreadable == "it has no column `text`; there are: id, words"


def test_a_truncated_shard_says_so_and_the_others_go_on(home: Path) -> None:
    """A Parquet file that was cut off has no end that says what is in it."""
    _parquet(home / "a.parquet", ROWS)
    (home / "b.parquet").write_bytes((home / "a.parquet").read_bytes()[:-100])
    (home / "c.parquet").write_bytes(b"PAR")
    assert _codes(home) == [("c/b", "cut-off"), ("c/c", "unreadable-format")]
    assert "not a Parquet table" in process(discover(home.parent).sources[-1].load()).findings[0].message


def test_a_shard_that_is_damaged_within_loses_only_what_is_damaged(home: Path) -> None:
    """Rows of other row groups are read; those of the damaged one say why not."""
    rows = [{"id": f"r{n}", "text": f"Q: Who is {n}?\nA: {'x' * 500} {n}.\n"} for n in range(40)]
    _parquet(home / "a.parquet", rows, row_group_size=10, compression="NONE", use_dictionary=False)
    data = bytearray((home / "a.parquet").read_bytes())
    at = data.index(b"Who is 12?")
    start = pq.read_metadata(home / "a.parquet").row_group(1).column(1).data_page_offset
    data[start : start + 12] = b"\xff" * 12
    assert at > start
    (home / "a.parquet").write_bytes(data)
    made = [process(source.load()) for source in discover(home.parent).sources]
    broken = {record.id for record in made if any(item.code == "unreadable-file" for item in record.findings)}
    assert broken == {f"c/r{n}" for n in range(10, 20)}
    assert len(made) == 40


def test_a_broken_line_says_so_and_the_others_are_read(home: Path) -> None:
    """No JSON, no object, no text, no id: each is a record that says what is wrong, in its place."""
    good = json.dumps(ROWS[0])
    lines = [good, '{"id": "x", "text": ', "[1]", '{"id": "y"}', '{"text": "Q: Who?"}', "", json.dumps(ROWS[2])]
    (home / "a.jsonl").write_text("\n".join(lines))
    assert [item.id for item in discover(home.parent).sources] == [
        "c/one", "c/a.line-2", "c/a.line-3", "c/a.line-4", "c/a.line-5", "c/three",
    ]  # fmt: skip
    assert [code for _, code in _codes(home)] == ["unreadable-file"] * 4


@pytest.mark.parametrize("kind", WRITERS)
def test_a_row_that_is_too_large_says_so(home: Path, kind: str) -> None:
    """One row above `max_bytes` is a finding; its neighbours are read."""
    (home / "collection.yaml").write_text("max_bytes: 1000\n")
    WRITERS[kind](home / f"a.{kind}", [ROWS[0], {**ROWS[1], "text": "word " * 1000}, ROWS[2]])
    bad = [item for item in discover(home.parent).sources if item.load().unreadable]
    assert len(bad) == 1
    assert "at most 1,000 are read as one interview" in str(bad[0].load().unreadable)


def test_a_line_that_is_too_large_is_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a line beyond the limit only pieces are in memory at a time."""
    monkeypatch.setattr(packed, "_BUFFER", 1 << 10)
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"a": 1}\n' + b"x" * 100_000 + b"\n" + b'{"b": 2}')
    with file.open("rb") as stream:
        held = list(packed._lines(stream, 2_000))
    assert held == [(9, b'{"a": 1}\n'), (100_001, None), (8, b'{"b": 2}')]


def test_row_groups_are_decoded_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows asked for in order read each row group once, however many rows it has."""
    _parquet(home / "a.parquet", [{"id": str(n), "text": f"Q: {n}?"} for n in range(2000)], row_group_size=500)
    begun: list[int] = []
    really = packed._Cursor._begin

    def counted(cursor: packed._Cursor, number: int) -> None:
        begun.append(number)
        really(cursor, number)

    monkeypatch.setattr(packed._Cursor, "_begin", counted)
    assert len({source.load().data for source in discover(home.parent).sources}) == 2000
    assert begun == [0, 500, 1000, 1500]


def test_texts_come_back_from_the_dataset(home: Path, shard: Path, tmp_path: Path) -> None:
    """`rebuild` gives the text of each row back, byte for byte, under the name of its place."""
    build(home.parent, tmp_path / "out")
    done = list(rebuild_files(tmp_path / "out", tmp_path / "again"))
    assert all(item.done for item in done)
    unit = "row" if shard.suffix == ".parquet" else "line"
    again = {
        path.relative_to(tmp_path / "again").as_posix(): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    assert again == {f"c/{shard.name}/{unit}={n}": row["text"].encode() for n, row in enumerate(ROWS, 1)}
