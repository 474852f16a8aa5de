"""Records in the order of their ids: the same whatever lies in memory or on disk, and few files open at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pytest

from onrecord.publish import contents, ordering
from onrecord.publish import parts as parts_module
from onrecord.publish.contents import Counted
from onrecord.publish.ordering import gathered, ordered
from onrecord.publish.parts import Rules, make_part
from onrecord.schema.arrow import to_table
from tests.samples import interview
from tests.work import steps

IDS = [f"harbour/{number}" for number in (3, 10, 1, 2, 30, 20, 11, 4)]


def parts(ids: Iterable[str], each: int = 2) -> Iterator[pa.Table]:
    """Parts of some records each, in the order given."""
    records = [interview(id_) for id_ in ids]
    return (make_part(to_table(records[at : at + each]), Rules()) for at in range(0, len(records), each))


def given_out(parts: Iterable[pa.Table], folder: Path) -> list[str]:
    """The ids as they come out."""
    runs = gathered(Counted(parts, folder).runs, folder)
    assert all(some.column_names == ["id", "sum"] for some in ordered(runs, ("id", "sum")))
    return [id_ for some in ordered(runs) for id_ in some["id"].to_pylist()]


@pytest.mark.parametrize("bytes_", [1, 2**30])
@pytest.mark.parametrize("batch", [1, 2**20])
@pytest.mark.parametrize("most", [1, 96])
def test_records_come_in_the_order_of_their_ids(
    bytes_: int, batch: int, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file for each part or for all, put together first or not, read one by one or at once: by id as strings."""
    monkeypatch.setattr(contents, "RUN_BYTES", bytes_)
    monkeypatch.setattr(parts_module, "BATCH_BYTES", batch)
    monkeypatch.setattr(ordering, "MOST_OPEN", most)
    assert given_out(parts(IDS, 3), tmp_path) == sorted(IDS)


def test_no_records_are_no_tables(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    assert given_out([], tmp_path) == given_out([make_part(to_table([]), Rules())], tmp_path) == []


class Watched(NamedTuple):
    """Runs that are open, and how many were at one time."""

    now: set[int]
    most: list[int]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Watch the runs that are open; each part that is only in memory is a run."""
    seen = Watched(set(), [0])

    class Counting(ordering._Opened):
        def __init__(self, run: ordering.Run, columns: Sequence[str]) -> None:
            super().__init__(run, columns)
            seen.now.add(id(self))
            seen.most[0] = max(seen.most[0], len(seen.now))

        def close(self) -> None:
            super().close()
            seen.now.discard(id(self))

    monkeypatch.setattr(contents, "RUN_BYTES", 1)
    monkeypatch.setattr(ordering, "_Opened", Counting)
    return seen


def test_runs_that_follow_one_another_are_open_one_at_a_time(tmp_path: Path, watched: Watched) -> None:
    """Records that come in order, as most do: memory does not grow with the number of files."""
    assert given_out(parts(sorted(IDS), 1), tmp_path) == sorted(IDS)
    assert watched == (set(), [1])


@pytest.mark.parametrize("most", [2, 3])
def test_no_more_runs_are_open_than_may_be_however_many_lie_between_one_another(
    most: int, tmp_path: Path, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are merged again and again, if once is not enough: memory does not grow with the number of files."""
    monkeypatch.setattr(ordering, "MOST_OPEN", most)
    monkeypatch.setattr(parts_module, "BATCH_BYTES", 1)
    ids = [f"harbour/{number:02}" for number in range(30)]
    between = [id_ for first in range(15) for id_ in (ids[first], ids[first + 15])]
    assert given_out(parts(between), tmp_path) == ids
    assert watched == (set(), [most])


def test_looking_at_parts_takes_work_in_proportion_to_their_number(tmp_path: Path) -> None:
    """The size of the parts that are held is not added up anew for each."""
    (part,) = parts(IDS[:1])
    few, many = (steps(partial(Counted, [part] * number, tmp_path)) for number in (200, 800))
    assert many < 4.5 * few


def test_counting_runs_that_lie_between_one_another_takes_work_in_proportion_to_their_number() -> None:
    """Those that are open are not looked through for each."""
    runs = [ordering.Run(f"{number:05}", "x", Path()) for number in range(800)]
    assert ordering._most_open(runs) == 800
    few, many = (steps(partial(ordering._most_open, runs[:number])) for number in (200, 800))
    assert many < 4.5 * few
