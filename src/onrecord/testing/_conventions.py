"""Ways in which people print who speaks, as data: how a label looks the first time and later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Label = Callable[[str, bool, bool], str]
"""From a full name, whether the speaker asks, and whether it is the speaker's first turn, to the label."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A way to print turns.

    `label` gives the label without its mark; `before` and `after` stand around it in the first line of a turn.
    `names_people` is False where labels are roles (`Question`) that name nobody; `capitals` where names have to be
    written in a script with capital letters.
    """

    name: str
    label: Label
    after: str
    before: str = ""
    names_people: bool = True
    capitals: bool = False


def _words(question: str, answer: str) -> Label:
    return lambda _name, asks, _first: question if asks else answer


def _full(name: str, _asks: bool, _first: bool) -> str:
    return name


def _capitals(name: str, _asks: bool, _first: bool) -> str:
    return name.upper()


def _then_surname(name: str, _asks: bool, first: bool) -> str:
    return name.upper() if first else name.upper().split(" ", 1)[1]


def _then_surname_in_lower_case(name: str, _asks: bool, first: bool) -> str:
    return name if first else name.split(" ", 1)[1]


CONVENTIONS: Mapping[str, Convention] = {
    convention.name: convention
    for convention in (
        Convention("question-answer", _words("Question", "Answer"), ": ", names_people=False),
        Convention("q-a", _words("Q", "A"), ": ", names_people=False),
        Convention("q-a-points", _words("Q", "A"), ". ", names_people=False),
        Convention("capitals", _capitals, ": ", capitals=True),
        Convention("full-name", _full, ": "),
        Convention("full-name-then-surname", _then_surname, ": ", capitals=True),
        Convention("name-then-surname", _then_surname_in_lower_case, ": "),
        Convention("own-line", _full, ":\n"),
        Convention("bold", _full, ":** ", before="**"),
        Convention("chevrons", _capitals, ": ", before=">> ", capitals=True),
    )
}
