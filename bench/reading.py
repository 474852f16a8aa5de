"""`scripts/bench reading`: the turns of many interviews read by the libraries people read them with.

Each reader runs in a process of its own, after its imports. Then the same turns in other row groups and in another
order, to see whether those of a release are right.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench._cost import Cost, call, command
from bench._report import environment, write_section
from bench.corpus import write_corpus
from onrecord.publish.parquet import CHUNKING

Run = Callable[[], Any]
_COLUMNS = ["speaker_name", "text"]
_SHARES = {"a sixteenth": 1 / 16, "a quarter": 1 / 4, "as released": 1.0, "four times": 4.0}


def main() -> None:
    """Measure, print and write docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=2_000)
    parser.add_argument("--dataset", type=Path, help="a dataset that was built before; else one is built")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--layouts", action="store_true", help="only row groups and orders, which decide how to write")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.dataset or _built(Path(scratch), options.interviews)
        parts = {"layouts": _layouts} if options.layouts else {"reading": _readers, "layouts": _layouts}
        for name, measure in parts.items():
            lines = measure(folder, Path(scratch), options.repeat)
            print("\n".join(lines))
            write_section(Path("docs/performance.md"), name, lines)


def _built(scratch: Path, count: int) -> Path:
    write_corpus(scratch / "raw", count)
    command([sys.executable, "-m", "onrecord", "build", str(scratch / "raw"), str(scratch / "out"), "--workers", "2"])
    return scratch / "out"


def _readers(folder: Path, scratch: Path, repeat: int) -> list[str]:
    files = sorted((folder / "data" / "turns").glob("*.parquet"))
    rows = sum(pq.read_metadata(file).num_rows for file in files)
    size = sum(file.stat().st_size for file in files)
    costs: dict[str, list[Cost]] = {name: [] for name in _READERS}
    for turn in range(repeat):  # in turn, so that noise hits all alike
        for name, ready in _READERS.items():
            costs[name].append(call(ready, folder, scratch / f"cache-{turn}"))
            print(name, *map(str, costs[name][-1]), flush=True)
    lines = [
        f"{rows:,} turns, {size / 1e6:.0f} MB of Parquet, from the disk's cache; medians of {repeat} runs in turn; "
        f"{environment()}, {_versions()}.",
        "",
        "| reader | seconds | of CPU | peak MB, libraries included |",
        "|---|---:|---:|---:|",
    ]
    for name, runs in costs.items():
        seconds, cpu, peak = (statistics.median(run[at] for run in runs) for at in range(3))
        lines.append(f"| {name} | {seconds:.2f} | {cpu:.2f} | {peak / 1e6:,.0f} |")
    return lines


def _versions() -> str:
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in ("polars", "duckdb"))


def _files(folder: Path) -> str:
    return str(folder / "data" / "turns" / "*.parquet")


def _load(folder: Path, _cache: Path) -> Run:
    from onrecord.loading import load

    return lambda: load("turns", folder).num_rows


def _load_columns(folder: Path, _cache: Path) -> Run:
    from onrecord.loading import load

    return lambda: load("turns", folder, columns=_COLUMNS).num_rows


def _pyarrow(folder: Path, _cache: Path) -> Run:
    files = sorted((folder / "data" / "turns").glob("*.parquet"))
    return lambda: sum(batch.num_rows for file in files for batch in pq.ParquetFile(file).iter_batches(8_192))


def _datasets(folder: Path, cache: Path) -> Run:
    import datasets

    datasets.disable_progress_bars()
    return lambda: datasets.load_dataset(str(folder), "turns", cache_dir=str(cache))["train"].num_rows


def _datasets_streaming(folder: Path, _cache: Path) -> Run:
    import datasets

    def run() -> int:
        turns = datasets.load_dataset(str(folder), "turns", split="train", streaming=True)
        return sum(len(batch) for batch in turns.with_format("arrow").iter(8_192))

    return run


def _datasets_rows(folder: Path, _cache: Path) -> Run:
    import datasets

    return lambda: sum(1 for _ in datasets.load_dataset(str(folder), "turns", split="train", streaming=True))


def _polars(folder: Path, _cache: Path) -> Run:
    import polars as pl

    return lambda: pl.read_parquet(_files(folder)).height


def _polars_columns(folder: Path, _cache: Path) -> Run:
    import polars as pl

    return lambda: pl.read_parquet(_files(folder), columns=_COLUMNS).height


def _polars_filter(folder: Path, _cache: Path) -> Run:
    import polars as pl

    turns = pl.scan_parquet(_files(folder)).filter(pl.col("text").str.contains("storm", literal=True)).select(_COLUMNS)
    return lambda: turns.collect().height


def _duckdb(sql: str, folder: Path) -> Run:
    import duckdb

    return partial(_answer, duckdb, sql.format(files=_files(folder)))


def _duckdb_all(folder: Path, _cache: Path) -> Run:
    return _duckdb("select * from '{files}'", folder)


def _duckdb_columns(folder: Path, _cache: Path) -> Run:
    return _duckdb("select speaker_name, text from '{files}'", folder)


def _duckdb_filter(folder: Path, _cache: Path) -> Run:
    return _duckdb("select speaker_name, text from '{files}' where text like '%storm%'", folder)


_READERS: Mapping[str, Callable[[Path, Path], Run]] = {
    "`onrecord.load`": _load,
    "`onrecord.load`, speaker and text": _load_columns,
    "pyarrow, a batch at a time": _pyarrow,
    "datasets, cold": _datasets,
    "datasets, warm": _datasets,
    "datasets, streaming batches": _datasets_streaming,
    "datasets, streaming rows": _datasets_rows,
    "polars": _polars,
    "polars, speaker and text": _polars_columns,
    "polars, speaker and text where it says “storm”": _polars_filter,
    "DuckDB": _duckdb_all,
    "DuckDB, speaker and text": _duckdb_columns,
    "DuckDB, speaker and text where it says “storm”": _duckdb_filter,
}


def _layouts(folder: Path, scratch: Path, repeat: int) -> list[str]:
    """The same rows in row groups of other sizes, and in another order."""
    files = sorted((folder / "data" / "turns").glob("*.parquet"))
    turns = pa.concat_tables([pq.read_table(file, partitioning=None) for file in files])
    group = pq.read_metadata(files[0]).row_group(0).num_rows
    orders = {"interview": turns, "speaker": turns.sort_by([("speaker_name", "ascending"), ("id", "ascending")])}
    made = {
        f"{name}, by {order}": _written(table, scratch / f"{order}-{share}.parquet", int(group * share))
        for order, table in orders.items()
        for name, share in _SHARES.items()
    }
    wanted = {"interview": turns["interview"][turns.num_rows // 2].as_py(), "speaker_name": _middle(turns)}
    lines = [
        f"The same turns in other layouts; {group:,} rows in a row group as released. CPU milliseconds, medians.",
        "",
        "| row groups and order | MB | all, streamed | peak MB | of one interview | of one speaker | words searched |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    runs: dict[str, list[tuple[Cost, ...]]] = {name: [] for name in made}
    for _ in range(repeat):
        for name, path in made.items():
            found = (call(_filtered, path, column, value) for column, value in wanted.items())
            runs[name].append((call(_streamed, path), *found, call(_searched, path)))
    for name, measured in runs.items():
        cells = [statistics.median(run[at].cpu for run in measured) * 1e3 for at in range(4)]
        peak = statistics.median(run[0].peak for run in measured) / 1e6
        size = made[name].stat().st_size / 1e6
        told = " | ".join(f"{cell:.0f}" for cell in cells[1:])
        lines.append(f"| {name} | {size:.1f} | {cells[0]:.0f} | {peak:.0f} | {told} |")
    return lines


def _written(table: pa.Table, path: Path, group: int) -> Path:
    pq.write_table(
        table, path, row_group_size=max(1, group), compression="zstd", compression_level=3, write_page_index=True,
        use_content_defined_chunking=dict(CHUNKING),
    )  # fmt: skip
    return path


def _middle(turns: pa.Table) -> str:
    names = sorted(set(turns["speaker_name"].drop_null().to_pylist()))
    return str(names[len(names) // 2])


def _streamed(path: Path) -> Run:
    return lambda: sum(batch.num_rows for batch in pq.ParquetFile(path).iter_batches(8_192))


def _filtered(path: Path, column: str, value: str) -> Run:
    import duckdb

    value = value.replace("'", "''")
    return partial(_answer, duckdb, f"select text from '{path}' where {column} = '{value}'")


def _searched(path: Path) -> Run:
    import duckdb

    return partial(_answer, duckdb, f"select id from '{path}' where text like '%storm%'")


def _answer(duckdb: Any, sql: str) -> int:
    return int(duckdb.sql(sql).to_arrow_table().num_rows)


if __name__ == "__main__":
    main()
