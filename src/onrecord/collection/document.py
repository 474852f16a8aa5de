"""YAML as people write it in cards and sidecars, with the place of every key and value.

A small, safe part of YAML: mappings, lists and scalars. Anchors, aliases and tags are refused (a few lines
with aliases can stand for gigabytes), keys may stand once, and only `true`, `false`, `null` and numbers
are more than text. `no` stays a word (it is Norwegian), and a date stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from onrecord.codes import excerpt, finding
from onrecord.schema.interview import Finding

MAX_BYTES = 4 * 2**20
MAX_DEPTH = 20

Loc = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: Mapping[str, bool | None] = MappingProxyType({
    "": None, "~": None, "null": None, "Null": None, "true": True, "True": True, "false": False, "False": False,
})  # fmt: skip


class Place(NamedTuple):
    """Where something stands in a file: line and column counted from 1, and the offset in code points."""

    line: int
    column: int
    offset: int


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain Python values, with the place of each key (`keys`) and value (`values`)."""

    path: str
    text: str
    value: Mapping[str, Any]
    keys: Mapping[Loc, Place] = field(default_factory=dict)
    values: Mapping[Loc, Place] = field(default_factory=dict)

    def place(self, loc: Loc, *, of_key: bool = False) -> Place:
        """Return where `loc` stands, or the nearest thing around it; the start of the file if nothing does."""
        table = self.keys if of_key else self.values
        while loc:
            if (place := table.get(loc) or self.values.get(loc) or self.keys.get(loc)) is not None:
                return place
            loc = loc[:-1]
        return Place(1, 1, 0)

    def finding(
        self,
        code: str,
        message: str,
        loc: Loc,
        *,
        hint: str | None = None,
        of_key: bool = False,
        where: str | None = None,
    ) -> Finding:
        """Make a finding about the key or value at `loc`."""
        place = self.place(loc, of_key=of_key)
        return finding(
            code,
            self.path,
            message,
            line=place.line,
            column=place.column,
            where=where,
            excerpt=excerpt(self.text, place.offset) or None,
            hint=hint,
        )


def parse(data: bytes, path: str) -> tuple[Document | None, tuple[Finding, ...]]:
    """Read a YAML file; None if it cannot be used at all. Never raises for broken data.

    Keys that stand twice are reported and the first one is kept.
    """
    if len(data) > MAX_BYTES:
        message = f"The file has {len(data):,} bytes; a card or sidecar has at most {MAX_BYTES:,}."
        return None, (finding("yaml-too-large", path, message),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"Byte 0x{data[error.start]:02X} is not UTF-8."
        return None, (finding("invalid-yaml", path, message, line=line, hint="Save the file as UTF-8."),)
    builder = _Builder(path, text)
    try:
        return builder.document(), tuple(builder.findings)
    except _Refused as refused:
        return None, (*builder.findings, refused.finding)
    except yaml.YAMLError as error:
        return None, (*builder.findings, _syntax(error, path, text))


class _Refused(Exception):
    """Stops the walk: the file uses YAML in a way that is not read."""

    def __init__(self, finding_: Finding) -> None:
        super().__init__(finding_.message)
        self.finding = finding_


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled; `key` waits for its value, `skip` for one that is not kept."""

    loc: Loc
    container: dict[str, Any] | list[Any]
    key: str | None = None
    skip: bool = False


class _Builder:
    """Turns the parser's events into values and places: a loop, so that depth cannot overflow the stack."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.findings: list[Finding] = []
        self.keys: dict[Loc, Place] = {}
        self.values: dict[Loc, Place] = {}
        self.stack: list[_Frame] = []
        self.root: Any = None
        self.documents = 0

    def document(self) -> Document:
        for event in yaml.parse(self.text, Loader=_LOADER):
            self.take(event)
        value = {} if self.root is None else self.root
        if not isinstance(value, dict):
            raise self.refusal("wrong-value", "The file must be a list of `key: value` lines.", None)
        return Document(self.path, self.text, value, self.keys, self.values)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.refusal("yaml-alias", "Anchors (`&name`) and aliases (`*name`) are not read.", event)
        if getattr(event, "tag", None) is not None and getattr(event, "tag", None) != "!":
            raise self.refusal("invalid-yaml", f"The tag `{event.tag}` is not read.", event)  # type: ignore[attr-defined]  # events with a tag have it
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.refusal("invalid-yaml", "The file holds more than one YAML document.", event)
        elif isinstance(event, yaml.MappingStartEvent):
            self.open({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.open([], event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event)

    def open(self, container: dict[str, Any] | list[Any], event: yaml.Event) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self.refusal("invalid-yaml", f"The file is nested more than {MAX_DEPTH} levels deep.", event)
        if self.stack and isinstance(self.stack[-1].container, dict) and self.stack[-1].key is None:
            raise self.refusal("invalid-yaml", "A key must be a word, not a list or mapping.", event)
        self.stack.append(_Frame(self.put(container, event), container))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        frame = self.stack[-1] if self.stack else None
        if frame is not None and isinstance(frame.container, dict) and frame.key is None:
            self.key(frame, event)
        else:
            self.put(event.value if event.style else _plain(event.value), event)

    def key(self, frame: _Frame, event: yaml.ScalarEvent) -> None:
        frame.key = str(event.value)
        frame.skip = frame.key in frame.container
        loc = (*frame.loc, frame.key)
        if frame.skip:
            first = self.keys[loc].line
            self.findings.append(
                self.refusal(
                    "duplicate-key", f"`{frame.key}` stands twice; it stood in line {first} already.", event
                ).finding
            )
        else:
            self.keys[loc] = _place(event)

    def put(self, value: Any, event: yaml.Event) -> Loc:
        """Put a value where it belongs and return its path."""
        if not self.stack:
            self.root = value
            return ()
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            loc: Loc = (*frame.loc, len(frame.container))
            frame.container.append(value)
        else:
            key, frame.key = frame.key or "", None
            if frame.skip:
                return (*frame.loc, f"{key} (again)")
            loc = (*frame.loc, key)
            frame.container[key] = value
        self.values[loc] = _place(event)
        return loc

    def refusal(self, code: str, message: str, event: yaml.Event | None) -> _Refused:
        place = Place(1, 1, 0) if event is None else _place(event)
        return _Refused(
            finding(
                code,
                self.path,
                message,
                line=place.line,
                column=place.column,
                excerpt=excerpt(self.text, place.offset) or None,
            )
        )


def _place(event: yaml.Event) -> Place:
    mark: Any = event.start_mark  # every event of a file has one
    return Place(mark.line + 1, mark.column + 1, mark.index)


def _plain(value: str) -> Any:
    """An unquoted scalar: a word for true, false or nothing, a number, or text."""
    if value in _WORDS:
        return _WORDS[value]
    match = _NUMBER.fullmatch(value)
    if match is None:
        return value
    return int(value) if value.lstrip("+-").isdigit() else float(value)


def _syntax(error: yaml.YAMLError, path: str, text: str) -> Finding:
    """Say in plain words where the parser stopped and, for the two usual causes, what it was."""
    if isinstance(error, yaml.reader.ReaderError):
        at = error.position
        line = text.count("\n", 0, at) + 1
        message = f"The character {text[at : at + 1]!r} may not stand in YAML."
        return finding("invalid-yaml", path, message, line=line, column=at - text.rfind("\n", 0, at))
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "the file cannot be read as YAML"
    if mark is None:
        return finding("invalid-yaml", path, f"This is not YAML: {problem}.")
    content = text.split("\n")[mark.line] if mark.line <= text.count("\n") else ""
    hint = None
    if "\t" in content[: len(content) - len(content.lstrip())] or content[mark.column : mark.column + 1] == "\t":
        problem, hint = "a tab is used for indentation", "Indent with blanks."
    elif (
        problem == "mapping values are not allowed here" or problem == "mapping values are not allowed in this context"
    ):
        problem, hint = "a second `: ` in one line", "Put the value in quotation marks."
    return finding(
        "invalid-yaml",
        path,
        f"This is not YAML: {problem}.",
        line=mark.line + 1,
        column=mark.column + 1,
        excerpt=excerpt(content, 0) or None,
        hint=hint,
    )
