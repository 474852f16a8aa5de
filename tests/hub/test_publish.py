"""Publishing: the Hub holds exactly the folder, in one commit, under the tag of the version; and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.hub import address_of, plan, publish
from onrecord.hub.client import Hub
from onrecord.publish import ReleaseFacts, write_release
from onrecord.publish.manifest import NAME
from onrecord.publish.verification import present_files
from tests.cli.test_commands import run
from tests.hub.conftest import RECORDS, REPOSITORY
from tests.hub.fake_hub import WRITER, FakeHub

# The client's own call of its transport, when it sends a large file:
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=<...>':DeprecationWarning")


def held(hub: FakeHub, revision: str | None = None) -> dict[str, bytes]:
    """The files of the dataset, without what the Hub puts there."""
    dataset = hub.datasets[REPOSITORY]
    files = dataset.files if revision is None else dataset.commits[dataset.tags[revision]]
    return {name: blob.data for name, blob in files.items() if name != ".gitattributes"}


def here(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {name: (folder / name).read_bytes() for name in present_files(folder)}


def test_a_first_release_makes_the_dataset(hub: FakeHub, folder: Path) -> None:
    """The dataset is made, holds the files of the folder and no others, in one commit, and has the tag."""
    done = publish(folder, REPOSITORY, endpoint=hub.url)
    assert (done.created, done.tag, len(done.added), done.removed) == (True, "v1.0.0", len(here(folder)), ())
    assert held(hub) == held(hub, "v1.0.0") == here(folder)
    assert hub.datasets[REPOSITORY].messages == ["initial commit", "Release 1.0.0"]
    assert not hub.datasets[REPOSITORY].private


def test_tables_go_to_large_file_storage(hub: FakeHub, folder: Path) -> None:
    """Parquet files are sent as large files, also in parts; the rest goes with the commit."""
    hub.part = 5_000
    publish(folder, REPOSITORY, endpoint=hub.url)
    large = {name for name, blob in hub.datasets[REPOSITORY].files.items() if blob.large}
    assert large == {name for name in here(folder) if name.endswith(".parquet")}
    assert hub.made("PUT", "part=2")
    assert held(hub) == here(folder)


def test_a_private_dataset_is_made_private(hub: FakeHub, folder: Path) -> None:
    """`private` makes a new dataset private, and refuses to publish to one that is public already."""
    publish(folder, REPOSITORY, private=True)
    assert hub.datasets[REPOSITORY].private
    hub.datasets[REPOSITORY].private = False
    hub.datasets[REPOSITORY].tags.clear()
    with pytest.raises(ConfigError, match="there already, and public"):
        publish(folder, REPOSITORY, private=True)


def test_a_new_version_sends_what_changed(hub: FakeHub, built: dict[str, Path]) -> None:
    """A second release sends changed files, removes what left, keeps the rest; the first stays under its tag."""
    publish(built["2.0.0"], REPOSITORY, tag="v0.1.0")
    before = hub.made("PUT", "/storage/")
    done = publish(built["1.0.0"], REPOSITORY)
    removed = here(built["2.0.0"]).keys() - here(built["1.0.0"]).keys()
    assert {item.path for item in done.removed} == removed
    assert any(name.startswith("data/fictional_") for name in removed)
    assert done.unchanged > 0
    assert held(hub) == here(built["1.0.0"])
    assert held(hub, "v0.1.0") == here(built["2.0.0"])
    tables = [item for item in done.changed if item.path.endswith(".parquet")]
    assert hub.made("PUT", "/storage/") - before == len(tables)
    assert hub.datasets[REPOSITORY].messages[1:] == ["Release 2.0.0", "Release 1.0.0"]


def test_pages_of_a_long_list_are_all_read(hub: FakeHub, built: dict[str, Path]) -> None:
    """What the Hub lists page by page is compared as a whole."""
    hub.page = 3
    publish(built["2.0.0"], REPOSITORY)
    assert held(hub) == here(built["2.0.0"])


def test_a_dry_run_sends_nothing(hub: FakeHub, built: dict[str, Path]) -> None:
    """A dry run says what would be added, changed and removed with sizes, and only reads."""
    publish(built["2.0.0"], REPOSITORY, tag="v0.1.0")
    hub.requests.clear()
    planned = plan(built["1.0.0"], REPOSITORY)
    assert {line.split()[0] for line in hub.requests} == {"GET"}
    assert planned == publish(built["1.0.0"], REPOSITORY)
    sizes = {name: len(data) for name, data in here(built["1.0.0"]).items()}
    assert all(sizes[item.path] == item.bytes for item in (*planned.added, *planned.changed))
    assert f"change  {NAME}" in planned.summary()


def test_a_dry_run_for_a_new_dataset(hub: FakeHub, folder: Path) -> None:
    """Where there is no dataset yet, everything is added; nothing is made."""
    planned = plan(folder, REPOSITORY)
    assert planned.created
    assert len(planned.added) == len(here(folder))
    assert hub.datasets == {}


def test_publishing_again_does_nothing(hub: FakeHub, folder: Path) -> None:
    """A tag that exists with these very files is fine, and nothing is sent."""
    publish(folder, REPOSITORY)
    hub.requests.clear()
    done = publish(folder, REPOSITORY)
    assert done.nothing
    assert {line.split()[0] for line in hub.requests} == {"GET"}


def test_an_older_release_does_not_come_back(hub: FakeHub, built: dict[str, Path]) -> None:
    """Publishing a release again after a newer one leaves the newer one where it is."""
    publish(built["1.0.0"], REPOSITORY)
    publish(built["2.0.0"], REPOSITORY)
    assert publish(built["1.0.0"], REPOSITORY).nothing
    assert held(hub) == here(built["2.0.0"])


def test_a_tag_with_other_files_is_refused(hub: FakeHub, built: dict[str, Path]) -> None:
    """A tag that exists with other files is never moved: the refusal names files that differ, and nothing is sent."""
    publish(built["1.0.0"], REPOSITORY)
    before = held(hub)
    with pytest.raises(ReleaseRefused, match=r"has a tag v1\.0\.0 with other files .*README\.md"):
        publish(built["2.0.0"], REPOSITORY, tag="v1.0.0")
    with pytest.raises(ReleaseRefused, match="has a tag"):
        plan(built["2.0.0"], REPOSITORY, tag="v1.0.0")
    assert held(hub) == before


def test_a_tampered_folder_is_refused(hub: FakeHub, folder: Path) -> None:
    """A folder that does not verify is not published; the findings say why, and the Hub is not asked."""
    with (folder / "data/turns/train-00000.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ReleaseRefused, match="does not verify") as refused:
        publish(folder, REPOSITORY)
    assert {item.code for item in refused.value.findings} >= {"changed-file"}
    assert hub.requests == []


def test_a_mere_build_is_refused(hub: FakeHub, tmp_path: Path) -> None:
    """A folder that was built and never released gets no tag, which its release would find taken."""
    write_release(RECORDS[:1], tmp_path / "built", ReleaseFacts(version="1.0.0"))
    with pytest.raises(ReleaseRefused, match=r"Run `onrecord release 1\.0\.0` first"):
        publish(tmp_path / "built", REPOSITORY)
    assert hub.requests == []


def test_files_of_others_are_not_removed(hub: FakeHub, folder: Path) -> None:
    """A dataset that no release made keeps its files: publishing there is refused, and names them."""
    publish(folder, "quay/other")
    hub.datasets[REPOSITORY] = hub.datasets.pop("quay/other")
    dataset = hub.datasets[REPOSITORY]
    dataset.tags.clear()
    dataset.commit({}, "emptied")
    dataset.put(thesis_txt=b"two years of work", README_md=b"# mine")
    with pytest.raises(ReleaseRefused, match=r"no release put there.*thesis\.txt"):
        publish(folder, REPOSITORY)
    assert sorted(dataset.files) == ["README.md", "thesis.txt"]


def test_somebody_else_at_the_same_time(hub: FakeHub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the dataset changes between look and commit, nothing is overwritten: it is refused."""
    publish(folder, REPOSITORY)
    dataset = hub.datasets[REPOSITORY]
    dataset.tags.clear()
    dataset.put(README_md=b"# edited")
    honest = Hub.commit

    def late(self: Hub, *arguments: object) -> str:
        dataset.put(README_md=b"# edited again")
        return honest(self, *arguments)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(Hub, "commit", late)
    with pytest.raises(ReleaseRefused, match="changed by someone else"):
        publish(folder, REPOSITORY)
    assert held(hub)["README.md"] == b"# edited again"
    assert dataset.tags == {}


@pytest.mark.parametrize(
    "address", ["letter", "quay/letter/x", "quay/..", "https://h.example/quay/letter", "quay/a--b"]
)
def test_what_is_no_address_is_named(address: str) -> None:
    """An address is org/name, with or without a revision."""
    with pytest.raises(ConfigError, match="org/name@revision"):
        address_of(address)
    assert str(address_of("quay/letter@v1.0.0")) == "quay/letter at v1.0.0"


def test_a_revision_is_no_place_to_publish_to(folder: Path) -> None:
    """The tag is that of the release, so an address with a revision is refused."""
    with pytest.raises(ConfigError, match="leave `@v1` out"):
        publish(folder, "quay/letter@v1")


def test_the_command_says_what_it_does(hub: FakeHub, folder: Path) -> None:
    """`onrecord publish` prints the plan, as text or JSON, and ends with 0, 1 or 2; the token is never printed."""
    dry = run("publish", REPOSITORY, folder, "--dry-run", "--endpoint", hub.url)
    assert dry.returncode == 0
    assert "(the dataset is new)" in dry.stdout
    assert dry.stdout.endswith("nothing was sent.\n")
    done = run("publish", REPOSITORY, folder, "--json")
    assert json.loads(done.stdout)["created"] is True
    again = run("publish", REPOSITORY, folder)
    assert "it is there already" in again.stdout
    (folder / NAME).unlink()
    refused = run("publish", REPOSITORY, folder)
    assert refused.returncode == 1
    assert "missing-manifest" in refused.stderr
    wrong = run("publish", "letter", folder)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    for outcome in (dry, done, again, refused, wrong):
        assert WRITER not in outcome.stdout + outcome.stderr
