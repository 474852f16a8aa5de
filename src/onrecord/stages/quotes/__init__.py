"""The stage `quotes`: finds quotations, their bounds, their cue and their source. It names nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages._base import Stage
from onrecord.stages.quotes.find import Finder
from onrecord.stages.quotes.found import Found
from onrecord.stages.quotes.grammar import grammar_of
from onrecord.stages.quotes.units import Unit, units_of
from onrecord.text.quotation import Pairing, pair_marks

__all__ = ["STAGE", "find_quotes", "pairing_of"]


def find_quotes(interview: Interview, facts: Facts) -> Interview:  # noqa: ARG001 (every stage is given the facts)
    """Fill `quotes`: kind, content, cue, source, turn, parent and evidence; the speaker stays unknown."""
    units = units_of(interview)
    pairing = _pairing(interview, units)
    grammar = grammar_of(_language(interview))
    found = Finder(interview.text, units, pairing.regions, grammar).run()
    return interview.replace(quotes=_quotes(interview.id, found, units))


def pairing_of(interview: Interview) -> Pairing:
    """Return the pairs of quotation marks the stage works with: those of the paragraphs, not of labels."""
    return _pairing(interview, units_of(interview))


def _pairing(interview: Interview, units: list[Unit]) -> Pairing:
    return pair_marks(interview.text, [(unit.start, unit.end) for unit in units], [unit.voice for unit in units])


def _language(interview: Interview) -> str:
    return (interview.language or "en").split("-")[0].lower()


def _quotes(prefix: str, found: Iterable[Found], units: list[Unit]) -> list[dict[str, Any]]:
    """Order, name and nest the quotations, as plain values: the record validates them as a whole, which is faster."""
    ordered = sorted(found, key=_order)
    used: dict[int, int] = {}
    open_: list[tuple[Found, str]] = []  # quotations that may hold the next one
    quotes = []
    for item in ordered:
        start, end = item.content[0][0], item.content[-1][1]
        count = used[start] = used.get(start, 0) + 1
        name = f"{prefix}#quote@{start}" if count == 1 else f"{prefix}#quote@{start}.{count}"
        while open_ and open_[-1][0].content[-1][1] < end:
            open_.pop()
        parent = _parent(open_, start, end) if open_ else None
        open_.append((item, name))
        quotes.append(_quote(item, name, parent, units[item.unit].turn))
    return quotes


_OPEN = 4  # quotations around one another that are looked at for the one that holds the next


def _order(item: Found) -> tuple[int, int, str]:
    return item.content[0][0], -item.content[-1][1], item.rule


def _parent(around: list[tuple[Found, str]], start: int, end: int) -> str | None:
    """The innermost quotation that holds a range in one of its contents: what stands between two is the writer's."""
    for other, name in around[: -_OPEN - 1 : -1]:
        for first, last in other.content:
            if first <= start and end <= last:
                return name
    return None


def _quote(item: Found, name: str, parent: str | None, turn: str | None) -> dict[str, Any]:
    return {
        "id": name,
        "kind": item.kind,
        "content": [{"start": start, "end": end} for start, end in item.content],
        "cue": {"start": item.cue[0], "end": item.cue[1]} if item.cue else None,
        "source": [{"start": start, "end": end} for start, end in item.source] if item.source else None,
        "turn": turn,
        "parent": parent,
        "evidence": {"rule": item.rule, "confidence": item.confidence},
    }


STAGE = Stage("quotes", "2", ("quotes",), find_quotes)
