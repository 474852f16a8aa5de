"""Labels of one side alone: only the questions have one, or only the answers, and plain paragraphs are the others."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.stages.layout import conventions
from onrecord.stages.layout.model import Opening, Tried, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.speech import addresses, impersonal, row_asks
from onrecord.stages.layout.voices import Voice, initials_of
from onrecord.stages.layout.words import fold


def question_only(page: Page, openings: list[Opening], voices: dict[str, Voice]) -> Verdict | None:
    """Read texts in which only the questions are labelled: paragraphs without a label answer."""
    if not voices:
        return None
    key = max(voices, key=lambda name: voices[name].count)
    kind = voices[key].label.kind
    keys = {key}
    if voices[key].label.role == "question":  # only numbers tell such labels apart
        keys = {name for name, voice in voices.items() if voice.label.role == "question"}
    labelled = [opening for opening in openings if opening.key in keys and opening.label is not None]
    if len(labelled) < 3 or voices[key].label.role == "answer" or kind in ("bad", "word", "phrase"):
        return None
    asking = sum(row_asks(page, opening.row) for opening in labelled)
    if asking < 0.6 * len(labelled):
        return None
    convention = conventions.REGISTRY.reading["questions-only"]
    made: list[Opening] = []
    answered = 0
    rows = {o.row for o in openings if o.key in keys or (o.key in voices and voices[o.key].label.kind == "caps")}
    for opening in labelled:
        made.append(opening._replace(form=convention, role="question"))
        following = page.next_paragraph(opening.row)
        if following is not None and following not in rows and page.rows[following].kind == "text":
            answered += 1
            row = page.rows[following]
            made.append(Opening(following, page.outset(row), convention, None, "", row.first, role="answer"))
    if answered < 0.8 * len(labelled):
        return None
    made = _answers_labelled(page, made)
    if len(keys) > 1 and (impersonal(page, made) or _are_choices(page, made)):
        return None  # the numbered questions of an exam or a form are put to nobody
    reason = f"{asking} of {len(labelled)} paragraphs with this label ask, and paragraphs without one follow"
    tried = Tried(convention.name, len(labelled), len(made), 2, len(made) * convention.confidence, False, reason)
    return Verdict(convention, made, tried, frozenset(keys), openings)


def _are_choices(page: Page, made: list[Opening]) -> bool:
    """Whether what follows the questions is choices (`Yes / No`)."""
    told = [opening for opening in made if opening.role == "answer"]
    return sum(page.text.find(" / ", o.body, page.rows[o.row].last) >= 0 for o in told) > 0.5 * len(told)


def _answers_labelled(page: Page, made: list[Opening]) -> list[Opening]:
    """Read the one word that all answers begin with, before the mark of the questions' label, as their label."""
    asked = next(o for o in made if o.label is not None)
    mark = page.text[asked.label[1] if asked.label else asked.body : asked.body].strip()
    told = [opening for opening in made if opening.role == "answer"]
    if not mark or any(map(str.isalnum, mark)):
        return made
    pattern = re.compile(rf"([^\W\d_][\w’'-]{{0,15}})[ \t]*{re.escape(mark)}[ \t]*(?=\S)")
    found = {o.at: match for o in told if (match := pattern.match(page.text, o.body, page.rows[o.row].last))}
    if len(found) < len(told) or len({match[1] for match in found.values()}) > 1:
        return made
    return [
        opening._replace(label=match.span(1), key=fold(match[1]), body=match.end())
        if (match := found.get(opening.at)) is not None
        else opening
        for opening in made
    ]


def answer_only(page: Page, openings: list[Opening], voices: dict[str, Voice]) -> Verdict | None:
    """Read texts in which only the answers are labelled: the plain paragraph before each of them asks."""
    if len(openings) < 3 or page.cued or not _one_voice(voices):
        return None
    convention = conventions.REGISTRY.reading["answers-only"]
    rows = {opening.row for opening in openings}
    made: list[Opening] = []
    asked = 0
    for number, opening in enumerate(openings):
        last = openings[number - 1] if number else None
        above = _paragraph_above(page, opening.row, last)
        if above is not None and above[0] not in rows:
            asks = row_asks(page, above[1])
            asked += asks
            request = last is None and addresses(page.text[page.rows[above[0]].first : page.rows[above[1]].last])
            if asks or request or (last is not None and page.next_paragraph(last.row) == above[0]):
                row = page.rows[above[0]]
                made.append(Opening(above[0], page.outset(row), convention, None, "", row.first, role="question"))
        made.append(opening._replace(form=convention, role="answer"))
    first_words = Counter((page.text[o.body : o.body + 20].split() or [""])[0] for o in made if o.role == "question")
    if asked < max(2, 0.6 * len(openings)) or max(first_words.values()) > 0.6 * len(first_words.values()) + 1:
        return None  # what all of them begin with is a label, too
    reason = f"{asked} of {len(openings)} paragraphs before this label ask"
    tried = Tried(convention.name, len(openings), len(made), 2, len(made) * convention.confidence, False, reason)
    return Verdict(convention, made, tried, frozenset(voices), openings)


def _one_voice(voices: dict[str, Voice]) -> bool:
    """Whether all labels are those of one voice that may answer: a name, and what goes on for it."""
    if not voices or any(
        v.label.role == "question" or v.label.kind in ("bad", "word", "phrase") for v in voices.values()
    ):
        return False
    longest = max(voices, key=len)
    short = {longest, initials_of(longest), longest.split()[-1], longest.split()[0]}
    return all(key.replace(" ", "") in short or key in short for key in voices)


def _paragraph_above(page: Page, number: int, last: Opening | None) -> tuple[int, int] | None:
    """Return first and last row of the plain paragraph before row `number`, if `last` says something before it."""
    until = number - 1
    while until >= 0 and page.rows[until].kind == "blank":
        until -= 1
    least = -1 if last is None else last.row if not last.own_line else page.next_text(last.row) or last.row
    at = until
    while page.wrapped and at - 1 > least and page.rows[at - 1].kind == "text":
        at -= 1
    if at <= least:
        return None
    row = page.rows[at]
    return (at, until) if row.kind == "text" and not (row.strong or row.bullet or row.quoted) else None
