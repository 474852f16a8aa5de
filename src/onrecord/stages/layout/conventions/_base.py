"""Conventions that find their turns themselves, and the registry of all there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from onrecord.stages.layout.convention import Convention, Form, Reading
from onrecord.stages.layout.model import Opening, Tried, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.paragraphs import Paragraph


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Proposed(Convention):
    """A convention that finds its turns on the page as a whole.

    Those of markup are asked first, those of labels last and only where no strong form of labels has turns.
    """

    propose: Callable[[Convention, Page], Verdict | None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Alternating(Convention):
    """A convention of form that finds its turns in the paragraphs of the page."""

    propose: Callable[[Convention, Page, list[Paragraph]], Verdict | None]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Joined(Convention):
    """A convention that no document has alone: it adds openings to those of the conventions that have won."""

    join: Callable[[Convention, Page, list[Opening]], list[Opening]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style of paragraphs that may be that of the questions, and what it takes to believe it.

    `rows` returns the first rows of the paragraphs in the style, one set for each variant of it (a level of heading,
    a sign). `last`: it is asked after the other styles, so that it loses where another is supported as well.
    `asking`: the least share of questions that ask. `crowded`: how many paragraphs in a row questions may have on
    average. `personal`: the least share of exchanges in which somebody says `you` or `I`. `signed`: no title or deck
    has the style. `narrated`: stories have it, too; it is not believed if a narrator speaks. `listed`: the choices of
    a quiz have it, too. `pair`: two questions are enough in a short talk. `unquoted`: quotation marks around all of a
    question are its sign; where answers have them, too, people are quoted in a story. `parts`: other parts of the page
    open in the style, too; where all questions ask, those after the last that does are such parts.
    """

    rows: Callable[[Sequence[Paragraph]], list[set[int]]]
    last: bool = False
    asking: float = 0.5
    crowded: float = 2.2
    personal: float = 0.25
    signed: bool = False
    narrated: bool = False
    listed: bool = False
    pair: bool = False
    unquoted: bool = False
    parts: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Styled(Convention):
    """A convention of form in which the questions are the paragraphs of one style."""

    style: Style


C = TypeVar("C", bound=Convention)


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """All conventions, by what they are looked up by. `all` is in the order in which those that propose are asked."""

    all: tuple[Convention, ...]
    by_name: Mapping[str, Convention]
    forms: tuple[tuple[Convention, Form], ...]
    reading: Mapping[Reading, Convention]
    own_line: Mapping[Convention, Convention]

    def of(self, kind: type[C]) -> tuple[C, ...]:
        """Return the conventions of one kind."""
        return tuple(convention for convention in self.all if isinstance(convention, kind))


def collect(conventions: Iterable[Convention]) -> Registry:
    """Return the registry of `conventions`, with the forms of all of them in the order in which they are tried.

    Raises `ValueError` if two have one name, two forms one place in that order, if not exactly one convention claims
    a reading, or if `own_line` names none: these are mistakes in a convention, not in a text.
    """
    found = tuple(conventions)
    by_name = {convention.name: convention for convention in found}
    forms = sorted(((c, form) for c in found for form in c.forms), key=lambda pair: pair[1].order)
    claimed = Counter(reading for convention in found for reading in convention.reads)
    _only_once(convention.name for convention in found)
    _only_once(form.order for _, form in forms)
    if wrong := [reading for reading in get_args(Reading) if claimed[reading] != 1]:
        raise ValueError(f"exactly one convention has to claim each of {wrong}")
    if wrong := [c.name for c in found if c.own_line and c.own_line not in by_name]:
        raise ValueError(f"own_line of {wrong} names no convention")
    return Registry(
        found,
        by_name,
        tuple(forms),
        {reading: convention for convention in found for reading in convention.reads},
        {convention: by_name[convention.own_line] for convention in found if convention.own_line},
    )


def _only_once(values: Iterable[object]) -> None:
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        raise ValueError(f"more than one convention or form has {twice}")


def verdict_of(convention: Convention, openings: list[Opening], found: int, reason: str) -> Verdict:
    """Return what a convention makes of a page: its openings among `found` places, and why they count or not."""
    voices = len({opening.key for opening in openings})
    score = round(len(openings) * convention.confidence, 2)
    return Verdict(convention, openings, Tried(convention.name, found, len(openings), voices, score, False, reason))
