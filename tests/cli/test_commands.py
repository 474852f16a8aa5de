"""The command line: what each command prints, and the exit code it ends with."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

import onrecord
from onrecord.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
PLAIN = {"NO_COLOR": "1", "HF_HUB_OFFLINE": "1", "COLUMNS": "100"}
INTERVIEW = """A harbour that never sleeps

Mira Osk, a pilot, spoke to The Quay Letter about ice. “The harbour never sleeps,” Osk said.

Q: When does the ice come?
A: In January. The harbour never sleeps, and neither do I.
Q: Do you mind?
A: No.
"""


def process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, without colours or network."""
    command = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **PLAIN}, timeout=300, check=False
    )


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run what a process of `onrecord` runs, in this one: most tests need its output, not its start of a second."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    command = ["onrecord", *map(str, arguments)]
    with (
        patch.dict(os.environ, PLAIN),
        patch.object(sys, "argv", command),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    status = ended.value.code
    assert isinstance(status, int)
    return subprocess.CompletedProcess(command, status, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with one fictional collection of two interviews."""
    folder = tmp_path / "raw" / "quay"
    folder.mkdir(parents=True)
    (folder / "collection.yaml").write_text("title: The Quay Letter\nrights: {redistribution: full, basis: Ours.}\n")
    (folder / "ice.txt").write_text(INTERVIEW)
    (folder / "fog.txt").write_text(INTERVIEW.replace("ice", "fog").replace("January", "autumn"))
    return tmp_path / "raw"


def test_help_lists_every_command() -> None:
    """`onrecord --help` names each command with a line of help, and each command's help has an example."""
    general = run("--help").stdout
    for name, (_, line) in COMMANDS.items():
        assert name in general
        assert line in general
        page = run(name, "--help")
        assert page.returncode == 0
        assert "Example" in page.stdout, name


@pytest.mark.parametrize("arguments", [["--help"], ["check"]])
def test_light_commands_import_no_heavy_package(arguments: list[str], raw: Path) -> None:
    """`onrecord --help` and `onrecord check FILE` import neither datasets nor pandas nor pyarrow."""
    if arguments == ["check"]:
        arguments = ["check", str(raw / "quay" / "ice.txt")]
    code = (
        "import sys\nfrom onrecord.cli import cli\n"
        f"try:\n    cli.main({arguments!r}, standalone_mode=False)\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('datasets', 'pandas', 'pyarrow', 'polars') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_unknown_command_is_usage_and_suggests() -> None:
    """A mistyped command ends with 2 and the name that may be meant."""
    done = process("biuld")
    assert done.returncode == 2
    assert "Did you mean `build`?" in done.stderr


def test_parse_prints_one_record(raw: Path) -> None:
    """`parse FILE` prints one JSON record whose spans slice its text."""
    done = process("parse", raw / "quay" / "ice.txt")
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["id"] == "quay/ice"
    assert record["text"] == INTERVIEW
    span = record["turns"][1]["paragraphs"][0]
    assert record["text"][span["start"] : span["end"]] == "In January. The harbour never sleeps, and neither do I."


def test_parse_several_prints_lines_in_order(raw: Path, tmp_path: Path) -> None:
    """`parse A B C` prints one JSON line per file in the order given, and a broken file does not stop the rest."""
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe")
    done = run("parse", raw / "quay" / "ice.txt", broken, raw / "quay" / "fog.txt")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == ["quay/ice", "broken", "quay/fog"]
    assert [item["code"] for item in records[1]["findings"]] == ["binary-file"]
    assert done.returncode == 1


def test_parse_of_nothing_is_usage(tmp_path: Path) -> None:
    """A file that does not exist is named, with exit code 2 and no traceback."""
    done = run("parse", tmp_path / "absent.txt")
    assert done.returncode == 2
    assert "absent.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_parse_as_text(raw: Path) -> None:
    """`parse --format text` shows who says what."""
    done = run("parse", raw / "quay" / "ice.txt", "--format", "text")
    assert "In January." in done.stdout
    assert done.returncode == 0


def test_check_finds_and_fails(tmp_path: Path) -> None:
    """`check` prints file:line:column and the code, and ends with 1 if there is an error."""
    file = tmp_path / "damaged.txt"
    file.write_bytes("Q: Où ça va ?\nA: Là-bas, près de l".encode() + b"\xff" + "é.\n".encode())
    done = process("check", file)
    assert done.returncode == 1
    assert "damaged.txt:2:21" in done.stdout
    assert "undecodable-bytes" in done.stdout


def test_check_json_is_json(raw: Path) -> None:
    """`check --format json` prints JSON on standard output and nothing else."""
    json.loads(run("check", raw, "--format", "json").stdout)


def test_build_verify_rebuild_show_explain(raw: Path, tmp_path: Path) -> None:
    """The whole line: build a dataset, verify it, show and explain a record, and get the raw files back."""
    out, again = tmp_path / "processed", tmp_path / "again"
    built = run("build", raw, out)
    assert built.returncode == 0, built.stderr
    assert run("verify", out).returncode == 0
    assert "In January." in run("show", "quay/ice", "--dataset", out).stdout
    assert run("explain", "quay/ice", "--dataset", out).returncode == 0
    record = json.loads(run("parse", raw / "quay" / "ice.txt").stdout)
    for item in (record["quotes"][0], record["speakers"][0], record["turns"][0]):
        explained = run("explain", item["id"], "--dataset", out)
        assert explained.returncode == 0, explained.stderr
        assert explained.stdout.strip()
    rebuilt = run("rebuild", out, "--to", again)
    assert rebuilt.returncode == 0, rebuilt.stderr
    for name in ("ice.txt", "fog.txt"):
        assert (again / "quay" / name).read_bytes() == (raw / "quay" / name).read_bytes()


def test_rebuild_overwrites_nothing(raw: Path, tmp_path: Path) -> None:
    """`rebuild` names a file that exists and leaves it alone."""
    out = tmp_path / "processed"
    run("build", raw, out)
    (tmp_path / "again" / "quay").mkdir(parents=True)
    kept = tmp_path / "again" / "quay" / "ice.txt"
    kept.write_text("mine")
    done = run("rebuild", out, "--to", tmp_path / "again")
    assert done.returncode == 1
    assert kept.read_text() == "mine"
    assert "ice.txt" in done.stderr


def test_verify_names_an_edited_file(raw: Path, tmp_path: Path) -> None:
    """A dataset edited by hand does not verify, is named, and is not overwritten by the next build."""
    out = tmp_path / "processed"
    run("build", raw, out)
    card = out / "README.md"
    card.write_text(card.read_text() + "\nI know better.\n")
    done = run("verify", out)
    assert done.returncode == 1
    assert "README.md" in done.stdout
    assert run("build", raw, out).returncode == 1
    assert "I know better." in card.read_text()


def test_build_into_raw_is_refused(raw: Path) -> None:
    """An output inside raw/ is refused before anything is written."""
    before = sorted(raw.rglob("*"))
    done = run("build", raw, raw / "processed")
    assert done.returncode == 2
    assert sorted(raw.rglob("*")) == before


def test_build_of_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    """An empty raw folder ends with 2 and says where texts go."""
    (tmp_path / "raw").mkdir()
    done = run("build", tmp_path / "raw", tmp_path / "out")
    assert done.returncode == 2
    assert "collection" in done.stderr
    assert not (tmp_path / "out").exists()


def test_killed_build_leaves_the_old_dataset(raw: Path, tmp_path: Path) -> None:
    """A build killed at an arbitrary moment leaves the old dataset whole, and the next one succeeds."""
    out = tmp_path / "processed"
    run("build", raw, out)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    (raw / "quay" / "new.txt").write_text(INTERVIEW.replace("ice", "wind"))
    for delay in (0.3, 0.9, 1.4):
        process = subprocess.Popen(
            [sys.executable, "-m", "onrecord", "build", str(raw), str(out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert run("verify", out).returncode == 0
    if {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} != before:
        assert "quay/new" in run("show", "quay/new", "--dataset", out).stdout  # the last one was fast enough
    assert run("build", raw, out).returncode == 0
    assert run("verify", out).returncode == 0


def test_schema_prints_the_contract() -> None:
    """`schema` prints JSON Schema, the data dictionary, or a table; an unknown part lists what there is."""
    assert json.loads(run("schema").stdout)["title"] == "Interview"
    assert "text_sha256" in run("schema", "fields").stdout
    assert run("schema", "turns").returncode == 0
    unknown = run("schema", "nothing")
    assert unknown.returncode == 2
    assert "turns" in unknown.stderr


def test_explain_unknown_code_suggests() -> None:
    """A mistyped code ends with 2 and the codes that may be meant."""
    done = run("explain", "undecodable-byte")
    assert done.returncode == 2
    assert "undecodable-bytes" in done.stderr


def test_supplied_interview_is_built_as_committed(tmp_path: Path) -> None:
    """Building raw/ again gives the committed processed/, by logical digest."""
    shutil.copytree(ROOT / "raw", tmp_path / "raw")
    assert run("build", tmp_path / "raw", tmp_path / "processed").returncode in (0, 1)
    done = run("verify", ROOT / "processed", "--same-as", tmp_path / "processed")
    assert done.returncode == 0, done.stdout


def test_diff_names_what_changed(raw: Path, tmp_path: Path) -> None:
    """`diff` names an added record; with --check-version it fails while the version does not say so."""
    old, new = tmp_path / "old", tmp_path / "new"
    run("build", raw, old)
    (raw / "quay" / "wind.txt").write_text(INTERVIEW.replace("ice", "wind").replace("January", "spring"))
    run("build", raw, new)
    changed, checked = run("diff", old, new), run("diff", old, new, "--check-version")
    assert "quay/wind" in changed.stdout
    assert (changed.returncode, checked.returncode) == (0, 1)
    assert "0.1.0" in checked.stderr


def test_cite_names_version_and_item(raw: Path, tmp_path: Path) -> None:
    """`cite` cites dataset and items; an id that does not exist ends with 2 and near ones."""
    out = tmp_path / "processed"
    run("build", raw, out)
    assert "0.0.0" in run("cite", "--dataset", out).stdout
    assert "@" in run("cite", "quay/ice", "--dataset", out, "--format", "bibtex").stdout
    unknown = run("cite", "quay/icy", "--dataset", out)
    assert unknown.returncode == 2
    assert "quay/ice" in unknown.stderr


def test_explain_of_a_wrong_place_names_the_nearest(raw: Path, tmp_path: Path) -> None:
    """An item's id that is one character off ends with 2 and the item that stands nearest."""
    out = tmp_path / "processed"
    run("build", raw, out)
    interview = onrecord.parse(raw / "quay" / "ice.txt")
    place = interview.turns[1].span.start
    done = run("explain", f"quay/ice#turn@{place + 1}", "--dataset", out)
    assert done.returncode == 2
    assert f"did you mean quay/ice#turn@{place} or" in done.stderr
