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
    document = {
        "findings": [item.model_dump(mode="json") for item in findings],
        "counts": {level: counts[level] for level in ("error", "warning", "note", "waived")},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
