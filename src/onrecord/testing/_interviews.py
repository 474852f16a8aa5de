"""Interviews in which every promise of the schema holds, whatever the text says."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from onrecord.schema.interview import (
    Block,
    Echo,
    Event,
    Fact,
    Interview,
    Quote,
    Span,
    Speaker,
    Turn,
    text_digest,
)
from onrecord.testing._texts import spans, texts
from onrecord.testing._values import values

ID = "generated/interview"


@st.composite
def interviews(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Interview:
    """A valid interview over a drawn `text`, with all layers; they need not make sense, but keep every promise.

    Blocks partition the text, turns are ordered and disjoint and lie in blocks, quotations have content, every
    reference resolves, ids name the place and are unique, and the digest is the text's.
    """
    words = draw(texts() if text is None else text)
    pieces = draw(_pieces(words))
    speakers = draw(_speakers(words))
    known = [speaker.id for speaker in speakers]
    blocks = tuple(draw(_block(piece, words)) for piece in pieces)
    turns = tuple(draw(_turn(block.span, words, known)) for block in blocks if block.kind == "turn")
    quotes = draw(_quotes(words, known, turns))
    date = draw(st.none() | st.dates())
    precision = st.none() if date is None else st.sampled_from(["year", "month", "day"])
    return draw(
        values(
            Interview,
            words,
            id=st.just(ID),
            text=st.just(words),
            text_sha256=st.just(text_digest(words)),
            date=st.just(date),
            date_precision=precision,
            blocks=st.just(blocks),
            speakers=st.just(speakers),
            turns=st.just(turns),
            quotes=st.just(quotes),
        )
    )


@st.composite
def _pieces(draw: st.DrawFn, text: str) -> list[Span]:
    """The text cut into pieces that are not empty."""
    if not text:
        return []
    cuts = draw(st.sets(st.integers(0, len(text)), max_size=8)) | {0, len(text)}
    return [Span(start=start, end=end) for start, end in pairwise(sorted(cuts))]


def _inside(piece: Span) -> st.SearchStrategy[Span]:
    """A span with something in it, within `piece`, which has something in it."""
    return spans(" " * len(piece), empty=False).map(
        lambda span: Span(start=piece.start + span.start, end=piece.start + span.end)
    )


def _block(piece: Span, text: str) -> st.SearchStrategy[Block]:
    facts = st.lists(values(Fact, text, span=_inside(piece)), max_size=1).map(tuple)
    return values(Block, text, span=st.just(piece), facts=facts)


@st.composite
def _speakers(draw: st.DrawFn, text: str) -> tuple[Speaker, ...]:
    places = draw(st.lists(st.integers(0, len(text)), max_size=3))
    made: list[Speaker] = []
    for place, id_ in zip(places, _ids("speaker", places), strict=True):
        mention = (
            st.just((Span(start=place, end=place),))
            if place == len(text)
            else st.just((Span(start=place, end=place + 1),))
        )
        made.append(draw(values(Speaker, text, id=st.just(id_), mentions=mention)))
    return tuple(made)


@st.composite
def _turn(draw: st.DrawFn, piece: Span, text: str, speakers: list[str]) -> Turn:
    """A turn within a block: a label, then paragraphs in order, or only one of both."""
    cuts = sorted(draw(st.sets(st.integers(piece.start, piece.end), min_size=1, max_size=5)) | {piece.start, piece.end})
    parts = [Span(start=start, end=end) for start, end in pairwise(cuts)]
    label = draw(st.just(parts[0]) | st.none())
    paragraphs = tuple(parts[1:] if label is not None else parts)
    event = st.lists(values(Event, text, span=_inside(piece)), max_size=1).map(tuple)
    return draw(
        values(
            Turn,
            text,
            id=st.just(f"{ID}#turn@{piece.start}"),
            speaker=_reference(speakers),
            also=st.lists(st.sampled_from(speakers), max_size=2, unique=True).map(tuple) if speakers else st.just(()),
            label=st.just(label),
            paragraphs=st.just(paragraphs),
            events=event,
        )
    )


@st.composite
def _quotes(draw: st.DrawFn, text: str, speakers: list[str], turns: tuple[Turn, ...]) -> tuple[Quote, ...]:
    if not text:
        return ()
    content = st.lists(spans(text, empty=False), min_size=1, max_size=2, unique=True)
    contents = sorted(
        (_ordered(parts) for parts in draw(st.lists(content, max_size=3))), key=lambda parts: parts[0].start
    )
    said = [turn.id for turn in turns]
    made: list[Quote] = []
    for parts, id_ in zip(contents, _ids("quote", [parts[0].start for parts in contents]), strict=True):
        fixed: dict[str, st.SearchStrategy[Any]] = {
            "id": st.just(id_),
            "content": st.just(parts),
            "speaker": _reference(speakers),
            "turn": _reference(said),
            "parent": _reference([quote.id for quote in made]),
            "echoes": st.lists(values(Echo, text, turn=st.sampled_from(said)), max_size=1).map(tuple)
            if said
            else st.just(()),
        }
        made.append(draw(values(Quote, text, **fixed)))
    return tuple(made)


def _ordered(parts: list[Span]) -> tuple[Span, ...]:
    return tuple(sorted(parts, key=lambda span: (span.start, span.end)))


def _reference(ids: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(ids) if ids else st.none()


def _ids(kind: str, places: list[int]) -> list[str]:
    """Ids by place; a second item at one place is `.2`, as the contract says."""
    seen: dict[int, int] = {}
    made: list[str] = []
    for place in places:
        seen[place] = seen.get(place, 0) + 1
        made.append(f"{ID}#{kind}@{place}" + (f".{seen[place]}" if seen[place] > 1 else ""))
    return made
