"""The batch contract: rows in = rows out."""

from __future__ import annotations

import gc

import pytest

from onrecord import batch
from onrecord.batch import SOURCE_SCHEMA, run_batch, source_table
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import Settings, process
from onrecord.schema.arrow import INTERVIEW_SCHEMA, from_table
from onrecord.schema.interview import Interview

SOURCES = [Source(f"c/{n}", f"c/{n}.txt", f"Q: {n}?\nA: Yes.\n".encode(), Facts(outlet="Post")) for n in range(4)]


def test_rows_in_are_rows_out() -> None:
    """A batch gives one row per source, in order, and each is what `process` gives for the source alone."""
    table = run_batch(source_table(SOURCES))
    assert table.schema.equals(INTERVIEW_SCHEMA)
    assert list(from_table(table)) == [process(source) for source in SOURCES]


def test_failing_record_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program on one record costs this record only: its row says so, the others are unchanged."""
    expected = [process(source) for source in SOURCES]

    def faulty(source: Source, settings: Settings) -> Interview:
        if source.id == "c/2":
            raise RuntimeError("a rule went wrong")
        return process(source, settings)

    monkeypatch.setattr(batch, "process", faulty)
    made = list(from_table(run_batch(source_table(SOURCES))))
    assert [item.code for item in made[2].findings] == ["stage-failed"]
    assert "a rule went wrong" in made[2].findings[0].message
    assert made[2].origin.sha256 == expected[2].origin.sha256
    assert made[:2] + made[3:] == expected[:2] + expected[3:]


def test_sources_survive_the_table() -> None:
    """Sources come out of their table as they went in, facts included."""
    assert list(batch._sources(source_table(SOURCES))) == SOURCES


def test_empty_batch_has_the_schema() -> None:
    """No sources give no rows, of the right schema."""
    table = run_batch(SOURCE_SCHEMA.empty_table())
    assert table.num_rows == 0
    assert table.schema.equals(INTERVIEW_SCHEMA)


def test_collector_is_on_again_afterwards() -> None:
    """Pausing the garbage collector for a batch is undone, also when something fails."""
    run_batch(source_table(SOURCES[:1]))
    assert gc.isenabled()
