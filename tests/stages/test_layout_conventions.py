"""The table of conventions and what is written about it."""

from __future__ import annotations

from pathlib import Path

from onrecord.stages.layout.conventions import BY_NAME, CONVENTIONS
from onrecord.stages.layout.document import render
from onrecord.stages.layout.scan import FORMS

DOCUMENT = Path(__file__).parents[2] / "docs" / "conventions.md"


def test_the_document_says_what_the_table_says() -> None:
    """`docs/conventions.md` is what the table gives today (write it with `onrecord.stages.layout.document.render`)."""
    assert DOCUMENT.read_text(encoding="utf-8") == render()


def test_every_convention_is_documented_and_named_once() -> None:
    """Each has a unique name, a sentence, an example, its evidence and a confidence that is one."""
    assert len(BY_NAME) == len(CONVENTIONS)
    for convention in CONVENTIONS:
        assert convention.summary.endswith(".")
        assert convention.example
        assert convention.evidence
        assert 0 < convention.confidence < 1


def test_every_form_of_label_is_a_convention() -> None:
    """A form the scanner knows has a convention of its name, on the row and (where it makes sense) on its own line."""
    assert {form.name for form in FORMS} <= set(BY_NAME)
