"""Whether two printed names can be one person's, by which rule, and how sure that is."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from onrecord.names._fold import is_initial, one_edit_apart, romanized, skeleton, squash, visible
from onrecord.names._lexicon import words_for
from onrecord.names._nicknames import are_nicknames
from onrecord.names.label import all_initials_of, initials_of
from onrecord.names.person import PersonName, parse_name

Verdict = Literal["same", "compatible", "different"]


class Match(NamedTuple):
    """The judgement on two names.

    `same`: two spellings of one full name. `compatible`: one is a shorter form that others could share
    (a surname, initials); it is the same person only if nobody else fits. `different`: never one person.
    """

    verdict: Verdict
    rule: str
    confidence: float


DIFFERENT = Match("different", "names-differ", 0.95)
IDENTICAL = Match("same", "identical", 1.0)


def same_name(a: str | PersonName, b: str | PersonName, language: str | None = None) -> Match:
    """Compare two names by their parts. Symmetric; independent of case, titles and invisible characters.

    The rules, most certain first: `identical`, `case`, `diacritics`, `transliteration`, `romanization`,
    `middle-name`, `name-order`, `nickname`, `initials`, `surname`, `given-name`, `initialism`; and
    `typo` (compatible, never more), `generation`, `gender`, `names-differ`.
    """
    left = parse_name(a, language) if isinstance(a, str) else a
    right = parse_name(b, language) if isinstance(b, str) else b
    if not left.parts or not right.parts:
        return DIFFERENT
    barred = _barred(left, right)
    if barred is not None:
        return barred
    if left.key == right.key or (len(left.key) > 7 and left.key.replace(" ", "") == right.key.replace(" ", "")):
        return _spelling(left.bare, right.bare)
    if left.is_partial or right.is_partial:
        return _partial(left, right)
    found = _full(left, right)
    if found.verdict == "different":
        swapped = _swapped(left, right)
        if swapped is not None:
            return swapped
    return found


@lru_cache(maxsize=16384)
def compared(known: PersonName, name: PersonName) -> Match:
    """Compare two names as `same_name` does; a text looks the same ones up again whenever a name is added."""
    return same_name(known, name)


class Spelt(NamedTuple):
    """The spellings of a full name, by which most of those that differ are told apart without comparing them.

    `surname` is the surname in one word; `family` are the spellings of its words and of all of it, `words` those of
    all words of the name; `joined` is the name in one word.
    """

    surname: str
    family: frozenset[str]
    words: frozenset[str]
    joined: str


def spelt(name: PersonName) -> Spelt | None:
    """Return the spellings of a name; null where a part, a letter or nothing stands for the surname."""
    family = " ".join(name.family)
    if name.is_partial or not family or is_initial(family) or any(len(squash(word)) < 2 for word in name.family):
        return None
    own = frozenset(form for word in (family, *name.family) for form in spellings(word))
    words = own.union(form for word in name.given for form in spellings(word))
    return Spelt(squash(family), own, words, name.key.replace(" ", ""))


def spellings(word: str) -> tuple[str, str, str]:
    """Return a word as it is compared: folded, as its spellings in several alphabets have it, and as romanized."""
    return squash(word), f"~{skeleton(word)}", f"^{romanized(word)}"


def clearly_different(a: Spelt | None, b: Spelt | None) -> bool:
    """Whether `same_name` can only say `different`: no word of either surname is a word of the other name.

    Every rule for two full names but `typo` and `initials` asks for such a word. False says nothing.
    """
    return (
        a is not None
        and b is not None
        and a.family.isdisjoint(b.words)
        and b.family.isdisjoint(a.words)
        and a.joined != b.joined
        and not _misspelt(a.surname, b.surname)
    )


def _misspelt(x: str, y: str) -> bool:
    return len(x) >= 5 <= len(y) and x[0] == y[0] and one_edit_apart(x, y)


def same_word(a: str, b: str, *, foreign: bool = False) -> Match:
    """Compare two single words of names: one spelling, another spelling, a typo, or two words.

    `foreign`: the name as a whole is written in two alphabets or with and without accents.
    """
    return _same_word(a, b, foreign)


@lru_cache(maxsize=16384)
def _same_word(a: str, b: str, foreign: bool) -> Match:
    x, y = squash(a), squash(b)
    if x == y and x:
        return _spelling(a, b)
    if x and y:
        foreign = foreign or not (visible(a).isascii() and visible(b).isascii())
        if foreign and skeleton(a) == skeleton(b):
            return Match("same", "transliteration", 0.95)
        if romanized(a) == romanized(b) and len(x) > 3:
            return Match("same", "romanization", 0.85)
        if _misspelt(x, y):
            return Match("compatible", "typo", 0.5)
    return DIFFERENT


def _spelling(a: str, b: str) -> Match:
    if a == b:
        return IDENTICAL
    if a.casefold() == b.casefold():
        return Match("same", "case", 0.99)
    if visible(a).casefold() == visible(b).casefold():
        return Match("same", "invisible-characters", 0.95)
    return Match("same", "diacritics", 0.97)


def _barred(a: PersonName, b: PersonName) -> Match | None:
    if a.suffix and b.suffix and _generation(a.suffix) != _generation(b.suffix):
        return Match("different", "generation", 0.99)
    if a.gender and b.gender and a.gender != b.gender:
        return Match("different", "gender", 0.99)
    if bool(a.suffix) != bool(b.suffix) and ((a.is_partial and b.is_partial) or "of " in f"{a.suffix}{b.suffix}"):
        return Match("different", "generation", 0.8)  # "WADE" and "WADE JR": printed differently for a reason
    if a.is_partial and b.is_partial and a.offices and b.offices and not a.offices & b.offices:
        return Match("different", "title", 0.8)
    return None


def _generation(suffix: str) -> str:
    return {"junior": "jr", "senior": "sr"}.get(squash(suffix), squash(suffix))


def _full(a: PersonName, b: PersonName) -> Match:
    shorter, longer = (a, b) if len(a.parts) <= len(b.parts) else (b, a)
    tail = longer.parts[-len(shorter.parts) :]
    if 2 <= len(shorter.parts) < len(longer.parts) and (
        _same_words(shorter.parts, tail) or _same_words(shorter.parts, longer.family[: len(shorter.parts)])
    ):
        return Match("compatible", "surname", 0.85)  # surnames without the given name (Ortega Luna)
    if len(shorter.parts) == 2 and longer.family and _same_words(shorter.parts, longer.given[:2]):
        return Match("compatible", "middle-name", 0.85)  # given name and patronymic, without the surname
    foreign = a.text.isascii() != b.text.isascii()
    family = _family(a, b, foreign=foreign)
    if family.verdict == "different":
        return family
    given = _given(a, b, foreign=foreign)
    if given.verdict == "different":
        return given
    if bool(a.suffix) != bool(b.suffix):
        # A son is often named like his father, with one "Jr." between them: who else is known decides.
        return Match("compatible", "generation", 0.8)
    weaker = min(family, given, key=lambda match: match.confidence)
    if "compatible" in (family.verdict, given.verdict):
        return Match("compatible", weaker.rule, weaker.confidence)
    return weaker


def _family(a: PersonName, b: PersonName, *, foreign: bool) -> Match:
    x, y = " ".join(a.family), " ".join(b.family)
    found = same_word(x, y, foreign=foreign)
    if found.verdict != "different":
        return found
    # Two surnames, one of them left out (García Márquez, García); a particle left out (van Wirdum, Wirdum).
    shorter, longer = (a, b) if len(a.parts) <= len(b.parts) else (b, a)
    if len(shorter.family) > 1 and _same_words(shorter.family, longer.family[: len(shorter.family)]):
        return Match("same", "middle-name", 0.9)
    tail = longer.parts[1:]
    if len(tail) >= 2 and len(shorter.family) == 1:
        for part in tail:
            if len(squash(part)) > 2 and same_word(part, shorter.family[0]).verdict == "same":
                return Match("same", "middle-name", 0.9)
    if is_initial(x) != is_initial(y) and squash(x)[:1] == squash(y)[:1]:
        return Match("compatible", "initials", 0.7)
    return DIFFERENT


def _given(a: PersonName, b: PersonName, *, foreign: bool) -> Match:
    x, y = _without_particles(a.given), _without_particles(b.given)
    first = _given_word(x[0], y[0], foreign=foreign)
    if first.verdict == "different":
        first = _nicknamed(a, b) or first
        if first.verdict == "different":
            return first
    worst = first
    for left, right in zip(x[1:], y[1:], strict=False):
        found = _given_word(left, right)
        if found.verdict == "different":
            return found
        if not is_initial(left) and not is_initial(right):
            worst = min(worst, found, key=lambda match: match.confidence)
    if len(x) != len(y) or worst.rule == "initials":
        if worst.verdict == "same":
            return Match("same", "middle-name", min(worst.confidence, 0.95))
        return worst
    return worst


def _given_word(a: str, b: str, *, foreign: bool = False) -> Match:
    if is_initial(a) != is_initial(b):
        x, y = squash(a), squash(b)
        if x[:1] == y[:1] and x:
            return Match("compatible", "initials", 0.85)
        return DIFFERENT
    found = same_word(a, b, foreign=foreign)
    if found.verdict == "different" and are_nicknames(a, b):
        return Match("same", "nickname", 0.9)
    return found


def _nicknamed(a: PersonName, b: PersonName) -> Match | None:
    for name, other in ((a, b), (b, a)):
        if name.nickname and same_word(name.nickname, other.given[0]).verdict == "same":
            return Match("same", "nickname", 0.93)
    # A short form of two given names (Chema, José María).
    for name, other in ((a, b), (b, a)):
        if len(name.given) > 1 and len(other.given) == 1 and are_nicknames("".join(name.given[:2]), other.given[0]):
            return Match("same", "nickname", 0.9)
    # A second given name used as the call name (J. Edgar, James Edgar).
    for name, other in ((a, b), (b, a)):
        if len(name.given) > 1 and len(other.given) == 1 and _called(name.given[1], other.given[0]):
            return Match("compatible", "middle-name", 0.75)
    return None


def _called(given: str, short: str) -> bool:
    return same_word(given, short).verdict == "same" or are_nicknames(given, short)


def _same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return [squash(word) for word in a] == [squash(word) for word in b]


def _without_particles(given: tuple[str, ...]) -> tuple[str, ...]:
    """Given names without what joins them (`María del Carmen`)."""
    if len(given) == 1:
        return given
    particles = words_for(None).particles
    return tuple(word for at, word in enumerate(given) if at == 0 or squash(word) not in particles)


def _swapped(a: PersonName, b: PersonName) -> Match | None:
    """Return how two names are one whose words stand in another order; null, which is asked first, if they are not."""
    of_two = len(a.parts) == len(b.parts) == 2
    if of_two and same_word(a.parts[0], b.parts[1]).verdict != "same":
        return None
    given = words_for(None).given
    if all(squash(part) in given for part in a.parts):
        return None  # John Paul and Paul John: each order is a name of its own
    if sorted(squash(part) for part in a.parts) == sorted(squash(part) for part in b.parts):
        return Match("same", "name-order", 0.93)
    if of_two and same_word(a.parts[1], b.parts[0]).verdict == "same":
        return Match("same", "name-order", 0.9)
    return None


def _partial(a: PersonName, b: PersonName) -> Match:
    short, full = (a, b) if a.is_partial else (b, a)
    if full.is_partial:
        return _two_words(short, full)
    found = _part_of(short, full)
    if found.verdict != "different" and short.suffix and not full.suffix:
        return Match("compatible", "generation", 0.6)  # another Roe may be older, but who is printed "Sr." comes first
    return found


def _part_of(short: PersonName, full: PersonName) -> Match:
    word = " ".join(short.parts)
    wants_family = bool(short.titles) and not short.given
    found = same_word(word, " ".join(full.family))
    if found.verdict == "same":
        return Match("compatible", "surname", min(0.9, found.confidence))
    if found.rule == "typo":
        return Match("compatible", "typo", 0.4)
    for part in full.parts[1:]:
        if len(squash(part)) > 2 and same_word(word, part).verdict == "same":
            return Match("compatible", "surname", 0.8)
    if wants_family:
        return _lettered(word, full, titled=True)
    for place, part in enumerate(full.given):
        if same_word(word, part).verdict == "same" or (place == 0 and are_nicknames(word, part)):
            return Match("compatible", "given-name", 0.7 if place == 0 else 0.65)
    if full.nickname and same_word(word, full.nickname).verdict == "same":
        return Match("compatible", "nickname", 0.8)
    return _lettered(word, full, titled=False)


def _lettered(word: str, full: PersonName, *, titled: bool) -> Match:
    letters = squash(word)
    if titled:
        if is_initial(word) and letters == squash(full.family[-1] if full.family else "")[:1]:
            return Match("compatible", "initialism", 0.6)
        return DIFFERENT
    if len(letters) >= 2 and word.upper()[:1] == word[:1] and letters in (initials_of(full), all_initials_of(full)):
        return Match("compatible", "initialism", 0.75)
    short = full.given[:1] + full.family[-1:]
    if len(letters) == 2 and letters == "".join(squash(part)[:1] for part in short):
        return Match("compatible", "initialism", 0.7)
    if len(letters) == 1 and letters in (squash(full.parts[0])[:1], squash(full.parts[-1])[:1]):
        return Match("compatible", "initialism", 0.5)
    return DIFFERENT


def _two_words(a: PersonName, b: PersonName) -> Match:
    found = same_word(" ".join(a.parts), " ".join(b.parts))
    if found.verdict == "same":
        return Match("same", found.rule, found.confidence)
    return found
