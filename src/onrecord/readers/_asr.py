"""What services for speech recognition give back: files whose words or phrases lie deeper than a list of utterances.

Recognised by the fields they must have: AWS Transcribe, Google (v1, v2), Deepgram, Speechmatics, Azure, ElevenLabs,
whisper.cpp, YouTube. Services whose files are plain lists of utterances (Whisper, AssemblyAI, Rev …) need no rule.
Words are put together per voice; one voice, or none named, makes one utterance of a stream of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.readers._utterances import Utterance, label, time_of

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or a mark of a stream, as it is printed: `glued` to the one before or with a blank between."""

    text: str
    speaker: str | None = None
    start: int | None = None
    end: int | None = None
    glued: bool = False


def recognised(value: Any) -> tuple[Utterance, ...]:
    """Return the utterances of a known service's file, none if it is of no known one."""
    if not isinstance(value, Mapping):
        return ()
    for service in _SERVICES:
        if found := tuple(said for said in service(value) if said.text.strip()):
            return found
    return ()


def _aws(value: Json) -> Iterable[Utterance]:
    results = _object(value.get("results"))
    segments = _objects(_object(results.get("speaker_labels")).get("segments"))
    times = {
        (str(item.get("start_time")), str(item.get("end_time"))): label(
            item.get("speaker_label", segment.get("speaker_label"))
        )
        for segment in segments
        for item in _objects(segment.get("items"))
    }
    words: list[_Word] = []
    for item in _objects(results.get("items")):
        said = _first(item.get("alternatives")).get("content")
        if not isinstance(said, str) or "type" not in item:
            return ()
        start, end = item.get("start_time"), item.get("end_time")
        is_mark = item["type"] == "punctuation"
        voice = label(item.get("speaker_label")) or times.get((str(start), str(end)))
        if is_mark and words:
            voice = words[-1].speaker
        words.append(_Word(said, voice, time_of(start), time_of(end), glued=is_mark))
    return _together(words)


def _google(value: Json) -> Iterable[Utterance]:
    results = [_first(result.get("alternatives")) for result in _objects(value.get("results"))]
    streams = [[word for word in _objects(result.get("words")) if "word" in word] for result in results]
    voiced = [stream for stream in streams if stream and all(_voice(word) is not None for word in stream)]
    if voiced:  # version 1 repeats all words, with voices, in its last result
        words = voiced[-1] if len(voiced) < sum(map(bool, streams)) else [word for stream in voiced for word in stream]
        return _together(
            _Word(
                str(word["word"]), _voice(word), *_times(word, ("startTime", "startOffset"), ("endTime", "endOffset"))
            )
            for word in words
        )
    return [Utterance(text) for result in results if isinstance(text := result.get("transcript"), str)]


def _voice(word: Json) -> str | None:
    return label(word.get("speakerTag") or word.get("speakerLabel"))


def _deepgram(value: Json) -> Iterable[Utterance]:
    results = _object(value.get("results"))
    if phrases := _objects(results.get("utterances")):
        return [_phrase(phrase, phrase.get("transcript")) for phrase in phrases]
    made: list[Utterance] = []
    for channel in _objects(results.get("channels")):
        best = _first(channel.get("alternatives"))
        paragraphs = _objects(_object(best.get("paragraphs")).get("paragraphs"))
        for paragraph in paragraphs:
            sentences = [str(sentence.get("text", "")) for sentence in _objects(paragraph.get("sentences"))]
            made.append(_phrase(paragraph, " ".join(sentences)))
        if not paragraphs:
            made += _together(
                _Word(str(word.get("punctuated_word", word.get("word", ""))), label(word.get("speaker")), *_times(word))
                for word in _objects(best.get("words"))
            )
    return made


def _speechmatics(value: Json) -> Iterable[Utterance]:
    words: list[_Word] = []
    for item in _objects(value.get("results")):
        best = _first(item.get("alternatives"))
        if "type" not in item or not isinstance(best.get("content"), str):
            return ()
        times = _times(item, ("start_time",), ("end_time",))
        words.append(_Word(best["content"], label(best.get("speaker")), *times, glued=item["type"] == "punctuation"))
    return _together(words)


def _azure(value: Json) -> Iterable[Utterance]:
    for phrase in _objects(value.get("recognizedPhrases")):
        start, length = _duration(phrase.get("offset")), _duration(phrase.get("duration"))
        end = None if start is None or length is None else start + length
        said = _first(phrase.get("nBest")).get("display")
        yield Utterance(str(said or ""), label(phrase.get("speaker")), None, start, end)


def _elevenlabs(value: Json) -> Iterable[Utterance]:
    words = _objects(value.get("words"))
    if not words or not all("speaker_id" in word and "type" in word for word in words):
        return ()
    said: list[_Word] = []
    glued = False
    for word in words:
        if word["type"] == "spacing":
            glued = not str(word.get("text", ""))
            continue
        said.append(_Word(str(word.get("text", "")), label(word["speaker_id"]), *_times(word), glued=glued))
        glued = False
    return _together(said)


def _whisper_cpp(value: Json) -> Iterable[Utterance]:
    for segment in _objects(value.get("transcription")):
        offsets = _object(segment.get("offsets"))
        times = [offset if isinstance(offset := offsets.get(side), int) else None for side in ("from", "to")]
        yield Utterance(str(segment.get("text", "")), label(segment.get("speaker")), None, *times)


def _youtube(value: Json) -> Iterable[Utterance]:
    for event in _objects(value.get("events")):
        said = "".join(str(part.get("utf8", "")) for part in _objects(event.get("segs")))
        start, length = event.get("tStartMs"), event.get("dDurationMs")
        if isinstance(start, int) and not event.get("aAppend"):
            yield Utterance(said.strip(), None, None, start, start + length if isinstance(length, int) else None)


_SERVICES: tuple[Callable[[Json], Iterable[Utterance]], ...] = (
    _aws,
    _deepgram,
    _speechmatics,
    _google,
    _azure,
    _elevenlabs,
    _whisper_cpp,
    _youtube,
)


def _together(words: Iterable[_Word]) -> list[Utterance]:
    """Put the words of one voice together until another one speaks."""
    made: list[Utterance] = []
    run: list[_Word] = []
    for word in (*words, None):
        if run and (word is None or word.speaker != run[-1].speaker):
            text = run[0].text + "".join(part.text if part.glued else f" {part.text}" for part in run[1:])
            starts = [part.start for part in run if part.start is not None]
            ends = [part.end for part in run if part.end is not None]
            start, end = min(starts, default=None), max(ends, default=None)
            made.append(Utterance(text, run[0].speaker, None, start, end))
            run = []
        if word is not None:
            run.append(word)
    return made


def _phrase(phrase: Json, said: Any) -> Utterance:
    return Utterance(said if isinstance(said, str) else "", label(phrase.get("speaker")), None, *_times(phrase))


def _times(
    held: Json, starts: tuple[str, ...] = ("start",), ends: tuple[str, ...] = ("end",)
) -> tuple[int | None, int | None]:
    start, end = (next((held[key] for key in keys if key in held), None) for keys in (starts, ends))
    return time_of(start), time_of(end)


def _duration(value: Any) -> int | None:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    return round((int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + float(found[3] or 0)) * 1000)


def _object(value: Any) -> Json:
    return value if isinstance(value, Mapping) else {}


def _objects(value: Any) -> list[Json]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _first(value: Any) -> Json:
    return next(iter(_objects(value)), {})
