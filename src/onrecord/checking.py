"""Check files, collections or all of raw/: every interview by itself, then all of them together."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.checks.across import check_across
from onrecord.checks.contract import check_records_json, is_record_json
from onrecord.checks.summaries import Summaries, Summary, summarise
from onrecord.checks.waivers import apply_waivers, waiver_findings
from onrecord.codes import finding
from onrecord.collection.facts import WaiverFact
from onrecord.collection.loading import load_model
from onrecord.collection.naming import CARD_NAME, TOP_FILES, YAML_SUFFIXES, is_people_file
from onrecord.errors import ConfigError
from onrecord.findings import Findings, exit_status, failing, in_order
from onrecord.findings.lines import Lines, Place, Shown, line_shown, place_of
from onrecord.people import link, people_files, read_people
from onrecord.pipeline import Settings, failed, process
from onrecord.readers import READERS
from onrecord.schema.interview import Finding, Interview
from onrecord.sources import Discovery, FoundSource, find, home_of, merged
from onrecord.text.lines import LineIndex
from onrecord.workers import mapped, process_pool

if TYPE_CHECKING:
    from onrecord.against import Release
    from onrecord.publish.facts import Split

Progress = Callable[[int, int], None]

_CHUNK = 16
_AHEAD = 4
"""Interviews that are examined together, and how many times a process finds so many waiting: not all at once."""
LEDGER = "ledger.jsonl"


def _silent(_done: int, _all: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: findings in the order of files and lines, and how much was looked at.

    `lines` are the lines that findings are about, for `onrecord.findings.render`.
    """

    findings: Sequence[Finding]
    interviews: int
    files: int
    summaries: Summaries = field(default_factory=Summaries, repr=False)
    lines: Lines = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    @property
    def failing(self) -> bool:
        """Whether an error that nobody has waived stands in the way of a release."""
        return failing(self.findings)

    def exit_status(self, *, warnings: bool = False) -> int:
        """Return 1 if a finding stops a release (with `warnings`: or is a warning), else 0."""
        return exit_status(self.findings, warnings=warnings)


@dataclass(frozen=True, slots=True)
class Examined:
    """What is said of one interview, and what is needed to compare it with others and with what was published."""

    findings: tuple[Finding, ...]
    summary: Summary
    lines: Lines
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """What is published in `folder`, and the collections of which every interview is checked (None: all of raw/)."""

    folder: Path
    whole: frozenset[str] | None = None


def check_paths(
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    workers: int = 1,
    today: datetime.date | None = None,
    progress: Progress = _silent,
    against: Path | None = None,
) -> Report:
    """Check what `paths` name: raw/, collections, files of one, loose files, or records as JSON.

    A sidecar, a card or people.yaml stands for the interviews it is about. All are compared with each other and, if
    they lie in raw/, with the dataset in `against`. Paths in findings lead to the files from where the user stands.
    `today` decides which waivers still hold. Raises `ConfigError` for a path at which there is nothing, or if
    `against` is no dataset.
    """
    records = [path for path in paths if _holds_records(path)]
    texts = [path for path in paths if path not in records]
    found = merged([_as_shown(find(path), path) for path in texts])
    last = Against(against, _whole(texts)) if against is not None and found.collections else None
    report = check_found(found, settings, workers=workers, today=today, progress=progress, against=last)
    told = Findings(report.findings)
    for path in records:
        told.extend(check_records_json(path.read_bytes(), path.as_posix()))
    for raw in dict.fromkeys(filter(None, map(_raw_of, texts))):
        told.extend(top_findings(raw, report.summaries))
        told.extend(_names_published(raw, found))
    findings = in_order(told)
    return dataclasses.replace(
        report,
        findings=findings,
        files=report.files + len(records),
        lines={**_lines_of_yaml(findings), **report.lines},
    )


def check_found(
    found: Discovery,
    settings: Settings | None = None,
    *,
    workers: int = 1,
    today: datetime.date | None = None,
    progress: Progress = _silent,
    against: Against | None = None,
) -> Report:
    """Check every interview of a discovery, then all together, then against what was published."""
    release = None if against is None else _last_release(against.folder)
    splits = release.splits if release is not None and len(release.splits) > 1 else ()
    examine = partial(examine_source, settings=settings or Settings(), splits=tuple(splits))
    findings = Findings((*found.findings, *_withdrawn(found)))
    summaries = Summaries()
    lines: dict[Place, Shown] = {}
    placed: list[str | None] = []
    for source, examined in zip(found.sources, _each(examine, found.sources, workers), strict=True):
        # What came from another process brought its own copies of an id and a path that are kept here in any case.
        kept = {source.id: source.id, source.path: source.path}
        findings.extend(examined.findings, kept)
        summary = examined.summary
        id_, path = kept.get(summary.id, summary.id), kept.get(summary.path, summary.path)
        summaries.append(dataclasses.replace(summary, id=id_, path=path))
        for (path, where, line, column), shown in examined.lines.items():
            lines[kept.get(path, path), kept.get(where or "", where), line, column] = shown
        if splits:
            placed.append(examined.split)
        progress(len(summaries), len(found.sources))
    cards = {item.name: (item.path, item.card) for item in found.collections}
    same = {item.path for item in found.findings if item.code == "duplicate-text"}
    findings.extend(
        item for item in check_across(summaries, cards) if item.code != "duplicate-text" or item.path not in same
    )
    if against is not None and release is not None:
        from onrecord.against import check_against

        findings.extend(check_against(release, _shown(found.here), summaries, placed, against.whole))
    settled = settle_waivers(findings, found, today or datetime.date.today())
    files = len({item.file for item in found.sources})
    return Report(in_order(settled), len(summaries), files, summaries, lines)


def _withdrawn(found: Discovery) -> Iterator[Finding]:
    """Texts whose ids the ledger says were withdrawn: the same as a build says of them."""
    if (found.here / LEDGER).is_file():
        from onrecord.publish.ledger import load_ledger, withdrawn_sources  # brings the libraries for tables with it

        try:
            ledger = load_ledger(found.here)
        except ConfigError:
            return  # what is wrong with it is said by `top_findings`
        yield from withdrawn_sources(found.sources, ledger)


def _last_release(folder: Path) -> Release:
    from onrecord.against import last_release  # brings the libraries for tables with it

    return last_release(folder)


def top_findings(raw: Path, summaries: Summaries) -> Iterator[Finding]:
    """Yield what is wrong with people.yaml, release.yaml and the ledger in `raw`, all of whose interviews are given."""
    yield from _of_people(raw, summaries)
    for name in TOP_FILES:
        path = raw / name
        if not path.is_file() or is_people_file(name):
            continue
        shown = _shown(path).as_posix()
        if name == "release.yaml":
            from onrecord.publish.facts import ReleaseFacts  # brings the libraries for tables with it

            yield from load_model(path.read_bytes(), shown, ReleaseFacts)[1]
        else:
            yield from _wrong_events(raw, shown)


def _names_published(raw: Path, found: Discovery) -> Iterator[Finding]:
    """Names that a collection replaces, in what speaks of the release as a whole."""
    if any(source.facts.pseudonyms for source in found.sources):
        from onrecord.publish.pseudonyms import names_published  # brings the libraries for tables with it

        for item in names_published(raw, found.sources):
            yield item.model_copy(update={"path": _shown(raw / item.path).as_posix()})


def _of_people(raw: Path, summaries: Summaries) -> Iterator[Finding]:
    """What is wrong with people.yaml and its shards, and with what they say of the speakers."""
    people, found = read_people(raw)
    wanted = people.references
    speakers: dict[str, str | None] = {}
    paths: dict[str, str] = {}
    for index in range(len(summaries)):
        for id_, person in summaries.speakers(index):
            if person is not None or id_ in wanted:
                speakers[id_] = person
                paths[summaries.id(index)] = summaries.path(index)
    links = link(people, speakers, paths, summaries.all_speakers)
    shown = {file.name: _shown(file).as_posix() for file in people_files(raw)}
    for item in (*found, *links.findings):
        yield item.model_copy(update={"path": shown.get(item.path, item.path)})


def _wrong_events(raw: Path, shown: str) -> Iterator[Finding]:
    from onrecord.publish.ledger import load_ledger

    try:
        load_ledger(raw)
    except ConfigError as error:
        _, line, message = str(error).removeprefix(str(raw / LEDGER)).split(":", 2)
        yield finding("wrong-value", shown, f"{message.strip().rstrip('.')}.", line=int(line))


def examine_source(source: FoundSource, settings: Settings, *, splits: Sequence[Split] = ()) -> Examined:
    """Make one record and return what is said about it; a fault of the program is a finding, too.

    With `splits` it is also said which of them the record would be in.
    """
    loaded = source.load()
    try:
        interview = process(loaded, settings)
    except Exception as error:  # one record must not stop the others, as in a batch
        message = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        interview = failed(loaded, finding("stage-failed", loaded.path, message, where=loaded.id))
    split = None
    if splits:
        from onrecord.publish.splits import split_of
        from onrecord.tables.keys import group_of

        split = split_of(group_of(interview), splits)
    return Examined(interview.findings, summarise(interview), _lines_of(interview), split)


def _lines_of(interview: Interview) -> Lines:
    """The lines of the text that findings are about."""
    placed = [(place, item) for item in interview.findings if (place := place_of(item)) is not None]
    if not placed:
        return {}
    index, reader = LineIndex(interview.text), READERS.get(interview.origin.reader)
    derived = reader is not None and reader.derived
    return {place: line_shown(interview.text, index, item, derived=derived) for place, item in placed}


def _lines_of_yaml(findings: Iterable[Finding]) -> Lines:
    """The lines of cards, sidecars and the like; each file is read once."""
    by_path: dict[str, list[tuple[Place, Finding]]] = {}
    for item in findings:
        if (place := place_of(item)) is not None and item.path.endswith(YAML_SUFFIXES):
            by_path.setdefault(item.path, []).append((place, item))
    lines: dict[Place, Shown] = {}
    for path, items in by_path.items():
        try:
            text = Path(path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            continue
        index = LineIndex(text)
        lines.update((place, line_shown(text, index, item, word=True)) for place, item in items)
    return lines


def settle_waivers(findings: Iterable[Finding], found: Discovery, today: datetime.date) -> Iterator[Finding]:
    """Set waivers where sidecars accept a finding, and report the waivers that are expired or accept nothing.

    Findings of one file stay in their order; those of files without waivers come first.
    """
    waivers = {source.path: source for source in found.sources if source.facts.waivers}
    held: dict[str, list[Finding]] = {path: [] for path in waivers}
    for item in findings:
        if item.path in held:
            held[item.path].append(item)
        else:
            yield item
    used: dict[str | None, frozenset[int]] = {}
    facts: dict[str | None, tuple[WaiverFact, ...]] = {}
    for path, source in waivers.items():
        settled = apply_waivers(held[path], source.facts.waivers, today)
        yield from settled.findings
        used[source.sidecar] = used.get(source.sidecar, frozenset()) | settled.used
        facts[source.sidecar] = source.facts.waivers
    for sidecar, given in facts.items():
        if sidecar is not None:
            yield from waiver_findings(given, used[sidecar], sidecar, _waiver_lines(found, sidecar), today)


def _waiver_lines(found: Discovery, sidecar: str) -> list[int]:
    document = found.sidecars.get(sidecar)
    if document is None:
        return []
    count = len(document.value.get("waivers", ()))
    return [document.place(("waivers", index)).line for index in range(count)]


def _each(
    examine: Callable[[FoundSource], Examined], sources: Sequence[FoundSource], workers: int
) -> Iterator[Examined]:
    if workers <= 1 or len(sources) <= _CHUNK:
        yield from map(examine, sources)
        return
    with process_pool(workers) as pool:
        yield from mapped(pool, examine, sources, _CHUNK, _AHEAD * workers)


def _as_shown(found: Discovery, given: Path) -> Discovery:
    """Turn paths below raw/ into paths that lead to the files from where the user stands."""
    if not found.collections and not given.is_dir() and given.name not in TOP_FILES:
        return found  # a loose file: its path is as given already

    @cache  # of many interviews in one file
    def shown(path: str) -> str:
        return _shown(found.here / path).as_posix()

    return Discovery(
        raw=found.raw,
        sources=tuple(
            dataclasses.replace(item, path=shown(item.path), sidecar=shown(item.sidecar) if item.sidecar else None)
            for item in found.sources
        ),
        collections=tuple(dataclasses.replace(item, path=shown(item.path)) for item in found.collections),
        findings=tuple(item.model_copy(update={"path": shown(item.path)}) for item in found.findings),
        sidecars={shown(path): document for path, document in found.sidecars.items()},
    )


def _shown(path: Path) -> Path:
    """The way to `path` from where the user stands."""
    here, whole = Path.cwd(), Path(os.path.abspath(path))
    return whole.relative_to(here) if whole.is_relative_to(here) else whole


def _raw_of(path: Path) -> Path | None:
    """The raw folder that `path` stands for as a whole; None if it is only a part of one."""
    if path.is_dir():
        return path if home_of(path) is None else None
    return path.parent if path.name in TOP_FILES and home_of(path) is None else None


def _whole(paths: Iterable[Path]) -> frozenset[str] | None:
    """The names of the collections that are checked as a whole; None if all of raw/ is."""
    names: set[str] = set()
    for path in paths:
        if _raw_of(path) is not None:
            return None
        home = home_of(path)
        if home is not None and (path.name == CARD_NAME or path.resolve() == home.resolve()):
            names.add(home.resolve().name)
    return frozenset(names)


def _holds_records(path: Path) -> bool:
    if path.suffix.lower() not in (".json", ".jsonl") or not path.is_file():
        return False
    with path.open("rb") as file:
        return is_record_json(file.read(1 << 16))
