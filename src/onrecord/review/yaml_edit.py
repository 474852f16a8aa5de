"""Change a sidecar or people.yaml and leave every other byte as it is: comments, order, indentation, line ends.

Such a file is people's handwriting. A library that loads and dumps it keeps comments, but moves those between two
sections, and re-indents lists; so the change is made in the text itself, at the places the YAML parser gives. What
comes out is read again before it is returned: it must mean what the file meant before, plus the change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from onrecord.collection.document import parse
from onrecord.errors import ConfigError

Section = Literal["corrections", "waivers", "decisions", "people"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOM = "\ufeff"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/+@-]*[\w.)])?")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "none", "y", "n"})
# Characters that YAML does not take as they are, or that editors take for line ends.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Put:
    """Write an entry into a list of the sidecar: in place of the one at `index`, or at the end."""

    section: Section
    value: Mapping[str, Any]
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Take the entry at `index` out of a list of the sidecar."""

    section: Section
    index: int


@dataclass(frozen=True, slots=True)
class Name:
    """Write a new key with its value at the end of a mapping of the file."""

    section: Section
    key: str
    value: Mapping[str, Any]


Change = Put | Drop | Name


def edited(data: bytes, changes: Iterable[Change], path: str) -> bytes:
    """Return the file `data` with `changes` made one after the other.

    Raises `ConfigError` if the file cannot be changed without a risk: it is no YAML we read, or has a key twice.
    """
    text, bom = _decoded(data, path)
    newline = "\r\n" if "\r\n" in text else "\n"
    for change in changes:
        wanted = _applied(_value(text, path), change)
        text = _changed(text, change, newline)
        if _value(text, path) != wanted:
            raise ConfigError(
                f"{path}: `{change.section}` is written in a way that cannot be changed safely; edit it by hand"
            )
    return (bom + text).encode("utf-8")


def _decoded(data: bytes, path: str) -> tuple[str, str]:
    document, findings = parse(data, path)
    broken = next((item for item in findings if item.level == "error"), None)
    if document is None or broken is not None:
        said = f"{path}:{broken.line}: {broken.message}" if broken else path
        raise ConfigError(f"the file has to be repaired by hand before anything can be saved: {said}")
    text = data.decode("utf-8")
    return text.removeprefix(_BOM), _BOM if text.startswith(_BOM) else ""


def _value(text: str, path: str) -> dict[str, Any]:
    document, findings = parse(text.encode("utf-8"), path)
    if document is None:
        raise ConfigError(f"{path} cannot be changed safely: {findings[0].message}; edit it by hand")
    return dict(document.value)


def _applied(value: dict[str, Any], change: Change) -> dict[str, Any]:
    """What the file has to mean after the change."""
    if isinstance(change, Name):
        known = dict(value.get(change.section) or {})
        if change.key in known:
            raise ConfigError(f"there is a `{change.key}` in `{change.section}` already")
        return {**value, change.section: {**known, change.key: json.loads(json.dumps(change.value))}}
    entries = list(value.get(change.section) or ())
    if isinstance(change, Drop):
        del entries[change.index]
    elif change.index is None:
        entries.append(json.loads(json.dumps(change.value)))
    else:
        entries[change.index] = json.loads(json.dumps(change.value))
    return {**value, change.section: entries}


def _changed(text: str, change: Change, newline: str) -> str:
    root = yaml.compose(text, Loader=_LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    found = next((node for key, node in pairs if key.value == change.section), None)
    if isinstance(root, yaml.MappingNode) and root.flow_style and not found:
        raise ConfigError("a file in braces cannot be changed safely; write it as lines of `key: value`")
    if found is None:
        assert not isinstance(change, Drop)
        body = text if not text or text.endswith(("\n", "\r")) else text + newline
        return f"{body}{change.section}:{newline}{_entry(change, 2, newline)}"
    if isinstance(change, Name) and isinstance(found, yaml.MappingNode) and found.value:
        return _named(text, found, change, newline)
    if isinstance(found, yaml.SequenceNode) and found.value and not isinstance(change, Name):
        return _inflow(text, found, change) if found.flow_style else _in_block(text, found, change, newline)
    assert not isinstance(change, Drop)
    return _instead_of_nothing(text, found, change, newline)


def _named(text: str, node: yaml.MappingNode, change: Name, newline: str) -> str:
    if node.flow_style:
        raise ConfigError(f"`{change.section}` in braces cannot be changed safely; write it as lines of `key: value`")
    stop = _after_line(text, _end_of(text, node))
    lead = "" if text[:stop].endswith(("\n", "\r")) else newline
    return text[:stop] + lead + _entry(change, node.start_mark.column, newline) + text[stop:]


def _instead_of_nothing(text: str, node: yaml.Node, change: Put | Name, newline: str) -> str:
    """`corrections: []`, or the key alone."""
    start, end = node.start_mark.index, node.end_mark.index
    stop = _line_end(text, end)
    rest = text[end:stop]
    if rest.strip() and not rest.lstrip().startswith("#"):
        raise ConfigError(f"`{change.section}` is written in a way that cannot be changed safely; edit it by hand")
    after = text[stop:]
    if not after.startswith(("\n", "\r")):
        after = newline + after
    first = 2 if after.startswith("\r\n") else 1
    head = (text[:start].rstrip(" ") + rest.rstrip(" ")).rstrip(" ")
    return f"{head}{after[:first]}{_entry(change, 2, newline)}{after[first:]}"


def _in_block(text: str, node: yaml.SequenceNode, change: Put | Drop, newline: str) -> str:
    column = node.start_mark.column
    if isinstance(change, Put) and change.index is None:
        stop = _after_line(text, _end_of(text, node.value[-1]))
        lead = "" if text[:stop].endswith(("\n", "\r")) else newline
        return text[:stop] + lead + _entry(change, column, newline) + text[stop:]
    index = change.index
    assert index is not None
    item = node.value[index]
    start = text.rfind("-", 0, item.start_mark.index)
    while start > _line_start(text, start) + column or text[_line_start(text, start) : start].strip():
        start = text.rfind("-", 0, start)
    start = _line_start(text, start)
    stop = _after_line(text, _end_of(text, item))
    if isinstance(change, Put):
        ended = text[:stop].endswith(("\n", "\r"))
        made = _entry(change, column, newline)
        return text[:start] + (made if ended else made.removesuffix(newline)) + text[stop:]
    if len(node.value) > 1:
        return text[:start] + text[stop:]
    key = text.rfind(":", 0, start)
    return text[: key + 1] + " []" + text[key + 1 : start] + text[stop:]


def _inflow(text: str, node: yaml.SequenceNode, change: Put | Drop) -> str:
    if isinstance(change, Put) and change.index is None:
        last = node.value[-1].end_mark.index
        return f"{text[:last]}, {flow(change.value)}{text[last:]}"
    index = change.index
    assert index is not None
    item = node.value[index]
    start, end = item.start_mark.index, item.end_mark.index
    if isinstance(change, Put):
        return text[:start] + flow(change.value) + text[end:]
    if index + 1 < len(node.value):
        end = node.value[index + 1].start_mark.index
    elif index:
        start = node.value[index - 1].end_mark.index
    return text[:start] + text[end:]


def _end_of(text: str, node: yaml.Node) -> int:
    """Where the last character of a node stands: its mark alone may lie behind the comments that follow."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = len(text[:end].rstrip())
    return max(end, node.start_mark.index)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    match = re.compile(r"[\r\n]|\Z").search(text, at)
    return match.start() if match else len(text)


def _after_line(text: str, at: int) -> int:
    end = _line_end(text, at)
    return end + (2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0)


def _entry(change: Put | Name, column: int, newline: str) -> str:
    """What a change writes: decisions and people in one line each, as people write them."""
    if isinstance(change, Name):
        return f"{' ' * column}{_scalar(change.key)}: {flow(change.value)}{newline}"
    if change.section == "decisions":
        return f"{' ' * column}- {flow(change.value)}{newline}"
    return _block(change.value, column, newline)


def _block(entry: Mapping[str, Any], column: int, newline: str) -> str:
    """An entry of a list in block style, its dash at `column`; what is short stands in one line."""
    lines = _lines(entry, column + 2)
    lines[0] = " " * column + "- " + lines[0].lstrip(" ")
    return "".join(f"{line}{newline}" for line in lines)


def _lines(value: Mapping[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        if key == "target" and isinstance(item, Mapping):
            lines += [f"{' ' * indent}{key}:", *_lines(item, indent + 2)]
        else:
            lines.append(f"{' ' * indent}{key}: {flow(item)}")
    return lines


def flow(value: Any) -> str:
    """Return `value` as YAML in one line, which every YAML loader reads as this value."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """A scalar that every YAML loader reads as this value: quoted unless it is plainly words or a day."""
    if not isinstance(value, str):
        return json.dumps(value)
    if _DAY.fullmatch(value) or (_PLAIN.fullmatch(value) and "," not in value and value.lower() not in _WORDS):
        return value
    return _UNPRINTABLE.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
