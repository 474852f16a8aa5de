"""`onrecord evaluate`: the subjects of `scripts/evaluate`, for those who have installed the package."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import cli
from onrecord.evaluation.subjects import SUBJECTS


def test_quotes_are_scored(tmp_path: Path) -> None:
    """Gold of one's own is scored, and the options of the subject are taken."""
    quote = {"content": [[1, 4]], "source": [[11, 15]], "type": "direct"}
    line = {"id": "a", "language": "en", "text": "“No,” said Hale.", "quotes": [quote]}
    (tmp_path / "own.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["evaluate", "quotes", "--gold", str(tmp_path / "own.jsonl"), "--samples", "10"])
    assert done.exit_code == 0, done.output
    assert "1 direct, 0 mixed, 0 indirect" in done.output


def test_every_subject_has_its_own_help() -> None:
    """Every subject of the registry can be asked for its options, and the command for its subjects."""
    for subject in SUBJECTS:
        done = CliRunner().invoke(cli, ["evaluate", subject, "--help"])
        assert (done.exit_code, f"evaluate {subject}" in done.output) == (0, True), subject
        assert "usage: onrecord evaluate" in done.output
    shown = CliRunner().invoke(cli, ["evaluate", "--help"]).output
    assert all(subject in shown for subject in SUBJECTS)


def test_an_unknown_subject_is_usage_and_names_the_known() -> None:
    """A subject that does not exist is wrong usage; the message lists those that do."""
    done = CliRunner().invoke(cli, ["evaluate", "quots"])
    assert done.exit_code == 2
    assert "quotes, turns, speakers, corrections" in done.output
