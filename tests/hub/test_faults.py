"""A Hub that is busy, breaks, cuts the connection or says no: it ends well or with a sentence, never half done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.errors import ConfigError
from onrecord.hub import Unavailable, publish
from onrecord.hub.client import Hub
from tests.cli.test_commands import run
from tests.hub.conftest import REPOSITORY
from tests.hub.fake_hub import EXCHANGED, IDENTITY, READER, WRITER, Blob, FakeHub
from tests.hub.test_publish import held, here

# The client's own call of its transport, when it sends a large file:
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=<...>':DeprecationWarning")

STEPS = {
    "look": ("GET", r"/api/datasets/quay/letter$"),
    "list": ("GET", "/tree/"),
    "tags": ("GET", "/refs"),
    "create": ("POST", "/repos/create"),
    "check the card": ("POST", "/validate-yaml"),
    "announce": ("POST", "/preupload/"),
    "ask where to": ("POST", "/objects/batch"),
    "send": ("PUT", "/storage/"),
    "commit": ("POST", "/commit/"),
    "tag": ("POST", "/tag/"),
}
FAULTS: dict[str, dict[str, Any]] = {
    "busy": {"status": 429, "headers": {"Retry-After": "7"}},
    "broken": {"status": 500},
    "cut before": {"cut": 0},
    "cut after": {"lost": True},
    "cut within": {"cut": 3},
}


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is whole, as other tests show; looking again forty times would only take long."""
    monkeypatch.setattr("onrecord.hub.publishing.verify", lambda _: ())


def made(step: str) -> None:
    """Make the dataset where a step is only taken if there is one."""
    if step == "tags":
        Hub(REPOSITORY).create(private=False)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.usefixtures("verified")
def test_one_fault_anywhere_is_overcome(step: str, fault: str, hub: FakeHub, built: dict[str, Path]) -> None:
    """Whatever goes wrong once at any step, the Hub holds the release afterwards, committed once and tagged once."""
    made(step)
    hub.fault(*STEPS[step], **FAULTS[fault])
    publish(built["1.0.0"], REPOSITORY)
    assert [item.times for item in hub.faults] == [0]
    assert held(hub, "v1.0.0") == here(built["1.0.0"])
    assert hub.datasets[REPOSITORY].messages == ["initial commit", "Release 1.0.0"]
    assert list(hub.datasets[REPOSITORY].tags) == ["v1.0.0"]


@pytest.mark.usefixtures("verified")
def test_we_wait_as_long_as_the_hub_asks(hub: FakeHub, built: dict[str, Path], slept: list[float]) -> None:
    """`Retry-After` is what we wait for, and the user is told; an hour is left to the user."""
    heard: list[str] = []
    hub.fault("POST", "/commit/", status=429, headers={"Retry-After": "7"})
    publish(built["1.0.0"], REPOSITORY, said=heard.append)
    assert slept == [7]
    assert heard == ["the Hub answered 429, and asks to wait 7 s: trying again in 7 s"]
    hub.datasets.clear()
    hub.fault("POST", "/commit/", status=429, headers={"Retry-After": "3600"})
    with pytest.raises(Unavailable, match="asks to wait 3,600 s"):
        publish(built["1.0.0"], REPOSITORY)
    assert slept == [7]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.usefixtures("verified")
def test_a_hub_that_stays_down_ends_in_a_sentence(step: str, hub: FakeHub, built: dict[str, Path]) -> None:
    """If it does not get better, we give up with a sentence; nothing is tagged; the next run goes on."""
    made(step)
    hub.fault(*STEPS[step], status=503, times=10**6)
    with pytest.raises(Unavailable):
        publish(built["1.0.0"], REPOSITORY)
    assert not any(dataset.tags for dataset in hub.datasets.values())
    sent = len(hub.stored)
    hub.faults.clear()
    hub.requests.clear()
    publish(built["1.0.0"], REPOSITORY)
    assert held(hub, "v1.0.0") == here(built["1.0.0"])
    tables = sum(name.endswith(".parquet") for name in here(built["1.0.0"]))
    assert hub.made("PUT", "/storage/") == tables - sent
    assert hub.made("POST", "/commit/") == (0 if step == "tag" else 1)


@pytest.mark.usefixtures("verified")
def test_an_interruption_half_way_is_resumed(hub: FakeHub, built: dict[str, Path]) -> None:
    """After Ctrl-C between two large files, only what is missing is sent."""
    hub.fault("PUT", "/storage/", status=403)
    with pytest.raises(ConfigError, match="right to write"):
        publish(built["1.0.0"], REPOSITORY)
    sent = len(hub.stored)
    assert sent > 0
    hub.requests.clear()
    publish(built["1.0.0"], REPOSITORY)
    assert hub.made("PUT", "/storage/") == len(hub.stored) - sent
    assert held(hub, "v1.0.0") == here(built["1.0.0"])


@pytest.mark.usefixtures("verified")
def test_other_bytes_than_sent_are_not_tagged(
    hub: FakeHub, built: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the Hub holds is compared before the tag is set."""
    honest = Hub.commit

    def damaged(self: Hub, *arguments: Any) -> str:
        commit = honest(self, *arguments)
        hub.datasets[REPOSITORY].commits[commit]["README.md"] = Blob(b"# half", large=False)
        return commit

    monkeypatch.setattr(Hub, "commit", damaged)
    with pytest.raises(Unavailable, match=r"other bytes than were sent \(README\.md\)"):
        publish(built["1.0.0"], REPOSITORY)
    assert hub.datasets[REPOSITORY].tags == {}


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (None, "not logged in"),
        ("hf_expired", "does not accept your token"),
        (READER, "needs the right to write"),
    ],
)
def test_a_token_that_will_not_do(
    token: str | None, message: str, hub: FakeHub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a token, or with one that is expired or may only read, it ends with 2, one sentence, and no change."""
    if token is None:
        monkeypatch.delenv("HF_TOKEN")
    else:
        monkeypatch.setenv("HF_TOKEN", token)
    done = run("publish", REPOSITORY, folder, "--endpoint", hub.url)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (token or "-") not in done.stderr
    assert hub.datasets == {}


def test_a_hub_that_is_not_there(hub: FakeHub, folder: Path) -> None:
    """If nobody listens, the command ends with 2 and says so in one sentence for every try."""
    hub.__exit__()
    done = run("publish", REPOSITORY, folder)
    assert done.returncode == 2
    assert all("cannot be reached" in line for line in done.stderr.splitlines() if line.startswith("onrecord"))
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["id token", "GitHub"])
def test_a_trusted_publisher_needs_no_token(
    kind: str, hub: FakeHub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workflow's identity is exchanged for a token that lives an hour: nothing is stored anywhere."""
    monkeypatch.delenv("HF_TOKEN")
    monkeypatch.setattr("huggingface_hub.utils._auth._OIDC_TOKEN_CACHE", None)
    monkeypatch.setenv("HF_OIDC_RESOURCE", f"datasets/{REPOSITORY}")
    if kind == "GitHub":
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_URL", f"{hub.url}/identity?api-version=1")
        monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-runner")
    else:
        monkeypatch.setenv("HF_OIDC_ID_TOKEN", IDENTITY)
    done = run("publish", REPOSITORY, folder)
    assert done.returncode == 0, done.stderr
    assert held(hub, "v1.0.0") == here(folder)
    assert not {WRITER, EXCHANGED, IDENTITY} & set(done.stdout.split() + done.stderr.split())


def test_a_workflow_that_nobody_trusts(hub: FakeHub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An identity that the dataset does not trust is refused with the Hub's reason, not with a traceback."""
    monkeypatch.setattr("huggingface_hub.utils._auth._OIDC_TOKEN_CACHE", None)
    monkeypatch.setenv("HF_OIDC_RESOURCE", f"datasets/{REPOSITORY}")
    monkeypatch.setenv("HF_OIDC_ID_TOKEN", "of-a-fork")
    done = run("publish", REPOSITORY, folder)
    assert done.returncode == 2
    assert "invalid_grant" in done.stderr
    monkeypatch.delenv("HF_OIDC_ID_TOKEN")
    done = run("publish", REPOSITORY, folder)
    assert done.returncode == 2
    assert "no OIDC id token is available" in done.stderr
    assert hub.datasets == {}


@pytest.mark.parametrize("fault", ["busy", "broken", "cut before", "cut within"])
@pytest.mark.usefixtures("verified")
def test_a_download_that_breaks_is_taken_up_again(fault: str, hub: FakeHub, built: dict[str, Path]) -> None:
    """A fault while a table is fetched makes no difference to its rows."""
    publish(built["1.0.0"], REPOSITORY)
    hub.fault("GET", r"/resolve/.*/data/turns/", **FAULTS[fault])
    rows = onrecord.load("turns", REPOSITORY, revision="v1.0.0")
    assert [item.times for item in hub.faults] == [0]
    assert rows.equals(onrecord.load("turns", built["1.0.0"]))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("quay/nobody", "there is no dataset quay/nobody"),
        (f"{REPOSITORY}@v9.9.9", f"{REPOSITORY} has no revision v9.9.9"),
    ],
)
@pytest.mark.usefixtures("verified", "hub")
def test_what_the_hub_does_not_have_is_named(address: str, message: str, built: dict[str, Path]) -> None:
    """A dataset or revision that does not exist is named, by `load` and by `onrecord verify`."""
    publish(built["1.0.0"], REPOSITORY)
    with pytest.raises(ConfigError, match=message):
        onrecord.load("turns", address)
    done = run("verify", address)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
