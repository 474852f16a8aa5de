"""One run of `scripts/bench engines`, in a process of its own as a command is: python -m bench._engine WHAT RAW WORK N.

Prints seconds of CPU of this process, and of all it started.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from onrecord.cli import cli
from onrecord.cli._workers import fork_workers


def _shards(raw: str, work: str, workers: str) -> None:
    fork_workers(int(workers), "onrecord.engines.local")

    from onrecord.engines.local import Local
    from onrecord.engines.shards import making, plan
    from onrecord.pipeline import Settings
    from onrecord.sources import discover

    engine = Local(int(workers))
    engine.run(making(plan(discover(Path(raw)).sources), Settings()), Path(work))
    engine.close()  # what processes used is known when they have ended


def _release(raw: str, work: str, workers: str) -> None:
    cli.main(["build", raw, f"{work}/out", "--workers", workers], standalone_mode=False)


RUNS: dict[str, Callable[[str, str, str], None]] = {"shards": _shards, "release": _release}


def _used(who: int) -> float:
    used = getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    RUNS[sys.argv[1]](*sys.argv[2:])
    print(_used(RUSAGE_SELF), _used(RUSAGE_CHILDREN))
