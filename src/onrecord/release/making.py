"""From a verified build to a release: what stands in its way, and what is written down when it is made.

    refuse_unless_ready(new, "1.1.0", findings, previous)       raises with everything that is wrong
    record(raw, new, day)                                       the ledger remembers the version and its new records

A build already gives new records the version in `raw/release.yaml` as their first release. The ledger makes this last:
building the release again, after it was recorded, gives the same bytes. `onrecord.releasing` is the whole line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from onrecord.codes import finding
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish.ledger import (
    FILE,
    Entry,
    Event,
    Ledger,
    Version,
    append,
    load_ledger,
    released_takedowns,
    version_numbers,
)
from onrecord.publish.manifest import NAME
from onrecord.publish.verification import changes, read_manifest, verify
from onrecord.release.compare import Diff, check_version, diff
from onrecord.release.streams import manifest_of, records
from onrecord.schema.interview import Finding


def previous_release(out: Path, ledger: Ledger, named: Path | None = None) -> Path | None:
    """Return the folder of the release that a new one follows: `named`, else what lies in `out`; None for a first one.

    A folder in `out` that was only built, and never released, is not compared with. Raises `ConfigError` if the folder
    does not hold the version that the ledger says was the last (or was released, and the ledger says nothing), and
    `ReleaseRefused` if files in it were changed.
    """
    last, folder = ledger.last, Path(named or out)
    manifest, found = read_manifest(folder)
    if named is not None and manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    if manifest is None or (last is None and named is None and manifest.released is None):
        if last is None:
            return None
        raise ConfigError(f"{folder} holds no release: {_wanted(last)}")
    if last is None and named is None:
        raise ConfigError(
            f"{folder} holds {manifest.version}, released on {manifest.released}, and {FILE} knows of no release: what "
            "was first released when, and what was withdrawn, would be forgotten. Put the ledger back into raw/, "
            f"or begin a new one with `--previous {folder}`"
        )
    if last is not None and manifest.digest != last.digest and manifest.version != last.version:
        raise ConfigError(f"{folder} holds {manifest.version}: {_wanted(last)}")
    if last is not None and manifest.digest != last.digest:
        raise ConfigError(f"{folder} does not hold the rows that were released as {last.version}: {_wanted(last)}")
    if edited := changes(folder):
        raise ReleaseRefused(f"{folder} is not as it was written, so nothing can be compared with it", edited)
    return folder


def _wanted(last: Version) -> str:
    return (
        f"the last release was {last.version} on {last.on}, and a new one is compared with it. Name a whole copy of it "
        "with `--previous` (from the Hub, or from its tag)"
    )


def refuse_unless_new(version: str, digest: str, ledger: Ledger) -> None:
    """Raise `ReleaseRefused` if `version` names other rows already, or does not lie above the last version."""
    known, last = ledger.versions.get(version), ledger.last
    if known is not None and known.digest != digest:
        message = f"Version {version} was released on {known.on} with other rows: a version never changes."
    elif known is None and last is not None and version_numbers(version) < version_numbers(last.version):
        message = f"Version {version} lies below {last.version}, which was released on {last.on}."
    else:
        return
    raise ReleaseRefused(f"version {version} cannot be released", [finding("wrong-version", NAME, message)])


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
    compared = None
    if previous is not None:
        compared = diff(previous, new)
        found += check_version(compared)
        found += _returned(Path(previous), new)
    if found:
        raise ReleaseRefused(f"version {version} is not released: {_things(len(found))} in its way", found)
    return compared


def _things(count: int) -> str:
    return "one thing stands" if count == 1 else f"{count:,} things stand"


def record(raw: Path, new: Path, on: datetime.date) -> tuple[Event, ...]:
    """Write the release in `new` into the ledger in `raw`: its new records and its version. Return what was written.

    Doing it again adds nothing. Raises `ConfigError` if the ledger says another first release than the build.
    """
    raw, new = Path(raw), Path(new)
    ledger, manifest = load_ledger(raw), manifest_of(new)
    events: list[Event] = []
    for stored in records(new, manifest):
        first = stored.row["first_release"]
        known = ledger.released.get(stored.id)
        if known is None:
            events.append(Entry(event="released", id=stored.id, version=first, on=on))
        elif known != first:
            raise ConfigError(
                f"{raw / FILE}: {stored.id!r} was first released in {known}, the build says {first}: build again"
            )
    if manifest.version not in ledger.versions:
        events.append(Version(version=manifest.version, digest=manifest.digest, on=on))
    if events:
        append(raw, events)
    return tuple(events)


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
