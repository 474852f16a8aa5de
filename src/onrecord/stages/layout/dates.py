"""Dates as texts print them, in every language that has a lexicon: found, with their precision."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from onrecord.schema.interview import DatePrecision
from onrecord.stages.layout.words import months

_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_HAN = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date with the characters that state it; `iso` is as precise as the text."""

    start: int
    end: int
    day: datetime.date
    precision: DatePrecision

    @property
    def iso(self) -> str:
        """The date in ISO 8601, as precise as the text."""
        return self.day.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted((re.escape(name) for name in months()), key=len, reverse=True))
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|-?[а-я]{1,2}|-?[cç][iıuü]|-?l[ae]r?)?"
    month = rf"(?P<month>{names})\.?"
    year = r"(?P<year>\d{4})(?!\d)"
    return (
        re.compile(rf"(?<![^\W_])(?:{day}\s+(?:de\s+|of\s+)?)?{month},?\s+(?:de\s+|del\s+)?{year}", re.IGNORECASE),
        re.compile(rf"(?<![^\W_]){month}\s+{day},?\s+{year}", re.IGNORECASE),
    )


def dates_in(text: str, start: int, end: int) -> list[PrintedDate]:
    """Return the dates printed in `text[start:end]`, in order; a bare year is none."""
    if _YEAR.search(text, start, end) is None:
        return []  # every form of a date has its year in four digits
    found: dict[int, PrintedDate] = {}
    day_first, month_first = _named()
    for pattern in (month_first, day_first):
        for match in pattern.finditer(text, start, end):
            month = months().get(match.group("month").lower())
            _add(found, match, match.group("year"), month, match.groupdict().get("day"))
    for match in _ISO.finditer(text, start, end):
        _add(found, match, match.group(1), int(match.group(2)), match.group(3))
    for match in _HAN.finditer(text, start, end):
        _add(found, match, match.group(1), int(match.group(2)), match.group(3))
    for match in _DOTTED.finditer(text, start, end):
        _add(found, match, match.group(3), int(match.group(2)), match.group(1))
    return [found[at] for at in sorted(found)]


def _add(found: dict[int, PrintedDate], match: re.Match[str], year: str, month: int | None, day: str | None) -> None:
    if month is None or any(at <= match.start() < date.end for at, date in found.items()):
        return
    try:
        value = datetime.date(int(year), month, int(day) if day else 1)
    except ValueError:
        return
    found[match.start()] = PrintedDate(match.start(), match.end(), value, "day" if day else "month")
