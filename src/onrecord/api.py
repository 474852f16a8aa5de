"""The public face: read, parse, check, build and load, for people who write Python."""

from __future__ import annotations

from pathlib import Path

from onrecord.checking import Report, check_paths
from onrecord.pipeline import Settings, process
from onrecord.pipeline import read as read_source
from onrecord.schema.interview import Interview
from onrecord.sources import loose_source

__all__ = ["check", "parse", "read"]


def read(path: str | Path) -> Interview:
    """Return the bare record of a file: its text, its marks and its origin, before any stage.

    Raises `ConfigError` if there is no such file; what is wrong with its bytes is in `findings`.
    """
    return read_source(loose_source(Path(path)))


def parse(path: str | Path, settings: Settings | None = None) -> Interview:
    """Return the complete record of a file: turns, speakers, quotations, findings.

    A file in a collection is read with its card and sidecar, a loose file with defaults.
    Raises `ConfigError` if there is no such file; what is wrong with the data is in `findings`.
    """
    return process(loose_source(Path(path)), settings)


def check(*paths: str | Path, workers: int = 1) -> Report:
    """Return what the checks say of files, collections or a raw folder (see `Report`).

    Raises `ConfigError` for a path at which there is nothing.
    """
    return check_paths([Path(path) for path in paths], workers=workers)
