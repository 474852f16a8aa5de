"""Lines that only date a text: a date or an issue's number beside names of places and publications.

`Vell, 3 May 2021`; `The Quay Letter, May 2021`; `3 May 2021 | Ada Lind`. A line of which any part is something else
states its date, but neither place nor outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicons import words
from onrecord.names import squash, words_for
from onrecord.stages.layout.dates import PrintedDate, dates_in, has_year
from onrecord.stages.layout.model import Range
from onrecord.stages.layout.remembered import OfLastText
from onrecord.stages.layout.words import Phrases, fold, longest_first, opening, phrases
from onrecord.text.letters import UPPER

Told = Literal["talk", "publication", "change", "document"]
"""What a statement is about; `document`: nothing says whether the talk or its publication."""

CAPITAL = rf"[{UPPER}][\w'’-]*\w(?:\.(?=[ ][{UPPER}])(?<=[ ][{UPPER}]\w\.))?"
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_PIECE = re.compile(r"[,|·•/()\[\]]|\s[-–—]\s|\t")
QUOTED = re.compile(r"[«„“\"‘](?P<name>[^«»„“”\"‘’\n]{2,60})[»“”\"’]")
EDGES = ' \t\u00a0\r\n*_.,;:|–—-"“”„«»()[]'
_NUMBER_SIGN = re.compile(r"(?:№|#|n[º°o]\.?|\w{1,9}\.?)\s*\d{1,5}\b", re.IGNORECASE)


_DIGIT = re.compile(r"\d")
_SMALL_PLACES = re.compile(r"(?:г|с|д|пос|дер|ст)\.(?=\s|$)", re.IGNORECASE)


_LOOKED_AT = 20_000
"""Code points in which a name of the head is looked for again."""
_NEAR = 4
"""Code points on each side of a name in which a bar is looked for; one in the line above is another line's."""
_BLANKS = " \t\u00a0"
_AROUND = _BLANKS + "\r\n*_"


@dataclass(frozen=True, slots=True)
class Statement:
    """A date, place or outlet with what it is about, the rule that read it, and the characters that state it."""

    kind: Literal["date", "place", "outlet", "issue", "person"]
    of: Told
    rule: str
    value: str
    start: int
    end: int
    date: PrintedDate | None = None


@cache
def listed(key: str) -> frozenset[str]:
    """Return the list `key` of the lexicons `heads` of all languages, folded."""
    return frozenset(fold(word) for word in words("heads", key)) - {""}


@cache
def phrases_of(*keys: str) -> Phrases:
    """Return what finds one of the phrases of the lists `keys` as whole words, the longest first."""
    listed = {word.lower() for key in keys for word in words("heads", key)}
    return Phrases(longest_first(listed), whole=True)


def trimmed_line(text: str, start: int, end: int) -> tuple[Range, ...]:
    """Return a range without white space and marks of emphasis at its ends; nothing if nothing is left."""
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return ((start, end),) if start < end else ()


def dated(date: PrintedDate, of: Told, rule: str) -> Statement:
    """Return the statement that a date makes."""
    return Statement("date", of, rule, date.iso, date.start, date.end, date)


def without_date_words(text: str, start: int, end: int) -> int:
    """Return where a name ends, without the words of a date after it (`Vell on Saturday`)."""
    found = [match.span() for match in _WORD.finditer(text, start, end)]
    while found and ((word := fold(text[slice(*found[-1])])) in listed("dateline") or word in listed("joins")):
        found.pop()
    return found[-1][1] if found else start


def dated_line(text: str, start: int, end: int, *, of: Told = "document") -> tuple[Statement, ...]:
    """Return what a line states that has one date or an issue, otherwise only names (`Vell, 3 May 2021`).

    A line of the head is read more than once, by two stages, so it is remembered.
    """
    remembered = _LINES.of(text)
    found = remembered.get((start, end, of))
    if found is None:
        found = remembered[start, end, of] = tuple(_dated_line(text, start, end, of))
    return found


_LINES: OfLastText[tuple[int, int, Told], tuple[Statement, ...]] = OfLastText()


def _dated_line(text: str, start: int, end: int, of: Told) -> list[Statement]:
    dates = dates_in(text, start, end)
    if not dates:
        if _DIGIT.search(text, start, end) is None:
            return []  # an issue has its number and a publication its year
        named = names_beside(text, start, end, [], of, "line")
        kinds = {item.kind for item in named}
        return named if "issue" in kinds or ("outlet" in kinds and has_year(text, start, end)) else []
    if len(dates) != 1:
        return []
    found = [dated(dates[0], of, "line")]
    return [*found, *names_beside(text, start, end, dates, of, "line")]


def names_beside(text: str, start: int, end: int, dates: list[PrintedDate], of: Told, rule: str) -> list[Statement]:
    """Return the outlet, issue and place that stand beside a date, if every part of the line is one of them."""
    outlets: list[Statement] = []
    issues: list[Statement] = []
    people: list[Statement] = []
    places: list[Range] = []
    for first, last in _pieces(text, start, end, dates):
        piece = text[first:last]
        if not any(char.isalpha() for char in piece):
            continue
        if _is_issue(piece):
            issues.append(Statement("issue", "publication", rule, piece, first, last))
        elif has_year(text, first, last) or _names_no_place(text, first, last):
            continue
        elif not people and _is_author(text, first, last):
            people.append(Statement("person", of, rule, piece, first, last))
        elif is_outlet(piece) or _is_label(text, piece, asks=True):
            named = QUOTED.search(text, first - 1, last + 1)
            at, stop = named.span("name") if named is not None else (first, last)
            outlets.append(Statement("outlet", "publication", rule, text[at:stop], at, stop))
        elif _is_place(piece):
            if not _is_label(text, piece, asks=False) and (rule != "line" or places or _sounds_local(text, piece)):
                places.append((first, last))
        elif rule != "field":
            return []
    found = [*outlets[:1], *issues[:1], *people]
    if places:
        at, stop = places[0][0], places[0][1]
        for first, last in places[1:]:
            if text[stop:first].strip() in (",", ""):
                stop = last
        if stop - at <= 60:
            found.append(Statement("place", of, rule, text[at:stop], at, stop))
    return found


def _pieces(text: str, start: int, end: int, dates: list[PrintedDate]) -> Iterator[Range]:
    """Yield what stands beside the dates, divided at commas and bars, without words that only belong to the date."""
    at = start
    for stop, after in [*[(date.start, date.end) for date in dates], (end, end)]:
        cuts = [match.span() for match in _PIECE.finditer(text, at, stop)]
        for first, last in zip([at, *[cut[1] for cut in cuts]], [*[cut[0] for cut in cuts], stop], strict=True):
            bare = trimmed_line(text, first, last)
            yield from bare if _is_issue(text[first:last].strip()) else named_part(text, first, last)
        at = after


def named_part(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield a part without the signs and words of the date (`den`, `Tuesday`, `Uhr`) at its ends."""
    found = [match.span() for match in _WORD.finditer(text, start, end)]
    small = listed("dateline")
    while (found and fold(text[slice(*found[-1])]) in small | {""}) or (found and text[slice(*found[-1])].isdigit()):
        found.pop()
    named = listed("articles")
    while found and (word := fold(text[slice(*found[0])])) in small:
        if (word in named and text[found[0][0]].isupper()) or _SMALL_PLACES.match(text, found[0][0], found[-1][1]):
            break
        found.pop(0)
    if found:
        first, last = found[0][0], found[-1][1]
        shortened = text[last - 1] == "." and last - found[-1][0] > 3 and "." not in text[found[-1][0] : last - 1]
        yield first, last - shortened


def _is_issue(piece: str) -> bool:
    match = _NUMBER_SIGN.match(piece)
    if match is None:
        return False
    name = fold(re.sub(r"\d", "", match.group()))
    return name in listed("issue") | {"no", ""}


@cache
def _compounds() -> tuple[str, ...]:
    return tuple(sorted(words("names", "outlet_compounds")))


def is_outlet(piece: str, *, by_article: bool = True) -> bool:
    """Whether a name is one of a publication or station by its words or ending, or by its article if it is longer.

    An ending is a whole word (`Vell Courier`); only languages that compound have some that end words (`Citynews`), for
    many a surname ends like a word for a newspaper. After a given name it is a surname itself (`Ada Post`).
    """
    split = [word.strip(EDGES).lower() for word in piece.split()]
    if any(fold(word) in listed("outlet_kinds") for word in split):
        return True
    if _opens_with_given_name(split):
        return False
    endings = words("heads", "outlet_endings")
    if len(split) > 1 and (split[0] in endings or split[-1].rpartition("-")[2] in endings):
        return True
    if any(word[3:].endswith(_compounds()) for word in split):
        return True
    return by_article and len(split) >= 3 and fold(split[0]) in listed("articles") and piece[:1].isupper()


def _opens_with_given_name(split: list[str]) -> bool:
    """Whether two or three words begin with a common given name, as names of people do."""
    return 2 <= len(split) <= 3 and words_for(None).is_given(squash(split[0]))


def _is_place(piece: str) -> bool:
    """Whether a part could be the name of a place: a few words with capitals, small words only between them."""
    split = piece.split()
    if not 1 <= len(split) <= 5 or any(char.isdigit() or char in "?!:" for char in piece):
        return False
    if _SMALL_PLACES.fullmatch(split[0]):
        split = split[1:]
    known = words("names", "place_words")
    while len(split) > 1 and split[-1].lower() in known:
        split.pop()
    joins = words("heads", "joins")
    edges = bool(split) and all(_is_capital(word) for word in (split[0], split[-1]))
    return edges and all(_is_capital(word) or word.lower() in joins for word in split)


def _names_no_place(text: str, start: int, end: int) -> bool:
    """Whether a part of a dated line is about the text: who made it, that it was recorded, what kind it is."""
    if opening("bylines").match(text, start, end) or phrases_of("led_by").match(text, start, end):
        return True
    said = {fold(match.group()) for match in _WORD.finditer(text, start, end)}
    return not all(said.isdisjoint(listed(key)) for key in ("conversation", "kickers", "talk", "published"))


def _sounds_local(text: str, piece: str) -> bool:
    """Whether a name beside a date, which could be a programme's or a person's as well, is surely a place's.

    It is one word, or has a word or small word of places, or the text says `in` before it.
    """
    split = piece.lower().split()
    if len(split) == 1:
        return True
    if piece.isupper() or any(word in words("names", "organization_words") for word in split):
        return False
    parts = words("heads", "place_parts") | words("names", "place_words")
    if split[0] in parts or split[-1] in parts or _SMALL_PLACES.match(piece):
        return True
    small = words("heads", "joins")
    return any(word in small for word in split[1:-1]) or any(
        text.find(f" {word} {piece}", 0, _LOOKED_AT) >= 0 for word in phrases("place_in")
    )


def _is_author(text: str, start: int, end: int) -> bool:
    """Whether a name of the head is its author's: it stands beside a bar and reads as a person's."""
    piece = text[start:end]
    return _beside_bar(text, start, end) and _is_place(piece) and not is_outlet(piece) and _reads_as_person(piece)


def _beside_bar(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return before.rstrip(_BLANKS)[-1:] in tuple("|·•") or after.lstrip(_BLANKS)[:1] in tuple("|·•")


def _reads_as_person(piece: str) -> bool:
    """Whether a name beside a bar is somebody's: of two or three words, none of which only places have."""
    split = piece.lower().split()
    return 2 <= len(split) <= 3 and not any(word in words("names", "place_words") for word in split)


def _is_capital(word: str) -> bool:
    return word[0].isupper() and len(word) > 1


def _is_label(text: str, name: str, *, asks: bool) -> bool:
    """Whether a name of the head is printed before a colon later; `asks`: in full, before a question as well."""
    word = name.split()[-1]
    forms = (f"\n{name}", f"*{name}") if asks else (f"\n{name}", f"*{name}", f"\n{word}", f"\n{word.upper()}")
    printed = [form for form in forms if text.find(form, 0, _LOOKED_AT) >= 0]  # mostly none
    for sign in (":", " :", ".–", ".—") if printed else ():
        places = (text.find(form + sign, 0, _LOOKED_AT) for form in printed)
        at = next((at for at in places if at >= 0), -1)
        if at >= 0 and (not asks or text.find("?", at, text.find("\n", at + 1)) >= 0):
            return True
    return False
