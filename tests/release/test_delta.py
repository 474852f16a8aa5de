"""Old release + delta = new release, byte for byte."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.publish import Ledger, ReleaseFacts, write_release
from onrecord.release import apply_delta, make_delta
from onrecord.schema.interview import Interview
from tests.release.test_faults import bytes_of
from tests.samples import interview, interviews

SPLITS = ({"name": "train", "share": 0.6}, {"name": "test", "share": 0.4})


def released(folder: Path, version: str, records: list[Interview]) -> Path:
    """Write a release in two splits."""
    facts = ReleaseFacts.model_validate({"version": version, "splits": SPLITS})
    write_release(records, folder, facts, Ledger({record.id: "1.0.0" for record in records}))
    return folder


def changed(records: list[Interview], seed: int) -> list[Interview]:
    """Some records left out, changed, added, moved between rights and kinds, by chance."""
    chance = random.Random(seed)
    result = []
    for record in records:
        kind = chance.randrange(6)
        if kind == 0:
            continue
        if kind == 1:
            record = record.replace(title=f"Other {chance.random()}", turns=record.turns[: chance.randrange(4)])
        elif kind == 2:
            rights = record.rights.model_copy(update={"redistribution": chance.choice(("standoff", "none", "full"))})
            record = record.replace(rights=rights, fictional=chance.random() < 0.5)
        result.append(record)
    return [*result, *(interview(f"harbour/added{number}") for number in range(chance.randrange(3)))]


@pytest.mark.parametrize("seed", range(4))
def test_old_and_delta_give_new(tmp_path: Path, seed: int) -> None:
    """Whatever was added, removed, edited, withheld or moved: every file comes out the same."""
    records = interviews(7)
    old = released(tmp_path / "old", "1.0.0", records)
    new = released(tmp_path / "new", "2.0.0", changed(records, seed))
    make_delta(old, new, tmp_path / "delta")
    manifest = apply_delta(old, tmp_path / "delta", tmp_path / "result")
    assert bytes_of(tmp_path / "result") == bytes_of(new)
    assert manifest.version == "2.0.0"


def test_a_delta_holds_only_what_changed(tmp_path: Path) -> None:
    """The rows of an unchanged record are not in the delta."""
    records = interviews(3)
    old = released(tmp_path / "old", "1.0.0", records)
    new = released(tmp_path / "new", "2.0.0", [records[0].replace(title="Other"), *records[1:]])
    delta = make_delta(old, new, tmp_path / "delta")
    replaced = {part.config: part for part in delta.splits if part.dropped}
    assert set(replaced) == {"interviews", "turns", "speakers", "quotes", "messages"}
    assert {part.dropped for part in replaced.values()} == {(records[0].id,)}
    assert sum(part.added for part in delta.splits if part.config == "interviews") == 1


@pytest.mark.parametrize(
    ("break_it", "message", "error"),
    [
        (lambda at: (at / "old/README.md").write_text("mine"), "old is not as it was written", ReleaseRefused),
        (lambda at: (at / "delta/delta.json").unlink(), "is no delta", ConfigError),
        (lambda at: (at / "delta/delta.json").write_text("{}"), "delta.json: name", ConfigError),
        (lambda at: (at / "result").mkdir(), "result exists", ReleaseRefused),
        (lambda at: (at / "delta/files/README.md").write_text("mine"), "do not give interviews 2.0.0", ReleaseRefused),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, break_it: Any, message: str, error: type[Exception]) -> None:
    """A changed old release, a broken delta, or a folder in the way is an error, and nothing is written."""
    records = interviews(2)
    old = released(tmp_path / "old", "1.0.0", records)
    make_delta(old, released(tmp_path / "new", "2.0.0", records[:1]), tmp_path / "delta")
    break_it(tmp_path)
    with pytest.raises(error, match=message):
        apply_delta(old, tmp_path / "delta", tmp_path / "result")
    assert not (tmp_path / "result").exists() or list((tmp_path / "result").iterdir()) == []


def test_another_old_release_is_refused(tmp_path: Path) -> None:
    """A delta is not applied to data it does not lead from."""
    records = interviews(2)
    old = released(tmp_path / "old", "1.0.0", records)
    other = released(tmp_path / "other", "1.0.0", records[1:])
    make_delta(old, released(tmp_path / "new", "2.0.0", records[:1]), tmp_path / "delta")
    with pytest.raises(ConfigError, match="other holds other data"):
        apply_delta(other, tmp_path / "delta", tmp_path / "result")


def test_another_pyarrow_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the bytes could not come out the same, the version that is needed is named."""
    records = interviews(2)
    old = released(tmp_path / "old", "1.0.0", records)
    make_delta(old, released(tmp_path / "new", "2.0.0", records[:1]), tmp_path / "delta")
    needed = pa.__version__
    monkeypatch.setattr(pa, "__version__", "1.0.0")
    with pytest.raises(ConfigError, match=f"need pyarrow {needed}"):
        apply_delta(old, tmp_path / "delta", tmp_path / "result")


def test_an_existing_folder_is_not_overwritten(tmp_path: Path) -> None:
    """A delta is written to a new folder only."""
    old = released(tmp_path / "old", "1.0.0", interviews(1))
    with pytest.raises(ReleaseRefused, match="exists"):
        make_delta(old, old, tmp_path / "old")
