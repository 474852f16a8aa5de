"""Conventions of markup: turns that stand in the cells of a table or in a list of terms and definitions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.conventions._base import Proposed, verdict_of
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Range, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.ranges import trimmed, trimmed_blank
from onrecord.stages.layout.stamps import clock
from onrecord.stages.layout.words import fold, folded

_PIPE = re.compile(r"[ \t]*\|(.+?)\|?[ \t]*$")
_RULE = re.compile(r"[\s|:=-]+$")
_CLOCK_CELL = re.compile(r"[\[(]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?$")
_ASKS = "?？؟"


def _table(convention: Convention, page: Page) -> Verdict | None:
    """Read tables with one column of speakers, or one of questions and one of answers."""
    table = _marked_cells(page) or _piped_cells(page)
    table = [row for row in table if 2 <= len(row[1]) <= 8]
    if len(table) < 3:
        return None
    width = Counter(len(cells) for _, cells in table).most_common(1)[0][0]
    table = [(number, cells) for number, cells in table if len(cells) == width]
    text = page.text
    lengths = [sum(cells[c][1] - cells[c][0] for _, cells in table) for c in range(width)]
    said = max(range(width), key=lambda column: lengths[column])
    label = _label_column(page, table, width, said)
    if label is None:
        return _question_table(convention, page, table, width)
    openings = []
    for number, cells in table:
        start, end = trimmed(text, *cells[label])
        body_start, body_end = cells[said]
        if body_start >= body_end:
            continue
        times = [clock(text[a:b])[0] for a, b in cells if _CLOCK_CELL.match(text[a:b].strip())]
        known = read_label(text[start:end])
        printed = (start, end) if start < end else None
        key = known.key or fold(text[start:end])
        row = page.rows[number]
        at = min(begin for begin, end in cells if begin < end)
        at = page.outset(row) if row.start <= at < row.stop else at
        start_ms = times[0] if times else None
        first = page.row_at(at)
        own = first != page.row_at(body_start)
        openings.append(
            Opening(first, at, convention, printed, key, body_start, start_ms, None, own, known.role, until=body_end)
        )
    header = openings and openings[0].label and not _recurs(openings, openings[0].key)
    openings = openings[1:] if header else openings
    return verdict_of(convention, openings, len(table), f"column {label + 1} of {width} holds labels that repeat")


def _recurs(openings: list[Opening], key: str) -> bool:
    return sum(opening.key == key for opening in openings) > 1


def _label_column(page: Page, table: list[tuple[int, list[Range]]], width: int, said: int) -> int | None:
    for column in range(width):
        if column == said:
            continue
        values = [page.text[cells[column][0] : cells[column][1]].strip() for _, cells in table]
        filled = [value for value in values if value and not _CLOCK_CELL.match(value)]
        kinds = [read_label(value).kind for value in filled]
        distinct = len({fold(value) for value in filled})
        good = sum(kind != "bad" for kind in kinds)
        if (
            fold(values[0]) in folded("speaker_words")
            and len(filled) >= 3
            and distinct >= 3
            and good >= 0.8 * len(filled)
        ):
            return column  # the head of the column says so
        if (
            len(filled) >= max(3, 0.3 * len(values))
            and good >= 0.8 * len(filled)
            and 2 <= distinct <= 0.7 * len(filled)
        ):
            return column
    return None


def _question_table(
    convention: Convention, page: Page, table: list[tuple[int, list[Range]]], width: int
) -> Verdict | None:
    if width != 2:
        return None
    asks = [page.text[cells[0][0] : cells[0][1]].rstrip(" *_").endswith(tuple(_ASKS)) for _, cells in table]
    asking = sum(asks)
    if asking < 3:
        return None
    table = table[asks.index(True) : len(asks) - asks[::-1].index(True)]  # heads and other tables ask nothing
    if asking < 0.6 * len(table):
        return None
    openings = []
    roles: tuple[TurnRole, TurnRole] = ("question", "answer")
    for _, cells in table:
        for (start, end), role in zip(cells, roles, strict=True):
            if start < end:
                number = page.row_at(start)
                at = page.outset(page.rows[number]) if role == "question" else start
                openings.append(Opening(number, at, convention, None, "", start, role=role, until=end))
    return verdict_of(
        convention, openings, len(table), f"{asking} of {len(table)} rows have a question beside an answer"
    )


def _marked_cells(page: Page) -> list[tuple[int, list[Range]]]:
    rows = page.marks.get("row", [])
    cells = page.marks.get("cell", [])
    found = []
    for row in rows:
        first = bisect_left(cells, row.span.start, key=lambda cell: cell.span.start)
        held = []
        for cell in cells[first:]:
            if cell.span.start >= row.span.end:
                break
            held.append(trimmed_blank(page.text, cell.span.start, cell.span.end))
        found.append((page.row_at(row.span.start), held))
    return found


def _piped_cells(page: Page) -> list[tuple[int, list[Range]]]:
    found = []
    for number, row in enumerate(page.rows):
        if row.kind != "text" or page.text[row.first] != "|" or _RULE.match(page.text, row.first, row.last):
            continue
        match = _PIPE.match(page.text, row.first, row.last)
        if match is None:
            continue
        cells = []
        at = match.start(1)
        for piece in match.group(1).split("|"):
            cells.append(trimmed_blank(page.text, at, at + len(piece)))
            at += len(piece) + 1
        found.append((number, cells))
    return found


def _definitions(convention: Convention, page: Page) -> Verdict | None:
    """Read lists of terms and definitions: terms are labels that repeat, or questions."""
    terms = page.marks.get("list-term", [])
    if len(terms) < 3 or not page.marks.get("list-definition"):
        return None
    text = page.text
    ranges = [trimmed_blank(text, mark.span.start, mark.span.end) for mark in terms]
    ranges = [(start, end) for start, end in ranges if start < end]
    labels = [read_label(text[start:end]) for start, end in ranges]
    distinct = len({label.key for label in labels})
    if all(label.kind != "bad" for label in labels) and 2 <= distinct <= 0.7 * len(labels):
        openings = [
            Opening(page.row_at(start), start, convention, trimmed(text, start, end), label.key,
                    end, own_line=True, role=label.role)
            for (start, end), label in zip(ranges, labels, strict=True)
        ]  # fmt: skip
        return verdict_of(convention, openings, len(ranges), "the terms are labels that repeat")
    asking = sum(text[start:end].rstrip(' *_"”»').endswith(tuple(_ASKS)) for start, end in ranges)
    if asking < 0.5 * len(ranges):
        return None
    stop = _end_of_questions(page, ranges)
    both = [(start, "question") for start, _ in ranges if start < stop]
    both += [
        (start, "answer")
        for m in page.marks["list-definition"]
        if (start := trimmed_blank(text, m.span.start, m.span.end)[0]) < stop
    ]
    roles: dict[int, TurnRole] = {start: "question" if role == "question" else "answer" for start, role in both}
    openings = []
    for start in sorted(roles):
        if openings and openings[-1].role == roles[start]:
            continue
        openings.append(Opening(page.row_at(start), start, convention, None, "", start, role=roles[start]))
    return verdict_of(convention, openings, len(ranges), f"{asking} of {len(ranges)} terms ask")


def _end_of_questions(page: Page, ranges: list[Range]) -> int:
    """Return where another list begins, under a heading of its own, whose terms ask nothing (a glossary)."""
    asking = [page.text[start:end].rstrip(' *_"”»').endswith(tuple(_ASKS)) for start, end in ranges]
    last = len(asking) - 1 - asking[::-1].index(True)
    if last + 1 < len(ranges):
        for number in range(page.row_at(ranges[last][0]) + 1, page.row_at(ranges[last + 1][0])):
            if page.rows[number].kind == "heading":
                return page.rows[number].start
    return len(page.text)


TABLES: tuple[Proposed, ...] = (
    Proposed(
        name="table-cells",
        family="markup",
        summary="A table with a column of speakers, or one of questions and one of answers.",
        example="| Anna Lee | We began in May. |",
        evidence="rows whose short cells repeat beside long ones",
        confidence=0.93,
        carries=True,
        propose=_table,
    ),
    Proposed(
        name="definition-list",
        family="markup",
        summary="A list of terms and definitions.",
        example="<dt>When did you begin?</dt><dd>In May.</dd>",
        evidence="terms that repeat as labels, or ask",
        confidence=0.94,
        propose=_definitions,
    ),
)
