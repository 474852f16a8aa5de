"""people.yaml: people and decisions, in one file or in shards of any number.

people:
  hale-ruth: {name: Ruth Hale, wikidata: Q123}
decisions:
  - {same: [kesh/one#speaker@18, hale-ruth], by: Ann Lee, on: 2026-11-24, why: Both name the mill.}
  - {undo: [kesh/one#speaker@18, hale-ruth], by: Ann Lee, on: 2026-11-25, why: Another mill.}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, get_args

from pydantic import Field, ValidationError

from onrecord.collection.document import Document, Loc, parse
from onrecord.people.model import Decision, Person, Verdict
from onrecord.schema.interview import Finding, Model

M = TypeVar("M", bound=Model)
_VERDICTS: tuple[str, ...] = get_args(Verdict)


class PeopleFile(Model):
    """What one or several files say: people by key, and decisions in the order of the files."""

    people: Mapping[str, Person] = Field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


def load_people(data: bytes, path: str) -> tuple[PeopleFile, tuple[Finding, ...]]:
    """Read a people.yaml; a wrong entry is left out and reported with its place, the others are kept.

    Never raises for broken data. Keys that stand twice are reported by the YAML reader.
    """
    document, findings = parse(data, path)
    if document is None:
        return PeopleFile(), findings
    found = list(findings)
    people: dict[str, Person] = {}
    for key, value in _mapping(document, "people", found):
        person = _made(Person, value, document, ("people", key), found)
        if person is not None:
            people[str(key)] = person
    decisions: list[Decision] = []
    for index, value in _list(document, "decisions", found):
        decision = _made(Decision, _long_form(value), document, ("decisions", index), found)
        if decision is not None:
            decisions.append(decision)
    for key in document.value:
        if key not in ("people", "decisions"):
            message = f"There is no `{key}` in people.yaml; there are `people` and `decisions`."
            found.append(document.finding("unknown-key", message, (key,), of_key=True))
    return PeopleFile(people=people, decisions=tuple(decisions)), tuple(found)


def merge_people(files: Iterable[PeopleFile]) -> PeopleFile:
    """Put shards together in the order given; of a key in two shards the first counts."""
    people: dict[str, Person] = {}
    decisions: list[Decision] = []
    for entry in files:
        for key, person in entry.people.items():
            people.setdefault(key, person)
        decisions.extend(entry.decisions)
    return PeopleFile(people=people, decisions=tuple(decisions))


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
