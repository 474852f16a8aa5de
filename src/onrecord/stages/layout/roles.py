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
_MOST = 4


def with_roles(page: Page, openings: list[Opening]) -> list[Opening]:
    """Give roles to turns whose label names none, if the others or the question marks leave no doubt.

    Beside labels that ask (`Interviewer`) named voices answer, and beside labels that answer they ask. In a talk of
    few voices of which one asks and the others do not, the one is the interviewer. Else roles stay unknown.
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
    """One voice asks, the others (at most three) do not: then it is the interviewer, and they answer."""
    voice = _voices({opening.key for opening in openings if opening.key})
    count = Counter(voice[opening.key] for opening in openings if opening.key)
    if not 2 <= len(count) <= _MOST or sum(number >= _ENOUGH for number in count.values()) < 2:
        return openings
    asking = Counter(voice[opening.key] for opening in openings if opening.key and _asks(page, opening))
    shares = {name: asking[name] / number for name, number in count.items()}
    asker = max((name for name, number in count.items() if number >= _ENOUGH), key=lambda name: (shares[name], name))
    others = sum(asking[name] for name in count if name != asker) / sum(count[name] for name in count if name != asker)
    if shares[asker] < 0.4 or shares[asker] - others < 0.25 or count[asker] < 0.25 * len(openings):
        return openings
    return [
        replace(opening, role="question" if voice[opening.key] == asker else "answer") if opening.key else opening
        for opening in openings
    ]


def _voices(keys: set[str]) -> dict[str, str]:
    """Return for every label the one it goes on for: initials and surnames for the label in full."""
    voice = {key: key for key in keys}
    for key in sorted(keys):
        tokens = key.split()
        if len(tokens) < 2:
            continue
        initials = [token[0] for token in tokens]
        for short in ("".join(initials), " ".join(initials), *tokens):
            if short in keys and len(short) > 1:
                voice[short] = key
    return voice


def _asks(page: Page, opening: Opening) -> bool:
    row = page.rows[opening.row]
    if opening.own_line:
        following = page.next_text(opening.row)
        row = page.rows[following] if following is not None else row
    tail = page.text[max(row.first, row.last - 60) : row.last].rstrip(' *_"”»)')
    return tail.endswith(_ASKS)
