"""A standoff release and the user's own copies give what a full release holds; wrong copies are named."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from onrecord.building import build
from onrecord.errors import ConfigError, ReleaseRefused
from onrecord.loading import interviews as stored
from onrecord.loading import load, withheld
from onrecord.publish import ReleaseFacts, write_release
from onrecord.publish.seals import released_seals
from onrecord.release import cite, diff, verify
from onrecord.restoring import restore
from onrecord.schema.interview import Interview
from onrecord.testing import Script, interviews, scripts
from tests.release.quay import add, make_raw
from tests.release.test_faults import bytes_of
from tests.samples import interview

ROOT = Path(__file__).resolve().parents[1]


def rows_of(folder: Path) -> Mapping[str, list[dict[str, Any]]]:
    """All rows of a release by config, without what says how they may be passed on."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in sorted((folder / "data").rglob("*.parquet")):
        for row in pq.read_table(file).to_pylist():
            if "rights" in row:
                row = {**row, "rights": {**row["rights"], "redistribution": None}}
            found.setdefault(file.parent.name, []).append({**row, "redistribution": None})
    return found


def both(raw: Path) -> tuple[Path, Path]:
    """Build a raw folder as it is, as a full release, and again as a standoff one; return the two."""
    build(raw, raw.parent / "full")
    standoff = shutil.copytree(raw, raw.parent / "standoff-raw")
    for card in standoff.glob("*/collection.yaml"):
        card.write_text(card.read_text(encoding="utf-8").replace("redistribution: full", "redistribution: standoff"))
    build(standoff, raw.parent / "standoff")
    return raw.parent / "full", raw.parent / "standoff"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with two interviews."""
    return make_raw(tmp_path)


def test_copies_give_the_full_release_back(raw: Path) -> None:
    """A standoff release and the raw folder give every row of every table of the full release, messages included."""
    full, standoff = both(raw)
    assert withheld(standoff) == ("quay/fog", "quay/ice")
    made = restore(standoff, raw, raw.parent / "restored")
    assert (made.ids, made.findings) == (("quay/fog", "quay/ice"), ())
    assert rows_of(raw.parent / "restored") == rows_of(full)
    assert rows_of(raw.parent / "restored") != rows_of(standoff)


def test_the_files_alone_are_enough(raw: Path) -> None:
    """Without cards, under other names, in other folders: a file is known by its SHA-256, and gives the same rows."""
    full, standoff = both(raw)
    (raw.parent / "my copies" / "deep").mkdir(parents=True)
    shutil.copy(raw / "quay" / "ice.txt", raw.parent / "my copies" / "a.txt")
    shutil.copy(raw / "quay" / "fog.txt", raw.parent / "my copies" / "deep" / "b.bin")
    made = restore(standoff, raw.parent / "my copies", raw.parent / "restored")
    assert made.findings == ()
    assert rows_of(raw.parent / "restored") == rows_of(full)


@given(script=scripts())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_interview_comes_back(script: Script, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever is printed, in whatever convention: every text field of the full release is in the restored one."""
    raw = tmp_path_factory.mktemp("any") / "raw"
    (raw / "quay").mkdir(parents=True)
    (raw / "quay" / "collection.yaml").write_text("title: Q\nrights: {redistribution: full, basis: Ours.}\n")
    (raw / "quay" / "one.txt").write_bytes(script.text.encode())
    full, standoff = both(raw)
    made = restore(standoff, raw, raw.parent / "restored")
    assert made.findings == ()
    assert rows_of(raw.parent / "restored") == rows_of(full)


@given(record=interviews())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_record_gets_its_text_back_and_nothing_wrong(
    record: Interview, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whoever made the layers: text, turns and quotations come back; other words come back as they were, or not."""
    folder = tmp_path_factory.mktemp("record")
    origin = record.origin.model_copy(update={"locator": None, "path": "a.txt", "reader": "plain"})
    text = record.text.replace("\r\n", "\n").replace("\r", "\n")
    if text != record.text or text.startswith("\ufeff"):
        return  # the plain reader stores other newlines than these
    record = record.replace(origin=origin, fictional=False, language=None)
    for rights in ("full", "standoff"):
        held = record.replace(rights=record.rights.model_copy(update={"redistribution": rights}))
        write_release([held], folder / rights, ReleaseFacts(version="1.0.0"))
    (folder / "copies" / "any").mkdir(parents=True)
    (folder / "copies" / "any" / "a.txt").write_bytes(text.encode())
    (folder / "copies" / "a.txt").write_bytes(text.encode())
    made = restore(folder / "standoff", folder / "copies", folder / "restored")
    if not made.ids:  # its SHA-256 is that of other bytes than its text's
        assert {item.code for item in made.findings} == {"missing-copy"}
        return
    want, got = rows_of(folder / "full"), rows_of(folder / "restored")
    for config, columns in (("turns", ("text", "label_text")), ("quotes", ("text", "cue_text", "source_text"))):
        pairs = zip(want.get(config, []), got.get(config, []), strict=True)
        assert all(one[name] == other[name] for one, other in pairs for name in columns)
    (one,), (other,) = want["interviews"], got["interviews"]
    assert one["text"] == other["text"]
    assert other["title"] in (one["title"], None)
    for speaker, found in zip(one["speakers"], other["speakers"], strict=True):
        assert set(found["aliases"]) <= set(speaker["aliases"])


def test_corrections_of_others_are_kept_and_nothing_is_guessed(tmp_path: Path) -> None:
    """Where a human decided, the decision stays; of its words only those are there that the text itself gives."""
    record = interview(redistribution="standoff")
    write_release([record], tmp_path / "standoff", ReleaseFacts(version="1.0.0"))
    (tmp_path / "copies").mkdir()
    (tmp_path / "copies" / "x.txt").write_bytes(record.text.encode())
    made = restore(tmp_path / "standoff", tmp_path / "copies", tmp_path / "restored")
    assert [item.code for item in made.findings] == ["words-not-restored"]
    (back,) = stored(tmp_path / "restored")
    assert [turn.paragraphs for turn in back.turns] == [turn.paragraphs for turn in record.turns]
    assert [speaker.labels for speaker in back.speakers[:3]] == [speaker.labels for speaker in record.speakers[:3]]
    assert back.corrections[0].by == "R. Editor"
    assert back.corrections[0].why == ""
    assert back.corrections[0].target.quote is not None
    assert back.corrections[0].target.quote.exact == "Ina Vellamo"
    assert verify(tmp_path / "restored") == ()


def test_wrong_changed_and_missing_copies_are_named(raw: Path) -> None:
    """Each copy that does not do is named with what is wrong, as near as its hashes tell; the others are restored."""
    add(raw, "wind", "spring")
    add(raw, "rain", "November")
    _, standoff = both(raw)
    copies = shutil.copytree(raw, raw.parent / "copies")
    ice = copies / "quay" / "ice.txt"
    ice.write_text(ice.read_text().replace("and neither do I", "and nor do I"))
    (copies / "quay" / "fog.txt").write_text("A recipe for soup. " * 40)
    (copies / "quay" / "wind.txt").unlink()
    made = restore(standoff, copies, raw.parent / "restored")
    assert made.ids == ("quay/rain",)
    said = {item.where: (item.code, item.message) for item in made.findings}
    assert said["quay/ice"] == (
        "changed-copy",
        "It is not the text that was used: 2 of 3 longer turns are in it, but not quay/ice#turn@150.",
    )
    assert said["quay/fog"][0] == "changed-copy"
    assert said["quay/fog"][1] == "It is another text: none of the record's 3 longer turns is in it."
    assert said["quay/wind"][0] == "missing-copy"
    assert withheld(raw.parent / "restored") == ("quay/fog", "quay/ice", "quay/wind")
    assert verify(raw.parent / "restored") == ()


def test_a_copy_with_other_line_ends_is_the_same_text(raw: Path) -> None:
    """CRLF instead of LF is another file and the same text: it is restored all the same."""
    full, standoff = both(raw)
    copies = shutil.copytree(raw, raw.parent / "copies")
    for file in (copies / "quay").glob("*.txt"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    made = restore(standoff, copies, raw.parent / "restored")
    assert made.ids == ("quay/fog", "quay/ice")
    assert rows_of(raw.parent / "restored")["turns"] == rows_of(full)["turns"]


def test_the_result_is_a_release_for_oneself(raw: Path) -> None:
    """The folder verifies, loads and cites like any other, keeps its rights, and says not to pass it on."""
    _, standoff = both(raw)
    before = bytes_of(standoff)
    made = restore(standoff, raw, raw.parent / "restored")
    out = raw.parent / "restored"
    assert (verify(out), made.manifest.restored) == ((), 2)
    assert {row["redistribution"] for row in load("turns", out).to_pylist()} == {"standoff"}
    assert "do not pass it on" in (out / "README.md").read_text(encoding="utf-8")
    assert "A harbour that never sleeps" in cite("quay/ice", out)
    assert [record.id for record in stored(out)] == ["quay/fog", "quay/ice"]
    assert {change.id for change in diff(standoff, out).changed} == {"quay/fog", "quay/ice"}
    assert bytes_of(standoff) == before
    assert sorted(path.name for path in raw.parent.iterdir()) == [
        ".onrecord", "full", "raw", "restored", "standoff", "standoff-raw",
    ]  # fmt: skip


def test_seals_are_checked_with_the_text_only(raw: Path) -> None:
    """Seals of the same words differ from text to text, so they cannot be guessed without it."""
    _, standoff = both(raw)
    (_, fog), (_, ice) = released_seals(standoff)
    assert fog.keys() == ice.keys()
    assert fog["title"] != ice["title"]  # both are "A harbour that never sleeps"


def test_what_cannot_be_restored_is_refused(raw: Path) -> None:
    """No release, a changed one, a folder with something else in it, and the release itself are refused by name."""
    _, standoff = both(raw)
    with pytest.raises(ConfigError, match="no built dataset"):
        restore(raw, raw, raw.parent / "restored")
    with pytest.raises(ConfigError, match="the release itself"):
        restore(standoff, raw, standoff)
    (raw.parent / "restored").mkdir()
    (raw.parent / "restored" / "mine.txt").write_text("mine")
    with pytest.raises(ReleaseRefused, match="not as it was written"):
        restore(standoff, raw, raw.parent / "restored")
    (standoff / "README.md").write_text("mine")
    with pytest.raises(ReleaseRefused):
        restore(standoff, raw, raw.parent / "elsewhere")


@pytest.mark.slow
def test_every_layout_and_format_comes_back(tmp_path: Path) -> None:
    """The repository's own collections, in all their formats and layouts, come back row for row."""
    raw = shutil.copytree(ROOT / "raw", tmp_path / "raw")
    full, standoff = both(raw)
    made = restore(standoff, raw, tmp_path / "restored")
    assert made.findings == ()
    assert rows_of(tmp_path / "restored") == rows_of(full)
