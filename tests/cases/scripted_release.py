"""Cases about a built dataset: each breaks one that was whole, in one way."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.checking import check_paths
from onrecord.errors import ReleaseRefused
from onrecord.pipeline import process
from onrecord.publish import Ledger, ReleaseFacts, write_release
from onrecord.publish.digest import logical_digest
from onrecord.publish.facts import Split
from onrecord.publish.ledger import Entry
from onrecord.publish.manifest import Manifest, release_digest
from onrecord.release import compare_digests, verify
from onrecord.release.compare import check_version, diff
from onrecord.release.making import refuse_unless_ready
from onrecord.schema.interview import Finding
from onrecord.sources import discover
from tests.cases.running import Scripted
from tests.samples import interview

TURNS = "data/turns/train-00000.parquet"


def whole(folder: Path, redistribution: str = "full") -> Path:
    """Write a dataset of one interview and return its folder."""
    out = folder / "processed"
    write_release([interview(redistribution=redistribution)], out, ReleaseFacts(version="1.0.0"))
    return out


def _broken(break_it: Callable[[Path], object], redistribution: str = "full") -> Callable[[Path], Iterable[Finding]]:
    def run(folder: Path) -> Iterable[Finding]:
        out = whole(folder, redistribution)
        break_it(out)
        return verify(out)

    return run


def _sound(folder: Path) -> Iterable[Finding]:
    return verify(whole(folder))


def edit_manifest(out: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest's JSON in place."""
    path = out / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def vouch(out: Path, *names: str, digests: bool = True) -> None:
    """Make the manifest lie: it vouches for the files as they are now, and for the rows in them if `digests`."""

    def change(data: dict[str, Any]) -> None:
        for entry in data["files"]:
            if entry["path"] in names:
                content = (out / entry["path"]).read_bytes()
                entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
        for config in data["configs"] if digests else ():
            for split in config["splits"]:
                if set(names) & set(split["files"]):
                    table = pq.read_table(out / split["files"][0])
                    split.update(rows=table.num_rows, digest=logical_digest(table))
        configs = Manifest.model_validate(data).configs
        data["digest"] = release_digest(configs)

    old = {config.name: config.digest for config in Manifest.model_validate_json(_read(out)).configs}
    edit_manifest(out, change)
    new = {config.name: config.digest for config in Manifest.model_validate_json(_read(out)).configs}
    card = (out / "README.md").read_text(encoding="utf-8")
    for name, digest in old.items():
        card = card.replace(digest, new[name])
    if "README.md" not in names:
        (out / "README.md").write_text(card, encoding="utf-8")
        vouch(out, "README.md", digests=False)


def rewrite(out: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a Parquet file's table."""
    pq.write_table(change(pq.read_table(out / name)), out / name)


def _read(out: Path) -> bytes:
    return (out / "manifest.json").read_bytes()


def _append(out: Path) -> None:
    path = out / TURNS
    path.write_bytes(path.read_bytes() + b"\0")


def _garbage(out: Path) -> None:
    (out / TURNS).write_bytes(b"not Parquet")
    vouch(out, TURNS, digests=False)


def _fewer_columns(out: Path) -> None:
    rewrite(out, TURNS, lambda table: table.drop_columns(["title"]))
    vouch(out, TURNS, digests=False)


def _fewer_rows(out: Path) -> None:
    rewrite(out, TURNS, lambda table: table.slice(1))
    vouch(out, TURNS, digests=False)


def _another_title(out: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        rows = [{**row, "title": "Another title"} for row in table.to_pylist()]
        return pa.Table.from_pylist(rows, schema=table.schema)

    rewrite(out, TURNS, change)
    vouch(out, TURNS)


def _words(out: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        rows = [{**row, "text": "Given away."} for row in table.to_pylist()]
        return pa.Table.from_pylist(rows, schema=table.schema)

    rewrite(out, TURNS, change)
    vouch(out, TURNS)


def _two_defaults(out: Path) -> None:
    path = out / "README.md"
    path.write_text(path.read_text(encoding="utf-8").replace("  default: true\n", "", 1), encoding="utf-8")
    vouch(out, "README.md", digests=False)


def _others(folder: Path) -> Iterable[Finding]:
    write_release([interview("harbour/two")], folder / "again", ReleaseFacts(version="1.0.0"))
    return compare_digests(whole(folder), folder / "again")


def _same(folder: Path) -> Iterable[Finding]:
    write_release([interview()], folder / "again", ReleaseFacts(version="1.0.0"))
    return compare_digests(whole(folder), folder / "again")


def _released_as(version: str) -> Callable[[Path], Iterable[Finding]]:
    def run(folder: Path) -> Iterable[Finding]:
        records = [interview(), interview("harbour/two")]
        write_release(records, folder / "new", ReleaseFacts(version=version), Ledger({"harbour/one": "1.0.0"}))
        return check_version(diff(whole(folder), folder / "new"))

    return run


def _after_withdrawal(ids: tuple[str, ...]) -> Callable[[Path], Iterable[Finding]]:
    def run(folder: Path) -> Iterable[Finding]:
        gone = Entry(event="withdrawn", id="harbour/one", on=datetime.date(2032, 1, 10))
        old = [interview(), interview("harbour/two")]
        write_release(old, folder / "old", ReleaseFacts(version="1.0.0"), Ledger(withdrawn={gone.id: gone}))
        write_release([interview(id_) for id_ in ids], folder / "new", ReleaseFacts(version="2.0.0"))
        try:
            refuse_unless_ready(folder / "new", "2.0.0", (), folder / "old")
        except ReleaseRefused as refused:
            return refused.findings
        return ()

    return run


TEXTS = {
    "one": "Q: Who keeps the light?\nA: My sister does, since the winter of the great flood.\n",
    "two": "Q: Who mends the nets?\nA: Whoever has hands, and the children watch how it is done.\n",
}
SPOKEN = (
    "Q: Tell us of the winter when the river came into the houses.\nA: We carried the chairs up to the "
    "attic, then the books, then the hens, and my mother counted all of us again and again by the one candle we had.\n"
)
OTHER = (
    "Q: What does a violin maker listen for when he knocks on a piece of spruce?\nA: For how long it answers. A good "
    "board rings like a bell under water, a bad one says nothing at all, and you learn which by burning both.\n"
)
SPLITS = (Split(name="train", share=0.5), Split(name="test", share=0.5))


def since_the_release(
    change: Callable[[Path], object], text: str = TEXTS["one"], facts: ReleaseFacts | None = None
) -> Callable[[Path], Iterable[Finding]]:
    """Publish two interviews, change raw/, and check it against what was published."""

    def run(folder: Path) -> Iterable[Finding]:
        raw = folder / "raw"
        (raw / "harbour").mkdir(parents=True)
        card = "title: Harbour\nrights: {redistribution: full, basis: Ours.}\n"
        (raw / "harbour" / "collection.yaml").write_text(card)
        for name, words in {**TEXTS, "one": text}.items():
            (raw / "harbour" / f"{name}.txt").write_text(words)
        records = [process(source.load()) for source in discover(raw).sources]
        write_release(records, folder / "last", facts or ReleaseFacts(version="1.0.0"))
        change(raw / "harbour")
        return check_paths([raw], against=folder / "last").findings

    return run


def _renamed(home: Path) -> None:
    (home / "one.txt").rename(home / "three.txt")


def _renamed_with_its_name(home: Path) -> None:
    _renamed(home)
    (home / "three.yaml").write_text("name: one\n")


def _withdrawn(home: Path) -> None:
    (home / "one.txt").unlink()
    (home.parent / "ledger.jsonl").write_text('{"event": "withdrawn", "id": "harbour/one", "on": "2032-01-10"}\n')


def _edited(home: Path) -> None:
    (home / "one.txt").write_text((home / "one.txt").read_text().replace("winter", "summer"))


def _nothing(_home: Path) -> None:
    """Leave everything as it was."""


def _by(name: str) -> Callable[[Path], None]:
    """Say who is asked: another interviewee is another group, and so maybe another split."""

    def write(home: Path) -> None:
        (home / "one.yaml").write_text(f"participants:\n  - {{name: {name}, roles: [interviewee], labels: [A]}}\n")

    return write


CASES: Mapping[str, Scripted] = {
    "published-id-gone": Scripted(since_the_release(_renamed), since_the_release(_renamed_with_its_name)),
    "published-id-reused": Scripted(
        since_the_release(lambda home: (home / "one.txt").write_text(OTHER), SPOKEN),
        since_the_release(lambda home: (home / "three.txt").write_text(OTHER), SPOKEN),
    ),
    "published-text-changed": Scripted(since_the_release(_edited, SPOKEN), since_the_release(_nothing, SPOKEN)),
    "published-split-moved": Scripted(
        since_the_release(_by("Ada Holm"), facts=ReleaseFacts(version="1.0.0", splits=SPLITS)),
        since_the_release(_by("Jonas Berg"), facts=ReleaseFacts(version="1.0.0", splits=SPLITS)),
    ),
    "missing-manifest": Scripted(_broken(lambda out: (out / "manifest.json").unlink()), _sound),
    "invalid-manifest": Scripted(_broken(lambda out: (out / "manifest.json").write_text("{}")), _sound),
    "missing-file": Scripted(_broken(lambda out: (out / TURNS).unlink()), _sound),
    "changed-file": Scripted(_broken(_append), _sound),
    "unexpected-file": Scripted(_broken(lambda out: (out / "notes.txt").write_text("mine")), _sound),
    "unreadable-table": Scripted(_broken(_garbage), _sound),
    "wrong-columns": Scripted(_broken(_fewer_columns), _sound),
    "wrong-rows": Scripted(_broken(_fewer_rows), _sound),
    "tables-disagree": Scripted(_broken(_another_title), _sound),
    "words-published": Scripted(_broken(_words, "standoff"), _sound),
    "invalid-card": Scripted(_broken(_two_defaults), _sound),
    "wrong-version": Scripted(_released_as("1.0.1"), _released_as("1.1.0")),
    "withdrawn-id": Scripted(_after_withdrawal(("harbour/one", "harbour/two")), _after_withdrawal(("harbour/two",))),
    "different-rows": Scripted(_others, _same),
}
