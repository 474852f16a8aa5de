"""Any model of the record, drawn from its own fields: a new field is generated without a change here.

Values are drawn one by one instead of from nested strategies: building strategies anew for every text costs far more
than drawing from them.
"""

from __future__ import annotations

import datetime
import types
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from onrecord.schema.interview import Span
from onrecord.testing._texts import texts

M = TypeVar("M", bound=BaseModel)

_LARGEST = 2**63 - 1  # what the tables' int64 holds
_COUNT = st.integers(0, 2)
_SOMETHING = st.booleans()


@st.composite
def values(draw: st.DrawFn, model: type[M], text: str) -> M:
    """A `model` whose spans lie inside `text`; only types and bounds are kept, references (ids) are arbitrary."""
    return draw_model(draw, model, text)


def draw_model(draw: st.DrawFn, model: type[M], text: str, /, **fixed: Any) -> M:
    """Draw a `model` whose spans lie inside `text`; `fixed` are the values of some of its fields."""
    drawn = {
        name: _draw(draw, info.annotation, tuple(info.metadata), text)
        for name, info in model.model_fields.items()
        if name not in fixed
    }
    return model(**drawn, **fixed)


def draw_span(draw: st.DrawFn, start: int, end: int, *, empty: bool = True) -> Span:
    """Draw a span within `start … end`; with `empty=False` it holds something (the range must, too)."""
    first = draw(st.integers(start, end if empty else end - 1))
    return Span(start=first, end=draw(st.integers(first if empty else first + 1, end)))


def _draw(draw: st.DrawFn, annotation: Any, metadata: tuple[Any, ...], text: str) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = tuple(m for argument in arguments[1:] for m in getattr(argument, "metadata", (argument,)))
        return _draw(draw, arguments[0], (*metadata, *inner), text)
    if origin in (Union, types.UnionType):
        something = [argument for argument in arguments if argument is not type(None)]
        return _draw(draw, something[0], metadata, text) if draw(_SOMETHING) else None
    if origin is tuple:
        return tuple(_draw(draw, arguments[0], (), text) for _ in range(draw(_COUNT)))
    if annotation is Span:
        return draw_span(draw, 0, len(text), empty=not text)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return draw_model(draw, annotation, text)
    return draw(_leaf(annotation, metadata))


@cache
def _leaf(annotation: Any, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    bounds = {
        name: getattr(m, name) for m in metadata for name in ("ge", "le", "min_length", "pattern") if hasattr(m, name)
    }
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return st.integers(bounds.get("ge", -_LARGEST), bounds.get("le", _LARGEST))
    if annotation is float:
        return st.floats(bounds.get("ge"), bounds.get("le"), allow_nan=False)
    if annotation is datetime.date:
        return st.dates()
    if annotation is str and bounds.get("pattern"):
        return st.from_regex(bounds["pattern"], fullmatch=True)
    if annotation is str:
        return texts(2).map(lambda drawn: drawn or "x" * bounds.get("min_length", 0))
    raise NotImplementedError(f"no strategy for a field of type {annotation!r}")
