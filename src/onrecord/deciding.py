"""Who is whom across interviews, for a human at the command line: what to ask, what to write down, and why.

Decisions are lines at the end of people.yaml (or of its last shard); what stands there already is never touched.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError
from onrecord.people import (
    Decision,
    Known,
    Ledger,
    PeopleFile,
    Proposal,
    Verdict,
    known_person,
    near_references,
    people_files,
    propose,
    read_people,
)
from onrecord.people.propose import known_speaker
from onrecord.review.store import ConflictError, replace, snapshot
from onrecord.review.yaml_edit import Change, Name, Put, edited
from onrecord.schema.interview import Interview

SHARD_BYTES = 2**20
"""From this size on, a new decision begins a new shard."""

_CONFIGS = {False: "speakers", True: "fictional_speakers"}


@dataclass(frozen=True, slots=True)
class Cast:
    """All speakers of a release or of a raw folder: their names by id, who is somebody, and who can be proposed."""

    names: Mapping[str, str | None]
    persons: Mapping[str, str]
    real: tuple[Known, ...]
    invented: tuple[Known, ...]


def cast_of(where: Path) -> Cast:
    """Return the speakers of `where`: a release, or a raw folder, whose records are made for it.

    Raises `ConfigError` if it is neither.
    """
    rows = list(_released(where) if (where / "manifest.json").is_file() else _made(where))
    known: dict[bool, list[Known]] = {False: [], True: []}
    for row in rows:
        if row["kind"] == "person" and row["name"] is not None:
            about = (*(row["descriptors"] or ()), *(row["affiliations"] or ()))
            known[row["fictional"]] += known_speaker(row["id"], row["name"], row["interview"], row["language"], about)
    persons = {row["id"]: row["person"] for row in rows if row["person"] is not None}
    return Cast({row["id"]: row["name"] for row in rows}, persons, tuple(known[False]), tuple(known[True]))


def _released(folder: Path) -> Iterator[Mapping[str, Any]]:
    from onrecord.loading import load
    from onrecord.publish.verification import read_manifest

    manifest, found = read_manifest(folder)
    if manifest is None:
        raise ConfigError(" ".join(item.message for item in found))
    columns = ("id", "name", "kind", "person", "interview", "language", "descriptors", "affiliations")
    there = {config.name for config in manifest.configs}
    for fictional, config in _CONFIGS.items():
        if config in there:
            for row in load(config, folder, columns=columns).to_pylist():
                yield {**row, "fictional": fictional}


def _made(raw: Path) -> Iterator[Mapping[str, Any]]:
    from onrecord.pipeline import process
    from onrecord.sources import find

    for source in find(raw).sources:
        yield from _rows(process(source.load()))


def _rows(interview: Interview) -> Iterator[Mapping[str, Any]]:
    for speaker in interview.speakers:
        shared = {"interview": interview.id, "language": interview.language, "fictional": interview.fictional}
        yield {**shared, **dict(speaker)}


def proposals(cast: Cast, raw: Path) -> list[Proposal]:
    """Return the pairs worth a human's look, most convincing first; invented people are compared among themselves."""
    people, _ = read_people(raw)
    ledger = Ledger(people.decisions, people.people)
    persons = [known for key, person in people.people.items() for known in known_person(key, person)]
    found = propose((*cast.real, *persons), ledger) + propose((*cast.invented, *persons), ledger)
    unique = {(item.a, item.b): item for item in found}
    return sorted(unique.values(), key=lambda item: (-item.score, item.a, item.b))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where, and the contradictions that the decision makes or leaves."""

    path: Path
    lines: tuple[str, ...]
    conflicts: tuple[str, ...]


def decide(verdict: Verdict, a: str, b: str, *, by: str, why: str, raw: Path, cast: Cast, on: datetime.date) -> Written:
    """Add a decision about two references to people.yaml in `raw`, at its end.

    If two speakers whom nobody has given a key become one, a person with their name is added, too. Raises `ConfigError`
    for a file with errors, a reference to nobody, a decision that stands already and an `undo` of none; `ConflictError`
    if somebody else has written the file meanwhile. Nothing was written then.
    """
    target = _target(raw)
    before = snapshot(target)
    people, found = read_people(raw)
    if wrong := [item for item in found if item.level == "error"]:
        raise ConfigError(
            f"{wrong[0].path}:{wrong[0].line or 1}: {wrong[0].message} Correct it first: nothing was written"
        )
    ledger = Ledger(people.decisions, people.people)
    if not (by.strip() and why.strip()):
        raise ConfigError("a decision needs an author (--by) and a reason (--why)")
    _require(verdict, a, b, ledger, cast)
    made = [Decision(verdict=verdict, a=a, b=b, by=by, on=on, why=why)]
    changes: list[Change] = []
    if verdict == "same" and not any(_keyed(reference, ledger, cast) for reference in (a, b)):
        name = cast.names.get(a) or cast.names.get(b)
        if name is not None:
            key = _new_key(name, people)
            changes.append(Name("people", key, {"name": name}))
            people = people.model_copy(update={"people": {**people.people, key: None}})
            made.append(Decision(verdict="same", a=a, b=key, by=by, on=on, why="The key of this person."))
    changes += [Put("decisions", _short(decision)) for decision in made]
    try:
        replace(target, before.digest, edited(before.data or b"", changes, target.as_posix()))
    except ConflictError:
        message = f"{target} was changed by somebody else meanwhile; nothing was written: run the command again"
        raise ConflictError(message) from None
    after = Ledger((*ledger.decisions, *made), dict.fromkeys(people.people, None))  # type: ignore[arg-type]  # only keys count
    return Written(target, tuple(map(_line, changes)), tuple(item.message for item in after.conflicts))


def _target(raw: Path) -> Path:
    files = people_files(raw)
    if not files:
        return raw / "people.yaml"
    last = files[-1]
    if last.stat().st_size < SHARD_BYTES:
        return last
    number = int((re.findall("[0-9]+", last.name) or ["1"])[0])
    return raw / f"people.{number + 1}.yaml"


def _require(verdict: Verdict, a: str, b: str, ledger: Ledger, cast: Cast) -> None:
    if a == b:
        raise ConfigError("a decision is about two different references")
    standing = ledger.standing(a, b)
    if verdict == "undo":
        if standing is None:
            chain = " and ".join(f"{step.a} = {step.b}" for step in ledger.why(a, b))
            raise ConfigError(
                f"nothing stands about {a} and {b} that could be undone"
                + (f"; they are one by {chain}: undo one of these" if chain else "")
            )
        return
    known = (*ledger.people, *cast.names)
    for reference in (a, b):
        if reference not in ledger.people and reference not in cast.names:
            raise ConfigError(f"there is no person or speaker {reference!r}{near_references(reference, known)}")
    if standing is not None and standing.verdict == verdict:
        raise ConfigError(f"{standing.by} said so on {standing.on} already: {standing.why}")


def _keyed(reference: str, ledger: Ledger, cast: Cast) -> bool:
    return any(member in ledger.people or member in cast.persons for member in ledger.members(reference))


def _new_key(name: str, people: PeopleFile) -> str:
    """The surname and the given names in plain letters, e.g. `hale-ruth`; with a number if somebody has that key."""
    from anyascii import anyascii

    from onrecord.names import parse_name

    parsed = parse_name(name)
    words = (*parsed.family, *parsed.given) if not parsed.is_partial else parsed.parts
    key = "-".join(re.findall("[a-z0-9]+", anyascii(" ".join(words)).lower())) or "person"
    number = 2
    fit = key
    while fit in people.people:
        fit, number = f"{key}-{number}", number + 1
    return fit


def _short(decision: Decision) -> dict[str, Any]:
    on = decision.on.isoformat()
    return {decision.verdict: [decision.a, decision.b], "by": decision.by, "on": on, "why": decision.why}


def _line(change: Change) -> str:
    from onrecord.review.yaml_edit import flow

    if isinstance(change, Name):
        return f"{change.key}: {flow(change.value)}"
    assert isinstance(change, Put)
    return f"- {flow(change.value)}"


def why(a: str, b: str | None, raw: Path, cast: Cast) -> list[str]:
    """Say in lines what decisions say of one reference, or why two are one person, two, or neither.

    Raises `ConfigError` for a reference to nobody.
    """
    people, _ = read_people(raw)
    ledger = Ledger(people.decisions, people.people)
    known = (*ledger.people, *cast.names)
    for reference in (a, b):
        if reference is not None and reference not in known and not ledger.history(reference):
            raise ConfigError(f"there is no person or speaker {reference!r}{near_references(reference, known)}")
    conflicts = [item.message for item in ledger.conflicts if {a, b} & set(ledger.members(item.a))]
    told = [*_of_one(a, ledger)] if b is None else [*_of_two(a, b, ledger, _all_known(cast, people))]
    return [*told, *(f"Decisions contradict each other, so nobody here is linked: {item}" for item in conflicts)]


def _all_known(cast: Cast, people: PeopleFile) -> tuple[Known, ...]:
    persons = (known for key, person in people.people.items() for known in known_person(key, person))
    return (*cast.real, *cast.invented, *persons)


def _of_one(a: str, ledger: Ledger) -> Iterator[str]:
    person = ledger.person_of(a)
    yield (
        f"{a} is {person}." if person not in (None, a) else f"{a} is linked with nobody." if person is None else f"{a}:"
    )
    for member in ledger.members(a):
        if member != a:
            yield f"  one with {member}:"
            yield from (f"    {_told(step)}" for step in ledger.why(a, member))
    others = [
        step for step in ledger.history(a) if step.verdict != "same" or step is not ledger.standing(step.a, step.b)
    ]
    yield from (f"  also said: {_told(step)}" for step in others)


def _of_two(a: str, b: str, ledger: Ledger, known: Iterable[Known]) -> Iterator[str]:
    chain = ledger.why(a, b)
    if chain:
        yield f"{a} and {b} are one person:"
        yield from (f"  {_told(step)}" for step in chain)
    elif ledger.settled(a, b) and ledger.standing(a, b) is None:
        yield f"{a} and {b} are two people: others whom decisions join with them are."
    elif ledger.standing(a, b) is None:
        yield f"Nobody has decided about {a} and {b}."
        pair = [entry for entry in known if entry.reference in (a, b)]
        found = propose(pair)
        yield from (f"  evidence: {reason}" for item in found for reason in item.reasons)
        if not found:
            yield "  Nothing suggests that they are one person."
    yield from (f"  said: {_told(step)}" for step in ledger.history(a, b) if step not in chain)


_WORDS: Mapping[Verdict, str] = {"same": "=", "different": "≠", "unsure": "perhaps =", "undo": "undone:"}


def _told(step: Decision) -> str:
    said = f"{step.a} {_WORDS[step.verdict]} {step.b}" if step.verdict != "undo" else f"undone: {step.a}, {step.b}"
    return f"{said} ({step.by}, {step.on}: {step.why})"
