"""One line of a text by its form alone: blank, heading, bullet, separator, time, event, caption, emphasised.

Nothing here knows about speakers, nor about the other lines.
"""

from __future__ import annotations

import re

from onrecord.stages.layout.events import event_in
from onrecord.stages.layout.model import Row
from onrecord.stages.layout.stamps import END_TIME
from onrecord.stages.layout.words import events, fold

HEAD = 160
"""No label is longer: scanners look at this many characters of a line at most."""
_LEAD = re.compile(r"[ \t\u00a0\u3000\u200b\u200e\u200f\ufeff\u2028\x0c]*(?:>(?!>)[ \t]*)*")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_TIGHT_HEADING = re.compile(r"(#{1,6})(?=[^\W\d_])")
_IMAGE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?[ \t]*$")
_FIGCAPTION = re.compile(r"<figcaption>|<img ", re.IGNORECASE)
_WIKI_HEADING = re.compile(r"(={2,6})[ \t]*(?=[^\s=])[^\n=]{1,120}?[ \t]*\1$")
_HEADING_TAIL = re.compile(r"[ \t]+#+[ \t]*$")
_BULLET = re.compile(
    r"(?:[-–—―‒*+•·●▪■►▶▸➤→◆◇○»](?=[ \t\u00a0])|\(?\d{1,3}(?:\.\d{1,2})?[.)\u2013\u2014-](?=[ \t\u00a0])"
    r"|[-=]{1,2}>(?=[ \t\u00a0])|#\d{1,3}[.:)]?(?=[ \t\u00a0]))[ \t\u00a0]*"
)
_SEPARATOR = re.compile(r"(?:[-*_=~•·#+—–―.⁂✻※◆■□●]\s*){3,}$|(?:[■□◆⁂※∎]|&#9632;)$|\*$|#$|<hr ?/?>$", re.IGNORECASE)
_SEPARATOR_CHARS = frozenset("-*_=~•·#+—–―.⁂✻※◆■□●∎<&")
_TIME_ONLY = re.compile(
    r"[\[(<]?\d{1,2}:\d{1,2}(?::\d{1,2})?(?:[.,:;]\d{1,3})?"
    r"(?:\s*(?:-->|[-–—])\s*\d{1,2}:\d{1,2}(?::\d{1,2})?(?:[.,:;]\d{1,3})?)?[\])>]?(?:\s*[a-z]+:\S+)*\s*$"
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"([*_])(?=[^\s*_])(.+?)(?<=[^\s])\1")
_WIKI = re.compile(r"('{2,3})(?=[^\s'])(.+?)(?<=[^\s'])\1(?!')")
_TAGGED = re.compile(r"<(b|strong|i|em)>(.+?)</\1>", re.IGNORECASE)
_BOLD_MARKS = ("b", "strong", "'''")
_CLOCK = re.compile(r"\d{1,2}(?::\d{2}){1,2}")
_TAG = re.compile(r"</?\w+>")


def read_row(text: str, start: int, end: int, stop: int) -> Row:
    """Say what the line `start:end` of `text` is, whose end with its line break is `stop`."""
    lead = _LEAD.match(text, start, end)
    first = lead.end() if lead else start
    last = end
    while last > first and text[last - 1].isspace():
        last -= 1
    if last > first and text[last - 1] == "#" and (stamp := END_TIME.search(text, max(first + 1, last - 20), last)):
        last = stamp.start()
    row = Row(start, end, stop, first, last)
    if first >= last:
        row.kind = "blank"
        row.first = row.last = start
        return row
    row.quoted = ">" in text[start:first]
    char = text[first]
    if char.isalpha():
        return row
    _special(text, row, char)
    return row


def _special(text: str, row: Row, char: str) -> None:
    """Say what a row is whose first character is no letter."""
    first, last = row.first, row.last
    if char in _SEPARATOR_CHARS and last - first < HEAD and _SEPARATOR.match(text, first, last):
        row.kind = "separator"
        return
    if char == "#" and END_TIME.match(text, first, last):
        row.kind = "time"
        return
    if char == "!" and _IMAGE.match(text, first, last):
        row.kind = "caption"
        return
    if char == "#" and (match := _HEADING.match(text, first, last) or _tight_heading(text, first, last)):
        row.kind, row.level = "heading", len(match.group(1))
        row.first = match.end()
        if tail := _HEADING_TAIL.search(text, max(row.first, last - 20), last):
            row.last = tail.start()
    elif char == "=" and (match := _WIKI_HEADING.match(text, first, last)):
        row.kind, row.level = "heading", len(match.group(1))
        row.first, row.last = _inside(text, first + row.level, last - row.level)
    elif (match := _BULLET.match(text, first, last)) and match.end() < last:
        row.bullet = match.group().strip()
        row.first = match.end()
    elif char == "<" and _FIGCAPTION.match(text, first, last):
        row.kind = "caption"
    elif char.isdigit() or char in "[(<♪":
        if last - first < 60 and _TIME_ONLY.match(text, first, last):
            row.kind = "time"
            return
        if char in "[(<♪" and event_in(text, first, last):
            row.kind = "event"
            return
    if row.first < row.last and text[row.first] in "*_<([（【'":
        _emphasis(text, row)
        if char in "*_<" and row.last - first <= 60 and _is_note(text[row.first : row.last]):
            row.kind = "event"
        if row.kind == "text" and event_in(text, row.first, row.last):
            row.kind = "event"


def _inside(text: str, first: int, last: int) -> tuple[int, int]:
    while text[first].isspace():
        first += 1
    while text[last - 1].isspace():
        last -= 1
    return first, last


def _tight_heading(text: str, first: int, last: int) -> re.Match[str] | None:
    """Match hashes without a blank before several words that end no sentence; one word is a hash tag."""
    match = _TIGHT_HEADING.match(text, first, last)
    if (
        match is None
        or text[last - 1] in ".,;:"
        or text.find(" ", first, last) < 0
        or text.find("#", match.end(), last) >= 0
    ):
        return None
    return match


def _is_note(shown: str) -> bool:
    """Whether an emphasised row is the note of an event where a label would stand (`**Break:** [20:34]`)."""
    if shown.count("*") + shown.count("_") < 2 and "<" not in shown:
        return False
    words = fold(_CLOCK.sub(" ", _TAG.sub(" ", shown))).split()
    return bool(words) and words[0] in events() and all(word in events() or word in ("to", "and") for word in words)


def _emphasis(text: str, row: Row) -> None:
    """Set `strong` where all of the row's content is emphasised by characters."""
    for pattern, kind in ((_BOLD, "bold"), (_ITALIC, "italic"), (_TAGGED, "tag"), (_WIKI, "wiki")):
        at, outer = row.first, None
        while at < row.last and (match := pattern.match(text, at, row.last)) is not None:
            outer = match.group(1).lower()
            at = match.end()
            while at < row.last and text[at] in " \t":
                at += 1
        if outer is None or text[at : row.last].strip(" .:?!") != "":
            continue
        row.strong = ("bold" if outer in _BOLD_MARKS else "italic") if kind in ("tag", "wiki") else kind
        return
