"""From decisions to `Speaker.person`: who every speaker is, and what is wrong with the decisions.

A link rests on humans alone: a decision of people.yaml, or `person:` of a participant in card or sidecar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from onrecord.codes import finding
from onrecord.names import has_invisible, mixed_scripts
from onrecord.people.file import PeopleFile
from onrecord.people.ledger import Ledger
from onrecord.people.model import Decision
from onrecord.schema.interview import Finding

_IDS = ("wikidata", "orcid", "viaf")


@dataclass(frozen=True, slots=True)
class Links:
    """Who every linked speaker is, by the speaker's id, and what is wrong with the decisions."""

    persons: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def link(
    people: PeopleFile,
    stated: Mapping[str, str | None],
    paths: Mapping[str, str] | None = None,
    known: Callable[[], Iterable[str]] | None = None,
) -> Links:
    """Decide for each speaker in `stated` (id → the person card or sidecar state, if any) who that is.

    What card or sidecar state counts for the others whom decisions join with that speaker, too. Decisions against each
    other, or against what is stated, link nobody they touch: a stated person stays where it is stated, nothing else.
    `paths` gives the file of each interview, for findings. Speakers of whom no person is stated and whom
    `people.references` does not name need not be in `stated`: nothing is decided about them. `known`, which is asked
    only if a decision is about nobody, then gives all speakers there are, to say who may have been meant.
    """
    ledger = Ledger(people.decisions, people.people)
    claims: dict[str, set[str]] = {}
    for reference, person in stated.items():
        if person is not None:
            claims.setdefault(ledger.group(reference), set()).add(person)
    persons: dict[str, str] = {}
    for reference, person in stated.items():
        if person is None and not ledger.broken(reference):
            group = ledger.group(reference)
            claimed = claims.get(group, set()) | ({group} if group in people.people else set())
            person = next(iter(claimed)) if len(claimed) == 1 else None
        if person is not None:
            persons[reference] = person
    of_file = (*_of_decisions(people, ledger, stated, known or (lambda: stated)), *_of_ids(people), *_of_names(people))
    findings = (*of_file, *_of_stated(people, ledger, stated, paths))
    return Links(persons, findings)


def _of_decisions(
    people: PeopleFile, ledger: Ledger, stated: Mapping[str, str | None], known: Callable[[], Iterable[str]]
) -> Iterator[Finding]:
    """Contradictions, references to nothing, and lines without effect, at their lines."""
    at = {id(decision): where for decision, where in zip(people.decisions, people.decisions_at, strict=True)}

    def say(code: str, decision: Decision, message: str, where: str | None = None) -> Finding:
        path, line = at[id(decision)]
        return finding(code, path, message, line=line, where=where)

    for conflict in ledger.conflicts:
        yield say("people-conflict", conflict.against or conflict.chain[-1], conflict.message, conflict.a)
    for decision in ledger.rings:
        yield say(
            "people-ring", decision, f"That {decision.a} = {decision.b} follows from other decisions.", decision.a
        )
    for index, reason in ledger.idle.items():
        yield say("decision-without-effect", people.decisions[index], f"{reason}.")
    near = cache(lambda: _Near((*people.people, *known())))
    for decision in people.decisions:
        for reference in (decision.a, decision.b):
            if reference not in people.people and reference not in stated:
                yield say(
                    "unknown-reference",
                    decision,
                    f"There is no person or speaker `{reference}`{near()(reference) or '.'}",
                )


class _Near:
    """Names the ids that look most like one that does not exist: of its interview, if there is one."""

    def __init__(self, known: Iterable[str]) -> None:
        self._all = tuple(known)
        self._by_interview: dict[str, list[str]] = {}
        for reference in self._all:
            self._by_interview.setdefault(reference.rpartition("#")[0], []).append(reference)

    def __call__(self, reference: str) -> str:
        if "#" not in reference and reference in self._by_interview:  # an interview was named, not who speaks in it
            near = self._by_interview[reference][:3]
            return f"; did you mean {' or '.join(near)}?"
        near = get_close_matches(reference, self._by_interview.get(reference.rpartition("#")[0], ()), 3, 0.5)
        if not near and (interviews := get_close_matches(reference.rpartition("#")[0], self._by_interview, 1, 0.8)):
            near = get_close_matches(reference, self._by_interview[interviews[0]], 3, 0.5)
        return f"; did you mean {' or '.join(near)}?" if near else ""


def near_references(reference: str, known: Iterable[str]) -> str:
    """Return `; did you mean …?` with the ids most like `reference`, or nothing."""
    return _Near(known)(reference)


def _of_ids(people: PeopleFile) -> Iterator[Finding]:
    """Two people with one Wikidata, ORCID or VIAF id are one person, or one of the ids is wrong."""
    first: dict[tuple[str, str], str] = {}
    for key, person in people.people.items():
        for name in _IDS:
            value = getattr(person, name)
            if value is not None and (other := first.setdefault((name, value), key)) != key:
                message = f"`{key}` and `{other}` have one {name} id, {value}."
                path, line = people.people_at[key]
                yield finding("duplicate-person", path, message, line=line, where=key)


def _of_names(people: PeopleFile) -> Iterator[Finding]:
    """A name that mixes alphabets or holds what nobody sees is found by no search for it."""
    for key, person in people.people.items():
        for name in (person.name, *person.names):
            mixed = mixed_scripts(name)
            if mixed or has_invisible(name):
                what = f"mixes alphabets in “{mixed[0]}”" if mixed else "holds characters that cannot be seen"
                path, line = people.people_at[key]
                yield finding("confusable-name", path, f"The name “{name}” {what}.", line=line, where=key)


def _of_stated(
    people: PeopleFile, ledger: Ledger, stated: Mapping[str, str | None], paths: Mapping[str, str] | None
) -> Iterator[Finding]:
    """What card and sidecar state must be somebody in people.yaml, and must not contradict the decisions."""
    groups: dict[str, str] = {}
    for reference, person in stated.items():
        if person is None:
            continue
        path = (paths or {}).get(reference.rpartition("#")[0], reference.rpartition("#")[0])
        if person not in people.people:
            near = near_references(person, people.people)
            message = f"There is no person `{person}` in people.yaml{near or '.'}"
            yield finding("unknown-reference", path, message, where=reference)
        group = ledger.group(reference)
        against = ledger.standing(reference, person)
        other = groups.setdefault(group, group if group in people.people else person)
        if other != person or (against is not None and against.verdict == "different"):
            message = f"The participant is stated to be `{person}`, but the decisions of people.yaml say otherwise"
            message += f": `{other}`." if other != person else "."
            yield finding("people-conflict", path, message, where=reference)
