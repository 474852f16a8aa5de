"""Conventions of form: turns without labels, where style, signs or question marks tell question from answer."""

from __future__ import annotations

from onrecord.stages.layout import conventions
from onrecord.stages.layout.conventions.styles import propose_styles
from onrecord.stages.layout.model import Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.paragraphs import holds_question, paragraphs_of


def propose(page: Page, first: int, last: int) -> list[Verdict]:
    """Return what every convention of form makes of the rows `first … last - 1`."""
    paragraphs = list(paragraphs_of(page, first, last))
    if len(paragraphs) < 4:
        return []
    if not any(holds_question(page.text, paragraph) for paragraph in paragraphs):
        return []
    registry = conventions.REGISTRY
    proposed = [c.propose(c, page, paragraphs) for c in registry.of(conventions.Alternating)]
    found = propose_styles(registry.of(conventions.Styled), page, paragraphs)
    return found + [verdict for verdict in proposed if verdict is not None]
