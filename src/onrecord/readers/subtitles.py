"""WebVTT and SubRip: the text is the file itself; marks say when it was said and by which voice.

`cue` marks are over payloads, their value is `start-end` in milliseconds; `voice` marks are over what a voice
says, with the voice's name as value and a `cite` mark over the printed name; `time` marks are over timing lines,
`field` over cue numbers, `note` over NOTE, STYLE and REGION blocks and the header. Tags and what rolling captions
repeat from the cue before are `hidden` (value `tag` or `repeated`), so that turns can leave them out.

Read leniently: a cue begins at every line with an arrow, wherever blank lines are, and ends where the next begins.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading, begins
from onrecord.readers._decode import decode
from onrecord.readers._marks import Marks
from onrecord.readers._stated import stated
from onrecord.schema.interview import MarkKind
from onrecord.text.lines import Line, split_lines

_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"[ \t\ufeff]*{_STAMP}[ \t]*-{{1,2}}>[ \t]*{_STAMP}(?=[ \t\r]|$)")
_ARROW = re.compile(r"[ \t]*(?:-->|\d[\d:.,]*[ \t]*-{1,2}>)")
_TAG = re.compile(
    r"<(/?)(v|c|i|b|u|s|lang|ruby|rt|font|\d[\d:.]{3,15})((?:\.[^\s<>.]{1,100})*)(?:[ \t]+([^<>\n]{0,500}))?>"
    r"|\{\\[^{}\n]{0,100}\}",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"""color\s*=\s*["']?([#\w]{1,30})""", re.IGNORECASE)
_COUNTER = re.compile(r"[ \t\ufeff]*\d{1,9}[ \t]*")
_HEADER_FIELD = re.compile(r"[ \t]*([A-Za-z][\w -]{0,30})[:=][ \t]*(.{1,500})")
_BLOCKS = ("NOTE", "STYLE", "REGION")
_KINDS: Mapping[str, MarkKind] = {"i": "italic", "b": "bold", "u": "underline", "s": "strike", "font": "colour"}
_MOST_LINES = 4
_SHOWN = 20


@dataclass(slots=True)
class _Cue:
    """A cue: its payload's lines, with the text of each as it is shown."""

    lines: list[Line] = field(default_factory=list)
    value: str | None = None


@dataclass(slots=True)
class _Scan:
    """The walk over the lines of a file."""

    text: str
    lines: list[Line]
    marks: Marks = field(default_factory=Marks)
    problems: list[Problem] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    cues: list[_Cue] = field(default_factory=list)

    def broken(self, message: str, offset: int) -> None:
        """Note a breach of the format, the first twenty of them."""
        if len(self.problems) < _SHOWN:
            self.problems.append(Problem("malformed-markup", message, offset))


def read_vtt(data: bytes, facts: Facts) -> Reading:
    """Decode a WebVTT file and mark its cues; never raises for broken data."""
    return _read(data, facts, is_vtt=True)


def read_srt(data: bytes, facts: Facts) -> Reading:
    """Decode a SubRip file and mark its cues; never raises for broken data."""
    return _read(data, facts, is_vtt=False)


def _read(data: bytes, facts: Facts, *, is_vtt: bool) -> Reading:
    decoded = decode(data, facts.encoding)
    scan = _Scan(decoded.text, split_lines(decoded.text))
    start = _header(scan, is_vtt=is_vtt)
    _cues(scan, start)
    if decoded.encoding is not None and decoded.text.strip() and not scan.cues:
        message = "The file has no cue: no line with two times and an arrow between them."
        scan.problems.append(Problem("nothing-recognised", message))
    _payloads(scan)
    problems = (*decoded.problems, *scan.problems, *scan.marks.problems)
    made = scan.marks.done(decoded.marks)
    return Reading(decoded.text, decoded.encoding, decoded.newline, made, problems, stated(scan.pairs))


def _header(scan: _Scan, *, is_vtt: bool) -> int:
    """Take the lines before the first blank line of WebVTT; return the number of the first line after them."""
    text, lines = scan.text, scan.lines
    if not lines:
        return 0
    if not text.startswith("WEBVTT", lines[0].start):
        if is_vtt and text.strip():
            scan.broken("The first line is not WEBVTT.", 0)
        return 0
    number = 0
    while number < len(lines) and text[lines[number].start : lines[number].end].strip():
        if number and _TIMING.match(text, lines[number].start, lines[number].end):
            break
        if number and (match := _HEADER_FIELD.match(text, lines[number].start, lines[number].end)) is not None:
            scan.marks.add_trimmed(text, "field", match.start(2), match.end(2), match[1].strip())
            scan.pairs.append((match[1], match[2]))
        number += 1
    scan.marks.add_trimmed(text, "note", lines[0].start, lines[max(0, number - 1)].end, "header")
    return number


def _cues(scan: _Scan, start: int) -> None:
    """Find the cues and notes after the header."""
    text, lines = scan.text, scan.lines
    cue: _Cue | None = None
    note: int | None = None
    stray: list[int] = []
    after_blank = True
    for number in range(start, len(lines)):
        line = lines[number]
        is_blank = not text[line.start : line.end].strip()
        if "->" in text[line.start : min(line.end, line.start + 80)] and _is_timing(scan, line):
            _end_note(scan, note, number)
            note = None
            if _take_identifier(scan, cue, number, start) and stray[-1:] == [number - 1]:
                stray.pop()
            cue = _Cue(value=_times(scan, line))
            scan.marks.add_trimmed(text, "time", line.start, line.end, cue.value)
            scan.cues.append(cue)
        elif is_blank:
            _end_note(scan, note, number)
            note = None
        elif note is not None:
            pass
        elif after_blank and text.startswith(_BLOCKS, line.start) and _block_name(text, line) in _BLOCKS:
            note = number
        elif cue is not None:
            cue.lines.append(line)
        else:
            stray.append(number)
        after_blank = is_blank
    _end_note(scan, note, len(lines))
    if stray and scan.cues:
        scan.broken("There are words before the first cue; they belong to none.", lines[stray[0]].start)


def _block_name(text: str, line: Line) -> str:
    return text[line.start : min(line.end, line.start + 20)].split(None, 1)[0].rstrip(":")


def _end_note(scan: _Scan, note: int | None, number: int) -> None:
    if note is not None:
        first, last = scan.lines[note], scan.lines[number - 1]
        scan.marks.add_trimmed(scan.text, "note", first.start, last.end, _block_name(scan.text, first).lower())


def _is_timing(scan: _Scan, line: Line) -> bool:
    return _TIMING.match(scan.text, line.start, line.end) is not None or (
        _ARROW.match(scan.text, line.start, line.end) is not None
    )


def _times(scan: _Scan, line: Line) -> str | None:
    """Return `start-end` in milliseconds, None (and a problem) if the line does not say both in order."""
    match = _TIMING.match(scan.text, line.start, line.end)
    if match is None:
        scan.broken("This timing line does not have two times of the form 00:00:00.000.", line.start)
        return None
    begin, end = _milliseconds(*match.groups()[:4]), _milliseconds(*match.groups()[4:])
    if end < begin:
        scan.broken("The cue ends before it begins.", line.start)
        return None
    return f"{begin}-{end}"


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _take_identifier(scan: _Scan, cue: _Cue | None, number: int, start: int) -> bool:
    """The line above a timing line is the cue's number or name if it is a number or stands after a blank line."""
    if number <= start:
        return False
    line = scan.lines[number - 1]
    shown = scan.text[line.start : line.end]
    if not shown.strip():
        return False
    above = scan.lines[number - 2] if number - 2 >= start else None
    alone = above is None or not scan.text[above.start : above.end].strip()
    if not (alone or _COUNTER.fullmatch(shown)):
        return False
    if cue is not None and cue.lines and cue.lines[-1] == line:
        cue.lines.pop()
    scan.marks.add_trimmed(scan.text, "field", line.start, line.end, "cue")
    return True


def _payloads(scan: _Scan) -> None:
    """Mark what cues hold: the cue itself, voices, emphasis, tags, and what is only repeated."""
    text, marks = scan.text, scan.marks
    shown = [[_shown(text, line) for line in cue.lines] for cue in scan.cues]
    rolls = _is_rolling(shown)
    before: list[str] = []
    for cue, now in zip(scan.cues, shown, strict=True):
        if not cue.lines:
            continue
        first, last = cue.lines[0].start, cue.lines[-1].end
        marks.add_trimmed(text, "cue", first, last, cue.value)
        if "<" in text[first:last] or "{" in text[first:last]:
            _tags(text, first, last, marks)
        if rolls:
            _mark_repeated(text, cue, now, before, marks)
            before = [line for line in now if line] or before


def _shown(text: str, line: Line) -> str:
    content = text[line.start : line.end]
    return _TAG.sub("", content).strip() if "<" in content or "{" in content else content.strip()


def _overlap(before: list[str], now: list[str]) -> int:
    """How many lines `now` begins with were the last lines of `before`."""
    for count in range(min(len(before), len(now), _MOST_LINES), 0, -1):
        if before[-count:] == now[:count]:
            return count
    return 0


def _is_rolling(shown: list[list[str]]) -> bool:
    """Whether the file is made of rolling captions: a third of its cues begin with lines of the cue before.

    Somebody may say the same twice; nobody does so in every third cue.
    """
    before: list[str] = []
    repeats = cues = 0
    for lines in shown:
        now = [line for line in lines if line]
        if now:
            cues += 1
            repeats += bool(before) and (_overlap(before, now) > 0 or _grows(before, now))
            before = now
    return repeats >= 2 and repeats > 0.3 * cues


def _grows(before: list[str], now: list[str]) -> bool:
    """Whether a one-line cue goes on where the one before stopped: `I`, `I went`, `I went home`."""
    return len(before) == len(now) == 1 and len(now[0]) > len(before[0]) and now[0].startswith(f"{before[0]} ")


def _mark_repeated(text: str, cue: _Cue, now: list[str], before: list[str], marks: Marks) -> None:
    filled = [(line, content) for line, content in zip(cue.lines, now, strict=True) if content]
    contents = [content for _, content in filled]
    count = _overlap(before, contents)
    for line, _ in filled[:count]:
        marks.add_trimmed(text, "hidden", line.start, line.end, "repeated")
    if not count and _grows(before, contents):
        line = filled[0][0]
        lead = len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())
        if text.startswith(before[0], line.start + lead):  # not if tags stand within
            marks.add("hidden", line.start + lead, line.start + lead + len(before[0]), "repeated")


def _tags(text: str, first: int, last: int, marks: Marks) -> None:
    """Take the tags of one payload: voices run to their end tag, the next voice or the end of the cue."""
    voice: tuple[int, str | None] | None = None
    open_: dict[str, list[tuple[int, str | None]]] = {}
    for tag in _TAG.finditer(text, first, last):
        name = (tag[2] or "").lower()
        if name == "v":
            if voice is not None:
                marks.add_trimmed(text, "voice", voice[0], tag.start(), voice[1])
            voice = None
            if not tag[1]:
                voice = tag.end(), _voice_name(tag)
                if tag[4]:
                    marks.add_trimmed(text, "cite", tag.start(4), tag.end(4), "voice")
                    continue  # the name stands in the text, within its tag
        elif (kind := _KINDS.get(name)) is not None:
            if not tag[1]:
                open_.setdefault(name, []).append((tag.end(), _colour(tag) if name == "font" else None))
            elif open_.get(name):
                start, value = open_[name].pop()
                marks.add_trimmed(text, kind, start, tag.start(), value)
        marks.add("hidden", tag.start(), tag.end(), "tag")
    if voice is not None:
        marks.add_trimmed(text, "voice", voice[0], last, voice[1])


def _colour(tag: re.Match[str]) -> str | None:
    found = _COLOUR.search(tag[4] or "")
    return found[1] if found else None


def _voice_name(tag: re.Match[str]) -> str | None:
    return html.unescape(tag[4]).strip() or None if tag[4] else None


VTT = Reader(
    name="vtt",
    version="1",
    media_type="text/vtt",
    suffixes=(".vtt", ".webvtt"),
    read=read_vtt,
    recognises=begins(b"WEBVTT"),
)
SRT = Reader(
    name="srt", version="1", media_type="application/x-subrip", suffixes=(".srt",), read=read_srt, also=("vtt",)
)
