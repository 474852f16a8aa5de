"""The walk over raw/: every file is a source or a finding, ids are what the documentation says."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.collection.discovery import discover, discover_collection, discover_file, loose
from onrecord.collection.facts import Facts
from onrecord.collection.found import Discovery, Formats
from onrecord.collection.naming import fallback, slug

TEXT = "Q: Who?\nA: Me.\n"


def _lines(data: bytes, _facts: Facts) -> Iterable[tuple[str | None, bytes]]:
    for number, line in enumerate(data.splitlines(), 1):
        yield f"line={number}", line


def _formats(path: str, _facts: Facts) -> object:
    return _lines if path.endswith(".jsonl") else None


FORMATS = Formats(split_of=_formats)  # type: ignore[arg-type]  # the union is narrower than object


def _tree(raw: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return raw


def _codes(found: Discovery) -> list[tuple[str, str]]:
    return [(item.code, item.path) for item in found.findings]


def test_texts_get_ids_from_their_paths_and_facts_from_card_and_sidecar(tmp_path: Path) -> None:
    """Folders below a collection are part of the id; the sidecar wins over the card."""
    raw = _tree(
        tmp_path,
        {
            "harbour/collection.yaml": "title: H\nlanguage: en\noutlet: Quay\nlabels: {Q: interviewer, A: Ann}\n",
            "harbour/1987/tape 03.txt": TEXT,
            "harbour/1987/tape 03.yaml": "outlet: Pier\nlabels: {A: Ruth}\ndate: 1987-06\n",
            "harbour/b.txt": "other\n",
        },
    )
    found = discover(raw, FORMATS)
    assert found.findings == ()
    assert [(item.id, item.path, item.size) for item in found.sources] == [
        ("harbour/1987/tape-03", "harbour/1987/tape 03.txt", len(TEXT)),
        ("harbour/b", "harbour/b.txt", 6),
    ]
    facts = found.sources[0].facts
    assert (facts.collection, facts.language, facts.outlet, facts.date_precision) == ("harbour", "en", "Pier", "month")
    assert {label.label: label.speaker for label in facts.labels} == {"Q": None, "A": "Ruth"}
    assert found.sources[1].facts.outlet == "Quay"
    assert found.sources[0].load().data == TEXT.encode()


def test_what_is_no_text_is_skipped_and_what_lies_about_is_named(tmp_path: Path) -> None:
    """Hidden files, gold files, READMEs and the registries at the top are ours; a stray file is reported."""
    raw = _tree(
        tmp_path,
        {
            "people.yaml": "",
            "release.yaml": "",
            "README.md": "",
            "stray.txt": TEXT,
            ".git/config": "",
            "c/collection.yaml": "title: C\n",
            "c/a.txt": TEXT,
            "c/a.gold.json": "{}",
            "c/.hidden.txt": TEXT,
            "c/a.txt~": TEXT,
            "c/README.md": "About.",
            "c/LICENSE": "None.",
        },
    )
    found = discover(raw, FORMATS)
    assert [item.id for item in found.sources] == ["c/a"]
    assert _codes(found) == [("file-outside-collection", "stray.txt")]


@pytest.mark.parametrize(
    "name", ["collection.yml", "Collection.yaml", "colection.yaml", "collections.yaml", "collecton.yaml", "card.yaml"]
)
def test_a_misspelt_card_is_named_and_nothing_else_is_said(tmp_path: Path, name: str) -> None:
    """The one thing that is wrong is its name; the texts are read with defaults."""
    found = discover(_tree(tmp_path, {f"c/{name}": "title: C\n", "c/a.txt": TEXT}), FORMATS)
    assert _codes(found) == [("misspelt-card", f"c/{name}")]
    assert found.findings[0].hint == "Did you mean `collection.yaml`?"
    assert [item.id for item in found.sources] == ["c/a"]


def test_a_sidecar_with_the_short_ending_is_named(tmp_path: Path) -> None:
    """`a.yml` beside `a.txt` would be ignored without a word."""
    found = discover(_tree(tmp_path, {"c/collection.yaml": "", "c/a.txt": TEXT, "c/a.yml": "title: T\n"}), FORMATS)
    assert _codes(found) == [("misspelt-card", "c/a.yml")]


def test_two_files_with_one_id_are_both_kept_and_both_named(tmp_path: Path) -> None:
    """The second one in the order of paths goes on under `~2`; ids that differ in case only clash, too."""
    files = {"c/collection.yaml": "", "c/a.md": "1\n", "c/a.txt": "2\n", "c/A.text": "3\n"}
    found = discover(_tree(tmp_path, files), FORMATS)
    assert [item.id for item in found.sources] == ["c/A", "c/a~2", "c/a~3"]
    assert _codes(found) == [("duplicate-id", "c/a.md"), ("duplicate-id", "c/a.txt")]
    assert "c/A.text" in found.findings[0].message
    assert len({item.id.casefold() for item in found.sources}) == 3


def test_a_name_in_the_sidecar_settles_a_clash(tmp_path: Path) -> None:
    """What the hint says helps."""
    files = {"c/collection.yaml": "", "c/a b.txt": "1\n", "c/a-b.txt": "2\n", "c/a b.yaml": "name: other\n"}
    found = discover(_tree(tmp_path, files), FORMATS)
    assert [item.id for item in found.sources] == ["c/other", "c/a-b"]
    assert found.findings == ()


def test_the_same_file_twice_is_named_in_whatever_collection(tmp_path: Path) -> None:
    """Only files of one size are compared, byte for byte by their digests."""
    files = {
        "c/collection.yaml": "",
        "d/collection.yaml": "",
        "c/a.txt": TEXT,
        "d/b.txt": TEXT,
        "d/c.txt": TEXT.upper(),
    }
    found = discover(_tree(tmp_path, files), FORMATS)
    assert _codes(found) == [("duplicate-text", "d/b.txt")]
    assert "c/a.txt" in found.findings[0].message
    assert len(found.sources) == 3


def test_empty_files_are_not_called_duplicates(tmp_path: Path) -> None:
    """That they are empty is said of each already."""
    found = discover(_tree(tmp_path, {"c/collection.yaml": "", "c/a.txt": "", "c/b.txt": ""}), FORMATS)
    assert found.findings == ()


def test_links_out_of_raw_and_to_folders_are_not_followed(tmp_path: Path) -> None:
    """Nothing outside of raw/ is read, whatever kind of link leads there, and no loop is walked."""
    raw = _tree(tmp_path / "raw", {"c/collection.yaml": "", "c/a.txt": TEXT})
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "s.txt").write_text("Secret.")
    (raw / "c" / "s.txt").symlink_to(secret / "s.txt")
    (raw / "c" / "folder").symlink_to(secret)
    (raw / "c" / "loop").symlink_to(raw / "c")
    (raw / "linked").symlink_to(secret)
    (raw / "c" / "a.yaml").symlink_to(secret / "s.txt")
    found = discover(raw, FORMATS)
    assert [item.id for item in found.sources] == ["c/a"]
    assert _codes(found) == [
        ("symlink-outside", path) for path in ("c/a.yaml", "c/folder", "c/loop", "c/s.txt", "linked")
    ]


def test_a_link_within_raw_is_a_text(tmp_path: Path) -> None:
    """It leads nowhere else, so it is read like a copy (and called one)."""
    raw = _tree(tmp_path, {"c/collection.yaml": "", "c/a.txt": TEXT})
    (raw / "c" / "b.txt").symlink_to(raw / "c" / "a.txt")
    found = discover(raw, FORMATS)
    assert [item.id for item in found.sources] == ["c/a", "c/b"]
    assert _codes(found) == [("duplicate-text", "c/b.txt")]


def test_a_file_that_cannot_be_opened_is_a_source_that_says_so(tmp_path: Path) -> None:
    """A pipe would be waited for, a dead link is nothing: both make a record with a finding, not a hole."""
    raw = _tree(tmp_path, {"c/collection.yaml": "", "c/a.txt": TEXT})
    os.mkfifo(raw / "c" / "pipe.txt")
    (raw / "c" / "z.txt").symlink_to(raw / "c" / "gone.txt")
    found = discover(raw, FORMATS)
    assert [(item.id, item.load().unreadable is None) for item in found.sources] == [
        ("c/a", True),
        ("c/pipe", False),
        ("c/z", False),
    ]


def test_a_file_that_vanishes_after_the_walk_is_a_source_that_says_so(tmp_path: Path) -> None:
    """`load` does not raise for it: a build of a thousand files goes on."""
    raw = _tree(tmp_path, {"c/collection.yaml": "", "c/a.txt": TEXT})
    source = discover(raw, FORMATS).sources[0]
    (raw / "c" / "a.txt").unlink()
    loaded = source.load()
    assert (loaded.data, loaded.unreadable) == (b"", "No such file or directory")


def test_a_file_of_several_interviews_is_several_sources(tmp_path: Path) -> None:
    """Each has the locator in its id and loads its own part; what a sidecar beside it says holds for all."""
    raw = _tree(tmp_path, {"c/collection.yaml": "", "c/all.jsonl": "one\ntwo\n", "c/all.yaml": "outlet: Quay\n"})
    found = discover(raw, FORMATS)
    assert [(item.id, item.locator, item.load().data) for item in found.sources] == [
        ("c/all.line-1", "line=1", b"one"),
        ("c/all.line-2", "line=2", b"two"),
    ]
    assert {item.facts.outlet for item in found.sources} == {"Quay"}
    assert _codes(found) == []


CORRECTION = "set: {title: T}, by: A, on: 2030-01-01, why: w"


def test_corrections_in_a_file_of_several_say_which_interview_they_are_about(tmp_path: Path) -> None:
    """Each interview has its own; one that names none of them is an error, one that names nothing a warning."""
    sidecar = "".join(
        f"  - {{target: {{layer: metadata, interview: {name}}}, {CORRECTION}}}\n"
        for name in ("c/all.line-1", "c/all.line-2", "c/all.line-2")
    )
    files = {"c/collection.yaml": "", "c/all.jsonl": "one\ntwo\n", "c/all.yaml": f"corrections:\n{sidecar}"}
    found = discover(_tree(tmp_path / "a", files), FORMATS)
    assert [len(item.facts.corrections) for item in found.sources] == [1, 2]
    assert _codes(found) == []
    assert [item.load().data for item in found.sources] == [b"one", b"two"]
    wrong = {**files, "c/all.yaml": f"corrections:\n{sidecar.replace('line-1', 'line-3')}"}
    found = discover(_tree(tmp_path / "b", wrong), FORMATS)
    assert [(item.code, item.line, (item.hint or "")[:25]) for item in found.findings] == [
        ("wrong-value", 2, "Did you mean `c/all.line-")
    ]
    for said in (f"corrections:\n  - {{target: {{layer: metadata}}, {CORRECTION}}}\n", "title: T\n"):
        found = discover(_tree(tmp_path / said[:5], {**files, "c/all.yaml": said}), FORMATS)
        assert _codes(found) == [("sidecar-of-several", "c/all.yaml")]


def test_a_source_can_be_sent_to_another_process(tmp_path: Path) -> None:
    """Engines do so; it is small, and loads there as it does here."""
    raw = _tree(tmp_path, {"c/collection.yaml": "", "c/all.jsonl": "one\ntwo\n", "c/b.txt": TEXT})
    for source in discover(raw, FORMATS).sources:
        assert pickle.loads(pickle.dumps(source)).load() == source.load()


def test_one_file_of_a_collection_has_the_same_id_and_facts_as_in_the_walk(tmp_path: Path) -> None:
    """`onrecord parse FILE` and `onrecord build` agree on what a file is."""
    raw = _tree(
        tmp_path / "raw",
        {"c/collection.yaml": "outlet: Q\n", "c/x/a b.txt": TEXT, "c/x/a b.yaml": "title: T\n", "c/b.txt": "b"},
    )
    whole = discover(raw, FORMATS)
    assert discover_collection(raw / "c", FORMATS).sources == whole.sources
    for source in whole.sources:
        assert discover_file(raw / "c", source.here, FORMATS).sources == (source,)


def test_a_loose_file_has_its_stem_as_id_and_silent_facts(tmp_path: Path) -> None:
    """No card, no collection; a sidecar beside it is read, since it names this file."""
    path = tmp_path / "My tape.txt"
    path.write_text(TEXT)
    (source,) = loose(path, FORMATS).sources
    assert (source.id, source.path, source.facts) == ("My-tape", path.as_posix(), Facts())
    (tmp_path / "My tape.yaml").write_text("title: T\ntitel: x\n")
    found = loose(path, FORMATS)
    assert found.sources[0].facts.title == "T"
    assert [item.code for item in found.findings] == ["unknown-key"]


def test_the_order_of_files_on_disk_does_not_matter(tmp_path: Path) -> None:
    """Sources come in the order of their names, whatever order they were written in."""
    names = ["b.txt", "a.txt", "c/x.txt", "B.txt2", "é.txt"]
    one = _tree(tmp_path / "one", {f"k/{name}": name for name in names})
    two = _tree(tmp_path / "two", {f"k/{name}": name for name in reversed(names)})
    ids = [[item.id for item in discover(raw, FORMATS).sources] for raw in (one, two)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == len(names)


def test_names_that_are_no_unicode_get_an_id_and_are_read(tmp_path: Path) -> None:
    """Old archives have names in Latin-1; the path says U+FFFD, and the file is read all the same."""
    folder = os.fsencode(tmp_path / "c")
    os.mkdir(folder)
    with open(folder + b"/caf\xe9.txt", "wb") as file:
        file.write(b"text")
    (source,) = discover(tmp_path, FORMATS).sources
    assert source.path == "c/caf\ufffd.txt"
    assert source.id == "c/caf\ufffd"
    assert source.load().data == b"text"


@given(st.text(st.characters(blacklist_characters="/\0"), min_size=1, max_size=40))
@example("\ud800")
@example("caf\udce9")
def test_a_slug_is_short_of_nothing_that_ids_forbid_and_stays_what_it_is(name: str) -> None:
    """No blanks, slashes, `#` or control characters; a slug of a slug is the slug; there is always a fallback."""
    part = slug(name)
    assert slug(part) == part
    assert not set(part) & set(' #?%:/\\*"<>|\t\n\0')
    assert slug(fallback(name)) == fallback(name) != ""
