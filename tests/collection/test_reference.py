"""The page about cards and sidecars is current, complete, and its examples are right."""

from __future__ import annotations

from pathlib import Path

from onrecord.collection.card import Card
from onrecord.collection.loading import load_card, load_sidecar
from onrecord.collection.reference import CARD_EXAMPLE, SIDECAR_EXAMPLE, cards_page
from onrecord.collection.sidecar import Sidecar
from tests.collection.test_loading import NAMES

PAGE = Path(__file__).parents[2] / "docs" / "cards.md"


def test_the_page_is_current() -> None:
    """What is published is what the models say: run scripts/pages."""
    assert PAGE.read_text(encoding="utf-8") == cards_page()


def test_every_key_is_on_the_page_with_what_it_says() -> None:
    """A new key without a description would be an empty cell."""
    page = cards_page()
    for model in (Card, Sidecar):
        for name, field in model.model_fields.items():
            assert field.description
            assert f"| `{name}` | {field.description.replace('|', chr(92) + '|')}" in page


def test_the_examples_are_read_without_findings() -> None:
    """People copy them."""
    assert load_card(CARD_EXAMPLE.encode(), "c", NAMES)[1] == ()
    sidecar, findings, _ = load_sidecar(SIDECAR_EXAMPLE.encode(), "c", NAMES)
    assert findings == ()
    assert len(sidecar.corrections) == len(sidecar.waivers) == 1
