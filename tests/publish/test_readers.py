"""Every reader that people use gets the same rows from a release, nulls at every depth included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import onrecord
from onrecord.publish import ReleaseFacts, write_release
from onrecord.publish.digest import canonical_json
from onrecord.publish.manifest import Manifest
from tests.samples import interview, interviews

RECORDS = [
    *interviews(3),
    interview("quay/standoff", redistribution="standoff"),
    interview("quay/empty").replace(turns=(), speakers=(), quotes=(), title=None, date=None, date_precision=None),
    interview("tests/invented", fictional=True),
]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    """A release with real, standoff, nearly empty and invented records."""
    folder = tmp_path_factory.mktemp("readers") / "processed"
    return folder, write_release(RECORDS, folder, ReleaseFacts(version="1.2.0"))


def rows_of(release: tuple[Path, Manifest], config: str) -> list[dict[str, Any]]:
    """The rows as pyarrow reads them: what all others are held to."""
    folder, manifest = release
    return [row for path in paths_of(folder, manifest, config) for row in pq.read_table(path).to_pylist()]


def paths_of(folder: Path, manifest: Manifest, config: str) -> list[Path]:
    """The Parquet files of a config."""
    return [folder / name for split in manifest.config(config).splits for name in split.files]


def test_pandas_polars_and_duckdb_read_the_same_rows(release: tuple[Path, Manifest]) -> None:
    """Pandas with Arrow types, polars and DuckDB give the rows that pyarrow gives, in every config."""
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    folder, manifest = release
    for config in manifest.configs:
        expected = rows_of(release, config.name)
        (path,) = paths_of(folder, manifest, config.name)
        frame = pd.read_parquet(path, dtype_backend="pyarrow")
        assert pa.Table.from_pandas(frame, schema=pq.read_schema(path), preserve_index=False).to_pylist() == expected
        assert pl.read_parquet(path).to_dicts() == expected
        with duckdb.connect() as connection:
            relation = connection.sql(f"select * from read_parquet('{path}')")
            names = relation.columns
            assert [dict(zip(names, row, strict=True)) for row in relation.fetchall()] == expected


def test_load_reads_the_same_rows(release: tuple[Path, Manifest]) -> None:
    """`onrecord.load` gives the same rows as pyarrow does, and by column and split."""
    folder, manifest = release
    for config in manifest.configs:
        assert onrecord.load(config.name, folder).to_pylist() == rows_of(release, config.name)
    table = onrecord.load("quotes", folder, split="train", columns=["text", "echoes"])
    assert table.column_names == ["text", "echoes"]


SCRIPT = """
import json, sys
from datasets import load_dataset
from onrecord.publish.digest import canonical_json
folder, cache, files = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
for config, paths in files.items():
    kept = load_dataset(folder, config, cache_dir=cache)
    streamed = load_dataset(folder, config, cache_dir=cache, streaming=True)
    plain = load_dataset("parquet", data_files={"train": paths}, cache_dir=cache + "2")
    rows = [list(found["train"]) for found in (kept, streamed, plain)]
    print(config, *(canonical_json(item).decode() for item in rows), sep="\\t")
print("default", json.dumps(load_dataset(folder, cache_dir=cache)["train"].column_names), sep="\\t")
"""


def offline(cache: Path) -> dict[str, str]:
    """The environment of a process that asks no network and caches below `cache`."""
    names = ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_DATASETS_DISABLE_PROGRESS_BARS", "HF_HUB_DISABLE_TELEMETRY")
    return {**os.environ, **dict.fromkeys(names, "1"), "HF_HOME": str(cache / "home")}


def run(script: str, cache: Path, *arguments: str) -> list[list[str]]:
    """Run a script in a process of its own and return the fields of the lines it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *arguments],
        capture_output=True, text=True, env=offline(cache), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_datasets_reads_the_same_rows(release: tuple[Path, Manifest], tmp_path: Path) -> None:
    """`load_dataset` of the folder, streaming, and of the files alone give the same rows; `turns` is the default."""
    folder, manifest = release
    names = [config.name for config in manifest.configs]
    files = {name: [str(path) for path in paths_of(folder, manifest, name)] for name in names}
    *lines, default = run(SCRIPT, tmp_path, str(folder), str(tmp_path / "cache"), json.dumps(files))
    assert [line[0] for line in lines] == names
    for config, kept, streamed, plain in lines:
        expected = canonical_json(rows_of(release, config)).decode()
        assert (kept == expected, streamed == expected, plain == expected) == (True, True, True), config
    assert json.loads(default[1])[:2] == ["interview", "id"]


REBUILT = """
import sys
from pathlib import Path
from datasets import load_dataset
from onrecord.publish import ReleaseFacts, write_release
from tests.samples import interview
folder, cache = sys.argv[1:]
for title in ("First", "Other"):  # titles of one length: nothing but the digest tells the two cards apart
    write_release([interview().replace(title=title)], Path(folder), ReleaseFacts(version="1.0.0"))
    print(*load_dataset(folder, "interviews", split="train", cache_dir=cache)["title"], sep="\\t")
"""


def test_a_rebuilt_folder_is_not_taken_from_the_cache(tmp_path: Path) -> None:
    """`datasets` caches by folder name and card; other rows in the same folder are loaded all the same."""
    lines = run(REBUILT, tmp_path, str(tmp_path / "processed"), str(tmp_path / "cache"))
    assert lines == [["First"], ["Other"]]


SPLITS = """
import sys
from datasets import load_dataset
for name, rows in load_dataset(sys.argv[1], cache_dir=sys.argv[2]).items():
    print(name, *sorted(set(rows["group"])), sep="\\t")
"""


def test_stated_splits_are_loaded_apart(tmp_path: Path) -> None:
    """With stated splits each interviewee is in one split, and `load_dataset` finds them by name."""
    splits = ({"name": "train", "share": 0.5}, {"name": "test", "share": 0.5})
    facts = ReleaseFacts.model_validate({"version": "1.0.0", "splits": splits})
    write_release(interviews(8), tmp_path / "processed", facts)
    lines = run(SPLITS, tmp_path, str(tmp_path / "processed"), str(tmp_path / "cache"))
    found = {name: set(groups) for name, *groups in lines}
    assert set(found) == {"train", "test"}
    assert not found["train"] & found["test"]
    assert len(found["train"] | found["test"]) == 8
