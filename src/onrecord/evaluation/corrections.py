"""How many corrections survive: a change of the parser, and random edits of the text.

A correction survives if it is found again and does what it says where it was meant, and nowhere else. The places
are those people correct: turns, paragraphs, labels and quotations of every interview in a folder, and runs of words.
"""

from __future__ import annotations

import argparse
import datetime
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.collection.facts import Facts
from onrecord.evaluation.report import environment, table, write_section
from onrecord.pipeline import process
from onrecord.schema.interview import Assignment, Correction, Interview, Layer, Span, Target, TextQuoteSelector, Turn
from onrecord.sources import discover
from onrecord.stages.corrections import apply_corrections
from onrecord.text.anchor import Anchors, describe

RATES = (0.01, 0.03, 0.06)
"""Shares of words that are added, left out or replaced."""

_PIECE = re.compile(r"\w+|\s+|[^\w\s]")
_MARKS = {'"': "”", "“": "«", "”": "»", "'": "’", "’": "'", "‘": "'", "«": '"', "»": '"', "„": "“"}


@dataclass(frozen=True, slots=True)
class Survival:
    """What became of the places of one trial; `gone` are those of which less than half the words were left."""

    right: int = 0
    wrong: int = 0
    ambiguous: int = 0
    lost: int = 0
    gone: int = 0

    @property
    def share(self) -> float:
        """The share found in the right place, of those that were still there."""
        places = self.right + self.wrong + self.ambiguous + self.lost
        return self.right / places if places else 1.0

    def __add__(self, other: Survival) -> Survival:
        return Survival(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after random edits: each of its words and signs with the number of the old one it was, or None."""

    text: str
    pieces: Sequence[tuple[int, int, int | None]]


def interviews_in(raw: Path) -> list[Interview]:
    """Return the records of all interviews below `raw` that have a text, without their own corrections."""
    sources = (source.load() for source in discover(raw).sources)
    made = (process(source).replace(corrections=()) for source in sources)
    return [interview for interview in made if interview.text.strip()]


def places_in(interview: Interview, rng: random.Random) -> list[Span]:
    """Return the places people correct: turns, their paragraphs and labels, quotations, and a few runs of words."""
    places = [turn.span for turn in interview.turns]
    places += [span for turn in interview.turns for span in turn.paragraphs]
    places += [turn.label for turn in interview.turns if turn.label is not None]
    places += [quote.content[0] for quote in interview.quotes]
    words = [match.span() for match in re.finditer(r"\w+", interview.text)]
    for _ in range(min(20, len(words))):
        first = rng.randrange(len(words))
        last = min(len(words) - 1, first + rng.randrange(12))
        places.append(Span(start=words[first][0], end=words[last][1]))
    return [span for span in dict.fromkeys(places) if re.search(r"\w", span.of(interview.text))]


def edited(text: str, rate: float, rng: random.Random, *, wrap: bool = False, marks: bool = False) -> Edited:
    """Add, leave out and replace words, a third of `rate` each; if asked, re-wrap lines and change quotation marks."""
    words = re.findall(r"\w+", text) or ["word"]
    out: list[str] = []
    pieces: list[tuple[int, int, int | None]] = []
    size = number = 0

    def put(piece: str, origin: int | None) -> None:
        nonlocal size
        out.append(piece)
        if not piece.isspace():
            pieces.append((size, size + len(piece), origin))
        size += len(piece)

    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece.isspace():
            put(("\n" if piece == " " else " ") if wrap and len(piece) == 1 and rng.random() < 0.15 else piece, None)
            continue
        near = text[max(0, match.start() - 30) : match.end() + 30].casefold()
        if piece[0].isalnum() and (chance := rng.random()) < rate:
            if chance < rate / 3:
                put(_another(words, near, rng), None)  # replaced
            elif chance < 2 * rate / 3:
                put(piece, number)
                put(" ", None)
                put(_another(words, near, rng), None)  # added
        else:
            put(_MARKS.get(piece, piece) if marks else piece, number)
        number += 1
    return Edited("".join(out), pieces)


def _another(words: Sequence[str], near: str, rng: random.Random) -> str:
    """A word of the text that does not stand nearby: a word replaced by itself is no change."""
    word = next((word for _ in range(20) if (word := rng.choice(words)).casefold() not in near), None)
    return word or "another"


def after_edits(interview: Interview, rate: float, rng: random.Random, **kinds: bool) -> Survival:
    """Look for every place of an interview in a randomly edited copy of its text."""
    text = interview.text
    new = edited(text, rate, rng, **kinds)
    anchors = Anchors(new.text)
    old = [match.span() for match in _PIECE.finditer(text) if not match[0].isspace()]
    counts: Counter[str] = Counter()
    for span in places_in(interview, rng):
        meant = {number for number, (start, end) in enumerate(old) if span.start <= start and end <= span.end}
        there = meant & {origin for _, _, origin in new.pieces if origin is not None}
        words = [number for number in meant if text[old[number][0]].isalnum()]
        if len(words) > 2 * len([number for number in words if number in there]):
            counts["gone"] += 1
            continue
        anchor = anchors.find(describe(text, span.start, span.end))
        if not anchor.found:
            counts[anchor.status] += 1
            continue
        taken = {o for start, end, o in new.pieces if o is not None and anchor.start <= start and end <= anchor.end}
        counts["right" if _words(text, old, taken) == _words(text, old, there) else "wrong"] += 1
    return Survival(**counts)


def _words(text: str, old: Sequence[tuple[int, int]], numbers: set[int]) -> set[int]:
    return {number for number in numbers if text[old[number][0]].isalnum()}


def _renamed(interview: Interview) -> Interview:
    """Another rule for ids: every id of a turn ends otherwise."""
    ids = {turn.id: f"{turn.id}.9" for turn in interview.turns}
    quotes = (q.model_copy(update={"turn": ids.get(q.turn or ""), "echoes": ()}) for q in interview.quotes)
    turns = (turn.model_copy(update={"id": ids[turn.id]}) for turn in interview.turns)
    return interview.replace(turns=tuple(turns), quotes=tuple(quotes))


def _merged(interview: Interview) -> Interview:
    """A parser that takes every second turn for a part of the one before."""
    turns: list[Turn] = []
    for index, turn in enumerate(interview.turns):
        if index % 2 and turns:
            turns[-1] = turns[-1].model_copy(update={"paragraphs": (*turns[-1].paragraphs, *turn.paragraphs)})
        else:
            turns.append(turn)
    return _with_turns(interview, turns)


def _split(interview: Interview) -> Interview:
    """A parser that begins a turn with every paragraph."""
    turns: list[Turn] = []
    for turn in interview.turns:
        if len(turn.paragraphs) < 2 or turn.events:
            turns.append(turn)
            continue
        turns.append(turn.model_copy(update={"paragraphs": turn.paragraphs[:1]}))
        for span in turn.paragraphs[1:]:
            id_ = f"{interview.id}#turn@{span.start}"
            turns.append(turn.model_copy(update={"id": id_, "label": None, "paragraphs": (span,)}))
    return _with_turns(interview, turns)


def _unlabelled(interview: Interview) -> Interview:
    """A parser that does not know labels: they are the beginning of what is said."""
    turns = []
    for turn in interview.turns:
        if turn.label is not None and turn.paragraphs and turn.label.end <= turn.paragraphs[0].start:
            first = Span(start=turn.label.start, end=turn.paragraphs[0].end)
            turn = turn.model_copy(update={"label": None, "paragraphs": (first, *turn.paragraphs[1:])})
        turns.append(turn)
    return _with_turns(interview, turns)


def _trimmed(interview: Interview) -> Interview:
    """A parser that leaves the comma or full stop at the end out of a quotation."""
    quotes = []
    for quote in interview.quotes:
        last = quote.content[-1]
        if len(last) > 2 and not last.of(interview.text)[-1].isalnum():
            content = (*quote.content[:-1], Span(start=last.start, end=last.end - 1))
            quote = quote.model_copy(update={"content": content, "parent": None})
        quotes.append(quote.model_copy(update={"parent": None}))
    return interview.replace(quotes=tuple(quotes))


def _with_turns(interview: Interview, turns: Sequence[Turn]) -> Interview:
    quotes = (quote.model_copy(update={"turn": None, "echoes": ()}) for quote in interview.quotes)
    return interview.replace(turns=tuple(turns), quotes=tuple(quotes))


PARSERS: Mapping[str, Callable[[Interview], Interview]] = {
    "other ids": _renamed,
    "turns merged in pairs": _merged,
    "a turn per paragraph": _split,
    "labels not known": _unlabelled,
    "quotations without their last sign": _trimmed,
}
"""Deliberate changes of the parser: what it says of a text, from what it said before."""


def after_parser(interview: Interview, change: Callable[[Interview], Interview]) -> Survival:
    """Make a correction for each turn and quotation, then apply it to what the changed parser says."""
    counts: Counter[str] = Counter()
    changed = change(interview)
    for correction, span in _corrections(interview):
        corrected = apply_corrections(changed.replace(corrections=(correction,)), Facts())
        status = corrected.corrections[0].status
        if status in ("lost", "ambiguous"):
            counts[status] += 1
        else:
            counts["right" if _says_so(changed, corrected, correction.target.layer, span) else "wrong"] += 1
    return Survival(**counts)


def _corrections(interview: Interview) -> Iterator[tuple[Correction, Span]]:
    for turn in interview.turns:
        if turn.paragraphs:
            yield _correction(interview, "turns", turn.span, "role", '"statement"'), turn.span
    for quote in interview.quotes:
        span = Span(start=quote.content[0].start, end=quote.content[-1].end)
        yield _correction(interview, "quotes", span, "kind", '"mention"'), span


def _correction(interview: Interview, layer: Layer, span: Span, field: str, value: str) -> Correction:
    place = describe(interview.text, span.start, span.end)
    quote = TextQuoteSelector(exact=place.exact, prefix=place.prefix, suffix=place.suffix)
    return Correction(
        target=Target(layer=layer, position=span, quote=quote),
        set=(Assignment(field=field, value_json=value),),
        by="evaluation",
        on=datetime.date(2000, 1, 1),
        why="A trial.",
    )


def _says_so(before: Interview, after: Interview, layer: Layer, span: Span) -> bool:
    """Whether the corrected value stands at the place, and everything else says what it said."""
    if layer == "quotes":
        differing = [new for new in after.quotes if new.kind == "mention" and _kind(before, new.content) != "mention"]
        others = [new for new in differing if not new.content[0].overlaps(span)]
        there = [new for new in after.quotes if new.content[0].overlaps(span) and new.kind == "mention"]
        return bool(there) and not others
    old, new = _roles(before), _roles(after)
    return all(new.get(at) == ("statement" if span.start <= at < span.end else old.get(at)) for at in old)


def _kind(interview: Interview, content: tuple[Span, ...]) -> str | None:
    return next((quote.kind for quote in interview.quotes if quote.content == content), None)


def _roles(interview: Interview) -> dict[int, str | None]:
    """The role of every word that is said in a turn, by its offset."""
    return {
        span.start + match.start(): turn.role
        for turn in interview.turns
        for span in turn.paragraphs
        for match in re.finditer(r"\w+", span.of(interview.text))
    }


def main(arguments: Sequence[str]) -> int:
    """Measure, print the figures and, with `--write PAGE`, put them into the page; the command line's entry."""
    parser = argparse.ArgumentParser(prog="onrecord evaluate corrections", description=main.__doc__)
    parser.add_argument("--raw", type=Path, default=Path("raw"), help="folder of collections (default: raw)")
    parser.add_argument("--seeds", type=int, default=3, help="random edits of each text (default: 3)")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="Markdown file that gets the figures")
    given = parser.parse_args(arguments)
    body = measure(given.raw, given.seeds)
    print(body)
    if given.write is not None:
        write_section(given.write, "corrections", "Corrections that survive a change", body)
    return 0


def measure(raw: Path, seeds: int = 3) -> str:
    """Measure over the interviews below `raw` and return the figures as Markdown."""
    interviews = interviews_in(raw)
    rows = []
    for name, change in PARSERS.items():
        total = sum((after_parser(interview, change) for interview in interviews), Survival())
        rows.append(_row(f"parser: {name}", total))
    for rate in RATES:
        for name, kinds in (("words", {}), ("words, line ends and quotation marks", {"wrap": True, "marks": True})):
            total = Survival()
            for seed in range(seeds):
                rng = random.Random(seed)
                total += sum((after_edits(interview, rate, rng, **kinds) for interview in interviews), Survival())
            rows.append(_row(f"text: {rate:.0%} of {name}", total))
    head = ("what changed", "survived", "right", "wrong", "ambiguous", "lost", "gone themselves")
    closing = f"{len(interviews)} interviews below `{raw.name}/`, {seeds} random edits of each. {environment()}."
    return f"{table(head, rows)}\n\n{closing}\n"


def _row(name: str, survival: Survival) -> tuple[str, ...]:
    counts = (survival.right, survival.wrong, survival.ambiguous, survival.lost, survival.gone)
    return (name, f"{survival.share:.2%}", *(f"{count:,}" for count in counts))
