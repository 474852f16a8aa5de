"""From openings to turns: what belongs to each, what interrupts it, and where it ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from onrecord.stages.layout.bounds import announces, is_nobodys, is_note, is_summary, punctuated
from onrecord.stages.layout.events import events_within, kind_of
from onrecord.stages.layout.model import Attribution, LaidEvent, LaidTurn, Opening, Range, Row
from onrecord.stages.layout.page import STAMPED, Page, is_boilerplate
from onrecord.stages.layout.ranges import trimmed_blank
from onrecord.stages.layout.stamps import END_TIME, clock
from onrecord.stages.layout.words import fold, folded, within
from onrecord.stages.layout.words import opening as opens_with

_ENDS = '.?!…。？！”"»؟'
_CHAT_TIME = re.compile(r"[ \t]*\x15(\d{1,9})_(\d{1,9})\x15[ \t]*$")
_LEADING_TAG = re.compile(r"<(?:i|b|u|em|strong|font\b[^<>\n]{0,60})>", re.IGNORECASE)
_CLOSING = re.compile(r"</[A-Za-z][\w.]*>[ \t]*$")


@dataclass(slots=True)
class _Draft:
    """A turn while its rows are collected."""

    opening: Opening
    convention: str
    rule: str
    attribution: Attribution
    confidence: float
    paragraphs: list[Range] = field(default_factory=list)
    events: list[LaidEvent] = field(default_factory=list)
    last_row: int = 0
    open_paragraph: bool = False
    start_ms: int | None = None
    end_ms: int | None = None


def assemble(page: Page, openings: list[Opening], stop_row: int) -> list[LaidTurn]:
    """Make turns of the accepted openings, which are in the order of the text; rows from `stop_row` on are left out."""
    by_row: dict[int, list[Opening]] = {}
    for opening in openings:
        by_row.setdefault(opening.row, []).append(opening)
    drafts: list[_Draft] = []
    draft: _Draft | None = None
    suspended = False
    ends = punctuated(page, openings)
    last_opening = openings[-1].row if openings else -1
    merges = page.cued or any(form.merges for form in {opening.form for opening in openings})
    for number in range(openings[0].row if openings else 0, min(stop_row, len(page.rows))):
        row = page.rows[number]
        here = by_row.get(number)
        if here is not None:
            if draft is not None and here[0].at > row.first:
                _speak(page, draft, row, number, row.first, here[0].at)
            for position, opening in enumerate(here):
                if draft is None or not merges or not _same_voice(page, draft, opening):
                    draft = _begin(opening)
                    drafts.append(draft)
                draft.last_row = number
                draft.end_ms = opening.end_ms or draft.end_ms
                until = here[position + 1].at if position + 1 < len(here) else row.last
                until = until if opening.until is None else min(until, max(opening.until, opening.body))
                if opening.body < until:
                    _speak(page, draft, row, number, opening.body, until)
            suspended = False
            continue
        if draft is None:
            continue
        suspended = suspended or (number > last_opening and number in page.ruled)
        if row.kind in ("separator", "heading"):
            suspended = number > last_opening or (row.kind == "heading" and not _resumes(page, draft, number))
            draft.open_paragraph = False
            continue
        if draft.opening.label is not None and is_summary(page, row):
            suspended = True
        if suspended or announces(page, number, by_row, punctuated=ends):
            continue
        _continue(page, draft, row, number)
    return [_finish(page, draft) for draft in drafts if draft.opening.label or draft.paragraphs or draft.events]


def _resumes(page: Page, draft: _Draft, number: int) -> bool:
    """Whether speech goes on without a label after the heading in row `number`.

    A sentence does; lists, notes in brackets and what stands under `Summary` or `Resolution` is the secretary's.
    """
    if draft.opening.label is None:
        return True
    if fold(page.shown(page.rows[number])) in folded("summary_heads"):
        return False
    following = page.next_text(number)
    if following is None:
        return False
    row = page.rows[following]
    return row.kind == "text" and not row.bullet and row.last - row.first >= 40 and page.text[row.last - 1] in _ENDS


def _same_voice(page: Page, draft: _Draft, opening: Opening) -> bool:
    """Whether an opening only repeats the voice of the turn that is open, as captions do on every cue."""
    return (
        (page.cued or opening.form.merges)
        and draft.opening.form is opening.form
        and draft.opening.key == opening.key
        and bool(opening.key)
    )


def _begin(opening: Opening) -> _Draft:
    printed = opening.label is not None or opening.name is not None
    attribution: Attribution = "printed" if printed else "inferred" if opening.role else "unknown"
    if attribution == "unknown" and opening.form.carries:
        attribution = "carried"  # an empty cell means that the same voice goes on
    return _Draft(opening, opening.form.name, _rule(opening), attribution, opening.form.confidence)


def _rule(opening: Opening) -> str:
    if opening.label is None:
        unnamed = opening.form.unnamed or opening.form.family == "markup"
        return "form" if opening.role or opening.name or unnamed else "host-lead-in"
    return "label-of-side" if opening.side else "label"


def _continue(page: Page, draft: _Draft, row: Row, number: int) -> None:
    """Let a row without an opening belong to the turn before it, or interrupt it."""
    if row.kind == "blank":
        draft.open_paragraph = False
    elif row.kind == "text" and page.marks and page.said(number):
        _speak(page, draft, row, number, page.outset(row), row.last)
    elif row.kind == "event" or (row.kind == "text" and is_note(page, row)):
        draft.events.append(_event(page, row))
        draft.last_row = number
        draft.open_paragraph = False
    elif row.kind in ("text", "code") and not is_boilerplate(page, row) and not is_nobodys(page, row):
        _speak(page, draft, row, number, page.outset(row) if row.bullet else row.first, row.last)
    else:
        draft.open_paragraph = False


def _event(page: Page, row: Row) -> LaidEvent:
    found = events_within(page.text, row.first, row.last)
    if found and len(found) == 1:
        return found[0]
    return LaidEvent(row.first, row.last, found[0].kind if found else kind_of(page.shown(row)) or "other")


def _speak(page: Page, draft: _Draft, row: Row, number: int, start: int, end: int) -> None:
    text = page.text
    if page.timed and not page.cued and start == row.first and (match := STAMPED.match(text, start, end)):
        start = match.end()
    tail = end - 40 if end - start > 40 else start
    if text.find("\x15", tail, end) >= 0 and (tier := _CHAT_TIME.search(text, tail, end)) is not None:
        end = tier.start()
        draft.start_ms = int(tier.group(1)) if draft.start_ms is None else draft.start_ms
        draft.end_ms = int(tier.group(2))
    if end == row.last and text.endswith("#", row.last, row.end) and (stamp := END_TIME.match(text, end, row.end)):
        draft.end_ms = clock(stamp["time"].replace("-", "."))[0]
    start, end = _unwrapped(text, row, start, end)
    if end <= start:
        return
    if page.cued:
        draft.end_ms = page.cue_times(start)[1] or draft.end_ms
    for first, last in _around_notes(page, draft, start, end):
        if draft.open_paragraph and page.wrapped and not row.numbered:
            draft.paragraphs[-1] = (draft.paragraphs[-1][0], last)
        else:
            draft.paragraphs.append((first, last))
    draft.events.extend(events_within(text, start, end))
    draft.open_paragraph = True
    draft.last_row = number


def _around_notes(page: Page, draft: _Draft, start: int, end: int) -> list[Range]:
    """Divide what is said where markup says that something only happens; that becomes an event."""
    notes = page.marks.get("note")
    if not notes:
        return [(start, end)]  # without white space at its ends, as all that comes here
    at = bisect_left(notes, start, key=lambda note: note.span.start)
    pieces = []
    for note in notes[at:]:
        if note.span.end > end:
            break
        pieces.append((start, note.span.start))
        draft.events.append(LaidEvent(note.span.start, note.span.end, kind_of(note.span.of(page.text)) or "other"))
        start = note.span.end
    pieces.append((start, end))
    return [(first, last) for first, last in (trimmed_blank(page.text, *piece) for piece in pieces) if first < last]


def _unwrapped(text: str, row: Row, start: int, end: int) -> Range:
    """Leave out what is markup at the ends of a paragraph: emphasis around all of it, tags, what the label opened."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while end > start and text[end - 1] == ">" and (match := _CLOSING.search(text, max(start, end - 12), end)):
        end = match.start()
    if start < end and text[start] == "<" and (tag := _LEADING_TAG.match(text, start, end)):
        start = tag.end()
    emphasised = text.find("*", start, end) >= 0 or text.find("_", start, end) >= 0
    for mark in ("**", "__", "*", "_") if emphasised else ():
        if text.count(mark, start, end) % 2:  # the other one of the pair is in the label or on another line
            if text.endswith(mark, start, end):
                end -= len(mark)
            elif row.strong and text.startswith(mark, start, end):
                start += len(mark)
        elif (
            row.strong
            and end - start > 2 * len(mark)
            and text.startswith(mark, start)
            and text.endswith(mark, start, end)
        ):
            start, end = start + len(mark), end - len(mark)
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _finish(page: Page, draft: _Draft) -> LaidTurn:
    opening = draft.opening
    paragraphs, events = draft.paragraphs, draft.events
    if len(paragraphs) == 1 and len(events) == 1 and (events[0].start, events[0].end) == paragraphs[0]:
        paragraphs = []
    start_ms = opening.start_ms if opening.start_ms is not None else draft.start_ms
    end_ms = draft.end_ms if draft.end_ms is None or (opening.start_ms or draft.start_ms or 0) <= draft.end_ms else None
    return LaidTurn(
        opening.at, page.rows[draft.last_row].stop, opening.label, tuple(paragraphs), tuple(events), opening.role,
        start_ms, end_ms, draft.convention, draft.rule, draft.attribution, draft.confidence, opening.name,
    )  # fmt: skip


def lead_in(page: Page, openings: list[Opening]) -> list[Opening]:
    """Return the opening of a host's words before the first label, if a broadcast begins without one.

    Such words greet or name the programme and say who speaks (`This is … I'm …`); they are a turn of a voice that no
    label names. What an editor writes before a printed interview does neither.
    """
    if not openings or openings[0].label is None or openings[0].role is not None:
        return []
    first = openings[0].row
    for number in range(max(0, first - 40), first):
        row = page.rows[number]
        if row.kind == "text" and opens_with("lead_ins").match(page.text, row.first, row.last):
            said = page.text[row.first : min(row.last, row.first + 400)]
            if within("self_introductions").search(said):
                return [Opening(number, page.outset(row), openings[0].form, None, "", row.first)]
    return []
