"""From a verified build to a release: what stands in its way, and what is written down when it is made.

    refuse_unless_ready(new, "1.1.0", findings, previous)       raises with everything that is wrong
    record(raw, new, day)                                       the ledger remembers the new records

A build already gives new records the version in `raw/release.yaml` as their first release. The ledger makes this last:
building the release again, after it was recorded, gives the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from onrecord.codes import finding
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish.ledger import FILE, Entry, append, load_ledger, released_takedowns
from onrecord.publish.manifest import NAME
from onrecord.publish.verification import verify
from onrecord.release.compare import Diff, check_version, diff
from onrecord.release.streams import manifest_of, records
from onrecord.schema.interview import Finding


def refuse_unless_ready(new: Path, version: str, findings: Iterable[Finding], previous: Path | None) -> Diff | None:
    """Return what changed since `previous` if the build in `new` may be released as `version`; None for a first one.

    Raises `ConfigError` if the build has another version, and `ReleaseRefused` with every finding that stands in the
    way: errors of the records that nobody waived, a folder that does not verify, a version that does not agree
    with what changed, a withdrawn record that came back.
    """
    new = Path(new)
    manifest = manifest_of(new)
    if manifest.version != version:
        raise ConfigError(
            f"{new} was built as version {manifest.version}, not {version}: set `version: {version}` in "
            "raw/release.yaml and build again"
        )
    found = [item for item in findings if item.level == "error" and item.waiver is None]
    found += verify(new)
    changes = None
    if previous is not None:
        changes = diff(previous, new)
        found += check_version(changes)
        found += _returned(Path(previous), new)
    if found:
        raise ReleaseRefused(f"version {version} is not released: {len(found):,} things stand in its way", found)
    return changes


def record(raw: Path, new: Path, on: datetime.date) -> tuple[Entry, ...]:
    """Write the records that are new in the release in `new` into the ledger in `raw`, and return the entries.

    Doing it again adds nothing. Raises `ConfigError` if the ledger says another first release than the build.
    """
    raw, new = Path(raw), Path(new)
    released = load_ledger(raw).released
    entries = []
    for stored in records(new, manifest_of(new)):
        first = stored.row["first_release"]
        if stored.id not in released:
            entries.append(Entry(event="released", id=stored.id, version=first, on=on))
        elif released[stored.id] != first:
            raise ConfigError(
                f"{raw / FILE}: {stored.id!r} was first released in {released[stored.id]}, the build says {first}: "
                "build again"
            )
    if entries:
        append(raw, entries)
    return tuple(entries)


def _returned(previous: Path, new: Path) -> list[Finding]:
    """Ids that the previous release lists as withdrawn and the new one publishes."""
    gone = released_takedowns(previous)
    if not gone:
        return []
    return [
        finding("withdrawn-id", NAME, f"It was withdrawn on {gone[stored.id].on}, and is here again.", where=stored.id)
        for stored in records(new, manifest_of(new))
        if stored.id in gone
    ]
