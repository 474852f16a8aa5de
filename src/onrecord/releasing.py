"""`onrecord release`: build, compare, write down, put in place, tag; or say everything that stands in the way.

Nothing is written where it can be seen until all of it holds. Then there are five steps, each whole or not there, in an
order in which the same command, run again, completes what a kill interrupted:

    1  the ledger           the version with its digest, and the records that came with it
    2  release.yaml         the version and its day
    3  the folder           the old release and the new one are exchanged
    4  DATASHEET.md         the statistics, if one stands beside raw/ and has a place for them
    5  git                  what these steps wrote is committed and tagged
"""

from __future__ import annotations

import datetime
import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.building import Watch, prepare
from onrecord.codes import finding
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.findings import in_order
from onrecord.publish import Manifest, load_facts, load_ledger
from onrecord.publish.facts import FILE as FACTS
from onrecord.publish.ledger import Ledger, replace_file
from onrecord.publish.manifest import NAME
from onrecord.publish.staging import locked
from onrecord.publish.verification import changes, read_manifest
from onrecord.release.compare import Diff
from onrecord.release.documents import datasheet_beside, fill_statistics
from onrecord.release.making import previous_release, record, refuse_unless_new, refuse_unless_ready
from onrecord.release.stating import restated, stated
from onrecord.release.tagging import repository
from onrecord.schema.interview import Finding
from onrecord.sources import discover


@dataclass(frozen=True, slots=True)
class Released:
    """What a release made: its manifest, what changed since the one before, and where it was tagged."""

    manifest: Manifest
    changes: Diff | None
    findings: tuple[Finding, ...]
    tag: str | None
    commit: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen about one release: what it is compared with, its day, and how much is done."""

    previous: Path | None = None
    on: datetime.date | None = None
    dry_run: bool = False
    tag: bool = True
    workers: int = 1


def release(version: str, raw: Path, out: Path, choices: Choices | None = None, watch: Watch | None = None) -> Released:
    """Release the data of `raw` as `version` in the folder `out`.

    Raises `ReleaseRefused` with everything that stands in the way, `ConfigError` for what has to be said otherwise,
    `TagFailed` if only git did not take what is in place, and `OSError` if the disk fails. Until all holds nothing is
    written but finished shards beside `out`.
    """
    raw, out, choices = Path(raw), Path(out), choices or Choices()
    if not raw.is_dir():
        raise ConfigError(f"{raw} is not a folder; raw/ holds one folder per collection")
    with locked(raw.resolve()):
        return _Release(version, raw, out, choices).run(watch or Watch())


class _Release:
    """One release, while it is made."""

    def __init__(self, version: str, raw: Path, out: Path, choices: Choices) -> None:
        self.version, self.raw, self.out, self.choices = version, raw, out, choices
        self.ledger: Ledger = load_ledger(raw)
        self.day = _day(version, self.ledger, choices.on)
        self.facts = stated(load_facts(raw), version, self.day)
        self.restated = restated(raw, self.facts)
        self.datasheet = datasheet_beside(raw)
        self.git = repository(raw, out, self.datasheet)
        self.repository = self.git if choices.tag else None
        self.tag = f"v{version}"
        self.changes: Diff | None = None
        self.findings: tuple[Finding, ...] = ()
        self.complete = False

    def run(self, watch: Watch) -> Released:
        if self.repository is not None:
            self.repository.refuse_unless_clean(self.tag)
        with tempfile.TemporaryDirectory() as temporary:
            return self._run(Path(temporary), watch)

    def _run(self, temporary: Path, watch: Watch) -> Released:
        known = self.version in self.ledger.versions  # it was interrupted, or it is there already
        previous = None if known else self._previous(temporary)
        made = prepare(self.raw, self.out, workers=self.choices.workers, watch=watch)
        self.findings = tuple(in_order((*made.findings(self.day), *made.across())))

        def ready(folder: Path) -> bool:
            manifest, _ = read_manifest(folder)
            refuse_unless_new(self.version, manifest.digest if manifest else "", self.ledger)
            self.changes = refuse_unless_ready(folder, self.version, self.findings, previous)
            self.complete = known and self._in_place(folder)
            if self.complete and self.repository is None:
                raise ReleaseRefused(f"{self.version} was released on {self.day}, and {self.out} holds it, whole")
            if self.choices.dry_run:
                return False
            record(self.raw, folder, self.day)
            if self.restated is not None:
                replace_file(self.raw / FACTS, self.restated)
            return not self.complete

        manifest = made.write(self.out, self.facts, self.ledger, self.choices.workers, ready)
        return self._released(manifest, previous)

    def _previous(self, temporary: Path) -> Path | None:
        """The release before: as named, in `out`, or, if that was built again since, at its tag."""
        try:
            return previous_release(self.out, self.ledger, self.choices.previous)
        except ConfigError:
            last = self.ledger.last
            if self.choices.previous is not None or self.git is None or last is None:
                raise
            tagged = self.git.out_at(f"v{last.version}", temporary)
            if tagged is None:
                raise
            return previous_release(self.out, self.ledger, tagged)

    def _in_place(self, folder: Path) -> bool:
        """Whether `out` holds this very release; raises if it holds the same rows under other facts."""
        there, _ = read_manifest(self.out)
        if there is None or there.version != self.version or there.released is None:
            return False
        if (self.out / NAME).read_bytes() == (folder / NAME).read_bytes() and not changes(self.out):
            return True
        message = f"Version {self.version} is in {self.out} with the same rows and another card, facts or program."
        hint = "A change of facts is a PATCH step; or build again as it was."
        raise ReleaseRefused(f"version {self.version} exists", [finding("wrong-version", NAME, message, hint=hint)])

    def _released(self, manifest: Manifest, previous: Path | None) -> Released:
        tag = commit = None
        if self.datasheet is not None and not self.choices.dry_run:
            fill_statistics(self.datasheet, manifest)
        if self.repository is not None:
            tag = self.tag
            if not self.choices.dry_run:
                message = f"Release {self.version} of {self.facts.name}"
                commit = self.repository.commit_and_tag(self.tag, message)
        return Released(manifest, self.changes, self.findings, tag, commit, tuple(self._notes(previous)))

    def _notes(self, previous: Path | None) -> list[str]:
        notes = []
        if self.restated is not None:
            notes.append(f"{self.raw / FACTS}: version {self.version}, released {self.day}")
        if previous is None and self.version not in self.ledger.versions:
            notes.append("a first release: there is none to compare it with")
        if self.complete:
            notes.append(f"{self.out} held this release already; only the tag was missing")
        if self.choices.tag and self.repository is None:
            notes.append(f"{self.raw} is in no git repository: no tag was made")
        return notes


def _day(version: str, ledger: Ledger, given: datetime.date | None) -> datetime.date:
    """The day of a release: as stated, as the ledger has it, or today; today must not lie before the last release."""
    known, last = ledger.versions.get(version), ledger.last
    if known is not None:
        if given not in (None, known.on):
            raise ConfigError(f"version {version} was released on {known.on}: leave `--date` out")
        return known.on
    today = given or datetime.date.today()
    if given is None and last is not None and today < last.on:
        raise ConfigError(
            f"today is {today} by this machine's clock, and {last.version} was released on {last.on}: state the day "
            "with `--date`"
        )
    return today


def known_ids(raw: Path, wanted: Iterable[str] = ()) -> Mapping[str, str | None]:
    """Return the ids of all interviews in `raw`, those of `wanted` with the SHA-256 of their text's file.

    Ids that were released and whose files are gone are among them. Raises `ConfigError` if `raw` is no folder.
    """
    released = dict.fromkeys(load_ledger(raw).released)
    sources = {source.id: source for source in discover(Path(raw)).sources}
    chosen = {id_: sources[id_].load() for id_ in wanted if id_ in sources}
    hashes = {id_: hashlib.sha256(source.data).hexdigest() for id_, source in chosen.items() if not source.unreadable}
    return {**released, **dict.fromkeys(sources), **hashes}
