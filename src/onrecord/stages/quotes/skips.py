"""What may stand between a reporting verb and what was said: the one spoken to, times, places, channels."""

from __future__ import annotations

from onrecord.stages.quotes.grammar import (
    ADVERBIAL,
    AUX,
    CAPITAL,
    CHANNEL,
    COORDINATOR,
    DETERMINER,
    HARD,
    NOUN_PREPOSITION,
    OBJECT_PRONOUN,
    OWNER,
    PERSONAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QWORD,
    SOMEONE,
    SUBORDINATOR,
    THAT,
    TIME,
    TO,
    VERBISH,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import starts_noun_phrase
from onrecord.stages.quotes.tokens import GENITIVE, WALL

ADVERBIALS = TIME | ADVERBIAL | DETERMINER | PREPOSITION
_SPOKEN_TO = DETERMINER | CAPITAL | POSSESSIVE | SOMEONE | OBJECT_PRONOUN
_PHRASE_WORDS = QUOTE | THAT | AUX | QWORD | TO | PRONOUN | OWNER | PREPOSITION | CAPITAL | TIME | CHANNEL
_BEFORE_NAME = CAPITAL | PREPOSITION | DETERMINER | COORDINATOR | POSSESSIVE


def skip_person(items: Items, at: int, b: int) -> int:
    """Skip the one spoken to after `told`: told [reporters in Ohio] that; return the next item."""
    bits, words = items.bits, items.words
    if at >= b:
        return at
    if bits[at] & OBJECT_PRONOUN and not (bits[at] & POSSESSIVE and at + 1 < b and _content(items, at + 1)):
        return at + 1
    if not (starts_noun_phrase(items, at)) or bits[at] & PERSONAL:
        return at
    begin = at
    while at < b:
        word, bit = words[at], bits[at]
        if word in HARD or word in ",()-" or bit & QUOTE or (word == "." and at + 1 >= b):
            break
        if at > begin:
            if bit & (THAT | AUX | QWORD | TO | VERBISH) or (bit & PRONOUN and not bit & CAPITAL):
                break
            if bit & OWNER and not bits[at - 1] & (PREPOSITION | COORDINATOR):
                break
            if bit & TIME or bit & SUBORDINATOR:
                break
            if bit & PREPOSITION and not bit & NOUN_PREPOSITION:
                break
            starts = bit & CAPITAL and not bits[at - 1] & _BEFORE_NAME
            if starts and not bits[at - 2] & OWNER:
                break
        at += 1
    return at


def _content(items: Items, at: int) -> bool:
    bit = items.bits[at]
    return items.words[at][0].isalpha() and not bit & (THAT | AUX | TO | PREPOSITION | PRONOUN | SUBORDINATOR)


def skip_adverbials(items: Items, at: int, b: int) -> int:
    """Skip times, adverbs and phrases like `in an interview` after a verb; return the next item."""
    bits, words = items.bits, items.words
    while at < b:
        bit = bits[at]
        if bit & THAT or not (bit & ADVERBIALS or words[at] == "to"):
            return at
        time = bit & TIME and not (bit & DETERMINER and not (at + 1 < b and bits[at + 1] & TIME))
        if time or (bit & ADVERBIAL and not bit & (DETERMINER | CAPITAL)):
            at += 1
        elif bit & DETERMINER and at + 2 < b and bits[at + 1] & TIME and bits[at + 2] & (THAT | QUOTE):
            at += 2  # confirmó este lunes que …
        elif (bit & PREPOSITION and not bit & TO) or (_leads(items, at) and at + 1 < b and bits[at + 1] & _SPOKEN_TO):
            after = _prepositional_end(items, at, b)
            if after <= at:
                return at
            at = after
        else:
            return at
    return at


def _leads(items: Items, at: int) -> bool:
    """Whether the word that opens infinitives can lead to whom something is said: said to, a dit à."""
    return items.words[at] == "to" or bool(items.grammar.inverts and items.bits[at] & PREPOSITION)


def _prepositional_end(items: Items, at: int, b: int) -> int:
    """End of the prepositional phrase at `at`, if it can stand between a verb and its clause; else `at`."""
    bits, words, shapes = items.bits, items.words, items.shapes
    place = at + 1
    while place < b:
        word, bit = words[place], bits[place]
        if not (bit & _PHRASE_WORDS or shapes[place] & WALL or word in "-.("):
            before = bits[place - 1]  # a plain word goes on with the phrase, unless a time or a channel closed it
            if word.isdigit() or shapes[place] & GENITIVE:  # on May 16 · in Thursday night's debate
                place += 1
                continue
            if before & (TIME | CHANNEL) and not before & DETERMINER and place > at + 1:
                return place
            place += 1
            continue
        if word == "." and place + 1 < b:
            place += 1
            continue
        if bit & QUOTE and (place == at + 1 or bits[place - 1] & PREPOSITION or items.owns(place - 1)):
            place += 1  # the title of what it was said in
            continue
        if word == "," and place + 1 < b and words[place - 1].isdigit() and words[place + 1].isdigit():
            place += 1  # on May 16, 2012
            continue
        if word in HARD or word in ",()-." or bit & QUOTE:
            return place
        if bit & (THAT | AUX | QWORD) or (bit & TO and not bit & PREPOSITION):
            return place
        if bit & TO and place > at + 1 and place + 1 < b and not bits[place + 1] & _SPOKEN_TO:
            return place  # promised in Ohio to mend it
        if bit & PRONOUN and not bit & (CAPITAL | DETERMINER):
            return place
        if place > at + 1:
            if bit & OWNER and not bits[place - 1] & (PREPOSITION | COORDINATOR | TIME):
                return place
            if bit & PREPOSITION and not bit & NOUN_PREPOSITION:
                return place
            if (
                bit & CAPITAL
                and not bits[place - 1] & (CAPITAL | PREPOSITION | DETERMINER | COORDINATOR)
                and not (items.grammar.inverts and bits[place - 1] & SOMEONE)  # a la agencia Sur
                and not shapes[place - 1] & GENITIVE
                and words[place - 1] != "."
            ):
                return place
            before = bits[place - 1]
            if before & (TIME | CHANNEL) and not before & DETERMINER and not bit & (TIME | PREPOSITION | CHANNEL):
                return place
        place += 1
    return place
