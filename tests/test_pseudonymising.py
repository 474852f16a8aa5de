"""Pseudonyms: no listed name reaches a record, and nothing else changes."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.building import build
from onrecord.checking import check_found, check_paths
from onrecord.collection.facts import Facts, Participant, Source
from onrecord.collection.pseudonyms import load_key
from onrecord.pipeline import process
from onrecord.pseudonymising import STEP, Replacer
from onrecord.publish.ledger import Entry, append
from onrecord.readers import Problem, Reading
from onrecord.rebuilding import rebuild_files
from onrecord.schema.interview import Mark, Span
from onrecord.sources import discover

KEY = """\
reviewed: {by: Ann Lee, on: 2026-11-24}
people:
  - {name: Ruth Hale, pseudonym: Mary Ford, forms: {Ruthie: Molly}}
  - {name: Dr. Bo van Dyke, pseudonym: Li Moss}
"""
PAIRS = load_key(KEY.encode(), "key.yaml")[0] or ()
TALK = """\
Ruth Hale on the pier

DAN ORME: Who built the pier, Ruth?

RUTH HALE: My father, old Hale, did. Ruthie, he said, “Hold the lamp for Bo van Dyke.”

DAN ORME: And Dyke?

RUTH HALE: He asked, “Is that Ruth
Hale?” It was cold in the hale wind.
"""
NAME = re.compile(r"Ruth|Hale|RUTH|HALE|Dyke")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ruth Hale spoke; Hale's lamp, RUTH HALE's pier.", "Mary Ford spoke; Ford's lamp, MARY FORD's pier."),
        ("ruth hale wrote: a hale wind, Truth, Haley.", "Mary Ford wrote: a hale wind, Truth, Haley."),
        ("Ruth\n  Hale and Ruthie", "Mary Ford and Molly"),
        ("Dr. Bo van Dyke; van Dyke; Bo; Dyke", "Li Moss; van Moss; Bo; Moss"),
    ],
)
def test_names_are_replaced_as_whole_words(before: str, after: str) -> None:
    """A full name goes in any case and over a line's end, a single word as listed or in capitals, other words never."""
    assert Replacer(PAIRS).text(before) == after


@given(st.lists(st.sampled_from(["Ruth Hale", "Hale", "RUTH", "pier", "hale", ",", "\n", "é"]), max_size=12), st.data())
def test_marks_stay_around_their_words(words: list[str], data: st.DataObject) -> None:
    """A mark around whole words is afterwards around what those words became, and every other character is kept."""
    text, spans = "", []
    for word in words:
        spans.append((len(text), len(text) + len(word)))
        text += word + " "
    chosen = data.draw(st.lists(st.sampled_from(spans), max_size=4)) if spans else []
    marks = tuple(Mark(span=Span(start=a, end=b), kind="bold") for a, b in chosen)
    problems = tuple(Problem("control-characters", "x", offset=a) for a, _ in chosen)
    replacer = Replacer(PAIRS)
    after = replacer.reading(Reading(text, "utf-8", "lf", marks, problems))
    assert after.text == replacer.text(text)
    for mark, problem, (a, b) in zip(after.marks, after.problems, chosen, strict=True):
        inside, whole = replacer.text(text[a:b]), mark.span.of(after.text)
        assert inside == whole or whole in ("Mary Ford", "MARY FORD")  # a part of a name goes with the whole name
        assert problem.offset == mark.span.start


def test_no_stage_sees_a_real_name() -> None:
    """Labels, speakers, quotations, title and findings know pseudonyms only, and the record says that it was done."""
    facts = Facts(
        pseudonyms=PAIRS, title="Ruth Hale talks", participants=(Participant(name="Ruth Hale", person="hale-r"),)
    )
    interview = process(Source("quay/one", "quay/one.txt", TALK.encode(), facts))
    assert not NAME.search(interview.model_dump_json())
    assert {speaker.name for speaker in interview.speakers if speaker.labels} >= {"Mary Ford", "Dan Orme"}
    assert interview.title == "Mary Ford talks"
    assert interview.steps[0].stage == STEP
    assert all(speaker.person is None for speaker in interview.speakers)
    assert [item for item in interview.findings if item.level == "error"] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ruth was late", "name-may-survive"),
        ("Rúth was late", "name-may-survive"),
        ("Ru-\nth was late", "name-may-survive"),
        ("see www.ruthhale.example", "name-may-survive"),
        ("@RuthHale was late", "name-may-survive"),
        ("Ruth2 was late", "name-may-survive"),
        ("Ru\u00adth was late", "name-survives"),
        ("Ｒｕｔｈ was late", "name-survives"),
        ("Н\u0430le was late", "name-survives"),
        ("we hope it will hold, if that is the truth, Rutherford", None),
        ("Hope wrote to José", None),
        ("Jos\u0065\u0301 wrote", None),
    ],
)
def test_what_reads_like_a_name_is_found(said: str, code: str | None) -> None:
    """A name without capitals or accents, run together, hyphenated or in letters that only look alike is a finding."""
    more = "  - {name: Will Hope, pseudonym: Tim Reed}\n  - {name: José Stone, pseudonym: Juan Vega}\n"
    pairs = load_key((KEY + more).encode(), "key.yaml")[0] or ()
    source = Source(
        "q/x", "q/x.txt", f"DAN ORME: Who?\n\nANN LEE: They say {said}.\n".encode(), Facts(pseudonyms=pairs)
    )
    interview = process(source)
    found = {item.code for item in interview.findings if item.code.startswith("name-") and "`text`" in item.message}
    assert found == ({code} if code else set())
    assert "José" not in normalize("NFC", interview.text)


def test_what_is_said_of_the_whole_release_holds_no_name(tmp_path: Path) -> None:
    """A full name in release.yaml or in the reason of a withdrawal stops a release; a part of one is a warning."""
    raw = raw_with(tmp_path, KEY)
    (raw / "release.yaml").write_text("description: Ruth Hale and others talk.\n", encoding="utf-8")
    append(raw, [Entry(event="withdrawn", id="quay/two", on=datetime.date(2026, 1, 2), why="The Hale family asked.")])
    expected = [("ledger.jsonl", "name-may-survive"), ("release.yaml", "name-survives")]
    found = [item for item in check_paths([raw]).findings if item.code.startswith("name-") and not item.where]
    assert sorted((Path(item.path).name, item.code) for item in found) == expected
    built = [item for item in build(raw, tmp_path / "out").findings if item.code.startswith("name-") and not item.where]
    assert sorted((item.path, item.code) for item in built) == expected
    assert not any(re.search("Ruth|Hale", item.message) for item in (*found, *built))


def test_the_same_talk_without_names_gives_the_same_record() -> None:
    """Replacing names changes names and nothing else: it is the record of a file that had the pseudonyms."""
    replaced = process(Source("q/x", "q/x.txt", TALK.encode(), Facts(pseudonyms=PAIRS)))
    written = process(Source("q/x", "q/x.txt", Replacer(PAIRS).text(TALK).encode()))
    assert (replaced.text, replaced.turns, replaced.quotes) == (written.text, written.turns, written.quotes)


def raw_with(tmp_path: Path, key: str | None, card: str = "") -> Path:
    """A collection of one talk that asks for pseudonyms."""
    raw = tmp_path / "raw"
    (raw / "quay").mkdir(parents=True)
    (raw / "quay" / "one.txt").write_text(TALK, encoding="utf-8")
    (raw / "quay" / "collection.yaml").write_text(
        "title: Quay\npseudonyms: ../../key.yaml\nrights: {redistribution: full, licence: CC0-1.0}\n" + card,
        encoding="utf-8",
    )
    shutil.copy("raw/release.yaml", raw)
    if key is not None:
        (tmp_path / "key.yaml").write_text(key, encoding="utf-8")
    return raw


def test_no_real_name_stands_anywhere_in_a_release(tmp_path: Path) -> None:
    """Every byte of a built dataset, tables unpacked, is free of listed names; the key is in none of its files."""
    import pyarrow.parquet as pq

    raw, out = raw_with(tmp_path, KEY), tmp_path / "out"
    built = build(raw, out)
    assert built.manifest.statistics.interviews == 1
    for path in (path for path in out.rglob("*") if path.is_file()):
        said = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text(encoding="utf-8")
        assert not NAME.search(said), path


@pytest.mark.parametrize(
    "key",
    [
        None,
        KEY.partition("\n")[2],
        KEY + "  - {name: Tom Hale, pseudonym: Tim Reed}\n",
        KEY.replace("pseudonym", "psuedonym", 1),
    ],
)
def test_without_a_whole_key_nothing_is_published(tmp_path: Path, key: str | None) -> None:
    """A key that is missing, not reviewed, contradictory or misspelt: an error, and the record is only counted."""
    raw, out = raw_with(tmp_path, key), tmp_path / "out"
    found = check_found(discover(raw)).findings
    assert "unusable-pseudonyms" in {item.code for item in found if item.level == "error"}
    built = build(raw, out)
    assert (built.manifest.statistics.interviews, built.manifest.statistics.not_published) == (0, 1)


def test_a_file_with_other_names_is_not_rebuilt(tmp_path: Path) -> None:
    """Rebuilding says why it cannot give the file back, and writes nothing."""
    raw, out = raw_with(tmp_path, KEY), tmp_path / "out"
    build(raw, out)
    outcomes = list(rebuild_files(out, tmp_path / "copy"))
    assert [(outcome.done, "names were replaced" in outcome.message) for outcome in outcomes] == [(False, True)]
    assert not (tmp_path / "copy").exists()


def test_decisions_about_people_do_not_reach_behind_a_pseudonym(tmp_path: Path) -> None:
    """people.yaml, whose keys and names are real, links no speaker whose name was replaced."""
    raw, out = raw_with(tmp_path, KEY), tmp_path / "out"
    speaker = next(
        item.id for item in process(next(iter(discover(raw).sources)).load()).speakers if item.name == "Mary Ford"
    )
    (raw / "people.yaml").write_text(
        "people:\n  hale-ruth: {name: Ruth Hale}\n"
        f"decisions:\n  - {{same: ['{speaker}', hale-ruth], by: Ann Lee, on: 2026-11-24, why: I know her.}}\n"
    )
    build(raw, out)
    said = b"".join(path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file())
    assert b"hale" not in said.replace(b"hale wind", b"")


def test_a_record_in_which_a_name_survives_is_only_counted(tmp_path: Path) -> None:
    """Whatever is done with the finding, a build never publishes the name."""
    raw, out = raw_with(tmp_path, KEY, "origin: {url: https://example.org/ruth-hale}\n"), tmp_path / "out"
    built = build(raw, out)
    assert "name-survives" in {item.code for item in built.findings}
    assert (built.manifest.statistics.interviews, built.manifest.statistics.not_published) == (0, 1)


@pytest.mark.parametrize("name", ["key.yaml", "pseudonyms.yaml"])
def test_a_key_may_lie_beside_the_card_under_any_name(tmp_path: Path, name: str) -> None:
    """The key in the collection's own folder is no sidecar without a text, and does its work."""
    raw = raw_with(tmp_path, None)
    card = raw / "quay" / "collection.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("../../key.yaml", name), encoding="utf-8")
    (raw / "quay" / name).write_text(KEY, encoding="utf-8")
    assert [item for item in check_found(discover(raw)).findings if item.level == "error"] == []
    assert [source.facts.pseudonyms for source in discover(raw).sources] == [PAIRS]


@pytest.mark.parametrize(
    "key",
    [
        "reviewed: {by: Ann Lee, on: 2026-11-24}\npeople:\n  - name: Ruth Hale\n    pseudonym: [\n",
        "reviewed: {by: Ann Lee, on: 2026-11-24}\npeople:\n  - name: Ruth Hale\n    Ruth Hale: Mary Ford\n",
        "reviewed: {by: Ann Lee, on: 2026-11-24}\npeople:\n  - {name: Ruth Hale, name: Ruth Hale}\n",
    ],
)
def test_a_broken_key_is_reported_without_its_names(tmp_path: Path, key: str) -> None:
    """Whatever is wrong with a key, what is printed of it says where, and holds no name of it."""
    pairs, findings = load_key(key.encode(), "key.yaml")
    assert pairs is None
    assert findings
    assert all("line " in item.message and item.line is None for item in findings)
    found = check_found(discover(raw_with(tmp_path, key))).findings
    of_key = [item for item in found if item.path.endswith("key.yaml")]
    assert of_key
    assert "Hale" not in "".join(item.model_dump_json() for item in of_key)
