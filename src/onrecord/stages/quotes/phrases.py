"""Where a source phrase before its verb starts, without a parser: closed classes, commas and capitals.

All functions work on items `[a, b)` of one sentence and return item ranges. A walk stops at the first word that
cannot stand in a noun phrase, so the cost is the length of the phrase.
"""

from __future__ import annotations

from onrecord.stages.quotes.grammar import (
    ADVERB,
    ADVERBIAL,
    AUX,
    BASE,
    BREAKER,
    CAPITAL,
    COORDINATOR,
    CUE,
    DETERMINER,
    FINITE,
    HARD,
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
    VERBISH,
)
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.tokens import NOMINAL, WALL

Range = tuple[int, int]

_DASHES = frozenset("—–")
_NICKNAME = 26  # characters of the longest nickname with its marks
_MAX_PHRASE = 40
_MAX_SEGMENTS = 8
_STOP = SUBORDINATOR | BREAKER | AUX | VERBISH | QUOTE | RELATIVE
_OPENING = SUBORDINATOR | AUX | COORDINATOR  # what may stand in capitals at the start of a paragraph and is no name
_TRIMMED = COORDINATOR | THAT | TIME | ADVERBIAL | PREPOSITION


def subject_before(items: Items, end: int, a: int) -> Range | None:
    """The source phrase that ends just before item `end`; null if there is none.

    A comma before the verb closes an apposition or a relative clause: the phrase then starts before it.
    """
    at = end - 1
    if at < a:
        return None
    if not items.shapes[at] & WALL:
        start = noun_phrase_start(items, at, a)
        return None if start is None else (start, end)
    word = items.words[at]
    if items.bits[at] & RELATIVE and not items.bits[at] & THAT:
        return at, end
    if word == "," and at - 2 > a and items.words[at - 2] == "," and items.adverb(at - 1):
        return subject_before(items, at - 2, a)  # A source close to the firm, however, said
    if word == ",":
        return _with_apposition(items, at, a)
    if word == ")" or word in _DASHES:
        opened = _back_to(items, at, a, "(" if word == ")" else word)
        if opened is None or opened <= a:
            return None
        start = noun_phrase_start(items, opened - 1, a)
        return None if start is None else (start, end)
    if items.bits[at] & QUOTE and at > a:
        return _with_quoted_end(items, at, a)
    start = noun_phrase_start(items, at, a)
    return None if start is None else (start, end)


def _with_quoted_end(items: Items, at: int, a: int) -> Range | None:
    """Her staff, who call her “the Vane,” say · Orr, host of “Deck,” said: the comma stands within the marks."""
    if not items.grammar.inner_commas or items.last_said(at) != ",":
        return None
    for place in range(at - 1, a, -1):
        if items.bits[place] & QUOTE:
            return None
        if items.words[place] == ",":
            describes = items.bits[place + 1] & RELATIVE and not items.bits[place + 1] & THAT
            describes = describes or (items.title(at) and _modifies(items, place + 1, at))
            start = noun_phrase_start(items, place - 1, a) if describes else None
            return None if start is None else (start, at + 1)
    return None


def noun_phrase_start(items: Items, last: int, lo: int) -> int | None:
    """First item of the noun phrase whose last item is `last`, not before `lo`."""
    words, bits, shapes = items.words, items.bits, items.shapes
    bit = bits[last]
    if (bit & PRONOUN and not bit & CAPITAL) or bit & PERSONAL:
        return last
    if not _ends_phrase(items, last):
        return None
    at, floor = last, max(lo, last - _MAX_PHRASE)
    conjunction = -1
    blocked = False
    while at >= floor:
        if conjunction < 0:
            while at >= floor and not shapes[at] & WALL:
                at -= 1
            if at < floor:
                break
        word, bit = words[at], bits[at]
        if word == "," and lo + 2 <= at < last - 1 and _adjectives(items, at):
            at -= 3  # the bearded, 70-year-old pilot
            continue
        if word == "," or word in HARD:
            break
        if word == ")":
            opened = _back_to(items, at, lo, "(")
            if opened is None:
                break
            at = opened - 1
            continue
        if bit & _STOP and not (bit & CAPITAL and not bit & (AUX | QUOTE) and at > lo):
            if bit & QUOTE and at < last and _nickname(items, at, lo):
                at -= 1
                continue
            blocked = bool(bit & FINITE)
            break
        if bit & CUE and not bit & (CAPITAL | SPEECH_NOUN) and not _modifier_verb(items, at):
            blocked = True
            break
        if bit & PRONOUN and not bit & DETERMINER and not bit & CAPITAL:
            blocked = True
            break
        if bit & OBJECT_PRONOUN and not bit & (POSSESSIVE | DETERMINER) and not (at == last and words[at - 1] == "of"):
            break
        if bit & TO and at + 1 < last and not bits[at + 1] & (DETERMINER | CAPITAL | POSSESSIVE):
            break
        if bit & COORDINATOR:
            if word not in ("and", "or", "&") and not _joins(items, word):
                break
            conjunction = at
        elif conjunction >= 0 and not bit & CAPITAL and _past(items, at):
            blocked = True
            break
        at -= 1
    start = at + 1
    if blocked and conjunction >= 0:
        start = conjunction + 1
    if start > last:
        return None
    if start < last and not bits[start] and bits[start + 1] & OWNER:
        return start + 1  # put out [a statement]
    return _trim_start(items, start, last) if bits[start] & _TRIMMED else start


def _adjectives(items: Items, comma: int) -> bool:
    """Whether a comma stands between two words of no closed class behind an article."""
    bits = items.bits
    return bool(bits[comma - 2] & DETERMINER) and not bits[comma - 1] and not bits[comma + 1]


def _joins(items: Items, word: str) -> bool:
    return word in items.grammar.words.get("phrase_coordinators", ())


def _ends_phrase(items: Items, at: int) -> bool:
    """Whether a noun phrase can end with the word that stands here."""
    bit = items.bits[at]
    return bool(items.shapes[at] & NOMINAL) and not (at == 0 and bit & CAPITAL and bit & _OPENING)


def _nickname(items: Items, at: int, lo: int) -> bool:
    """Whether a quotation stands inside a name: Edward “Ted” Miller."""
    if items.sizes[at] > _NICKNAME:
        return False
    return at > lo and items.within_name(at)


def _modifier_verb(items: Items, at: int) -> bool:
    """Whether a reporting verb's form modifies a noun: a proposed plan, the man called Bob."""
    before = items.bits[at - 1] if at > 0 else 0
    if before & OWNER or (before & PREPOSITION and not before & TO and items.bits[at] & BASE):
        return True  # secretary of state
    following = items.bits[at + 1] if at + 1 < len(items.bits) else 0
    return bool(items.bits[at] & BASE and following & (SOMEONE | SPEECH_NOUN))


def _past(items: Items, at: int) -> bool:
    word = items.words[at]
    return word.endswith("ed") and len(word) > 4 and at > 0 and not items.bits[at - 1] & OWNER


def _trim_start(items: Items, start: int, last: int) -> int | None:
    """Drop what introduces the sentence: adverbs, times, a prepositional phrase without its comma."""
    bits = items.bits
    while start < last and (bits[start] & (COORDINATOR | THAT) or _loose(items, start, last)):
        start += 1
    if start < last and bits[start] & PREPOSITION and not bits[start] & DETERMINER:
        return _after_introduction(items, start, last)
    return start


def _loose(items: Items, at: int, last: int) -> bool:
    bit = items.bits[at]
    if bit & TIME and not (bit & CAPITAL and at + 1 <= last and items.bits[at + 1] & CAPITAL):
        return not bit & DETERMINER or bool(items.bits[at + 1] & TIME)
    return items.adverb(at) and not bit & DETERMINER


def _after_introduction(items: Items, start: int, last: int) -> int | None:
    """The subject after an introduction without a comma: In Ohio [Smith] said."""
    bits = items.bits
    if bits[last] & CAPITAL:
        at = last
        while at > start and bits[at - 1] & CAPITAL and not bits[at - 1] & (TIME | PREPOSITION):
            at -= 1
        while at - 1 > start and bits[at - 1] & (SOMEONE | DETERMINER):
            at -= 1
        return at
    for at in range(last, start, -1):
        if bits[at] & DETERMINER and not bits[at - 1] & PREPOSITION:
            return at
    if bits[last] & SOMEONE and not bits[last - 1] & PREPOSITION:
        return last  # in a language without articles
    return None


def _back_to(items: Items, at: int, lo: int, mark: str) -> int | None:
    for place in range(at - 1, max(lo, at - _MAX_PHRASE) - 1, -1):
        if items.words[place] == mark:
            return place
    return None


def _with_apposition(items: Items, comma: int, a: int) -> Range | None:
    """The phrase before `…, a farmer, said`: back over what modifies it."""
    end = comma
    segment_end = comma
    for _ in range(_MAX_SEGMENTS):
        begin = segment_end
        while begin > a and items.words[begin - 1] != "," and items.words[begin - 1] not in HARD:
            if items.bits[begin - 1] & QUOTE and not (begin < segment_end and _nickname(items, begin - 1, 0)):
                break
            begin -= 1
        if begin >= segment_end:
            return None
        left = begin > a and items.words[begin - 1] == ","
        if (
            left
            and _can_carry(items, begin - 1, a)
            and (_modifies(items, begin, segment_end) or _names_someone(items, begin, segment_end, a, comma))
        ):
            segment_end = begin - 1
            continue
        last = segment_end - 1
        if items.words[last] == ")":
            opened = _back_to(items, last, begin, "(")
            last = opened - 1 if opened is not None and opened > begin else last
        start = noun_phrase_start(items, last, begin)
        if start is None or (segment_end == comma and not items.bits[start] & (CAPITAL | DETERMINER | SOMEONE)):
            return None
        if segment_end == comma:
            return None  # nothing between commas: the comma closes an introduction, not an apposition
        return start, end
    return None


def _modifies(items: Items, begin: int, end: int) -> bool:
    """Whether a stretch between commas modifies what stands before it."""
    bit, word = items.bits[begin], items.words[begin]
    if bit & (RELATIVE | PREPOSITION) or word[0].isdigit():
        return True
    if bit & SUBORDINATOR and end - begin > 1 and (items.bits[begin + 1] & PARTICIPLE or _past(items, begin + 1)):
        return True  # Ann Lee, when asked about it, said
    if bit & CAPITAL and not bit & DETERMINER:
        owner = word.endswith(("'s", "’s")) or items.words[min(begin + 1, end - 1)] in "'’"
        if end - begin > 2 and not items.bits[end - 1] & CAPITAL and owner:
            return True  # China, Pyongyang's only ally · the Lees' lawyer
        if end - begin > 2 and items.bits[begin + 1] & PREPOSITION and items.bits[end - 1] & CAPITAL:
            return True  # Republican of Ohio
        return end - begin == 1 or "-" in word or "." in items.words[begin : begin + 2]
    if bit & (DETERMINER | POSSESSIVE | SOMEONE | ADVERB | PARTICIPLE):
        return True
    return word[0].isalpha() and not bit & (PRONOUN | AUX | COORDINATOR | SUBORDINATOR)


def _names_someone(items: Items, begin: int, end: int, a: int, last: int) -> bool:
    """The judge, Irma Fullerton, …: a name after a description is its apposition, not a new phrase."""
    joined = [at for at in range(begin, end) if not items.bits[at] & CAPITAL and items.words[at] not in ".-"]
    if not all(begin < at < end - 1 and items.bits[at] & COORDINATOR for at in joined):
        return False
    start = begin - 1
    while start > a and items.words[start - 1] != "," and items.words[start - 1] not in HARD:
        if items.bits[start - 1] & QUOTE:
            break  # “…,” the judge, Irma Fullerton, said
        start -= 1
    described = items.bits[start] & OWNER or any(items.owns(at) for at in range(start, begin - 2))
    closed = end < len(items.words) and items.words[end] == "," and not items.bits[begin - 2] & TIME
    return bool(described) and bool(items.bits[begin - 2] & SOMEONE or (closed and end == last))


def _can_carry(items: Items, comma: int, a: int) -> bool:
    """Whether the stretch before `comma` is a noun phrase that an apposition can follow."""
    begin = comma
    while begin > a and items.words[begin - 1] != "," and items.words[begin - 1] not in HARD:
        begin -= 1
    if begin >= comma:
        return False
    bit = items.bits[begin]
    first = begin == a or items.words[begin - 1] in HARD
    if first and bit & (PREPOSITION | SUBORDINATOR | ADVERB) and not bit & DETERMINER:
        return comma - begin > 3 and bool(items.bits[comma - 1] & CAPITAL) and bool(bit & SUBORDINATOR)
    return items.words[comma - 1] == ")" or _ends_phrase(items, comma - 1)


def starts_noun_phrase(items: Items, at: int) -> bool:
    """Whether a noun phrase that can be a source may start here."""
    bit, word = items.bits[at], items.words[at]
    if bit & QUOTE or not word[0].isalnum():
        return False
    if bit & CAPITAL:
        return not bit & (TIME | SUBORDINATOR | THAT)
    if bit & (DETERMINER | POSSESSIVE | SOMEONE):
        return True
    if bit & PERSONAL:
        return True
    if bit & (
        PREPOSITION | SUBORDINATOR | AUX | THAT | TO | QWORD | COORDINATOR | ADVERB | TIME | OBJECT_PRONOUN | CUE
    ):
        return False
    return not items.adverb(at)
