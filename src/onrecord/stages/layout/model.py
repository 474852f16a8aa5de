"""The values of a layout: cheap, frozen, offsets only. Stages turn them into the record's models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from onrecord.schema.interview import BlockKind, EventKind, FactKind, TurnRole
from onrecord.stages.layout.convention import Convention

Range = tuple[int, int]
Attribution = Literal["printed", "carried", "inferred", "unknown"]
RowKind = Literal[
    "text", "blank", "heading", "separator", "event", "time", "boilerplate", "caption", "meta", "code", "skip"
]  # fmt: skip


@dataclass(slots=True)
class Row:
    """One line of the text. `start:end` is its content, `start:stop` includes the line end.

    `first:last` is the content without markup of the line (indent, list and quote marks, heading hashes) and
    without white space at its ends. `strong` is `bold` or `italic` if
    all of the content is, else None. `numbered` rows begin with a printed line number.
    """

    start: int
    end: int
    stop: int
    first: int
    last: int
    kind: RowKind = "text"
    level: int = 0
    strong: str | None = None
    quoted: bool = False
    bullet: str | None = None
    numbered: bool = False


class Opening(NamedTuple):
    """A place where a turn may begin: what was found on one row, and the convention it belongs to, its `form`.

    `at` is where it begins, with its time and decoration; `label` is the printed label's range without its mark;
    `body` is where what is said begins (on this row, or the end of the row for a label on its own line). `key` is
    the label folded for comparison. `name` is what markup says the voice is called where no label is printed; `stamp`
    is where a time printed between label and speech begins; `until` is where the speech ends on its row, if not
    at the end; `side`: the label itself says whether this asks or answers; `stamped`: a time or date stands beside it.
    """

    row: int
    at: int
    form: Convention
    label: Range | None
    key: str
    body: int
    start_ms: int | None = None
    end_ms: int | None = None
    own_line: bool = False
    role: TurnRole | None = None
    name: str | None = None
    stamp: int | None = None
    until: int | None = None
    side: bool = False
    stamped: bool = False


class LaidEvent(NamedTuple):
    """A non-speech event: its range with brackets, and what happens."""

    start: int
    end: int
    kind: EventKind


class LaidTurn(NamedTuple):
    """One turn; `start:stop` is its block, with the last line's end."""

    start: int
    stop: int
    label: Range | None
    paragraphs: tuple[Range, ...]
    events: tuple[LaidEvent, ...]
    role: TurnRole | None
    start_ms: int | None
    end_ms: int | None
    convention: str
    rule: str
    attribution: Attribution
    confidence: float
    note: str | None = None


class LaidFact(NamedTuple):
    """Something a block states, with the characters that state it."""

    kind: FactKind
    value: str
    start: int
    end: int


class LaidBlock(NamedTuple):
    """One block of the partition."""

    start: int
    stop: int
    kind: BlockKind
    facts: tuple[LaidFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """One convention that was tried on a part of the text: what it found, and why it won or did not."""

    convention: str
    found: int
    supported: int
    voices: int
    score: float
    won: bool
    reason: str


@dataclass(slots=True)
class Verdict:
    """The openings of a convention that count as turns, and why; `all` are those that were judged.

    `core` are the labels that are believed by themselves, `sides` what the labels say their voices do.
    """

    convention: Convention
    openings: list[Opening]
    tried: Tried
    core: frozenset[str] = frozenset()
    all: list[Opening] = field(default_factory=list)
    sides: Mapping[str, TurnRole] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """How well the convention is supported."""
        return self.tried.score


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text looks like: its blocks, its turns, and the conventions that were tried."""

    blocks: tuple[LaidBlock, ...]
    turns: tuple[LaidTurn, ...]
    tried: tuple[Tried, ...]
