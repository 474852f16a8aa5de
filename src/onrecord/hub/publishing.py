"""Making a dataset on the Hub hold a release: exactly its files, in one commit, under the tag of its version.

What is to be done follows from comparing the folder with what the Hub holds, never from notes about an earlier run. So
a run that was interrupted anywhere is resumed by running it again, and a second run finds nothing to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.hub.client import Hub, State, Stored, Unavailable, address_of, patiently
from onrecord.publish.manifest import NAME, Manifest
from onrecord.publish.verification import read_manifest, verify

_KEPT = frozenset({".gitattributes"})
"""What the Hub itself puts into a repository, and needs: it is in no release and is not taken out."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Change:
    """A file and its size in bytes: as it will be, or, of one that is taken out, as it was."""

    path: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What publishing does to the dataset on the Hub."""

    repository: str
    endpoint: str
    tag: str
    created: bool
    tagged: bool
    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    removed: tuple[Change, ...]
    unchanged: int

    @property
    def nothing(self) -> bool:
        """Whether the Hub holds the release already, under its tag."""
        return self.tagged

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        return asdict(self)

    def summary(self) -> str:
        """Return a line for the dataset, and one for each file that is added, changed or removed."""
        head = f"{self.repository} on {self.endpoint}, tag {self.tag}"
        if self.nothing:
            return f"{head}: it is there already, with these {self.unchanged:,} files"
        width = max((len(item.path) for item in (*self.added, *self.changed, *self.removed)), default=0)
        lines = [
            f"  {verb:<7} {item.path:<{width}} {item.bytes:>14,} bytes"
            for verb, items in (("add", self.added), ("change", self.changed), ("remove", self.removed))
            for item in items
        ]
        if self.unchanged:
            lines.append(f"  {self.unchanged:,} files stay as they are")
        return "\n".join([f"{head}{' (the dataset is new)' if self.created else ''}", *lines])


@dataclass(frozen=True, slots=True)
class _Local:
    path: Path
    size: int
    sha256: str

    def same_as(self, stored: Stored) -> bool:
        if self.size != stored.size:
            return False
        return self.sha256 == stored.sha256 if stored.sha256 else _blob(self.path) == stored.blob


@dataclass(frozen=True, slots=True)
class _Release:
    """A verified folder, and where it is to go."""

    manifest: Manifest
    files: Mapping[str, _Local]
    tag: str
    private: bool

    def differing(self, state: State) -> tuple[str, ...]:
        """Return the paths that a commit holds other than the release, by name."""
        theirs = state.files.keys() - _KEPT
        changed = {name for name in self.files.keys() & theirs if not self.files[name].same_as(state.files[name])}
        return tuple(sorted((self.files.keys() ^ theirs) | changed))


def plan(
    folder: str | Path, repository: str, *, tag: str | None = None, private: bool = False, endpoint: str | None = None
) -> Plan:
    """Return what `publish` would do; nothing is sent.

    Raises `ReleaseRefused` and `ConfigError` as `publish` does.
    """
    return _planned(Hub(_repository(repository), endpoint), _release(Path(folder), tag, private))[0]


def publish(
    folder: str | Path,
    repository: str,
    *,
    tag: str | None = None,
    private: bool = False,
    endpoint: str | None = None,
    said: Callable[[str], None] = lambda _: None,
) -> Plan:
    """Make the dataset `repository` on the Hub hold the release in `folder`, and return what was done.

    The dataset is made if there is none (`private` if asked for). One commit adds what is new, replaces what changed
    and removes what left; it is looked at again before `tag` (by default `v` and the version of the data) is put on
    it. When the Hub is busy, the rest is tried again a few times; `said` hears about it. If the tag exists with these
    very files, there is nothing to do.

    Raises `ReleaseRefused` if the folder does not verify or was never released, if the tag exists with other files (a
    published version never changes), or if files are in the way that no release put there; `Unavailable` if the Hub
    stays busy or cannot be reached (the same call goes on later); and `ConfigError` if it says no.
    """
    hub, release = Hub(_repository(repository), endpoint), _release(Path(folder), tag, private)
    hub.require_login()
    plans: list[Plan] = []

    def once() -> None:
        planned, state = _planned(hub, release)
        plans.append(planned)
        _carry_out(planned, state, hub, release)

    patiently(once, said)
    return plans[0]  # what a later try finds done already was done by this call


def _repository(text: str) -> str:
    address = address_of(text)
    if address.revision is not None:
        raise ConfigError(f"a release is published under its own tag: leave `@{address.revision}` out")
    return address.repository


def _release(folder: Path, tag: str | None, private: bool) -> _Release:
    found = verify(folder)
    if found:
        raise ReleaseRefused(f"{folder} is not published, because it does not verify", found)
    manifest, _ = read_manifest(folder)
    assert manifest is not None  # it was just verified
    if manifest.restored:
        raise ReleaseRefused(
            f"{folder} holds the words of {manifest.restored:,} records that may not be published: they were restored "
            "from somebody's own copies"
        )
    if manifest.released is None:
        raise ReleaseRefused(
            f"{folder} was built as {manifest.version}, and never released: a tag on it would stand in the way of the "
            f"release. Run `onrecord release {manifest.version}` first"
        )
    files = {entry.path: _Local(folder / entry.path, entry.bytes, entry.sha256) for entry in manifest.files}
    own = (folder / NAME).read_bytes()
    files[NAME] = _Local(folder / NAME, len(own), hashlib.sha256(own).hexdigest())
    return _Release(manifest, files, tag or f"v{manifest.version}", private)


def _planned(hub: Hub, release: _Release) -> tuple[Plan, State | None]:
    state = hub.state()
    tagged = state is not None and _is_published(hub, release)
    held = release.differing(state) if state is not None and not tagged else ()
    theirs: Mapping[str, Stored] = {} if state is None else state.files
    added = [name for name in release.files if name not in theirs and not tagged]
    removed = [name for name in held if name not in release.files]
    if state is not None and not tagged:
        _require_room(hub, release, state, removed)
    changed = [name for name in held if name in release.files and name in theirs]
    planned = Plan(
        repository=hub.address.repository,
        endpoint=hub.endpoint,
        tag=release.tag,
        created=state is None,
        tagged=tagged,
        added=tuple(Change(name, release.files[name].size) for name in sorted(added)),
        changed=tuple(Change(name, release.files[name].size) for name in changed),
        removed=tuple(Change(name, theirs[name].size) for name in removed),
        unchanged=len(release.files) - len(added) - len(changed),
    )
    return planned, state


def _is_published(hub: Hub, release: _Release) -> bool:
    """Whether the tag exists with the files of the release; with others, it is refused."""
    commit = hub.tags().get(release.tag)
    if commit is None:
        return False
    tagged = hub.state(commit)
    other = () if tagged is None else release.differing(tagged)
    if other:
        raise ReleaseRefused(
            f"{hub.address.repository} has a tag {release.tag} with other files ({_some(other)}). A published version "
            "never changes: give this release a new one"
        )
    return True


def _require_room(hub: Hub, release: _Release, state: State, removed: list[str]) -> None:
    if release.private and not state.private:
        raise ConfigError(
            f"{hub.address.repository} is there already, and public: make it private on the Hub, or leave --private out"
        )
    if removed and NAME not in state.files:
        raise ReleaseRefused(
            f"{hub.address.repository} holds files that no release put there, and that would be removed "
            f"({_some(removed)}). Publish to another name, or remove them on the Hub first"
        )


def _carry_out(planned: Plan, state: State | None, hub: Hub, release: _Release) -> None:
    if planned.nothing:
        return
    if state is None:
        hub.create(release.private)
        state = hub.state()
        if state is None:
            raise Unavailable(f"{hub.address.repository} was made, but does not show yet")
    commit = state.commit
    if planned.added or planned.changed or planned.removed:
        add = {item.path: release.files[item.path].path for item in (*planned.added, *planned.changed)}
        remove = [item.path for item in planned.removed]
        commit = hub.commit(add, remove, state.commit, f"Release {release.manifest.version}")
        _require_arrived(hub, release, commit)
    hub.tag(release.tag, commit, f"{release.manifest.title} {release.manifest.version}")


def _require_arrived(hub: Hub, release: _Release, commit: str) -> None:
    """Only what the Hub holds as we have it is given a tag."""
    arrived = hub.state(commit)
    other = release.differing(arrived) if arrived is not None else tuple(release.files)
    if other:
        raise Unavailable(f"the Hub holds other bytes than were sent ({_some(other)}); no tag was set")


def _some(names: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _blob(path: Path) -> str:
    """The id that git gives a file: what the Hub lists for files that are not in its large-file storage."""
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\x00" % len(data) + data, usedforsecurity=False).hexdigest()
