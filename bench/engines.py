"""`scripts/bench engines`: one worker against two, from texts on a disk to shards, and to a whole release.

Each run is a process of its own, as a command is, and its start is counted.

On a machine with other work to do the clock says little. So the seconds of CPU stand beside it, with those of the first
process, and what follows from them: how much faster two workers are if nothing else runs, and nothing that the first
process does is done meanwhile. The cores that other programs took are from /proc/stat, so on Linux only.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench._engine import RUNS
from bench._report import environment, write_section
from bench.texts import interview

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
        for what in RUNS:
            one, two = _compared(what, raw, Path(folder) / what, options.repeat)
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


def _compared(what: str, raw: Path, work: Path, repeat: int) -> tuple[_Run, _Run]:
    """Measure one worker and two in turn; return the medians."""
    runs: dict[int, list[_Run]] = {1: [], 2: []}
    for turn in range(repeat):
        for workers, made in runs.items():
            made.append(_run(what, raw, workers, work / f"{workers}-{turn}"))
            print(workers, made[-1], flush=True)
    one, two = (_Run(*map(statistics.median, zip(*made, strict=True))) for made in runs.values())
    return one, two


def _row(what: str, workers: int, run: _Run, one: _Run) -> str:
    free = 1.0 if run is one else one.cpu / run.alone
    return (
        f"| {what} | {workers} | {run.seconds:.1f} | {one.seconds / run.seconds:.2f} | {run.cpu:.1f} | {run.first:.1f} "
        f"| {free:.2f} | {run.others:.2f} |"
    )


def _run(what: str, raw: Path, workers: int, work: Path) -> _Run:
    command = [sys.executable, "-m", "bench._engine", what, str(raw), str(work), str(workers)]
    start, busy = time.perf_counter(), _busy()
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    seconds = time.perf_counter() - start
    first, others = map(float, said.splitlines()[-1].split())
    return _Run(seconds, first + others, first, max(0.0, (_busy() - busy - first - others) / seconds))


def _busy() -> float:
    """Seconds of CPU that the machine has spent on anything since it started."""
    fields = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
