"""One interview under review: read it, show it, save what a person does, take it back."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onrecord.checking import settle_waivers
from onrecord.collection.naming import SIDECAR_SUFFIX, stem_of
from onrecord.collection.sidecar import CorrectionCard
from onrecord.errors import ConfigError
from onrecord.findings import failing, in_order
from onrecord.pipeline import Settings, process
from onrecord.review import store
from onrecord.review.actions import changes_of
from onrecord.review.model import Json, page_model
from onrecord.review.requests import action_of
from onrecord.review.yaml_edit import edited
from onrecord.schema.interview import Finding, Interview
from onrecord.sources import Discovery, FoundSource, discover, find, texts_of


@dataclass(frozen=True, slots=True)
class View:
    """An interview as it is at one moment: the record, what the checks say, and the state of its sidecar."""

    interview: Interview
    findings: tuple[Finding, ...]
    sidecar: Path
    state: store.Snapshot
    written: dict[str, Any]
    locked: str | None
    several: bool = False

    @property
    def accepted(self) -> bool:
        """Whether no error that nobody has waived stands in the way."""
        return not failing(self.findings)

    def model(self, **extra: Any) -> Json:
        """Return what the page shows."""
        beside = {
            "name": self.sidecar.name,
            "digest": self.state.digest,
            "exists": self.state.data is not None,
            "locked": self.locked,
            "waivers": list(self.written.get("waivers") or ()),
            "corrections": written_at(self.written, self.interview.id),
        }
        return page_model(self.interview, self.findings, {"sidecar": beside, "accepted": self.accepted, **extra})


def view_of(found: Discovery, source: FoundSource, today: datetime.date | None = None) -> View:
    """Read an interview as it is now, and check it by itself and together with its card and sidecar.

    The state of the sidecar is taken first: if it changes while the record is made, saving says so.
    """
    sidecar = _sidecar_of(source)
    state = store.snapshot(sidecar)
    interview = process(source.load(), Settings())
    told = settle_waivers([*found.findings, *interview.findings], found, today or datetime.date.today())
    document = found.sidecars.get(source.sidecar or "")
    return View(
        interview,
        tuple(in_order(told)),
        sidecar,
        state,
        dict(document.value) if document is not None else {},
        _locked(source, sidecar),
        source.locator is not None,
    )


def written_at(written: Mapping[str, Any], id_: str) -> list[int]:
    """Return where in the sidecar each correction of the record stands: those of other interviews, and broken ones,
    stand between them.
    """  # noqa: D205 - the sentence needs two lines
    places = []
    entries = written.get("corrections")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        try:
            about = CorrectionCard.model_validate(entry).target.interview
        except ValidationError:
            continue
        if about in (None, id_):
            places.append(index)
    return places


def _sidecar_of(source: FoundSource) -> Path:
    return source.here.with_name(stem_of(source.here.name) + SIDECAR_SUFFIX)


def _locked(source: FoundSource, sidecar: Path) -> str | None:
    """Why nothing can be saved for this interview, or None."""
    if len(texts_of(sidecar)) > 1:
        return "several files share this sidecar"
    if sidecar == source.file:
        return "the text itself has the name a sidecar would have"
    return store.problem_with(sidecar)


def locate(what: str, raw: Path) -> list[tuple[Path, str]]:
    """Return the interviews that `what` names, a path (of a text or its sidecar) or an id below `raw`: file and id.

    Raises `ConfigError` if there is none, with the nearest ids.
    """
    if Path(what).is_file():
        sources = find(Path(what)).sources
        if not sources:
            raise ConfigError(f"{what} is not a file with an interview")
        return [(source.here, source.id) for source in sources]
    wanted = what.split("#", 1)[0]
    sources = discover(raw).sources if raw.is_dir() else ()
    for source in sources:
        if source.id == wanted:
            return [(source.here, source.id)]
    near = difflib.get_close_matches(wanted, [source.id for source in sources], 3, 0.4)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise ConfigError(f"there is no file and, in {raw}, no interview {what!r}{meant}")


class Session:
    """A review of one interview. Every request reads the files anew: they are the truth, not this object.

    Only the record made of the same files is kept, since making that of a long interview takes seconds.
    """

    def __init__(self, file: Path, id_: str, *, by: str = "") -> None:
        self.file, self.id, self.by = file, id_, by
        self._undo: list[tuple[bytes | None, str]] = []
        self._lock = threading.Lock()
        self._last: tuple[object, View] | None = None

    def view(self) -> View:
        """Read the interview as it is now. Raises `ConfigError` if the file is gone."""
        found = find(self.file)
        source = next((item for item in found.sources if item.id == self.id), None)
        if source is None and found.sources and found.sources[0].locator is None:
            source = found.sources[0]  # the sidecar gave it another name meanwhile
        if source is None:
            raise ConfigError(f"there is no interview {self.id} in {self.file} any more")
        sidecar = store.snapshot(_sidecar_of(source)).digest
        key = (source, found.findings, store.snapshot(self.file).digest, sidecar, datetime.date.today())
        last = self._last
        if last is None or last[0] != key or last[1].state.digest != sidecar:
            last = self._last = (key, view_of(found, source))
        view = last[1]
        return dataclasses.replace(view, locked=_locked(source, view.sidecar))

    def model(self, **extra: Any) -> Json:
        """Return what the page shows now."""
        return self.view().model(by=self.by, undo=len(self._undo), **extra)

    def save(self, base: str, action: Any) -> Json:
        """Do what `action` says, if the sidecar is still in the state `base`, and return the page with the difference.

        Raises `ConflictError` if somebody else has changed it, `NotWritableError` or `ConfigError` if it cannot be
        done; then nothing is written.
        """
        with self._lock:
            view = self.view()
            if view.locked is not None:
                raise store.NotWritableError(view.locked)
            if view.state.digest != base:
                raise store.ConflictError(f"{view.sidecar.name} was changed by somebody else since this page read it")
            changes = changes_of(
                action_of(action), view.interview, view.written, datetime.date.today(), several=view.several
            )
            old = view.state.data
            new = edited(old or b"", changes, view.sidecar.name)
            after = store.replace(view.sidecar, base, new)
            self._undo.append((old, after.digest))
            return self.model(diff=difference(old, new, view.sidecar.name))

    def undo(self) -> Json:
        """Take the last saving back, if nothing was changed after it. Raises `ConflictError` if something was."""
        with self._lock:
            if not self._undo:
                raise ConfigError("there is nothing to take back")
            view = self.view()
            old, digest = self._undo[-1]
            store.replace(view.sidecar, digest, old)
            self._undo.pop()
            return self.model(diff=difference(view.state.data, old, view.sidecar.name))


def difference(old: bytes | None, new: bytes | None, name: str) -> str:
    """Return the unified diff of two states of the sidecar."""
    before, after = ((data or b"").decode("utf-8", "replace").splitlines() for data in (old, new))
    from_, to = ("/dev/null" if data is None else name for data in (old, new))
    return "\n".join(difflib.unified_diff(list(before), list(after), from_, to, lineterm="", n=2))
