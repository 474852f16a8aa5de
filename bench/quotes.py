"""`scripts/bench quotes`: how fast quotations are found, attributed and echoed in plain news, on one core.

The texts are invented news of 5,000 characters, every third sentence with a quotation. Each goes through the whole
line, as in a build, and the steps are timed one by one. The collector is paused, as in a batch. With `--compiled` the
same is measured with the package as `scripts/compile` makes it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from bench._compiled import FIGURES, measured_compiled, print_figures
from bench._report import environment, write_section
from bench.texts import article
from onrecord.batch import collector_paused
from onrecord.collection.facts import Source
from onrecord.pipeline import process, read
from onrecord.stages import STAGES

COUNT = 300
CHARACTERS = 5_000
REPEATS = 5
_WORK = ("quotes", "attribution", "echoes")


def main() -> None:
    """Measure, print and write docs/performance.md."""
    sources = [Source(f"bench/{n}", f"{n}.txt", article(n, CHARACTERS).encode()) for n in range(COUNT)]
    seconds = {"as it is installed from source": _medians(sources)}
    if FIGURES in sys.argv:
        return print_figures(*seconds.values())
    if "--compiled" in sys.argv:
        seconds["compiled"] = measured_compiled("bench.quotes")
    size = sum(len(source.data) for source in sources)
    found = sum(len(process(source).quotes) for source in sources)
    lines = [
        f"{COUNT} invented news texts, {size / 1e6:.1f} MB, {found:,} quotations; medians of CPU time in {REPEATS} "
        f"passes of the whole line, text by text, one thread; {environment()}.",
    ]
    for how, took in seconds.items():
        lines += ["", f"| {how} | MB/s | ms per text |", "|---|---:|---:|"]
        lines += [f"| {name} | {size / 1e6 / of:.1f} | {of / COUNT * 1e3:.2f} |" for name, of in took.items()]
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "quotes", lines)
    return None


def _medians(sources: list[Source]) -> dict[str, float]:
    """The median CPU seconds of each step of quotation work, and of all of them."""
    with collector_paused():
        passes = [_seconds(sources) for _ in range(REPEATS)]
    seconds = {name: median(one[name] for one in passes) for name in _WORK}
    return {**seconds, "together": sum(seconds.values())}


def _seconds(sources: list[Source]) -> dict[str, float]:
    """CPU seconds of each stage in one pass of the line, which is also how a build runs it."""
    seconds = dict.fromkeys((stage.name for stage in STAGES), 0.0)
    for source in sources:
        record = read(source)
        for stage in STAGES:
            start = time.process_time()
            record = stage.run(record, source.facts)
            seconds[stage.name] += time.process_time() - start
    return seconds


if __name__ == "__main__":
    main()
