"""Promises that every reader keeps; a new reader gets them with its folder of cases (docs/readers.md)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.codes import CODES
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import process, read
from onrecord.readers import READERS, rebuild
from onrecord.schema.interview import Interview
from tests.readers.large import LARGE
from tests.readers.running import CASES, cases, check, facts_of, golden_text, read_parts
from tests.readers.watched import asked
from tests.work import steps

ALL = cases()
each_case = pytest.mark.parametrize("case", ALL, ids=lambda path: f"{path.parent.name}/{path.name}")
each_reader = pytest.mark.parametrize("name", sorted(READERS))


def test_every_reader_has_cases_and_every_folder_a_reader() -> None:
    """The folders of cases are the readers there are."""
    assert {path.name for path in CASES.iterdir()} == set(READERS)


def test_no_two_readers_take_the_same_ending() -> None:
    """The ending of a file's name means one reader, and is written in lower case."""
    suffixes = [suffix for reader in READERS.values() for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert suffixes == [suffix.lower() for suffix in suffixes]


@each_case
def test_case_reads_as_its_golden_file_says(case: Path, rewrite: bool) -> None:
    """What is read of a case is what was reviewed (`pytest --rewrite` writes it anew)."""
    golden = case.with_name(f"{case.name}.golden.json")
    found = golden_text(read_parts(case))
    if rewrite:
        golden.write_text(found, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == found


@each_case
def test_case_keeps_the_promises_of_a_reading(case: Path) -> None:
    """Text, marks and problems fit each other, problems are in the table, and reading twice is the same."""
    for (_, once), (_, twice) in zip(read_parts(case), read_parts(case), strict=True):
        check(once)
        assert once == twice
        assert {problem.code for problem in once.problems} <= set(CODES)


@each_case
def test_case_becomes_a_record_that_survives_json(case: Path) -> None:
    """The record of a case is valid, and the same after a trip through JSON."""
    facts = facts_of(case)
    for locator, data in READERS[case.parent.name].split(case.read_bytes(), facts):
        record = process(Source(f"cases/{case.stem}", case.name, data, facts, locator))
        assert Interview.model_validate_json(record.model_dump_json()) == record
        assert "stage-failed" not in {finding.code for finding in record.findings}


@pytest.mark.parametrize("case", [path for path in ALL if not READERS[path.parent.name].derived], ids=lambda p: p.name)
def test_case_of_a_text_format_is_given_back_byte_for_byte(case: Path) -> None:
    """Of a format that is its own text, the record gives the file back."""
    record = read(Source("cases/x", case.name, case.read_bytes(), facts_of(case)))
    assert rebuild(record) == case.read_bytes()


@each_case
def test_case_that_is_cut_off_anywhere_is_still_read(case: Path) -> None:
    """A file that ends early gives a reading, never an exception."""
    reader, data, facts = READERS[case.parent.name], case.read_bytes(), facts_of(case)
    for part in range(20):
        cut = data[: len(data) * part // 20]
        for _, piece in reader.split(cut, facts):
            check(reader.read(piece, facts))


@each_case
def test_case_asks_nothing_of_the_system(case: Path) -> None:
    """Reading opens no file and no connection, and starts no program: what a file names is not followed."""
    read_parts(case)
    content, facts = case.read_bytes(), facts_of(case)
    reader = READERS[case.parent.name]
    assert asked(lambda: [reader.read(data, facts) for _, data in reader.split(content, facts)]) == []


@each_case
def test_case_repeated_takes_linear_time(case: Path) -> None:
    """Twice as much of the same takes no more than twice the work, also on one line."""
    reader, data, facts = READERS[case.parent.name], case.read_bytes(), facts_of(case)
    times = max(1, 20_000 // len(data))
    for content in (data, data.replace(b"\n", b" ").replace(b"\r", b" ")):
        once, twice = content * times, content * 2 * times
        reader.read(content, facts)  # imports and caches
        small = steps(lambda once=once: reader.read(once, facts))  # type: ignore[misc]  # a default binds the loop
        large = steps(lambda twice=twice: reader.read(twice, facts))  # type: ignore[misc]
        assert large <= 2.3 * small + 1000


@each_case
@pytest.mark.parametrize("suffix", sorted({reader.suffixes[0] for reader in READERS.values()}))
def test_case_under_any_name_gives_a_record(case: Path, suffix: str) -> None:
    """A file with the wrong ending gives a record of some reader, with a finding or a text, never an exception."""
    record = read(Source("x/y", f"y{suffix}", case.read_bytes(), facts_of(case)))
    assert record.text.strip() or record.findings


@pytest.mark.parametrize("name", sorted(LARGE))
def test_a_long_talk_is_read_whole_in_linear_time(name: str) -> None:
    """Every turn of a talk is read, and one twice as long takes twice the work."""
    once, twice = LARGE[name](200), LARGE[name](400)
    assert READERS[name].read(twice, Facts()).text.count("word ") == 400
    small = steps(lambda: READERS[name].read(once, Facts()))
    assert steps(lambda: READERS[name].read(twice, Facts())) <= 2.3 * small + 1000


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LARGE))
def test_a_hundred_thousand_turns_are_read(name: str) -> None:
    """A talk of a hundred thousand turns is read to its end."""
    assert READERS[name].read(LARGE[name](100_000), Facts()).text.count("word ") == 100_000


@each_reader
@given(data=st.data())
def test_any_bytes_give_a_reading(name: str, data: st.DataObject) -> None:
    """Bytes without sense give a reading that keeps its promises, never an exception."""
    noise = data.draw(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
    for _, piece in READERS[name].split(noise, Facts()):
        check(READERS[name].read(piece, Facts()))


@each_reader
@given(data=st.data())
def test_a_case_with_damage_gives_a_reading(name: str, data: st.DataObject) -> None:
    """A file with bytes exchanged, removed or put in gives a reading, never an exception."""
    case = data.draw(st.sampled_from([path for path in ALL if path.parent.name == name]))
    damaged = bytearray(case.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        stop = min(len(damaged), at + data.draw(st.integers(0, 8)))
        damaged[at:stop] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"<", b">", b"\0", b"&", b'"', b"*", b"{"])
        )
        if not damaged:
            break
    facts = facts_of(case)
    for _, piece in READERS[name].split(bytes(damaged), facts):
        check(READERS[name].read(piece, facts))


@each_reader
@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t ", b"\xef\xbb\xbf"], ids=repr)
def test_nothing_gives_no_text(name: str, data: bytes) -> None:
    """A file without characters gives no words, and a record that says the file is empty."""
    assert not READERS[name].read(data, Facts()).text.strip()
    record = read(Source("x/y", f"y{READERS[name].suffixes[0]}", data))
    assert {finding.code for finding in record.findings} <= {"empty-file", "unreadable-format", "mixed-newlines"}
    assert record.findings


@each_reader
def test_bytes_of_no_format_are_a_finding(name: str) -> None:
    """Bytes of a picture give no text, and a problem that says why."""
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    reading = READERS[name].read(picture, Facts())
    assert not reading.text.strip()
    assert {problem.code for problem in reading.problems} & {"binary-file", "unreadable-format"}


@each_reader
@pytest.mark.parametrize("encoding", ["no-such-code", "rot13", "base64", "idna", "utf-7", ""], ids=repr)
def test_an_encoding_that_does_not_exist_is_no_traceback(name: str, encoding: str) -> None:
    """Whatever a card states as an encoding, reading ends with a reading."""
    case = next(path for path in ALL if path.parent.name == name)
    check(READERS[name].read(case.read_bytes(), Facts(encoding=encoding)))
