"""What a frame says: whether it is a quotation, a piece of another one, or nothing, and where its source stands."""

from __future__ import annotations

from onrecord.stages.quotes.bounds import Frame
from onrecord.stages.quotes.grammar import CLITIC, PARTICIPLE, QUOTE, WEAK
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import Range

_CLAUSES = frozenset({"clause-that", "clause-bare", "clause-question", "infinitive", "order", "noun-that"})


def source_chars(items: Items, source: Range) -> tuple[int, int]:
    """The characters of a source; of a verb with its subject attached (dit-il), the subject."""
    start, end = items.chars(*source)
    if items.bits[source[0]] & CLITIC:
        start = items.text.rindex("-", start, end) + 1
    return start, end


def only_quotations(items: Items, content: list[Range]) -> bool:
    """Whether a content is nothing but quotations and what stands between them."""
    words, bits = items.words, items.bits
    for first, stop in content:
        for at in range(first, stop):
            if not bits[at] & QUOTE and words[at] not in ",.;":
                return False
    return True


def has_participle(items: Items, cue: Range) -> bool:
    """Whether the subject of a reporting verb stands in the main clause: …, adding that …."""
    return any(items.bits[at] & PARTICIPLE for at in range(*cue))


def is_fragment(items: Items, frame: Frame, frames: list[Frame]) -> bool:
    """Whether a frame is only a quoted fragment within another reported clause: … what she calls a “mess”.

    The pair then belongs to the clause. A quotation that is a sentence of its own stays one.
    """
    words, bits = items.words, items.bits
    for a, b in frame.content:
        for at in range(a, b):
            if not bits[at] & QUOTE and words[at] != ",":
                return False
    first, stop = frame.content[0][0], frame.content[-1][1]
    sentence = items.first_said(first).isupper()
    if sentence and frame.cue is not None and not items.bits[frame.cue[0]] & WEAK:
        return False
    return any(
        other is not frame and a <= first and stop <= b and (b - a) > (stop - first)
        for other in frames
        for a, b in other.content
    )


def is_object(frame: Frame, frames: list[Frame]) -> bool:
    """Whether the object of a verb lies in a clause that is itself reported: she said he would demand an inquiry."""
    if frame.rule != "object":
        return False
    first, stop = frame.content[0][0], frame.content[-1][1]
    return any(
        other is not frame and a <= first and stop <= b and other.rule in _CLAUSES
        for other in frames
        for a, b in other.content
    )


def says_something(items: Items, frame: Frame) -> bool:
    """Whether the content holds a word or a quotation: a lone full stop is nobody's words."""
    words, bits = items.words, items.bits
    first, stop = frame.content[0]
    short = stop - first <= items.grammar.longest_nothing and len(frame.content) == 1
    if short and tuple(words[first:stop]) in items.grammar.nothing:
        return False
    for first, stop in frame.content:
        for at in range(first, stop):
            if words[at][0].isalnum() or bits[at] & QUOTE or any(map(str.isalnum, words[at])):
                return True
    return False
