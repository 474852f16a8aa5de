"""The parts of a person's name: given names, surname, titles, generation, gender where a title states it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from onrecord.names._fold import fold, is_han_name, is_initial, squash, visible
from onrecord.names._lexicon import Words, words_for

Gender = Literal["m", "f"]

_NICKNAME = re.compile(r"\s[\"“„«'‘(]([^\"”“»'’)]{2,24})[\"”“»'’)](?=\s|,|$)")
_PATRONYMIC = re.compile(r"(?:vich|evich|ovich|vna|ichna|inichna)$")
_AZERI_PATRONYMIC = frozenset({"oglu", "ogly", "ogli", "qizi", "kyzy", "gizi", "kizi"})
_MAX_TOKENS = 16


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart. All parts are as printed; compare them with `same_name`, not with `==`.

    A single word without a title that goes with surnames stands in `family`: whether it is a surname
    cannot be known (`is_partial`). `gender` comes from a title only (`Mrs.`), never from a given name.
    """

    text: str
    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    suffix: str | None = None
    nickname: str | None = None
    credentials: tuple[str, ...] = ()
    gender: Gender | None = None
    # Every comparison asks for these four, so they are worked out once, when the name is made.
    key: str = field(init=False, repr=False, compare=False)
    """The folded parts with the generation mark: equal keys are spellings of one name."""
    parts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """Given names and surname, in that order."""
    bare: str = field(init=False, repr=False, compare=False)
    """The name without titles, nickname and credentials, given name first."""
    is_partial: bool = field(init=False, repr=False, compare=False)
    """Whether it is a single word: a surname or a given name alone."""

    def __post_init__(self) -> None:
        parts = (*self.given, *self.family)
        words = [squash(part) for part in parts]
        if self.suffix:
            words.append(squash(self.suffix))
        object.__setattr__(self, "key", " ".join(word for word in words if word))
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "bare", self._bare(parts))
        object.__setattr__(self, "is_partial", len(self.given) + (1 if self.family else 0) <= 1)

    def __hash__(self) -> int:
        return hash(self.text)  # equal names are printed alike; a hash over all parts takes long

    def _bare(self, parts: tuple[str, ...]) -> str:
        if len(parts) == 2 and is_han_name("".join(parts)):
            return f"{self.family[0]}{self.given[0]}"
        name = " ".join(parts)
        return f"{name} {self.suffix}" if self.suffix else name

    @property
    def offices(self) -> frozenset[str]:
        """The offices and ranks among the titles, folded, abbreviations written out; honorifics are none."""
        words = words_for(None)
        known = map(squash, self.titles)
        return frozenset(words.abbreviations.get(word, word) for word in known if word not in words.honorifics)

    @property
    def has_initials(self) -> bool:
        """Whether every given name is a single letter (`J. F. Smith`)."""
        return bool(self.given) and all(is_initial(part) for part in self.given)


@lru_cache(maxsize=8192)
def parse_name(text: str, language: str | None = None) -> PersonName:
    """Take a printed name apart; titles may stand before it, degrees and generation marks after it.

    Understands `Family, Given`, surnames in capitals (`DUPONT Jean`), Russian and Azerbaijani patronymics,
    particles (`van der Berg`), nicknames in quotation marks or brackets, and honorifics that follow the
    given name (`Ayşe Hanım`). Never raises; what is no name comes back as `family`.
    """
    words = words_for(language)
    shown = " ".join(visible(text).split())
    nickname = None
    if (match := _NICKNAME.search(shown)) is not None:
        nickname = match.group(1)
        shown = f"{shown[: match.start()]} {shown[match.end() :].lstrip()}".strip()
    body, _, tail = shown.partition(",")
    tokens = body.split()[:_MAX_TOKENS]
    if len(tokens) == 1:
        tokens = _camel(tokens[0])
    suffix, credentials, rest = _tail(tail, words)
    tokens, place = _of_place(tokens)
    suffix = suffix or place
    titles, tokens = _titles(tokens, words)
    tokens, noble = _noble(tokens, words)
    titles = (*titles, *noble)
    gender = _gender(titles, words)
    tokens, suffix, more = _ending(tokens, suffix, words)
    credentials = (*more, *credentials)
    tokens, after, gender = _after_given(tokens, words, gender)
    family_only = bool(titles) and len(tokens) == 1
    if rest:
        given, family = tuple(rest), tuple(tokens)  # "Family, Given"
    else:
        given, family = _split(tokens, words)
    of_given = bool(titles) and squash(titles[-1]) in words.given_honorifics
    if len(given) + len(family) == 1 and (of_given or (after and not family_only)):
        given, family = (*given, *family), ()
    return PersonName(shown, (*titles, *after), given, family, suffix, nickname, credentials, gender)


@lru_cache(maxsize=8192)
def stated_gender(name: str) -> Gender | None:
    """Return the gender a title in a printed name states, as `parse_name` does; most names have no title at all."""
    honorifics, tokens = words_for(None).honorifics, name.replace(",", " ").split()
    if len(tokens) > 1 and honorifics.keys().isdisjoint(map(squash, tokens)):
        return None
    return parse_name(name).gender


def titled(name: PersonName, title: str, language: str | None = None) -> PersonName:
    """Return `name` with a title that was found before it in running text, and the gender it states.

    What stands alone behind some titles is a given name (Sir Hugh).
    """
    words = words_for(language)
    titles = tuple(title.split())
    given, family = name.given, name.family
    if not given and len(family) == 1 and titles and squash(titles[-1]) in words.given_honorifics:
        given, family = family, ()
    return replace(name, titles=titles, given=given, family=family, gender=name.gender or _gender(titles, words))


def title_run(tokens: list[str] | tuple[str, ...], words: Words) -> int:
    """Return how many of `tokens` are titles and honorifics at the start; the last of them must be a head."""
    run = 0
    for position, token in enumerate(tokens):
        word = squash(token)
        if word in words.honorifics or words.is_head(word):
            run = position + 1
        elif word not in words.qualifiers:
            break
    return run


def _of_place(tokens: list[str]) -> tuple[list[str], str | None]:
    """Take `of Maine` off: parliaments print it to tell two members of one surname apart."""
    if "of" in tokens[1:-1]:
        at = tokens.index("of", 1)
        return tokens[:at], " ".join(tokens[at:])
    return tokens, None


def _titles(tokens: list[str], words: Words) -> tuple[tuple[str, ...], list[str]]:
    run = title_run(tokens, words)
    if run == len(tokens):
        # "Judge", "General": a title alone is no name, but a name may also be a word (Bishop, King).
        return ((), tokens) if run == 1 else (tuple(tokens[: run - 1]), tokens[run - 1 :])
    return tuple(tokens[:run]), tokens[run:]


def _noble(tokens: list[str], words: Words) -> tuple[list[str], tuple[str, ...]]:
    """Take titles of nobility out of a name (`Ludwig Freiherr von Roe`) and write `v.` out as they do in German."""
    if len(tokens) < 3:
        return tokens, ()
    tokens = ["von" if token == "v." and 0 < at < len(tokens) - 1 else token for at, token in enumerate(tokens)]
    noble = [
        at
        for at in range(1, len(tokens) - 2)
        if squash(tokens[at]) in words.nobility and squash(tokens[at + 1]) in words.particles
    ]
    return [token for at, token in enumerate(tokens) if at not in noble], tuple(tokens[at] for at in noble)


def _gender(titles: tuple[str, ...], words: Words) -> Gender | None:
    for title in titles:
        stated = words.honorifics.get(squash(title))
        if stated == "m":
            return "m"
        if stated == "f":
            return "f"
    return None


def _tail(tail: str, words: Words) -> tuple[str | None, tuple[str, ...], list[str]]:
    """Read what follows a comma: a generation mark, degrees, or the given names of `Family, Given`."""
    suffix: str | None = None
    credentials: list[str] = []
    rest: list[str] = []
    for token in tail.replace(",", " ").split()[:_MAX_TOKENS]:
        word = squash(token)
        if word in words.suffixes:
            suffix = token
        elif word in words.credentials:
            credentials.append(token)
        elif word:
            rest.append(token)
    return suffix, tuple(credentials), rest


def _ending(tokens: list[str], suffix: str | None, words: Words) -> tuple[list[str], str | None, tuple[str, ...]]:
    credentials: list[str] = []
    while len(tokens) > 1:
        word = squash(tokens[-1])
        if word in words.suffixes and suffix is None:
            suffix = tokens[-1]
        elif word in words.credentials and (len(tokens) > 2 or tokens[-1] != tokens[-1].title()):
            credentials.insert(0, tokens[-1])
        else:
            break
        tokens = tokens[:-1]
    return tokens, suffix, tuple(credentials)


def _after_given(
    tokens: list[str], words: Words, gender: Gender | None
) -> tuple[list[str], tuple[str, ...], Gender | None]:
    """Take honorifics that follow the given name (`Bey`, `müəllim`) out of the name."""
    if words.after_given.isdisjoint(map(squash, tokens)):
        return tokens, (), gender
    kept = [token for token in tokens if squash(token) not in words.after_given]
    if not kept:
        return tokens, (), gender
    after = tuple(token for token in tokens if squash(token) in words.after_given)
    return kept, after, gender or _gender(after, words)


def _split(tokens: list[str], words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide given names from the surname; the surname is the last word with the particles before it."""
    if len(tokens) == 1 and is_han_name(tokens[0]):
        return (tokens[0][1:],), (tokens[0][:1],)
    if len(tokens) <= 1:
        return (), tuple(tokens)
    capitals = [len(token) > 1 and token.isupper() and not is_initial(token) for token in tokens]
    if any(capitals) and not all(capitals):
        first = capitals.index(True)
        last = len(capitals) - capitals[::-1].index(True)
        if all(capitals[first:last]) and (first == 0 or last == len(tokens)):
            return (*tokens[:first], *tokens[last:]), tuple(tokens[first:last])
    last_word = fold(tokens[-1])
    if last_word in _AZERI_PATRONYMIC and len(tokens) >= 3:
        return tuple(tokens[1:]), (tokens[0],)
    if len(tokens) == 3 and _PATRONYMIC.search(last_word):
        return tuple(tokens[1:]), (tokens[0],)
    if len(tokens) == 3 and is_initial(tokens[1]) and is_initial(tokens[2]):
        return tuple(tokens[1:]), (tokens[0],)
    if len(tokens) == 2 and is_initial(tokens[1]) and not is_initial(tokens[0]):
        return (tokens[0],), (tokens[1],)  # "Anna B.": a shortened surname
    start = len(tokens) - 1
    if words.two_surnames and len(tokens) >= 3 and _may_be_surname(tokens[start - 1], words):
        start -= 1
    last = start
    while start > 1 and _is_particle(tokens[start - 1], words):
        start -= 1
    if words.two_surnames and start < last and start > 1 and _may_be_surname(tokens[start - 1], words):
        start -= 1  # "Fernández de la Vega" is one surname
    if start == 1 and _surname_only(tokens, words):
        start = 0
    return tuple(tokens[:start]), tuple(tokens[start:])


def _may_be_surname(token: str, words: Words) -> bool:
    word = squash(token)
    return not is_initial(token) and word not in words.given and word not in words.particles


def _is_particle(token: str, words: Words) -> bool:
    return squash(token) in words.particles and not token.endswith(".")  # "D." is a letter, "d'" a particle


def _surname_only(tokens: list[str], words: Words) -> bool:
    """Whether the name begins with a particle and has no given name (`van der Aa`, `De Niro`, not `Ben Roe`)."""
    first = squash(tokens[0])
    if not _is_particle(tokens[0], words):
        return False
    return tokens[0].islower() or len(tokens) > 2 or first not in _ALSO_GIVEN


_ALSO_GIVEN = frozenset(
    {"van", "al", "el", "ben", "bin", "abu", "ter", "ten", "av", "af", "san", "e", "y", "bint", "ibn"}
)
_KEEP_WHOLE = frozenset(
    {"mc", "mac", "de", "di", "da", "la", "le", "du", "van", "von", "fitz", "o", "st", "del", "des"}
)


def _camel(token: str) -> list[str]:
    """Divide `NickBos`, as some corpora print names, but not `McIlroy`, `AvW` or a typo such as `RoSE`."""
    if len(token) > 60 or not token.isalpha():
        return [token]
    cuts = [
        i
        for i in range(1, len(token))
        if token[i].isupper() and (token[i - 1].islower() or token[i + 1 : i + 2].islower())
    ]
    pieces = [token[start:end] for start, end in zip([0, *cuts], [*cuts, len(token)], strict=True)]
    single = sum(len(piece) == 1 for piece in pieces)
    mixed = all(len(piece) == 1 or piece[1:].islower() for piece in pieces)
    if (
        len(pieces) < 2
        or not mixed
        or single > 1
        or len(pieces[-1]) < 3
        or fold(pieces[0]) in _KEEP_WHOLE
        or len(pieces[0]) < 3
    ):
        return [token]
    return pieces
