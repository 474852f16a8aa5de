"""Speakers of transcripts whose gold gives the printed label of every turn: who is one, as far as the labels tell.

Such gold does not say which labels are one person's. It is taken from the labels by a plain rule that knows nothing of
names, titles or languages, and pairs the rule cannot decide are not scored:

- A label is taken as its words before the first comma, bracket or colon, without case and accents.
- Two labels with the same words are one voice, and so is a label whose words all stand in exactly one label with
  more words, or that stands in brackets after exactly one label (`Name (XX)`).
- Two labels are two voices if they share no word, and neither can be the first letters of the other's words.
- All other pairs are left out, and so are two labels of which one says that nobody knows who speaks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.collection.facts import Facts
from onrecord.evaluation.gold_speakers import Print, interview_of
from onrecord.evaluation.speakers import Score
from onrecord.names import parse_label
from onrecord.stages.speakers import run

_WORD = re.compile(r"\w+")
_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿž])(?=[A-ZÀ-ÖØ-ÞČŠŽ])")


def score_transcripts(folder: Path) -> Mapping[str, Score]:
    """Return the score of each source in `folder`: a subfolder of `<document>.gold.json` files with labels."""
    found: dict[str, Score] = {}
    for path in sorted(folder.rglob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        score = _score(path.name.removesuffix(".gold.json"), gold)
        if score is not None:
            found[path.parent.name] = found.get(path.parent.name, Score()) + score
    return found


def _score(name: str, gold: Mapping[str, Any]) -> Score | None:
    prints = [
        Print((), _spaced(turn["speaker"]), " ".join(turn["text"].split()))
        for turn in gold["turns"] or ()
        if turn["speaker"] and "\n" not in turn["speaker"]
    ]
    labels = list(dict.fromkeys(entry.label or "" for entry in prints))
    if len(labels) < 2:
        return None
    title = [gold["title"]] if gold.get("title") else []
    result = run(interview_of(name, gold["language"], title, prints), Facts(language=gold["language"]))
    voice = {entry.label or "": turn.speaker for entry, turn in zip(prints, result.turns, strict=True)}
    together = found = right = 0
    faults: list[str] = []
    unknown = {label for label in labels if parse_label(label, gold["language"]).anonymous}
    for a, b, same in _pairs(labels):
        if same and {a, b} & unknown:
            continue
        joined = voice[a] is not None and voice[a] == voice[b]
        together += same
        found += joined
        right += same and joined
        if same != joined:
            faults.append(f"{name}: {a} / {b}")
    return Score(1, len(labels), together, found, right, faults=tuple(faults))


def _spaced(label: str) -> str:
    """A label of an XML id with its words apart (`JaneRoe`)."""
    return label if " " in label else _CAMEL.sub(" ", label)


def _pairs(labels: list[str]) -> Iterator[tuple[str, str, bool]]:
    words = {label: _words(label) for label in labels}
    owner = {label: _owner(label, words) for label in labels}
    for a, b in combinations(labels, 2):
        if words[a] == words[b] or owner[a] == owner[b] or owner[a] == b or owner[b] == a:
            yield a, b, True
        elif not (set(words[a]) & set(words[b]) or _letters(words[a], words[b]) or _letters(words[b], words[a])):
            yield a, b, False


def _owner(label: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The one label that surely stands for the same voice and says more; the label itself if there is none."""
    mine = set(words[label])
    longer = [other for other in words if mine and mine < set(words[other])]
    if len({words[other] for other in longer}) == 1:
        return longer[0]
    bracketed = [other for other in words if other.casefold().endswith(f"({label.casefold()})")]
    return bracketed[0] if len(bracketed) == 1 else label


def _words(label: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", re.split(r"[,(\[:]", label)[0])
    return tuple(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char)).casefold()))


def _letters(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a short label may be letters of the words of the other: its first one begins one of them."""
    letters = "".join(short)
    return len(letters) <= 4 and any(word.startswith(letters[:1]) for word in full)
