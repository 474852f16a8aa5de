"""Records in the order of their ids: the same whatever lies in memory or on disk, and few files open at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from onrecord.publish import contents, ordering
from onrecord.publish import parts as parts_module
from onrecord.publish.contents import Counted
from onrecord.publish.ordering import ordered
from onrecord.publish.parts import Rules, make_part
from onrecord.schema.arrow import to_table
from tests.samples import interview

IDS = [f"harbour/{number}" for number in (3, 10, 1, 2, 30, 20, 11, 4)]


def parts(ids: Iterable[str], each: int = 2) -> Iterator[pa.Table]:
    """Parts of some records each, in the order given."""
    records = [interview(id_) for id_ in ids]
    return (make_part(to_table(records[at : at + each]), Rules()) for at in range(0, len(records), each))


def given_out(parts: Iterable[pa.Table], folder: Path) -> list[str]:
    """The ids as they come out."""
    return [id_ for some in ordered(Counted(parts, folder).runs, folder) for id_ in some["id"].to_pylist()]


@pytest.mark.parametrize("bytes_", [1, 2**30])
@pytest.mark.parametrize("batch", [1, 2**20])
@pytest.mark.parametrize("most", [1, 96])
def test_records_come_in_the_order_of_their_ids(
    bytes_: int, batch: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file for each part or for all, put together first or not, read one by one or at once: by id as strings."""
    for module in (contents, ordering):
        monkeypatch.setattr(module, "RUN_BYTES", bytes_)
    monkeypatch.setattr(parts_module, "BATCH_BYTES", batch)
    monkeypatch.setattr(ordering, "MOST_OPEN", most)
    assert given_out(parts(IDS, 3), tmp_path) == sorted(IDS)


def test_no_records_are_no_tables(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    assert given_out([], tmp_path) == given_out([make_part(to_table([]), Rules())], tmp_path) == []


def test_runs_that_follow_one_another_are_open_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that come in order, as most do: memory does not grow with the number of files."""
    now, most = set[int](), 0

    class Counting(ordering._Opened):
        def __init__(self, run: ordering.Run) -> None:
            nonlocal most
            super().__init__(run)
            now.add(id(self))
            most = max(most, len(now))

        def close(self) -> None:
            super().close()
            now.discard(id(self))

    monkeypatch.setattr(contents, "RUN_BYTES", 1)
    monkeypatch.setattr(ordering, "_Opened", Counting)
    assert given_out(parts(sorted(IDS), 1), tmp_path) == sorted(IDS)
    assert (now, most) == (set(), 1)
