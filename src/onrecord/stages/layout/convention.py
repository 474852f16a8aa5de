"""What a convention is: how it marks turns, what it is judged by, and how it behaves beside others.

The conventions there are stand in `conventions/`. No other module knows one by its name: what tells one from
another is a trait here, so that a new convention is one value in one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Family = Literal["label", "form", "markup"]
Reading = Literal[
    "voice-tag", "arrows", "emphasis-colon", "emphasis", "line", "line-time", "heading", "named-line",
    "questions-only", "answers-only",
]  # fmt: skip
"""What is read without a pattern of a convention; for each of these there is one that claims it.

`voice-tag`: tags as in WebVTT, anywhere in a row. `arrows`: two or more at the beginning of a row. `emphasis-colon`,
`emphasis`: a lead a reader marks as bold or italic, with a colon or without. `line`, `line-time`, `heading`: a row
that is nothing but a label, perhaps with a time, or a heading. `named-line`: a name after the word `Speaker:`.
`questions-only`, `answers-only`: labels of one side, between paragraphs that have none.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One pattern for a label at the beginning of a row, and how what it matches is read.

    `order`: forms are tried by it, the smallest first, and the first that matches a label has the row. `pattern` has
    the group `label`; the groups `t1`, `t2` and `t3` are times before the label, inside and after the mark. It is
    matched on at most `HEAD` characters, and has to be linear in them.
    `opens`: first characters of the rows it is tried on; `holds`: finds the characters one of which such a row has.
    `sides`: only words that name a side of the exchange are labels. `point_is_mark`: a point after a single letter
    belongs to the mark (`Q.   When`). `dash_within`: a dash at the end of the label is none of it (`**A.K. —** When`);
    `dash_after`: one after the mark is part of the mark (`Anna: – When`). `dash_first`: a label with a dash inside
    is read by a later form, if one matches (`A - Foxes: they wait`).
    """

    order: int
    pattern: re.Pattern[str]
    opens: str = ""
    holds: re.Pattern[str] | None = None
    sides: bool = False
    point_is_mark: bool = False
    dash_within: bool = False
    dash_after: bool = False
    dash_first: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Convention:
    """One way to mark turns. Two are the same if they are one object.

    `example` shows it, `evidence` says what it is judged by. `confidence` is how sure a turn is that it makes,
    before the document's own support is counted. `forms` are the patterns of its labels; `reads` what it claims of
    that for which no convention has a pattern; `own_line` names the convention of its labels that stand alone on a
    line (empty: such lines are none).

    How labels are judged:
    `weak`: prose uses its marks, too, so that they need more support; `sides_only`: labels moreover have to be in
    capitals or name a side; `lower`: labels may be in lower case (nicknames of a chat). `one_sided`: though weak,
    it may mark the questions alone. `decides`: where it stands, no other label is asked. `unnamed`: what marks only
    that the voice changes (`arrows`); lines are counted, no label is judged.

    How it behaves beside others:
    `merges`: neighbouring openings of one voice are one turn (captions repeat the voice on every cue). `common`: its
    mark is too common to be read beside labels of another form. `letters`: a letter for a side stands in it where
    others are named in another form. `wordlike`: no mark parts label and speech, so that a letter may be a word.
    `title_like`: titles of parts look like its labels. `yields`: it gives way to every other strong form of labels.
    `over_labels`: its questions may stand above the labelled answers of several people. `last_resort`: it counts
    only where no other convention of form has half as many turns. `carries`: where it names nobody, the voice before
    goes on. `notes_voice`: its markup names the voice, printed or not. `sits`: its turns are speeches in a sitting.
    """

    name: str
    family: Family
    summary: str
    example: str
    evidence: str
    confidence: float
    forms: tuple[Form, ...] = ()
    reads: tuple[Reading, ...] = ()
    own_line: str = ""
    weak: bool = False
    sides_only: bool = False
    lower: bool = False
    one_sided: bool = False
    decides: bool = False
    unnamed: str = ""
    merges: bool = False
    common: bool = False
    letters: bool = False
    wordlike: bool = False
    title_like: bool = False
    yields: bool = False
    over_labels: bool = False
    last_resort: bool = False
    carries: bool = False
    notes_voice: bool = False
    sits: bool = False
