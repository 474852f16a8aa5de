"""Corrections of metadata, blocks, speakers and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from onrecord.collection.correctable import NewQuote, NewSpeaker
from onrecord.collection.dates import partial_date
from onrecord.schema.interview import Block, Correction, Interview, Quote, QuoteEvidence, Span, Speaker
from onrecord.stages.corrections._draft import RULE, Draft, Outcome, evidence, fresh, hull, note, overlap

_SAME_ITEM = 0.5  # share of characters in common from which an item is the one a correction was made for


def correct_metadata(draft: Draft, interview: Interview, values: Mapping[str, Any]) -> Outcome:
    """Set title, date, outlet, place, language or summary."""
    new = dict(values)
    if "date" in new:
        date, precision = partial_date(new["date"]) if new["date"] is not None else (None, None)
        new |= {"date": date, "date_precision": precision}
    if all(draft.metadata.get(name, getattr(interview, name)) == value for name, value in new.items()):
        return "same"
    draft.metadata |= new
    return "changed"


def correct_blocks(draft: Draft, at: Span, values: Mapping[str, Any]) -> Outcome:
    """Set the kind of what stands at `at`; a block that sticks out is divided: blocks still partition the text."""
    touched = [block for block in draft.blocks if block.span.overlaps(at)]
    if not touched:
        return "missing"
    if all(block.kind == values["kind"] for block in touched):
        return "same"
    blocks: list[Block] = []
    for block in draft.blocks:
        low, high = _lines_around(draft.text, block.span, at)
        edges = [
            block.span.start,
            *(cut for cut in (low, high) if block.span.start < cut < block.span.end),
            block.span.end,
        ]
        for start, end in pairwise(edges):
            span = Span(start=start, end=end)
            kind = values["kind"] if low <= start < high and block.span.overlaps(at) else block.kind
            facts = tuple(fact for fact in block.facts if span.covers(fact.span))
            blocks.append(Block(span=span, kind=kind, facts=facts))
    draft.blocks = blocks
    return "changed"


def _lines_around(text: str, block: Span, at: Span) -> tuple[int, int]:
    """`at` within a block, with the blanks and line end after it, which belong to the block before them."""
    low, high = max(block.start, at.start), min(block.end, at.end)
    while high < block.end and text[high] in " \t\r\n":
        high += 1
    while low > block.start and text[low - 1] in " \t":
        low -= 1
    return low, high


def correct_speakers(draft: Draft, at: Span, values: Mapping[str, Any], correction: Correction) -> Outcome:
    """Change the speaker who is named or labelled at `at`."""
    if "add" in values:
        return _add_speaker(draft, at, values["add"], correction)
    index = _speaker_at(draft, at)
    if "delete" in values:
        if index is not None:
            _forget(draft, draft.speakers.pop(index).id)
        return "same" if index is None else "changed"
    return "missing" if index is None else _set_speaker(draft, index, values, correction)


def _set_speaker(draft: Draft, index: int, values: Mapping[str, Any], correction: Correction) -> Outcome:
    speaker = draft.speakers[index]
    if all(getattr(speaker, name) == value for name, value in values.items()):
        return "same"
    draft.speakers[index] = speaker.model_copy(update={**values, "evidence": (*speaker.evidence, evidence(correction))})
    return "changed"


def _add_speaker(draft: Draft, at: Span, new: NewSpeaker, correction: Correction) -> Outcome:
    values = {name: getattr(new, name) for name in new.model_fields_set}
    index = draft.speaker_named(new.name)
    if index is not None:
        return _set_speaker(draft, index, values, correction)
    id_ = fresh(f"{draft.id}#speaker@{at.start}", (speaker.id for speaker in draft.speakers))
    named = draft.text[at.start : at.end].casefold() == new.name.casefold()
    draft.speakers.append(
        Speaker(id=id_, **{"kind": new.kind, **values}, mentions=(at,) * named, evidence=(evidence(correction),))
    )
    return "changed"


def _speaker_at(draft: Draft, at: Span) -> int | None:
    rated = [
        (max((overlap(span, at) for span in speaker.mentions), default=0.0), -index)
        for index, speaker in enumerate(draft.speakers)
    ]
    best, place = max(rated, default=(0.0, 0))
    if best >= _SAME_ITEM:
        return -place
    labelled = [turn for turn in draft.turns if turn.label is not None and overlap(turn.label, at) >= _SAME_ITEM]
    for turn in labelled:
        for index, speaker in enumerate(draft.speakers):
            if speaker.id == turn.speaker:
                return index
    return draft.speaker_named(draft.text[at.start : at.end])


def _forget(draft: Draft, id_: str) -> None:
    """Where a speaker was named who is none: unknown."""
    draft.turns = [
        turn.model_copy(
            update={
                "speaker": None if turn.speaker == id_ else turn.speaker,
                "also": tuple(other for other in turn.also if other != id_),
            }
        )
        for turn in draft.turns
    ]
    draft.quotes = [
        quote.model_copy(update={"speaker": None}) if quote.speaker == id_ else quote for quote in draft.quotes
    ]


def correct_quotes(draft: Draft, at: Span, values: Mapping[str, Any], correction: Correction) -> Outcome:
    """Change the quotation whose content stands at `at`."""
    if "add" in values:
        return _add_quote(draft, values["add"], correction)
    rated = [(overlap(hull(quote), at), -index) for index, quote in enumerate(draft.quotes)]
    best, place = max(rated, default=(0.0, 0))
    if "delete" in values:
        if best >= _SAME_ITEM:
            draft.quotes.pop(-place)
        return "changed" if best >= _SAME_ITEM else "same"
    return _set_quote(draft, -place, values, correction) if best >= _SAME_ITEM else "missing"


def _set_quote(draft: Draft, index: int, values: Mapping[str, Any], correction: Correction) -> Outcome:
    quote = draft.quotes[index]
    update = dict(values)
    if "speaker" in update:
        start = update.get("content", quote.content)[0].start
        update["speaker"] = draft.speaker(update["speaker"], start, None, correction)
    if all(getattr(quote, name) == value for name, value in update.items()):
        return "same"
    said: dict[str, Any] = {"note": note(correction)}
    if update.keys() & {"kind", "content", "cue", "source"}:
        said |= {"rule": RULE, "confidence": 1.0}
    if "speaker" in update:
        said |= {"speaker_rule": RULE, "speaker_confidence": 1.0}
    echoes = () if "content" in update else quote.echoes
    update |= {"evidence": quote.evidence.model_copy(update=said), "echoes": echoes}
    draft.quotes[index] = quote.model_copy(update=update)
    return "changed"


def _add_quote(draft: Draft, new: NewQuote, correction: Correction) -> Outcome:
    for index, quote in enumerate(draft.quotes):
        if quote.content == new.content:
            return _set_quote(draft, index, {name: getattr(new, name) for name in new.model_fields_set}, correction)
    start = new.content[0].start
    speaker = draft.speaker(new.speaker, start, None, correction)
    quote = Quote(
        id=fresh(f"{draft.id}#quote@{start}", (quote.id for quote in draft.quotes)),
        kind=new.kind,
        content=new.content,
        cue=new.cue,
        source=new.source,
        speaker=speaker,
        evidence=QuoteEvidence(
            rule=RULE,
            confidence=1.0,
            speaker_rule=RULE if speaker else None,
            speaker_confidence=1.0 if speaker else None,
            note=note(correction),
        ),
    )
    around = [other for other in draft.quotes if hull(other).covers(hull(quote))]
    parent = min(around, key=lambda other: len(hull(other)), default=None)
    draft.quotes.append(quote.model_copy(update={"parent": parent.id if parent else None}))
    return "changed"
