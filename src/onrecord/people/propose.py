"""Pairs of speakers of different interviews that may be one person, ranked for a human to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.names import PersonName, parse_name, same_name, skeleton, squash
from onrecord.people.ledger import Ledger
from onrecord.schema.interview import Interview

_WINDOW = 12
"""In a block with more members, each is compared with its next neighbours in name order only."""

_WHOLE_BLOCK = 40
_FLOOR = 0.3


@dataclass(frozen=True, slots=True)
class Known:
    """A named person of one interview (or of people.yaml), with what tells people of one name apart."""

    reference: str
    name: str
    interview: str | None
    language: str | None = None
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two references that may be one person: a score from 0 to 1 for the order, and the reasons in words."""

    a: str
    b: str
    score: float
    rule: str
    reasons: tuple[str, ...]


def known_in(interview: Interview) -> Iterator[Known]:
    """Yield the people of an interview who have a full name; others are scoped to it and never proposed."""
    for speaker in interview.speakers:
        if speaker.kind != "person" or speaker.name is None:
            continue
        if parse_name(speaker.name, interview.language).is_partial:
            continue
        words = {squash(word) for text in (*speaker.descriptors, *speaker.affiliations) for word in text.split()}
        context = frozenset(word for word in words if len(word) > 3)
        yield Known(speaker.id, speaker.name, interview.id, interview.language, context)


def propose(people: Iterable[Known], ledger: Ledger | None = None) -> list[Proposal]:
    """Return pairs worth a human's look, most convincing first; ties in the order of their references.

    Two speakers of one interview are never proposed (they were told apart there), nor pairs about which a
    decision stands, nor those that decisions already join. Near-linear: names are compared within blocks of
    one surname and one first letter only, and in large blocks with their neighbours.
    """
    known = sorted(people, key=lambda entry: entry.reference)
    parsed = [parse_name(entry.name, entry.language) for entry in known]
    common = Counter(name.key for name in parsed)
    found: dict[tuple[str, str], Proposal] = {}
    for i, j in _pairs(parsed):
        a, b = known[i], known[j]
        if a.interview is not None and a.interview == b.interview:
            continue
        if ledger is not None and (
            ledger.standing(a.reference, b.reference) or ledger.together(a.reference, b.reference)
        ):
            continue
        proposal = _judge(a, b, parsed[i], parsed[j], common)
        if proposal is not None:
            found[(proposal.a, proposal.b)] = proposal
    return sorted(found.values(), key=lambda p: (-p.score, p.a, p.b))


def _pairs(parsed: list[PersonName]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = {}
    for index, name in enumerate(parsed):
        for block in _blocks(name):
            blocks.setdefault(block, []).append(index)
    for members in blocks.values():
        members.sort(key=lambda index: (parsed[index].key, index))
        reach = len(members) if len(members) <= _WHOLE_BLOCK else _WINDOW
        for position, first in enumerate(members):
            for second in members[position + 1 : position + 1 + reach]:
                yield (first, second) if first < second else (second, first)


def _blocks(name: PersonName) -> set[str]:
    if name.is_partial:
        return set()
    family, given = " ".join(name.family), name.given[0] if name.given else ""
    return {
        f"{skeleton(family)}|{squash(given)[:1]}",
        f"={''.join(sorted(name.key.replace(' ', '')))}",  # the same words in another order
    }


def _judge(a: Known, b: Known, x: PersonName, y: PersonName, common: Counter[str]) -> Proposal | None:
    match = same_name(x, y)
    if match.verdict == "different" or match.rule == "typo":
        return None
    score = match.confidence * (0.7 if match.verdict == "same" else 0.4)
    reasons = [f"“{a.name}” and “{b.name}”: {match.rule}"]
    bearers = max(common[x.key], common[y.key])
    if bearers > 10:
        score *= 0.8
        reasons.append(f"{bearers} speakers are called so")
    shared = sorted(a.context & b.context)
    if shared:
        score = min(1.0, score + 0.1 + 0.05 * min(len(shared), 4))
        reasons.append(f"both: {', '.join(shared[:4])}")
    return Proposal(a.reference, b.reference, round(score, 4), match.rule, tuple(reasons)) if score >= _FLOOR else None
