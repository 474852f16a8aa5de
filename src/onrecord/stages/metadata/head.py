"""What the head of an interview says of the whole: title, deck, dates, place, outlet, each with the words that say it.

Only non-turn blocks are read: those above the first turn in full, those below only for notes (`Recorded on …`).
The date of a caption is the picture's and is never taken.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from onrecord.lexicons import words
from onrecord.schema.interview import Block, DatePrecision, Interview, Span, Turn
from onrecord.stages.layout.datelines import Statement, is_outlet, listed
from onrecord.stages.layout.heads import is_field, is_kicker, precision_of, statements
from onrecord.stages.layout.words import LANGUAGES, fold, longest_first, one_of, opening

_LOOKED_AT = 6000
_FRONT = 60
"""Blocks of the front, and as many after the first turn, that are read."""
_LONGEST_DECK = 320
_FIELDS = 12
"""Blocks from the top among which a field for the title is looked for."""
_FIELD = re.compile(r"[^\n:：.]{1,40}[:：](?=\s)")
_SHORTEST_DECK = 20
_ENDS = ".?!…。"
_NO_DECK = ":：,;0123456789"
_SERIAL = re.compile(r"\w{1,12}\.?\s+(?:№|no\.?\s*|nr\.?\s*)?\d{1,3}(?:[,.;:]|$)", re.IGNORECASE)
"""`Tape 1, Side A`."""
_YEAR_LAST = re.compile(r"[,(–-]\s*\d{4}\W*(?:\w{1,4}\W*)?$")
_MARKUP = " \t\r\n#*_"
_ORGANIZATION = (
    r"(?P<outlet>(?:[A-ZÀ-ÞА-ЯƏŞÇĞÖÜİ][\w&.’'-]*)(?:[ ](?:of[ ]|the[ ]|for[ ])?[A-ZÀ-ÞА-ЯƏŞÇĞÖÜİ&][\w&.’'-]*){0,4})"
)
_BROADCAST = re.compile(r"\b[Tt]his is (?P<outlet>[A-Z][A-Z0-9&'’.-]+(?: [A-Z0-9&'’.-]+){0,4})(?=[.,!;\s])")


@dataclass(frozen=True, slots=True)
class Found:
    """A field's value with the rule that found it and the characters that state it."""

    value: str
    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its precision, the rule that found it and the characters that state it."""

    day: datetime.date
    precision: DatePrecision
    rule: str
    span: Span


class Head:
    """The blocks around the turns and what they state, read once."""

    def __init__(self, interview: Interview) -> None:
        self.text = interview.text
        self.interview = interview
        self.front = list(islice(_until_first_turn(interview.blocks), _FRONT))
        self.stated = [(block, item) for block in self.front for item in _stated(self.text, block)]
        self.notes = [item for block in _after_first_turn(interview.blocks) for item in _noted(self.text, block)]

    def title(self) -> Found | None:
        """Return the first title, as printed, without the marks of a heading; quotation marks are part of it."""
        titles = [block.span for block in self.front if block.kind == "title"]
        titles = [span for span in titles if not is_kicker(self.text, *_bare(self.text, span))] or titles
        headings = [mark.span for mark in self.interview.marks if mark.kind == "heading" and mark.value == "1"]
        first = [title for title in titles if any(title.overlaps(heading) for heading in headings)]
        for title in first[:1] or titles[:1]:
            start, end = _bare(self.text, title)
            if start < end:
                return self._shown("first-title", start, end)
        return self._title_field()

    def _title_field(self) -> Found | None:
        """Return the value of a field that is named so, where no line is a title."""
        for block in self.front[:_FIELDS]:
            start, end = _bare(self.text, block.span)
            match = _FIELD.match(self.text, start, end)
            if match is not None and fold(match.group()) in listed("titles"):
                start, end = _bare(self.text, Span(start=match.end(), end=end))
                if 0 < end - start <= _LONGEST_DECK:
                    return self._shown("title-field", start, end)
        return None

    def _shown(self, rule: str, start: int, end: int) -> Found:
        return Found(" ".join(self.text[start:end].split()), rule, Span(start=start, end=end))

    def deck(self) -> Found | None:
        """Return the line under the title that says what the interview is about, as printed.

        It is emphasised as a whole, or has the byline, date or picture under it, or nothing stands between it and the
        first turn and it is no sentence.
        """
        shown = [block for block in self.front if block.kind not in ("blank", "separator")]
        at = max((number for number, block in enumerate(shown[:4]) if block.kind == "title"), default=None)
        if at is None:
            return None
        if at > 0 and self._is_heading_below_first(shown[at]):
            at -= 1
        block = shown[at + 1] if at + 1 < len(shown) else None
        if block is None or block.kind not in ("paragraph", "title") or block.facts or not self._can_be_deck(block):
            return None
        start, end = _bare(self.text, block.span)
        under = shown[at + 2] if at + 2 < len(shown) else None
        if under is None:
            is_deck = bool(self.interview.turns) and self.text[end - 1] not in _ENDS
        else:
            is_deck = under.kind in ("byline", "caption") and not is_field(self.text, *_bare(self.text, under.span))
        if is_deck or _is_emphasised(self.interview, block, start, end):
            return self._shown("under-title", start, end)
        return None

    def _can_be_deck(self, block: Block) -> bool:
        start, end = _bare(self.text, block.span)
        if not _SHORTEST_DECK <= end - start <= _LONGEST_DECK or self.text[end - 1] in _NO_DECK:
            return False
        if "  " in self.text[start:end] or _YEAR_LAST.search(self.text, start, end):
            return False
        return _FIELD.match(self.text, start, end) is None and _SERIAL.match(self.text, start, end) is None

    def _is_heading_below_first(self, block: Block) -> bool:
        """Whether a title is a heading of the second level, as pages have their deck."""
        return any(
            mark.kind == "heading" and mark.value == "2" and mark.span.overlaps(block.span)
            for mark in self.interview.marks[:200]
        )

    def date(self) -> FoundDate | None:
        """Return the day of the talk: as a note or field says, else the day the text carries above the first turn.

        A date that words or the source call the publication's is never taken for the talk's.
        """
        said = [item for item in self._all("date") if item.of == "talk"]
        if said:
            return _dated([item for item in said if item.rule == said[0].rule])
        dated = self._document()
        if dated is None or (dated[1].date is not None and dated[1].date.day == self.interview.origin.published):
            return None
        return _dated([dated[1]])

    def published(self) -> FoundDate | None:
        """Return the day of publication: as the text says, or the date of an article, as its author or outlet shows.

        If the talk has another date, the one the text carries is its publication's.
        """
        for item in self._all("date"):
            if item.of == "publication" and item.date is not None and item.date.precision == "day":
                return _dated([item])
        dated = self._document()
        talk = any(item.of == "talk" for item in self._all("date"))
        if dated is None or not (talk or self._is_published(*dated)):
            return None
        day = _dated([dated[1]])
        return day if day is not None and day.precision == "day" else None

    def place(self) -> Found | None:
        """Return the place of the talk: as a note or field says, else the one beside the date of the text."""
        found = self._all("place")
        for item in [*[i for i in found if i.of == "talk"], *[i for i in found if i.of == "document"]]:
            return _as_found(item)
        return None

    def outlet(self) -> Found | None:
        """Return the publication the talk was for.

        Whose questions are printed under its name, whom the text says it was told, what the head names, or what a
        host says (`This is FRESH AIR`).
        """
        named = next(map(_as_found, self._all("outlet")), None)
        return self._in_small(self._asking()) or self._told() or named or self._announced()

    def _in_small(self, found: Found | None) -> Found | None:
        """Return a name in capitals as the head prints it otherwise (`THE QUAY LETTER`: The Quay Letter)."""
        if found is None or not found.value.isupper():
            return found
        first = self.interview.turns[0].span.start if self.interview.turns else 0
        pattern = re.compile(r"(?<!\w)" + re.escape(found.value) + r"(?!\w)", re.IGNORECASE)
        for match in pattern.finditer(self.text, 0, min(first, _LOOKED_AT)):
            if not match.group().isupper():
                return _found_at(match.group(), found.rule, match.start())
        return found

    def _all(self, kind: str) -> list[Statement]:
        return [item for item in [*[item for _, item in self.stated], *self.notes] if item.kind == kind]

    def _document(self) -> tuple[Block, Statement] | None:
        """Return the first date above the turns of which nothing says what it dates, if its block has only one."""
        dated = [(block, item) for block, item in self.stated if (item.kind, item.of) == ("date", "document")]
        for block, item in dated:
            carried = block.kind in ("byline", "title") or item.rule in ("dateline", "opening")
            if carried and sum(other is block for other, _ in dated) == 1:
                return block, item
        return None

    def _is_published(self, block: Block, dated: Statement) -> bool:
        """Whether the date of a text is its publication's.

        A publication's name or number stands beside it, an agency reports so, or the text says who wrote it.
        """
        if block.kind == "title" or dated.rule == "field":
            return False
        if dated.rule == "dateline":
            return True
        beside = any(other is block and item.kind in ("outlet", "issue", "person") for other, item in self.stated)
        return beside or any(self._is_written(other) for other in self.front)

    def _is_written(self, block: Block) -> bool:
        if block.kind != "byline" or not any(fact.kind == "person" for fact in block.facts):
            return False
        start, end = _bare(self.text, block.span)
        match = opening("bylines").match(self.text, start, end)
        return match is not None and match.group().lower() in words("heads", "written_by")

    def _asking(self) -> Found | None:
        """Return a label under which questions are put, if it reads as a publication's name."""
        for turn in islice(self.interview.turns, 8):
            label = turn.label
            if label is not None and turn.role == "question" and len(label) <= 60:
                name = label.of(self.text).strip(" *_:")
                if is_outlet(name):
                    return _found_at(name, "asks", self.text.find(name, label.start))
        return None

    def _told(self) -> Found | None:
        """Return whom the introduction says it was told, or who put the questions."""
        whole = self.text[self.front[0].span.start : self.front[-1].span.end] if self.front else ""
        plain = whole.isascii()
        tellings = list(filter(whole.__contains__, _told_phrases(plain=plain)))  # mostly none
        tellers = list(filter(whole.__contains__, _teller_phrases(plain=plain)))
        for block in self.front:
            if block.kind not in ("paragraph", "byline"):
                continue
            shown = block.span.of(self.text)
            if any(map(shown.__contains__, tellings)):
                for match in _told_pattern().finditer(self.text, block.span.start, block.span.end):
                    name = match.group("outlet").rstrip(".,’'-")
                    if _is_organization(name):
                        return _found_at(name, "told", match.start("outlet"))
            if any(map(shown.__contains__, tellers)):
                for match in _teller_pattern().finditer(self.text, block.span.start, block.span.end):
                    group = match.lastgroup or ""
                    if group != "bare" or is_outlet(match.group(group)):
                        return _found_at(match.group(group), "told", match.start(group))
        return None

    def _announced(self) -> Found | None:
        turns: tuple[Turn, ...] = self.interview.turns
        first = turns[0].paragraphs if turns else ()
        if first:
            named = _BROADCAST.search(self.text, first[0].start, min(first[0].end, first[0].start + 400))
            if named is not None:
                name = named.group("outlet").rstrip(".")
                return Found(
                    name, "announced", Span(start=named.start("outlet"), end=named.start("outlet") + len(name))
                )
        return None


def _until_first_turn(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "turn":
            return
        yield block


def _after_first_turn(blocks: tuple[Block, ...]) -> Iterator[Block]:
    first = next((at for at, block in enumerate(blocks) if block.kind == "turn"), len(blocks))
    rest = (block for block in islice(blocks, first, None) if block.kind in ("paragraph", "byline", "boilerplate"))
    return islice(rest, _FRONT)


def _stated(text: str, block: Block) -> tuple[Statement, ...]:
    if block.kind in ("title", "byline", "paragraph", "boilerplate"):
        start, end = _bare(text, block.span)
        return statements(text, start, end, dated_lines=block.kind in ("title", "byline"))
    return ()


def _noted(text: str, block: Block) -> Iterator[Statement]:
    """Yield what a block below the first turn says of the talk or its publication."""
    start, end = _bare(text, block.span)
    return (item for item in statements(text, start, end, dated_lines=False) if item.of in ("talk", "publication"))


def _bare(text: str, span: Span) -> tuple[int, int]:
    """Return a block's range without white space and the marks of headings and emphasis at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in _MARKUP:
        start += 1
    while end > start and text[end - 1] in _MARKUP:
        end -= 1
    return start, end


def _is_emphasised(interview: Interview, block: Block, start: int, end: int) -> bool:
    if interview.text.startswith(("*", "_"), max(block.span.start, start - 1)):
        return interview.text[start - 1 : start] in ("*", "_") and interview.text[end : end + 1] in ("*", "_")
    near = (mark for mark in interview.marks if mark.kind in ("bold", "italic") and mark.span.start <= start)
    return any(mark.span.end >= end for mark in near)


def _dated(items: list[Statement]) -> FoundDate | None:
    dates = [item.date for item in items if item.date is not None]
    shared = precision_of(dates) if dates else None
    if shared is None:
        return None
    first, precision = shared
    day = first.day.replace(day=1) if precision != "day" else first.day
    day = day.replace(month=1) if precision == "year" else day
    return FoundDate(day, precision, f"date-{items[0].rule}", Span(start=first.start, end=first.end))


def _found_at(value: str, rule: str, start: int) -> Found:
    return Found(value, rule, Span(start=start, end=start + len(value)))


def _as_found(item: Statement) -> Found:
    return Found(item.value, f"{item.kind}-{item.rule}", Span(start=item.start, end=item.end))


@cache
def _told_phrases(*, plain: bool = False) -> tuple[str, ...]:
    """The words for telling; `plain`: only those that a text in ASCII can hold."""
    return longest_first(phrase for phrase in words("names", "told", LANGUAGES) if not plain or phrase.isascii())


@cache
def _teller_phrases(*, plain: bool = False) -> tuple[str, ...]:
    return longest_first(phrase for phrase in words("heads", "spoke") if not plain or phrase.isascii())


@cache
def _told_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(_told_phrases())})\s+(?:the\s+)?{_ORGANIZATION}")


@cache
def _teller_pattern() -> re.Pattern[str]:
    """A publication before the words for telling or asking (`«Волна» поговорила`, `Dere Postası'na konuşan`)."""
    listed, noun = one_of(_teller_phrases()), one_of(words("heads", "outlet_kinds"))
    return re.compile(
        rf"[«“„\"](?P<quoted>[^«»“”„\"\n?!.,;:…]{{2,40}})[»”“\"](?:\s(?:{noun})\w{{0,4}})?(?:\s\w+){{0,2}}\s(?:{listed})(?!\w)"
        rf"|(?<!\w)(?P<bare>[A-ZÇĞİÖŞÜƏ]\w+(?:\s[A-ZÇĞİÖŞÜƏ]\w+){{1,3}})['’]\w{{1,4}}\s(?:{listed})(?!\w)"
    )


def _is_organization(name: str) -> bool:
    """Whether a name is one of an organization by its form: an acronym, or a word only organizations have."""
    if len(name) >= 3 and name.isupper() and name.isascii():
        return True
    known = words("names", "organization_words", LANGUAGES)
    return " " in name and (any(word.lower() in known for word in name.split()) or is_outlet(name))
