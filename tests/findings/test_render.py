"""Findings in every format: complete, escaped, in order, and valid by the formats' own rules."""

from __future__ import annotations

import datetime
import gc
import json
import pickle
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.codes import CODES, excerpt
from onrecord.errors import ConfigError
from onrecord.findings import FORMATS, Findings, exit_status, explain_code, failing, in_order, render
from onrecord.findings.lines import AFTER, BEFORE, Lines, line_shown, place_of, width
from onrecord.findings.text import SHOWN_PER_CODE, SUMMARY_FROM
from onrecord.schema.interview import Finding, Waiver
from onrecord.text.lines import LineIndex

WAIVER = Waiver(reason="It is like this on the tape.", by="Ada")


def _finding(**values: object) -> Finding:
    base = {"code": "empty-file", "level": "error", "path": "c/a.txt", "message": "It is empty.", "hint": "Fill it."}
    return Finding.model_validate({**base, **values})


FINDINGS = st.builds(
    Finding,
    code=st.sampled_from(sorted(CODES)),
    level=st.sampled_from(["error", "warning", "note"]),
    path=st.text(min_size=1, max_size=20),
    line=st.none() | st.integers(1, 10**6),
    column=st.none() | st.integers(1, 200),
    where=st.none() | st.text(max_size=20),
    excerpt=st.none() | st.text(max_size=30),
    message=st.text(max_size=40),
    hint=st.none() | st.text(max_size=40),
    waiver=st.none() | st.just(WAIVER),
)


def test_text_looks_like_a_compilers_message() -> None:
    """Where, level, code, sentence; the excerpt with a caret; the item, what would be right, where to read more."""
    shown = render([_finding(line=12, column=5, excerpt="Q: 你好", where="c/a#turn@7")])
    assert shown == (
        "c/a.txt:12:5: error[empty-file]: It is empty.\n"
        "  12 | Q: 你好\n"
        "     | ^^^^^^^\n"
        "     = in: c/a#turn@7\n"
        "     = help: Fill it.\n"
        "     = more: onrecord explain empty-file\n"
        "\n"
        "1 error."
    )


def test_findings_come_by_file_and_place_with_errors_first_at_one_place() -> None:
    """The order does not depend on the order in which the checks ran."""
    items = [
        _finding(path="b"),
        _finding(path="a", line=2),
        _finding(path="a", line=1, column=2),
        _finding(path="a", line=1, column=2, level="note", code="mixed-newlines"),
        _finding(path="a"),
    ]
    assert in_order(reversed(items)) == [items[4], items[2], items[3], items[1], items[0]]


def test_many_findings_begin_with_a_table_and_show_a_few_of_each() -> None:
    """A log of a thousand lines hides the one that matters: counts by code come first."""
    many = [_finding(path=f"c/{n}.txt", level="note", code="mixed-newlines") for n in range(500)]
    shown = render([*many, _finding()])
    first, second, *_ = shown.splitlines()
    assert first.split()[:3] == ["500", "note", "mixed-newlines"]
    assert "in 500 files" in first
    assert second.split()[:3] == ["1", "error", "empty-file"]
    assert shown.count("note[mixed-newlines]") == SHOWN_PER_CODE
    assert shown.count("error[empty-file]") == 1
    assert f"{500 - SHOWN_PER_CODE} more of mixed-newlines" in shown
    assert shown.endswith("1 error, 500 notes.")
    assert "files:" not in render(many[: SUMMARY_FROM - 1])


def test_a_waived_finding_is_shown_as_such_and_stops_nothing() -> None:
    """The reason and its author stand beside it."""
    waived = _finding(waiver=WAIVER)
    assert "waived error[empty-file]" in render([waived])
    assert "waived by Ada: It is like this on the tape." in render([waived])
    assert not failing([waived])
    assert exit_status([waived]) == 0


def test_a_waiver_past_its_last_day_holds_no_longer() -> None:
    """A record keeps its waivers; the day on which it is looked at decides."""
    waiver = WAIVER.model_copy(update={"expires": datetime.date(2026, 11, 24)})
    assert not failing([_finding(waiver=waiver)], today=datetime.date(2026, 11, 24))
    assert failing([_finding(waiver=waiver)], today=datetime.date(2026, 11, 25))


def test_errors_stop_warnings_only_when_asked() -> None:
    """Exit status 1 for an error; for a warning only if warnings are to fail."""
    assert exit_status([_finding()]) == 1
    assert exit_status([_finding(level="warning")]) == 0
    assert exit_status([_finding(level="warning")], warnings=True) == 1
    assert exit_status([_finding(level="note")], warnings=True) == 0
    assert exit_status([]) == 0


def test_github_annotations_put_errors_first_show_ten_and_count_the_rest() -> None:
    """GitHub shows ten per level and step; the hidden ones are said to be there."""
    items = [_finding(path=f"c/{n:03}.txt", level=level) for n in range(25) for level in ("note", "error")]
    lines = render(items, "github").splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::notice"] * 10
    assert "31 are not shown here" in lines[-1]


@given(FINDINGS)
def test_a_github_annotation_is_one_line_whatever_stands_in_the_file(item: Finding) -> None:
    """A contributed text cannot start a command of its own: line ends, `::` and commas are escaped."""
    lines = render([item], "github").split("\n")
    assert len(lines) == (1 if item.waiver else 2)
    for line in lines:
        assert "\r" not in line
        command, properties, _ = line[2:].replace("::", " ::", 1).partition(" ::")[0], *line[2:].partition("::")[1:]
        assert command.split(" ")[0] in ("error", "warning", "notice")
        assert properties == "::"


@given(st.lists(FINDINGS, max_size=5))
def test_json_holds_every_field_of_every_finding(items: list[Finding]) -> None:
    """The list can be read back, and the counts are right."""
    document = json.loads(render(items, "json"))
    assert [Finding.model_validate(item) for item in document["findings"]] == in_order(items)
    assert sum(document["counts"].values()) == len(items)


@given(st.lists(FINDINGS, max_size=5))
def test_junit_is_well_formed_and_counts_add_up(items: list[Finding]) -> None:
    """Control characters and markup in texts cannot break the XML."""
    root = ET.fromstring(render(items, "junit"))
    assert root.tag == "testsuites"
    assert int(root.attrib["tests"]) == len(items) == len(root.findall("testsuite/testcase"))
    assert int(root.attrib["failures"]) == len(root.findall("testsuite/testcase/failure"))
    for suite in root:
        assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped"}
        assert int(suite.attrib["tests"]) == len(suite)
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))


SARIF_SCHEMA = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name"],
                            "properties": {
                                "name": {"type": "string"},
                                "semanticVersion": {"type": "string"},
                                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
                            },
                            "additionalProperties": False,
                        }
                    },
                    "additionalProperties": False,
                },
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
            "additionalProperties": False,
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/message"},
                "fullDescription": {"$ref": "#/$defs/message"},
                "help": {"$ref": "#/$defs/message"},
                "defaultConfiguration": {
                    "type": "object",
                    "properties": {"level": {"$ref": "#/$defs/level"}},
                    "additionalProperties": False,
                },
                "properties": {"type": "object"},
            },
            "additionalProperties": False,
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                "suppressions": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["kind"],
                        "properties": {"kind": {"enum": ["inSource", "external"]}, "justification": {"type": "string"}},
                        "additionalProperties": False,
                    },
                },
            },
            "additionalProperties": False,
        },
        "location": {
            "type": "object",
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~/%-]*$"}},
                            "additionalProperties": False,
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "properties": {
                                "startLine": {"type": "integer", "minimum": 1},
                                "startColumn": {"type": "integer", "minimum": 1},
                                "endColumn": {"type": "integer", "minimum": 1},
                                "snippet": {"type": "object", "properties": {"text": {"type": "string"}}},
                            },
                            "additionalProperties": False,
                        },
                    },
                    "additionalProperties": False,
                },
                "logicalLocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"fullyQualifiedName": {"type": "string"}, "kind": {"type": "string"}},
                        "additionalProperties": False,
                    },
                },
            },
            "additionalProperties": False,
        },
    },
}
"""The part of the SARIF 2.1.0 standard that we use, written down from the standard; anything else is refused."""


@given(st.lists(FINDINGS, max_size=5))
def test_sarif_keeps_to_the_standard(items: list[Finding]) -> None:
    """Required properties are there, none is unknown, and every result points at its rule."""
    import jsonschema

    document = json.loads(render(items, "sarif"))
    jsonschema.Draft202012Validator(SARIF_SCHEMA).validate(document)
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [item.code for item in in_order(items)]
    assert [bool(result.get("suppressions")) for result in run["results"]] == [bool(i.waiver) for i in in_order(items)]


def test_sarif_fingerprints_stay_when_lines_are_added_above() -> None:
    """A code host then knows the finding as an old one."""
    old = json.loads(render([_finding(line=3, where="c/a#turn@10", excerpt="Q:")], "sarif"))
    new = json.loads(render([_finding(line=9, where="c/a#turn@80", excerpt="Q:")], "sarif"))
    assert old["runs"][0]["results"][0]["partialFingerprints"] == new["runs"][0]["results"][0]["partialFingerprints"]


@given(st.lists(FINDINGS, max_size=25))
def test_text_never_passes_on_what_steers_a_terminal(items: list[Finding]) -> None:
    """Escape sequences and direction marks from a text are shown as what they are."""
    shown = render(items)
    assert not set(shown) & set("\x1b\x07\x9b\r\u202e\u2066\u200f\0")


@pytest.mark.parametrize("format_", FORMATS)
def test_no_findings_are_a_valid_document_too(format_: str) -> None:
    """Nothing to report: every format says so in its own way."""
    shown = render([], format_)
    if format_ in ("json", "sarif"):
        json.loads(shown)
    elif format_ == "junit":
        ET.fromstring(shown)
    assert shown == ("" if format_ == "github" else shown)


def test_an_unknown_format_lists_what_there_is() -> None:
    """The error says which formats exist."""
    with pytest.raises(ConfigError, match="there are: text, json, github, sarif, junit"):
        render([], "xml")


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_can_be_explained(code: str) -> None:
    """What is wrong, why it matters, what would be right, and since when."""
    shown = explain_code(code)
    assert shown.startswith(f"{code}: {CODES[code].level}, since ")
    assert "What would be right: " in shown


def test_an_unknown_code_gets_a_suggestion() -> None:
    """A slip of the pen is the usual cause."""
    with pytest.raises(ConfigError, match=r"did you mean .*empty-file"):
        explain_code("emty-file")


def _shown(text: str, words: str, **options: bool) -> list[str]:
    at = text.index(words)
    index = LineIndex(text)
    line, column = index.position(at)
    item = _finding(line=line, column=column, excerpt=excerpt(text, at, at + len(words)))
    place = place_of(item)
    assert place is not None
    return render([item], "text", {place: line_shown(text, index, item, **options)}).splitlines()


@pytest.mark.parametrize(
    ("text", "words", "line", "caret"),
    [
        ("One\nQ: Who keeps it?\nEnd", "keeps", "2 | Q: Who keeps it?", "  |        ^^^^^"),
        ("\tQ:\tWho?", "Who?", "1 |  Q: Who?", "  |     ^^^^"),
        ("答：我们等冰，他说", "等冰", "1 | 答：我们等冰，他说", "  |         ^^^^"),
        ("cafe\u0301 noir", "noir", "1 | cafe\u0301 noir", "  |      ^^^^"),
        ("ที่นี่ ok", "ok", "1 | ที่นี่ ok", "  |    ^^"),
        ("🚢 ship", "ship", "1 | 🚢 ship", "  |    ^^^^"),
        ("a\x1b[31mb red", "red", "1 | a\\x1b[31mb red", "  |            ^^^"),
        ("one\r\ntwo three\r\n", "three", "2 | two three", "  |     ^^^^^"),
        ("end\n", "\n", "1 | end", "  |    ^"),
        ("", "", "1 |", "  | ^"),
    ],
)
def test_the_caret_stands_under_the_place(text: str, words: str, line: str, caret: str) -> None:
    """The whole line is shown; tabs, wide letters, marks on letters and escaped characters move nothing."""
    assert _shown(text, words)[1:3] == [f"  {line}", f"  {caret}"]


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    """What is left out is marked at both ends; the caret is where the words are, and no letter loses its mark."""
    text = "word " * 400 + "HERE it is" + " word" * 400
    _, line, caret, *_ = _shown(text, "HERE it is")
    assert line.startswith("  1 | …")
    assert line.endswith("…")
    assert len(line) <= 100
    assert line[caret.index("^") : caret.rindex("^") + 1] == "HERE it is"
    long = "x" * 500
    _, line, caret, *_ = _shown(f"a {long} b", long)
    assert line.startswith("  1 | a xxx")
    assert line.endswith("x…")
    assert caret == "    |   " + "^" * 60
    _, line, caret, *_ = _shown("Q: " + "word " * 40, "word " * 40)
    assert caret == "    |    ^^^^"
    marked = "e\u0301" * 100 + "HERE" + "e\u0301" * 100
    _, line, *_ = _shown(marked, "HERE")
    assert "…\u0301" not in line
    assert "e…" not in line


def test_a_line_of_the_text_is_not_called_a_line_of_the_file() -> None:
    """What was read from markup has lines of its own: they are shown, but no annotation points at the file's."""
    text = "Q: Who?\nA: Bo."
    assert any("not of the file" in line for line in _shown(text, "Bo", derived=True))
    item = _finding(line=2, column=4, excerpt="Bo")
    lines: Lines = {("c/a.txt", None, 2, 4): line_shown(text, LineIndex(text), item, derived=True)}
    annotation = render([item], "github", lines).splitlines()[0]
    assert "line=" not in annotation
    assert "Line 2 of the text as it was read: Bo" in annotation
    (result,) = json.loads(render([item], "sarif", lines))["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_of_yaml_the_word_is_underlined() -> None:
    """A misspelt key, not the whole line behind it."""
    text = "rights:\n  holdr: Ann Lee # who\n"
    assert _shown(text, "holdr: Ann Lee", word=True)[1:3] == ["  2 |   holdr: Ann Lee # who", "    |   ^^^^^"]


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 50))
def test_any_line_is_shown_without_an_error(text: str, at: int, size: int) -> None:
    """Any place of any text: two lines of equal meaning, at most as wide as a terminal, and a caret within them."""
    at = min(at, len(text))
    index = LineIndex(text)
    line, column = index.position(at)
    item = _finding(line=line, column=column, excerpt=excerpt(text, at, min(len(text), at + size)) or None)
    shown = line_shown(text, index, item)
    assert width(shown.before) <= BEFORE
    assert width(shown.before + shown.place + shown.after) <= AFTER
    place = place_of(item)
    assert place is not None
    rendered = render([item], "text", {place: shown})
    assert sum("^" in row and set(row) <= set(" |^") for row in rendered.split("\n")) == 1


def test_many_findings_take_little_memory_and_are_given_back_as_they_were() -> None:
    """As they come from another process: less than 300 bytes each, where each says something of its own."""
    many = [
        pickle.dumps(_finding(code="no-turns", path=f"raw/c/{n}.txt", where=f"c/{n}", message="No turns."))
        for n in range(2_000)
    ]
    tracemalloc.start()
    try:
        kept = Findings(pickle.loads(item) for item in many)
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 300 * len(many)
    finally:
        tracemalloc.stop()
    assert kept == [pickle.loads(item) for item in many]
    assert kept[3:5] == (kept[3], kept[4])
    assert kept != kept[1:]
