"""JSON that is cut off or breaks in the middle: what stands before that place, closed where it was open."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{},:]', re.DOTALL)
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*')
_CLOSES = {"{": "}", "[": "]"}
_DEEPEST = 1000


class Salvaged(NamedTuple):
    """The value before the break, and how many characters of the file it was made of."""

    value: Any
    size: int


def salvage(text: str, stop: int) -> Salvaged | None:
    """Return the value that `text[:stop]` begins, closed after its last whole part; None if there is none.

    A string that is cut within a value is kept as far as it goes: it is what somebody said.
    """
    open_: list[str] = []
    safe = 0
    before = ""
    for token in _TOKEN.finditer(text, 0, stop):
        if token[0] == '"':  # never closed: a cut string
            if before == ":" or (before in ("[", ",") and open_[-1:] == ["]"]):
                cut = _STRING.match(text, token.start(), stop)
                closed = f'{cut[0]}"' if cut is not None else ""
                return _parsed(text[: token.start()] + closed, open_, cut.end() if cut is not None else safe)
            break
        before = token[0][0]
        if before in _CLOSES:
            open_.append(_CLOSES[before])
            if len(open_) > _DEEPEST:
                return None
            safe = token.end()
        elif before in "]}":
            if not open_ or open_.pop() != before:
                return None
            safe = token.end()
        elif before == ",":
            safe = token.start()
    return _parsed(text[:safe], open_, safe)


def _parsed(begun: str, open_: list[str], size: int) -> Salvaged | None:
    try:
        return Salvaged(json.loads(begun + "".join(reversed(open_))), size)
    except (ValueError, RecursionError):
        return None
