"""Dates as people write them: as far as they are known, and no further."""

from __future__ import annotations

import datetime
import re
from typing import Any, NamedTuple

from onrecord.schema.interview import DatePrecision

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_PRECISIONS: tuple[DatePrecision, ...] = ("year", "month", "day")


class PartialDate(NamedTuple):
    """A date as far as it is known; the parts beyond `precision` are 1."""

    date: datetime.date
    precision: DatePrecision


def partial_date(value: Any) -> PartialDate:
    """Read `2024-10-14`, `2024-10` or `2024`. Raises `ValueError` for anything else."""
    match = _DATE.fullmatch(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if match is not None:
        parts = [int(part) for part in match.groups() if part is not None]
        try:
            return PartialDate(datetime.date(*[*parts, 1, 1][:3]), _PRECISIONS[len(parts) - 1])
        except ValueError:
            pass
    raise ValueError("a date is written like 2024-10-14, 2024-10 or 2024")
