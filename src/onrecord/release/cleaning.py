"""Withdrawals: a line in the ledger for the next release, and a way to clean the copies that exist.

An id that was withdrawn is never used again: a release leaves its record out, whatever `raw/` holds.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish import write_documents
from onrecord.publish.contents import RAW_SUMS, Contents
from onrecord.publish.facts import released_facts
from onrecord.publish.ledger import FILE as LEDGER
from onrecord.publish.ledger import RELEASED as TAKEDOWNS
from onrecord.publish.ledger import Entry, Ledger, append, load_ledger, released_takedowns, takedown_lines
from onrecord.publish.manifest import ConfigEntry, Manifest, SplitEntry
from onrecord.publish.rewriting import interview_groups, merged, write_split
from onrecord.publish.staging import Staging, promote, staged
from onrecord.publish.statistics import Counters, placeholder
from onrecord.publish.verification import changes, verify
from onrecord.release.streams import manifest_of, records


def withdraw(raw: Path, ids: Iterable[str], why: str, on: datetime.date, known: Iterable[str]) -> tuple[Entry, ...]:
    """Add withdrawals to the ledger in `raw` and return them; the next build leaves these records out.

    `known` are the ids there are. Raises `ConfigError` for an id that is not among them (with near ones), one that
    was withdrawn before, or an empty reason.
    """
    if not why.strip():
        raise ConfigError("a withdrawal needs a reason: one sentence, which is published")
    wanted, there, gone = list(dict.fromkeys(ids)), set(known), load_ledger(raw).withdrawn
    for id_ in wanted:
        if id_ in gone:
            raise ConfigError(f"{id_!r} was withdrawn on {gone[id_].on}")
        if id_ not in there:
            near = get_close_matches(id_, there, 3)
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ConfigError(f"there is no interview {id_!r}{meant}")
    entries = tuple(Entry(event="withdrawn", id=id_, on=on, why=why.strip()) for id_ in wanted)
    append(raw, entries)
    return entries


def takedowns_in(source: Path) -> Mapping[str, Entry]:
    """Return the withdrawals known to `source`: a newer release, a raw folder, or one of their ledger files."""
    source = Path(source)
    if (source / TAKEDOWNS).is_file():
        return released_takedowns(source)
    if (source / LEDGER).is_file():
        return load_ledger(source).withdrawn
    if source.is_file():
        lines = source.read_text(encoding="utf-8").splitlines()
        entries = (Entry.model_validate(json.loads(line)) for line in lines if line.strip())
        return {entry.id: entry for entry in entries if entry.event == "withdrawn"}
    raise ConfigError(f"{source} has neither {TAKEDOWNS} nor {LEDGER}")


def clean(copy: Path, takedowns: Mapping[str, Entry]) -> tuple[Manifest, tuple[str, ...]]:
    """Remove withdrawn records from the release in `copy`, in place and in one step.

    Returns the new manifest and the ids that were removed; if there was nothing to remove, `copy` stays as it is.
    Raises `ConfigError` if the folder is no release, and `ReleaseRefused` if it was changed by hand.
    """
    copy = Path(copy).resolve()
    manifest = manifest_of(copy)
    removed = tuple(stored.id for stored in records(copy, manifest) if stored.id in takedowns)
    if not removed:
        return manifest, ()
    if found := changes(copy):
        raise ReleaseRefused(f"{copy} is not as it was written", found)
    facts = released_facts(copy)
    known = {**released_takedowns(copy), **takedowns}
    with staged(copy) as stage:
        configs = tuple(_kept_configs(stage, copy, manifest, frozenset(removed)))
        statistics = _counted(copy, manifest, known)
        stage.write(RAW_SUMS, b"".join(_kept_sums(copy, manifest, known)))
        stage.write(TAKEDOWNS, takedown_lines(Ledger(withdrawn=known)))
        cleaned = write_documents(stage, Contents(configs, statistics.result()), facts)
        if found := verify(stage.folder, agreement=False):
            raise ReleaseRefused("what was written does not verify; nothing was replaced", found)
        promote(stage, copy)
    return cleaned, removed


def _kept_configs(stage: Staging, copy: Path, manifest: Manifest, removed: frozenset[str]) -> Iterator[ConfigEntry]:
    for config in manifest.configs:
        splits: list[SplitEntry] = []
        for split in config.splits:
            rows = merged([interview_groups(copy, config, split.name)], removed)
            entry = write_split(stage, config.name, config.table, split.name, rows)
            if entry is not None:
                splits.append(entry)
        if splits:
            yield ConfigEntry(name=config.name, table=config.table, splits=tuple(splits))


def _counted(copy: Path, manifest: Manifest, known: Mapping[str, Entry]) -> Counters:
    counters = Counters(known)
    for stored in records(copy, manifest):
        counters.add(placeholder(stored.row))
    return counters


def _kept_sums(copy: Path, manifest: Manifest, known: Mapping[str, Entry]) -> Iterator[bytes]:
    gone = {stored.row["origin"]["path"] for stored in records(copy, manifest) if stored.id in known}
    for line in (copy / RAW_SUMS).read_bytes().splitlines(keepends=True):
        if line.decode().rstrip("\n").split("  ", 1)[1] not in gone:
            yield line
