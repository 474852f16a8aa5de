"""The generated parts of documents are current, and only they are generated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from onrecord.errors import ConfigError
from onrecord.publish import ReleaseFacts, write_release
from onrecord.release.documents import filled, main, statistics_markdown
from tests.samples import interview

ROOT = Path(__file__).parents[2]


def test_generated_parts_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/tables.md has the columns, docs/conventions.md the conventions, DATASHEET.md the numbers of the release."""
    assert main(["--check"], ROOT) == 0, capsys.readouterr().out


def test_documents_are_filled_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a new build the check says what is not current; writing makes it so, and leaves the rest as it was."""
    (tmp_path / "docs").mkdir()
    for name in ("tables.md", "conventions.md"):
        shutil.copy(ROOT / "docs" / name, tmp_path / "docs")
    shutil.copy(ROOT / "DATASHEET.md", tmp_path)
    write_release([interview()], tmp_path / "processed", ReleaseFacts(version="9.8.7"))
    assert main(["--check"], tmp_path) == 1
    assert "DATASHEET.md is not current" in capsys.readouterr().out
    before = (tmp_path / "DATASHEET.md").read_text(encoding="utf-8")
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    after = (tmp_path / "DATASHEET.md").read_text(encoding="utf-8")
    assert "Version 9.8.7" in after
    assert before.split("## Motivation")[1] == after.split("## Motivation")[1]


def test_marks_must_be_there() -> None:
    """A document without its marks is named instead of overwritten."""
    with pytest.raises(ConfigError, match="once each"):
        filled("no marks", "columns", "x")


def test_statistics_name_findings_and_licences(tmp_path: Path) -> None:
    """The statistics show counts by language, licence and finding, and the dates."""
    manifest = write_release([interview(licence=None)], tmp_path / "processed", ReleaseFacts(version="1.0.0"))
    said = statistics_markdown(manifest)
    for line in ("| Turns | 7 |", "- Licences: unknown 1", "mixed-newlines 1", "2031-05-01 to 2031-05-01"):
        assert line in said


QUESTIONS = (
    "For what purpose", "Who created it", "Who paid", "What does a record represent", "How many", "sample of something",
    "consist of", "missing", "relations between records", "recommended splits", "errors, noise", "self-contained",
    "confidential", "relate to people", "How was the data acquired", "Who collected it", "ethical review",
    "cleaned or labelled", "raw data kept", "What has it been used for", "What can it be used for",
    "must it not be used for", "How is it distributed", "third parties", "Who maintains it", "Will it be updated",
    "wants to be removed", "Can others contribute",
)  # fmt: skip


def test_datasheet_answers_every_question() -> None:
    """DATASHEET.md has an answer to each question of the form, none of them empty."""
    text = (ROOT / "DATASHEET.md").read_text(encoding="utf-8")
    for question in QUESTIONS:
        answer = text.split(question, 1)[1].split("**", 1)[1]
        assert len(answer.strip().split("\n\n")[0]) > 20, question
