"""Progress on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from onrecord.building import Watch


class _Rate(ProgressColumn):
    """How many are done in a second; nothing before the first."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")


@contextmanager
def progress(what: str) -> Iterator[Watch]:
    """Show a bar with rate and time left on standard error if it is a terminal."""
    if not sys.stderr.isatty():
        yield Watch()
        return
    from rich.console import Console

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield Watch(total=lambda rows: bar.update(task, total=rows), done=lambda rows: bar.advance(task, rows))
