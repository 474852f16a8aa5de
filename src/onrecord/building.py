"""The whole line over a folder: find, make records in shards, write a complete dataset or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.checking import settle_waivers
from onrecord.checks.across import check_across, summarise
from onrecord.engines.local import Local
from onrecord.engines.shards import plan
from onrecord.errors import ConfigError
from onrecord.findings import in_order
from onrecord.pipeline import Settings
from onrecord.publish import Manifest, load_facts, load_ledger, write_release
from onrecord.publish.ledger import withdrawn_sources
from onrecord.schema.arrow import interview_of
from onrecord.schema.interview import Finding
from onrecord.sources import Discovery, discover

WORK = ".onrecord"
"""Folder beside the output that holds finished shards, so that an interrupted build goes on where it was."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the manifest of the dataset, and what is wrong with cards, files and records."""

    manifest: Manifest
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who wants to know how far a build is: called with the number of records to make, then with those made."""

    total: Callable[[int], None] = lambda _rows: None
    done: Callable[[int], None] = lambda _rows: None


@dataclass(frozen=True, slots=True)
class Prepared:
    """The records of a raw folder, made and lying in shards, with what was found on the way there."""

    discovery: Discovery
    shards: tuple[Path, ...]

    def tables(self) -> Iterator[pa.Table]:
        """Yield the records as tables of interviews."""
        return (pq.read_table(path) for path in self.shards)

    def findings(self, today: datetime.date) -> tuple[Finding, ...]:
        """Return what is wrong with cards, files and records; `today` decides which waivers still hold."""
        gone = withdrawn_sources(self.discovery.sources, load_ledger(self.discovery.raw))
        found = (*self.discovery.findings, *gone, *self._of_records())
        return tuple(in_order(settle_waivers(found, self.discovery, today)))

    def across(self) -> tuple[Finding, ...]:
        """Return what is wrong between the records: texts that occur twice, collections unlike what they expect."""
        cards = {item.name: (item.path, item.card) for item in self.discovery.collections}
        known = {item.path for item in self.discovery.findings if item.code == "duplicate-text"}
        summaries = [summarise(interview_of(row)) for table in self.tables() for row in table.to_pylist()]
        found = check_across(summaries, cards)
        return tuple(item for item in found if item.code != "duplicate-text" or item.path not in known)

    def _of_records(self) -> Iterator[Finding]:
        for path in self.shards:
            for found in pq.read_table(path, columns=["findings"]).column("findings"):
                yield from (Finding.model_validate(item) for item in found.as_py())


def build(
    raw: Path, out: Path, *, settings: Settings | None = None, workers: int = 1, watch: Watch | None = None
) -> Built:
    """Make the dataset of `raw` in `out`.

    `out` is replaced at the end, in one step, by a complete and verified dataset; until then, and if anything
    fails, the old one stays whole. Broken data is in `findings`.

    Raises `ConfigError` if `raw` holds no interview or `out` lies within it, `ReleaseRefused` if what was written
    does not verify, and `OSError` if the disk fails.
    """
    made = prepare(raw, out, settings=settings, workers=workers, watch=watch)
    manifest = write_release(made.tables(), Path(out), load_facts(Path(raw)), load_ledger(Path(raw)))
    return Built(manifest, made.findings(datetime.date.today()))


def prepare(
    raw: Path, out: Path, *, settings: Settings | None = None, workers: int = 1, watch: Watch | None = None
) -> Prepared:
    """Make the records of `raw` in shards beside `out`: all of `build` but writing the dataset.

    Raises `ConfigError` if `raw` holds no interview or `out` lies within it, and `OSError` if the disk fails.
    """
    raw, out = Path(raw), Path(out)
    settings, watch = settings or Settings(), watch or Watch()
    if out.resolve().is_relative_to(raw.resolve()) or raw.resolve().is_relative_to(out.resolve()):
        raise ConfigError(f"{out} and {raw} lie within one another: raw files are never written to; choose another OUT")
    discovery = discover(raw)
    if not discovery.sources:
        raise ConfigError(f"{raw} holds no interview: put texts into {raw}/<collection>/, see CONTRIBUTING.md")
    watch.total(len(discovery.sources))
    shards = Local(workers).run(list(plan(discovery.sources)), settings, out.parent / WORK / "shards", watch.done)
    return Prepared(discovery, tuple(shards))
