"""`scripts/bench quotes`: how fast quotations are found, attributed and echoed in plain news, on one core.

The texts are invented news of 5,000 characters, every third sentence with a quotation. Each goes through the whole
line, as in a build, and the steps are timed one by one. The collector is paused, as in a batch.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

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
    size = sum(len(source.data) for source in sources)
    with collector_paused():
        passes = [_seconds(sources) for _ in range(REPEATS)]
    seconds = {name: median(one[name] for one in passes) for name in _WORK}
    seconds["together"] = sum(seconds.values())
    found = sum(len(process(source).quotes) for source in sources)
    lines = [
        f"{COUNT} invented news texts, {size / 1e6:.1f} MB, {found:,} quotations; medians of CPU time in {REPEATS} "
        f"passes of the whole line, text by text, one thread; {environment()}.",
        "",
        "| step | MB/s | ms per text |",
        "|---|---:|---:|",
        *(f"| {name} | {size / 1e6 / took:.1f} | {took / COUNT * 1e3:.2f} |" for name, took in seconds.items()),
    ]
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "quotes", lines)


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
