"""What people know about an interview before it is read: the card's and the sidecar's facts, merged."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from pydantic import Field

from onrecord.schema.interview import (
    Correction,
    DatePrecision,
    Model,
    Rights,
    SpeakerKind,
    SpeakerRole,
    TurnRole,
)

MAX_BYTES = 128 * 2**20


class LabelFact(Model):
    """What a printed label means in this collection, e.g. `Mrs. Hale (?)` stands for Ruth Hale."""

    label: str = Field(description="The label, exactly as printed.")
    speaker: str | None = Field(default=None, description="Name of the speaker it stands for.")
    role: TurnRole | None = Field(default=None, description="Role of the turns it introduces.")
    ignore: bool = Field(default=False, description="True if it looks like a label but is none.")


class Participant(Model):
    """Someone known to take part."""

    name: str = Field(min_length=1, description="Full name.")
    kind: SpeakerKind = Field(default="person", description="What the participant is.")
    roles: tuple[SpeakerRole, ...] = Field(default=(), description="What the participant does.")
    labels: tuple[str, ...] = Field(default=(), description="Labels this participant has in the text.")
    descriptors: tuple[str, ...] = Field(default=(), description="How to describe the participant.")
    affiliations: tuple[str, ...] = Field(default=(), description="Organizations of the participant.")
    person: str | None = Field(default=None, description="Key in people.yaml.")


class WaiverFact(Model):
    """A finding a person accepts: the code, where, why, who, until when."""

    code: str
    where: str | None = None
    line: int | None = None
    reason: str
    by: str
    rule_version: str | None = None
    expires: datetime.date | None = None


class Facts(Model):
    """Everything the card and the sidecar say about one interview; null where they are silent."""

    collection: str | None = None
    title: str | None = None
    language: str | None = None
    date: datetime.date | None = None
    date_precision: DatePrecision | None = None
    outlet: str | None = None
    place: str | None = None
    summary: str | None = None
    fictional: bool = False
    url: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    retrieved: datetime.date | None = None
    rights: Rights = Field(default_factory=Rights)
    reader: str | None = None
    encoding: str | None = None
    convention: str | None = None
    max_bytes: int = MAX_BYTES
    labels: tuple[LabelFact, ...] = ()
    participants: tuple[Participant, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pseudonyms: tuple[tuple[str, str], ...] = Field(default=(), description="Names, and what replaces each of them.")
    withheld: bool = Field(default=False, description="True if names were to be replaced and could not be.")
    fields: tuple[tuple[str, str], ...] = Field(
        default=(), description="For record formats: our field name and the path in the source's records."
    )


@dataclass(frozen=True, slots=True)
class Source:
    """One interview as received: its id, its file's path, its bytes, and what people say about it.

    `unreadable` says why there are no bytes: the file could not be opened. Such a source makes a record, too.
    """

    id: str
    path: str
    data: bytes
    facts: Facts = field(default_factory=Facts)
    locator: str | None = None
    unreadable: str | None = None
