"""`scripts/bench corpus`: a corpus of MediaSum's shape built, verified, loaded by streaming and queried, here.

The interviews are packed into Parquet, as such corpora come. Their words are drawn from a large invented vocabulary, so
that no two interviews look alike to the checks. With fewer than MediaSum's 463,600 interviews the page also says what
the measured rates would give for all of them, and that this was not measured. All of them take an hour and a quarter
and 25 GB of disk; in a folder named with `--in` a run leaves what it made and measured, and the same command goes on
from there. With `--compiled` the package is used as `scripts/compile` makes it.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from bench._compiled import compiled_environment
from bench._cost import Cost, call, command, once
from bench._plot import bars
from bench._report import environment, write_section
from bench.texts import interview
from onrecord.building import WORK

ALL = 463_600
_ASKED = 20
"""Minutes by the clock that building all of them may take."""
_PER_FILE = 4_000
_PER_GROUP = 1_000
_CARD = "title: Harbour talks\nlanguage: en\nfictional: false\n" + (
    "rights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Invented.}\n"
)
_SOUNDS = "ba dor el fin gra hal is jor kem lun mar nov os per rin sta tel ul ver wis".split()
_READING = ("stream all turns", "query with DuckDB", "query with polars")
_COMMON = re.compile(r"\b(?:harbour|council|bridge|budget|school|river|archive|market|hospital|village|museum)\b")


def main() -> None:
    """Measure, print, write docs/performance.md and the plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--compiled", action="store_true", help="with the package as scripts/compile makes it")
    parser.add_argument("--in", dest="folder", type=Path, help="where to work; by default a folder that is removed")
    options = parser.parse_args()
    run = Runner(options.workers, compiled_environment() if options.compiled else {})
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.folder or Path(temporary)) / _name(run, options.interviews)
        costs, sizes = measured(options.interviews, talk, run, folder)
    lines = _page(options, costs, sizes)
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "corpus", lines)
    bars(Path("docs/pictures/corpus.svg"), "CPU seconds per 1,000 interviews", {
        name: cost.cpu / options.interviews * 1e3 for name, cost in costs.items()
    })  # fmt: skip


class Runner(NamedTuple):
    """How commands of the package are run: with so many workers, and with this in their environment."""

    workers: int = 2
    environment: Mapping[str, str] = {}

    def command(self, *arguments: str) -> Cost:
        """Run a command of `onrecord`."""
        return command([sys.executable, "-m", "onrecord", *arguments, "--workers", str(self.workers)], self.environment)


def _name(run: Runner, count: int) -> str:
    """Name the folder of one kind of run: what another has measured is none of its figures."""
    return f"{count}-{run.workers}" + ("-compiled" if run.environment else "")


def measured(
    count: int, make: Callable[[int], str], run: Runner, folder: Path
) -> tuple[dict[str, Cost], dict[str, int]]:
    """Return what each phase costs on a corpus of `count` texts, and the bytes of what lies on the disk then.

    What `folder` says was measured of it is not measured again.
    """
    raw, out = folder / "raw", folder / "out"
    if not raw.is_dir():
        shutil.rmtree(folder / "unfinished", ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bytes").write_text(str(write_corpus(folder / "unfinished", count, make)))
        (folder / "unfinished").rename(raw)
    costs = dict(_phases(raw, out, run))
    text = int((folder / "bytes").read_text())
    return costs, {"text": text, "raw": _size(raw), "shards": _size(folder / WORK), "dataset": _size(out)}


def talk(number: int) -> str:
    """Return an interview of MediaSum's shape."""
    return varied(number, interview(number))


def write_corpus(raw: Path, count: int, make: Callable[[int], str] = talk) -> int:
    """Write one collection of `count` packed texts below `raw`; return their bytes."""
    folder = raw / "talks"
    folder.mkdir(parents=True)
    (folder / "collection.yaml").write_text(_CARD)
    rows, size = _rows(count, make), 0
    for number in range(0, count, _PER_FILE):
        with pq.ParquetWriter(folder / f"part-{number // _PER_FILE:05}.parquet", _SCHEMA, compression="zstd") as file:
            for _ in range(number, min(count, number + _PER_FILE), _PER_GROUP):
                group = list(islice(rows, min(_PER_GROUP, number + _PER_FILE)))
                size += sum(len(row["text"].encode()) for row in group)
                file.write_table(pa.Table.from_pylist(group, _SCHEMA))
    return size


_SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "text", "title", "date", "outlet", "url")])


def _rows(count: int, make: Callable[[int], str]) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield {
            "id": f"talk-{number}",
            "text": make(number),
            "title": f"Talk {number}",
            "date": f"20{number % 30 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "outlet": "Harbour Radio",
            "url": f"https://talks.example/{number}",
        }


def varied(seed: int, text: str) -> str:
    """Return an invented text with words put into it that few others have."""
    random_ = random.Random(seed)
    return _COMMON.sub(lambda _: "".join(random_.choices(_SOUNDS, k=3)), text)


def _phases(raw: Path, out: Path, run: Runner) -> Iterator[tuple[str, Cost]]:
    build = partial(run.command, "build", str(raw), str(out))
    phases: dict[str, Callable[[], Cost]] = {
        "build": partial(_without, (out, out.parent / WORK), build),
        "build again, unchanged": build,
        "release, from finished shards": partial(_without, (out,), build),
        "verify": partial(run.command, "verify", str(out)),
        "stream all turns": lambda: call(_stream, out),
        "query with DuckDB": lambda: call(_duckdb, out),
        "query with polars": lambda: call(_polars, out),
    }
    for name, phase in phases.items():
        if name in _READING and (out / "data").is_dir() and not (out / "data" / "turns").is_dir():
            continue  # news has none
        cost = once(name, phase, out.parent / "costs.jsonl")
        print(f"{name}: {cost.seconds:.1f} s, {cost.cpu:.1f} s of CPU, {cost.gigabytes:.2f} GB", flush=True)
        yield name, cost


def _without(made: tuple[Path, ...], run: Callable[[], Cost]) -> Cost:
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    return run()


def _stream(out: Path) -> Callable[[], int]:
    """Every turn with its text, a batch at a time."""
    files = sorted((out / "data" / "turns").glob("*.parquet"))
    return lambda: sum(batch.num_rows for file in files for batch in pq.ParquetFile(file).iter_batches(8_192))


_QUERY = """select speaker_kind, count(*), avg(length(text)) from '{files}'
            where text like '%storm%' group by 1 order by 1"""


def _duckdb(out: Path) -> Callable[[], object]:
    import duckdb

    return lambda: duckdb.execute(_QUERY.format(files=out / "data/turns/*.parquet")).fetchall()


def _polars(out: Path) -> Callable[[], object]:
    import polars as pl

    turns = pl.scan_parquet(out / "data/turns/*.parquet")
    wanted = turns.filter(pl.col("text").str.contains("storm", literal=True))
    found = wanted.group_by("speaker_kind").agg(pl.len(), pl.col("text").str.len_chars().mean())
    return lambda: found.collect(engine="streaming").rows()


def _page(options: argparse.Namespace, costs: dict[str, Cost], sizes: dict[str, int]) -> list[str]:
    count, megabytes = options.interviews, sizes["text"] / 1e6
    command_line = f"scripts/bench corpus --interviews {count}" + " --compiled" * options.compiled
    lines = [
        f"{count:,} invented interviews of MediaSum's shape (30 turns, 1,553 words), {megabytes:,.0f} MB of text in "
        f"Parquet, {options.workers} workers{', compiled' * options.compiled} (`{command_line}`); {environment()}.",
        "",
        "| phase | seconds | of CPU | MB/s of CPU | peak GB |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {cost.seconds:,.1f} | {cost.cpu:,.1f} | {megabytes / cost.cpu:,.1f} | {cost.gigabytes:.2f} |"
            for name, cost in costs.items()
        ),
        "",
        "On disk: "
        + ", ".join(f"{name} {size / 1e6:,.0f} MB ({size / sizes['text']:.2f} ×)" for name, size in sizes.items())
        + ".",
        "",
        "![CPU seconds per 1,000 interviews](pictures/corpus.svg)",
        "",
    ]
    return [*lines, _against_asked(costs["build"]) if count >= ALL else _extrapolated(count, costs, sizes)]


def _against_asked(build: Cost) -> str:
    minutes = build.seconds / 60
    return f"Asked was a build in {_ASKED} minutes by the clock; it took {minutes:.0f} ({minutes / _ASKED:.1f} ×)."


def _extrapolated(count: int, costs: dict[str, Cost], sizes: dict[str, int]) -> str:
    times = ALL / count
    minutes = {name: cost.cpu * times / 60 for name, cost in costs.items()}
    return (
        f"**Not measured, but multiplied:** at these rates all {ALL:,} interviews "
        f"({sizes['text'] * times / 1e9:.1f} GB) take {minutes['build']:,.0f} minutes of CPU to build and "
        f"{minutes['verify']:,.0f} to verify, and {sizes['dataset'] * times / 1e9:.1f} GB on disk."
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
