"""Spans: half-open ranges of code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from onrecord import testing
from onrecord.schema.interview import Interview, Span


@st.composite
def two_spans(draw: st.DrawFn) -> tuple[str, Span, Span]:
    """A text and two spans in it."""
    text = draw(testing.texts(8))
    return text, draw(testing.spans(text)), draw(testing.spans(text))


@given(two_spans())
def test_a_span_is_a_slice(drawn: tuple[str, Span, Span]) -> None:
    """A span gives the characters it counts: as many as it is long, and together with what is around it the text."""
    text, span, _ = drawn
    assert len(span.of(text)) == len(span)
    assert text[: span.start] + span.of(text) + text[span.end :] == text


@given(two_spans())
def test_covering_and_overlapping_are_about_characters(drawn: tuple[str, Span, Span]) -> None:
    """A span covers another if it has all its code points, and overlaps it if it has one of them."""
    _, span, other = drawn
    mine, others = set(range(span.start, span.end)), set(range(other.start, other.end))
    if others:
        assert span.covers(other) == (others <= mine)
    assert span.overlaps(other) == bool(mine & others)
    assert span.overlaps(other) == other.overlaps(span)


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 2), (0, -1)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    """A span that ends before it starts, or counts from the end, is not valid."""
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


@given(testing.interviews())
def test_every_span_of_a_record_can_be_sliced(interview: Interview) -> None:
    """Whatever layer a span is in, it lies inside the text."""
    for _, span in interview.spans():
        assert len(span.of(interview.text)) == len(span)


def _spans_in(value: object) -> int:
    if isinstance(value, Span):
        return 1
    if isinstance(value, tuple):
        return sum(map(_spans_in, value))
    fields = getattr(type(value), "model_fields", None)
    return sum(_spans_in(getattr(value, name)) for name in fields) if fields else 0


@given(testing.interviews())
def test_no_span_of_a_record_escapes_the_check(interview: Interview) -> None:
    """`spans()` yields every span there is, but for the places of corrections, which are about an earlier text."""
    everywhere = _spans_in(interview) - _spans_in(interview.corrections)
    assert sum(1 for _ in interview.spans()) == everywhere


@given(testing.interviews())
def test_a_span_outside_the_text_is_refused(interview: Interview) -> None:
    """A record whose text is shorter than a span says is not valid."""
    last = max((span.end for _, span in interview.spans()), default=0)
    if last:
        with pytest.raises(ValidationError, match="outside the text"):
            interview.replace(text=interview.text[: last - 1])


@given(testing.interviews())
def test_a_turned_copy_of_a_span_is_refused(interview: Interview) -> None:
    """What `model_copy` made of a span, which validates nothing, gets into no record."""
    if interview.turns:
        turn = interview.turns[0]
        turned = Span(start=0, end=0).model_copy(update={"start": 1})
        with pytest.raises(ValidationError, match="1 … 0"):
            interview.replace(turns=(turn.model_copy(update={"label": turned}), *interview.turns[1:]))


@given(testing.interviews())
def test_a_new_layer_is_checked_against_the_text(interview: Interview) -> None:
    """A layer that is put in place is checked, whatever the others are; what stays was checked when it came in."""
    beyond = {"span": {"start": 0, "end": len(interview.text) + 1}, "kind": "paragraph"}
    with pytest.raises(ValidationError, match="outside the text"):
        interview.replace(blocks=(beyond,))
    assert interview.replace(title="Another").model_dump(exclude={"title"}) == interview.model_dump(exclude={"title"})


@given(testing.interviews())
def test_the_span_of_a_turn_is_that_of_its_parts(interview: Interview) -> None:
    """Asked twice or of a changed copy, a turn spans its label, paragraphs and events; being asked changes nothing."""
    for turn in interview.turns:
        fresh = turn.model_copy()
        parts = [*turn.paragraphs, *(event.span for event in turn.events), *((turn.label,) if turn.label else ())]
        hull = Span(start=min(part.start for part in parts), end=max(part.end for part in parts))
        assert turn.span == turn.span == hull
        assert turn == fresh
        assert (dict(turn), turn.model_dump()) == (dict(fresh), fresh.model_dump())
        moved = turn.model_copy(update={"label": None, "events": (), "paragraphs": (Span(start=0, end=1),)})
        assert moved.span == Span(start=0, end=1)
