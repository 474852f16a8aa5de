"""Waivers: findings that a person has looked at and accepts, from the sidecar."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.codes import finding
from onrecord.collection.facts import WaiverFact
from onrecord.schema.interview import Finding, Waiver

NOT_WAIVABLE = frozenset({"expired-waiver", "unused-waiver", "stage-failed", "worker-died"})
"""Codes that no waiver covers: faults of the program, and what is said about waivers themselves."""


@dataclass(frozen=True, slots=True)
class Waived:
    """The findings with their waivers, and which waivers (by position) were used."""

    findings: tuple[Finding, ...]
    used: frozenset[int]


def apply_waivers(findings: Iterable[Finding], waivers: Sequence[WaiverFact], today: datetime.date) -> Waived:
    """Set `Finding.waiver` where a waiver that still holds covers the finding. Applying it twice changes nothing."""
    used: set[int] = set()
    result = []
    for item in findings:
        index = _covering(item, waivers, today)
        if index is not None:
            used.add(index)
        waiver = None if index is None else _waiver(waivers[index])
        result.append(item if item.waiver == waiver else item.model_copy(update={"waiver": waiver}))
    return Waived(tuple(result), frozenset(used))


def waiver_findings(
    waivers: Sequence[WaiverFact], used: frozenset[int], path: str, lines: Sequence[int], today: datetime.date
) -> list[Finding]:
    """Say which waivers are expired and which accept nothing; `lines` says where each stands in the sidecar."""
    found = []
    for index, waiver in enumerate(waivers):
        line = lines[index] if index < len(lines) else None
        if waiver.expires is not None and waiver.expires < today:
            message = f"The waiver of {waiver.code} by {waiver.by} held until {waiver.expires}."
            found.append(finding("expired-waiver", path, message, line=line))
        elif index not in used:
            message = f"There is no finding {waiver.code}{_place(waiver)} that this waiver could accept."
            found.append(finding("unused-waiver", path, message, line=line))
    return found


def _covering(item: Finding, waivers: Sequence[WaiverFact], today: datetime.date) -> int | None:
    if item.code in NOT_WAIVABLE:
        return None
    for index, waiver in enumerate(waivers):
        if (
            waiver.code == item.code
            and (waiver.where is None or waiver.where == item.where)
            and (waiver.line is None or waiver.line == item.line)
            and (waiver.expires is None or waiver.expires >= today)
        ):
            return index
    return None


def _waiver(fact: WaiverFact) -> Waiver:
    return Waiver(reason=fact.reason, by=fact.by, rule_version=fact.rule_version, expires=fact.expires)


def _place(waiver: WaiverFact) -> str:
    place = f" in {waiver.where}" if waiver.where else ""
    return f"{place} in line {waiver.line}" if waiver.line else place
