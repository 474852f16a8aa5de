"""Findings for people and machines: as a compiler prints them, or as JSON, annotations, SARIF and JUnit."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from onrecord.errors import ConfigError
from onrecord.findings import github, junit, sarif, text
from onrecord.findings import json as json_
from onrecord.findings.collected import Findings
from onrecord.findings.explain import explain_code
from onrecord.findings.lines import Lines
from onrecord.schema.interview import Finding, Waiver

__all__ = ["FORMATS", "Findings", "exit_status", "explain_code", "failing", "in_order", "render"]

FORMATS: Mapping[str, Callable[[Sequence[Finding], Lines], str]] = {
    "text": text.render,
    "json": json_.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
}


def render(findings: Iterable[Finding], format_: str = "text", lines: Lines = MappingProxyType({})) -> str:
    """Return `findings` in one of `FORMATS`, without a line end at the end; `lines` are what they are about.

    Raises `ConfigError` for another format.
    """
    try:
        renderer = FORMATS[format_]
    except KeyError:
        raise ConfigError(f"there is no format {format_!r}; there are: {', '.join(FORMATS)}") from None
    return renderer(in_order(findings), lines).rstrip("\n")


def in_order(findings: Iterable[Finding]) -> Findings:
    """Return `findings` by file and place."""
    return (findings if isinstance(findings, Findings) else Findings(findings)).in_order()


def failing(findings: Iterable[Finding], *, warnings: bool = False, today: datetime.date | None = None) -> bool:
    """Whether any finding stops a release: an error (with `warnings`, also a warning) that is not waived today.

    A record holds its waivers with their last days, so that it is the same on every day; here they are looked at.
    """
    levels = ("error", "warning") if warnings else ("error",)
    day = today or datetime.date.today()
    return any(item.level in levels and not _holds(item.waiver, day) for item in findings)


def _holds(waiver: Waiver | None, today: datetime.date) -> bool:
    return waiver is not None and (waiver.expires is None or waiver.expires >= today)


def exit_status(findings: Iterable[Finding], *, warnings: bool = False) -> int:
    """Return 1 if a finding stops a release, else 0."""
    return int(failing(findings, warnings=warnings))
