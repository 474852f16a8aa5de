"""Finding interviews with the readers and conventions there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.collection.facts import Facts
from onrecord.errors import ConfigError
from onrecord.readers import READERS
from onrecord.sources import discover, find, loose_source
from onrecord.stages.layout.conventions import REGISTRY

TEXT = "Q: Who?\nA: Me.\n"


@pytest.fixture(name="raw")
def _raw(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    for name, text in {
        "c/collection.yaml": "outlet: The Quay\n",
        "c/a.txt": TEXT,
        "c/a.yaml": "title: T\n",
        "c/x/b.txt": "Q: Else?\nA: No.\n",
        "d/collection.yaml": "title: D\n",
        "d/e.txt": "Q: And?\nA: So.\n",
    }.items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text(text)
    return raw


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("", ["c/a", "c/x/b", "d/e"]),
        ("c", ["c/a", "c/x/b"]),
        ("c/x", ["c/x/b"]),
        ("c/x/b.txt", ["c/x/b"]),
        ("c/a.txt", ["c/a"]),
    ],
)
def test_a_path_names_all_below_it_with_the_ids_they_have_in_the_whole(raw: Path, path: str, ids: list[str]) -> None:
    """raw/, a collection, a folder in one, or a file: the same interview is the same everywhere."""
    whole = {item.id: item for item in discover(raw).sources}
    found = find(raw / path).sources
    assert [item.id for item in found] == ids
    assert all(item == whole[item.id] for item in found)


def test_a_file_of_a_collection_is_loaded_with_card_and_sidecar(raw: Path) -> None:
    """As `onrecord parse FILE` reads it."""
    source = loose_source(raw / "c" / "a.txt")
    assert (source.id, source.facts.outlet, source.facts.title, source.data) == ("c/a", "The Quay", "T", TEXT.encode())


def test_a_loose_file_is_loaded_with_defaults(tmp_path: Path) -> None:
    """No card in any folder above it: the id is its stem, the path is as given."""
    path = tmp_path / "tape 7.txt"
    path.write_text(TEXT)
    source = loose_source(path)
    assert (source.id, source.path, source.facts) == ("tape-7", path.as_posix(), Facts())


def test_what_is_not_there_or_no_folder_is_wrong_usage(tmp_path: Path) -> None:
    """The message names the path."""
    (tmp_path / "file").write_text("")
    for call, path in (
        (discover, "file"),
        (discover, "gone"),
        (find, "gone"),
        (loose_source, "gone"),
        (loose_source, ""),
    ):
        with pytest.raises(ConfigError, match=str(tmp_path)):
            call(tmp_path / path)


@pytest.mark.parametrize("name", READERS)
def test_a_card_may_name_every_reader_there_is(tmp_path: Path, name: str) -> None:
    """The registry is what cards are held against."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "collection.yaml").write_text(f"reader: {name}\n")
    assert [item.code for item in discover(tmp_path).findings] == ["empty-collection"]


@pytest.mark.parametrize("name", [convention.name for convention in REGISTRY.all])
def test_a_card_may_name_every_convention_there_is(tmp_path: Path, name: str) -> None:
    """The registry is what cards are held against."""
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "collection.yaml").write_text(f"convention: {name}\n")
    assert [item.code for item in discover(tmp_path).findings] == ["empty-collection"]


def test_the_repositorys_own_raw_folder_is_in_order() -> None:
    """Cards and sidecars that we ship are right, and no two interviews clash."""
    found = discover(Path(__file__).parents[1] / "raw")
    assert [item for item in found.findings if item.level == "error"] == []
    assert len({item.id for item in found.sources}) == len(found.sources) > 1
