"""From a nested interview to the rows of the flat tables, as plain values in the order of the interview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from onrecord.schema.interview import Interview, Quote, Span, Speaker, Turn, text_digest
from onrecord.tables.chat import chat
from onrecord.tables.keys import citation_key, group_of

Row = dict[str, Any]

PARAGRAPHS = "\n\n"
PARTS = " … "


class Flat:
    """A record on its way into the tables: what the rows of several of them need is worked out once.

    `plain` is the record as plain values, if they are at hand: the row of `interviews` that it was read from.
    """

    def __init__(self, interview: Interview, plain: Row | None = None) -> None:
        self.interview, self._plain = interview, plain

    @property
    def plain(self) -> Row:
        """The record as plain values."""
        return self.interview.model_dump() if self._plain is None else self._plain

    def items(self, layer: str) -> list[Row]:
        """Return the items of a layer as plain values."""
        if self._plain is None:
            return [item.model_dump() for item in getattr(self.interview, layer)]
        items: list[Row] = self._plain[layer]
        return items

    @cached_property
    def group(self) -> str:
        """The group it belongs to."""
        return group_of(self.interview)

    @cached_property
    def words(self) -> list[int]:
        """The number of words of each turn."""
        text = self.interview.text
        return [sum([len(span.of(text).split()) for span in turn.paragraphs]) for turn in self.interview.turns]

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """Its speakers by their ids."""
        return {speaker.id: speaker for speaker in self.interview.speakers}

    @cached_property
    def context(self) -> Row:
        """What all its rows say of the interview."""
        interview = self.interview
        return {
            "interview": interview.id,
            "citation_key": citation_key(interview.id),
            "collection": interview.origin.collection,
            "title": interview.title,
            "date": interview.date,
            "date_precision": interview.date_precision,
            "outlet": interview.outlet,
            "language": interview.language,
            "group": self.group,
            "licence": interview.rights.licence,
            "redistribution": interview.rights.redistribution,
        }


def interview_rows(record: Flat) -> list[Row]:
    """Return the one row of `interviews`: the record itself."""
    return [record.plain]


def turn_rows(record: Flat) -> list[Row]:
    """Return the rows of `turns`."""
    return [
        {**record.context, **plain, **_turn_extras(record.interview, turn, record.speakers), "position": position}
        for position, (turn, plain) in enumerate(zip(record.interview.turns, record.items("turns"), strict=True))
    ]


def speaker_rows(record: Flat) -> list[Row]:
    """Return the rows of `speakers`."""
    interview = record.interview
    turns = Counter(turn.speaker for turn in interview.turns)
    quotes = Counter(quote.speaker for quote in interview.quotes if quote.kind != "mention")
    words: Counter[str | None] = Counter()
    for turn, count in zip(interview.turns, record.words, strict=True):
        words[turn.speaker] += count
    return [
        {
            **record.context,
            **plain,
            "citation_key": citation_key(plain["id"]),
            "position": position,
            "turns": turns[plain["id"]],
            "words": words[plain["id"]],
            "quotes": quotes[plain["id"]],
        }
        for position, plain in enumerate(record.items("speakers"))
    ]


def quote_rows(record: Flat) -> list[Row]:
    """Return the rows of `quotes`."""
    interview, speakers = record.interview, record.speakers
    turns = {turn.id: turn for turn in interview.turns}
    return [
        {
            **record.context,
            **plain,
            **_quote_extras(interview.text, quote, speakers),
            **_place(turns.get(quote.turn or ""), speakers),
            **_echo(interview.text, quote),
            "position": position,
        }
        for position, (quote, plain) in enumerate(zip(interview.quotes, record.items("quotes"), strict=True))
    ]


def message_rows(record: Flat) -> list[Row]:
    """Return the row of `messages`, or none if no question is followed by an answer."""
    talk = chat(record.interview)
    if talk is None:
        return []
    return [
        {
            **record.context,
            "messages": [{"role": role, "content": content} for role, content in talk.messages],
            "assistant": talk.assistant and talk.assistant.id,
            "assistant_name": talk.assistant and talk.assistant.name,
            "user": talk.user and talk.user.id,
            "user_name": talk.user and talk.user.name,
            "named": list(talk.named),
            "merged": talk.merged,
            "dropped": talk.dropped,
        }
    ]


def turn_text(text: str, turn: Turn) -> str:
    """Return what is said in a turn: its paragraphs joined by a blank line."""
    return PARAGRAPHS.join(span.of(text) for span in turn.paragraphs)


def parts_text(text: str, spans: Iterable[Span]) -> str:
    """Return the characters of several spans, joined by ` … `."""
    return PARTS.join(span.of(text) for span in spans)


def _turn_extras(interview: Interview, turn: Turn, speakers: Mapping[str, Speaker]) -> Row:
    speaker, text = speakers.get(turn.speaker or ""), turn_text(interview.text, turn)
    start, end = _bounds(turn)
    return {
        "citation_key": citation_key(turn.id),
        "language": turn.language if turn.language is not None else interview.language,
        "own_language": turn.language,
        "start": start,
        "end": end,
        "text": text,
        "text_sha256": text_digest(text),
        "label_text": None if turn.label is None else turn.label.of(interview.text),
        "speaker_name": speaker and speaker.name,
        "speaker_kind": speaker and speaker.kind,
        "person": speaker and speaker.person,
    }


def _bounds(turn: Turn) -> tuple[int, int]:
    """Where `turn.span` starts and ends, without making the span."""
    parts = [*turn.paragraphs, *(event.span for event in turn.events)]
    if turn.label is not None:
        parts.append(turn.label)
    return min(part.start for part in parts), max(part.end for part in parts)


def _quote_extras(text: str, quote: Quote, speakers: Mapping[str, Speaker]) -> Row:
    speaker, content = speakers.get(quote.speaker or ""), parts_text(text, quote.content)
    return {
        "citation_key": citation_key(quote.id),
        "start": min((span.start for span in quote.content), default=0),
        "end": max((span.end for span in quote.content), default=0),
        "text": content,
        "text_sha256": text_digest(content),
        "cue_text": None if quote.cue is None else quote.cue.of(text),
        "source_text": None if quote.source is None else parts_text(text, quote.source),
        "speaker_name": speaker and speaker.name,
        "speaker_kind": speaker and speaker.kind,
        "person": speaker and speaker.person,
    }


def _place(turn: Turn | None, speakers: Mapping[str, Speaker]) -> Row:
    speaker = speakers.get(turn.speaker or "") if turn is not None else None
    return {
        "turn_role": turn and turn.role,
        "turn_speaker": turn and turn.speaker,
        "turn_speaker_name": speaker and speaker.name,
    }


def _echo(text: str, quote: Quote) -> Row:
    nearest = max(quote.echoes, key=lambda echo: echo.similarity, default=None)
    return {
        "echo": nearest and nearest.kind,
        "echo_similarity": nearest and nearest.similarity,
        "echo_text": nearest and nearest.span.of(text),
    }
