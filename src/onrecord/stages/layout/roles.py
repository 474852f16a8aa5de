"""Roles of labelled turns: who asks and who answers, where the labels of one side or the question marks say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening
from onrecord.stages.layout.page import Page

_ASKS = ("?", "？", "؟")
_ENOUGH = 2


def with_roles(page: Page, openings: list[Opening]) -> list[Opening]:
    """Give roles to turns whose label names none, if the others or the question marks leave no doubt.

    Beside labels that ask (`Interviewer`) named voices answer, and beside labels that answer they ask. In a talk of
    two voices of which one asks and the other does not, the one is the interviewer. Else roles stay unknown.
    """
    stated = {opening.role for opening in openings if opening.side and opening.label is not None}
    share = sum(opening.side for opening in openings) / max(1, len(openings))
    if len(stated) == 1 and share >= 0.25:
        other: TurnRole = "answer" if "question" in stated else "question"
        return [_given(page, opening, other) for opening in openings]
    if stated or any(opening.role for opening in openings):
        return openings
    return _by_questions(page, openings)


def _given(page: Page, opening: Opening, role: TurnRole) -> Opening:
    if opening.role is not None or opening.label is None:
        return opening
    kind = read_label(page.text[slice(*opening.label)]).kind
    return opening if kind == "voice" else replace(opening, role=role)


def _by_questions(page: Page, openings: list[Opening]) -> list[Opening]:
    voices = Counter(opening.key for opening in openings if opening.key)
    main = voices.most_common(2)
    if len(main) < 2 or main[1][1] < _ENOUGH or main[0][1] + main[1][1] < 0.85 * len(openings):
        return openings
    asking = Counter(opening.key for opening in openings if _asks(page, opening))
    shares = sorted(((asking[key] / count, key) for key, count in main), reverse=True)
    if shares[0][0] < 0.4 or shares[0][0] - shares[1][0] < 0.25:
        return openings
    roles: dict[str, TurnRole] = {shares[0][1]: "question", shares[1][1]: "answer"}
    return [replace(opening, role=roles.get(opening.key)) for opening in openings]


def _asks(page: Page, opening: Opening) -> bool:
    row = page.rows[opening.row]
    if opening.own_line:
        following = page.next_text(opening.row)
        row = page.rows[following] if following is not None else row
    tail = page.text[max(row.first, row.last - 60) : row.last].rstrip(' *_"”»)')
    return tail.endswith(_ASKS)
