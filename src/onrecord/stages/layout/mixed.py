"""Labels of two forms that only together are an exchange: `Q` in a column, and a name with a colon for who answers.

Either form alone has one voice, which is too little to believe it; that they take turns is what shows them.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.words import folded


def unite(page: Page, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts, with two of them accepted where none was and their labels alternate."""
    labels = [verdict for verdict in verdicts if verdict.convention.family == "label"]
    if any(verdict.openings for verdict in labels):
        return list(verdicts)
    for one in labels:
        if not one.convention.letters:
            continue
        asked = [o._replace(role="question", side=True) for o in one.all if o.key in folded("question")]
        for other in labels if len(asked) >= 2 else ():
            told = _named(page, other) if other is not one else []
            if _take_turns(asked, told):
                found = {id(one): asked, id(other): told}
                return [_accepted(v, found[id(v)]) if id(v) in found else v for v in verdicts]
    return list(verdicts)


def asked_beside(page: Page, verdicts: Sequence[Verdict], chosen: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts whose labels name questions in a weak form and are answered by the labels of `chosen`.

    A press conference prints `Q.` for whoever asks, names with a colon for who answers and leads.
    """
    rows = sorted({opening.row for verdict in chosen for opening in verdict.openings})
    found = []
    for verdict in verdicts:
        if verdict in chosen or not any(opening.form.letters for opening in verdict.all):
            continue
        asked = [o for o in verdict.all if o.key in folded("question") and o.label is not None and not o.own_line]
        small = {key for key in {o.key for o in asked} if f" {key.lower()} " in page.text}
        asked = [o._replace(role="question", side=True) for o in asked if not _is_word(page, o, small)]
        if len(asked) >= 2 and _answered([o.row for o in asked], rows) >= 0.8 * len(asked):
            found.append(dataclasses.replace(verdict, openings=asked))
    return found


def _is_word(page: Page, opening: Opening, small: set[str]) -> bool:
    """Whether a letter without a mark is a word of the sentence: it is one of `small`, or the text goes on small.

    `small` are the letters that the text prints small, too.
    """
    if not opening.form.wordlike or opening.label is None:
        return False
    goes_on = page.text[opening.label[1] : opening.label[1] + 8].lstrip()
    return goes_on[:1].isdigit() or goes_on[:1].islower() or opening.key in small


def _answered(asked: list[int], told: list[int]) -> int:
    """Return how many rows of `asked` have one of `told` before the next question."""
    order = sorted([(row, True) for row in asked] + [(row, False) for row in told])
    return sum(a[1] and not b[1] for a, b in pairwise(order))


def _named(page: Page, verdict: Verdict) -> list[Opening]:
    """Return the openings of a strong form whose label has the form of a name in capitals, or comes again."""
    if verdict.convention.weak:
        return []
    count = Counter(opening.key for opening in verdict.all)
    kinds = {o.at: read_label(page.text[slice(*o.label)]).kind for o in verdict.all if o.label is not None}
    again = ("name", "initials")
    return [o for o in verdict.all if kinds.get(o.at) == "caps" or (kinds.get(o.at) in again and count[o.key] >= 2)]


def _take_turns(asked: list[Opening], told: list[Opening]) -> bool:
    rows = {opening.row for opening in asked}
    order = sorted([(o.at, True) for o in asked] + [(o.at, False) for o in told if o.row not in rows])
    changes = sum(a[1] != b[1] for a, b in pairwise(order))
    return len(told) >= 2 and changes >= 0.7 * (len(order) - 1)


def _accepted(verdict: Verdict, openings: list[Opening]) -> Verdict:
    tried = dataclasses.replace(
        verdict.tried,
        supported=len(openings),
        voices=len({opening.key for opening in openings}),
        score=round(len(openings) * verdict.convention.confidence, 2),
        reason="its labels take turns with those of another form",
    )
    keys = frozenset(opening.key for opening in openings)
    sides = {opening.key: opening.role for opening in openings if opening.side and opening.role is not None}
    return dataclasses.replace(verdict, openings=openings, tried=tried, core=keys, sides=sides)
