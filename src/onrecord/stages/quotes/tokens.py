"""Tokens: words and punctuation of a paragraph with all the stage knows of them, looked up rather than worked out.

Most stretches between two blanks come again and again, so each is taken apart once. A paragraph then costs a
split and one look-up per stretch.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable

_MOST = 200_000  # a cap on what is remembered, so that a process that reads for days does not grow
_BEHIND = ",.;:?!"  # marks that are tokens of their own at the end of a stretch
_LONGEST = 40  # characters of the longest stretch worth remembering

# A word or a mark: in lower case, what it can do, its length with the blanks before it (`step`) and without, what
# can start or end there (START, BESIDE, END, LEAD, HINT), and its place in a clause (EDGE, WALL, NOMINAL, TAG,
# GENITIVE). A bare tuple, because every word needs one.
Token = tuple[str, int, int, int, int, int]

START = 1  # a report can start from the word
BESIDE = 16  # a report can start from the word beside quotation marks, or with the second word of its phrase
END = 2  # a sentence can end with the mark
LEAD = 4  # a phrase that introduces a source can start with the word
HINT = 8  # the word of such a phrase that is met least often
_REPORTS = START | HINT  # a report can start with the word, or with a phrase that it stands in
EDGE = 1  # a reported clause can end before the word
WALL = 2  # a walk back through a noun phrase has to look at the word
NOMINAL = 4  # a noun phrase can end with the word
TAG = 8  # a tag can follow the mark: “…,” she said
GENITIVE = 16  # the word has the ending of an owner: Ann's


class Tokens:
    """Takes text apart by a pattern whose matches begin with the blanks before a token."""

    __slots__ = ("_elides", "_first", "_later", "_pattern", "_printed", "_reports")

    def __init__(
        self, pattern: re.Pattern[str], judge: Callable[[str], tuple[int, int, int]], *, elides: bool = False
    ) -> None:
        """`judge` gives the bits of a token as printed, what can start or end there, and its place in a clause.

        `elides` says whether the pattern asks what stands behind a token (l'homme), so that a blank has to part it.
        """
        self._elides = elides
        self._pattern = pattern
        self._printed = _Printed(judge)
        self._reports: set[str] = set()  # the stretches within which a report can start
        self._first = _Stretches("", pattern, self._printed, self._reports)
        self._later = _Stretches(" ", pattern, self._printed, self._reports)

    def reporting(self, text: str) -> list[Token] | None:
        """The tokens of a text, null if no report can start in it: most paragraphs need no closer look."""
        stretches = self._parted(text)
        tokens: list[Token] = []
        self._look_up(stretches, tokens)
        if not self._reports.isdisjoint(stretches):
            return tokens
        if len(self._later) < _MOST and len(self._first) < _MOST and max(map(len, stretches)) <= _LONGEST:
            return None
        return tokens if any(token[4] & _REPORTS for token in tokens) else None

    def read(self, text: str, tokens: list[Token]) -> None:
        """Add the tokens of a text in order.

        Their steps add up to the end of the last one, unless blanks stand side by side: then they fall short of it,
        and the text has to be read closely.
        """
        self._look_up(self._parted(text), tokens)

    def _parted(self, text: str) -> list[str]:
        """The stretches between single blanks; the first one is empty where the text begins with a blank."""
        if not (self._elides or "\n" in text):
            return text.split(" ")  # a tab or a narrow blank is taken for a part of its stretch
        stretches = text.split()
        return stretches if stretches and not text[0].isspace() else ["", *stretches]

    def _look_up(self, stretches: list[str], tokens: list[Token]) -> None:
        """Add the tokens of all stretches."""
        tokens += self._first[stretches[0]]
        deque(map(tokens.extend, map(self._later.__getitem__, stretches[1:])), maxlen=0)

    def read_closely(self, text: str, tokens: list[Token]) -> None:
        """Add the tokens of a text in order, whatever blanks stand between them, which takes longer."""
        stretches = text.split()
        size = sum(map(len, stretches)) + len(stretches) - (not text[:1].isspace())
        if size == len(text.rstrip()):
            self.read(text, tokens)
        else:
            tokens += map(self._printed.__getitem__, self._pattern.findall(text))


class _Printed(dict[str, Token]):
    """Tokens by what is printed, with the blanks before it."""

    def __init__(self, judge: Callable[[str], tuple[int, int, int]]) -> None:
        super().__init__()
        self._judge = judge
        self._bits: dict[int, int] = {}  # one object for equal bits, so that they stay in the processor's cache

    def __missing__(self, printed: str) -> Token:
        word = printed.lstrip()
        size = len(word)
        if word.startswith("--"):
            word = "—"  # as typewriters and wires have it
        token = self.token(word, len(printed), size)
        if len(self) < _MOST:
            self[printed] = token
        return token

    def token(self, printed: str, step: int, size: int) -> Token:
        """The token of a word or mark, which takes `size` characters, and `step` with the blanks before it."""
        bits, mark, shape = self._judge(printed)
        word = printed.lower()
        if word == printed:
            word = printed  # one object for both lies in the processor's cache more often
        return word, self._bits.setdefault(bits, bits), step, size, mark, shape


class _Stretches(dict[str, tuple[Token, ...]]):
    """Tokens by the stretch between two blanks that they stand in, `before` which stands one blank or nothing."""

    def __init__(self, before: str, pattern: re.Pattern[str], printed: _Printed, reports: set[str]) -> None:
        super().__init__()
        self._before, self._pattern, self._printed, self._reports = before, pattern, printed, reports

    def __missing__(self, stretch: str) -> tuple[Token, ...]:
        tokens: tuple[Token, ...]
        if stretch.isalpha():  # most of those that come for the first time are a word, or one with a mark behind it
            size = len(stretch)
            tokens = (self._printed.token(stretch, len(self._before) + size, size),)
        elif stretch[:-1].isalpha() and stretch[-1] in _BEHIND:
            tokens = self._printed[self._before + stretch[:-1]], self._printed[stretch[-1]]
        else:
            tokens = tuple(map(self._printed.__getitem__, self._pattern.findall(self._before + stretch)))
        if len(self) < _MOST and len(stretch) <= _LONGEST:
            self[stretch] = tokens
            for token in tokens:
                if token[4] & _REPORTS:
                    self._reports.add(stretch)
        return tokens
