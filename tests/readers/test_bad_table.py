"""Every reader against every kind of bad input: what it says, or why this kind does not exist for it.

A reader without a column, or a kind without a cell, fails: the table is the specification.
"""

# ruff: noqa: E501 - files stand here as they are written

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS
from tests.readers.large import LARGE
from tests.readers.running import CASES, check, codes
from tests.readers.watched import asked

SECRET = "file:///etc/hostname"
ENTITY = f'<!DOCTYPE t [<!ENTITY x SYSTEM "{SECRET}">]>'
DEEP = 5_000


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def case(path: str) -> bytes:
    """A case of the conformance suite."""
    return (CASES / path).read_bytes()


def cut(name: str, share: float = 0.7) -> bytes:
    """A talk of forty turns of which the end is missing."""
    data = LARGE[name](40)
    return data[: int(len(data) * share)]


TEXT = "the file is its own text, and nothing in it says where it ends"
FLAT = "nothing in the format nests"
LINES = "the format has no references, programs or packed parts"
WORD = "<w:document><w:body>{}<w:p><w:r><w:t>words</w:t></w:r></w:p></w:body></w:document>"
FODT = "<?xml version='1.0'?>{}<office:document xmlns:office='opendocument'><office:body><p>{}</p></office:body></office:document>"

# What a kind gives: bytes and the problems they have; or a sentence that says why there is no such file.
Cell = tuple[bytes, list[str]] | str

TRUNCATED: Mapping[str, Cell] = {
    "plain": TEXT, "markdown": TEXT, "vtt": TEXT, "srt": TEXT, "rttm": "it has no words that could be missing",
    "ass": (b"[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,Default,Ada,0,0,0,,words\nDialogue: 0,0:00:0", ["cut-off"]),
    "chat": (b"@UTF8\n@Begin\n*ADA:\twords .\n*TOM:\tmore wor", ["cut-off"]),
    "textgrid": (cut("textgrid"), ["cut-off"]),
    "html": (b"<html><body><p>words</p><p>more <a href='x", ["cut-off"]),
    "xml": (cut("xml"), ["malformed-markup"]),
    "json": (cut("json"), ["cut-off"]),
    "csv": (b'speaker,text\nAda,words\nTom,"more wor', ["malformed-markup"]),
    "parquet": (cut("parquet"), ["cut-off"]),
    "docx": (zipped({"word/document.xml": WORD.format("<w:p><w:r><w:t>first</w:t></w:r></w:p>" * 200).encode()})[:-60], ["cut-off"]),
    "odt": (zipped({"content.xml": b"<d><body><p>words</p></body></d>"})[:-60], ["cut-off"]),
    "rtf": (cut("rtf"), ["malformed-markup"]),
    "pdf": (cut("pdf"), ["cut-off"]),
}  # fmt: skip

NESTED: Mapping[str, Cell] = {
    **dict.fromkeys(("plain", "vtt", "srt", "chat", "textgrid", "csv", "parquet", "pdf", "ass", "rttm"), FLAT),
    "markdown": (b">" * DEEP + b" words", []),
    "html": (b"<div><b>" * DEEP + b"words", []),
    "xml": (b"<t>" + b"<p>" * DEEP + b"words" + b"</p>" * DEEP + b"</t>", []),
    "json": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, ["unreadable-format"]),
    "docx": (zipped({"word/document.xml": WORD.format("<w:tbl><w:tr><w:tc>" * DEEP).encode()}), ["malformed-markup"]),
    "odt": (FODT.format("", "<span>" * DEEP + "words" + "</span>" * DEEP).encode(), []),
    "rtf": (b"{\\rtf1 " + b"{" * DEEP + b"words" + b"}" * DEEP + b"}", []),
}

# What would be fetched, run or unpacked without end, if anybody did.
ACTIVE: Mapping[str, Cell] = {
    **dict.fromkeys(("chat", "textgrid", "csv", "rttm"), LINES),
    "plain": (b"words <script>open('/etc/hostname')</script>", []),
    "markdown": (f"words ![x]({SECRET}) <script src='{SECRET}'></script>".encode(), []),
    "vtt": (f"WEBVTT\n\nSTYLE\n@import url({SECRET});\n\n00:01.000 --> 00:02.000\nwords\n".encode(), []),
    "srt": (f"1\n00:00:01,000 --> 00:00:02,000\nwords <img src='{SECRET}'>\n".encode(), []),
    "ass": (f"[Fonts]\nfontname: {SECRET}\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,D,A,0,0,0,,words\n".encode(), []),
    "html": (f"<p>words<script src='{SECRET}'>x()</script><iframe src='{SECRET}'></iframe><img src='{SECRET}' onerror='x()'>".encode(), []),
    "xml": (f"{ENTITY}<t><p>words &x;</p></t>".encode(), ["refused-markup"]),
    "json": (json.dumps([{"text": f"words <script src='{SECRET}'></script>", "speaker": "Ada"}] * 3).encode(), []),
    "parquet": (LARGE["parquet"](3), []),
    "docx": (zipped({"word/document.xml": (ENTITY + WORD.format("&x;")).encode()}), ["refused-markup"]),
    "odt": (FODT.format(ENTITY, "words &x;").encode(), ["refused-markup"]),
    "rtf": (b"{\\rtf1 {\\field{\\*\\fldinst INCLUDETEXT /etc/hostname}{\\fldrslt words}}{\\object\\objdata 0105}}", []),
    "pdf": (LARGE["pdf"](3).replace(b"/Type /Catalog", b"/Type/Catalog /OpenAction << /S /JavaScript /JS (x()) >>"), []),
}  # fmt: skip

PACKED: Mapping[str, Cell] = {
    **dict.fromkeys(
        ("plain", "markdown", "vtt", "srt", "chat", "textgrid", "html", "json", "csv", "rtf", "ass", "rttm", "pdf", "parquet"),
        "nothing of it unpacks here, or test_bad_input.py holds its limit",
    ),
    "xml": (
        ('<!DOCTYPE t [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 9}">' for n in range(8)) + "]><t><p>words &i;</p></t>").encode(),
        ["refused-markup"] * 8,
    ),
    "docx": (zipped({"word/document.xml": WORD.format("").encode(), "word/styles.xml": b" " * 70_000_000}), ["unreadable-format"]),
    "odt": (zipped({"content.xml": b" " * 70_000_000})[:-60], ["cut-off", "nothing-recognised"]),
}  # fmt: skip

KINDS = {"truncated": TRUNCATED, "nested": NESTED, "active": ACTIVE, "packed": PACKED}
CELLS = [
    (kind, name, *cell) for kind, table in KINDS.items() for name, cell in table.items() if not isinstance(cell, str)
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_has_a_cell_for_every_kind(kind: str) -> None:
    """The table holds every reader under every kind: bytes with what they give, or why there are none."""
    assert set(KINDS[kind]) == set(READERS)


@pytest.mark.parametrize(("kind", "name", "data", "expected"), CELLS, ids=[f"{cell[0]}-{cell[1]}" for cell in CELLS])
def test_bad_input_gives_what_can_be_read_and_says_the_rest(
    kind: str, name: str, data: bytes, expected: list[str]
) -> None:
    """The reading is valid, its problems are the ones stated, words that can be read are there, nothing is asked for."""
    reading = READERS[name].read(data, Facts())
    check(reading)
    found = [code for code in codes(reading) if code not in ("hidden-text", "nothing-recognised")]
    assert sorted(set(found)) == sorted({code for code in expected if code != "nothing-recognised"})
    if kind != "packed" and name not in ("parquet", "pdf") and expected != ["unreadable-format"]:
        assert "word" in reading.text
    assert asked(lambda: READERS[name].read(data, Facts())) == []
    assert "root" not in reading.text


@pytest.mark.parametrize("share", [0.15, 0.4, 0.8, 0.95])
@pytest.mark.parametrize("path", ["docx/interview.docx", "odt/libreoffice.odt", "odt/odfpy.odt", "odt/pandoc.odt"])
def test_of_a_document_that_breaks_off_the_parts_before_the_break_are_read(path: str, share: float) -> None:
    """Without the list of parts at its end, a zip is read part by part: its words are a beginning of the whole's."""
    data = case(path)
    name = path.split("/", 1)[0]
    whole = READERS[name].read(data, Facts())
    reading = READERS[name].read(data[: int(len(data) * share)], Facts())
    assert set(codes(reading)) & {"cut-off"}
    words = [line for line in reading.text.split("\n") if line.strip()]
    assert all(line in whole.text for line in words[:-1])


def test_a_document_cut_off_at_its_end_loses_no_word() -> None:
    """Where only the list of parts is missing, every word is read."""
    data = case("docx/interview.docx")
    start = data.index(b"PK\x01\x02")
    whole, salvaged = (READERS["docx"].read(part, Facts()) for part in (data, data[:start]))
    assert "".join(salvaged.text.split()) == "".join(whole.text.split())
    assert codes(salvaged) == ["cut-off", *codes(whole)]


def test_what_is_salvaged_has_a_bound() -> None:
    """A thousand heads of parts that unpack to gigabytes are unpacked to no more than a few."""
    bomb = zipped({"word/document.xml": b" " * 50_000_000})
    head, rest = bomb[:30], bomb[30 : bomb.index(b"PK\x01\x02")]
    many = b"".join(
        head + rest.replace(b"word/document.xml", f"word/d{n:07}.xml".encode() + b"_" * 0) for n in range(100)
    )
    reading = READERS["docx"].read(many[:-10], Facts())
    assert set(codes(reading)) & {"cut-off", "unreadable-format"}
