"""Whether people speak: sentences after labels, questions, and pronouns of an exchange."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.stages.layout.language import words_in
from onrecord.stages.layout.model import Opening
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.words import fold, folded

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = '.?!…。？！」”"؟*_>'
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]")
_REQUEST = 300
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u0fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_speech(page: Page, opening: Opening, *, chat: bool = False) -> bool:
    """Whether what follows the label reads as speech: a sentence, or words of some length; in a chat any words."""
    row = page.rows[opening.row]
    start, end = opening.body, row.last
    if opening.own_line:
        following = page.next_text(opening.row)
        if following is None or page.rows[following].kind not in ("text", "event") or page.rows[following].bullet:
            return False
        start, end = page.rows[following].first, page.rows[following].last
    if end <= start:
        return False
    piece = page.text[start : min(end, start + 300)]
    if not _LETTERS.search(piece):
        return False
    if page.cued or (chat and opening.stamped) or page.text[end - 1] in _ENDS:
        return True
    if _UNCASED.search(piece):
        return len(piece) >= 8
    words_ = piece.split()
    if piece.isupper():
        return len(words_) >= 3
    return len(piece) >= 12 and sum(word[0].islower() for word in words_) >= 3


def unspoken(page: Page, openings: list[Opening]) -> bool:
    """Whether nobody asks or speaks to anybody in a text of a language that needs pronouns for it."""
    return not page.cued and needs_pronouns(page) and not conversational(page, openings)


def silent(page: Page, openings: list[Opening]) -> bool:
    """Whether a text in a language that needs pronouns hardly has any after its labels, nor questions."""
    return not page.cued and needs_pronouns(page) and not conversational(page, openings, 0.15)


def chats(page: Page, openings: list[Opening], enough: float) -> bool:
    """Whether people write to each other after the labels: somebody asks, and not too few speak of `you` or `I`."""
    return conversational(page, openings, enough) and any(
        page.text.find(mark, opening.body, page.rows[opening.row].last) >= 0 or _asks_below(page, opening, mark)
        for opening in openings
        for mark in "?？؟"
    )


def _asks_below(page: Page, opening: Opening, mark: str) -> bool:
    following = page.next_text(opening.row) if opening.own_line else None
    return following is not None and mark in page.shown(page.rows[following])


def conversational(page: Page, openings: list[Opening], enough: float = 0.3) -> bool:
    """Whether people speak to each other after the labels: some ask, or say `you` or `I`."""
    spoken = 0
    for opening in openings:
        row = page.rows[opening.row]
        start, end = opening.body, row.last
        following = page.next_text(opening.row) if opening.own_line else None
        if following is not None:
            start, end = page.rows[following].first, page.rows[following].last
        piece = page.text[start : min(end, start + 300)]
        spoken += any(mark in piece for mark in "?？؟¿") or is_personal(piece)
    return spoken >= enough * len(openings)


def impersonal(page: Page, openings: list[Opening]) -> bool:
    """Whether hardly a paragraph says `I` or `you`, in a language that needs these words."""
    pieces = [page.text[o.body : min(page.rows[o.row].last, o.body + 300)] for o in openings]
    return needs_pronouns(page) and sum(map(is_personal, pieces)) < 0.25 * len(pieces)


def needs_pronouns(page: Page) -> bool:
    """Whether the text is in a language that does not drop its pronouns, by its commonest words."""
    return _has_pronouns(page.text[:6000])


@lru_cache(maxsize=1)  # every convention asks it of the same text
def _has_pronouns(sample: str) -> bool:
    found = words_in(sample)
    return sum(map(folded("common_words").__contains__, found)) >= 0.08 * len(found) if found else False


@cache
def _pronouns() -> frozenset[str]:
    return folded("first_person") | folded("second_person")


def answered_by_one(page: Page, openings: list[Opening]) -> bool:
    """Whether every second label is that of one voice, which hardly asks, and most of the others do."""
    if len(openings) < 6:
        return False
    told = Counter(opening.key for opening in openings).most_common(1)[0][0]
    asks = [page.text.find("?", o.body, page.rows[o.row].last) >= 0 for o in openings]
    asked = [asks[number] for number, opening in enumerate(openings) if opening.key != told]
    answers = [asks[number] for number, opening in enumerate(openings) if opening.key == told]
    turns = sum((a.key == told) != (b.key == told) for a, b in pairwise(openings))
    return turns >= 0.8 * (len(openings) - 1) and sum(asked) >= 0.6 * len(asked) and sum(answers) <= 0.25 * len(answers)


def row_asks(page: Page, number: int) -> bool:
    """Whether the row `number` asks near its end."""
    row = page.rows[number]
    return any(mark in page.text[max(row.first, row.last - 200) : row.last] for mark in "?？؟")


def addresses(piece: str) -> bool:
    """Whether a short paragraph speaks to somebody (`Tell us how you began.`)."""
    return len(piece) <= _REQUEST and not folded("second_person").isdisjoint(map(fold, words_in(piece)))


def is_personal(piece: str) -> bool:
    """Whether words or characters of `piece` are pronouns of the first or second person."""
    wanted = _pronouns()
    if not piece.isascii() and _HAN.search(piece):
        return any(word in piece for word in wanted if _HAN.match(word))
    return not wanted.isdisjoint(map(fold, words_in(piece)))
