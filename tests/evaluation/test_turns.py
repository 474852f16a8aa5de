"""Turns against gold: what counts as right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.evaluation import turns_report
from onrecord.evaluation.turns import Said, evaluate, f1, false_turns, lost, merged, naive, plain, roles, visible
from onrecord.schema.interview import Mark, Span
from tests.stages.test_quotes import bare

GOLD = [Said("Lind", "question", "When?"), Said("Berg", "answer", "In May."), Said("Berg", "answer", "It rained.")]


def test_only_letters_and_digits_are_compared() -> None:
    """Markup, punctuation, case and white space do not count; letters of every script and digits do."""
    assert plain("**When** was it —\n in 1931?") == plain("when was it in 1931")
    assert plain("это 5") != plain("это 6")


def test_a_turn_is_right_if_text_and_label_are() -> None:
    """Of three turns one with a wrong label, or not found, is wrong; without labels only the text counts."""
    assert f1(GOLD, GOLD) == 1.0
    wrong = [GOLD[0], Said("Lind", None, "In May."), GOLD[2]]
    assert f1(GOLD, wrong) == pytest.approx(2 / 3)
    assert f1(GOLD, wrong, labels=False) == 1.0
    assert f1(GOLD, [GOLD[0]]) == pytest.approx(2 / 4)
    assert f1([], GOLD) == 0.0
    assert f1([], []) == 1.0


def test_equal_turns_are_matched_once_each() -> None:
    """A turn found once does not pay for two in gold."""
    assert f1([GOLD[0], GOLD[0]], [GOLD[0]]) == pytest.approx(2 / 3)


def test_gold_without_a_label_takes_any() -> None:
    """Where gold names no voice, `Q` is as good as nothing."""
    assert f1([Said(None, "question", "When?")], [Said("Q", "question", "When?")]) == 1.0


def test_merging_joins_neighbours_of_one_voice() -> None:
    """Sources that repeat the label on every paragraph agree with those that do not, after merging."""
    once = [GOLD[0], Said("Berg", "answer", "In May.\nIt rained.")]
    assert f1(GOLD, once) < 1.0
    assert f1(merged(GOLD), merged(once)) == 1.0


def test_a_note_between_paragraphs_may_count_as_text_or_not() -> None:
    """Sources differ in whether `(Laughter)` is text; a turn matches either way."""
    found = [Said("Berg", None, "In May.", None, "In May.\n(Laughter)")]
    assert f1([Said("Berg", None, "In May.")], found) == f1([Said("Berg", None, "In May. (Laughter)")], found) == 1.0


def test_roles_are_counted_where_gold_has_them() -> None:
    """Roles of turns found by their text are compared; turns without a gold role or not found are not counted."""
    found = [Said("Lind", "question", "When?"), Said("Berg", "question", "In May.")]
    assert roles(GOLD, found) == (2, 1)


def test_lost_text_is_measured() -> None:
    """Text of gold that stands nowhere in the record is lost."""
    assert lost(GOLD, "When? In May. It rained.") == 0.0
    assert lost(GOLD, "When?") > 0.5


def test_a_word_that_a_page_parts_is_not_lost() -> None:
    """What a page's own numbers part is whole in what the record shows; a word that is in neither is lost."""
    said = [Said(None, None, "write your warning")]
    assert lost(said, "write your warn-\n8\ting", "write your warning") == 0.0
    assert lost(said, "write your warn-\n8\ting", "write your") > 0
    interview = bare("write your warn-\n8\ting").replace(
        marks=(Mark(kind="hidden", span=Span(start=15, end=19), value=None),)
    )
    assert visible(interview) == "write your warning"


def test_the_baseline_is_naive() -> None:
    """`^NAME: text` takes a note for a voice and misses bold labels."""
    assert [turn.speaker for turn in naive("Lind: When?\nNote: It rained.\n**Berg:** In May.")] == ["Lind", "Note"]


def test_a_folder_of_gold_is_scored_and_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command scores every document beside its gold, averages over sources, and writes between markers."""
    for source, label in (("one", "Lind"), ("two", "Frost")):
        (tmp_path / source).mkdir()
        (tmp_path / source / "talk.txt").write_text("Lind: When?\nBerg: In May.\nLind: Why?\nBerg: I forgot.\n")
        turns = [
            {"speaker": speaker, "role": None, "text": text}
            for speaker, text in ((label, "When?"), ("Berg", "In May."), (label, "Why?"), ("Berg", "I forgot."))
        ]
        (tmp_path / source / "talk.gold.json").write_text(json.dumps({"turns": turns}))
    (tmp_path / "prose").mkdir()
    (tmp_path / "prose" / "a.txt").write_text("Nobody speaks here.")
    assert [item.f1 for item in evaluate(tmp_path)] == [1.0, 0.5]
    out = tmp_path / "quality.md"
    out.write_text("# Before\n\n<!-- turns:begin -->\nold\n<!-- turns:end -->\n\nAfter.\n")
    arguments = ["--gold", str(tmp_path), "--prose", str(tmp_path / "prose"), "--out", str(out)]
    assert turns_report.main(arguments) == 0
    written = out.read_text()
    assert "Mean of F1 over 2 sources: **0.750**, lowest 0.500." in written
    assert "1 of 1 texts that are no interview" in written
    assert written.startswith("# Before")
    assert written.endswith("After.\n")
    assert "old" not in written
    assert turns_report.main(["--out", str(out)]) == 2
    assert "no gold" in capsys.readouterr().out


def test_null_gold_means_no_turns(tmp_path: Path) -> None:
    """Where the source marks no speakers, a record without turns is right and one with turns is wrong."""
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.txt").write_text("Nobody speaks here.")
    (tmp_path / "plain" / "b.txt").write_text("Q: When?\nA: In May.\nQ: Why?\nA: I forgot.\n")
    for name in ("a", "b"):
        (tmp_path / "plain" / f"{name}.gold.json").write_text(json.dumps({"turns": None}))
    assert [item.f1 for item in evaluate(tmp_path)] == [1.0, 0.0]


def test_prose_with_turns_is_counted() -> None:
    """Texts that are no interview but give turns are named."""
    assert false_turns([("a", "Nobody."), ("b", "Q: When?\nA: In May.\nQ: Why?\nA: No.\n")]) == (2, ["b"])
