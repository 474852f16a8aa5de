"""The processes of a command: there before the command itself has anything to do for them."""

from __future__ import annotations

import click


def fork_workers(workers: int, theirs: str, ours: str | None = None) -> None:
    """Start so many processes, if it is more than one, with what makes records imported once for all of them.

    Then they import the module `theirs`, and the command `ours` (the same, if not given): they may need Arrow, whose
    threads forbid to start processes later. What the command leaves unused ends with it.
    """
    import onrecord.pipeline  # noqa: F401 - for the processes to have
    from onrecord.workers import end_unused, fork_ahead

    fork_ahead(workers, theirs, ours or theirs)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.call_on_close(end_unused)
