"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from onrecord._version import __version__
from onrecord.codes import CODES
from onrecord.findings.github import in_file
from onrecord.findings.lines import Lines
from onrecord.schema.interview import Finding

_INFORMATION = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(findings: Sequence[Finding], lines: Lines = MappingProxyType({})) -> str:
    """Return one SARIF run: the codes that occur as rules, each finding as a result, waivers as suppressions."""
    codes = sorted({item.code for item in findings})
    run = {
        "tool": {
            "driver": {
                "name": "onrecord",
                "semanticVersion": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes.index(item.code), in_file(item, lines)) for item in findings],
    }
    document = {"$schema": _INFORMATION, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    code = CODES.get(name)
    if code is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": code.why},
        "help": {"text": code.hint},
        "defaultConfiguration": {"level": code.level},
        "properties": {"since": code.since},
    }


def _result(item: Finding, rule: int, placed: bool) -> dict[str, Any]:
    message = item.message if item.hint is None else f"{item.message} {item.hint}"
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": item.level,
        "message": {"text": message},
        "locations": [_location(item, placed)],
        "partialFingerprints": {"onrecord/v1": _fingerprint(item)},
    }
    if item.waiver is not None:
        justification = f"{item.waiver.by}: {item.waiver.reason}"
        result["suppressions"] = [{"kind": "inSource", "justification": justification}]
    return result


def _location(item: Finding, placed: bool) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(item.path, safe="/~")}}
    if item.line is not None and placed:
        region: dict[str, Any] = {"startLine": item.line}
        if item.column is not None:
            region["startColumn"] = item.column
            region["endColumn"] = item.column + max(1, len(item.excerpt or ""))
        if item.excerpt:
            region["snippet"] = {"text": item.excerpt}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if item.where is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": item.where, "kind": "member"}]
    return location


def _fingerprint(item: Finding) -> str:
    """The same finding after lines were added above it: no line, no column, no offset in the id."""
    where = (item.where or "").split("@")[0]
    return hashlib.sha256("\0".join((item.code, item.path, where, item.excerpt or "")).encode()).hexdigest()[:32]
