"""What a text says of people beside their names: who is described, whose gender a pronoun gives, who is addressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.names import squash
from onrecord.stages.attribution.words import SourceWords, source_words
from onrecord.text.letters import UPPER

_NEAR = 120  # characters behind the subject of a sentence in which a pronoun can still be its own
_CALLED = 24  # characters that `my dear`, a title and marks may take before the name of the one addressed
_ADJECTIVES = 2  # between the article and the noun of a description that opens a sentence
# The end of the clause, or another name. One class of characters comes first, so that the search skips all else.
_OTHER = re.compile(rf"[.!?;:“”\"«»„\n{UPPER}](?:(?<![{UPPER}])|(?<=\s.)(?=\w))")
_BEFORE_CALL = re.compile(r"(?:^|[,;!?.—–“‘\"'«„(]|--)\s*(?:[^\W\d_]{1,9}\.? ){0,2}$")
_AFTER_CALL = re.compile(rf"[^\W\d_][\w’'-]*(?: [{UPPER}][\w’'-]*){{0,2}}(?=[,.!?;—–”\"»])")


def _at_head(word: str) -> str:
    """The pattern of what stands at the head of a sentence, if `word`, which may be empty, is the last of it."""
    return rf"(?:(?<=^{word})|(?<=[\n.!?”\"’'»] {word})|(?<=[\n“\"„«]{word}))"


class Description(NamedTuple):
    """A noun phrase for a person that opens a sentence: `text[start:end]` is `The young doctor`."""

    start: int
    end: int
    gender: str | None


def described(text: str, language: str | None) -> Iterator[Description]:
    """The people a text only describes, where they are the subject of a sentence (The young doctor …); in order."""
    words = source_words(language)
    for match in _opening(language).finditer(text):
        tokens = match["rest"].split()
        start = match.start("article")
        for count in range(len(tokens), 0, -1):
            if _is_person(tokens[count - 1], language):
                end = match.start("rest") + len(" ".join(tokens[:count]))
                yield Description(start, end, words.gender(tokens[count - 1]))
                break


@lru_cache(maxsize=8192)
def _is_person(noun: str, language: str | None) -> bool:
    words = source_words(language)
    plain, names = squash(words.names.head_of(noun)), words.names
    return plain in words.feminine or plain in words.masculine or plain in names.kin or names.is_person(plain)


@cache
def _opening(language: str | None) -> re.Pattern[str]:
    """An article that opens a sentence, and up to three words behind it on the line, apart by one blank each.

    A language that has no definite article (`bare_nouns` in its lexicon) opens with the noun itself.
    """
    words = source_words(language)
    articles = sorted(words.determiners & words.names.articles)
    elided = {word for word in words.determiners if word[-1:] in "'’"}
    capital = [*(f"{re.escape(_capital(word))} " for word in articles), *(re.escape(_capital(word)) for word in elided)]
    if words.bare_nouns:
        return re.compile(rf"{_at_head('')}(?P<article>(?:{'|'.join(capital)})?)(?P<rest>[^\W\d_]\w*)")
    small = r"[^\W\d_]" if words.names.capital_nouns else rf"[^\W\d_{UPPER}]"
    # Each article comes before the look-behind for the head of a sentence, so that the search skips all else.
    article = "|".join(f"{word}{_at_head(word)}" for word in capital)
    return re.compile(rf"(?P<article>{article})(?P<rest>{small}[\w’'-]*(?: {small}[\w’'-]*){{0,{_ADJECTIVES}}})")


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def gender_after(text: str, start: int, end: int, words: SourceWords) -> str | None:
    """The gender of the subject that ends at `start`, if a pronoun of the same clause gives it (Ann lost her hat).

    Looks no further than `end`, another name, or the end of the clause: the pronoun would be somebody else's.
    """
    end = min(end, start + _NEAR)
    other = _OTHER.search(text, start, end)
    clause = text[start : other.start() if other else end]
    if words.telling.isdisjoint(clause.lower().replace(",", " ").split()):
        return None  # most often
    for word, after in pairwise((*clause.split(), "")):
        plain = word.strip(",").lower()
        if plain in words.she or (plain in words.he and words.she):
            return "f" if plain in words.she else "m"
        # What is owned must follow: in `Ann asked her about it`, somebody else is meant.
        if plain in words.possessives and after.isalpha() and after not in words.small:
            gender = words.owners.get(plain)
            if gender:
                return gender
    return None


def addresses(text: str, floor: int, at: int, end: int) -> bool:
    """Whether a name at `at`, in a quotation from `floor` to `end`, is how somebody is spoken to (“Well, Ann, …”)."""
    if not _BEFORE_CALL.search(text[max(floor, at - _CALLED) : at]):
        return False
    match = _AFTER_CALL.match(text, at, min(len(text), end + 1))
    return match is not None
