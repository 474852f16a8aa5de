"""Labels inside running text: a whole exchange in one paragraph, or a whole protocol on one line."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.conventions._base import Proposed
from onrecord.stages.layout.labels import paired, read_label
from onrecord.stages.layout.model import Opening, Tried, Verdict
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


def _inside(convention: Convention, page: Page) -> Verdict | None:
    """Read labels inside running text: only long rows are looked at."""
    long = [row for row in page.rows if row.kind == "text" and row.last - row.first >= _LONG]
    if not long:
        return None
    sides = _found(convention, page, _sides(), 0 if len(long) > 3 else None)
    texts = sum(row.kind == "text" for row in page.rows)
    if _both_sides(sides):
        return _verdict(convention, sides, "labels of both sides alternate inside paragraphs")
    if texts <= 3:
        named = _found(convention, page, _NAMED, None)
        counts = Counter(opening.key for opening in named)
        kept = [
            o for o in named if counts[o.key] >= 2 and read_label(page.text[slice(*o.label or (0, 0))]).kind != "bad"
        ]
        if len({opening.key for opening in kept}) >= 2 and len(kept) >= 4:
            return _verdict(convention, kept, "labels repeat inside the line")
    return None


def _found(convention: Convention, page: Page, pattern: re.Pattern[str], minimum: int | None) -> list[Opening]:
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
        openings.append(Opening(number, start, convention, (start, end), known.key, match.end(), role=known.role))
    letters = paired(frozenset(opening.key for opening in openings))
    openings = [o._replace(role=letters.get(o.key, o.role), side=True) for o in openings]
    return openings if inside >= 2 or minimum is None else []


def _both_sides(openings: list[Opening]) -> bool:
    roles = [opening.role for opening in openings]
    if roles.count("question") < 2 or roles.count("answer") < 2:
        return False
    inside = len(openings) - len({opening.row for opening in openings})
    return inside >= 2 and sum(a != b for a, b in pairwise(roles)) >= 0.8 * (len(roles) - 1)


def _verdict(convention: Convention, openings: list[Opening], reason: str) -> Verdict:
    keys = frozenset(opening.key for opening in openings)
    score = len(openings) * convention.confidence
    tried = Tried(convention.name, len(openings), len(openings), len(keys), score, False, reason)
    return Verdict(convention, openings, tried, keys)


INLINE: tuple[Proposed, ...] = (
    Proposed(
        name="label-inline",
        family="label",
        summary="Labels inside running text.",
        example="Q: When did you begin? A: In May. Q: …",
        evidence="labels of both sides that alternate after ends of sentences",
        confidence=0.85,
        propose=_inside,
    ),
)
