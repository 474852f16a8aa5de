"""What is not exact, by class: how gold quotations are lost, and what is found where the gold has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from onrecord.evaluation.gold_quotes import GoldDocument, GoldQuote
from onrecord.evaluation.quotes import KINDS, Counts, Item, MarkedText, compared
from onrecord.evaluation.report import table

# The classes of a gold quotation (the first five) and of what was found, with the titles of their columns.
COLUMNS = {
    "gold": "gold",
    "exact": "exact",
    "missed": "not found",
    "fewer": "with fewer words",
    "more": "with more words",
    "other": "with others",
    "found": "found",
    "within": "not exact: within another",
    "nothing": "no gold there",
}


def errors(gold: GoldDocument, found: Sequence[GoldQuote], group: str | None = None) -> Counts:
    """Count the classes of one document by kind (`direct.missed`); sums over documents make the table."""
    text = MarkedText(gold.text)
    left, right = compared(text, gold, found, group)
    right_at, left_at = _by_word(right), _by_word(left)
    sets = {item.tokens for item in left}
    counts: Counts = Counter()
    for item in left:
        counts[f"{item.kind}.gold"] += 1
        counts[f"{item.kind}.{_lost(item, _touching(item, right_at))}"] += 1
    for item in right:
        counts[f"{item.kind}.found"] += 1
        if item.tokens in sets:
            continue
        if any(item.tokens < other.tokens for other in _touching(item, right_at)):
            counts[f"{item.kind}.within"] += 1
        elif not _touching(item, left_at):
            counts[f"{item.kind}.nothing"] += 1
    return counts


def error_table(counts: Iterable[Counts]) -> str:
    """Return the classes as a Markdown table, one row for each kind."""
    summed: Counts = sum(counts, Counter())
    rows = [[kind, *(f"{summed[f'{kind}.{name}']:,}" for name in COLUMNS)] for kind in KINDS]
    return table(["kind", *COLUMNS.values()], rows)


def _lost(item: Item, near: Sequence[Item]) -> str:
    if not near:
        return "missed"
    best = max(near, key=lambda other: (other.tokens == item.tokens, len(other.tokens & item.tokens)))
    if best.tokens == item.tokens:
        return "exact"
    return "fewer" if best.tokens < item.tokens else "more" if best.tokens > item.tokens else "other"


def _by_word(items: Sequence[Item]) -> dict[int, list[Item]]:
    """The items that hold each word."""
    held: dict[int, list[Item]] = {}
    for item in items:
        for word in item.tokens:
            held.setdefault(word, []).append(item)
    return held


def _touching(item: Item, by_word: dict[int, list[Item]]) -> list[Item]:
    """The other items that share a word with one."""
    near = chain.from_iterable(by_word.get(word, ()) for word in sorted(item.tokens))
    return list({id(other): other for other in near if other is not item}.values())
