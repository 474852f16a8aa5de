"""What a correction may set, layer by layer, and of which kind each value is.

Spans in values are ranges of the text as it was when the correction was made, like the target's own position.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from onrecord.collection.dates import partial_date
from onrecord.collection.wording import wanted
from onrecord.schema.interview import BlockKind, Layer, Model, QuoteKind, Span, SpeakerKind, SpeakerRole, TurnRole


def _pair(value: Any) -> Any:
    """`[120, 163]` is short for `{start: 120, end: 163}`."""
    return {"start": value[0], "end": value[1]} if isinstance(value, list) and len(value) == 2 else value


def _not_empty(span: Span) -> Span:
    if len(span) == 0:
        raise ValueError("a span needs at least one character")
    return span


def _a_date(value: str | int) -> str:
    partial_date(value)
    return str(value)


Range = Annotated[Span, BeforeValidator(_pair), AfterValidator(_not_empty)]
Ranges = Annotated[tuple[Range, ...], Field(min_length=1)]
Name = Annotated[str, Field(min_length=1)]
Names = tuple[Name, ...]


class NewTurn(Model):
    """A turn the parser did not find; `speaker` is a name, a label, or an id of the record."""

    paragraphs: Ranges
    label: Range | None = None
    speaker: Name | None = None
    role: TurnRole | None = None


class NewQuote(Model):
    """A quotation the parser did not find."""

    kind: QuoteKind
    content: Ranges
    cue: Range | None = None
    source: Ranges | None = None
    speaker: Name | None = None


class NewSpeaker(Model):
    """A speaker the parser did not find."""

    name: Name
    kind: SpeakerKind = "person"
    roles: tuple[SpeakerRole, ...] = ()
    labels: Names = ()
    aliases: Names = ()
    descriptors: Names = ()
    affiliations: Names = ()
    person: Name | None = None


_TEXT: Any = Name | None

FIELDS: Mapping[Layer, Mapping[str, TypeAdapter[Any]]] = {
    "metadata": {
        **{name: TypeAdapter(_TEXT) for name in ("title", "outlet", "place", "language", "summary")},
        "date": TypeAdapter(Annotated[str | int, AfterValidator(_a_date)] | None),
    },
    "blocks": {"kind": TypeAdapter(BlockKind)},
    "turns": {
        "speaker": TypeAdapter(_TEXT),
        "role": TypeAdapter(TurnRole | None),
        "label": TypeAdapter(Range | None),
        "paragraphs": TypeAdapter(Ranges),
        "delete": TypeAdapter(Literal[True]),
        "add": TypeAdapter(NewTurn),
    },
    "speakers": {
        "name": TypeAdapter(_TEXT),
        "kind": TypeAdapter(SpeakerKind),
        "roles": TypeAdapter(tuple[SpeakerRole, ...]),
        **{name: TypeAdapter(Names) for name in ("labels", "aliases", "descriptors", "affiliations")},
        "person": TypeAdapter(_TEXT),
        "delete": TypeAdapter(Literal[True]),
        "add": TypeAdapter(NewSpeaker),
    },
    "quotes": {
        "kind": TypeAdapter(QuoteKind),
        "content": TypeAdapter(Ranges),
        "cue": TypeAdapter(Range | None),
        "source": TypeAdapter(Ranges | None),
        "speaker": TypeAdapter(_TEXT),
        "delete": TypeAdapter(Literal[True]),
        "add": TypeAdapter(NewQuote),
    },
}
"""Layer → field → the kind of its value. `delete` and `add` stand alone."""


def problem_with(layer: Layer, values: Mapping[str, Any]) -> str | None:
    """Say what is wrong with what a correction sets, in a sentence; None if it can be applied."""
    fields = FIELDS[layer]
    for name, value in values.items():
        if name not in fields:
            return f"`{name}` cannot be set in {layer}; there are: {', '.join(fields)}"
        if name in ("delete", "add") and len(values) > 1:
            return f"`{name}` stands alone"
        try:
            fields[name].validate_python(value)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            return f"`{'.'.join(map(str, (name, *detail['loc'])))}`: {wanted(detail)}"
    return None
