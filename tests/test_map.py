"""The batch function under `datasets.map`."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from onrecord.batch import run_batch, source_table
from onrecord.collection.facts import Source


def test_batch_function_runs_under_datasets_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Dataset.map` over sources gives the rows that `run_batch` gives alone."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets

    table = source_table(Source(f"c/{n}", f"c/{n}.txt", f"Q: {n}?\nA: Yes.\n".encode()) for n in range(5))
    sources = datasets.Dataset(table).with_format("arrow")
    made = sources.map(
        run_batch,
        batched=True,
        batch_size=2,
        remove_columns=sources.column_names,
        cache_file_name=str(tmp_path / "made.arrow"),
    )
    expected = run_batch(table)
    assert pa.table(made.data.table.combine_chunks()).cast(expected.schema).to_pylist() == expected.to_pylist()
