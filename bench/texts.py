"""Invented interviews and articles of a given size, from a small grammar; the same seed gives the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator

_FIRST = "Ada Bruno Carla Dmitri Elif Farid Greta Hasan Ines Jonas Kamala Leyla Marta Nadir Olga Pablo".split()
_LAST = "Abbot Berger Castillo Demirel Engel Fontaine Guliyev Hale Ivanova Jansen Koch Lindgren Moreau Novak".split()
_NOUNS = "harbour council bridge budget school river archive market hospital village railway border law museum".split()
_VERBS = (
    "changed rebuilt opened closed reviewed financed postponed defended measured explained repaired planned".split()
)
_ADJECTIVES = "old new small public narrow quiet expensive famous local northern difficult careful".split()
_OPENERS = ["In my view", "At that time", "As far as I know", "To be honest", "Of course", "After the storm", "Later"]
_SAYING = ["said", "told reporters", "insisted", "explained", "noted", "argued"]


def name(random_: random.Random) -> str:
    """Return an invented full name."""
    return f"{random_.choice(_FIRST)} {random_.choice(_LAST)}"


def sentence(random_: random.Random) -> str:
    """Return one plain sentence of eight to twenty words."""
    pick = random_.choice
    clause = f"the {pick(_ADJECTIVES)} {pick(_NOUNS)} near the {pick(_NOUNS)} was {pick(_VERBS)}"
    more = f" because the {pick(_NOUNS)} had to be {pick(_VERBS)} before winter" if random_.random() < 0.5 else ""
    return f"{pick(_OPENERS)}, {clause}{more}."


def quoting_sentence(random_: random.Random) -> str:
    """Return a sentence with a quotation, direct or reported."""
    pick = random_.choice
    said = f"the {pick(_NOUNS)} will be {pick(_VERBS)} next year"
    if random_.random() < 0.5:
        return f"“{said[0].upper()}{said[1:]},” {name(random_)} {pick(_SAYING)}."
    return f"{name(random_)} said that {said}."


def interview(seed: int, turns: int = 30, words: int = 1553) -> str:
    """Return an interview of MediaSum's shape: `turns` turns, `words` words but for a sentence, ten quotations."""
    random_ = random.Random(seed)
    host, guest = name(random_), name(random_)
    lines = [f"{guest} on the {random_.choice(_NOUNS)}", f"{guest}, an engineer, spoke to {host} for the Harbour Post."]
    said = 0
    for turn in range(turns):
        made = [f"{(host, guest)[turn % 2].upper()}:"]
        ends = [quoting_sentence(random_)] if turn % 3 == 0 else []
        said += _words(made) + _words(ends)
        while not made[1:] + ends or said < words * (turn + 1) / turns:
            made.append(sentence(random_))
            said += _words(made[-1:])
        lines.append(" ".join(made + ends))
    return "\n".join(lines) + "\n"


def _words(sentences: list[str]) -> int:
    return sum(len(item.split()) for item in sentences)


def article(seed: int, characters: int) -> str:
    """Return plain news of about `characters` characters, every third sentence with a quotation."""
    random_ = random.Random(seed)
    paragraphs: list[str] = []
    size = 0
    while size < characters:
        made = [quoting_sentence(random_) if n % 3 == 1 else sentence(random_) for n in range(random_.randint(2, 5))]
        paragraphs.append(" ".join(made))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs)[:characters]


def panel(seed: int, speakers: int, turns_each: int = 3) -> str:
    """Return a discussion among many: for traps that grow with the number of speakers."""
    random_ = random.Random(seed)
    labels = [f"{name(random_)} {_roman(n)}".upper() for n in range(speakers)]
    lines = [f"{label}: {sentence(random_)}" for _ in range(turns_each) for label in labels]
    return "\n".join(lines) + "\n"


def interviews(count: int, seed: int = 0) -> Iterator[str]:
    """Yield `count` interviews of MediaSum's shape, all different."""
    return (interview(seed + number) for number in range(count))


def _roman(number: int) -> str:
    letters = ""
    while True:
        letters = chr(ord("a") + number % 26) + letters
        number //= 26
        if not number:
            return f"O{letters}son"
