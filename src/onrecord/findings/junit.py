"""Findings as JUnit XML, which every CI system reads: one suite per file, one case per finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from types import MappingProxyType
from xml.etree import ElementTree as ET

from onrecord.findings.lines import Lines
from onrecord.findings.text import one
from onrecord.schema.interview import Finding

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Sequence[Finding], lines: Lines = MappingProxyType({})) -> str:
    """Return a `testsuites` document: errors fail, waived ones are skipped, warnings and notes pass."""
    root = ET.Element("testsuites", name="onrecord", tests=str(len(findings)), failures=_failures(findings))
    for path, group in groupby(findings, key=lambda item: item.path):
        items = list(group)
        suite = ET.SubElement(
            root, "testsuite", name=_xml(path), tests=str(len(items)), failures=_failures(items), errors="0",
            skipped=str(sum(item.waiver is not None for item in items)),
        )  # fmt: skip
        for item in items:
            _case(suite, item, lines)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(suite: ET.Element, item: Finding, lines: Lines) -> None:
    place = ":".join(str(number) for number in (item.line, item.column) if number is not None)
    case = ET.SubElement(suite, "testcase", classname=_xml(item.path), name=_xml(f"{item.code} {place}".strip()))
    if item.waiver is not None:
        ET.SubElement(case, "skipped", message=_xml(f"waived by {item.waiver.by}: {item.waiver.reason}"))
    elif item.level == "error":
        ET.SubElement(case, "failure", type=item.code, message=_xml(item.message)).text = _xml(one(item, lines))
    else:
        ET.SubElement(case, "system-out").text = _xml(one(item, lines))


def _failures(findings: Sequence[Finding]) -> str:
    return str(sum(item.level == "error" and item.waiver is None for item in findings))


def _xml(text: str) -> str:
    """XML 1.0 has no place for control characters and lone surrogates, however they are escaped."""
    return _NOT_XML.sub("\ufffd", text)
