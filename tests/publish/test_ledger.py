"""The ledger remembers first releases and withdrawals; a release depends on nothing but raw/."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.errors import ConfigError
from onrecord.publish import Ledger, ReleaseFacts, load_ledger, write_release
from onrecord.publish.ledger import FILE, Entry, append, released_takedowns
from tests.samples import interviews

DAY = datetime.date(2032, 1, 10)


def test_events_come_back(tmp_path: Path) -> None:
    """What is appended, also after a line without its end, is loaded; without a file there is nothing."""
    assert load_ledger(tmp_path) == Ledger()
    append(tmp_path, [Entry(event="released", id="a/é", version="1.0.0", on=DAY)])
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes().rstrip(b"\n"))
    gone = Entry(event="withdrawn", id="a/é", on=DAY, why="Asked for.")
    append(tmp_path, [gone])
    ledger = load_ledger(tmp_path)
    assert ledger.released == {"a/é": "1.0.0"}
    assert ledger.withdrawn == {"a/é": gone}
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('{"event": "released", "id": "a", "on": "2032-01-10"}', ":1: a released record needs its `version`"),
        ('{"event": "lost", "id": "a", "on": "2032-01-10"}', ":1: Input tag 'lost' found using 'event'"),
        ('{"event": "version", "version": "1.0", "digest": "x", "on": "2032-01-10"}', ":1: version"),
        ("\n{", ":2: "),
        ('{"event":"withdrawn","id":"a","on":"2032-01-10"}\n' * 2, ":2: 'a' was withdrawn before"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: str, message: str) -> None:
    """A line that is no event, or repeats one, stops the build with its number."""
    (tmp_path / FILE).write_text(lines)
    with pytest.raises(ConfigError, match=message):
        load_ledger(tmp_path)


def test_a_release_follows_the_ledger(tmp_path: Path) -> None:
    """Old records keep their first release, new ones get this one; withdrawn ones are listed and left out."""
    records = interviews(3)
    gone = Entry(event="withdrawn", id=records[1].id, on=DAY, why="Asked for.")
    ledger = Ledger({records[0].id: "1.0.0"}, {gone.id: gone})
    manifest = write_release(records, tmp_path / "processed", ReleaseFacts(version="2.0.0"), ledger)
    table = pq.read_table(tmp_path / "processed/data/interviews/train-00000.parquet")
    assert table.select(["id", "first_release"]).to_pylist() == [
        {"id": records[0].id, "first_release": "1.0.0"},
        {"id": records[2].id, "first_release": "2.0.0"},
    ]
    assert (manifest.statistics.interviews, manifest.statistics.withdrawn) == (2, 1)
    assert released_takedowns(tmp_path / "processed") == {gone.id: gone}
    line = (tmp_path / "processed/takedowns.jsonl").read_text().splitlines()
    assert json.loads(line[0])["why"] == "Asked for."
    everything = b"".join(path.read_bytes() for path in (tmp_path / "processed").rglob("*") if path.is_file())
    assert everything.count(records[1].id.encode()) == 1
