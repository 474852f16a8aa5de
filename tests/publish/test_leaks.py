"""No words of a standoff record leave: not in a table, a card, metadata, a finding, a page, a diff or a delta."""

from __future__ import annotations

import datetime
import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from onrecord.api import parse
from onrecord.release import cite, diff, make_delta, render_diff, verify, withdraw
from onrecord.releasing import Choices, known_ids, release
from tests.cli.test_commands import run

DAY = datetime.date(2032, 1, 10)
CARD = "title: {name}\nrights: {{redistribution: {rights}, holder: Us, licence: CC0-1.0, basis: Ours.}}\n"
SECRET = """‘Lanterns over Vestergaard’: how Tove Brandt walked out

By Ansel Quist, photographs by Mira Holt

Tove Brandt, a restorer of barometers and weather-glasses, told The Quay Letter that “the tide keeps nobody's calendar”.
The harbour master called her “the most stubborn woman between here and Skarholm”. Brandt laughed about it afterwards.

QUIST: Why did you leave the instrument workshop that winter?
BRANDT: Because mercury rises whether or not you are watching; my grandmother wrote that in her almanac of 1931.

[laughter]

QUIST: Somebody on the quay said, “she sold every barograph but one.” Is it true, as the pilots say, that you kept it?
BRANDT: It hangs in my kitchen, beside the\x07 broken hygrometer \x00 and a photograph of nobody in particular…
A DEAF BELLRINGER: Ask her about the ferry and the unfinished lighthouse staircase!

QUIST: And the letter to the lighthouse keeper, the one headed “Unsent, unsealed, unsaid”?
BRANDT: That drawer stays shut. “Nothing is louder than a clock in an empty house,” my uncle used to mutter.
"""
SIDECAR = """summary: A restorer of barometers explains a quarrel, a drawer and an unsent letter.
waivers:
  - {code: control-characters, reason: The bell stands beside the broken hygrometer in the scan., by: R. Editor}
participants:
  - {name: Tove Brandt, roles: [interviewee], labels: [BRANDT], descriptors: [a restorer of barometers]}
"""
OPEN = """An open interview

Q: What may be read by everyone on this coast?
A: This may be read by everyone, and so may the answer after it.
"""
NAMES = frozenset("tove brandt ansel quist mira holt the quay letter".split())
WORD = re.compile(r"\w+")
RUN = 3


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, in which one interview is standoff and one is open; and what can be made of them."""
    place = tmp_path_factory.mktemp("leaks")
    for name, rights in (("closed", "standoff"), ("free", "full")):
        (place / "raw" / name).mkdir(parents=True)
        (place / "raw" / name / "collection.yaml").write_text(CARD.format(name=name, rights=rights))
    secret = place / "raw" / "closed" / "one.txt"
    secret.write_text(SECRET, encoding="utf-8")
    secret.with_suffix(".yaml").write_text(SIDECAR)
    (place / "raw" / "closed" / "two.txt").write_text(SECRET.replace("barograph", "anemometer"), encoding="utf-8")
    (place / "raw" / "free" / "two.txt").write_text(OPEN)
    release("1.0.0", place / "raw", place / "old", Choices(on=DAY, tag=False))
    secret.write_text(SECRET.replace("a clock", "one clock"), encoding="utf-8")
    withdraw(place / "raw", ["closed/two"], "Asked for.", DAY, known_ids(place / "raw", ["closed/two"]))
    release("2.0.0", place / "raw", place / "new", Choices(on=DAY, tag=False, previous=place / "old"))
    return place


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of three words, however they are printed; names of people alone are metadata and may stay."""
    words = [word.casefold() for word in WORD.findall(text)]
    found = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return {run for run in found if not set(run) <= NAMES}


def secret_runs() -> set[tuple[str, ...]]:
    """What must not be found: the text and what the sidecar says of it, less what is said in the open."""
    secret = (
        runs(SECRET) | runs(SECRET.replace("a clock", "one clock")) | runs(SECRET.replace("barograph", "anemometer"))
    )
    summary = runs("A restorer of barometers explains a quarrel, a drawer and an unsent letter.")
    reason = runs("The bell stands beside the broken hygrometer in the scan.")
    return (secret | summary | reason) - runs(OPEN)


def strings(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a folder: file names, texts, and all values and statistics of Parquet files."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield name, name
        if path.suffix == ".parquet":
            file = pq.ParquetFile(path)
            yield from ((name, value) for value in values(file.read().to_pylist()))
            yield from ((name, value) for value in values(file.metadata.to_dict()))
            printable = re.split(r"[^ -~\u00a0-\uffef]+", path.read_bytes().decode("utf-8", "ignore"))
            yield from ((name, part) for part in printable if len(part) > 12)
        elif path.is_file():
            data = path.read_bytes()
            yield name, html.unescape(data.decode("utf-8", "replace"))
            yield name, re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), data.decode("latin-1"))


def values(item: Any) -> Iterator[str]:
    """Every string in nested values, each by itself: what stands in two cells is no run of words."""
    if isinstance(item, str | bytes):
        yield item if isinstance(item, str) else item.decode("utf-8", "replace")
    elif isinstance(item, dict):
        for key, value in item.items():
            yield from values(key)
            yield from values(value)
    elif isinstance(item, list | tuple):
        for value in item:
            yield from values(value)


def leaks(folder: Path) -> list[tuple[str, tuple[str, ...]]]:
    """The runs of secret words in a folder, with the file they are in."""
    secret = secret_runs()
    return [(name, run) for name, text in strings(folder) for run in sorted(runs(text) & secret)]


def test_the_search_finds_what_is_there(place: Path, tmp_path: Path) -> None:
    """The search is no empty promise: of the same text under open rights it finds runs in every kind of file."""
    raw = shutil.copytree(place / "raw", tmp_path / "raw")
    card = raw / "closed" / "collection.yaml"
    card.write_text(card.read_text().replace("standoff", "full"))
    (raw / "ledger.jsonl").unlink()
    release("1.0.0", raw, tmp_path / "out", Choices(on=DAY, tag=False))
    found = {name.split("/")[1] for name, _ in leaks(tmp_path / "out") if name.startswith("data/")}
    assert found >= {"interviews", "turns", "speakers", "quotes", "messages"}
    assert len({run for _, run in leaks(tmp_path / "out")}) > 150
    record = parse(place / "raw" / "closed" / "one.txt")
    assert any(item.excerpt for item in record.findings)  # there was something to withhold
    assert any(item.waiver for item in record.findings)
    assert len(record.quotes) > 3


@pytest.mark.parametrize("name", ["old", "new"])
def test_no_run_of_words_is_in_any_file(place: Path, name: str) -> None:
    """No three words in a row of text, title, labels, summary, waiver or quotation are in any file of a release."""
    assert verify(place / name) == ()
    assert leaks(place / name) == []
    assert any("read by everyone" in text for _, text in strings(place / name))


def test_no_run_of_words_is_in_what_is_made_of_releases(place: Path) -> None:
    """Diffs in every format, deltas, and citations hold no words either."""
    made = place / "made"
    made.mkdir()
    changes = diff(place / "old", place / "new")
    assert [change.id for change in changes.changed] == ["closed/one"]
    for format_ in ("text", "json", "html"):
        (made / f"diff.{format_}").write_text(render_diff(changes, format_), encoding="utf-8")
    make_delta(place / "old", place / "new", made / "delta")
    items = [item.id for item in changes.changed[0].items if item.change == "added"]
    for number, id_ in enumerate([None, "closed/one", *items]):
        (made / f"cite-{number}").write_text(cite(id_, place / "new", "csl-json"), encoding="utf-8")
    assert leaks(made) == []


def test_no_run_of_words_is_on_a_static_page(place: Path) -> None:
    """`review --static` writes no page, index or summary with words of a text that may not be published."""
    pages = place / "pages"
    done = run("review", place / "raw" / "closed" / "one.txt", place / "raw" / "free" / "two.txt", "--static", pages)
    assert done.returncode == 1
    assert "its text may not be published" in done.stderr
    assert leaks(pages) == []
    assert runs(done.stdout + done.stderr) & secret_runs() == set()
    assert any("read by everyone" in text for _, text in strings(pages))
