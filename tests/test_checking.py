"""Checking paths: everything issue 2 calls bad input is a finding with a place, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checking import Report, check_paths
from onrecord.errors import ConfigError
from onrecord.findings import FORMATS, render
from tests.cases.running import FOLDER, edited

TEXT = "Q: Who keeps the light?\nA: My sister does.\n"


def _raw(tmp_path: Path, **files: bytes | str) -> Path:
    home = tmp_path / "raw" / "c"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text("title: C\n")
    for name, data in files.items():
        (home / name.replace("_", ".")).write_bytes(data.encode() if isinstance(data, str) else data)
    return tmp_path / "raw"


def _codes(report: Report) -> set[str]:
    return {item.code for item in report.findings}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \n\t\n\xe2\x80\x83", "empty-file"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "binary-file"),
        (b"Q: D\xc3\xa9j\xc3\xa0, le caf\xc3\xa9?\nA: \xff non.\n", "undecodable-bytes"),
        (b"Q: Who?\nA: M\0e.\n", "control-characters"),
        (b"Q: Who?\r\nA: Me.\n", "mixed-newlines"),
    ],
)
def test_bad_bytes_are_a_finding_about_this_interview(tmp_path: Path, data: bytes, code: str) -> None:
    """The interview is counted, named and said to be damaged; its neighbour is checked all the same."""
    report = check_paths([_raw(tmp_path, a_txt=data, b_txt=TEXT)])
    assert code in _codes(report)
    assert report.interviews == 2
    assert {item.where for item in report.findings if item.code == code} == {"c/a"}
    assert render(report)


def test_a_single_line_of_many_megabytes_is_refused_by_size_or_read_in_seconds(tmp_path: Path) -> None:
    """200 MB are above the limit and refused at once; the card may allow them."""
    raw = _raw(tmp_path, b_txt=TEXT)
    with (raw / "c" / "a.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    before = time.perf_counter()
    report = check_paths([raw])
    assert time.perf_counter() - before < 10
    assert _codes(report) == {"file-too-large"}


def test_paths_lead_to_the_files_from_where_the_user_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative to the working folder if they lie in it, absolute otherwise: an editor can open them."""
    raw = _raw(tmp_path, a_txt="")
    monkeypatch.chdir(tmp_path)
    assert [item.path for item in check_paths([Path("raw")])] == ["raw/c/a.txt"]
    assert [item.path for item in check_paths([Path("raw/c")])] == ["raw/c/a.txt"]
    assert [item.path for item in check_paths([Path("raw/c/a.txt")])] == ["raw/c/a.txt"]
    monkeypatch.chdir(raw / "c")
    assert [item.path for item in check_paths([Path("a.txt")])] == ["a.txt"]
    monkeypatch.chdir("/")
    assert [item.path for item in check_paths([raw])] == [str(raw / "c" / "a.txt").lstrip("/")]


def test_files_given_together_are_compared_with_each_other(tmp_path: Path) -> None:
    """Two loose files with the same text are named, as they would be in a collection."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    report = check_paths([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert "duplicate-text" in _codes(report)
    assert report.interviews == report.files == 2


def test_a_path_given_twice_is_checked_once(tmp_path: Path) -> None:
    """raw/, and a file in it: no finding is there twice, and the file is no duplicate of itself."""
    raw = _raw(tmp_path, a_txt="", b_txt=TEXT)
    assert check_paths([raw, raw / "c" / "a.txt", raw]).findings == check_paths([raw]).findings


def test_a_file_of_a_collection_is_checked_with_its_card(tmp_path: Path) -> None:
    """The limit of the card holds, and what is wrong with the card is said."""
    raw = _raw(tmp_path, a_txt=TEXT)
    (raw / "c" / "collection.yaml").write_text("titel: C\nmax_bytes: 10\n")
    assert _codes(check_paths([raw / "c" / "a.txt"])) == {"unknown-key", "file-too-large"}


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "b.yaml", "collection.yaml"])
def test_a_sidecar_or_card_stands_for_what_it_is_about(tmp_path: Path, name: str) -> None:
    """The interview of a sidecar, the collection of a card; a sidecar of nothing is said to be one."""
    sidecar = "titel: T\n" if name == "a.yaml" else ""
    raw = _raw(tmp_path, a_txt=TEXT, b_md=f"{TEXT}\n", **{"a_yaml": sidecar} if sidecar else {})
    (raw / "c" / "b.md").rename(raw / "c" / "other.md")
    (raw / "c" / name).touch()
    report = check_paths([raw / "c" / name])
    expected = {
        "a.yaml": (1, {"unknown-key"}),
        "a.yml": (0, {"misspelt-card"}),
        "b.yaml": (0, {"sidecar-without-text"}),
        "collection.yaml": (2, set()),
    }
    assert (report.interviews, {item.code for item in report if item.level == "error"}) == expected[name]


def test_a_sidecar_outside_a_collection_stands_for_the_text_beside_it(tmp_path: Path) -> None:
    """It is no text of its own, and what is wrong with it is said."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.yaml").write_text("titel: T\n")
    report = check_paths([tmp_path / "a.yaml"])
    assert report.interviews == 1
    assert [(item.code, Path(item.path).name) for item in report if item.level == "error"] == [
        ("unknown-key", "a.yaml")
    ]


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("people.yaml", "people:\n  hale: {nam: Ruth}\n", "wrong-value", 2),
        ("release.yaml", "title: T\nverion: 1.0.0\n", "unknown-key", 2),
        ("release.yaml", "authors:\n  - {family: Osk, orcid: x}\n", "wrong-value", 2),
        (
            "ledger.jsonl",
            '{"event": "released", "id": "c/a", "version": "1.0.0", "on": "2024-13-01"}\n',
            "wrong-value",
            1,
        ),
    ],
)
def test_what_stands_in_raw_itself_is_checked_with_everything(
    tmp_path: Path, name: str, content: str, code: str, line: int
) -> None:
    """people.yaml, release.yaml and the ledger: with raw/, or named alone, in which case all of raw/ is meant."""
    raw = _raw(tmp_path, a_txt=TEXT)
    (raw / name).write_text(content)
    for path in (raw, raw / name):
        report = check_paths([path])
        assert [(i.code, i.line, Path(i.path).name) for i in report if i.level == "error"] == [(code, line, name)]
        assert report.interviews == 1


def test_the_line_of_a_sidecar_is_shown(tmp_path: Path) -> None:
    """With a caret under the key, and what it may have been meant to be."""
    raw = _raw(tmp_path, a_txt=TEXT, a_yaml="title: A talk\noutlett: Quay # the paper\n")
    report = check_paths([raw])
    shown = render(report.findings, "text", report.lines)
    assert "  2 | outlett: Quay # the paper\n    | ^^^^^^^\n" in shown
    assert "Did you mean `outlet`?" in shown


def test_records_are_checked_as_records(tmp_path: Path) -> None:
    """A JSON file of records is held against schema and invariants; other JSON is not."""
    path = tmp_path / "records.json"
    path.write_text(json.dumps(edited([["/turns/0/speaker", "nobody"]])))
    report = check_paths([path])
    assert [(item.code, item.path) for item in report] == [("dangling-reference", path.as_posix())]
    assert report.exit_status() == 1
    path.write_bytes((FOLDER / "record.json").read_bytes())
    assert check_paths([path]).findings == ()


def test_nothing_at_a_path_is_wrong_usage(tmp_path: Path) -> None:
    """A misspelt path is not an empty collection."""
    with pytest.raises(ConfigError, match="there is no file or folder"):
        check_paths([tmp_path / "nowhere"])


def test_each_interview_of_a_file_of_many_is_shown_with_its_own_line(tmp_path: Path) -> None:
    """Two rows have something at the same line and column: what is shown is of the row that is named."""
    rows = [{"id": name, "text": f"Q: Who?\nA: M\0e {name}.\n"} for name in ("first", "second")]
    report = check_paths([_raw(tmp_path, p_jsonl="".join(f"{json.dumps(row)}\n" for row in rows))])
    shown = render(report.findings, "text", report.lines)
    assert "e first.\n" in shown
    assert shown.index("e first.\n") < shown.index("in: c/first") < shown.index("e second.\n")


def test_a_pool_of_processes_finds_the_same(tmp_path: Path) -> None:
    """Where the work is done changes nothing about the report."""
    raw = _raw(tmp_path, **{f"f{n}_txt": f"{TEXT}A: {n}\n" if n % 3 else "" for n in range(40)})
    assert check_paths([raw], workers=2) == check_paths([raw])


def test_a_fault_of_the_program_is_one_finding_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception in one record is `stage-failed` for it."""
    from onrecord.pipeline import process as real

    def faulty(source: object, settings: object) -> object:
        if getattr(source, "id", "") == "c/a":
            raise ValueError("made up")
        return real(source, settings)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr("onrecord.checking.process", faulty)
    report = check_paths([_raw(tmp_path, a_txt=TEXT, b_txt="")])
    assert {(item.code, item.where) for item in report if item.level == "error"} == {
        ("stage-failed", "c/a"),
        ("empty-file", "c/b"),
    }


def test_checking_does_not_import_what_is_heavy() -> None:
    """`onrecord check FILE` starts without datasets, pandas or pyarrow."""
    program = (
        "import sys, onrecord.checking, onrecord.findings;"
        "heavy = {'datasets', 'pandas', 'pyarrow', 'polars', 'duckdb', 'lxml', 'numpy'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stderr == ""


@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".html", ".vtt", ".json", ".csv", ".xml", ""]))
def test_no_bytes_under_any_name_make_a_check_fail(data: bytes, suffix: str) -> None:
    """Whatever a file holds: findings or none, never `stage-failed`, and every format can show them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        report = check_paths([path])
    assert "stage-failed" not in _codes(report)
    for format_ in FORMATS:
        render(report, format_)
