"""From records to the tables of a release: what each record may publish, in which config, in which split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.batch import collector_paused
from onrecord.errors import ReleaseRefused
from onrecord.publish.facts import ReleaseFacts
from onrecord.publish.ledger import Ledger
from onrecord.publish.manifest import ConfigEntry, Statistics
from onrecord.publish.ordering import Row
from onrecord.publish.parquet import SplitWriter
from onrecord.publish.seals import NAME as SEALS
from onrecord.publish.seals import seal_line, seals_of
from onrecord.publish.splits import split_of
from onrecord.publish.staging import HashingFile, Staging
from onrecord.publish.statistics import Counters
from onrecord.schema.arrow import interview_of
from onrecord.schema.interview import Interview
from onrecord.tables import FICTIONAL, TABLES, Table, config_name, config_names
from onrecord.tables.keys import group_of
from onrecord.tables.withheld import withhold

RAW_SUMS = "raw.sha256"
"""SHA-256 of each published record's file, as `sha256sum --check` reads it in raw/."""


@dataclass
class Contents:
    """What was written: the configs, the counts, and the keys of the people who are linked with a speaker in them."""

    configs: tuple[ConfigEntry, ...] = ()
    statistics: Statistics = field(default_factory=Statistics)
    restored: int = 0
    persons: frozenset[str] = frozenset()


def write_contents(rows: Iterable[Row], stage: Staging, facts: ReleaseFacts, ledger: Ledger) -> Contents:
    """Write the tables of the records in `rows` (in the order of their ids) and return what they hold.

    Records that the ledger says were withdrawn are left out; the others say which version first held them.

    Raises `ReleaseRefused` if two records have one id, and `ContractError` if a row is not a valid record.
    """
    counters = Counters(ledger.withdrawn)
    persons: set[str] = set()
    with collector_paused(), _Tables(stage) as tables, stage.open(RAW_SUMS) as sums, _Seals(stage) as seals:
        for interview in _distinct(rows, ledger, facts.version):
            counters.add(interview)
            if interview.id in ledger.withdrawn:
                continue
            if interview.rights.redistribution == "none":
                continue
            tables.add(interview, split_of(group_of(interview), facts.splits))
            persons.update(speaker.person for speaker in interview.speakers if speaker.person is not None)
            _write_sums(sums, interview)
            if interview.rights.redistribution == "standoff":
                seals.add(interview)
        return Contents(tables.close(facts), counters.result(), persons=frozenset(persons))


def published_rows(table: Table, interview: Interview) -> Iterator[Row]:
    """Yield the rows of `interview` in `table` as they may be published by its rights."""
    rights = interview.rights.redistribution
    if rights == "none" or (rights == "standoff" and table.name == "messages"):
        return
    for row in table.rows(interview):
        yield row if rights == "full" else withhold(table.model, row)


def _distinct(rows: Iterable[Row], ledger: Ledger, version: str) -> Iterator[Interview]:
    last: str | None = None
    for row in rows:
        if row["id"] == last:
            raise ReleaseRefused(f"two records have the id {last!r}: an id names one interview for ever")
        last = row["id"]
        yield interview_of({**row, "first_release": ledger.first_release(row["id"], version)})


def _write_sums(file: HashingFile, interview: Interview) -> None:
    origin = interview.origin
    if origin.locator is None:  # a part of a file has a digest of its own, which no tool can check on the file
        file.write(f"{origin.sha256}  {origin.path}\n".encode())


class _Seals:
    """The seals of standoff records; the file is made when the first one comes."""

    def __init__(self, stage: Staging) -> None:
        self._stage = stage
        self._file: HashingFile | None = None

    def __enter__(self) -> _Seals:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, interview: Interview) -> None:
        if self._file is None:
            self._file = self._stage.open(SEALS)
        (row,) = TABLES["interviews"].rows(interview)
        self._file.write(seal_line(interview.id, seals_of(row)))


class _Tables:
    """The writers of all configs; one is made when its first row comes, so that no table is ever empty."""

    def __init__(self, stage: Staging) -> None:
        self._stage = stage
        self._writers: dict[tuple[str, str], SplitWriter] = {}

    def __enter__(self) -> _Tables:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.abandon()

    def add(self, interview: Interview, split: str) -> None:
        for table in TABLES.values():
            config = config_name(table.name, fictional=interview.fictional)
            for row in published_rows(table, interview):
                self._writer(config, table, split).add(row)

    def close(self, facts: ReleaseFacts) -> tuple[ConfigEntry, ...]:
        configs = []
        for config in config_names():
            names = [split.name for split in facts.splits if (config, split.name) in self._writers]
            if names:
                splits = tuple(self._writers[config, name].close() for name in names)
                table = config.removeprefix(FICTIONAL)
                configs.append(ConfigEntry(name=config, table=table, splits=splits))
        return tuple(configs)

    def _writer(self, config: str, table: Table, split: str) -> SplitWriter:
        key = (config, split)
        if key not in self._writers:
            prefix = f"data/{config}/{split}"
            self._writers[key] = SplitWriter(split, prefix, table.schema, self._stage.open)
        return self._writers[key]
