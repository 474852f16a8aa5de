"""Shards: planning, naming, resuming."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.batch import source_table
from onrecord.collection.facts import Facts, Source
from onrecord.engines import shards
from onrecord.engines.shards import making, plan, run_shard, shard_key
from onrecord.pipeline import Settings
from onrecord.storage import AnyPath
from onrecord.tables import Flat


@dataclass(frozen=True)
class Text:
    """A source held in memory."""

    id: str
    text: str

    @property
    def size(self) -> int:
        return len(self.text.encode())

    def load(self) -> Source:
        return Source(self.id, f"{self.id}.txt", self.text.encode())


def test_plan_keeps_every_source_in_order() -> None:
    """A plan loses, doubles and reorders nothing, whatever the sizes."""
    sources = [Text(str(n), "x" * (n % 7)) for n in range(100)]
    planned = list(plan(sources, max_bytes=10, max_rows=4))
    assert [source for shard in planned for source in shard] == sources
    assert all(len(shard) <= 4 for shard in planned)


def test_a_source_larger_than_a_shard_gets_its_own() -> None:
    """A source above the size of a shard is not lost, and takes no neighbour with it."""
    planned = list(plan([Text("a", "x"), Text("b", "x" * 99), Text("c", "x")], max_bytes=10))
    assert [len(shard) for shard in planned] == [1, 1, 1]


class Nothing:
    """Makes nothing else of records."""

    def about(self, _ids: Sequence[str], /) -> Nothing:
        """Return itself: it is the same for all records."""
        return self

    def passing(self, _shard: AnyPath, _ids: Sequence[str], records: Iterator[list[Flat]], /) -> Iterator[list[Flat]]:
        """Let all records pass."""
        return records


def test_of_a_source_larger_than_a_shard_nothing_else_is_made_with_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes memory for itself is done of a very large record when what made it has given back its own."""
    monkeypatch.setattr(shards, "MAX_BYTES", 10)
    also = Nothing()
    tasks = making([(Text("a", "x" * 10),), (Text("b", "x" * 11),)], Settings(), also)
    assert [task.also for task in tasks] == [also, None]


def test_name_follows_content() -> None:
    """The name of a shard's output changes with its text, its facts, and nothing else."""
    one = Source("a", "a.txt", b"Q: Why?")
    other_text, other_facts = Source("a", "a.txt", b"Q: Who?"), Source("a", "a.txt", b"Q: Why?", Facts(outlet="Post"))
    names = [shard_key(source_table([source]), Settings()) for source in (one, one, other_text, other_facts)]
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_name_follows_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results of other code are never taken for results of this code."""
    table = source_table([Source("a", "a.txt", b"Q: Why?")])
    before = shard_key(table, Settings())
    monkeypatch.setattr(shards, "program_digest", lambda: "another program")
    assert shard_key(table, Settings()) != before


def test_finished_shard_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard whose output exists is found, not made again."""
    first = run_shard((Text("a", "Q: Why?"),), Settings(), tmp_path)
    monkeypatch.setattr(shards, "run_batch", lambda *_: pytest.fail("made again"))
    assert run_shard((Text("a", "Q: Why?"),), Settings(), tmp_path) == first


def test_a_full_disk_leaves_no_half_shard(tmp_path: Path) -> None:
    """A shard that cannot be written completely is absent: no half file that a resume would take for a result."""
    program = (
        "import resource, pathlib, sys\n"
        "from onrecord.storage import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"  # the system refuses the rest, as on a full disk
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "write_whole(pathlib.Path(sys.argv[1]) / 'shard.parquet', b'x' * 5000)\n"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "File too large" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_comes_moves_only_the_ends_near_it() -> None:
    """Of a thousand sources in shards, a new one changes the shard it is in, and at most the next."""
    before = [Text(f"c/{n:04}", "x" * 20_000) for n in range(2000)]
    for place in (0, 777, 1999):
        after = [*before[:place], Text(f"c/{place:04}-new", "x" * 20_000), *before[place:]]
        old, new = set(plan(before)), set(plan(after))
        assert len(new) > 5
        assert len(new - old) <= 2


def test_shards_are_some_seconds_of_work() -> None:
    """The mean shard of small files holds some hundred, of large ones some megabytes, and none is above the limits."""
    small = list(plan([Text(f"c/{n}", "x") for n in range(20_000)]))
    assert 100 < 20_000 / len(small) < 500
    large = list(plan([Sized(f"c/{n}", 300_000) for n in range(2_000)]))
    assert 2e6 < 2_000 * 300_000 / len(large) < 8e6
    assert max(map(len, small)) <= shards.MAX_ROWS


def test_what_killed_processes_left_is_swept_a_day_later(tmp_path: Path) -> None:
    """Half files of yesterday go; those that may still be growing, and finished shards, stay."""
    for name, age in (("a.parquet", 90_000), ("b.parquet.1.tmp", 90_000), ("c.parquet.2.tmp", 60)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    shards.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "c.parquet.2.tmp"]


@dataclass(frozen=True)
class Sized:
    """A source of which only the size is known."""

    id: str
    size: int

    def load(self) -> Source:
        raise NotImplementedError
