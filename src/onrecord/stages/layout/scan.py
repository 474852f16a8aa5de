"""Openings: the places where a label of some form is printed at the beginning of a row.

Each `Form` is one way to print a label: what its rows begin with or contain, and a pattern for the label. The
patterns are tried in order and only on rows that can match; every one reads at most `HEAD` characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Row
from onrecord.stages.layout.page import Page, strong_lead
from onrecord.stages.layout.rows import HEAD
from onrecord.stages.layout.words import fold, folded

TIME = r"(?:\d{1,2}:)?\d{1,3}:\d{1,2}(?:[.,:]\d{1,3})?"
_SECONDS = r"[\[(]\d{1,6}(?:\.\d{1,3})?s?\s*(?:-->|[-–—])\s*\d{1,6}(?:\.\d{1,3})?s?[\])]"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?:[Tt]oday|[Yy]esterday)(?: at)?)"
_CLOCK_TIME = rf"(?:{_DATE},?[ T\u00a0]{{1,2}})?{TIME}Z?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?)?"
_AGO = r"(?:\d{1,5} points?[ ]+)?\d{1,3} (?:second|minute|hour|day|week|month|year)s? ago"
_STAMP = (
    rf"(?:{_SECONDS}|\\?[\[(<{{]?[~≈]?{_CLOCK_TIME}(?:\s*(?:-->|[-–—])\s*{TIME})?\\?[\])>}}]?"
    rf"|[\[(]?{_AGO}[\])]?)"
)
_EM = r"(?:[*_]|'{2,3}|</?(?:b|strong|i|em|u)>)"
_TAGS = r"(?:[biuc]|em|font|lang|ruby|rt|strong)\b"
_COLON = "[:：∶꞉﹕]"
_NAME = r"[A-Z][A-Za-z’'-]+"
_TITLED = (
    r"(?:The (?:Chair(?:man|woman|person)?|Clerk|President|Speaker|Presiding Officer|Reporter|Court)"
    r"|(?:Vice |Madam )?(?:Mr\.|Mrs\.|Ms\.|Dr\.|Miss|Senator|Chair(?:man|woman|person)?|Representative"
    r"|Congress(?:man|woman)|Commissioner|Secretary|Director|Judge|Justice|Governor|General|Admiral|Ambassador|Professor|President)"
    rf" {_NAME}(?: (?:{_NAME}|de|la|von|van|der|del)){{0,3}})"
)
"""A person with a title in mixed case: the only names that a point may set off as label."""
_TITLED_ROMANCE = (
    r"(?:MM?\.|Mmes?|Mlle|Sra?\.|El señor|La señora|O Sr\.|A Sra\.) "
    r"(?:l[ea] |l['’])?[^\W\d_][\w’'-]*(?:[ -][^\W\d_][\w’'-]*){0,4}(?:, [^.,:\n]{1,60})?"
)
_CAPITALS = (
    r"[^\W\d_a-z][^\W\d_a-z’'-]{2,19}(?:[ ][^\W\d_a-z][^\W\d_a-z.’'-]{0,19}){0,4}"
    r"(?:[ ]\([^()\n]{1,60}\))?(?:, [^.,:\n]{3,80})?"
)
"""A name in capitals with its group or office, as plays and protocols print it (`ADA LIND, Minister.`)."""
_INITIALLED = r"[А-ЯЁІЇЄҐ][\w’'-]{1,30}[ \u00a0](?:[А-ЯЁІЇЄҐ]\.[ \u00a0]?){1,2}(?<=\.)"
"""A surname and initials (`Лунин С. П.`), as protocols of Cyrillic languages print it: the last point is its own."""
_AFTER_LABEL = r"[ \t\u00a0\-–—,|\\\[(<{~≈\dTtYy:：∶꞉﹕]"
"""What a time or a colon can begin with: asked first, since a label ends in one place and goes on in most."""
_AFTER = rf"(?:[ \t\u00a0]*(?P<t3>{_STAMP})(?=\s|$))?"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to print a label. `opens`: first characters of its rows; `holds`: characters one of which a row has.

    `sides`: only words that name a side of the exchange are labels of this form.
    """

    name: str
    pattern: re.Pattern[str]
    opens: str = ""
    holds: str = ""
    sides: bool = False


def _form(name: str, pattern: str, opens: str = "", holds: str = "", *, sides: bool = False) -> Form:
    return Form(name, re.compile(pattern), opens, holds, sides)


FORMS: tuple[Form, ...] = (
    _form("label-angle", rf"<(?!{_TAGS})[@+%&~ ]?(?P<label>[^\s<>/\n][^<>\n:]{{0,40}})>[ \t]*{_COLON}?", opens="<"),
    _form(
        "label-colon-strong",
        rf"{_EM}++[ \t]?(?P<label>[^:：\n*]{{1,90}}?)(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{_STAMP}))?[ \t]*"
        rf"(?:{_COLON}+[ \t]*{_EM}++[ \t]*{_COLON}?|"
        rf"{_EM}++[ \t]*(?:\([^()\n]{{1,60}}\)[ \t]*){{0,3}}{_COLON}+){_AFTER}",
        opens="*_<'",
    ),
    _form("label-colon-strong", rf"{_EM}++(?P<label>[^:：\n*]{{1,60}}?){_COLON}(?=\s|[^\s\d/])", opens="*_<'"),
    _form(
        "label-strong",
        rf"{_EM}++[ \t]?(?P<label>[^:：\n*_<>]{{1,60}}?){_EM}++(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{_STAMP}))?"
        rf"(?:[ \t]+[-–—|][ \t]+)?(?=\s|$)",
        opens="*_<'",
    ),
    _form("label-star", r"\*(?P<label>[A-Z][A-Z0-9]{1,6}):[\t ]", opens="*"),
    _form(
        "label-colon",
        r"\[(?P<label>[^\[\]\n:]{1,60}?)\]:(?=[ \t])",
        opens="[",
    ),
    _form(
        "label-bracket",
        rf"\\?[\[(【{{「（]{{1,2}}(?P<label>[^\[\](){{}}【】「」（）\n:：]{{1,60}}?)"
        rf"(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{TIME}))?"
        rf"\\?[\])】}}」）]{{1,2}}[ \t]*{_COLON}?{_AFTER}",
        opens="[(【{「（\\",
    ),
    _form(
        "label-colon",
        r"(?P<label>(?:[^\n:：∶\t(]|\([^()\n]{0,90}\)?){1,90}?)"
        rf"(?={_AFTER_LABEL})"
        rf"(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{_STAMP}))?[ \t\u00a0]*{_COLON}{{1,2}}"
        rf"(?![/\\)(]|\d\d\b){_AFTER}",
        holds=":：∶꞉﹕",
    ),
    _form("label-hash", r"[#@](?P<label>[^\s#@:：]{1,30})(?::?[ \t]+|:?$)", opens="#@"),
    _form(
        "label-tab",
        rf"(?P<label>[^\t\n:：]{{1,40}}?)[ ]*\t+[ ]*(?P<t2>(?:{TIME}[ ]*\t+[ ]*){{1,3}})?(?=\S)",
        holds="\t",
    ),
    _form("label-columns", r"(?P<label>[^\s:：][^\n:：]{0,30}?)(?: {3,}|\u3000)(?=\S)", holds=" \u3000"),
    _form(
        "label-dash",
        r"(?P<label>(?:[^\W\d_]\.[ ]?){1,4}|[^\n:：—–.?!,;\"“”«»]{1,40}?(?:\.|\([^()\n]{1,30}\))?)"
        rf"(?:[ \t]*[—–―][ \t]*|[ \t]--?[ \t]|[ \t]?-(?=[^\W\d_]))(?:(?P<t2>{_STAMP})[ \t]*[—–―-][ \t]*)?(?=\S)",
        holds="—–―-",
    ),
    _form("label-dot", rf"(?P<label>{_TITLED_ROMANCE})\.(?=[ ])", holds="."),
    _form("label-dot", rf"(?P<label>{_INITIALLED}(?:, [^.,:\n]{{3,80}}(?=\.))?)\.?(?=[ ])", holds="."),
    _form(
        "label-dot",
        r"(?P<label>[^\W\d_]{1,2}|[^\W\d_]{1,12}(?=\.[ \t]?[-–—]))\.(?:[ \t]?[-–—])?(?=[ \t]*[^\s.])",
        holds=".",
    ),
    _form(
        "label-dot",
        r"(?P<label>(?:[A-Z][A-Za-z.’'-]*[ ]){1,4}[A-Z][A-Z’'-]{2,}(?:[ ]of[ ][A-Z][a-z ]+)?)\.(?=[ ])",
        holds=".",
    ),
    _form("label-dot", rf"(?P<label>{_TITLED})\.(?=[ ])", holds="."),
    _form("label-dot", rf"(?P<label>{_CAPITALS})\.(?=[ ])", holds="."),
    _form("label-dot", r"(?P<label>[^\W\d_]{1,12}[ ](?:[Nn]o\.?[ ])?\d{1,3})\.(?=[ ])", holds="."),
    _form("label-dot", r"(?P<label>[^\W\d_]{3,24})\.(?:[ \t]?[-–—])?(?=[ ])", holds=".", sides=True),
    _form("label-dot", r"(?P<label>[^\W\d_]{1,2}\d{1,3})\.(?=[ ])", holds="."),
    _form("label-bar", r"(?P<label>[^\n:：/|.?!,;\"“”«»]{1,40}?)[ \t]+[/|][ \t]+(?=\S)", holds="/|"),
    _form(
        "label-letter",
        r"(?P<label>Q|A|P|R|F|S|C|问|答|問|В|О)[ \t\u3000]+(?=[^\W\d_a-zа-я]|[\"“«¿\d])",
        holds=" \t\u3000",
    ),
)  # fmt: skip
"""All the ways to print a label on the row of its turn, in the order in which they are tried."""

_VOICE_TAG = re.compile(r"<v(?:\.[\w.]+)?[ \t]+(?P<label>[^>\n]{1,80})>[ \t]*")
_TIMED = re.compile(rf"(?:{_STAMP}[ \t]*(?:[-–—:|][ \t]*)?){{1,3}}(?=\S)")
_STAMP_ALONE = re.compile(rf"{_STAMP}(?=\s|$)")
_CHEVRONS = re.compile(r"(?:>>+|&gt;&gt;|»)[ \t]*(?=\S)")
_BARE_LINE = re.compile(
    rf"(?P<label>[^\n:：]{{1,60}}?)(?:[ \t]*[-–—,|·•]?[ \t]*(?P<t2>{_STAMP})(?:[ \t]*\((?:edited|bearbeitet)\))?)?$"
)
_SENDER = re.compile(
    r"(?:[Ff]rom|[Vv]on|[Dd]e|[Kk]imden|[Оо]т)[ \t]+(?P<who>[^\n]{1,60}?)"
    r"(?:[ \t]+(?:to|an|à|a|para)[ \t]+[^\n]{1,60})?$"
)
_INTERESTING = re.compile("[:：∶꞉﹕\t—–―]|-| {3}|\u3000")
_CLOCK = re.compile(r"(\d+)")
_TIMES = re.compile(TIME)
_OF_THE_DAY = re.compile(rf"{_DATE}|ago|[AaPp]\.?[Mm]\b")
_DASH_AFTER = re.compile(r"[-–—][ \t]+(?=\S)")
_COUNTED = re.compile(r"\d{1,4}[.)]?[ \t]+(?=(?:Q|A|P|R|F|В|О|S|C)[.:：][ \t])")
"""The number of a line or question before the letter of a side, as in depositions."""
_CHAIRED = re.compile(r"Q\d{1,4}\.?[ \t]+[*_]{0,2}(?P<label>[A-Z][^:?\n*_]{1,50})[*_]{0,2}:[*_]{0,2}(?=[ \t])")
"""The number of a question before the name of who asks it, as committees print it (`Q12  Ms Hale: …`)."""
_DASHED = re.compile(r"\s[-–—]\s")


def scan(page: Page) -> list[Opening]:
    """Return the openings of all rows, at most one for each form and row, in the order of the text."""
    found: list[Opening] = []
    for number, row in enumerate(page.rows):
        if row.kind in ("text", "heading"):
            found.extend(_scan_row(page, number, row))
    return [_in_cue(page, opening) for opening in found] if page.cued else found


def _in_cue(page: Page, opening: Opening) -> Opening:
    """Give the opening of a caption the times of its cue."""
    if opening.start_ms is not None:
        return opening
    start_ms, end_ms = page.cue_times(opening.at)
    return replace(opening, start_ms=start_ms, end_ms=end_ms)


def _voice_tags(page: Page, number: int, row: Row, start_ms: int | None) -> list[Opening]:
    """Read every voice tag of a row: captions joined to a line hold several."""
    found: list[Opening] = []
    for match in _VOICE_TAG.finditer(page.text, row.first, row.last):
        start, end = match.span("label")
        label = read_label(page.text[start:end])
        name = fold(page.text[start:end]) or page.text[start:end]
        if found and found[-1].key == name:
            continue  # inside a line, a tag that repeats the voice is markup like any other
        at = row.first if not found and _only_time(page.text, row.first, match.start()) else match.start()
        found.append(Opening(number, at, "label-voice-tag", (start, end), name, match.end(), start_ms,
                             role=label.role))  # fmt: skip
    return found


def _only_time(text: str, start: int, end: int) -> bool:
    match = _STAMP_ALONE.match(text, start, end)
    return match is not None and not text[match.end() : end].strip()


def _scan_row(page: Page, number: int, row: Row) -> list[Opening]:
    text, at = page.text, row.first
    if text.find("<v", at, row.last) >= 0 and (match := _VOICE_TAG.search(text, at, row.last)):
        return _voice_tags(page, number, row, clock(text[at : match.start()])[0])
    char = text[at]
    start_ms = end_ms = None
    chevron = stamped = False
    if (char.isdigit() or char in "[(<{\\") and (match := _TIMED.match(text, at, row.last)):
        start_ms, end_ms = clock(match.group())
        at, stamped = match.end(), True
        char = text[at]
    elif char == "Q" and (match := _CHAIRED.match(text, at, row.last)) and _names(match["label"]):
        at = match.start("label")
        char = text[at]
    elif char.isdigit() and (match := _COUNTED.match(text, at, row.last)):
        at = match.end()
        char = text[at]
    if char in ">&»" and (match := _CHEVRONS.match(text, at, row.last)):
        at, chevron = match.end(), True
        char = text[at]
    limit = min(row.last, at + HEAD)
    found: list[Opening] = []
    if page.marks and char not in "*_<" and (lead := strong_lead(page, row, at)) is not None:
        found.extend(_marked(page, number, row, lead, start_ms))
    if not found:
        short = row.last - at <= 64
        if (
            char in "*_<[({【「（#@\\"
            or short
            or _INTERESTING.search(text, at, limit)
            or text[at + 1 : at + 3].find(".") >= 0
            or char.isupper()
        ):
            found.extend(_formed(page, number, row, at, limit, char, (start_ms, end_ms)))
    if row.kind == "heading" or row.last - at <= 64:
        found.extend(_bare(page, number, row, at, start_ms, stamped=stamped))
    if stamped:
        found = [_sent(text, replace(opening, stamped=True)) for opening in found]
    if chevron:
        found.append(Opening(number, row.first, "chevron", None, "", at, start_ms, end_ms))
    elif start_ms is not None and not found:
        found.append(Opening(number, row.first, "time-lead", None, "", at, start_ms, end_ms))
    return found


def _formed(
    page: Page, number: int, row: Row, at: int, limit: int, char: str, times: tuple[int | None, int | None]
) -> list[Opening]:
    text = page.text
    fallback: tuple[Form, re.Match[str]] | None = None
    for form in FORMS:
        if form.opens:
            if char not in form.opens:
                continue
        elif form.holds and not any(text.find(mark, at, limit) >= 0 for mark in form.holds):
            continue
        match = form.pattern.match(text, at, limit)
        if match is None:
            continue
        raw = match.group("label")
        sender = _SENDER.match(raw)
        label = read_label(sender.group("who") if sender is not None else raw)
        if label.kind == "bad" or (form.sides and label.kind != "side" and label.key not in folded("presiding")):
            continue
        if fallback is None and form.name == "label-colon" and _DASHED.search(raw) and not label.trusted:
            fallback = (form, match)  # `A - Foxes: they wait`: the dash may be what sets off the label
            continue
        if fallback is not None and not (label.kind in ("side", "code", "initials") and len(raw) <= 3):
            break
        return [_opening(page, number, row, form.name, match, times)]
    return [_opening(page, number, row, fallback[0].name, fallback[1], times)] if fallback is not None else []


def _opening(
    page: Page, number: int, row: Row, form: str, match: re.Match[str], times: tuple[int | None, int | None]
) -> Opening:
    text = page.text
    groups = match.groupdict()
    start_ms, end_ms = times
    for name in ("t2", "t3"):
        if groups.get(name):
            start_ms, end_ms = clock(groups[name])
    start, end = trimmed(text, match.start("label"), match.end("label"))
    if form in ("label-columns", "label-strong") and end - start == 2 and text[end - 1] == ".":
        end -= 1  # `Q.   When`, `**Q.** When`: the point is the mark
    if form == "label-strong":
        end = _before_dash(text, start, end)
    body = match.end()
    while body < row.last and text[body].isspace():
        body += 1
    if form.startswith("label-colon") and (dash := _DASH_AFTER.match(text, body, row.last)):
        body = dash.end()
    known = read_label(text[start:end])
    own = body >= row.last
    name = f"{form}-line" if own else form
    if (
        not own
        and known.key in folded("speaker_words")
        and (named := _named_after(text, number, body, row)) is not None
    ):
        return named
    stamped = bool(groups.get("t2") or groups.get("t3"))
    stamp = match.start("t3") if groups.get("t3") and not own else None
    return Opening(
        number, row.first, name, (start, end), known.key, body, start_ms, end_ms, own, known.role,
        stamp=stamp, stamped=stamped,
    )  # fmt: skip


def _named_after(text: str, number: int, body: int, row: Row) -> Opening | None:
    """Read the name after the word `Speaker:` that some protocols print before every label."""
    if row.last - body > 90:
        return None
    start, end = trimmed(text, body, row.last)
    known = read_label(text[start:end])
    if not (known.proper or known.trusted):
        return None
    return Opening(
        number, row.first, "label-colon-line", (start, end), known.key, row.last, own_line=True, role=known.role
    )


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
    strong = "label-colon-strong"
    if colon < 0:
        if end - start > 60:
            return []
        body, label_end, strong = lead[1], end, "label-strong"
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
    return [
        Opening(
            number,
            row.first,
            f"{strong}-line" if own else strong,
            (start, label_end),
            known.key,
            body,
            start_ms,
            None,
            own,
            known.role,
        )
    ]


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
    form = "label-heading" if row.kind == "heading" else "label-line-time" if stamped else "label-line"
    return [
        Opening(number, row.first, form, (start, end), known.key, row.last, start_ms, end_ms, own_line=True,
                role=known.role, stamped=stamped)
    ]  # fmt: skip


def _sent(text: str, opening: Opening) -> Opening:
    """Read the sender's name in the label of a chat's export (`From Ada to Everyone`)."""
    if opening.label is None or (match := _SENDER.match(text, *opening.label)) is None:
        return opening
    known = read_label(match.group("who"))
    return opening if known.kind == "bad" else replace(opening, label=match.span("who"), key=known.key, role=known.role)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without blanks and markup at its ends."""
    edges = " \t\u00a0\u3000*_\u200b\ufeff:："
    while start < end and (text[start] in edges or text.startswith("''", start)):
        start += 1 + (text[start] == "'") + text.startswith("'''", start)
    while end > start and (text[end - 1] in edges or text.endswith("''", start, end)):
        end -= 1 + (text[end - 1] == "'") + text.endswith("'''", start, end)
    return min(start, end), end


def _names(raw: str) -> bool:
    known = read_label(raw)
    return known.proper or known.trusted


def _before_dash(text: str, start: int, end: int) -> int:
    """Return where a label ends that has its dash inside the emphasis (`**А.К. —** Когда`)."""
    while end > start + 1 and text[end - 1] in "—–- ":
        end -= 1
    return end


def clock(stamp: str) -> tuple[int | None, int | None]:
    """Return start and end in milliseconds of a printed time or range of times (`00:01:02.500`, `1:02 - 1:09`).

    A time of the day (`9:14 AM`, or one with a date) is no place in a recording: it gives none.
    """
    if _OF_THE_DAY.search(stamp):
        return None, None
    values = [_milliseconds(piece.strip(":")) for piece in _TIMES.findall(stamp)[:2]]
    return values[0] if values else None, values[1] if len(values) > 1 else None


def _milliseconds(stamp: str) -> int | None:
    whole, _, fraction = stamp.replace(",", ".").partition(".")
    parts = [int(part) for part in _CLOCK.findall(whole)[:4]]
    if not 2 <= len(parts) <= 3:
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds * 1000 + (int(f"{fraction[:3]:0<3}") if fraction.isdigit() else 0)
