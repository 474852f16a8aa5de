"""What a file says about itself, under our names: the words files use for title, date, language, outlet, address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from onrecord.collection.facts import Participant

# Our name and the keys that mean it, in front matter, meta elements and record fields; the first of ours that a
# file has wins. Compared in lower case with `_`, `-`, blanks and `:` as one blank.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "name of interview", "interview title", "og title", "dc title"),
    "language": ("language", "lang", "locale", "dc language", "xml lang"),
    "date": ("date interviewed", "interview date", "date of interview", "date recorded", "recorded", "date", "dc date"),
    "published": (
        "published", "date published", "datepublished", "publication date", "pubdate", "article published time",
    ),
    "outlet": ("outlet", "publication", "source name", "og site name", "site name", "newspaper", "program", "show"),
    "publisher": ("publisher", "dc publisher"),
    "place": ("place", "location", "interview place", "place of interview", "where"),
    "interviewer": ("interviewer", "interviewers", "interviewed by"),
    "interviewee": ("interviewee", "interviewees"),
    "summary": ("summary", "description", "abstract", "excerpt", "deck", "og description"),
    "url": ("url", "source url", "sourceurl", "canonical", "permalink", "link", "og url"),
}  # fmt: skip
_PEOPLE = ("interviewer", "interviewee")
_OURS = {key: (rank, ours) for ours, keys in _KEYS.items() for rank, key in enumerate(keys)}
# Words of letters, none of them an address or a sentence.
_NAME = re.compile(r"[^\W\d_][\w.'’·-]*(?:,? [^\W\d_][\w.'’·-]*){0,5}")
_MOST_PEOPLE = 20
_SEPARATORS = re.compile(r"[\s_:.-]+")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?![\d])")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "russian": "ru", "русский": "ru", "turkish": "tr", "türkçe": "tr", "azerbaijani": "az",
    "azərbaycan": "az", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "polish": "pl",
    "dutch": "nl", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar", "persian": "fa",
    "ukrainian": "uk", "swedish": "sv", "greek": "el", "hebrew": "he",
}  # fmt: skip


def key_of(name: str) -> str | None:
    """Return our name for a key of a file's metadata, None if it means none of ours."""
    found = _OURS.get(_SEPARATORS.sub(" ", name).strip().lower())
    return found[1] if found else None


def stated(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return what `pairs` of a file's own keys and values state under our names; of two, the more telling key wins."""
    best: dict[str, tuple[int, str]] = {}
    for name, value in pairs:
        known = _OURS.get(_SEPARATORS.sub(" ", name).strip().lower())
        if known is None:
            continue
        rank, ours = known
        clean = normalised(ours, value)
        if clean and (ours not in best or rank < best[ours][0]):
            best[ours] = rank, clean
        elif clean and ours in _PEOPLE:  # an element for each
            best[ours] = best[ours][0], f"{best[ours][1]}; {clean}"[:5000]
    return tuple((ours, best[ours][1]) for ours in _KEYS if ours in best)


def people_of(pairs: Iterable[tuple[str, str]]) -> tuple[Participant, ...]:
    """Return the interviewers and interviewees that a reading states, several divided by semicolons."""
    made: dict[str, Participant] = {}
    for ours, value in pairs:
        if ours == "interviewer" or ours == "interviewee":
            for part in value.split(";")[:_MOST_PEOPLE]:
                name = " ".join(part.split())
                if _NAME.fullmatch(name) is not None:
                    made.setdefault(name, Participant(name=name, roles=(ours,)))
    return tuple(made.values())


def normalised(ours: str, value: str) -> str | None:
    """Return a value as the record wants it: ISO dates as far as they are known, BCP 47 tags; None if it is none."""
    value = " ".join(value.split())
    if ours in ("date", "published"):
        return iso_date(value)
    if ours == "language":
        return language_tag(value)
    if ours == "url":
        return value if value.startswith(("http://", "https://")) else None
    return value[:5000] or None


def iso_date(value: str) -> str | None:
    """Return the day (or month, or year) that begins a value in year-month-day order, as ISO 8601; else None.

    Other orders are left to rules that know the language: 03/04/1999 is two days.
    """
    value = value.strip()
    if re.fullmatch(r"\d{4}", value):
        return value
    if (match := re.match(r"(\d{4})(\d\d)(\d\d)(?:T|$)", value)) is None and (match := _DATE.match(value)) is None:
        return None
    year, month, day = match[1], int(match[2]), match[3] and int(match[3])
    if not 1 <= month <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day is not None else "")


def language_tag(value: str) -> str | None:
    """Return a BCP 47 tag for a tag or a language's common name, None for anything else."""
    value = value.strip()
    if (named := _NAMES.get(value.lower())) is not None:
        return named
    if _TAG.fullmatch(value) is None:
        return None
    first, *rest = value.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
