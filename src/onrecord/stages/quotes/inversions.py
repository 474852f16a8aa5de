"""How far a source phrase reaches behind its verb: said [Ann Lee, a farmer], …."""

from __future__ import annotations

from onrecord.stages.quotes.grammar import (
    ABBREVIATION,
    AUX,
    BREAKER,
    CAPITAL,
    CHANNEL,
    COORDINATOR,
    CUE,
    DETERMINER,
    FINITE,
    HARD,
    NOUN_PREPOSITION,
    OBJECT_PRONOUN,
    OWNER,
    PARTICIPLE,
    PERSONAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QWORD,
    RELATIVE,
    SOMEONE,
    SPEECH_NOUN,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import Range, starts_noun_phrase

_NAME = 4  # words of the longest name in apposition
_NO_APPOSITION = CUE | FINITE | TO | THAT | QWORD | TIME | OBJECT_PRONOUN | PREPOSITION


def subject_after(items: Items, start: int, b: int, *, bare: bool = False) -> Range | None:
    """The source phrase after an inverted verb: said [Ann Lee, a farmer], …; null if none starts there.

    `bare` says that a noun without an article may describe it: dit [Paul Castan, agriculteur à Montreval].
    """
    bits, words = items.bits, items.words
    while start < b and bits[start] & (TIME | OBJECT_PRONOUN) and not bits[start] & (DETERMINER | PERSONAL):
        start += 1
    while items.grammar.inverts and start + 1 < b and bits[start] & DETERMINER and bits[start + 1] & TIME:
        start += 2  # ha asegurado este lunes la ministra
    if start >= b or not starts_noun_phrase(items, start):
        return None
    if bits[start] & PERSONAL:
        return start, start + 1
    at = start
    while at < b:
        word, bit = words[at], bits[at]
        if word == ",":
            described = _apposition_follows(items, at + 1, b, start)
            if not described and not (bare and _bare_apposition(items, at + 1, b, start)):
                break
            if bits[at + 1] & RELATIVE:
                end = _relative_end(items, at + 1, b)
                if end == at + 1:
                    break
                at = end
                continue
        elif word == "(":
            closed = at
            while closed < min(b, at + 12) and words[closed] != ")":
                closed += 1
            if closed >= b or words[closed] != ")":
                break
            at = closed
        elif word in HARD or word in "-)" or (word == "." and _ends_sentence(items, at, b)):
            break
        elif bit & QUOTE:
            named = at > start and bits[at - 1] & CAPITAL and at + 1 < b and bits[at + 1] & CAPITAL
            leads = PREPOSITION | SOMEONE if items.grammar.inverts else PREPOSITION  # газета «Маяк»
            if not named and not (at > start and bits[at - 1] & leads and items.title(at)):
                break
        elif at > start and (_ends_source(items, at, b) or word in items.grammar.words.get("addressees", ())):
            break
        at += 1
    while at > start and words[at - 1] in ",.-" and not (words[at - 1] == "." and at < b):
        at -= 1
    return (start, at) if at > start else None


def _relative_end(items: Items, at: int, b: int) -> int:
    """End of a relative clause that belongs to the source; `at` if it reports something itself."""
    place = at
    while place < b and items.words[place] != "," and items.words[place] not in HARD:
        bit = items.bits[place]
        if bit & QUOTE or (bit & CUE and not bit & (CAPITAL | SPEECH_NOUN) and place < at + 3):
            return at
        place += 1
    if place >= b and items.words[b - 1] == ".":
        place = b - 1
    return place


def _ends_source(items: Items, at: int, b: int) -> bool:
    """Whether a word cannot continue a source phrase that follows its verb."""
    bit, bits = items.bits[at], items.bits
    if bit & CAPITAL and not bit & (TIME | SUBORDINATOR | PREPOSITION):
        return False
    if bit & (SUBORDINATOR | AUX | THAT | BREAKER) or (bit & TIME and not bit & DETERMINER):
        return True
    if bit & PREPOSITION:
        if not bit & NOUN_PREPOSITION or at + 1 >= b:
            return True
        after = at + 1
        while after < b and (bits[after] & OWNER or items.adverb(after)) and after < at + 4:
            after += 1
        while after < min(b, at + 4) and not bits[after] & (TIME | CHANNEL) and items.words[after] != ",":
            after += 1
        return after < b and bool(bits[after] & (TIME | CHANNEL)) and items.words[at] != "of"
    if bit & COORDINATOR:
        return (
            at + 1 >= b or not bits[at + 1] & (CAPITAL | DETERMINER | POSSESSIVE | SOMEONE) or bool(bits[at + 1] & CUE)
        )
    if bit & PARTICIPLE:
        return True
    if bits[at - 1] & DETERMINER:
        return False  # a man at the back
    article = bit & DETERMINER and (bit & OBJECT_PRONOUN or (items.grammar.inverts and bits[at - 1] & PREPOSITION))
    return items.adverb(at) and not article  # presidente de la asociación, directrice de l'école


def _ends_sentence(items: Items, at: int, b: int) -> bool:
    """Whether a full stop is no abbreviation's: … reconnaît le capitaine, Édouard Tallec. Pas par vent d'est."""
    before = items.words[at - 1]
    if not items.bits[at - 1] & CAPITAL:
        whole = items.grammar.inner_tags and not items.bits[at - 1] & ABBREVIATION
        opens = CAPITAL if len(before) > _NAME else OWNER | PERSONAL
        return at + 1 >= b or (whole and bool(items.bits[at + 1] & opens))
    return len(before) > _NAME and before.lower() not in items.grammar.words.get("titles_dotted", ())


def _whole_name(items: Items, at: int, b: int) -> bool:
    """Whether a name of several words and nothing else stands up to the next mark or the end."""
    end = at
    while end < b and items.bits[end] & CAPITAL and not items.bits[end] & (QUOTE | TIME):
        end += 1
    return 2 <= end - at <= _NAME and (end >= b or items.words[end] in ",.;")


def _apposition_follows(items: Items, at: int, b: int, start: int) -> bool:
    """Whether what follows a comma after the source still describes it."""
    if at >= b:
        return False
    bit, word = items.bits[at], items.words[at]
    if bit & QUOTE or (bit & (CUE | PARTICIPLE) and not bit & (SPEECH_NOUN | SOMEONE)):
        return False
    if word.isdigit():
        return len(word) <= 3
    if bit & RELATIVE:
        return word != "that"
    if bit & CAPITAL and items.bits[start] & DETERMINER and _whole_name(items, at, b):
        return True  # la alcaldesa, Ana Roe
    if bit & CAPITAL:
        return (at + 1 < b and (items.words[at + 1] in ",.-" or "-" in word)) or bool(bit & SOMEONE)
    if bit & (SUBORDINATOR | COORDINATOR | AUX | PRONOUN | PREPOSITION) and not bit & DETERMINER:
        return False
    if bit & (DETERMINER | SOMEONE):
        return bool(items.bits[start] & CAPITAL)
    return word in items.grammar.words.get("apposition_words", ())


def _bare_apposition(items: Items, at: int, b: int, start: int) -> bool:
    """Whether a noun without an article says who a name is: Paul Castan, agriculteur à Montreval."""
    grammar = items.grammar
    if not grammar.inverts or at >= b or "," in items.words[start : at - 1]:
        return False
    if not any(items.bits[place] & CAPITAL for place in range(start, at - 1)):
        return False
    bit, word = items.bits[at], items.words[at]
    described = word.endswith(tuple(grammar.words.get("converb_endings", ()))) or bit & _NO_APPOSITION
    return word.isalpha() and len(word) > _NAME - 1 and not described and not items.adverb(at)
