"""Reading a release back: tables for analysis, interviews for everything else.

    turns = onrecord.load()                                   # pyarrow.Table of processed/, config `turns`
    quotes = onrecord.load("quotes", "org/name", revision="v1.2.0")
    turns = onrecord.load("turns", "s3://press/processed")    # where `onrecord build` put it, or one release in it
    frame = onrecord.load("speakers").to_pandas(types_mapper=pandas.ArrowDtype)

The rows are those of `datasets.load_dataset(source, config)`; nothing is cached, nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import ConfigError
from onrecord.hub.client import address_of, fetch
from onrecord.publish.manifest import LATEST, NAME, ConfigEntry, Manifest
from onrecord.publish.parquet import read_rows, reading
from onrecord.publish.verification import read_manifest
from onrecord.schema.arrow import interview_of, require_schema
from onrecord.schema.interview import Interview
from onrecord.storage import AnyPath, RemotePath, exists, parquet_input, place, reach
from onrecord.tables import DEFAULT, FICTIONAL, TABLES


def load(
    config: str = DEFAULT,
    source: str | Path = "processed",
    *,
    split: str | None = None,
    columns: Sequence[str] | None = None,
    revision: str | None = None,
) -> pa.Table:
    """Return one table of a release as a `pyarrow.Table`.

    `source` is a folder, here or in an object store, or the id of a dataset on the Hub, of which `revision` (a tag such
    as `v1.2.0`) is fetched; `org/name@v1.2.0` says both.
    Without `split` all splits are returned, in the order of the card; with `columns` only these are read.

    Raises `ConfigError` if there is no such release, config, split or column (the message lists those there are), or if
    a file of it is damaged.
    """
    folder = folder_of(source, revision, [NAME, f"data/{config}/*"])
    manifest = _manifest(folder)
    entry = _config(manifest, config)
    names = [part.name for part in entry.splits]
    if split is not None and split not in names:
        raise ConfigError(f"config {config!r} has no split {split!r}; there are: {', '.join(names)}")
    schema = TABLES[entry.table].schema
    for column in columns or ():
        if column not in schema.names:
            raise ConfigError(f"config {config!r} has no column {column!r}; there are: {', '.join(schema.names)}")
    files = [folder / name for part in entry.splits if split in (None, part.name) for name in part.files]
    wanted = schema if columns is None else pa.schema([schema.field(name) for name in columns])
    tables = [_read(file, wanted.names) for file in files]
    for table in tables:
        require_schema(table.schema, wanted, config)
    return pa.concat_tables([table.cast(wanted) for table in tables])


def _read(file: AnyPath, columns: Sequence[str]) -> pa.Table:
    """The columns of a file, in this order; `pq.read_table` would bring pandas with it where that is installed."""
    with reading(file), pq.ParquetFile(parquet_input(file)) as part:
        return part.read(columns=list(columns)).select(columns)


def interviews(source: str | Path = "processed", ids: Collection[str] = ()) -> Iterator[Interview]:
    """Yield the interviews of a release, real and invented ones, in the order of the card and of their ids.

    With `ids` only these are made. Standoff records are left out: without their words they are no valid records
    (`withheld` lists them). Raises `ConfigError` if there is no release.
    """
    wanted = set(ids)
    for row in _records(folder_of(source, patterns=[NAME, "data/*interviews/*"]), None):
        if row["text"] is not None and (not wanted or row["id"] in wanted):
            yield interview_of(row)


def withheld(source: str | Path = "processed") -> tuple[str, ...]:
    """Return the ids of the records whose words are not in the release; raises `ConfigError` if there is none."""
    rows = _records(folder_of(source, patterns=[NAME, "data/*interviews/*"]), ["id", "text"])
    return tuple(row["id"] for row in rows if row["text"] is None)


def _records(folder: AnyPath, columns: list[str] | None) -> Iterator[dict[str, Any]]:
    for config in _manifest(folder).configs:
        if config.name in ("interviews", f"{FICTIONAL}interviews"):
            for name in (file for split in config.splits for file in split.files):
                yield from read_rows(folder / name, columns)


def folder_of(source: str | Path, revision: str | None = None, patterns: Collection[str] | None = None) -> AnyPath:
    """Return the folder of a release: `source` itself, or the files (those that match `patterns`) of `org/name[@tag]`.

    In an object store it is the release that `latest.json` in `source` names, if there is one. Raises `ConfigError` if
    there is neither, or the store cannot be reached.
    """
    if "://" in str(source):
        if revision is not None:
            raise ConfigError(f"{source} has one revision only: leave `revision` out")
        return _current(place(str(source)))
    folder = Path(source)
    if folder.is_dir():
        if revision is not None:
            raise ConfigError(f"{folder} is a folder, which has one revision only: leave `revision` out")
        return folder
    try:
        address = address_of(str(source))
    except ConfigError:
        message = f"there is no folder {folder}: name the folder of a release, or a dataset on the Hub as org/name"
        raise ConfigError(message) from None
    if revision is not None and address.revision is not None:
        raise ConfigError(f"{source} names a revision already: leave `revision` out")
    return fetch(address if revision is None else replace(address, revision=revision), patterns)


def _current(folder: AnyPath) -> AnyPath:
    """The release that is meant by a folder with releases of an object store; else the folder itself."""
    if isinstance(folder, RemotePath):
        reach(folder)
        if exists(folder / LATEST):
            try:
                return folder / str(json.loads((folder / LATEST).read_bytes())["release"])
            except (ValueError, KeyError, TypeError) as error:
                raise ConfigError(f"{folder / LATEST} names no release") from error
    return folder


def _manifest(folder: AnyPath) -> Manifest:
    manifest, found = read_manifest(folder)
    if manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    return manifest


def _config(manifest: Manifest, name: str) -> ConfigEntry:
    names = [config.name for config in manifest.configs]
    if name not in names:
        raise ConfigError(f"this release has no config {name!r}; there are: {', '.join(names) or 'none'}")
    return manifest.config(name)
