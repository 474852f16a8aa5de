"""A person known across interviews, and a decision about two of them."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from onrecord.schema.interview import Model

Verdict = Literal["same", "different", "unsure", "undo"]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Person(Model):
    """Somebody who appears in several interviews; the key in people.yaml is what `Speaker.person` holds."""

    name: Word = Field(description="Full name.")
    names: tuple[Word, ...] = Field(default=(), description="Other forms of the name.")
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = Field(
        default=None, description="Wikidata item, e.g. `Q42`."
    )
    orcid: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = Field(
        default=None, description="ORCID iD."
    )
    viaf: Annotated[str, StringConstraints(pattern=r"^\d+$")] | None = Field(default=None, description="VIAF id.")
    notes: str | None = Field(default=None, description="Anything a reader should know.")


class Decision(Model):
    """What a human says about two references: keys of people.yaml or ids of speakers.

    `undo` takes back what was said of the two before; lines are never removed, so that the file tells its
    own history.
    """

    verdict: Verdict = Field(description="`same`, `different`, `unsure` or `undo`.")
    a: Word = Field(description="One of the two.")
    b: Word = Field(description="The other.")
    by: Word = Field(description="Who says so.")
    on: datetime.date = Field(description="When.")
    why: Word = Field(description="Why, in a sentence.")

    @model_validator(mode="after")
    def _two(self) -> Self:
        if self.a == self.b:
            raise ValueError("a decision is about two different references")
        return self

    @property
    def pair(self) -> tuple[str, str]:
        """The two references in a fixed order."""
        return (self.a, self.b) if self.a < self.b else (self.b, self.a)
