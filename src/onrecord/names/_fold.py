"""Comparing spellings: folding, look-alikes, and the ways one name is written in several alphabets.

Everything here is for comparison only; nothing folded is ever stored as a name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

INVISIBLE = frozenset("\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Characters nobody sees: soft hyphens, joiners, direction marks. They sit inside copied names."""

_INVISIBLE_TABLE = {ord(char): None for char in INVISIBLE} | dict.fromkeys(range(8234, 8239))

# Cyrillic and Greek letters that look like a Latin one in most typefaces, and the Latin letter. Used only
# where a word mixes alphabets, which no orthography does.
_LATIN_LOOK = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХавеѕіјкмнорстухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοԁԛԝһ",
        "ABESIJKMHOPCTYXabesijkmhopctyxABEZHIKMNOPTYXodqwh",
        strict=True,
    )
)
_LATIN_LOOK_TABLE = str.maketrans(_LATIN_LOOK)
_CYRILLIC_LOOK_TABLE = str.maketrans(dict(zip("ABEKMHOPCTYXaeopcyxi", "АВЕКМНОРСТУХаеорсухі", strict=True)))

# Chinese, Japanese and Korean letters stay themselves: romanized, different names become one.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_NOT_WORD = re.compile(rf"[^a-z0-9{_CJK}]+")
_NOT_CJK = re.compile(rf"[^{_CJK}]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){2,4}$")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}$")
_APOSTROPHES = re.compile(r"['’ʼʻ`´‘ʹʺ]")
_LETTER = re.compile(r"[^\W\d_]+")


class _Change(NamedTuple):
    """One step of a folding. It is tried where one of `needs` stands in the word: most words have none of them."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    to: str


def _literal(letters: str, to: str) -> _Change:
    return _Change(tuple(letters.split("|")), re.compile(letters), to)


def _ending(ends: str, to: str) -> _Change:
    return _Change(tuple(ends.split("|")), re.compile(f"(?:{ends})$"), to)


# Letters one name has in one spelling and not in another (Pezeşkian, Pezeshkian). Order matters:
# longer groups first. The result is a key for comparison, not a pronunciation.
_SKELETON = (
    _literal("tsch|tch|dsch|dzh|dj|dž", "c"),
    _literal("sch|shch", "s"),
    _literal("sh", "s"),
    _literal("ch", "c"),
    _literal("zh", "z"),
    _literal("kh", "h"),
    _literal("gh", "g"),
    _literal("ph", "f"),
    _literal("th", "t"),
    _literal("ts|tz", "c"),
    _literal("ck|q|g", "k"),
    _literal("ks", "x"),
    _literal("w", "v"),
    _literal("ae|aa", "a"),
    _literal("oe", "o"),
    _literal("ue", "u"),
    _literal("ou", "u"),
    _Change(("y", "i", "j"), re.compile(r"[yij]+([aoue])"), r"\1"),
    _Change(("y", "j"), re.compile(r"[yj]"), "i"),
    _Change(("",), re.compile(r"(.)\1+"), r"\1"),
)
# Romanizations of one Cyrillic ending or vowel: equal even if both spellings are plain ASCII.
_ROMANIZATION = (
    _ending("skyy|skiy|skii|skij|skyi|sky|ski", "ski"),
    _ending("iy|ii|ij|yi|yy", "i"),
    _literal("ya|ia|ja", "ya"),
    _literal("yu|iu|ju", "yu"),
    _literal("yo|jo", "yo"),
    _literal("kh", "h"),
    _literal("ks", "x"),
    _ending("ff|w|v", "v"),
    _literal("tch|tsch", "ch"),
    _Change(("ss",), re.compile(r"ss(?=o[wvf])"), "s"),
    _literal("oo", "u"),
    _literal("ou", "u"),
    _ending("ei|ej", "ey"),
)


def visible(text: str) -> str:
    """Return `text` without the characters nobody sees."""
    return text if text.isascii() else text.translate(_INVISIBLE_TABLE)


def has_invisible(text: str) -> bool:
    """Whether `text` holds a character nobody sees."""
    return not text.isascii() and visible(text) != text


def scripts(word: str) -> frozenset[str]:
    """Return the alphabets (`LATIN`, `CYRILLIC`, `GREEK` …) the letters of `word` belong to."""
    return frozenset(_script(char) for char in word if char.isalpha())


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "OTHER").split(" ", 1)[0]


def mixed_scripts(text: str) -> tuple[str, ...]:
    """Return the words of `text` that mix Latin, Cyrillic or Greek letters, which no orthography does."""
    if text.isascii():
        return ()
    mixable = {"LATIN", "CYRILLIC", "GREEK"}
    return tuple(word for word in _LETTER.findall(visible(text)) if len(scripts(word) & mixable) > 1)


def unconfused(text: str) -> str:
    """Return `text` with look-alike letters of a second alphabet replaced, word by word."""
    for word in mixed_scripts(text):
        latin = sum(_script(char) == "LATIN" for char in word)
        plain = [char for char in word if _script(char) != "LATIN" and char not in _LATIN_LOOK]
        # A Cyrillic letter without a Latin twin shows that the word is Cyrillic with Latin letters in it.
        table = _CYRILLIC_LOOK_TABLE if plain or latin == 0 else _LATIN_LOOK_TABLE
        text = text.replace(word, word.translate(table))
    return text


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return `text` for comparison: visible, look-alikes undone, in ASCII lower case, words separated by blanks.

    Apostrophes disappear (`O'Malley` → `omalley`), every other mark separates words. Deterministic: the
    transliteration is that of the library anyascii.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unconfused(visible(text)))
        text = text.replace("ə", "a").replace("Ə", "A")
        text = _NOT_CJK.sub(_romanize, _APOSTROPHES.sub("", text))
    elif text.isalnum():
        return text.lower()  # nearly every word there is
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", text).lower()).strip()


def _romanize(match: re.Match[str]) -> str:
    return anyascii(match.group())


def is_han_name(text: str) -> bool:
    """Whether `text` is two to four Chinese characters, as names in Chinese are."""
    return _HAN_NAME.match(text) is not None


@lru_cache(maxsize=16384)
def squash(text: str) -> str:
    """Return `fold(text)` without blanks: for looking single words up."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """Return what the spellings of one word in several alphabets have in common (`pezeskian`).

    Equal skeletons alone prove nothing (`Meyer`, `Meier`): see `onrecord.names.match`.
    """
    return _changed(squash(word), _SKELETON)


@lru_cache(maxsize=16384)
def romanized(word: str) -> str:
    """Return `word` with the common romanizations of Cyrillic endings made one (`Zelenskyy`, `Zelensky`)."""
    return _changed(squash(word), _ROMANIZATION)


def _changed(key: str, changes: tuple[_Change, ...]) -> str:
    for needs, pattern, to in changes:
        for need in needs:
            if need in key:
                key = pattern.sub(to, key)
                break
    return key


def is_initial(word: str) -> bool:
    """Whether `word` is one letter with or without a dot (`J.`), or several with dots (`J.D.`)."""
    if len(word) <= 2:
        return len(word.rstrip(".")) == 1 and word[0].isalpha()
    return len(word) <= 8 and _INITIALS.match(word) is not None


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed, or two neighbours swapped make `a` into `b`."""
    more = len(b) - len(a)
    if more < 0:
        a, b, more = b, a, -more
    half = len(a) // 2
    # One edit leaves the first half or what follows the middle as it is; most words differ in both.
    if more > 1 or a == b or (a[:half] != b[:half] and a[half + 1 :] != b[half + 1 + more :]):
        return False
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    if more:
        return a[start:] == b[start + 1 :]
    if a[start + 1 :] == b[start + 1 :]:
        return True
    return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
