"""The fictional collection holds what its gold says, and covers what it promises."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.gold import fictional
from tests.gold.binary_interviews import files

LANGUAGES = {"en", "de", "fr", "es", "ru", "tr", "az", "uk", "it", "pt", "zh", "ja", "fa"}
TEXTS = [path for path in fictional.sources() if path.suffix not in fictional.BINARY]


@pytest.mark.parametrize("path", fictional.sources(), ids=lambda path: path.name)
def test_gold_has_its_shape(path: Path) -> None:
    """Every text has gold of the agreed shape, with roles from the agreed list."""
    document = fictional.gold(path)
    assert set(document) == {"language", "title", "date", "participants", "turns", "notes"}
    assert document["language"] in LANGUAGES
    assert document["notes"]
    for turn in document["turns"] or ():
        assert set(turn) == {"speaker", "role", "text"}
        assert turn["role"] in ("question", "answer", "statement", None)
        assert turn["text"] == turn["text"].strip() != ""


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_turns_stand_in_the_text_in_order(path: Path) -> None:
    """The words of every gold turn stand in the file in this order, and its label is printed there."""
    assert fictional.missing(path) == []


def test_missing_notices_a_wrong_turn(tmp_path: Path) -> None:
    """A turn whose words are not in the file is reported, and so is a label nobody printed."""
    path = tmp_path / "made-up.txt"
    path.write_text("HALE: It rained.\nORR: It did not.\n", "utf-8")
    turns = '[{"speaker": "ORR", "text": "It did not."}, {"speaker": "KANE", "text": "It rained."}]'
    (tmp_path / "made-up.gold.json").write_text(f'{{"turns": {turns}}}', "utf-8")
    assert len(fictional.missing(path)) == 2


@pytest.mark.parametrize(("name", "content"), files().items(), ids=files())
def test_binary_files_are_what_the_script_writes(name: str, content: bytes) -> None:
    """The committed Word and PDF files and their gold are byte for byte what `scripts/fictional` writes."""
    assert (fictional.RAW / name).read_bytes() == content


def test_every_gold_has_its_text() -> None:
    """No gold stands without a text, and no two texts share one."""
    stems = [path.stem for path in fictional.sources()]
    assert len(stems) == len(set(stems))
    assert {path.name for path in fictional.RAW.glob("*.gold.json")} == {f"{stem}.gold.json" for stem in stems}


def test_collection_covers_what_it_promises() -> None:
    """At least forty interviews; every language, format and encoding that the card and the README name."""
    paths = fictional.sources()
    assert len(paths) >= 40
    assert {fictional.gold(path)["language"] for path in paths} == LANGUAGES
    suffixes = {".txt", ".md", ".html", ".htm", ".vtt", ".srt", ".json", ".jsonl", ".csv", ".xml", ".cha"}
    assert {path.suffix for path in paths} == suffixes | set(fictional.BINARY)
    assert set(fictional.ENCODINGS) <= {path.name for path in paths}


def test_card_says_that_it_is_fiction() -> None:
    """The card marks the collection as fictional, free for everyone, and lists its languages."""
    card = yaml.safe_load((fictional.RAW / "collection.yaml").read_text("utf-8"))
    assert card["fictional"] is True
    assert card["rights"]["licence"] == "CC0-1.0"
    assert set(card["languages"]) == LANGUAGES
