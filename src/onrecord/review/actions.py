"""What a person does on the page, as entries of the sidecar.

An action names items of the record by id and places by code points. It becomes corrections with two selectors
each (position and words), or a waiver. Who corrects the same thing twice replaces the first correction: two that
say different things would contradict one another.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from onrecord._version import __version__
from onrecord.collection.correctable import problem_with
from onrecord.collection.sidecar import Sidecar
from onrecord.errors import ConfigError
from onrecord.review.requests import (
    Action,
    Boundary,
    ChangedQuotation,
    Division,
    Merge,
    Metadata,
    Naming,
    NewQuotation,
    NoQuotation,
    Recast,
    Voice,
    Waive,
    Withdraw,
)
from onrecord.review.yaml_edit import Change, Drop, Put
from onrecord.schema.interview import (
    Interview,
    Layer,
    Model,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    Turn,
)
from onrecord.text.anchor import describe
from onrecord.text.quotation import CLOSERS, SINGLE_CLOSERS

Item = TypeVar("Item", Turn, Quote, Speaker)


def changes_of(
    action: Action, interview: Interview, written: Mapping[str, Any], today: datetime.date, *, several: bool = False
) -> tuple[Change, ...]:
    """Return what `action` changes in the sidecar, of which `written` is the present content.

    If the file holds `several` interviews, each correction says which one it is about.

    Raises `ConfigError` if it cannot be meant: there is no such item, or no such place.
    """
    if isinstance(action, Withdraw):
        if action.index >= len(written.get(action.section) or ()):
            raise ConfigError(f"there is no entry {action.index + 1} in `{action.section}`")
        return (Drop(action.section, action.index),)
    if isinstance(action, Waive):
        return (Put("waivers", _waiver(action)),)
    entries = list(written.get("corrections") or ())
    changes: list[Change] = []
    for target, values in _corrections(action, interview):
        if not values:
            raise ConfigError("nothing would change")
        if several:
            target = {"layer": target["layer"], "interview": interview.id, **target}
        made = {"target": target, "set": values, "by": action.by, "on": today.isoformat(), "why": action.why}
        if (problem := problem_with(target["layer"], values)) is not None:
            raise ConfigError(problem)
        index = _same(target, values, entries)
        if index is None:
            changes.append(Put("corrections", made))
        else:
            kept = {} if values.keys() & {"add", "delete"} else entries[index]["set"]
            changes.append(Put("corrections", {**made, "set": {**kept, **values}}, index))
    if not changes:
        raise ConfigError("nothing would change")
    return tuple(changes)


def _same(target: Mapping[str, Any], values: Mapping[str, Any], entries: Sequence[Any]) -> int | None:
    """The place of an earlier correction of the very same thing; what was added stays added."""
    for index, entry in enumerate(entries):
        old = entry.get("target") if isinstance(entry, dict) else None
        if not isinstance(old, dict) or not isinstance(entry.get("set"), dict):
            continue
        same = all(old.get(key) == target.get(key) for key in ("layer", "interview", "position", "quote"))
        if target["layer"] == "metadata":  # all have one target; one that is about another field stays
            same = same and bool(values.keys() & entry["set"].keys())
        if same and "add" not in entry["set"] and "add" not in values:
            return index
    return None


def _corrections(action: Action, interview: Interview) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Targets and what is set there."""
    match action:
        case Voice():
            turn = _item(interview.turns, action.item)
            said = _changed(interview, turn, _named(interview, _said(action, "speaker", "role")))
            yield _target(interview, "turns", turn.span, turn.id), said
        case Boundary():
            yield _boundary(action, interview)
        case Division():
            turn = _item(interview.turns, action.item)
            if not turn.span.start < action.to < turn.span.end:
                raise ConfigError("a turn is divided inside of it")
            yield _added(interview, action.to, turn.span.end, (turn,), action)
        case Merge():
            before, turn = _with_the_one_before(interview, action.item)
            yield _extended(interview, before, turn.span.end, (before, turn))
        case NewQuotation():
            span = _trimmed(interview.text, action.start, action.end, action.kind)
            new: dict[str, Any] = {"kind": action.kind, "content": [[span.start, span.end]]}
            if action.speaker is not None:
                new["speaker"] = action.speaker
            yield _target(interview, "quotes", span), {"add": _named(interview, new)}
        case ChangedQuotation():
            yield _quotation(action, interview)
        case NoQuotation():
            quote = _item(interview.quotes, action.item)
            yield _target(interview, "quotes", _hull(quote), quote.id), {"delete": True}
        case Naming():
            speaker = _item(interview.speakers, action.item)
            yield (
                _target(interview, "speakers", _stands(interview, speaker), speaker.id),
                _said(action, "name", "kind", "roles"),
            )
        case Metadata():
            yield {"layer": "metadata"}, _metadata(action)
        case Recast():
            yield _target(interview, "blocks", _inside(interview, action.start, action.end)), {"kind": action.kind}


def _metadata(action: Metadata) -> dict[str, Any]:
    try:
        Sidecar(language=action.language, date=action.date)
    except ValidationError as error:
        raise ConfigError(str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")) from None
    return _said(action, "title", "outlet", "date", "place", "language")


def _boundary(action: Boundary, interview: Interview) -> tuple[dict[str, Any], dict[str, Any]]:
    """The turn that gains words is the one that is corrected; the other is cut by it."""
    before, turn = _with_the_one_before(interview, action.item)
    start = turn.span.start
    if action.to == start or not before.span.start < action.to < turn.span.end:
        raise ConfigError("a boundary moves within the two turns beside it")
    if action.to > start:
        return _extended(interview, before, action.to, (before, turn))
    if turn.label is not None:  # what stands before a printed label is a turn of its own, of the same voice
        speaker = _name(interview, turn.speaker)
        said = Division(
            action="divide", item=before.id, to=action.to, speaker=speaker, role=turn.role, by=action.by, why=action.why
        )
        return _added(interview, action.to, before.span.end, (before,), said)
    paragraphs = _clipped(interview.text, _said_in((before, turn)), action.to, turn.span.end)
    return _target(interview, "turns", turn.span, turn.id, low=action.to), {"paragraphs": paragraphs}


def _extended(
    interview: Interview, turn: Turn, to: int, around: tuple[Turn, ...]
) -> tuple[dict[str, Any], dict[str, Any]]:
    start = turn.paragraphs[0].start if turn.paragraphs else (turn.label.end if turn.label else turn.span.start)
    paragraphs = _clipped(interview.text, _said_in(around), start, to)
    return _target(interview, "turns", turn.span, turn.id, high=to), {"paragraphs": paragraphs}


def _added(
    interview: Interview, start: int, end: int, around: tuple[Turn, ...], action: Division
) -> tuple[dict[str, Any], dict[str, Any]]:
    paragraphs = _clipped(interview.text, _said_in(around), start, end)
    if not paragraphs:
        raise ConfigError("a turn needs at least one character")
    span = Span(start=paragraphs[0][0], end=paragraphs[-1][1])
    new = {"paragraphs": paragraphs, **_said(action, "speaker", "role")}
    return _target(interview, "turns", span), {
        "add": _named(interview, {key: value for key, value in new.items() if value is not None})
    }


def _quotation(action: ChangedQuotation, interview: Interview) -> tuple[dict[str, Any], dict[str, Any]]:
    quote = _item(interview.quotes, action.item)
    values = _changed(interview, quote, _named(interview, _said(action, "kind", "speaker")))
    if values.get("kind", quote.kind) is None:
        del values["kind"]
    low, high = _hull(quote).start, _hull(quote).end
    if action.cue is not None:
        span = _inside(interview, *action.cue)
        values["cue"], low, high = [span.start, span.end], min(low, span.start), max(high, span.end)
    if action.source is not None:
        span = _inside(interview, *action.source)
        values["source"], low, high = [[span.start, span.end]], min(low, span.start), max(high, span.end)
    return _target(interview, "quotes", _hull(quote), quote.id, low=low, high=high), values


def _waiver(action: Waive) -> dict[str, Any]:
    return {
        "code": action.code,
        **({"where": action.where} if action.where else {}),
        **({"line": action.line} if action.line and "#" not in (action.where or "") else {}),
        "reason": action.why,
        "by": action.by,
        "rule_version": __version__,
        **({"expires": action.expires.isoformat()} if action.expires else {}),
    }


def _said(action: Model, *names: str) -> dict[str, Any]:
    """The fields that were given, also if they are null: null says that it is unknown."""
    values = action.model_dump(mode="json", include=set(names))
    return {name: values[name] for name in names if name in action.model_fields_set}


def _changed(interview: Interview, item: Turn | Quote, values: dict[str, Any]) -> dict[str, Any]:
    """Without what the record says already: a correction says no more than its author changed."""
    now = {**dict(item), "speaker": _name(interview, item.speaker)}
    return {name: value for name, value in values.items() if value != now[name]}


def _named(interview: Interview, values: dict[str, Any]) -> dict[str, Any]:
    """With the speaker by name where a name is enough: an id counts characters, a name survives every edit."""
    if values.get("speaker") is not None:
        values = {**values, "speaker": _name(interview, values["speaker"])}
    return values


def _name(interview: Interview, value: str | None) -> str | None:
    speaker = next((item for item in interview.speakers if item.id == value), None)
    if speaker is None:
        if value is not None and "#speaker@" in value:
            raise ConfigError(f"there is no speaker {value}")
        return value
    for name in (speaker.name, *speaker.labels):
        if name and [item.id for item in interview.speakers if _is_called(item, name)] == [speaker.id]:
            return name
    return speaker.id


def _is_called(speaker: Speaker, name: str) -> bool:
    names = (speaker.name or "", *speaker.labels, *speaker.aliases)
    return name.casefold() in map(str.casefold, names)


def _target(
    interview: Interview,
    layer: Layer,
    span: Span,
    item: str | None = None,
    *,
    low: int | None = None,
    high: int | None = None,
) -> dict[str, Any]:
    """Two selectors of `span`; the words around it reach to `low` and `high`, so that spans there can be translated."""
    place = describe(interview.text, span.start, span.end)
    before = min(span.start - len(place.prefix), span.start if low is None else low)
    after = max(span.end + len(place.suffix), span.end if high is None else high)
    words = {
        "exact": place.exact,
        "prefix": interview.text[before : span.start],
        "suffix": interview.text[span.end : after],
    }
    quote = {key: value for key, value in words.items() if value or key == "exact"}
    return {"layer": layer, **({"item": item} if item else {}), "position": [span.start, span.end], "quote": quote}


def _item(items: Iterable[Item], id_: str) -> Item:
    for item in items:
        if item.id == id_:
            return item
    raise ConfigError(f"there is no item {id_} any more")


def _with_the_one_before(interview: Interview, id_: str) -> tuple[Turn, Turn]:
    for before, turn in zip(interview.turns, interview.turns[1:], strict=False):
        if turn.id == id_:
            return before, turn
    raise ConfigError(f"there is no turn before {id_}")


def _said_in(turns: Sequence[Turn]) -> Iterator[Span]:
    """The paragraphs of turns; of all but the first the label belongs to what is said, if the turn is to be none."""
    for number, turn in enumerate(turns):
        first = True
        for span in turn.paragraphs or (turn.span,):
            start = turn.span.start if first and number else span.start
            yield Span(start=min(start, span.start), end=span.end)
            first = False


def _clipped(text: str, spans: Iterable[Span], start: int, end: int) -> list[list[int]]:
    """The parts of `spans` between `start` and `end`, without blanks at their ends."""
    pieces = []
    for span in spans:
        low, high = max(span.start, start), min(span.end, end)
        piece = text[low:high] if low < high else ""
        if piece.strip():
            pieces.append([low + len(piece) - len(piece.lstrip()), high - (len(piece) - len(piece.rstrip()))])
    return pieces


def _inside(interview: Interview, start: int, end: int) -> Span:
    piece = interview.text[start:end] if start < end <= len(interview.text) else ""
    if not piece.strip():
        raise ConfigError("nothing is marked")
    return Span(start=start + len(piece) - len(piece.lstrip()), end=end - (len(piece) - len(piece.rstrip())))


def _trimmed(text: str, start: int, end: int, kind: QuoteKind) -> Span:
    """What was marked without blanks and, of quoted words, without the marks around them."""
    piece = text[start:end] if start < end <= len(text) else ""
    if not piece.strip():
        raise ConfigError("nothing is marked")
    start, end = start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
    closers = CLOSERS.get(text[start], frozenset()) | SINGLE_CLOSERS.get(text[start], frozenset())
    if kind in ("direct", "mention") and end - start > 2 and text[end - 1] in closers:
        start, end = start + 1, end - 1
    return Span(start=start, end=end)


def _hull(quote: Quote) -> Span:
    return Span(start=quote.content[0].start, end=quote.content[-1].end)


def _stands(interview: Interview, speaker: Speaker) -> Span:
    """Where a speaker stands: the first mention, or the first label of a turn."""
    if speaker.mentions:
        return speaker.mentions[0]
    for turn in interview.turns:
        if turn.speaker == speaker.id and turn.label is not None:
            return turn.label
    raise ConfigError("this speaker is named nowhere; change the speaker of a turn instead")
