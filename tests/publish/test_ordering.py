"""Records in the order of their ids: the same whatever lies in memory or on disk, and few files open at a time."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.publish import ordering
from onrecord.publish.ordering import rows_by_id
from onrecord.schema.arrow import to_table
from tests.samples import interview

IDS = [f"harbour/{number}" for number in (3, 10, 1, 2, 30, 20, 11, 4)]


@pytest.mark.parametrize("bytes_", [1, 2**30])
def test_rows_come_in_the_order_of_their_ids(bytes_: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run for each table, or all in memory: the order is that of the ids as strings."""
    monkeypatch.setattr(ordering, "RUN_BYTES", bytes_)
    tables = (to_table([interview(one), interview(other)]) for one, other in zip(IDS[::2], IDS[1::2], strict=True))
    assert [row["id"] for row in rows_by_id(tables, tmp_path)] == sorted(IDS)


def test_runs_that_follow_one_another_are_open_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that come in order, as most do: memory does not grow with the number of runs."""
    now, most = 0, 0

    class Counting(pq.ParquetFile):  # type: ignore[misc] # pyarrow has no types
        def __enter__(self) -> Counting:
            nonlocal now, most
            now += 1
            most = max(most, now)
            return self

        def __exit__(self, *_: object) -> None:
            nonlocal now
            now -= 1
            self.close()

    monkeypatch.setattr(ordering, "RUN_BYTES", 1)
    monkeypatch.setattr(pq, "ParquetFile", Counting)
    assert len(list(rows_by_id((to_table([interview(id_)]) for id_ in sorted(IDS)), tmp_path))) == len(IDS)
    assert (now, most) == (0, 1)
