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


def _never(head: bytes) -> bool:  # noqa: ARG001 - a default
    return False


def visible(head: bytes) -> bytes:
    """Return the first bytes of a file without a byte-order mark and white space before them."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")


def begins(*signatures: bytes) -> Callable[[bytes], bool]:
    """Return what recognises files whose first visible bytes are one of `signatures`."""
    return lambda head: visible(head).startswith(signatures)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format family: which files it takes, and how bytes become a reading.

    `derived` is False for formats whose text is the decoded file itself (it can be rebuilt byte for
    byte) and True where the text is made from markup. `split` yields the interviews of a file with
    many, as `(locator, bytes)`; most files hold one. `read` never raises for broken data.

    `recognises` says whether the first bytes of a file (4,096 of them) are plainly of this format, whatever its name;
    the first reader of the registry that says so takes it. `also` names readers whose files this one reads as well,
    so that a file named for it stays with it.
    """

    name: str
    version: str
    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Facts], Reading]
    derived: bool = False
    split: Callable[[bytes, Facts], Iterable[tuple[str | None, bytes]]] = _whole
    recognises: Callable[[bytes], bool] = _never
    also: tuple[str, ...] = ()
