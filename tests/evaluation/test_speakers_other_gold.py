"""Scoring speakers against gold of transcripts and of quotations: what is counted, and what is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.evaluation.label_strings import made_labels, score_labels
from onrecord.evaluation.label_words import KNOWN, UNSEEN
from onrecord.evaluation.speakers_mentions import bcubed, score_mentions
from onrecord.evaluation.speakers_report import LABELS, main
from onrecord.evaluation.speakers_turns import score_transcripts
from onrecord.names import words_for


def transcript(folder: Path, *labels: str) -> Path:
    """Write the gold of one transcript with these labels, one turn each."""
    source = folder / "quay"
    source.mkdir(parents=True, exist_ok=True)
    turns = [{"speaker": label, "role": None, "text": "Words."} for label in labels]
    (source / "one.gold.json").write_text(json.dumps({"language": "en", "title": None, "turns": turns}))
    return folder


def test_labels_that_contain_each_other_belong_together(tmp_path: Path) -> None:
    """A label within exactly one longer one is that voice's; one that fits two is not scored; strangers are two."""
    found = score_transcripts(transcript(tmp_path, "RUTH HALE, host", "HALE", "Bo Ulfsson (BU)", "BU"))["quay"]
    assert (found.together, found.found, found.right) == (2, 2, 2)
    unclear = score_transcripts(transcript(tmp_path, "Ruth Hale", "Ann Hale", "HALE"))["quay"]
    assert (unclear.together, unclear.found) == (0, 0)


def test_a_voice_nobody_knows_is_not_scored(tmp_path: Path) -> None:
    """`MALE` and `UNIDENTIFIED MALE` may be one man or two."""
    found = score_transcripts(transcript(tmp_path, "UNIDENTIFIED MALE", "MALE", "Ruth Hale"))["quay"]
    assert found.together == 0


def test_b_cubed_of_an_example() -> None:
    """Two people, one of whose mentions went to the other: precision and recall by hand."""
    precision, recall = bcubed(["a", "a", "a", "b"], [1, 1, 2, 2])
    assert precision == [1, 1, 0.5, 0.5]
    assert recall == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1])


def test_mentions_of_named_sources_are_scored(tmp_path: Path) -> None:
    """A surname is the mention of the person named in full; phrases without a name are not scored."""
    text = "Ruth Hale, a miller, said it grinds. Hale said it does. A neighbour said no."
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("Ruth Hale", "Hale said", "A neighbour")]
    quotes = [
        {"source": [list(spans[0])], "speaker": "Ruth Hale"},
        {"source": [[spans[1][0], spans[1][0] + 4]], "speaker": "Hale"},
        {"source": [list(spans[2])], "speaker": None},
    ]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "x", "language": "en", "text": text, "quotes": quotes}))
    found = score_mentions(gold)
    assert (found.documents, found.mentions) == (1, 2)
    assert found.f1 == 1.0


def test_label_strings_of_words_never_shown_are_parsed() -> None:
    """The parser reads the forms, not only the words it was written with: the other words are not in its lexicon."""
    assert score_labels(unseen=True).whole >= LABELS
    given = words_for("en").given
    assert sum(name.lower() in given for name in UNSEEN.given) <= len(UNSEEN.given) // 4
    shared = {part for field in ("given", "family", "outlets", "organizations", "offices") for part in
              set(getattr(KNOWN, field)) & set(getattr(UNSEEN, field))}  # fmt: skip
    assert not shared
    assert len({made.text for made in made_labels(180, words=UNSEEN)}) > 150


def test_the_command_takes_each_kind_of_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--gold` with a folder of transcripts writes their section; the exit code says whether the floors are reached."""
    page = tmp_path / "quality.md"
    folder = transcript(tmp_path / "gold", "RUTH HALE, host", "HALE", "Bo Ulfsson")
    assert main(["--gold", str(folder), "--page", str(page)]) == 0
    assert "| quay" in capsys.readouterr().out
    assert "speakers-transcripts:begin" in page.read_text()
