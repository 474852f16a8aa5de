"""Tokens: words and punctuation of a paragraph with all the stage knows of them, looked up rather than worked out.

Most stretches between two blanks come again and again, so each is taken apart once. A paragraph then costs a
split and one look-up per stretch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import NamedTuple

_MOST = 200_000  # a cap on what is remembered, so that a process that reads for days does not grow
_LONGEST = 40  # characters of the longest stretch worth remembering


class Token(NamedTuple):
    """A word or a mark: in lower case, what it can do, its length with the blanks before it (`step`) and without.

    `marked` says that a report can start from it or a sentence can end with it.
    """

    word: str
    bits: int
    step: int
    size: int
    marked: bool


class Tokens:
    """Takes text apart by a pattern whose matches begin with the blanks before a token."""

    __slots__ = ("_first", "_later", "_pattern", "_printed")

    def __init__(self, pattern: re.Pattern[str], judge: Callable[[str], tuple[int, bool]]) -> None:
        """`judge` gives the bits of a token as printed, and whether something may start or end there."""
        self._pattern = pattern
        self._printed = _Printed(judge)
        self._first = _Stretches("", pattern, self._printed)
        self._later = _Stretches(" ", pattern, self._printed)

    def read(self, text: str) -> Iterable[Token]:
        """Return the tokens in order; their steps add up to the end of the last one."""
        stretches = text.split()
        if not stretches:
            return ()
        size = sum(map(len, stretches)) + len(stretches)
        if text[0].isspace():
            if size == len(text.rstrip()):
                return chain.from_iterable(map(self._later.__getitem__, stretches))
        elif size == len(text.rstrip()) + 1:
            first, *rest = stretches
            return chain(self._first[first], chain.from_iterable(map(self._later.__getitem__, rest)))
        return map(self._printed.__getitem__, self._pattern.findall(text))

    def word_end(self, text: str, at: int) -> int:
        """Where the token that starts at `at` ends."""
        match = self._pattern.match(text, at)
        return at if match is None else match.end()


class _Printed(dict[str, Token]):
    """Tokens by what is printed, with the blanks before it."""

    def __init__(self, judge: Callable[[str], tuple[int, bool]]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, printed: str) -> Token:
        word = printed.lstrip()
        bits, marked = self._judge(word)
        token = Token(word.lower(), bits, len(printed), len(word), marked)
        if len(self) < _MOST:
            self[printed] = token
        return token


class _Stretches(dict[str, tuple[Token, ...]]):
    """Tokens by the stretch between two blanks that they stand in, `before` which stands one blank or nothing."""

    def __init__(self, before: str, pattern: re.Pattern[str], printed: _Printed) -> None:
        super().__init__()
        self._before, self._pattern, self._printed = before, pattern, printed

    def __missing__(self, stretch: str) -> tuple[Token, ...]:
        tokens = tuple(map(self._printed.__getitem__, self._pattern.findall(self._before + stretch)))
        if len(self) < _MOST and len(stretch) <= _LONGEST:
            self[stretch] = tokens
        return tokens
