"""The same raw files give the same bytes with one pyarrow, and the same logical digests with another.

    scripts/pyarrows                    the oldest that pyproject.toml allows, and the newest there is
    scripts/pyarrows 24.0.0 newest      others

Each version builds twice, from a copy of raw/ of its own, so that nothing is taken from an earlier build.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.publish.manifest import Manifest
from onrecord.publish.verification import compare_digests, present_files, read_manifest
from tests.environments.making import NEWEST, OLDEST, ROOT, Environment, make, table


@dataclass(frozen=True)
class Build:
    """A built folder, and the pyarrow that wrote it."""

    folder: Path
    manifest: Manifest

    def bytes_of(self, ending: str = "") -> str:
        """One SHA-256 over the names and bytes of all files, or of those with an ending."""
        digest = hashlib.sha256()
        for name in present_files(self.folder):
            if name.endswith(ending):
                digest.update(hashlib.sha256(name.encode() + (self.folder / name).read_bytes()).digest())
        return digest.hexdigest()


def build(environment: Environment, folder: Path) -> Build:
    """Build the dataset of this checkout in `folder`."""
    shutil.copytree(ROOT / "raw", folder / "raw")
    environment.run("-m", "onrecord", "build", folder / "raw", folder / "processed")
    manifest, found = read_manifest(folder / "processed")
    assert manifest is not None, found
    return Build(folder / "processed", manifest)


def problems(builds: Sequence[Sequence[Build]]) -> list[str]:
    """What does not hold of builds, two by each version."""
    found = []
    for first, again in builds:
        if first.bytes_of() != again.bytes_of():
            found.append(f"pyarrow {first.manifest.pyarrow} gave other bytes the second time")
    reference = builds[0][0]
    for other, _ in builds[1:]:
        differing = compare_digests(reference.folder, other.folder)
        found += [f"pyarrow {other.manifest.pyarrow}: {item.message}" for item in differing]
        if other.manifest.pyarrow == reference.manifest.pyarrow:
            found.append(f"both are pyarrow {other.manifest.pyarrow}: there is nothing to compare")
    return found


def main(wanted: Sequence[str]) -> int:
    """Build with each version, print the table, and return 1 if a promise does not hold."""
    with tempfile.TemporaryDirectory(prefix="onrecord-pyarrows-") as scratch:
        builds = []
        for number, version in enumerate(wanted or (OLDEST, NEWEST)):
            here = Path(scratch) / str(number)
            environment = make(here / "environment", {"pyarrow": version})
            builds.append([build(environment, here / name) for name in ("first", "again")])
        rows = [["pyarrow", "build", "all files (SHA-256)", "Parquet (SHA-256)", "logical digest"]]
        for pair in builds:
            for name, one in zip(("first", "again"), pair, strict=True):
                hashes = [one.bytes_of(), one.bytes_of(".parquet"), one.manifest.digest]
                rows.append([one.manifest.pyarrow, name, *(digest[:12] for digest in hashes)])
        print(table(rows))
        found = problems(builds)
    print("\n".join(found) or "Equal bytes with the same pyarrow, equal digests with another.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
