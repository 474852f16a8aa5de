"""Conventions of markup: turns that the source itself names (voices, speakers, tables, definition lists)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter

from onrecord.schema.interview import Mark, TurnRole
from onrecord.stages.layout.conventions import BY_NAME
from onrecord.stages.layout.judge import Verdict
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Range, Tried
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.scan import clock, trimmed
from onrecord.stages.layout.words import fold, folded

_PIPE = re.compile(r"[ \t]*\|(.+?)\|?[ \t]*$")
_RULE = re.compile(r"[\s|:=-]+$")
_CLOCK_CELL = re.compile(r"[\[(]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?$")
_AFTER_LABEL = " \t\u00a0\n\r:：.-–—|*_"
_BETWEEN = " \t\n\r\u00a0>:："
_ASKS = "?？؟"


def propose(page: Page) -> list[Verdict]:
    """Return what every convention of markup makes of the page."""
    found = [_voices(page), _speakers(page), _roles(page), _table(page), _definitions(page)]
    return [verdict for verdict in found if verdict is not None]


def _made(name: str, openings: list[Opening], found: int, reason: str) -> Verdict:
    convention = BY_NAME[name]
    voices = len({opening.key for opening in openings})
    tried = Tried(name, found, len(openings), voices, round(len(openings) * convention.confidence, 2), False, reason)
    return Verdict(convention, openings, tried)


def _voices(page: Page) -> Verdict | None:
    """Read marks that say who speaks in a passage and whose characters are what is said."""
    marks = [mark for mark in page.marks.get("voice", ()) if mark.value]
    name = "voice-mark"
    noted = folded("not_voices")
    if not marks:
        name = "speaker-passage"
        marks = [mark for mark in page.marks.get("speaker", ()) if mark.value and not _prints_name(page, mark)]
        if len(marks) < 0.5 * len(page.marks.get("speaker", ())):
            return None
    marks = [mark for mark in marks if fold(mark.value or "") not in noted]
    if not marks:
        return None
    openings = [_passage(page, name, mark) for mark in marks]
    openings = sorted([*openings, *_unnamed_cues(page, name, marks)], key=lambda opening: opening.at)
    return _made(name, openings, len(marks), f"markup names the voice of {len(marks)} passages")


def _unnamed_cues(page: Page, name: str, marks: list[Mark]) -> list[Opening]:
    """Return openings for cues that name nobody where a program has told voices apart: a voice that is not known.

    Where people wrote names, a cell left empty means that the same voice goes on.
    """
    cues = page.marks.get("cue", [])
    if name != "speaker-passage" or len(marks) < 0.7 * len(cues):
        return []
    if not all(read_label(value).key[-1:].isdigit() for value in {mark.value or "" for mark in marks}):
        return []
    starts = [mark.span.start for mark in marks]
    found = []
    for cue in cues:
        at = bisect_right(starts, cue.span.end - 1) - 1
        if at < 0 or marks[at].span.end <= cue.span.start:
            number = page.row_at(cue.span.start)
            start_ms, end_ms = page.cue_times(cue.span.start)
            start = cue.span.start
            found.append(Opening(number, start, name, None, "", start, start_ms, end_ms))
    return found


def with_dashes(page: Page, openings: list[Opening]) -> list[Opening]:
    """Add the lines of captions that begin with a dash, where a caption has two of them: two voices without a name."""
    rows = {opening.row for opening in openings}
    if not rows or not page.cued or min(page.rows[opening.row].bullet is not None for opening in openings):
        return openings
    found = []
    for cue in page.marks["cue"]:
        held = range(page.row_at(cue.span.start), page.row_at(cue.span.end - 1) + 1)
        dashed = [number for number in held if page.rows[number].bullet in ("-", "–", "—")]
        if len(dashed) < 2 or any(number in rows for number in held):
            continue
        start_ms, end_ms = page.cue_times(cue.span.start)
        found += [
            Opening(
                number,
                page.outset(page.rows[number]),
                "caption-dash",
                None,
                "",
                page.rows[number].first,
                start_ms,
                end_ms,
            )
            for number in dashed
        ]
    return sorted([*openings, *found], key=lambda opening: opening.at)


def _passage(page: Page, name: str, mark: Mark) -> Opening:
    """Make the opening of a passage: with the name printed before it, if there is one, as its label."""
    value = mark.value or ""
    start_ms, end_ms = page.cue_times(mark.span.start)
    label = _printed_before(page, mark, value)
    at = mark.span.start
    if label is not None:
        at = label[0]
        row = page.rows[page.row_at(at)]
        tag = page.text.rfind("<", row.start, at)
        if tag >= 0 and page.text[tag:at].startswith("<v"):
            at = tag
    return Opening(
        page.row_at(at), at, name, label, fold(value) or value, mark.span.start, start_ms, end_ms,
        page.row_at(mark.span.start) != page.row_at(at), read_label(value).role, value,
    )  # fmt: skip


def _printed_before(page: Page, mark: Mark, value: str) -> Range | None:
    """Return where the voice of a passage is printed just before it, according to markup or the name itself."""
    cites = page.marks.get("cite", [])
    position = bisect_right(cites, mark.span.start, key=lambda cite: cite.span.start) - 1
    if position >= 0:
        cite = cites[position].span
        if cite.end <= mark.span.start and not page.text[cite.end : mark.span.start].strip(_BETWEEN):
            return trimmed(page.text, cite.start, cite.end)
    row = page.rows[page.row_at(mark.span.start)]
    at = page.text.rfind(value, row.start, mark.span.start)
    if at < 0 or page.text[at + len(value) : mark.span.start].strip(_BETWEEN):
        return None
    return at, at + len(value)


def _roles(page: Page) -> Verdict | None:
    """Read marks of style that say which passages ask and which answer."""
    marks = [mark for mark in page.marks.get("style", ()) if mark.value in ("question", "answer")]
    if len(marks) < 4 or len({mark.value for mark in marks}) < 2:
        return None
    openings = []
    for mark in marks:
        start, end = trimmed_blank(page.text, mark.span.start, mark.span.end)
        role: TurnRole = "question" if mark.value == "question" else "answer"
        if start < end:
            openings.append(Opening(page.row_at(start), start, "role-mark", None, role, start, role=role))
    return _made("role-mark", openings, len(marks), "markup says which passages ask and which answer")


def _prints_name(page: Page, mark: Mark) -> bool:
    """Whether the marked characters are the name itself, not what is said."""
    printed = fold(page.text[mark.span.start : min(mark.span.end, mark.span.start + 200)])
    named = fold(mark.value or "")
    if mark.span.end - mark.span.start > 120:
        return False
    return (
        not named
        or printed == named
        or (named in printed and len(printed) <= len(named) + 20)
        or (len(printed) > 2 and printed in named)
    )


def _speakers(page: Page) -> Verdict | None:
    """Read marks around printed names."""
    marks = [m for m in page.marks.get("speaker", ()) if not m.value or _prints_name(page, m)]
    if not marks:
        marks = [m for m in page.marks.get("cite", ()) if m.value == "speaker"]
    if not marks:
        marks = [
            m for m in page.marks.get("cite", ()) if page.text[m.span.start : m.span.end].rstrip().endswith((":", "："))
        ]
    if len(marks) < 2:
        return None
    openings = []
    for mark in marks:
        start, end = trimmed(page.text, mark.span.start, mark.span.end)
        if start >= end:
            continue
        known = read_label(page.text[start:end])
        # A citation's value says that it is a speaker, a speaker's who it is.
        named = fold(mark.value) if mark.value and mark.kind == "speaker" else ""
        key = named or known.key or fold(page.text[start:end])
        number = page.row_at(start)
        row = page.rows[number]
        body = mark.span.end
        while body < row.last and page.text[body] in _AFTER_LABEL:
            body += 1
        start_ms = _time_near(page, mark)
        if start_ms is not None:
            body = _after_time(page, body, row.last)
        body = min(body, max(row.last, start))
        own = body >= row.last
        openings.append(
            Opening(number, start, "speaker-mark", (start, end), key, body, start_ms, own_line=own, role=known.role)
        )
    return _made("speaker-mark", openings, len(marks), f"markup is around {len(openings)} names of speakers")


def _time_near(page: Page, mark: Mark) -> int | None:
    times = page.marks.get("time", [])
    at = bisect_left(times, mark.span.end, key=lambda time: time.span.start)
    for time in times[max(0, at - 1) : at + 1]:
        between = page.text[min(mark.span.end, time.span.end) : max(mark.span.start, time.span.start)]
        start_ms = clock(page.text[time.span.start : time.span.end])[0]
        if start_ms is not None and len(between) <= 4 and not between.strip(_AFTER_LABEL):
            return start_ms
    return None


def _after_time(page: Page, body: int, last: int) -> int:
    times = page.marks.get("time", [])
    position = bisect_right(times, body, key=lambda time: time.span.start) - 1
    if position < 0 or times[position].span.end <= body:
        return body
    body = times[position].span.end
    while body < last and page.text[body] in _AFTER_LABEL:
        body += 1
    return body


def _table(page: Page) -> Verdict | None:
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
        return _question_table(page, table, width)
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
            Opening(first, at, "table-cells", printed, key, body_start, start_ms, None, own, known.role, until=body_end)
        )
    header = openings and openings[0].label and not _recurs(openings, openings[0].key)
    openings = openings[1:] if header else openings
    return _made("table-cells", openings, len(table), f"column {label + 1} of {width} holds labels that repeat")


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


def _question_table(page: Page, table: list[tuple[int, list[Range]]], width: int) -> Verdict | None:
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
                openings.append(Opening(number, at, "table-cells", None, "", start, role=role, until=end))
    return _made("table-cells", openings, len(table), f"{asking} of {len(table)} rows have a question beside an answer")


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


def trimmed_blank(text: str, start: int, end: int) -> Range:
    """Return the range without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _definitions(page: Page) -> Verdict | None:
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
            Opening(page.row_at(start), start, "definition-list", trimmed(text, start, end), label.key,
                    end, own_line=True, role=label.role)
            for (start, end), label in zip(ranges, labels, strict=True)
        ]  # fmt: skip
        return _made("definition-list", openings, len(ranges), "the terms are labels that repeat")
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
        openings.append(Opening(page.row_at(start), start, "definition-list", None, "", start, role=roles[start]))
    return _made("definition-list", openings, len(ranges), f"{asking} of {len(ranges)} terms ask")


def _end_of_questions(page: Page, ranges: list[Range]) -> int:
    """Return where another list begins, under a heading of its own, whose terms ask nothing (a glossary)."""
    asking = [page.text[start:end].rstrip(' *_"”»').endswith(tuple(_ASKS)) for start, end in ranges]
    last = len(asking) - 1 - asking[::-1].index(True)
    if last + 1 < len(ranges):
        for number in range(page.row_at(ranges[last][0]) + 1, page.row_at(ranges[last + 1][0])):
            if page.rows[number].kind == "heading":
                return page.rows[number].start
    return len(page.text)
