"""Scripted cases about files, links, sizes and the run: what cannot be stored in a folder."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable
from pathlib import Path

from onrecord.checking import check_found, examine_source
from onrecord.checks.contract import check_table_texts
from onrecord.collection.document import MAX_BYTES
from onrecord.collection.facts import Facts
from onrecord.pipeline import Settings
from onrecord.schema.interview import Finding
from onrecord.sources import discover
from tests.cases.running import SILENT_CARD, TODAY, Scripted

TEXT = "Q: Who keeps the light?\nA: My sister does, since the spring.\n"


def collection(folder: Path) -> Path:
    """Make a collection with one good interview and return its folder."""
    home = folder / "raw" / "case"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text(SILENT_CARD)
    (home / "input.txt").write_text(TEXT)
    return home


def check(home: Path) -> Iterable[Finding]:
    """Check the folder above a collection."""
    return check_found(discover(home.parent), today=TODAY).findings


def good(folder: Path) -> Iterable[Finding]:
    """One readable interview in one collection."""
    return check(collection(folder))


def a_pipe(folder: Path) -> Iterable[Finding]:
    """A file that cannot be opened like one; mode 000 does not stop the user root, a pipe does."""
    home = collection(folder)
    os.mkfifo(home / "other.txt")
    return check(home)


def a_link_outside(folder: Path) -> Iterable[Finding]:
    """A link to a text outside of raw/."""
    home = collection(folder)
    (folder / "secret.txt").write_text("Not for publication.\n")
    (home / "other.txt").symlink_to(folder / "secret.txt")
    return check(home)


def a_link_inside(folder: Path) -> Iterable[Finding]:
    """A link that stays within raw/ is a text like any other (and here the same text again)."""
    home = collection(folder)
    (home / "other.txt").symlink_to(home / "input.txt")
    return check(home)


def a_huge_sidecar(folder: Path) -> Iterable[Finding]:
    """A sidecar of more bytes than one may have; only its beginning is read."""
    home = collection(folder)
    with (home / "input.yaml").open("wb") as file:
        file.truncate(50 * 2**20)
    return check(home)


def a_large_sidecar(folder: Path) -> Iterable[Finding]:
    """A sidecar just below the limit is read."""
    home = collection(folder)
    (home / "input.yaml").write_text(f"summary: {'word ' * (MAX_BYTES // 8)}\n")
    return check(home)


def a_reader(folder: Path, name: str) -> Iterable[Finding]:
    """A source whose facts name a reader: of one that does not exist the program should never have been asked."""
    (source,) = discover(collection(folder).parent).sources
    source = dataclasses.replace(source, facts=Facts(reader=name))
    return [item for item in examine_source(source, Settings()).findings if item.level == "error"]


def a_deadly_record(folder: Path) -> Iterable[Finding]:
    """The row of a record that killed its worker, as the engine makes it; tests of the engine kill real ones."""
    import pyarrow.parquet as pq

    from onrecord.engines.shards import died

    shard = (discover(collection(folder).parent).sources[0],)
    rows = pq.read_table(died(shard, Settings(), folder)).column("findings").to_pylist()
    return [Finding.model_validate(item) for row in rows for item in row]


CASES: dict[str, Scripted] = {
    "unreadable-file": Scripted(a_pipe, good),
    "symlink-outside": Scripted(a_link_outside, a_link_inside),
    "yaml-too-large": Scripted(a_huge_sidecar, a_large_sidecar),
    "table-text-mismatch": Scripted(
        lambda _: check_table_texts("x", {"x#turn@0": "We did."}, {"x#turn@0": "We didn't."}, "processed"),
        lambda _: check_table_texts("x", {"x#turn@0": "We did."}, {"x#turn@0": "We did."}, "processed"),
    ),
    "stage-failed": Scripted(lambda folder: a_reader(folder, "no-such"), lambda folder: a_reader(folder, "plain")),
    "worker-died": Scripted(a_deadly_record, good),
}
