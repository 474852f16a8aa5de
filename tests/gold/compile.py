"""Compile annotated texts (`tests/gold/quotes/src/<lang>/<id>.txt`) to quotations with offsets (`<lang>.jsonl`).

The annotation stands in the text, so that it can be read and reviewed like any other change:

    [[s1=Ruth Hale|Hale]] [[v1|said]] [[i1|the plan was dead]], calling it “[[m2|the plan]]”.

A tag is `[[` kind, number, optionally `=name`, `|`, the text, `]]`. Kinds: `d` direct, `x` mixed, `i` indirect,
`m` mention (all four are the *content*), `s` source, `v` cue. Tags with one number make one quotation; several
contents under one number are the parts of a split or multi-paragraph quotation. Tags nest. `[[s1,2|she]]` is the
source of two quotations. The name after `=` is the speaker's, on any tag of the quotation.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES = HERE / "quotes" / "src"
COMPILED = HERE / "quotes"

KINDS = {"d": "direct", "x": "mixed", "i": "indirect", "m": "mention"}
OPENING = "“„«‹‘‚\"'「『”»’›"
DASHES = "—–-"
DOUBLE = '“”„«»「」『』"'

_BLANKS = (" ", "\u00a0", "\u202f")

_TAG = re.compile(r"\[\[([dximsv])(\d+(?:,\d+)*)(?:=([^|\]\[]+))?\||\]\]")


_FULLY_MARKED = re.compile(r"[“„«\"][^“”„«»\"]*[”“»\"][.,;]?")


class AnnotationError(Exception):
    """An annotated text that contradicts itself; the message names file, quotation and what is wrong."""


@dataclass
class _Quote:
    kind: str | None = None
    speaker: str | None = None
    spans: dict[str, list[list[int]]] = field(default_factory=lambda: {"content": [], "source": [], "cue": []})


@dataclass
class _Open:
    kind: str
    numbers: list[str]
    start: int


def parse(name: str, annotated: str) -> dict[str, Any]:
    """Return one document in the public JSON-lines shape; `name` is `<language>-<slug>`.

    Raises:
        AnnotationError: tags that do not close, a quotation of two kinds or without content, two names for one.

    """
    text: list[str] = []
    length = position = 0
    stack: list[_Open] = []
    quotes: dict[str, _Quote] = {}
    for match in _TAG.finditer(annotated):
        piece = annotated[position : match.start()]
        text.append(piece)
        length += len(piece)
        position = match.end()
        if match[0] == "]]":
            if not stack:
                raise AnnotationError(f"{name}: a tag closes that never opened, near {piece[-40:]!r}")
            _close(quotes, stack.pop(), length)
        else:
            numbers = match[2].split(",")
            stack.append(_Open(match[1], numbers, length))
            for number in numbers:
                _name(name, quotes.setdefault(number, _Quote()), number, match[1], match[3])
    if stack:
        raise AnnotationError(f"{name}: tag {stack[-1].kind}{','.join(stack[-1].numbers)} never closes")
    text.append(annotated[position:])
    whole = "".join(text)
    built = [_built(name, number, quote) for number, quote in quotes.items()]
    built.sort(key=lambda quote: (quote["content"][0][0], -quote["content"][-1][1]))
    return {"id": name, "language": name.split("-", 1)[0], "text": whole, "quotes": built}


def _name(document: str, quote: _Quote, number: str, kind: str, name: str | None) -> None:
    if kind in KINDS:
        if quote.kind not in (None, KINDS[kind]):
            raise AnnotationError(f"{document}: quotation {number} is both {quote.kind} and {KINDS[kind]}")
        quote.kind = KINDS[kind]
    if name is not None:
        if quote.speaker not in (None, name):
            raise AnnotationError(f"{document}: quotation {number} is said by {quote.speaker!r} and {name!r}")
        quote.speaker = name


def _close(quotes: dict[str, _Quote], tag: _Open, end: int) -> None:
    layer = {"s": "source", "v": "cue"}.get(tag.kind, "content")
    for number in tag.numbers:
        quotes[number].spans[layer].append([tag.start, end])


def _built(document: str, number: str, quote: _Quote) -> dict[str, Any]:
    if quote.kind is None:
        raise AnnotationError(f"{document}: quotation {number} has a source or a cue but no content")
    spans = {layer: sorted(found) for layer, found in quote.spans.items()}
    return {
        "content": spans["content"],
        "source": spans["source"] or None,
        "cue": spans["cue"] or None,
        "type": quote.kind,
        "speaker": quote.speaker,
    }


def problems(document: dict[str, Any]) -> list[str]:
    """Return what is suspicious in one compiled document: marks against kinds, white space, marks left over."""
    text = document["text"]
    found = []
    covered: set[int] = set()
    for quote in document["quotes"]:
        shown = " … ".join(text[start:end] for start, end in quote["content"])
        for start, end in [*quote["content"], *(quote["source"] or []), *(quote["cue"] or [])]:
            if start >= end or text[start:end] != text[start:end].strip():
                found.append(f"white space at the edge of {text[start:end]!r}")
        marked = any(mark in shown for mark in '“„«‹"「『') or re.search(r"(^|\W)['‘‚]\w.*\w\W?['’]", shown)
        if quote["type"] in ("direct", "mention"):
            found += [
                f"{quote['type']} without a mark before it: {text[start:end]!r}"
                for start, end in quote["content"][:1]
                if not _opened(text, start)
            ]
        if quote["type"] == "mixed" and _FULLY_MARKED.fullmatch(shown):
            found.append(f"mixed, but all of it stands in marks: {shown!r}")
        if quote["type"] == "mixed" and not marked:
            found.append(f"mixed without marks: {shown!r}")
        if quote["type"] == "indirect" and marked and not _only_mentions(document, quote):
            found.append(f"indirect with marks: {shown!r}")
        for start, end in quote["content"]:
            covered.update(range(*_with_marks(text, start, end)))
    found += [
        f"a mark that belongs to nothing: {text[max(0, at - 15) : at + 25]!r}"
        for at, character in enumerate(text)
        if character in DOUBLE and at not in covered and not (character == '"' and text[at - 1 : at].isdigit())
    ]
    return found


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a content to the marks around it: past a blank (French), past a full stop or comma before the mark."""
    start -= 2 if text[start - 1 : start] in _BLANKS else 1
    if text[end : end + 1] in (".", ",", *_BLANKS):
        end += 1
    return start, end + 1


def _opened(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \u00a0\u202f")
    return before.endswith((*OPENING, *DASHES, "``", "''"))


def _only_mentions(document: dict[str, Any], quote: dict[str, Any]) -> bool:
    return any(
        other["type"] in ("mention", "direct") and start <= other["content"][0][0] and other["content"][-1][1] <= end
        for other in document["quotes"]
        for start, end in quote["content"]
        if other is not quote
    )


def load(language: str) -> list[dict[str, Any]]:
    """Compile all annotated texts of one language, in the order of their names."""
    paths = sorted((SOURCES / language).glob("*.txt"))
    return [parse(f"{language}-{path.stem}", path.read_text("utf-8").rstrip("\n") + "\n") for path in paths]


def languages() -> list[str]:
    """Return the languages there are annotated texts for."""
    return sorted(path.name for path in SOURCES.iterdir() if path.is_dir())


def lines(documents: list[dict[str, Any]]) -> str:
    """Return documents as JSON lines."""
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)


def counts() -> str:
    """Return documents and quotations by language and kind as a Markdown table, for the README beside this file."""
    rows = ["| language | documents | " + " | ".join(KINDS.values()) + " | all |", "|---|" + "---:|" * (len(KINDS) + 2)]
    totals = [0] * (len(KINDS) + 2)
    for language in languages():
        documents = load(language)
        kinds = [quote["type"] for document in documents for quote in document["quotes"]]
        figures = [len(documents), *(kinds.count(kind) for kind in KINDS.values()), len(kinds)]
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        rows.append(f"| {language} | " + " | ".join(map(str, figures)) + " |")
    rows.append("| all | " + " | ".join(map(str, totals)) + " |")
    return "\n".join(rows) + "\n"


def main() -> int:
    """Write `<lang>.jsonl` for every language and print what is suspicious; 1 if anything is."""
    suspicious = 0
    for language in languages():
        documents = load(language)
        (COMPILED / f"{language}.jsonl").write_text(lines(documents), "utf-8")
        kinds = [quote["type"] for document in documents for quote in document["quotes"]]
        counts = ", ".join(f"{kind} {kinds.count(kind)}" for kind in KINDS.values())
        print(f"{language}: {len(documents)} documents, {len(kinds)} quotations ({counts})")
        for document in documents:
            for problem in problems(document):
                suspicious += 1
                print(f"  {document['id']}: {problem}")
    return 1 if suspicious else 0


if __name__ == "__main__":
    sys.exit(main())
