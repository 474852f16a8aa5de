"""Front matter: the YAML between two lines `---` (or TOML between `+++`) with which many text files begin.

Values become `field` marks over their characters, with the path of the key as value (`speakers`, `guest.name`),
so that later stages can cite them. YAML is walked as events: anchors and tags build nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from onrecord.readers._base import Problem
from onrecord.readers._marks import Marks

_MAX = 1 << 16
_MAX_DEPTH = 20
_OPEN = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_PAIR = re.compile(r"^([A-Za-z_][\w -]{0,40}?)[ \t]*[:=][ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"^[A-Za-z_\"'][^:\n]{0,60}:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where front matter ends in a text, and its keys and values in the order of the text."""

    end: int = 0
    pairs: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def front_matter(text: str, marks: Marks) -> FrontMatter:
    """Read the front matter of `text`, adding a `header` mark over it and a `field` mark over every value."""
    opened = _OPEN.match(text)
    if opened is None:
        return FrontMatter()
    closed = _CLOSE[opened[1]].search(text, opened.end(), opened.end() + _MAX)
    if closed is None:
        return FrontMatter()
    start, stop = opened.end(), closed.start()
    if opened[1] == "---" and _KEY_LINE.search(text, start, stop) is None:
        return FrontMatter()  # a text between two separators
    problems: tuple[Problem, ...] = ()
    try:
        found = _toml(text, start, stop) if opened[1] == "+++" else _yaml(text, start, stop)
    except yaml.YAMLError as error:
        line = str(getattr(error, "problem", None) or "it is not YAML")
        problems = (Problem("malformed-markup", f"The front matter is not YAML: {line}.", start),)
        found = _toml(text, start, stop)
    marks.add("header", 0, closed.end(), "front-matter")
    for path, value_start, value_stop, _ in found:
        marks.add("field", value_start, value_stop, path)
    return FrontMatter(closed.end(), tuple((path, value) for path, _, _, value in found), problems)


_Found = list[tuple[str, int, int, str]]


def _toml(text: str, start: int, stop: int) -> _Found:
    """Keys and values line by line: enough for TOML's simple pairs, and for YAML that is damaged elsewhere."""
    found: _Found = []
    for match in _PAIR.finditer(text, start, stop):
        value = match[2]
        bare = value.strip("\"'")
        if bare and bare[0] not in "[{|>":
            at = match.start(2) + value.index(bare)
            found.append((match[1], at, at + len(bare), bare))
    return found


@dataclass(slots=True)
class _Open:
    """A container that is being walked: the key whose value comes next, and whether a key comes first."""

    is_map: bool
    key: str = ""
    wants_key: bool = False

    def seen(self) -> None:
        """A value is complete."""
        self.wants_key = self.is_map


def _yaml(text: str, start: int, stop: int) -> _Found:
    """Walk the events of YAML; a list's items have the list's key. Raises `yaml.YAMLError`."""
    found: _Found = []
    open_: list[_Open] = []
    for event in yaml.parse(text[start:stop], Loader=yaml.SafeLoader):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            is_map = isinstance(event, yaml.MappingStartEvent)
            open_.append(_Open(is_map, wants_key=is_map))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            open_.pop()
            if open_:
                open_[-1].seen()
        elif open_ and isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            value = event.value if isinstance(event, yaml.ScalarEvent) else ""
            if open_[-1].wants_key:
                open_[-1].key, open_[-1].wants_key = value, False
                continue
            open_[-1].seen()
            if value.strip():
                found.append((".".join(part.key for part in open_ if part.key), *_span(text, start, event), value))
        if len(open_) > _MAX_DEPTH:
            raise yaml.YAMLError(f"it is nested more than {_MAX_DEPTH} levels deep")
    return found


def _span(text: str, start: int, event: Any) -> tuple[int, int]:
    first, last = start + event.start_mark.index, start + event.end_mark.index
    if event.style in ('"', "'"):
        first, last = first + 1, last - 1
    last = first + len(text[first:last].rstrip())
    return first, last
