"""Conventions of form without a style of questions: signs, or question marks alone, tell question from answer."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.conventions._base import Alternating
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
from onrecord.stages.layout.model import Verdict
from onrecord.stages.layout.narration import is_told
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.paragraphs import Paragraph, holds_question


def _dialogue(convention: Convention, page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether every turn begins with the same dash, questions and answers by turns."""
    signs = Counter(paragraph.sign for paragraph in paragraphs if paragraph.sign in DASHES)
    if not signs:
        return None
    sign, count = signs.most_common(1)[0]
    if count < 4:
        return None
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.sign == sign:
            groups.append([paragraph])
        elif groups and not paragraph.level and not paragraph.event:
            groups[-1].append(paragraph)
    asks = _alternate(groups)
    labelled = list(zip(asks, groups, strict=True))
    asked = [group[0].asks for is_question, group in labelled if is_question]
    told = [group[0].asks for is_question, group in labelled if not is_question]
    turns = sum(a != b for a, b in pairwise(asks))
    share = count / sum(len(group) for group in groups)
    narrated = sum(is_told(page.text, group[0].start, group[0].end) for group in groups)
    length = sum(group[0].end - group[0].start for group in groups) / count
    reason = f"{count} paragraphs begin with {sign!r}, {sum(asked)} of {len(asked)} that stand for questions ask"
    solid = (share >= 0.9 and count >= 6 and sign not in ("-", "*", "•")) or (bool(groups[0][0].tight) and share >= 0.9)
    asked_enough = sum(asked) >= 0.5 * len(asked) or (
        solid and sum(holds_question(page.text, g[0]) for g in groups) >= 2
    )
    strict = share == 1.0 and len(asked) >= 3 and all(asked) and not any(told) and not narrated
    sure = (
        min(len(asked), len(told)) >= 2
        and asked_enough
        and sum(told) <= 0.35 * len(told)
        and turns >= 0.8 * (count - 1)
        and (count >= 6 or share >= 0.6)
        and narrated <= 0.2 * count
        and (length >= 25 or (length >= 10 and strict))
    )
    return exchange(convention, page, labelled, sure, reason)


def _alternate(groups: list[list[Paragraph]]) -> list[bool]:
    """Return for each turn whether it is a question: the likeliest sequence that mostly alternates (Viterbi)."""
    best = (0.0, 0.0)
    came: list[tuple[bool, bool]] = []
    for group in groups:
        asks, goes_on = group[0].asks, len(group) > 1
        as_question = (1.0 if asks else -0.5) - (0.6 if goes_on else 0.0)
        as_answer = (-0.8 if asks else 0.3) + min(0.4, (group[0].end - group[0].start) / 1500)
        from_question = (best[0] - 1.2 >= best[1], best[0] >= best[1] - 1.2)
        came.append(from_question)
        best = (
            max(best[0] - 1.2, best[1]) + as_question,
            max(best[0], best[1] - 1.2) + as_answer,
        )
    path = [best[0] >= best[1]]
    for to_question, to_answer in reversed(came[1:]):
        path.append(to_question if path[-1] else to_answer)
    return path[::-1]


def _signed_answers(convention: Convention, page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether answers begin with a sign and the paragraph before each of them asks."""
    signs = Counter(paragraph.sign for paragraph in paragraphs if paragraph.sign in DASHES)
    if not signs:
        return None
    sign, count = signs.most_common(1)[0]
    groups: Groups = []
    asked = told = paired = 0
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        if paragraph.event or paragraph.level:
            continue
        if paragraph.sign == sign:
            paired += bool(groups) and groups[-1][0]
            told += paragraph.asks
            groups.append((False, [paragraph]))
        elif following is not None and following.sign == sign and (paragraph.asks or groups):
            asked += paragraph.asks
            groups.append((True, [paragraph]))
        elif groups and not groups[-1][0]:
            groups[-1][1].append(paragraph)
    questions = sum(styled for styled, _ in groups)
    if questions < LEAST or count < LEAST:
        return None
    personal = personal_share(page, [g for styled, g in groups if styled], [g for styled, g in groups if not styled])
    reason = f"{count} paragraphs begin with {sign!r}, {asked} of {questions} before them ask"
    sure = (
        not is_narrated(page, groups)
        and asked >= 0.75 * questions
        and paired >= 0.75 * count
        and told <= 0.25 * count
        and personal >= 0.4
        and sum(len(group) for _, group in groups) <= 2.5 * len(groups)
    )
    return exchange(convention, page, groups, sure, reason)


def _two_signs(convention: Convention, page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether questions begin with one sign and answers with another."""
    signs = Counter(paragraph.sign for paragraph in paragraphs if paragraph.sign in DASHES).most_common(2)
    if len(signs) < 2 or signs[1][1] < LEAST:
        return None
    chosen = {sign for sign, _ in signs}
    order = [paragraph for paragraph in paragraphs if paragraph.sign in chosen]
    shares = {sign: sum(p.asks for p in order if p.sign == sign) / count for sign, count in signs}
    asking = max(shares, key=lambda sign: shares[sign])
    other = min(shares, key=lambda sign: shares[sign])
    turns = sum(a.sign != b.sign for a, b in pairwise(order)) / (len(order) - 1)
    groups: Groups = []
    for paragraph in order:
        if groups and groups[-1][0] == (paragraph.sign == asking):
            groups[-1][1].append(paragraph)
        else:
            groups.append((paragraph.sign == asking, [paragraph]))
    reason = f"{asking!r} asks in {shares[asking]:.0%} and {other!r} in {shares[other]:.0%} of the paragraphs"
    asked, told = ([group for styled, group in groups if styled is sort] for sort in (True, False))
    sure = shares[asking] >= 0.6 and shares[other] <= 0.3 and turns >= 0.7 and asking != other
    sure = sure and personal_share(page, asked, told) >= 0.25
    return exchange(convention, page, groups, sure, reason)


def _questions(convention: Convention, page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether paragraphs that end with a question mark alternate with paragraphs that answer them."""
    plain = [p for p in paragraphs if not p.level]
    by_line = _line_by_line(convention, page, [p for p in plain if not p.event])
    if by_line is not None:
        return by_line
    groups = grouped(plain, lambda p: p.asks)
    while groups and not groups[0][0]:
        groups.pop(0)
    questions = [group for styled, group in groups if styled]
    answers = [group for styled, group in groups if not styled]
    if len(questions) < 4 or len(answers) < 4:
        return None
    groups = _imperatives(groups)
    questions = [group for styled, group in groups if styled]
    answers = [group for styled, group in groups if not styled]
    crowded = sum(chunks(group) for group in questions) / len(questions)
    share = len(questions) / sum(len(group) for _, group in groups)
    long = max(len(group) for group in answers)
    short = sum(group[0].end - group[0].start <= 400 for group in questions) / len(questions)
    personal = personal_share(page, questions, answers)
    reason = (
        f"{len(questions)} paragraphs ask, each followed by {1 / share - 1:.1f} others, {personal:.0%} are personal"
    )
    quoted = sum(page.text[group[0].start] in "\"“„«‘'»" for group in questions)
    sure = (
        quoted <= 0.3 * len(questions)
        and crowded <= 1.25
        and share >= 0.22
        and long <= 12
        and personal >= 0.4
        and short >= 0.8
    )
    sure = sure and (len(questions) >= 6 or share >= 0.4)
    return exchange(convention, page, groups, sure, reason)


def _line_by_line(convention: Convention, page: Page, plain: list[Paragraph]) -> Verdict | None:
    """Judge whether every second paragraph asks: then requests are questions, and an answer may ask back."""
    start = next((number for number, paragraph in enumerate(plain) if paragraph.asks), len(plain))
    lines = plain[start:]
    asked, told = lines[0::2], lines[1::2]
    if len(told) < 4 or sum(p.asks for p in asked) < 0.7 * len(asked) or sum(p.asks for p in told) > 0.25 * len(told):
        return None
    lines = lines[: 2 * len(told)]
    asked = lines[0::2]
    personal = personal_share(page, [[p] for p in asked], [[p] for p in told])
    sure = personal >= 0.4 and sum(page.text[p.start] in "\"“„«‘'»" for p in asked) <= 0.3 * len(asked)
    reason = f"every second of {len(lines)} paragraphs asks, {personal:.0%} of the exchanges are personal"
    groups = [(number % 2 == 0, [paragraph]) for number, paragraph in enumerate(lines)]
    return exchange(convention, page, groups, sure, reason) if sure else None


def _imperatives(groups: Groups) -> Groups:
    """Where all other answers have one paragraph, read three in a row as answer, question without a mark, answer."""
    sizes = [len(group) for styled, group in groups if not styled]
    if sizes.count(1) < 0.75 * len(sizes) or any(size not in (1, 3) for size in sizes[:-1]):
        return groups
    found: Groups = []
    for styled, group in groups:
        if not styled and len(group) == 3:
            found += [(False, group[:1]), (True, group[1:2]), (False, group[2:])]
        else:
            found.append((styled, group))
    return found


PARAGRAPHS: tuple[Alternating, ...] = (
    Alternating(
        name="dash-dialogue",
        family="form",
        summary="Every turn begins with the same dash.",
        example="– When did you begin?⏎– In May.",
        evidence="paragraphs with a dash, of which every other one asks",
        confidence=0.88,
        propose=_dialogue,
    ),
    Alternating(
        name="dash-answer",
        family="form",
        summary="Answers begin with a dash or bullet, questions are plain.",
        example="When did you begin?⏎– In May.",
        evidence="paragraphs that ask, each followed by one with the same sign that does not",
        confidence=0.9,
        propose=_signed_answers,
    ),
    Alternating(
        name="two-signs",
        family="form",
        summary="Questions begin with one sign, answers with another.",
        example="– When did you begin?⏎▪ In May.",
        evidence="two signs that alternate, one of which asks",
        confidence=0.91,
        propose=_two_signs,
    ),
    Alternating(
        name="question-paragraph",
        family="form",
        summary="Nothing is marked: paragraphs that ask alternate with paragraphs that answer.",
        example="When did you begin?⏎In May.",
        evidence="many paragraphs that end with a question mark, each followed by ones that do not",
        confidence=0.8,
        last_resort=True,
        propose=_questions,
    ),
)
