"""What is found below raw/: collections, and the interviews in their files, which are read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from onrecord.collection.card import Card
from onrecord.collection.document import Document
from onrecord.collection.facts import Facts, Source
from onrecord.collection.loading import Names
from onrecord.schema.interview import Finding
from onrecord.storage import AnyPath, RemotePath, local

Split = Callable[[bytes, Facts], Iterable[tuple[str | None, bytes]]]


@dataclass(frozen=True, slots=True)
class PackedRow:
    """Where an interview stands in a file of many: its id there (None if it has none), its row or line, its size.

    `part` finds it again; `problem` says why it cannot be read.
    """

    id: str | None
    locator: str
    part: int
    size: int
    problem: str | None = None


class Packed(Protocol):
    """A file with an interview in each row, which is never read as a whole."""

    def rows(self, max_bytes: int) -> Iterator[PackedRow]:
        """Yield its rows in order; broken ones say so."""

    def load(self, part: int, size: int, facts: Facts) -> tuple[bytes, Facts, str | None]:
        """Return the bytes of a row, the facts with what it states, and why it cannot be read."""

    def unread(self, facts: Facts) -> list[str]:
        """Return the names of the columns that nothing is made of."""


@dataclass(frozen=True, slots=True)
class Formats:
    """What the layers above know and this one needs: names a card may use, and files that hold several interviews.

    `split_of` gives the function that splits such a file, or None for files with one interview. `packed_of` gives
    the rows of a file that is read row by row, a sentence if it should be one and is not, None for all others.
    """

    names: Names = field(default_factory=Names)
    split_of: Callable[[str, Facts], Split | None] = lambda _path, _facts: None
    packed_of: Callable[[AnyPath, Facts], Packed | str | None] = lambda _file, _facts: None


@dataclass(frozen=True, slots=True)
class FoundSource:
    """An interview that was found but not read; small enough to be sent to another process."""

    id: str
    path: str
    file: AnyPath
    facts: Facts
    size: int
    locator: str | None = None
    part: int | None = None
    split: Split | None = None
    sidecar: str | None = None
    unreadable: str | None = None
    packed: Packed | None = None

    @property
    def here(self) -> Path:
        """The file, for those who work on files of this machine; raises `ConfigError` if it is elsewhere."""
        return local(self.file)

    @property
    def is_fetched(self) -> bool:
        """Whether loading it waits for a file to come from elsewhere."""
        return self.part is None and isinstance(self.file, RemotePath)

    def load(self) -> Source:
        """Read the file. A file that cannot be read becomes a source that says so; nothing is raised for it."""
        data, problem = b"", self.unreadable
        if problem is None and self.packed is not None and self.part is not None:
            data, facts, problem = self.packed.load(self.part, self.size, self.facts)
            return Source(self.id, self.path, data, facts, self.locator, problem)
        if problem is None:
            try:
                data = self._bytes()
            except OSError as error:  # it was there when raw/ was walked
                problem = error.strerror or str(error)
        return Source(self.id, self.path, data, self.facts, self.locator, problem)

    def _bytes(self) -> bytes:
        if self.split is None or self.part is None:
            return self.file.read_bytes()
        return parts_of(self.file, self.split, self.facts)[self.part][1]


def parts_of(file: AnyPath, split: Split, facts: Facts) -> Sequence[tuple[str | None, bytes]]:
    """The interviews of one file. What was corrected in each of them does not matter to where they are."""
    return _parts(file, split, facts.model_copy(update={"corrections": ()}))


@lru_cache(maxsize=1)
def _parts(file: AnyPath, split: Split, facts: Facts) -> Sequence[tuple[str | None, bytes]]:
    """The interviews of one file; the last file is kept, since they are asked for one after the other."""
    return tuple(split(file.read_bytes(), facts))


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of raw/ with its card, which stands at `path` (below raw/) if there is one."""

    name: str
    folder: AnyPath
    path: str
    card: Card


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found below raw/: the sources in the order of their paths, and what is wrong with cards and files."""

    raw: AnyPath
    sources: tuple[FoundSource, ...]
    collections: tuple[Collection, ...] = ()
    findings: tuple[Finding, ...] = ()
    sidecars: Mapping[str, Document] = field(default_factory=dict)

    @property
    def here(self) -> Path:
        """The folder, for those who work on folders of this machine; raises `ConfigError` if it is elsewhere."""
        return local(self.raw)
