"""Quotations against gold: direct, mixed and indirect apart; content, source, cue and attribution; with intervals.

What is compared are word tokens: punctuation, marks and blanks never count, so a boundary may differ by them.

- exact: the quotation's set of words is the gold's. F1 of precision over found and recall over gold.
- soft: the share of each gold quotation's words that any found one covers (recall), and the mirror (precision).
- attribution: of all gold quotations with a source or speaker, those found (overlap of at least half of the words
  of both together, one to one, best first) whose source shares a content word with the gold's, or whose speaker
  has the gold's name (or that of its source, where the gold names nobody else). What was missed counts as wrong.
- A found quotation's kind is derived from the marks in the text, as most gold is, so calling it another name
  changes nothing; mentions are left out on both sides.

Intervals: 95 %, percentile bootstrap over documents, fixed seed; two systems are compared on the same samples.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.evaluation.gold_quotes import GoldDocument, GoldQuote, Range
from onrecord.names import parse_name, same_name
from onrecord.schema.interview import Interview
from onrecord.text.quotation import pair_marks

KINDS = ("direct", "mixed", "indirect")
MEASURES: Mapping[str, str] = {
    "direct exact": "direct.exact",
    "direct soft": "direct.soft",
    "direct attribution": "direct.attribution",
    "mixed exact": "mixed.exact",
    "indirect exact": "indirect.exact",
    "indirect soft": "indirect.soft",
    "all exact": "all.exact",
    "all soft": "all.soft",
    "all attribution": "all.attribution",
    "cue": "cue.exact",
    "source": "source.exact",
}

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_OVERLAP = 0.5
_EMPTY: frozenset[int] = frozenset()
_FUNCTION_WORDS = frozenset(
    "the a an this that these those his her its their our my your some many several other and or of for in at on to "
    "from by with who which der die das den dem des ein eine einer und von le la les l un une de des du et el los las "
    "y del и в на".split()
)

Counts = Counter[str]


class MarkedText:
    """A document's words, and which of them stand in quotation marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in self.words]
        units, at = [], 0
        for line in text.split("\n"):
            units.append((at, at + len(line)))
            at += len(line) + 1
        marked: set[int] = set()
        for region in pair_marks(text, units).regions:
            if region.parent < 0:
                marked |= self.tokens([(region.start, region.end)])
        self.marked = frozenset(marked)

    def tokens(self, ranges: Iterable[Range]) -> frozenset[int]:
        """Numbers of the words that share a character with a range."""
        found: set[int] = set()
        for start, end in ranges:
            at = bisect_left(self._starts, start)
            if at and self.words[at - 1][1] > start:
                at -= 1
            while at < len(self.words) and self.words[at][0] < end:
                found.add(at)
                at += 1
        return frozenset(found)

    def kind(self, tokens: frozenset[int]) -> str:
        """Direct if all words stand in marks, indirect if none does."""
        inside = len(tokens & self.marked)
        return "indirect" if not inside else "direct" if inside == len(tokens) else "mixed"

    def says(self, tokens: frozenset[int]) -> bool:
        """Whether there is a word beyond articles and prepositions."""
        return any(self.text[slice(*self.words[at])].casefold() not in _FUNCTION_WORDS for at in tokens)


@dataclass(frozen=True, slots=True)
class Item:
    """A quotation as the numbers of its words, with its kind."""

    tokens: frozenset[int]
    kind: str
    quote: GoldQuote


def predictions(interview: Interview) -> tuple[GoldQuote, ...]:
    """Return what a record says, in the shape of gold; mentions are left out."""
    names = {speaker.id: speaker for speaker in interview.speakers}
    found = []
    for quote in interview.quotes:
        if quote.kind == "mention":
            continue
        speaker = names.get(quote.speaker or "")
        name = None if speaker is None else speaker.name or next(iter(speaker.descriptors), None)
        found.append(
            GoldQuote(
                tuple((span.start, span.end) for span in quote.content),
                tuple((span.start, span.end) for span in quote.source or ()),
                ((quote.cue.start, quote.cue.end),) if quote.cue else (),
                quote.kind,
                name,
            )
        )
    return tuple(found)


def count(gold: GoldDocument, found: Sequence[GoldQuote], group: str | None = None) -> Counts:
    """Count one document. With a `group` (say, `speech`), gold of other groups is neither right nor wrong.

    Sums of such counts over documents are what `measures` turns into figures.
    """
    text = MarkedText(gold.text)
    left, right = compared(text, gold, found, group)
    counts: Counts = Counter()
    _content(counts, left, right)
    _attribution(counts, text, left, right)
    _parts(counts, text, left, right)
    return counts


def compared(
    text: MarkedText, gold: GoldDocument, found: Sequence[GoldQuote], group: str | None = None
) -> tuple[list[Item], list[Item]]:
    """Return the quotations of the gold and those found, as far as they are judged."""
    kept = [quote for quote in gold.quotes if quote.kind != "mention" and group in (None, quote.group)]
    if group is not None:
        found = _not_only_in(text, found, [quote for quote in gold.quotes if quote.group != group], kept)
    left = [_item(text, quote, given=True) for quote in kept]
    right = [_item(text, quote, given=False) for quote in found]
    return [i for i in left if i.tokens], [i for i in right if i.tokens]


def _item(text: MarkedText, quote: GoldQuote, *, given: bool) -> Item:
    tokens = text.tokens(quote.content)
    kind = quote.kind if given and quote.kind in KINDS else text.kind(tokens)
    return Item(tokens, kind, quote)


def _not_only_in(
    text: MarkedText, found: Sequence[GoldQuote], dropped: Sequence[GoldQuote], kept: Sequence[GoldQuote]
) -> list[GoldQuote]:
    """Leave out what only touches gold of another group."""
    out = _EMPTY.union(*(text.tokens(quote.content) for quote in dropped))
    in_ = _EMPTY.union(*(text.tokens(quote.content) for quote in kept))
    tokens = [(quote, text.tokens(quote.content)) for quote in found]
    return [quote for quote, own in tokens if not own & out or own & in_]


def _content(counts: Counts, left: Sequence[Item], right: Sequence[Item]) -> None:
    gold_sets, found_sets = Counter(i.tokens for i in left), Counter(i.tokens for i in right)
    gold_all = _EMPTY.union(*(i.tokens for i in left))
    found_all = _EMPTY.union(*(i.tokens for i in right))
    for item in left:
        for kind in (item.kind, "all"):
            counts[f"{kind}.gold"] += 1
            counts[f"{kind}.exact.gold"] += found_sets[item.tokens] > 0
            counts[f"{kind}.soft.gold"] += len(item.tokens & found_all) / len(item.tokens)  # type: ignore[assignment]  # a Counter holds any number
    seen: Counter[frozenset[int]] = Counter()
    for item in right:
        seen[item.tokens] += 1
        for kind in (item.kind, "all"):
            counts[f"{kind}.found"] += 1
            counts[f"{kind}.exact.found"] += gold_sets[item.tokens] >= seen[item.tokens]
            counts[f"{kind}.soft.found"] += len(item.tokens & gold_all) / len(item.tokens)  # type: ignore[assignment]  # as above


def _attribution(counts: Counts, text: MarkedText, left: Sequence[Item], right: Sequence[Item]) -> None:
    pairs = _aligned(left, right)
    for at, item in enumerate(left):
        if not item.quote.source and not item.quote.speaker:
            continue
        other = right[pairs[at]] if at in pairs else None
        right_one = other is not None and _same_voice(text, item.quote, other.quote)
        for kind in (item.kind, "all"):
            counts[f"{kind}.attribution.gold"] += 1
            counts[f"{kind}.attribution.right"] += right_one


def _aligned(left: Sequence[Item], right: Sequence[Item]) -> dict[int, int]:
    """One-to-one pairs with enough words in common, the best first."""
    overlaps = [
        (-len(one.tokens & other.tokens) / len(one.tokens | other.tokens), at, to)
        for at, one in enumerate(left)
        for to, other in enumerate(right)
        if one.tokens & other.tokens
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for overlap, at, to in sorted(overlaps):
        if -overlap >= _OVERLAP and at not in pairs and to not in taken:
            pairs[at] = to
            taken.add(to)
    return pairs


def _same_voice(text: MarkedText, gold: GoldQuote, found: GoldQuote) -> bool:
    if gold.source and found.source:
        one, other = text.tokens(gold.source), text.tokens(found.source)
        if text.says(one & other) or (one and one == other):
            return True
    if not found.speaker:
        return False
    known = [name for name in (gold.speaker, *gold.aliases) if name] or _named_source(text, gold)
    return any(_named_alike(name, found.speaker) for name in known)


def _named_source(text: MarkedText, gold: GoldQuote) -> list[str]:
    """The gold's source as a name, if it is nothing else: a title and capitals."""
    words = " ".join(text.text[start:end] for start, end in gold.source).split()
    return [" ".join(words)] if words and all(word[:1].isupper() for word in words) else []


def _named_alike(one: str, other: str) -> bool:
    """The same name, or one that is a part of the other with the same last word."""
    if same_name(one, other).verdict != "different":
        return True
    short, long_ = sorted((_words(one), _words(other)), key=len)
    return bool(short) and set(short) <= set(long_) and short[-1] == long_[-1]


def _words(name: str) -> list[str]:
    words = [word for word in _WORD.findall(parse_name(name).bare.casefold()) if word not in _FUNCTION_WORDS]
    return words or _WORD.findall(name.casefold())


def _parts(counts: Counts, text: MarkedText, left: Sequence[Item], right: Sequence[Item]) -> None:
    """Cues and sources as distinct spans of the document."""
    for role in ("cue", "source"):
        gold = {text.tokens(getattr(item.quote, role)) for item in left} - {_EMPTY}
        found = {text.tokens(getattr(item.quote, role)) for item in right} - {_EMPTY}
        counts[f"{role}.gold"] += len(gold)
        counts[f"{role}.found"] += len(found)
        counts[f"{role}.exact.gold"] += len(gold & found)
        counts[f"{role}.exact.found"] += len(gold & found)


# ---------------------------------------------------------------------- figures


def measures(counts: Counts) -> dict[str, float | None]:
    """Turn summed counts into figures from 0 to 1; null where there is nothing to measure."""
    figures: dict[str, float | None] = {}
    for kind in (*KINDS, "all", "cue", "source"):
        for way in ("exact", "soft") if kind not in ("cue", "source") else ("exact",):
            precision = _ratio(counts[f"{kind}.{way}.found"], counts[f"{kind}.found"])
            recall = _ratio(counts[f"{kind}.{way}.gold"], counts[f"{kind}.gold"])
            figures[f"{kind}.{way}"] = _f1(precision, recall)
            figures[f"{kind}.{way}.precision"] = precision
            figures[f"{kind}.{way}.recall"] = recall
        if kind in ("cue", "source"):
            continue
        figures[f"{kind}.attribution"] = _ratio(counts[f"{kind}.attribution.right"], counts[f"{kind}.attribution.gold"])
    return figures


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None and recall is None:
        return None
    p, r = precision or 0.0, recall or 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def total(counts: Iterable[Counts]) -> Counts:
    """Sum the counts of documents."""
    result: Counts = Counter()
    for item in counts:
        result.update(item)
    return result


def intervals(
    counts: Sequence[Counts], other: Sequence[Counts] | None = None, samples: int = 1000, seed: int = 13
) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of every figure, or of its difference to `other` (same documents, same order)."""
    rng = random.Random(seed)
    drawn: dict[str, list[float]] = {}
    size = len(counts)
    for _ in range(samples if size else 0):
        picked = [rng.randrange(size) for _ in range(size)]
        figures = measures(total(counts[at] for at in picked))
        against = measures(total(other[at] for at in picked)) if other is not None else None
        for name, value in figures.items():
            base = against[name] if against is not None else 0.0
            if value is not None and base is not None:
                drawn.setdefault(name, []).append(value - base)
    return {name: _middle(sorted(values)) for name, values in drawn.items()}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[int(0.025 * last)], values[round(0.975 * last)]


def evaluate(
    gold: Sequence[GoldDocument],
    predict: Callable[[GoldDocument], Sequence[GoldQuote]],
    group: str | None = None,
) -> list[Counts]:
    """Count every document with what `predict` finds in it."""
    return [count(document, predict(document), group) for document in gold]
