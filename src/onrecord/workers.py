"""Processes that work for this one: started alike, and never left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from importlib.abc import MetaPathFinder


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of so many processes; a Ctrl-C is left to this process, with which they end in any case."""
    # "spawn": pyarrow and its threads do not survive a fork reliably.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)


class _WithoutPandas(MetaPathFinder):
    """Where pandas is installed Arrow imports it, a second of work, only to see that a list is none of its series."""

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        """Say that there is no pandas, and leave all else to others."""
        if fullname == "pandas":
            raise ModuleNotFoundError("workers do without pandas", name=fullname)


def _start_worker() -> None:
    """Finish what is at hand when the user interrupts (the parent sees to the rest); end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.meta_path.insert(0, _WithoutPandas())
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
