"""`scripts/bench memory`: the most memory that each command takes, on an input and on one ten times as large.

Sums of the resident memory of all processes of a command, of packed interviews as in `scripts/bench corpus`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench._cost import Cost, call, command
from bench._report import environment, write_section
from bench.corpus import write_corpus

_BYTES_EACH = 11_200
_TIMES, _GROWTH, _LIMIT = 10, 1.5, 1.5


def main() -> None:
    """Measure, print and write docs/performance.md; the exit code is 1 if a command takes more than is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=10, help="text of the smaller input")
    parser.add_argument("--most", action="store_true", help="100 MB and 1 GB, which is what is asked about")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    small = 100.0 if options.most else options.megabytes
    sizes = [small, small * _TIMES]
    columns = [measured(size, options.workers) for size in sizes]
    lines = [
        f"Peak of the resident memory in GB, {options.workers} workers; {environment()}.",
        "",
        f"| what | {sizes[0]:,.0f} MB | {sizes[1]:,.0f} MB | × |",
        "|---|---:|---:|---:|",
    ]
    over = 0
    for name, one in columns[0].items():
        other = columns[1][name]
        over += other.peak > one.peak * _GROWTH or other.gigabytes > _LIMIT
        lines.append(f"| {name} | {one.gigabytes:.2f} | {other.gigabytes:.2f} | {other.peak / one.peak:.2f} |")
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "memory", lines)
    sys.exit(int(bool(over)))


def measured(megabytes: float, workers: int) -> dict[str, Cost]:
    """Return what each command takes on about `megabytes` of text."""
    costs: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as scratch:
        raw, out, files = (Path(scratch) / name for name in ("raw", "out", "files"))
        write_corpus(raw, max(1, int(megabytes * 1e6 / _BYTES_EACH)))
        onrecord = [sys.executable, "-m", "onrecord"]
        for name, arguments in {
            "build": ["build", str(raw), str(out), "--workers", str(workers)],
            "check": ["check", str(raw), "--workers", str(workers)],
            "verify": ["verify", str(out)],
            "rebuild all files": ["rebuild", str(out), "--to", str(files)],
        }.items():
            costs[name] = command([*onrecord, *arguments])
            print(f"{megabytes:,.0f} MB, {name}: {costs[name].gigabytes:.2f} GB", flush=True)
        costs["interviews one by one"] = call(_interviews, out)
        costs["`load()`, which returns all turns"] = call(_load, out)
    return costs


def _interviews(out: Path) -> Callable[[], int]:
    from onrecord.loading import interviews

    return lambda: sum(len(interview.turns) for interview in interviews(out))


def _load(out: Path) -> Callable[[], int]:
    from onrecord.loading import load

    return lambda: load("turns", out).num_rows


if __name__ == "__main__":
    main()
