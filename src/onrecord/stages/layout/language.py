"""The language of a text: by its script and its most frequent words, and by a trained model where these say nothing.

The lexicons decide the languages this package reads in a tenth of a millisecond. The model (py3langid, the optional
extra `language`) knows a hundred more and takes seconds to load, so it is asked only if a text is long enough and
no lexicon knows its words. Unsure means None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from string import ascii_lowercase
from typing import Any

from onrecord.lexicons import load
from onrecord.stages.layout.model import Range
from onrecord.stages.layout.words import LANGUAGES
from onrecord.text.letters import without_printed_marks

SAMPLE = 4000
"""Code points that are looked at."""
MINIMUM = 40
"""A text with fewer letters has no language that could be told."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LETTERS_AND = ascii_lowercase + "'"
_LOOSE = re.compile(r"'(?:[a-z]+'|(?<![a-z]')|(?![a-z]))")
"""An apostrophe that is not the only one within a word."""
_BETWEEN_WORDS = bytes(ord(low) if (low := chr(code).lower()) in _LETTERS_AND else ord(" ") for code in range(256))
"""Letters in lower case, apostrophes, and blanks for all else."""
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Where none of these stands, no script has to be counted: most texts are done with one look.
_TELLING = re.compile("[" + "".join(script.pattern[1:-1] for script in (*dict(_SCRIPTS).values(), _ARABIC)) + "]")
# Letters that may tell a language by themselves, however few of its frequent words there are.
_LETTERED = re.compile("[əƏğĞı]")
_OF_ANOTHER = re.compile(f"{_TELLING.pattern[:-1]}{_LETTERED.pattern[1:]}")
_PERSIAN = re.compile(r"[پچژگیک]")
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_AZERI = re.compile(r"[əƏ]")
_LETTERS = 0.1
_LEAST = 0.06
_MARGIN = 1.5
_TWINS = ("ru", "uk", "tr", "az")
"""Languages that share so many words with another one that a letter tells them apart."""


def language_of(text: str, *, model: bool = True) -> str | None:
    """Return the BCP 47 tag of the language of `text`, or None if it is too short or unsure.

    `model=False` asks only scripts and lexicons.
    """
    sample = text[:SAMPLE]
    return _told(sample, words_in(sample), model=model)


class OtherLanguages:
    """Says of passages of one text in which language each is, if it is another than `language`.

    Of a text that is ASCII but for its printed marks, the words of all passages are made at once.
    """

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._short = language.split("-")[0]
        self._side = {} if self._short in _TWINS else _sides_of(self._short)
        self._shown = _plain_words(text)

    def of(self, spans: Iterable[Range]) -> str | None:
        """Return the language of a passage by scripts and lexicons, if it is surely another."""
        shown = self._shown
        text = self._text if shown is None else shown
        sample = " ".join([text[start:end] for start, end in spans])[:SAMPLE]
        words = _tokens(sample) if shown is not None else words_in(sample)
        # Where its own words are more than those of all others together, no other language comes first.
        if sum(filter(None, map(self._side.get, words))) > 0 and (
            shown is not None or _is_plain(sample) or _OF_ANOTHER.search(sample) is None
        ):
            return None
        found = _told(sample, words, model=False)
        return None if found == self._short else found


def _told(sample: str, words: list[str], *, model: bool) -> str | None:
    letters = sum(map(len, words))
    if letters < MINIMUM // 4:
        return None
    plain = _is_plain(sample)
    if not plain and _TELLING.search(sample) and (tag := _by_script(sample, letters)) is not None:
        return tag
    if letters < MINIMUM:
        return None
    if not plain and _LETTERED.search(sample) and (tag := _by_letters(words)) is not None:
        return tag
    return _by_words(words, sample) or (_by_model(sample) if model and letters >= 2 * MINIMUM else None)


def _is_plain(sample: str) -> bool:
    """Whether a text is ASCII but for its printed marks: then no letter tells its language by itself."""
    return without_printed_marks(sample).isascii()


def words_in(sample: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes.

    A text that is ASCII but for its printed marks, as English is, needs no pattern and takes a third of the time.
    """
    shown = _plain_words(sample)
    return _tokens(shown) if shown is not None else _WORD.findall(sample.lower().replace("’", "'"))


def _plain_words(text: str) -> str | None:
    """Return the letters of a text in lower case and its apostrophes, each in its place, with blanks for all else.

    None if the text is not ASCII but for its printed marks.
    """
    plain = text
    if not text.isascii():
        plain = without_printed_marks(text.replace("’", "'"))
        if not plain.isascii():
            return None
    return plain.encode().translate(_BETWEEN_WORDS).decode()


def _tokens(shown: str) -> list[str]:
    tokens = shown.split()
    if "'" not in shown or _LOOSE.search(shown) is None:
        return tokens
    return [word for token in tokens for word in (_ASCII_WORD.findall(token) if "'" in token else (token,))]


def _by_script(sample: str, letters: int) -> str | None:
    for tag, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (0.12 if tag == "ja" else 0.4):
            return tag
    if len(_ARABIC.findall(sample)) > 0.4 * letters:
        return "fa" if len(_PERSIAN.findall(sample)) > 0.02 * letters else "ar"
    return None


def _by_letters(words: list[str]) -> str | None:
    """Return the language that alone has some of the letters, if enough words have them."""
    for tag, letters in (("az", "ə"), ("tr", "ğı")):
        if sum(any(letter in word for letter in letters) for word in words) > _LETTERS * len(words):
            return tag
    return None


def _by_words(words: list[str], sample: str) -> str | None:
    known = _frequent()
    counts: Counter[str] = Counter()
    for word, count in Counter(filter(known.__contains__, words)).items():
        for language in known[word]:
            counts[language] += count
    if not counts:
        return None
    ranked = counts.most_common(2)
    best, count = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if best in ("ru", "uk") and {ranked[-1][0], best} <= {"ru", "uk"}:
        return "uk" if len(_UKRAINIAN.findall(sample)) > 0.02 * len(sample) else "ru"
    if best in ("tr", "az") and {ranked[-1][0], best} <= {"tr", "az"}:
        return "az" if _AZERI.search(sample) else "tr"
    if count < _LEAST * len(words) or count < _MARGIN * second:
        return None
    return best


@cache
def _frequent() -> dict[str, tuple[str, ...]]:
    known: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for word in load(language, "turns").get("frequent", ()):
            known.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in known.items()}


@cache
def _sides_of(language: str) -> dict[str, int]:
    """For each frequent word 1 if only this language has it, -1 if only others have."""
    sides = {
        word: (language in languages) - bool(set(languages) - {language}) for word, languages in _frequent().items()
    }
    return {word: side for word, side in sides.items() if side}


def _by_model(sample: str) -> str | None:
    identifier = _model()
    if identifier is None:
        return None
    ranked = identifier.rank(sample)
    tag, score = ranked[0]
    margin = (float(score) - float(ranked[1][1])) / max(1, len(sample.encode("utf-8")))
    return str(tag) if margin >= 0.02 and tag != "zxx" else None


@cache
def _model() -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE)
