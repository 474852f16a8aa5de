"""Heads of interviews with what they state, in four rounds, and how much of it is read.

`python -m tests.gold.heads` prints the shares by field, `python -m tests.gold.heads misses` what is read otherwise.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.collection.facts import Source
from onrecord.pipeline import Settings, process

ROUNDS = ("round1", "round2", "round3", "round4")
FIELDS = (
    "title", "deck", "author", "outlet", "date", "published", "place", "credit", "language", "participants",
)  # fmt: skip
LISTS = ("author", "credit", "participants")
_STAGES = Settings(stages=("blocks", "turns", "metadata", "speakers"))


@dataclass(frozen=True)
class Head:
    """The text of a head with its first turns, and what it states; a field that is not named is null."""

    name: str
    suffix: str
    text: str
    expect: Mapping[str, Any]

    def wanted(self, field: str) -> Any:
        """What a field should be."""
        return self.expect.get(field, [] if field in LISTS else None)


def heads(name: str) -> Iterator[Head]:
    """Yield the heads of a round."""
    path = Path(__file__).parent / f"{name}.toml"
    for head in tomllib.loads(path.read_text(encoding="utf-8"))["head"]:
        yield Head(head["name"], head["file"], head["text"].lstrip("\n"), head["expect"])


def read_head(head: Head) -> dict[str, Any]:
    """Return what the program reads from a head, field by field."""
    record = process(Source(f"heads/{head.name}", f"heads/{head.name}.{head.suffix}", head.text.encode()), _STAGES)
    facts = [fact for block in record.blocks for fact in block.facts]
    length = {"year": 4, "month": 7, "day": 10}[record.date_precision or "day"]
    return {
        "title": record.title,
        "deck": record.summary,
        "author": [fact.value for fact in facts if fact.kind == "person"],
        "outlet": record.outlet,
        "date": record.date.isoformat()[:length] if record.date else None,
        "published": record.origin.published.isoformat() if record.origin.published else None,
        "place": record.place,
        "credit": [fact.value for fact in facts if fact.kind == "credit"],
        "language": record.language,
        "participants": [speaker.name for speaker in record.speakers if speaker.name],
    }


def is_right(field: str, wanted: Any, found: Any) -> bool:
    """Whether a field was read: exactly; of the participants, who is named has to be among the speakers."""
    return set(wanted) <= set(found) if field == "participants" else bool(wanted == found)


def score(name: str) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return how many fields of a round are right, how many of those it states, and what is read otherwise."""
    right: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    misses = []
    for head in heads(name):
        found = read_head(head)
        for field in FIELDS:
            wanted = head.wanted(field)
            good = is_right(field, wanted, found[field])
            right[field] += good
            if wanted:
                stated[field] += 1
                stated["right"] += good
            if not good:
                misses.append(f"{head.name}: {field} is {wanted!r}, read as {found[field]!r}")
    return right, stated, misses


def main() -> None:
    """Print a table of the rounds, or with `misses` what is read otherwise than it stands."""
    print("| round | heads |", " | ".join(FIELDS), "| all | of what is stated |")
    print("|---|---|" + "---|" * (len(FIELDS) + 2))
    for name in ROUNDS:
        right, stated, misses = score(name)
        count = len(list(heads(name)))
        total = sum(stated[field] for field in FIELDS)
        fields = " | ".join(str(right[field]) for field in FIELDS)
        print(
            f"| {name[-1]} | {count} | {fields} | {right.total()}/{count * len(FIELDS)} | {stated['right']}/{total} |"
        )
        if "misses" in sys.argv:
            print("\n".join(misses))
