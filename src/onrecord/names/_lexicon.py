"""The words around names, of one language or of all, ready for lookup by folded form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from onrecord.lexicons import LANGUAGES, load
from onrecord.names._fold import squash
from onrecord.names._nicknames import english_given

_COMPOUND = 10  # letters from which on a word may be a compound that ends in a title
_LONG_TITLE = 7  # letters of the shortest title that ends one


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicons `names` of some languages, merged; every key and word is squashed (see `squash`)."""

    honorifics: Mapping[str, str]
    given_honorifics: frozenset[str]
    titles: frozenset[str]
    abbreviations: Mapping[str, str]
    qualifiers: frozenset[str]
    lowers: frozenset[str]
    articles: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    credentials: frozenset[str]
    given: frozenset[str]
    person_nouns: frozenset[str]
    person_endings: tuple[str, ...]
    roles: Mapping[str, str]
    role_modifiers: frozenset[str]
    unidentified: frozenset[str]
    voices: frozenset[str]
    groups: frozenset[str]
    question_side: frozenset[str]
    answer_side: frozenset[str]
    organization_words: frozenset[str]
    place_words: frozenset[str]
    joiners: frozenset[str]
    joints: frozenset[str]
    title_genitives: frozenset[str]
    noun_tails: tuple[str, ...]
    phrase_ends: frozenset[str]
    not_names: frozenset[str]
    kin: frozenset[str]
    notes: frozenset[str]
    after_given: frozenset[str]
    nobility: frozenset[str]
    addressed: frozenset[str]
    title_surnames: frozenset[str]
    name_articles: frozenset[str]
    two_surnames: bool
    capital_nouns: bool
    suffixing: bool
    lower_titles: bool
    outlet_compounds: tuple[str, ...]
    phrases_follow: bool
    noun_before_given: bool
    patronymics: tuple[str, ...]
    also_words: frozenset[str]
    alphabet: str
    long_titles: tuple[str, ...]
    """Titles that also end compounds, where nouns are compounded (`Fraktionsvorsitzende`)."""

    def is_title(self, word: str) -> bool:
        """Whether the squashed `word` may stand in a title before a name."""
        return word in self.qualifiers or self.is_head(word)

    def is_person(self, word: str) -> bool:
        """Whether the squashed `word` can only be a person (`analyst`, `clockmaker`)."""
        if word in self.person_nouns or self.is_head(word):
            return True
        return len(word) > 5 and word.endswith(self.person_endings)

    def is_given(self, word: str) -> bool:
        """Whether the squashed `word` is a common given name."""
        return word in self.given

    def head_of(self, noun: str) -> str:
        """Return a noun without what a preposition ties to it (`editor-in-chief` → `editor`)."""
        for tail in self.noun_tails:
            noun = noun.partition(tail)[0]
        return noun

    def is_patronymic(self, word: str) -> bool:
        """Whether the squashed `word` is made from the father's name, after which no surname need come."""
        return bool(self.patronymics) and word.endswith(self.patronymics)

    def is_head(self, word: str) -> bool:
        """Whether the squashed `word` is a title of its own (`president`, not `vice`)."""
        if word in self.titles or word in self.abbreviations:
            return True
        return self.capital_nouns and len(word) > _COMPOUND and word.endswith(self.long_titles)


@lru_cache(maxsize=256)
def words_for(language: str | None) -> Words:
    """Return the words of `language` and of English, or those of all languages if it is unknown.

    English is always there: labels such as `Mr.` and `Dr.` are printed in texts of every language.
    """
    short = language.split("-")[0].lower() if language else None
    if short is None or short not in LANGUAGES:
        return _merged(LANGUAGES)
    return _merged((short,) if short == "en" else (short, "en"))


@cache
def _merged(languages: tuple[str, ...]) -> Words:
    files = [load(language, "names") for language in languages]
    english = load("en", "names")
    # The library's list holds short words too (Con, Art); what opens sentences in the language is no name.
    not_names = _set(files, "not_names")
    given = _set(files, "given") | (english_given() - not_names)
    # A title of one language may be a given name of another (Don, Sultan): where the language is not known
    # to be that one, the English reading wins.
    taken = {squash(word) for word in english.get("given", ())} if languages == LANGUAGES else set()
    return Words(
        honorifics={k: v for k, v in _map(files, "honorifics").items() if k not in taken},
        given_honorifics=_set(files, "given_honorifics"),
        titles=_set(files, "titles") - taken,
        long_titles=tuple(sorted(word for word in _set(files, "titles") - taken if len(word) >= _LONG_TITLE)),
        abbreviations=_map(files, "abbreviations"),
        qualifiers=_set(files, "qualifiers") - taken,
        lowers=_set(files, "lowers"),
        articles=_set(files, "articles"),
        particles=_set(files, "particles"),
        suffixes=_set(files, "suffixes"),
        credentials=_set(files, "credentials"),
        given=given,
        person_nouns=_set(files, "person_nouns"),
        person_endings=tuple(sorted(_set(files, "person_endings"))),
        roles=_map(files, "roles"),
        role_modifiers=_set(files, "role_modifiers"),
        unidentified=_set(files, "unidentified"),
        voices=_set(files, "voices"),
        groups=_set(files, "groups"),
        question_side=_set(files, "question_side"),
        answer_side=_set(files, "answer_side"),
        organization_words=_set(files, "organization_words"),
        place_words=_set(files, "place_words"),
        joiners=frozenset(word for file in files for word in file.get("and", ())),
        joints=frozenset(word for file in files for word in file.get("joints", ())),
        title_genitives=_set(files, "title_genitives"),
        phrase_ends=frozenset(word for file in files for word in file.get("phrase_ends", ())),
        noun_tails=tuple(tail for file in files for tail in file.get("noun_tails", ())),
        not_names=not_names,
        kin=_set(files, "kin"),
        notes=_set(files, "notes"),
        after_given=_set(files, "after_given"),
        nobility=_set(files, "nobility"),
        addressed=_set(files, "addressed"),
        title_surnames=_set(files, "title_surnames"),
        name_articles=_set(files, "name_articles"),
        two_surnames=bool(files[0].get("two_surnames", False)),
        capital_nouns=bool(files[0].get("capital_nouns", False)),
        lower_titles=bool(files[0].get("lower_titles", False)),
        outlet_compounds=tuple(sorted(_set(files, "outlet_compounds"))),
        suffixing=bool(files[0].get("suffixing", False)),
        phrases_follow=bool(files[0].get("phrases_follow", False)),
        noun_before_given=bool(files[0].get("noun_before_given", False)),
        patronymics=tuple(files[0].get("patronymics", ())),
        also_words=_set(files, "also_words"),
        alphabet=str(files[0].get("alphabet", "")),
    )


@lru_cache(maxsize=1024)
def phrases(language: str | None, key: str) -> tuple[str, ...]:
    """Return the phrases `key` of `language` (of all languages if unknown), longest first, lower case."""
    short = language.split("-")[0].lower() if language else None
    chosen = (short,) if short in LANGUAGES else LANGUAGES
    found = {phrase.lower() for name in chosen if name for phrase in load(name, "names").get(key, ())}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))


def _set(files: Iterable[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(squash(word) for file in files for word in file.get(key, ()))


def _map(files: Iterable[Mapping[str, Any]], key: str) -> dict[str, str]:
    # The first file wins: the language itself comes before English.
    merged: dict[str, str] = {}
    for file in files:
        for word, value in file.get(key, {}).items():
            merged.setdefault(squash(word), str(value))
    return merged
