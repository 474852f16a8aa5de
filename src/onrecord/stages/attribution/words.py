"""The words of a language by which sources are told apart, from `lexicons/<language>/quotes.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from onrecord.lexicons import load
from onrecord.names import Words, words_for


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each language: it is known by its identity
class SourceWords:
    """Closed classes of one language, lower case; the lists' meanings are at the top of the English lexicon."""

    first: frozenset[str]
    singular: frozenset[str]
    second: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    third: frozenset[str]
    """What stands for somebody who is near: he, she, and whose words they are."""
    telling: frozenset[str]
    """The pronouns of a subject, and those of what it owns, that tell its gender."""
    owners: Mapping[str, str]
    sayings: frozenset[str]
    impersonal: frozenset[str]
    agents: frozenset[str]
    polite: frozenset[str]
    dropped: tuple[str, ...] | None
    """Endings of verbs without a subject; null where the language does not leave subjects out."""
    relatives: frozenset[str]
    pronouns: frozenset[str]
    possessives: frozenset[str]
    standing: frozenset[str]
    """All pronouns and possessives: what can stand for somebody by itself."""
    determiners: frozenset[str]
    small: frozenset[str]
    """Determiners, prepositions and words that join clauses: none of them is what somebody owns."""
    bare_nouns: bool
    """Whether a noun needs no article to be somebody in particular."""
    plural: str
    feminine: frozenset[str]
    feminine_endings: tuple[str, ...]
    masculine: frozenset[str]
    names: Words

    def gender(self, phrase: str) -> str | None:
        """`f` or `m` where a title or a noun says it (the spokeswoman, Mr.); null where none does."""
        return _gender(self, phrase)

    def against(self, gender: str | None) -> frozenset[str | None]:
        """The genders that speak against a pronoun's; `-` is the one who says `I`, who is nobody's he."""
        return _AGAINST[gender]


@lru_cache(maxsize=8192)
def _gender(words: SourceWords, phrase: str) -> str | None:
    nouns = {words.names.head_of(word.strip(".,").lower()) for word in phrase.split()}
    if nouns & words.feminine or any(len(noun) > 5 and noun.endswith(words.feminine_endings) for noun in nouns):
        return "f"
    return "m" if nouns & words.masculine else None


_SHORT = 3  # letters of the longest prepositions and articles in such a phrase
_AGAINST: Mapping[str | None, frozenset[str | None]] = {
    None: frozenset(("-",)),
    "f": frozenset(("-", "m")),
    "m": frozenset(("-", "f")),
}


def _named_views(words: Mapping[str, Any]) -> frozenset[str]:
    """The nouns of phrases like `in her view`: whose view it is, the pronoun before them says."""
    phrases = (*words.get("according", ()), *words.get("according_after", ()))
    return frozenset(word for phrase in phrases for word in phrase.split() if len(word) > _SHORT)


@cache
def source_words(language: str | None) -> SourceWords:
    """Return the words of a language; those of English where it has none."""
    words: Mapping[str, Any] = load(language or "en", "quotes") or load("en", "quotes")

    def listed(name: str) -> frozenset[str]:
        return frozenset(words.get(name, ()))

    first, second = listed("first_person"), listed("second_person")
    he, she, owners = listed("masculine_pronouns"), listed("feminine_pronouns"), words.get("owners", {})
    relatives, possessives = listed("relatives"), listed("possessives")
    pronouns = listed("subject_pronouns") | first | second
    return SourceWords(
        first=first,
        singular=listed("first_person_singular"),
        second=second,
        he=he,
        she=she,
        they=listed("plural_pronouns"),
        third=he | she | frozenset(owners),
        telling=(he | she if she else she) | frozenset(word for word in possessives if owners.get(word)),
        owners=owners,
        sayings=listed("speech_nouns") | _named_views(words),
        impersonal=listed("impersonal"),
        agents=listed("agents"),
        polite=listed("polite"),
        dropped=tuple(words.get("impersonal_endings", ())) if words.get("pro_drop") else None,
        relatives=relatives,
        pronouns=pronouns,
        possessives=possessives,
        standing=pronouns | possessives | relatives,
        determiners=listed("determiners"),
        small=listed("determiners") | listed("prepositions") | listed("question_words") | listed("phrase_coordinators"),
        bare_nouns=bool(words.get("bare_nouns", False)),
        plural=str(words.get("plural_ending", "")),
        feminine=listed("genders_feminine"),
        feminine_endings=tuple(words.get("feminine_endings", ())),
        masculine=listed("genders_masculine"),
        names=words_for(language),
    )
