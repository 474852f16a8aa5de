"""`scripts/evaluate quotes`: score gold with the whole line, print the figures, and write them into docs/quality.md."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from onrecord.collection.facts import Facts, Source
from onrecord.errors import ConfigError
from onrecord.evaluation.gold_quotes import GoldDocument, GoldQuote, quote_of, read_gold
from onrecord.evaluation.quotes import KINDS, MEASURES, Counts, count, intervals, measures, predictions, total
from onrecord.evaluation.quotes_errors import error_table, errors
from onrecord.evaluation.report import environment, table, write_section
from onrecord.pipeline import process
from onrecord.schema.interview import Interview

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Result:
    """One gold set: its name, its documents, what was counted in each, and how long the line took."""

    name: str
    gold: tuple[GoldDocument, ...]
    counts: tuple[Counts, ...]
    seconds: float
    found: tuple[tuple[GoldQuote, ...], ...]

    @property
    def megabytes(self) -> float:
        """Size of the texts in megabytes of UTF-8."""
        return sum(len(document.text.encode("utf-8")) for document in self.gold) / 1e6


def find(document: GoldDocument) -> tuple[GoldQuote, ...]:
    """Run the whole line on a document and return its quotations.

    Raises `ConfigError` if reading changes the text, because offsets would then lie.
    """
    return predictions(record_of(document))


def record_of(document: GoldDocument) -> Interview:
    """Run the whole line on a document. Raises `ConfigError` if reading changes the text."""
    facts = Facts(language=document.language)
    source = Source(id=f"gold/{document.id}", path="gold.txt", data=document.text.encode("utf-8"), facts=facts)
    interview = process(source)
    if interview.text != document.text:
        raise ConfigError(f"{document.id}: reading changes this text (line ends, byte-order mark); give it as stored")
    return interview


def score(path: Path, group: str | None = None) -> Result:
    """Score the gold in `path` with the whole line; `group` restricts it to gold of one kind of cue."""
    gold = tuple(read_gold(path))
    start = time.perf_counter()
    found = tuple(find(document) for document in gold)
    seconds = time.perf_counter() - start
    counts = tuple(count(document, quotes, group) for document, quotes in zip(gold, found, strict=True))
    name = f"{path.parent.name}/{path.stem}" if path.is_file() else path.name
    return Result(f"{name} ({group})" if group else name, gold, counts, seconds, found)


def figures(result: Result, samples: int = 1000) -> str:
    """Return a Markdown table of one gold set's figures with their intervals."""
    values = measures(total(result.counts))
    spread = intervals(result.counts, samples=samples)
    rows = [[title, _shown(values.get(key)), _range(spread.get(key))] for title, key in MEASURES.items()]
    return table(["measure", "F1 or share", "95 % interval"], rows)


def summary(results: Sequence[Result], samples: int = 1000) -> str:
    """Return one table over several gold sets: a row each, a column for each measure."""
    rows = []
    for result in results:
        values = measures(total(result.counts))
        spread = intervals(result.counts, samples=samples)
        cells = [f"{_shown(values.get(key))} {_range(spread.get(key))}".strip() for key in MEASURES.values()]
        gold = total(result.counts)
        rows.append([result.name, str(len(result.gold)), str(int(gold["all.gold"])), *cells])
    return table(["set", "documents", "quotations", *MEASURES], rows)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{_PERCENT * value:.1f}"


def _range(pair: tuple[float, float] | None) -> str:
    return "" if pair is None else f"[{_PERCENT * pair[0]:.1f}, {_PERCENT * pair[1]:.1f}]"


def compare(result: Result, other: Path, group: str | None = None, samples: int = 1000) -> str:
    """Return the difference between the line and another system's findings (public JSON-lines shape), paired."""
    theirs = {
        data["id"]: tuple(quote_of(quote) for quote in data["quotes"])
        for data in map(json.loads, other.read_text(encoding="utf-8").splitlines())
    }
    counts = [count(document, theirs.get(document.id, ()), group) for document in result.gold]
    ours, against = measures(total(result.counts)), measures(total(counts))
    spread = intervals(result.counts, counts, samples)
    rows = []
    for title, key in MEASURES.items():
        mine, base = ours.get(key), against.get(key)
        difference = "–" if mine is None or base is None else f"{_PERCENT * (mine - base):+.1f}"
        rows.append([title, _shown(mine), _shown(base), difference, _range(spread.get(key))])
    return table(["measure", "onrecord", other.stem, "difference", "95 % interval"], rows)


def _chosen(value: str) -> tuple[Path, str | None]:
    """A path, and what stands behind its `@`."""
    path, _, group = value.partition("@")
    return Path(path), group or None


def main(arguments: Sequence[str] | None = None) -> int:
    """Score gold files; print a table for each, and with `--write` put the summary into a document."""
    parser = argparse.ArgumentParser(prog="onrecord evaluate quotes", description=__doc__)
    parser.add_argument(
        "--gold", action="append", required=True, metavar="PATH[@GROUP]",
        help="file or folder; @GROUP takes only gold of this cue_kind (PolNeAR: @speech); may be repeated",
    )  # fmt: skip
    parser.add_argument("--against", type=Path, help="another system's findings, to compare with")
    parser.add_argument("--errors", action="store_true", help="also count what is not exact, by class")
    parser.add_argument("--samples", type=int, default=1000, help="bootstrap samples (default 1000)")
    parser.add_argument("--write", type=Path, help="put the summary between the markers of this document")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args(arguments)
    chosen = [_chosen(value) for value in options.gold]
    results = [score(path, group) for path, group in chosen]
    for result, (_, group) in zip(results, chosen, strict=True):
        kinds = ", ".join(f"{int(total(result.counts)[f'{kind}.gold'])} {kind}" for kind in KINDS)
        print(f"{result.name}: {len(result.gold)} documents, {kinds}; {result.megabytes / result.seconds:.2f} MB/s")
        print(figures(result, options.samples), end="\n\n")
        if options.errors:
            print(error_table(map(errors, result.gold, result.found, repeat(group))), end="\n\n")
        if options.against:
            print(compare(result, options.against, group, options.samples), end="\n\n")
    if options.json:
        content = {result.name: measures(total(result.counts)) for result in results}
        options.json.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if options.write:
        body = f"{summary(results, options.samples)}\n\nMeasured with {environment()}."
        write_section(options.write, "quotations", "Quotations", body)
    return 0
