"""Restore a standoff release from one's own copies of the sources: a folder like a full release, for oneself.

    restore(Path("processed"), Path("my-copies"), Path("restored"))

Of each standoff record the file is looked for: at its path below the folder (as in raw/), or anywhere in it by its
SHA-256. It is read and processed as it was when the release was made. Its text must have the record's SHA-256: then
every span cuts out the words that were meant. Words beside the text (labels, notes, a title) are taken over only where
their seals agree (`onrecord.publish.seals`); what comes out otherwise stays empty, and is counted.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from onrecord.codes import finding
from onrecord.collection.facts import Facts, Source
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.findings import in_order
from onrecord.pipeline import process, read
from onrecord.publish import require_replaceable, write_documents
from onrecord.publish.contents import RAW_SUMS, Contents
from onrecord.publish.facts import released_facts
from onrecord.publish.ledger import RELEASED as TAKEDOWNS
from onrecord.publish.manifest import Manifest
from onrecord.publish.parquet import read_rows
from onrecord.publish.people import NAME as PEOPLE
from onrecord.publish.restored import restored_row
from onrecord.publish.rewriting import rewritten
from onrecord.publish.seals import NAME as SEALS
from onrecord.publish.seals import released_seals
from onrecord.publish.staging import promote, staged
from onrecord.publish.verification import changes, present_files, read_manifest, verify
from onrecord.schema.interview import Finding, Interview, Rights, text_digest
from onrecord.sources import discover, find
from onrecord.tables import TABLES, Row
from onrecord.tables.flatten import PARAGRAPHS


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration made: the new folder's manifest, the ids that have their words again, and what is wrong."""

    manifest: Manifest
    ids: tuple[str, ...]
    findings: tuple[Finding, ...]


def restore(release: Path, copies: Path, out: Path) -> Restored:
    """Write to `out` the release in `release` with the words of its standoff records, read from the files in `copies`.

    Records whose copy is missing, wrong or changed stay standoff; each is a finding, and does not stop the others.
    Rights stay as they are: the result is marked as not to be published. Raises `ConfigError` if `release` is no
    release or `copies` no folder, and `ReleaseRefused` if it was changed or `out` holds something else.
    """
    release, copies, out = Path(release), Path(copies), Path(out).resolve()
    manifest, found = read_manifest(release)
    if manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    if edited := changes(release):
        raise ReleaseRefused(f"{release} is not as it was written", edited)
    if out == release.resolve():
        raise ConfigError(f"{out} is the release itself: name another folder with `--to`")
    with staged(out) as stage:
        require_replaceable(out)
        restoring = _Restoring(release, manifest, copies)
        configs = rewritten(stage, release, manifest, restoring.row)
        for name in present_files(release):
            if name in _CARRIED:
                stage.write(name, (release / name).read_bytes())
        contents = Contents(configs, manifest.statistics, restored=len(restoring.ids))
        made = write_documents(stage, contents, released_facts(release))
        if wrong := verify(stage.folder, agreement=False):
            raise ReleaseRefused("what was written does not verify; nothing was put in place", wrong)
        promote(stage, out)
    return Restored(made, tuple(restoring.ids), tuple(in_order(restoring.findings)))


_CARRIED = frozenset({RAW_SUMS, TAKEDOWNS, SEALS, PEOPLE})
"""Files of a release that are not made from its tables and facts."""


class _Restoring:
    """One restoration: looks for copies, and says of each record what became of it."""

    def __init__(self, release: Path, manifest: Manifest, copies: Path) -> None:
        self.ids: list[str] = []
        self.findings: list[Finding] = []
        self._release, self._manifest = release, manifest
        self._seals = dict(released_seals(release))
        self._copies = _Copies(copies)

    def row(self, row: Row) -> Row | None:
        """Return the row of a record with its words; None if it has them already, or they cannot be had."""
        if row["text"] is not None:
            return None
        nearest: Source | None = None
        for source in self._copies.of(row):
            if read(source).text_sha256 == row["text_sha256"]:
                return self._restored(row, source)
            nearest = nearest or source
        if nearest is None:
            message = f"There is no copy of it; its SHA-256 is {row['origin']['sha256']}."
            self._report("missing-copy", row, message)
        else:
            self._report("changed-copy", row, self._difference(row, process(nearest)))
        return None

    def _restored(self, row: Row, source: Source) -> Row:
        (made,) = TABLES["interviews"].rows(process(source))
        full, unknown = restored_row(row, made, self._seals.get(row["id"]))
        if unknown:
            self._report("words-not-restored", row, f"Some words stay unknown in: {', '.join(unknown)}.")
        self.ids.append(row["id"])
        return full

    def _difference(self, row: Row, copy: Interview) -> str:
        """Say how much of the record is in a copy, by the hashes of its turns."""
        broken = [item.message for item in copy.findings if item.level == "error"]
        if broken and not copy.turns:
            return f"The copy cannot be read: {broken[0]}"
        hashes = self._turn_hashes.get(row["id"], {})
        there = {text_digest(PARAGRAPHS.join(span.of(copy.text) for span in turn.paragraphs)) for turn in copy.turns}
        missing = [id_ for id_, digest in hashes.items() if digest not in there]
        if not missing:
            return f"All its {len(hashes)} longer turns are in the copy; something between them differs."
        if len(missing) == len(hashes):
            return f"It is another text: none of the record's {len(hashes)} longer turns is in it."
        kept = len(hashes) - len(missing)
        return (
            f"It is not the text that was used: {kept} of {len(hashes)} longer turns are in it, but not {missing[0]}."
        )

    @cached_property
    def _turn_hashes(self) -> Mapping[str, Mapping[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for config in self._manifest.configs:
            for name in (name for split in config.splits for name in split.files if config.table == "turns"):
                for row in read_rows(self._release / name):
                    if row["text"] is None and row["text_sha256"] is not None:
                        found.setdefault(row["interview"], {})[row["id"]] = row["text_sha256"]
        return found

    def _report(self, code: str, row: Row, message: str) -> None:
        self.findings.append(finding(code, row["origin"]["path"], message, where=row["id"]))


class _Copies:
    """The files somebody has, in a folder like raw/ or in any other order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._placed = {(source.path, source.locator): source for source in discover(folder).sources}

    def of(self, row: Row) -> Iterator[Source]:
        """Yield what may be the source of a record, the likeliest first: by its place, then by its SHA-256."""
        origin = row["origin"]
        placed = self._placed.get((origin["path"], origin["locator"]))
        if placed is not None:
            yield from _readings(placed.load(), row, placed.facts)
        for data in self._same_bytes(origin):
            yield from _readings(Source(row["id"], origin["path"], data, Facts(), origin["locator"]), row, None)

    def _same_bytes(self, origin: Row) -> Iterator[bytes]:
        if origin["locator"] is None:
            for file in self._by_size.get(origin["bytes"], ()):
                data = file.read_bytes()
                if hashlib.sha256(data).hexdigest() == origin["sha256"]:
                    yield data
            return
        ending = Path(origin["path"]).suffix.lower()
        for file in (file for files in self._by_size.values() for file in files if file.suffix.lower() == ending):
            for part in find(file).sources:
                if part.locator == origin["locator"]:
                    data = part.load().data
                    if hashlib.sha256(data).hexdigest() == origin["sha256"]:
                        yield data

    @cached_property
    def _by_size(self) -> Mapping[int, list[Path]]:
        found: dict[int, list[Path]] = {}
        for name in present_files(self._folder):
            file = self._folder / name
            if file.is_file():
                found.setdefault(file.stat().st_size, []).append(file)
        return found


def _readings(source: Source, row: Row, facts: Facts | None) -> Iterator[Source]:
    """The same bytes with what may have been known of them: by a card beside them, or by the record itself."""
    origin, encoding = row["origin"], row["origin"]["encoding"]
    known = Facts(
        **{name: row[name] for name in ("language", "date", "date_precision", "outlet", "place", "fictional")},
        **{name: origin[name] for name in ("collection", "url", "publisher", "published", "retrieved", "reader")},
        rights=Rights.model_validate(row["rights"]),
    )
    stated = known.model_copy(update={"encoding": encoding and encoding.removesuffix("-sig")})
    for item in ([facts] if facts is not None else []) + [known, stated]:
        yield dataclasses.replace(source, id=row["id"], path=origin["path"], facts=item)
