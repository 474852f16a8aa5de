"""From a YAML file to a card or a sidecar, or to findings that say where and what would be right.

What is wrong is left out and reported; what is right is kept, so that one typing mistake does not cost the
whole card.
"""

from __future__ import annotations

import codecs
import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from onrecord.codes import CODES
from onrecord.collection.card import Card
from onrecord.collection.document import Document, Loc, parse
from onrecord.collection.sidecar import Sidecar
from onrecord.collection.wording import wanted
from onrecord.schema.interview import Finding

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Names:
    """The names a card may use: they are defined in layers above this one, and so are handed in."""

    readers: Collection[str] = ()
    conventions: Collection[str] = ()


def load_card(data: bytes, path: str, names: Names) -> tuple[Card, tuple[Finding, ...]]:
    """Read a card; whatever is wrong with it is left out and reported. Never raises for broken data."""
    card, findings, _ = _load(data, path, Card, names)
    return card, findings


def load_sidecar(data: bytes, path: str, names: Names) -> tuple[Sidecar, tuple[Finding, ...], Document | None]:
    """Read a sidecar, with the document that knows where its waivers and corrections stand."""
    return _load(data, path, Sidecar, names)


def load_model(data: bytes, path: str, model: type[M]) -> tuple[M, tuple[Finding, ...]]:
    """Read any file of keys and values that `model` describes; whatever is wrong with it is left out and reported."""
    value, findings, _ = _load(data, path, model, Names())
    return value, findings


def did_you_mean(word: str, known: Collection[str]) -> str | None:
    """Return a hint naming the known word nearest to `word`, or all of them if they are few, or None."""
    near = get_close_matches(word, known, 1, 0.6) or get_close_matches(word.lower(), known, 1, 0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"There are: {', '.join(f'`{name}`' for name in known)}." if known else None


def _load(data: bytes, path: str, model: type[M], names: Names) -> tuple[M, tuple[Finding, ...], Document | None]:
    document, findings = parse(data, path)
    if document is None:
        return model(), findings, None
    found = list(findings)
    value = _without_unknown_names(document, names, found)
    return _validated(document, value, model, found), tuple(_in_order(found)), document


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda item: (item.line or 0, item.column or 0, item.code))


def _validated(document: Document, value: Any, model: type[M], found: list[Finding]) -> M:
    """Validate; drop what is wrong and try again, until what is left is right."""
    kept = _Kept(value)
    reported: set[tuple[Loc, str]] = set()
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(kept.value())
        except ValidationError as error:
            details = error.errors(include_url=False)
        wrong = [(detail, _known_part(document, kept.original(detail["loc"]))) for detail in details]
        for detail, loc in wrong:
            if (loc, detail["type"]) not in reported:
                reported.add((loc, detail["type"]))
                found.append(_finding(document, model, detail, loc))
            kept.drop(loc)
    return model()


class _Kept:
    """What is left of a file after wrong parts were dropped; knows where each part stood in the file.

    Of a list the whole entry is dropped: half a waiver would accept more than its author meant.
    """

    def __init__(self, value: Mapping[str, Any]) -> None:
        self._whole = value
        self._dropped: set[Loc] = set()

    def drop(self, loc: Loc) -> None:
        entry = next((at for at, part in enumerate(loc) if isinstance(part, int)), None)
        self._dropped.add(loc if entry is None else loc[: entry + 1])

    def value(self) -> Any:
        return {} if () in self._dropped else self._copy(self._whole, ())

    def original(self, loc: Loc) -> Loc:
        """Return the place in the file of `loc` in `value()`: list positions count what was dropped, too."""
        result: Loc = ()
        for part in loc:
            if isinstance(part, int):
                left = (at for at in range(part + 1 + len(self._dropped)) if (*result, at) not in self._dropped)
                part = next(islice(left, part, None))
            result = (*result, part)
        return result

    def _copy(self, item: Any, at: Loc) -> Any:
        if isinstance(item, Mapping):
            return {k: self._copy(child, (*at, k)) for k, child in item.items() if (*at, k) not in self._dropped}
        if isinstance(item, list):
            return [self._copy(child, (*at, i)) for i, child in enumerate(item) if (*at, i) not in self._dropped]
        return item


def _known_part(document: Document, loc: Loc) -> Loc:
    """The longest beginning of `loc` that stands in the file: pydantic adds names of functions and unions."""
    while loc and loc not in document.keys and loc not in document.values:
        loc = loc[:-1]
    return loc


def _finding(document: Document, model: type[BaseModel], detail: ErrorDetails, loc: Loc) -> Finding:
    kind, shown = detail["type"], _shown(loc)
    if kind == "extra_forbidden":
        known = keys_at(model, loc[:-1])
        return document.finding(
            "unknown-key", f"`{shown}` means nothing here.", loc, of_key=True, hint=did_you_mean(str(loc[-1]), known)
        )
    if kind == "missing":
        missing = detail["loc"][-1]
        place = f" in `{shown}`" if shown else ""
        return document.finding("missing-key", f"`{missing}` is missing{place}.", loc)
    said = wanted(detail)
    if "is written like" in said:
        return document.finding("wrong-date", f"`{shown}` is no date: {said}.", loc)
    return document.finding("wrong-value", f"`{shown}`: {said}." if shown else f"{said}.", loc, hint=_hint(detail))


def _shown(loc: Loc) -> str:
    shown = ""
    for part in loc:
        shown += f"[{part}]" if isinstance(part, int) else f"{'.' if shown else ''}{part}"
    return shown


def _hint(detail: ErrorDetails) -> str | None:
    """The usual slips: a number or a word like `true` where a text was meant, and a misspelt choice."""
    if detail["type"] == "string_type" and isinstance(detail["input"], int | float):
        return "Put the value in quotation marks if it is meant as text."
    if detail["type"] == "literal_error" and isinstance(detail["input"], str):
        expected = str(detail.get("ctx", {}).get("expected", ""))
        return did_you_mean(detail["input"], expected.split("'")[1::2])
    return None


def keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that mean something at `loc`, by walking down the models."""
    models = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        fields = [candidate.model_fields[part] for candidate in models if part in candidate.model_fields]
        if fields:
            models = [found for field in fields for found in _models_in(field.annotation)]
    return [name for candidate in models for name in candidate.model_fields]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, types.UnionType, Annotated, tuple, list, dict):
        for argument in get_args(annotation):
            yield from _models_in(argument)


def _without_unknown_names(document: Document, names: Names, found: list[Finding]) -> dict[str, Any]:
    """Drop a reader, convention, encoding or waived code that does not exist, and say so."""
    value = dict(document.value)
    for key, code, known in (
        ("reader", "unknown-reader", names.readers),
        ("convention", "unknown-convention", names.conventions),
    ):
        if isinstance(value.get(key), str) and known and value[key] not in known:
            message = f"There is no {key} named `{value[key]}`; there are: {', '.join(known)}."
            near = get_close_matches(value[key], known, 1)
            hint = f"Did you mean `{near[0]}`?" if near else None
            found.append(document.finding(code, message, (key,), hint=hint))
            del value[key]
    if isinstance(value.get("encoding"), str) and not _is_text_encoding(value["encoding"]):
        message = f"There is no character encoding named `{value['encoding']}`."
        found.append(document.finding("unknown-encoding", message, ("encoding",)))
        del value["encoding"]
    _report_unknown_codes(document, value.get("waivers"), found)
    return value


def _is_text_encoding(name: str) -> bool:
    try:
        return bool(codecs.lookup(name.removesuffix("-sig"))._is_text_encoding)  # how `open` tells
    except (LookupError, ValueError):
        return False


def _report_unknown_codes(document: Document, waivers: Any, found: list[Finding]) -> None:
    for index, waiver in enumerate(waivers if isinstance(waivers, list) else ()):
        code = waiver.get("code") if isinstance(waiver, dict) else None
        if isinstance(code, str) and code not in CODES:
            near = get_close_matches(code, CODES, 1)
            hint = f"Did you mean `{near[0]}`?" if near else "`onrecord explain` lists the codes."
            message = f"There is no finding code named `{code}`."
            found.append(document.finding("wrong-value", message, ("waivers", index, "code"), hint=hint))
