"""Gold quotations from files: the public JSON-lines shape, brat standoff, Citron JSON, W3C Web Annotation.

JSON lines, one document per line; offsets are half-open ranges of code points of `text`:

    {"id", "language", "text", "quotes": [{"content": [[s, e], …], "source": [[s, e], …] | null,
     "cue": [[s, e], …] | null, "type": "direct|mixed|indirect|mention", "speaker"?, "speaker_aliases"?}]}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ReadError

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """One annotated quotation, or one found by a system; ranges over the document's text."""

    content: tuple[Range, ...]
    source: tuple[Range, ...] = ()
    cue: tuple[Range, ...] = ()
    kind: str | None = None
    speaker: str | None = None
    aliases: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated text."""

    id: str
    text: str
    quotes: tuple[GoldQuote, ...]
    language: str | None = None


def read_gold(path: Path) -> list[GoldDocument]:
    """Read gold from a file or folder; the form is told from the ending and the first characters.

    `.jsonl` (public shape), `.ann` beside `.txt` (brat), `.json` (Citron or Web Annotation); a folder is read
    whole, in the order of its names. Raises `ReadError` for anything else, naming the file.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.suffix in (".jsonl", ".ann", ".json"))
        return [document for file in files for document in read_gold(file)]
    readers = {".jsonl": _jsonl, ".ann": _brat, ".json": _json}
    reader = readers.get(path.suffix)
    if reader is None:
        raise ReadError(f"{path}: gold is read from {', '.join(readers)}, or a folder of them")
    try:
        return list(reader(path))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ReadError(f"{path}: not gold in a form that is known: {error}") from error


def _jsonl(path: Path) -> Iterator[GoldDocument]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield document_of(json.loads(line))


def document_of(data: Mapping[str, Any]) -> GoldDocument:
    """Return the document of one line of the public shape. Raises `KeyError` if a key is missing."""
    return GoldDocument(
        str(data["id"]), data["text"], tuple(quote_of(quote) for quote in data["quotes"]), data.get("language")
    )


def quote_of(data: Mapping[str, Any]) -> GoldQuote:
    """Return one quotation of the public shape."""
    return GoldQuote(
        _ranges(data["content"]),
        _ranges(data.get("source")),
        _ranges(data.get("cue")),
        data.get("type"),
        data.get("speaker"),
        tuple(data.get("speaker_aliases") or ()),
        data.get("cue_kind"),
    )


def _ranges(value: Any) -> tuple[Range, ...]:
    return tuple((int(start), int(end)) for start, end in value or ())


def _json(path: Path) -> Iterator[GoldDocument]:
    data = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(data, Mapping) and "quotes" in data and "text" in data:
        yield _citron(path.stem, data)
    else:
        yield _web_annotation(path, data)


def _citron(name: str, data: Mapping[str, Any]) -> GoldDocument:
    quotes = tuple(
        GoldQuote(
            _spans(quote["contents"]),
            _spans(quote.get("sources")),
            _spans([quote["cue"]] if quote.get("cue") else None),
            quote.get("kind"),
        )
        for quote in data["quotes"]
    )
    return GoldDocument(name, data["text"], quotes, data.get("language"))


def _spans(value: Any) -> tuple[Range, ...]:
    return tuple((int(span["start"]), int(span["end"])) for span in value or ())


_BRAT_TEXT = re.compile(r"^(T\d+)\t(\S+) ([\d ;]+)\t", re.MULTILINE)
_BRAT_LINK = re.compile(r"^R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)", re.MULTILINE)
_BRAT_NOTE = re.compile(r"^A\d+\t(\S+) (T\d+)(?: (.+))?$", re.MULTILINE)


def _brat(path: Path) -> Iterator[GoldDocument]:
    """Content, Cue and Source as text-bound annotations; a relation joins cue or source to the content."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    notes = path.read_text(encoding="utf-8")
    kinds: dict[str, str] = {}
    spans: dict[str, tuple[Range, ...]] = {}
    for name, kind, ranges in _BRAT_TEXT.findall(notes):
        kinds[name] = kind.lower()
        spans[name] = _ranges([piece.split() for piece in ranges.split(";")])
    roles: dict[str, dict[str, tuple[Range, ...]]] = {}
    for _, one, other in _BRAT_LINK.findall(notes):
        content, part = (one, other) if kinds.get(one) in _BRAT_KINDS else (other, one)
        roles.setdefault(content, {})[kinds.get(part, "")] = spans.get(part, ())
    speakers = {name: value for key, name, value in _BRAT_NOTE.findall(notes) if key.lower() == "speaker" and value}
    quotes = tuple(
        GoldQuote(
            spans[name],
            roles.get(name, {}).get("source", ()),
            roles.get(name, {}).get("cue", ()),
            None if kind in ("content", "quote", "quotation") else kind,
            speakers.get(name),
        )
        for name, kind in kinds.items()
        if kind in _BRAT_KINDS
    )
    yield GoldDocument(path.stem, text, quotes)


_BRAT_KINDS = frozenset({"content", "quote", "quotation", "direct", "mixed", "indirect", "mention"})


def _web_annotation(path: Path, data: Any) -> GoldDocument:
    """A page or list of annotations: the target's positions are the content, the body says the rest."""
    items = data if isinstance(data, list) else data.get("items") or data.get("first", {}).get("items") or [data]
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    quotes = []
    for item in items:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        content = tuple(place for target in targets for place in _positions(target))
        if not content:
            raise KeyError("a target without a TextPositionSelector")
        bodies = item.get("body") or []
        body = {b.get("purpose"): b.get("value") for b in (bodies if isinstance(bodies, list) else [bodies])}
        quotes.append(GoldQuote(content, kind=body.get("classifying"), speaker=body.get("identifying")))
    return GoldDocument(path.stem, text, tuple(quotes))


def _positions(target: Any) -> Iterator[Range]:
    selectors = target.get("selector") if isinstance(target, Mapping) else None
    for selector in selectors if isinstance(selectors, list) else [selectors or {}]:
        if selector.get("type") == "TextPositionSelector":
            yield int(selector["start"]), int(selector["end"])
