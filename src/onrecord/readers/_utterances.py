"""Utterances as data formats hold them, and the text made of them: a paragraph each, marks for who and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.readers._builder import Break, Builder
from onrecord.readers._xml_rules import milliseconds
from onrecord.readers.html import write_fragment

TEXT_KEYS = (
    "text", "words", "utterance", "body", "transcript", "content", "speech", "value", "sentence", "dialogue", "dialog",
    "line_text", "message", "quote", "texto", "paragraph", "payload", "turn", "said", "caption",
    "txt", "line", "says", "statement", "remark", "contribution",
)  # fmt: skip
SPEAKER_KEYS = (
    "speaker", "speaker_name", "speakername", "speaker_label", "who", "voice", "name", "participant",
    "participant_name", "user", "person", "hablante", "locuteur", "sprecher", "author", "from", "role",
    "speaker_id", "speakerid", "spk", "talker",
)  # fmt: skip
START_KEYS = (
    "start",
    "start_time",
    "starttime",
    "begin",
    "start_ms",
    "timestamp",
    "time",
    "minute",
    "offset",
    "ts",
    "timecode",
)
END_KEYS = ("end", "end_time", "endtime", "stop", "end_ms", "end_ts")
QUESTION_KEYS = ("question", "q", "frage", "pregunta", "pergunta", "soru", "sual")
ANSWER_KEYS = ("answer", "a", "antwort", "respuesta", "resposta", "cevap", "cavab", "response")
_FEW = 20
_MOSTLY = 0.8
_MARKUP = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});|</?(?:p|br|b|i|em|strong|a|span|div|u|q)\b[^<>]{0,500}>"
)
_FIGURES = re.compile(r"[\d:.,\[\]-]+")
_CLOCK = re.compile(r"[\[(]?(\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?)[\])]?")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one voice says: the label as the source has it, a role if the source states one, times in milliseconds."""

    text: str
    speaker: str | None = None
    role: str | None = None
    start: int | None = None
    end: int | None = None


def fold(key: str) -> str:
    """Return a key as the tables above have it."""
    return key.strip().lower().replace(" ", "_").replace("-", "_")


def is_figure(value: Any) -> bool:
    """Whether a value is a number, or written as one (also a time): it counts or measures, and says nothing."""
    return not isinstance(value, str) or _FIGURES.fullmatch(value.strip()) is not None


def pick(record: Mapping[str, Any], keys: Sequence[str]) -> Any:
    """Return the value under the first of `keys` that `record` (with folded keys) has and that is not empty."""
    return next((record[key] for key in keys if record.get(key) not in (None, "", [])), None)


def label(value: Any) -> str | None:
    """Return a speaker as a label: a name, a number, or an object with a name; without the colon of print."""
    if isinstance(value, Mapping):
        value = pick({fold(str(key)): item for key, item in value.items()}, ("name", "label", "id", "displayname"))
    if isinstance(value, list) and value:
        return ", ".join(part for item in value[:20] if (part := label(item))) or None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    shown = " ".join(str(value).split())
    return shown.rstrip(":： ").rstrip() or shown or None


def time_of(value: Any, *, integers_are_ms: bool = False) -> int | None:
    """Return a time in milliseconds: a number of seconds, or a clock as `01:02:03.5` or `[0:15]` at its beginning."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        if not 0 <= value < 1e12:
            return None
        return int(value) if integers_are_ms and isinstance(value, int) else round(value * 1000)
    if isinstance(value, str):
        shown = value.strip()
        if (clock := _CLOCK.match(shown)) is not None:
            return milliseconds(clock[1])
        return milliseconds(shown, integers_are_ms=integers_are_ms)
    return None


def _joined(utterances: Sequence[Utterance]) -> Sequence[Utterance]:
    """Join the words of one voice where a file has an utterance for every word."""
    words = sum(" " not in utterance.text.strip() for utterance in utterances)
    if len(utterances) < _FEW or words < _MOSTLY * len(utterances):
        return utterances
    made: list[Utterance] = []
    run: list[Utterance] = []
    for utterance in (*utterances, None):
        if run and (utterance is None or (utterance.speaker, utterance.role) != (run[0].speaker, run[0].role)):
            text = " ".join(part.text.strip() for part in run)
            made.append(Utterance(text, run[0].speaker, run[0].role, run[0].start, run[-1].end))
            run = []
        if utterance is not None:
            run.append(utterance)
    return made


def write(utterances: Sequence[Utterance], out: Builder) -> None:
    """Write utterances as paragraphs with their marks; `cue` marks on all of them if any has times."""
    utterances = _joined(utterances)
    timed = any(utterance.start is not None for utterance in utterances)
    for utterance in utterances:
        out.want(Break.PARAGRAPH)
        marks = []
        if timed:
            marks.append(out.open("cue", _times(utterance)))
        if utterance.speaker:
            marks.append(out.open("speaker", utterance.speaker))
        if utterance.role:
            marks.append(out.open("style", utterance.role))
        _write_text(utterance.text, out)
        for opened in reversed(marks):
            out.close(opened)


def _times(utterance: Utterance) -> str | None:
    if utterance.start is None:
        return None
    end = utterance.end
    return f"{utterance.start}-{'' if end is None or end < utterance.start else end}"


def _write_text(text: str, out: Builder) -> None:
    """Write a value: as it is, or as a page would show it if it holds character references or tags."""
    if _MARKUP.search(text) is not None:
        write_fragment(text, out)
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines):
        if number:
            out.line()
        out.write(line.strip(" \t"))
