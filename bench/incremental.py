"""`scripts/bench incremental`: what a second build costs, unchanged and after one change of each kind.

A tree of invented interviews of a few hundred words, one in ten with a sidecar, is built once, then again after
nothing or one thing changed. Shards made anew are counted in the folder of finished shards.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench._report import environment, write_section
from bench.texts import interview
from onrecord.building import WORK, build

_PER_FOLDER = 1_000
_CARD = "title: Folder\nlanguage: en\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Invented.}\n"


def main() -> None:
    """Measure, print and write docs/scale.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=10_000, help="size of the tree")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        size = _write_tree(raw, options.interviews)
        rows = [_measured(name, change, raw, out, options.workers) for name, change in _CHANGES.items()]
    lines = [
        f"{options.interviews:,} invented interviews in files, {size / 1e6:.0f} MB, {options.workers} workers; "
        f"seconds on the clock and of CPU in this process; {environment()}.",
        "",
        "| build | seconds | CPU | shards made | of |",
        "|---|---:|---:|---:|---:|",
        *rows,
    ]
    print("\n".join(lines))
    write_section(Path("docs/scale.md"), "incremental", lines)


def _write_tree(raw: Path, count: int) -> int:
    size = 0
    for number in range(count):
        folder = raw / f"c{number // _PER_FOLDER:03}"
        if not number % _PER_FOLDER:
            folder.mkdir(parents=True)
            (folder / "collection.yaml").write_text(_CARD)
        text = interview(number, turns=10, words=300)
        size += (folder / f"t{number:06}.txt").write_text(text)
        if not number % 10:
            (folder / f"t{number:06}.yaml").write_text(
                f"title: Interview {number}\ndate: 2031-05-{number % 28 + 1:02}\n"
            )
    return size


def _measured(name: str, change: Callable[[Path], object], raw: Path, out: Path, workers: int) -> str:
    change(raw)
    shards = out.parent / WORK / "shards"
    before = {path.name for path in shards.glob("*")}
    clock, cpu = time.perf_counter(), time.process_time()
    build(raw, out, workers=workers)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    made = {path.name for path in shards.glob("*")} - before
    print(f"{name}: {clock:.1f} s", flush=True)
    return f"| {name} | {clock:.1f} | {cpu:.1f} | {len(made)} | {len(before) or len(made)} |"


def _without_one(raw: Path) -> None:
    (raw / "c000" / "t000007.txt").unlink()


_CHANGES: Mapping[str, Callable[[Path], object]] = {
    "first": lambda _raw: None,
    "nothing changed": lambda _raw: None,
    "one text changed": lambda raw: (raw / "c000" / "t000003.txt").write_text(interview(-1, turns=10, words=300)),
    "one sidecar changed": lambda raw: (raw / "c000" / "t000010.yaml").write_text("title: Another\n"),
    "one text came": lambda raw: (raw / "c000" / "t000003a.txt").write_text(interview(-2, turns=10, words=300)),
    "one text went": _without_one,
    "people.yaml came": lambda raw: (raw / "people.yaml").write_text("people:\n  berger-ada: {name: Ada Berger}\n"),
    "one card changed": lambda raw: (raw / "c000" / "collection.yaml").write_text(_CARD + "outlet: The Quay\n"),
}


if __name__ == "__main__":
    main()
