"""The survival figure: its trials are what they say, and its floor holds on a sample."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord.evaluation.corrections import (
    PARSERS,
    Survival,
    after_edits,
    after_parser,
    edited,
    interviews_in,
    measure,
    places_in,
)
from onrecord.schema.interview import Interview

TEXTS = {
    "harbour": (
        "Q: Who built the harbour, then, after the storm?\n\n"
        "A: “We built it,” my father said, “with stones from the quarry.” My mother carried the smallest ones.\n\n"
        "Nobody paid us.\n\nQ: And the church?\n\nA: The church was older. It had been there before the water came.\n"
    ),
    "light": (
        "Anna Lee: You kept the light for thirty years. What was the worst night?\n"
        "Otto Hale: The one in which nothing happened. I waited, and I counted the waves, and nobody came.\n"
        "Anna Lee: And the best?\n"
        "Otto Hale: The next one. “There you are,” my wife said when I came down the stairs.\n"
    ),
}


@pytest.fixture(scope="module", name="interviews")
def _interviews(tmp_path_factory: pytest.TempPathFactory) -> list[Interview]:
    raw = tmp_path_factory.mktemp("raw")
    (raw / "c").mkdir()
    (raw / "c" / "collection.yaml").write_text("title: C\n")
    for name, text in TEXTS.items():
        (raw / "c" / f"{name}.txt").write_text(text)
    return interviews_in(raw)


def test_an_edited_text_knows_where_each_of_its_words_came_from() -> None:
    """Words without an origin are the added ones; at rate 0 the text is the same."""
    text = TEXTS["harbour"]
    same = edited(text, 0.0, random.Random(1))
    assert same.text == text
    assert [origin for _, _, origin in same.pieces] == list(range(len(same.pieces)))
    new = edited(text, 0.3, random.Random(1), wrap=True, marks=True)
    assert new.text != text
    origins = [origin for _, _, origin in new.pieces if origin is not None]
    assert origins == sorted(set(origins))
    assert None in [origin for _, _, origin in new.pieces]


def test_the_share_counts_only_what_was_still_there() -> None:
    """Places whose words are gone are neither found nor lost."""
    assert Survival(right=97, wrong=1, ambiguous=1, lost=1, gone=50).share == 0.97
    assert (Survival(right=1) + Survival(lost=1)).share == 0.5


@pytest.mark.parametrize("name", PARSERS)
def test_corrections_survive_a_change_of_the_parser(name: str, interviews: list[Interview]) -> None:
    """At least 99 %; on these texts all of them, and nothing else is changed."""
    total = sum((after_parser(interview, PARSERS[name]) for interview in interviews), Survival())
    assert total.right >= 10
    assert (total.wrong, total.ambiguous, total.lost) == (0, 0, 0)


def test_places_survive_random_edits_of_the_text(interviews: list[Interview]) -> None:
    """At least 97 % of the places at 3 % of the words, lines re-wrapped and quotation marks changed."""
    total = Survival()
    for seed in range(10):
        rng = random.Random(seed)
        total += sum((after_edits(item, 0.03, rng, wrap=True, marks=True) for item in interviews), Survival())
    assert total.right + total.lost > 300
    assert total.share >= 0.97
    assert total.wrong <= 0.005 * total.right


def test_places_are_what_people_correct(interviews: list[Interview]) -> None:
    """Turns, paragraphs, labels, quotations and runs of words; each once, none without a word."""
    places = places_in(interviews[0], random.Random(1))
    assert len(places) == len(set(places))
    assert {turn.span for turn in interviews[0].turns} <= set(places)
    assert {quote.content[0] for quote in interviews[0].quotes} <= set(places)


def test_the_report_says_what_was_measured(tmp_path: Path) -> None:
    """One row per trial, with counts, and the environment."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.txt").write_text(TEXTS["light"])
    page = measure(tmp_path, seeds=1)
    assert page.count("| parser: ") == len(PARSERS)
    assert "1 interviews below" in page
    assert "onrecord " in page
