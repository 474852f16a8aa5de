"""`scripts/bench engines`: one worker against two, on the same shards; nothing else, from shards on a disk to shards.

On a machine with other work to do the clock says little: the cores that other programs took meanwhile stand beside it
(from /proc/stat, so on Linux only), and how much faster two workers are by the CPU they need, if nothing else ran.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench._report import environment, write_section
from bench.texts import interview
from onrecord.engines.local import Local
from onrecord.engines.shards import making, plan
from onrecord.pipeline import Settings
from onrecord.sources import discover

_CARD = "title: C\nlanguage: en\n"


def main() -> None:
    """Measure, print and write docs/scale.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=3_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        (raw / "c").mkdir(parents=True)
        (raw / "c" / "collection.yaml").write_text(_CARD)
        for number in range(options.interviews):
            (raw / "c" / f"t{number:06}.txt").write_text(interview(number))
        runs: dict[int, list[_Run]] = {1: [], 2: []}
        for turn in range(options.repeat):
            for workers, made in runs.items():
                made.append(_run(raw, workers, Path(folder) / f"work-{workers}-{turn}"))
                print(workers, made[-1], flush=True)
    one, two = (_Run(*map(statistics.median, zip(*made, strict=True))) for made in runs.values())
    lines = [
        f"{options.interviews:,} invented interviews of MediaSum's shape, medians of {options.repeat} runs in turn; "
        f"{environment()}.",
        "",
        "| workers | seconds | × faster | seconds of CPU | × faster with two free cores | cores taken by others |",
        "|---:|---:|---:|---:|---:|---:|",
        f"| 1 | {one.seconds:.1f} | 1.00 | {one.cpu:.1f} | 1.00 | {one.others:.2f} |",
        f"| 2 | {two.seconds:.1f} | {one.seconds / two.seconds:.2f} | {two.cpu:.1f} | {2 * one.cpu / two.cpu:.2f} | "
        f"{two.others:.2f} |",
    ]
    print("\n".join(lines))
    write_section(Path("docs/scale.md"), "engines", lines)


class _Run(NamedTuple):
    """Seconds on the clock, seconds of CPU of all its processes, and how many cores other programs took meanwhile."""

    seconds: float
    cpu: float
    others: float


def _run(raw: Path, workers: int, work: Path) -> _Run:
    shards = list(plan(discover(raw).sources))
    start, busy, own = time.perf_counter(), _busy(), _own()
    Local(workers).run(making(shards, Settings()), work)
    seconds, cpu = time.perf_counter() - start, _own() - own
    return _Run(seconds, cpu, max(0.0, (_busy() - busy - cpu) / seconds))


def _busy() -> float:
    """Seconds of CPU that the machine has spent on anything since it started."""
    fields = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    import resource

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


if __name__ == "__main__":
    main()
