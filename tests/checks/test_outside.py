"""Records from outside: values that can be read but mean nothing are errors; what we make ourselves has none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from onrecord.checks.contract import check_record_json
from onrecord.checks.outside import meaningless
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import process
from tests.cases.running import edited


@pytest.mark.parametrize(
    "text",
    [
        "A talk\n\n3 May 2021\n\nQ: Who?\nA: “We did,” she said, “all of us.” He says that the ice comes in January.\n",
        "ANNA LEE: Who?\nUNIDENTIFIED MALE: Me.\nALL: (Laughter.)\n",
        "— Qui ?\n— Moi.\n",
        "No interview at all.\n",
    ],
)
def test_what_we_make_means_something(text: str) -> None:
    """The whole line over different layouts."""
    made = process(Source("c/a", "c/a.txt", text.encode(), Facts(collection="c")))
    assert [item.message for item in meaningless(made)] == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("/origin/bytes", "109"),
        ("/origin/bytes", 109.0),
        ("/turns/0/evidence/confidence", True),
        ("/fictional", 1),
        ("/date", 86_400),
        ("/turns/0/label/start", "0"),
    ],
)
def test_types_are_taken_strictly(place: str, value: Any) -> None:
    """What a lenient program takes for the right type is a sign that the record went through one."""
    edits: list[list[Any]] = [[place, value]]
    if place == "/date":
        edits.append(["/date_precision", "day"])
    assert {item.code for item in check_record_json(json.dumps(edited(edits)), "r.json")} == {"invalid-field"}


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x.txt", "case/../../x.txt", "other/x.txt", "C:\\x.txt", "case\\x.txt"]
)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    """Also on Windows, where the other slash leads out, too."""
    found = check_record_json(json.dumps(edited([["/origin/path", path]])), "r.json")
    assert {item.code for item in found} == {"unsafe-path"}
