"""What changed between two releases: records, and items within them, field by field.

From this follows the version that a release must have: PATCH if no row of any table changed, MINOR if records were only
added, MAJOR for edits, removals and moved splits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from onrecord.codes import finding
from onrecord.publish.digest import canonical_json
from onrecord.publish.ledger import released_takedowns
from onrecord.publish.manifest import NAME, Manifest
from onrecord.release.streams import Stored, manifest_of, paired, records
from onrecord.schema.interview import Finding, Model
from onrecord.tables import Row

Step = Literal["PATCH", "MINOR", "MAJOR"]

ITEMS = ("speakers", "turns", "quotes")
"""Layers whose items have ids: they are compared item by item, everything else field by field."""

_SHOWN = 120


class FieldChange(Model):
    """One field whose value changed; values are canonical JSON, shortened, and null where the words are withheld."""

    field: str = Field(description="Name of the field.")
    old: str | None = Field(description="The value before.")
    new: str | None = Field(description="The value now.")


class ItemChange(Model):
    """One turn, speaker or quotation that was added, removed or changed."""

    layer: str = Field(description="The layer it belongs to.")
    id: str = Field(description="Id of the item.")
    change: Literal["added", "removed", "changed"] = Field(description="What happened to it.")
    fields: tuple[FieldChange, ...] = Field(default=(), description="Of a changed item, its changed fields.")


class RecordChange(Model):
    """One record that is in both releases and is not the same."""

    id: str = Field(description="Id of the interview.")
    fields: tuple[FieldChange, ...] = Field(default=(), description="Changed fields of the record itself.")
    items: tuple[ItemChange, ...] = Field(default=(), description="Changed items, by layer and id.")
    moved: tuple[str, str] | None = Field(default=None, description="Old and new split, if it moved.")
    why: tuple[str, ...] = Field(default=(), description="Reasons that people gave: new corrections of the record.")


class Removal(Model):
    """One record that is no longer there."""

    id: str = Field(description="Id of the interview.")
    on: datetime.date | None = Field(default=None, description="Day of the withdrawal, if it was withdrawn.")
    why: str | None = Field(default=None, description="The reason the ledger gives; null if there is none.")


class Diff(Model):
    """Everything that changed from one release to the other."""

    old_version: str = Field(description="Version of the old release.")
    new_version: str = Field(description="Version of the new release.")
    old_digest: str = Field(description="Logical digest of the old release.")
    new_digest: str = Field(description="Logical digest of the new release.")
    unchanged: int = Field(description="Records that are the same in both.")
    added: tuple[str, ...] = Field(default=(), description="Ids of new records.")
    removed: tuple[Removal, ...] = Field(default=(), description="Records that are no longer there.")
    changed: tuple[RecordChange, ...] = Field(default=(), description="Records that are not the same.")
    tables: tuple[str, ...] = Field(
        default=(), description="Configs whose rows changed although the records behind them did not."
    )

    @property
    def step(self) -> Step:
        """The part of the version that these changes call for."""
        if self.removed or self.changed or self.tables:
            return "MAJOR"
        return "MINOR" if self.added else "PATCH"


def diff(old: Path, new: Path) -> Diff:
    """Return what changed from the release in `old` to that in `new`.

    Raises `ConfigError` if one of the folders is no release.
    """
    old, new = Path(old), Path(new)
    before, after = manifest_of(old), manifest_of(new)
    added: list[str] = []
    removed: list[Removal] = []
    changed: list[RecordChange] = []
    unchanged = 0
    gone = released_takedowns(new)
    for one, other in paired(records(old, before), records(new, after), lambda stored: stored.id):
        if one is None and other is not None:
            added.append(other.id)
        elif other is None and one is not None:
            entry = gone.get(one.id)
            removed.append(Removal(id=one.id, on=entry and entry.on, why=entry and entry.why))
        elif one is not None and other is not None:
            change = _record_change(one, other)
            if change is None:
                unchanged += 1
            else:
                changed.append(change)
    return Diff(
        old_version=before.version,
        new_version=after.version,
        old_digest=before.digest,
        new_digest=after.digest,
        unchanged=unchanged,
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(changed),
        tables=() if added or removed or changed else _changed_tables(before, after),
    )


def check_version(changes: Diff) -> tuple[Finding, ...]:
    """Return what is wrong with the new release's version, given what changed; nothing if it agrees."""
    old, new = _numbers(changes.old_version), _numbers(changes.new_version)
    step = changes.step
    at_least = {"MAJOR": (old[0] + 1, 0, 0), "MINOR": (old[0], old[1] + 1, 0), "PATCH": (*old[:2], old[2] + 1)}[step]
    if new >= at_least:
        return ()
    shown = ".".join(map(str, at_least))
    if new == old and changes.old_digest == changes.new_digest:
        message = f"Version {changes.new_version} exists already, with the same rows."
    else:
        message = f"After {changes.old_version}, {_reason(changes)} a {step} step: at least {shown}."
    return (finding("wrong-version", NAME, message, hint=f"Release it as {shown}: `onrecord release {shown}`."),)


def _reason(changes: Diff) -> str:
    counts = (
        (len(changes.removed), "removed"),
        (sum(change.moved is not None for change in changes.changed), "moved to another split"),
        (len(changes.changed), "changed"),
        (len(changes.added), "added"),
    )
    parts = [f"{count:,} {what}" for count, what in counts if count]
    if changes.tables:
        parts.append(f"other rows in {', '.join(changes.tables)}")
    return f"the changes ({', '.join(parts) or 'none'}) call for"


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def _record_change(old: Stored, new: Stored) -> RecordChange | None:
    moved = None if old.split == new.split else (old.split, new.split)
    if moved is None and canonical_json(old.row) == canonical_json(new.row):
        return None
    return RecordChange(
        id=old.id,
        fields=tuple(_fields(old.row, new.row, ITEMS)),
        items=tuple(item for layer in ITEMS for item in _items(layer, old.row[layer], new.row[layer])),
        moved=moved,
        why=_reasons(old.row, new.row),
    )


def _fields(old: Row, new: Row, skipped: tuple[str, ...] = ()) -> Iterator[FieldChange]:
    for name in (*old, *(name for name in new if name not in old)):
        one, other = old.get(name), new.get(name)
        if name not in skipped and canonical_json(one) != canonical_json(other):
            yield FieldChange(field=name, old=_shown(one), new=_shown(other))


def _items(layer: str, old: list[Row], new: list[Row]) -> Iterator[ItemChange]:
    before: Mapping[str, Row] = {item["id"]: item for item in old}
    after: Mapping[str, Row] = {item["id"]: item for item in new}
    for id_ in (*before, *(id_ for id_ in after if id_ not in before)):
        if id_ not in after:
            yield ItemChange(layer=layer, id=id_, change="removed")
        elif id_ not in before:
            yield ItemChange(layer=layer, id=id_, change="added")
        elif fields := tuple(_fields(before[id_], after[id_])):
            yield ItemChange(layer=layer, id=id_, change="changed", fields=fields)


def _reasons(old: Row, new: Row) -> tuple[str, ...]:
    known = {canonical_json(correction) for correction in old["corrections"]}
    fresh = (item for item in new["corrections"] if canonical_json(item) not in known)
    return tuple(f"{item['by']}, {item['on']}: {item['why']}" for item in fresh if item["why"])


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    text = canonical_json(value).decode()
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _changed_tables(old: Manifest, new: Manifest) -> tuple[str, ...]:
    before, after = ({config.name: config.digest for config in manifest.configs} for manifest in (old, new))
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name))
