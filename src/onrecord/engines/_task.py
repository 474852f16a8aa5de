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

    def run(self, folder: AnyPath) -> AnyPath:
        """Make the file in `folder`, or find it made."""

    def found(self, folder: AnyPath) -> AnyPath | None:
        """Return the file if it was made before and that is cheap to know."""

    def halves(self) -> Sequence[Task]:
        """Return tasks that make the file in parts; nothing if there is no smaller part."""

    def died(self, folder: AnyPath) -> AnyPath:
        """Return the file that says that whoever runs this task dies of it; or raise what it means."""
