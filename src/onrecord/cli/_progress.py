"""Progress on a terminal, silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.building import Watch


@contextmanager
def progress(what: str) -> Iterator[Watch]:
    """Show a bar with rate and time left on standard error if it is a terminal."""
    if not sys.stderr.isatty():
        yield Watch()
        return
    from onrecord.cli._bar import bar_of

    with bar_of(what) as bar:
        task = bar.add_task(what, total=None)
        yield Watch(total=lambda rows: bar.update(task, total=rows), done=lambda rows: bar.advance(task, rows))
