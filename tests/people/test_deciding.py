"""People at the command line and in a build: proposals, decisions, links, findings."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from onrecord.building import build
from onrecord.checking import check_paths
from onrecord.deciding import cast_of, decide, proposals, why
from onrecord.errors import ConfigError
from onrecord.loading import load
from onrecord.people import people_files, read_people
from onrecord.publish.ledger import Entry
from onrecord.release.cleaning import clean
from onrecord.review.store import ConflictError
from tests.cli.test_commands import run
from tests.people.test_people import DAY

ONE = """The mill at Kesh

Ruth Hale, who runs the mill, spoke to The Quay. “It grinds,” said Hale.

Bo Ulfsson: Does it grind?
Ruth Hale: It grinds.
Bo Ulfsson: Every day?
Ruth Hale: Every day but Sunday.
"""
TWO = """Dana Pell: When did you buy it?
RUTH HALE: I bought the mill in spring.
Dana Pell: From whom?
RUTH HALE: From my aunt.
"""
PEOPLE = """# who is whom
people:
  # the miller
  hale-ruth: {name: Ruth Hale, wikidata: Q123}   # not the painter

decisions: []
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with two interviews of one woman."""
    folder = tmp_path / "raw" / "quay"
    folder.mkdir(parents=True)
    (folder / "collection.yaml").write_text("title: Quay\nlanguage: en\nrights: {redistribution: full, basis: Ours.}\n")
    (folder / "one.txt").write_text(ONE)
    (folder / "two.txt").write_text(TWO)
    return tmp_path / "raw"


def called(raw: Path, name: str) -> dict[str, str]:
    """The ids of the speakers of one name, by interview."""
    names = cast_of(raw).names
    return {id_.split("#")[0]: id_ for id_, found in names.items() if found == name}


def merge(raw: Path, a: str, b: str) -> None:
    """Decide that two are one."""
    decide("same", a, b, by="Ann Lee", why="Both name the mill.", raw=raw, cast=cast_of(raw), on=DAY)


def test_a_merge_flows_into_all_tables(raw: Path, tmp_path: Path) -> None:
    """After one decision interviews, turns and quotes of the person are one query, and the key can be looked up."""
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    out = tmp_path / "processed"
    build(raw, out)
    for table in ("turns", "quotes", "speakers"):
        rows = [row for row in load(table, out).to_pylist() if row["person"] == "hale-ruth"]
        assert {row["interview"] for row in rows} == ({"quay/one"} if table == "quotes" else {"quay/one", "quay/two"})
    nested = [s["person"] for row in load("interviews", out).to_pylist() for s in row["speakers"]]
    assert nested.count("hale-ruth") == 2
    groups = {row["interview"]: row["group"] for row in load("turns", out).to_pylist()}
    assert set(groups) == {"quay/one", "quay/two"}
    [person] = [json.loads(line) for line in (out / "people.jsonl").read_text().splitlines()]
    assert (person["person"], person["name"]) == ("hale-ruth", "Ruth Hale")


def test_the_query_of_the_documentation_runs(raw: Path, tmp_path: Path) -> None:
    """The queries in docs/people.md give everything of one person, in DuckDB and in polars."""
    import duckdb
    import polars

    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    build(raw, tmp_path / "processed")
    page = (Path(__file__).parents[2] / "docs" / "people.md").read_text(encoding="utf-8")
    sql = page.split("```sql\n")[1].split("```")[0]
    python = page.split("```python\n")[1].split("```")[0]
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        rows = duckdb.connect().execute(sql).fetchall()
        scope: dict[str, object] = {}
        exec(python, scope)
    finally:
        os.chdir(before)
    assert {row[0] for row in rows} == {"interview", "turn", "quote"}
    frame = scope["everything"]
    assert isinstance(frame, polars.DataFrame)
    assert sorted(frame["id"]) == sorted(row[1] for row in rows)


def test_changed_decisions_make_no_record_anew(raw: Path, tmp_path: Path) -> None:
    """A changed people.yaml leaves every finished shard as it is; only the release is written again."""
    out, shards = tmp_path / "processed", tmp_path / ".onrecord" / "shards"
    build(raw, out)
    before = {path.name: path.stat().st_mtime_ns for path in shards.iterdir()}
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    build(raw, out)
    assert {path.name: path.stat().st_mtime_ns for path in shards.iterdir()} == before
    assert "hale-ruth" in load("speakers", out).column("person").to_pylist()


def test_the_people_of_withdrawn_records_go_with_them(raw: Path, tmp_path: Path) -> None:
    """A copy that is cleaned of the only interview of a person does not name the person any more."""
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    out = tmp_path / "processed"
    build(raw, out)
    gone = {id_: Entry(event="withdrawn", id=id_, on=DAY, why="Asked.") for id_ in ("quay/one",)}
    clean(out, gone)
    assert (out / "people.jsonl").exists()
    (raw / "quay" / "three.txt").write_text("Cy Dow: Yes.\nEve Ost: No.\n")
    build(raw, out)
    gone["quay/two"] = Entry(event="withdrawn", id="quay/two", on=DAY, why="Asked.")
    clean(out, gone)
    assert not (out / "people.jsonl").exists()


def test_a_decision_is_one_new_line_and_nothing_else_changes(raw: Path) -> None:
    """Comments, order and spelling of people.yaml stay; a decision about somebody with a key is one line."""
    (raw / "people.yaml").write_text(PEOPLE)
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], "hale-ruth")
    text = (raw / "people.yaml").read_text()
    assert text.startswith(PEOPLE.removesuffix(" []\n"))
    assert len(text.splitlines()) == len(PEOPLE.splitlines()) + 1
    merge(raw, ruth["quay/two"], "hale-ruth")
    assert (raw / "people.yaml").read_text().startswith(text)
    assert [d.b for d in read_people(raw)[0].decisions] == ["hale-ruth", "hale-ruth"]


def test_two_speakers_without_a_key_get_one(raw: Path) -> None:
    """A merge of two speakers nobody has named a key for adds the person, whose key comes from the name."""
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    said = yaml.safe_load((raw / "people.yaml").read_text())
    assert said["people"] == {"hale-ruth": {"name": "Ruth Hale"}}
    assert [decision["same"] for decision in said["decisions"]] == [
        [ruth["quay/one"], ruth["quay/two"]], [ruth["quay/one"], "hale-ruth"],
    ]  # fmt: skip


def test_undo_is_a_line_and_takes_back(raw: Path) -> None:
    """`undo` adds a line; afterwards the two are no longer linked, and an undo of nothing is refused."""
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    cast = cast_of(raw)
    decide("undo", ruth["quay/one"], ruth["quay/two"], by="Bo", why="Another mill.", raw=raw, cast=cast, on=DAY)
    assert len(read_people(raw)[0].decisions) == 3
    with pytest.raises(ConfigError, match="nothing stands"):
        decide("undo", ruth["quay/one"], ruth["quay/two"], by="Bo", why="Again.", raw=raw, cast=cast, on=DAY)


def test_who_is_not_there_is_said_with_near_ids(raw: Path) -> None:
    """An unknown id is refused, and near ones are named."""
    ruth = called(raw, "Ruth Hale")
    wrong = ruth["quay/one"] + "9"
    with pytest.raises(ConfigError, match=f"did you mean .*{ruth['quay/one']}"):
        merge(raw, wrong, ruth["quay/two"])
    assert not (raw / "people.yaml").exists()


def test_an_interview_is_no_speaker(raw: Path) -> None:
    """Whoever names an interview where a speaker is wanted is told who speaks in it; the sentence ends once."""
    (raw / "people.yaml").write_text(PEOPLE)
    with pytest.raises(ConfigError, match=f"did you mean .*{called(raw, 'Ruth Hale')['quay/one']}.*[?]$"):
        merge(raw, "hale-ruth", "quay/one")
    line = "decisions: [{same: [hale-ruth, hale-rut], by: Ann Lee, on: 2026-11-24, why: So.}]"
    (raw / "people.yaml").write_text(PEOPLE.replace("decisions: []", line))
    assert [item.message[-22:] for item in check_paths([raw]).findings] == ["did you mean hale-ruth?"[-22:]]


@pytest.mark.parametrize("broken", ["people:\n\tx: {name: X}\n", "people: {hale-ruth: {nmae: Ruth Hale}}\n"])
def test_a_broken_file_is_said_to_be_broken(raw: Path, broken: str) -> None:
    """Nothing is decided beside mistakes in people.yaml: the first is named with its line."""
    (raw / "people.yaml").write_text(broken)
    ruth = called(raw, "Ruth Hale")
    with pytest.raises(ConfigError, match=r"people\.yaml:\d: .* Correct it first"):
        merge(raw, "hale-ruth", ruth["quay/one"])
    assert (raw / "people.yaml").read_text() == broken


def test_the_second_of_two_editors_is_told(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the file changes between reading and writing, nothing is overwritten and the command says so."""
    (raw / "people.yaml").write_text(PEOPLE)
    ruth, cast = called(raw, "Ruth Hale"), cast_of(raw)
    theirs = PEOPLE + "# their line\n"

    def meanwhile(folder: Path) -> object:
        (raw / "people.yaml").write_text(theirs)
        return read_people(folder)

    monkeypatch.setattr("onrecord.deciding.read_people", meanwhile)
    with pytest.raises(ConflictError, match="nothing was written"):
        decide("same", ruth["quay/one"], "hale-ruth", by="Ann", why="So.", raw=raw, cast=cast, on=DAY)
    assert (raw / "people.yaml").read_text() == theirs


def test_large_files_go_on_in_shards(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a size on a decision begins a new shard; all shards are read, in the order of their numbers."""
    monkeypatch.setattr("onrecord.deciding.SHARD_BYTES", 10)
    ruth, bo = called(raw, "Ruth Hale"), called(raw, "Bo Ulfsson")
    cast = cast_of(raw)
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    for verdict in ("different", "unsure"):
        decide(verdict, ruth["quay/one"], bo["quay/one"], by="Ann", why="So.", raw=raw, cast=cast, on=DAY)
    assert [path.name for path in people_files(raw)] == ["people.yaml", "people.2.yaml", "people.3.yaml"]
    assert [d.verdict for d in read_people(raw)[0].decisions] == ["same", "same", "different", "unsure"]
    assert not [item for item in check_paths([raw]).findings if item.code == "file-outside-collection"]


def test_proposals_come_from_raw_and_from_a_release_alike(raw: Path, tmp_path: Path) -> None:
    """The same pairs are proposed of raw texts and of their release; what is decided is not asked again."""
    build(raw, tmp_path / "processed")
    [one] = proposals(cast_of(raw), raw)
    assert [one] == proposals(cast_of(tmp_path / "processed"), raw)
    merge(raw, one.a, one.b)
    assert proposals(cast_of(raw), raw) == []


def test_why_tells_the_chain_or_the_evidence(raw: Path) -> None:
    """`why` names the decisions between two, or the evidence if nobody has decided."""
    ruth, cast = called(raw, "Ruth Hale"), cast_of(raw)
    told = "\n".join(why(ruth["quay/one"], ruth["quay/two"], raw, cast))
    assert "Nobody has decided" in told
    assert "evidence: “Ruth Hale” and “Ruth Hale”: the same name" in told
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    told = "\n".join(why("hale-ruth", ruth["quay/two"], raw, cast))
    assert "are one person" in told
    assert told.count("Both name the mill.") == 1
    assert "is hale-ruth" in why(ruth["quay/two"], None, raw, cast)[0]


CONFLICT = """people:
  hale-ruth: {name: Ruth Hale, wikidata: Q1}
  pell-dana: {name: Dana Pell, wikidata: Q1}
decisions:
  - {same: ["ONE", hale-ruth], by: A, on: 2026-11-24, why: w}
  - {same: ["TWO", hale-ruth], by: A, on: 2026-11-24, why: w}
  - {different: ["ONE", "TWO"], by: B, on: 2026-11-24, why: w}
  - {different: ["ONE", "TWO"], by: B, on: 2026-11-24, why: w}
  - {same: ["quay/one#speaker@9999", hale-ruth], by: B, on: 2026-11-24, why: w}
"""


def test_contradictions_are_findings_of_check_and_build(raw: Path, tmp_path: Path) -> None:
    """A ≠ B but both = C, duplicates, ids of nobody: each is a finding at its line, and nobody in it is linked."""
    ruth = called(raw, "Ruth Hale")
    text = CONFLICT.replace("ONE", ruth["quay/one"]).replace("TWO", ruth["quay/two"])
    (raw / "people.yaml").write_text(text)
    for findings in (check_paths([raw]).findings, build(raw, tmp_path / "processed").findings):
        told = {(item.code, item.line) for item in findings if item.path.endswith("people.yaml")}
        assert {("people-conflict", 8), ("decision-without-effect", 8), ("duplicate-person", 3)} <= told
        assert ("unknown-reference", 9) in told
    assert (
        load("speakers", tmp_path / "processed").column("person").null_count
        == load("speakers", tmp_path / "processed").num_rows
    )
    assert not (tmp_path / "processed" / "people.jsonl").exists()


@pytest.mark.parametrize("name", ["Ruth Н\u0430le", "Ruth Ha\u200ble"])
def test_look_alikes_in_a_name_of_the_file_are_a_finding(raw: Path, name: str) -> None:
    """A Cyrillic letter in a Latin name, or one that nobody sees, is said at its line."""
    (raw / "people.yaml").write_text(f'people:\n  hale-ruth: {{name: "{name}"}}\n')
    [found] = [item for item in check_paths([raw]).findings if item.path.endswith("people.yaml")]
    assert (found.code, found.line) == ("confusable-name", 2)


def test_a_ring_is_a_note(raw: Path) -> None:
    """A ring of `same` is one person and worth a note, no more."""
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    merge(raw, ruth["quay/two"], "hale-ruth")
    found = [item for item in check_paths([raw]).findings if item.path.endswith("people.yaml")]
    assert [(item.code, item.level) for item in found] == [("people-ring", "note")]


def test_what_the_sidecar_states_counts_for_those_joined_with_it(raw: Path, tmp_path: Path) -> None:
    """`person:` of a participant links the speaker, and by a decision the others; an unknown key is a finding."""
    (raw / "people.yaml").write_text(PEOPLE)
    (raw / "quay" / "one.yaml").write_text("participants: [{name: Ruth Hale, person: hale-ruth}]\n")
    ruth = called(raw, "Ruth Hale")
    merge(raw, ruth["quay/one"], ruth["quay/two"])
    build(raw, tmp_path / "processed")
    persons = load("speakers", tmp_path / "processed").to_pylist()
    assert {row["interview"] for row in persons if row["person"] == "hale-ruth"} == {"quay/one", "quay/two"}
    (raw / "quay" / "one.yaml").write_text("participants: [{name: Ruth Hale, person: hale-rut}]\n")
    [wrong] = [item for item in check_paths([raw]).findings if item.code == "unknown-reference"]
    assert "did you mean hale-ruth" in wrong.message


def test_the_commands_end_to_end(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Propose → merge → why → split (a contradiction: exit 1) → undo, all through the command line."""
    monkeypatch.chdir(raw.parent)
    [pair] = json.loads(run("people", "propose", "raw", "--format", "json").stdout)
    assert pair["a_name"] == "Ruth Hale"
    a, b = pair["a"], pair["b"]
    by = ("--by", "Ann Lee", "--why", "Both name the mill.")
    assert run("people", "merge", a, b, *by).returncode == 0
    assert "one person" in run("people", "why", a, b).stdout
    assert run("people", "propose", "raw").stdout == ""
    assert run("people", "merge", a, b, *by).returncode == 2
    assert run("people", "undo", a, b, *by).returncode == 0
    assert run("people", "unsure", a, b, *by).returncode == 0
    assert run("people", "merge", b, "hale-ruth", *by).returncode == 0
    contradiction = run("people", "split", a, b, *by)
    assert contradiction.returncode == 1
    assert "≠" in contradiction.stderr
    unknown = run("people", "merge", "quay/one#speaker@1", b, *by)
    assert unknown.returncode == 2
    assert "did you mean" in unknown.stderr
