"""Conventions of form with a style of questions: bold, italics, headings, capitals, signs, quotes, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence

from onrecord.stages.layout.bounds import is_announcement
from onrecord.stages.layout.conventions._base import Style, Styled
from onrecord.stages.layout.conventions._exchange import (
    DASHES,
    LEAST,
    Groups,
    chunks,
    exchange,
    grouped,
    is_narrated,
    personal_share,
)
from onrecord.stages.layout.front import byline_facts
from onrecord.stages.layout.model import Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.paragraphs import Paragraph, holds_question
from onrecord.stages.layout.speech import needs_pronouns
from onrecord.stages.layout.words import within

_OPTION = re.compile(r"[(\[]?[A-Da-d][.)\]][ \t]")
_OPENS, _CLOSES = frozenset('"“„«»「『‘'), frozenset('"”“»«」』’')
_STYLE = "paragraphs of this style that ask, each followed by paragraphs without it that speak of themselves"


def propose_styles(conventions: Sequence[Styled], page: Page, paragraphs: list[Paragraph]) -> list[Verdict]:
    """Return what every style makes of the paragraphs, in the order in which the styles first come."""
    styles = [
        (convention, rows)
        for convention in conventions
        for rows in convention.style.rows(paragraphs)
        if len(rows) >= (2 if convention.style.pair else LEAST)
    ]
    styles.sort(key=lambda style: (style[0].style.last, min(style[1])))
    found = [judge_style(convention, page, paragraphs, rows) for convention, rows in styles]
    return [verdict for verdict in found if verdict is not None]


def alike(key: Callable[[Paragraph], Hashable]) -> Callable[[Sequence[Paragraph]], list[set[int]]]:
    """Return the function that finds the paragraphs with equal keys; those with a false one are in no style."""

    def rows(paragraphs: Sequence[Paragraph]) -> list[set[int]]:
        found: dict[Hashable, set[int]] = {}
        for paragraph in paragraphs:
            if value := key(paragraph):
                found.setdefault(value, set()).add(paragraph.first)
        return list(found.values())

    return rows


def _sign(paragraph: Paragraph) -> str:
    sign = paragraph.sign
    return sign if sign in DASHES or (len(sign) == 2 and sign[0] in DASHES) else ""


def judge_style(convention: Styled, page: Page, paragraphs: list[Paragraph], rows: set[int]) -> Verdict | None:
    """Judge whether the paragraphs of one style, which begin in `rows`, are the questions, those without it answers."""
    style = convention.style
    groups = grouped(paragraphs, lambda paragraph: paragraph.first in rows)
    while groups and (not groups[0][0] or (not style.signed and _is_lede(page, groups[0][1], paragraphs))):
        groups.pop(0)
    if (
        groups
        and groups[0][1][0] is paragraphs[0]
        and all(chunks(group) == 1 for styled, group in groups[1:] if styled)
    ):
        groups[0] = (True, _below_title(page, groups[0][1]))
    if style.parts:
        _leave_parts(page, groups)
    questions = [group for styled, group in groups if styled]
    answers = [group for styled, group in groups if not styled]
    if len(questions) < 2 or len(answers) < len(questions) - 1:
        return None
    if not groups[-1][0] and _stands_apart(page, groups[-2][1][-1], groups[-1][1][0]):
        groups.pop()
    if groups[-1][0] and is_announcement(page.text, groups[-1][1][0].start, groups[-1][1][0].end):
        groups.pop()
    asking = sum(any(holds_question(page.text, p) for p in group) for group in questions) / len(questions)
    crowded = sum(chunks(group) for group in questions) / len(questions)
    personal = personal_share(page, questions, answers)
    reason = (
        f"{asking:.0%} of {len(questions)} paragraphs of this style ask, {personal:.0%} of the exchanges are personal"
    )
    if style.narrated and is_narrated(page, groups):
        return exchange(convention, page, groups, False, "a narrator speaks beside the dashes")
    if len(questions) == 2:
        said = sum(len(group) for _, group in groups)
        sure = style.pair and len(groups) >= 4 and said <= 6 and personal >= 0.5
        sure = sure and asking >= (0.5 if _announced(page, questions[0][0].first) else 1.0)
        return exchange(convention, page, groups, sure, reason)
    sure = asking >= style.asking and crowded <= style.crowded and personal >= style.personal
    sure = sure and not (style.listed and _are_options(page, answers))
    sure = sure and not (style.unquoted and (_are_quoted(page, answers) or not _are_told(page, questions, answers)))
    return exchange(convention, page, groups, sure, reason)


def _leave_parts(page: Page, groups: Groups) -> None:
    """Leave out what stands under headings that ask nothing, after three or more all of which ask."""
    asks = [any(holds_question(page.text, p) for p in group) for styled, group in groups if styled]
    whole = next((number for number, asked in enumerate(asks) if not asked), len(asks))
    if whole >= LEAST and not any(asks[whole:]):
        del groups[2 * whole :]


def _in_order(paragraphs: Sequence[Paragraph]) -> list[set[int]]:
    """Return the rows whose numbers go up one by one; a list inside an answer begins again at 1."""
    found: set[int] = set()
    last = None
    for paragraph in paragraphs:
        if paragraph.number is not None and (last is None or paragraph.number in (last + 1, last + 2)):
            last = paragraph.number
            found.add(paragraph.first)
    return [found]


def _below_title(page: Page, group: list[Paragraph]) -> list[Paragraph]:
    """Leave out what stands above the first question in its style, divided by a blank line: title and deck."""
    asking = next((number for number, p in enumerate(group) if holds_question(page.text, p)), 0)
    breaks = [n for n in range(1, asking + 1) if group[n].first > group[n - 1].last + 1]
    return group[breaks[-1] :] if breaks else group


def _stands_apart(page: Page, before: Paragraph, after: Paragraph) -> bool:
    """Whether a separator divides two paragraphs: what follows the last question then is a signature."""
    return any(page.rows[number].kind == "separator" for number in range(before.last + 1, after.first))


def _announced(page: Page, first: int) -> bool:
    """Whether the text before row `first` says that an interview follows."""
    start = page.rows[first].start
    return within("interview_words").search(page.text, max(0, start - 3000), start) is not None


def _are_options(page: Page, answers: list[list[Paragraph]]) -> bool:
    """Whether what follows the questions is choices (`a) …`): then it is a quiz."""
    options = sum(_OPTION.match(page.text, page.rows[group[0].first].first) is not None for group in answers)
    return options > 0.5 * len(answers)


def _are_quoted(page: Page, answers: list[list[Paragraph]]) -> bool:
    """Whether answers begin or end with quotation marks: then this is a story."""
    edges = [(page.text[p.start], page.text[p.end - 1]) for group in answers for p in group if p.start < p.end]
    return sum(first in _OPENS or last in _CLOSES for first, last in edges) > 0.1 * len(edges)


def _are_told(page: Page, questions: list[list[Paragraph]], answers: list[list[Paragraph]]) -> bool:
    """Whether answers are somebody's own words: many say `I`, or an interview is announced where `I` is left out."""
    if needs_pronouns(page):
        return personal_share(page, [], answers) >= 0.4
    return _announced(page, questions[0][0].first)


def _is_lede(page: Page, group: list[Paragraph], paragraphs: list[Paragraph]) -> bool:
    """Whether a group in the style of the questions is title or lede: it asks nothing and comes first, or is long."""
    if any(holds_question(page.text, paragraph) for paragraph in group):
        return False
    following = page.next_text(group[-1].last)
    if following is not None and _is_byline(page, page.rows[following].first, page.rows[following].last):
        return True
    if len(group) == 1 and _is_byline(page, group[0].start, group[0].end):
        return True
    first = group[0].first == paragraphs[0].first
    return first or sum(paragraph.end - paragraph.start for paragraph in group) > 300


def _is_byline(page: Page, start: int, end: int) -> bool:
    """Whether a line names who made the text, whatever its emphasis."""
    while start < end and page.text[start] in "*_":
        start, end = start + 1, end - (page.text[end - 1] in "*_")
    return bool(byline_facts(page.text, start, end))


STYLES: tuple[Styled, ...] = (
    Styled(
        name="bold-question",
        family="form",
        summary="Bold paragraphs are the questions.",
        example="**When did you begin?**⏎In May.",
        evidence=_STYLE,
        confidence=0.93,
        over_labels=True,
        style=Style(rows=alike(lambda paragraph: paragraph.strong == "bold" and not paragraph.level)),
    ),
    Styled(
        name="italic-question",
        family="form",
        summary="Italic paragraphs are the questions.",
        example="*When did you begin?*⏎In May.",
        evidence=_STYLE,
        confidence=0.92,
        over_labels=True,
        style=Style(rows=alike(lambda paragraph: paragraph.strong == "italic" and not paragraph.level)),
    ),
    Styled(
        name="heading-question",
        family="form",
        summary="Headings are the questions.",
        example="### When did you begin?⏎In May.",
        evidence=_STYLE,
        confidence=0.92,
        over_labels=True,
        style=Style(rows=alike(lambda paragraph: paragraph.level), parts=True),
    ),
    Styled(
        name="caps-question",
        family="form",
        summary="Paragraphs in capitals are the questions.",
        example="WHEN DID YOU BEGIN?⏎In May.",
        evidence=_STYLE,
        confidence=0.9,
        over_labels=True,
        style=Style(rows=alike(lambda paragraph: paragraph.caps and not paragraph.level and not paragraph.strong)),
    ),
    Styled(
        name="quoted-question",
        family="form",
        summary="Quoted blocks are the questions.",
        example="> When did you begin?⏎In May.",
        evidence=_STYLE,
        confidence=0.88,
        style=Style(rows=alike(lambda paragraph: paragraph.quoted), asking=0.65, signed=True),
    ),
    Styled(
        name="quotes-question",
        family="form",
        summary="Paragraphs in quotation marks are the questions.",
        example="“When did you begin?”⏎In May.",
        evidence=_STYLE,
        confidence=0.86,
        style=Style(
            rows=alike(lambda paragraph: paragraph.spoken and not paragraph.sign and not paragraph.strong),
            asking=0.9,
            crowded=1.1,
            personal=0.4,
            signed=True,
            unquoted=True,
        ),
    ),
    Styled(
        name="dash-question",
        family="form",
        summary="Paragraphs with a dash or bullet are the questions.",
        example="– When did you begin?⏎In May.",
        evidence=_STYLE,
        confidence=0.9,
        style=Style(rows=alike(_sign), asking=0.65, crowded=1.4, signed=True, narrated=True, pair=True),
    ),
    Styled(
        name="numbered-question",
        family="form",
        summary="Numbered paragraphs are the questions.",
        example="1. When did you begin?⏎In May.",
        evidence=_STYLE,
        confidence=0.9,
        over_labels=True,
        style=Style(rows=_in_order, last=True, personal=0.4, listed=True),
    ),
)
