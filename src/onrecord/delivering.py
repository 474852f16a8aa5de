"""Putting a built dataset where it was asked for: a folder here, a bucket, or the Hub; and not twice.

    a folder        written beside it and exchanged in one step (`onrecord.publish`)
    s3://… and its like
                    OUT/<version>-<digest>/… file by file, the manifest last, then OUT/latest.json, which names it:
                    until that one small object is replaced, readers find the release before, whole
    hf://datasets/org/name
                    published under the tag of its version, in one commit (`onrecord.hub`)

docs/decisions/0012-releases-in-object-stores.md says why.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError
from onrecord.hub import publish
from onrecord.publish import Manifest
from onrecord.publish.manifest import LATEST, NAME
from onrecord.publish.verification import changes, read_manifest
from onrecord.storage import AnyPath, RemotePath, exists, reach, sizes_below, upload, write_whole

Write = Callable[[Path], Manifest]
"""Writes the dataset to a folder."""


def deliver(asked: str, write: Write, out: AnyPath, work: AnyPath) -> Manifest:
    """Put the dataset that `write` writes at `out`; return its manifest.

    `asked` is a digest of all that it is made from. If what stands at `out` was made from the same and is as it was
    written, nothing is done.

    Raises what `write` and `onrecord.hub.publish` raise, `ConfigError` if `out` cannot be reached, and `OSError` if a
    disk or a store fails; what stood at `out` before is whole then.
    """
    if isinstance(out, Path):
        return _to_folder(asked, write, out, work)
    if out.scheme == "hf":
        return _to_hub(write, out)
    return _to_store(asked, write, out)


def _to_folder(asked: str, write: Write, out: Path, work: AnyPath) -> Manifest:
    note = work / f"made-{hashlib.sha256(str(out.absolute()).encode()).hexdigest()[:16]}.json"
    manifest, _ = read_manifest(out)
    if manifest is not None and _read(note) == _note(asked, manifest) and not changes(out):
        return manifest
    manifest = write(out)
    write_whole(note, json.dumps(_note(asked, manifest)).encode())
    return manifest


def _note(asked: str, manifest: Manifest) -> Mapping[str, str]:
    return {"asked": asked, "manifest": hashlib.sha256(manifest.to_bytes()).hexdigest()}


def _read(note: AnyPath) -> Any:
    try:
        if not exists(note):
            return None
        return json.loads(note.read_bytes())
    except ValueError:
        return None


def _to_store(asked: str, write: Write, out: RemotePath) -> Manifest:
    reach(out)
    latest = _read(out / LATEST)
    if isinstance(latest, dict) and latest.get("asked") == asked:
        return Manifest.model_validate_json((out / str(latest["release"]) / NAME).read_bytes())
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        staged = Path(folder) / "release"
        manifest = write(staged)
        name = f"{manifest.version}-{hashlib.sha256(manifest.to_bytes()).hexdigest()[:12]}"
        _upload(staged, manifest, out / name)
    write_whole(out / LATEST, json.dumps({"release": name, "asked": asked}).encode())
    return manifest


def _upload(folder: Path, manifest: Manifest, target: RemotePath) -> None:
    """Upload what is not there yet, as an upload that was cut off left it; the manifest comes last."""
    sizes = {file.path: file.bytes for file in manifest.files}
    there = sizes_below(target)
    for name, size in sizes.items():
        if there.get(name) != size:
            upload(folder / name, target / name)
    arrived = sizes_below(target)
    if wrong := [name for name, size in sizes.items() if arrived.get(name) != size]:
        raise OSError(5, "it did not arrive whole; build again to go on", str(target / wrong[0]))
    upload(folder / NAME, target / NAME)


def _to_hub(write: Write, out: RemotePath) -> Manifest:
    kind, _, repository = out.path.partition("/")
    if kind != "datasets" or repository.count("/") != 1:
        raise ConfigError(f"{out}: a dataset on the Hub is written as hf://datasets/ORGANIZATION/NAME")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        staged = Path(folder) / "release"
        manifest = write(staged)
        publish(staged, repository)
    return manifest
