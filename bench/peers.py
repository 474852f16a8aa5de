"""`scripts/bench peers`: the same work done by the libraries that people use for it, side by side in one run.

Each runs in a process of its own, after its imports. They do not do the same: what each gives stands beside it.
A library that is not installed is named and skipped. `scripts/bench peers` installs them beside the project.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from bench._cost import Cost, call
from bench._report import environment, write_section
from bench.corpus import varied
from bench.texts import article, interview
from onrecord.batch import collector_paused
from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import process, read
from onrecord.publish import ReleaseFacts, write_release
from onrecord.publish.datapackage import table_schema
from onrecord.schema.contract import json_schema
from onrecord.schema.interview import Interview
from onrecord.stages import STAGES
from onrecord.tables import TABLES, make_table

Run = Callable[[], Any]
_QUOTES = ("quotes", "attribution", "echoes")


class Peer(NamedTuple):
    """One way to do the work: who, what it gives, the package it needs, and the function that gets it ready."""

    name: str
    gives: str
    package: str
    ready: Callable[[Path], Run]


def main() -> None:
    """Measure, print and write docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interviews", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = _prepare(folder, options.interviews)
        lines = [f"{options.interviews:,} invented interviews of MediaSum's shape; {environment()}, {_versions()}."]
        for title, peers in _WORK.items():
            lines += ["", f"### {title.format(**sizes)}", "", *_compared(peers, folder, options.repeat)]
    print("\n".join(lines))
    write_section(Path("docs/performance.md"), "peers", lines)


def _compared(peers: Sequence[Peer], folder: Path, repeat: int) -> list[str]:
    missing = [peer for peer in peers if not _there(peer.package)]
    costs: dict[Peer, list[Cost]] = {peer: [] for peer in peers if peer not in missing}
    for _ in range(repeat):  # in turn, so that noise hits all alike
        for peer, runs in costs.items():
            runs.append(call(peer.ready, folder))
    rows = ["| who | CPU seconds | × | peak MB, libraries included | gives |", "|---|---:|---:|---:|---|"]
    ours: float | None = None
    for peer, runs in costs.items():
        cpu, peak = (statistics.median(run[at] for run in runs) for at in (1, 2))
        ours = cpu if ours is None else ours
        found = f"{runs[0].result:,} {peer.gives}"
        rows.append(f"| {peer.name} | {cpu:.2f} | {cpu / ours:.2f} | {peak / 1e6:,.0f} | {found} |")
        print(rows[-1], flush=True)
    rows += [f"| {peer.name} | – | – | – | not installed here |" for peer in missing]
    return rows


def _there(package: str) -> bool:
    """Whether a package is installed; `spacy:pipeline` stands for any pipeline of spaCy that finds sentences."""
    if package == "spacy:pipeline":
        return _there("textacy") and bool(import_module("spacy").util.get_installed_models())
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _versions() -> str:
    names = ("convokit", "spacy", "textacy", "jsonschema", "frictionless", "webvtt-py", "pysubs2")
    return ", ".join(f"{name} {version(name)}" for name in names if _there(name))


def _prepare(folder: Path, count: int) -> dict[str, str]:
    """Write what is read: a release, a ConvoKit corpus, records, rows, news and captions; return what titles say."""
    with collector_paused():
        records = [
            process(Source(f"talks/{n:05}", f"talks/{n:05}.txt", varied(n, interview(n)).encode(), _OPEN))
            for n in range(count)
        ]
    write_release(records, folder / "release", ReleaseFacts())
    write_convokit(records, folder / "convokit")
    with (folder / "records.jsonl").open("w") as file:
        file.writelines(f"{record.model_dump_json()}\n" for record in records)
    turns = make_table("turns", records[:_ROWS]).to_pylist()
    (folder / "turns.json").write_text(json.dumps(turns, default=str))
    news = [varied(n, article(n, 5_000)) for n in range(count)]
    (folder / "news.json").write_text(json.dumps(news))
    (folder / "talk.vtt").write_text(captions(20_000))
    return {
        "turns": f"{sum(len(record.turns) for record in records):,}",
        "ours": f"{_size(folder / 'release' / 'data' / 'turns'):.1f}",
        "whole": f"{_size(folder / 'release'):.1f}",
        "theirs": f"{_size(folder / 'convokit'):.1f}",
        "news": f"{sum(map(len, news)) / 1e6:.1f}",
        "records": f"{count:,}",
        "rows": f"{len(turns):,}",
        "captions": f"{(folder / 'talk.vtt').stat().st_size / 1e6:.1f}",
    }


_OPEN = Facts.model_validate({"rights": {"redistribution": "full"}})
_ROWS = 100


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def write_convokit(records: Sequence[Interview], folder: Path) -> None:
    """Write the turns of `records` as a ConvoKit corpus: what its documentation says each of its files holds."""
    folder.mkdir()
    speakers: dict[str, Any] = {}
    with (folder / "utterances.jsonl").open("w") as file:
        for record in records:
            names = {speaker.id: speaker.name for speaker in record.speakers}
            for turn in record.turns:
                speakers.setdefault(turn.speaker or "unknown", {"meta": {"name": names.get(turn.speaker or "")}})
                said: dict[str, Any] = {
                    "id": turn.id, "conversation_id": record.id, "speaker": turn.speaker or "unknown",
                    "text": "\n\n".join(span.of(record.text) for span in turn.paragraphs),
                    "meta": {"role": turn.role}, "reply-to": None, "timestamp": None, "vectors": [],
                }  # fmt: skip
                file.write(json.dumps(said) + "\n")
    _json(folder / "speakers.json", {key: {**value, "vectors": []} for key, value in speakers.items()})
    _json(folder / "conversations.json", {r.id: {"meta": {"outlet": r.outlet}, "vectors": []} for r in records})
    _json(folder / "corpus.json", {})
    text = ["<class 'str'>"]
    _json(
        folder / "index.json",
        {
            "utterances-index": {"role": text}, "speakers-index": {"name": text},
            "conversations-index": {"outlet": text}, "overall-index": {}, "vectors": [], "version": 1,
        },
    )  # fmt: skip


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value))


def captions(count: int) -> str:
    """Return WebVTT of `count` cues by two voices."""
    words = article(3, count * 60).split()
    cues = ["WEBVTT\n"]
    for n in range(count):
        start, end = (f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000" for at in (2 * n, 2 * n + 2))
        said = " ".join(words[8 * n % len(words) :][:8])
        cues.append(f"{start} --> {end}\n<v {('Ada Berger', 'Ilse Novak')[n % 2]}>{said}\n")
    return "\n".join(cues)


def _load(folder: Path) -> Run:
    from onrecord.loading import load

    return lambda: load("turns", folder / "release").num_rows


def _filter(folder: Path) -> Run:
    import pyarrow.compute as pc

    from onrecord.loading import load

    def run() -> int:
        turns = load("turns", folder / "release", columns=["speaker_name", "text"])
        return int(turns.filter(pc.match_substring(turns["text"], "storm")).num_rows)

    return run


def _convokit(folder: Path) -> Run:
    corpus = import_module("convokit").Corpus
    return lambda: len(corpus(filename=str(folder / "convokit")).get_utterance_ids())


def _convokit_filter(folder: Path) -> Run:
    corpus = import_module("convokit").Corpus

    def run() -> int:
        utterances = corpus(filename=str(folder / "convokit")).iter_utterances()
        return sum("storm" in item.text for item in utterances)

    return run


def _our_quotes(folder: Path) -> Run:
    news = _news(folder)
    sources = [Source(f"news/{n}", f"news/{n}.txt", text.encode()) for n, text in enumerate(news)]
    records = [read(source) for source in sources]
    for stage in STAGES:
        if stage.name in _QUOTES:
            break
        records = [stage.run(record, source.facts) for record, source in zip(records, sources, strict=True)]

    def run() -> int:
        made = records
        with collector_paused():
            for stage in (item for item in STAGES if item.name in _QUOTES):
                made = [stage.run(record, source.facts) for record, source in zip(made, sources, strict=True)]
        return sum(len(record.quotes) for record in made)

    return run


def _our_line(folder: Path) -> Run:
    sources = [Source(f"news/{n}", f"news/{n}.txt", text.encode()) for n, text in enumerate(_news(folder))]

    def run() -> int:
        with collector_paused():
            return sum(len(process(source).quotes) for source in sources)

    return run


def _spacy(folder: Path) -> Run:
    tokenizer, news = import_module("spacy").blank("en"), _news(folder)
    return lambda: sum(len(doc) for doc in tokenizer.pipe(news))


def _textacy(folder: Path) -> Run:
    spacy = import_module("spacy")
    pipeline = spacy.load(spacy.util.get_installed_models()[0])
    direct = import_module("textacy.extract").direct_quotations
    news = _news(folder)
    return lambda: sum(len(list(direct(doc))) for doc in pipeline.pipe(news))


def _news(folder: Path) -> list[str]:
    return list(json.loads((folder / "news.json").read_text()))


def _records(folder: Path) -> list[str]:
    return (folder / "records.jsonl").read_text().splitlines()


def _pydantic(folder: Path) -> Run:
    records = [json.loads(line) for line in _records(folder)]

    def run() -> int:
        with collector_paused():
            return sum(len(Interview.model_validate(record).id) > 0 for record in records)

    return run


def _jsonschema(folder: Path) -> Run:
    validator = import_module("jsonschema").Draft202012Validator(json_schema())
    records = [json.loads(line) for line in _records(folder)]
    return lambda: sum(validator.is_valid(record) for record in records)


def _rows(folder: Path) -> list[dict[str, Any]]:
    return list(json.loads((folder / "turns.json").read_text()))


def _pydantic_rows(folder: Path) -> Run:
    rows, model = _rows(folder), TABLES["turns"].model

    def run() -> int:
        return sum(len(getattr(model.model_validate(row), "id", "")) > 0 for row in rows)

    return run


def _frictionless(folder: Path) -> Run:
    frictionless = import_module("frictionless")
    table, rows = TABLES["turns"], _rows(folder)
    schema = frictionless.Schema.from_descriptor(table_schema(table.model, table.schema))

    def run() -> int:
        report = frictionless.Resource(data=rows, schema=schema).validate(limit_errors=1)
        return len(rows) if report.valid else 0

    return run


def _our_captions(folder: Path) -> Run:
    from onrecord.readers.subtitles import read_vtt

    data = (folder / "talk.vtt").read_bytes()
    return lambda: sum(mark.kind == "cue" for mark in read_vtt(data, Facts()).marks)


def _webvtt(folder: Path) -> Run:
    parse, text = import_module("webvtt").from_string, (folder / "talk.vtt").read_text()
    return lambda: len(parse(text))


def _pysubs2(folder: Path) -> Run:
    parse, text = import_module("pysubs2").SSAFile.from_string, (folder / "talk.vtt").read_text()
    return partial(_length, parse, text)


def _length(parse: Callable[[str], Any], text: str) -> int:
    return len(parse(text))


_WORK: Mapping[str, Sequence[Peer]] = {
    "Loading {turns} turns from disk ({ours} MB of Parquet, {whole} MB the whole release; {theirs} MB as ConvoKit)": [
        Peer("`onrecord.load`", "turns in an Arrow table, 40 columns", "onrecord", _load),
        Peer("ConvoKit", "utterances as Python objects", "convokit", _convokit),
    ],
    "Loading those turns and keeping those that mention a storm": [
        Peer("`onrecord.load` and pyarrow", "turns", "onrecord", _filter),
        Peer("ConvoKit", "utterances", "convokit", _convokit_filter),
    ],
    "Quotations in {news} MB of news": [
        Peer("onrecord, quotes, attribution and echoes", "quotations with speakers", "onrecord", _our_quotes),
        Peer("onrecord, the whole line", "quotations in checked records", "onrecord", _our_line),
        Peer("spaCy, blank English: tokens only", "tokens", "spacy", _spacy),
        Peer("textacy, direct quotations", "quotations with speakers", "spacy:pipeline", _textacy),
    ],
    "Validating {records} records": [
        Peer("onrecord (pydantic), with all rules", "valid records", "onrecord", _pydantic),
        Peer("jsonschema, our exported schema", "valid records", "jsonschema", _jsonschema),
    ],
    "Validating {rows} rows of `turns`": [
        Peer("onrecord (pydantic), with all rules", "valid rows", "onrecord", _pydantic_rows),
        Peer("frictionless, our exported table schema", "valid rows", "frictionless", _frictionless),
    ],
    "Reading {captions} MB of WebVTT": [
        Peer("onrecord", "cues, with marks and positions", "onrecord", _our_captions),
        Peer("webvtt-py", "cues", "webvtt-py", _webvtt),
        Peer("pysubs2", "events", "pysubs2", _pysubs2),
    ],
}


if __name__ == "__main__":
    main()
