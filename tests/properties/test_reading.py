"""Nothing of a file is lost: `rebuild` gives back the bytes that were read, whatever they are."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import testing
from onrecord.collection.facts import Facts, Source
from onrecord.errors import ReadError
from onrecord.pipeline import read
from onrecord.readers import rebuild
from onrecord.schema.interview import Interview, text_digest
from onrecord.testing import Script

ENCODINGS = (
    *"utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-be latin-1 cp1252 cp1251 cp1254 koi8-r".split(),
    *"iso8859-9 mac-roman cp437 shift_jis cp932 euc-jp gb18030 gbk big5 euc-kr iso2022_jp hz utf-7".split(),
    "no-such-encoding",
)

# Bytes as they occur: words in an encoding, cut or damaged anywhere, and bytes that were never text.
_WORDS = st.tuples(testing.texts(8), st.sampled_from(ENCODINGS[:-1])).map(
    lambda drawn: drawn[0].encode(drawn[1], "ignore")
)
_LINES = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\x92", b"\xed\xa0\x80", b"\x1b$B"]
)
BYTES = st.binary(max_size=40) | st.lists(_WORDS | _LINES | st.binary(max_size=3), max_size=6).map(b"".join)


def record(data: bytes, encoding: str | None = None, path: str = "loose.txt") -> Interview:
    """The bare record of a plain-text file, also where its first bytes look like another format's."""
    return read(Source("properties/loose", path, data, Facts(encoding=encoding, reader="plain")))


def comes_back(data: bytes, interview: Interview) -> None:
    """Assert that `data` is what `interview` says of it, and comes back unless it was no text at all."""
    assert interview.origin.bytes == len(data)
    assert interview.origin.sha256 == hashlib.sha256(data).hexdigest()
    assert interview.text_sha256 == text_digest(interview.text)
    if interview.origin.encoding is not None:
        assert rebuild(interview) == data
        return
    assert interview.text == ""
    assert {"binary-file", "empty-file"} & {finding.code for finding in interview.findings}
    with pytest.raises(ReadError):
        rebuild(interview)


@given(BYTES)
def test_any_bytes_come_back(data: bytes) -> None:
    """A file is read without an exception, and comes back byte for byte; or a finding says that it is no text."""
    comes_back(data, record(data))


@given(BYTES, st.sampled_from(ENCODINGS))
def test_any_bytes_come_back_in_a_stated_encoding(data: bytes, encoding: str) -> None:
    """So it is when the card names an encoding, a right one, a wrong one or one that does not exist."""
    comes_back(data, record(data, encoding))


@given(testing.texts(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_text_in_unicode_is_read_as_it_is(text: str, encoding: str) -> None:
    """A text in UTF-8, or marked as UTF-16 or UTF-32, is the text of the record but for uniform line ends."""
    data = text.encode(encoding)
    interview = record(data)
    comes_back(data, interview)
    if interview.origin.encoding is not None and not text.startswith(("\ufeff", "\x00")):  # these look like other marks
        folded = {
            "crlf": text.replace("\r\n", "\n"),
            "cr": text.replace("\r", "\n"),
        }.get(interview.origin.newline, text)
        assert interview.text == folded


@given(testing.scripts())
def test_a_printed_interview_is_read_as_printed(script: Script) -> None:
    """A file by a tool that writes byte-order marks, UTF-16 or other line ends has the text that was printed."""
    interview = record(script.data)
    assert interview.text == script.text
    assert rebuild(interview) == script.data


@given(BYTES)
def test_reading_twice_gives_the_same(data: bytes) -> None:
    """Reading is a function of the bytes."""
    assert record(data) == record(data)


@given(testing.texts(12), st.binary(min_size=1, max_size=3), st.data())
def test_a_damaged_place_costs_only_itself(text: str, damage: bytes, data: st.DataObject) -> None:
    """Bytes that are not UTF-8 in the middle of UTF-8 leave what is around them as it is, and come back."""
    at = data.draw(st.integers(0, len(text)))
    around = "Der Fluß war über Nacht gestiegen, sagte sie später. " * 4
    before, after = around + text[:at], text[at:] + around
    interview = record(before.encode() + damage + after.encode())
    comes_back(before.encode() + damage + after.encode(), interview)
