"""Openings: the places where a label of some form is printed at the beginning of a row.

The forms of all conventions are tried in their order, and only on rows that can match; each reads at most `HEAD`
characters. What no pattern of a convention reads (emphasis that marks show, rows that are nothing but a label, tags,
arrows) is read here, for the convention that claims it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.stages.layout import conventions
from onrecord.stages.layout.convention import Convention, Form, Reading
from onrecord.stages.layout.conventions._patterns import GENDERED
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Row
from onrecord.stages.layout.page import Page, strong_lead
from onrecord.stages.layout.ranges import trimmed
from onrecord.stages.layout.rows import HEAD
from onrecord.stages.layout.stamps import STAMP, clock
from onrecord.stages.layout.words import fold, folded

_VOICE_TAG = re.compile(r"<v(?:\.[\w.]+)?[ \t]+(?P<label>[^>\n]{1,80})>[ \t]*")
_TIMED = re.compile(rf"(?:{STAMP}[ \t]*(?:[-–—:|][ \t]*)?){{1,3}}(?=\S)")
_STAMP_ALONE = re.compile(rf"{STAMP}(?=\s|$)")
_CHEVRONS = re.compile(r"(?:>>+|&gt;&gt;|»)[ \t]*(?=\S)")
_BARE_LINE = re.compile(
    rf"(?P<label>[^\n:：\d]{{1,60}}+$|(?:[^\n:：]|{GENDERED}){{1,60}}?)"  # without digits there is no time
    rf"(?:[ \t]*[-–—,|·•]?[ \t]*(?P<t2>{STAMP})(?:[ \t]*\((?:edited|bearbeitet)\))?)?$"
)
_SENDER = re.compile(
    r"(?:[Ff]rom|[Vv]on|[Dd]e|[Kk]imden|[Оо]т)[ \t]+(?P<who>[^\n]{1,60}?)"
    r"(?:[ \t]+(?:to|an|à|a|para)[ \t]+[^\n]{1,60})?$"
)
_INTERESTING = re.compile("[:：∶꞉﹕\t—–―]|-| {3}|\u3000")
_DASH_AFTER = re.compile(r"[-–—][ \t]+(?=\S)")
_COUNTED = re.compile(r"\d{1,4}[.)]?[ \t]+(?=(?:Q|A|P|R|F|В|О|S|C)[.:：][ \t])")
"""The number of a line or question before the letter of a side, as in depositions."""
_CHAIRED = re.compile(r"Q\d{1,4}\.?[ \t]+[*_]{0,2}(?P<label>[A-Z][^:?\n*_]{1,50})[*_]{0,2}:[*_]{0,2}(?=[ \t])")
"""The number of a question before the name of who asks it, as committees print it (`Q12  Ms Hale: …`)."""
_DASHED = re.compile(r"\s[-–—]\s")


def scan(page: Page) -> list[Opening]:
    """Return the openings of all rows, at most one for each form and row, in the order of the text."""
    found: list[Opening] = []
    tagged = "<v" in page.text
    for number, row in enumerate(page.rows):
        if row.kind == "text" or row.kind == "heading":
            found += _scan_row(page, number, row, tagged=tagged)
    return [_in_cue(page, opening) for opening in found] if page.cued else found


def _in_cue(page: Page, opening: Opening) -> Opening:
    """Give the opening of a caption the times of its cue."""
    if opening.start_ms is not None:
        return opening
    start_ms, end_ms = page.cue_times(opening.at)
    return opening._replace(start_ms=start_ms, end_ms=end_ms)


def _voice_tags(page: Page, number: int, row: Row, start_ms: int | None) -> list[Opening]:
    """Read every voice tag of a row: captions joined to a line hold several."""
    found: list[Opening] = []
    convention = _reads("voice-tag")
    for match in _VOICE_TAG.finditer(page.text, row.first, row.last):
        start, end = match.span("label")
        label = read_label(page.text[start:end])
        name = fold(page.text[start:end]) or page.text[start:end]
        if found and found[-1].key == name:
            continue  # inside a line, a tag that repeats the voice is markup like any other
        at = row.first if not found and _only_time(page.text, row.first, match.start()) else match.start()
        found.append(Opening(number, at, convention, (start, end), name, match.end(), start_ms,
                             role=label.role))  # fmt: skip
    return found


def _only_time(text: str, start: int, end: int) -> bool:
    match = _STAMP_ALONE.match(text, start, end)
    return match is not None and not text[match.end() : end].strip()


def _scan_row(page: Page, number: int, row: Row, *, tagged: bool) -> list[Opening]:
    text, at = page.text, row.first
    if tagged and text.find("<v", at, row.last) >= 0 and (match := _VOICE_TAG.search(text, at, row.last)):
        return _voice_tags(page, number, row, clock(text[at : match.start()])[0])
    char = text[at]
    start_ms = end_ms = None
    chevron = stamped = False
    if char.isalpha() and char != "Q":
        pass  # the usual case: neither time nor sign stands before what may be a label
    elif (char.isdigit() or char in "[(<{\\") and (match := _TIMED.match(text, at, row.last)):
        start_ms, end_ms = clock(match.group())
        at, stamped = match.end(), True
        char = text[at]
    elif char == "Q" and (match := _CHAIRED.match(text, at, row.last)) and _names(match["label"]):
        at = match.start("label")
        char = text[at]
    elif char.isdigit() and (match := _COUNTED.match(text, at, row.last)):
        at = match.end()
        char = text[at]
    # »Wer da?«, fragte sie: the mark of a quotation that closes in its row, as German books print it.
    quoted = char == "»" and text.find("«", at, row.last) >= 0
    if char in ">&»" and not quoted and (match := _CHEVRONS.match(text, at, row.last)):
        at, chevron = match.end(), True
        char = text[at]
    limit = min(row.last, at + HEAD)
    found: list[Opening] = []
    if page.marks and char not in "*_<" and (lead := strong_lead(page, row, at)) is not None:
        found.extend(_marked(page, number, row, lead, start_ms))
    if not found:
        short = row.last - at <= 64
        if (
            char.isupper()
            or short
            or char in "*_<[({【「（#@\\"
            or _INTERESTING.search(text, at, limit)
            or text[at + 1 : at + 3].find(".") >= 0
        ):
            found.extend(_formed(page, number, row, at, limit, char, (start_ms, end_ms)))
    if row.kind == "heading" or row.last - at <= 64:
        found.extend(_bare(page, number, row, at, start_ms, stamped=stamped))
    if stamped:
        found = [_sent(text, opening._replace(stamped=True)) for opening in found]
    if chevron:
        found.append(Opening(number, row.first, _reads("arrows"), None, "", at, start_ms, end_ms))
    return found


def _formed(
    page: Page, number: int, row: Row, at: int, limit: int, char: str, times: tuple[int | None, int | None]
) -> list[Opening]:
    text = page.text
    fallback: list[Opening] | None = None
    absent: re.Pattern[str] | None = None
    for convention, form, stamps in _forms_for(conventions.REGISTRY, char):
        holds = form.holds
        if holds is not None and (holds is absent or holds.search(text, at, limit) is None):
            absent = holds  # several forms in a row ask for the same mark
            continue
        match = form.pattern.match(text, at, limit)
        if match is None:
            continue
        raw = match.group("label")
        sender = _SENDER.match(raw)
        label = read_label(sender.group("who") if sender is not None else raw)
        if label.kind == "bad" or (form.sides and label.kind != "side" and label.key not in _presiding()):
            continue
        if fallback is None and form.dash_first and _DASHED.search(raw) and not label.trusted:
            # `A - Foxes: they wait`: the dash may be what sets off the label
            fallback = _opening(page, number, row, convention, form, match, times, stamps)
            continue
        if fallback is not None and not (label.kind in ("side", "code", "initials") and len(raw) <= 3):
            break
        return _opening(page, number, row, convention, form, match, times, stamps)
    return fallback or []


_TIMES = ("t1", "t2", "t3")


@lru_cache(maxsize=4096)
def _forms_for(registry: conventions.Registry, char: str) -> tuple[tuple[Convention, Form, tuple[str, ...]], ...]:
    """The forms that are tried on a row whose first character is `char`, with the groups of times each can have."""
    return tuple(
        (convention, form, tuple(name for name in _TIMES if name in form.pattern.groupindex))
        for convention, form in registry.forms
        if not form.opens or char in form.opens
    )


def _opening(
    page: Page,
    number: int,
    row: Row,
    convention: Convention,
    form: Form,
    match: re.Match[str],
    times: tuple[int | None, int | None],
    stamps: tuple[str, ...],
) -> list[Opening]:
    """Read what a form has matched; a label alone on its line is one only if its convention says of which."""
    text = page.text
    start_ms, end_ms = times
    printed = [name for name in stamps if match[name]]
    for name in printed:
        start_ms, end_ms = clock(match[name])
    start, end = trimmed(text, *match.span("label"))
    if form.point_is_mark and end - start == 2 and text[end - 1] == ".":
        end -= 1  # `Q.   When`, `**Q.** When`: the point is the mark
    if form.dash_within:
        end = _before_dash(text, start, end)
    body = match.end()
    while body < row.last and text[body].isspace():
        body += 1
    if form.dash_after and (dash := _DASH_AFTER.match(text, body, row.last)):
        body = dash.end()
    known = read_label(text[start:end])
    own = body >= row.last
    read_as = conventions.REGISTRY.own_line.get(convention) if own else convention
    if (
        not own
        and known.key in folded("speaker_words")
        and (named := _named_after(text, number, body, row)) is not None
    ):
        return [named]
    if read_as is None:
        return []
    stamp = match.start("t3") if "t3" in printed and not own else None
    opening = Opening(
        number, row.first, read_as, (start, end), known.key, body, start_ms, end_ms, own, known.role,
        stamp=stamp, stamped=bool(printed),
    )  # fmt: skip
    return [opening]


def _named_after(text: str, number: int, body: int, row: Row) -> Opening | None:
    """Read the name after the word `Speaker:` that some protocols print before every label."""
    if row.last - body > 90:
        return None
    start, end = trimmed(text, body, row.last)
    known = read_label(text[start:end])
    if not (known.proper or known.trusted):
        return None
    convention = _reads("named-line")
    return Opening(number, row.first, convention, (start, end), known.key, row.last, own_line=True, role=known.role)


def _marked(page: Page, number: int, row: Row, lead: tuple[int, int], start_ms: int | None) -> list[Opening]:
    """Read a label a reader has marked as bold or italic, with its colon inside or outside."""
    text = page.text
    start, end = trimmed(text, *lead)
    if end - start > HEAD:
        colon = -1
    else:
        colon = min(
            (at for at in (text.find(mark, start, min(row.last, end + 3)) for mark in ":：") if at >= 0), default=-1
        )
    reading: Reading = "emphasis-colon"
    if colon < 0:
        if end - start > 60:
            return []
        body, label_end, reading = lead[1], end, "emphasis"
    else:
        body, label_end = colon + 1, min(colon, end)
        if text[body : body + 2].isdigit() or text.startswith("//", body):
            return []
    start, label_end = trimmed(text, start, label_end)
    if start >= label_end:
        return []
    known = read_label(text[start:label_end])
    if known.kind == "bad":
        return []
    after = ":：" if colon >= 0 or not text.startswith(". ", body) else ":：."
    while body < row.last and (text[body].isspace() or text[body] in after):
        body += 1
    if match := _STAMP_ALONE.match(text, body, row.last):
        start_ms = clock(match.group())[0]
        body = match.end()
        while body < row.last and text[body].isspace():
            body += 1
    own = body >= row.last
    convention = _reads(reading)
    read_as = conventions.REGISTRY.own_line.get(convention) if own else convention
    if read_as is None:
        return []
    return [Opening(number, row.first, read_as, (start, label_end), known.key, body, start_ms, None, own, known.role)]


def _bare(page: Page, number: int, row: Row, at: int, start_ms: int | None, *, stamped: bool) -> list[Opening]:
    """Read a row that is nothing but a label without a mark (`ANNA LEE`, `Anna Lee  00:12`)."""
    text = page.text
    match = _BARE_LINE.match(text, at, row.last)
    if match is None or row.bullet:
        return []
    start, end = trimmed(text, match.start("label"), match.end("label"))
    if start >= end or (text[end - 1] in ".?!,;…。？！，" and not text[end - 2 : end - 1].isupper()):
        return []
    if end - start == 2 and text[end - 1] == ".":
        end -= 1  # `Q.` with nothing after it: the point is the mark, as on the rows that have words
    known = read_label(text[start:end])
    if known.kind in ("bad", "phrase"):
        return []
    end_ms = None
    if match.group("t2"):
        (start_ms, end_ms), stamped = clock(match.group("t2")), True
    reading: Reading = "heading" if row.kind == "heading" else "line-time" if stamped else "line"
    return [
        Opening(number, row.first, _reads(reading), (start, end), known.key, row.last, start_ms, end_ms, own_line=True,
                role=known.role, stamped=stamped)
    ]  # fmt: skip


def _sent(text: str, opening: Opening) -> Opening:
    """Read the sender's name in the label of a chat's export (`From Ada to Everyone`)."""
    if opening.label is None or (match := _SENDER.match(text, *opening.label)) is None:
        return opening
    known = read_label(match.group("who"))
    return opening if known.kind == "bad" else opening._replace(label=match.span("who"), key=known.key, role=known.role)


def _reads(reading: Reading) -> Convention:
    return conventions.REGISTRY.reading[reading]


def _names(raw: str) -> bool:
    known = read_label(raw)
    return known.proper or known.trusted


def _before_dash(text: str, start: int, end: int) -> int:
    """Return where a label ends that has its dash inside the emphasis (`**А.К. —** Когда`)."""
    while end > start + 1 and text[end - 1] in "—–- ":
        end -= 1
    return end


@cache
def _presiding() -> frozenset[str]:
    return folded("presiding") | folded("chairs")
