"""Programs that are to be interrupted: a shell that starts the tests in the background makes all of them deaf to it."""

from __future__ import annotations

import signal


def hear_interrupts() -> None:
    """For `preexec_fn`: let Ctrl-C reach the program, whatever whoever started the tests ignores."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
