"""Timing side by side, the environment, and figures written into docs between markers."""

from __future__ import annotations

import gc
import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("pyarrow", "pydantic", "datasets")


def environment() -> str:
    """Return one line about the machine and the packages that matter."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {packages}"


def medians(runs: Mapping[str, Callable[[], object]], repeat: int = 5) -> dict[str, float]:
    """Run the functions in turn `repeat` times (noise hits all alike); return the median CPU seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeat):
        for name, run in runs.items():
            gc.collect()
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return the slope of log(seconds) over log(size): 1 is linear, 2 is quadratic."""
    return statistics.linear_regression(*_logs(sizes, seconds)).slope


def write_section(page: Path, name: str, lines: list[str]) -> None:
    """Put `lines` between `<!-- name:start -->` and `<!-- name:end -->` in `page`; adds the markers if missing."""
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    body = "\n".join([start, *lines, end])
    text = page.read_text(encoding="utf-8") if page.exists() else f"# {page.stem.capitalize()}\n"
    pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
    text = pattern.sub(lambda _: body, text) if pattern.search(text) else f"{text.rstrip()}\n\n{body}\n"
    page.write_text(text, encoding="utf-8")


def _logs(sizes: list[int], seconds: list[float]) -> tuple[list[float], list[float]]:
    import math

    return [math.log(size) for size in sizes], [math.log(max(second, 1e-6)) for second in seconds]
