"""A release, a stand-in of the Hub, and the real client pointed at it."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from huggingface_hub.utils.tqdm import disable_progress_bars

from onrecord.publish import ReleaseFacts, write_release
from tests.hub.fake_hub import WRITER, FakeHub
from tests.samples import interview, interviews

RECORDS = [*interviews(3), interview("quay/s", redistribution="standoff"), interview("z/f", fictional=True)]
REPOSITORY = "quay/letter"


def write(folder: Path, version: str, records: int = len(RECORDS)) -> Path:
    """Write a release of some of the records."""
    facts = ReleaseFacts(title="Letters", version=version, released=datetime.date(2031, 6, 2))
    write_release(RECORDS[:records], folder, facts)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two releases: the second holds more records, and none of the first one's configs is missing."""
    folder = tmp_path_factory.mktemp("hub")
    return {"1.0.0": write(folder / "one", "1.0.0", 3), "2.0.0": write(folder / "two", "2.0.0")}


@pytest.fixture
def folder(built: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of the first release, to do anything with."""
    return Path(shutil.copytree(built["1.0.0"], tmp_path / "processed"))


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that the client and we would have made; nobody waits."""
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    return pauses


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, slept: list[float]) -> Iterator[FakeHub]:
    """A Hub that the client in this process talks to, logged in as somebody who may write."""
    assert slept == []
    disable_progress_bars()
    for name in [name for name in os.environ if name.startswith(("HF_", "HUGGING", "GITHUB_ACTIONS", "ACTIONS_"))]:
        monkeypatch.delenv(name)
    with FakeHub() as running:
        monkeypatch.setenv("HF_TOKEN", WRITER)
        for name, value in {
            "ENDPOINT": running.url,
            "HUGGINGFACE_CO_URL_TEMPLATE": f"{running.url}/{{repo_id}}/resolve/{{revision}}/{{filename}}",
            "HF_HUB_CACHE": str(tmp_path / "cache"),
            "HF_HUB_DISABLE_XET": True,
            "HF_TOKEN_PATH": str(tmp_path / "token"),
            "HF_STORED_TOKENS_PATH": str(tmp_path / "tokens"),
        }.items():
            monkeypatch.setattr(constants, name, value)
        yield running
