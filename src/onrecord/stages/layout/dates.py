"""Dates as texts print them, in every language that has a lexicon: found, with their precision."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from onrecord.schema.interview import DatePrecision
from onrecord.stages.layout.words import any_case, months

_YEAR = re.compile(r"\d\d\d\d")  # a search skips to a class, but not to a repetition
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?![\d-])")
_YEAR_FIRST = re.compile(r"(?<![\d./])(\d{4})([./])(\d{1,2})\2(\d{1,2})(?![\d/])")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_HAN = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?")
_SINGLE_YEAR = re.compile(r"(?<![\d.,/-])(1[89]\d\d|20\d\d)(?![\d/-])")
_NUMBERS_BEFORE = re.compile(r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?$")
_NUMBERS_AFTER = re.compile(r"\.\d|\s?年\s?\d")
_RANGE = re.compile(r"\d{1,2}(?:\.|st|nd|rd|th|er|º)?\s?(?:[–—-]|and|und|et|y|и|ve|və|bis|to|au|al)\s?$", re.IGNORECASE)
_DAY = r"(?:st|nd|rd|th|er|\.|º|-?[а-я]{1,2}|-?[cç][iıuü]|-?l[ae]r?)?"


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
def _month() -> re.Pattern[str]:
    """A quick look for the name of a month at the end of a word: most rows with four digits have none."""
    return re.compile(any_case(sorted(months(), key=len, reverse=True)) + r"(?!\w)")


@cache
def _named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted((re.escape(name) for name in months()), key=len, reverse=True))
    day = rf"(?P<day>\d{{1,2}}){_DAY}"
    month = rf"(?P<month>{names})\.?"
    year = r"(?P<year>\d{4})(?!\d)"
    return (
        re.compile(
            rf"(?<![^\W_])(?:{day}(?:\s+(?:de\s+|of\s+)?|-))?{month}(?:,?\s+(?:de\s+|del\s+)?|-){year}", re.IGNORECASE
        ),
        re.compile(rf"(?<![^\W_]){month}\s+(?P<until>\d{{1,2}}\s?[–—-]\s?)?{day},?\s+{year}", re.IGNORECASE),
    )


@cache
def _month_word() -> re.Pattern[str]:
    return re.compile(any_case(sorted(months(), key=len, reverse=True), whole=True))


def dates_in(text: str, start: int, end: int, *, day_first: bool = False) -> list[PrintedDate]:
    """Return the dates printed in `text[start:end]`, in order; a bare year is none.

    Of several days (`3–5 May 2021`) only the month is one date's. `03/05/2021` is a date where the text is known to
    put the day first, or no month has that number.
    """
    if _YEAR.search(text, start, end) is None:
        return []  # every form of a date has its year in four digits
    found: dict[int, PrintedDate] = {}
    day_first_form, month_first = _named()
    for pattern in (month_first, day_first_form) if _month().search(text, start, end) is not None else ():
        for match in pattern.finditer(text, start, end):
            month = months().get(match.group("month").lower())
            groups = match.groupdict()
            several = groups.get("until") or _RANGE.search(text, max(start, match.start() - 12), match.start())
            _add(found, match, match.group("year"), month, None if several else groups.get("day"))
    for match in _ISO.finditer(text, start, end):
        _add(found, match, match.group(1), int(match.group(2)), match.group(3))
    for match in _HAN.finditer(text, start, end):
        _add(found, match, match.group(1), int(match.group(2)), match.group(3))
    for match in _YEAR_FIRST.finditer(text, start, end):
        _add(found, match, match.group(1), int(match.group(3)), match.group(4))
    for match in _DOTTED.finditer(text, start, end):
        _add(found, match, match.group(3), int(match.group(2)), match.group(1))
    for match in _SLASHED.finditer(text, start, end):
        first, second = int(match.group(1)), int(match.group(2))
        if day_first or first > 12 or first == second:
            _add(found, match, match.group(3), second, match.group(1))
        elif second > 12:
            _add(found, match, match.group(3), first, match.group(2))
    return [found[at] for at in sorted(found)]


def year_in(text: str, start: int, end: int) -> list[PrintedDate]:
    """Return the year that `text[start:end]` names, where words say that it dates something; at most one.

    The year of a date that cannot be (`31 February 2021`) is none: which part of it is wrong nobody knows.
    """
    match = _SINGLE_YEAR.search(text, start, end)
    if match is None or _NUMBERS_AFTER.match(text, match.end()):
        return []
    if _month_word().search(text, start, match.start()) or _NUMBERS_BEFORE.search(text, start, match.start()):
        return []
    return [PrintedDate(match.start(), match.end(), datetime.date(int(match.group()), 1, 1), "year")]


def has_year(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` names a year, be it part of a date that cannot be."""
    return _SINGLE_YEAR.search(text, start, end) is not None


def _add(found: dict[int, PrintedDate], match: re.Match[str], year: str, month: int | None, day: str | None) -> None:
    if month is None or any(at <= match.start() < date.end for at, date in found.items()):
        return
    try:
        value = datetime.date(int(year), month, int(day) if day else 1)
    except ValueError:
        return
    found[match.start()] = PrintedDate(match.start(), match.end(), value, "day" if day else "month")
