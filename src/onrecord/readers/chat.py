"""CHAT transcripts (.cha) as of CHILDES and TalkBank: the text is the file itself.

`speaker` marks are over what a main tier says, with the printed code as value and a `cite` mark over the code; `field`
marks `participants.CODE` are over the names that the header gives to codes. `cue` marks have the times of a tier's
bullet. Headers are under `header` marks, dependent tiers (`%mor`) and bullets under `hidden` ones. The codes within
utterances (`[/]`, `&-uh`, `(.)`) are left to later stages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading
from onrecord.readers._decode import decode
from onrecord.readers._marks import Marks
from onrecord.readers._stated import stated
from onrecord.text.lines import Line, split_lines

_HEADER = re.compile(r"@([A-Za-z][\w /]{0,40}?)(?::[ \t]*(.*))?$")
_MAIN = re.compile(r"\*([^\s:]{1,20}):[ \t]*")
_BULLET = re.compile("\x15(?:%snd:[^\x15]{0,60}_)?(\\d{1,10})_(\\d{1,10})\x15")
_PARTICIPANT = re.compile(r"\s*(\S{1,20})\s+(\S{1,60})\s+\S{1,60}\s*$")  # CODE Name Role; of CODE Role there is no name
_BETWEEN_COMMAS = re.compile("[^,]+")
_DAY = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
# Languages of CHAT are ISO 639-3; BCP 47 wants the two-letter code where there is one.
_LANGUAGES = {
    "eng": "en", "deu": "de", "fra": "fr", "spa": "es", "rus": "ru", "tur": "tr", "aze": "az", "zho": "zh", "jpn": "ja",
    "ita": "it", "por": "pt", "nld": "nl", "dan": "da", "swe": "sv", "pol": "pl", "ell": "el", "heb": "he", "kor": "ko",
}  # fmt: skip
_KEYS = {"location": "place", "situation": "summary", "title": "title"}


@dataclass(slots=True)
class _Tier:
    """A main tier: its code, where what is said begins and ends, and the times of its bullet."""

    code: str
    label: tuple[int, int]
    start: int
    end: int
    times: str | None = None


@dataclass(slots=True)
class _Scan:
    """What the walk over the lines finds."""

    marks: Marks = field(default_factory=Marks)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    tiers: list[_Tier] = field(default_factory=list)


def read(data: bytes, facts: Facts) -> Reading:
    """Decode a transcript and mark its tiers; never raises for broken data."""
    decoded = decode(data, facts.encoding)
    text = decoded.text
    scan = _Scan()
    for first, last in _units(text):
        _unit(text, first, last, scan)
    _mark_tiers(text, scan)
    problems = [problem for problem in decoded.problems if not _is_about_bullets(problem, text)]
    if decoded.encoding is not None and text.strip() and not scan.tiers:
        problems.append(Problem("nothing-recognised", "The file has no main tier: no line that begins with `*CODE:`."))
    if scan.tiers and text.startswith(("@UTF8", "@Begin", "@Font")) and "@Begin" in text[:500] and "\n@End" not in text:
        problems.append(Problem("cut-off", "The file begins with @Begin and has no @End."))
    problems += scan.marks.problems
    made = scan.marks.done(decoded.marks)
    return Reading(text, decoded.encoding, decoded.newline, made, tuple(problems), stated(scan.pairs))


def _is_about_bullets(problem: Problem, text: str) -> bool:
    """Whether control characters are only the bullets of CHAT."""
    return problem.code == "control-characters" and not re.search(r"[\x00-\x08\x0b\x0e-\x14\x16-\x1f\x7f]", text)


def _units(text: str) -> list[tuple[Line, Line]]:
    """Lines with the lines that go on with them, which begin with a tab."""
    units: list[tuple[Line, Line]] = []
    for line in split_lines(text):
        if units and text.startswith("\t", line.start):
            units[-1] = units[-1][0], line
        else:
            units.append((line, line))
    return units


def _unit(text: str, first: Line, last: Line, scan: _Scan) -> None:
    begin = text[first.start : first.start + 1]
    if begin == "@" and (header := _HEADER.match(text, first.start, first.end)) is not None:
        scan.marks.add_trimmed(text, "header", first.start, last.end, header[1].strip())
        if header[2]:
            _statement(text, header.start(2), last.end, header[1].strip().lower(), scan)
    elif begin == "%":
        scan.marks.add_trimmed(text, "hidden", first.start, last.end, "tier")
    elif begin == "*" and (main := _MAIN.match(text, first.start, first.end)) is not None:
        bullet = None
        for bullet in _BULLET.finditer(text, main.end(), last.end):
            scan.marks.add("hidden", bullet.start(), bullet.end(), "time")
        end = bullet.start() if bullet is not None and not text[bullet.end() : last.end].strip() else last.end
        tier = _Tier(main[1], main.span(1), main.end(), end)
        if bullet is not None and int(bullet[1]) <= int(bullet[2]):
            tier.times = f"{int(bullet[1])}-{int(bullet[2])}"
        scan.tiers.append(tier)


def _statement(text: str, start: int, end: int, key: str, scan: _Scan) -> None:
    value = " ".join(text[start:end].split())
    if key == "participants":
        for entry in _BETWEEN_COMMAS.finditer(text, start, end):
            if (named := _PARTICIPANT.match(entry[0])) is not None:
                at = entry.start() + named.start(2)
                scan.marks.add("field", at, at + len(named[2]), f"participants.{named[1]}")
        return
    scan.marks.add_trimmed(text, "field", start, end, key)
    if key == "languages":
        code = value.split(",")[0].strip()
        scan.pairs.append(("language", _LANGUAGES.get(code, code)))
    elif key == "date" and (day := _DAY.fullmatch(value)) is not None and day[2] in _MONTHS:
        scan.pairs.append(("date", f"{day[3]}-{_MONTHS.index(day[2]) + 1:02d}-{int(day[1]):02d}"))
    elif key in _KEYS:
        scan.pairs.append((_KEYS[key], value))


def _mark_tiers(text: str, scan: _Scan) -> None:
    timed = any(tier.times is not None for tier in scan.tiers)
    for tier in scan.tiers:
        scan.marks.add("cite", *tier.label, "speaker")
        scan.marks.add_trimmed(text, "speaker", tier.start, tier.end, tier.code)
        if timed:
            scan.marks.add_trimmed(text, "cue", tier.start, tier.end, tier.times)


READER = Reader(name="chat", version="1", media_type="text/x-chat", suffixes=(".cha",), read=read)
