"""A release is made whole or not at all, says everything that stands in its way, and follows from the one before."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from onrecord.api import check
from onrecord.building import build
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.loading import interviews
from onrecord.publish import load_ledger
from onrecord.publish.manifest import Manifest
from onrecord.publish.staging import locked
from onrecord.release import verify, withdraw
from onrecord.release.tagging import TagFailed
from onrecord.releasing import Choices, Released, known_ids, release
from tests.release.quay import add, commit_all, git, make_raw, make_repository
from tests.release.test_faults import bytes_of

DAY = datetime.date(2032, 1, 10)
LATER = datetime.date(2032, 3, 1)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with two interviews."""
    return make_raw(tmp_path)


def released(raw: Path, version: str, on: datetime.date | None = DAY, **choices: object) -> Released:
    """Release `raw` in the folder `processed` beside it."""
    return release(version, raw, raw.parent / "processed", Choices(on=on, tag=False, **choices))  # type: ignore[arg-type]  # a test says which


def manifest_in(folder: Path) -> Manifest:
    """The manifest of a release."""
    return Manifest.model_validate_json((folder / "manifest.json").read_bytes())


FILES = (
    "README.md croissant.json CITATION.cff .zenodo.json datapackage.json manifest.json CHANGELOG.md takedowns.jsonl "
    "facts.json raw.sha256"
).split()


def test_a_first_release_is_whole_and_remembered(raw: Path) -> None:
    """A first release has every file, verifies, and is remembered: version and day, digest, and who came with it."""
    made = released(raw, "1.0.0")
    out = raw.parent / "processed"
    assert [name for name in FILES if not (out / name).is_file()] == []
    assert verify(out) == ()
    assert (raw / "release.yaml").read_text() == "version: 1.0.0\nreleased: 2032-01-10\n"
    ledger = load_ledger(raw)
    assert dict(ledger.released) == {"quay/fog": "1.0.0", "quay/ice": "1.0.0"}
    assert [(item.version, item.digest, item.on) for item in ledger.versions.values()] == [
        ("1.0.0", made.manifest.digest, DAY)
    ]
    assert sorted(path.name for path in raw.parent.iterdir()) == [".onrecord", "processed", "raw"]


def test_a_build_after_the_release_gives_its_bytes(raw: Path) -> None:
    """Building the same raw folder again gives the released bytes: nothing came from anywhere else."""
    released(raw, "1.0.0")
    add(raw, "wind", "spring")
    released(raw, "1.1.0", LATER)
    build(raw, raw.parent / "again")
    assert bytes_of(raw.parent / "again") == bytes_of(raw.parent / "processed")
    said = (raw.parent / "again" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [line for line in said.splitlines() if line.startswith("## ")] == [
        "## 1.1.0 (2032-03-01)",
        "## 1.0.0 (2032-01-10)",
    ]


def test_versions_follow_from_what_changed(raw: Path) -> None:
    """An addition is no PATCH and an edit no MINOR step: refused, with the version that would do; then released."""
    released(raw, "1.0.0")
    add(raw, "wind", "spring")
    with pytest.raises(ReleaseRefused) as refused:
        released(raw, "1.0.1")
    assert [(item.code, "at least 1.1.0" in item.message) for item in refused.value.findings] == [
        ("wrong-version", True)
    ]
    released(raw, "1.1.0")
    file = raw / "quay" / "ice.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Do you mind?", "Does it hurt?"), encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="not released"):
        released(raw, "1.2.0")
    made = released(raw, "2.0.0")
    assert made.changes is not None
    assert [change.id for change in made.changes.changed] == ["quay/ice"]
    assert {record.id: record.first_release for record in interviews(raw.parent / "processed")} == {
        "quay/fog": "1.0.0",
        "quay/ice": "1.0.0",
        "quay/wind": "1.1.0",
    }


def test_other_facts_are_a_patch(raw: Path) -> None:
    """A new title of the dataset changes no row: a PATCH step; comments in release.yaml stay."""
    (raw / "release.yaml").write_text("# ours\ntitle: First\nversion: 0.3.0  # of the data\n")
    released(raw, "1.0.0")
    text = (raw / "release.yaml").read_text()
    assert text == "# ours\ntitle: First\nversion: 1.0.0  # of the data\nreleased: 2032-01-10\n"
    (raw / "release.yaml").write_text(text.replace("First", "Second"))
    assert released(raw, "1.0.1").changes is not None
    assert manifest_in(raw.parent / "processed").title == "Second"


def test_every_error_is_in_the_refusal_and_nothing_was_written(raw: Path) -> None:
    """Errors of records, of cards and of the version are refused together; nothing but finished shards is left."""
    (raw / "quay" / "empty.txt").write_bytes(b"")
    (raw / "quay" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe")
    before = bytes_of(raw)
    with pytest.raises(ReleaseRefused) as refused:
        released(raw, "1.0.0")
    assert {item.code for item in refused.value.findings} == {"empty-file", "binary-file"}
    assert all(item.path and item.where for item in refused.value.findings)
    assert bytes_of(raw) == before
    assert sorted(path.name for path in raw.parent.iterdir()) == [".onrecord", "raw"]


def test_errors_between_records_count_too(raw: Path) -> None:
    """A text that is there twice, and a collection unlike what its card expects, stand in the way, too."""
    shutil.copy(raw / "quay" / "ice.txt", raw / "quay" / "again.txt")
    card = raw / "quay" / "collection.yaml"
    card.write_text(card.read_text() + "expect: {min: {interviews: 40}}\n")
    with pytest.raises(ReleaseRefused) as refused:
        released(raw, "1.0.0")
    assert {item.code for item in refused.value.findings} == {"duplicate-text", "outside-expectation"}


def test_a_waived_error_does_not_stand_in_the_way_until_it_expires(raw: Path) -> None:
    """A waiver counts on the day of the release, not on that of the clock."""
    (raw / "quay" / "cut.txt").write_bytes(b"")
    (raw / "quay" / "cut.yaml").write_text(
        "waivers:\n  - {code: empty-file, reason: As received., by: R. Editor, expires: 2032-02-01}\n"
    )
    with pytest.raises(ReleaseRefused) as refused:
        released(raw, "1.0.0", LATER)
    assert "empty-file" in {item.code for item in refused.value.findings}
    released(raw, "1.0.0", DAY)


def test_a_version_never_changes(raw: Path) -> None:
    """A version that exists is refused: whole and in place, with other rows, with another card, or below the last."""
    released(raw, "1.1.0")
    with pytest.raises(ReleaseRefused, match="was released on 2032-01-10"):
        released(raw, "1.1.0", None)
    with pytest.raises(ReleaseRefused) as lower:
        released(raw, "1.0.9")
    assert "lies below 1.1.0" in lower.value.findings[0].message
    with pytest.raises(ConfigError, match="leave `--date` out"):
        released(raw, "1.1.0", LATER)
    (raw / "release.yaml").write_text("version: 1.1.0\nreleased: 2032-01-10\ntitle: Another\n")
    with pytest.raises(ReleaseRefused) as facts:
        released(raw, "1.1.0", None)
    assert "PATCH" in (facts.value.findings[0].hint or "")
    add(raw, "wind", "spring")
    with pytest.raises(ReleaseRefused) as rows:
        released(raw, "1.1.0", None)
    assert "with other rows" in rows.value.findings[0].message


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc1", "", "01.0.0"])
def test_what_is_no_version_is_said_so(raw: Path, version: str) -> None:
    """A version has three numbers; anything else is wrong usage, and nothing is written."""
    with pytest.raises(ConfigError, match="three numbers"):
        released(raw, version)
    assert not (raw / "release.yaml").exists()


def test_a_dry_run_writes_nothing(raw: Path) -> None:
    """A dry run says what would be released or why not, and leaves raw, ledger and folder alone."""
    released(raw, "1.0.0")
    add(raw, "wind", "spring")
    before, there = bytes_of(raw), bytes_of(raw.parent / "processed")
    made = released(raw, "1.1.0", dry_run=True)
    assert made.changes is not None
    assert made.changes.added == ("quay/wind",)
    with pytest.raises(ReleaseRefused):
        released(raw, "1.0.1", dry_run=True)
    assert (bytes_of(raw), bytes_of(raw.parent / "processed")) == (before, there)


def test_a_clock_that_goes_back_is_noticed(raw: Path) -> None:
    """A day before that of the last release is refused if only the clock says so, and taken if it is stated."""
    released(raw, "1.0.0", datetime.date(9999, 1, 1))
    add(raw, "wind", "spring")
    with pytest.raises(ConfigError, match="by this machine's clock"):
        released(raw, "1.1.0", None)
    assert released(raw, "1.1.0", DAY).manifest.released == DAY


def test_the_day_is_all_that_depends_on_the_clock(raw: Path) -> None:
    """With the day stated, the same raw folder gives the same bytes, whatever the clock says."""

    class Other(datetime.date):
        @classmethod
        def today(cls) -> Other:
            return cls(1999, 12, 31)

    copy = shutil.copytree(raw, raw.parent / "elsewhere" / "raw")
    released(raw, "1.0.0")
    with patch("onrecord.releasing.datetime.date", Other):
        released(copy, "1.0.0")
    assert bytes_of(copy.parent / "processed") == bytes_of(raw.parent / "processed")


def test_a_folder_that_was_built_since_is_no_release(raw: Path) -> None:
    """A build of other rows does not pass for the release: its card says so, and it is not compared with."""
    released(raw, "1.0.0")
    kept = shutil.copytree(raw.parent / "processed", raw.parent / "kept")
    add(raw, "wind", "spring")
    build(raw, raw.parent / "processed")
    assert manifest_in(raw.parent / "processed").released is None
    assert "not yet released" in (raw.parent / "processed" / "README.md").read_text(encoding="utf-8")
    with pytest.raises(ConfigError, match=r"does not hold the rows that were released as 1\.0\.0.*--previous"):
        released(raw, "1.1.0")
    with pytest.raises(ReleaseRefused, match="not released"):
        released(raw, "1.0.1", previous=kept)
    assert released(raw, "1.1.0", previous=kept).changes is not None


def test_a_build_that_was_never_released_is_not_compared_with(raw: Path) -> None:
    """What was only built before the first release has no say in its version."""
    build(raw, raw.parent / "processed")
    add(raw, "wind", "spring")
    assert released(raw, "0.1.0").changes is None


def test_a_lost_ledger_is_noticed(raw: Path) -> None:
    """Beside a release the ledger cannot be missing: it alone knows what was first released when, and withdrawn."""
    released(raw, "1.0.0")
    kept = (raw / "ledger.jsonl").read_bytes()
    (raw / "ledger.jsonl").unlink()
    with pytest.raises(ConfigError, match="Put the ledger back"):
        released(raw, "1.0.1", LATER)
    (raw / "ledger.jsonl").write_bytes(kept)
    add(raw, "wind", "spring")
    assert released(raw, "1.1.0", LATER).manifest.version == "1.1.0"


def test_an_edited_folder_is_neither_compared_with_nor_lost(raw: Path) -> None:
    """A release folder that was edited by hand is refused by name and kept."""
    released(raw, "1.0.0")
    (raw.parent / "processed" / "notes.txt").write_text("mine")
    with pytest.raises(ReleaseRefused) as refused:
        released(raw, "1.0.1")
    assert [item.code for item in refused.value.findings] == ["unexpected-file"]
    assert (raw.parent / "processed" / "notes.txt").read_text() == "mine"


def test_two_releases_do_not_meet(raw: Path) -> None:
    """While one process releases from a raw folder, another is refused, also with another folder to write to."""
    with locked(raw.resolve()), pytest.raises(ReleaseRefused, match="another process"):
        release("1.0.0", raw, raw.parent / "elsewhere", Choices(on=DAY, tag=False))


def test_a_release_yaml_that_cannot_be_written_is_said_at_once(raw: Path) -> None:
    """If the version cannot be put into release.yaml, that is said before anything is built."""
    (raw / "release.yaml").write_text("{title: Ours, version: 0.1.0}\n")
    with pytest.raises(ConfigError, match=r"write `version: 1\.0\.0` and `released: 2032-01-10` there by hand"):
        released(raw, "1.0.0")
    assert not (raw.parent / ".onrecord").exists()
    (raw / "release.yaml").write_text("{title: Ours, version: 1.0.0, released: 2032-01-10}\n")
    released(raw, "1.0.0")


def test_windows_line_ends_stay(raw: Path) -> None:
    """A release.yaml with CRLF keeps them, in the lines that are added, too."""
    (raw / "release.yaml").write_bytes(b"version: '0.1.0'\r\ntitle: Ours\r\n")
    released(raw, "1.0.0")
    assert (raw / "release.yaml").read_bytes() == b"version: 1.0.0\r\ntitle: Ours\r\nreleased: 2032-01-10\r\n"


def test_a_collection_without_rights_gives_no_words(tmp_path: Path) -> None:
    """Where a card says nothing about rights, the release holds no text; and if all is `none`, no tables."""
    raw = make_raw(tmp_path)
    card = raw / "quay" / "collection.yaml"
    card.write_text("title: The Quay Letter\n")
    made = released(raw, "1.0.0")
    assert made.manifest.statistics.standoff == 2
    assert b"never sleeps" not in b"".join(bytes_of(tmp_path / "processed").values())
    card.write_text("title: The Quay Letter\nrights: {redistribution: none, basis: Not asked yet.}\n")
    made = released(raw, "2.0.0")
    assert (made.manifest.configs, made.manifest.statistics.not_published) == ((), 2)


def test_any_script_may_name_things(tmp_path: Path) -> None:
    """Folders, collections and files in any script are released, and their ids are cited and withdrawn."""
    raw = make_raw(tmp_path / "каталог ﷽ 𝒳")
    (raw / "quay").rename(raw / "havnøen")
    (raw / "havnøen" / "ice.txt").rename(raw / "havnøen" / "ísinn á höfninni.txt")
    make_repository(raw.parent)
    made = release("1.0.0", raw, raw.parent / "gefið út", Choices(on=DAY))
    assert made.tag == "v1.0.0"
    assert verify(raw.parent / "gefið út") == ()
    id_ = "havnøen/ísinn-á-höfninni"
    assert id_ in load_ledger(raw).released
    withdraw(raw, [id_], "Beðið um það.", DAY, known_ids(raw, [id_]))
    git(raw.parent, "commit", "--quiet", "--all", "--message", "Withdraw")
    release("2.0.0", raw, raw.parent / "gefið út", Choices(on=LATER))
    assert [record.id for record in interviews(raw.parent / "gefið út")] == ["havnøen/fog"]


def test_a_withdrawal_is_a_major_step_and_its_id_is_gone(raw: Path) -> None:
    """A withdrawn record leaves the next release; its id under another text stands in the way of every release."""
    released(raw, "1.0.0")
    withdraw(raw, ["quay/ice"], "Asked for.", DAY, known_ids(raw, ["quay/ice"]), by="R. Editor")
    made = released(raw, "2.0.0")
    assert "withdrawn-text" in {item.code for item in made.findings}
    (line,) = (raw.parent / "processed" / "takedowns.jsonl").read_text().splitlines()
    assert json.loads(line) == {"event": "withdrawn", "id": "quay/ice", "on": "2032-01-10", "why": "Asked for."}
    assert "R. Editor" in (raw / "ledger.jsonl").read_text()
    add(raw, "ice", "March")
    with pytest.raises(ReleaseRefused) as refused:
        released(raw, "2.1.0")
    assert [(item.code, item.path) for item in refused.value.findings] == [("withdrawn-id", "quay/ice.txt")]
    assert "withdrawn-id" in {item.code for item in check(raw)}
    (raw / "ledger.jsonl").write_text("")
    with pytest.raises(ReleaseRefused) as forgotten:
        released(raw, "3.0.0", previous=raw.parent / "processed")
    assert "withdrawn-id" in {item.code for item in forgotten.value.findings}


class TestGit:
    """What a release does in a git repository."""

    @pytest.fixture
    def repository(self, raw: Path) -> Path:
        """A repository with the raw folder, where the dataset is committed, too."""
        (raw.parent / ".gitignore").write_text(".onrecord/\n")
        build(raw, raw.parent / "processed")
        make_repository(raw.parent)
        return raw.parent

    def _release(self, folder: Path, version: str, on: datetime.date = DAY) -> Released:
        return release(version, folder / "raw", folder / "processed", Choices(on=on))

    def test_what_it_wrote_is_committed_and_tagged(self, repository: Path) -> None:
        """Ledger, release.yaml and dataset are one commit with an annotated tag, and nothing is left over."""
        made = self._release(repository, "1.0.0")
        assert git(repository, "status", "--porcelain") == ""
        assert git(repository, "describe", "--exact-match").strip() == made.tag == "v1.0.0"
        changed = git(repository, "show", "--name-only", "--format=%s", "HEAD").splitlines()
        assert changed[0] == "Release 1.0.0 of interviews"
        assert {"raw/ledger.jsonl", "raw/release.yaml", "processed/manifest.json"} <= set(changed)

    def test_the_datasheet_gets_its_statistics(self, repository: Path) -> None:
        """A datasheet beside raw/ with a place for statistics gets those of the release, in the same commit."""
        sheet = repository / "DATASHEET.md"
        sheet.write_text("# Ours\n<!-- generated: statistics -->\n<!-- end of generated: statistics -->\nMore.\n")
        commit_all(repository)
        self._release(repository, "1.0.0")
        assert "| Turns | 12 |" in sheet.read_text()
        assert sheet.read_text().endswith("More.\n")
        assert git(repository, "status", "--porcelain") == ""

    def test_uncommitted_changes_are_named(self, repository: Path) -> None:
        """A tag names what was released, so everything else is committed first: also new texts."""
        add(repository / "raw", "wind", "spring")
        with pytest.raises(ReleaseRefused, match=r"not committed: raw/quay/wind\.txt"):
            self._release(repository, "1.0.0")
        (repository / "notes.md").write_text("not of raw, not tracked: no matter")
        (repository / ".gitignore").write_text(".onrecord/\n*.bak\n")
        with pytest.raises(ReleaseRefused, match=r"not committed: \.gitignore, raw/quay/wind\.txt"):
            self._release(repository, "1.0.0")
        commit_all(repository)
        assert self._release(repository, "1.0.0").tag == "v1.0.0"

    def test_a_tag_that_exists_is_a_version_that_exists(self, repository: Path) -> None:
        """If the tag is there, the version was released, by whoever it was."""
        git(repository, "tag", "v1.0.0")
        with pytest.raises(ReleaseRefused, match=r"the tag v1\.0\.0 exists"):
            self._release(repository, "1.0.0")

    def test_a_folder_built_since_is_compared_at_its_tag(self, repository: Path) -> None:
        """Where the dataset is committed, the release before is taken from its tag if the folder was built again."""
        self._release(repository, "1.0.0")
        add(repository / "raw", "wind", "spring")
        build(repository / "raw", repository / "processed")
        commit_all(repository)
        with pytest.raises(ReleaseRefused) as refused:
            self._release(repository, "1.0.1")
        assert [item.code for item in refused.value.findings] == ["wrong-version"]
        made = self._release(repository, "1.1.0")
        assert made.changes is not None
        assert made.changes.added == ("quay/wind",)

    def test_a_dataset_that_is_not_tracked_stays_out_of_git(self, raw: Path) -> None:
        """A dataset that was never committed is not put into the repository by a release."""
        make_repository(raw.parent)
        self._release(raw.parent, "1.0.0")
        assert git(raw.parent, "ls-files").split() == [
            "raw/ledger.jsonl",
            "raw/quay/collection.yaml",
            "raw/quay/fog.txt",
            "raw/quay/ice.txt",
            "raw/release.yaml",
        ]

    def test_a_hook_that_refuses_is_said_and_can_be_made_good(self, repository: Path) -> None:
        """If git does not take the commit, the release is in place, that is said, and the same command completes it."""
        hook = repository / ".git" / "hooks" / "pre-commit"
        hook.write_text("#!/bin/sh\necho no such luck >&2\nexit 1\n")
        hook.chmod(0o755)
        with pytest.raises(TagFailed, match="in place, but it is not tagged: git commit: no such luck"):
            self._release(repository, "1.0.0")
        assert manifest_in(repository / "processed").version == "1.0.0"
        hook.unlink()
        made = self._release(repository, "1.0.0")
        assert git(repository, "describe", "--exact-match").strip() == made.tag
        assert git(repository, "status", "--porcelain") == ""

    def test_outside_of_git_it_is_said_that_there_is_no_tag(self, raw: Path) -> None:
        """Without a repository the release is made, and says that nothing was tagged."""
        made = self._release(raw.parent, "1.0.0")
        assert made.tag is None
        assert any("no git repository" in note for note in made.notes)


@pytest.mark.slow
def test_ten_thousand_records_are_released(tmp_path: Path) -> None:
    """Ten thousand interviews are released, and one more is a MINOR step, for which none of them is read again."""
    raw = make_raw(tmp_path)
    for number in range(9_998):
        text = (
            f"Q: How did year {number} begin on the outer pier?\nA: With {number} gulls, and no two of them agreed.\n"
        )
        (raw / "quay" / f"n{number:05}.txt").write_text(text)
    first = released(raw, "1.0.0")
    assert first.manifest.config("interviews").rows == 10_000
    add(raw, "wind", "spring")
    second = released(raw, "1.1.0", LATER)
    assert second.changes is not None
    assert (second.changes.added, second.changes.unchanged) == (("quay/wind",), 10_000)
    assert len(load_ledger(raw).released) == 10_001
    assert verify(tmp_path / "processed") == ()
