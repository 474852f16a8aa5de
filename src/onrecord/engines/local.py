"""The local engine: inline for small work, a pool of processes over shards for more.

A worker that dies (killed, out of memory) costs only its shard: the shard is run again alone, then cut in
halves down to the one record that kills it, which becomes a row with a `worker-died` finding.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from onrecord.codes import finding
from onrecord.engines.shards import Shard, run_shard, shard_key, write_then_rename
from onrecord.pipeline import Settings, failed

Progress = Callable[[int], None]


def _silent(_rows: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Local:
    """Runs shards on this machine; `workers` processes, or inline if there is one worker or one shard."""

    workers: int = 1

    def run(
        self, shards: Sequence[Shard], settings: Settings, folder: Path, progress: Progress = _silent
    ) -> list[Path]:
        """Return one Parquet file per shard or, after a worker died, per part of it, in the order of the shards.

        Finished shards stay in `folder` when the run is interrupted and are found again by the next one.
        """
        if self.workers <= 1 or len(shards) <= 1:
            return [path for shard in shards for path in _inline(shard, settings, folder, progress)]
        outputs = self._pooled(shards, settings, folder, progress)
        return [path for paths in outputs for path in paths]

    def _pooled(
        self, shards: Sequence[Shard], settings: Settings, folder: Path, progress: Progress
    ) -> list[list[Path]]:
        outputs: list[list[Path]] = [[] for _ in shards]
        for index, path in _in_pool(shards, settings, folder, self.workers):
            outputs[index] = [path]
            progress(len(shards[index]))
        for index, shard in enumerate(shards):
            if not outputs[index]:  # its worker died, or another's death broke the pool before its turn
                outputs[index] = list(_isolated(shard, settings, folder))
                progress(len(shard))
        return outputs


def _inline(shard: Shard, settings: Settings, folder: Path, progress: Progress) -> Iterator[Path]:
    yield run_shard(shard, settings, folder)
    progress(len(shard))


def _in_pool(shards: Sequence[Shard], settings: Settings, folder: Path, workers: int) -> Iterator[tuple[int, Path]]:
    """Yield the finished shards with their place; stops without an error when the pool breaks."""
    with _pool(workers) as pool:
        futures: dict[Future[Path], int] = {
            pool.submit(run_shard, shard, settings, folder): index for index, shard in enumerate(shards)
        }
        try:
            for future in as_completed(futures):
                if not isinstance(future.exception(), BrokenProcessPool):
                    yield futures[future], future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _isolated(shard: Shard, settings: Settings, folder: Path) -> Iterator[Path]:
    """Run a shard alone; if that kills its worker too, run its halves, down to one record."""
    done = list(_in_pool((shard,), settings, folder, 1))
    if done:
        yield done[0][1]
    elif len(shard) > 1:
        half = len(shard) // 2
        yield from _isolated(shard[:half], settings, folder)
        yield from _isolated(shard[half:], settings, folder)
    else:
        yield _died(shard, settings, folder)


def _died(shard: Shard, settings: Settings, folder: Path) -> Path:
    from onrecord.batch import source_table
    from onrecord.schema.arrow import to_table

    source = shard[0].load()
    message = f"The process working on this record was killed twice; the file has {len(source.data):,} bytes."
    record = failed(source, finding("worker-died", source.path, message, where=source.id))
    target = folder / f"{shard_key(source_table([source]), settings)}.died.parquet"
    write_then_rename(to_table([record]), target)
    return target


def _pool(workers: int) -> ProcessPoolExecutor:
    # "spawn": pyarrow and its threads do not survive a fork reliably.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
