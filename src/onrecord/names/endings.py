"""Names without their case endings, in languages that put endings on names: `Глебом Тарасовым` is Глеб Тарасов.

An ending is undone only where the words show what it is: `plain` needs a given name of the lexicon in that case, or a
surname's own ending before it. A single word never shows it (`Волова` is a woman, or of a man): `bases` gives all the
readings there are, and who is known decides (`onrecord.stages.speakers`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.lexicons import load

_MAX_WORDS = 4


class _Form(NamedTuple):
    """What a declined given name is: its basic form, whether its bearer's surname ends as a woman's, and the case."""

    base: str
    feminine: bool
    case: str


# Russian: (end of the basic form, feminine, case, end in that case); the longest end of a name counts.
_GIVEN = tuple(
    (base, feminine, case, end)
    for base, feminine, ends in (
        ("ья", False, {"gen": "ьи", "dat": "ье", "acc": "ью", "ins": "ьей", "pre": "ье"}),
        ("ья", False, {"ins": "ьёй"}),
        ("ий", False, {"gen": "ия", "dat": "ию", "acc": "ия", "ins": "ием", "pre": "ии"}),
        ("й", False, {"gen": "я", "dat": "ю", "acc": "я", "ins": "ем", "pre": "е"}),
        ("ь", False, {"gen": "я", "dat": "ю", "acc": "я", "ins": "ем", "pre": "е"}),
        ("", False, {"gen": "а", "dat": "у", "acc": "а", "ins": "ом", "pre": "е"}),
        ("ия", True, {"gen": "ии", "dat": "ии", "acc": "ию", "ins": "ией", "pre": "ии"}),
        ("я", True, {"gen": "и", "dat": "е", "acc": "ю", "ins": "ей", "pre": "е"}),
        ("а", True, {"gen": "ы", "dat": "е", "acc": "у", "ins": "ой", "pre": "е"}),
        ("ь", True, {"gen": "и", "dat": "и", "acc": "ь", "ins": "ью", "pre": "и"}),
    )
    for case, end in ends.items()
)
_MEN_IN_A = frozenset({"никита", "илья", "лука", "фома", "савва", "кузьма", "данила"})
_WOMEN_IN_SOFT = frozenset({"любовь", "нинель", "адель", "рахиль", "юдифь"})
_IRREGULAR = {"пётр": "петр", "петр": "петр", "лев": "льв", "павел": "павл"}
_HISSING = re.compile("(?<=[гкхжшчщц])ы$")
_SURNAME: Mapping[bool, Mapping[str, tuple[tuple[str, str], ...]]] = {
    False: {
        "gen": (("ского", "ский"), ("цкого", "цкий"), ("а", "")),
        "dat": (("скому", "ский"), ("цкому", "цкий"), ("у", "")),
        "acc": (("ского", "ский"), ("цкого", "цкий"), ("а", "")),
        "ins": (("ским", "ский"), ("цким", "цкий"), ("ым", ""), ("ом", "")),
        "pre": (("ском", "ский"), ("цком", "цкий"), ("е", "")),
    },
    True: {
        **dict.fromkeys(("gen", "dat", "ins", "pre"), (("ской", "ская"), ("цкой", "цкая"), ("ой", "а"))),
        "acc": (("скую", "ская"), ("цкую", "цкая"), ("у", "а")),
    },
}
_OF_MEN = re.compile("(?:[оеё]в|[иы]н)$")
_OF_WOMEN = re.compile("(?:[оеё]в|[иы]н)а$")

_AZERBAIJANI = re.compile(
    r"(?:zadə|ov|ova|yev|yeva|[lb]əyli|xanlı|l[ıiuü]|oğlu|qızı)"
    r"(?P<ending>n[ıiuü]n|[ıiuü]n|y[aə]|n[ıiuü]|[dt][ıiuü]r|n?d[aə]n?|l[aə]|yl[aə])$"
)
_AZERBAIJANI_ANY = re.compile(r"(?:n[ıiuü]n|[ıiuü]n|y[aə]|n[ıiuü]|[dt][ıiuü]r|n?d[aə]n?|yl[aə])$")


def plain(name: str, language: str | None) -> str | None:
    """Return a name of several words without its case endings, if its own words show that it has some; else None."""
    short = _short(language)
    if short not in ("ru", "az"):
        return None
    words = name.split()
    if not 2 <= len(words) <= _MAX_WORDS:
        return None
    if short == "ru":
        return _plain_russian(words)
    if (match := _AZERBAIJANI.search(words[-1])) is not None:
        return " ".join((*words[:-1], words[-1][: match.start("ending")]))
    return None


def declines(language: str | None) -> bool:
    """Whether names have case endings in a language, and their rules are known here."""
    return _short(language) in _BASES


@lru_cache(maxsize=16384)
def bases(name: str, language: str | None) -> tuple[str, ...]:
    """Return what a name may be without a case ending, the name itself left out: readings, to be held against names."""
    short = _short(language)
    if short is None or short not in _BASES:
        return ()
    words = name.split()
    if not 1 <= len(words) <= _MAX_WORDS:
        return ()
    found = {" ".join((*words[:-1], base)) for base in _BASES[short](words[-1])}
    if short == "ru" and len(words) == 1:
        found |= {_cased(form.base, words[0]) for form in _declined().get(words[0].lower(), ())}
    return tuple(sorted(found - {name}))


def man_of(surname: str, language: str | None) -> str | None:
    """Return the surname of a man that `surname` is a case of, or that of a woman: who is known decides (Волова)."""
    man = surname[:-1]
    return man if _short(language) == "ru" and _OF_WOMEN.search(surname.lower()) and " " not in surname else None


@lru_cache(maxsize=256)
def _short(language: str | None) -> str | None:
    return language.split("-")[0].lower() if language else None


def _plain_russian(words: list[str]) -> str | None:
    """Undo the endings of `Ниной Петровной Воловой`: the given name tells case and gender, the surname follows."""
    found: set[tuple[str, str]] = set()
    for form in _declined().get(words[0].lower(), ()):
        surname = _surname(words[-1], form)
        if surname is not None:
            found.add((_cased(form.base.replace("ё", "е"), words[0]), surname))
    if len(found) != 1 or words[0].lower() in _given():
        return None
    [(given, surname)] = found
    middle = [_patronymic(word) for word in words[1:-1]]
    return " ".join((given, *middle, surname))


def _surname(word: str, form: _Form) -> str | None:
    for end, base in _SURNAME[form.feminine][form.case]:
        if word.lower().endswith(end) and len(word) > len(end) + 1:
            made = word[: len(word) - len(end)] + base
            if form.feminine and base == "а" and not _OF_WOMEN.search(made.lower()):
                continue
            if end == "ым" and not _OF_MEN.search(made.lower()):
                continue
            return made
    lower = word.lower()
    if lower.endswith(("ых", "их", "о", "е", "и")) or (form.feminine and lower[-1] not in "аяуюыйь"):
        return word  # surnames that have no cases
    return None


def _patronymic(word: str) -> str:
    match = re.fullmatch(r"(\w+(?:[ое]вич|ьич|ич))(?:а|у|ем|е)", word)
    if match is not None:
        return match.group(1)
    return re.sub(r"(?<=вн)(?:ы|е|у|ой)$|(?<=ичн)(?:ы|е|у|ой)$", "а", word)


def _russian(word: str) -> set[str]:
    """Every surname that `word` may be a case of, but for those where the ending also makes a woman of a man."""
    found: set[str] = set()
    lower = word.lower()
    for feminine, cases in _SURNAME.items():
        for case, ends in cases.items():
            if not feminine and case in ("gen", "acc") and lower.endswith("а"):
                continue  # "Тарасова" is a woman as well
            for end, base in ends:
                stem = len(word) - len(end)
                if lower.endswith(end) and stem >= 3 and (made := word[:stem] + base):
                    typical = (_OF_WOMEN if feminine else _OF_MEN).search(made.lower()) or len(end) > 2
                    if typical or (not feminine and stem >= 4 and made[-1].lower() not in "аеёиоуыэюяьй"):
                        found.add(made)
    return found


def _azerbaijani(word: str) -> set[str]:
    match = _AZERBAIJANI_ANY.search(word)
    return {word[: match.start()]} if match is not None and match.start() >= 4 else set()


def _german(word: str) -> set[str]:
    return {word[:-1]} if word.endswith("s") and len(word) > 3 else set()


_BASES: Mapping[str, Callable[[str], set[str]]] = {"ru": _russian, "az": _azerbaijani, "de": _german}


@cache
def _given() -> frozenset[str]:
    return frozenset(name.lower() for name in load("ru", "names").get("given", ()))


@cache
def _declined() -> Mapping[str, tuple[_Form, ...]]:
    """Every case of every given name of the Russian lexicon → what it is."""
    found: dict[str, list[_Form]] = {}
    for name in sorted(_given()):
        stem = _IRREGULAR.get(name, name)
        feminine = name in _WOMEN_IN_SOFT or (name.endswith(("а", "я")) and name not in _MEN_IN_A)
        soft_woman = name in _WOMEN_IN_SOFT
        like_woman = feminine or (name in _MEN_IN_A and name != "илья")
        fitting = [row for row in _GIVEN if row[1] == like_woman and stem.endswith(row[0])]
        longest = max((len(row[0]) for row in fitting), default=-1)
        for base, _, case, end in fitting:
            if len(base) != longest or (soft_woman and base != "ь") or (not base and stem[-1] in "аеёиоуыэюяьй"):
                continue
            form = _HISSING.sub("и", stem[: len(stem) - len(base)] + end)
            found.setdefault(form, []).append(_Form(name, feminine, case))
    return {form: tuple(forms) for form, forms in found.items()}


def _cased(name: str, like: str) -> str:
    return name.upper() if like.isupper() and len(like) > 1 else name.capitalize()
