"""The record: the only place where a field is written.

Everything else (JSON Schema, Arrow schema, Features, the data dictionary) is derived from these
classes. All values are frozen and all collections are tuples. Every position is a half-open range of
Unicode code points of `Interview.text`, exactly as stored.

A change of a field is a change of the contract: run `scripts/schema` and read `schema/CHANGELOG.md`.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter, lt
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

SCHEMA_VERSION = "1.1.0"

MarkKind = Literal[
    "heading", "bold", "italic", "underline", "strike", "caption", "speaker", "time", "cite", "quote",
    "list-item", "list-term", "list-definition", "table", "row", "cell", "link", "image", "code", "note",
    "footnote", "cue", "voice", "page", "header", "footer", "line-number", "navigation", "comment", "field",
    "hidden", "colour", "style", "separator", "undecodable",
]  # fmt: skip
BlockKind = Literal[
    "title", "caption", "byline", "paragraph", "separator", "turn", "event", "timestamp", "boilerplate",
    "blank",
]  # fmt: skip
FactKind = Literal["credit", "date", "place", "person", "outlet", "role"]
SpeakerKind = Literal["person", "organization", "group", "unknown"]
SpeakerRole = Literal[
    "interviewer", "interviewee", "host", "moderator", "guest", "panelist", "reporter", "author", "narrator",
    "translator", "audience", "caller", "witness", "counsel", "judge", "chair", "member", "staff",
    "photographer", "quoted", "mentioned",
]  # fmt: skip
TurnRole = Literal["question", "answer", "statement"]
EventKind = Literal["laughter", "applause", "music", "pause", "crosstalk", "gap", "noise", "other"]
QuoteKind = Literal["direct", "mixed", "indirect", "mention"]
EchoKind = Literal["verbatim", "altered"]
Level = Literal["error", "warning", "note"]
DatePrecision = Literal["year", "month", "day"]
Newline = Literal["none", "lf", "crlf", "cr", "mixed"]
Redistribution = Literal["full", "standoff", "none"]
CorrectionStatus = Literal["applied", "agreed", "moved", "ambiguous", "lost"]
Layer = Literal["metadata", "blocks", "turns", "speakers", "quotes"]

Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Model(BaseModel):
    """Base of all values of the record: frozen, and unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """Half-open range of Unicode code points of `Interview.text`, exactly as stored: `text[start:end]`."""

    start: int = Field(ge=0, description="First code point of the range, counted from 0.")
    end: int = Field(ge=0, description="One past the last code point of the range.")

    def model_post_init(self, _context: Any, /) -> None:
        """Refuse a span that ends before it starts: a validator would take three times as long, and spans are many."""
        if self.end < self.start:
            raise ValueError(f"a span ends before it starts: {self.start} … {self.end}")

    def of(self, text: str) -> str:
        """Return the characters this span stands for."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return max(self.start, other.start) < min(self.end, other.end)

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """A span is a place, also where it is empty: `if turn.label` asks whether there is one."""
        return True


class Evidence(Model):
    """Why an automatic judgement was made: the rule, how sure it is, and the characters it rests on."""

    rule: str = Field(description="Name of the rule, as `onrecord explain` knows it.")
    confidence: Confidence = Field(description="How sure the rule is, from 0 to 1.")
    spans: tuple[Span, ...] = Field(default=(), description="The characters the judgement rests on.")
    note: str | None = Field(default=None, description="The judgement in words, where the rule adds any.")


class Origin(Model):
    """Where the text came from and how it was decoded: enough to find and to rebuild the file."""

    collection: str | None = Field(default=None, description="Name of the collection: the folder below raw/.")
    path: str = Field(description="Path of the file below raw/ (of a loose file: as it was given).")
    sha256: Sha256 = Field(description="SHA-256 of the file's bytes (with a locator: of that part), in hexadecimal.")
    bytes: int = Field(ge=0, description="Length of the file in bytes.")
    media_type: str = Field(description="Media type of the file, e.g. `text/plain`.")
    encoding: str | None = Field(
        description="Character encoding the file was decoded with (a Python codec name; the suffix `-sig` says "
        "that the file begins with a byte-order mark). Null if the file could not be decoded."
    )
    newline: Newline = Field(
        description="Line ends of the file. Uniform `crlf` and `cr` are stored as LF in the text; `mixed` ones "
        "stay as they are; `none`: the file has no line end."
    )
    locator: str | None = Field(
        default=None, description="The part of a file that holds several interviews, e.g. `line=12`."
    )
    reader: str = Field(description="Name of the reader that made the text.")
    reader_version: str = Field(description="Version of this reader.")
    url: str | None = Field(default=None, description="Where the source is or was published.")
    publisher: str | None = Field(default=None, description="Who published the source.")
    published: datetime.date | None = Field(default=None, description="Day of publication.")
    retrieved: datetime.date | None = Field(default=None, description="Day the source was retrieved.")


class Rights(Model):
    """What may be done with the text, per record; null means unknown, never 'free'."""

    holder: str | None = Field(default=None, description="Who holds the rights in the text.")
    licence: str | None = Field(default=None, description="SPDX identifier or `LicenseRef-…`; null if unknown.")
    redistribution: Redistribution = Field(
        default="standoff",
        description="`full`: the text may be published; `standoff`: only spans, hashes and metadata; "
        "`none`: the record is only counted.",
    )
    basis: str | None = Field(default=None, description="One sentence: what this judgement rests on.")


class Mark(Model):
    """What the markup itself said about a range of the text. Readers emit marks; they never segment."""

    span: Span = Field(description="The characters the markup was around.")
    kind: MarkKind = Field(description="What kind of markup it was.")
    value: str | None = Field(
        default=None,
        description="What it said beyond its kind: a heading's level, a link's address, a voice's name, the "
        "hexadecimal bytes of an undecodable place.",
    )


class Fact(Model):
    """Something a caption, byline or title states about itself, with the characters that state it."""

    kind: FactKind = Field(description="What is stated.")
    value: str = Field(description="The value; dates as ISO 8601, as precise as the text.")
    span: Span = Field(description="The characters that state it.")


class Block(Model):
    """A stretch of the text of one kind. Blocks partition the text: no gap, no overlap."""

    span: Span = Field(description="The block with its line end.")
    kind: BlockKind = Field(description="What the block is.")
    facts: tuple[Fact, ...] = Field(default=(), description="What it states: credit, date, place, people.")


class Speaker(Model):
    """One voice or quoted source in one interview."""

    id: str = Field(description="`<interview>#speaker@<offset of first mention>`; scoped to the interview.")
    name: str | None = Field(description="Best full form of the name; null for an unknown voice.")
    kind: SpeakerKind = Field(description="What the speaker is.")
    roles: tuple[SpeakerRole, ...] = Field(default=(), description="What the speaker does in the interview.")
    labels: tuple[str, ...] = Field(default=(), description="Labels of this speaker, exactly as printed.")
    aliases: tuple[str, ...] = Field(default=(), description="Other forms of the name in the text, as printed.")
    descriptors: tuple[str, ...] = Field(
        default=(), description="How the text describes the speaker, e.g. `a political analyst`."
    )
    affiliations: tuple[str, ...] = Field(default=(), description="Organizations the text connects the speaker to.")
    person: str | None = Field(default=None, description="Key in people.yaml; null if not linked.")
    mentions: tuple[Span, ...] = Field(default=(), description="Where the speaker is named, in the order of the text.")
    evidence: tuple[Evidence, ...] = Field(
        default=(), description="Why this is one speaker with this name, kind and these roles."
    )


class Event(Model):
    """Something that happens but is not speech: laughter, applause, a pause, an inaudible place."""

    span: Span = Field(description="The note in the text, with its brackets.")
    kind: EventKind = Field(description="What happens.")


class TurnEvidence(Model):
    """Why this is a turn, and why it has this speaker."""

    convention: str = Field(description="Turn convention that applies here, e.g. `label-colon`.")
    rule: str = Field(description="Rule within the convention that made this turn.")
    attribution: Literal["printed", "carried", "inferred", "unknown"] = Field(
        description="How the speaker is known: printed in a label, carried over from an earlier label, inferred "
        "from the form (a bold question), or not at all."
    )
    confidence: Confidence = Field(description="How sure it is, from 0 to 1.")
    note: str | None = Field(default=None, description="The judgement in words, where the rule adds any.")


class Turn(Model):
    """One voice until the next."""

    id: str = Field(description="`<interview>#turn@<offset where the turn starts>`.")
    speaker: str | None = Field(description="Id of the speaker; null for an unknown voice.")
    also: tuple[str, ...] = Field(default=(), description="Ids of further speakers (`ALL:`, `A and B:`).")
    role: TurnRole | None = Field(description="What the turn does in the exchange; null if unknown.")
    label: Span | None = Field(description="The printed label without its mark (colon); null if none is printed.")
    paragraphs: tuple[Span, ...] = Field(description="What is said, paragraph by paragraph, without the label.")
    events: tuple[Event, ...] = Field(default=(), description="Non-speech events within the turn.")
    language: str | None = Field(
        default=None, description="BCP 47 tag where the turn is in another language than the interview."
    )
    start_ms: int | None = Field(
        default=None, ge=0, description="Start in the recording, in milliseconds; null if unknown."
    )
    end_ms: int | None = Field(
        default=None, ge=0, description="End in the recording, in milliseconds; null if unknown."
    )
    evidence: TurnEvidence = Field(description="Why this is a turn of this speaker.")

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        if self.label is None and not self.paragraphs and not self.events:
            raise ValueError("a turn needs a label, a paragraph or an event: it has to stand somewhere")
        return self

    @property
    def span(self) -> Span:
        """The whole turn: from the first to the last character of its label, paragraphs and events."""
        # Every stage asks each turn for it, so it is kept beside the fields, with the parts it was made from.
        label, paragraphs, events = self.label, self.paragraphs, self.events
        known = self.__dict__.get("_span")
        if known is not None and known[0] is paragraphs and known[1] is label and known[2] is events:
            span: Span = known[3]
            return span
        parts = [*paragraphs, *[event.span for event in events]]
        if label is not None:
            parts.append(label)
        span = parts[0]
        if len(parts) > 1:
            span = Span(start=min([part.start for part in parts]), end=max([part.end for part in parts]))
        self.__dict__["_span"] = (paragraphs, label, events, span)
        return span


class Difference(Model):
    """A place where a quotation and what was said differ, word by word."""

    quoted: str = Field(description="The words in the quotation; empty if words were left out.")
    said: str = Field(description="The words in the turn; empty if words were added.")


class Echo(Model):
    """Where the interview itself contains the quoted words."""

    turn: str = Field(description="Id of the turn in which the words were said.")
    span: Span = Field(description="The words as said.")
    kind: EchoKind = Field(description="`verbatim`: the same words; `altered`: other words, same utterance.")
    similarity: Confidence = Field(description="Share of words in common, from 0 to 1; 1 for verbatim.")
    differences: tuple[Difference, ...] = Field(default=(), description="Where the words differ, in order.")


class QuoteEvidence(Model):
    """Why this is a quotation of this kind, and why it is attributed to this speaker."""

    rule: str = Field(description="Rule that found the quotation and its bounds.")
    confidence: Confidence = Field(description="How sure this rule is, from 0 to 1.")
    speaker_rule: str | None = Field(
        default=None, description="Rule that resolved the source to a speaker; null if none did."
    )
    speaker_confidence: Confidence | None = Field(default=None, description="How sure that resolution is, from 0 to 1.")
    spans: tuple[Span, ...] = Field(
        default=(), description="Further characters the judgement rests on (a title, an antecedent)."
    )
    note: str | None = Field(default=None, description="The judgement in words, where the rules add any.")


class Quote(Model):
    """A quotation: content, cue and source as in the attribution literature (PARC, PolNeAR)."""

    id: str = Field(description="`<interview>#quote@<offset where the content starts>`.")
    kind: QuoteKind = Field(
        description="`direct`: the words themselves; `mixed`: a reported clause with quoted words in it; "
        "`indirect`: a reported clause; `mention`: marks that quote nobody (titles, scare quotes, nicknames)."
    )
    content: tuple[Span, ...] = Field(
        description="What is said, without the outer quotation marks: one span, or several where the quotation "
        "is split or runs over paragraphs."
    )
    cue: Span | None = Field(default=None, description="The reporting expression; null if none is printed.")
    source: tuple[Span, ...] | None = Field(
        default=None, description="The phrase that names who says it; null if none is printed."
    )
    speaker: str | None = Field(default=None, description="Id of the speaker quoted; null if unknown.")
    turn: str | None = Field(default=None, description="Id of the turn the quotation stands in; null outside.")
    parent: str | None = Field(default=None, description="Id of the quotation this one stands in.")
    evidence: QuoteEvidence = Field(description="Why, with rule and confidence.")
    echoes: tuple[Echo, ...] = Field(default=(), description="Where the interview itself contains the quoted words.")


class TextQuoteSelector(Model):
    """A place by its words, as in the W3C Web Annotation model."""

    exact: str = Field(description="The characters themselves.")
    prefix: str = Field(default="", description="Characters just before them.")
    suffix: str = Field(default="", description="Characters just after them.")


class Target(Model):
    """What a correction is about, by two selectors: the position, and the words found there."""

    layer: Layer = Field(description="The layer the correction changes.")
    item: str | None = Field(default=None, description="Id of the item; null for a new item or metadata.")
    position: Span | None = Field(default=None, description="Where it stood when the correction was made.")
    quote: TextQuoteSelector | None = Field(default=None, description="The words that stood there.")


class Assignment(Model):
    """One field and the value a correction gives it."""

    field: str = Field(description="Name of the field of the target, or `delete` or `add`.")
    value_json: str = Field(description="The value, as canonical JSON.")


class Correction(Model):
    """What a person says against an automatic judgement; it wins."""

    target: Target = Field(description="What is corrected.")
    set: tuple[Assignment, ...] = Field(description="The fields it sets.")
    by: str = Field(description="Who says so.")
    on: datetime.date = Field(description="When it was said.")
    why: str = Field(description="Why, in a sentence.")
    status: CorrectionStatus | None = Field(
        default=None,
        description="After re-anchoring: `applied`; `agreed` (the parser now says the same); `moved`; "
        "`ambiguous`; `lost`. Null before it was tried.",
    )


class Waiver(Model):
    """A finding that a person has looked at and accepts."""

    reason: str = Field(description="Why the finding is acceptable, in a sentence.")
    by: str = Field(description="Who says so.")
    rule_version: str | None = Field(default=None, description="Version of the rule that was waived.")
    expires: datetime.date | None = Field(default=None, description="Last day on which the waiver holds.")


class Finding(Model):
    """What a check says: what is wrong, where, and what would be right."""

    code: str = Field(description="Stable kebab-case code; `onrecord explain CODE` tells more.")
    level: Level = Field(description="`error` stops a release; `warning` and `note` do not.")
    path: str = Field(description="File the finding is about, below raw/ or as given.")
    line: int | None = Field(default=None, ge=1, description="Line, counted from 1; null for the whole file.")
    column: int | None = Field(default=None, ge=1, description="Column in code points, counted from 1.")
    where: str | None = Field(default=None, description="Id of the record or item.")
    excerpt: str | None = Field(default=None, description="The characters at that place, shortened.")
    message: str = Field(description="What is wrong, in a sentence.")
    hint: str | None = Field(default=None, description="What would be right.")
    waiver: Waiver | None = Field(default=None, description="Set if a person has accepted the finding.")


class Step(Model):
    """A stage that was run."""

    stage: str = Field(description="Name of the stage.")
    version: str = Field(description="Version of the stage.")
    settings: str = Field(description="Digest of the settings it ran with.")


class Interview(Model):
    """One typed, validated record; every layer is a tuple of spans over `text`."""

    schema_version: str = Field(default=SCHEMA_VERSION, description="Version of this schema.")
    id: str = Field(min_length=1, description="`<collection>/<name>`; never depends on the tool's version.")
    title: str | None = Field(default=None, description="Title as printed.")
    language: str | None = Field(default=None, description="BCP 47 tag of the interview's main language.")
    date: datetime.date | None = Field(
        default=None, description="Day of the conversation; parts beyond `date_precision` are 1."
    )
    date_precision: DatePrecision | None = Field(
        default=None, description="How much of `date` is known; null if `date` is null."
    )
    outlet: str | None = Field(default=None, description="Publication or broadcaster the interview was given to.")
    place: str | None = Field(default=None, description="Place of the conversation.")
    summary: str | None = Field(default=None, description="Summary from the source or the card, never generated.")
    fictional: bool = Field(default=False, description="True if people and events are invented (test data).")
    text: str = Field(description="The text, decoded and otherwise unaltered; every span points into it.")
    text_sha256: Sha256 = Field(description="SHA-256 of `text` in UTF-8, in hexadecimal.")
    origin: Origin = Field(description="Where the text came from.")
    rights: Rights = Field(default_factory=Rights, description="What may be done with it.")
    marks: tuple[Mark, ...] = Field(default=(), description="What the source's markup said.")
    blocks: tuple[Block, ...] = Field(default=(), description="The text, partitioned.")
    speakers: tuple[Speaker, ...] = Field(default=(), description="Who speaks, is quoted or is named.")
    turns: tuple[Turn, ...] = Field(default=(), description="Who says what, in order.")
    quotes: tuple[Quote, ...] = Field(default=(), description="Who is quoted, in order.")
    corrections: tuple[Correction, ...] = Field(default=(), description="What people corrected.")
    findings: tuple[Finding, ...] = Field(default=(), description="What the checks say.")
    steps: tuple[Step, ...] = Field(default=(), description="Which stages were run.")
    first_release: str | None = Field(default=None, description="Version of the first release that held the record.")

    @model_validator(mode="after")
    def _spans_inside_text(self, info: ValidationInfo) -> Self:
        size = len(self.text)
        layers = (info.context or {}).get("layers", _SPANS)  # see `replace`
        for layer in layers:
            spans = _SPANS[layer](getattr(self, layer))
            last = max(map(_END, spans), default=0)
            if last > size or any(map(lt, map(_END, spans), map(_START, spans))):  # or turned, as a copy may be
                raise ValueError(_outside(self, layer, size))
        if (self.date is None) != (self.date_precision is None):
            raise ValueError("`date` and `date_precision` go together: set both or neither")
        return self

    def replace(self, **layers: Any) -> Interview:
        """Return a copy with some fields replaced; types and bounds of what is new are checked.

        The one door for change: `model_copy(update=…)` validates nothing. What stays was checked against the same
        text when this record was made, so its bounds are looked at again only if the text is another.
        Raises `pydantic.ValidationError` if the result is not a valid record.
        """
        new = _SPANS if "text" in layers else [layer for layer in _SPANS if layer in layers]
        return Interview.model_validate({**self.__dict__, **layers}, context={"layers": new})

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Yield every span over `text` with the name of the place that holds it: an item's id, or a layer."""
        for layer in _SPANS:
            yield from _placed(self, layer)


def _placed(interview: Interview, layer: str) -> Iterator[tuple[str, Span]]:
    for item in getattr(interview, layer):
        where = getattr(item, "id", layer)
        for span in _SPANS[layer]((item,)):
            yield where, span


def _outside(interview: Interview, layer: str, size: int) -> str:
    """Say which span of a layer is not one of the text's."""
    wrong = ((where, span) for where, span in _placed(interview, layer) if not span.start <= span.end <= size)
    where, span = next(wrong)
    return f"{where}: span {span.start} … {span.end} is outside the text of {size} code points"


def _mark_spans(marks: Iterable[Mark]) -> list[Span]:
    return [mark.span for mark in marks]


def _block_spans(blocks: Iterable[Block]) -> list[Span]:
    found = []
    for block in blocks:
        found.append(block.span)
        found += [fact.span for fact in block.facts]
    return found


def _speaker_spans(speakers: Iterable[Speaker]) -> list[Span]:
    found: list[Span] = []
    for speaker in speakers:
        found += speaker.mentions
        for evidence in speaker.evidence:
            found += evidence.spans
    return found


def _turn_spans(turns: Iterable[Turn]) -> list[Span]:
    found: list[Span] = []
    for turn in turns:
        if turn.label is not None:
            found.append(turn.label)
        found += turn.paragraphs
        found += [event.span for event in turn.events]
    return found


def _quote_spans(quotes: Iterable[Quote]) -> list[Span]:
    found: list[Span] = []
    for quote in quotes:
        found += quote.content
        if quote.cue is not None:
            found.append(quote.cue)
        found += quote.source or ()
        found += quote.evidence.spans
        found += [echo.span for echo in quote.echoes]
    return found


_START, _END = attrgetter("start"), attrgetter("end")
_SPANS: Mapping[str, Callable[[Any], list[Span]]] = {
    "marks": _mark_spans,
    "blocks": _block_spans,
    "speakers": _speaker_spans,
    "turns": _turn_spans,
    "quotes": _quote_spans,
}
"""The layers whose values are over `text`, and the spans in each; every record asks, so they are lists."""


@lru_cache(maxsize=1)  # whoever makes a record and whoever checks it ask for the same text
def text_digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, in hexadecimal, as `Interview.text_sha256` holds it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
