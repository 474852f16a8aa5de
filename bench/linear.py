"""`scripts/bench linear`: does time grow with size, stage by stage? A fitted exponent: 1 is linear, 2 quadratic.

Three ways to grow: one document up to `--most` characters, the number of speakers up to 5,000, and traps
made to punish a careless rule. Each cell compares two sizes, one ten times the other, by the fastest of
`--repeats` runs, with the garbage collector held back, as a build holds it; what takes too little time at the smaller
one to mean anything is given in seconds.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench._report import environment, exponent, write_section
from bench.texts import article, interview, panel
from onrecord.checks import check_interview
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read
from onrecord.schema.arrow import to_table
from onrecord.stages import STAGES

Result = TypeVar("Result")
Make = Callable[[int], str]

TRAPS: Mapping[str, Make] = {
    "only quotation marks": lambda size: "“" * size,
    "nested marks": lambda size: "“‘" * (size // 4) + "’”" * (size // 4),
    "a mark that never closes": lambda size: "“" + article(1, size),
    "straight marks": lambda size: "\"'" * (size // 2),
    "labels with nothing after them": lambda size: "ANNA:\n" * (size // 6),
    "one line": lambda size: article(2, size).replace("\n", " "),
    "only blanks": lambda size: " \n" * (size // 2),
    "one long word": lambda size: "x" * size,
    "brackets": lambda size: "([{" * (size // 3),
    "capitals": lambda size: "ALPHA BETA " * (size // 11),
    "stars": lambda size: "**" * (size // 2),
}


def main() -> None:
    """Measure, print and write docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=float, default=10e6, help="characters of the largest document")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each document; the fastest counts")
    asked = parser.parse_args()
    most, repeats = int(asked.most), asked.repeats
    sizes = [most // 10, most]
    tables = {
        "news": (sizes, lambda size: article(7, size)),
        "interview": (sizes, lambda size: interview(7, turns=size // 300, words=size // 6)),
    }
    lines = [f"Fitted exponent of CPU time over size; {environment()}.", ""]
    columns = ["read", *(stage.name for stage in STAGES), "checks", "Arrow"]
    lines += [f"| growing | {' | '.join(columns)} |", "|---|" + "---:|" * len(columns)]
    for name, (steps, make) in tables.items():
        lines.append(_row(f"{name}, {most // 10:,} to {most:,} characters", steps, make, repeats))
    people = [500, 5_000]
    lines.append(_row("speakers, 500 to 5,000", people, lambda count: panel(7, count), repeats))
    for name, make in TRAPS.items():
        lines.append(_row(f"{name}, to 3,000,000", [300_000, 3_000_000], make, repeats))
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "linear", lines)


def _row(name: str, sizes: list[int], make: Make, repeats: int) -> str:
    measured = [_stages(make(size), repeats) for size in sizes]
    cells = []
    for before, after in zip(*measured, strict=True):
        told = before > _LEAST or after > 20 * _LEAST  # a leap from next to nothing is what the benchmark is for
        cells.append(f"{exponent(sizes, [before, after]):.2f}" if told else f"<{after:.2f} s")
    print(name, *cells, flush=True)
    return f"| {name} | {' | '.join(cells)} |"


_LEAST = 0.02
"""CPU seconds below which the clock, the allocator and the caches of the processor say more than the work does."""


def _stages(text: str, repeats: int) -> list[float]:
    """CPU seconds of reading, of each stage, of the checks and of Arrow, for one document: the fastest run of each."""
    gc.disable()
    runs = [_run(text + "\n" * number) for number in range(repeats)]  # another text each: none is remembered
    gc.enable()
    return [min(seconds) for seconds in zip(*runs, strict=True)]


def _run(text: str) -> list[float]:
    gc.collect()
    source = Source("bench/one", "one.txt", text.encode(), Facts(max_bytes=10**10))
    times: list[float] = []
    record = _timed(times, lambda: read(source))
    for stage in STAGES:
        record = _timed(times, partial(stage.run, record, source.facts))
    _timed(times, lambda: check_interview(record))
    _timed(times, lambda: to_table([record]))
    return times


def _timed(times: list[float], run: Callable[[], Result]) -> Result:
    start = time.process_time()
    result = run()
    times.append(time.process_time() - start)
    return result


if __name__ == "__main__":
    main()
