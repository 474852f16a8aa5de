"""The whole line over a folder: find, make records in shards, write a complete dataset or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.checking import settle_waivers
from onrecord.engines.local import Local
from onrecord.engines.shards import plan
from onrecord.errors import ConfigError
from onrecord.findings import in_order
from onrecord.pipeline import Settings
from onrecord.publish import Manifest, load_facts, load_ledger, write_release
from onrecord.schema.interview import Finding
from onrecord.sources import discover

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


def build(
    raw: Path, out: Path, *, settings: Settings | None = None, workers: int = 1, watch: Watch | None = None
) -> Built:
    """Make the dataset of `raw` in `out`.

    `out` is replaced at the end, in one step, by a complete and verified dataset; until then, and if anything
    fails, the old one stays whole. Broken data is in `findings`.

    Raises `ConfigError` if `raw` holds no interview or `out` lies within it, `ReleaseRefused` if what was written
    does not verify, and `OSError` if the disk fails.
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
    manifest = write_release(_tables(shards), out, load_facts(raw), load_ledger(raw))
    findings = settle_waivers((*discovery.findings, *_findings(shards)), discovery, datetime.date.today())
    return Built(manifest, tuple(in_order(findings)))


def _tables(shards: list[Path]) -> Iterator[pa.Table]:
    return (pq.read_table(path) for path in shards)


def _findings(shards: list[Path]) -> Iterator[Finding]:
    for path in shards:
        for found in pq.read_table(path, columns=["findings"]).column("findings"):
            yield from (Finding.model_validate(item) for item in found.as_py())
