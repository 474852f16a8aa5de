"""A paragraph as a row of items: words, punctuation, and every top-level pair of quotation marks as one item."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate, compress

from onrecord.stages.quotes.grammar import (
    ABBREVIATION,
    ADVERBIAL,
    AUX,
    CAPITAL,
    CLAUSE_NOUN,
    COORDINATOR,
    CUE,
    DETERMINER,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    SENTENCE_ENDS,
    SPEECH_NOUN,
    SUBORDINATOR,
    Grammar,
)
from onrecord.stages.quotes.tokens import BESIDE, EDGE, END, GENITIVE, HINT, LEAD, START, TAG, WALL, Token
from onrecord.text.quotation import Region

Columns = tuple[Sequence[str], Sequence[int], Sequence[int], Sequence[int], Sequence[int], Sequence[int]]
_NOTHING: Columns = ((), (), (), (), (), ())
Reader = Callable[[str, list[Token]], None]
_LONGEST = 300  # items of the longest sentence read as one
_MARKS = "\"“”„‟«»‘’'`‹›「」『』"
_THIN = "\u202f\u2009"  # narrow blanks, as French prints within its marks
_EDGES = f"{_MARKS} \t\xa0"  # quotation marks, and blanks at their inner sides
_NO_NOUN = (
    SPEECH_NOUN | CLAUSE_NOUN | DETERMINER | PREPOSITION | PRONOUN | SUBORDINATOR | COORDINATOR | CUE | AUX | ADVERBIAL
)
_SHORT_WORD = 3  # letters of words that stand in small letters in a title


class Items:
    """Parallel rows over one paragraph: lower-case word, bits, shape, end; and the regions' numbers by item.

    `anchors` are the items a report can start from, `grounds` those of them that do without quotation marks.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        numbers: Sequence[int],
        regions: Sequence[Region],
        grammar: Grammar,
        tokens: list[Token] | None = None,
    ) -> None:
        """`tokens` are those of the paragraph where they are known already."""
        self.text, self.grammar = text, grammar
        self.regions: dict[int, int] = {}
        if tokens is None:
            tokens = self._read(start, end, numbers, regions, grammar.tokens.read)
        marks = self._fill(start, tokens)
        if marks and self.ends[-1] != start + len(text[start:end].rstrip()):
            marks = self._fill(start, self._read(start, end, numbers, regions, grammar.tokens.read_closely))
        self.quotes = list(self.regions)
        anchors: list[int] = []
        grounds: list[int] = []
        closers: list[int] = []
        self.anchors, self.grounds, self._closers = anchors, grounds, closers
        for at in compress(range(len(marks)), marks):
            mark = marks[at]
            if mark & END:
                closers.append(at)
            elif mark & START or (mark & LEAD and grammar.introductions(self.words, at)):
                anchors.append(at)
                grounds.append(at)
            elif mark & BESIDE:
                anchors.append(at)
                if mark & HINT and self.phrase(at):
                    grounds.append(at)

    def _read(
        self, start: int, end: int, numbers: Sequence[int], regions: Sequence[Region], read: Reader
    ) -> list[Token]:
        """Take the paragraph apart, each top-level pair of quotation marks as one token."""
        text = self.text
        tokens: list[Token] = []
        at = start
        self.regions.clear()
        for number in numbers:  # what stands between marks is not taken apart here
            region = regions[number]
            blanks = 0
            if at < region.start:
                before = text[at : region.start]
                read(before, tokens)
                blanks = len(before) - len(before.rstrip())
            size = region.end - region.start
            self.regions[len(tokens)] = number
            tokens.append(("\0", self.grammar.quote, blanks + size, size, END, EDGE | WALL | TAG))
            at = region.end
        if at < end:
            read(text[at:end], tokens)
        return tokens

    def _fill(self, start: int, tokens: list[Token]) -> Sequence[int]:
        """Fill the rows; return what can start or end at each item."""
        columns: Columns = tuple(zip(*tokens, strict=False)) or _NOTHING  # type: ignore[assignment]  # zip has no columns
        self.words, self.bits, steps, self.sizes, marks, self.shapes = columns
        self.ends = list(accumulate(steps, initial=start))
        del self.ends[0]
        return marks

    def start(self, at: int) -> int:
        """Where an item starts in the text."""
        return self.ends[at] - self.sizes[at]

    def chars(self, first: int, stop: int) -> tuple[int, int]:
        """The characters from the first item to the end of the last one before `stop`."""
        return self.ends[first] - self.sizes[first], self.ends[stop - 1]

    def printed(self, at: int) -> str:
        """An item as it stands in the text; a pair of quotation marks with all between them."""
        return self.text[self.ends[at] - self.sizes[at] : self.ends[at]]

    def _glued(self, at: int) -> bool:
        """Whether no blank stands before an item that is not the first."""
        return self.ends[at] - self.sizes[at] == self.ends[at - 1]

    def phrase(self, at: int) -> bool:
        """Whether a verb makes a phrase with the next word: called for."""
        words = self.words
        return at + 1 < len(words) and words[at + 1] in self.grammar.phrases.get(words[at], ())

    def within(self, places: list[int], a: int, b: int) -> list[int]:
        """The places of an ordered list that lie in `[a, b)`: the list itself where all do."""
        if not places or (a <= places[0] and places[-1] < b):
            return places
        return places[bisect_left(places, a) : bisect_left(places, b)]

    def said(self, at: int) -> str:
        """What stands between the marks of a quotation."""
        return self.printed(at).strip(_EDGES)

    def apposed(self, at: int) -> bool:
        """Whether a pair of marks holds the name of what the noun before it says: das Schiff „Seestern“.

        Where every noun has a capital, quoted words that go on with the writer's clause start with a small letter.
        A noun of saying (die Feststellung „Es regnet“) introduces words, whatever their first letter.
        """
        grammar = self.grammar
        if at < 1 or not grammar.words.get("noun_capitals"):
            return False
        noun = self.bits[at - 1]
        if not noun & CAPITAL or noun & _NO_NOUN:
            return False
        inner = self.printed(at)[1:-1].strip()
        if not inner[:1].isupper() or inner[-1:] in ".!?…":
            return False
        return self.words[at - 1] not in grammar.words.get("wordings", ())

    def title(self, at: int) -> bool:
        """Whether a quotation looks like the name of a work, a paper or a programme: its longer words have capitals.

        Where it is asked a name is expected (told the “Courier”), so one word is enough; `name_like` has nothing but
        the words to go by.
        """
        said = self.said(at).rstrip(",.")
        if not said[:1].isupper() or said[-1] in "!?":
            return False
        return all(word[:1].isupper() for word in said.split() if len(word) > _SHORT_WORD)

    def first_said(self, at: int) -> str:
        """The first character of a quotation behind its opening marks; empty if there is none."""
        return self.printed(at).lstrip(_EDGES)[:1]

    def last_said(self, at: int) -> str:
        """The last character of a quotation before its closing marks; empty if there is none."""
        return self.printed(at).rstrip(_EDGES)[-1:]

    def __len__(self) -> int:
        return len(self.words)

    def owns(self, at: int) -> bool:
        """Whether a word has the ending of an owner: Ann's."""
        return bool(self.shapes[at] & GENITIVE)

    def within_name(self, at: int) -> bool:
        """Whether an item stands between two words with capitals, as a nickname does: Edward “Ted” Miller."""
        return 0 < at < len(self.words) - 1 and bool(self.bits[at - 1] & self.bits[at + 1] & CAPITAL)

    def adverb(self, at: int) -> bool:
        """Whether a word is an adverb, by the lexicon or by its ending."""
        return bool(self.bits[at] & ADVERBIAL)

    def sentences(self) -> list[tuple[int, int]]:
        """Half-open item ranges of the sentences; the closing full stop belongs to the sentence."""
        words, bits = self.words, self.bits
        result: list[tuple[int, int]] = []
        first, size = 0, len(words)
        for at in self._closers if self._closers and self._closers[0] + 1 < size else ():
            if words[at] != "\0":
                if at + 1 < size and not self._breaks(at):
                    continue
                stop = at + 1
                while stop < size and words[stop] in ")]" and self._glued(stop):
                    stop += 1
            elif at + 1 < size and bits[at] & QUOTE and self._closed_sentence(at):
                stop = at + 1
            else:
                continue
            if stop > first:
                result.append((first, stop))
                first = stop
        if first < size:
            result.append((first, size))
        return _chopped(result) if size > _LONGEST else result

    def _breaks(self, at: int) -> bool:
        """Whether the full stop at `at` ends a sentence."""
        after = at + 1
        if self.words[after] in SENTENCE_ENDS:
            return False
        if self._glued(after) and not self.bits[after] & QUOTE:
            beyond = after + 1
            return self.words[after] in ")]" and (beyond >= len(self.words) or bool(self.bits[beyond] & CAPITAL))
        bits = self.bits[after]
        if self.words[at] == "…" and not bits & (CAPITAL | QUOTE):
            return False
        if not bits & (CAPITAL | QUOTE) and not self.words[after][0].isdigit() and self.words[after][0].islower():
            return False
        if self.words[at] != "." or not at:
            return True
        before = self.words[at - 1]
        if self.grammar.ordinals and before.isdigit() and len(before) <= 2 and bits & CAPITAL:
            return False  # am 6. September
        if bits & QUOTE and self._whole_sentence(after):
            return True  # of Portland, Ore. “We left.”
        if bits & QUOTE and self.first_said(after).islower() and ("." in before or len(before) == 1):
            return False  # that the U.S. “is not ready”
        if self.bits[at - 1] & ABBREVIATION:
            return before in self.grammar.words.get("company_dotted", ()) and bool(
                bits & (DETERMINER | PRONOUN | QUOTE)
            )
        if (len(before) == 1 and before.isalpha()) or "." in before:
            return bool(bits & (DETERMINER | PRONOUN | QUOTE | SUBORDINATOR))
        return True

    def _whole_sentence(self, at: int) -> bool:
        """Whether a quotation is printed as a sentence: it starts with a capital and ends in a mark that closes one."""
        said = self.said(at)
        return said[:1].isupper() and said[-1] in ".!?," and " " in said

    def _closed_sentence(self, at: int) -> bool:
        """Whether a quotation ends its sentence within its marks: “… end.” The next one starts with a capital."""
        if not self.bits[at + 1] & (CAPITAL | QUOTE) and not self.words[at + 1][0].isdigit():
            return False
        # A blank before the closing mark is no sign of it, but in French, which prints one before every such mark.
        inner = _EDGES + _THIN if self.grammar.words.get("spaced_marks") else _MARKS
        return self.printed(at).rstrip(inner)[-1:] in SENTENCE_ENDS


def _chopped(sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part sentences that are longer than any is: a text without full stops must stay linear."""
    return [(at, min(at + _LONGEST, stop)) for first, stop in sentences for at in range(first, stop, _LONGEST)]
