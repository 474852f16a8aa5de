"""People quoted in news: are the mentions of one person one speaker? B³ over mentions against gold of quotations.

What is scored: every source phrase of the gold that the gold gives the name of a person for (`speaker`). The mention
is what stands in that phrase of the name: from its first word that is a word of the name to its last. Two mentions are
one person's in the gold if they stand in one document and have one name; a name all of whose words stand in just one
other name of the document is that name (the gold names some people in full here and by their surname there). The line
is run over the text alone; a mention belongs to the speaker one of whose `mentions` overlaps it, the longest overlap
first, and is a cluster of its own if there is none. B³ precision and recall are means over all mentions.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import Settings, process
from onrecord.schema.interview import Interview, Span

_WORD = re.compile(r"\w+")
_STAGES = ("blocks", "turns", "metadata", "speakers", "quotes", "attribution")


@dataclass(frozen=True, slots=True)
class BCubed:
    """B³ over mentions, with those of a cluster that went wrong."""

    documents: int
    mentions: int
    precision: float
    recall: float
    found: int
    faults: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_mentions(path: Path) -> BCubed:
    """Return B³ of the mentions of named sources in a file of gold quotations, one document per line."""
    truth: list[Hashable] = []
    found: list[Hashable] = []
    shown: list[str] = []
    documents = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        named = {span: name for quote in gold["quotes"] for span, name in _named(gold["text"], quote)}
        if not named:
            continue
        documents += 1
        full = _full_names(set(named.values()))
        facts = Facts(language=gold.get("language"))
        record = process(Source(gold["id"], f"{documents}.txt", gold["text"].encode(), facts), Settings(_STAGES))
        spans = _mentions(record)
        for at, name in sorted(named.items()):
            truth.append((gold["id"], full[name]))
            found.append(_speaker_at(at, spans) or (gold["id"], at))
            shown.append(f"{gold['id']}: {gold['text'][at[0] : at[1]]!r} at {at[0]} is {full[name]}")
    return _bcubed(documents, truth, found, shown)


def bcubed(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[list[float], list[float]]:
    """Return B³ precision and recall of each item: how pure its found cluster is, how much of its true one is in it."""
    in_truth, in_found = Counter(truth), Counter(found)
    in_both = Counter(zip(truth, found, strict=True))
    pairs = list(zip(truth, found, strict=True))
    return [in_both[t, f] / in_found[f] for t, f in pairs], [in_both[t, f] / in_truth[t] for t, f in pairs]


def _bcubed(documents: int, truth: list[Hashable], found: list[Hashable], shown: list[str]) -> BCubed:
    precision, recall = bcubed(truth, found)
    count = len(truth) or 1
    faults = tuple(
        f"{text} (precision {p:.2f}, recall {r:.2f}, {'nobody' if isinstance(f, tuple) else f})"
        for text, p, r, f in zip(shown, precision, recall, found, strict=True)
        if p < 1 or r < 1
    )
    named = sum(not isinstance(entry, tuple) for entry in found)
    return BCubed(documents, len(truth), sum(precision) / count, sum(recall) / count, named, faults)


def _named(text: str, quote: dict[str, object]) -> list[tuple[tuple[int, int], str]]:
    name, source = quote.get("speaker"), quote.get("source")
    if not isinstance(name, str) or not isinstance(source, list):
        return []
    words = {word.casefold() for word in _WORD.findall(name)}
    hits = [
        (match.start(), match.end())
        for start, end in source
        for match in _WORD.finditer(text, start, end)
        if match[0].casefold() in words
    ]
    return [((hits[0][0], hits[-1][1]), name)] if hits else []


def _full_names(names: set[str]) -> dict[str, str]:
    words = {name: {word.casefold() for word in _WORD.findall(name)} for name in names}
    fuller = {name: [other for other in names if words[name] < words[other]] for name in names}
    return {name: found[0] if len(found := fuller[name]) == 1 else name for name in names}


def _mentions(record: Interview) -> list[tuple[Span, str]]:
    labels = {turn.speaker: turn.label for turn in record.turns if turn.label is not None and turn.speaker is not None}
    spans = [(span, speaker.id) for speaker in record.speakers for span in speaker.mentions]
    return spans + [(span, speaker) for speaker, span in labels.items()]


def _speaker_at(at: tuple[int, int], spans: Sequence[tuple[Span, str]]) -> str | None:
    shared = [(min(at[1], span.end) - max(at[0], span.start), speaker) for span, speaker in spans]
    best = max(shared, default=(0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] > 0 else None
