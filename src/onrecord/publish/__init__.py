"""Writing a release: tables, card, metadata and manifest, complete and verified, or nothing.

    raw = Path("raw")
    manifest = write_release(interviews, Path("processed"), load_facts(raw), load_ledger(raw))

What is stated about the dataset as a whole, and what the ledger remembers, comes from `raw`, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path

import pyarrow as pa

from onrecord._version import __version__
from onrecord.errors import ReleaseRefused
from onrecord.people import Person
from onrecord.publish import changelog, citation, croissant, datapackage
from onrecord.publish.card import NAME as CARD
from onrecord.publish.card import card_bytes, hub_languages
from onrecord.publish.contents import Contents, Counted, write_contents
from onrecord.publish.facts import RELEASED as FACTS
from onrecord.publish.facts import Change, ReleaseFacts, facts_bytes, load_facts
from onrecord.publish.ledger import RELEASED as TAKEDOWNS
from onrecord.publish.ledger import Ledger, load_ledger, takedown_lines
from onrecord.publish.manifest import NAME as MANIFEST
from onrecord.publish.manifest import Manifest, release_digest
from onrecord.publish.parts import Rules, make_part
from onrecord.publish.people import write_people
from onrecord.publish.staging import Staging, promote, staged
from onrecord.publish.verification import changes, present_files, verify
from onrecord.schema.arrow import to_table
from onrecord.schema.interview import SCHEMA_VERSION, Interview
from onrecord.storage import AnyPath

__all__ = ["Ledger", "Manifest", "ReleaseFacts", "load_facts", "load_ledger", "write_parts", "write_release"]

_AT_ONCE = 256


def write_release(
    records: Iterable[Interview | pa.Table],
    out: Path,
    facts: ReleaseFacts,
    ledger: Ledger | None = None,
    people: Mapping[str, Person] | None = None,
    *,
    ready: Callable[[Path], bool] = lambda _folder: True,
) -> Manifest:
    """Write the release of `records` (interviews, or tables of them, in any order) to the folder `out`.

    Everything is written next to `out` and verified there; then the two folders are exchanged in one step. Until
    then, and if anything fails, `out` stays as it was. Records whose rights say `none` are only counted, withdrawn ones
    (see `ledger`) too; the others get their `first_release` from the ledger, new ones the version of `facts`. Rows
    other than those the ledger knows under that version are marked as not yet released. Of `people` (by the keys in
    `Speaker.person`) those are published who are linked with a speaker of a published record.

    `ready` is asked last, with the whole and verified folder: if it says no, or raises, nothing is put in place.

    Raises `ReleaseRefused` if `out` holds files that are not an unchanged release (they would be lost), if another
    process is writing it, if two records have one id, or if what was written does not verify; `ContractError` if a
    table is not one of interviews; and `OSError` if the disk fails.
    """
    ledger = ledger or Ledger()
    rules = Rules.of(facts, ledger)
    parts = (make_part(table, rules) for table in _tables(records))
    return write_parts(parts, out, facts, ledger, people, ready=ready)


def write_parts(
    parts: Iterable[pa.Table | AnyPath],
    out: Path,
    facts: ReleaseFacts,
    ledger: Ledger | None = None,
    people: Mapping[str, Person] | None = None,
    *,
    ready: Callable[[Path], bool] = lambda _folder: True,
    processes: Callable[[], Executor | None] = lambda: None,
) -> Manifest:
    """Write the release of records whose parts, or their files, were made before, as `write_release` does.

    The rules of the parts (`onrecord.publish.parts`) must be those of `facts` and `ledger`. Tables are written, and
    their rows verified, by the `processes` there are when all parts are made; by this one if there are none, or if one
    dies.
    """
    out, ledger = Path(out).resolve(), ledger or Ledger()
    with staged(out) as stage:
        require_replaceable(out)
        counted = Counted(parts, stage.spool)
        pool = processes()
        configs = write_contents(counted.runs, stage, facts, pool)
        contents = Contents(configs, counted.statistics())
        stage.write(TAKEDOWNS, takedown_lines(ledger))
        write_people(stage, people or {}, counted.persons)
        manifest = write_documents(stage, contents, _with_ledger(facts, ledger, release_digest(configs)))
        # The flat tables were just made from the records. All rows must have the digests they had where they were made.
        if found := verify(stage.folder, agreement=False, pool=pool):
            raise ReleaseRefused("what was written does not verify; nothing was replaced", found)
        if ready(stage.folder):
            promote(stage, out)
    return manifest


def _tables(records: Iterable[Interview | pa.Table]) -> Iterator[pa.Table]:
    iterator = iter(records)
    for first in iterator:
        if isinstance(first, pa.Table):
            yield first
        else:
            yield to_table([first, *map(_only_interview, islice(iterator, _AT_ONCE - 1))])


def _only_interview(item: Interview | pa.Table) -> Interview:
    if isinstance(item, pa.Table):
        raise TypeError("records are either interviews or tables of them, not both")
    return item


def _with_ledger(facts: ReleaseFacts, ledger: Ledger, digest: str) -> ReleaseFacts:
    """The facts with the days of the versions before, and without a day if this is not what was released on it."""
    noted = {change.version: change for change in facts.changes}
    for item in ledger.versions.values():
        change = noted.get(item.version, Change(version=item.version, notes=()))
        if item.version != facts.version and change.released is None:
            noted[item.version] = Change(version=item.version, released=item.on, notes=change.notes)
    known = ledger.versions.get(facts.version)
    released = facts.released if known is None or known.digest == digest else None
    return facts.model_copy(update={"changes": tuple(noted.values()), "released": released})


def require_replaceable(out: Path) -> None:
    """Raise `ReleaseRefused` unless nothing of anybody's is lost with `out`: it is empty, or a release as written."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ReleaseRefused(f"{out} is not a folder")
    if next(present_files(out), None) is None and not (out / ".git").exists():
        return
    if (out / ".git").exists():
        raise ReleaseRefused(f"{out} is a git repository of its own, which would be lost; build elsewhere and copy")
    if found := changes(out):
        raise ReleaseRefused(
            f"{out} is not as it was written; what was changed there would be lost. Move your changes away, or delete "
            "the folder, and build again",
            found,
        )


def write_documents(stage: Staging, contents: Contents, facts: ReleaseFacts) -> Manifest:
    """Write everything that describes the tables; the manifest comes last, because it lists the rest."""
    described = _manifest(stage, contents, facts)
    stage.write(changelog.NAME, changelog.changelog(facts, contents.statistics))
    stage.write(FACTS, facts_bytes(facts))
    stage.write(CARD, card_bytes(facts, described))
    stage.write(croissant.NAME, croissant.croissant(facts, described))
    stage.write(datapackage.NAME, datapackage.datapackage(facts, described))
    stage.write(citation.CFF, citation.citation_cff(facts))
    stage.write(citation.ZENODO, citation.zenodo_json(facts, hub_languages(described)))
    manifest = _manifest(stage, contents, facts)
    stage.write(MANIFEST, manifest.to_bytes())
    return manifest


def _manifest(stage: Staging, contents: Contents, facts: ReleaseFacts) -> Manifest:
    return Manifest(
        name=facts.name,
        title=facts.title,
        version=facts.version,
        released=facts.released,
        schema_version=SCHEMA_VERSION,
        tool=__version__,
        pyarrow=pa.__version__,
        digest=release_digest(contents.configs),
        configs=contents.configs,
        statistics=contents.statistics,
        restored=contents.restored,
        files=stage.files(),
    )
