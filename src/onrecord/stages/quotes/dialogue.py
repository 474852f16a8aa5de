"""Dialogue without marks around it, and tags without marks between: how other languages print speech.

A dash opens a paragraph of speech and sets off the tag in it (— No lo sé —respondió Ana—. Me voy.); French also
leaves the tag inside one pair of marks (« Je pars, dit-il. Adieu. »).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.stages.quotes.grammar import (
    AUX,
    CAPITAL,
    CLITIC,
    COORDINATOR,
    CUE,
    DETERMINER,
    PARTICIPLE,
    PERSONAL,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QUOTE_LINK,
    QUOTING,
    SOMEONE,
    SUBORDINATOR,
    VERB_CLITIC,
    WEAK,
)
from onrecord.stages.quotes.inversions import subject_after
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import Range, subject_before
from onrecord.stages.quotes.skips import skip_adverbials

_DASHES = frozenset("—–―")
_BEFORE_TAG = frozenset(",?!…—–―")
_LONGEST_TAG = 12  # items of a tag with a verb nobody listed
_TAG_STARTS = 6  # items within which a tag has its verb


@dataclass(slots=True)
class Speech:
    """What is said (item ranges), with its tag if there is one."""

    content: list[Range]
    cue: Range | None = None
    source: Range | None = None


def opens_with_dash(items: Items) -> bool:
    """Whether a paragraph is a line of dialogue."""
    return len(items) > 1 and items.words[0] in _DASHES and items.words[1] not in _DASHES


def dash_speech(items: Items) -> Speech:
    """Take a line of dialogue apart: speech, tag between dashes, speech."""
    return _segments(items, 1, len(items))


def _segments(items: Items, a: int, b: int) -> Speech:
    """Speech and tags between the dashes of `[a, b)`."""
    edges = [a - 1, *(at for at in range(a, b) if items.words[at] in _DASHES), b]
    speech = Speech([])
    for first, last in pairwise(edges):
        start = first + 1
        if start >= last:
            continue
        tag = (_tag(items, start, last) or _unknown_tag(items, start, last, b)) if first >= a else None
        if tag is None:
            _add(speech, items, start, last)
            continue
        if speech.cue is None:
            speech.cue, speech.source = tag[0], tag[1]
    return speech


def inner_speech(items: Items, a: int, b: int) -> Speech | None:
    """Take a tag out of the middle of what is said; null if there is none."""
    if any(items.words[at] in _DASHES for at in range(a + 1, b)):
        speech = _segments(items, a, b)
        if speech.cue is not None and speech.content:
            return speech
    for at in range(a + 1, b):
        found = _inner_tag(items, at, b)
        if found is None:
            continue
        start, cue, source, stop = found
        speech = Speech([], cue, source)
        left = start
        while left > a and items.words[left - 1] in ",":
            left -= 1
        if left > a:
            speech.content.append((a, left))
        while stop < b and items.words[stop] in ",.":
            stop += 1
        if stop < b:
            speech.content.append((stop, b))
        return speech if speech.content else None
    return None


def _inner_tag(items: Items, at: int, b: int) -> tuple[int, Range, Range, int] | None:
    """A tag that starts at `at`: its start, cue, source and end."""
    bits = items.bits
    if items.words[at - 1] not in _BEFORE_TAG or bits[at] & CAPITAL:
        return None
    verb = at
    while verb < min(at + 3, b) and bits[verb] & (AUX | VERB_CLITIC) and not bits[verb] & CUE:
        verb += 1
    if verb >= b or not bits[verb] & CUE or not bits[verb] & QUOTING or bits[verb] & (PARTICIPLE | WEAK):
        return None
    if bits[verb] & CLITIC:
        return at, (at, verb + 1), (verb, verb + 1), _tag_end(items, verb + 1, b)
    if bits[at] & CLITIC:
        return at, (at, verb + 1), (at, at + 1), _tag_end(items, verb + 1, b)
    start = verb + 1
    while start < b and items.adverb(start):
        start += 1
    source = subject_after(items, start, b, bare=True)
    if source is None:
        return None
    apposed = "," in items.words[source[0] : source[1]]  # lance Odile, ouvrière depuis trente ans, …
    # … a confirmé la skieuse au micro de Radio-Port
    after = skip_adverbials(items, source[1], _tag_end(items, source[1], b))
    if after < b and not apposed and items.words[after] not in ",.!?…—–―":
        return None
    return at, (at, verb + 1), source, _tag_end(items, source[1], b)


def _tag_end(items: Items, at: int, b: int) -> int:
    """Where the tag's own clause ends."""
    while at < b and items.words[at] not in ",.!?…—–―":
        at += 1
    return at


def _tag(items: Items, start: int, last: int) -> tuple[Range, Range | None, int] | None:
    """A stretch between dashes that is a tag: cue, source and the item after both."""
    bits = items.bits
    first = start
    while first < last and bits[first] & QUOTE_LINK:
        first += 1
    for at in range(first, min(first + _TAG_STARTS, last)):
        if not (bits[at] & CUE and bits[at] & QUOTING) or (bits[at] & CAPITAL and at > first):
            continue
        cue: Range = (at, at + 1)
        if bits[at] & CLITIC:
            return cue, (at, at + 1), at + 1
        begin = at
        while begin > first and (bits[begin - 1] & AUX or items.adverb(begin - 1)):
            begin -= 1
        if begin > first:
            before = subject_before(items, begin, first)
            if before is not None and before[0] == first:
                return cue, before, at + 1
            if items.grammar.order == "sov":
                return cue, (first, begin), at + 1
            if not items.adverb(first) and not bits[first] & AUX:
                continue
        after = subject_after(items, at + 1, last, bare=True)
        return cue, after, after[1] if after else at + 1
    return None


def _unknown_tag(items: Items, start: int, last: int, b: int) -> tuple[Range, Range | None, int] | None:
    """A tag whose verb nobody listed: a stretch in small letters between marks and dashes (— разводит руками он. —)."""
    bits, words = items.bits, items.words
    closed = last < b and words[last - 1] in ".," and words[start - 2] in ",?!…." and last - start <= _LONGEST_TAG
    plain = not bits[start] & (CAPITAL | COORDINATOR | SUBORDINATOR | PREPOSITION | PRONOUN | DETERMINER | AUX | QUOTE)
    if not closed or not plain or not words[start].isalpha():
        return None
    for at in range(start + 1, last):
        source = subject_after(items, at, last - 1) if bits[at] & (CAPITAL | SOMEONE | PERSONAL) else None
        if source is not None:
            return (start, start + 1), source, source[1]
    return None


def _add(speech: Speech, items: Items, start: int, last: int) -> None:
    while last > start and items.words[last - 1] in ",":
        last -= 1
    while start < last and items.words[start] in ",.":
        start += 1
    if last <= start:
        return
    inner = inner_speech(items, start, last) if speech.cue is None else None
    if inner is not None:
        speech.content += inner.content
        speech.cue, speech.source = inner.cue, inner.source
    elif speech.content and speech.cue is None:
        speech.content[-1] = speech.content[-1][0], last  # a dash within what is said
    else:
        speech.content.append((start, last))
