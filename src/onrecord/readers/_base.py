"""What every reader takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Mark, Newline


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the bytes; becomes a `Finding` when the record is made.

    `offset` counts code points of the text and is None if the whole file is meant.
    """

    code: str
    message: str
    offset: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of the bytes: a text that never changes again, and what the markup said.

    `encoding` is None where nothing could be decoded. `stated` holds what the file says about itself
    (`title`, `language`, `date`, `outlet`, `url` …), which the card and the sidecar override.
    """

    text: str
    encoding: str | None
    newline: Newline
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()


def _whole(data: bytes, facts: Facts) -> Iterable[tuple[str | None, bytes]]:  # noqa: ARG001 - a default
    yield None, data


@dataclass(frozen=True, slots=True)
class Reader:
    """A format family: which files it takes, and how bytes become a reading.

    `derived` is False for formats whose text is the decoded file itself (it can be rebuilt byte for
    byte) and True where the text is made from markup. `split` yields the interviews of a file with
    many, as `(locator, bytes)`; most files hold one. `read` never raises for broken data.
    """

    name: str
    version: str
    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Facts], Reading]
    derived: bool = False
    split: Callable[[bytes, Facts], Iterable[tuple[str | None, bytes]]] = _whole
