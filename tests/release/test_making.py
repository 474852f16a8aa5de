"""A release is refused while anything is wrong, and remembered when it was made."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from onrecord.codes import finding
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish import ReleaseFacts, load_ledger, write_release
from onrecord.publish.facts import Change
from onrecord.publish.ledger import Entry, append
from onrecord.release import record, refuse_unless_ready
from onrecord.schema.interview import Interview, Waiver
from tests.release.test_faults import bytes_of
from tests.samples import interviews

DAY = datetime.date(2032, 1, 10)


def built(folder: Path, version: str, records: list[Interview]) -> Path:
    """Build a release of `records` with the ledger in `folder`."""
    write_release(records, folder / version, ReleaseFacts(version=version), load_ledger(folder))
    return folder / version


def test_releases_follow_one_another(tmp_path: Path) -> None:
    """First release, ledger, addition, second release: the first release of each record is remembered."""
    records = interviews(3)
    first = built(tmp_path, "1.0.0", records[:2])
    assert refuse_unless_ready(first, "1.0.0", (), None) is None
    *came, version = record(tmp_path, first, DAY)
    assert [entry.model_dump()["id"] for entry in came] == [item.id for item in records[:2]]
    assert version == load_ledger(tmp_path).last
    assert record(tmp_path, first, DAY) == ()
    second = built(tmp_path, "1.1.0", records)
    changes = refuse_unless_ready(second, "1.1.0", (), first)
    assert changes is not None
    assert (changes.added, changes.unchanged) == ((records[2].id,), 2)
    record(tmp_path, second, DAY)
    assert sorted(load_ledger(tmp_path).released.values()) == ["1.0.0", "1.0.0", "1.1.0"]


def test_a_recorded_release_is_built_again_the_same(tmp_path: Path) -> None:
    """Whether a release was recorded before or after it was built makes no difference to any byte."""
    records = interviews(2)
    first = built(tmp_path, "1.0.0", records)
    record(tmp_path, first, DAY)
    facts = ReleaseFacts(version="1.0.0")
    write_release(records, tmp_path / "again", facts, load_ledger(tmp_path))
    assert bytes_of(tmp_path / "again") == bytes_of(first)


def test_errors_stand_in_the_way(tmp_path: Path) -> None:
    """An error that nobody waived refuses the release; warnings and waived errors do not."""
    new = built(tmp_path, "1.0.0", interviews(1))
    error = finding("empty-file", "a/b.txt", "It is empty.")
    warning = finding("mixed-newlines", "a/b.txt", "They differ.")
    waived = error.model_copy(update={"waiver": Waiver(reason="Known.", by="R. Editor")})
    refuse_unless_ready(new, "1.0.0", [warning, waived], None)
    with pytest.raises(ReleaseRefused) as refused:
        refuse_unless_ready(new, "1.0.0", [warning, error], None)
    assert refused.value.findings == (error,)


def test_every_obstacle_is_named_at_once(tmp_path: Path) -> None:
    """A wrong version and a broken file are reported together."""
    old, new = built(tmp_path, "1.0.0", interviews(2)), built(tmp_path, "1.0.1", interviews(1))
    (new / "README.md").write_text("mine")
    with pytest.raises(ReleaseRefused) as refused:
        refuse_unless_ready(new, "1.0.1", (), old)
    assert {item.code for item in refused.value.findings} == {"changed-file", "wrong-version"}


def test_another_version_is_a_mistake(tmp_path: Path) -> None:
    """Releasing a build under another version than it was built as says what to do."""
    with pytest.raises(ConfigError, match=r"set `version: 2\.0\.0`"):
        refuse_unless_ready(built(tmp_path, "1.0.0", interviews(1)), "2.0.0", (), None)


def test_a_ledger_that_disagrees_is_named(tmp_path: Path) -> None:
    """If the ledger and the build differ about a first release, nothing is written."""
    records = interviews(1)
    new = built(tmp_path, "2.0.0", records)
    append(tmp_path, [Entry(event="released", id=records[0].id, version="1.0.0", on=DAY)])
    with pytest.raises(ConfigError, match=r"first released in 1\.0\.0, the build says 2\.0\.0"):
        record(tmp_path, new, DAY)


def test_changelog_has_notes_counts_and_withdrawals(tmp_path: Path) -> None:
    """The data's changelog lists versions from new to old, what came with them, and what was withdrawn."""
    records = interviews(3)
    for item, version in zip(records, ("1.0.0", "1.0.0", "1.10.0"), strict=True):
        append(tmp_path, [Entry(event="released", id=item.id, version=version, on=DAY)])
    append(tmp_path, [Entry(event="withdrawn", id=records[0].id, on=DAY, why="Asked for.")])
    facts = ReleaseFacts(
        version="1.10.0", changes=(Change(version="1.9.0", released=DAY, notes=("Names corrected.",)),)
    )
    write_release(records, tmp_path / "processed", facts, load_ledger(tmp_path))
    said = (tmp_path / "processed" / "CHANGELOG.md").read_text(encoding="utf-8")
    order = [said.index(part) for part in ("## 1.10.0", "## 1.9.0 (2032-01-10)", "Names corrected.", "## 1.0.0")]
    assert order == sorted(order)
    assert "Records: 1, listed in takedowns.jsonl." in said
    assert said.count("still here: 1.") == 2
