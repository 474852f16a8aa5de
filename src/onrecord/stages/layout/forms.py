"""Conventions of form: turns without labels, where style, signs or question marks tell question from answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.bounds import is_announcement
from onrecord.stages.layout.conventions import BY_NAME, Convention
from onrecord.stages.layout.front import byline_facts
from onrecord.stages.layout.judge import Verdict
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Tried
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.paragraphs import Paragraph, holds_question, paragraphs_of
from onrecord.stages.layout.speech import needs_pronouns
from onrecord.stages.layout.words import fold, folded, within

_DASHES = frozenset("-–—―‒−•·●▪■►▶▸➤→◆◇○»*") | {"->", "-->", "=>", "==>"}
_OPTION = re.compile(r"[(\[]?[A-Da-d][.)\]][ \t]")
_NARRATED = re.compile(r"[,!?.…]\s?[-–—]\s?[a-zа-яёіїєáéíóúñçşğ]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WIDE = re.compile(
    r"(?:(?P<wide>[^\s\u3000]{1,16})\u3000|@(?P<nick>[^\s@:]{1,30}):?[ \t]+"
    r"|[*_]{2}(?P<strong>[^*_\n:]{1,40})[*_]{2}:?[ \t]+|(?P<name>[^\s:：][^\n:：]{0,40}?)[ ]?[:：][ \t]*)(?=\S)"
)
_MINIMUM = 3


def propose(page: Page, first: int, last: int) -> list[Verdict]:
    """Return what every convention of form makes of the rows `first … last - 1`."""
    paragraphs = list(paragraphs_of(page, first, last))
    if len(paragraphs) < 4:
        return []
    if not any(holds_question(page.text, paragraph) for paragraph in paragraphs):
        return []
    found = [_styled(page, paragraphs, name, rows) for name, rows in _styles(paragraphs)]
    found += [
        _dialogue(page, paragraphs),
        _signed_answers(page, paragraphs),
        _two_signs(page, paragraphs),
        _questions(page, paragraphs),
    ]
    return [verdict for verdict in found if verdict is not None]


def _styles(paragraphs: list[Paragraph]) -> list[tuple[str, set[int]]]:
    """Return the styles that could mark questions: the convention each belongs to, and the rows that have it."""
    groups: dict[tuple[str, object], set[int]] = {}
    for paragraph in paragraphs:
        for key in _style_keys(paragraph):
            groups.setdefault(key, set()).add(paragraph.first)
    styles = [(name, rows) for (name, _), rows in groups.items() if len(rows) >= _LEAST.get(name, _MINIMUM)]
    numbered = _in_order(paragraphs)
    return [*styles, ("numbered-question", numbered)] if len(numbered) >= _MINIMUM else styles


_LEAST = {"dash-question": 2}
_SIGNED = ("dash-question", "quoted-question")
"""Styles no title or deck has."""


def _style_keys(paragraph: Paragraph) -> Iterator[tuple[str, object]]:
    if paragraph.strong and not paragraph.level:
        yield f"{paragraph.strong}-question", None
    if paragraph.level:
        yield "heading-question", paragraph.level
    if paragraph.caps and not paragraph.level and not paragraph.strong:
        yield "caps-question", None
    if paragraph.quoted:
        yield "quoted-question", None
    if paragraph.sign in _DASHES or (len(paragraph.sign) == 2 and paragraph.sign[0] in _DASHES):
        yield "dash-question", paragraph.sign


def _in_order(paragraphs: list[Paragraph]) -> set[int]:
    """Return the rows whose numbers go up one by one; a list inside an answer begins again at 1."""
    found: set[int] = set()
    last = None
    for paragraph in paragraphs:
        if paragraph.number is not None and (last is None or paragraph.number in (last + 1, last + 2)):
            last = paragraph.number
            found.add(paragraph.first)
    return found


def _styled(page: Page, paragraphs: list[Paragraph], name: str, rows: set[int]) -> Verdict | None:
    """Judge whether the paragraphs of one style are the questions and those without it the answers."""
    groups = _grouped(paragraphs, lambda paragraph: paragraph.first in rows)
    while groups and (not groups[0][0] or (name not in _SIGNED and _is_lede(page, groups[0][1], paragraphs))):
        groups.pop(0)
    if (
        groups
        and groups[0][1][0] is paragraphs[0]
        and all(_chunks(group) == 1 for styled, group in groups[1:] if styled)
    ):
        groups[0] = (True, _below_title(page, groups[0][1]))
    questions = [group for styled, group in groups if styled]
    answers = [group for styled, group in groups if not styled]
    if len(questions) < 2 or len(answers) < len(questions) - 1:
        return None
    if not groups[-1][0] and _stands_apart(page, groups[-2][1][-1], groups[-1][1][0]):
        groups.pop()
    if groups[-1][0] and is_announcement(page.text, groups[-1][1][0].start, groups[-1][1][0].end):
        groups.pop()
    asking = sum(any(holds_question(page.text, p) for p in group) for group in questions) / len(questions)
    crowded = sum(_chunks(group) for group in questions) / len(questions)
    personal = _personal(page, questions, answers)
    reason = (
        f"{asking:.0%} of {len(questions)} paragraphs of this style ask, {personal:.0%} of the exchanges are personal"
    )
    if name == "dash-question" and _is_narrated(page, groups):
        return _verdict(page, name, groups, False, "a narrator speaks beside the dashes")
    if len(questions) == 2:
        said = sum(len(group) for _, group in groups)
        sure = name == "dash-question" and len(groups) >= 4 and said <= 6 and personal >= 0.5
        sure = sure and asking >= (0.5 if _announced(page, questions[0][0].first) else 1.0)
        return _verdict(page, name, groups, sure, reason)
    sure = asking >= 0.5 and crowded <= (1.4 if name == "dash-question" else 2.2) and personal >= 0.25
    if name in ("quoted-question", "dash-question") and asking < 0.65:
        sure = False
    if name == "numbered-question" and (personal < 0.4 or _are_options(page, answers)):
        sure = False
    return _verdict(page, name, groups, sure, reason)


def _below_title(page: Page, group: list[Paragraph]) -> list[Paragraph]:
    """Leave out what stands above the first question in its style, divided by a blank line: title and deck."""
    asking = next((number for number, p in enumerate(group) if holds_question(page.text, p)), 0)
    breaks = [n for n in range(1, asking + 1) if group[n].first > group[n - 1].last + 1]
    return group[breaks[-1] :] if breaks else group


def _is_narrated(page: Page, groups: list[tuple[bool, list[Paragraph]]]) -> bool:
    """Whether words of a narrator follow what is said after dashes (`— Who? — asked Tom`): then it is a story."""
    said = [group[0] for _, group in groups if group[0].sign]
    told = sum(_NARRATED.search(page.text, p.start, min(p.end, p.start + 200)) is not None for p in said)
    return told > 0.2 * len(said)


def _stands_apart(page: Page, before: Paragraph, after: Paragraph) -> bool:
    """Whether a separator divides two paragraphs: what follows the last question then is a signature."""
    return any(page.rows[number].kind == "separator" for number in range(before.last + 1, after.first))


def _announced(page: Page, first: int) -> bool:
    """Whether the text before row `first` says that an interview follows."""
    start = page.rows[first].start
    return within("interview_words").search(page.text, max(0, start - 3000), start) is not None


def _chunks(group: list[Paragraph]) -> int:
    """Return how many paragraphs a group has when only blank lines divide them."""
    return 1 + sum(after.first > before.last + 1 for before, after in pairwise(group))


def _are_options(page: Page, answers: list[list[Paragraph]]) -> bool:
    """Whether what follows the questions is choices (`a) …`): then it is a quiz."""
    options = sum(_OPTION.match(page.text, page.rows[group[0].first].first) is not None for group in answers)
    return options > 0.5 * len(answers)


def _verdict(page: Page, name: str, groups: list[tuple[bool, list[Paragraph]]], sure: bool, reason: str) -> Verdict:
    convention = BY_NAME[name]
    openings = [_opening(page, convention, _first_said(group), styled) for styled, group in groups] if sure else []
    score = len(openings) * convention.confidence
    tried = Tried(name, len(groups), len(openings), 2 if openings else 0, round(score, 2), False, reason)
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
        replace(o, label=labels[o.at], key=read_label(page.text[slice(*labels[o.at])]).key, body=names[o.at].end())
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
    return Opening(paragraph.first, page.outset(row), convention.name, None, "", paragraph.start, role=role)


def _grouped(paragraphs: list[Paragraph], style: Callable[[Paragraph], bool]) -> list[tuple[bool, list[Paragraph]]]:
    groups: list[tuple[bool, list[Paragraph]]] = []
    for paragraph in paragraphs:
        styled = style(paragraph)
        if groups and groups[-1][0] == styled:
            groups[-1][1].append(paragraph)
        elif styled or not paragraph.level:
            groups.append((styled, [paragraph]))
    return groups


def _is_lede(page: Page, group: list[Paragraph], paragraphs: list[Paragraph]) -> bool:
    """Whether a group in the style of the questions is title or lede: it asks nothing and comes first, or is long."""
    if any(holds_question(page.text, paragraph) for paragraph in group):
        return False
    first = group[0].first == paragraphs[0].first
    following = page.next_text(group[-1].last)
    if following is not None:
        row = page.rows[following]
        start, end = row.first, row.last
        while start < end and page.text[start] in "*_":
            start, end = start + 1, end - (page.text[end - 1] in "*_")
        if byline_facts(page.text, start, end):
            return True
    return first or sum(paragraph.end - paragraph.start for paragraph in group) > 300


def _personal(page: Page, questions: list[list[Paragraph]], answers: list[list[Paragraph]]) -> float:
    """Return the share of exchanges that speak to `you` or of `I`.

    Explainers and lists of frequent questions ask, too, but nobody speaks in them. Languages that leave pronouns out
    say less, so that the absence of these words counts only where the language needs them.
    """
    if not needs_pronouns(page):
        return 1.0
    spoken = sum(_speaks(page.text, group, "second_person") for group in questions)
    spoken_of = sum(_speaks(page.text, group, "first_person") for group in answers)
    return max(spoken / len(questions), spoken_of / max(1, len(answers)))


def _speaks(text: str, group: list[Paragraph], key: str) -> bool:
    wanted = folded(key)
    for paragraph in group[:3]:
        piece = text[paragraph.start : min(paragraph.end, paragraph.start + 400)].lower()
        if any(fold(word) in wanted for word in _WORD.findall(piece)):
            return True
    return False


def _dialogue(page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether every turn begins with the same dash, questions and answers by turns."""
    signs = Counter(paragraph.sign for paragraph in paragraphs if paragraph.sign in _DASHES)
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
    narrated = sum(_NARRATED.search(page.text, g[0].start, min(g[0].end, g[0].start + 200)) is not None for g in groups)
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
    return _verdict(page, "dash-dialogue", labelled, sure, reason)


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


def _two_signs(page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether questions begin with one sign and answers with another."""
    signs = Counter(paragraph.sign for paragraph in paragraphs if paragraph.sign in _DASHES).most_common(2)
    if len(signs) < 2 or signs[1][1] < _MINIMUM:
        return None
    chosen = {sign for sign, _ in signs}
    order = [paragraph for paragraph in paragraphs if paragraph.sign in chosen]
    shares = {sign: sum(p.asks for p in order if p.sign == sign) / count for sign, count in signs}
    asking = max(shares, key=lambda sign: shares[sign])
    other = min(shares, key=lambda sign: shares[sign])
    turns = sum(a.sign != b.sign for a, b in pairwise(order)) / (len(order) - 1)
    groups: list[tuple[bool, list[Paragraph]]] = []
    for paragraph in order:
        if groups and groups[-1][0] == (paragraph.sign == asking):
            groups[-1][1].append(paragraph)
        else:
            groups.append((paragraph.sign == asking, [paragraph]))
    reason = f"{asking!r} asks in {shares[asking]:.0%} and {other!r} in {shares[other]:.0%} of the paragraphs"
    sure = shares[asking] >= 0.6 and shares[other] <= 0.3 and turns >= 0.7 and asking != other
    return _verdict(page, "two-signs", groups, sure, reason)


def _signed_answers(page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether answers begin with a sign and the paragraph before each of them asks."""
    signs = Counter(paragraph.sign for paragraph in paragraphs if paragraph.sign in _DASHES)
    if not signs:
        return None
    sign, count = signs.most_common(1)[0]
    groups: list[tuple[bool, list[Paragraph]]] = []
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
    if questions < _MINIMUM or count < _MINIMUM:
        return None
    personal = _personal(page, [g for styled, g in groups if styled], [g for styled, g in groups if not styled])
    reason = f"{count} paragraphs begin with {sign!r}, {asked} of {questions} before them ask"
    sure = (
        not _is_narrated(page, groups)
        and asked >= 0.75 * questions
        and paired >= 0.75 * count
        and told <= 0.25 * count
        and personal >= 0.4
        and sum(len(group) for _, group in groups) <= 2.5 * len(groups)
    )
    return _verdict(page, "dash-answer", groups, sure, reason)


def _imperatives(groups: list[tuple[bool, list[Paragraph]]]) -> list[tuple[bool, list[Paragraph]]]:
    """Where all other answers have one paragraph, read three in a row as answer, question without a mark, answer."""
    sizes = [len(group) for styled, group in groups if not styled]
    if sizes.count(1) < 0.75 * len(sizes) or any(size not in (1, 3) for size in sizes[:-1]):
        return groups
    found: list[tuple[bool, list[Paragraph]]] = []
    for styled, group in groups:
        if not styled and len(group) == 3:
            found += [(False, group[:1]), (True, group[1:2]), (False, group[2:])]
        else:
            found.append((styled, group))
    return found


def _line_by_line(page: Page, plain: list[Paragraph]) -> Verdict | None:
    """Judge whether every second paragraph asks: then requests are questions, and an answer may ask back."""
    start = next((number for number, paragraph in enumerate(plain) if paragraph.asks), len(plain))
    lines = plain[start:]
    asked, told = lines[0::2], lines[1::2]
    if len(told) < 4 or sum(p.asks for p in asked) < 0.7 * len(asked) or sum(p.asks for p in told) > 0.25 * len(told):
        return None
    lines = lines[: 2 * len(told)]
    asked = lines[0::2]
    personal = _personal(page, [[p] for p in asked], [[p] for p in told])
    sure = personal >= 0.4 and sum(page.text[p.start] in "\"“„«‘'»" for p in asked) <= 0.3 * len(asked)
    reason = f"every second of {len(lines)} paragraphs asks, {personal:.0%} of the exchanges are personal"
    groups = [(number % 2 == 0, [paragraph]) for number, paragraph in enumerate(lines)]
    return _verdict(page, "question-paragraph", groups, sure, reason) if sure else None


def _questions(page: Page, paragraphs: list[Paragraph]) -> Verdict | None:
    """Judge whether paragraphs that end with a question mark alternate with paragraphs that answer them."""
    plain = [p for p in paragraphs if not p.level]
    by_line = _line_by_line(page, [p for p in plain if not p.event])
    if by_line is not None:
        return by_line
    groups = _grouped(plain, lambda p: p.asks)
    while groups and not groups[0][0]:
        groups.pop(0)
    questions = [group for styled, group in groups if styled]
    answers = [group for styled, group in groups if not styled]
    if len(questions) < 4 or len(answers) < 4:
        return None
    groups = _imperatives(groups)
    questions = [group for styled, group in groups if styled]
    answers = [group for styled, group in groups if not styled]
    crowded = sum(_chunks(group) for group in questions) / len(questions)
    share = len(questions) / sum(len(group) for _, group in groups)
    long = max(len(group) for group in answers)
    short = sum(group[0].end - group[0].start <= 400 for group in questions) / len(questions)
    personal = _personal(page, questions, answers)
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
    return _verdict(page, "question-paragraph", groups, sure, reason)
