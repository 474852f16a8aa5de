"""`scripts/bench check`: a full check run over collections of invented interviews, to 10,000 by default.

CPU seconds of the run and of its processes, the same on a busy machine as on an idle one; and the part of it that
compares all interviews with each other, which must grow with their number and no faster.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from bench._report import environment, exponent, write_section
from bench.texts import interviews
from onrecord.checking import check_paths
from onrecord.checks.across import check_across
from onrecord.publish import ReleaseFacts, write_release

_PER_COLLECTION = 500


def main() -> None:
    """Measure, print and write docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000, help="interviews in the largest run")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    given = parser.parse_args()
    sizes = [given.most // 8, given.most // 4, given.most // 2, given.most]
    rows, seconds, across = [], [], []
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            raw = Path(scratch) / "raw"
            megabytes = made(raw, size) / 1e6
            write_release([], Path(scratch) / "last", ReleaseFacts())
            before, start = _cpu(), time.perf_counter()
            report = check_paths([raw], workers=given.workers, against=Path(scratch) / "last")
            seconds.append(_cpu() - before)
            elapsed = time.perf_counter() - start
            before = _cpu()
            list(check_across(report.summaries, {}))
            across.append(_cpu() - before)
        rows.append(f"| {size:,} | {megabytes:.0f} | {seconds[-1]:.0f} | {elapsed / 60:.1f} | {across[-1]:.2f} |")
        print(rows[-1], flush=True)
    lines = [
        "| interviews | MB | CPU seconds | minutes by the clock | of it, comparing all |",
        "|---:|---:|---:|---:|---:|",
    ]
    lines += [*rows, ""]
    lines.append(
        f"{given.workers} processes; fitted exponents {exponent(sizes, seconds):.2f} and {exponent(sizes, across):.2f} "
        f"(`scripts/bench check`); {environment()}."
    )
    print(lines[-1])
    write_section(Path("docs/performance.md"), "check", lines)


def made(raw: Path, count: int) -> int:
    """Write `count` interviews into collections below `raw`; return their size in bytes."""
    size = 0
    for number, text in enumerate(interviews(count)):
        home = raw / f"c{number // _PER_COLLECTION:04}"
        if number % _PER_COLLECTION == 0:
            home.mkdir(parents=True)
            (home / "collection.yaml").write_text("title: Made up\nlanguage: en\nfictional: true\n")
        data = text.encode()
        (home / f"i{number:06}.txt").write_bytes(data)
        size += len(data)
    return size


def _cpu() -> float:
    """CPU seconds of this process and of those it waited for."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


if __name__ == "__main__":
    main()
