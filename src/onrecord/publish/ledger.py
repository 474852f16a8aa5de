"""`raw/ledger.jsonl`: which version first held each record, and which records were withdrawn, for ever.

One event per line, only ever added to. It is the memory that makes a release depend on nothing but `raw/`: the same
ledger, texts and facts give the same release, on a machine that never saw the one before.

    {"event": "released", "id": "harbour/one", "version": "1.0.0", "on": "2031-06-02"}
    {"event": "withdrawn", "id": "harbour/one", "on": "2032-01-10", "why": "The holder asked for it."}
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from onrecord.errors import ConfigError
from onrecord.schema.interview import Model

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


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says, by id."""

    released: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, Entry] = field(default_factory=dict)

    def first_release(self, id_: str, version: str) -> str:
        """Return the version that first held a record; `version`, the one being made, for a new record."""
        return self.released.get(id_, version)


def load_ledger(raw: Path) -> Ledger:
    """Return the ledger in `raw`, an empty one if there is no file.

    Raises `ConfigError` for a line that is not an event, or for a record that is released twice or withdrawn twice.
    """
    released: dict[str, str] = {}
    withdrawn: dict[str, Entry] = {}
    for number, entry in _entries(Path(raw) / FILE):
        seen: Mapping[str, object] = released if entry.event == "released" else withdrawn
        if entry.id in seen:
            raise ConfigError(f"{Path(raw) / FILE}:{number}: {entry.id!r} was {entry.event} before")
        if entry.event == "withdrawn":
            withdrawn[entry.id] = entry
        elif entry.version is None:
            raise ConfigError(f"{Path(raw) / FILE}:{number}: a released record needs its `version`")
        else:
            released[entry.id] = entry.version
    return Ledger(released, withdrawn)


def takedown_lines(ledger: Ledger) -> bytes:
    """Return the withdrawals as they stand in a release, by id."""
    entries = sorted(ledger.withdrawn.values(), key=lambda entry: entry.id)
    return b"".join(entry.model_dump_json(exclude_none=True).encode() + b"\n" for entry in entries)


def released_takedowns(folder: Path) -> Mapping[str, Entry]:
    """Return the withdrawals that a release lists, by id; raises `ConfigError` for a line that is none."""
    return {entry.id: entry for _, entry in _entries(Path(folder) / RELEASED)}


def append(raw: Path, entries: Iterable[Entry]) -> None:
    """Add events to the ledger in `raw`, all or none, flushed to the disk."""
    path = Path(raw) / FILE
    old = path.read_bytes() if path.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    new = old + b"".join(entry.model_dump_json(exclude_none=True).encode() + b"\n" for entry in entries)
    temporary = path.with_name(f".{FILE}.new")
    try:
        with temporary.open("wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _entries(path: Path) -> Iterable[tuple[int, Entry]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield number, Entry.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(str(part) for part in first["loc"])
                raise ConfigError(f"{path}:{number}: {where + ': ' if where else ''}{first['msg']}") from error
