"""Interviews in which every promise of the schema holds, whatever the text says."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from typing import get_args

from hypothesis import strategies as st

from onrecord.schema.interview import (
    SCHEMA_VERSION,
    Block,
    BlockKind,
    DatePrecision,
    Echo,
    Event,
    Fact,
    Interview,
    Mark,
    MarkKind,
    Origin,
    Quote,
    Span,
    Speaker,
    Turn,
    text_digest,
)
from onrecord.testing._texts import texts
from onrecord.testing._values import draw_model, draw_span

ID = "generated/interview"

_TEXTS = texts()
_DATE = st.none() | st.dates()
_PRECISION = st.sampled_from(get_args(DatePrecision))
_KINDS = st.sampled_from(get_args(BlockKind))
_OFTEN = st.booleans()
_FEW = st.integers(0, 1)
_COUNT = st.integers(0, 3)
_TIMES = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))
_MARKS = st.sampled_from([kind for kind in get_args(MarkKind) if kind != "undecodable"])


@st.composite
def interviews(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Interview:
    """A valid interview over a drawn `text`, with all layers; they need not make sense, but keep every promise.

    Blocks partition the text, turns are ordered and disjoint and lie in blocks, quotations have content and lie where
    they say, every reference resolves, ids name the place and are unique, digests and origin are the text's. So no
    invariant of records is broken; what stands in their words and judgements is arbitrary.
    """
    words = draw(_TEXTS if text is None else text)
    blocks = tuple(_block(draw, piece, words) for piece in _pieces(draw, words))
    speakers = _speakers(draw, words)
    known = [speaker.id for speaker in speakers]
    turns = tuple(_turn(draw, block.span, words, known) for block in blocks if block.kind == "turn")
    date = draw(_DATE)
    return draw_model(
        draw,
        Interview,
        words,
        schema_version=SCHEMA_VERSION,
        id=ID,
        text=words,
        text_sha256=text_digest(words),
        origin=_origin(draw, words),
        marks=tuple(draw_model(draw, Mark, words, kind=draw(_MARKS)) for _ in range(draw(_COUNT))),
        date=date,
        date_precision=None if date is None else draw(_PRECISION),
        blocks=blocks,
        speakers=speakers,
        turns=turns,
        quotes=_quotes(draw, words, known, turns),
    )


def _origin(draw: st.DrawFn, text: str) -> Origin:
    """A file of UTF-8 that holds just this text."""
    data = text.encode("utf-8")
    newline = "mixed" if "\r" in text else "lf" if "\n" in text else "none"
    plain = {"encoding": "utf-8", "newline": newline, "reader": "plain", "media_type": "text/plain"}
    return draw_model(draw, Origin, text, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data), **plain)


def _pieces(draw: st.DrawFn, text: str) -> list[Span]:
    """The text cut into pieces that are not empty."""
    return _cut(draw, 0, len(text), 8) if text else []


def _cut(draw: st.DrawFn, start: int, end: int, times: int) -> list[Span]:
    cuts = draw(st.sets(st.integers(start, end), max_size=times)) | {start, end}
    return [Span(start=first, end=last) for first, last in pairwise(sorted(cuts))]


def _block(draw: st.DrawFn, piece: Span, text: str) -> Block:
    facts = [draw_model(draw, Fact, text, span=draw_span(draw, piece.start, piece.end)) for _ in range(draw(_FEW))]
    kind = "turn" if draw(_OFTEN) else draw(_KINDS)
    return Block(span=piece, kind=kind, facts=tuple(facts))


def _speakers(draw: st.DrawFn, text: str) -> tuple[Speaker, ...]:
    if not text:
        return ()
    mentions = [draw_span(draw, 0, len(text), empty=False) for _ in range(draw(_COUNT))]
    ids = _ids("speaker", [mention.start for mention in mentions])
    return tuple(
        draw_model(draw, Speaker, text, id=id_, mentions=(mention,)) for id_, mention in zip(ids, mentions, strict=True)
    )


def _turn(draw: st.DrawFn, piece: Span, text: str, speakers: list[str]) -> Turn:
    """A turn within a block: a label, then paragraphs in order, or only one of both."""
    parts = _cut(draw, piece.start, piece.end, 4)
    label = parts.pop(0) if draw(_OFTEN) else None
    times = sorted(draw(_TIMES))
    start_ms, end_ms = times if draw(_OFTEN) else (None, None)
    return draw_model(
        draw,
        Turn,
        text,
        id=f"{ID}#turn@{piece.start}",
        speaker=_reference(draw, speakers),
        also=tuple(speakers[: draw(_FEW)]),
        label=label,
        paragraphs=tuple(parts),
        start_ms=start_ms,
        end_ms=end_ms,
        events=tuple(
            draw_model(draw, Event, text, span=draw_span(draw, piece.start, piece.end, empty=False))
            for _ in range(draw(_FEW))
        ),
    )


def _quotes(draw: st.DrawFn, text: str, speakers: list[str], turns: tuple[Turn, ...]) -> tuple[Quote, ...]:
    if not text.strip():
        return ()
    contents = [_content(draw, text) for _ in range(draw(_COUNT))]
    contents.sort(key=lambda parts: parts[0].start)
    made: list[Quote] = []
    for parts, id_ in zip(contents, _ids("quote", [parts[0].start for parts in contents]), strict=True):
        hull = Span(start=parts[0].start, end=parts[-1].end)
        outer = [
            quote.id for quote in made if Span(start=quote.content[0].start, end=quote.content[-1].end).covers(hull)
        ]
        quote = draw_model(
            draw,
            Quote,
            text,
            id=id_,
            content=parts,
            speaker=_reference(draw, speakers),
            turn=_reference(draw, [turn.id for turn in turns if turn.span.covers(hull)]),
            parent=_reference(draw, outer),
            echoes=tuple(_echo(draw, text, turn) for turn in turns[: draw(_FEW)]),
        )
        made.append(quote)
    return tuple(made)


def _content(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    """One span that says something, or two with something between them."""
    word = draw(st.sampled_from([at for at, letter in enumerate(text) if not letter.isspace()]))
    whole = Span(start=draw(st.integers(0, word)), end=draw(st.integers(word + 1, len(text))))
    if len(whole) < 3 or draw(_OFTEN):
        return (whole,)
    cut = draw_span(draw, whole.start + 1, whole.end - 1, empty=False)
    parts = Span(start=whole.start, end=cut.start), Span(start=cut.end, end=whole.end)
    return parts if all(part.of(text).strip() for part in parts) else (whole,)


def _echo(draw: st.DrawFn, text: str, turn: Turn) -> Echo:
    span = draw_span(draw, turn.span.start, turn.span.end, empty=False)
    if draw(_OFTEN):
        return Echo(turn=turn.id, span=span, kind="verbatim", similarity=1.0)
    return draw_model(draw, Echo, text, turn=turn.id, span=span, kind="altered")


def _reference(draw: st.DrawFn, ids: list[str]) -> str | None:
    return draw(st.sampled_from([None, *ids]))


def _ids(kind: str, places: list[int]) -> list[str]:
    """Ids by place; a second item at one place is `.2`, as the contract says."""
    seen: dict[int, int] = {}
    made: list[str] = []
    for place in places:
        seen[place] = seen.get(place, 0) + 1
        made.append(f"{ID}#{kind}@{place}" + (f".{seen[place]}" if seen[place] > 1 else ""))
    return made
