"""Find interviews: the walk over raw/ together with the readers and conventions there are."""

from __future__ import annotations

import dataclasses
import glob
import os
from collections.abc import Sequence
from pathlib import Path

from onrecord.collection import discovery
from onrecord.collection.facts import Facts, Source
from onrecord.collection.found import Collection, Discovery, Formats, FoundSource, Split
from onrecord.collection.loading import Names
from onrecord.collection.naming import CARD_NAME, SIDECAR_SUFFIX, TOP_FILES, YAML_SUFFIXES, ignored, stem_of
from onrecord.errors import ConfigError
from onrecord.readers import READERS, Reader, reader_for
from onrecord.readers.packed import packed_in
from onrecord.stages.layout import conventions
from onrecord.storage import AnyPath, RemotePath, forget_listings, reach

__all__ = [
    "Collection",
    "Discovery",
    "FoundSource",
    "discover",
    "find",
    "home_of",
    "loose_source",
    "merged",
    "texts_of",
]

_ONE_INTERVIEW = next(item.default for item in dataclasses.fields(Reader) if item.name == "split")
_MAX_LEVELS = 20


def discover(raw: AnyPath) -> Discovery:
    """Return every interview below `raw`, with what is wrong with cards, sidecars and files.

    `raw` may be in an object store. The sources are small: `source.load()` reads a file when it is wanted. Raises
    `ConfigError` if `raw` is no folder, or cannot be reached.
    """
    if isinstance(raw, RemotePath):
        forget_listings()
        reach(raw)
    elif not raw.is_dir():
        raise ConfigError(f"{raw} is not a folder; raw/ holds one folder per collection")
    return discovery.discover(raw, _formats())


def find(path: Path) -> Discovery:
    """Return the interviews of what `path` names: raw/, a collection, a folder in one, a file of one, or a loose file.

    Of a collection's file only this file is returned, but with the facts of its card and sidecar. A sidecar names the
    interviews it belongs to, a card its collection, and people.yaml, release.yaml and the ledger all of raw/.
    Raises `ConfigError` if there is nothing at `path`.
    """
    if not path.exists():
        raise ConfigError(f"there is no file or folder {path}")
    home = home_of(path)
    if not path.is_dir() and (texts := texts_of(path)):
        return merged([discovery.discover_file(home, text, _formats()) if home else _loose(text) for text in texts])
    if home is None:
        return discover(path) if path.is_dir() else _loose(path)
    if not path.is_dir():
        if path.name == CARD_NAME:
            return discovery.discover_collection(path.parent, _formats())
        if path.name.lower().endswith(YAML_SUFFIXES):
            return _about(discovery.discover_collection(home, _formats()), path)
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


def texts_of(sidecar: Path) -> list[Path]:
    """Return the texts that a file is the sidecar of, by name; none if it is none, or belongs to no text."""
    if not sidecar.name.endswith(SIDECAR_SUFFIX) or sidecar.name == CARD_NAME:
        return []
    return [
        other
        for other in sorted(sidecar.parent.glob(f"{glob.escape(sidecar.stem)}*"))
        if not other.is_symlink() and other.is_file() and not ignored(other.name)
        if not other.name.lower().endswith(YAML_SUFFIXES) and stem_of(other.name) == sidecar.stem
    ]


def merged(discoveries: Sequence[Discovery]) -> Discovery:
    """Return several discoveries as one; what two of them found is there once."""
    return Discovery(
        raw=discoveries[0].raw if discoveries else Path(),
        sources=tuple({(i.path, i.locator): i for found in discoveries for i in found.sources}.values()),
        collections=tuple({i.folder: i for found in discoveries for i in found.collections}.values()),
        findings=tuple({i.model_dump_json(): i for found in discoveries for i in found.findings}.values()),
        sidecars={path: document for found in discoveries for path, document in found.sidecars.items()},
    )


def _loose(path: Path) -> Discovery:
    return discover(path.parent) if path.name in TOP_FILES else discovery.loose(path, _formats())


def _about(found: Discovery, path: Path) -> Discovery:
    """Keep what is said of a file that belongs to no text: a lonely or misspelt sidecar."""
    name = os.path.relpath(os.path.abspath(path), found.here)
    findings = tuple(item for item in found.findings if item.path == Path(name).as_posix())
    return dataclasses.replace(found, sources=(), findings=findings)


def _formats() -> Formats:
    names = Names(readers=tuple(READERS), conventions=tuple(conventions.REGISTRY.by_name))
    return Formats(names=names, split_of=_split_of, packed_of=packed_in)


def _split_of(path: str, facts: Facts) -> Split | None:
    reader = READERS.get(facts.reader or "") or reader_for(path)
    return None if reader.split is _ONE_INTERVIEW else reader.split


def home_of(path: Path) -> Path | None:
    """Return the collection that `path` is or lies in: the nearest folder at or above it that has a card."""
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
    sources = tuple(item for item in found.sources if wanted in item.here.parents)
    paths = {CARD_NAME, *(item.path for item in sources), *(item.sidecar for item in sources)}
    findings = tuple(item for item in found.findings if item.path in paths or item.path.endswith(f"/{CARD_NAME}"))
    return dataclasses.replace(found, sources=sources, findings=findings)
