"""The metadata stage: title, deck, outlet, dates, place and language, as far as the text itself states them.

What people or the file state stands already in the record and wins; only empty fields are filled. What states a
field stands as a fact in its block, or is the block; `explain_metadata` says which words they are.
"""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview, Span, Turn
from onrecord.stages._base import Stage
from onrecord.stages.layout.language import SAMPLE, OtherLanguages, language_of
from onrecord.stages.metadata.head import Head
from onrecord.text.lines import LineIndex

_LOOKED_AT = 6000
_TELLING = 60
"""Code points below which a turn does not tell its language."""
_PIECE = 1000
_PIECES = 4
"""Code points of a paragraph, and paragraphs of a turn, that are looked at."""


def find_metadata(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 - what facts state is in the record already
    """Fill title, summary (the deck), outlet, date with its precision, place and language where they are null.

    In the origin it fills the day of publication; in turns `language`, which can be told only when the interview's
    own is known.
    """
    head = Head(interview)
    date, precision = interview.date, interview.date_precision
    if date is None and (found := head.date()) is not None:
        date, precision = found.day, found.precision
    title, deck, outlet, place = (
        stated or (value.value if (value := find()) is not None else None)
        for stated, find in (
            (interview.title, head.title), (interview.summary, head.deck),
            (interview.outlet, head.outlet), (interview.place, head.place),
        )
    )  # fmt: skip
    language = interview.language or _language(interview)
    origin = interview.origin
    if origin.published is None and (published := head.published()) is not None:
        origin = origin.model_copy(update={"published": published.day})
    turns = _with_languages(interview, language)
    return interview.replace(
        title=title,
        summary=deck,
        outlet=outlet,
        date=date,
        date_precision=precision,
        place=place,
        origin=origin,
        language=language,
        **({} if turns is interview.turns else {"turns": turns}),
    )


def explain_metadata(interview: Interview) -> list[str]:
    """Say for each field that the text states by which rule, on which line and in which words."""
    head = Head(interview)
    lines = LineIndex(interview.text)
    found = (
        ("title", head.title()), ("deck", head.deck()), ("outlet", head.outlet()), ("date", head.date()),
        ("published", head.published()), ("place", head.place()),
    )  # fmt: skip
    return [
        f"The text states {name} in line {lines.position(value.span.start)[0]} (rule {value.rule}): "
        f"“{_short(value.span, interview.text)}”."
        for name, value in found
        if value is not None
    ]


def _short(span: Span, text: str) -> str:
    shown = " ".join(span.of(text).split())
    return shown if len(shown) <= 100 else shown[:99] + "…"


def _language(interview: Interview) -> str | None:
    """Return the language of what is said; of all if that says nothing, or nobody speaks."""
    pieces: list[str] = []
    size = 0
    for turn in interview.turns:
        for span in turn.paragraphs:
            pieces.append(span.of(interview.text)[:SAMPLE])
            size += len(pieces[-1])
        if size >= SAMPLE:
            break
    whole = interview.text[:_LOOKED_AT]
    said = " ".join(pieces)
    return language_of(said, model=False) or language_of(whole, model=False) or language_of(said or whole)


def _with_languages(interview: Interview, language: str | None) -> tuple[Turn, ...]:
    """Return the turns with their languages: of those that have some length and are surely in another one."""
    others = OtherLanguages(interview.text, language) if language is not None else None
    changed: dict[int, Turn] = {}
    for index, turn in enumerate(interview.turns):
        found = None
        if others is not None:
            places = [(span.start, span.end) for span in turn.paragraphs]
            size = sum([end - start for start, end in places])
            if size > _PIECE:
                places = [(start, min(end, start + _PIECE)) for start, end in places]
            if size >= _TELLING:
                found = others.of(places[:_PIECES])
        if turn.language != found:  # a checked string: nothing is left unvalidated by a copy
            changed[index] = turn.model_copy(update={"language": found})
    if not changed:
        return interview.turns  # the usual case
    return tuple([changed.get(index, turn) for index, turn in enumerate(interview.turns)])


STAGE = Stage(
    name="metadata",
    version="2",
    fills=("title", "summary", "outlet", "date", "date_precision", "place", "origin", "language", "turns"),
    run=find_metadata,
)
