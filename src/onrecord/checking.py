"""Check files, collections or all of raw/: every interview by itself, then all of them together."""

from __future__ import annotations

import datetime
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from onrecord.checks.across import Summary, check_across, summarise
from onrecord.checks.waivers import apply_waivers, waiver_findings
from onrecord.codes import finding
from onrecord.collection.facts import WaiverFact
from onrecord.findings import exit_status, failing, in_order
from onrecord.pipeline import Settings, failed, process
from onrecord.schema.interview import Finding
from onrecord.sources import Discovery, FoundSource, find

Progress = Callable[[int, int], None]

_CHUNK = 16


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
    progress: Progress = lambda _done, _all: None,
) -> Report:
    """Check what `paths` name: raw/, collections, or files. Paths in findings are as the user gave them.

    `today` decides which waivers still hold. Raises `ConfigError` for a path at which there is nothing.
    """
    reports = [check_found(find(path), path, settings, workers, today, progress) for path in paths]
    return Report(
        findings=tuple(
            in_order({item.model_dump_json(): item for report in reports for item in report.findings}.values())
        ),
        interviews=sum(report.interviews for report in reports),
        files=sum(report.files for report in reports),
        summaries=tuple(item for report in reports for item in report.summaries),
    )


def check_found(
    found: Discovery,
    shown_as: Path | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    today: datetime.date | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Report:
    """Check every interview of a discovery, then all together.

    With `shown_as`, the path the user gave, findings are about paths a user can open; without, below raw/.
    """
    examine = partial(examine_source, settings=settings or Settings())
    findings: list[Finding] = list(found.findings)
    summaries: list[Summary] = []
    for done, (item, summary) in enumerate(_each(examine, found.sources, workers), 1):
        findings.extend(item)
        summaries.append(summary)
        progress(done, len(found.sources))
    cards = {item.name: item.card for item in found.collections}
    known = {(item.code, item.path) for item in findings if item.code == "duplicate-text"}
    findings += [item for item in check_across(summaries, cards) if (item.code, item.path) not in known]
    findings = list(settle_waivers(findings, found, today or datetime.date.today()))
    if shown_as is not None:
        findings = [_shown(item, found, shown_as) for item in findings]
    return Report(
        tuple(in_order(findings)), len(summaries), len({item.file for item in found.sources}), tuple(summaries)
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


def _shown(item: Finding, found: Discovery, given: Path) -> Finding:
    """Turn a path below raw/ into one that leads there from where the user stands."""
    if not given.is_dir() and not found.collections:
        return item  # a loose file: its path is as given already
    path = found.raw / item.path
    if not given.is_absolute():
        try:
            path = path.absolute().relative_to(Path.cwd())
        except ValueError:
            path = path.absolute()
    return item.model_copy(update={"path": path.as_posix()})
