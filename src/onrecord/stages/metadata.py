"""The metadata stage: title, outlet, date, place and language, as far as the text itself states them.

What people or the file state stands already in the record and wins; only empty fields are filled. The date of a
caption is the picture's, so it is never taken; a date on a line of its own above the first turn is the document's.
"""

from __future__ import annotations

import datetime
import re
from functools import cache
from itertools import islice

from onrecord.collection.facts import Facts
from onrecord.lexicons import words
from onrecord.schema.interview import Block, DatePrecision, Fact, Interview, Turn
from onrecord.stages._base import Stage
from onrecord.stages.layout.dates import dates_in
from onrecord.stages.layout.front import place_in
from onrecord.stages.layout.language import SAMPLE, language_of
from onrecord.stages.layout.words import LANGUAGES, within

_LOOKED_AT = 6000
_TELLING = 60
"""Code points below which a turn does not tell its language."""
_ORGANIZATION = (
    r"(?P<outlet>(?:[A-ZÀ-ÞА-ЯƏŞÇĞÖÜİ][\w&.’'-]*)(?:[ ](?:of[ ]|the[ ]|for[ ])?[A-ZÀ-ÞА-ЯƏŞÇĞÖÜİ&][\w&.’'-]*){0,4})"
)
_BROADCAST = re.compile(r"\b[Tt]his is (?P<outlet>[A-Z][A-Z0-9&'’.-]+(?: [A-Z0-9&'’.-]+){0,4})(?=[.,!;\s])")


def find_metadata(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 - what facts state is in the record already
    """Fill `title`, `outlet`, `date` with its precision, `place` and `language` where they are null.

    In turns it fills `language`, which can be told only when the interview's own is known.
    """
    date, precision = (interview.date, interview.date_precision)
    if date is None:
        date, precision = _date(interview)
    language = interview.language or _language(interview)
    return interview.replace(
        title=interview.title or _title(interview),
        outlet=interview.outlet or _outlet(interview),
        date=date,
        date_precision=precision,
        place=interview.place or _place(interview),
        language=language,
        turns=tuple(_with_language(interview.text, turn, language) for turn in interview.turns),
    )


def _front(interview: Interview) -> list[Block]:
    """Return the blocks before the first turn."""
    front = []
    for block in interview.blocks:
        if block.kind == "turn":
            break
        front.append(block)
    return front


def _title(interview: Interview) -> str | None:
    """Return the first title, as printed, without the marks of a heading; quotation marks are part of it."""
    titles = [block.span for block in _front(interview) if block.kind == "title"]
    headings = [mark.span for mark in interview.marks if mark.kind == "heading" and mark.value == "1"]
    first = [title for title in titles if any(title.overlaps(heading) for heading in headings)]
    for title in first[:1] or titles[:1]:
        return " ".join(title.of(interview.text).strip(" \t\r\n#*_").split()) or None
    return None


def _date(interview: Interview) -> tuple[datetime.date | None, DatePrecision | None]:
    """Return the day the text says the talk was recorded, or the date it carries on a line above the first turn."""
    recorded = within("recorded")
    for block in islice((b for b in interview.blocks if b.kind != "turn"), 60):
        for match in recorded.finditer(interview.text, block.span.start, min(block.span.end, block.span.start + 600)):
            found = dates_in(interview.text, match.end(), min(block.span.end, match.end() + 60))
            if found:
                return found[0].day, found[0].precision
    for block in _front(interview):
        stated = [fact for fact in block.facts if fact.kind == "date"]
        if block.kind in ("byline", "title") and len(stated) == 1:
            return _day(stated[0])
    return None, None


def _day(fact: Fact) -> tuple[datetime.date | None, DatePrecision | None]:
    """The day a fact states; null if its value, which other programs may have written, is no date."""
    parts = fact.value.split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[: max(3, len(parts))])
        return datetime.date(year, month, day), ("year", "month", "day")[len(parts) - 1]
    except ValueError:
        return None, None


@cache
def _told() -> re.Pattern[str]:
    phrases = sorted(words("names", "told", LANGUAGES), key=lambda phrase: (-len(phrase), phrase))
    listed = "|".join(re.escape(phrase) for phrase in phrases) or "(?!)"
    return re.compile(rf"\b(?:{listed})\s+(?:the\s+)?{_ORGANIZATION}")


def _outlet(interview: Interview) -> str | None:
    """Return whom the text says it was told (`… told ASTNA`), or the programme it names (`This is FRESH AIR`)."""
    for block in _front(interview):
        if block.kind in ("paragraph", "byline"):
            for match in _told().finditer(interview.text, block.span.start, block.span.end):
                name = match.group("outlet").rstrip(".,’'-")
                if _is_organization(name):
                    return name
    first = interview.turns[0].paragraphs if interview.turns else ()
    if first:
        named = _BROADCAST.search(interview.text, first[0].start, min(first[0].end, first[0].start + 400))
        if named is not None:
            return named.group("outlet").rstrip(".")
    return None


def _is_organization(name: str) -> bool:
    """Whether a name is one of an organization by its form: an acronym, or a word only organizations have."""
    if len(name) >= 3 and name.isupper() and name.isascii():
        return True
    known = words("names", "organization_words", LANGUAGES)
    return " " in name and any(word.lower() in known for word in name.split())


def _place(interview: Interview) -> str | None:
    """Return the place named right after the words that say where the talk was recorded."""
    recorded = within("recorded")
    for block in _front(interview):
        if block.kind not in ("paragraph", "byline", "boilerplate"):
            continue
        said = recorded.search(interview.text, block.span.start, min(block.span.end, block.span.start + 600))
        if said is not None:
            fact = place_in(interview.text, said.end() - 1, min(block.span.end, said.end() + 80))
            if fact is not None:
                return fact.value
    return None


def _language(interview: Interview) -> str | None:
    """Return the language of what is said; of the whole text if nobody speaks."""
    pieces: list[str] = []
    size = 0
    for turn in interview.turns:
        for span in turn.paragraphs:
            pieces.append(span.of(interview.text)[:SAMPLE])
            size += len(pieces[-1])
        if size >= SAMPLE:
            break
    return language_of(" ".join(pieces) or interview.text[:_LOOKED_AT])


def _with_language(text: str, turn: Turn, language: str | None) -> Turn:
    """Return the turn with its language, if it has some length and is surely in another than the interview."""
    found = None
    if language is not None and sum(map(len, turn.paragraphs)) >= _TELLING:
        said = " ".join(text[span.start : min(span.end, span.start + 1000)] for span in turn.paragraphs[:4])
        found = language_of(said, model=False)
    if found == (language or "").split("-")[0]:
        found = None
    # Nothing is copied in the usual case. `language` is a checked string, so nothing is left unvalidated either.
    return turn if turn.language == found else turn.model_copy(update={"language": found})


STAGE = Stage(
    name="metadata",
    version="1",
    fills=("title", "outlet", "date", "date_precision", "place", "language", "turns"),
    run=find_metadata,
)
