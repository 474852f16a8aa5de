"""Scripted cases about files, links, sizes and the run: what cannot be stored in a folder."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from collections.abc import Iterable
from pathlib import Path

from onrecord.checking import check_found, examine_source
from onrecord.checks.contract import check_table_texts
from onrecord.collection.document import MAX_BYTES
from onrecord.collection.facts import Facts, Source
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
    return [item for item in examine_source(source, Settings())[0] if item.level == "error"]


@dataclasses.dataclass(frozen=True)
class Deadly:
    """A source that kills the process that loads it, as one does that needs more memory than there is."""

    size: int = 1

    def load(self) -> Source:
        """End the process without a word if it is a worker."""
        if multiprocessing.parent_process() is not None:
            os._exit(1)
        return Source("case/input", "case/input.txt", TEXT.encode())


def a_deadly_record(folder: Path) -> Iterable[Finding]:
    """Two shards in a pool, one of which kills its worker, alone as well."""
    import pyarrow.parquet as pq

    from onrecord.engines.local import Local
    from onrecord.engines.shards import Shard

    shards: list[Shard] = [(Deadly(),), (discover(collection(folder).parent).sources[0],)]
    tables = [pq.read_table(path) for path in Local(2).run(shards, Settings(), folder / "work")]
    assert sum(table.num_rows for table in tables) == 2
    rows = (row for table in tables for row in table.column("findings").to_pylist())
    return [item for row in rows for item in map(Finding.model_validate, row) if item.level == "error"]


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
