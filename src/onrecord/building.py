"""The whole line over a folder: find, make records in shards, write a complete dataset or nothing."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyarrow as pa

from onrecord.checking import settle_waivers
from onrecord.checks.across import check_across
from onrecord.checks.summaries import Summaries, summarise
from onrecord.delivering import deliver
from onrecord.engines import Engine, engine_named
from onrecord.engines.shards import making, plan, program_digest, read_shard, sweep
from onrecord.errors import ConfigError
from onrecord.findings import in_order
from onrecord.linking import all_speakers, linked, speakers_in
from onrecord.people import Links, PeopleFile, link, read_people
from onrecord.pipeline import Settings
from onrecord.publish import Manifest, ReleaseFacts, load_facts, load_ledger, write_parts
from onrecord.publish.ledger import Ledger, withdrawn_sources
from onrecord.publish.parts import Parting, PartsAlso, Rules
from onrecord.publish.pseudonyms import names_published
from onrecord.schema.arrow import interview_of
from onrecord.schema.interview import Finding
from onrecord.sources import Discovery, discover
from onrecord.storage import AnyPath, RemotePath, entries, place, write_whole
from onrecord.workers import process_pool

WORK = ".onrecord"
"""Folder beside the output that holds finished shards, so that an interrupted build goes on where it was."""

_TOP_BYTES = 256 * 2**20

_LARGE = 64 * 2**20
"""Bytes of sources up to which the processes that made parts write the tables, too; for more, new ones are started."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the manifest of the dataset, and what is wrong with cards, files and records."""

    manifest: Manifest
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who wants to know how far a build is: called with the number of records to make, then with those made."""

    total: Callable[[int], None] = lambda _rows: None
    done: Callable[[int], None] = lambda _rows: None


@dataclass(frozen=True, slots=True)
class Prepared:
    """The records of a raw folder, made and lying in shards, with what was found on the way there."""

    discovery: Discovery
    shards: tuple[AnyPath, ...]
    people: PeopleFile
    links: Links
    top: Path
    """Where release.yaml, the ledger and people.yaml are: the raw folder, or copies of them if that is elsewhere."""
    work: AnyPath
    engine: Engine

    def parts(self, facts: ReleaseFacts, ledger: Ledger) -> Iterator[AnyPath]:
        """Yield files with what a release publishes of the records; the engine makes those not made before."""
        tasks = list(self._partings(Rules.of(facts, ledger)))
        made = self.engine.run(tasks, self.work / "parts")
        if self.is_large:
            self.engine.close()  # its memory is needed
        yield from made

    @property
    def is_large(self) -> bool:
        """Whether starting processes costs little beside what they do."""
        return sum(source.size for source in self.discovery.sources) > _LARGE

    def write(
        self,
        out: Path,
        facts: ReleaseFacts,
        ledger: Ledger,
        workers: int,
        ready: Callable[[Path], bool] = lambda _folder: True,
    ) -> Manifest:
        """Write the release of the records to the folder `out`, as `onrecord.publish.write_parts` does."""
        with ExitStack() as started:
            started.callback(self.engine.close)

            def processes() -> Executor | None:
                if self.is_large and workers > 1:
                    return started.enter_context(process_pool(workers))
                return self.engine.at_hand()

            return write_parts(
                self.parts(facts, ledger), out, facts, ledger, self.people.people, ready=ready, processes=processes
            )

    def _partings(self, rules: Rules) -> Iterator[Parting]:
        """The tasks of making parts, each with what the rules say of its records: a change makes no other part anew."""
        persons: dict[str, list[str]] = {}
        for speaker in self.links.persons:
            persons.setdefault(speaker.rpartition("#")[0], []).append(speaker)
        for shard in self.shards:
            ids = read_shard(shard, ["id"]).column("id").to_pylist()
            own = {speaker: self.links.persons[speaker] for id_ in ids for speaker in persons.get(id_, ())}
            yield Parting(shard, rules.only(ids, own if persons else None), len(ids))

    def tables(self) -> Iterator[pa.Table]:
        """Yield the records as tables of interviews, each speaker with the person that people.yaml says it is."""
        return (linked(read_shard(path), self.links.persons) for path in self.shards)

    def findings(self, today: datetime.date) -> Sequence[Finding]:
        """Return what is wrong with cards, files and records; `today` decides which waivers still hold."""
        gone = withdrawn_sources(self.discovery.sources, load_ledger(self.top))
        told = names_published(self.top, self.discovery.sources)
        found = chain(self.discovery.findings, gone, told, self.links.findings, self._of_records())
        return in_order(settle_waivers(found, self.discovery, today))

    def across(self) -> tuple[Finding, ...]:
        """Return what is wrong between the records: texts that occur twice, collections unlike what they expect."""
        cards = {item.name: (item.path, item.card) for item in self.discovery.collections}
        known = {item.path for item in self.discovery.findings if item.code == "duplicate-text"}
        summaries = Summaries(summarise(interview_of(row)) for table in self.tables() for row in table.to_pylist())
        found = check_across(summaries, cards)
        return tuple(item for item in found if item.code != "duplicate-text" or item.path not in known)

    def _of_records(self) -> Iterator[Finding]:
        for path in self.shards:
            for found in read_shard(path, ["findings"]).column("findings"):
                yield from (Finding.model_validate(item) for item in found.as_py())


def build(
    raw: str | AnyPath,
    out: str | AnyPath,
    *,
    settings: Settings | None = None,
    workers: int = 1,
    watch: Watch | None = None,
    engine: Engine | None = None,
    work: str | AnyPath | None = None,
) -> Built:
    """Make the dataset of `raw` in `out`; either may be in an object store, as `s3://bucket/path`.

    `out` is replaced at the end, in one step, by a complete and verified dataset; until then, and if anything
    fails, the old one stays whole. If nothing has changed since it was made, nothing is done. Broken data is in
    `findings`. The records are made by `engine` (on this machine with `workers` processes, if none is given);
    finished shards lie in `work` (beside `out`, if not given), which all machines of a cluster must see.

    Raises `ConfigError` if `raw` holds no interview, `out` lies within it, or one of them cannot be reached,
    `ReleaseRefused` if what was written does not verify, and `OSError` if a disk or a store fails.
    """
    with ExitStack() as temporary:
        made = _prepared(temporary, raw, out, settings, workers, watch, engine, work, with_parts=True)
        facts, ledger = load_facts(made.top), load_ledger(made.top)
        manifest = deliver(
            _asked(made, facts, ledger),
            lambda folder: made.write(folder, facts, ledger, workers),
            place(out),
            made.work,
        )
        return Built(manifest, made.findings(datetime.date.today()))


def _asked(made: Prepared, facts: ReleaseFacts, ledger: Ledger) -> str:
    """A digest of all that a dataset is made from; shards are named by what they are made from."""
    digest = hashlib.sha256(f"{program_digest()} {pa.__version__}".encode())
    parts = [path.name for path in made.shards]
    parts += [facts.model_dump_json(), repr(ledger), made.people.model_dump_json()]
    for part in (*parts, json.dumps(sorted(made.links.persons.items()))):
        digest.update(f"{len(part)} {part}".encode())
    return digest.hexdigest()


def prepare(
    raw: Path, out: Path, *, settings: Settings | None = None, workers: int = 1, watch: Watch | None = None
) -> Prepared:
    """Make the records of `raw` in shards beside `out`: all of `build` but writing the dataset.

    Raises `ConfigError` if `raw` holds no interview or `out` lies within it, and `OSError` if the disk fails.
    """
    with ExitStack() as engine_only:  # only what is elsewhere needs a copy
        return _prepared(engine_only, Path(raw), Path(out), settings, workers, watch, None, None)


def _prepared(
    temporary: ExitStack,
    raw: str | AnyPath,
    out: str | AnyPath,
    settings: Settings | None,
    workers: int,
    watch: Watch | None,
    engine: Engine | None,
    work: str | AnyPath | None,
    *,
    with_parts: bool = False,
) -> Prepared:
    raw, out = _absolute(place(raw)), _absolute(place(out))
    settings, watch, engine = settings or Settings(), watch or Watch(), engine or engine_named("local", workers)
    if _within(out, raw) or _within(raw, out):
        raise ConfigError(f"{out} and {raw} lie within one another: raw files are never written to; choose another OUT")
    discovery = discover(raw)
    if not discovery.sources:
        raise ConfigError(f"{raw} holds no interview: put texts into {raw}/<collection>/, see CONTRIBUTING.md")
    watch.total(len(discovery.sources))
    work = _absolute(place(work)) if work is not None else _beside(out)
    temporary.callback(engine.close)
    for kind in ("shards", "parts"):
        sweep(work / kind)
    top = (
        raw if isinstance(raw, Path) else _copied_top(raw, Path(temporary.enter_context(tempfile.TemporaryDirectory())))
    )
    people, found = read_people(top)
    also = _parts_also(top, people, work) if with_parts else None
    shards = engine.run(making(plan(discovery.sources), settings, also), work / "shards", watch.done)
    links = link(people, *speakers_in(shards, people.references), lambda: all_speakers(shards))
    links = dataclasses.replace(links, findings=(*found, *links.findings))
    return Prepared(discovery, tuple(shards), people, links, top, work, engine)


def _parts_also(top: Path, people: PeopleFile, work: AnyPath) -> PartsAlso | None:
    """What makes the parts of a release with its records; where people are linked to them later, that is in vain."""
    if people.references:
        return None
    return PartsAlso(Rules.of(load_facts(top), load_ledger(top)), work / "parts")


def _absolute(path: AnyPath) -> AnyPath:
    """The same file for processes that stand elsewhere."""
    return path.absolute() if isinstance(path, Path) else path


def _beside(out: AnyPath) -> AnyPath:
    """Where finished shards lie; the Hub is no place for them."""
    return Path(WORK).absolute() if isinstance(out, RemotePath) and out.scheme == "hf" else out.parent / WORK


def _within(one: AnyPath, other: AnyPath) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve().is_relative_to(other.resolve())
    return f"{one}/".startswith(f"{other}/")


def _copied_top(raw: RemotePath, folder: Path) -> Path:
    """Copy the files that lie in a raw folder itself and speak of all of it."""
    for entry in entries(raw):
        if not entry.is_dir and entry.size <= _TOP_BYTES:
            write_whole(folder / entry.name, (raw / entry.name).read_bytes())
    return folder
