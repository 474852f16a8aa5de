"""Check files, collections or all of raw/: every interview by itself, then all of them together."""

from __future__ import annotations

import dataclasses
import datetime
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from onrecord.checks.across import Summary, check_across, summarise
from onrecord.checks.contract import check_records_json, is_record_json
from onrecord.checks.waivers import apply_waivers, waiver_findings
from onrecord.codes import finding
from onrecord.collection.facts import WaiverFact
from onrecord.findings import exit_status, failing, in_order
from onrecord.pipeline import Settings, failed, process
from onrecord.schema.interview import Finding
from onrecord.sources import Discovery, FoundSource, find

Progress = Callable[[int, int], None]

_CHUNK = 16


def _silent(_done: int, _all: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: findings in the order of files and lines, and how much was looked at."""

    findings: tuple[Finding, ...]
    interviews: int
    files: int
    summaries: tuple[Summary, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    @property
    def failing(self) -> bool:
        """Whether an error that nobody has waived stands in the way of a release."""
        return failing(self.findings)

    def exit_status(self, *, warnings: bool = False) -> int:
        """Return 1 if a finding stops a release (with `warnings`: or is a warning), else 0."""
        return exit_status(self.findings, warnings=warnings)


def check_paths(
    paths: Sequence[Path],
    settings: Settings | None = None,
    *,
    workers: int = 1,
    today: datetime.date | None = None,
    progress: Progress = _silent,
) -> Report:
    """Check what `paths` name: raw/, collections, files of one, loose files, or records as JSON.

    All are compared with each other. Paths in findings lead to the files from where the user stands. `today`
    decides which waivers still hold. Raises `ConfigError` for a path at which there is nothing.
    """
    records = [path for path in paths if _holds_records(path)]
    found = merged([_as_shown(find(path), path) for path in paths if path not in records])
    report = check_found(found, settings, workers=workers, today=today, progress=progress)
    outside = [item for path in records for item in check_records_json(path.read_bytes(), path.as_posix())]
    return dataclasses.replace(
        report, findings=tuple(in_order([*report.findings, *outside])), files=report.files + len(records)
    )


def check_found(
    found: Discovery,
    settings: Settings | None = None,
    *,
    workers: int = 1,
    today: datetime.date | None = None,
    progress: Progress = _silent,
) -> Report:
    """Check every interview of a discovery, then all together."""
    examine = partial(examine_source, settings=settings or Settings())
    findings: list[Finding] = list(found.findings)
    summaries: list[Summary] = []
    for done, (items, summary) in enumerate(_each(examine, found.sources, workers), 1):
        findings.extend(items)
        summaries.append(summary)
        progress(done, len(found.sources))
    cards = {item.name: (item.path, item.card) for item in found.collections}
    known = {item.path for item in findings if item.code == "duplicate-text"}
    findings += [
        item for item in check_across(summaries, cards) if item.code != "duplicate-text" or item.path not in known
    ]
    settled = settle_waivers(findings, found, today or datetime.date.today())
    files = len({item.file for item in found.sources})
    return Report(tuple(in_order(settled)), len(summaries), files, tuple(summaries))


def merged(discoveries: Sequence[Discovery]) -> Discovery:
    """Return several discoveries as one; what two of them found is there once."""
    return Discovery(
        raw=discoveries[0].raw if discoveries else Path(),
        sources=tuple({(i.path, i.locator): i for found in discoveries for i in found.sources}.values()),
        collections=tuple({i.folder: i for found in discoveries for i in found.collections}.values()),
        findings=tuple({i.model_dump_json(): i for found in discoveries for i in found.findings}.values()),
        sidecars={path: document for found in discoveries for path, document in found.sidecars.items()},
    )


def examine_source(source: FoundSource, settings: Settings) -> tuple[tuple[Finding, ...], Summary]:
    """Make one record and return what is said about it; a fault of the program is a finding, too."""
    loaded = source.load()
    try:
        interview = process(loaded, settings)
    except Exception as error:  # one record must not stop the others, as in a batch
        message = f"{type(error).__name__}: {error}".splitlines()[0][:300]
        interview = failed(loaded, finding("stage-failed", loaded.path, message, where=loaded.id))
    return interview.findings, summarise(interview)


def settle_waivers(findings: Iterable[Finding], found: Discovery, today: datetime.date) -> Iterator[Finding]:
    """Set waivers where sidecars accept a finding, and report the waivers that are expired or accept nothing."""
    waivers = {source.path: source for source in found.sources if source.facts.waivers}
    by_path: dict[str, list[Finding]] = {}
    for item in findings:
        by_path.setdefault(item.path, []).append(item)
    used: dict[str | None, frozenset[int]] = {}
    facts: dict[str | None, tuple[WaiverFact, ...]] = {}
    for path, source in waivers.items():
        settled = apply_waivers(by_path.get(path, ()), source.facts.waivers, today)
        by_path[path] = list(settled.findings)
        used[source.sidecar] = used.get(source.sidecar, frozenset()) | settled.used
        facts[source.sidecar] = source.facts.waivers
    for items in by_path.values():
        yield from items
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
    examine: Callable[[FoundSource], tuple[tuple[Finding, ...], Summary]], sources: Sequence[FoundSource], workers: int
) -> Iterator[tuple[tuple[Finding, ...], Summary]]:
    if workers <= 1 or len(sources) <= _CHUNK:
        yield from map(examine, sources)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(examine, sources, chunksize=_CHUNK)


def _as_shown(found: Discovery, given: Path) -> Discovery:
    """Turn paths below raw/ into paths that lead to the files from where the user stands."""
    if not found.collections and not given.is_dir():
        return found  # a loose file: its path is as given already
    here = Path.cwd()

    def shown(path: str) -> str:
        whole = Path(os.path.abspath(found.raw / path))
        return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()

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


def _holds_records(path: Path) -> bool:
    if path.suffix.lower() not in (".json", ".jsonl") or not path.is_file():
        return False
    with path.open("rb") as file:
        return is_record_json(file.read(1 << 16))
