"""The lexicon of one language as bits per word: what a word can do in a sentence that reports speech."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicons import load
from onrecord.stages.quotes.tokens import (
    BESIDE,
    EDGE,
    END,
    GENITIVE,
    HINT,
    LEAD,
    NOMINAL,
    START,
    TAG,
    WALL,
    Tokens,
)

# The first thirty are asked for most and fit into one digit of Python's integers, which makes asking cheaper.
CUE = 1  # a reporting verb of any class; the next ones say which
CLAUSE = 1 << 1
QUOTING = 1 << 2
PERSON = 1 << 3
ORDER = 1 << 4
OBJECT = 1 << 5
WEAK = 1 << 6
PHRASE = 1 << 7
PARTICIPLE = 1 << 8
AUX = 1 << 9
ADVERB = 1 << 10
THAT = 1 << 11
QWORD = 1 << 12
TO = 1 << 13
SUBORDINATOR = 1 << 14
BREAKER = 1 << 15
COORDINATOR = 1 << 16
RELATIVE = 1 << 17
PRONOUN = 1 << 18
DETERMINER = 1 << 19
POSSESSIVE = 1 << 20
PREPOSITION = 1 << 21
NOUN_PREPOSITION = 1 << 22
TIME = 1 << 23
CAPITAL = 1 << 24
QUOTE = 1 << 25  # an item that stands for a whole pair of quotation marks
VERBISH = 1 << 26
SOMEONE = 1 << 27
SPEECH_NOUN = 1 << 28
ADVERBIAL = 1 << 29  # an adverb, by the lexicon or by its ending
INFINITIVE = 1 << 30
QUESTION = 1 << 31
CLAUSE_NOUN = 1 << 32
CHANNEL = 1 << 33
OBJECT_PRONOUN = 1 << 34
ABBREVIATION = 1 << 35
ACCORDING = 1 << 36
BE = 1 << 37
PARTICLE = 1 << 38
ACCORDING_AFTER = 1 << 39
SPEAKING = 1 << 40  # plain speech: what follows is said, whatever its form (said the same)
TAG_WORD = 1 << 41
AS_WORD = 1 << 42
SUBJUNCTIVE = 1 << 43
PERSONAL = 1 << 44
CLITIC = 1 << 45  # a verb with its subject attached: dit-il
QUOTE_LINK = 1 << 46
VERB_CLITIC = 1 << 47
BASE = 1 << 48  # the form of a verb that can also be a noun (press, report)
HYPOTHETICAL = 1 << 49  # a verb that goes on reporting where a report stands before it (Sie hätten Geld verlangt)
REPORT_ADVERB = 1 << 50  # an adverb that refers to a report (demnach)
HEARSAY = 1 << 51  # a modal verb that reports with a perfect infinitive (er soll geschlafen haben)
# What a report can start from.
ANCHOR = CUE | ACCORDING_AFTER | CLAUSE_NOUN | TAG_WORD | SUBJUNCTIVE | HYPOTHETICAL | REPORT_ADVERB | HEARSAY
OWNER = DETERMINER | POSSESSIVE  # what opens a noun phrase
FINITE = AUX | VERBISH  # a verb that has a subject and reports nothing
VERBAL = FINITE | CUE
# What lets a verb report without quotation marks, where the verb stands between its subject and what was said.
FREE = CLAUSE | QUOTING | PERSON | ORDER | OBJECT | QUESTION | INFINITIVE | CLAUSE_NOUN
SENTENCE_ENDS = frozenset(".!?…")
HARD = frozenset(";:—–!?…[]{}/\\|*<>=")  # marks that no phrase goes on behind
CLAUSE_MARKS = frozenset(";:—–!?…")  # marks that no clause goes on behind
_CLAUSE_ENDS = frozenset(",;:")
_TAG_EDGES = frozenset(",—–-")  # marks that a tag can follow
_OWNED = ("'s", "’s")
_PHRASE_ENDS = (
    SUBORDINATOR | BREAKER | AUX | VERBISH | RELATIVE | CUE | PRONOUN | OBJECT_PRONOUN | TO | COORDINATOR
)  # what may end a walk back through a noun phrase

_NO_NOUN = PREPOSITION | SUBORDINATOR | COORDINATOR | AUX | POSSESSIVE | TO | THAT

_LISTS = {
    "auxiliaries": AUX,
    "negations": ADVERB,
    "adverbs": ADVERB,
    "complementizers": THAT,
    "question_words": QWORD,
    "infinitive_mark": TO,
    "subordinators": SUBORDINATOR,
    "clause_breakers": BREAKER,
    "coordinators": COORDINATOR,
    "relatives": RELATIVE,
    "subject_pronouns": PRONOUN,
    "object_pronouns": OBJECT_PRONOUN,
    "determiners": DETERMINER,
    "possessives": POSSESSIVE,
    "prepositions": PREPOSITION,
    "noun_prepositions": NOUN_PREPOSITION,
    "time_words": TIME,
    "titles_dotted": ABBREVIATION,
    "company_dotted": ABBREVIATION,
    "speech_nouns": SPEECH_NOUN,
    "clause_nouns": CLAUSE_NOUN,
    "channel_nouns": CHANNEL,
    "person_nouns": SOMEONE,
    "verbish": VERBISH,
    "be_forms": BE,
    "particles": PARTICLE,
    "be_contractions": PRONOUN | BE,
    "contractions": PRONOUN,
    "tag_words": TAG_WORD,
    "as_words": AS_WORD,
    "subjunctives": SUBJUNCTIVE,
    "hypotheticals": HYPOTHETICAL,
    "report_adverbs": REPORT_ADVERB,
    "hearsay": HEARSAY,
    "personal_pronouns": PERSONAL,
    "quote_links": QUOTE_LINK,
    "verb_clitics": VERB_CLITIC,
}
_VERB_CLASSES = {
    "clause": CLAUSE,
    "quote": QUOTING,
    "person": PERSON,
    "order": ORDER,
    "infinitive": INFINITIVE,
    "question": QUESTION,
    "object": OBJECT,
    "weak": WEAK,
    "plain": SPEAKING,
}


Introduction = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's words for the quotation stage.

    `bits` maps a lower-case word to what it can do; `phrases` a reporting verb to the words that make a phrase
    with it (call: for); `according` the first and the second word of a phrase that introduces a source to the whole
    phrases, longest first, each as its words and the number of those before the source; phrases of one word also
    stand under "". `quote` are the bits of a pair of quotation marks. `order` says where the language puts its
    verb: `svo`, `v2` (German), `sov` (Turkish).
    """

    language: str
    bits: Mapping[str, int]
    tokens: Tokens
    quote: int
    phrases: Mapping[str, frozenset[str]]
    according: Mapping[str, Mapping[str, tuple[Introduction, ...]]]
    according_after: frozenset[str]
    particles: Mapping[str, frozenset[str]]
    bare_verbs: frozenset[str]
    have: frozenset[str]
    fragments: int
    genitives: frozenset[str]
    naming: frozenset[str]
    view_nouns: tuple[str, ...]
    infinitives: tuple[str, ...]
    participles: tuple[str, ...]
    plural: str
    ordinals: bool
    comma_clauses: bool
    inner_commas: bool
    free_relatives: frozenset[str]
    leading: frozenset[str]
    wording_phrases: Mapping[str, Sequence[str]]
    inverts: bool
    pro_drop: bool
    compounds: Mapping[str, frozenset[str]]
    clause_endings: tuple[str, ...]
    dash_dialogue: bool
    inner_tags: bool
    topics: tuple[tuple[str, ...], ...]
    order: str
    reflexives: frozenset[str]
    nothing: frozenset[tuple[str, ...]]
    longest_nothing: int
    as_words: frozenset[str]
    words: Mapping[str, Any]

    def introductions(self, words: Sequence[str], at: int) -> list[int]:
        """How many items the phrases at `at` that introduce a source have (according to: 2), longest first."""
        known = self.according.get(words[at])
        if known is None:
            return []
        phrases = known.get(words[at + 1], known[""]) if at + 1 < len(words) else known[""]
        if not phrases:
            return []
        return [size for parts, size in phrases if tuple(words[at : at + len(parts)]) == parts]


@cache
def grammar_of(language: str) -> Grammar:
    """Return the grammar of a language, English for one that has no lexicon."""
    words = load(language, "quotes") or load("en", "quotes")
    bits: dict[str, int] = {}
    for key, bit in _LISTS.items():
        _add(bits, words.get(key, ()), bit)
    phrases: dict[str, frozenset[str]] = {}
    particles: dict[str, frozenset[str]] = {}
    bare: set[str] = set()
    endings = tuple(words.get("participles", ()))
    for entry in words.get("verbs", ()):
        _add_verb(entry, bits, phrases, endings, particles, bare)
    for word in words.get("not_cues", ()):
        bits[word] = bits.get(word, 0) & ~CUE
    introductions = [tuple(phrase.split()) for phrase in words.get("according", ())]
    _add(bits, [parts[0] for parts in introductions], ACCORDING)
    _add_clitics(bits, words.get("clitics", ()))
    after = frozenset(words.get("according_after", ()))
    elisions = words.get("elisions", ())
    nothing = frozenset(tuple(phrase.split()) for phrase in words.get("says_nothing", ()))
    _add(bits, after, ACCORDING_AFTER)
    return Grammar(
        language=language,
        bits=bits,
        tokens=Tokens(_token(elisions), _judge(bits, words, introductions), elides=bool(elisions)),
        # Where adverbs cannot be told by their ending, a walk passes over a quotation as over an adverb: so much
        # stands between verb and source in these languages that stopping there loses more than it saves.
        quote=QUOTE if words.get("adverb_ending") else QUOTE | ADVERBIAL,
        phrases=phrases,
        according=_according(introductions),
        according_after=after,
        particles=particles,
        bare_verbs=frozenset(bare),
        have=frozenset(words.get("have_forms", ())),
        plural=words.get("plural_ending", ""),
        participles=tuple(words.get("participles", ())),
        infinitives=tuple(words.get("infinitive_endings", ())),
        naming=frozenset(words.get("naming_words", ())),
        view_nouns=tuple(words.get("view_nouns", ())),
        genitives=frozenset(words.get("genitives", ())),
        ordinals=bool(words.get("ordinal_dots", False)),
        fragments=words.get("fragment_words", 0),
        comma_clauses=bool(words.get("comma_clauses", False)),
        leading=frozenset(words.get("leading_verbs", ())),
        wording_phrases=words.get("wording_phrases", {}),
        free_relatives=frozenset(words.get("free_relatives", words.get("question_words", ()))),
        inner_commas=bool(words.get("inner_commas", False)),
        inverts=bool(words.get("inverts", False)),
        pro_drop=bool(words.get("pro_drop", False)),
        compounds=_compounds(words),
        clause_endings=tuple(words.get("clause_endings", ())),
        dash_dialogue=bool(words.get("dash_dialogue", False)),
        inner_tags=bool(words.get("inner_tags", False)),
        topics=tuple(tuple(topic.split()) for topic in words.get("topics", ())),
        order=words.get("word_order", "svo"),
        reflexives=frozenset(words.get("reflexives", ())),
        nothing=nothing,
        longest_nothing=max(map(len, nothing), default=0),
        as_words=frozenset(words.get("as_words", ())),
        words=words,
    )


# Words with inner apostrophes, hyphens and full stops (Trump's, left-wing, U.S), numbers with inner commas.
# Blanks before a token belong to it, so that the lengths add up to positions.
_TOKEN = r"\s*(?:{elisions}\w+(?:['’\-‑]\w+|\.(?:[a-z\d]\w*|\w\b)|,\d+)*|--+|[^\w\s])"


def _token(elisions: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a token; a language with elisions (l'homme, qu'il) splits there."""
    words = "|".join(sorted(elisions, key=len, reverse=True))
    return re.compile(_TOKEN.format(elisions=f"(?i:(?:{words})['’](?=\\w|\\Z))|" if words else ""))


def _according(introductions: Iterable[tuple[str, ...]]) -> dict[str, dict[str, tuple[Introduction, ...]]]:
    """File the phrases that introduce a source by their first two words; a bar stands before the source."""
    by_first: dict[str, list[Introduction]] = {}
    for phrase in sorted(introductions, key=len, reverse=True):
        parts = tuple(word for word in phrase if word != "|")
        size = phrase.index("|") if "|" in phrase else len(phrase)
        by_first.setdefault(phrase[0], []).append((parts, size))
    return {
        first: {
            second: tuple(phrase for phrase in phrases if phrase[0][1:2] in ((), (second,)))
            for second in {"", *(parts[1] for parts, _ in phrases if len(parts) > 1)}
        }
        for first, phrases in by_first.items()
    }


def _judge(
    bits: Mapping[str, int], words: Mapping[str, Any], introductions: Iterable[tuple[str, ...]]
) -> Callable[[str], tuple[int, int, int]]:
    """Return what a token as printed can do, what can start or end there, and its place in a clause."""
    alone = {phrase[0] for phrase in introductions if len(phrase) == 1}
    leads = {phrase[0] for phrase in introductions} - alone
    rare = {max(phrase, key=len) for phrase in introductions if len(phrase) > 1}
    sides = words.get("word_order", "svo") == "svo"
    manner, others = words.get("adverb_ending"), frozenset(words.get("not_adverbs", ()))
    views = tuple(words.get("view_nouns", ()))
    persons, ordinals = tuple(words.get("person_endings", ())), tuple(words.get("ordinal_endings", ()))
    attached = tuple(f"-{clitic}" for clitic in words.get("clitics", ()))

    def judge(token: str) -> tuple[int, int, int]:
        word, capital = token.lower(), token[0].isupper()
        able = bits.get(word, 0)
        if persons and not able and word.endswith(persons) and len(word) > 5 and not word.endswith(ordinals):
            able = SOMEONE
        view = bool(views) and capital and word.endswith(views)
        if not able and not view and word not in rare and token.isalpha():  # a word of no lexicon, as most are
            adverb = manner and not capital and word.endswith(manner) and word not in others
            return (CAPITAL if capital else ADVERBIAL if adverb else 0), 0, NOMINAL
        adverb = able & ADVERB or (manner and not capital and word.endswith(manner) and word not in others)
        if attached and not able and not capital and word.endswith(attached):
            able = CUE | QUOTING | WEAK | CLITIC  # « … », peste-t-il: a tag, whatever the verb
        able |= (CAPITAL if capital else 0) | (ADVERBIAL if adverb else 0)
        if word in alone or able & ANCHOR or view:
            mark = BESIDE if sides and not able & FREE and word not in alone else START
        else:
            mark = LEAD if word in leads else 0
        hint = word in rare or (mark == BESIDE and able & PHRASE)
        mark |= (HINT if hint else 0) | (END if word in SENTENCE_ENDS else 0)
        shape = EDGE if able & (COORDINATOR | ACCORDING) or word in _CLAUSE_ENDS else 0
        shape |= WALL if able & _PHRASE_ENDS or word in HARD or word in ",)" else 0
        shape |= (TAG if word in _TAG_EDGES else 0) | (GENITIVE if word.endswith(_OWNED) else 0)
        return able, mark, shape | (NOMINAL if _nominal(word, able) else 0)

    return judge


def _nominal(word: str, able: int) -> bool:
    """Whether a word can be the last one of a noun phrase."""
    if not (word[0].isalnum() or word in ".%'’"):
        return False
    return bool(able & (CAPITAL | PRONOUN)) or not able & _NO_NOUN


def _compounds(words: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Nouns that make a reporting verb with a light verb (ifade etti), by every form of that verb."""
    result: dict[str, frozenset[str]] = {}
    for verb, nouns in words.get("compounds", {}).items():
        for entry in words.get("verbs", ()):
            forms = entry.partition(" : ")[0].split()
            if verb in forms:
                result |= dict.fromkeys(forms, frozenset(nouns))
    return result


def _add_clitics(bits: dict[str, int], clitics: Iterable[str]) -> None:
    """dit-il, a-t-il: a verb with its subject."""
    known = [(word, bit) for word, bit in bits.items() if bit & (CUE | AUX) and "-" not in word and "'" not in word]
    for word, bit in known:
        for clitic in clitics:
            bits[f"{word}-{clitic}"] = bits[f"{word}-t-{clitic}"] = (bit & ~PARTICIPLE) | CLITIC


def _add(bits: dict[str, int], words: Iterable[str], bit: int) -> None:
    for word in words:
        bits[word] = bits.get(word, 0) | bit


def _add_verb(
    entry: str,
    bits: dict[str, int],
    phrases: dict[str, frozenset[str]],
    endings: tuple[str, ...],
    particles: dict[str, frozenset[str]],
    bare: set[str],
) -> None:
    """Read one line of the lexicon's `verbs`: "forms : classes"."""
    forms, _, classes = entry.partition(" : ")
    verb, seconds, separable = CUE, frozenset[str](), frozenset[str]()
    for name in classes.split(","):
        if name.startswith("+"):
            seconds = frozenset(name[1:].split("|"))
            verb |= PHRASE
        elif name.startswith("~"):
            separable = frozenset(name[1:].split("|"))
        elif name:
            verb |= _VERB_CLASSES[name]
    for place, form in enumerate(forms.split()):
        participle = PARTICIPLE if endings and form.endswith(endings) and len(form) > 4 else 0
        bits[form] = bits.get(form, 0) | verb | participle | (0 if place else BASE)
        if separable:
            particles[form] = particles.get(form, frozenset()) | separable
        else:
            bare.add(form)
        if seconds:
            phrases[form] = phrases.get(form, frozenset()) | seconds
