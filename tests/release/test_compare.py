"""A diff names every change, and the version has to follow from it."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import ConfigError
from onrecord.publish import Ledger, ReleaseFacts, write_release
from onrecord.publish.ledger import Entry
from onrecord.release import Diff, check_version, diff, render_diff
from onrecord.schema.interview import Correction, Interview, Target
from tests.samples import interview, interviews

DAY = datetime.date(2032, 1, 10)


def released(
    folder: Path, version: str, records: list[Interview], gone: tuple[Entry, ...] = (), splits: Any = None
) -> Path:
    """Write a release whose records were all first released in 1.0.0, so that nothing changes by itself."""
    facts = {"version": version} | ({"splits": splits} if splits else {})
    ledger = Ledger({record.id: "1.0.0" for record in records}, {entry.id: entry for entry in gone})
    write_release(records, folder / version, ReleaseFacts.model_validate(facts), ledger)
    return folder / version


def test_the_same_data_calls_for_a_patch(tmp_path: Path) -> None:
    """Other facts about the same rows are a PATCH."""
    records = [*interviews(2), interview("z/f", fictional=True)]
    changes = diff(released(tmp_path, "1.0.0", records), released(tmp_path, "1.0.1", records))
    assert (changes.unchanged, changes.added, changes.removed, changes.changed) == (3, (), (), ())
    assert changes.step == "PATCH"
    assert check_version(changes) == ()


def test_additions_call_for_a_minor_step(tmp_path: Path) -> None:
    """Records that were only added are a MINOR step, and the first release of the others stays."""
    records = interviews(3)
    changes = diff(released(tmp_path, "1.0.0", records[:2]), released(tmp_path, "1.0.1", records))
    assert (changes.added, changes.step) == ((records[2].id,), "MINOR")
    (wrong,) = check_version(changes)
    assert wrong.code == "wrong-version"
    assert "at least 1.1.0" in wrong.message


def test_edits_are_named_by_record_item_and_field(tmp_path: Path) -> None:
    """An edit is a MAJOR step, and names the record, its fields, its items, their fields, and the reason."""
    (old,) = interviews(1)
    speaker = old.speakers[0].model_copy(update={"name": "Ina V. Vellamo"})
    correction = Correction(target=Target(layer="speakers"), set=(), by="R. Editor", on=DAY, why="She says so herself.")
    new = old.replace(
        title="Other",
        speakers=(speaker, *old.speakers[1:]),
        turns=old.turns[:-1],
        corrections=(*old.corrections, correction),
    )
    changes = diff(released(tmp_path, "1.0.0", [old]), released(tmp_path, "2.0.0", [new]))
    (change,) = changes.changed
    assert [field.field for field in change.fields] == ["title", "corrections"]
    assert change.fields[0].new == '"Other"'
    assert [(item.layer, item.change) for item in change.items] == [("speakers", "changed"), ("turns", "removed")]
    assert [field.field for field in change.items[0].fields] == ["name"]
    assert change.why == ("R. Editor, 2032-01-10: She says so herself.",)
    assert changes.step == "MAJOR"
    assert check_version(changes) == ()


def test_removals_carry_the_reason_of_the_ledger(tmp_path: Path) -> None:
    """A record that is gone is named with the day and reason of its withdrawal, or with none."""
    records = interviews(3)
    gone = Entry(event="withdrawn", id=records[0].id, on=DAY, why="Asked for.")
    old = released(tmp_path, "1.0.0", records)
    changes = diff(old, released(tmp_path, "1.1.0", records[:2], (gone,)))
    assert [(item.id, item.why) for item in changes.removed] == [(records[0].id, "Asked for."), (records[2].id, None)]
    assert "at least 2.0.0" in check_version(changes)[0].message


def test_a_moved_split_is_a_change(tmp_path: Path) -> None:
    """A record whose rows are the same but in another split calls for a MAJOR step."""
    records = interviews(6)
    whole = ({"name": "train", "share": 1.0},)
    half = ({"name": "train", "share": 0.5}, {"name": "test", "share": 0.5})
    changes = diff(
        released(tmp_path, "1.0.0", records, splits=whole), released(tmp_path, "1.1.0", records, splits=half)
    )
    assert {change.moved for change in changes.changed} == {("train", "test")}
    assert changes.step == "MAJOR"


def test_new_interviews_never_move_old_ones(tmp_path: Path) -> None:
    """With stated splits, interviews that come and go leave the others in their split."""
    records = interviews(12)
    half = ({"name": "train", "share": 0.5}, {"name": "test", "share": 0.5})
    old = released(tmp_path, "1.0.0", records[3:9], splits=half)
    changes = diff(old, released(tmp_path, "1.1.0", records, splits=half))
    assert (len(changes.added), changes.changed, changes.removed) == (6, (), ())


@pytest.mark.parametrize(
    ("version", "right"),
    [("1.0.0", False), ("0.9.0", False), ("1.0.1", False), ("1.1.0", True), ("1.2.0", True), ("2.0.0", True)],
)
def test_a_version_may_step_further_but_not_less(version: str, right: bool) -> None:
    """After an addition to 1.0.x, any version from 1.1.0 on will do; one that exists or is older will not."""
    changes = Diff(
        old_version="1.0.0", new_version=version, old_digest="a", new_digest="b", unchanged=0, added=("a/b",)
    )
    assert (check_version(changes) == ()) is right


def test_a_version_that_exists_is_named() -> None:
    """Releasing the same rows under the same version says that it exists."""
    changes = Diff(old_version="1.0.0", new_version="1.0.0", old_digest="a", new_digest="a", unchanged=1)
    assert "exists already" in check_version(changes)[0].message


def test_a_diff_is_shown_as_text_json_and_html(tmp_path: Path) -> None:
    """All three forms name the change; JSON comes back equal, and HTML escapes what it shows."""
    (old,) = interviews(1)
    new = old.replace(title="<script>alert(1)</script>")
    changes = diff(released(tmp_path, "1.0.0", [old]), released(tmp_path, "2.0.0", [new]))
    assert Diff.model_validate_json(render_diff(changes, "json")) == changes
    assert f"~ {old.id}" in render_diff(changes, "text").splitlines()
    page = render_diff(changes, "html")
    assert "<script>" not in page
    reader = _Words()
    reader.feed(page)
    assert any("<script>alert(1)</script>" in text for text in reader.words)


class _Words(HTMLParser):
    """What a reader of the page sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_what_is_no_release_is_named(tmp_path: Path) -> None:
    """Comparing with a folder that is no release says which one it is."""
    with pytest.raises(ConfigError, match="gone has no manifest"):
        diff(released(tmp_path, "1.0.0", interviews(1)), tmp_path / "gone")


def test_a_standoff_diff_shows_no_words(tmp_path: Path) -> None:
    """What changed in a standoff record is named without any of its words."""
    old, new = interview(redistribution="standoff"), interview(redistribution="standoff", title="Secret words here")
    changes = diff(
        released(tmp_path, "1.0.0", [old]), released(tmp_path, "2.0.0", [new.replace(outlet="The Other Letter")])
    )
    said = render_diff(changes, "json")
    assert "Secret" not in said
    assert "The Other Letter" in said
