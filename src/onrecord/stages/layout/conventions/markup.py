"""Conventions of markup: voices, speakers and roles that the source itself names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from onrecord.schema.interview import Mark, TurnRole
from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.conventions._base import Joined, Proposed, verdict_of
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Range, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.ranges import trimmed, trimmed_blank
from onrecord.stages.layout.stamps import clock
from onrecord.stages.layout.words import fold, folded

_AFTER_LABEL = " \t\u00a0\n\r:：.-–—|*_"
_BETWEEN = " \t\n\r\u00a0>:："


def _voices(convention: Convention, page: Page) -> Verdict | None:
    """Read marks of the voice of a passage."""
    marks = _of_voices(_voice_marks(page))
    return _passages(convention, marks, [_passage(convention, page, mark) for mark in marks])


def _spoken_passages(convention: Convention, page: Page) -> Verdict | None:
    """Read marks of the speaker of a passage, where no voices are marked and most of them hold more than the name."""
    speakers = page.marks.get("speaker", [])
    marks = [mark for mark in speakers if mark.value and not _prints_name(page, mark)]
    if _voice_marks(page) or len(marks) < 0.5 * len(speakers):
        return None
    marks = _of_voices(marks)
    openings = [_passage(convention, page, mark) for mark in marks]
    return _passages(convention, marks, [*openings, *_unnamed_cues(convention, page, marks)])


def _voice_marks(page: Page) -> list[Mark]:
    return [mark for mark in page.marks.get("voice", ()) if mark.value]


def _of_voices(marks: list[Mark]) -> list[Mark]:
    """Leave out the marks whose value is the word for what is no voice (`MUSIC`)."""
    return [mark for mark in marks if fold(mark.value or "") not in folded("not_voices")]


def _passages(convention: Convention, marks: list[Mark], openings: list[Opening]) -> Verdict | None:
    if not marks:
        return None
    openings = sorted(openings, key=lambda opening: opening.at)
    return verdict_of(convention, openings, len(marks), f"markup names the voice of {len(marks)} passages")


def _unnamed_cues(convention: Convention, page: Page, marks: list[Mark]) -> list[Opening]:
    """Return openings for cues that name nobody where a program has told voices apart: a voice that is not known.

    Where people wrote names, a cell left empty means that the same voice goes on.
    """
    cues = page.marks.get("cue", [])
    if not marks or len(marks) < 0.7 * len(cues):
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
            found.append(Opening(number, start, convention, None, "", start, start_ms, end_ms))
    return found


def _dashed(convention: Convention, page: Page, openings: list[Opening]) -> list[Opening]:
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
                convention,
                None,
                "",
                page.rows[number].first,
                start_ms,
                end_ms,
            )
            for number in dashed
        ]
    return sorted([*openings, *found], key=lambda opening: opening.at)


def _passage(convention: Convention, page: Page, mark: Mark) -> Opening:
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
        page.row_at(at), at, convention, label, fold(value) or value, mark.span.start, start_ms, end_ms,
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


def _roles(convention: Convention, page: Page) -> Verdict | None:
    """Read marks of style that say which passages ask and which answer."""
    marks = [mark for mark in page.marks.get("style", ()) if mark.value in ("question", "answer")]
    if len(marks) < 4 or len({mark.value for mark in marks}) < 2:
        return None
    openings = []
    for mark in marks:
        start, end = trimmed_blank(page.text, mark.span.start, mark.span.end)
        role: TurnRole = "question" if mark.value == "question" else "answer"
        if start < end:
            openings.append(Opening(page.row_at(start), start, convention, None, role, start, role=role))
    return verdict_of(convention, openings, len(marks), "markup says which passages ask and which answer")


def _prints_name(page: Page, mark: Mark) -> bool:
    """Whether the marked characters are the name itself, not what is said."""
    printed = fold(page.text[mark.span.start : min(mark.span.end, mark.span.start + 200)])
    named = fold(mark.value or "")
    if mark.span.end - mark.span.start > 120:
        return False
    return (
        not named
        or printed == named
        or (f" {named} " in f" {printed} " and len(printed) <= len(named) + 20 and len(named) > 1)
        or (len(printed) > 2 and printed in named)
    )


def _speakers(convention: Convention, page: Page) -> Verdict | None:
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
            Opening(number, start, convention, (start, end), key, body, start_ms, own_line=own, role=known.role)
        )
    return verdict_of(convention, openings, len(marks), f"markup is around {len(openings)} names of speakers")


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


MARKUP: tuple[Convention, ...] = (
    Proposed(
        name="voice-mark",
        family="markup",
        summary="Markup that names the voice of a passage.",
        example="<v Anna Lee> in WebVTT",
        evidence="marks of kind `voice`",
        confidence=0.98,
        merges=True,
        notes_voice=True,
        propose=_voices,
    ),
    Proposed(
        name="speaker-passage",
        family="markup",
        summary="Markup that names the speaker of a passage.",
        example='<u who="#anna">We began in May.</u>',
        evidence="marks of kind `speaker` over what is said",
        confidence=0.98,
        notes_voice=True,
        propose=_spoken_passages,
    ),
    Proposed(
        name="speaker-mark",
        family="markup",
        summary="Markup around the speaker's name.",
        example='<span class="speaker">Anna Lee</span>',
        evidence="marks of kind `speaker` over the printed name",
        confidence=0.98,
        propose=_speakers,
    ),
    Proposed(
        name="role-mark",
        family="markup",
        summary="Markup that says which passages ask and which answer.",
        example="<question>When?</question>",
        evidence="marks of kind `style` with the values `question` and `answer`",
        confidence=0.97,
        merges=True,
        propose=_roles,
    ),
    Joined(
        name="caption-dash",
        family="markup",
        summary="Two lines of one caption that begin with a dash: two voices without a name.",
        example="- When did you begin?⏎- In May.",
        evidence="captions with two such lines, beside captions with names",
        confidence=0.8,
        join=_dashed,
    ),
)
