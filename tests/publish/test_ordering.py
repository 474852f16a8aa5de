"""Records in the order of their ids: the same whatever lies in memory or on disk, and few files open at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from onrecord.publish import ordering
from onrecord.publish.ordering import Ordered
from onrecord.publish.parts import Rules, make_part
from onrecord.schema.arrow import to_table
from tests.samples import interview

IDS = [f"harbour/{number}" for number in (3, 10, 1, 2, 30, 20, 11, 4)]


def parts(ids: Iterable[str], each: int = 2) -> Iterator[pa.Table]:
    """Parts of some records each, in the order given."""
    records = [interview(id_) for id_ in ids]
    return (make_part(to_table(records[at : at + each]), Rules()) for at in range(0, len(records), each))


@pytest.mark.parametrize("bytes_", [1, 2**30])
@pytest.mark.parametrize("batch", [1, 2**20])
def test_records_come_in_the_order_of_their_ids(
    bytes_: int, batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run for each part, or all in memory, read record by record or at once: always by id as strings, twice."""
    monkeypatch.setattr(ordering, "RUN_BYTES", bytes_)
    monkeypatch.setattr(ordering, "BATCH_BYTES", batch)
    records = Ordered(parts(IDS, 3), tmp_path)
    for _ in range(2):
        assert [id_ for some in records for id_ in some["id"].to_pylist()] == sorted(IDS)


def test_no_records_are_no_tables(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    assert list(Ordered([], tmp_path)) == []


def test_runs_that_follow_one_another_are_open_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that come in order, as most do: memory does not grow with the number of runs."""
    now, most = set[int](), 0

    class Counting(ordering._Opened):
        def __init__(self, run: ordering._Run) -> None:
            nonlocal most
            super().__init__(run)
            now.add(id(self))
            most = max(most, len(now))

        def close(self) -> None:
            super().close()
            now.discard(id(self))

    monkeypatch.setattr(ordering, "RUN_BYTES", 1)
    monkeypatch.setattr(ordering, "_Opened", Counting)
    assert sum(some.num_rows for some in Ordered(parts(sorted(IDS), 1), tmp_path)) == len(IDS)
    assert (now, most) == (set(), 1)
