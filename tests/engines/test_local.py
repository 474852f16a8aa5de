"""The local engine: the same result inline and in a pool, and what a dying worker costs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from onrecord.collection.facts import Source
from onrecord.engines import Task, engine_named, local
from onrecord.engines.local import Local
from onrecord.engines.shards import Shard, making, read_shard
from onrecord.errors import ConfigError
from onrecord.pipeline import Settings
from onrecord.storage import AnyPath


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


def _rows(paths: Sequence[AnyPath]) -> pa.Table:
    return pa.concat_tables(read_shard(path) for path in paths)


def _shards(count: int, each: int) -> list[Shard]:
    texts = [Text(f"t{n}") for n in range(count)]
    return [tuple(texts[at : at + each]) for at in range(0, count, each)]


def test_pool_and_inline_agree(tmp_path: Path) -> None:
    """Two workers give the same rows, in the same order and under the same names, as one."""
    shards = _shards(9, 3)
    inline = Local(1).run(making(shards, Settings()), tmp_path / "inline")
    pooled = Local(2).run(making(shards, Settings()), tmp_path / "pooled")
    assert [path.name for path in inline] == [path.name for path in pooled]
    assert _rows(inline).equals(_rows(pooled))


def test_dying_worker_costs_one_record(tmp_path: Path) -> None:
    """A record that kills its worker becomes a row that says so; every other record is there, in order."""
    sources = [Killer("t4") if n == 4 else Text(f"t{n}") for n in range(6)]
    rows = _rows(Local(2).run(making([tuple(sources[:3]), tuple(sources[3:])], Settings()), tmp_path)).to_pylist()
    assert [row["id"] for row in rows] == [source.id for source in sources]
    died = [row["id"] for row in rows if any(f["code"] == "worker-died" for f in row["findings"])]
    assert died == ["t4"]
    assert all(row["text"] for row in rows if row["id"] != "t4")


def test_progress_counts_every_record_once(tmp_path: Path) -> None:
    """Progress adds up to the number of records, inline and in a pool."""
    shards = _shards(5, 2)
    for workers in (1, 2):
        counted: list[int] = []
        Local(workers).run(making(shards, Settings()), tmp_path / str(workers), counted.append)
        assert sum(counted) == 5


def test_a_death_costs_no_other_shard_its_place_in_the_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a worker died only the shards that were with the workers are run alone; the rest goes on in a pool."""
    alone: list[Task] = []
    really = local._Run._alone

    def counted(run: local._Run, task: Task) -> AnyPath | None:
        alone.append(task)
        return really(run, task)

    monkeypatch.setattr(local._Run, "_alone", counted)
    shards: list[Shard] = [(Killer("t0"),), *_shards(9, 1)[1:]]
    rows = _rows(Local(2).run(making(shards, Settings()), tmp_path)).to_pylist()
    assert [row["id"] for row in rows] == [f"t{n}" for n in range(9)]
    assert len(alone) <= 3


def test_engines_are_found_by_name() -> None:
    """An unknown name lists what there is; an address is for machines elsewhere."""
    assert engine_named("local", 3) == Local(3)
    with pytest.raises(ConfigError, match="there are: local, ray"):
        engine_named("spark")
    with pytest.raises(ConfigError, match="has no address"):
        engine_named("local", 1, "auto")


def test_without_ray_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is an extra: its absence is wrong usage, not a fault."""
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigError, match=r"pip install 'onrecord\[ray\]'"):
        engine_named("ray").run(making(_shards(1, 1), Settings()), tmp_path)


@pytest.mark.parametrize(
    ("address", "said"), [("127.0.0.1:{port}", "no Ray cluster answers"), ("nowhere", "is no address")]
)
def test_an_address_where_nothing_answers_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    """Ray itself would try for a minute."""
    monkeypatch.setitem(sys.modules, "ray", type(sys)("ray"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ConfigError, match=said):
        engine_named("ray", 1, address.format(port=port)).run(making(_shards(1, 1), Settings()), tmp_path)


def test_no_process_is_started_for_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run over finished shards looks, and starts nothing."""
    shards = _shards(6, 2)
    first = Local(1).run(making(shards, Settings()), tmp_path)
    monkeypatch.setattr(local._Run, "_submit", lambda *_: pytest.fail("started"))
    assert Local(2).run(making(shards, Settings()), tmp_path) == first
