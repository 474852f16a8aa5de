"""Processes that work for this one, and are never left behind."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Literal, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_ahead: dict[int, ProcessPoolExecutor] = {}
"""Pools whose processes are there before they are asked for, by their number."""


def process_pool(workers: int) -> ProcessPoolExecutor:
    """Return a pool of so many processes; a Ctrl-C is left to this process, with which they end in any case.

    Those of `fork_ahead` are given to the first that asks for their number; others are spawned.
    """
    # "spawn": pyarrow and its threads do not survive a fork reliably.
    return _ahead.pop(workers, None) or _pool(workers, "spawn")


def fork_ahead(workers: int, theirs: str, ours: str) -> None:
    """Fork the processes of the next pool of so many now, and import the module `theirs` there and `ours` here.

    They have what this process has imported, which costs a spawned one a second. So it is for a program to call, once
    it has imported what they share; where a fork is not safe any more they are spawned when they are asked for.
    """
    if workers > 1 and _has_one_thread():
        pool = _ahead[workers] = _pool(workers, "fork")
        for _ in range(workers):
            pool.submit(import_module, theirs)
    import_module(ours)


def end_unused() -> None:
    """End the processes that were there ahead and that nothing has asked for."""
    while _ahead:
        _ahead.popitem()[1].shutdown(cancel_futures=True)


def _pool(workers: int, start: Literal["fork", "spawn"]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(start)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)


def _has_one_thread() -> bool:
    """Whether no thread, of whatever library, can hold a lock that a forked process would wait for in vain."""
    tasks = Path("/proc/self/task")  # Linux: elsewhere libraries of the system do not survive a fork
    return tasks.is_dir() and len(list(tasks.iterdir())) == 1


def give_back_memory() -> None:
    """Let the system have what was freed: Arrow and C keep it for later, and other processes need it now."""
    if (arrow := sys.modules.get("pyarrow")) is not None:
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):  # not every C library has it
        library.malloc_trim(0)


def mapped(pool: Executor, function: Callable[[T], R], items: Sequence[T], chunk: int, ahead: int) -> Iterator[R]:
    """Yield what `function` returns for each of `items`, in their order; a process is given `chunk` of them together.

    Of no more than `ahead` chunks are arguments or results in memory, which `Executor.map` keeps of all.
    """
    chunks = (items[at : at + chunk] for at in range(0, len(items), chunk))
    waiting: deque[Future[list[R]]] = deque()
    try:
        for some in chunks:
            waiting.append(pool.submit(_each_of, function, some))
            if len(waiting) >= ahead:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def outliving(pool: Executor | None, function: Callable[[T], R], items: Sequence[T]) -> Generator[R]:
    """Yield what `function` returns for each of `items`, in their order, by the processes of `pool` if there is one.

    Should one of them die, all of them end, and this process does what is left: an item may be begun twice.
    """
    done = 0
    if pool is not None:
        try:
            for found in pool.map(function, items):
                yield found
                done += 1
        except BrokenProcessPool:
            pool.shutdown()  # waits until none is at anything any more
    yield from map(function, items[done:])


def _each_of(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return list(map(function, items))


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
