"""The page people look at, and the local editor that writes corrections into the sidecar.

`session` reads and saves, `model` says what the page shows, `page` makes one file of it, `server` gives it to one
browser on this machine. The text of an interview is shown, never run.
"""

from __future__ import annotations

from onrecord.review.page import page
from onrecord.review.server import Server, serve
from onrecord.review.session import Session, View, locate, view_of
from onrecord.review.static import write_static
from onrecord.review.store import ConflictError, NotWritableError

__all__ = [
    "ConflictError",
    "NotWritableError",
    "Server",
    "Session",
    "View",
    "locate",
    "page",
    "serve",
    "view_of",
    "write_static",
]
