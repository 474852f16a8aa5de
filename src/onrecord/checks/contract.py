"""Check records that came from outside: JSON in, findings with their place in the JSON out, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from onrecord.checks import CHECKS
from onrecord.checks.outside import meaningless
from onrecord.checks.record import Broken, Loc, broken, check_record
from onrecord.codes import finding
from onrecord.collection.facts import Facts
from onrecord.collection.loading import did_you_mean, keys_at
from onrecord.schema.interview import Finding, Interview
from onrecord.text.json_places import json_places

_KINDS: Mapping[str, str] = {"missing": "missing-field", "extra_forbidden": "unknown-field"}
_SAID_ELSEWHERE: Mapping[str, str] = {
    "go together": "date-without-precision",
    "has to stand somewhere": "turn-without-place",
}


def check_record_json(data: bytes | str | Mapping[str, Any], path: str) -> tuple[Finding, ...]:
    """Return what is wrong with one record, given as JSON or as what JSON means. Never raises for broken data."""
    text = None
    if isinstance(data, Mapping):
        value: Any = data
    else:
        try:
            text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
            value = json.loads(text, object_pairs_hook=_pairs)
        except (ValueError, RecursionError) as error:
            return (_not_json(error, path),)
    if not isinstance(value, Mapping):
        return (finding("invalid-json", path, "A record is a JSON object.", line=1, column=1),)
    return tuple(_placed(_problems(value), text, value, path))


def is_record_json(data: bytes) -> bool:
    """Whether a file looks like records of this schema: JSON that names one of its fields."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and (
        b'"schema_version"' in data or b'"text_sha256"' in data
    )


def check_records_json(data: bytes, path: str) -> Iterator[Finding]:
    """Yield what is wrong with a file of one record or, if its first line is a whole one, of one record per line."""
    lines = data.splitlines() if b"\r" not in data else data.replace(b"\r\n", b"\n").split(b"\n")
    if len(lines) <= 1 or not lines[0].rstrip().endswith(b"}"):
        yield from check_record_json(data, path)
        return
    for number, line in enumerate(lines):
        if line.strip():
            for item in check_record_json(line, path):
                yield item.model_copy(update={"line": (item.line or 1) + number})


def check_table_texts(id_: str, expected: Mapping[str, str], found: Mapping[str, str], path: str) -> Iterator[Finding]:
    """Yield a finding for each item of an interview whose text in a flat table is not the one its spans give.

    `expected` and `found` hold texts by item id; items that only one of them has are reported, too.
    """
    for item in sorted(expected.keys() | found.keys()):
        if expected.get(item) != found.get(item):
            if item not in found:
                message = f"The table has no row for {item} of {id_}."
            elif item not in expected:
                message = f"The table has a row for {item}, which {id_} does not have."
            else:
                message = "The text in the table is not what the spans of the record stand for."
            yield finding(
                "table-text-mismatch", path, message, where=item, excerpt=(found.get(item) or "")[:60] or None
            )


class _TwiceError(ValueError):
    """A key stands twice in one object: JSON readers do not agree on which one counts."""


def _pairs(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise _TwiceError(f"the key `{key}` stands twice in one object")
        result[key] = value
    return result


def _not_json(error: Exception, path: str) -> Finding:
    if isinstance(error, json.JSONDecodeError):
        message = f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]}."
        return finding("invalid-json", path, message, line=error.lineno, column=error.colno)
    if isinstance(error, UnicodeDecodeError):
        return finding("invalid-json", path, f"Byte {error.start} is not UTF-8.")
    said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return finding("invalid-json", path, f"This is not a JSON record: {said}.")


def _problems(value: Mapping[str, Any]) -> Iterator[Broken]:
    try:
        interview = Interview.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        yield from _outside(value)
        for detail in error.errors(include_url=False):
            yield from _problem(value, detail)
    except (ValueError, RecursionError) as error:
        yield Broken("invalid-field", f"The record cannot be read: {error}.", ())
    else:
        found = [*broken(interview), *meaningless(interview)]
        yield from found or _other_errors(interview)  # which take for granted that the invariants hold


def _other_errors(interview: Interview) -> Iterator[Broken]:
    """What the other checks call an error, unless the record says that a person has accepted it."""
    waived = {item.code for item in interview.findings if item.waiver is not None}
    for check in CHECKS:
        if check is not check_record:
            for item in check(interview, Facts()):
                if item.level == "error" and item.code not in waived:
                    shown = f" ({item.excerpt})" if item.excerpt else ""
                    yield Broken(item.code, f"{item.message}{shown}", ("text",), item.where)


def _problem(value: Mapping[str, Any], detail: ErrorDetails) -> Iterator[Broken]:
    loc, message = detail["loc"], detail["msg"].removeprefix("Value error, ").rstrip(".")
    if _is_about_spans(value, loc, message):
        return  # said by `_outside`, with its place
    shown = ".".join(str(part) for part in loc) or "the record"
    code = _KINDS.get(detail["type"], "invalid-field")
    code = next((special for words, special in _SAID_ELSEWHERE.items() if words in message), code)
    if code == "missing-field":
        yield Broken(code, f"`{shown}` is missing.", loc[:-1])
    elif code == "unknown-field":
        near = did_you_mean(str(loc[-1]), keys_at(Interview, loc[:-1])) or ""
        near = f" {near}" if near.startswith("Did") else ""
        yield Broken(code, f"`{shown}` is not in the schema.{near}", loc)
    else:
        yield Broken(code, f"`{shown}`: {message[:1].lower()}{message[1:]}.", loc)


def _is_about_spans(value: Mapping[str, Any], loc: Loc, message: str) -> bool:
    if "is outside the text" in message or "a span ends before it starts" in message:
        return True
    return "greater than or equal to 0" in message and _is_span(_at(value, loc[:-1]))


def _at(value: Any, loc: Loc) -> Any:
    for part in loc:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _is_span(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and value.keys() == {"start", "end"}
        and all(isinstance(number, int) for number in value.values())
    )


def _outside(record: Mapping[str, Any]) -> Iterator[Broken]:
    """Yield every span that is not within the text, or ends before it starts, with its place in the record."""
    size = len(text) if isinstance(text := record.get("text"), str) else None
    stack: list[tuple[Loc, Any]] = [
        ((key,), value) for key, value in record.items() if key not in ("corrections", "findings")
    ]
    while stack:
        loc, value = stack.pop()
        if _is_span(value):
            start, end = value["start"], value["end"]
            if start < 0 or end < start or (size is not None and end > size):
                message = f"{start} … {end} is no range of the text of {size} code points."
                yield Broken("span-outside-text", message, loc)
        elif isinstance(value, Mapping):
            stack += [((*loc, key), child) for key, child in value.items()]
        elif isinstance(value, list | tuple):
            stack += [((*loc, index), child) for index, child in enumerate(value)]


def _placed(problems: Iterator[Broken], text: str | None, record: Mapping[str, Any], path: str) -> Iterator[Finding]:
    places: Mapping[Loc, tuple[int, int]] | None = None
    for item in problems:
        line = column = None
        if text is not None:
            places = json_places(text) if places is None else places
            line, column = _place(places, item.loc)
        yield finding(
            item.code, path, item.message, line=line, column=column, where=item.where or _owner(record, item.loc)
        )


def _place(places: Mapping[Loc, tuple[int, int]], loc: Loc) -> tuple[int, int]:
    while loc and loc not in places:
        loc = loc[:-1]
    return places.get(loc, (1, 1))


def _owner(record: Mapping[str, Any], loc: Loc) -> str | None:
    """The id of the innermost item around `loc` that has one."""
    for length in range(len(loc), -1, -1):
        value = _at(record, loc[:length])
        if isinstance(value, Mapping) and isinstance(value.get("id"), str):
            return str(value["id"])
    return None
