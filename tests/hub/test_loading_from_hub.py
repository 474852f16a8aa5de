"""What was published is loaded again by tag: with `datasets`, streaming, by column, with `onrecord.load`, and verified.

`datasets` runs in a process of its own, since it reads where the Hub is when it is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import ConfigError
from onrecord.hub import publish
from onrecord.publish.digest import canonical_json
from onrecord.publish.verification import read_manifest
from tests.cli.test_commands import run
from tests.hub.conftest import REPOSITORY
from tests.hub.fake_hub import READER, Blob, FakeHub

# The client's own call of its transport, when it sends a large file:
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=<...>':DeprecationWarning")


@pytest.fixture
def both(hub: FakeHub, built: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    """A Hub that holds both releases, each under its tag."""
    with monkeypatch.context() as patch:
        patch.setattr("onrecord.hub.publishing.verify", lambda _: ())  # as other tests show
        for folder in built.values():
            publish(folder, REPOSITORY)
    return hub


LOAD = """
import json, sys
import onrecord
from datasets import load_dataset
from onrecord.publish.digest import canonical_json
repository, tag, names = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
say = lambda *fields: print(*fields, sep="\\t")
for config in names:
    kept = load_dataset(repository, config, revision=tag, split="train")
    streamed = load_dataset(repository, config, revision=tag, split="train", streaming=True)
    ours = onrecord.load(config, repository, revision=tag).to_pylist()
    say(config, *(canonical_json(rows).decode() for rows in (list(kept), list(streamed), ours)))
columns = ["speaker_name", "text"]
kept = load_dataset(repository, revision=tag, split="train", columns=columns)
streamed = load_dataset(repository, revision=tag, split="train", columns=columns, streaming=True)
ours = onrecord.load(source=f"{repository}@{tag}", columns=columns).to_pylist()
say("columns", *(canonical_json(rows).decode() for rows in (list(kept), list(streamed), ours)))
"""


def test_a_tag_is_loaded_the_same_in_every_way(both: FakeHub, built: dict[str, Path], tmp_path: Path) -> None:
    """By tag, every config has the rows of the folder: with `load_dataset`, streaming, by column, and `onrecord.load`.

    A newer release is there, too, so the tag makes the difference.
    """
    manifest, _ = read_manifest(built["1.0.0"])
    assert manifest is not None
    names = [config.name for config in manifest.configs]
    switches = ("HF_HUB_DISABLE_XET", "HF_HUB_DISABLE_TELEMETRY", "HF_DATASETS_DISABLE_PROGRESS_BARS")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOAD, REPOSITORY, "v1.0.0", json.dumps(names)],
        env={**os.environ, **dict.fromkeys(switches, "1"), "HF_ENDPOINT": both.url, "HF_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = {name: rows for name, *rows in (line.split("\t") for line in done.stdout.splitlines())}
    assert list(found) == [*names, "columns"]
    for name in names:
        expected = canonical_json(onrecord.load(name, built["1.0.0"]).to_pylist()).decode()
        assert [rows == expected for rows in found[name]] == [True, True, True], name
    columns = onrecord.load("turns", built["1.0.0"], columns=["speaker_name", "text"]).to_pylist()
    assert found["columns"] == [canonical_json(columns).decode()] * 3


def test_one_config_is_fetched_alone(both: FakeHub, built: dict[str, Path]) -> None:
    """`onrecord.load` fetches the manifest and the tables of the config, nothing else; without a tag, the newest."""
    both.requests.clear()
    assert onrecord.load("quotes", REPOSITORY).equals(onrecord.load("quotes", built["2.0.0"]))
    fetched = {line.split("/", 6)[-1] for line in both.requests if line.startswith("GET /datasets")}
    assert fetched == {"manifest.json", "data/quotes/train-00000.parquet"}


def test_a_tag_is_verified(both: FakeHub, built: dict[str, Path]) -> None:
    """`onrecord verify org/name@tag` checks every hash and digest of what the Hub gives; then also without the Hub."""
    done = run("verify", f"{REPOSITORY}@v1.0.0", "--same-as", built["1.0.0"])
    assert (done.returncode, "every file, hash and digest" in done.stdout) == (0, True)
    both.__exit__()
    again = run("verify", f"{REPOSITORY}@v1.0.0")
    assert again.stderr == ""
    assert again.stdout == done.stdout


def test_damage_on_the_hub_is_found(both: FakeHub) -> None:
    """A byte of a table that was changed on the Hub ends with 1 and the name of the file."""
    dataset = both.datasets[REPOSITORY]
    name = "data/turns/train-00000.parquet"
    data = bytearray(dataset.files[name].data)
    data[len(data) // 2] ^= 1
    dataset.tags["damaged"] = dataset.commit({**dataset.files, name: Blob(bytes(data), large=True)}, "by hand")
    done = run("verify", f"{REPOSITORY}@damaged")
    assert done.returncode == 1
    assert name in done.stdout
    assert "changed-file" in done.stdout


def test_a_private_dataset_needs_a_login(both: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a login a private dataset cannot be told from none, and the sentence says so."""
    both.datasets[REPOSITORY].private = True
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(ConfigError, match="or it is private"):
        onrecord.load("turns", REPOSITORY)
    monkeypatch.setenv("HF_TOKEN", READER)
    assert onrecord.load("turns", REPOSITORY).num_rows
