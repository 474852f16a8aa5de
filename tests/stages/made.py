"""Interviews made by hand for the tests of this stage: what the stage before it would give, and no more."""

from __future__ import annotations

import hashlib
import re

from onrecord.schema.interview import Block, Interview, Origin, Span, Turn, TurnEvidence, text_digest

_LABEL = re.compile(r"^([^:\n]{1,600}?):[ \t]*", re.MULTILINE)


def made(
    text: str,
    *,
    labels: bool = True,
    lede: int = 0,
    language: str | None = "en",
    outlet: str | None = None,
    identifier: str = "test/made",
) -> Interview:
    """Make an interview whose lines from line `lede` on are turns `Label: words`; other lines continue a turn.

    The first line before the turns is a title if it has no full stop; the last line is never special.
    """
    lines = _lines(text)
    turns: list[Turn] = []
    blocks: list[Block] = []
    for number, (start, end) in enumerate(lines):
        kind = "paragraph" if number else "title"
        match = _LABEL.match(text, start, end) if labels and number >= lede else None
        if match is not None:
            kind = "turn"
            turns.append(_turn(identifier, start, match.end(1), match.end(), end, text))
        elif turns and number >= lede and end > start:
            kind = "turn"
            last = turns[-1]
            turns[-1] = last.model_copy(update={"paragraphs": (*last.paragraphs, Span(start=start, end=end))})
        stop = lines[number + 1][0] if number + 1 < len(lines) else len(text)
        if stop > start:
            blocks.append(Block(span=Span(start=start, end=stop), kind=kind))
    return bare(text, identifier, language, outlet).replace(turns=tuple(turns), blocks=tuple(blocks))


def bare(text: str, identifier: str, language: str | None, outlet: str | None = None) -> Interview:
    """Make an interview with a text and nothing else."""
    data = text.encode("utf-8", "surrogatepass")
    origin = Origin(
        path="test/made.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type="text/plain",
        encoding="utf-8",
        newline="lf",
        reader="plain",
        reader_version="1",
    )
    return Interview(
        id=identifier, language=language, outlet=outlet, text=text, text_sha256=text_digest(text), origin=origin
    )


def _lines(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _turn(identifier: str, start: int, label_end: int, body: int, end: int, text: str) -> Turn:
    word = text[start:label_end].strip().lower()
    role = {"question": "question", "q": "question", "answer": "answer", "a": "answer"}.get(word)
    return Turn(
        id=f"{identifier}#turn@{start}",
        speaker=None,
        role=role,
        label=Span(start=start, end=label_end),
        paragraphs=(Span(start=body, end=end),) if end > body else (),
        evidence=TurnEvidence(convention="label-colon", rule="label", attribution="printed", confidence=1.0),
    )
