"""`people.jsonl`: who the keys in the column `person` stand for, with their ids in Wikidata, ORCID and VIAF.

    {"person": "hale-ruth", "name": "Ruth Hale", "names": ["R. Hale"], "wikidata": "Q123", "orcid": null, …}

Only people who are linked with a speaker of a published record stand in it; without such people there is no such file.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from pathlib import Path

from onrecord.people import Person
from onrecord.publish.staging import Staging

NAME = "people.jsonl"


def write_people(stage: Staging, people: Mapping[str, Person], keys: Container[str]) -> None:
    """Write those of `people` whose key is in `keys`, one per line in the order of the keys."""
    lines = [_line(key, people[key]) for key in sorted(people) if key in keys]
    if lines:
        stage.write(NAME, "".join(lines).encode())


def released_people(folder: Path) -> Mapping[str, Person]:
    """Return the people of a release by key; empty if it names none."""
    path = Path(folder) / NAME
    if not path.exists():
        return {}
    rows = (json.loads(line) for line in path.read_bytes().splitlines())
    return {row.pop("person"): Person.model_validate(row) for row in rows}


def _line(key: str, person: Person) -> str:
    return json.dumps({"person": key, **person.model_dump(mode="json")}, ensure_ascii=False) + "\n"
