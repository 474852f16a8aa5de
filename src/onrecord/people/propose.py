"""Pairs of speakers of different interviews that may be one person, ranked for a human to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from onrecord.names import Match, PersonName, parse_name, same_name, skeleton, squash
from onrecord.people.ledger import Ledger
from onrecord.people.model import Person
from onrecord.schema.interview import Interview

_WINDOW = 12
"""In a block with more members, each is compared with its next neighbours in name order only."""

_WHOLE_BLOCK = 40
_FLOOR = 0.3
_COMMON = 10
"""From so many speakers of one name on the name alone says less."""

SAID: Mapping[str, str] = {
    "identical": "the same name",
    "case": "the same name but for capitals",
    "diacritics": "the same name with and without accents",
    "invisible-characters": "the same name but for characters nobody sees",
    "transliteration": "the same name in two alphabets or spellings",
    "romanization": "two common ways to write one name in Latin letters",
    "middle-name": "the same name with and without a middle name",
    "name-order": "the same names in the other order",
    "nickname": "a common short form of the given name, and the same surname",
    "initials": "the same surname, and the first letter of the given name",
    "surname": "the same surname",
    "generation": "the same name with and without Jr. or Sr.",
}
"""What each rule of comparison says, in words."""


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
        if speaker.kind == "person" and speaker.name is not None:
            about = (*speaker.descriptors, *speaker.affiliations)
            yield from known_speaker(speaker.id, speaker.name, interview.id, interview.language, about)


def known_speaker(
    reference: str, name: str, interview: str, language: str | None, about: Iterable[str]
) -> Iterator[Known]:
    """Yield a speaker as one to propose, with the words that describe it; nothing if the name is not a full one."""
    if not parse_name(name, language).is_partial:
        words = {squash(word) for text in about for word in text.split()}
        yield Known(reference, name, interview, language, frozenset(word for word in words if len(word) > 3))


def known_person(key: str, person: Person) -> Iterator[Known]:
    """Yield a person of people.yaml under each of their full names."""
    for name in (person.name, *person.names):
        if not parse_name(name).is_partial:
            yield Known(key, name, None)


def propose(people: Iterable[Known], ledger: Ledger | None = None) -> list[Proposal]:
    """Return pairs worth a human's look, most convincing first; ties in the order of their references.

    Two speakers of one interview are never proposed (they were told apart there), nor what decisions have settled.
    Those whom decisions join are asked about once. Near-linear: names are compared within blocks of one surname and one
    first letter only, and in large blocks with their neighbours.
    """
    ledger = ledger or Ledger(())
    known = sorted(people, key=lambda entry: (entry.reference, entry.name))
    parsed = [parse_name(entry.name, entry.language) for entry in known]
    common = Counter(name.key for name in parsed)
    found: dict[tuple[str, str], Proposal] = {}
    for i, j in _pairs(parsed):
        a, b = known[i], known[j]
        if a.reference == b.reference or (a.interview is not None and a.interview == b.interview):
            continue
        if ledger.settled(a.reference, b.reference):
            continue
        proposal = _judge(a, b, parsed[i], parsed[j], common)
        if proposal is not None:
            one, other = sorted((ledger.group(a.reference), ledger.group(b.reference)))
            best = found.get((one, other))
            if best is None or (-proposal.score, proposal.a, proposal.b) < (-best.score, best.a, best.b):
                found[one, other] = proposal
    return sorted(found.values(), key=lambda p: (-p.score, p.a, p.b))


def _pairs(parsed: list[PersonName]) -> Iterator[tuple[int, int]]:
    blocks: dict[str, list[int]] = {}
    for index, name in enumerate(parsed):
        for block in _blocks(name):
            blocks.setdefault(block, []).append(index)
    return chain.from_iterable(_of_block(members, parsed) for members in blocks.values() if len(members) > 1)


def _of_block(members: list[int], parsed: list[PersonName]) -> Iterator[tuple[int, int]]:
    members.sort(key=lambda index: (parsed[index].key, index))
    reach = len(members) if len(members) <= _WHOLE_BLOCK else _WINDOW
    for position, first in enumerate(members):
        for second in members[position + 1 : position + 1 + reach]:
            yield (first, second) if first < second else (second, first)


def _blocks(name: PersonName) -> set[str]:
    family, given = skeleton(" ".join(name.family)), name.given[0] if name.given else ""
    return {
        family,  # a short form may begin with another letter (Bob, Robert)
        f"{family}|{squash(given)[:1]}",
        f"={''.join(sorted(name.key.replace(' ', '')))}",  # the same words in another order
    }


def _judge(a: Known, b: Known, x: PersonName, y: PersonName, common: Counter[str]) -> Proposal | None:
    match = same_name(x, y)
    if match.verdict == "different" or match.rule == "typo":
        return None
    score = match.confidence * (0.7 if match.verdict == "same" else 0.4)
    reasons = [_said(a, b, match)]
    bearers = max(common[x.key], common[y.key])
    if bearers > _COMMON:
        score *= 0.8
        reasons.append(f"{bearers} speakers are called so")
    shared = sorted(a.context & b.context)
    if shared:
        score = min(1.0, score + 0.1 + 0.05 * min(len(shared), 4))
        reasons.append(f"both: {', '.join(shared[:4])}")
    return Proposal(a.reference, b.reference, round(score, 4), match.rule, tuple(reasons)) if score >= _FLOOR else None


def _said(a: Known, b: Known, match: Match) -> str:
    return f"“{a.name}” and “{b.name}”: {SAID.get(match.rule, match.rule)}"
