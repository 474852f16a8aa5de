"""`scripts/bench quotes`: how fast quotations are found, attributed and echoed in plain news, on one core.

The texts are invented news of 5,000 characters, every third sentence with a quotation; the records come as the stages
before have left them. The collector is paused, as in a batch.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bench._report import environment, medians, write_section
from bench.texts import article
from onrecord.batch import collector_paused
from onrecord.collection.facts import Source
from onrecord.pipeline import read
from onrecord.schema.interview import Interview
from onrecord.stages import STAGES, Stage

COUNT = 300
CHARACTERS = 5_000
_WORK = ("quotes", "attribution", "echoes")


def main() -> None:
    """Measure, print and write docs/performance.md."""
    sources = [Source(f"bench/{n}", f"{n}.txt", article(n, CHARACTERS).encode()) for n in range(COUNT)]
    records = [read(source) for source in sources]
    size = sum(len(source.data) for source in sources)
    seconds: dict[str, float] = {}
    with collector_paused():
        for stage in STAGES:
            run = partial(_run, stage, records, sources)
            if stage.name in _WORK:
                seconds |= medians({stage.name: run})
            records = run()
    seconds["together"] = sum(seconds.values())
    lines = [
        f"{COUNT} invented news texts, {size / 1e6:.1f} MB, {sum(len(r.quotes) for r in records):,} quotations; "
        f"medians of CPU time, one thread; {environment()}.",
        "",
        "| step | MB/s | ms per text |",
        "|---|---:|---:|",
        *(f"| {name} | {size / 1e6 / took:.1f} | {took / COUNT * 1e3:.2f} |" for name, took in seconds.items()),
    ]
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "quotes", lines)


def _run(stage: Stage, records: list[Interview], sources: list[Source]) -> list[Interview]:
    return [stage.run(record, source.facts) for record, source in zip(records, sources, strict=True)]


if __name__ == "__main__":
    main()
