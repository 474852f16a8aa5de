"""What to do with a task whose worker died: cut it down to the one record that kills."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.engines._task import Task
from onrecord.storage import AnyPath

Alone = Callable[[Task], AnyPath | None]
"""Runs a task with no other beside it; None if its worker died."""


def isolated(task: Task, folder: AnyPath, alone: Alone) -> Iterator[AnyPath]:
    """Yield the outputs of a task: of all of it, or of its halves, down to the row of a record that kills."""
    path = alone(task)
    if path is not None:
        yield path
        return
    halves = task.halves()
    for half in halves:
        yield from isolated(half, folder, alone)
    if not halves:
        yield task.died(folder)
