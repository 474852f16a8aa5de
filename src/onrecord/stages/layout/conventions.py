"""The conventions: every way to mark turns this package knows, as data.

A labelled convention needs a `Form` in `scan.py` with its name; `judge.py` decides whether its labels are
believed. A convention of form (no labels) has a proposer in `forms.py`; one of markup has one in `markup.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["label", "form", "markup"]


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to mark turns.

    `example` shows it, `evidence` says what it looks for and what it is judged by. `confidence` is how sure a turn
    is that it makes, before the document's own support is counted. `weak` conventions use marks that prose uses, too,
    so that they need more support; `sides_only` ones moreover need labels that name a side of the exchange.
    """

    name: str
    family: Family
    summary: str
    example: str
    evidence: str
    confidence: float
    weak: bool = False
    sides_only: bool = False


CONVENTIONS: tuple[Convention, ...] = (
    Convention("label-colon", "label", "A label and a colon before what is said.", "Anna Lee: We began in May.",
               "labels that repeat, name a side, or are stated", 0.97),
    Convention("label-colon-line", "label", "A label and a colon on a line of its own.", "Anna Lee:\\nWe began in May.",
               "labels that repeat, each followed by a line of text", 0.96),
    Convention("label-colon-strong", "label", "A bold or italic label with a colon.", "**Anna Lee:** We began in May.",
               "emphasised labels that repeat", 0.98),
    Convention("label-colon-strong-line", "label", "A bold or italic label with a colon on its own line.",
               "**Anna Lee:** 00:01:05\\nWe began in May.", "emphasised labels that repeat", 0.98),
)  # fmt: skip
"""All conventions; the order says nothing."""

BY_NAME = {convention.name: convention for convention in CONVENTIONS}
