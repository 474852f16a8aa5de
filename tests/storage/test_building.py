"""Builds from and to object stores: the same dataset, whole or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from onrecord import delivering
from onrecord.building import Built, build
from onrecord.errors import ConfigError
from onrecord.publish.manifest import Manifest
from onrecord.publish.verification import verify
from onrecord.storage import RemotePath, place, sizes_below, write_whole
from tests.storage.s3 import Server

CARD = "title: C\nlanguage: en\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Ours.}\n"


def _raw(folder: Path, count: int = 4) -> Path:
    (folder / "c").mkdir(parents=True)
    (folder / "c" / "collection.yaml").write_text(CARD)
    for number in range(count):
        (folder / "c" / f"t{number}.txt").write_text(f"Q: Who is {number}?\nA: “Nobody,” said Ada Hale.\n")
    (folder / "c" / "t1.yaml").write_text("title: The First\n")
    (folder / "release.yaml").write_text("title: A test\nversion: 0.3.0\n")
    return folder


def _copied(raw: Path, target: str) -> str:
    for path in raw.rglob("*"):
        if path.is_file():
            write_whole(RemotePath(*target.split("://")) / path.relative_to(raw).as_posix(), path.read_bytes())
    return target


def _fetched(out: str, folder: Path) -> Path:
    """A release as readers find it: the folder that `latest.json` names."""
    root = place(out)
    assert isinstance(root, RemotePath)
    release = json.loads((root / "latest.json").read_bytes())["release"]
    for name in sizes_below(root / release):
        write_whole(folder / name, (root / release / name).read_bytes())
    return folder


@pytest.mark.usefixtures("s3")
@pytest.mark.parametrize("scheme", ["s3://press", "memory:/"])
def test_a_store_gives_the_same_release_byte_for_byte(tmp_path: Path, scheme: str) -> None:
    """Raw files, shards and the release in a store: every file is that of a build on a disk, and it verifies."""
    raw = _raw(tmp_path / "raw")
    here = build(raw, tmp_path / "here" / "out")
    at = f"{scheme}/{tmp_path.name}"
    there = build(_copied(raw, f"{at}/raw"), f"{at}/out")
    assert there.manifest == here.manifest
    assert there.findings == here.findings
    fetched = _fetched(f"{at}/out", tmp_path / "fetched")
    assert verify(fetched) == ()
    files = sorted(path.relative_to(fetched) for path in fetched.rglob("*") if path.is_file())
    assert files == sorted(
        p.relative_to(tmp_path / "here/out") for p in (tmp_path / "here/out").rglob("*") if p.is_file()
    )
    assert all((fetched / name).read_bytes() == (tmp_path / "here/out" / name).read_bytes() for name in files)


def test_a_build_that_fails_on_the_way_out_leaves_the_old_release_whole(s3: Server, tmp_path: Path) -> None:
    """Uploads that are refused, one after the other: readers find the old release until the new one is complete."""
    raw = _raw(tmp_path / "raw")
    out = f"s3://press/{tmp_path.name}/out"
    old = build(raw, out, work=tmp_path / "work").manifest
    (raw / "c" / "t9.txt").write_text("Q: One more?\nA: Yes.\n")
    for part in ("data/turns", "manifest.json", "latest.json"):
        s3.fails = lambda method, path, part=part: method in ("PUT", "POST") and part in path  # type: ignore[misc]
        with pytest.raises(OSError, match=part):
            build(raw, out, work=tmp_path / "work")
        shutil.rmtree(tmp_path / "fetched", ignore_errors=True)
        fetched = _fetched(out, tmp_path / "fetched")
        assert verify(fetched) == ()
        assert Manifest.model_validate_json((fetched / "manifest.json").read_bytes()) == old
    s3.fails = lambda _method, _path: False
    s3.asked.clear()
    new = build(raw, out, work=tmp_path / "work").manifest
    assert new != old
    assert verify(_fetched(out, tmp_path / "new")) == ()
    sent = [path for method, path in s3.asked if method == "PUT"]
    assert not [path for path in sent if "data/" in path]  # what had arrived is not sent again


def test_an_unchanged_build_does_nothing(s3: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written, here or in a store, if nothing changed; anything that counts does."""
    raw = _raw(tmp_path / "raw")
    targets = [str(tmp_path / "out"), f"s3://press/{tmp_path.name}/out"]

    def made(target: str) -> Built:
        return build(raw, target, work=tmp_path / "work")

    first = [made(target) for target in targets]
    with monkeypatch.context() as patched:
        patched.setattr("onrecord.building.write_parts", lambda *_a, **_k: pytest.fail("written again"))
        s3.asked.clear()
        assert [made(target) for target in targets] == first
        assert not [path for method, path in s3.asked if method in ("PUT", "POST")]
    for change in ("c/t1.yaml", "release.yaml", "c/t0.txt", "people.yaml"):
        before = made(targets[0]).manifest
        said = {"c/t1.yaml": "title: Another\n", "release.yaml": "title: New\nversion: 0.3.1\n"}
        said |= {"c/t0.txt": "Q: Else?\nA: No.\n", "people.yaml": "people:\n  hale-ada: {name: Ada Hale}\n"}
        (raw / change).write_text(said[change])
        asked: list[str] = []

        def again(*_: object, asked: list[str] = asked, before: Manifest = before, **_others: object) -> Manifest:
            asked.append("write")
            return before

        with monkeypatch.context() as patched:
            patched.setattr("onrecord.building.write_parts", again)
            made(targets[0])
        assert asked, change


def test_a_dataset_that_was_changed_by_hand_is_not_taken_for_the_built_one(tmp_path: Path) -> None:
    """The short way is only taken if what stands there is as it was written."""
    raw = _raw(tmp_path / "raw")
    build(raw, tmp_path / "out")
    (tmp_path / "out" / "README.md").write_text("mine")
    from onrecord.errors import ReleaseRefused

    with pytest.raises(ReleaseRefused, match="not as it was written"):
        build(raw, tmp_path / "out")


@pytest.mark.usefixtures("s3")
def test_in_and_out_may_not_lie_within_one_another() -> None:
    """Raw files are never written to, wherever they are."""
    with pytest.raises(ConfigError, match="within one another"):
        build("s3://press/raw", "s3://press/raw/out")


@pytest.mark.usefixtures("s3")
def test_a_raw_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    """An empty prefix holds no interview; a bucket that is missing cannot be reached."""
    with pytest.raises(ConfigError, match="holds no interview"):
        build(f"s3://press/{tmp_path.name}/nothing", tmp_path / "out")
    with pytest.raises(ConfigError, match="cannot be reached"):
        build("s3://no-such-bucket/raw", tmp_path / "out")


def test_the_hub_is_given_a_verified_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`hf://datasets/org/name` publishes the release as `onrecord.hub` does; another address is wrong usage."""
    raw = _raw(tmp_path / "raw")
    monkeypatch.chdir(tmp_path)
    published: list[tuple[int, str]] = []
    monkeypatch.setattr(delivering, "publish", lambda folder, name: published.append((len(verify(folder)), name)))
    build(raw, "hf://datasets/org/name")
    assert published == [(0, "org/name")]
    with pytest.raises(ConfigError, match="hf://datasets/ORGANIZATION/NAME"):
        build(raw, "hf://spaces/org")
