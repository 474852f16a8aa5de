"""Where the interview ends, and which rows between its turns are nobody's speech.

After the last label or question everything could be speech. What ends it: headings of end matter (`Comments`),
lines that open with a word no voice has (`Note:`, `Photo:`), bylines, notes about the text, rows wholly in brackets
or italics where speech never is, and whatever follows a style of turns that never goes on for a second paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from onrecord.stages.layout.front import byline_facts
from onrecord.stages.layout.labels import read_label
from onrecord.stages.layout.model import Opening, Row
from onrecord.stages.layout.page import Page, is_end_matter, is_signature
from onrecord.stages.layout.speech import is_personal, needs_pronouns
from onrecord.stages.layout.words import events, fold, folded, within
from onrecord.stages.layout.words import opening as opens_with

_LABELLED = re.compile(r"(?P<label>[^\n:：]{1,40}?)[ \t\u00a0]?[:：](?=\s|[^\s\d/])")
_BRACKETED = re.compile(r"\\?[(\[（【][^\n]{3,400}\\?[)\]）】][.。]?$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,20}\]:|\*{1,3} ?(?=[A-ZÀ-Þ\"“])(?!.*\*)|†|‡")
EXAMINES = (
    r"(?:BY|(?:Further |Cross-|Re-)?(?:[Qq]uestions|[Qq]uestioned|[Ee]xamination|[Ee]xamined)(?: in chief)? "
    r"(?:from|by))"
)
_EXAMINER = re.compile(
    rf"{EXAMINES} "
    r"(?:MR|MS|MRS|MISS|DR|SIR|LORD|LADY|Mr|Ms|Mrs|Dr)\.? [A-Z][\w .'’-]+:?$"
)
_OATH = re.compile(r"(?:[^\W\d_a-z]|(?<!^)[ .'’-]){4,60},? \(?(?:affirmed|sworn|called|recalled|continued)\)?$")
"""What a reporter notes between turns: who examines, and that a witness is sworn."""
_REFERENCE = re.compile(r"[\w.,!?;:]\*(?=\s*$)", re.MULTILINE)
_TIER = re.compile(r"%[a-z]{3,5}:")
_ENDS = '.?!…。？！”"»؟:'
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|https?://|www\.")
_FULL_NAME = re.compile(
    r"[*_]{0,3}[A-ZÀ-ÞА-Я][\w.'’-]+(?: [A-ZÀ-ÞА-Я][\w.'’-]*| (?:de|von|van|der|di|da|al)){1,3}[*_]{0,3},? "
)
_RECORD_NUMBER = re.compile(r"\d{1,4}(?:-\d{1,4}){2,}$")
_RIGHTS = re.compile(r"©|\([Cc]\) (?=\d{4})|Copyright\b|(?:doi|DOI|ISBN|ISSN):? ?[\dh]")
_CREDITS = 4
"""So many short lines at most sign a text."""
_NEARBY = 5000
_SHORT = 60
_BIOGRAPHY = 400
_PROCEEDING = 100
_TOLD = 80
"""A last paragraph that is shorter may be speech even if nobody says `I` or `you` in it."""
_HEADINGS = 20
"""So many headings of end matter between turns are looked at, so that a page full of them costs no more."""


def end_row(page: Page, openings: list[Opening]) -> int:
    """Return the row from which on nothing is part of the interview any more."""
    if not openings:
        return len(page.rows)
    last = _last_before_comments(page, openings)
    stop = len(page.rows) if last is openings[-1] else _first_end_matter(page, last.row + 1)
    after = _continuations(page, openings)
    single = _one_paragraph_each(page, openings, after)
    bulleted = any(row.bullet for row in after)
    styles = _styles(page, after)
    ends = punctuated(page, openings)
    spoken = 0
    blank = False
    for number in range(last.row, stop):
        row = page.rows[number]
        if row.kind == "blank":
            blank = True
            continue
        if page.marks and page.said(number):
            spoken += 1
            continue
        if number > last.row and (is_end_matter(page, row) or is_signature(page, row)):
            return number
        if row.kind not in ("text", "caption"):
            continue
        begins = blank or not page.wrapped
        starts_here = number == last.row and not last.own_line
        if (
            spoken
            and begins
            and not starts_here
            and (
                _is_apart(page, row, single=single, bulleted=bulleted, styles=styles)
                or (ends and _signs(page, number, stop))
            )
        ):
            return number
        if row.kind == "text" and (not last.own_line or number > last.row):
            spoken += 1
        blank = False
    return stop


def _first_end_matter(page: Page, first: int) -> int:
    for number in range(first, len(page.rows)):
        if is_end_matter(page, page.rows[number]):
            return number
    return len(page.rows)


def _last_before_comments(page: Page, openings: list[Opening]) -> Opening:
    """Return the last opening of the interview: readers' comments after it have labels, too, but new ones."""
    by_row = {opening.row: position for position, opening in enumerate(openings)}
    position = 0
    looked = 0
    if page.marks and all(page.said(opening.row) for opening in (openings[0], openings[-1])):
        return openings[-1]
    for number in range(openings[0].row, openings[-1].row):
        position = by_row.get(number, position)
        if (
            looked < _HEADINGS
            and 2 * position + 2 >= len(openings)
            and is_end_matter(page, page.rows[number])
            and number not in by_row
        ):
            looked += 1
            before = {opening.key for opening in openings[: position + 1]}
            after = {opening.key for opening in openings[position + 1 :]}
            if not before & after or all(opening.role is None and not opening.key for opening in openings):
                return openings[position]
    return openings[-1]


def _signs(page: Page, number: int, stop: int) -> bool:
    """Whether row `number` and all that follow are short and end no sentence: names, an issue, a date."""
    rest = [row for row in page.rows[number : min(stop, number + 4 * _CREDITS)] if row.kind == "text"]
    return len(rest) <= _CREDITS and all(not row.bullet and _is_credit(page.shown(row)) for row in rest)


def _is_credit(shown: str) -> bool:
    """Whether a line may name people or an issue: half of its words are capitalised; `END` is a transcriber's note."""
    words = [word.lstrip('"“„«»(') for word in shown.split()]
    named = sum(word[:1].isupper() for word in words) >= 0.5 * len(words)
    note = shown.isupper() and not any(map(str.isdigit, shown))
    return named and not note and len(shown) <= _SHORT and shown[-1] not in _ENDS + ",;-–—)]"


def _is_apart(page: Page, row: Row, *, single: str, bulleted: bool, styles: set[str]) -> bool:
    """Whether a paragraph after the last turn's first is no speech."""
    text, first, last = page.text, row.first, row.last
    if row.kind == "caption" or single == "many":
        return True
    if single == "some" and last - first >= _TOLD and needs_pronouns(page) and not is_personal(text[first:last]):
        return True
    if row.bullet and not bulleted:
        return True
    if is_announcement(text, first, last):
        return True
    if last - first <= 500 and within("edited").search(text, first, last):
        return True
    if row.strong and row.strong not in styles:
        return True
    if last - first <= 200 and _RIGHTS.match(text, first, last):
        return True
    if last - first <= 300 and within("outros").search(text, first, last):
        return True
    if last - first <= 120 and _ADDRESS.search(text, first, last):
        return True
    if last - first >= 15 and _BRACKETED.match(text, first, last) and "bracket" not in styles:
        return True
    return (last - first <= 120 and bool(byline_facts(text, first, last))) or is_biography(text, first, last)


def is_biography(text: str, first: int, last: int) -> bool:
    """Whether a paragraph says of somebody in full what they do (`Ida Frost writes about rivers.`)."""
    if last - first > _BIOGRAPHY or text[first] in '"“„«':
        return False
    match = _FULL_NAME.match(text, first, min(last, first + 80))
    return match is not None and opens_with("biography").match(text, match.end(), last) is not None


def is_announcement(text: str, first: int, last: int) -> bool:
    """Whether a paragraph opens with a word and a colon that no voice has (`Next week: …`)."""
    match = _LABELLED.match(text, first, min(last, first + 60))
    return match is not None and _is_no_label(match.group("label"))


def _is_no_label(raw: str) -> bool:
    key = fold(raw)
    return read_label(raw).kind in ("bad", "word") and (key in folded("not_labels") or key in folded("end_matter"))


def _continuations(page: Page, openings: list[Opening]) -> list[Row]:
    """Return the rows of text after the first paragraph of every turn but the last."""
    found: list[Row] = []
    for opening, following in pairwise(openings):
        rows = [
            page.rows[number]
            for number in range(opening.row + 1, following.row)
            if page.rows[number].kind == "text" and not is_note(page, page.rows[number])
        ]
        found += rows[1:] if opening.own_line else rows
    return found


def _one_paragraph_each(page: Page, openings: list[Opening], after: list[Row]) -> str:
    """Say whether no turn goes on for a second paragraph, in an exchange of some (five) or many (eight) turns."""
    if len(openings) < 5 or page.wrapped or after:
        return ""
    return "many" if len(openings) >= 8 else "some"


def _styles(page: Page, after: list[Row]) -> set[str]:
    """Return the styles of whole paragraphs that turns have."""
    found: Counter[str] = Counter()
    for row in after:
        if row.strong:
            found[row.strong] += 1
        elif _BRACKETED.match(page.text, row.first, row.last):
            found["bracket"] += 1
    return set(found)


def is_nobodys(page: Page, row: Row) -> bool:
    """Whether a row inside a turn is no speech wherever it stands: a footnote, a related link, who examines.

    So is a pull quote, which repeats in a block of its own what is said nearby.
    """
    text, first, last = page.text, row.first, row.last
    if text[first].isdigit() and _RECORD_NUMBER.match(text, first, last):
        return True
    if (row.quoted or page.in_quotation(row)) and _is_repeated(text, first, last):
        return True
    char = text[first]
    if char == "[" and _FOOTNOTE.match(text, first, last):
        return True
    if char == "%" and _TIER.match(text, first, last):
        return True
    if char.isupper() and last - first <= 90 and (_EXAMINER.match(text, first, last) or _OATH.match(text, first, last)):
        return True
    if char == "*" and row.bullet is None and row.strong is None and _FOOTNOTE.match(text, first, last):
        return True
    if last - first > 160:
        return False
    if row.bullet in ("*", "†") and _REFERENCE.search(text, max(0, first - 1000), first):
        return True
    match = _LABELLED.match(text, first, min(last, first + 40))
    if match is None:
        return False
    key = fold(match.group("label"))
    return key in folded("related") or key in folded("ads")


def _is_repeated(text: str, first: int, last: int) -> bool:
    """Whether the words of a short row stand once more within some paragraphs of it."""
    words = text[first:last].strip(' "“”„«»*_.…')
    if not 20 <= len(words) <= 300:
        return False
    return text.find(words, max(0, first - _NEARBY), first) >= 0 or text.find(words, last, last + _NEARBY) >= 0


def is_note(page: Page, row: Row) -> bool:
    """Whether a row is a short note on a line of its own: something happens, nobody speaks.

    It stands in brackets, or says that somebody joins or leaves, or how a meeting goes on.
    """
    start, end = row.first, row.last
    while row.strong and start < end - 1 and page.text[start] in "*_" and page.text[end - 1] == page.text[start]:
        start, end = start + 1, end - 1
    return (
        is_proceeding(page, row)
        or _is_cue(page.text, row)
        or (
            end - start <= 120
            and page.text[start] in "([（【"
            and not row.bullet
            and _BRACKETED.match(page.text, start, end) is not None
        )
    )


def _is_cue(text: str, row: Row) -> bool:
    """Whether a short row tells the studio what to play (`SOUND: RAIN.`)."""
    if not text[row.first].isupper() or row.last - row.first > _PROCEEDING:
        return False
    match = _LABELLED.match(text, row.first, min(row.last, row.first + 40))
    return match is not None and match["label"].isupper() and fold(match["label"]) in folded("cues")


def is_proceeding(page: Page, row: Row) -> bool:
    """Whether a short row tells what happens (`Ada Lind left the meeting`, `The hearing closed at noon.`)."""
    text, first, last = page.text, row.first, row.last
    if row.kind != "text" or last - first > _PROCEEDING or text[last - 1] in "?!":
        return False
    shown = text[first:last]
    if shown.isupper() and shown[0].isalpha() and fold(shown) in events():
        return True
    return _comes_or_goes(text, first, last) or (
        opens_with("proceedings").match(text, first, last) is not None
        and within("proceeding_verbs").search(text, first, last) is not None
    )


def _comes_or_goes(text: str, first: int, last: int) -> bool:
    found = within("presence").search(text, first, last)
    if found is None:
        return False
    who, rest = text[first : found.start()].strip(" *-•→←"), text[found.end() : last].strip(" .")
    named = text[first] in "*-→←" or not who[:1].islower()
    return named and who.count(" ") <= 3 and (rest.startswith("#") or rest.count(" ") <= 2)


def is_summary(page: Page, row: Row) -> bool:
    """Whether a row opens what a secretary writes between turns (`Summary: …`, `Action items`)."""
    if row.kind != "text" or row.bullet or not page.text[row.first].isupper():
        return False
    match = _LABELLED.match(page.text, row.first, min(row.last, row.first + 40))
    shown = match.group("label") if match is not None else page.shown(row) if row.last - row.first <= 40 else ""
    return bool(shown) and shown[-1] not in _ENDS and fold(shown) in folded("summary_heads")


def announces(page: Page, number: int, by_row: dict[int, list[Opening]], *, punctuated: bool) -> bool:
    """Whether a row is no speech but announces the next turn: a bare side (`答`), a bold line, a title of a part."""
    row = page.rows[number]
    if row.kind != "text" or row.last - row.first > 90:
        return False
    following = page.next_text(number)
    if following is None or following not in by_row:
        return False
    if row.last - row.first <= 12 and read_label(page.shown(row)).kind == "side":
        return True
    if by_row[following][0].form.family == "form":
        return False
    if row.strong == "bold":
        return True
    alone = number > 0 and page.rows[number - 1].kind == "blank" and page.rows[number + 1].kind == "blank"
    shown = page.shown(row)
    title = shown[0].isupper() or shown[0].isdigit()
    return punctuated and alone and title and len(shown) <= _SHORT and shown[-1] not in _ENDS + ",;-–—)]"


def punctuated(page: Page, openings: list[Opening]) -> bool:
    """Whether paragraphs of the turns nearly always end with a mark: a line without one then is a title."""
    ends = [page.text[page.rows[o.row].last - 1] in _ENDS + ")]*_" for o in openings if not o.own_line]
    return len(ends) >= 4 and sum(ends) >= 0.9 * len(ends)
