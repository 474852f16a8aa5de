"""`raw/ledger.jsonl`: the versions there are, which of them first held each record, and what was withdrawn, for ever.

One event per line, only ever added to. It is the memory that makes a release depend on nothing but `raw/`: the same
ledger, texts and facts give the same release, on a machine that never saw the one before.

    {"event": "released", "id": "harbour/one", "version": "1.0.0", "on": "2031-06-02"}
    {"event": "version", "version": "1.0.0", "digest": "9f86d0…", "on": "2031-06-02"}
    {"event": "withdrawn", "id": "harbour/one", "on": "2032-01-10", "why": "The holder asked for it."}
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from onrecord.codes import finding
from onrecord.collection.found import FoundSource
from onrecord.errors import ConfigError
from onrecord.publish.manifest import VERSION
from onrecord.schema.interview import Finding, Model, Sha256

FILE = "ledger.jsonl"
RELEASED = "takedowns.jsonl"
"""The withdrawals in a release, for holders of older copies."""


class Entry(Model):
    """One event in the life of a record."""

    event: Literal["released", "withdrawn"] = Field(description="What happened to the record.")
    id: Annotated[str, Field(min_length=1)] = Field(description="Id of the interview; never used again once withdrawn.")
    version: str | None = Field(default=None, description="`released`: the first version that held it.")
    on: datetime.date = Field(description="Day it happened.")
    why: str | None = Field(default=None, description="`withdrawn`: the reason, in a sentence; it is published.")
    by: str | None = Field(default=None, description="`withdrawn`: who decided it; it is not published.")
    sha256: Sha256 | None = Field(
        default=None, description="`withdrawn`: SHA-256 of the record's file, to tell it from a new one; not published."
    )


class Version(Model):
    """One version of the data that was released."""

    event: Literal["version"] = Field(default="version", description="That a version was released.")
    version: Annotated[str, Field(pattern=VERSION)] = Field(description="The version.")
    digest: Sha256 = Field(description="Logical digest of its rows, as in its manifest.")
    on: datetime.date = Field(description="Day of the release.")


Event = Entry | Version
_EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says, by id."""

    released: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, Entry] = field(default_factory=dict)
    versions: Mapping[str, Version] = field(default_factory=dict)

    def first_release(self, id_: str, version: str) -> str:
        """Return the version that first held a record; `version`, the one being made, for a new record."""
        return self.released.get(id_, version)

    @property
    def last(self) -> Version | None:
        """The highest version that was released; None before the first."""
        return max(self.versions.values(), key=lambda item: version_numbers(item.version), default=None)


def version_numbers(version: str) -> tuple[int, ...]:
    """Return MAJOR, MINOR and PATCH as numbers, to compare versions by."""
    return tuple(map(int, version.split(".")))


def load_ledger(raw: Path) -> Ledger:
    """Return the ledger in `raw`, an empty one if there is no file.

    Raises `ConfigError` for a line that is not an event, or for a record that is released twice or withdrawn twice.
    """
    return ledger_of(Path(raw) / FILE)


def ledger_of(path: Path) -> Ledger:
    """Return what a ledger's file says, an empty ledger if there is no file; raises `ConfigError` as `load_ledger`."""
    released: dict[str, str] = {}
    withdrawn: dict[str, Entry] = {}
    versions: dict[str, Version] = {}
    for number, event in _events(path):
        name, seen = _named(event, released, withdrawn, versions)
        if name in seen:
            raise ConfigError(f"{path}:{number}: {name!r} was {_DONE[event.event]} before")
        if isinstance(event, Version):
            versions[event.version] = event
        elif event.event == "withdrawn":
            withdrawn[event.id] = event
        elif event.version is None:
            raise ConfigError(f"{path}:{number}: a released record needs its `version`")
        else:
            released[event.id] = event.version
    return Ledger(released, withdrawn, versions)


_DONE = {"released": "released", "withdrawn": "withdrawn", "version": "released"}


def _named(
    event: Event, released: Mapping[str, str], withdrawn: Mapping[str, Entry], versions: Mapping[str, Version]
) -> tuple[str, Mapping[str, object]]:
    """What an event is about, and what the ledger has said of its kind so far."""
    if isinstance(event, Version):
        return event.version, versions
    return event.id, released if event.event == "released" else withdrawn


def withdrawn_sources(sources: Iterable[FoundSource], ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for every file whose id was withdrawn: the old text, still there, or another one under its id."""
    for source in sources:
        entry = ledger.withdrawn.get(source.id)
        if entry is None:
            continue
        when = f"{source.id} was withdrawn on {entry.on}"
        if entry.sha256 in (None, hashlib.sha256(source.load().data).hexdigest()):
            yield finding("withdrawn-text", source.path, f"{when}; its text is still here.", where=source.id)
        else:
            message = f"{when}, and this is another text under its id."
            yield finding("withdrawn-id", source.path, message, where=source.id)


def takedown_lines(ledger: Ledger) -> bytes:
    """Return the withdrawals as they stand in a release, by id."""
    entries = sorted(ledger.withdrawn.values(), key=lambda entry: entry.id)
    return b"".join(_line(entry.model_copy(update={"by": None, "sha256": None})) for entry in entries)


def released_takedowns(folder: Path) -> Mapping[str, Entry]:
    """Return the withdrawals that a release lists, by id; raises `ConfigError` for a line that is none."""
    return ledger_of(Path(folder) / RELEASED).withdrawn


def append(raw: Path, events: Iterable[Event]) -> None:
    """Add events to the ledger in `raw`, all or none, flushed to the disk."""
    path = Path(raw) / FILE
    old = path.read_bytes() if path.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    replace_file(path, old + b"".join(map(_line, events)))


def replace_file(path: Path, data: bytes) -> None:
    """Give a file other bytes, flushed to the disk: the old ones or the new ones are there at any moment."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _line(event: Event) -> bytes:
    return event.model_dump_json(exclude_none=True).encode() + b"\n"


def _events(path: Path) -> Iterable[tuple[int, Event]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield number, _EVENT.validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(str(part) for part in first["loc"][1:])
                raise ConfigError(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}") from error
