"""The card of a collection (`collection.yaml`): origin, rights, reader, labels, and what to expect of it."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from onrecord.collection.facts import MAX_BYTES, LabelFact, Participant
from onrecord.schema.interview import Model, Redistribution, TurnRole

_ROLES: dict[str, TurnRole] = {
    "question": "question", "interviewer": "question", "answer": "answer", "interviewee": "answer",
    "statement": "statement",
}  # fmt: skip


def _day(value: Any) -> Any:
    """A whole day as `2024-10-14`; pydantic alone would also take a number as seconds since 1970."""
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("a day is written like 2024-10-14")


def _label(value: Any) -> Any:
    """The short forms of a label: a role, `ignore`, or the speaker's name."""
    if isinstance(value, str):
        if value in _ROLES:
            return {"role": _ROLES[value]}
        return {"ignore": True} if value == "ignore" else {"speaker": value}
    return value


Day = Annotated[datetime.date, BeforeValidator(_day)]
Word = Annotated[str, Field(min_length=1)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")]


class LabelCard(Model):
    """What a printed label means: a speaker, a role, both, or nothing (`ignore`)."""

    speaker: Word | None = Field(default=None, description="Name of the speaker the label stands for.")
    role: TurnRole | None = Field(default=None, description="Role of the turns it introduces.")
    ignore: bool = Field(default=False, description="True if it looks like a label but is none.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.ignore == (self.speaker is not None or self.role is not None):
            raise ValueError("a label needs a speaker or a role, or `ignore: true` alone")
        return self


Label = Annotated[LabelCard, BeforeValidator(_label)]


class RightsCard(Model):
    """Who may do what with the texts; what is not known stays out."""

    holder: Word | None = Field(default=None, description="Who holds the rights.")
    licence: Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*$")] | None = Field(
        default=None, description="SPDX identifier or `LicenseRef-…`."
    )
    redistribution: Redistribution = Field(default="standoff", description="`full`, `standoff` or `none`.")
    basis: Word | None = Field(default=None, description="One sentence: what this judgement rests on.")


class OriginCard(Model):
    """Where the collection was published and when it was fetched."""

    url: Word | None = Field(default=None, description="Address of the source.")
    published: Day | None = Field(default=None, description="Day of publication.")
    retrieved: Day | None = Field(default=None, description="Day it was fetched.")


class Bounds(Model):
    """One side of what is expected; the measures are counted over the whole collection."""

    interviews: float | None = Field(default=None, ge=0, description="Interviews that can be read.")
    turns_per_interview: float | None = Field(default=None, ge=0, description="Mean number of turns.")
    quotes_per_interview: float | None = Field(default=None, ge=0, description="Mean number of quotations.")
    speakers_per_interview: float | None = Field(default=None, ge=0, description="Mean number of speaking voices.")
    unattributed_turns: float | None = Field(
        default=None, ge=0, le=1, description="Share of turns of unknown speakers."
    )
    unattributed_quotes: float | None = Field(
        default=None, ge=0, le=1, description="Share of quotations (mentions left out) of unknown speakers."
    )
    no_interviewer: float | None = Field(
        default=None, ge=0, le=1, description="Share of interviews in which nobody asks a question."
    )
    no_turns: float | None = Field(default=None, ge=0, le=1, description="Share of interviews without any turn.")


class Expect(Model):
    """What the collection looks like when all is well; outside of it, a check says so."""

    min: Bounds = Field(default_factory=Bounds, description="Lower bounds.")
    max: Bounds = Field(default_factory=Bounds, description="Upper bounds.")


class Card(Model):
    """The card: facts that hold for every interview of the collection, unless its sidecar says otherwise."""

    model_config = ConfigDict(title="collection.yaml")

    title: Word | None = Field(default=None, description="Title of the collection.")
    description: Word | None = Field(default=None, description="What the collection is, in a few sentences.")
    publisher: Word | None = Field(default=None, description="Who published the texts.")
    language: Language | None = Field(default=None, description="BCP 47 tag of the interviews.")
    languages: tuple[Language, ...] = Field(
        default=(), description="BCP 47 tags, if there are several; a sidecar says where it is not `language`."
    )
    outlet: Word | None = Field(default=None, description="Publication or broadcaster that asked the questions.")
    rights: RightsCard = Field(default_factory=RightsCard, description="What may be done with the texts.")
    origin: OriginCard = Field(default_factory=OriginCard, description="Where they come from.")
    reader: Word | None = Field(default=None, description="Reader for all files, if their names do not tell.")
    encoding: Word | None = Field(default=None, description="Character encoding of all files.")
    convention: Word | None = Field(default=None, description="How turns are marked, if it is not found out.")
    labels: dict[str, Label] = Field(
        default_factory=dict,
        description="Printed label → `interviewer`, `interviewee`, `statement`, `ignore`, or a speaker's name.",
    )
    participants: tuple[Participant, ...] = Field(default=(), description="People who take part in every interview.")
    fields: dict[str, Word] = Field(
        default_factory=dict, description="For record formats: our field → path in the source's records."
    )
    pseudonyms: Word | None = Field(
        default=None, description="Path of the key that says which names are replaced, from this folder."
    )
    fictional: bool = Field(default=False, description="True if people and events are invented.")
    max_bytes: int = Field(default=MAX_BYTES, gt=0, description="Largest size of one interview, in bytes.")
    expect: Expect = Field(default_factory=Expect, description="What to expect of the collection as a whole.")


def label_facts(labels: dict[str, LabelCard]) -> tuple[LabelFact, ...]:
    """Return the labels of a card or sidecar as facts, in the order they are written."""
    return tuple(
        LabelFact(label=label, speaker=value.speaker, role=value.role, ignore=value.ignore)
        for label, value in labels.items()
    )
