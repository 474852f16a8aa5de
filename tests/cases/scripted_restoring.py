"""Cases about withdrawn texts, and about copies from which a standoff release is restored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from onrecord.building import build, prepare
from onrecord.publish import ReleaseFacts, write_release
from onrecord.release import withdraw
from onrecord.releasing import known_ids
from onrecord.restoring import restore
from onrecord.schema.interview import Finding
from tests.cases.running import TODAY, Scripted
from tests.samples import interview

TEXT = "Q: When does the ice come to this harbour, and who sees it first?\nA: In January. The pilots do.\n"


def _raw(folder: Path, redistribution: str) -> Path:
    home = folder / "raw" / "quay"
    home.mkdir(parents=True)
    (home / "collection.yaml").write_text(
        f"title: Quay\nrights: {{redistribution: {redistribution}, holder: Us, licence: CC0-1.0, basis: Ours.}}\n"
    )
    (home / "ice.txt").write_text(TEXT)
    (home / "fog.txt").write_text(TEXT.replace("ice", "fog").replace("January", "autumn"))
    return folder / "raw"


def _withdrawn(change: Callable[[Path], object]) -> Callable[[Path], Iterable[Finding]]:
    """Withdraw a record, change its file, and say what a build says of it."""

    def run(folder: Path) -> Iterable[Finding]:
        raw = _raw(folder, "full")
        withdraw(raw, ["quay/ice"], "Asked for.", TODAY, known_ids(raw, ["quay/ice"]))
        change(raw / "quay" / "ice.txt")
        return prepare(raw, folder / "out").findings(TODAY)

    return run


def _restored(change: Callable[[Path], object], text: str = TEXT) -> Callable[[Path], Iterable[Finding]]:
    """Restore a standoff release from a folder with one file changed."""

    def run(folder: Path) -> Iterable[Finding]:
        raw = _raw(folder, "standoff")
        (raw / "quay" / "ice.txt").write_text(text)
        build(raw, folder / "standoff")
        change(raw / "quay" / "ice.txt")
        return restore(folder / "standoff", raw, folder / "full").findings

    return run


def _of_words_nobody_has(folder: Path) -> Iterable[Finding]:
    """The invented record has labels, notes and corrections that no program makes of its text."""
    record = interview(redistribution="standoff")
    write_release([record], folder / "standoff", ReleaseFacts(version="1.0.0"))
    copies = folder / "copies" / "harbour"
    copies.mkdir(parents=True)
    (copies / "one.txt").write_text(record.text, encoding="utf-8")
    return restore(folder / "standoff", folder / "copies", folder / "full").findings


def _same(_file: Path) -> None:
    """Leave the file as it is."""


def _edited(file: Path) -> None:
    file.write_text(TEXT.replace("January", "February"))


CASES: Mapping[str, Scripted] = {
    "withdrawn-text": Scripted(_withdrawn(_same), _withdrawn(Path.unlink)),
    "missing-copy": Scripted(_restored(Path.unlink), _restored(lambda file: file.rename(file.with_name("other.txt")))),
    "changed-copy": Scripted(_restored(_edited), _restored(_same)),
    "words-not-restored": Scripted(_of_words_nobody_has, _restored(_same)),
}
