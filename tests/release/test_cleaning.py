"""A withdrawn record is gone from the next release, and from old copies that are cleaned."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from onrecord.building import build
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.loading import interviews as stored
from onrecord.publish import Ledger, ReleaseFacts, load_ledger, write_release
from onrecord.publish.ledger import Entry
from onrecord.publish.seals import released_seals
from onrecord.release import clean, takedowns_in, verify, withdraw
from onrecord.restoring import restore
from tests.release.quay import make_raw
from tests.release.test_faults import bytes_of
from tests.samples import interview, interviews

DAY = datetime.date(2032, 1, 10)
FACTS = ReleaseFacts(version="1.0.0")


def test_a_withdrawal_is_remembered_and_leaves_the_next_release(tmp_path: Path) -> None:
    """The ledger line keeps the record out of the next release, which lists the withdrawal."""
    records = interviews(2)
    (entry,) = withdraw(tmp_path, [records[0].id], " Asked for. ", DAY, {record.id: None for record in records})
    assert entry.why == "Asked for."
    write_release(records, tmp_path / "processed", FACTS, load_ledger(tmp_path))
    assert [record.id for record in stored(tmp_path / "processed")] == [records[1].id]
    assert takedowns_in(tmp_path / "processed") == takedowns_in(tmp_path) == {entry.id: entry}
    assert takedowns_in(tmp_path / "processed" / "takedowns.jsonl") == {entry.id: entry}


def test_wrong_withdrawals_are_named(tmp_path: Path) -> None:
    """An id that is not there, one that is gone already, and a missing reason are errors, and nothing is written."""
    with pytest.raises(ConfigError, match="'harbour/onn'; did you mean harbour/one"):
        withdraw(tmp_path, ["harbour/one", "harbour/onn"], "Why.", DAY, {"harbour/one": None})
    assert load_ledger(tmp_path) == Ledger()
    with pytest.raises(ConfigError, match="needs a reason"):
        withdraw(tmp_path, ["harbour/one"], " ", DAY, {"harbour/one": None})
    withdraw(tmp_path, ["harbour/one"], "Why.", DAY, {"harbour/one": None})
    with pytest.raises(ConfigError, match="was withdrawn on 2032-01-10"):
        withdraw(tmp_path, ["harbour/one"], "Why.", DAY, {"harbour/one": None})
    with pytest.raises(ConfigError, match="has neither"):
        takedowns_in(tmp_path / "nowhere")


def test_an_old_copy_is_cleaned(tmp_path: Path) -> None:
    """Nothing of the withdrawn records is left in any file but the list of withdrawals; the rest is as it was."""
    secret = interview("quay/secret", title="A heron waits for nobody")
    records = [*interviews(3), secret, interview("quay/standoff", redistribution="standoff")]
    write_release(records, tmp_path / "copy", FACTS)
    takedowns = {"quay/secret": Entry(event="withdrawn", id="quay/secret", on=DAY, why="Asked for.")}
    manifest, removed = clean(tmp_path / "copy", takedowns)
    assert removed == ("quay/secret",)
    assert verify(tmp_path / "copy") == ()
    for name, data in bytes_of(tmp_path / "copy").items():
        assert b"heron" not in data
        assert (b"quay/secret" in data) == (name == "takedowns.jsonl"), name
    write_release([record for record in records if record is not secret], tmp_path / "without", FACTS)
    for config in manifest.configs:
        without = {name: data for name, data in bytes_of(tmp_path / "without").items() if f"/{config.name}/" in name}
        assert {name: bytes_of(tmp_path / "copy")[name] for name in without} == without
    assert (manifest.statistics.interviews, manifest.statistics.standoff, manifest.statistics.withdrawn) == (4, 1, 1)


def test_a_copy_without_the_record_stays_as_it_is(tmp_path: Path) -> None:
    """Cleaning a copy that has nothing to lose changes no byte."""
    write_release(interviews(1), tmp_path / "copy", FACTS)
    before = bytes_of(tmp_path / "copy")
    entry = Entry(event="withdrawn", id="quay/secret", on=DAY)
    assert clean(tmp_path / "copy", {entry.id: entry})[1] == ()
    assert bytes_of(tmp_path / "copy") == before


def test_the_last_record_can_be_removed(tmp_path: Path) -> None:
    """A copy whose only record is withdrawn becomes a release without tables."""
    write_release([interview()], tmp_path / "copy", FACTS)
    entry = Entry(event="withdrawn", id="harbour/one", on=DAY)
    manifest, _ = clean(tmp_path / "copy", {entry.id: entry})
    assert manifest.configs == ()
    assert verify(tmp_path / "copy") == ()


def test_a_changed_copy_is_refused(tmp_path: Path) -> None:
    """A copy that was edited by hand is not cleaned over the edits."""
    write_release([interview()], tmp_path / "copy", FACTS)
    (tmp_path / "copy" / "notes.txt").write_text("mine")
    entry = Entry(event="withdrawn", id="harbour/one", on=DAY)
    with pytest.raises(ReleaseRefused, match="not as it was written"):
        clean(tmp_path / "copy", {entry.id: entry})


def test_what_a_copy_is_for_outlasts_cleaning(tmp_path: Path) -> None:
    """A cleaned standoff copy can still be restored, seals and all; a restored one can be cleaned and stays private."""
    raw = make_raw(tmp_path, "standoff")
    build(raw, tmp_path / "copy")
    restore(tmp_path / "copy", raw, tmp_path / "mine")
    takedowns = {"quay/ice": Entry(event="withdrawn", id="quay/ice", on=DAY, why="Asked for.")}
    clean(tmp_path / "copy", takedowns)
    assert [id_ for id_, _ in released_seals(tmp_path / "copy")] == ["quay/fog"]
    made = restore(tmp_path / "copy", raw, tmp_path / "again")
    assert (made.ids, made.findings) == (("quay/fog",), ())
    manifest, removed = clean(tmp_path / "mine", takedowns)
    assert (removed, manifest.restored, verify(tmp_path / "mine")) == (("quay/ice",), 1, ())


def test_without_seals_only_the_text_comes_back(tmp_path: Path) -> None:
    """A standoff copy without its seals gives the text and what spans cut out of it; other words are said to lack."""
    raw = make_raw(tmp_path, "standoff")
    build(raw, tmp_path / "copy")
    (tmp_path / "copy" / "standoff.jsonl").unlink()
    manifest = json.loads((tmp_path / "copy" / "manifest.json").read_bytes())
    manifest["files"] = [file for file in manifest["files"] if file["path"] != "standoff.jsonl"]
    (tmp_path / "copy" / "manifest.json").write_text(json.dumps(manifest))
    made = restore(tmp_path / "copy", raw, tmp_path / "mine")
    assert made.ids == ("quay/fog", "quay/ice")
    assert {item.code for item in made.findings} == {"words-not-restored"}
    assert verify(tmp_path / "mine") == ()
