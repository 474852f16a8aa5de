"""What a line or note of the head states about the interview: when and where it was held, when and where it appeared.

Three forms are read: fields (`Place: Vell`), notes (`Recorded on 3 May 2021 in Vell`) and lines that only date the
text (`Vell, 3 May 2021`; `The Quay Letter, May 2021`). A date says what it dates only where the words do.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from onrecord.lexicons import words
from onrecord.schema.interview import DatePrecision
from onrecord.stages.layout.datelines import (
    CAPITAL,
    EDGES,
    QUOTED,
    Statement,
    Told,
    dated,
    dated_line,
    is_outlet,
    listed,
    named_part,
    names_beside,
    phrases_of,
    trimmed_line,
    without_date_words,
)
from onrecord.stages.layout.dates import PrintedDate, dates_in, year_in
from onrecord.stages.layout.model import Range
from onrecord.stages.layout.remembered import OfLastText
from onrecord.stages.layout.words import fold, one_of, phrases
from onrecord.text.letters import UPPER

LONGEST_NOTE = 600
LONGEST_LINE = 160
# It begins with the class of all first characters, so that the search skips all else.
_BREAK = re.compile(r"[\s|·•;()\[\]](?:(?<=\s)[|·•/]\s|(?<=[|·•;\n()\[\]])|(?<=[^\W_]{3}[.!?…»”\"]\s)\s*(?=\S))")
_FIELD = re.compile(r"(?P<name>[^\n:：.,;]{1,40}?)[*_ \t\u00a0]{0,4}[:：][*_ \t\u00a0]*")
_ADDRESS = re.compile(r"://|@|www\.")
_AGENCY = re.compile(rf"(?P<place>[{UPPER}][{UPPER}'’. -]{{1,40}}?|{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}),[ ](?=\w)")
_DASH = re.compile(r"[.,]?(?:[ ]?\([^()\n]{1,40}\))?[ ]?[.]?[–—-]{1,2}[ ]")


_Field = tuple[Literal["date", "place", "outlet"], Told]
_FIELDS: tuple[tuple[str, _Field], ...] = (
    ("talk_dates", ("date", "talk")), ("published", ("date", "publication")), ("changed", ("date", "change")),
    ("dates", ("date", "document")), ("places", ("place", "talk")), ("outlet_fields", ("outlet", "publication")),
)  # fmt: skip


@cache
def _fields() -> dict[str, _Field]:
    """What the value of a field is, by its folded name; the more telling list wins where two have a name."""
    known: dict[str, _Field] = {}
    for key, field in _FIELDS:
        for name in listed(key):
            known.setdefault(name, field)
    return known


def _field_named(name: str) -> _Field | None:
    """Return what a field is by its name, which may be of two (`Date and place`)."""
    known = _fields()
    if (found := known.get(fold(name))) is not None or len(name) > 40:
        return found
    parts = [known.get(fold(part)) for part in _and().split(name)]
    dates = len(parts) == 2 and all(parts) and any(part is not None and part[0] == "date" for part in parts)
    return ("date", "talk") if dates else None


@cache
def _and() -> re.Pattern[str]:
    joined = one_of(words("names", "and"))
    return re.compile(rf"\s(?:{joined})\s|[,/]")


def is_field(text: str, start: int, end: int) -> bool:
    """Whether a line is a field that states something about the interview (`Место записи: Ручьи`)."""
    match = _FIELD.match(text, start, end)
    return match is not None and _field_named(match.group("name")) is not None


def is_kicker(text: str, start: int, end: int) -> bool:
    """Whether a line is nothing but the word that stands above a title (`Interview`)."""
    return end - start <= 40 and fold(text[start:end]) in listed("kickers")


def is_line(text: str, start: int, end: int) -> bool:
    """Whether a row is short and no sentence."""
    return 0 < end - start <= LONGEST_LINE and (text[end - 1] not in ".?!…。" or text[end - 2 : end] in ("г.", "м."))


def clauses(text: str, start: int, end: int) -> list[Range]:
    """Return the sentences and parts of a line, as dots, bars and brackets divide them."""
    remembered = _CLAUSES.of(text)
    found = remembered.get((start, end))
    if found is None:
        found = remembered[start, end] = _clauses(text, start, end)
    return found


_CLAUSES: OfLastText[Range, list[Range]] = OfLastText()


def _clauses(text: str, start: int, end: int) -> list[Range]:
    found: list[Range] = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        first, last = match.span()
        if text[last : last + 1].islower() and (sign := match.group()).isspace() and "\n" not in sign:
            continue
        found += trimmed_line(text, at, first)
        at = last
    found += trimmed_line(text, at, end)
    return found


def led_by(text: str, start: int, end: int) -> int | None:
    """Return where the name begins after words that say who led the talk (`… was conducted by`), if a clause has any.

    They open the clause, or stand beside a word for the talk and end like `by`.
    """
    match = phrases_of("led_by").search(text, start, end)
    if match is None:
        return None
    opens = not re.search(r"\w", text[start : match.start()])
    if opens or (" " in match.group() and phrases_of("conversation").search(text, start, match.start()) is not None):
        return match.end()
    return None


def written_by(text: str, start: int, end: int) -> int | None:
    """Return where the name begins after a field of several words that names who wrote a text (`Text und Fotos: …`)."""
    match = phrases_of("written_by").match(text, start, end)
    if match is None or " " not in match.group() or text[match.end() : match.end() + 2].lstrip()[:1] not in (":", "："):
        return None
    return match.end()


def is_dated(text: str, start: int, end: int) -> bool:
    """Whether a line only dates the text: beside a date or an issue's number it only names places and outlets."""
    kinds = {item.kind for item in dated_line(text, start, end)}
    return bool(kinds & {"date", "issue"}) and bool(kinds & {"place", "outlet"})


def statements(text: str, start: int, end: int, *, dated_lines: bool = True) -> tuple[Statement, ...]:
    """Return what `text[start:end]` states, in order; `dated_lines`: also lines that only have a date beside names."""
    if not 0 < end - start <= LONGEST_NOTE:
        return ()
    line = is_line(text, start, end)
    said, silent, led = _said(text, start, end, line=line)
    found = list(said)
    if found and dated_lines and line and all(item.of == "change" for item in found):
        for first, last in silent:
            found += dated_line(text, first, last)
    if not found and led:  # `Talk: Ada Lind. Vell, 3 May 2021.`: who led the talk says when
        for first, last in silent:
            found += dated_line(text, first, last - (text[last - 1] == "."), of="talk")
    if not found and (agency := _AGENCY.match(text, start, end)) is not None:
        found = _of_agency(text, agency, end)
    if not found and dated_lines and line:
        found = list(dated_line(text, start, end))
    if not found and not line:
        found = _opening_date(text, start, end)
    return tuple(sorted(found, key=lambda item: item.start))


_Said = tuple[list[Statement], list[Range], bool]


def _said(text: str, start: int, end: int, *, line: bool) -> _Said:
    """Return what the clauses of a row say, those that say nothing, and whether one says who led the talk.

    The blocks and the metadata stage ask for the same rows, so it is remembered.
    """
    remembered = _ROWS.of(text)
    known = remembered.get((start, end))
    if known is None:
        found: list[Statement] = []
        silent: list[Range] = []
        led = False
        able = [entry for entry in _ABOUT if phrases_of(entry[0]).may_hold(text, start, end)]  # mostly none
        leads = phrases_of("led_by").may_hold(text, start, end)
        for first, last in clauses(text, start, end):
            said = _field(text, first, last) or (_note(text, first, last, able, line=line) if able else [])
            found += said
            silent += [] if said else [(first, last)]
            led = led or (leads and led_by(text, first, last) is not None)
        known = remembered[start, end] = (found, silent, led)
    return known


_ROWS: OfLastText[Range, _Said] = OfLastText()


def _opening_date(text: str, start: int, end: int) -> list[Statement]:
    """Return the date that is the whole first sentence of an introduction (`3 May 2021. A quay in the rain …`)."""
    dates = dates_in(text, start, min(end, start + 60))
    if not dates or text[dates[0].end : dates[0].end + 1] != "." or any(named_part(text, start, dates[0].start)):
        return []
    return [dated(dates[0], "document", "opening")]


def _of_agency(text: str, match: re.Match[str], end: int) -> list[Statement]:
    """Return what stands before the first words of a report: `VELL, 3 May 2021 (Quay News) – …`."""
    dates = dates_in(text, match.end(), min(end, match.end() + 30))
    if not dates or text[match.end() : dates[0].start].strip() or not _DASH.match(text, dates[0].end, end):
        return []
    place = Statement("place", "document", "dateline", match.group("place"), *match.span("place"))
    return [place, dated(dates[0], "document", "dateline")]


def _field(text: str, start: int, end: int) -> list[Statement]:
    match = _FIELD.match(text, start, end)
    known = _field_named(match.group("name")) if match is not None else None
    if match is None or known is None:
        return []
    kind, of = known
    at = match.end()
    dates = _dates(text, at, end, day_first=not match.group("name").isascii() or not _is_english(match.group("name")))
    if kind == "date":
        found = [dated(date, of, "field") for date in dates]
        return found + names_beside(text, at, end, dates, "talk", "field") if of != "change" else found
    if dates:
        named = names_beside(text, at, end, dates, "talk", "field")
        return [*[dated(date, "document", "field") for date in dates], *named]
    while at < end and text[at] in EDGES:
        at += 1
    while end > at and text[end - 1] in EDGES and not text[at:end].endswith((")", "]")):
        end -= 1
    value = text[at:end]
    if not 0 < len(value) <= 80 or not any(map(str.isalpha, value)) or _ADDRESS.search(value):
        return []
    if kind == "place" and is_outlet(value, by_article=False):
        return []  # where it appeared, or the means by which it was held
    return [Statement(kind, of, "field", value, at, end)]


@cache
def _english() -> frozenset[str]:
    return frozenset(fold(w) for key in ("talk_dates", "dates", "published") for w in words("heads", key, ("en",)))


def _is_english(name: str) -> bool:
    return fold(name) in _english()


def _dates(text: str, start: int, end: int, *, day_first: bool = False) -> list[PrintedDate]:
    return dates_in(text, start, end, day_first=day_first) or year_in(text, start, min(end, start + 20))


def _note(text: str, start: int, end: int, able: list[tuple[str, Told]], *, line: bool) -> list[Statement]:
    """Return what a sentence or part of a line says about the talk or its publication.

    `able` are the lists of `_ABOUT` of which it may have a phrase.
    """
    about = _about(text, start, end, able, line=line)
    if not about:
        return []
    dates = dates_in(text, start, end)
    if not dates and about[0][2] == "talk":
        dates = year_in(text, about[0][1], min(end, about[0][1] + 20))
    found = [dated(date, _nearest(about, date), "note") for date in dates]
    kinds = {of for _, _, of in about}
    if "talk" in kinds:
        found += _place_of_talk(text, start, end, about, dates)
    if kinds & {"talk", "publication"}:
        found += _named_outlet(text, start, end)
    if kinds == {"publication"} and not any(item.kind == "outlet" for item in found):
        found += _outlet_after(text, about[0][1], end)
    return found


_ABOUT: tuple[tuple[str, Told], ...] = (
    ("talk", "talk"), ("published", "publication"), ("changed", "change"), ("outlet_before", "publication"),
)  # fmt: skip


def _about(text: str, start: int, end: int, able: list[tuple[str, Told]], *, line: bool) -> list[tuple[int, int, Told]]:
    """Return where a clause says that something was recorded, published or changed, in order.

    Words that other things could have been done to, too, count where they open the clause, in a line that is no
    sentence, or beside a word for the talk.
    """
    found: list[tuple[int, int, Told]] = []
    for key, of in able:
        match = phrases_of(key).search(text, start, end)
        if match is None:
            continue
        opens = not re.search(r"\w", text[start : match.start()])
        if opens or line or phrases_of("conversation").search(text, start, end) is not None:
            found.append((match.start(), match.end(), of))
    return sorted(found)


def _nearest(about: list[tuple[int, int, Told]], date: PrintedDate) -> Told:
    before = [of for at, _, of in about if at <= date.start]
    return before[-1] if before else about[0][2]


@cache
def _placed() -> re.Pattern[str]:
    before = one_of(phrases("place_in"))
    nouns = one_of(words("heads", "place_nouns"))
    joined = one_of(words("heads", "joins"))
    return re.compile(
        rf"(?<![\w'’])(?:{before})[ ](?:the[ ])?(?:(?:{nouns})[ ]?)?"
        rf"(?P<place>{CAPITAL}(?:[ ](?:(?:{joined})[ ])?{CAPITAL}){{0,3}}(?:,[ ]{CAPITAL}(?=[ .,;]|$))?)"
    )


@cache
def _located() -> re.Pattern[str]:
    endings = one_of(words("heads", "locatives"))
    return re.compile(rf"(?<![\w-])(?P<place>(?:{CAPITAL}[ ]){{0,2}}[{UPPER}]\w{{2,}}?)(?:{endings})(?!\w)")


def _place_of_talk(
    text: str, start: int, end: int, about: list[tuple[int, int, Told]], dates: list[PrintedDate]
) -> list[Statement]:
    """Return the place named in a clause that says when or where the talk was held."""
    for form, first, last in (
        (_placed(), about[0][1], end), (_placed(), start, about[0][0]), (_located(), start, end),
    ):  # fmt: skip
        for match in form.finditer(text, first, last):
            at, stop = match.span("place")
            before = [date.start for date in dates if at < date.start < stop]
            if before:  # `in Vell on October 3`: the name ends before the date
                stop = before[0]
            stop = without_date_words(text, at, stop)
            inside = any(date.start <= at < date.end for date in dates)
            if inside or stop <= at or is_outlet(text[at:stop]) or fold(text[at:stop]) in listed("conversation"):
                continue
            return [Statement("place", "talk", "note", text[at:stop], at, stop)]
    return names_beside(text, start, end, dates, "talk", "note") if dates and start == about[0][0] else []


@cache
def _beside_kind() -> re.Pattern[str]:
    kinds = one_of(words("heads", "outlet_kinds"))
    bare = rf"(?<![\w-])(?P<{{}}>{CAPITAL}(?:[ ]{CAPITAL}){{{{0,3}}}})"
    name = rf"(?:[«„“\"](?P<{{}}>[^«»„“”\"\n]{{{{2,60}}}})[»“”\"]|{bare})"
    return re.compile(rf"(?<!\w)(?i:{kinds})[ ]{name.format('a', 'b')}|{name.format('c', 'd')}[ ](?i:{kinds})(?!\w)")


def _named_outlet(text: str, start: int, end: int) -> list[Statement]:
    """Return the publication named beside a word for one (`для радио «Волна»`)."""
    match = _beside_kind().search(text, start, end)
    if match is None:
        return []
    group = next(name for name in "abcd" if match.group(name))
    at, stop = match.span(group)
    if group == "b" and text[match.start()].isupper():  # `Radio Tarn`: the word is part of the name
        at = match.start()
    return [Statement("outlet", "publication", "note", text[at:stop], at, stop)]


@cache
def _appeared_in() -> re.Pattern[str]:
    prepositions, articles = one_of(words("heads", "appeared_in")), one_of(words("heads", "articles"))
    return re.compile(
        rf"\s+(?:(?:{prepositions})\s+)?(?:(?:{articles})\s)?"
        rf"(?P<name>{CAPITAL}(?:[ ](?:[a-zà-ÿ]{{1,3}}[ ])?{CAPITAL}){{0,4}})"
    )


def _outlet_after(text: str, start: int, end: int) -> list[Statement]:
    """Return the publication named after the words that say where the text appeared."""
    dates = dates_in(text, start, end)
    match = _appeared_in().match(text, start, end) or QUOTED.search(text, start, min(end, start + 20))
    if match is None or any(date.start < match.end("name") for date in dates):
        match = next((name for name in _NAMES.finditer(text, start, end) if is_outlet(name.group("name"))), None)
    if match is None:
        return []
    at, stop = match.span("name")
    return [Statement("outlet", "publication", "note", text[at:stop], at, stop)]


_NAMES = re.compile(rf"(?<!\w)(?P<name>{CAPITAL}(?:[ ](?:[a-zà-ÿ]{{1,3}}[ ])?{CAPITAL}){{0,4}})")


def precision_of(dates: list[PrintedDate]) -> tuple[PrintedDate, DatePrecision] | None:
    """Return the first of several days of one talk and how much they share; None if they are of several years."""
    first = dates[0]
    if all(date.day == first.day for date in dates):
        return first, first.precision
    if all((date.day.year, date.day.month) == (first.day.year, first.day.month) for date in dates):
        return first, "month"
    if all(date.day.year == first.day.year for date in dates):
        return first, "year"
    return None
