"""The release is loaded by the oldest `datasets` that pyproject.toml allows and by the newest, each in every way.

    scripts/loaders [FOLDER]            by default processed/

In each environment a small release is published to a stand-in of the Hub and verified from there, and every config of
the release is loaded from the folder and by tag from the Hub, whole and streaming. The digest of the rows, computed
as docs/releases.md describes it and without onrecord, must be the one in the manifest.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from onrecord.publish.manifest import Manifest
from onrecord.publish.verification import present_files, read_manifest
from tests.environments.making import NEWEST, OLDEST, ROOT, Environment, make, table
from tests.hub.conftest import write
from tests.hub.fake_hub import WRITER, Blob, Dataset, FakeHub

REPOSITORY, SMALL = "quay/letter", "quay/small"
PACKAGES = ("datasets", "huggingface_hub", "pyarrow")
WAYS = ("folder", "folder, streaming", "tag on the Hub", "tag, streaming")

PROGRAM = """
import hashlib, json, sys
from datasets import load_dataset

def say(value):
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(type(value))

def digest(rows):
    whole = hashlib.sha256()
    for row in rows:
        line = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=say)
        whole.update(hashlib.sha256(line.encode()).digest())
    return whole.hexdigest()

folder, repository, tag, cache, parts = *sys.argv[1:5], json.loads(sys.argv[5])
for config, split in parts:
    digests = []
    for source, revision in ((folder, None), (repository, tag)):
        ask = {"name": config, "split": split, "revision": revision, "cache_dir": cache}
        digests += [digest(load_dataset(source, **ask)), digest(load_dataset(source, **ask, streaming=True))]
    print(json.dumps(digests))
"""


def loaded(environment: Environment, folder: Path, manifest: Manifest, scratch: Path) -> list[list[str]]:
    """Publish and verify a small release, load every split of every config of ours, and return the digests of each."""
    parts = [(config.name, split.name) for config in manifest.configs for split in config.splits]
    tag = f"v{manifest.version}"
    with FakeHub() as hub:
        where = {"HF_ENDPOINT": hub.url, "HF_HOME": str(scratch / "home"), "HF_HUB_DISABLE_XET": "1"}
        small = write(scratch / "small", "1.0.0", 2)
        environment.run("-m", "onrecord", "publish", SMALL, small, **where, HF_TOKEN=WRITER)
        environment.run("-m", "onrecord", "verify", f"{SMALL}@v1.0.0", **where)
        dataset = hub.datasets[REPOSITORY] = Dataset()
        blobs = {name: Blob((folder / name).read_bytes(), name.endswith(".parquet")) for name in present_files(folder)}
        dataset.tags[tag] = dataset.commit(blobs, "ours, released or not")
        program = ("-c", PROGRAM, folder, REPOSITORY, tag, scratch / "cache", json.dumps(parts))
        said = environment.run(*program, **where, HF_DATASETS_DISABLE_PROGRESS_BARS="1")
    return [json.loads(line) for line in said.splitlines()]


def main(wanted: Sequence[str]) -> int:
    """Load with each version, print the table, and return 1 if any row is another."""
    folder = Path(wanted[0] if wanted else ROOT / "processed").resolve()
    manifest, found = read_manifest(folder)
    if manifest is None:
        raise SystemExit(found[0].message)
    splits = [split for config in manifest.configs for split in config.splits]
    rows, wrong = [[*PACKAGES, *WAYS]], 0
    for age in (OLDEST, NEWEST):
        with tempfile.TemporaryDirectory(prefix="onrecord-loaders-") as scratch:
            environment = make(Path(scratch) / "environment", dict.fromkeys(PACKAGES, age))
            digests = loaded(environment, folder, manifest, Path(scratch))
            ways = zip(*digests, strict=True)
            right = [sum(d == split.digest for d, split in zip(way, splits, strict=True)) for way in ways]
            rows.append([*environment.versions(*PACKAGES), *(f"{count} of {len(splits)}" for count in right)])
            wrong += sum(count != len(splits) for count in right)
    print(table(rows))
    print(f"{len(splits)} tables with {sum(split.rows for split in splits):,} rows; equal digests count.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
