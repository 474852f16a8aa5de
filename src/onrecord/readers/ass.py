"""SubStation Alpha (.ass, .ssa): what is shown, by time, with the name each line has as its speaker.

Override codes and drawings are no words, lines that are comments are not shown: how much that was is said. Line
breaks of a subtitle are line breaks, its hard blanks are blanks that do not break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._builder import Builder
from onrecord.readers._declared import decode_declared
from onrecord.readers._stated import stated
from onrecord.readers._utterances import Utterance, write

_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_CLOCK = re.compile(r"(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.:,](\d{1,3}))?")
_CODE = re.compile(r"\{([^{}]*)\}")
_DRAWING = re.compile(r"\\p(\d)")
_UNTITLED = "default aegisub file"


def read(data: bytes, facts: Facts) -> Reading:
    """Make a text and marks of subtitles; never raises for broken data."""
    decoded = decode_declared(data, facts.encoding, None)
    problems = list(decoded.problems)
    if not decoded.text.strip():
        return Reading("", decoded.encoding, decoded.newline, (), tuple(problems))
    lines = decoded.text.removesuffix("\n").split("\n")  # a line separator of Unicode is a character of its line
    if not any(line.strip().lower() == "[events]" for line in lines):
        message = "The file is not of SubStation Alpha, or breaks off before its events."
        return Reading("", None, "none", (), (Problem("unreadable-format", message),))
    shown, hidden, fields = _events(lines)
    out = Builder()
    write(sorted(shown, key=lambda said: said.start or 0), out)
    if lines[-1].lower().startswith("dialogue:") and lines[-1].count(",") < len(fields) - 1:
        problems.append(Problem("cut-off", "The file breaks off in the middle of its last line."))
    if hidden:
        message = f"The file has {hidden:,} characters that it does not show; they are not in the text."
        problems.append(Problem("hidden-text", message))
    if not out.size:
        problems.append(Problem("nothing-recognised", "The file has no line of dialogue with words."))
    marks = out.marks.done()
    problems += out.marks.problems
    titles = [line.partition(":")[2].strip() for line in lines[:50] if line.lower().startswith("title:")]
    pairs = [("title", title) for title in titles[:1] if title.lower() != _UNTITLED]
    return Reading(out.text, decoded.encoding, decoded.newline, marks, tuple(problems), stated(pairs))


def _events(lines: Sequence[str]) -> tuple[list[Utterance], int, Sequence[str]]:
    """Return the lines of dialogue, how many characters of words are not shown, and the fields in force at the end."""
    shown: list[Utterance] = []
    hidden = 0
    fields: Sequence[str] = _FIELDS
    for kind, value in _in_events(lines):
        if kind == "format":
            named = [field.strip().lower() for field in value.split(",")]
            fields = named if "text" in named else fields  # without a text there would be no words at all
        elif kind in ("dialogue", "comment"):
            parts = dict(zip(fields, (part.strip() for part in value.split(",", len(fields) - 1)), strict=False))
            words, beside = _words(parts.get("text", ""))
            hidden += beside
            if kind == "comment":
                hidden += sum(map(len, words.split()))
            elif words.strip():
                name = parts.get("name") or parts.get("actor")
                times = (_time(parts.get("start", "")), _time(parts.get("end", "")))
                shown.append(Utterance(words.strip(), name or None, None, *times))
    return shown, hidden, fields


def _in_events(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    within = False
    for line in lines:
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]"):
            within = bare.lower() == "[events]"
        elif within:
            kind, colon, value = bare.partition(":")
            if colon:
                yield kind.strip().lower(), value.strip()


def _words(text: str) -> tuple[str, int]:
    """Return the words of a line without codes and drawings, and how many characters of notes were in its braces."""
    pieces: list[str] = []
    at = hidden = 0
    drawing = False
    for code in _CODE.finditer(text):
        pieces += [] if drawing else [text[at : code.start()]]
        at = code.end()
        if "\\" not in code[1]:
            hidden += sum(map(len, code[1].split()))
        for scale in _DRAWING.finditer(code[1]):
            drawing = scale[1] != "0"
    pieces += [] if drawing else [text[at:]]
    words = "".join(pieces).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0")
    return words, hidden


def _time(value: str) -> int | None:
    match = _CLOCK.fullmatch(value.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(match[n]) for n in (1, 2, 3))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(((match[4] or "0") + "00")[:3])


READER = Reader(
    name="ass",
    version="1",
    media_type="text/x-ssa",
    suffixes=(".ass", ".ssa"),
    read=read,
    derived=True,
    recognises=begins(b"[Script Info]"),
)
