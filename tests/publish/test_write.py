"""Writing a release: complete or nothing, in order, by rights, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path, PosixPath
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord.errors import ContractError, ReleaseRefused
from onrecord.publish import Ledger, ReleaseFacts, contents, ordering, parquet, verification, write_parts, write_release
from onrecord.publish.contents import RAW_SUMS
from onrecord.publish.manifest import Manifest
from onrecord.publish.parts import Rules, make_part, write_arrow
from onrecord.publish.staging import HashingFile
from onrecord.release import logical_digest, verify
from onrecord.schema.arrow import to_table
from onrecord.schema.interview import Interview
from onrecord.workers import process_pool
from tests.samples import TEXT, interview, interviews

FACTS = ReleaseFacts(version="1.0.0")


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_is_whole_and_verifies(tmp_path: Path) -> None:
    """What is written is what the manifest lists, nothing is left beside it, and it verifies."""
    manifest = write_release(interviews(2), tmp_path / "processed", FACTS)
    assert verify(tmp_path / "processed") == ()
    assert [path.name for path in tmp_path.iterdir()] == ["processed"]
    files = bytes_of(tmp_path / "processed")
    assert set(files) == {file.path for file in manifest.files} | {"manifest.json"}
    assert Manifest.model_validate_json(files["manifest.json"]) == manifest
    for file in manifest.files:
        assert (file.bytes, file.sha256) == (len(files[file.path]), hashlib.sha256(files[file.path]).hexdigest())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no file that is always full")
def test_a_full_disk_names_the_file(tmp_path: Path) -> None:
    """The system does not: an error of a write has no name in it."""
    with HashingFile(tmp_path / "a.parquet") as file, Path("/dev/full").open("wb", buffering=0) as full:
        file._file.close()
        file._file = full
        with pytest.raises(OSError, match=r"No space left.*a\.parquet"):
            file.write(b"x")
        file._file = (tmp_path / "b").open("wb", buffering=0)


def test_order_and_batches_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interviews or tables of them, in any order and number, in memory or through the disk, give the same bytes."""
    records = interviews(7)

    def one(name: str, given: Any) -> dict[str, bytes]:
        write_release(given, tmp_path / name, FACTS)
        return bytes_of(tmp_path / name)

    expected = one("a", records)
    assert one("b", reversed(records)) == expected
    assert one("c", [to_table(records[4:]), to_table(records[:4])]) == expected
    monkeypatch.setattr(contents, "RUN_BYTES", 1)
    monkeypatch.setattr(ordering, "MOST_OPEN", 2)
    assert one("d", (to_table([record]) for record in reversed(records))) == expected


def test_row_groups_and_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large tables are cut into row groups and files by the size of their rows; every reader's order stays."""
    monkeypatch.setattr(parquet, "BATCH_BYTES", 1)
    monkeypatch.setattr(parquet, "GROUP_BYTES", 12_000)
    monkeypatch.setattr(parquet, "FILE_BYTES", 20_000)
    manifest = write_release(interviews(6), tmp_path / "processed", FACTS)
    (split,) = manifest.config("interviews").splits
    assert len(split.files) == 2
    tables = [pq.read_table(tmp_path / "processed" / name) for name in split.files]
    assert [id_ for table in tables for id_ in table["id"].to_pylist()] == [f"harbour/n{n:04}" for n in range(6)]
    assert pq.read_metadata(tmp_path / "processed" / split.files[0]).num_row_groups == 2


def test_parquet_has_page_index_and_chunking_keys(tmp_path: Path) -> None:
    """Files are zstd with a page index, say how they are chunked, and carry no schema of a single reader."""
    write_release([interview()], tmp_path / "processed", FACTS)
    metadata = pq.read_metadata(tmp_path / "processed/data/turns/train-00000.parquet")
    column = metadata.row_group(0).column(0)
    assert (column.compression, column.has_column_index, column.has_offset_index) == ("ZSTD", True, True)
    keys = metadata.metadata
    assert json.loads(keys[b"content_defined_chunking"]) == json.loads(keys[b"use_content_defined_chunking"])
    assert b"huggingface" not in keys


def test_rights_decide_what_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`full` gives the text, `standoff` the record without words, `none` a number; invented records stand apart."""
    records = [
        interview("a/full"),
        interview("a/none", redistribution="none"),
        interview("a/standoff", redistribution="standoff"),
        interview("b/invented", fictional=True),
    ]
    manifest = write_release(records, tmp_path / "processed", FACTS)
    counted = manifest.statistics
    assert (counted.interviews, counted.standoff, counted.not_published, counted.fictional) == (2, 1, 1, 1)
    assert [config.rows for config in manifest.configs] == [2, 14, 8, 4, 1, 1, 7, 4, 2, 1]
    # By their digests alone all tables agree; they are read side by side only to say where they do not.
    monkeypatch.setattr(verification, "disagreements", lambda _files: pytest.fail("read again"))
    assert verify(tmp_path / "processed") == ()
    table = pq.read_table(tmp_path / "processed/data/interviews/train-00000.parquet")
    assert table["id"].to_pylist() == ["a/full", "a/standoff"]
    assert table["text"].to_pylist() == [TEXT, None]
    assert b"a/none" not in b"".join(bytes_of(tmp_path / "processed").values())


def test_no_words_of_a_standoff_record_leave(tmp_path: Path) -> None:
    """No run of four words of a standoff record's text or title is in any file of the release."""
    record = interview("a/standoff", redistribution="standoff")
    write_release([record], tmp_path / "processed", FACTS)
    words = TEXT.split()
    grams = {" ".join(words[at : at + 4]) for at in range(len(words) - 3)}
    said = "\n".join(_strings(tmp_path / "processed"))
    assert "a/standoff" in said
    assert [gram for gram in grams if gram in said] == []


def _strings(folder: Path) -> Iterator[str]:
    for name, data in bytes_of(folder).items():
        if name.endswith(".parquet"):
            yield json.dumps(pq.read_table(folder / name).to_pylist(), default=str, ensure_ascii=False)
            statistics = pq.read_metadata(folder / name).to_dict()
            yield str(statistics)
        else:
            yield data.decode()


def test_raw_sums_are_those_of_the_files(tmp_path: Path) -> None:
    """`raw.sha256` lists each published file once, in the form that sha256sum checks."""
    write_release([interview("a/x"), interview("a/y", redistribution="none")], tmp_path / "processed", FACTS)
    lines = (tmp_path / "processed" / RAW_SUMS).read_text().splitlines()
    assert lines == [f"{hashlib.sha256(TEXT.encode()).hexdigest()}  a/x.txt"]


def test_nothing_to_publish_is_a_release_without_tables(tmp_path: Path) -> None:
    """If no record may be published there are no tables, since a table without rows cannot be loaded."""
    manifest = write_release([interview(redistribution="none")], tmp_path / "processed", FACTS)
    assert manifest.configs == ()
    assert verify(tmp_path / "processed") == ()


def test_two_records_with_one_id_are_refused(tmp_path: Path) -> None:
    """An id names one interview: a second record of that id stops the release and leaves no trace."""
    with pytest.raises(ReleaseRefused, match="'harbour/one'"):
        write_release([interview(), interview(title="Again")], tmp_path / "processed", FACTS)
    assert list(tmp_path.iterdir()) == []


def test_another_table_is_refused(tmp_path: Path) -> None:
    """A table that is not one of interviews stops the release."""
    with pytest.raises(ContractError, match="lacks the column 'text'"):
        write_release([to_table([interview()]).drop_columns(["text"])], tmp_path / "processed", FACTS)


def test_a_failed_verification_replaces_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not verify is never put in place, and the refusal says what is wrong."""
    out = tmp_path / "processed"
    write_release([interview()], out, FACTS)
    before = bytes_of(out)
    monkeypatch.setattr("onrecord.publish.card_bytes", lambda *_: b"no card")
    with pytest.raises(ReleaseRefused) as refused:
        write_release([interview("harbour/two")], out, FACTS)
    assert [item.code for item in refused.value.findings] == ["invalid-card"]
    assert bytes_of(out) == before


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda out: (out / "README.md").write_text("mine"), "not as it was written"),
        (lambda out: (out / "notes.txt").write_text("mine"), "not as it was written"),
        (lambda out: (out / "manifest.json").unlink(), "not as it was written"),
        (lambda out: (out / ".git").mkdir(), "git repository"),
    ],
)
def test_hand_edits_are_never_overwritten(tmp_path: Path, damage: Any, message: str) -> None:
    """A folder that holds more or other than a release wrote is refused, named, and kept."""
    out = tmp_path / "processed"
    write_release([interview()], out, FACTS)
    damage(out)
    before = bytes_of(out)
    with pytest.raises(ReleaseRefused, match=message):
        write_release([interview()], out, FACTS)
    assert bytes_of(out) == before


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """A folder that was never a release, or a file, is not replaced; an empty folder is."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"x")
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    for name in ("photos", "file"):
        with pytest.raises(ReleaseRefused):
            write_release([interview()], tmp_path / name, FACTS)
    write_release([interview()], tmp_path / "empty", FACTS)
    assert verify(tmp_path / "empty") == ()


def test_non_ascii_paths_and_links(tmp_path: Path) -> None:
    """The folder may have any name, and may be a link to where the release lives."""
    real = tmp_path / "выпуск ﷽ 𝒳"
    real.mkdir()
    (tmp_path / "processed").symlink_to(real)
    write_release([interview("søgn/ærlig")], tmp_path / "processed", FACTS)
    assert (tmp_path / "processed").is_symlink()
    assert verify(tmp_path / "processed") == ()
    assert verify(real) == ()


def test_digest_follows_the_rows_and_nothing_else(tmp_path: Path) -> None:
    """Other compression or row groups change bytes but no digest; another word changes it."""
    table = to_table(interviews(3))
    pq.write_table(table, tmp_path / "x.parquet", compression="none", row_group_size=1)
    assert logical_digest(pq.read_table(tmp_path / "x.parquet")) == logical_digest(table)
    assert logical_digest(to_table(interviews(3, title="Other"))) != logical_digest(table)
    assert logical_digest(to_table(list(reversed(interviews(3))))) != logical_digest(table)


def test_statistics_count_what_is_there(tmp_path: Path) -> None:
    """The statistics are those of the published real records."""
    records: list[Interview] = [*interviews(3), interview("b/x", licence=None, date=None, date_precision=None)]
    counted = write_release(records, tmp_path / "processed", FACTS).statistics
    assert (counted.interviews, counted.turns, counted.quotes, counted.quotes_with_echo) == (4, 28, 8, 4)
    assert {item.name: item.count for item in counted.licences} == {"CC-BY-4.0": 3, "unknown": 1}
    assert (str(counted.first_date), counted.without_date, counted.groups) == ("2031-05-01", 1, 4)
    assert {item.name: item.count for item in counted.findings} == {"mixed-newlines": 4}


def test_summary_says_what_was_made(tmp_path: Path) -> None:
    """The summary names title, version, each table with its rows, and what was held back."""
    records = [interview(), interview("a/s", redistribution="standoff"), interview("a/n", redistribution="none")]
    lines = write_release(records, tmp_path / "processed", FACTS).summary().splitlines()
    assert lines[0].startswith("Interviews 1.0.0: ")
    assert any(line.split() == ["turns", "14", "rows"] for line in lines)
    assert sum("interviews" in line and ("standoff" in line or "rights: none" in line) for line in lines) == 2


def test_many_processes_verify_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large release is read by several processes; a wrong row is found by them, too."""
    monkeypatch.setattr(verification, "_LARGE", 0)
    monkeypatch.setattr(parquet, "GROUP_BYTES", 12_000)
    monkeypatch.setattr(parquet, "BATCH_BYTES", 1)
    out = tmp_path / "processed"
    manifest = write_release(interviews(4), out, FACTS)
    assert verification.verify(out, workers=2) == ()
    config = manifest.config("turns")
    wrong = config.model_copy(update={"splits": (config.splits[0].model_copy(update={"digest": "0" * 64}),)})
    configs = tuple(wrong if item is config else item for item in manifest.configs)
    (out / "manifest.json").write_bytes(manifest.model_copy(update={"configs": configs}).to_bytes())
    found = [(item.code, item.path) for item in verification.verify(out, agreement=False, workers=2)]
    assert ("wrong-rows", "processed/data/turns/train-00000.parquet") in found
    assert found == [(item.code, item.path) for item in verification.verify(out, agreement=False)]


class Deadly(PosixPath):
    """The file of a part that kills any other process that opens it, once it has begun to write."""

    def __str__(self) -> str:
        said = super().__str__()
        if multiprocessing.parent_process() is not None and list(Path(said).parent.glob(f".*/{RAW_SUMS}")):
            os.kill(os.getpid(), signal.SIGKILL)
        return said


def test_processes_write_what_one_writes_and_may_die(tmp_path: Path) -> None:
    """By many processes, or when one of them is killed at its work: the same bytes; and an error leaves no trace."""
    expected = write_release(interviews(7), tmp_path / "expected", FACTS)
    part = tmp_path / "part.arrow"
    table = make_part(to_table(interviews(7)), Rules.of(FACTS, Ledger()))
    write_arrow(str(part), table.schema, [table])
    before = set(tmp_path.iterdir())
    with process_pool(2) as pool:
        assert write_parts([part], tmp_path / "many", FACTS, processes=lambda: pool) == expected
        assert write_parts([Deadly(part)], tmp_path / "dying", FACTS, processes=lambda: pool) == expected
        with pytest.raises(BrokenProcessPool):
            pool.submit(os.getpid)
    with process_pool(1) as pool, pytest.raises(ReleaseRefused, match="'harbour/n0000'"):
        write_parts([part, part], tmp_path / "refused", FACTS, processes=lambda: pool)
    made = [tmp_path / name for name in ("many", "dying")]
    assert set(tmp_path.iterdir()) == before.union(made)
    for out in made:
        assert bytes_of(out) == bytes_of(tmp_path / "expected")


def test_what_a_dead_process_began_is_written_anew(tmp_path: Path) -> None:
    """Half a table and half the sums do not stand in the way of the process that writes them after all."""
    table = make_part(to_table(interviews(2)), Rules.of(FACTS, Ledger()))
    run, wanted = ordering.spilled([table], tmp_path / "part.arrow"), tmp_path / "wanted"
    wanted.touch()
    for name in (None, "turns"):
        task = contents._Writing(name, [run], tmp_path / "out", wanted)
        whole = contents._write(task)
        for file in whole.files:
            (tmp_path / "out" / file.path).write_bytes(b"PAR1")
        assert contents._write(task) == whole
        for file in whole.files:
            assert (tmp_path / "out" / file.path).stat().st_size == file.bytes
    wanted.unlink()
    with pytest.raises(ReleaseRefused):  # never half a table that looks whole
        contents._write(task)


def test_a_dead_process_hinders_no_verification(tmp_path: Path) -> None:
    """Rows that processes at hand cannot read any more, because one was killed meanwhile, are read by this one."""
    out = tmp_path / "processed"
    write_release(interviews(2), out, FACTS)
    (out / "data" / "turns" / "train-00000.parquet").write_bytes(b"PAR1")
    with process_pool(1) as pool:
        with pytest.raises(BrokenProcessPool):
            pool.submit(os._exit, 1).result()
        found = verification.verify(out, agreement=False, pool=pool)
    assert found == verification.verify(out, agreement=False) != ()
