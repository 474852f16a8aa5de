"""people.yaml: people and decisions, in one file or, when it grows large, in shards of any number.

people:
  hale-ruth: {name: Ruth Hale, wikidata: Q123}
decisions:
  - {same: [kesh/one#speaker@18, hale-ruth], by: Ann Lee, on: 2026-11-24, why: Both name the mill.}
  - {undo: [kesh/one#speaker@18, hale-ruth], by: Ann Lee, on: 2026-11-25, why: Another mill.}
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

from pydantic import Field, ValidationError

from onrecord.codes import finding
from onrecord.collection.document import MAX_BYTES, Document, Loc, parse
from onrecord.collection.naming import is_people_file
from onrecord.people.model import Decision, Person, Verdict
from onrecord.schema.interview import Finding, Model

M = TypeVar("M", bound=Model)
_VERDICTS: tuple[str, ...] = get_args(Verdict)


class Where(NamedTuple):
    """Where an entry stands: the file, as findings name it, and the line."""

    path: str
    line: int


class PeopleFile(Model):
    """What one or several files say: people by key, and decisions in the order of the files, each with its place."""

    people: Mapping[str, Person] = Field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    people_at: Mapping[str, Where] = Field(default_factory=dict)
    decisions_at: tuple[Where, ...] = ()

    @property
    def references(self) -> frozenset[str]:
        """All that is named: keys of people, and whom the decisions are about."""
        return frozenset(self.people).union(*((decision.a, decision.b) for decision in self.decisions))


def people_files(raw: Path) -> tuple[Path, ...]:
    """Return `people.yaml` and its shards `people.2.yaml` … in `raw`, in the order of their numbers."""
    if not raw.is_dir():
        return ()
    found = [path for path in raw.iterdir() if is_people_file(path.name) and path.is_file()]
    return tuple(sorted(found, key=lambda path: [int(digits) for digits in re.findall("[0-9]+", path.name)]))


def read_people(raw: Path) -> tuple[PeopleFile, tuple[Finding, ...]]:
    """Read all people files in `raw`, with what is wrong in them; a person who stands in two is a finding, too."""
    files: list[PeopleFile] = []
    findings: list[Finding] = []
    for path in people_files(raw):
        try:
            with path.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            findings.append(finding("unreadable-file", path.name, error.strerror or str(error)))
            continue
        read, found = load_people(data, path.name)
        for earlier in files:
            for key in sorted(read.people.keys() & earlier.people.keys()):
                at, first = read.people_at[key], earlier.people_at[key]
                message = f"The person `{key}` stands in {first.path}, line {first.line}, already; that entry counts."
                findings.append(finding("duplicate-person", at.path, message, line=at.line, where=key))
        files.append(read)
        findings.extend(found)
    return merge_people(files), tuple(findings)


def load_people(data: bytes, path: str) -> tuple[PeopleFile, tuple[Finding, ...]]:
    """Read a people.yaml; a wrong entry is left out and reported with its place, the others are kept.

    Never raises for broken data. Keys that stand twice are reported by the YAML reader.
    """
    document, findings = parse(data, path)
    if document is None:
        return PeopleFile(), findings
    found = list(findings)
    people: dict[str, Person] = {}
    people_at: dict[str, Where] = {}
    for key, value in _mapping(document, "people", found):
        person = _made(Person, value, document, ("people", key), found)
        if person is not None:
            people[str(key)] = person
            people_at[str(key)] = Where(path, document.place(("people", key), of_key=True).line)
    decisions: list[Decision] = []
    decisions_at: list[Where] = []
    for index, value in _list(document, "decisions", found):
        decision = _made(Decision, _long_form(value), document, ("decisions", index), found)
        if decision is not None:
            decisions.append(decision)
            decisions_at.append(Where(path, document.place(("decisions", index)).line))
    for key in document.value:
        if key not in ("people", "decisions"):
            message = f"There is no `{key}` in people.yaml; there are `people` and `decisions`."
            found.append(document.finding("unknown-key", message, (key,), of_key=True))
    said = PeopleFile(people=people, decisions=tuple(decisions), people_at=people_at, decisions_at=tuple(decisions_at))
    return said, tuple(found)


def merge_people(files: Iterable[PeopleFile]) -> PeopleFile:
    """Put shards together in the order given; of a key in two shards the first counts."""
    people: dict[str, Person] = {}
    people_at: dict[str, Where] = {}
    decisions: list[Decision] = []
    decisions_at: list[Where] = []
    for entry in files:
        for key, person in entry.people.items():
            people.setdefault(key, person)
        for key, at in entry.people_at.items():
            people_at.setdefault(key, at)
        decisions.extend(entry.decisions)
        decisions_at.extend(entry.decisions_at)
    return PeopleFile(people=people, decisions=tuple(decisions), people_at=people_at, decisions_at=tuple(decisions_at))


def _mapping(document: Document, key: str, found: list[Finding]) -> Iterable[tuple[Any, Any]]:
    value: Any = document.value.get(key)
    if isinstance(value, dict):
        return value.items()
    if value is not None:
        found.append(document.finding("wrong-value", f"`{key}` should be a mapping from keys to people.", (key,)))
    return ()


def _list(document: Document, key: str, found: list[Finding]) -> Iterable[tuple[int, Any]]:
    value: Any = document.value.get(key)
    if isinstance(value, list):
        return enumerate(value)
    if value is not None:
        found.append(document.finding("wrong-value", f"`{key}` should be a list of decisions.", (key,)))
    return ()


def _long_form(value: Any) -> Any:
    """`{same: [a, b], …}` → `{verdict: same, a: a, b: b, …}`."""
    if not isinstance(value, dict):
        return value
    chosen = [word for word in _VERDICTS if word in value]
    if len(chosen) != 1 or not isinstance(value[chosen[0]], list) or len(value[chosen[0]]) != 2:
        return {"verdict": None}
    a, b = value[chosen[0]]
    return {"verdict": chosen[0], "a": a, "b": b, **{k: v for k, v in value.items() if k != chosen[0]}}


def _made(model: type[M], value: Any, document: Document, loc: Loc, found: list[Finding]) -> M | None:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        detail = error.errors()[0]
        field = ".".join(str(part) for part in detail["loc"])
        if field == "verdict":
            message = "A decision needs one of `same`, `different`, `unsure`, `undo` with a list of two references."
        else:
            message = f"`{'.'.join(map(str, loc))}`: {field + ': ' if field else ''}{detail['msg']}."
        found.append(document.finding("wrong-value", message, loc))
        return None
