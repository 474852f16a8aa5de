"""`scripts/bench memory`: the most memory that each command takes, on an input and on one ten times as large.

Sums of the resident memory of all processes of a command, of packed interviews as in `scripts/bench corpus`. With
`--most` a run takes long; in a folder named with `--in` it leaves what it made and measured, and goes on from there.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench._cost import Cost, call, command, once
from bench._report import environment, write_section
from bench.corpus import write_corpus
from onrecord.building import WORK

_BYTES_EACH = 11_200
_TABLE = "`load()`, which returns all turns"  # and so cannot but grow
_TIMES, _GROWTH, _LIMIT = 10, 1.5, 1.5


def main() -> None:
    """Measure, print and write docs/performance.md; the exit code is 1 if a command takes more than is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=10, help="text of the smaller input")
    parser.add_argument("--most", action="store_true", help="100 MB and 1 GB, which is what is asked about")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--in", dest="folder", type=Path, help="where to work; by default a folder that is removed")
    options = parser.parse_args()
    small = 100.0 if options.most else options.megabytes
    sizes = [small, small * _TIMES]
    with tempfile.TemporaryDirectory() as temporary:
        columns = [measured(size, options.workers, options.folder or Path(temporary)) for size in sizes]
    lines = [
        f"Peak of the resident memory in GB, {options.workers} workers; {environment()}.",
        "",
        f"| what | {sizes[0]:,.0f} MB | {sizes[1]:,.0f} MB | × |",
        "|---|---:|---:|---:|",
    ]
    over = 0
    for name, one in columns[0].items():
        other = columns[1][name]
        over += name != _TABLE and (other.peak > one.peak * _GROWTH or other.gigabytes > _LIMIT)
        lines.append(f"| {name} | {one.gigabytes:.2f} | {other.gigabytes:.2f} | {other.peak / one.peak:.2f} |")
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "memory", lines)
    sys.exit(int(bool(over)))


def measured(megabytes: float, workers: int, folder: Path) -> dict[str, Cost]:
    """Return what each command takes on about `megabytes` of text; what `folder` says was measured is not again."""
    scratch = folder / f"{megabytes:.0f}"
    raw, out, files, log = (scratch / name for name in ("raw", "out", "files", "costs.jsonl"))
    if not raw.is_dir():
        shutil.rmtree(scratch / "unfinished", ignore_errors=True)
        write_corpus(scratch / "unfinished", max(1, int(megabytes * 1e6 / _BYTES_EACH)))
        (scratch / "unfinished").rename(raw)
    onrecord = [sys.executable, "-m", "onrecord"]
    both = ["--workers", str(workers)]
    runs: dict[str, Callable[[], Cost]] = {
        "check": lambda: command([*onrecord, "check", str(raw), *both]),
        "build": lambda: command([*onrecord, "build", str(raw), str(out), *both]),
        "verify": lambda: command([*onrecord, "verify", str(out), *both]),
        "rebuild all files": lambda: command([*onrecord, "rebuild", str(out), "--to", str(files)]),
        "interviews one by one": lambda: call(_interviews, out),
        _TABLE: lambda: call(_load, out),
    }
    made = {"build": (out, scratch / WORK), "rebuild all files": (files,)}
    costs: dict[str, Cost] = {}
    for name, run in runs.items():
        costs[name] = cost = once(name, partial(_afresh, run, made.get(name, ())), log)
        print(f"{megabytes:,.0f} MB, {name}: {cost.gigabytes:.2f} GB, {cost.seconds:,.0f} s", flush=True)
    return costs


def _afresh(run: Callable[[], Cost], made: tuple[Path, ...]) -> Cost:
    for left in made:  # by a run that was stopped: it would be less work now
        shutil.rmtree(left, ignore_errors=True)
    return run()


def _interviews(out: Path) -> Callable[[], int]:
    from onrecord.loading import interviews

    return lambda: sum(len(interview.turns) for interview in interviews(out))


def _load(out: Path) -> Callable[[], int]:
    from onrecord.loading import load

    return lambda: load("turns", out).num_rows


if __name__ == "__main__":
    main()
