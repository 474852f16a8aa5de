"""Whether the characters before a mark read as a label: what kind of label, and which side it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.lexicons import load, words
from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.words import LANGUAGES, fold, folded, one_of

LabelKind = Literal["side", "voice", "code", "initials", "caps", "name", "script", "word", "phrase", "bad"]

LONGEST = 90
_EDGES = ' \t\u00a0\u3000\u200b\u200e\u200f\ufeff\u00ad*_#~"“”„«»《》「」『』【】:：;,-–—|<>\\'
_BRACKETED = re.compile(r"\\?[(\[（【{][^()\[\]（）【】{}]{0,90}\\?[)\]）】}]")
_TIMES = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?")
_NICKED = re.compile(r"([^\W\d_]{1,6})[“\"]([^\W_][^“”\":：\n]{0,14})[”\"]")
"""A word and somebody's nickname in quotation marks, as chats with readers print it (`网友“江边柳”`)."""
_GENDERED = re.compile(r"(?<=[a-zäöüß])[:*_/](?=in(?:nen)?\b)")
"""The sign inside German words for people of any gender (`Sprecher:in`)."""
_OATH = re.compile(r"\b(?:sworn|testified|affirmed)\b", re.IGNORECASE)
"""What a reporter notes of a witness with a colon after it (`ADA LIND, having been sworn, testified as follows:`)."""
_NUMBERED = re.compile(r"(?:\s+(?:no |nr )?\d{1,3}|\d{1,3}|\s+[a-z])$")
_FORBIDDEN = re.compile(r"[!;=<>|{}“”„\"«»@\\…]|\?|//|www\.|\d{4}-\d{2}|[$€£%]")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def titles() -> frozenset[str]:
    """Return words before a name in a label that are printed or left out as the transcriber pleases."""
    return words("turns", "label_titles", LANGUAGES)


@cache
def _articles() -> frozenset[str]:
    return words("turns", "label_articles", LANGUAGES)


@cache
def _inside() -> frozenset[str]:
    """Small words within labels."""
    return words("turns", "label_inside", LANGUAGES) | {"&"}


@cache
def _code() -> re.Pattern[str]:
    """What matches the name of a voice that has only a number (`Speaker 2`, `P12`)."""
    listed = one_of(words("turns", "numbered", LANGUAGES))
    return re.compile(rf"(?:{listed})[ _-]?#?\d{{1,3}}[a-z]?$")


def is_titled(key: str) -> bool:
    """Whether a folded label begins with a title or article, as protocols print them (`Mr. LEE`, `The CHAIRMAN`)."""
    first, _, rest = key.partition(" ")
    return bool(rest) and (first in titles() or first == "the")


_NICK = re.compile(r"[a-z0-9_]+(?:[._-][a-z0-9_]+)+")
_SUFFIXES = frozenset(
    "com org net edu gov io html htm php pdf txt py js json xml csv md exe jpg png log cfg ini".split()
)
"""What comes after the last point of addresses and names of files, but hardly of people's nicknames."""
_ABBREVIATED = re.compile(
    r"[^\W\d_]{1,4}\.$|[^\W\d_]\.(?:[^\W\d_]\.)+$|[^\W\d_]\.-[^\W\d_]\.$|(?:[^\W\d_]\.){1,2}[^\W\d_][\w’'-]{2,}$"
)


@dataclass(frozen=True, slots=True)
class Label:
    """How a label reads: its kind, the key that is equal for equal labels, and the role its words state.

    `name` is the folded name without what is said of it after a comma; `described` labels say an office or role there,
    and `hosts` ones say that the speaker leads the talk (`ADA LIND, HOST`).
    """

    kind: LabelKind
    key: str
    role: TurnRole | None = None
    name: str = ""
    described: bool = False
    hosts: bool = False

    @property
    def trusted(self) -> bool:
        """Whether the words themselves say that this is a label (`Question`, `SPEAKER_00`, `Audience`)."""
        return self.kind in ("side", "voice", "code")

    @property
    def proper(self) -> bool:
        """Whether it has the form of a name."""
        return self.kind in ("caps", "name", "initials", "script")


_BAD = Label("bad", "")


@lru_cache(maxsize=8192)
def read_label(raw: str) -> Label:
    """Say how `raw`, the characters before a label's mark, reads. Never raises; linear in its length."""
    if len(raw) > LONGEST + 30:
        return _BAD
    if _opens_quote(raw):
        return _BAD
    shown = _GENDERED.sub("", " ".join(raw.replace("\u200b", "").replace("\u00ad", "").split()))
    if nicked := _NICKED.fullmatch(shown):
        shown = nicked[1] + nicked[2]
    inside = " ".join(match.group() for match in _BRACKETED.finditer(shown))
    core = _TIMES.sub(" ", _BRACKETED.sub(" ", shown)).strip(_EDGES)
    core = " ".join(core.split())
    if not core:
        inner = shown.strip(_EDGES + "()[]（）{}【】")
        core = inner if not _TIMES.search(inner) else ""
    if not core or len(core) > LONGEST:
        return _BAD
    key = fold(core)
    if not key or _OATH.search(core):
        return _BAD
    return _known(core, key) or _formed(core, key, inside)


def _opens_quote(raw: str) -> bool:
    """Whether quotation marks open before the label and do not close in it: somebody is quoted, nobody labelled."""
    first = raw.lstrip(" \t*_")[:1]
    closing = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'"}.get(first)
    return closing is not None and not any(mark in raw.split(first, 1)[1] for mark in closing)


def _known(core: str, key: str) -> Label | None:
    if key.replace(" ", "") in _ABBREVIATIONS and core.isupper():
        return Label("word", key, name=key)
    if len(key) <= 3 and core.isupper():
        # Initials: `DE` is no preposition, and `P` is a question only beside `R` (see `paired`).
        return Label("code", key) if _code().match(key) else None
    base = _NUMBERED.sub("", key) or key
    if len(base) <= 3 and not key[-1].isdigit():
        base = key  # `Speaker A` is a speaker, `p.m.` is no `P`
    head = fold(core.split(",", 1)[0])
    for name in dict.fromkeys((key, base, head)):
        if name in folded("question"):
            return Label("side", key, "question")
        if name in folded("answer"):
            return Label("side", key, "answer")
    for name in dict.fromkeys((key, base)):
        if name in folded("interviewer"):
            return Label("side", key, "question")
        if name in folded("interviewee"):
            return Label("side", key, "answer")
        if name in folded("voices"):
            return Label("voice", key)
    if key in folded("presiding") or _presides_by_name(core, key):
        return Label("name", key, name=key)
    if _ASKED_BY.fullmatch(core):
        return Label("side", key, "question")
    if _from_the_floor(key):
        return Label("voice", key)
    if key in folded("not_labels") or base in folded("not_labels") or head in folded("not_labels"):
        return _BAD
    if _code().match(core.lower()):
        return Label("code", key)
    return None


_ASKED_BY = re.compile(r"Q[ ](?:[A-Z][\w'’.-]*)(?:[ ][A-Z][\w'’.-]*){0,2}")
"""Who asks, after the letter for a question, as press offices print it (`Q Peter`)."""


def _presides_by_name(core: str, key: str) -> bool:
    """Whether the name follows of whoever presides (`M. le président Luc Garnet`)."""
    tokens = key.split()
    if not 4 <= len(tokens) <= 6 or not core.rpartition(" ")[2][:1].isupper():
        return False
    return any(" ".join(tokens[:size]) in folded("presiding") for size in (2, 3))


def _from_the_floor(key: str) -> bool:
    """Whether a label says where a question comes from (`Question from the floor`)."""
    first, *rest = key.split()
    return (
        2 <= len(rest) <= 4
        and len(first) >= 4
        and first in folded("question")
        and any(word in folded("floor") for word in rest)
    )


_ABBREVIATIONS = frozenset(
    {"nb", "ps", "pps", "ad", "id", "url", "tel", "fax", "faq", "pd", "cc", "bcc", "re", "isbn", "toc", "end"}
)
"""What may be somebody's initials, too, if it comes again and takes turns like any other word."""


def paired(keys: frozenset[str]) -> dict[str, TurnRole]:
    """Return the roles of single letters that are a pair of question and answer in one language (`Q` and `A`)."""
    roles: dict[str, TurnRole] = {}
    if _all_letters().isdisjoint(keys):
        return roles
    for question, answer in _letters_of_sides():
        asked, told = keys & question, keys & answer
        if asked and told:
            roles.update(dict.fromkeys(asked, "question"))
            roles.update(dict.fromkeys(told, "answer"))
            break
    return roles


@cache
def _letters_of_sides() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((_letters(language, "question"), _letters(language, "answer")) for language in LANGUAGES)


@cache
def _all_letters() -> frozenset[str]:
    return frozenset[str]().union(*(letters for sides in _letters_of_sides() for letters in sides))


def _letters(language: str, side: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load(language, "turns").get(side, ()) if len(word) <= 3)


def _formed(core: str, key: str, inside: str) -> Label:
    """Judge a label no list knows by its form."""
    if _FORBIDDEN.search(core) or core[0].isdigit():
        return _BAD
    name, _, rest = core.partition(",")
    if rest.count(" ") > 12:
        return _BAD
    tokens = name.replace("/", " ").split()
    if len(tokens) == 1 and _NICK.fullmatch(core) and core.rpartition(".")[2] not in _SUFFIXES:
        return Label("word", key, name=key)
    if not tokens or len(tokens) > 7 or not _dots_are_abbreviations(tokens):
        return _BAD
    if _HAN.search(core):
        return Label("script" if len(core) <= 8 else "phrase", key) if len(core) <= 14 else _BAD
    said = f"{rest} {inside}".strip()
    told = fold(said).split()
    described = any(word in _offices() for word in told)
    hosts = any(word in folded("hosts") for word in told)
    return Label(_kind(tokens, bool(rest)), key, name=fold(name), described=described, hosts=hosts)


def _dots_are_abbreviations(tokens: list[str]) -> bool:
    for number, token in enumerate(tokens):
        if (
            "." in token
            and not _ABBREVIATED.match(token)
            and not (number == len(tokens) - 1 and token.count(".") == 1 and token.endswith("."))
        ):
            return False
    return True


def _kind(tokens: list[str], described: bool) -> LabelKind:
    named = [token for token in tokens if token.lower().strip(".") not in titles()]
    if all(token.lower() in _articles() for token in named):
        named = tokens  # `The President` has no other name
    titled, tokens = len(named) < len(tokens), named
    small = _inside()
    counted = [token for token in tokens if token.lower() not in small] or tokens
    letters = "".join(char for token in counted for char in token if char.isalpha())
    if not letters:
        return "bad"
    first = tokens[0]
    if not _cased(letters):
        return "script" if len(tokens) <= 4 else "bad"
    if all(len(token.strip(".")) == 1 and token.strip(".").isupper() for token in tokens) and len(tokens) <= 4:
        return "initials"  # `N. T.`
    if len(tokens) == 1 and len(letters) <= 4 and letters[0].isupper() and (letters.isupper() or len(letters) <= 3):
        return "bad" if len(letters) > 1 and not letters.isupper() and first.lower() in _no_names() else "initials"
    if letters.isupper():
        return "bad" if any(_is_no_name(token.lower().strip(".")) for token in tokens[:2]) else "caps"
    capital = [_capital(token) for token in tokens]
    if all(is_capital or token.lower() in small for is_capital, token in zip(capital, tokens, strict=True)):
        if not capital[0]:
            return "word" if len(tokens) == 1 else "bad"
        # The letter of `Ada O.` is no article; the one that opens `A Place` is.
        # Nor is the `А.` of `А. Берг` a word.
        whole = [t for n, t in enumerate(tokens) if len(t.strip(".")) > 1 or (n == 0 and not t.endswith("."))]
        strange = sum(token.lower().strip(".") in _no_names() for token in whole if _capital(token))
        if strange and strange * 2 >= sum(capital) and first.lower() != "the" and not titled:
            return "bad"
        return "name"
    if len(tokens) == 1:
        return "word" if first.lower() not in _function_words() else "bad"
    if capital[0] and len(tokens) <= 5 and not described:
        plain = [token.lower() for token in tokens]
        odd = [token in _function_words() and token not in small for token in plain]
        # `ZEIT für Eis`: an outlet may have small words inside, but neither first nor last.
        inner = not odd[0] and not odd[-1] and capital[-1] and sum(odd) == 1
        return "phrase" if not any(odd) or inner else "bad"
    return "bad"


def _cased(letters: str) -> bool:
    return any(char.isupper() or char.islower() for char in letters)


def _capital(token: str) -> bool:
    for char in token:
        if char.isalpha():
            return (
                char.isupper()
                or not char.islower()
                or token.startswith(("d'", "d’", "l'", "l’", "o'", "O'", "al-", "el-", "Mc"))
            )
    return True


@cache
def _offices() -> frozenset[str]:
    return folded("interviewer") | folded("interviewee") | folded("voices") | folded("offices") | folded("hosts")


def _function_words() -> frozenset[str]:
    return words("names", "not_names", LANGUAGES)


def _is_no_name(word: str) -> bool:
    return word in _no_names() and word not in _inside()


@cache
def _no_names() -> frozenset[str]:
    """Return the words that are nobody's name: `Ben` and `Will` are words in some languages and names in others."""
    return _function_words() - words("names", "given", LANGUAGES)
