"""Rows of the flat tables, as models: each is the item of the record plus what a reader would have to join.

The item's own fields are inherited, so that nothing is described twice and an item can be taken out of its row
again (`onrecord.tables.assembly`). `LEADING` says which columns come first.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from onrecord.schema.interview import (
    DatePrecision,
    EchoKind,
    Model,
    Quote,
    Redistribution,
    Speaker,
    SpeakerKind,
    Turn,
    TurnRole,
)


class Context(Model):
    """What every flat row says about its interview."""

    interview: str = Field(description="Id of the interview.")
    citation_key: str = Field(description="Key under which `onrecord cite` cites this row; fit for BibTeX.")
    collection: str | None = Field(description="Collection the interview belongs to.")
    title: str | None = Field(description="Title of the interview, as printed.")
    date: datetime.date | None = Field(description="Day of the conversation; parts beyond `date_precision` are 1.")
    date_precision: DatePrecision | None = Field(description="How much of `date` is known.")
    outlet: str | None = Field(description="Publication or broadcaster the interview was given to.")
    language: str | None = Field(description="BCP 47 tag of the language: the item's own, or the interview's.")
    group: str = Field(
        description="Digest shared by interviews with the same main interviewee: one group belongs into one split."
    )
    licence: str | None = Field(description="Licence of the text: SPDX identifier or `LicenseRef-…`; null if unknown.")
    redistribution: Redistribution = Field(description="`full`, or `standoff`: then every text-bearing column is null.")


class TurnRow(Context, Turn):
    """One turn of one interview."""

    language: str | None = Field(description="BCP 47 tag of the language of the turn: its own, or the interview's.")
    own_language: str | None = Field(description="Language of the turn where it differs from the interview's.")
    position: int = Field(description="Place among the turns of the interview, counted from 0.")
    start: int = Field(description="First code point of the turn, label included.")
    end: int = Field(description="One past the last code point of the turn.")
    text: str | None = Field(description="What is said: the paragraphs, joined by a blank line.")
    text_sha256: str | None = Field(
        description="SHA-256 of `text` in UTF-8, in hexadecimal, also where the text is withheld; there null if "
        "the text has fewer than 40 characters and could be guessed from it."
    )
    label_text: str | None = Field(description="The label as printed; null if none is printed.")
    speaker_name: str | None = Field(description="Name of the speaker; null for an unknown voice.")
    speaker_kind: SpeakerKind | None = Field(description="What the speaker is; null for an unknown voice.")
    person: str | None = Field(description="Who the speaker is across interviews: key in people.yaml; null if unknown.")


class SpeakerRow(Context, Speaker):
    """One speaker in one interview."""

    position: int = Field(description="Place among the speakers of the interview, counted from 0.")
    turns: int = Field(description="Number of turns of this speaker.")
    words: int = Field(description="Number of words in these turns, counted between blanks.")
    quotes: int = Field(description="Number of quotations of this speaker, mentions left out.")


class QuoteRow(Context, Quote):
    """One quotation in one interview."""

    position: int = Field(description="Place among the quotations of the interview, counted from 0.")
    start: int = Field(description="First code point of the content.")
    end: int = Field(description="One past the last code point of the content.")
    text: str | None = Field(description='The content; the parts of a split quotation are joined by " … ".')
    text_sha256: str | None = Field(
        description="SHA-256 of `text` in UTF-8, in hexadecimal, also where the text is withheld; there null if "
        "the text has fewer than 40 characters and could be guessed from it."
    )
    cue_text: str | None = Field(description="The reporting expression; null if none is printed.")
    source_text: str | None = Field(description='The phrase that names who says it; parts are joined by " … ".')
    speaker_name: str | None = Field(description="Name of the speaker quoted; null if unknown.")
    speaker_kind: SpeakerKind | None = Field(description="What the speaker quoted is; null if unknown.")
    person: str | None = Field(
        description="Who the speaker quoted is across interviews: key in people.yaml; null if unknown."
    )
    turn_role: TurnRole | None = Field(description="Role of the turn the quotation stands in; null outside turns.")
    turn_speaker: str | None = Field(description="Id of the speaker in whose turn it stands; null outside turns.")
    turn_speaker_name: str | None = Field(description="Name of this speaker; null for an unknown voice.")
    echo: EchoKind | None = Field(description="Kind of the nearest echo in the interview itself; null if none.")
    echo_similarity: float | None = Field(description="Its similarity, from 0 to 1.")
    echo_text: str | None = Field(description="The words as said there.")


class Message(Model):
    """One message of a chat."""

    role: Literal["user", "assistant"] = Field(description="`assistant` is the main interviewee, `user` all others.")
    content: str = Field(description="The turns of that side up to the next change, joined by a blank line.")


class MessagesRow(Context):
    """One interview as a chat that begins with the user, ends with the assistant, and alternates in between."""

    messages: tuple[Message, ...] = Field(description="The chat.")
    assistant: str | None = Field(description="Id of the main interviewee; null if the voice has no speaker.")
    assistant_name: str | None = Field(description="Name of the main interviewee; null for an unknown voice.")
    user: str | None = Field(description="Id of the main interviewer, whose turns have no name before them.")
    user_name: str | None = Field(description="Name of the main interviewer; null for an unknown voice.")
    named: tuple[str, ...] = Field(description="Third voices: their turns are the user's, with `Name: ` before them.")
    merged: int = Field(description="Turns joined to the one before, because the side did not change.")
    dropped: int = Field(
        description="Turns left out: empty ones, the interviewee's before the first question, and questions after the "
        "last answer."
    )


LEADING: Mapping[type[Model], tuple[str, ...]] = {
    TurnRow: ("interview", "id", "position", "role", "speaker_name", "text", "label_text", "speaker", "speaker_kind"),
    SpeakerRow: ("interview", "id", "position", "name", "kind", "roles", "turns", "words", "quotes"),
    QuoteRow: ("interview", "id", "position", "kind", "text", "speaker_name", "cue_text", "source_text", "speaker"),
    MessagesRow: ("interview", "messages", "assistant_name", "user_name"),
}


def columns(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a row model in their published order: the leading ones, the item's, the interview's."""
    lead = LEADING.get(model, ())
    about = [name for name in Context.model_fields if name not in lead]
    rest = [name for name in model.model_fields if name not in lead and name not in about]
    return (*lead, *rest, *about)
