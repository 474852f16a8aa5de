"""Withdrawals: a line in the ledger for the next release, and a way to clean the copies that exist.

An id that was withdrawn is never used again: a release leaves its record out, whatever `raw/` holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish import write_documents
from onrecord.publish.contents import RAW_SUMS, Contents
from onrecord.publish.facts import released_facts
from onrecord.publish.ledger import FILE as LEDGER
from onrecord.publish.ledger import RELEASED as TAKEDOWNS
from onrecord.publish.ledger import (
    Entry,
    Ledger,
    append,
    ledger_of,
    load_ledger,
    released_takedowns,
    takedown_lines,
)
from onrecord.publish.manifest import ConfigEntry, Manifest, SplitEntry
from onrecord.publish.people import released_people, write_people
from onrecord.publish.rewriting import interview_groups, merged, write_split
from onrecord.publish.seals import NAME as SEALS
from onrecord.publish.seals import released_seals, seal_line
from onrecord.publish.staging import Staging, promote, staged
from onrecord.publish.statistics import Counters, placeholder
from onrecord.publish.verification import changes, verify
from onrecord.release.streams import manifest_of, records
from onrecord.tables import Flat


def withdraw(
    raw: Path, ids: Iterable[str], why: str, on: datetime.date, known: Mapping[str, str | None], by: str | None = None
) -> tuple[Entry, ...]:
    """Add withdrawals to the ledger in `raw` and return them; the next build leaves these records out.

    `known` are the ids there are, each with the SHA-256 of its file if that is known, so that another text under the
    same id is noticed. `by` says who decided it, and stays in the ledger. Raises `ConfigError` for an id that is not
    among them (with near ones), one that was withdrawn before, or an empty reason.
    """
    if not why.strip():
        raise ConfigError("a withdrawal needs a reason: one sentence, which is published")
    wanted, gone = list(dict.fromkeys(ids)), load_ledger(raw).withdrawn
    for id_ in wanted:
        if id_ in gone:
            raise ConfigError(f"{id_!r} was withdrawn on {gone[id_].on}")
        if id_ not in known:
            near = get_close_matches(id_, known, 3)
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            raise ConfigError(f"there is no interview {id_!r}{meant}")
    entries = tuple(
        Entry(event="withdrawn", id=id_, on=on, why=why.strip(), by=by or None, sha256=known[id_]) for id_ in wanted
    )
    append(raw, entries)
    return entries


def takedowns_in(source: Path) -> Mapping[str, Entry]:
    """Return the withdrawals known to `source`: a newer release, a raw folder, or one of their ledger files.

    Raises `ConfigError` if it is none of these, or a line is no event.
    """
    source = Path(source)
    for path in (source / TAKEDOWNS, source / LEDGER, source):
        if path.is_file():
            return ledger_of(path).withdrawn
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
        write_people(stage, released_people(copy), _kept_persons(copy, manifest, known))
        if seals := b"".join(seal_line(id_, found) for id_, found in released_seals(copy) if id_ not in known):
            stage.write(SEALS, seals)
        contents = Contents(configs, statistics.result(), restored=_restored(copy, manifest, known))
        cleaned = write_documents(stage, contents, facts)
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
        counters.add(Flat(placeholder(stored.row)))
    return counters


def _restored(copy: Path, manifest: Manifest, known: Mapping[str, Entry]) -> int:
    """How many of the records that stay hold words that their owner put back: the copy stays one for oneself."""
    kept = (stored.row for stored in records(copy, manifest) if stored.id not in known)
    return sum(row["text"] is not None and row["rights"]["redistribution"] != "full" for row in kept)


def _kept_persons(copy: Path, manifest: Manifest, known: Mapping[str, Entry]) -> frozenset[str]:
    kept = (stored.row for stored in records(copy, manifest) if stored.id not in known)
    return frozenset(speaker["person"] for row in kept for speaker in row["speakers"] if speaker["person"] is not None)


def _kept_sums(copy: Path, manifest: Manifest, known: Mapping[str, Entry]) -> Iterator[bytes]:
    gone = {stored.row["origin"]["path"] for stored in records(copy, manifest) if stored.id in known}
    for line in (copy / RAW_SUMS).read_bytes().splitlines(keepends=True):
        if line.decode().rstrip("\n").split("  ", 1)[1] not in gone:
            yield line
