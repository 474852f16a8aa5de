"""What has to hold of a record that came from outside, beyond its fields and places: that its values mean something.

Our own stages cannot make such records (their property tests say so); programs that write the schema by hand can.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from pydantic import BaseModel

from onrecord.checks.record import Broken, Loc
from onrecord.codes import CODES
from onrecord.collection.correctable import problem_with
from onrecord.schema.interview import (
    Assignment,
    Difference,
    Finding,
    Interview,
    Mark,
    Quote,
    Span,
    TextQuoteSelector,
    Turn,
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LICENCE = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_MAY_BE_BLANK: frozenset[tuple[type[BaseModel], str]] = frozenset({
    (Interview, "text"), (Mark, "value"), (Difference, "quoted"), (Difference, "said"), (Finding, "excerpt"),
    (TextQuoteSelector, "exact"), (TextQuoteSelector, "prefix"), (TextQuoteSelector, "suffix"),
    (Assignment, "value_json"),
})  # fmt: skip
"""Fields that hold characters of a text or of a markup: nothing, or a blank, can be what stands there."""


def meaningless(interview: Interview) -> Iterator[Broken]:
    """Yield every value that cannot mean what its field is for."""
    for check in _CHECKS:
        yield from check(interview)


def unknown_is_null(interview: Interview) -> Iterator[Broken]:
    """What is not known is null or left out; an empty word would count as known."""
    for loc, value in _words(interview, ()):
        if not value.strip():
            yield Broken("blank-value", f"`{_shown(loc)}` is blank; what is not known is null.", loc)


def paths_stay_below_raw(interview: Interview) -> Iterator[Broken]:
    """The file of a collection lies in it: to give it back must write nowhere else."""
    origin = interview.origin
    path = PurePosixPath(origin.path)
    if origin.collection is None:
        return
    if path.is_absolute() or ".." in path.parts or "\\" in origin.path or path.parts[:1] != (origin.collection,):
        message = f"`origin.path` is {origin.path!r}, which is no file of the collection {origin.collection!r}."
        yield Broken("unsafe-path", message, ("origin", "path"))


def tags_are_tags(interview: Interview) -> Iterator[Broken]:
    """Languages, licences and versions are written as their standards ask."""
    given: tuple[tuple[Loc, str | None, re.Pattern[str], str], ...] = (
        (("language",), interview.language, _LANGUAGE, "no BCP 47 tag"),
        (("rights", "licence"), interview.rights.licence, _LICENCE, "no SPDX identifier or LicenseRef-…"),
        (("first_release",), interview.first_release, _VERSION, "no version like 1.2.0"),
        (("schema_version",), interview.schema_version, _VERSION, "no version like 1.2.0"),
        *((("turns", at, "language"), turn.language, _LANGUAGE, "no BCP 47 tag")
          for at, turn in enumerate(interview.turns)),
    )  # fmt: skip
    for loc, value, pattern, wrong in given:
        if value is not None and value.strip() and not pattern.fullmatch(value):
            yield Broken("invalid-field", f"`{_shown(loc)}` is {value!r}: {wrong}.", loc)


def dates_can_be(interview: Interview) -> Iterator[Broken]:
    """What is not known of a date is 1, of a year the first of January; nothing is retrieved before it is published."""
    origin, day = interview.origin, interview.date
    if origin.published is not None and origin.retrieved is not None and origin.retrieved < origin.published:
        message = f"The source was retrieved on {origin.retrieved}, before it was published on {origin.published}."
        yield Broken("contradictory-fields", message, ("origin", "retrieved"))
    if day is None:
        return
    if (interview.date_precision == "year" and (day.month, day.day) != (1, 1)) or (
        interview.date_precision == "month" and day.day != 1
    ):
        message = f"`date` is {day}, but only its {interview.date_precision} is said to be known: the rest must be 1."
        yield Broken("invalid-field", message, ("date",))


def judgements_agree(interview: Interview) -> Iterator[Broken]:
    """What is judged and why do not contradict one another."""
    for index, turn in enumerate(interview.turns):
        for name, message in _of_turn(turn):
            yield Broken("contradictory-fields", message, ("turns", index, *name), turn.id, turn.span.start)
    for index, quote in enumerate(interview.quotes):
        for name, message in _of_quote(quote):
            start = quote.content[0].start if quote.content else None
            yield Broken("contradictory-fields", message, ("quotes", index, *name), quote.id, start)
    seen: dict[tuple[Span, ...], str] = {}
    for index, quote in enumerate(interview.quotes):
        if (first := seen.setdefault(quote.content, quote.id)) != quote.id:
            message = f"It has the content of {first}."
            yield Broken("contradictory-fields", message, ("quotes", index, "content"), quote.id)
    for index, speaker in enumerate(interview.speakers):
        for left, right in pairwise(speaker.mentions):
            if (right.start, right.end) <= (left.start, left.end):
                message = "The mentions do not stand in the order of the text, or one stands twice."
                yield Broken("contradictory-fields", message, ("speakers", index, "mentions"), speaker.id, right.start)
                break
        if len(set(speaker.roles)) < len(speaker.roles):
            message = "A role stands twice."
            yield Broken("contradictory-fields", message, ("speakers", index, "roles"), speaker.id)


def _of_turn(turn: Turn) -> Iterator[tuple[Loc, str]]:
    if turn.evidence.attribution == "unknown" and turn.speaker is not None:
        yield ("evidence", "attribution"), "The turn has a speaker, who is said to be unknown."
    if turn.speaker in turn.also or len(set(turn.also)) < len(turn.also):
        yield ("also",), "A speaker of the turn is named twice."


def _of_quote(quote: Quote) -> Iterator[tuple[Loc, str]]:
    evidence = quote.evidence
    if (evidence.speaker_rule is None) != (evidence.speaker_confidence is None):
        yield ("evidence", "speaker_rule"), "A rule and its confidence go together."
    if quote.source == ():
        yield ("source",), "The source is a list of nothing; one that is not printed is null."
    for at, echo in enumerate(quote.echoes):
        if echo.kind == "altered" and echo.similarity == 1 and not echo.differences:
            yield ("echoes", at, "kind"), "The echo is called altered, but nothing differs."


def facts_stand_in_their_blocks(interview: Interview) -> Iterator[Broken]:
    """What a block states are characters of it."""
    for index, block in enumerate(interview.blocks):
        for at, fact in enumerate(block.facts):
            if len(fact.span) == 0 or not block.span.covers(fact.span):
                message = "What is stated does not stand in the block."
                yield Broken("contradictory-fields", message, ("blocks", index, "facts", at), None, fact.span.start)


def what_people_said_can_be_read(interview: Interview) -> Iterator[Broken]:
    """Corrections set what can be set, and findings have codes there are."""
    for index, correction in enumerate(interview.corrections):
        loc: Loc = ("corrections", index, "set")
        try:
            values = {item.field: json.loads(item.value_json) for item in correction.set}
            problem = problem_with(correction.target.layer, values) if values else "it sets nothing"
        except ValueError:
            problem = "a value is not JSON"
        if problem is not None:
            yield Broken("invalid-field", f"The correction cannot be read: {problem}.", loc)
    for index, item in enumerate(interview.findings):
        if item.code not in CODES:
            message = f"There is no finding code {item.code!r}."
            yield Broken("invalid-field", message, ("findings", index, "code"))


_CHECKS: Sequence[Callable[[Interview], Iterator[Broken]]] = (
    unknown_is_null,
    paths_stay_below_raw,
    tags_are_tags,
    dates_can_be,
    judgements_agree,
    facts_stand_in_their_blocks,
    what_people_said_can_be_read,
)


def _words(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every field with a word in it, also in lists."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if (type(value), name) not in _MAY_BE_BLANK:
                yield from _words(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _words(item, (*loc, index))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _words(item, (*loc, name))


def _shown(loc: Loc) -> str:
    return ".".join(map(str, loc))
