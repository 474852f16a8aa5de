"""`scripts/bench pipeline`: what one record costs, against the honest floor on the same texts.

The floor reads, hashes, decodes, scans the text once, validates the same records from plain dicts with pydantic and
writes the same Parquet: what anybody would have to do who got the annotation for nothing. With `--compiled` the line
is also measured with the package as `scripts/compile` makes it, against the floor in the same process.
"""

from __future__ import annotations

import gc
import hashlib
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq

from bench._compiled import FIGURES, measured_compiled, print_figures
from bench._report import environment, medians, write_section
from bench.texts import interviews
from onrecord.batch import collector_paused, run_batch, source_table
from onrecord.checks import check_interview
from onrecord.collection.facts import Source
from onrecord.pipeline import Settings, read
from onrecord.schema.arrow import to_table
from onrecord.schema.interview import Interview
from onrecord.stages import STAGES

T = TypeVar("T")

COUNT = 200
REPEAT = 3
_SCAN = re.compile(r"[A-Z][A-Z ]+: ")


def main() -> None:
    """Measure, print and write docs/performance.md."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _files(Path(folder))
        size = sum(path.stat().st_size for path in paths)
        records = [record.model_dump() for record in _records(paths)]
        target = Path(folder) / "out.parquet"
        seconds = medians({"floor": lambda: _floor(paths, records, target), "line": lambda: _line(paths, target)})
    if FIGURES in sys.argv:
        return print_figures(seconds)
    rates = {name: (size / 1e6 / took, took / seconds["floor"]) for name, took in seconds.items()}
    if "--compiled" in sys.argv:
        compiled = measured_compiled("bench.pipeline")
        rates["line, compiled"] = size / 1e6 / compiled["line"], compiled["line"] / compiled["floor"]
    lines = [
        f"{COUNT} invented interviews of MediaSum's shape, {size / 1e6:.1f} MB; medians of CPU time, one thread; "
        f"{environment()}.",
        "",
        "| what | MB/s | × floor |",
        "|---|---:|---:|",
        *(f"| {name} | {rate:.1f} | {times:.2f} |" for name, (rate, times) in rates.items()),
        "",
        *_by_stage(size),
    ]
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "pipeline", lines)
    return None


def _files(folder: Path) -> list[Path]:
    paths = []
    for number, text in enumerate(interviews(COUNT)):
        paths.append(folder / f"{number:05}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def _sources(paths: list[Path]) -> list[Source]:
    return [Source(f"bench/{path.stem}", path.name, path.read_bytes()) for path in paths]


def _records(paths: list[Path]) -> list[Interview]:
    from onrecord.pipeline import process

    return [process(source) for source in _sources(paths)]


def _floor(paths: list[Path], records: list[dict[str, object]], target: Path) -> None:
    made = []
    for path, record in zip(paths, records, strict=True):
        data = path.read_bytes()
        hashlib.sha256(data).hexdigest()
        Counter(match[0] for match in _SCAN.finditer(data.decode()))
        made.append(Interview.model_validate(record))
    _write(to_table(made), target)


def _line(paths: list[Path], target: Path) -> None:
    _write(run_batch(source_table(_sources(paths)), Settings()), target)


def _write(table: object, target: Path) -> None:
    pq.write_table(
        table, target, compression="zstd", compression_level=3, write_page_index=True, use_content_defined_chunking=True
    )


def _by_stage(size: int) -> list[str]:
    """Where the time goes: each step of the line, record by record, so that what stages share is counted once."""
    sources = [
        Source(f"bench/{number}", f"{number}.txt", text.encode()) for number, text in enumerate(interviews(COUNT))
    ]
    runs = [_steps(sources) for _ in range(REPEAT)]
    steps = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    total = sum(steps.values())
    rows = [
        f"| {name} | {took / COUNT * 1e3:.2f} | {took / total:.0%} | {size / 1e6 / took:.1f} |"
        for name, took in steps.items()
    ]
    return ["| step | ms per record | share | MB/s |", "|---|---:|---:|---:|", *rows]


def _steps(sources: list[Source]) -> dict[str, float]:
    """Run the line once over `sources`; return the CPU seconds of each of its steps."""
    seconds: defaultdict[str, float] = defaultdict(float)
    gc.collect()
    with collector_paused():
        made = [_timed_record(source, seconds) for source in sources]
        _timed(seconds, "to Arrow", lambda: to_table(made))
    return dict(seconds)


def _timed_record(source: Source, seconds: defaultdict[str, float]) -> Interview:
    record = _timed(seconds, "read", lambda: read(source))
    for stage in STAGES:
        record = _timed(seconds, stage.name, partial(stage.run, record, source.facts))
    _timed(seconds, "checks", lambda: check_interview(record))
    return record


def _timed(seconds: defaultdict[str, float], name: str, run: Callable[[], T]) -> T:
    start = time.process_time()
    result = run()
    seconds[name] += time.process_time() - start
    return result


if __name__ == "__main__":
    main()
