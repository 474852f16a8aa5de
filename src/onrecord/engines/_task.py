"""What engines run: a task that makes one file, whatever is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from onrecord.storage import AnyPath

Progress = Callable[[int], None]


def silent(_rows: int) -> None:
    """Report no progress."""


class Task(Protocol):
    """Makes one file, named by what goes into it; small, because it is sent to other processes."""

    @property
    def rows(self) -> int:
        """Number of records it is about, for the progress."""

    @property
    def size(self) -> int:
        """How much work it is beside others of its kind."""

    def run(self, folder: AnyPath) -> AnyPath:
        """Make the file in `folder`, or find it made."""

    def found(self, folder: AnyPath) -> AnyPath | None:
        """Return the file if it was made before and that is cheap to know."""

    def halves(self) -> Sequence[Task]:
        """Return tasks that make the file in parts; nothing if there is no smaller part."""

    def died(self, folder: AnyPath) -> AnyPath:
        """Return the file that says that whoever runs this task dies of it; or raise what it means."""


def largest_first(tasks: Sequence[Task]) -> list[int]:
    """Return the numbers of tasks in the order in which to run them: no worker is left alone with a large one."""
    return sorted(range(len(tasks)), key=lambda number: -tasks[number].size)
