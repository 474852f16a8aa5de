"""Labels inside running text: a whole exchange in one paragraph, or a whole protocol on one line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

from onrecord.stages.layout.conventions import BY_NAME
from onrecord.stages.layout.judge import Verdict
from onrecord.stages.layout.labels import paired, read_label
from onrecord.stages.layout.model import Opening, Tried
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.words import phrases

_LONG = 160
_TITLE = r"(?:Mr|Mrs|Ms|Dr|MR|MRS|MS|DR|Prof|St)\."
_AFTER_SENTENCE = r"(?<=[.?!…。？！\"”»)\]])"
_AFTER_TITLE = r"(?<!\bM[Rrs]\.)(?<!\bM[Rr]S\.)(?<!\bMrs\.)(?<!\bD[Rr]\.)"
_NAMED = re.compile(
    rf"(?:{_AFTER_SENTENCE}{_AFTER_TITLE}[ \t]+|^[ \t]*)"
    rf"(?P<label>(?:{_TITLE}[ ])?[^\W\d_][^\n:.?!,;\"“”]{{0,40}}):[ \t]+(?=\S)",
    re.MULTILINE,
)


@cache
def _sides() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in (*phrases("question"), *phrases("answer")))
    return re.compile(
        rf"(?:{_AFTER_SENTENCE}[ \t]*|^[ \t]*)(?P<label>{listed})"
        r"[ \t]*(?:[:：]|\.(?=[ \t][^\W\d_a-z])|[ ][-–—](?=[ ]))[ \t]*(?=\S)",
        re.MULTILINE | re.IGNORECASE,
    )


def propose(page: Page) -> list[Verdict]:
    """Return what labels inside running text make of the page: only long rows are looked at."""
    long = [row for row in page.rows if row.kind == "text" and row.last - row.first >= _LONG]
    if not long:
        return []
    sides = _found(page, _sides(), 0 if len(long) > 3 else None)
    texts = sum(row.kind == "text" for row in page.rows)
    if _both_sides(sides):
        return [_verdict(sides, "labels of both sides alternate inside paragraphs")]
    if texts <= 3:
        named = _found(page, _NAMED, None)
        counts = Counter(opening.key for opening in named)
        kept = [
            o for o in named if counts[o.key] >= 2 and read_label(page.text[slice(*o.label or (0, 0))]).kind != "bad"
        ]
        if len({opening.key for opening in kept}) >= 2 and len(kept) >= 4:
            return [_verdict(kept, "labels repeat inside the line")]
    return []


def in_lead(page: Page, openings: list[Opening]) -> list[Opening]:
    """Return the opening of a first turn that stands at the end of the paragraph before the labels begin."""
    first = openings[0] if openings else None
    if first is None or first.label is None or first.own_line:
        return []
    number = first.row - 1
    while number > max(0, first.row - 4) and page.rows[number].kind == "blank":
        number -= 1
    row = page.rows[number] if number >= 0 else None
    if row is None or row.kind != "text":
        return []
    mark = page.text[first.label[1] : first.body].strip()
    if not mark or any(char.isalnum() for char in mark):
        return []
    printed = {page.text[slice(*opening.label)]: opening for opening in openings if opening.label is not None}
    labels = sorted(printed, key=len, reverse=True)[:20]
    start, end = max(row.first, row.last - 600), row.last
    if not any(page.text.find(label, start, end) >= 0 for label in labels):
        return []  # the usual case; a pattern of these labels serves one text only and is dear to make
    listed = "|".join(map(re.escape, labels))
    pattern = re.compile(rf"{_AFTER_SENTENCE}[ \t]+(?P<label>{listed})[ \t]*{re.escape(mark)}[ \t]*(?=\S)")
    match = pattern.search(page.text, start, end)
    if match is None:
        return []
    like = printed[match.group("label")]
    return [replace(like, row=number, at=match.start("label"), label=match.span("label"), body=match.end(),
                    start_ms=None, end_ms=None, stamp=None, until=None)]  # fmt: skip


def _found(page: Page, pattern: re.Pattern[str], minimum: int | None) -> list[Opening]:
    openings = []
    inside = 0
    for match in pattern.finditer(page.text):
        start, end = match.span("label")
        number = page.row_at(start)
        row = page.rows[number]
        if row.kind != "text":
            continue
        known = read_label(page.text[start:end])
        inside += start > row.first
        openings.append(Opening(number, start, "label-inline", (start, end), known.key, match.end(), role=known.role))
    letters = paired(frozenset(opening.key for opening in openings))
    openings = [replace(o, role=letters.get(o.key, o.role), side=True) for o in openings]
    return openings if inside >= 2 or minimum is None else []


def _both_sides(openings: list[Opening]) -> bool:
    roles = [opening.role for opening in openings]
    if roles.count("question") < 2 or roles.count("answer") < 2:
        return False
    inside = len(openings) - len({opening.row for opening in openings})
    return inside >= 2 and sum(a != b for a, b in pairwise(roles)) >= 0.8 * (len(roles) - 1)


def _verdict(openings: list[Opening], reason: str) -> Verdict:
    convention = BY_NAME["label-inline"]
    voices = len({opening.key for opening in openings})
    tried = Tried(
        "label-inline", len(openings), len(openings), voices, len(openings) * convention.confidence, False, reason
    )
    return Verdict(convention, openings, tried, frozenset(opening.key for opening in openings))
