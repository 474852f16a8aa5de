"""Which sentences belong together, and what kind of text the paragraphs make: news, a novel, an interview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from onrecord.stages.layout.narration import is_told
from onrecord.stages.quotes.grammar import CAPITAL, CUE, PARTICIPLE, PERSON, QUESTION, QUOTE, QUOTING
from onrecord.stages.quotes.items import Items
from onrecord.stages.quotes.phrases import subject_before
from onrecord.stages.quotes.skips import skip_adverbials, skip_person
from onrecord.stages.quotes.units import Unit
from onrecord.text.quotation import Region

_TAG_WORDS = 16
_NAME_SHARE = 0.75  # share of a quotation's longer words with capitals from which on it is taken for a name
_DIALOGUE = 4  # paragraphs that open with a quotation which make a text dialogue, if they follow one another
_REPLIES = 3  # paragraphs that answer another from which on a text is a dialogue
_SHORT = 12  # blanks in a paragraph that is more often an answer than what the same person goes on to say
_BETWEEN = 4  # characters behind a quotation that are no tag
_INTERVIEW = 0.8  # share of paragraphs behind a dash from which on a text is taken for an interview
_TOLD = 0.2  # share of those in which a narrator says who speaks, from which on it is a story all the same


def joined(items: Items, sentences: list[tuple[int, int]], tagged: Callable[[int], bool]) -> list[tuple[int, int]]:
    """Join a sentence that ends in a quotation with the tag after it: “Is it?” John asked."""
    if not items.quotes or len(sentences) < 2:
        return sentences
    result: list[tuple[int, int]] = []
    for a, b in sentences:
        joins = result and items.bits[a - 1] & QUOTE and _tag(items, a, b) and _can_be_tagged(items, *result[-1])
        joins = joins and not (len(result) > 1 and _goes_on(items, result[-2], result[-1]))
        if joins and not tagged(items.regions[a - 1]):
            result[-1] = result[-1][0], b
        else:
            result.append((a, b))
    return result


def _can_be_tagged(items: Items, a: int, b: int) -> bool:
    """Whether a tag may follow: a quotation that ends in a full stop must be all there is of its sentence."""
    return items.last_said(b - 1) != "." or b - a == 1


def _goes_on(items: Items, before: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether a quotation that is closed by a full stop has its tag before it: “…,” she said. “….” He said …."""
    if items.last_said(last[1] - 1) != "." or not items.bits[before[0]] & QUOTE:
        return False
    return any(items.bits[at] & QUOTING for at in items.within(items.anchors, *before))


def _tag(items: Items, a: int, b: int) -> bool:
    """Whether a sentence is a tag: its verb comes at once and nothing it could govern follows."""
    for at in range(a, min(a + _TAG_WORDS, b)):
        bit = items.bits[at]
        if items.words[at] in ":;" or (bit & QUOTE and not items.within_name(at)):
            return False
        if bit & CUE and bit & QUOTING and not (bit & PARTICIPLE or (bit & CAPITAL and at > a)):
            if at == a:
                return True
            start = subject_before(items, at, a)
            if start is None or start[0] != a:
                continue
            after = skip_adverbials(items, at + 1, b)
            if bit & (PERSON | QUESTION) and after == at + 1:
                after = skip_adverbials(items, skip_person(items, after, b), b)
            return after >= b or items.words[after] in ",.—–-" or bool(items.bits[after] & QUOTE)
    return False


def has_words(items: Items, a: int, b: int) -> bool:
    """Whether a word stands outside quotation marks."""
    return any(word[0].isalnum() for word in items.words[a:b])


def name_like(piece: str) -> bool:
    """Whether quoted words look like a name or a title: most of the longer ones have capitals, no full stop.

    At least two, because nothing beside them says that a name stands here; where something does, see `Items.title`.
    """
    if piece[-1:] in ".!?…," or not piece[:1].isupper():
        return False
    long_ = [word for word in piece.split() if len(word) > 3]
    return len(long_) > 1 and sum(word[0].isupper() for word in long_) >= _NAME_SHARE * len(long_)


def has_dash_dialogue(text: str, units: Sequence[Unit]) -> bool:
    """Whether paragraphs behind a dash are speech within a story; if nearly all are, and nobody tells it, of a talk."""
    dashed = [unit for unit in units if text[unit.start : unit.start + 1] in ("—", "–", "―")]
    if len(dashed) < 4 or len(dashed) < _INTERVIEW * len(units):
        return bool(dashed)
    return sum(is_told(text, unit.start, unit.end) for unit in dashed) > _TOLD * len(dashed)


def is_dialogue(text: str, units: Sequence[Unit], regions: Sequence[Region]) -> bool:
    """Whether paragraphs of direct speech follow each other, as in a novel: then the speakers take turns.

    In news a paragraph of nothing but quotation goes on with the voice of the one before, even where the marks
    were closed; there such paragraphs are rare, in a dialogue there are several of them, or one asks
    and the next answers.
    """
    leading: dict[int, Region] = {}
    last = -1
    for region in regions:
        if region.depth == 0 and region.unit != last:  # before a later one of a paragraph stands this one
            last = region.unit
            if not text[units[last].start : region.start].strip():
                leading[last] = region
    if len(leading) < _DIALOGUE:
        return False
    printed = [at for at, unit in enumerate(units) if unit.turn is None]
    follow = sum(a in leading and b in leading for a, b in pairwise(printed))
    return follow > 0.4 * len(leading) and _answers(text, units, regions, leading)


def _answers(text: str, units: Sequence[Unit], regions: Sequence[Region], leading: Mapping[int, Region]) -> bool:
    """Whether paragraphs of nothing but quotation answer one whose marks are closed: several, or one surely."""
    asking = {region.unit for region in regions if region.depth == 0 and text[region.inner_end - 1] == "?"}
    replies = 0
    for number, region in leading.items():
        unit = units[number]
        if (
            unit.turn is not None
            or unit.end - region.end >= _BETWEEN
            or number - 1 not in leading
            or region.follows >= 0
        ):
            continue
        short = text.count(" ", region.start, region.end) < _SHORT
        replies += _REPLIES if short or number in asking or number - 1 in asking else 1
    return replies >= _REPLIES
