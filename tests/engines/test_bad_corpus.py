"""A corpus with all that can be wrong with its files at once: each is said, and nothing else is lost or held up."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.texts import article, interview
from onrecord.building import Built, build
from onrecord.engines.shards import MAX_BYTES, plan
from onrecord.loading import load
from onrecord.publish.verification import verify
from onrecord.sources import discover

CARD = "title: C\nlanguage: en\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Ours.}\n"
SMALL = 12
MEGABYTE = 2**20


def _rows(first: int, count: int = 4) -> list[dict[str, str]]:
    return [{"id": f"r{n}", "text": interview(n, turns=4, words=80)} for n in range(first, first + count)]


def _corpus(raw: Path, large: int) -> Path:
    """Twelve good interviews in three shards, five bad files, and one document of `large` bytes among them."""
    folder = raw / "c"
    folder.mkdir(parents=True)
    (folder / "collection.yaml").write_text(f"{CARD}max_bytes: {200 * MEGABYTE}\n")
    for number, name in enumerate("ace"):
        pq.write_table(pa.Table.from_pylist(_rows(number * 4)), folder / f"{name}.parquet")
    (folder / "b.parquet").write_bytes((folder / "a.parquet").read_bytes()[:-100])
    pq.write_table(pa.table({"id": ["x"], "text": [5]}), folder / "d.parquet")
    pq.write_table(pa.Table.from_pylist(_rows(0, 1)), folder / "f.parquet")  # an id that is in the first one, too
    (folder / "large.txt").write_text(article(1, large))
    return raw


def _require_the_rest(built: Built, out: Path) -> None:
    errors = Counter(item.code for item in built.findings if item.level == "error")
    assert errors == {"unreadable-file": 1, "cut-off": 1, "duplicate-id": 1}
    assert verify(out) == ()
    ids = load("interviews", out, columns=["id"])["id"].to_pylist()
    assert {f"c/r{n}" for n in range(SMALL)} | {"c/large", "c/r0~2", "c/b", "c/d"} == set(ids)
    assert len(ids) == len(set(ids))


def test_a_corpus_with_bad_files_and_a_large_document_is_built(tmp_path: Path) -> None:
    """A shard cut off, one of another schema, an id over two shards, a large text: two workers build all the rest."""
    built = build(_corpus(tmp_path / "raw", MEGABYTE), tmp_path / "out", workers=2)
    _require_the_rest(built, tmp_path / "out")


def test_a_large_document_shares_its_shard_with_few(tmp_path: Path) -> None:
    """What is larger than a shard is one of its own: the small ones beside it wait for no one."""
    raw = _corpus(tmp_path / "raw", MEGABYTE)
    with (raw / "c" / "large.txt").open("ab") as file:
        file.truncate(MAX_BYTES + 1)
    shards = [[source.id for source in shard] for shard in plan(discover(raw).sources)]
    assert ["c/large"] in shards


@pytest.mark.slow
def test_a_document_of_100_megabytes_is_built_among_small_ones(tmp_path: Path) -> None:
    """As above, with the size that is meant."""
    started = time.monotonic()
    built = build(_corpus(tmp_path / "raw", 100 * MEGABYTE), tmp_path / "out", workers=2)
    print(f"{time.monotonic() - started:.0f} s")
    _require_the_rest(built, tmp_path / "out")


@pytest.mark.slow
def test_a_row_of_two_gigabytes_is_one_finding(tmp_path: Path) -> None:
    """The longest text that Parquet takes, in a `large_string`: its row says so, its neighbours are there."""
    folder = tmp_path / "raw" / "c"
    folder.mkdir(parents=True)
    (folder / "collection.yaml").write_text(CARD)
    schema = pa.schema([("id", pa.string()), ("text", pa.large_string())])
    with pq.ParquetWriter(folder / "a.parquet", schema, compression="zstd", use_dictionary=False) as writer:
        writer.write_table(pa.Table.from_pylist(_rows(0, 2), schema))
        writer.write_table(pa.table({"id": ["huge"], "text": ["word " * ((2**31 - MEGABYTE) // 5)]}, schema))
        writer.write_table(pa.Table.from_pylist(_rows(2, 2), schema))
    built = build(tmp_path / "raw", tmp_path / "out", workers=2)
    assert verify(tmp_path / "out") == ()
    said = {item.where: item.code for item in built.findings if item.level == "error"}
    assert set(said) == {"c/huge"}
    assert said["c/huge"] in ("file-too-large", "unreadable-file", "worker-died")
    assert load("interviews", tmp_path / "out", columns=["id"]).num_rows == 5
