"""Collecting marks: add them in any order, get them sorted, validated once, and not more than a file can need."""

from __future__ import annotations

from pydantic import TypeAdapter

from onrecord.readers._base import Problem
from onrecord.schema.interview import Mark, MarkKind

MAX_MARKS = 500_000
"""A record with more marks than this fills memory and says nothing more: ten marks for every cue of two days' talk."""

_ADAPTER: TypeAdapter[tuple[Mark, ...]] = TypeAdapter(tuple[Mark, ...])
_Entry = tuple[int, int, int, MarkKind, str | None]


class Marks:
    """A list of marks in the making; marks over nothing are not kept."""

    __slots__ = ("_dropped", "_entries")

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._dropped = 0

    def add(self, kind: MarkKind, start: int, end: int, value: str | None = None) -> None:
        """Add a mark over `text[start:end]`."""
        if end <= start:
            return
        if len(self._entries) >= MAX_MARKS:
            self._dropped += 1
            return
        self._entries.append((start, -end, len(self._entries), kind, value))

    @property
    def full(self) -> bool:
        """Whether no more marks are kept."""
        return len(self._entries) >= MAX_MARKS

    def add_trimmed(self, text: str, kind: MarkKind, start: int, end: int, value: str | None = None) -> None:
        """Add a mark over `text[start:end]` without the blanks at its ends."""
        inner = text[start:end]
        lead = len(inner) - len(inner.lstrip())
        self.add(kind, start + lead, start + len(inner.rstrip()), value)

    def done(self, more: tuple[Mark, ...] = ()) -> tuple[Mark, ...]:
        """Return all marks by their start, the outer ones first; `more` are marks that exist already."""
        self._entries.sort()
        made = _ADAPTER.validate_python(
            [
                {"span": {"start": start, "end": -end}, "kind": kind, "value": value}
                for start, end, _, kind, value in self._entries
            ]
        )
        if not more:
            return made
        return tuple(sorted((*more, *made), key=lambda mark: (mark.span.start, -mark.span.end)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What to say where marks had to be left out."""
        if not self._dropped:
            return ()
        message = f"The file has {self._dropped:,} more marks of its markup than the {MAX_MARKS:,} that are kept."
        return (Problem("too-many-marks", message),)
