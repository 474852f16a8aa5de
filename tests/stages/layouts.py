"""Small fictional texts, one for each way to mark turns, and texts that mark none. Names and words are ours."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read
from onrecord.schema.interview import Interview, Mark, text_digest
from onrecord.stages.blocks import find_blocks
from onrecord.stages.turns import find_turns

Expected = tuple[str | None, str]


@dataclass(frozen=True)
class Case:
    """A text and its turns: label as printed (None: none), and what is said, paragraphs joined by ` / `."""

    name: str
    text: str
    turns: tuple[Expected, ...]
    convention: str | None = None
    roles: str | None = None
    path: str = "case.txt"


def laid(text: str, *, path: str = "case.txt", facts: Facts | None = None, marks: tuple[Mark, ...] = ()) -> Interview:
    """Read `text` and find its blocks and turns."""
    facts = facts or Facts()
    interview = read(Source(id="test/case", path=path, data=text.encode("utf-8")))
    if marks:
        interview = interview.replace(marks=marks, text=text, text_sha256=text_digest(text))
    return find_turns(find_blocks(interview, facts), facts)


def shown(interview: Interview) -> tuple[Expected, ...]:
    """Return the turns as a case states them."""
    return tuple(
        (
            turn.label.of(interview.text) if turn.label else None,
            " / ".join(" ".join(span.of(interview.text).split()) for span in turn.paragraphs),
        )
        for turn in interview.turns
    )


def roles(interview: Interview) -> str:
    """Return the roles as letters: q, a, s, or - where there is none."""
    return "".join(turn.role[0] if turn.role else "-" for turn in interview.turns)
