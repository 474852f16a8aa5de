"""The local engine: inline for small work, a pool of processes over shards for more.

A worker that dies (killed, out of memory) costs only its shard: the shard is run again alone, then cut in
halves down to the one record that kills it, which becomes a row with a `worker-died` finding. The other shards go on
in a new pool.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from onrecord.engines._isolation import isolated
from onrecord.engines.shards import Shard, found_shard, run_shard
from onrecord.pipeline import Settings
from onrecord.storage import AnyPath

Progress = Callable[[int], None]


def silent(_rows: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Local:
    """Runs shards on this machine; `workers` processes, or inline if there is one worker or one shard."""

    workers: int = 1

    def run(
        self, shards: Sequence[Shard], settings: Settings, folder: AnyPath, progress: Progress = silent
    ) -> list[AnyPath]:
        """Return one Parquet file per shard or, after a worker died, per part of it, in the order of the shards.

        Finished shards stay in `folder` when the run is interrupted and are found again by the next one.
        """
        run = _Run(shards, settings, folder, progress, self.workers)
        if self.workers <= 1 or len(shards) <= 1:
            run.inline()
        else:
            run.pooled()
        return [path for paths in run.outputs for path in paths]


class _Run:
    """One run over shards: what is done of it, and what is not."""

    def __init__(
        self, shards: Sequence[Shard], settings: Settings, folder: AnyPath, progress: Progress, workers: int
    ) -> None:
        self.shards, self.settings, self.folder = shards, settings, folder
        self.progress, self.workers = progress, workers
        self.outputs: list[list[AnyPath]] = [[] for _ in shards]
        self.resumed = not isinstance(folder, Path) or any(folder.glob("*.parquet"))

    def inline(self) -> None:
        for index, shard in enumerate(self.shards):
            self._done(index, [run_shard(shard, self.settings, self.folder)])

    def pooled(self) -> None:
        waiting = deque(range(len(self.shards)))
        while waiting:
            for index in self._until_a_death(waiting):
                self._done(index, list(isolated(self.shards[index], self.settings, self.folder, self._alone)))

    def _done(self, index: int, paths: list[AnyPath]) -> None:
        self.outputs[index] = paths
        self.progress(len(self.shards[index]))

    def _until_a_death(self, waiting: deque[int]) -> list[int]:
        """Work in one pool until nothing waits or a worker dies; return the shards that were with the workers then."""
        flying: dict[Future[AnyPath], int] = {}
        with _pool(self.workers) as pool:
            try:
                while waiting or flying:
                    while waiting and len(flying) <= self.workers:  # one more than workers: none of them waits for us
                        index = waiting.popleft()
                        if (path := self._found(index)) is not None:  # no process is started for what is there
                            self._done(index, [path])
                        else:
                            flying[self._submit(pool, index)] = index
                    for future in wait(flying, return_when=FIRST_COMPLETED).done:
                        if isinstance(future.exception(), BrokenProcessPool):
                            return sorted(flying.values())
                        self._done(flying.pop(future), [future.result()])
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return []

    def _found(self, index: int) -> AnyPath | None:
        return found_shard(self.shards[index], self.settings, self.folder) if self.resumed else None

    def _submit(self, pool: ProcessPoolExecutor, index: int) -> Future[AnyPath]:
        try:
            return pool.submit(run_shard, self.shards[index], self.settings, self.folder)
        except BrokenProcessPool as error:  # it died since it was last looked at
            broken: Future[AnyPath] = Future()
            broken.set_exception(error)
            return broken

    def _alone(self, shard: Shard) -> AnyPath | None:
        with _pool(1) as pool:
            try:
                return pool.submit(run_shard, shard, self.settings, self.folder).result()
            except BrokenProcessPool:
                return None


def _pool(workers: int) -> ProcessPoolExecutor:
    # "spawn": pyarrow and its threads do not survive a fork reliably.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)


def _start_worker() -> None:
    """Finish the shard at hand when the user interrupts (the parent sees to the rest); end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
