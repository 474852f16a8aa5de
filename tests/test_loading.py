"""Reading a release back: the table that was asked for, or a sentence that says what there is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import ConfigError
from onrecord.loading import interviews as stored
from onrecord.loading import withheld
from onrecord.publish import ReleaseFacts, write_release
from onrecord.tables import TABLES, make_table
from tests.samples import interview, interviews

RECORDS = [*interviews(4), interview("quay/s", redistribution="standoff"), interview("z/f", fictional=True)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in two splits."""
    out = tmp_path_factory.mktemp("loading") / "processed"
    splits = ({"name": "train", "share": 0.5}, {"name": "test", "share": 0.5})
    write_release(RECORDS, out, ReleaseFacts.model_validate({"version": "1.0.0", "splits": splits}))
    return out


def test_turns_are_loaded_by_default(folder: Path) -> None:
    """Without a config the turns of all splits are returned, with the schema of the table."""
    table = onrecord.load(source=folder)
    assert table.schema.equals(TABLES["turns"].schema, check_metadata=True)
    assert set(table["interview"].to_pylist()) == {record.id for record in RECORDS if not record.fictional}


def test_splits_and_columns_are_chosen(folder: Path) -> None:
    """The splits of a config add up to it, and columns come in the order they were asked for."""
    parts = [onrecord.load("speakers", folder, split=name, columns=["name", "id"]) for name in ("train", "test")]
    assert parts[0].column_names == ["name", "id"]
    assert sum(part.num_rows for part in parts) == onrecord.load("speakers", folder).num_rows


def test_invented_interviews_are_loaded_by_their_own_name(folder: Path) -> None:
    """A fictional config gives exactly the invented records."""
    expected = make_table("quotes", [record for record in RECORDS if record.fictional])
    assert onrecord.load("fictional_quotes", folder).equals(expected)


def test_interviews_come_back(folder: Path) -> None:
    """Every record with its text comes back equal; standoff ones are listed instead."""
    full = [record.replace(first_release="1.0.0") for record in RECORDS if record.rights.redistribution == "full"]
    assert sorted(stored(folder), key=lambda record: record.id) == sorted(full, key=lambda record: record.id)
    assert [record.id for record in stored(folder, ["z/f"])] == ["z/f"]
    assert withheld(folder) == ("quay/s",)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"config": "turn"}, "no config 'turn'; there are: interviews, turns"),
        ({"split": "dev"}, "no split 'dev'; there are: train, test"),
        ({"columns": ["texts"]}, "no column 'texts'; there are: interview, id"),
        ({"revision": "v1"}, "leave `revision` out"),
    ],
)
def test_what_there_is_not_is_named(folder: Path, arguments: dict[str, str], message: str) -> None:
    """A config, split, column or revision that does not exist is an error that lists those that do."""
    with pytest.raises(ConfigError, match=message):
        onrecord.load(**{"source": folder, **arguments})  # type: ignore[arg-type]  # as the parameters say


def test_what_is_no_release_is_named(tmp_path: Path) -> None:
    """A folder that is no release, and one that is not there, are told apart."""
    with pytest.raises(ConfigError, match="no built dataset"):
        onrecord.load(source=tmp_path)
    with pytest.raises(ConfigError, match="there is no folder"):
        onrecord.load(source=tmp_path / "gone" / "far")


def test_a_hub_dataset_that_cannot_be_fetched_is_named(tmp_path: Path) -> None:
    """Without the network the message names the dataset, and is one line."""
    script = (
        "import onrecord\ntry: onrecord.load(source='org/name', revision='v1.0.0')\n"
        "except Exception as error: print(error)"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.startswith("dataset org/name at v1.0.0 cannot be fetched: HF_HUB_OFFLINE is set")
    assert len(done.stdout.splitlines()) == 1
