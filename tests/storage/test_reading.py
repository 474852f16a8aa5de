"""Releases in object stores are verified and loaded where they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord import storage
from onrecord.building import build
from onrecord.errors import ConfigError
from onrecord.loading import folder_of, interviews, load, withheld
from onrecord.publish.verification import compare_digests, verify
from onrecord.storage import RemotePath, place, write_whole
from tests.cli.test_commands import run
from tests.storage.s3 import Server
from tests.storage.test_building import _copied, _raw


@pytest.fixture(params=["s3://press", "memory:/"])
def out(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A release in a store, and the same in the folder `here`."""
    if request.param.startswith("s3"):
        request.getfixturevalue("s3")
    raw = _raw(tmp_path / "raw")
    build(raw, tmp_path / "here", work=tmp_path / "work")
    address = f"{request.param}/{tmp_path.name}/out"
    build(raw, address, work=tmp_path / "work")
    return address


def test_what_is_in_a_store_reads_as_what_is_here(out: str, tmp_path: Path) -> None:
    """Tables, columns, interviews: by the address given to `build`, and by that of the one release."""
    release = str(folder_of(out))
    assert release.startswith(f"{out}/0.3.0-")
    for address in (out, release):
        assert load("turns", address).equals(load("turns", tmp_path / "here"))
        assert load("quotes", address, columns=["id"]).num_rows == 4
        assert list(interviews(address)) == list(interviews(tmp_path / "here"))
        assert withheld(address) == ()
    with pytest.raises(ConfigError, match="no config"):
        load("nothing", out)


def test_what_is_in_a_store_is_verified_there(out: str, tmp_path: Path) -> None:
    """Nothing is wrong, then one file is other than it was, one is too many and one is gone: each is named."""
    folder = folder_of(out)
    assert isinstance(folder, RemotePath)
    assert verify(folder) == compare_digests(folder, tmp_path / "here") == ()
    write_whole(folder / "README.md", b"mine")
    write_whole(folder / "notes" / "mine.txt", b"mine")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"].append({"path": "gone.txt", "bytes": 1, "sha256": "0" * 64})
    write_whole(folder / "manifest.json", json.dumps(manifest).encode())
    found = {(item.code, item.path.removeprefix(f"{folder.name}/")) for item in verify(folder)}
    assert found == {
        ("changed-file", "README.md"), ("unexpected-file", "notes/mine.txt"), ("missing-file", "gone.txt"),
    }  # fmt: skip


@pytest.mark.usefixtures("s3")
def test_the_command_takes_addresses(tmp_path: Path) -> None:
    """`onrecord verify s3://…`: exit code 0 for a whole release, 2 for a place without one."""
    address = f"s3://press/{tmp_path.name}/out"
    build(_raw(tmp_path / "raw"), address, work=tmp_path / "work")
    assert run("verify", address).returncode == 0
    told = run("verify", "s3://no-such-bucket/out")
    assert (told.returncode, "cannot be reached" in told.stderr) == (2, True)
    assert run("verify", f"s3://press/{tmp_path.name}").returncode == 1


def test_missing_credentials_are_said_with_what_to_set(
    s3: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that asks who one is, and nobody to be: building, loading and verifying end before anything is made."""
    address = _copied(_raw(tmp_path / "raw"), f"s3://press/{tmp_path.name}/raw")
    s3.open_to_all = False
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    storage._filesystem.cache_clear()
    try:
        for attempt in (
            lambda: build(address, tmp_path / "out"),
            lambda: load("turns", address),
            lambda: build(tmp_path / "raw", f"{place(address)}-out", work=tmp_path / "work"),
        ):
            with pytest.raises(ConfigError, match=r"cannot be reached.*AWS_ACCESS_KEY_ID"):
                attempt()
    finally:
        storage._filesystem.cache_clear()
    assert not (tmp_path / "out").exists()
