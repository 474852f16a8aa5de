"""`scripts/bench engines`: one worker against two, from texts on a disk to shards, and to a whole release.

On a machine with other work to do the clock says little. So the seconds of CPU stand beside it, with those of the first
process, and what follows from them: how much faster two workers are if nothing else runs, and nothing that the first
process does is done meanwhile. The cores that other programs took are from /proc/stat, so on Linux only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import NamedTuple

from bench._report import environment, write_section
from bench.texts import interview
from onrecord.building import build
from onrecord.engines.local import Local
from onrecord.engines.shards import making, plan
from onrecord.pipeline import Settings
from onrecord.sources import discover

_CARD = "title: C\nlanguage: en\nrights: {redistribution: full, basis: Invented.}\n"


def main() -> None:
    """Measure, print and write docs/scale.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=3_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    lines = [
        f"{options.interviews:,} invented interviews of MediaSum's shape, medians of {options.repeat} runs in turn; "
        f"{environment()}.",
        "",
        "| what | workers | seconds | × faster | seconds of CPU | of the first process | × faster with two free cores "
        "| cores taken by others |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        (raw / "c").mkdir(parents=True)
        (raw / "c" / "collection.yaml").write_text(_CARD)
        for number in range(options.interviews):
            (raw / "c" / f"t{number:06}.txt").write_text(interview(number))
        for what, make in _MAKE.items():
            one, two = _compared(make, raw, Path(folder) / what, options.repeat)
            lines += [_row(what, 1, one, one), _row(what, 2, two, one)]
    print("\n".join(lines))
    write_section(Path("docs/scale.md"), "engines", lines)


class _Run(NamedTuple):
    """Seconds on the clock, of CPU of all its processes and of the first alone, and how many cores others took."""

    seconds: float
    cpu: float
    first: float
    others: float

    @property
    def alone(self) -> float:
        """Seconds it would take two workers, with a core for each, after or before what the first process does."""
        return self.first + (self.cpu - self.first) / 2


def _compared(make: Callable[[Path, int, Path], None], raw: Path, work: Path, repeat: int) -> tuple[_Run, _Run]:
    """Measure one worker and two in turn; return the medians."""
    runs: dict[int, list[_Run]] = {1: [], 2: []}
    for turn in range(repeat):
        for workers, made in runs.items():
            made.append(_run(make, raw, workers, work / f"{workers}-{turn}"))
            print(workers, made[-1], flush=True)
    one, two = (_Run(*map(statistics.median, zip(*made, strict=True))) for made in runs.values())
    return one, two


def _row(what: str, workers: int, run: _Run, one: _Run) -> str:
    free = 1.0 if run is one else one.cpu / run.alone
    return (
        f"| {what} | {workers} | {run.seconds:.1f} | {one.seconds / run.seconds:.2f} | {run.cpu:.1f} | {run.first:.1f} "
        f"| {free:.2f} | {run.others:.2f} |"
    )


def _run(make: Callable[[Path, int, Path], None], raw: Path, workers: int, work: Path) -> _Run:
    start, busy, first, children = time.perf_counter(), _busy(), _used(RUSAGE_SELF), _used(RUSAGE_CHILDREN)
    make(raw, workers, work)
    seconds, first = time.perf_counter() - start, _used(RUSAGE_SELF) - first
    cpu = first + _used(RUSAGE_CHILDREN) - children
    return _Run(seconds, cpu, first, max(0.0, (_busy() - busy - cpu) / seconds))


def _shards(raw: Path, workers: int, work: Path) -> None:
    engine = Local(workers)
    engine.run(making(plan(discover(raw).sources), Settings()), work)
    engine.close()  # what processes used is known when they have ended


def _release(raw: Path, workers: int, work: Path) -> None:
    build(raw, work / "out", workers=workers)


_MAKE = {"shards": _shards, "release": _release}


def _busy() -> float:
    """Seconds of CPU that the machine has spent on anything since it started."""
    fields = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def _used(who: int) -> float:
    used = getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
