"""What a run costs: seconds by the clock, seconds of CPU, and memory. Reads /proc, so on Linux only."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_EVERY = 0.05


class Cost(NamedTuple):
    """What a run took. `peak` is in bytes; `result` is what it printed or returned."""

    seconds: float
    cpu: float
    peak: int
    result: Any

    @property
    def gigabytes(self) -> float:
        """Peak of the resident memory in GB."""
        return self.peak / 1e9


def command(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end, with more in its environment if that is given.

    `peak` is the largest sum of the resident memory of it and all its children; memory that processes share (libraries)
    counts once for each of them. Raises `CalledProcessError` if the command fails, with what it printed.
    """
    start, before, peak = time.perf_counter(), _children(), 0
    with tempfile.TemporaryFile("w+") as said:  # a pipe that nobody empties would hold up who says much
        env = {**os.environ, **(environment or {})}
        with subprocess.Popen(arguments, stdout=said, stderr=subprocess.STDOUT, env=env) as process:
            while process.poll() is None:
                peak = max(peak, sum(map(_resident, _tree(process.pid))))
                time.sleep(_EVERY)
        said.seek(0)
        result = said.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments, result)
    return Cost(time.perf_counter() - start, _children() - before, peak, result)


def once(name: str, run: Callable[[], Cost], log: Path) -> Cost:
    """Run a phase and note in `log` what it took; one that is noted there is not run again."""
    for line in log.read_text().splitlines() if log.exists() else []:
        known, seconds, cpu, peak = json.loads(line)
        if known == name:
            return Cost(seconds, cpu, peak, None)
    cost = run()
    with log.open("a") as file:
        file.write(json.dumps([name, cost.seconds, cost.cpu, cost.peak]) + "\n")
    return cost


def call(ready: Callable[..., Callable[[], Any]], *given: Any) -> Cost:
    """Call `ready(*given)` in a new process, where it imports what it needs; measure the function it returns.

    `peak` is the most memory that process ever had, libraries included.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (ready, given))


def _measured(ready: Callable[..., Callable[[], Any]], given: tuple[Any, ...]) -> Cost:
    run = ready(*given)
    start, cpu = time.perf_counter(), time.process_time()
    result = run()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    return Cost(seconds, cpu, _status(os.getpid(), "VmHWM"), result)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:  # it has ended
        return


def _resident(pid: int) -> int:
    return _status(pid, "VmRSS")


def _status(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
