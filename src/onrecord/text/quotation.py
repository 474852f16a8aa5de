"""Quotation marks of the world, and which of them belong together.

The pairing reads each paragraph once, from left to right, with a stack. A mark is judged by its form (which marks
may close which, `CLOSERS`) and by its neighbours (an opening mark leans on what follows it), never by the words.
A double mark left open runs to the end of its paragraph; if the next paragraph opens again, as long quotations do
in print, the two belong to one quotation. Single marks need a closing partner in their paragraph, because most of
them are apostrophes.
"""

from __future__ import annotations

import re
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
MARK = re.compile(
    r"[“”„‟\"«»「」『』〝〞〟＂'’‘‚‹›`]"
    r"(?:(?<=`)`|(?<=')'|(?<=[“”„‟\"«»「」『』〝〞〟＂])|(?<!\w.)|(?<=['’‘‹›])(?!\w))"
)
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


class _Mark(NamedTuple):
    start: int
    end: int
    mark: str
    opens: bool
    closes: bool


class _Open:
    __slots__ = ("depth", "end", "index", "mark", "parent", "start")

    def __init__(self, mark: _Mark, index: int, parent: int, depth: int) -> None:
        self.start, self.end, self.mark = mark.start, mark.end, mark.mark
        self.index, self.parent, self.depth = index, parent, depth


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
    for number, (start, end) in enumerate(units):
        builder.unit(number, start, end, voices[number] if voices else None)
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

    def unit(self, number: int, start: int, end: int, voice: str | None) -> None:
        """Pair the marks of one paragraph."""
        if voice != self.voice:
            self._uncarry()
            self.voice = voice
        marks = self._marks(start, end)
        if not marks and self.carried is None:
            return
        if not self.text[start:end].strip():
            return  # a blank line between two paragraphs of one quotation
        first = len(self.regions)
        follows = self._continues(marks, start)
        doubles: dict[int, Region] = {}
        stack: list[_Open] = []
        singles: list[tuple[int, _Mark]] = []  # (index of the enclosing double region, mark)
        count = 0
        for mark in marks:
            if mark.mark in SINGLE_CLOSERS:
                singles.append((stack[-1].index if stack else -1, mark))
            elif stack and _closes(stack, mark):
                self._close(stack, mark, doubles, number)
            elif mark.opens:
                parent = stack[-1] if stack else None
                depth = parent.depth + 1 if parent else 0
                stack.append(_Open(mark, count, parent.index if parent else -1, depth))
                count += 1
            else:
                self.strays.append(mark.start)
        self._leave_open(stack, doubles, number, end)
        inner = self._pair_singles(singles, doubles, number)
        self._store(doubles, inner, first, follows)

    def _marks(self, start: int, end: int) -> list[_Mark]:
        """The marks of a paragraph, without the apostrophes inside words; '' and `` are one mark each."""
        text = self.text
        marks: list[_Mark] = []
        done = start
        for match in MARK.finditer(text, start, end):
            at = match.start()
            if at < done:
                continue
            mark = text[at]
            if mark in _SINGLES:
                if mark in "'`" and text[at + 1 : at + 2] == mark and at + 1 < end:
                    mark += mark
                elif at > start and at + 1 < end and text[at - 1].isalnum() and text[at + 1].isalnum():
                    continue
            done = at + len(mark)
            marks.append(_judge(text, mark, at, start, end))
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
        if marks and marks[0].mark == mark and not self.text[start : marks[0].start].strip(_NO_WIDTH + " \t\xa0"):
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

    def _close(self, stack: list[_Open], mark: _Mark, done: dict[int, Region], unit: int) -> None:
        while stack and mark.mark not in CLOSERS[stack[-1].mark]:
            self.strays.append(stack.pop().start)  # an inner mark nobody closed
        opened = stack.pop()
        if self.text[opened.end : mark.start].strip():
            done[opened.index] = Region(
                opened.start, opened.end, mark.start, mark.end, opened.parent, opened.depth, unit, True, False, -1
            )
        else:
            self.strays += [opened.start, mark.start]

    def _leave_open(self, stack: list[_Open], done: dict[int, Region], unit: int, end: int) -> None:
        """A double mark left open runs to the end of its paragraph; only the outermost one may."""
        if not stack:
            return
        outer = stack[0]
        self.strays += [opened.start for opened in stack[1:]]
        stop = outer.end + len(self.text[outer.end : end].rstrip())
        if stop > outer.end:
            done[outer.index] = Region(
                outer.start, outer.end, stop, stop, outer.parent, outer.depth, unit, False, True, -1
            )
        else:
            self.strays.append(outer.start)

    def _pair_singles(
        self, singles: list[tuple[int, _Mark]], doubles: Mapping[int, Region], unit: int
    ) -> list[tuple[int, Region]]:
        """Pair single marks that stand in the same double region."""
        by_region: dict[int, list[_Mark]] = {}
        for region, mark in singles:
            by_region.setdefault(region, []).append(mark)
        pairs: list[tuple[int, Region]] = []
        for region, marks in by_region.items():
            depth = doubles[region].depth + 1 if region in doubles else 0
            for opened, closed in _single_pairs(self.text, marks):
                found = Region(opened.start, opened.end, closed.start, closed.end, -1, depth, unit, True, False, -1)
                pairs.append((region, found))
        return pairs

    def _store(self, doubles: Mapping[int, Region], inner: list[tuple[int, Region]], first: int, follows: int) -> None:
        """Put the regions of a paragraph in order and renumber their parents."""
        merged = [(region, index, region.parent) for index, region in doubles.items()]
        merged += [(region, -1, parent) for parent, region in inner]
        merged.sort(key=lambda item: item[0].start)
        place = {index: first + at for at, (_, index, _) in enumerate(merged) if index >= 0}
        enclosing: list[int] = []
        for region, _, _parent in merged:
            while enclosing and self.regions[enclosing[-1]].end <= region.start:
                enclosing.pop()
            parent = enclosing[-1] if enclosing else -1
            enclosing.append(len(self.regions))
            self.regions.append(region._replace(parent=parent, depth=len(enclosing) - 1))
        if follows >= 0 and merged and place.get(0) == first:
            self.regions[first] = self.regions[first]._replace(follows=follows)
        for at in range(first, len(self.regions)):
            if self.regions[at].carried:
                self.carried = at, self.text[self.regions[at].start : self.regions[at].inner_start]


def _judge(text: str, mark: str, at: int, start: int, end: int) -> _Mark:
    """Whether a mark can open and can close, judged by its neighbours."""
    stop = at + len(mark)
    before = text[at - 1] if at > start else " "
    after = text[stop] if stop < end else " "
    free = before.isspace() or before in _BEFORE_OPEN
    if mark in _ALWAYS_OPEN:
        return _Mark(at, stop, mark, True, False)
    if mark in _ALWAYS_CLOSE:
        return _Mark(at, stop, mark, False, True)
    if mark == "“":
        opens = not after.isspace() or free
        return _Mark(at, stop, mark, opens, not before.isspace() and not after.isalnum())
    if mark == "”":
        return _Mark(at, stop, mark, free and not after.isspace(), True)
    if mark == "«":
        return _Mark(at, stop, mark, free or not after.isspace(), not before.isspace())
    if mark == "»":
        return _Mark(at, stop, mark, free and not after.isspace(), True)
    if mark in '"＂':
        if before.isdigit() and not after.isalnum():
            return _Mark(at, stop, mark, False, True)  # inches, unless a region is open
        return _Mark(at, stop, mark, free and not after.isspace(), not (before.isspace() and after.isalnum()))
    return _Mark(at, stop, mark, not before.isalnum() and not after.isspace(), not before.isspace())


def _closes(stack: list[_Open], mark: _Mark) -> bool:
    """Whether a mark closes something that is open."""
    if not mark.closes:
        return False
    top = stack[-1]
    if mark.mark in CLOSERS[top.mark]:
        # “ and " also open: where the mark leans on what follows and something is open, it opens a nested quotation.
        return not (mark.opens and mark.mark == "“" and top.mark == "“" and not mark.closes)
    if mark.opens:
        return False
    return any(mark.mark in CLOSERS[opened.mark] for opened in stack[-3:])


def _single_pairs(text: str, marks: list[_Mark]) -> Iterable[tuple[_Mark, _Mark]]:
    """Pairs of single marks: from an opening one to the best closing one before the next opening one.

    A mark after `s` may be a plural's possessive, so the first mark after another letter wins, else the last.
    """
    at, size = 0, len(marks)
    while at < size:
        opened = marks[at]
        at += 1
        before = text[opened.start - 1] if opened.start else " "
        if not opened.opens or not (before.isspace() or before in _BEFORE_OPEN) or _ELISION.match(text, opened.start):
            continue
        best = -1
        for other in range(at, size):
            mark = marks[other]
            if mark.mark in SINGLE_CLOSERS[opened.mark] and mark.closes and text[opened.end : mark.start].strip():
                best = other
                if text[mark.start - 1] != "s":
                    break
            elif mark.opens and mark.mark == opened.mark:
                break
        if best >= 0:
            yield opened, marks[best]
            at = best + 1
