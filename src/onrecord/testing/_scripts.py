"""Interviews as people print them, together with what was printed: who says what, in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

from onrecord.schema.interview import TurnRole
from onrecord.testing._conventions import CONVENTIONS, Convention
from onrecord.testing._texts import CASED, SCRIPTS, dated_paragraphs, names

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")
_BREAKS = ("\n", "\r\n", "\r")
_ANSWER = st.lists(dated_paragraphs(), min_size=1, max_size=3)
# Where every turn is one line, a line more at the end may as well be a note after the interview.
_FIRST_ANSWER = st.lists(dated_paragraphs(), min_size=2, max_size=3)
_QUESTION = st.lists(dated_paragraphs(ends="?"), min_size=1, max_size=2)


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as printed: the speaker's full name (None where labels name nobody), the label, the paragraphs."""

    speaker: str | None
    asks: bool
    label: str
    paragraphs: tuple[str, ...]

    @property
    def role(self) -> TurnRole:
        """The role of the turn where labels say it."""
        return "question" if self.asks else "answer"


@dataclass(frozen=True, slots=True)
class Script:
    """A printed interview and what is in it.

    `text` has LF line ends; `data` is the file: encoded, perhaps with a byte-order mark, with `newline` line ends.
    """

    convention: Convention
    turns: tuple[Said, ...]
    text: str
    encoding: str
    newline: str

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.replace("\n", self.newline).encode(self.encoding)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Full names of those who speak, in the order of their first turns; empty where labels name nobody."""
        return tuple(dict.fromkeys(said.speaker for said in self.turns if said.speaker is not None))


@st.composite
def scripts(draw: st.DrawFn, conventions: Iterable[str] = tuple(CONVENTIONS)) -> Script:
    """A printed interview of two or three voices in one of the `conventions`; see `Script` for what comes with it.

    Names and words are in several scripts, a turn may be empty, turns stand on lines of their own, with or without
    a blank line between them, with or without a title before and a line end after them.
    """
    convention = CONVENTIONS[draw(st.sampled_from(list(conventions)))]
    alphabets = CASED if convention.capitals else SCRIPTS
    cast = draw(st.lists(names(alphabets), min_size=2, max_size=3, unique_by=(str.casefold, _surname)))
    turns = draw(_turns(convention, cast))
    between = draw(st.sampled_from(["\n", "\n\n"]))
    title = draw(st.sampled_from(["", "A winter on the pier\n\n"]))
    end = draw(st.sampled_from(["", "\n"]))
    body = between.join(_render(said, convention, between) for said in turns)
    return Script(
        convention=convention,
        turns=tuple(turns),
        text=title + body + end,
        encoding=draw(st.sampled_from(_ENCODINGS)),
        newline=draw(st.sampled_from(_BREAKS)),
    )


@st.composite
def _turns(draw: st.DrawFn, convention: Convention, cast: list[str]) -> list[Said]:
    """Six to twelve turns: the first of the cast asks, the others answer by turns.

    At most one turn is empty, never a voice's first or last.
    """
    asking, *answering = cast
    rounds = draw(st.integers(max(3, 2 * len(answering)), 6))
    empty = draw(st.sampled_from([None, *range(2 * len(answering), 2 * (rounds - len(answering)))]))
    turns: list[Said] = []
    known: set[str] = set()
    for number in range(2 * rounds):
        name = answering[number // 2 % len(answering)] if number % 2 else asking
        label = convention.label(name, name == asking, name not in known)
        known.add(name)
        made = [] if number == empty else draw(_FIRST_ANSWER if number == 1 else _ANSWER if number % 2 else _QUESTION)
        words = tuple(paragraph(1900 + 5 * number + at) for at, paragraph in enumerate(made))  # no two begin alike
        turns.append(Said(name if convention.names_people else None, name == asking, label, words))
    return turns


def _render(said: Said, convention: Convention, between: str) -> str:
    head = f"{convention.before}{said.label}{convention.after}"
    return (head + between.join(said.paragraphs)) if said.paragraphs else head.rstrip()


def _surname(name: str) -> str:
    return name.split(" ", 1)[1].casefold()
