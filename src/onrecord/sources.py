"""Find interviews: the walk over raw/ together with the readers and conventions there are."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from onrecord.collection import discovery
from onrecord.collection.discovery import Collection, Discovery, Formats, FoundSource
from onrecord.collection.facts import Facts, Source
from onrecord.collection.loading import Names
from onrecord.collection.naming import CARD_NAME
from onrecord.errors import ConfigError
from onrecord.readers import READERS, Reader, reader_for
from onrecord.stages.layout.conventions import CONVENTIONS

__all__ = ["Collection", "Discovery", "FoundSource", "discover", "find", "loose_source"]

_ONE_INTERVIEW = next(item.default for item in dataclasses.fields(Reader) if item.name == "split")
_MAX_LEVELS = 20


def discover(raw: Path) -> Discovery:
    """Return every interview below `raw`, with what is wrong with cards, sidecars and files.

    The sources are small: `source.load()` reads a file when it is wanted. Raises `ConfigError` if `raw` is no folder.
    """
    if not raw.is_dir():
        raise ConfigError(f"{raw} is not a folder; raw/ holds one folder per collection")
    return discovery.discover(raw, _formats())


def find(path: Path) -> Discovery:
    """Return the interviews of what `path` names: raw/, a collection, a folder in one, a file of one, or a loose file.

    Of a collection's file only this file is returned, but with the facts of its card and sidecar.
    Raises `ConfigError` if there is nothing at `path`.
    """
    if not path.exists():
        raise ConfigError(f"there is no file or folder {path}")
    home = _collection_of(path)
    if home is None:
        return discover(path) if path.is_dir() else discovery.loose(path, _formats())
    if not path.is_dir():
        return discovery.discover_file(home, path, _formats())
    found = discovery.discover_collection(home, _formats())
    return found if path.resolve() == home.resolve() else _only(found, path)


def loose_source(path: Path) -> Source:
    """Return the one interview of a file, read: with card and sidecar in a collection, with defaults elsewhere.

    Of a file with several interviews it is the first; `find` gives all. Raises `ConfigError` if there is no such
    file; a file that cannot be opened is a source that says so.
    """
    found = find(path)
    if path.is_dir() or not found.sources:
        raise ConfigError(f"{path} is not a file with an interview")
    return found.sources[0].load()


def _formats() -> Formats:
    names = Names(readers=tuple(READERS), conventions=tuple(convention.name for convention in CONVENTIONS))
    return Formats(names=names, split_of=_split_of)


def _split_of(path: str, facts: Facts) -> discovery.Split | None:
    reader = READERS.get(facts.reader or "") or reader_for(path)
    return None if reader.split is _ONE_INTERVIEW else reader.split


def _collection_of(path: Path) -> Path | None:
    """The nearest folder at or above `path` that has a card."""
    folder = Path(os.path.abspath(path))
    if not path.is_dir():
        folder = folder.parent
    for _ in range(_MAX_LEVELS):
        if (folder / CARD_NAME).is_file():
            return folder
        if folder == folder.parent:
            break
        folder = folder.parent
    return None


def _only(found: Discovery, path: Path) -> Discovery:
    """Keep what concerns the folder `path`: its sources, and the findings about its files and the card."""
    wanted = Path(os.path.abspath(path))
    sources = tuple(item for item in found.sources if wanted in item.file.parents)
    paths = {CARD_NAME, *(item.path for item in sources), *(item.sidecar for item in sources)}
    findings = tuple(item for item in found.findings if item.path in paths or item.path.endswith(f"/{CARD_NAME}"))
    return dataclasses.replace(found, sources=sources, findings=findings)
