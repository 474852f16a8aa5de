"""The local engine: inline for small work, a pool of processes for more.

A worker that dies (killed, out of memory) costs only its task: the task is run again alone, then cut in halves down to
the one record that kills it: of a shard it becomes a row with a `worker-died` finding. The others go on in a new pool.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.engines._isolation import isolated
from onrecord.engines._task import Progress, Task, largest_first, silent
from onrecord.storage import AnyPath
from onrecord.workers import give_back_memory, process_pool


@dataclass(slots=True)
class Local:
    """Runs tasks on this machine; `workers` processes, or inline if there is one worker or one task.

    The processes are started for the first run that needs them, and wait for more until `close`.
    """

    workers: int = 1
    _pool: ProcessPoolExecutor | None = field(default=None, init=False, repr=False, compare=False)

    def run(self, tasks: Sequence[Task], folder: AnyPath, progress: Progress = silent) -> list[AnyPath]:
        """Return one file per task or, after a worker died, per part of it, in the order of the tasks.

        Finished files stay in `folder` when the run is interrupted and are found again by the next one.
        """
        run = _Run(tasks, folder, progress, self)
        if self.workers <= 1 or len(tasks) <= 1:
            run.inline()
        else:
            run.pooled()
        return [path for paths in run.outputs for path in paths]

    def pool(self) -> ProcessPoolExecutor:
        """Return the processes, started if there are none."""
        self._pool = self._pool or process_pool(self.workers)
        return self._pool

    def at_hand(self) -> Executor | None:
        """Return the processes that wait for the next run; None if none were started."""
        return self._pool

    def close(self) -> None:
        """Let the processes finish what they are at, and end."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


class _Run:
    """One run over tasks: what is done of it, and what is not."""

    def __init__(self, tasks: Sequence[Task], folder: AnyPath, progress: Progress, engine: Local) -> None:
        self.tasks, self.folder, self.progress, self.engine = tasks, folder, progress, engine
        self.outputs: list[list[AnyPath]] = [[] for _ in tasks]
        self.resumed = not isinstance(folder, Path) or (folder.is_dir() and any(folder.iterdir()))

    def inline(self) -> None:
        for index, task in enumerate(self.tasks):
            self._done(index, [task.run(self.folder)])

    def pooled(self) -> None:
        waiting = deque(largest_first(self.tasks))
        while waiting:
            for index in self._until_a_death(waiting):
                self._done(index, list(isolated(self.tasks[index], self.folder, self._alone)))

    def _done(self, index: int, paths: list[AnyPath]) -> None:
        self.outputs[index] = paths
        self.progress(self.tasks[index].rows)

    def _until_a_death(self, waiting: deque[int]) -> list[int]:
        """Work in one pool until nothing waits or a worker dies; return the tasks that were with the workers then."""
        flying: dict[Future[AnyPath], int] = {}
        try:
            while waiting or flying:
                while waiting and len(flying) <= self.engine.workers:  # one more than workers: none of them waits
                    index = waiting.popleft()
                    if (path := self._found(index)) is not None:  # no process is started for what is there
                        self._done(index, [path])
                    else:
                        flying[self._submit(index)] = index
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    if isinstance(future.exception(), BrokenProcessPool):
                        self.engine.close()
                        return sorted(flying.values())
                    self._done(flying.pop(future), [future.result()])
        except BaseException:
            self.engine.close()
            raise
        return []

    def _found(self, index: int) -> AnyPath | None:
        return self.tasks[index].found(self.folder) if self.resumed else None

    def _submit(self, index: int) -> Future[AnyPath]:
        try:
            return self.engine.pool().submit(_task, self.tasks[index], self.folder)
        except BrokenProcessPool as error:  # it died since it was last looked at
            broken: Future[AnyPath] = Future()
            broken.set_exception(error)
            return broken

    def _alone(self, task: Task) -> AnyPath | None:
        with process_pool(1) as pool:
            try:
                return pool.submit(_task, task, self.folder).result()
            except BrokenProcessPool:
                return None


def _task(task: Task, folder: AnyPath) -> AnyPath:
    try:
        return task.run(folder)
    finally:
        give_back_memory()  # the next one may be small, and the largest ones of all processes must not add up
