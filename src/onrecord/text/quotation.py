"""Quotation marks of the world, and which of them belong together.

The pairing reads each paragraph once, from left to right, with a stack. A mark is judged by its form (which marks
may close which, `CLOSERS`) and by its neighbours (an opening mark leans on what follows it), never by the words.
A double mark left open runs to the end of its paragraph; if the next paragraph opens again, as long quotations do
in print, the two belong to one quotation. Single marks need a closing partner in their paragraph, because most of
them are apostrophes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

# Which marks may close which opening mark. The order of the marks in a value means nothing.
CLOSERS: Mapping[str, frozenset[str]] = {
    "“": frozenset({"”", "“", '"', "''"}),
    "„": frozenset({"“", "”", '"', "‟"}),
    "‟": frozenset({"”", '"'}),
    "”": frozenset({"”"}),
    "«": frozenset({"»"}),
    "»": frozenset({"«", "»"}),
    '"': frozenset({'"', "”"}),
    "``": frozenset({"''", '"', "``"}),
    "''": frozenset({"''", '"'}),
    "「": frozenset({"」"}),
    "『": frozenset({"』"}),
    "〝": frozenset({"〞", "〟"}),
    "＂": frozenset({"＂"}),
}
SINGLE_CLOSERS: Mapping[str, frozenset[str]] = {
    "‘": frozenset({"’", "'"}),
    "'": frozenset({"'", "’"}),
    "’": frozenset({"’"}),
    "‚": frozenset({"‘", "’"}),
    "‹": frozenset({"›"}),
    "›": frozenset({"‹", "›"}),
    "`": frozenset({"'", "’", "`"}),
}
# Marks that open whatever stands before them (a missing blank does not change what they are).
_ALWAYS_OPEN = frozenset({"„", "‟", "「", "『", "〝"})
_ALWAYS_CLOSE = frozenset({"」", "』", "〞", "〟"})

# The pattern begins with the class of all marks, so that the search skips everything else; what stands behind the
# first character then says whether it is a mark: doubled, always one, or a single mark beside no letter.
_MARKS = "“”„‟\"«»「」『』〝〞〟＂'’‘‚‹›`"
_JUDGED = r"(?:(?<=`)`|(?<=')'|(?<=[“”„‟\"«»「」『』〝〞〟＂])|(?<!\w.)|(?<=['’‘‹›])(?!\w))"
MARK = re.compile(f"[{_MARKS}]{_JUDGED}")
# One character is found much faster than any of a class, and a text has few of these.
_EACH_MARK = tuple((mark, re.compile(mark + _JUDGED)) for mark in _MARKS)
_SINGLES = frozenset("'’‘‚‹›`")
_ELISION = re.compile(r"['’](?:em|til|tis|twas|cause|cos|n|bout|round|\d\ds?)\b", re.IGNORECASE)
# Characters that may stand between a blank and an opening mark.
_BEFORE_OPEN = frozenset("([{<-–—/:¿¡=*_|>…'‘\"“„«,;\u202a\u202b\u200e\u200f\u202d\u202e\u2066\u2067\ufeff\u200b")
_NO_WIDTH = "\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"


class Region(NamedTuple):
    """A pair of quotation marks (or an opening mark and the end of its paragraph).

    `text[start:end]` includes the marks, `text[inner_start:inner_end]` does not. `parent` is the index of the
    region this one stands in, -1 at the top. `follows` is the index of the region that this one continues in the
    next paragraph, -1 if none. `closed` is false where the closing mark is missing, `carried` true where it is
    missing because the next paragraph opens again. `unit` is the index of the paragraph.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    parent: int
    depth: int
    unit: int
    closed: bool
    carried: bool
    follows: int


class Pairing(NamedTuple):
    """All regions of a text in the order of their opening marks, and the offsets of marks without a partner."""

    regions: tuple[Region, ...]
    strays: tuple[int, ...]


# Bare tuples, because every mark needs one.
_Mark = tuple[int, int, str, bool, bool]  # start, end, the mark itself, whether it can open and can close
_Open = tuple[int, int, str, int]  # start, end and mark of an opening double mark; which of its paragraph it is
# Two marks of a paragraph that belong together: start, inner start, inner end, end, whether it is closed, and which
# of the paragraph its opening mark is, -1 for single marks.
_Pair = tuple[int, int, int, int, bool, int]


def pair_marks(text: str, units: Iterable[tuple[int, int]], voices: Sequence[str | None] = ()) -> Pairing:
    """Pair the quotation marks of the paragraphs `units` (half-open ranges of `text`, in order, disjoint).

    `voices` says for each paragraph whose it is: a quotation goes on only in paragraphs of one voice. Without it
    all are of one. A pair with nothing but blanks in it quotes nothing: its marks count as strays. Time is linear
    in the text.
    """
    return _paired(text, tuple(units), tuple(voices))


@lru_cache(maxsize=1)
def _paired(text: str, units: tuple[tuple[int, int], ...], voices: tuple[str | None, ...]) -> Pairing:
    """The pairs of a text, kept for the check that asks for them after the stage."""
    builder = _Builder(text)
    places = [match.start() for mark, each in _EACH_MARK if mark in text for match in each.finditer(text)]
    places.sort()
    places.append(len(text))
    at = 0
    for number, (start, end) in enumerate(units):
        if places[at] < start:
            at = bisect_left(places, start, at)
        here: list[int] = []
        if places[at] < end:
            last = bisect_left(places, end, at)
            here, at = places[at:last], last
        if text[start : start + 1] in _SINGLES or text[end - 1 : end] in _SINGLES:
            # What decides about a single mark at the edge of a paragraph does not stand beyond it.
            here = [match.start() for match in MARK.finditer(text, start, end)]
        voice = voices[number] if voices else None
        if here or builder.carried is not None:
            builder.unit(number, start, end, voice, here)
        else:
            builder.voice = voice
    return builder.result()


# A transcript quoted in an article: the label stands between the marks and is nobody's words.
_LABEL = re.compile(r"[A-Z][A-Z.'’ -]{2,30}:\s")


def label_of(text: str, region: Region) -> tuple[int, int] | None:
    """The label in capitals that opens the words between two marks (“SMITH: Well, …”), without its colon."""
    match = _LABEL.match(text, region.inner_start, region.inner_end)
    return None if match is None else (match.start(), match.end() - 2)


def words_of(text: str, region: Region) -> tuple[int, int]:
    """The characters between the marks of a region, without blanks at the ends and without a label."""
    label = label_of(text, region)
    first = region.inner_start if label is None else label[1] + 1
    piece = text[first : region.inner_end]
    start = first + len(piece) - len(piece.lstrip())
    end = first + len(piece.rstrip())
    return (start, end) if end > start else (region.inner_start, region.inner_end)


class _Builder:
    """Collects regions paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.regions: list[Region] = []
        self.strays: list[int] = []
        self.carried: tuple[int, str] | None = None  # region left open at the last paragraph's end, its mark
        self.voice: str | None = None  # whose the last paragraph is

    def unit(self, number: int, start: int, end: int, voice: str | None, places: Sequence[int]) -> None:
        """Pair the marks of one paragraph, which may stand at `places`."""
        if voice != self.voice:
            self._uncarry()
            self.voice = voice
        marks = self._marks(start, end, places)
        if not marks and (self.carried is None or not self.text[start:end].strip()):
            return  # a blank line may stand between two paragraphs of one quotation
        follows = self._continues(marks, start)
        pairs: list[_Pair] = []
        stack: list[_Open] = []
        singles: dict[int, list[_Mark]] = {}  # by the number of the mark that opens what they stand in
        count = 0
        for mark in marks:
            at, stop, sign, opens, closes = mark
            if sign in SINGLE_CLOSERS:
                singles.setdefault(stack[-1][3] if stack else -1, []).append(mark)
            elif stack and closes and _closes(stack, sign, opens=opens):
                self._close(stack, mark, pairs)
            elif opens:
                stack.append((at, stop, sign, count))
                count += 1
            else:
                self.strays.append(at)
        if stack:
            self._leave_open(stack, pairs, end)
        for inner in singles.values():
            pairs += ((*opened[:2], *closed[:2], True, -1) for opened, closed in _single_pairs(self.text, inner))
        self._store(pairs, number, follows)

    def _marks(self, start: int, end: int, places: Sequence[int]) -> list[_Mark]:
        """The marks of a paragraph, without the apostrophes inside words; '' and `` are one mark each."""
        text = self.text
        marks: list[_Mark] = []
        done = start
        for at in places:
            if at < done:
                continue
            mark = text[at]
            stop = at + 1
            before = text[at - 1] if at > start else " "
            after = text[stop] if stop < end else " "
            if mark in _SINGLES:
                if not before.isspace() and text.startswith("'''", at, end):  # ''She said, 'Go,'''
                    marks.append((at, stop, mark, False, True))
                    at, before, stop, after = stop, mark, stop + 1, mark
                if mark == after and mark in "'`":
                    stop += 1
                    mark, after = mark + mark, text[stop] if stop < end else " "
                elif before.isalnum() and after.isalnum():
                    continue
            done = stop
            marks.append((at, stop, mark, *_judge(mark, before, after)))
        return marks

    def result(self) -> Pairing:
        """Return what was collected."""
        self._uncarry()
        return Pairing(tuple(self.regions), tuple(sorted(self.strays)))

    def _continues(self, marks: list[_Mark], start: int) -> int:
        """Whether this paragraph opens again what the last one left open; the region's index, or -1."""
        if self.carried is None:
            return -1
        index, mark = self.carried
        if marks and marks[0][2] == mark and not self.text[start : marks[0][0]].strip(_NO_WIDTH + " \t\xa0"):
            self.carried = None
            return index
        self._uncarry()
        return -1

    def _uncarry(self) -> None:
        """The next paragraph does not open again: the closing mark is simply missing."""
        if self.carried is not None:
            index = self.carried[0]
            self.regions[index] = self.regions[index]._replace(carried=False)
            self.strays.append(self.regions[index].start)
            self.carried = None

    def _close(self, stack: list[_Open], mark: _Mark, pairs: list[_Pair]) -> None:
        while stack and mark[2] not in CLOSERS[stack[-1][2]]:
            self.strays.append(stack.pop()[0])  # an inner mark nobody closed
        start, inner_start, _, number = stack.pop()
        if self.text[inner_start : mark[0]].strip():
            pairs.append((start, inner_start, mark[0], mark[1], True, number))
        else:
            self.strays += [start, mark[0]]

    def _leave_open(self, stack: list[_Open], pairs: list[_Pair], end: int) -> None:
        """A double mark left open runs to the end of its paragraph; only the outermost one may."""
        start, inner_start, _, number = stack[0]
        self.strays += [opened[0] for opened in stack[1:]]
        stop = inner_start + len(self.text[inner_start:end].rstrip())
        if stop > inner_start:
            pairs.append((start, inner_start, stop, stop, False, number))
        else:
            self.strays.append(start)

    def _store(self, pairs: list[_Pair], unit: int, follows: int) -> None:
        """Put the regions of a paragraph in order; each stands in the last one before it that is still open."""
        pairs.sort()
        enclosing: list[tuple[int, int]] = []  # end and index of the regions around the next one
        for start, inner_start, inner_end, end, closed, number in pairs:
            while enclosing and enclosing[-1][0] <= start:
                enclosing.pop()
            parent = enclosing[-1][1] if enclosing else -1
            held, follows = (follows, -1) if number == 0 and start == pairs[0][0] else (-1, follows)
            at = len(self.regions)
            self.regions.append(
                Region(start, inner_start, inner_end, end, parent, len(enclosing), unit, closed, not closed, held)
            )
            if not closed:
                self.carried = at, self.text[start:inner_start]
            enclosing.append((end, at))


@lru_cache(maxsize=10_000)
def _judge(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark can open and can close, judged by its neighbours (a blank at the edge of a paragraph)."""
    free = before.isspace() or before in _BEFORE_OPEN
    if mark in _ALWAYS_OPEN:
        return True, False
    if mark in _ALWAYS_CLOSE:
        return False, True
    if mark == "“":
        return not after.isspace() or free, not before.isspace() and not after.isalnum()
    if mark == "”":
        return free and not after.isspace(), True
    if mark == "«":
        return free or not after.isspace(), not before.isspace()
    if mark == "»":
        return free and not after.isspace(), True
    if mark in '"＂':
        if before.isdigit() and not after.isalnum():
            return False, True  # inches, unless a region is open
        return free and not after.isspace(), not (before.isspace() and after.isalnum())
    return not before.isalnum() and not after.isspace(), not before.isspace()


def _closes(stack: list[_Open], sign: str, *, opens: bool) -> bool:
    """Whether a mark that can close closes something that is open; `opens` says whether it could also open."""
    if sign in CLOSERS[stack[-1][2]]:
        return True
    return not opens and any(sign in CLOSERS[opened[2]] for opened in stack[-3:])


def _single_pairs(text: str, marks: list[_Mark]) -> Iterable[tuple[_Mark, _Mark]]:
    """Pairs of single marks: from an opening one to the best closing one before the next opening one.

    A mark after `s` may be a plural's possessive, so the first mark after another letter wins, else the last.
    """
    at, size = 0, len(marks)
    while at < size:
        opened = marks[at]
        at += 1
        start, inner, opening, opens, _ = opened
        before = text[start - 1] if start else " "
        if not opens or not (before.isspace() or before in _BEFORE_OPEN) or _ELISION.match(text, start):
            continue
        best = -1
        for other in range(at, size):
            stop, _, sign, reopens, closes = marks[other]
            if closes and sign in SINGLE_CLOSERS[opening] and text[inner:stop].strip():
                best = other
                if text[stop - 1] != "s":
                    break
            elif reopens and sign == opening:
                break
        if best >= 0:
            yield opened, marks[best]
            at = best + 1
