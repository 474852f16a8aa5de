"""What the page may ask for: one model per action, read strictly from JSON."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from onrecord.errors import ConfigError
from onrecord.schema.interview import BlockKind, Model, QuoteKind, SpeakerKind, SpeakerRole, TurnRole

Word = Annotated[str, Field(min_length=1, max_length=2000)]
At = Annotated[int, Field(ge=0)]


class _Said(Model):
    """Who says it, and why."""

    by: Word
    why: Word


class Voice(_Said):
    """Another speaker, another role, or both, for one turn; null means unknown."""

    action: Literal["voice"]
    item: Word
    speaker: Word | None = None
    role: TurnRole | None = None


class Boundary(_Said):
    """The turn `item` begins at `to` instead of where it does."""

    action: Literal["boundary"]
    item: Word
    to: At


class Division(_Said):
    """A new turn begins at `to`, inside the turn `item`."""

    action: Literal["divide"]
    item: Word
    to: At
    speaker: Word | None = None
    role: TurnRole | None = None


class Merge(_Said):
    """The turn `item` is no turn of its own: it goes on with what the one before it says."""

    action: Literal["merge"]
    item: Word


class NewQuotation(_Said):
    """A quotation that was not found."""

    action: Literal["quote"]
    start: At
    end: At
    kind: QuoteKind
    speaker: Word | None = None


class ChangedQuotation(_Said):
    """Another kind, speaker, cue or source for a quotation."""

    action: Literal["quotation"]
    item: Word
    kind: QuoteKind | None = None
    speaker: Word | None = None
    cue: tuple[At, At] | None = None
    source: tuple[At, At] | None = None


class NoQuotation(_Said):
    """What was taken for a quotation is none."""

    action: Literal["unquote"]
    item: Word


class Naming(_Said):
    """A better name, kind or roles for a speaker, wherever the speaker stands."""

    action: Literal["speaker"]
    item: Word
    name: Word | None = None
    kind: SpeakerKind | None = None
    roles: tuple[SpeakerRole, ...] | None = None


class Recast(_Said):
    """Another kind for a block."""

    action: Literal["block"]
    start: At
    end: At
    kind: BlockKind


class Metadata(_Said):
    """What the record says of itself; null means unknown."""

    action: Literal["metadata"]
    title: Word | None = None
    outlet: Word | None = None
    date: Word | None = None
    place: Word | None = None
    language: Word | None = None


class Waive(_Said):
    """A finding is accepted; `why` is the reason."""

    action: Literal["waive"]
    code: Word
    where: Word | None = None
    line: Annotated[int, Field(ge=1)] | None = None
    expires: datetime.date | None = None


class Withdraw(Model):
    """The correction or waiver with this number (from 0) is taken back."""

    action: Literal["withdraw"]
    section: Literal["corrections", "waivers"]
    index: At


Action = Annotated[
    Voice
    | Boundary
    | Division
    | Merge
    | NewQuotation
    | ChangedQuotation
    | NoQuotation
    | Naming
    | Recast
    | Metadata
    | Waive
    | Withdraw,
    Field(discriminator="action"),
]
_ACTION: TypeAdapter[Action] = TypeAdapter(Action)


def action_of(value: Any) -> Action:
    """Read an action from JSON values. Raises `ConfigError` that says what is wrong with it."""
    try:
        return _ACTION.validate_python(value, strict=False)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in detail["loc"] if not str(part)[:1].isupper())
        raise ConfigError(f"{where or 'the action'}: {detail['msg']}") from None
