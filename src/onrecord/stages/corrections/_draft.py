"""The record while corrections are applied to it: layers as lists, and how references are kept right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.schema.interview import (
    Block,
    Correction,
    Evidence,
    Interview,
    Quote,
    Span,
    Speaker,
    SpeakerRole,
    Turn,
    TurnRole,
)

Outcome = Literal["changed", "same", "missing"]
"""What a correction did: it changed something, everything was so already, or there was nothing to change."""

RULE = "correction"

_VOICE: dict[TurnRole | None, tuple[SpeakerRole, ...]] = {"question": ("interviewer",), "answer": ("interviewee",)}
_OFFSET = re.compile(r"@(\d+)(?:\.\d+)?$")


class MissingError(Exception):
    """What a correction names is not in the record."""


@dataclass(slots=True)
class Draft:
    """The layers of one interview, while they change."""

    id: str
    text: str
    blocks: list[Block]
    speakers: list[Speaker]
    turns: list[Turn]
    quotes: list[Quote]
    metadata: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, interview: Interview) -> Draft:
        """Return a draft of `interview`."""
        return cls(
            interview.id,
            interview.text,
            list(interview.blocks),
            list(interview.speakers),
            list(interview.turns),
            list(interview.quotes),
        )

    def layers(self) -> dict[str, Any]:
        """Return what `Interview.replace` takes."""
        lists = {name: tuple(getattr(self, name)) for name in ("blocks", "speakers", "turns", "quotes")}
        return {**lists, **self.metadata}

    def speaker(self, value: str | None, at: int, role: TurnRole | None, correction: Correction) -> str | None:
        """Return the id of the speaker that `value` names by id, name, label or alias; one who is not there is added.

        Raises `MissingError` for an id that does not exist.
        """
        if value is None:
            return None
        if "#speaker@" in value:
            if any(speaker.id == value for speaker in self.speakers):
                return value
            raise MissingError(value)
        found = self.speaker_named(value)
        if found is not None:
            return self.speakers[found].id
        new = Speaker(
            id=fresh(f"{self.id}#speaker@{at}", (speaker.id for speaker in self.speakers)),
            name=value,
            kind="person",
            roles=_VOICE.get(role, ()),
            evidence=(evidence(correction),),
        )
        self.speakers.append(new)
        return new.id

    def speaker_named(self, value: str) -> int | None:
        """Return the place of the speaker with this name, or else with this label or alias."""
        wanted = value.casefold()
        for names in (
            lambda speaker: (speaker.name or "",),
            lambda speaker: speaker.labels,
            lambda speaker: speaker.aliases,
        ):
            for index, speaker in enumerate(self.speakers):
                if any(name.casefold() == wanted for name in names(speaker)):
                    return index
        return None

    def settle(self) -> None:
        """Put items in order, give the moved ones the ids of their places, and make every reference right again."""
        self.turns.sort(key=lambda turn: turn.span.start)
        self.turns = [
            turn.model_copy(update={"id": id_})
            for turn, id_ in zip(
                self.turns, _ids(f"{self.id}#turn@", [(t.id, t.span.start) for t in self.turns]), strict=True
            )
        ]
        self.quotes.sort(key=lambda quote: quote.content[0].start)
        named = [(quote.id, quote.content[0].start) for quote in self.quotes]
        renamed = dict(zip((id_ for id_, _ in named), _ids(f"{self.id}#quote@", named), strict=True))
        hulls = {quote.id: hull(quote) for quote in self.quotes}
        self.quotes = [self._resettled(quote, renamed, hulls) for quote in self.quotes]

    def _resettled(self, quote: Quote, renamed: Mapping[str, str], hulls: Mapping[str, Span]) -> Quote:
        echoes = tuple(
            echo.model_copy(update={"turn": turn})
            for echo in quote.echoes
            if (turn := self.turn_around(echo.span)) is not None
        )
        parent = quote.parent if quote.parent in hulls and quote.parent != quote.id else None
        covered = parent is not None and hulls[parent].covers(hulls[quote.id])
        update = {
            "id": renamed[quote.id],
            "turn": self.turn_around(hull(quote)),
            "echoes": echoes,
            "parent": renamed[parent] if parent is not None and covered else None,
        }
        return quote.model_copy(update=update)

    def turn_around(self, span: Span) -> str | None:
        """Return the id of the turn that covers `span`; the turns are in order."""
        at = bisect_right(self.turns, span.start, key=lambda turn: turn.span.start) - 1
        return self.turns[at].id if at >= 0 and self.turns[at].span.covers(span) else None


def hull(quote: Quote) -> Span:
    """From the first to the last character of a quotation's content."""
    return Span(start=quote.content[0].start, end=quote.content[-1].end)


def overlap(one: Span, other: Span) -> float:
    """Return the share of characters two spans have in common, of all that either has."""
    common = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return max(0, common) / whole if whole else float(one == other)


def evidence(correction: Correction) -> Evidence:
    """Return what an item says of the person who corrected it."""
    return Evidence(rule=RULE, confidence=1.0, note=note(correction))


def note(correction: Correction) -> str:
    """Who says so, when, and why."""
    return f"{correction.by}, {correction.on}: {correction.why}"


def fresh(id_: str, taken: Iterable[str]) -> str:
    """Return `id_`, or with `.2`, `.3` … appended if it is taken."""
    used, result, number = set(taken), id_, 2
    while result in used:
        result, number = f"{id_}.{number}", number + 1
    return result


def _ids(prefix: str, named: Sequence[tuple[str, int]]) -> list[str]:
    """Return the ids of items: those that still say where their item stands are kept."""
    right = {id_ for id_, start in named if id_.startswith(prefix) and _offset(id_) == start}
    result: list[str] = []
    used: set[str] = set()
    for id_, start in named:
        keep = id_ in right and _offset(id_) == start and id_ not in used
        result.append(id_ if keep else fresh(f"{prefix}{start}", used | right))
        used.add(result[-1])
    return result


def _offset(id_: str) -> int | None:
    match = _OFFSET.search(id_)
    return int(match[1]) if match else None
