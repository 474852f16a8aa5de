"""Times as texts print them beside labels: patterns of them, and their milliseconds."""

from __future__ import annotations

import re

TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{1,2}(?:[.,:]\d{1,3})?"
_SECONDS = r"[\[(]\d{1,6}(?:\.\d{1,3})?s?\s*(?:-->|[-–—])\s*\d{1,6}(?:\.\d{1,3})?s?[\])]"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?:[Tt]oday|[Yy]esterday)(?: at)?)"
_CLOCK_TIME = rf"(?:{_DATE},?[ T\u00a0]{{1,2}})?{TIME}Z?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?)?"
_AGO = r"(?:\d{1,5} points?[ ]+)?\d{1,3} (?:second|minute|hour|day|week|month|year)s? ago"
STAMP = (
    r"(?=[\d\[(<{\\~≈TtYy])"  # what it can begin with: stamps are tried where hardly any stands
    rf"(?:{_SECONDS}|\\?[\[(<{{]?[~≈]?{_CLOCK_TIME}(?:\s*(?:-->|[-–—])\s*{TIME})?\\?[\])>}}]?"
    rf"|[\[(]?{_AGO}[\])]?)"
)
"""A time, a range of times, a time of the day with its date, or how long ago; with brackets or without."""
END_TIME = re.compile(r"[ \t]*#(?P<time>\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?)#[ \t]*$")
"""When a paragraph ends, as programs for qualitative research write it behind the words."""
_CLOCK = re.compile(r"(\d+)")
_TIMES = re.compile(TIME)
_OF_THE_DAY = re.compile(rf"{_DATE}|ago|[AaPp]\.?[Mm]\b")


def clock(stamp: str) -> tuple[int | None, int | None]:
    """Return start and end in milliseconds of a printed time or range of times (`00:01:02.500`, `1:02 - 1:09`).

    A time of the day (`9:14 AM`, or one with a date) is no place in a recording: it gives none.
    """
    if _OF_THE_DAY.search(stamp):
        return None, None
    values = [_milliseconds(piece.strip(":")) for piece in _TIMES.findall(stamp)[:2]]
    return values[0] if values else None, values[1] if len(values) > 1 else None


def _milliseconds(stamp: str) -> int | None:
    whole, _, fraction = stamp.replace(",", ".").partition(".")
    parts = [int(part) for part in _CLOCK.findall(whole)[:4]]
    if not 2 <= len(parts) <= 3:
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds * 1000 + (int(f"{fraction[:3]:0<3}") if fraction.isdigit() else 0)
