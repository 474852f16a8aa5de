"""What a piece of code asks of the system while it runs: files opened, connections, programs, code made from text."""

from __future__ import annotations

import sys
from collections.abc import Callable

_WATCHED = ("open", "socket.", "subprocess.", "os.", "shutil.", "urllib.", "ftplib.", "ctypes.dlopen", "pickle.")
_seen: list[str] | None = None


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _seen is not None and event.startswith(_WATCHED):
        _seen.append(f"{event}{arguments[:2]}")


sys.addaudithook(_hook)


def asked(run: Callable[[], object]) -> list[str]:
    """Return the events of the system that `run` causes; what it imports, it should have imported before."""
    global _seen
    _seen = []
    try:
        run()
        return _seen
    finally:
        _seen = None
