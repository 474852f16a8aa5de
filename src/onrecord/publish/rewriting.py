"""The tables of a release written again from rows, not from records: for deltas and for cleaning old copies.

Standoff records have lost their words and cannot be made again, so whatever changes a finished release works on rows.
"""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from onrecord.publish.manifest import ConfigEntry, Manifest, SplitEntry
from onrecord.publish.parquet import SplitWriter
from onrecord.publish.staging import Staging
from onrecord.publish.verification import read_rows
from onrecord.tables import TABLES

Row = dict[str, Any]
Group = tuple[str, list[Row]]


def interview_groups(folder: Path, config: ConfigEntry, split: str) -> Iterator[Group]:
    """Yield (interview's id, its rows) of one split of one config, in order; nothing if there is no such split."""
    for entry in config.splits:
        if entry.name == split:
            rows = (row for name in entry.files for row in read_rows(folder / name))
            yield from grouped(config.table, rows)


def grouped(table: str, rows: Iterator[Row]) -> Iterator[Group]:
    """Yield rows in order, grouped by interview."""
    key = "id" if table == "interviews" else "interview"
    for id_, group in groupby(rows, key=lambda row: str(row[key])):
        yield id_, list(group)


def merged(groups: Sequence[Iterator[Group]], dropped: Container[str] = ()) -> Iterator[Row]:
    """Yield the rows of several streams of groups in the order of the interviews' ids.

    Of the first stream the interviews in `dropped` are left out.
    """
    first, *others = groups
    kept = (group for group in first if group[0] not in dropped)
    for _, rows in heapq.merge(kept, *others, key=lambda group: group[0]):
        yield from rows


def write_split(stage: Staging, config: str, table: str, split: str, rows: Iterator[Row]) -> SplitEntry | None:
    """Write one split and return what was written; None, and no file, if there are no rows."""
    writer = SplitWriter(split, f"data/{config}/{split}", TABLES[table].schema, stage.open)
    first = next(rows, None)
    if first is None:
        return None
    try:
        writer.add(first)
        for row in rows:
            writer.add(row)
        return writer.close()
    finally:
        writer.abandon()


def config_of(manifest: Manifest, name: str, table: str) -> ConfigEntry:
    """Return a config of a manifest; one without splits if it does not have it."""
    found = next((config for config in manifest.configs if config.name == name), None)
    return found or ConfigEntry(name=name, table=table, splits=())
