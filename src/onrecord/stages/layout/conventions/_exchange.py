"""What conventions of form share: paragraphs grouped into turns by whether they ask, and how an exchange shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.conventions._base import Styled
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.language import words_in
from onrecord.stages.layout.model import Opening, Tried, Verdict
from onrecord.stages.layout.narration import is_told
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.paragraphs import Paragraph
from onrecord.stages.layout.speech import needs_pronouns
from onrecord.stages.layout.words import fold, folded

Groups = list[tuple[bool, list[Paragraph]]]
"""Neighbouring paragraphs that are one turn, each with whether it asks."""
DASHES = frozenset("-–—―‒−•·●▪■►▶▸➤→◆◇○»*;:") | {"->", "-->", "=>", "==>"}
LEAST = 3
"""So many paragraphs with a style or sign make a convention."""
_WIDE = re.compile(
    r"(?:(?P<wide>[^\s\u3000]{1,16})\u3000|@(?P<nick>[^\s@:]{1,30}):?[ \t]+"
    r"|[*_]{2}(?P<strong>[^*_\n:]{1,40})[*_]{2}:?[ \t]+|(?P<name>[^\s:：][^\n:：]{0,40}?)[ ]?[:：][ \t]*)(?=\S)"
)


def chunks(group: list[Paragraph]) -> int:
    """Return how many paragraphs a group has when only blank lines divide them."""
    return 1 + sum(after.first > before.last + 1 for before, after in pairwise(group))


def grouped(paragraphs: list[Paragraph], style: Callable[[Paragraph], bool]) -> Groups:
    """Group neighbours by whether they have the style of questions; headings that have not are left out."""
    groups: Groups = []
    for paragraph in paragraphs:
        styled = style(paragraph)
        if groups and groups[-1][0] == styled:
            groups[-1][1].append(paragraph)
        elif styled or not paragraph.level:
            groups.append((styled, [paragraph]))
    return groups


def personal_share(page: Page, questions: list[list[Paragraph]], answers: list[list[Paragraph]]) -> float:
    """Return the share of exchanges that speak to `you` or of `I`.

    Explainers and lists of frequent questions ask, too, but nobody speaks in them. Languages that leave pronouns out
    say less, so that the absence of these words counts only where the language needs them.
    """
    if not needs_pronouns(page):
        return 1.0
    spoken = sum(_speaks(page.text, group, "second_person") for group in questions)
    spoken_of = sum(_speaks(page.text, group, "first_person") for group in answers)
    return max(spoken / max(1, len(questions)), spoken_of / max(1, len(answers)))


def _speaks(text: str, group: list[Paragraph], key: str) -> bool:
    wanted = folded(key)
    for paragraph in group[:3]:
        piece = text[paragraph.start : min(paragraph.end, paragraph.start + 400)]
        if not wanted.isdisjoint(map(fold, words_in(piece))):
            return True
    return False


def is_narrated(page: Page, groups: Groups) -> bool:
    """Whether words of a narrator follow what is said after dashes (`— Who? — asked Tom`): then it is a story."""
    said = [group[0] for _, group in groups if group[0].sign]
    return sum(is_told(page.text, paragraph.start, paragraph.end) for paragraph in said) > 0.2 * len(said)


def exchange(convention: Convention, page: Page, groups: Groups, sure: bool, reason: str) -> Verdict:
    """Return the verdict on `groups`: one turn for each if `sure`, none otherwise."""
    openings = [_opening(page, convention, _first_said(group), styled) for styled, group in groups] if sure else []
    score = len(openings) * convention.confidence
    tried = Tried(convention.name, len(groups), len(openings), 2 if openings else 0, round(score, 2), False, reason)
    return Verdict(convention, _named(page, openings), tried)


def _named(page: Page, openings: list[Opening]) -> list[Opening]:
    """Read the name that answers may begin with where only the style of the questions marks turns.

    It stands before a wide blank or colon, or after `@`, and is the same one or two in nearly all of them.
    """
    told = [opening for opening in openings if opening.role == "answer"]
    names = {o.at: match for o in told if (match := _WIDE.match(page.text, o.body, page.rows[o.row].last))}
    names = {at: match for at, match in names.items() if read_label(match.group(match.lastgroup or 0)).kind != "bad"}
    labels = {at: match.span(match.lastgroup or 0) for at, match in names.items()}
    if len(names) < 0.8 * len(told) or len({page.text[slice(*span)] for span in labels.values()}) > max(
        1, 0.5 * len(told)
    ):
        return openings
    return [
        o._replace(label=labels[o.at], key=read_label(page.text[slice(*labels[o.at])]).key, body=names[o.at].end())
        if o.at in names
        else o
        for o in openings
    ]


def _first_said(group: list[Paragraph]) -> Paragraph:
    """Return the first paragraph of a group that is no event, or the event if there is nothing else."""
    return next((paragraph for paragraph in group if not paragraph.event), group[0])


def _opening(page: Page, convention: Convention, paragraph: Paragraph, asks: bool) -> Opening:
    row = page.rows[paragraph.first]
    role: TurnRole = "question" if asks else "answer"
    start, until = paragraph.start, None
    if asks and paragraph.spoken and paragraph.first == paragraph.last and _unquotes(convention):
        start, until = start + 1, paragraph.end - 1
    return Opening(paragraph.first, page.outset(row), convention, None, "", start, role=role, until=until)


def _unquotes(convention: Convention) -> bool:
    return isinstance(convention, Styled) and convention.style.unquoted
