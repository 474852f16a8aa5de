"""Which interview a JSON value holds: shapes of known formats, recognised by what they are made of.

Known are MediaSum, whisper and whisperX, Podcasting 2.0, ConvoKit, chat messages, Rev, AssemblyAI, Deepgram and
files like them: any list of objects that have a text, and mostly also a speaker. A card's `fields` come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from onrecord.readers._asr import recognised
from onrecord.readers._utterances import (
    ANSWER_KEYS,
    END_KEYS,
    QUESTION_KEYS,
    SPEAKER_KEYS,
    START_KEYS,
    TEXT_KEYS,
    Utterance,
    fold,
    is_figure,
    label,
    pick,
    time_of,
)

_MAX_VISITED = 200_000
_FIELDS = 64
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """An interview in a value: its utterances, and what the value states besides."""

    utterances: tuple[Utterance, ...]
    pairs: tuple[tuple[str, str], ...] = ()


def interview_in(value: Any, fields: Fields) -> Found | None:
    """Return the interview that `value` holds, None if it has none."""
    if fields.get("turns") or fields.get("text"):
        stated = _by_fields(value, fields)
        if stated is not None:
            return stated
    if said := recognised(value):
        return Found(said, _pairs(value, fields))
    if isinstance(value, Mapping) and (parallel := _parallel(value)) is not None:
        return Found(parallel, _pairs(value, fields))
    rows = _tabular(value) or _best_rows(value) or _rows_by_values(value)
    if rows is not None:
        return Found(utterances_in(rows, fields), _pairs(value, fields))
    if isinstance(value, Mapping):
        text = pick(_folded(value), TEXT_KEYS)
        if isinstance(text, str):
            return Found((Utterance(text),), _pairs(value, fields))
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return Found(tuple(Utterance(item) for item in value))
    return None


def is_interview(value: Any) -> bool:
    """Whether a value is an interview by itself and not an utterance of one, which has a speaker or a time."""
    if not isinstance(value, Mapping):
        return False
    folded = _folded(value)
    if isinstance(pick(folded, TEXT_KEYS), str):
        return pick(folded, SPEAKER_KEYS) is None and _times_of(folded) is None
    return bool(recognised(value)) or _parallel(value) is not None or _best_rows(value) is not None


def at_path(value: Any, path: str) -> Any:
    """Return what stands at a path such as `result.items.0.text`, None if nothing does."""
    for part in path.split(".") if path else ():
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def utterances_in(rows: Sequence[Mapping[str, Any]], fields: Fields) -> tuple[Utterance, ...]:
    """Return the utterances of rows; a row with a question and an answer holds two."""
    made: list[Utterance] = []
    integers_are_ms = _integers_are_ms(rows)
    for row in rows:
        folded = _folded(row)
        question, answer = pick(folded, QUESTION_KEYS), pick(folded, ANSWER_KEYS)
        if isinstance(question, str) and isinstance(answer, str) and "text" not in fields:
            made += [Utterance(question, role="question"), Utterance(answer, role="answer")]
            continue
        text = _text(row, folded, fields)
        if text is None or not text.strip():
            continue
        speaker = at_path(row, fields["speaker"]) if "speaker" in fields else pick(folded, SPEAKER_KEYS)
        start = at_path(row, fields["start"]) if "start" in fields else pick(folded, START_KEYS)
        end = at_path(row, fields["end"]) if "end" in fields else pick(folded, END_KEYS)
        times = [time_of(value, integers_are_ms=integers_are_ms) for value in (start, end)]
        made.append(Utterance(text, label(speaker), None, *times))
    return tuple(made)


def _by_fields(value: Any, fields: Fields) -> Found | None:
    held = at_path(value, fields["turns"]) if fields.get("turns") else value
    if isinstance(held, Mapping) and not fields.get("turns"):
        text = at_path(held, fields["text"])
        return Found((Utterance(text),), _pairs(value, fields)) if isinstance(text, str) else None
    if isinstance(held, list):
        rows = [row for row in held if isinstance(row, Mapping)]
        if rows:
            return Found(utterances_in(rows, fields), _pairs(value, fields))
    return None


def _parallel(value: Mapping[str, Any]) -> tuple[Utterance, ...] | None:
    """MediaSum: a list of utterances beside a list of speakers."""
    folded = _folded(value)
    said, voices = pick(folded, ("utt", "utterances", "texts")), pick(folded, ("speaker", "speakers"))
    if not (isinstance(said, list) and isinstance(voices, list) and len(said) == len(voices)):
        return None
    if not all(isinstance(item, str) for item in said):
        return None
    return tuple(Utterance(text, label(voice)) for text, voice in zip(said, voices, strict=True))


def _tabular(value: Any) -> list[Mapping[str, Any]] | None:
    """A table by its columns, as data frames are written: lists, or objects by row number; names apart from rows."""
    if not isinstance(value, Mapping) or not value:
        return None
    rows: list[Mapping[str, Any]]
    names, body = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(body, list) and all(isinstance(row, list) for row in body):
        rows = [dict(zip(map(str, names), row, strict=False)) for row in body]
    elif all(isinstance(column, list) for column in value.values()):
        if len({len(column) for column in value.values()}) != 1:
            return None
        rows = [dict(zip(value, row, strict=True)) for row in zip(*value.values(), strict=True)]
    elif all(isinstance(column, Mapping) for column in value.values()):
        first = next(iter(value.values()))
        if not isinstance(pick(_folded(value), TEXT_KEYS), Mapping):
            rows = list(value.values())  # by its rows
        elif all(column.keys() == first.keys() for column in value.values()):
            rows = [{name: column[at] for name, column in value.items()} for at in first]
        else:
            return None
    else:
        return None
    said = [_text(row, _folded(row), {}) for row in rows]
    return rows if rows and sum(text is not None for text in said) > 0.6 * len(rows) else None


def _best_rows(value: Any) -> list[Mapping[str, Any]] | None:
    """Return the list of objects anywhere in `value` that holds the most text, the outermost of equals."""
    best: tuple[int, list[Mapping[str, Any]]] | None = None
    for held in _lists(value):
        rows = [row for row in held if isinstance(row, Mapping)]
        if len(rows) < 0.8 * len(held) or not rows:
            continue
        texts = [_text(row, _folded(row), {}) for row in rows[:1000]]
        said = [text for text in texts if text]
        asked = [pick(_folded(row), ANSWER_KEYS) for row in rows[:1000] if pick(_folded(row), QUESTION_KEYS)]
        size = sum(map(len, said)) + sum(len(text) for text in asked if isinstance(text, str))
        if len(said) + len(asked) < 0.6 * (min(len(rows), 1000) - 1) or not size:  # the last one may be cut off
            continue
        if best is None or size > best[0]:
            best = size, rows
    return best[1] if best else None


def _rows_by_values(value: Any) -> list[Mapping[str, Any]] | None:
    """Return rows whose fields no table knows, by their values: one holds sentences, another few short names again.

    Of several lists the one that says most; its fields are renamed.
    """
    best: tuple[int, list[Mapping[str, Any]]] | None = None
    names: dict[Any, str]
    columns: dict[Any, list[str]]
    for held in _lists(value):
        rows: list[Any] = [dict(enumerate(row)) if isinstance(row, list) else row for row in held]
        rows = [row for row in rows if isinstance(row, Mapping) and row]
        if len(rows) < max(4, 0.8 * len(held)):
            continue
        keys = list(rows[0])[:_FIELDS]
        columns = {key: [item for row in rows if isinstance(item := row.get(key), str) and item] for key in keys}
        sizes = {key: sum(map(len, items)) for key, items in columns.items() if len(items) >= 0.6 * len(rows)}
        said = max(sizes, key=lambda key: sizes[key], default=None)
        named = next((key for key in sizes if key != said and _are_names(columns[key])), None)
        if said is None or named is None or sizes[said] < 12 * len(rows) or (best and sizes[said] <= best[0]):
            continue
        if not any(mark in item for item in columns[said] for mark in "?？؟"):
            continue  # a list of goods asks nothing
        names = {said: "text", named: "speaker"}
        best = sizes[said], [{names.get(key, key): item for key, item in row.items()} for row in rows]
    return best[1] if best else None


def _are_names(values: Sequence[str]) -> bool:
    """Whether the values of a field are a few short ones that come again and take turns, as the names of voices do."""
    if not 2 <= len(set(values)) <= len(values) // 2 or max(map(len, values)) > 60 or any(map(is_figure, values)):
        return False
    return sum(one != other for one, other in pairwise(values)) >= 0.5 * (len(values) - 1)


def _lists(value: Any) -> Iterator[list[Any]]:
    """Yield the lists in a value, the outer ones first; not those within rows of an enclosing list of rows."""
    level = [value]
    visited = 0
    while level:
        below: list[Any] = []
        for item in level:
            visited += 1
            if visited > _MAX_VISITED:
                return
            if isinstance(item, list):
                if item:
                    yield item
                below += [part for part in item[:2000] if isinstance(part, (list, Mapping))]
            elif isinstance(item, Mapping):
                below += [part for part in item.values() if isinstance(part, (list, Mapping))]
        level = below


def _text(row: Mapping[str, Any], folded: Mapping[str, Any], fields: Fields) -> str | None:
    value = at_path(row, fields["text"]) if "text" in fields else pick(folded, TEXT_KEYS)
    if isinstance(value, (int, float, str)) and "text" not in fields and is_figure(value):
        said = (folded.get(key) for key in TEXT_KEYS)  # `turn` or `line` may count the rows
        value = next((item for item in said if isinstance(item, str) and not is_figure(item)), value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        inner = pick(_folded(value), TEXT_KEYS)
        return inner if isinstance(inner, str) else None
    elements = folded.get("elements")  # Rev: a monologue in pieces
    if isinstance(elements, list):
        parts = [part.get("value") for part in elements if isinstance(part, Mapping)]
        return "".join(part for part in parts if isinstance(part, str)) or None
    return None


def _folded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(str(key)): value for key, value in row.items()}


def _times_of(folded: Mapping[str, Any]) -> int | None:
    return time_of(pick(folded, ("start", "start_time", "starttime")))


def _integers_are_ms(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether whole numbers are milliseconds: all times are whole, and would be too long as seconds.

    That is more than a day, or more than ten for every letter that is said.
    """
    largest = said = 0
    for row in rows:
        said += len(_text(row, _folded(row), {}) or "")
        for key, value in row.items():
            if fold(str(key)) in START_KEYS or fold(str(key)) in END_KEYS:
                if isinstance(value, float) and not value.is_integer():
                    return False
                if isinstance(value, int) and not isinstance(value, bool):
                    largest = max(largest, value)
    return largest >= 86_400 or largest > 10 * said > 0


def _pairs(value: Any, fields: Fields) -> tuple[tuple[str, str], ...]:
    """What the object that holds the utterances states of itself, in strings and numbers at its top."""
    found: list[tuple[str, str]] = []
    for ours, path in fields.items():
        stated = at_path(value, path)
        if isinstance(stated, (str, int)) and not isinstance(stated, bool):
            found.append((ours, str(stated)))
    holders = [value] if isinstance(value, Mapping) else []
    for holder in holders:
        inner = [part for part in holder.values() if isinstance(part, Mapping)]
        for part in (holder, *inner[:20]):
            for key, item in part.items():
                if isinstance(item, str) and len(item) <= 5000 and fold(str(key)) not in TEXT_KEYS:
                    found.append((str(key), item))
    return tuple(found)
