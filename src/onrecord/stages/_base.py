"""What a stage is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview


@dataclass(frozen=True, slots=True)
class Stage:
    """A named, versioned, pure function that fills one layer.

    `fills` names the fields of `Interview` it may change; a property test holds it to that, to leaving the
    text alone, and to giving the same result when it is run twice. `facts` are what people state: they win.
    """

    name: str
    version: str
    fills: tuple[str, ...]
    run: Callable[[Interview, Facts], Interview]
