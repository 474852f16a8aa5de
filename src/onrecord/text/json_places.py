"""Where the values of a JSON text stand: `("turns", 0, "label")` → line and column."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from onrecord.text.lines import LineIndex

Loc = tuple[str | int, ...]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')


def json_places(text: str) -> Mapping[Loc, tuple[int, int]]:
    """Return the 1-based line and column of every value of a valid JSON text; of a key that stands twice, the last."""
    lines = LineIndex(text)
    places: dict[Loc, tuple[int, int]] = {}
    at: list[str | int] = []  # the path to the value that comes next
    open_: list[str] = []
    wants_key = False
    for token in _TOKEN.finditer(text):
        word = token[0]
        if wants_key and word[0] == '"':
            at[-1] = json.loads(word, strict=False)
            wants_key = False
        elif word in "]}":
            open_.pop()
            at.pop()
            wants_key = False
        elif word == ",":
            if open_[-1] == "{":
                wants_key = True
            else:
                at[-1] = int(at[-1]) + 1
        elif word != ":":
            places[tuple(at)] = lines.position(token.start())
            if word in "[{":
                open_.append(word)
                at.append(0 if word == "[" else "")
                wants_key = word == "{"
    return places
