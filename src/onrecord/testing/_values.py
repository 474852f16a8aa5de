"""Any model of the record, drawn from its own fields: a new field is generated without a change here."""

from __future__ import annotations

import datetime
import types
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from onrecord.schema.interview import Span
from onrecord.testing._texts import spans, texts

M = TypeVar("M", bound=BaseModel)

_LARGEST = 2**63 - 1  # what the tables' int64 holds


def values(model: type[M], text: str, /, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[M]:
    """A `model` whose spans lie inside `text`; `fixed` gives strategies for some of its fields.

    Only types and bounds are kept: references (ids) are arbitrary unless fixed.
    """
    fields = {name: fixed[name] if name in fixed else _field(info, text) for name, info in model.model_fields.items()}
    return st.builds(model, **fields)


def _field(info: FieldInfo, text: str) -> st.SearchStrategy[Any]:
    return _annotation(info.annotation, tuple(info.metadata), text)


def _annotation(annotation: Any, metadata: tuple[Any, ...], text: str) -> st.SearchStrategy[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = tuple(m for argument in arguments[1:] for m in getattr(argument, "metadata", (argument,)))
        return _annotation(arguments[0], (*metadata, *inner), text)
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_annotation(argument, metadata, text) for argument in arguments))
    if origin is tuple:
        return st.lists(_annotation(arguments[0], (), text), max_size=2).map(tuple)
    if annotation is Span:
        return spans(text)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return values(annotation, text)
    return _scalar(annotation, metadata)


def _scalar(annotation: Any, metadata: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    bounds = {
        name: getattr(m, name) for m in metadata for name in ("ge", "le", "min_length", "pattern") if hasattr(m, name)
    }
    if annotation is type(None):
        return st.none()
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
        return texts(3).filter(lambda drawn: len(drawn) >= bounds.get("min_length", 0))
    raise NotImplementedError(f"no strategy for a field of type {annotation!r}")
