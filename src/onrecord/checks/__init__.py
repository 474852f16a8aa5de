"""Checks: what holds of every record, and what is worth a look; each a small function yielding findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.checks import corrections, layout, pseudonyms, quotes, record, speakers
from onrecord.collection.facts import Facts
from onrecord.schema.interview import Finding, Interview

__all__ = ["CHECKS", "check_interview"]

Check = Callable[[Interview, Facts], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    *record.CHECKS,
    *layout.CHECKS,
    *speakers.CHECKS,
    *quotes.CHECKS,
    *corrections.CHECKS,
    *pseudonyms.CHECKS,
)


def check_interview(interview: Interview, facts: Facts | None = None) -> tuple[Finding, ...]:
    """Return what the checks say of one record, in the order of the file. Never raises for broken data."""
    facts = facts or Facts()
    found = [item for check in CHECKS for item in check(interview, facts)]
    return tuple(sorted(found, key=lambda item: (item.line or 0, item.column or 0, item.code)))
