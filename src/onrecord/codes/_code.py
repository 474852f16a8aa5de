"""What the table of codes holds about one code."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.schema.interview import Level


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding.

    `name` is stable kebab-case; `summary` says what is wrong in a sentence, `why` why it matters, `hint`
    what would be right; `since` is the version of this package in which it got its present level.
    """

    name: str
    level: Level
    summary: str
    why: str
    hint: str
    since: str = "0.1.0"
