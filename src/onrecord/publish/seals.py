"""`standoff.jsonl`: how to know the words again that a standoff record does not publish.

A standoff record keeps the SHA-256 of its text, which proves a copy of the text. Its title, labels, notes and other
words beside the text have no hash of their own: a short one could be found by guessing. Here each has one that is keyed
with the text (HMAC-SHA-256), so that only who has the text can check it, and who has not learns nothing from it.

    {"id": "harbour/one", "seals": {"title": "5f0c…", "speakers": ["9a31…", "", "c77e…"], …}}

A list has one seal per item, empty where the item holds no withheld words.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import ConfigError
from onrecord.publish.digest import canonical_json
from onrecord.schema.interview import Interview
from onrecord.tables.withheld import withhold

NAME = "standoff.jsonl"
Row = Mapping[str, Any]
Seals = Mapping[str, str | list[str]]

_DIGITS = 32


def seals_of(row: Row) -> Seals:
    """Return the seals of a whole row of `interviews`, by field; fields without withheld words have none."""
    text, bare = row["text"], withhold(Interview, row)
    found: dict[str, str | list[str]] = {}
    for name, value in row.items():
        if name == "text" or canonical_json(value) == canonical_json(bare[name]):
            continue
        if isinstance(value, Sequence) and not isinstance(value, str):
            pairs = zip(value, bare[name], strict=True)
            found[name] = ["" if canonical_json(a) == canonical_json(b) else seal(text, name, a) for a, b in pairs]
        else:
            found[name] = seal(text, name, value)
    return found


def seal(text: str, field: str, value: Any) -> str:
    """Return the seal of one value of one field: 32 hexadecimal digits that only who has the text can compute."""
    return hmac.digest(text.encode(), field.encode() + b"\0" + canonical_json(value), "sha256").hex()[:_DIGITS]


def seal_line(id_: str, seals: Seals) -> bytes:
    """Return the line of one record."""
    return json.dumps({"id": id_, "seals": seals}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def released_seals(folder: Path) -> Iterator[tuple[str, Seals]]:
    """Yield (id, seals) of each standoff record of a release; raises `ConfigError` for a line that is none."""
    path = Path(folder) / NAME
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                item = json.loads(line)
                yield item["id"], item["seals"]
            except (ValueError, KeyError, TypeError) as error:
                raise ConfigError(f"{path}:{number}: this is no line of seals") from error
