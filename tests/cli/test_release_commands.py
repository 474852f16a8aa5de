"""The commands of releases: what they print, where, and the exit codes they end with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import ConfigError
from onrecord.loading import interviews
from tests.cli.test_commands import run
from tests.release.quay import add, make_raw
from tests.release.test_faults import bytes_of


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A raw folder in the folder where the user stands."""
    monkeypatch.chdir(tmp_path)
    return make_raw(tmp_path)


def test_a_refusal_prints_the_whole_report(raw: Path) -> None:
    """Every error is printed with its file, code and what would be right, on standard error, with exit code 1."""
    (raw / "quay" / "empty.txt").write_bytes(b"")
    (raw / "quay" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe")
    done = run("release", "1.0.0", "--no-tag")
    assert (done.returncode, done.stdout) == (1, "")
    for part in (
        "quay/empty.txt: error[empty-file]",
        "quay/picture.txt: error[binary-file]",
        "help:",
        "2 things stand",
    ):
        assert part in done.stderr
    assert not Path("processed").exists()


def test_usage_is_told_from_refusal(raw: Path) -> None:
    """What is no version, no date or no folder ends with 2; so does a withdrawal without reason, and an unknown id."""
    for words in (
        ["release"],
        ["release", "one"],
        ["release", "1.0.0", "--date", "yesterday"],
        ["release", "1.0.0", "absent"],
        ["takedown"],
        ["takedown", "quay/ice"],
        ["takedown", "quay/ice", "--why", " "],
        ["takedown", "quay/cie", "--why", "Asked for."],
        ["takedown", "apply", "absent"],
        ["delta", "make", "absent", "absent", "delta"],
        ["rebuild", "raw", "--from", "raw", "--to", "x"],
    ):
        done = run(*words)
        assert done.returncode == 2, (words, done.stderr)
        assert "Traceback" not in done.stderr
    assert run("takedown", "quay/cie", "--why", "x").stderr.count("did you mean quay/ice") == 1
    assert not (raw / "ledger.jsonl").exists()


@pytest.mark.usefixtures("raw")
def test_a_withdrawal_is_listed_and_not_made_twice() -> None:
    """`takedown` takes several ids and options before them; a second time names the day of the first."""
    done = run("takedown", "--why", "Asked for.", "--date", "2032-01-10", "--by", "R. Editor", "quay/ice", "quay/fog")
    assert done.returncode == 0, done.stderr
    assert run("takedown", "list").stdout.splitlines() == [
        "2032-01-10  quay/ice: Asked for. (R. Editor)",
        "2032-01-10  quay/fog: Asked for. (R. Editor)",
    ]
    again = run("takedown", "quay/ice", "--why", "Again.")
    assert (again.returncode, "was withdrawn on 2032-01-10" in again.stderr) == (2, True)


def test_changes_are_told_by_field_with_their_reasons(raw: Path) -> None:
    """`diff` tells a corrected speaker by item and field, with who corrected it and why; as text, JSON and HTML."""
    run("release", "1.0.0", "--no-tag", "--date", "2032-01-10")
    Path("processed").rename("old")
    (raw / "quay" / "ice.yaml").write_text(
        "title: The harbour, corrected\ncorrections:\n"
        "  - target: {layer: metadata}\n    set: {place: Skarholm}\n    by: R. Editor\n    on: 2032-01-11\n"
        "    why: The pilot says where it was.\n"
    )
    add(raw, "wind", "spring")
    done = run("release", "2.0.0", "--no-tag", "--previous", "old", "--date", "2032-01-12")
    assert done.returncode == 0, done.stderr
    text = run("diff", "old", "processed").stdout
    for part in (
        "1.0.0 → 2.0.0: 1 added, 0 removed, 1 changed, 1 the same; calls for MAJOR",
        "+ quay/wind",
        "~ quay/ice",
    ):
        assert part in text
    assert "because: R. Editor, 2032-01-11: The pilot says where it was." in text
    assert 'title: "A harbour that never sleeps" → "The harbour, corrected"' in text
    told = json.loads(run("diff", "old", "processed", "--format", "json").stdout)
    (change,) = told["changed"]
    assert {"title", "place", "corrections"} <= {field["field"] for field in change["fields"]}
    page = run("diff", "old", "processed", "--format", "html").stdout
    assert "The pilot says where it was." in page
    assert page.startswith("<!doctype html>")


def test_a_delta_gives_the_new_release_byte_for_byte(raw: Path) -> None:
    """Additions, edits, removals and withdrawals: old and delta give the new release; another old one is refused."""
    run("release", "1.0.0", "--no-tag")
    Path("processed").rename("one")
    add(raw, "wind", "spring")
    file = raw / "quay" / "ice.txt"
    file.write_text(file.read_text().replace("Do you mind?", "Does it hurt?"))
    run("takedown", "quay/fog", "--why", "Asked for.")
    assert run("release", "2.0.0", "--no-tag", "--previous", "one").returncode == 0
    made = run("delta", "make", "one", "processed", "delta")
    assert made.returncode == 0, made.stderr
    applied = run("delta", "apply", "one", "delta", "two")
    assert applied.returncode == 0, applied.stderr
    assert bytes_of(Path("two")) == bytes_of(Path("processed"))
    wrong = run("delta", "apply", "two", "delta", "three")
    assert (wrong.returncode, "leads from interviews 1.0.0; two holds other data" in wrong.stderr) == (2, True)
    assert run("delta", "make", "one", "processed", "delta").returncode == 1


@pytest.mark.usefixtures("raw")
def test_a_damaged_old_release_gives_nothing_new() -> None:
    """A delta is not applied to an old release whose bytes were changed, and not made of one."""
    run("release", "1.0.0", "--no-tag")
    run("delta", "make", "processed", "processed", "delta")
    damaged = Path("processed/data/turns/train-00000.parquet")
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    for words in (["apply", "processed", "delta", "new"], ["make", "processed", "processed", "other"]):
        done = run("delta", *words)
        assert (done.returncode, "error[changed-file]" in done.stderr) == (1, True), done.stderr
    assert not Path("new").exists()


@pytest.mark.usefixtures("raw")
def test_damage_is_named_by_every_command_that_reads_a_release() -> None:
    """A table that is no Parquet file is named with its path and exit code 2, by commands and in Python."""
    run("build")
    table = Path("processed/data/interviews/train-00000.parquet")
    table.write_bytes(b"nope")
    for words in (
        ["diff", "processed", "processed"],
        ["cite", "quay/ice"],
        ["show", "quay/ice"],
        ["rebuild", "--to", "again"],
        ["takedown", "apply", "processed"],
    ):
        done = run(*words)
        assert (done.returncode, f"{table} cannot be read" in done.stderr) == (2, True), (words, done.stderr)
        assert "Traceback" not in done.stderr
    for load in (lambda: onrecord.load("interviews"), lambda: list(interviews())):
        with pytest.raises(ConfigError, match=f"{table} cannot be read"):
            load()


@pytest.mark.usefixtures("raw")
def test_a_comparison_with_a_damaged_folder_says_so() -> None:
    """`diff` compares what can be read, names what is not as it was written, and ends with 1."""
    run("build")
    shutil.copytree("processed", "old")
    with Path("old/data/turns/train-00000.parquet").open("ab") as file:
        file.write(b"X")
    done = run("diff", "old", "processed")
    assert (done.returncode, "0 changed" in done.stdout) == (1, True)
    assert "old/data/turns/train-00000.parquet: error[changed-file]" in done.stderr


@pytest.mark.usefixtures("raw")
def test_a_withdrawn_record_is_not_cited_but_told_of() -> None:
    """Whoever cites a withdrawn id learns when and why it was withdrawn, not that it never was."""
    run("takedown", "quay/ice", "--why", "Asked for.", "--date", "2032-01-10")
    run("build")
    done = run("cite", "quay/ice#turn@10")
    assert done.returncode == 2
    assert "'quay/ice' was withdrawn on 2032-01-10: Asked for." in done.stderr


def test_a_record_without_its_words_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`rebuild` names a standoff record that it cannot give back, and `show` says how to get its words."""
    monkeypatch.chdir(tmp_path)
    make_raw(tmp_path, "standoff")
    run("build")
    done = run("rebuild", "--to", "again")
    assert (done.returncode, "quay/ice: not written: its words are not in the dataset" in done.stderr) == (1, True)
    assert run("rebuild", "--id", "quay/ice", "--to", "again").stderr.count("\n") == 1
    assert "`onrecord rebuild --from`" in run("show", "quay/ice").stderr


@pytest.mark.usefixtures("raw")
def test_a_file_is_no_release() -> None:
    """`verify` of a file says that it is one, and not to delete a folder."""
    done = run("verify", "raw/quay/ice.txt")
    assert (done.returncode, "raw/quay/ice.txt is a file: it is no built dataset" in done.stdout) == (1, True)
