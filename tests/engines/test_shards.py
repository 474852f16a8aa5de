"""Shards: planning, naming, resuming."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.batch import source_table
from onrecord.collection.facts import Facts, Source
from onrecord.engines import shards
from onrecord.engines.shards import plan, run_shard, shard_key
from onrecord.pipeline import Settings


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


def test_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard that cannot be written completely is absent: no half file that a resume would take for a result."""

    def full_disk(_table: object, path: Path, **_options: object) -> None:
        path.write_bytes(b"PAR1 half a file")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full_disk)
    with pytest.raises(OSError, match="No space left"):
        run_shard((Text("a", "Q: Why?"),), Settings(), tmp_path)
    assert list(tmp_path.iterdir()) == []
