"""The line from one source to one record: read it, run the stages in order, check the result.

Engines and batches only choose where `process` runs; nothing here knows about them.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.checks import check_interview
from onrecord.checks.waivers import apply_waivers
from onrecord.codes import finding, finding_at
from onrecord.collection.facts import Facts, Source
from onrecord.pseudonymising import Replacer, pseudonym_steps, replacer_of
from onrecord.readers import Problem, Reader, Reading, misnamed, people_of, reader_for, reader_named
from onrecord.schema.interview import Finding, Interview, Origin, Rights, Step, text_digest
from onrecord.stages import STAGES, Stage
from onrecord.text.lines import LineIndex


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may choose; its digest names the outputs. Facts about one interview are not settings."""

    stages: tuple[str, ...] = tuple(stage.name for stage in STAGES)

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits over what was chosen; the stages' versions stand beside it in `Step`."""
        return _digest(self)


@lru_cache(maxsize=8)  # every record names it
def _digest(settings: Settings) -> str:
    chosen = json.dumps({"stages": settings.stages}, sort_keys=True)
    return hashlib.sha256(chosen.encode()).hexdigest()[:12]


def process(source: Source, settings: Settings | None = None) -> Interview:
    """Make the record of one source.

    Never raises for broken data: what is wrong is in `findings`.
    Raises `ConfigError` if the facts name a reader that does not exist.
    """
    settings = settings or Settings()
    source, replacer = _public(source)
    interview, facts = _read(source, replacer)
    for stage in _chosen(settings):
        interview = stage.run(interview, facts)
    findings = (*interview.findings, *check_interview(interview, source.facts))
    # A record says what was waived and until when; whether a waiver still holds is asked by whoever looks,
    # so that the same input gives the same record on any day.
    waived = apply_waivers(findings, source.facts.waivers, datetime.date.min)
    steps = (*pseudonym_steps(facts, settings.digest), *_steps(settings))
    return interview.replace(findings=waived.findings, steps=steps, rights=_safe_rights(interview, waived.findings))


def _safe_rights(interview: Interview, findings: Sequence[Finding]) -> Rights:
    """The record's rights; while a name stands in it that was to be replaced, it is only counted, whoever builds."""
    if any(item.code == "name-survives" and item.waiver is None for item in findings):
        return interview.rights.model_copy(update={"redistribution": "none"})
    return interview.rights


def read(source: Source) -> Interview:
    """Make the record of one source before any stage: its text, its marks, and what was wrong with its bytes.

    Raises `ConfigError` if the facts name a reader that does not exist.
    """
    return _read(*_public(source))[0]


def _read(source: Source, replacer: Replacer | None) -> tuple[Interview, Facts]:
    """The record before any stage, and the facts with the people the file itself states where nobody else does."""
    reader = reader_named(source.facts.reader) if source.facts.reader else reader_for(source.path, source.data)
    reading = _reading(source, reader)
    if replacer is not None:
        reading = replacer.reading(reading)
    interview = _bare(source, reader, reading)
    made = pseudonym_steps(source.facts, Settings().digest)
    if made or reading.problems:
        interview = interview.replace(findings=_reading_findings(interview, reading.problems), steps=made)
    people = () if source.facts.participants else people_of(reading.stated)
    return interview, source.facts.model_copy(update={"participants": people}) if people else source.facts


def failed(source: Source, finding_: Finding) -> Interview:
    """Make the record of a source that could not be processed: no text, and a finding that says so."""
    reading = Reading("", None, "none")
    return _bare(_public(source)[0], reader_for(source.path), reading).replace(findings=(finding_,))


def _public(source: Source) -> tuple[Source, Replacer | None]:
    """The source with what may be said of it, and what replaces names in its text as in its facts; often nothing."""
    replacer = replacer_of(source.facts)
    return (source if replacer is None else dataclasses.replace(source, facts=replacer.facts(source.facts))), replacer


def _reading(source: Source, reader: Reader) -> Reading:
    if source.unreadable is not None:
        where = "The file cannot be read" if source.locator is None else f"The part {source.locator} cannot be read"
        message = f"{where}: {source.unreadable}."
        return Reading("", None, "none", problems=(Problem("unreadable-file", message),))
    limit = source.facts.max_bytes
    if len(source.data) > limit:
        message = f"The file has {len(source.data):,} bytes; at most {limit:,} are read as one interview."
        return Reading("", None, "none", problems=(Problem("file-too-large", message),))
    reading = reader.read(source.data, source.facts)
    if source.facts.reader is None and (wrong := misnamed(source.path, reader)):
        reading = dataclasses.replace(reading, problems=(*wrong, *reading.problems))
    if reading.text.strip() or reading.problems:
        return reading
    return dataclasses.replace(reading, problems=(Problem("empty-file", "The file has no characters but blank ones."),))


def _chosen(settings: Settings) -> tuple[Stage, ...]:
    return tuple(stage for stage in STAGES if stage.name in settings.stages)


def _bare(source: Source, reader: Reader, reading: Reading) -> Interview:
    """The record before any stage: text, marks, origin, and what people or the file itself state."""
    facts, stated = source.facts, dict(reading.stated)
    date, precision = _date(facts, stated)
    return Interview(
        id=source.id,
        title=facts.title or stated.get("title"),
        language=facts.language or stated.get("language"),
        date=date,
        date_precision=precision,
        outlet=facts.outlet or stated.get("outlet"),
        place=facts.place or stated.get("place"),
        summary=facts.summary or stated.get("summary"),
        fictional=facts.fictional,
        text=reading.text,
        text_sha256=text_digest(reading.text),
        origin=_origin(source, reader, reading, stated),
        rights=facts.rights.model_copy(update={"redistribution": "none"}) if facts.withheld else facts.rights,
        marks=reading.marks,
        corrections=facts.corrections,
    )


def _origin(source: Source, reader: Reader, reading: Reading, stated: Mapping[str, str]) -> Origin:
    facts = source.facts
    return Origin(
        collection=facts.collection,
        path=source.path,
        sha256=hashlib.sha256(source.data).hexdigest(),
        bytes=len(source.data),
        media_type=reader.media_type,
        encoding=reading.encoding,
        newline=reading.newline,
        locator=source.locator,
        reader=reader.name,
        reader_version=reader.version,
        url=facts.url or stated.get("url"),
        publisher=facts.publisher or stated.get("publisher"),
        published=facts.published or _day(stated.get("published")),
        retrieved=facts.retrieved,
    )


# Length of an ISO date: how precise it is, and what makes it a day.
_PRECISIONS = {4: ("year", "-01-01"), 7: ("month", "-01"), 10: ("day", "")}


def _date(facts: Facts, stated: Mapping[str, str]) -> tuple[datetime.date | None, str | None]:
    if facts.date is not None:
        return facts.date, facts.date_precision or "day"
    value = stated.get("date", "")
    precision, rest = _PRECISIONS.get(len(value), ("day", ""))
    day = _day(value + rest)
    return day, precision if day else None


def _day(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _reading_findings(interview: Interview, problems: tuple[Problem, ...]) -> list[Finding]:
    lines = LineIndex(interview.text) if any(p.offset is not None for p in problems) else None
    return [_reading_finding(interview, problem, lines) for problem in problems]


def _reading_finding(interview: Interview, problem: Problem, lines: LineIndex | None) -> Finding:
    path, where = interview.origin.path, interview.id
    if problem.offset is None or lines is None:
        return finding(problem.code, path, problem.message, where=where, hint=problem.hint)
    return finding_at(
        problem.code,
        path,
        problem.message,
        interview.text,
        problem.offset,
        lines,
        where=where,
        hint=problem.hint,
    )


@lru_cache(maxsize=8)  # all records of a run have the same
def _steps(settings: Settings) -> tuple[Step, ...]:
    digest = settings.digest
    return tuple(Step(stage=s.name, version=s.version, settings=digest) for s in _chosen(settings))
