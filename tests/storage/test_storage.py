"""Files here and in object stores: the same operations, complete or absent."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from onrecord import storage
from onrecord.errors import ConfigError
from onrecord.storage import AnyPath, Entry, RemotePath, entries, exists, place, reach, size_of, upload, write_whole
from tests.storage.s3 import Server


@pytest.fixture(params=["here", "memory", "s3"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> AnyPath:
    """A place of each kind."""
    if request.param == "here":
        return tmp_path
    if request.param == "s3":
        request.getfixturevalue("s3")
        return place(f"s3://press/{tmp_path.name}")
    return place(f"memory://{tmp_path.name}")


def test_what_is_written_is_read_and_listed(folder: AnyPath) -> None:
    """Bytes come back; a folder lists files with their names, and folders as such."""
    write_whole(folder / "b.txt", b"one")
    write_whole(folder / "a" / "c.txt", b"three")
    storage.forget_listings()
    assert (folder / "a" / "c.txt").read_bytes() == b"three"
    assert [(entry.name, entry.is_dir) for entry in entries(folder)] == [("a", True), ("b.txt", False)]
    assert size_of(folder / "b.txt") == (3, None)
    assert size_of(folder / "none")[1] is not None
    assert (exists(folder / "b.txt"), exists(folder / "none")) == (True, False)
    with pytest.raises(FileNotFoundError, match="none"):
        (folder / "none").read_bytes()


def test_a_file_is_replaced_as_a_whole(folder: AnyPath) -> None:
    """Writing again leaves the new bytes, all of them, and nothing beside."""
    write_whole(folder / "a", b"x" * 100)
    write_whole(folder / "a", b"y")
    storage.forget_listings()
    assert (folder / "a").read_bytes() == b"y"
    assert len(entries(folder)) == 1


def test_a_place_is_the_same_in_another_process(folder: AnyPath) -> None:
    """Places are sent to workers; each finds its own way to the store."""
    assert pickle.loads(pickle.dumps(folder)) == folder


def test_paths_behave_as_paths_do() -> None:
    """The few parts of a path that a walk needs."""
    path = RemotePath("s3", "press/raw") / "c" / "tape 1.txt"
    assert (str(path), path.name, path.suffix) == ("s3://press/raw/c/tape 1.txt", "tape 1.txt", ".txt")
    assert path.with_name("x") == RemotePath("s3", "press/raw/c/x")
    assert path.relative_to(RemotePath("s3", "press/raw")).as_posix() == "c/tape 1.txt"
    with pytest.raises(ConfigError, match="only `onrecord build` works there"):
        storage.local(path)


def test_an_address_that_nothing_reads_is_wrong_usage() -> None:
    """The message names the scheme."""
    with pytest.raises(ConfigError, match="gopher://"):
        place("gopher://hole/x")
    assert place("file:///x") == Path("/x")


@pytest.mark.usefixtures("s3")
def test_a_store_that_says_no_is_wrong_usage_and_names_the_credentials() -> None:
    """No such bucket, no permission, no network: one sentence, with what to set."""
    with pytest.raises(ConfigError, match=r"s3://no-such-bucket/raw cannot be reached.*AWS_ACCESS_KEY_ID"):
        reach(RemotePath("s3", "no-such-bucket/raw"))


def test_a_store_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Google's client would go on asking for a quarter of an hour."""
    monkeypatch.setenv("CLOUD_STORAGE_EMULATOR_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(storage, "_PATIENCE", {"gs": storage._PATIENCE["gs"].replace("30", "1")})
    storage._filesystem.cache_clear()
    with pytest.raises(ConfigError, match=r"cannot be reached.*GOOGLE_APPLICATION_CREDENTIALS"):
        reach(RemotePath("gs", "quay/raw"))
    storage._filesystem.cache_clear()


def test_a_part_that_fails_leaves_no_object(s3: Server, tmp_path: Path) -> None:
    """An upload in parts, one of which is refused, raises with the object's name; no half object appears."""
    (tmp_path / "large").write_bytes(b"x" * 25_000_000)
    s3.fails = lambda method, path: method == "PUT" and "partNumber=2" in path
    target = RemotePath("s3", f"press/{tmp_path.name}/large")
    with pytest.raises(OSError, match="large"):
        upload(tmp_path / "large", target)
    with pytest.raises(OSError, match="large"):
        write_whole(target, b"x" * 25_000_000)
    assert not exists(target)
    assert any("partNumber=1" in path for _, path in s3.asked)
    s3.fails = lambda _method, _path: False
    upload(tmp_path / "large", target)
    storage.forget_listings()
    assert size_of(target) == (25_000_000, None)


def test_the_end_of_an_upload_that_fails_leaves_no_object(s3: Server, tmp_path: Path) -> None:
    """All parts arrived, but the store refuses to put them together."""
    (tmp_path / "large").write_bytes(b"x" * 25_000_000)
    s3.fails = lambda method, path: method == "POST" and "uploadId=" in path
    target = RemotePath("s3", f"press/{tmp_path.name}/large")
    with pytest.raises(OSError, match="large"):
        upload(tmp_path / "large", target)
    assert not exists(target)


def test_a_listing_is_asked_for_once(s3: Server, tmp_path: Path) -> None:
    """A walk over a folder of many files does not ask the store for each."""
    folder = RemotePath("s3", f"press/{tmp_path.name}")
    for name in "abc":
        write_whole(folder / name, b"x")
    storage.forget_listings()
    s3.asked.clear()
    assert [(folder / entry.name).is_file() for entry in entries(folder)] == [True] * 3
    assert [size_of(folder / name) for name in "abc"] == [(1, None)] * 3
    assert len(s3.asked) == 1
    assert entries(folder)[0] == Entry("a", False, False, 1)
