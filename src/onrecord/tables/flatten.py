"""From a nested interview to the rows of the flat tables, as plain values in the order of the interview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.schema.interview import Interview, Quote, Span, Speaker, Turn, text_digest
from onrecord.tables.chat import chat
from onrecord.tables.keys import citation_key, group_of

Row = dict[str, Any]

PARAGRAPHS = "\n\n"
PARTS = " … "


def interview_rows(interview: Interview) -> list[Row]:
    """Return the one row of `interviews`: the record itself."""
    return [interview.model_dump()]


def turn_rows(interview: Interview) -> list[Row]:
    """Return the rows of `turns`."""
    shared, speakers = _context(interview), _speakers(interview)
    return [
        {**shared, **turn.model_dump(), **_turn_extras(interview, turn, speakers), "position": position}
        for position, turn in enumerate(interview.turns)
    ]


def speaker_rows(interview: Interview) -> list[Row]:
    """Return the rows of `speakers`."""
    shared = _context(interview)
    turns = Counter(turn.speaker for turn in interview.turns)
    quotes = Counter(quote.speaker for quote in interview.quotes if quote.kind != "mention")
    words: Counter[str | None] = Counter()
    for turn in interview.turns:
        words[turn.speaker] += sum(len(span.of(interview.text).split()) for span in turn.paragraphs)
    return [
        {
            **shared,
            **speaker.model_dump(),
            "citation_key": citation_key(speaker.id),
            "position": position,
            "turns": turns[speaker.id],
            "words": words[speaker.id],
            "quotes": quotes[speaker.id],
        }
        for position, speaker in enumerate(interview.speakers)
    ]


def quote_rows(interview: Interview) -> list[Row]:
    """Return the rows of `quotes`."""
    shared, speakers = _context(interview), _speakers(interview)
    turns = {turn.id: turn for turn in interview.turns}
    return [
        {
            **shared,
            **quote.model_dump(),
            **_quote_extras(interview.text, quote, speakers),
            **_place(turns.get(quote.turn or ""), speakers),
            **_echo(interview.text, quote),
            "position": position,
        }
        for position, quote in enumerate(interview.quotes)
    ]


def message_rows(interview: Interview) -> list[Row]:
    """Return the row of `messages`, or none if no question is followed by an answer."""
    talk = chat(interview)
    if talk is None:
        return []
    return [
        {
            **_context(interview),
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


def _context(interview: Interview) -> Row:
    return {
        "interview": interview.id,
        "citation_key": citation_key(interview.id),
        "collection": interview.origin.collection,
        "title": interview.title,
        "date": interview.date,
        "date_precision": interview.date_precision,
        "outlet": interview.outlet,
        "language": interview.language,
        "group": group_of(interview),
        "licence": interview.rights.licence,
        "redistribution": interview.rights.redistribution,
    }


def _speakers(interview: Interview) -> Mapping[str, Speaker]:
    return {speaker.id: speaker for speaker in interview.speakers}


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
