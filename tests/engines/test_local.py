"""The local engine: the same result inline and in a pool, and what a dying worker costs."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.collection.facts import Source
from onrecord.engines.local import Local
from onrecord.engines.shards import plan
from onrecord.pipeline import Settings


@dataclass(frozen=True)
class Text:
    """A source held in memory."""

    id: str
    size: int = 10

    def load(self) -> Source:
        return Source(self.id, f"{self.id}.txt", f"Q: Who is {self.id}?\nA: Nobody.\n".encode())


@dataclass(frozen=True)
class Killer(Text):
    """A source that kills the worker process that reads it, as the kernel does when memory is short."""

    def load(self) -> Source:
        if multiprocessing.parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().load()


def _rows(paths: list[Path]) -> pa.Table:
    return pa.concat_tables(pq.read_table(path) for path in paths)


def test_pool_and_inline_agree(tmp_path: Path) -> None:
    """Two workers give the same rows, in the same order and under the same names, as one."""
    shards = list(plan([Text(f"t{n}") for n in range(9)], max_rows=3))
    inline = Local(1).run(shards, Settings(), tmp_path / "inline")
    pooled = Local(2).run(shards, Settings(), tmp_path / "pooled")
    assert [path.name for path in inline] == [path.name for path in pooled]
    assert _rows(inline).equals(_rows(pooled))


def test_dying_worker_costs_one_record(tmp_path: Path) -> None:
    """A record that kills its worker becomes a row that says so; every other record is there, in order."""
    sources = [Killer("t4") if n == 4 else Text(f"t{n}") for n in range(6)]
    rows = _rows(Local(2).run(list(plan(sources, max_rows=3)), Settings(), tmp_path)).to_pylist()
    assert [row["id"] for row in rows] == [source.id for source in sources]
    died = [row["id"] for row in rows if any(f["code"] == "worker-died" for f in row["findings"])]
    assert died == ["t4"]
    assert all(row["text"] for row in rows if row["id"] != "t4")


def test_progress_counts_every_record_once(tmp_path: Path) -> None:
    """Progress adds up to the number of records, inline and in a pool."""
    shards = list(plan([Text(f"t{n}") for n in range(5)], max_rows=2))
    for workers in (1, 2):
        counted: list[int] = []
        Local(workers).run(shards, Settings(), tmp_path / str(workers), counted.append)
        assert sum(counted) == 5
