"""Counting what a release contains, record by record."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Any

from onrecord.publish.manifest import Count, Statistics
from onrecord.schema.arrow import interview_of
from onrecord.schema.interview import Interview, Speaker
from onrecord.tables import Flat
from onrecord.tables.chat import chat
from onrecord.tables.withheld import WORDS


def placeholder(row: Mapping[str, Any]) -> Interview:
    """Return the record of a row; of a standoff row one with blanks in place of the text, fit for counting items."""
    if row["text"] is not None:
        return interview_of(row)
    blank = dict(row) | dict.fromkeys(("marks", "blocks", "corrections"), ())
    blank["speakers"] = [{**item, **dict.fromkeys(WORDS[Speaker], ()), "evidence": ()} for item in row["speakers"]]
    blank["quotes"] = [{**item, "echoes": [_counted(echo) for echo in item["echoes"]]} for item in row["quotes"]]
    blank["findings"] = [{**item, "message": "", "waiver": _waiver(item["waiver"])} for item in row["findings"]]
    size = max((span["end"] for span in _spans(blank)), default=0)
    return interview_of({**blank, "text": " " * size})


def _counted(echo: Mapping[str, Any]) -> dict[str, Any]:
    return {**echo, "differences": ()}


def _waiver(waiver: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if waiver is None else {**waiver, "reason": ""}


def _spans(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if value.keys() == {"start", "end"}:
            yield value
        for item in value.values():
            yield from _spans(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _spans(item)


class Counters:
    """Counts records as they pass; invented ones and unpublished ones apart."""

    def __init__(self, withdrawn: Container[str] = ()) -> None:
        self._withdrawn = withdrawn
        self._plain: Counter[str] = Counter()
        self._named: dict[str, Counter[str]] = {
            name: Counter()
            for name in ("quote_kinds", "collections", "languages", "licences", "first_releases", "findings")
        }
        self._groups: set[str] = set()
        self._dates: list[datetime.date] = []

    def add(self, record: Flat, *, chats: bool | None = None) -> None:
        """Count one record; of a withdrawn one nothing but that it was. `chats`: whether it is a chat, if known."""
        interview = record.interview
        if interview.id in self._withdrawn:
            self._plain["withdrawn"] += 1
            return
        self._named["findings"].update(item.code for item in interview.findings if item.waiver is None)
        if interview.rights.redistribution == "none":
            self._plain["not_published"] += 1
            return
        if interview.first_release is not None:
            self._named["first_releases"][interview.first_release] += 1
        if interview.rights.redistribution == "standoff":
            self._plain["standoff"] += 1
        if interview.fictional:
            self._plain["fictional"] += 1
            return
        self._plain["interviews"] += 1
        self._groups.add(record.group)
        self._count_about(interview, chats)
        self._count_items(record)

    def state(self) -> dict[str, Any]:
        """Return the counts so far as plain values, for `include`; without the groups, which parts hold."""
        return {
            "plain": dict(self._plain),
            "named": {name: dict(counter) for name, counter in self._named.items()},
            "dates": [date.isoformat() for date in self._dates],
        }

    def include(self, state: Mapping[str, Any]) -> None:
        """Add the counts of other records."""
        self._plain.update(state["plain"])
        for name, counter in state["named"].items():
            self._named[name].update(counter)
        for date in state["dates"]:
            self._count_date(datetime.date.fromisoformat(date))

    def result(self, groups: int | None = None) -> Statistics:
        """Return the counts so far; `groups` is the number of groups where they were counted elsewhere."""
        named = {
            name: tuple(Count(name=item, count=count) for item, count in sorted(counter.items()))
            for name, counter in self._named.items()
        }
        return Statistics(
            **self._plain,
            **named,
            groups=len(self._groups) if groups is None else groups,
            first_date=min(self._dates, default=None),
            last_date=max(self._dates, default=None),
        )

    def _count_about(self, interview: Interview, chats: bool | None) -> None:
        self._named["collections"][interview.origin.collection or "none"] += 1
        self._named["languages"][interview.language or "unknown"] += 1
        self._named["licences"][interview.rights.licence or "unknown"] += 1
        if interview.date is None:
            self._plain["without_date"] += 1
        else:
            self._count_date(interview.date)
        if interview.rights.redistribution == "full":
            self._plain["without_chat"] += not (chat(interview) is not None if chats is None else chats)

    def _count_date(self, date: datetime.date) -> None:
        """Two dates are enough, however many records pass."""
        self._dates = [min([*self._dates, date]), max([*self._dates, date])]

    def _count_items(self, record: Flat) -> None:
        plain, interview = self._plain, record.interview
        plain["turns"] += len(interview.turns)
        plain["turns_without_speaker"] += sum(turn.speaker is None for turn in interview.turns)
        plain["words"] += sum(record.words)
        plain["speakers"] += len(interview.speakers)
        for quote in interview.quotes:
            self._named["quote_kinds"][quote.kind] += 1
            if quote.kind != "mention":
                plain["quotes"] += 1
                plain["quotes_without_speaker"] += quote.speaker is None
                plain["quotes_with_echo"] += bool(quote.echoes)
