"""The lexicons `turns` of all languages, merged and folded once.

Labels, notes and end matter are looked up in all languages at once: a page often has the buttons of one
language around an interview in another, and none of these words is a name in a second language.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from onrecord.lexicons import load, words
from onrecord.schema.interview import EventKind
from onrecord.text.letters import without_printed_marks

LANGUAGES: tuple[str, ...] = (
    "en", "de", "fr", "es", "ru", "tr", "az", "it", "pt", "uk", "pl", "nl", "zh", "ja", "ko", "fa", "ar", "el", "hi",
)  # fmt: skip

_KINDS: tuple[EventKind, ...] = ("laughter", "applause", "music", "pause", "crosstalk", "gap", "noise", "other")
_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return `text` for comparison: lower case, no accents, nothing but letters, digits and single blanks."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.replace("İ", "i").replace("ı", "i"))
    kept = "".join(char for char in plain if not unicodedata.combining(char) and unicodedata.category(char) != "Cf")
    return _NOT_WORD.sub(" ", kept.casefold()).strip()


@cache
def folded(key: str) -> frozenset[str]:
    """Return the list `key` of all languages, folded."""
    return frozenset(fold(word) for word in words("turns", key, LANGUAGES)) - {""}


@cache
def phrases(key: str) -> tuple[str, ...]:
    """Return the list `key` of all languages in lower case with its punctuation, longest first."""
    return longest_first({word.lower() for word in words("turns", key, LANGUAGES)})


def longest_first(listed: Iterable[str]) -> tuple[str, ...]:
    """Return phrases in the order in which a pattern has to try them."""
    return tuple(sorted(listed, key=lambda phrase: (-len(phrase), phrase)))


def one_of(listed: Iterable[str]) -> str:
    """Return the choice of a pattern between phrases as they are spelt, the longest first; none matches nothing."""
    return "|".join(map(re.escape, longest_first(listed))) or "(?!)"


@cache
def opening(key: str) -> re.Pattern[str]:
    """Return a pattern that matches where a text opens with one of the phrases of `key` as whole words."""
    return re.compile(rf"(?:{any_case(phrases(key))})(?!\w)")


@cache
def within(key: str, *, whole: bool = False) -> Phrases:
    """Return what finds one of the phrases of `key` anywhere; `whole`: only as whole words."""
    return Phrases(phrases(key), whole=whole)


class Phrases:
    """Finds phrases in lower case, in any case, of which the first that matches counts; `whole`: only as whole words.

    Most of what is searched holds none. A few letters of each phrase, of which several have the same, tell so, or else
    (`winter`, where `interview` is looked for) the whole words that begin with them: to look for them takes a tenth of
    the time of a pattern that is tried at every word. Of phrases in whole words, one word of each tells it.
    """

    def __init__(self, listed: Sequence[str], *, whole: bool = False) -> None:
        self._pattern = re.compile(any_case(listed, whole=whole))
        self._words = _a_word_of_each(listed) if whole and all(map(_RUN.search, listed)) else None  # `©` has none
        self._stems = _stems(listed)
        self._ascii_stems = {
            stem: tuple(word for word in told if _is_plain(word))
            for stem, told in self._stems.items()
            if _is_plain(stem)
        }

    def may_hold(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Whether `text[start:end]` has the letters of one of the phrases."""
        plain, piece = _searched(text[start:end])
        if self._words is not None:
            return not self._words.isdisjoint(_words_of(piece))
        stems = self._ascii_stems if plain else self._stems
        for stem in filter(piece.__contains__, stems):  # mostly none
            for word in stems[stem]:
                if word in piece:
                    return True
        return False

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first of the phrases in `text[start:end]`."""
        return self._pattern.search(text, start, end) if self.may_hold(text, start, end) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the phrase that opens `text[start:end]`."""
        return self._pattern.match(text, start, end)


@lru_cache(maxsize=4)  # several lists are asked for one row in turn
def _searched(piece: str) -> tuple[bool, str]:
    """Whether a piece is ASCII but for its printed marks, and its letters in one form."""
    return without_printed_marks(piece).isascii(), _caseless(piece)


_RUN = re.compile(r"\w+")


@lru_cache(maxsize=4)
def _words_of(piece: str) -> frozenset[str]:
    """Return the runs of letters and digits of a piece of text."""
    return frozenset(_RUN.findall(piece))


def _a_word_of_each(listed: Sequence[str]) -> frozenset[str]:
    """Return the longest word of each phrase, as `_caseless` has it; every phrase has one.

    Where a phrase stands in whole words, this one is among those of the text.
    """
    return frozenset(max(_RUN.findall(_caseless(phrase)), key=len) for phrase in listed)


def _is_plain(text: str) -> bool:
    return without_printed_marks(text).isascii()


def _stems(listed: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return beginnings of words one of which is in every phrase, as `_caseless` has them; few, as many share one.

    Beside each stand the words of the phrases for which it was chosen, one of which is in any of these phrases.
    """
    shown = [_caseless(phrase).split() for phrase in listed]
    shared = Counter(stem for split in shown for stem in {word[:_STEM] for word in split})
    found: dict[str, set[str]] = {}
    for split in sorted(shown, key=lambda split: (-max(shared[word[:_STEM]] for word in split), split)):
        held = next(((stem, word) for stem in found for word in split if stem in word), None)
        if held is None:
            stem = max(
                (word[:_STEM] for word in split),
                key=lambda stem: (shared[stem] if len(stem) > _TELLING else 0, len(stem), stem),
            )
            held = stem, next(word for word in split if word.startswith(stem))
        found.setdefault(held[0], set()).add(held[1])
    return {stem: tuple(sorted(words, key=lambda word: (len(word), word))) for stem, words in found.items()}


_STEM = 5
_TELLING = 3
"""Letters of a word that are looked for, and how many of them say little of the phrase (`by`, `the`)."""


def _caseless(text: str) -> str:
    """Return `text` with one form of all letters that `re.IGNORECASE` takes for each other."""
    plain = text.casefold()
    return plain if plain.isascii() else plain.replace("i\u0307", "i").replace("ı", "i")


def any_case(listed: Sequence[str], *, whole: bool = False) -> str:
    """Return a pattern for phrases in lower case, of which the first that matches counts, that reads them in any case.

    `whole`: only as whole words.

    It begins with the class of first letters, so that a search runs over all else, and looks for the phrases of that
    letter in drawers: with the flag for any case, or a choice of phrases at its head, every phrase is tried at every
    character, which takes up to ten times as long.
    """
    if not listed:
        return "(?!)"
    by_letter: dict[str, list[str]] = {}
    for phrase in listed:
        by_letter.setdefault(phrase[0], []).append(_spaced(phrase[1:]))
    branches = [(_cases(letter), f"(?i:{'|'.join(by_letter[letter])})") for letter in sorted(by_letter)]
    drawers = [branches[at : at + _DRAWER] for at in range(0, len(branches), _DRAWER)]
    choice = _after([(_letters(drawer), f"(?:{_after(drawer)})") for drawer in drawers])
    before, behind = (r"(?<!\w.)", r"(?!\w)") if whole else ("", "")
    return f"[{re.escape(_letters(branches))}]{before}(?:{choice}){behind}"


def _after(branches: Sequence[tuple[str, str]]) -> str:
    """A pattern for what comes after one of the letters of each branch."""
    return "|".join(f"(?<=[{re.escape(first)}]){rest}" for first, rest in branches)


def _letters(branches: Sequence[tuple[str, str]]) -> str:
    return "".join(sorted({letter for first, _ in branches for letter in first}))


def _spaced(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+")


_DRAWER = 6
_SAME_LETTER = {
    "i": "ıİ", "ı": "iİ", "s": "ſ", "k": "\u212a", "å": "\u212b", "ß": "ẞ", "µ": "μ", "μ": "µ",
    "ε": "ϵ", "θ": "ϑϴ", "ι": "\u0345\u1fbe", "κ": "ϰ", "π": "ϖ", "σ": "ς", "φ": "ϕ",
    "в": "\u1c80", "д": "\u1c81", "о": "\u1c82", "с": "\u1c83", "т": "\u1c84\u1c85",
}  # fmt: skip
"""Letters that are one of the key in another case, by the rules of `re.IGNORECASE`, beyond upper and lower."""


def _cases(letter: str) -> str:
    """All characters that `re.IGNORECASE` takes for `letter`."""
    cases = {letter, letter.lower(), letter.upper(), *_SAME_LETTER.get(letter, "")}
    return "".join(sorted(case for case in cases if len(case) == 1))


@cache
def events() -> Mapping[str, EventKind]:
    """Return the kind of event for each word that notes one, folded."""
    known: dict[str, EventKind] = {}
    for language in LANGUAGES:
        table = load(language, "turns").get("events", {})
        for kind in _KINDS:
            for word in table.get(kind, ()):
                known.setdefault(fold(word), kind)
    return known


@cache
def months() -> Mapping[str, int]:
    """Return the number of the month for every name and abbreviation, in lower case without dots."""
    known: dict[str, int] = {}
    for language in LANGUAGES:
        for number, names in enumerate(load(language, "turns").get("months", ()), start=1):
            for name in names.split("|"):
                known.setdefault(name.lower(), number)
    return known
