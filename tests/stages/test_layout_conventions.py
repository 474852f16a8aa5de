"""The registry of conventions and what is written about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.stages.layout.conventions import REGISTRY, collect
from onrecord.stages.layout.document import table

DOCUMENT = Path(__file__).parents[2] / "docs" / "conventions.md"


def test_the_document_lists_the_conventions() -> None:
    """`docs/conventions.md` has the row that each convention has today (`scripts/docs` writes them)."""
    assert table() in DOCUMENT.read_text(encoding="utf-8")


def test_every_convention_is_documented_and_named_once() -> None:
    """Each has a unique name, a sentence, an example, its evidence and a confidence that is one."""
    assert len(REGISTRY.by_name) == len(REGISTRY.all)
    for convention in REGISTRY.all:
        assert convention.summary.endswith(".")
        assert convention.example
        assert convention.evidence
        assert 0 < convention.confidence < 1


def test_forms_are_tried_in_the_order_their_numbers_say() -> None:
    """Every form of every convention is tried, the smallest number first."""
    orders = [form.order for _, form in REGISTRY.forms]
    assert orders == sorted(form.order for convention in REGISTRY.all for form in convention.forms)


@pytest.mark.parametrize(
    ("traits", "mistake"),
    [
        ({"name": "label-dash"}, "label-dash"),
        ({"forms": REGISTRY.by_name["label-dash"].forms}, "120"),
        ({"reads": ("arrows",)}, "arrows"),
        ({"own_line": "label-nowhere"}, "another"),
    ],
)
def test_a_convention_that_cannot_be_beside_the_others_is_refused(traits: dict[str, Any], mistake: str) -> None:
    """A second convention of one name, place or reading, and one whose `own_line` is none, raise and say which."""
    another = replace(REGISTRY.by_name["label-dash"], **{"name": "another", "forms": (), **traits})
    with pytest.raises(ValueError, match=mistake):
        collect((*REGISTRY.all, another))


def test_each_reading_needs_a_convention() -> None:
    """Without the convention of arrows nobody could say what arrows are, so that the registry is not made."""
    with pytest.raises(ValueError, match="arrows"):
        collect(convention for convention in REGISTRY.all if "arrows" not in convention.reads)
