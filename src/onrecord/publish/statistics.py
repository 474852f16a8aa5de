"""Counting what a release contains, record by record."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container

from onrecord.publish.manifest import Count, Statistics
from onrecord.schema.interview import Interview
from onrecord.tables.chat import chat
from onrecord.tables.keys import group_of


class Counters:
    """Counts records as they pass; invented ones and unpublished ones apart."""

    def __init__(self, withdrawn: Container[str] = ()) -> None:
        self._withdrawn = withdrawn
        self._plain: Counter[str] = Counter()
        self._named: dict[str, Counter[str]] = {
            name: Counter() for name in ("quote_kinds", "collections", "languages", "licences", "findings")
        }
        self._groups: set[str] = set()
        self._dates: list[datetime.date] = []

    def add(self, interview: Interview) -> None:
        """Count one record; of a withdrawn one nothing but that it was."""
        if interview.id in self._withdrawn:
            self._plain["withdrawn"] += 1
            return
        self._named["findings"].update(item.code for item in interview.findings if item.waiver is None)
        if interview.rights.redistribution == "none":
            self._plain["not_published"] += 1
            return
        if interview.rights.redistribution == "standoff":
            self._plain["standoff"] += 1
        if interview.fictional:
            self._plain["fictional"] += 1
            return
        self._plain["interviews"] += 1
        self._groups.add(group_of(interview))
        self._count_about(interview)
        self._count_items(interview)

    def result(self) -> Statistics:
        """Return the counts so far."""
        named = {
            name: tuple(Count(name=item, count=count) for item, count in sorted(counter.items()))
            for name, counter in self._named.items()
        }
        return Statistics(
            **self._plain,
            **named,
            groups=len(self._groups),
            first_date=min(self._dates, default=None),
            last_date=max(self._dates, default=None),
        )

    def _count_about(self, interview: Interview) -> None:
        self._named["collections"][interview.origin.collection or "none"] += 1
        self._named["languages"][interview.language or "unknown"] += 1
        self._named["licences"][interview.rights.licence or "unknown"] += 1
        if interview.date is None:
            self._plain["without_date"] += 1
        else:  # two dates are enough, however many records pass
            self._dates = [min([*self._dates, interview.date]), max([*self._dates, interview.date])]
        if interview.rights.redistribution == "full" and chat(interview) is None:
            self._plain["without_chat"] += 1

    def _count_items(self, interview: Interview) -> None:
        plain = self._plain
        for turn in interview.turns:
            plain["turns"] += 1
            plain["turns_without_speaker"] += turn.speaker is None
            plain["words"] += sum(len(span.of(interview.text).split()) for span in turn.paragraphs)
        plain["speakers"] += len(interview.speakers)
        for quote in interview.quotes:
            self._named["quote_kinds"][quote.kind] += 1
            if quote.kind != "mention":
                plain["quotes"] += 1
                plain["quotes_without_speaker"] += quote.speaker is None
                plain["quotes_with_echo"] += bool(quote.echoes)
