"""Findings as JSON: a list of objects with the fields of `Finding`, and the counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType

from onrecord.findings.lines import Lines
from onrecord.schema.interview import Finding


def render(findings: Sequence[Finding], _lines: Lines = MappingProxyType({})) -> str:
    """Return `{"findings": […], "counts": {"error": …, "warning": …, "note": …, "waived": …}}`."""
    counts = Counter(item.level if item.waiver is None else "waived" for item in findings)
    known = {level: counts[level] for level in ("error", "warning", "note", "waived")}
    document = json.dumps({"findings": [], "counts": known}, indent=2) + "\n"
    listed = ",".join(map(_listed, findings))  # one at a time: as dicts they would take several times the memory
    return document.replace("[]", f"[{listed}\n  ]", 1) if listed else document


def _listed(item: Finding) -> str:
    said = json.dumps(item.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return "\n" + " " * 4 + said.replace("\n", "\n" + " " * 4)
