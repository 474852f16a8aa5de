"""Parts: what is published of each record, with its sizes and digests, made anew only if it changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.batch import records_table
from onrecord.building import build
from onrecord.engines import shards
from onrecord.engines.local import Local
from onrecord.engines.shards import write_shard
from onrecord.publish.digest import canonical_json
from onrecord.publish.parts import PartFile, Parting, PartsAlso, Rules, digests_of, make_part, published_rows, sizes_of
from onrecord.schema.arrow import to_table
from onrecord.schema.interview import Interview, Rights
from onrecord.tables import TABLES, Flat
from onrecord.testing import interviews
from tests.samples import interview

CARD = "title: C\nlanguage: en\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Ours.}\n"


@given(interviews(), st.sampled_from(["full", "standoff", "none"]))
def test_a_part_says_of_each_row_what_it_says_and_its_digest(made: Interview, rights: str) -> None:
    """Rows of every table come back as they are published, and sizes and digests are those of their canonical JSON."""
    record = made.replace(rights=Rights(redistribution=rights), first_release="0.0.0")
    (row,) = make_part(to_table([record]), Rules()).to_pylist()
    for table in TABLES.values():
        said = [canonical_json(item) for item in published_rows(table, Flat(record))]
        assert [canonical_json(item) for item in row[table.name]] == said
        assert row[sizes_of(table.name)] == [len(item) for item in said]
        assert row[digests_of(table.name)] == b"".join(hashlib.sha256(item).digest() for item in said)
    assert (row["split"] is None) == (rights == "none")
    assert (row["seal"] is not None) == (rights == "standoff")


def test_rules_decide_first_release_people_and_what_is_withdrawn() -> None:
    """The ledger's version for those it has, people by the speaker's id, and nothing of what was withdrawn."""
    records = [interview("a/one"), interview("a/two"), interview("a/gone")]
    speaker = records[0].speakers[0].id
    rules = Rules("2.0.0", released={"a/one": "1.0.0"}, withdrawn=frozenset({"a/gone"}), persons={speaker: "hale-ruth"})
    gone, one, two = make_part(to_table(records), rules).to_pylist()
    assert (gone["interviews"], gone["sum"], gone["split"]) == ([], None, None)
    assert [row["interviews"][0]["first_release"] for row in (one, two)] == ["1.0.0", "2.0.0"]
    assert [item["person"] for item in one["speakers"]] == ["hale-ruth"] + [None] * (len(records[0].speakers) - 1)
    assert {item["person"] for item in two["speakers"]} == {None}


def test_what_rules_say_of_others_changes_no_name() -> None:
    """A part is named by its shard and by the rules for its own records."""
    rules = Rules("1.0.0", released={"a/one": "0.9.0"})

    def name(rules: Rules, *, shard: str = "s.parquet", persons: dict[str, str] | None = None) -> str:
        return Parting(Path(shard), rules.only(["a/one", "a/two"], persons), 2).name

    other = Rules("1.0.0", released={"a/one": "0.9.0", "b/x": "0.1.0"}, withdrawn=frozenset({"b/y"}))
    assert name(rules) == name(other)
    changed = [
        name(rules, shard="t.parquet"), name(rules, persons={}), name(Rules("1.0.0")), name(Rules("1.0.1")),
        name(Rules("1.0.0", released={"a/one": "0.9.0"}, withdrawn=frozenset({"a/two"}))),
    ]  # fmt: skip
    assert len({name(rules), *changed}) == len(changed) + 1


def test_a_part_is_made_once_and_read_in_small_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file is found again; no more than a batch of it is in memory."""
    records = [interview(f"a/{number}") for number in range(9)]
    write_shard(to_table(records), tmp_path / "s.parquet")
    monkeypatch.setattr("onrecord.publish.parts.BATCH_BYTES", 1)
    task = Parting(tmp_path / "s.parquet", Rules(), 9)
    assert task.found(tmp_path / "parts") is None
    path = task.run(tmp_path / "parts")
    with PartFile(path) as file:
        assert file.batches == 9
    monkeypatch.setattr("onrecord.publish.parts.make_part", lambda *_: pytest.fail("made again"))
    assert task.run(tmp_path / "parts") == task.found(tmp_path / "parts") == path


@given(st.lists(interviews(), min_size=1, max_size=5), st.sampled_from(["full", "standoff", "none"]))
def test_a_part_made_with_the_records_is_that_made_of_their_shard(made: list[Interview], rights: str) -> None:
    """Whichever way it is made it has the same name and says the same, counts included; the records pass unchanged."""
    records = [
        Flat(record := one.replace(id=f"a/{number}", rights=Rights(redistribution=rights)), record.model_dump())
        for number, one in enumerate(made)
    ]
    rules = Rules("1.0.0", released={"a/0": "0.9.0", "b/x": "0.1.0"}, withdrawn=frozenset({"a/1", "b/y"}))
    ids = [record.interview.id for record in records]
    with TemporaryDirectory() as folder:
        also = PartsAlso(rules, Path(folder)).about(ids)
        assert also.rules.released == {"a/0": "0.9.0"}
        shard = Path(folder) / "s.parquet"
        table = records_table(also.passing(shard, ids, iter([records[:2], records[2:]])))
        assert table.equals(to_table(record.interview for record in records))
        write_shard(table, shard)
        there = Parting(shard, rules.only(ids, None), len(ids)).found(Path(folder))
        assert there is not None
        with PartFile(there) as file:
            early = file.all()
    late = make_part(table, rules.only(ids, None))
    assert early.combine_chunks().equals(late.combine_chunks(), check_metadata=True)


def test_no_part_is_made_early_where_people_are_linked_later(tmp_path: Path) -> None:
    """With a people.yaml each part is made once, when it is known who its speakers are."""
    collection = tmp_path / "raw" / "c"
    collection.mkdir(parents=True)
    (collection / "collection.yaml").write_text(CARD)
    (collection / "one.txt").write_text("RUTH HALE: Who is there?\nOMAR REED: Nobody.\n")
    (tmp_path / "raw" / "people.yaml").write_text(
        "people:\n  hale-ruth: {name: Ruth Hale}\n"
        "decisions:\n  - {same: ['c/one#speaker@0', hale-ruth], by: us, on: 2026-01-01, why: Known.}\n"
    )
    assert build(tmp_path / "raw", tmp_path / "out").manifest.statistics.interviews == 1
    (part,) = (tmp_path / ".onrecord" / "parts").iterdir()
    with PartFile(part) as file:
        (row,) = file.all().to_pylist()
    assert [item["person"] for item in row["speakers"]] == ["hale-ruth", None]


class Deadly(Parting):
    """A part that kills whoever makes it."""

    def run(self, folder: object) -> Path:
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError(folder)


def test_a_part_for_which_there_is_no_memory_says_so(tmp_path: Path) -> None:
    """Its worker is killed, again and again: an error that names the shard, not a release without its records."""
    tasks = [Deadly(tmp_path / f"{name}.parquet", Rules(), 1) for name in "ab"]
    engine = Local(2)
    with pytest.raises(OSError, match=r"killed each time.*a\.parquet"):
        engine.run(tasks, tmp_path / "parts")
    engine.close()


def test_one_text_that_changed_makes_one_part_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many shards and parts all but that of the text are found, and the release is that of a fresh build."""
    monkeypatch.setattr(shards, "MEAN_ROWS", 2)
    raw = tmp_path / "raw"
    (raw / "c").mkdir(parents=True)
    (raw / "c" / "collection.yaml").write_text(CARD)
    for number in range(20):
        (raw / "c" / f"t{number}.txt").write_text(f"Q: Who is {number}?\nA: Nobody.\n")
    build(raw, tmp_path / "out")
    before = {path.name for path in (tmp_path / ".onrecord" / "parts").iterdir()}
    (raw / "c" / "t7.txt").write_text("Q: Who else?\nA: Nobody at all.\n")
    again = build(raw, tmp_path / "out").manifest
    assert len(before) > 4
    assert len({path.name for path in (tmp_path / ".onrecord" / "parts").iterdir()} - before) == 1
    assert build(raw, tmp_path / "fresh" / "out").manifest == again
