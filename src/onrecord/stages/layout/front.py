"""Blocks outside turns: title, caption, byline, paragraphs, boilerplate; and what captions and bylines state."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from onrecord.lexicons import words
from onrecord.schema.interview import BlockKind
from onrecord.stages.layout.captions import caption_facts, credit_in
from onrecord.stages.layout.datelines import phrases_of
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.heads import clauses, is_dated, is_field, is_kicker, is_line, led_by, statements, written_by
from onrecord.stages.layout.model import LaidBlock, LaidFact, Row
from onrecord.stages.layout.page import Page, is_boilerplate
from onrecord.stages.layout.words import fold, folded, one_of, opening, within

_LONGEST_TITLE = 220
_HEAD = 200
"""Rows from the top in which an interview's head is looked for, and from the end in which notes are."""
_LIST = 12
_QUOTED = re.compile(r"[\"“„«'‘「][^\n]*[\"”“»'’」]$")
_DASH = re.compile(r"\s[–—-]\s")
_LONGEST_NOTE = 300
_FIELD = re.compile(r"(?P<name>[^\n:：]{1,40}?)[ \t]?[:：]")


def front_blocks(page: Page, first: int, last: int, *, before_turns: bool, titled: bool) -> list[LaidBlock]:
    """Return the blocks of the rows `first … last - 1`, which belong to no turn."""
    blocks: list[LaidBlock] = []
    number = first
    while number < last:
        row = page.rows[number]
        until = number + 1
        if row.kind == "blank":
            while until < last and page.rows[until].kind == "blank":
                until += 1
        elif row.kind == "text" and page.wrapped and not (before_turns and number < _HEAD and _in_fields(page, number)):
            while until < last and page.rows[until].kind == "text":
                until += 1
        kind, facts = _kind(page, number, until, before_turns=before_turns, titled=titled)
        titled = titled or (kind == "title" and not is_kicker(page.text, row.first, row.last))
        blocks.append(LaidBlock(row.start, page.rows[until - 1].stop, kind, facts))
        number = until
    return blocks


def _kind(
    page: Page, number: int, until: int, *, before_turns: bool, titled: bool
) -> tuple[BlockKind, tuple[LaidFact, ...]]:
    row = page.rows[number]
    first = page.outset(row) if row.bullet else row.first
    simple: dict[str, BlockKind] = {
        "blank": "blank", "separator": "separator", "event": "event", "time": "timestamp", "meta": "boilerplate",
        "skip": "boilerplate", "boilerplate": "boilerplate", "code": "paragraph",
    }  # fmt: skip
    if row.kind in simple:
        return simple[row.kind], ()
    end = page.rows[until - 1].last
    read = number < _HEAD or (not before_turns and number >= len(page.rows) - _HEAD)
    people = makers_in(page.text, first, end) if read else ()
    facts = () if people else caption_facts(page.text, first, end, stated=row.kind == "caption")
    if facts or row.kind == "caption":
        return "caption", facts
    stated = _stated(page.text, first, end, dated_lines=before_turns) if read else ()
    if row.kind == "heading":
        return "title", stated
    if is_boilerplate(page, row) or _is_notice(page.text, first, end):
        return "boilerplate", _merged(people if led_by(page.text, first, end) is not None else (), stated)
    if before_turns:
        return _of_head(page, number, until, stated, people, titled=titled)
    return "paragraph", _merged(people, stated)


def _of_head(
    page: Page, number: int, until: int, stated: tuple[LaidFact, ...], people: tuple[LaidFact, ...], *, titled: bool
) -> tuple[BlockKind, tuple[LaidFact, ...]]:
    """Say what a row above the first turn is: a byline, a title, a line that dates the text, or a paragraph."""
    row = page.rows[number]
    first, end = page.outset(row) if row.bullet else row.first, page.rows[until - 1].last
    could_be_title = not titled and _is_title(page, number, until)
    facts = people or byline_facts(page.text, first, end)
    if not titled and _opens_with_talk(page.text, first, end):
        return "title", stated
    if facts:
        return "byline", _merged(facts, stated)
    if could_be_title and not (_DASH.search(page.text, first, end) is None and is_dated(page.text, first, end)):
        return "title", stated
    if stated and is_line(page.text, first, end):
        return "byline", stated
    return "paragraph", stated


def _merged(facts: tuple[LaidFact, ...], more: tuple[LaidFact, ...]) -> tuple[LaidFact, ...]:
    free = [new for new in more if not any(new.start < fact.end and fact.start < new.end for fact in facts)]
    return tuple(sorted((*facts, *free), key=lambda fact: fact.start))


def _stated(text: str, start: int, end: int, *, dated_lines: bool) -> tuple[LaidFact, ...]:
    """Return what a row states about the interview: dates, place, outlet; of later changes nothing."""
    return tuple(
        LaidFact(item.kind, item.value, item.start, item.end)
        for item in statements(text, start, end, dated_lines=dated_lines)
        if item.kind != "issue"
    )


def _is_notice(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a note about the text itself (edited for length, rush transcript, rights)."""
    return end - start <= 500 and within("edited").search(text, start, end) is not None


def _is_title(page: Page, number: int, until: int) -> bool:
    """Whether a row reads as a title: short, not a sentence (or a pull quote), and longer text comes after it."""
    row = page.rows[number]
    size = row.last - row.first
    if size > _LONGEST_TITLE or until != number + 1:
        return False
    text = page.text
    if not any(char.isalpha() for char in text[row.first : row.last]) or _is_field(text, row) or _is_date(text, row):
        return False
    quoted = _QUOTED.match(text, row.first, row.last) is not None
    if not quoted and (text[row.last - 1] in ".…。:;," or size > 160):
        return False
    following = page.next_text(number)
    if following is None:
        return False
    first = all(before.kind in ("blank", "meta", "skip") for before in islice(page.rows, number))
    if quoted and not first and text[row.last - 2] in ".!?":
        return False  # what somebody goes on to say, in a text without a title
    return first or page.rows[following].last - page.rows[following].first > size // 2


def _in_fields(page: Page, number: int) -> bool:
    """Whether a row is one of a list of fields or stands above it: such lists are read line by line."""
    for row in page.rows[number : number + _LIST]:
        if row.kind != "text":
            return False
        if _is_field(page.text, row):
            return True
    return False


def _is_field(text: str, row: Row) -> bool:
    """Whether a row is a field of a list at the head (`Place: Vell`)."""
    match = _FIELD.match(text, row.first, row.last)
    if match is None:
        return False
    return is_field(text, row.first, row.last) or fold(match.group("name")) in _fields()


@cache
def _fields() -> frozenset[str]:
    """Names of fields at the head that are no titles: of notes, and of who takes part."""
    listed = ("not_labels", "recorded", "interviewer", "interviewee", "hosts")
    led = frozenset(fold(word) for word in words("heads", "led_by"))
    return led.union(*map(folded, listed))


def _is_date(text: str, row: Row) -> bool:
    found = dates_in(text, row.first, row.last)
    rest = re.sub(r"[\W\d_]", "", text[row.first : found[0].start] + text[found[0].end : row.last]) if found else text
    return len(rest) <= 10


def byline_facts(text: str, start: int, end: int) -> tuple[LaidFact, ...]:
    """Return what a byline states (a person, a date); empty if the row is none."""
    if end - start > 120:
        return ()
    facts = [LaidFact("date", date.iso, date.start, date.end) for date in dates_in(text, start, end)]
    if facts and not re.sub(r"[\W\d_]", "", text[start : facts[0].start] + text[facts[-1].end : end]):
        return tuple(facts)
    named = opening("bylines").match(text, start, end)
    people = _people(text, named.end(), facts[0].start if facts else end) if named is not None else ()
    return (*people, *facts) if people else ()


def _people(text: str, at: int, end: int) -> tuple[LaidFact, ...]:
    """Return the people named from `at` on, after the words that open a byline (`Par Ada Lind et Tom Berg`)."""
    while at < end and text[at] in " \t:：*_":
        at += 1
    found: list[LaidFact] = []
    listed = _listed_names().match(text, at, end) is not None
    while (match := _person().match(text, at, end)) is not None and (name := _name(match.group())):
        if name.endswith(".") and text[match.start() + len(name) : end].lstrip()[:1].isdigit():
            break  # `Nr. 17` is no name
        name = name.rstrip(".") if match.start() + len(name) == end else name
        found.append(LaidFact("person", name, match.start(), match.start() + len(name)))
        joined = _joined().match(text, match.start() + len(name), end)
        if joined is None or ("," in joined.group() and not listed):
            break
        at = joined.end()
    return tuple(found)


@cache
def _listed_names() -> re.Pattern[str]:
    """Names with commas between them and a word that joins the last: without it, what follows a comma is no name."""
    listed = one_of(words("names", "and"))
    return re.compile(rf"[^,|;\n\d]{{2,50}}(?:,[^,|;\n\d]{{2,50}}){{1,5}}\s(?:{listed})\s+(?=[^\W\d_])")


@cache
def _person() -> re.Pattern[str]:
    """Up to five words of one name: a word that joins two names is none of them."""
    listed = one_of(words("names", "and"))
    return re.compile(rf"[^\W\d_][\w.'’-]*(?:[ ](?!(?:{listed})[ ])[^\W\d_][\w.'’-]*){{0,4}}")


@cache
def _joined() -> re.Pattern[str]:
    """What stands between two names of a byline."""
    listed = one_of(words("names", "and"))
    return re.compile(rf"\s*(?:,|\s(?:{listed})(?=\s))\s*")


def _name(shown: str) -> str:
    """Return the words of a name: it ends before the first small word that stands in no name; empty if it is none."""
    kept: list[str] = []
    for word in shown.split():
        if word.islower() and (not kept or word.strip(".’'") not in words("names", "particles")):
            break
        kept.append(word)
    while kept and kept[-1].islower():
        kept.pop()
    return " ".join(kept)


def _opens_with_talk(text: str, start: int, end: int) -> bool:
    """Whether a line opens with a word for the talk itself and a colon: it is a title (`Interview: Ada Lind`)."""
    match = _FIELD.match(text, start, end)
    return match is not None and is_kicker(text, start, match.end("name"))


def makers_in(text: str, start: int, end: int) -> tuple[LaidFact, ...]:
    """Return who wrote a text, led the talk or took its pictures where a line or note says so, in any of its parts.

    A single word that opens a byline (`by`) counts in the first part only, elsewhere with a colon.
    """
    if end - start > _LONGEST_NOTE:
        return ()
    found: list[LaidFact] = []
    leads = phrases_of("led_by").may_hold(text, start, end)  # mostly none
    for number, (first, last) in enumerate(clauses(text, start, end)):
        named = opening("bylines").match(text, first, last)
        both = written_by(text, first, last)
        sure = named is not None and (":" in text[named.end() : named.end() + 2] or " " in named.group())
        if leads and (led := led_by(text, first, last)) is not None:
            found += _people(text, led, last)
        elif both is not None:
            found += _people(text, both, last)
        elif named is not None and (number == 0 or sure):
            found += _people(text, named.end(), last)
        elif found and (credit := credit_in(text, first, last)) is not None:
            found.append(credit)
    return tuple(found) if any(fact.kind == "person" for fact in found) else ()
