"""Checks that hold of every record, whatever made it: partition, order, references, digests.

Each invariant is a function that yields `Broken`: the code, where in the record (`loc`) and where in the text
(`offset`) it is. In a run they are shown at their place in the text; of a record that came as JSON, at their
place in the JSON (`onrecord.checks.contract`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from onrecord.codes import finding, finding_at
from onrecord.collection.facts import Facts
from onrecord.errors import OnrecordError
from onrecord.pseudonymising import STEP
from onrecord.readers import READERS, rebuild
from onrecord.schema.interview import SCHEMA_VERSION, Finding, Interview, Quote, Span, text_digest
from onrecord.text.lines import LineIndex

Loc = tuple[str | int, ...]

_ITEM = re.compile(r"#(turn|quote|speaker)@(\d+)(\.[2-9]|\.[1-9]\d+)?")


class Broken(NamedTuple):
    """An invariant that does not hold: what, where in the record, of which item, and where in the text."""

    code: str
    message: str
    loc: Loc
    where: str | None = None
    offset: int | None = None


def broken(interview: Interview) -> Iterator[Broken]:
    """Yield every invariant that does not hold of a record whose fields and bounds are valid."""
    for invariant in INVARIANTS:
        yield from invariant(interview)


def check_record(interview: Interview, _facts: Facts) -> Iterator[Finding]:
    """Yield a finding, at its place in the text, for every invariant that does not hold."""
    lines: LineIndex | None = None
    path, text = interview.origin.path, interview.text
    for item in broken(interview):
        where = item.where or interview.id
        if item.offset is None:
            yield finding(item.code, path, item.message, where=where)
        else:
            lines = lines or LineIndex(text)
            yield finding_at(item.code, path, item.message, text, item.offset, lines, where=where)


CHECKS: tuple[Callable[[Interview, Facts], Iterator[Finding]], ...] = (check_record,)


def schema_version_known(interview: Interview) -> Iterator[Broken]:
    """A record of another major version means other things by its fields."""
    if interview.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        message = f"The record has schema version {interview.schema_version}; this is {SCHEMA_VERSION}."
        yield Broken("schema-version", message, ("schema_version",))


def text_has_its_digest(interview: Interview) -> Iterator[Broken]:
    """`text_sha256` is the digest of `text`: spans into another text mean nothing."""
    if text_digest(interview.text) != interview.text_sha256:
        yield Broken("text-digest-mismatch", "`text_sha256` is not the digest of `text`.", ("text_sha256",))


def file_can_be_rebuilt(interview: Interview) -> Iterator[Broken]:
    """Of a format that is kept as it is, text, encoding, newline and marks give the file back, byte for byte."""
    origin = interview.origin
    reader = READERS.get(origin.reader)
    if reader is None:
        message = f"There is no reader named `{origin.reader}`; there are: {', '.join(READERS)}."
        yield Broken("rebuild-mismatch", message, ("origin", "reader"))
        return
    if reader.derived or origin.encoding is None or any(step.stage == STEP for step in interview.steps):
        return  # made from markup, not decoded, or with other names than the file: nothing to compare
    try:
        data = rebuild(interview)
    except (OnrecordError, LookupError, ValueError) as error:
        yield Broken("rebuild-mismatch", f"The file cannot be given back: {error}.", ("origin", "encoding"))
        return
    if len(data) != origin.bytes:
        message = f"Text and origin give back {len(data):,} bytes, but the file had {origin.bytes:,}."
        yield Broken("rebuild-mismatch", message, ("origin", "bytes"))
    elif hashlib.sha256(data).hexdigest() != origin.sha256:
        message = "Text and origin give back other bytes than the file had: `origin.sha256` differs."
        yield Broken("rebuild-mismatch", message, ("origin", "sha256"))


def blocks_partition_the_text(interview: Interview) -> Iterator[Broken]:
    """Blocks cover the text without gap or overlap; a record to which no stage gave blocks has none."""
    blocks = interview.blocks
    if not blocks and not any(step.stage == "blocks" for step in interview.steps):
        return
    position = 0
    for index, block in enumerate(blocks):
        start, end = block.span.start, block.span.end
        if start == position and start < end:
            position = end  # as nearly all do
            continue
        loc: Loc = ("blocks", index, "span")
        if start != position:
            kind = "gap" if start > position else "overlap"
            message = f"There is a {kind} between the blocks at {position} and {start}."
            yield Broken("blocks-not-a-partition", message, loc, None, min(position, start))
        elif start == end:
            yield Broken("blocks-not-a-partition", "A block has no characters.", loc, None, start)
        position = max(position, end)
    if position != len(interview.text):
        message = f"The blocks end at {position}, the text at {len(interview.text)}."
        yield Broken("blocks-not-a-partition", message, ("blocks",), None, position)


def items_have_their_own_ids(interview: Interview) -> Iterator[Broken]:
    """An id names one item, and says of which interview and kind it is and where it stands."""
    layers: tuple[tuple[str, str, Iterator[tuple[str, int | None]]], ...] = (
        ("speakers", "speaker", ((speaker.id, None) for speaker in interview.speakers)),
        ("turns", "turn", ((turn.id, turn.span.start) for turn in interview.turns)),
        ("quotes", "quote", ((q.id, q.content[0].start if q.content else None) for q in interview.quotes)),
    )
    for layer, kind, items in layers:
        seen: set[str] = set()
        stem = f"{interview.id}#{kind}@"
        for index, (id_, start) in enumerate(items):
            if id_ in seen:
                yield Broken("duplicate-item-id", f"The id {id_} stands twice.", (layer, index, "id"), id_)
            seen.add(id_)
            if start is not None and id_ == f"{stem}{start}":
                continue  # nearly all are, and need no pattern
            message = _wrong_id(interview.id, kind, id_, start)
            if message is not None:
                yield Broken("item-id-mismatch", message, (layer, index, "id"), id_, start)


def _wrong_id(interview: str, kind: str, id_: str, start: int | None) -> str | None:
    match = _ITEM.fullmatch(id_.removeprefix(interview)) if id_.startswith(interview) else None
    if match is None or match[1] != kind:
        return f"The id {id_} is not of the form {interview}#{kind}@<offset>."
    if start is not None and int(match[2]) != start:
        return f"The id {id_} says {match[2]}, but the {kind} starts at {start}."
    return None


def turns_are_ordered(interview: Interview) -> Iterator[Broken]:
    """Turns follow each other without overlap, and so do the paragraphs within a turn."""
    before = 0
    for index, turn in enumerate(interview.turns):
        span = turn.span
        if span.start < before:
            message = f"The turn starts at {span.start}, but the turn before it ends at {before}."
            yield Broken("turns-not-ordered", message, ("turns", index), turn.id, span.start)
        before = span.end
    for index, turn in enumerate(interview.turns):
        label, paragraphs = turn.label, turn.paragraphs
        if len(paragraphs) > 1:
            for at, (left, right) in enumerate(pairwise(paragraphs), 1):
                if right.start < left.end:
                    message = f"A paragraph starts at {right.start}, but the one before it ends at {left.end}."
                    yield Broken("turns-not-ordered", message, ("turns", index, "paragraphs", at), turn.id, right.start)
        if label is None:
            continue
        start, end = label.start, label.end
        for part in paragraphs:
            if part.start < end and start < part.end:
                message = "The label is part of a paragraph, too."
                yield Broken("turns-not-ordered", message, ("turns", index, "label"), turn.id, start)
                break


def quotes_are_ordered(interview: Interview) -> Iterator[Broken]:
    """Quotations stand in the order of the text; parts of a split one, too, without overlap."""
    starts = [(index, quote, quote.content[0].start) for index, quote in enumerate(interview.quotes) if quote.content]
    for (_, _, before), (index, quote, start) in pairwise(starts):
        if start < before:
            message = f"The quotation starts at {start}, but the one before it at {before}."
            yield Broken("quotes-not-ordered", message, ("quotes", index), quote.id, start)
    for index, quote, _ in starts:
        for at, (left, right) in enumerate(pairwise(quote.content), 1):
            if right.start < left.end:
                message = f"A part of the quotation starts at {right.start}, but the one before it ends at {left.end}."
                yield Broken("quotes-not-ordered", message, ("quotes", index, "content", at), quote.id, right.start)


def quotes_have_content(interview: Interview) -> Iterator[Broken]:
    """A quotation without words quotes nothing."""
    text = interview.text
    for index, quote in enumerate(interview.quotes):
        if not any(span.of(text).strip() for span in quote.content):
            offset = quote.content[0].start if quote.content else None
            message = "The quotation has no content."
            yield Broken("empty-quote", message, ("quotes", index, "content"), quote.id, offset)


def parts_have_characters(interview: Interview) -> Iterator[Broken]:
    """Labels, paragraphs, events, cues, sources and mentions are somewhere: a span of none stands for nothing."""
    for loc, where, span in _empty_parts(interview):
        name = loc[-1] if isinstance(loc[-1], str) else loc[-2]
        yield Broken("empty-span", f"`{name}` has no characters.", loc, where, span.start)


def _empty_parts(interview: Interview) -> Iterator[tuple[Loc, str | None, Span]]:
    for index, speaker in enumerate(interview.speakers):
        for at, span in enumerate(speaker.mentions):
            if span.start == span.end:
                yield ("speakers", index, "mentions", at), speaker.id, span
    for index, turn in enumerate(interview.turns):
        label = turn.label
        if label is not None and label.start == label.end:
            yield ("turns", index, "label"), turn.id, label
        for at, span in enumerate(turn.paragraphs):
            if span.start == span.end:
                yield ("turns", index, "paragraphs", at), turn.id, span
        for at, event in enumerate(turn.events):
            if event.span.start == event.span.end:
                yield ("turns", index, "events", at, "span"), turn.id, event.span
    for index, quote in enumerate(interview.quotes):
        if quote.cue is not None and quote.cue.start == quote.cue.end:
            yield ("quotes", index, "cue"), quote.id, quote.cue
        for at, span in enumerate(quote.source or ()):
            if span.start == span.end:
                yield ("quotes", index, "source", at), quote.id, span
        for at, echo in enumerate(quote.echoes):
            if echo.span.start == echo.span.end:
                yield ("quotes", index, "echoes", at, "span"), quote.id, echo.span


def references_resolve(interview: Interview) -> Iterator[Broken]:
    """Every id that is named is the id of an item of the record."""
    known: Mapping[str, frozenset[str | None]] = {
        layer: frozenset([item.id for item in getattr(interview, layer)]) for layer in ("speakers", "turns", "quotes")
    }
    for loc, where, layer, id_ in _dangling(interview, known):
        yield Broken("dangling-reference", f"There is no {layer[:-1]} {id_}.", loc, where)


def _dangling(
    interview: Interview, known: Mapping[str, frozenset[str | None]]
) -> Iterator[tuple[Loc, str, str, str | None]]:
    """Yield the references to what is not `known`; null is no reference."""
    speakers, turns, quotes = known["speakers"] | {None}, known["turns"] | {None}, known["quotes"] | {None}
    for index, turn in enumerate(interview.turns):
        if turn.speaker not in speakers:
            yield ("turns", index, "speaker"), turn.id, "speakers", turn.speaker
        for at, id_ in enumerate(turn.also):
            if id_ not in speakers:
                yield ("turns", index, "also", at), turn.id, "speakers", id_
    for index, quote in enumerate(interview.quotes):
        if quote.speaker not in speakers:
            yield ("quotes", index, "speaker"), quote.id, "speakers", quote.speaker
        if quote.turn not in turns:
            yield ("quotes", index, "turn"), quote.id, "turns", quote.turn
        if quote.parent not in quotes:
            yield ("quotes", index, "parent"), quote.id, "quotes", quote.parent
        for at, echo in enumerate(quote.echoes):
            if echo.turn not in turns:
                yield ("quotes", index, "echoes", at, "turn"), quote.id, "turns", echo.turn


def parents_contain_their_quotes(interview: Interview) -> Iterator[Broken]:
    """A quotation in another one lies within it; so no quotation is, by whatever way, within itself."""
    quotes = {quote.id: quote for quote in interview.quotes}
    for index, quote in enumerate(interview.quotes):
        parent = quotes.get(quote.parent or "")
        if parent is None or not quote.content or not parent.content:
            continue
        outer = _hull(parent)
        inner = _hull(quote)
        inside = outer[0] <= inner[0] and inner[1] <= outer[1]
        if parent is quote or not inside or (outer == inner and parent.parent == quote.id):
            message = f"The quotation does not lie within {parent.id}."
            yield Broken("wrong-parent", message, ("quotes", index, "parent"), quote.id, quote.content[0].start)


def quotes_lie_in_their_turns(interview: Interview) -> Iterator[Broken]:
    """A quotation that names a turn stands in it, and an echo stands in the turn it names."""
    turns = {turn.id: turn for turn in interview.turns}
    for index, quote in enumerate(interview.quotes):
        turn = turns.get(quote.turn or "")
        if turn is not None and quote.content and not _holds(turn.span, *_hull(quote)):
            message = f"The quotation does not lie within {turn.id}."
            yield Broken("outside-its-turn", message, ("quotes", index, "turn"), quote.id, quote.content[0].start)
        for at, echo in enumerate(quote.echoes):
            turn = turns.get(echo.turn)
            if turn is not None and not _holds(turn.span, echo.span.start, echo.span.end):
                message = f"The echo does not lie within {turn.id}."
                yield Broken("outside-its-turn", message, ("quotes", index, "echoes", at), quote.id, echo.span.start)


def echoes_agree_with_themselves(interview: Interview) -> Iterator[Broken]:
    """Verbatim means: no word differs."""
    for index, quote in enumerate(interview.quotes):
        for at, echo in enumerate(quote.echoes):
            if echo.kind == "verbatim" and (echo.similarity < 1 or echo.differences):
                message = "The echo is called verbatim, but its words differ."
                yield Broken("contradictory-echo", message, ("quotes", index, "echoes", at), quote.id, echo.span.start)


def times_are_ordered(interview: Interview) -> Iterator[Broken]:
    """A turn does not end before it starts."""
    for index, turn in enumerate(interview.turns):
        if turn.start_ms is not None and turn.end_ms is not None and turn.end_ms < turn.start_ms:
            message = f"The turn ends at {turn.end_ms} ms, before it starts at {turn.start_ms} ms."
            yield Broken("times-not-ordered", message, ("turns", index, "end_ms"), turn.id, turn.span.start)


def _hull(quote: Quote) -> tuple[int, int]:
    return quote.content[0].start, max(quote.content[0].start, quote.content[-1].end)


def _holds(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end


INVARIANTS: tuple[Callable[[Interview], Iterator[Broken]], ...] = (
    schema_version_known,
    text_has_its_digest,
    file_can_be_rebuilt,
    blocks_partition_the_text,
    items_have_their_own_ids,
    turns_are_ordered,
    quotes_are_ordered,
    quotes_have_content,
    parts_have_characters,
    references_resolve,
    parents_contain_their_quotes,
    quotes_lie_in_their_turns,
    echoes_agree_with_themselves,
    times_are_ordered,
)
