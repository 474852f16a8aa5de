"""The raw files back from a dataset: what "nothing of the source is lost" means, done."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from onrecord.errors import ConfigError, ReadError
from onrecord.loading import interviews, withheld
from onrecord.pseudonymising import STEP
from onrecord.readers import rebuild
from onrecord.schema.interview import Interview


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, by its path (its record's id, if the path is not published): written, or why not."""

    path: str
    done: bool
    message: str


def rebuild_files(dataset: Path, target: Path, ids: Collection[str] = ()) -> Iterator[Outcome]:
    """Write the source files of the records of `dataset` (all, or those in `ids`) below `target`.

    Nothing is overwritten, nothing is written outside `target`. Raises `ConfigError` for an id that is not in the
    dataset.
    """
    wanted, seen = set(ids), []
    for interview in interviews(dataset):
        seen.append(interview.id)
        if not wanted or interview.id in wanted:
            yield _rebuild_file(interview, target)
    for id_ in withheld(dataset):
        seen.append(id_)
        if not wanted or id_ in wanted:
            yield Outcome(id_, False, "not written: its words are not in the dataset (standoff)")
    for missing in sorted(wanted - set(seen)):
        near = get_close_matches(missing, seen, 3)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise ConfigError(f"there is no interview {missing!r} in {dataset}{meant}")


def _rebuild_file(interview: Interview, target: Path) -> Outcome:
    origin = interview.origin
    path = origin.path if origin.locator is None else f"{origin.path}/{origin.locator}"  # a row of a file of many
    file = target / path
    if not file.resolve().is_relative_to(target.resolve()):
        return Outcome(path, False, "not written: the path leads out of the folder")
    if any(step.stage == STEP for step in interview.steps):
        return Outcome(path, False, "not written: names were replaced, and the key is not in the dataset")
    try:
        data = rebuild(interview)
    except ReadError as error:
        return Outcome(path, False, f"not written: {error}")
    if hashlib.sha256(data).hexdigest() != interview.origin.sha256:
        return Outcome(path, False, "not written: the result differs from the file that was read")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        return Outcome(path, False, f"not written: {file} exists")
    return Outcome(path, True, f"{len(data):,} bytes, SHA-256 as received")
