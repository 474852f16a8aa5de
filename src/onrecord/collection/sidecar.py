"""The sidecar of one interview (`<name>.yaml` beside the text): facts the text lacks, waivers, corrections."""

from __future__ import annotations

import json
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from onrecord.collection.card import Day, Label, Language, RightsCard, Word
from onrecord.collection.correctable import problem_with
from onrecord.collection.dates import PartialDate, partial_date
from onrecord.collection.facts import Participant, WaiverFact
from onrecord.schema.interview import (
    Assignment,
    Correction,
    Layer,
    Model,
    Span,
    Target,
    TextQuoteSelector,
)

JsonValue = Any


def _partial_date(value: Any) -> Any:
    return value if isinstance(value, PartialDate) else partial_date(value)


def _span(value: Any) -> Any:
    """`[120, 163]` is short for `{start: 120, end: 163}`."""
    return {"start": value[0], "end": value[1]} if isinstance(value, list) and len(value) == 2 else value


def _quote(value: Any) -> Any:
    """A text alone is short for `{exact: …}`."""
    return {"exact": value} if isinstance(value, str) else value


class WaiverCard(Model):
    """A finding that a person has looked at and accepts."""

    code: Word = Field(description="Code of the finding.")
    where: Word | None = Field(default=None, description="Id of the item it is about; any if left out.")
    line: int | None = Field(default=None, ge=1, description="Line it is about; any if left out.")
    reason: Word = Field(description="Why it is acceptable.")
    by: Word = Field(description="Who says so.")
    rule_version: Annotated[str, BeforeValidator(lambda value: str(value))] | None = Field(
        default=None, description="Version of onrecord whose rule was waived."
    )
    expires: Day | None = Field(default=None, description="Last day on which the waiver holds.")


class TargetCard(Model):
    """What a correction is about: two selectors, so that it survives changes of parser and text."""

    layer: Layer = Field(description="`metadata`, `blocks`, `turns`, `speakers` or `quotes`.")
    interview: Word | None = Field(
        default=None, description="Id of the interview, if the file holds several; any of them if left out."
    )
    item: Word | None = Field(default=None, description="Id of the item; left out for a new one or for metadata.")
    position: Annotated[Span, BeforeValidator(_span)] | None = Field(
        default=None, description="Where it stood: `[start, end]` in code points."
    )
    quote: Annotated[TextQuoteSelector, BeforeValidator(_quote)] | None = Field(
        default=None, description="The words that stood there, with `prefix` and `suffix`."
    )

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        if self.layer != "metadata" and self.position is None and self.quote is None:
            raise ValueError("a target needs `position` or `quote`, better both")
        return self


class CorrectionCard(Model):
    """What a person says against an automatic judgement."""

    target: TargetCard = Field(description="What is corrected.")
    set: dict[str, JsonValue] = Field(min_length=1, description="The fields it sets; `delete: true`; or `add: {…}`.")
    by: Word = Field(description="Who says so.")
    on: Day = Field(description="When it was said.")
    why: Word = Field(description="Why, in a sentence.")

    @model_validator(mode="after")
    def _can_be_applied(self) -> Self:
        if (problem := problem_with(self.target.layer, self.set)) is not None:
            raise ValueError(problem)
        return self

    def correction(self) -> Correction:
        """Return it as the record holds it."""
        target = self.target
        return Correction(
            target=Target(layer=target.layer, item=target.item, position=target.position, quote=target.quote),
            set=tuple(Assignment(field=name, value_json=canonical(value)) for name, value in self.set.items()),
            by=self.by,
            on=self.on,
            why=self.why,
        )


class Sidecar(Model):
    """What people know about one interview; it wins over the card, the file and the rules."""

    model_config = ConfigDict(title="sidecar")

    name: Annotated[str, Field(pattern=r"^[^\s#?%:/\\*\"<>|]+$")] | None = Field(
        default=None, description="Name of the interview in its id, instead of the file's name."
    )
    title: Word | None = Field(default=None, description="Title.")
    date: Annotated[PartialDate, BeforeValidator(_partial_date)] | None = Field(
        default=None, description="Day of the conversation, as far as it is known: 2024-10-14, 2024-10 or 2024."
    )
    outlet: Word | None = Field(default=None, description="Publication or broadcaster.")
    place: Word | None = Field(default=None, description="Place of the conversation.")
    language: Language | None = Field(default=None, description="BCP 47 tag.")
    summary: Word | None = Field(default=None, description="Summary from the source, never generated.")
    url: Word | None = Field(default=None, description="Where the source is or was published.")
    publisher: Word | None = Field(default=None, description="Who published it.")
    published: Day | None = Field(default=None, description="Day of publication.")
    retrieved: Day | None = Field(default=None, description="Day it was fetched.")
    rights: RightsCard | None = Field(default=None, description="Rights in this text, if they differ from the card's.")
    reader: Word | None = Field(default=None, description="Reader for this file.")
    encoding: Word | None = Field(default=None, description="Character encoding of this file.")
    convention: Word | None = Field(default=None, description="How turns are marked in this file.")
    labels: dict[str, Label] = Field(default_factory=dict, description="Printed labels of this file.")
    participants: tuple[Participant, ...] = Field(default=(), description="Who takes part.")
    waivers: tuple[WaiverCard, ...] = Field(default=(), description="Findings that were looked at and are accepted.")
    corrections: tuple[CorrectionCard, ...] = Field(default=(), description="What people corrected.")

    def waiver_facts(self) -> tuple[WaiverFact, ...]:
        """Return the waivers as facts."""
        return tuple(WaiverFact.model_validate(waiver.model_dump()) for waiver in self.waivers)


def canonical(value: JsonValue) -> str:
    """Return `value` as canonical JSON: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
