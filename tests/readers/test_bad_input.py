"""Bad files: each gives a reading and a problem, in bounded time and memory; nothing is run, fetched or expanded."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read as read_record
from onrecord.readers import READERS, Reading, reader_for, records
from tests.readers.make_pdf import Put, make_pdf
from tests.readers.running import CASES, check, codes

DEEP = 10_000
LONG = "word " * 2_000_000
each_scale = pytest.mark.parametrize("scale", [2_000, pytest.param(100_000, marks=pytest.mark.slow)])


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any try to open a connection fails the test."""

    def refuse(*args: object) -> None:
        raise AssertionError(f"a reader opened a connection: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(name: str, data: bytes | str) -> Reading:
    """Read and hold the promises of every reading."""
    reading = READERS[name].read(data.encode() if isinstance(data, str) else data, Facts())
    check(reading)
    return reading


def a_zip(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def _in_word(runs: str) -> bytes:
    """A Word document of one paragraph: these runs, and 10 MB in one more."""
    body = f"<w:p>{runs}<w:r><w:t>{LONG}</w:t></w:r></w:p>"
    return f"<w:document><w:body>{body}</w:body></w:document>".encode()


# Beginnings of a line of 10 MB, with markup repeated `n` times.
ONE_LINE: dict[str, Callable[[int], str | bytes]] = {
    "plain": lambda _: LONG,
    "markdown": lambda n: "**Q:** " + "*a* [b](c) `d` _e_ <b>f</b> " * n + LONG,
    "vtt": lambda n: "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>" + "<i>a</i> " * n + LONG,
    "srt": lambda _: "1\n00:00:01,000 --> 00:00:02,000\n" + LONG,
    "html": lambda n: "<p>" + "<b>a</b> &amp; " * n + LONG,
    "xml": lambda n: "<t><u who='a'>" + "<hi>a</hi> " * n + LONG + "</u></t>",
    "json": lambda _: json.dumps({"segments": [{"text": LONG}]}),
    "csv": lambda _: "speaker,text\nAda," + LONG + "\n",
    "rtf": lambda n: r"{\rtf1 " + r"{\b a} \'e9 " * n + LONG + "}",
    "ass": lambda n: "[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,Default,Ada,0,0,0,," + r"{\i1}a{\i0} " * n + LONG,
    "chat": lambda n: "@UTF8\n*ADA:\t" + "a [= b] " * n + LONG,
    "textgrid": lambda _: f'File type = "ooTextFile" "TextGrid" 0 1 <exists> 1 "IntervalTier" "Ada" 0 1 1 0 1 "{LONG}"',
    "docx": lambda n: a_zip({"word/document.xml": _in_word("<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>" * n)}),
    "odt": lambda n: a_zip({"content.xml": ("<d><p>" + "<span>a</span> " * n + LONG + "</p></d>").encode()}),
}


@each_scale
@pytest.mark.parametrize("name", ONE_LINE)
def test_ten_megabytes_on_one_line_are_read(name: str, scale: int) -> None:
    """A line of 10 MB is a line like any other."""
    assert len(read(name, ONE_LINE[name](scale)).text) > 9_000_000


# Markup repeated `n` times, each of a kind that makes some parser quadratic, recursive or worse.
ENDLESS: dict[str, tuple[str, Callable[[int], str]]] = {
    "emphasis": ("markdown", lambda n: "**a " * n),
    "both ways": ("markdown", lambda n: "*a*" * n),
    "runs": ("markdown", lambda n: "*" * 10 * n),
    "brackets": ("markdown", lambda n: "[" * 3 * n),
    "links": ("markdown", lambda n: '[a](b "' * n),
    "images": ("markdown", lambda n: "![" * 3 * n),
    "backticks": ("markdown", lambda n: "".join("`" * (k % 50 + 1) + "a" for k in range(n // 3))),
    "comments": ("markdown", lambda n: "<!-- " * n),
    "tags in text": ("markdown", lambda n: "<a " * 3 * n),
    "quotes": ("markdown", lambda n: "> " * 3 * n),
    "fences": ("markdown", lambda n: "```a\n~~~~~b\n" * (n // 2)),
    "tables": ("markdown", lambda n: "|a|b|\n|-|-|\n" * (n // 3)),
    "pipes": ("markdown", lambda n: "|-" * 3 * n + "\n" + "|-" * 3 * n),
    "rules": ("markdown", lambda n: ("* " * 3 * n) + "x"),
    "front matter": ("markdown", lambda n: "---\na: " + "[" * (n // 2)),
    "anchors": ("markdown", lambda _: "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n---\n"),
    "arrows": ("vtt", lambda n: "WEBVTT\n\n" + "-->\n" * n),
    "voices": ("vtt", lambda n: "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v A>" * n),
    "unclosed tags": ("html", lambda n: "<b>" * n + "x"),
    "unclosed attributes": ("html", lambda n: "<a href='" * n),
    "open tags": ("html", lambda n: "<a " * 3 * n),
    "open comments": ("html", lambda n: "<!--" * 3 * n),
    "declarations": ("html", lambda n: "<!" * 3 * n),
    "scripts": ("html", lambda n: "<script>" * n),
    "ends": ("html", lambda n: "<p>" + "</div>" * 3 * n),
    "entities": ("html", lambda n: "&" * 3 * n + "&amp" * n),
    "cells": ("html", lambda n: "<table>" + "<tr><td>x" * (n // 2)),
    "formats over paragraphs": ("html", lambda n: "<b><i>" * (n // 100) + "<p>x" * (n // 5) + "</i></b>" * (n // 100)),
    "braces": ("rtf", lambda n: "{\\rtf1" + "{\\b" * 3 * n),
    "delimiters": ("csv", lambda n: '"' * (3 * n + 1)),
    "lists": ("json", lambda n: "[" * 3 * n),
    "objects": ("json", lambda n: '{"a":' * 3 * n),
    "numbers": ("json", lambda n: "[" + "9" * 3 * n + "]"),
    "empty lists": ("json", lambda n: "[" + ",".join(["[]"] * 2 * n) + "]"),
}


@each_scale
@pytest.mark.parametrize("name", ENDLESS)
def test_markup_made_to_take_for_ever_is_read(name: str, scale: int) -> None:
    """Markup repeated without end takes no more than linear time (a test that hangs is the failure)."""
    reader, text = ENDLESS[name]
    read(reader, text(scale))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("html", "<div>" * DEEP + "deep" + "</div>" * DEEP, "deep"),
        ("html", "<table><tr><td>" * DEEP + "deep", "deep"),
        ("html", "<ul><li>" * DEEP + "deep", "deep"),
        ("xml", "<d>" * DEEP + "deep" + "</d>" * DEEP, "deep"),
        ("xml", "<u who='a'>" * DEEP + "deep" + "</u>" * DEEP, "deep"),
        ("markdown", ">" * DEEP + " deep", ">" * DEEP + " deep"),
        (
            "markdown",
            "".join(" " * n + "- deep\n" for n in range(300)),
            "".join(" " * n + "- deep\n" for n in range(300)),
        ),
        ("odt", a_zip({"content.xml": (b"<span>" * DEEP).join([b"<d><p>", b"deep</p></d>"])}), "deep"),
        ("rtf", "{\\rtf1 " + "{" * DEEP + "deep" + "}" * DEEP + "}", "deep"),
    ],
    ids=["div", "tables", "lists", "xml", "utterances", "quotes", "items", "spans", "groups"],
)
def test_nesting_of_ten_thousand_levels_is_read(name: str, text: str | bytes, words: str) -> None:
    """Depth costs nothing: the words inside are there."""
    assert read(name, text).text == words


def test_nesting_in_json_and_in_documents_ends_in_a_problem_or_a_text() -> None:
    """Where a library is recursive, too much depth is a problem."""
    assert codes(read("json", '{"a":' * DEEP + "1" + "}" * DEEP)) == ["unreadable-format"]
    document = (
        "<w:document xmlns:w='w'><w:body>" + "<w:tbl><w:tr><w:tc>" * DEEP + "<w:p><w:r><w:t>deep</w:t></w:r></w:p>"
    )
    closed = document + "</w:tc></w:tr></w:tbl>" * DEEP + "</w:body></w:document>"
    assert read("docx", a_zip({"word/document.xml": closed.encode()})).text == "deep"


@each_scale
def test_a_hundred_thousand_cues_and_utterances_are_read(scale: int) -> None:
    """Long recordings are read to the end, cue by cue."""
    vtt = "WEBVTT\n\n" + "".join(f"00:00:00.000 --> 00:00:01.000\n<v Ada>word {n}\n\n" for n in range(scale))
    assert sum(mark.kind == "voice" for mark in read("vtt", vtt).marks) == scale
    rows = [{"speaker": "Ada", "start": n, "end": n + 1, "text": "two words"} for n in range(scale)]
    assert sum(mark.kind == "speaker" for mark in read("json", json.dumps(rows)).marks) == scale


def test_an_external_entity_is_neither_opened_nor_expanded() -> None:
    """An entity that names a file stays as it is written, and that is said."""
    bomb = '<!DOCTYPE t [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY net SYSTEM "http://127.0.0.1/x">]>'
    reading = read("xml", f"{bomb}<t><u who='a'>See &file; and &net;.</u></t>")
    assert reading.text == "See &file; and &net;."
    assert codes(reading) == ["refused-markup", "refused-markup"]


def test_an_external_document_type_is_not_fetched() -> None:
    """A DTD elsewhere is passed over, and entities it may declare are known by their usual names or kept."""
    reading = read("xml", '<!DOCTYPE t SYSTEM "http://127.0.0.1/t.dtd"><t><u who="a">caf&eacute;&nbsp;&wat;</u></t>')
    assert reading.text == "café\xa0&wat;"
    assert codes(reading) == ["malformed-markup"]


def test_entities_that_multiply_are_not_expanded() -> None:
    """The 'billion laughs' stay a few lines."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    reading = read("xml", f'<!DOCTYPE t [<!ENTITY l0 "ha">{levels}]><t><p>&l9; &l0;</p></t>')
    assert reading.text == "&l9; ha"
    assert set(codes(reading)) == {"refused-markup"}


def test_a_long_entity_used_often_does_not_multiply() -> None:
    """An entity of a hundred thousand letters is refused, however often it is used."""
    reading = read("xml", f'<!DOCTYPE t [<!ENTITY e "{"x" * 100_000}">]><t><p>{"&e;" * 10_000}</p></t>')
    assert len(reading.text) < 100_000
    assert codes(reading) == ["refused-markup"]


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footnotes.xml"])
def test_a_zip_that_unpacks_to_gigabytes_is_refused(part: str) -> None:
    """A part of more than 64 MB is not unpacked further."""
    body = b"<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>word</w:t></w:r></w:p></w:body></w:document>"
    reading = read("docx", a_zip({"word/document.xml": body, part: b" " * 70_000_000}))
    assert codes(reading) == ["unreadable-format"]
    assert "64 MB" in reading.problems[0].message
    assert codes(read("odt", a_zip({"content.xml": b" " * 70_000_000}))) == ["unreadable-format"]


def test_a_table_that_unpacks_to_millions_of_rows_is_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes of Parquet can stand for any number of rows; they are read up to a limit, and that is said."""
    monkeypatch.setattr(records, "MAX_ROWS", 20_000)
    said = pa.DictionaryArray.from_arrays(pa.array([0] * 1_200_000, pa.int8()), ["word"])
    data = io.BytesIO()
    pq.write_table(pa.table({"speaker": said, "text": said}), data)
    assert len(data.getvalue()) < 50_000
    assert "file-too-large" in codes(READERS["parquet"].read(data.getvalue(), Facts()))


def test_a_title_that_is_no_text_is_passed_over() -> None:
    """A title in broken UTF-16 costs the file nothing but its title."""
    data = make_pdf([[Put(72, 700, "word")]], title="x").replace(b"(x)", b"<FEFFD800>")
    assert b"<FEFFD800>" in data
    reading = read("pdf", data)
    assert (reading.text, reading.stated) == ("word", ())


def test_scripts_styles_and_hidden_words_are_not_in_the_text() -> None:
    """What a page does not show is not read, and that there was something is said."""
    page = """<p onclick="steal()">Shown.</p><script>document.write('<p>Written.</p>')</script>
    <style>p:after{content:'x'}</style><p hidden>One.</p><div style="display: none">Two <b>three</b>.</div>
    <template>Four.</template><noscript>Five.</noscript>
    <svg><title>Six</title></svg><!-- Seven. --><iframe src="http://127.0.0.1/">Eight.</iframe><p>And this.</p>"""
    reading = read("html", page)
    assert reading.text == "Shown.\n\nAnd this."
    assert codes(reading) == ["hidden-text"]


def test_deleted_and_hidden_words_of_a_document_are_not_in_the_text() -> None:
    """Tracked deletions, hidden runs and field codes are not shown; inserted words are."""
    body = (
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>We </w:t></w:r>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>did.</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r></w:p></w:body></w:document>"
    )
    reading = read("docx", a_zip({"word/document.xml": body.encode()}))
    assert reading.text == "We did."
    assert codes(reading) == ["hidden-text"]
    assert "11 characters" in reading.problems[0].message


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable-format"),
        ("docx", b"PK\x03\x04 and no more", "unreadable-format"),
        ("docx", a_zip({"xl/workbook.xml": b"<x/>"}), "unreadable-format"),
        ("docx", a_zip({"word/document.xml": b"<w:document>"}), "nothing-recognised"),
        ("odt", b"PK\x03\x04 and no more", "unreadable-format"),
        ("odt", a_zip({"content.xml": b"<d/>"}), "nothing-recognised"),
        ("textgrid", b'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n', "cut-off"),
        ("textgrid", b"Plain words.", "unreadable-format"),
        ("pdf", make_pdf([[Put(72, 700, "word")]], encrypt=True), "password-protected"),
        ("pdf", b"%PDF-1.7\n" + b"junk " * 100, "cut-off"),
        ("pdf", b"Not a PDF.", "unreadable-format"),
        ("pdf", make_pdf([[], []]), "no-text-layer"),
        ("pdf", make_pdf([[Put(72, 700, "word")], []]), "no-text-layer"),
        ("rtf", b"Plain words.", "unreadable-format"),
        ("rtf", b"{\\rtf1 cut {\\b off", "malformed-markup"),
        ("json", b'{"segments": [{"text": "cut', "cut-off"),
        ("json", b'{"temperature": [1, 2, 3]}', "nothing-recognised"),
        ("json", b"Not JSON at all.", "unreadable-format"),
        ("csv", b'speaker,text\nAda,"never closed\nBo,word\n', "malformed-markup"),
        ("parquet", b"PAR1 cut", "cut-off"),
        ("parquet", (CASES / "parquet" / "two.parquet").read_bytes()[:200], "cut-off"),
        ("vtt", b"WEBVTT\n\nOnly words.\n", "nothing-recognised"),
        ("vtt", b"00:01.000 --> 00:02.000\nNo header.\n", "malformed-markup"),
        ("srt", b"1\n00:00:01,000\nCut.\n", "nothing-recognised"),
        ("xml", b"<t><u who='a'>cut off", "malformed-markup"),
        ("xml", b"<t/>", "nothing-recognised"),
        ("html", b"<html><body><script>render()</script></body></html>", "nothing-recognised"),
        ("markdown", b"---\ntitle: a: b: [\n---\n\nWords.\n", "malformed-markup"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(name: str, data: bytes, code: str) -> None:
    """Truncated, locked, wrong and malformed files have their code, and a sentence."""
    assert code in codes(read(name, data))


@pytest.mark.parametrize(
    ("path", "data", "reader"),
    [
        ("talk.txt", make_pdf([[Put(72, 700, "Words.")]]), "pdf"),
        ("talk.txt", b"{\\rtf1 Words.}", "rtf"),
        ("talk.doc", b"{\\rtf1 Words.}", "rtf"),
        ("talk.doc", (CASES / "docx" / "interview.docx").read_bytes(), "docx"),
        ("talk.doc", b"<html><body><p>Words.</p></body></html>", "html"),
        ("talk.xml", b"<!DOCTYPE html><p>Words.</p>", "html"),
        ("talk.htm", b"<?xml version='1.0'?><html><p>Words.</p></html>", "html"),
        ("talk.srt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n", "srt"),
        ("talk.txt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n", "vtt"),
        ("talk.doc", (CASES / "odt" / "odfpy.odt").read_bytes(), "odt"),
        ("talk.txt", (CASES / "textgrid" / "long.TextGrid").read_bytes(), "textgrid"),
        ("talk.csv", make_pdf([[Put(72, 700, "Words.")]]), "pdf"),
        ("talk.md", b"# Words.\n", "markdown"),
        ("talk.TXT", b"Words.\n", "plain"),
        ("talk", b"Words.\n", "plain"),
    ],
)
def test_a_wrong_ending_is_seen_by_the_first_bytes(path: str, data: bytes, reader: str) -> None:
    """A file is read as what it is; if its name says something else, a note says so."""
    record = read_record(Source("x/talk", path, data))
    assert record.origin.reader == reader
    assert any(word in record.text for word in ("ords", "lamp", "leak"))
    assert ("wrong-extension" in {finding.code for finding in record.findings}) == (reader_for(path).name != reader)


def test_the_cards_reader_is_not_overruled() -> None:
    """A reader that a person names is used, whatever the bytes look like."""
    record = read_record(Source("x/talk", "talk.txt", b"<html><p>Words.</p></html>", Facts(reader="plain")))
    assert record.text == "<html><p>Words.</p></html>"
    assert record.findings == ()
