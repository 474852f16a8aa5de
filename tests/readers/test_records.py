"""Data formats: shapes are recognised by what they are made of, and files of many interviews are divided."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds

ROWS = [{"speaker": "Ada", "text": "Who lit it?"}, {"speaker": "Bo", "text": "We did."}]
SAID = [("Who lit it?", "Ada"), ("We did.", "Bo")]


def read(value: Any, *, reader: str = "json", fields: dict[str, str] | None = None) -> Reading:
    """Read a value as JSON, or text as it is."""
    data = value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()
    return READERS[reader].read(data, Facts(fields=tuple((fields or {}).items())))


def parts(value: Any, *, reader: str = "json", fields: dict[str, str] | None = None) -> list[tuple[str | None, str]]:
    """The interviews of a file: their locators and texts."""
    data = value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()
    facts = Facts(fields=tuple((fields or {}).items()))
    return [(locator, READERS[reader].read(part, facts).text) for locator, part in READERS[reader].split(data, facts)]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {"turns": ROWS},
        {"version": "1.0.0", "segments": [{"speaker": r["speaker"], "startTime": 0, "body": r["text"]} for r in ROWS]},
        {"data": {"items": {"list": ROWS}}, "tags": [{"name": "lamp"}], "ids": [1, 2]},
        {"utt": ["Who lit it?", "We did."], "speaker": ["Ada", "Bo"]},
        {"messages": [{"role": r["speaker"], "content": r["text"]} for r in ROWS]},
        {"conversations": [{"from": r["speaker"], "value": r["text"]} for r in ROWS]},
        {"monologues": [{"speaker": r["speaker"], "elements": [{"value": r["text"]}]} for r in ROWS]},
        {"utterances": [{**r, "words": [{"text": w} for w in r["text"].split()]} for r in ROWS], "text": "…"},
        {"turns": [{"speaker": {"id": 1, "name": r["speaker"]}, "Text": r["text"]} for r in ROWS]},
        {"turns": [{"Speaker Name": f"{r['speaker']}:", "text": r["text"]} for r in ROWS]},
    ],
    ids=["list", "dict", "podcast", "deep", "mediasum", "chat", "sharegpt", "rev", "words", "objects", "names"],
)
def test_known_shapes_give_voices_and_what_they_say(value: Any) -> None:
    """Lists of utterances are found wherever they are and however their fields are called."""
    assert kinds(read(value), "speaker") == SAID


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table"])
def test_a_data_frame_in_json_is_read_however_it_is_oriented(orient: Any) -> None:
    """What pandas writes as JSON has its rows, whichever way round."""
    assert kinds(read(str(pd.DataFrame(ROWS).to_json(orient=orient))), "speaker") == SAID


def test_columns_as_lists_are_rows() -> None:
    """What `Dataset.to_dict` gives, a list for each column, has its rows."""
    assert kinds(read({name: [row[name] for row in ROWS] for name in ROWS[0]}), "speaker") == SAID


@pytest.mark.parametrize(
    ("name", "options"),
    [("csv", {}), ("csv", {"sep": ";"}), ("csv", {"sep": "\t", "index": False}), ("csv", {"encoding": "utf-16"})],
)
def test_a_table_that_pandas_writes_is_read(name: str, options: dict[str, Any], tmp_path: Path) -> None:
    """Delimiters, an index without a name, and UTF-16 are no obstacle."""
    pd.DataFrame(ROWS).to_csv(tmp_path / "table", **options)
    assert kinds(read((tmp_path / "table").read_bytes(), reader=name), "speaker") == SAID


def test_questions_and_answers_in_one_object_are_two_utterances() -> None:
    """An object with a question and an answer holds both, with the side as value."""
    reading = read(
        [{"question": "Who?", "answer": "<p>We &amp; <b>they</b>.</p>"}, {"question": "When?", "answer": "Then."}]
    )
    assert reading.text == "Who?\n\nWe & they.\n\nWhen?\n\nThen."
    assert [value for _, value in kinds(reading, "style")] == ["question", "answer"] * 2
    assert kinds(reading, "bold") == [("they", None)]


@pytest.mark.parametrize(
    ("times", "cue"),
    [
        ({"start": 1.5, "end": 2}, "1500-2000"),
        ({"start": 1_000_000, "end": 1_001_000}, "1000000-1001000"),
        ({"startTime": 1, "endTime": 2}, "1000-2000"),
        ({"start": "00:01:02,500", "end": "00:01:03"}, "62500-63000"),
        ({"timestamp": "[0:15] the beginning"}, "15000-"),
        ({"start": 2, "end": 1}, "2000-"),
        ({"start": -1}, None),
        ({"start": True}, None),
        ({"start": "soon"}, None),
    ],
)
def test_times_are_milliseconds_whatever_their_unit(times: dict[str, Any], cue: str | None) -> None:
    """Seconds, milliseconds and clocks are told apart; what makes no sense is no time."""
    assert kinds(read([{"text": "Words.", "speaker": "Ada", **times}]), "cue") == ([("Words.", cue)] if cue else [])


def test_an_utterance_without_a_speaker_has_none() -> None:
    """Empty, null and missing speakers are no speakers."""
    rows = [{"speaker": "", "text": "a"}, {"speaker": None, "text": "b"}, {"text": "c"}, {"speaker": 0, "text": "d"}]
    assert kinds(read(rows), "speaker") == [("d", "0")]


def test_single_words_of_one_voice_are_joined() -> None:
    """Files with an utterance for every word give a paragraph for every voice."""
    words = [{"speaker": "AB"[n // 20], "body": f"w{n}", "startTime": n, "endTime": n + 1} for n in range(40)]
    reading = read({"segments": words})
    assert kinds(reading, "cue") == [
        (" ".join(f"w{n}" for n in range(20)), "0-20000"),
        (" ".join(f"w{n}" for n in range(20, 40)), "20000-40000"),
    ]


def test_the_cards_fields_say_where_things_are() -> None:
    """Paths from the card win over what would be recognised."""
    value = {"head": {"t": "The lamp"}, "body": [{"w": {"n": "Ada"}, "q": "Who lit it?", "text": "no"}], "turns": ROWS}
    fields = {"turns": "body", "text": "q", "speaker": "w.n", "title": "head.t"}
    reading = read(value, fields=fields)
    assert kinds(reading, "speaker") == [("Who lit it?", "Ada")]
    assert dict(reading.stated) == {"title": "The lamp"}


def test_an_interview_in_one_string_keeps_its_lines() -> None:
    """A record whose text is one string is that text; its other fields state facts."""
    reading = read({"id": "a", "title": "The lamp", "lang": "en", "text": "Q: Who?\nA: We.\n\nQ: When?"})
    assert reading.text == "Q: Who?\nA: We.\n\nQ: When?"
    assert dict(reading.stated) == {"title": "The lamp", "language": "en"}


def test_files_of_many_interviews_are_divided() -> None:
    """Objects that are interviews, lines that are, and utterances that name their conversation have locators."""
    talks = [{"title": "A", "turns": ROWS}, {"title": "B", "turns": ROWS[1:]}]
    assert parts(talks) == [("item=1", "Who lit it?\n\nWe did."), ("item=2", "We did.")]
    lines = "\n".join(map(json.dumps, talks))
    assert parts(lines) == [("line=1", "Who lit it?\n\nWe did."), ("line=2", "We did.")]
    corpus = "".join(json.dumps({**row, "conversation_id": row["speaker"]}) + "\n" for row in ROWS)
    assert parts(corpus) == [("conversation_id=Ada", "Who lit it?"), ("conversation_id=Bo", "We did.")]
    assert parts([{**row, "talk": 7} for row in ROWS] + [{**ROWS[0], "talk": 8}], fields={"interview": "talk"}) == [
        ("talk=7", "Who lit it?\n\nWe did."),
        ("talk=8", "Who lit it?"),
    ]


def test_utterances_of_one_interview_are_not_divided() -> None:
    """A list of utterances, and lines with one each, are one interview."""
    assert parts(ROWS) == [(None, "Who lit it?\n\nWe did.")]
    assert parts("\n".join(map(json.dumps, ROWS))) == [(None, "Who lit it?\n\nWe did.")]


def test_a_broken_line_is_a_part_of_its_own() -> None:
    """Among lines that are interviews a broken one has a record that says so and keeps what can be read."""
    lines = '{"text": "One."}\n{"text": "Tw\n{"text": "Three."}\n'
    assert parts(lines) == [("line=1", "One."), ("line=2", "Tw"), ("line=3", "Three.")]
    assert codes(read('{"text": "Tw')) == ["cut-off"]


def test_a_broken_utterance_is_left_out_and_said() -> None:
    """Among lines that are utterances a broken one is named by its line."""
    reading = read('{"speaker": "A", "text": "One."}\n{"speaker": \n{"speaker": "A", "text": "Three."}\n')
    assert reading.text == "One.\n\nThree."
    assert codes(reading) == ["malformed-markup"]
    assert "Line 2 " in reading.problems[0].message


def test_half_a_character_is_no_traceback() -> None:
    """An escape of half a character becomes U+FFFD and is said; whole ones are read."""
    reading = read('[{"speaker": "A\\ud83c", "text": "One \\ud83c two \\ud83c\\udf0a."}]')
    assert reading.text == "One \ufffd two \U0001f30a."
    assert codes(reading) == ["malformed-markup"]
    assert codes(read('[{"speaker": "A", "text": "One \\ud83c\\udf0a."}]')) == []


def test_a_script_that_assigns_a_value_is_read() -> None:
    """`var talk = […];` holds the value, and what the script does then is nothing to us."""
    script = f"window.talk = {json.dumps(ROWS)};\nshow(talk);"
    assert kinds(read(script), "speaker") == SAID


@pytest.mark.parametrize(
    "table",
    [
        "speaker,text\nAda,Who lit it?\nBo,We did.\n",
        "Speaker;Text\nAda;Who lit it?\nBo;We did.\n",
        "id\tname\ttranscript\n1\tAda:\tWho lit it?\n2\tBo:\tWe did.\n",
        "Line,Speaker,Text,Date\n1,Ada,Who lit it?,2020\n2,Bo,We did.,2020\n",
        '"text"|"who"\n"Who lit it?"|"Ada"\n"We did."|"Bo"\n',
        "speaker,nonsense\nAda,Who lit it?\nBo,We did.\n",
    ],
)
def test_tables_of_all_dialects_are_read(table: str) -> None:
    """Commas, semicolons, tabs and pipes; columns by their names, whatever else there is."""
    assert kinds(read(table, reader="csv"), "speaker") == SAID


def test_a_table_without_names_is_read_by_its_columns() -> None:
    """Without a header the longest column is what is said, and one with few short values who says it."""
    table = "1\tAda\tWho lit it?\n2\tBo\tWe did.\n3\tAda\tWhen?\n4\tBo\tIn spring.\n"
    assert [value for _, value in kinds(read(table, reader="csv"), "speaker")] == ["Ada", "Bo", "Ada", "Bo"]


def test_cells_keep_quotes_newlines_and_character_references() -> None:
    """A cell is what it says: doubled quotes, lines within it, and `&#8212;` as a page shows it."""
    reading = read('speaker,words\nAda,"She said ""so"",\nand &#8212; no."\n', reader="csv")
    assert reading.text == 'She said "so", and — no.'
    assert read('speaker,words\nAda,"One.\nTwo."\n', reader="csv").text == "One.\nTwo."


def test_a_card_can_divide_a_table() -> None:
    """The column that `fields: interview` names tells the interviews of a table apart."""
    table = "talk,speaker,text\nx,Ada,One.\ny,Bo,Two.\nx,Bo,Three.\n"
    assert parts(table, reader="csv", fields={"interview": "talk"}) == [
        ("talk=x", "One.\n\nThree."),
        ("talk=y", "Two."),
    ]


def test_parquet_with_interviews_in_rows_or_utterances_in_rows() -> None:
    """Rows with a text each are interviews; rows with speakers are utterances."""
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"id": "a", "text": "Q: Who?"}, {"id": "b", "text": "Q: When?"}]), data)
    assert parts(data.getvalue(), reader="parquet") == [("item=1", "Q: Who?"), ("item=2", "Q: When?")]
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), data)
    assert kinds(read(data.getvalue(), reader="parquet"), "speaker") == SAID


def test_columns_that_count_rows_say_nothing() -> None:
    """`turn` and `line` may hold numbers; then another column is what is said, and no word is lost."""
    table = "turn\tspk\ttxt\n1\tINT\tWho lit it?\n2\tRES\tWe did.\n"
    assert read(table, reader="csv").text == "Who lit it?\n\nWe did."


def test_a_table_of_questions_and_answers_is_an_exchange() -> None:
    """Two columns named for the sides give two utterances a row."""
    assert read("no,question,answer\n1,Who?,We did.\n", reader="csv").text == "Who?\n\nWe did."


def test_values_tell_fields_that_no_table_knows() -> None:
    """Short values that take turns are voices, long ones that ask are words; goods that repeat are neither."""
    said = ["Who lit it then?", "We did it at noon.", "And who put it out?", "The rain put it out."]
    rows = [{"qui": voice, "dit": words} for voice, words in zip("ABAB", said, strict=True)]
    assert read({"scene": rows}).text == "\n\n".join(said)
    assert read([[row["qui"], row["dit"]] for row in rows]).text == "\n\n".join(said)
    assert read([{**row, "dit": row["dit"].replace("?", ".")} for row in rows]).text == ""
