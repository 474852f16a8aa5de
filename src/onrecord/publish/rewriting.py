"""The tables of a release written again from rows: for deltas, for cleaning old copies, and for restoring words.

Standoff records have lost their words and cannot be made again, so whatever changes a finished release works on rows.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from onrecord.publish.manifest import ConfigEntry, Manifest, SplitEntry
from onrecord.publish.parquet import SplitWriter, read_rows
from onrecord.publish.staging import Staging
from onrecord.schema.arrow import interview_of
from onrecord.tables import FICTIONAL, TABLES, Row, config_names

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


def rewritten(
    stage: Staging, folder: Path, manifest: Manifest, change: Callable[[Row], Row | None]
) -> tuple[ConfigEntry, ...]:
    """Write all tables of a release again, some of its records changed, and return what was written.

    `change` gets each row of `interviews` and returns another one, whose rows in all tables are then made anew; or
    None, and all rows of the record stay as they are.
    """
    found: dict[str, list[SplitEntry]] = {name: [] for name in config_names()}
    for prefix in ("", FICTIONAL):
        for split in config_of(manifest, f"{prefix}interviews", "interviews").splits:
            for table, entry in _split_again(stage, folder, manifest, (prefix, split.name), change):
                found[f"{prefix}{table}"].append(entry)
    return tuple(
        ConfigEntry(name=name, table=name.removeprefix(FICTIONAL), splits=tuple(splits))
        for name, splits in found.items()
        if splits
    )


def _split_again(
    stage: Staging, folder: Path, manifest: Manifest, place: tuple[str, str], change: Callable[[Row], Row | None]
) -> Iterator[tuple[str, SplitEntry]]:
    prefix, split = place
    old = {table: interview_groups(folder, config_of(manifest, prefix + table, table), split) for table in TABLES}
    waiting = {table: next(groups, None) for table, groups in old.items()}
    with ExitStack() as stack:
        writers: dict[str, SplitWriter] = {}
        while (record := waiting["interviews"]) is not None:
            changed = change(record[1][0])
            interview = None if changed is None else interview_of(changed)
            for table in TABLES:
                group, rows = waiting[table], []
                if group is not None and group[0] == record[0]:
                    rows, waiting[table] = group[1], next(old[table], None)
                for row in rows if interview is None else TABLES[table].rows(interview):
                    if table not in writers:
                        name = f"data/{prefix}{table}/{split}"
                        writers[table] = SplitWriter(split, name, TABLES[table].schema, stage.open)
                        stack.callback(writers[table].abandon)
                    writers[table].add(row)
        for table, writer in writers.items():
            yield table, writer.close()
