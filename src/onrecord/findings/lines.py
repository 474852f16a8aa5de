"""The line that a finding is about, as much of it as a terminal shows, and the place in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.schema.interview import Finding
from onrecord.text.lines import LineIndex

BEFORE, WITHIN, AFTER = 30, 60, 90
"""Columns of a terminal: kept before the place, of the place itself, and in all."""

_WORD = re.compile(r"[^\s:,\[\]{}]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """Part of a line: what stands before the place, the place itself, and what follows.

    `derived` says that it is a line of the text that was read from the file, and not a line of the file.
    """

    before: str
    place: str
    after: str
    derived: bool = False


Place = tuple[str, str | None, int, int]
Lines = Mapping[Place, Shown]
"""Lines by path, record or item, line and column of the findings about them: a file of many has many first lines."""


def place_of(item: Finding) -> Place | None:
    """Return what `Lines` calls the place of a finding; None if it has none."""
    return None if item.line is None or item.column is None else (item.path, item.where, item.line, item.column)


def line_shown(text: str, index: LineIndex, item: Finding, *, derived: bool = False, word: bool = False) -> Shown:
    """Return the line of `text` that `item`, which has a line and a column, is about.

    The place reaches as far as the finding's excerpt; if that is cut off, or with `word`, to the end of the word or
    value that begins there.
    """
    start, end = index.bounds(item.line or 1)
    at = min(start + (item.column or 1) - 1, end)
    said = item.excerpt or ""
    if word or said.endswith("…"):  # an excerpt that was cut says where something begins, not how far it reaches
        match = _WORD.match(text, at, end)
        size = len(match[0]) if match else 1
    else:
        size = len(said) if said and text.startswith(said, at) else 1
    stop = min(at + max(size, 1), end)
    place = _first(text, at, stop, WITHIN)
    before = _last(text, start, at, BEFORE)
    room = AFTER - width(before) - width(place)
    after = "" if place.endswith("…") else _first(text, stop, end, room)
    return Shown(before, place, after, derived)


def visible(text: str) -> str:
    """Return `text` with control and direction characters escaped: names and excerpts must not steer a terminal."""
    return "".join(
        character if character in _JOINERS or unicodedata.category(character) not in _UNSEEN else _escaped(character)
        for character in text
    )


def width(text: str) -> int:
    """Return how many columns a terminal needs for `text`: wide letters take two, marks on a letter none."""
    return sum(
        0
        if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me")
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in visible(text)
    )


_JOINERS = "\u200c\u200d"  # part of how Persian, Hindi and others are spelled; they steer nothing
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(character: str) -> str:
    if character == "\t":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _first(text: str, start: int, stop: int, room: int) -> str:
    """The beginning of `text[start:stop]`, cut to `room` columns, never between a letter and its marks."""
    piece = text[start : min(stop, start + 4 * max(room, 1))]
    if stop - start == len(piece) and width(piece) <= room:
        return piece
    while piece and (width(piece) > room - 1 or unicodedata.combining(text[start + len(piece)])):
        piece = piece[:-1]
    return f"{piece}…"


def _last(text: str, start: int, stop: int, room: int) -> str:
    """The end of `text[start:stop]`, cut to `room` columns, never between a letter and its marks."""
    piece = text[max(start, stop - 4 * room) : stop]
    if stop - start == len(piece) and width(piece) <= room:
        return piece
    while piece and (width(piece) > room - 1 or unicodedata.combining(piece[0])):
        piece = piece[1:]
    return f"…{piece}"
