"""The conventions: every way to mark turns this package knows, as data.

A labelled convention needs a `Form` in `scan.py` with its name; `judge.py` decides whether its labels are
believed. A convention of form (no labels) has a proposer in `forms.py`; one of markup has one in `markup.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Family = Literal["label", "form", "markup"]


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to mark turns.

    `example` shows it, `evidence` says what it is judged by. `confidence` is how sure a turn is that it makes,
    before the document's own support is counted. `weak` conventions use marks that prose uses, too, so that they
    need more support; `sides_only` ones moreover need labels in capitals, or that name a side of the exchange;
    `lower` ones may have labels in lower case (nicknames of a chat).
    `merges`: neighbouring openings of one voice are one turn (captions repeat the voice on every cue).
    """

    name: str
    family: Family
    summary: str
    example: str
    evidence: str
    confidence: float
    weak: bool = False
    sides_only: bool = False
    merges: bool = False
    lower: bool = False


_REPEATS = "labels that repeat, name a side of the exchange, or are stated by people or the file"
_WEAK = "at least four labels of two voices that repeat and take turns"
_STYLE = "paragraphs of this style that ask, each followed by paragraphs without it that speak of themselves"


CONVENTIONS: tuple[Convention, ...] = (
    Convention(
        "label-colon", "label", "A label and a colon before what is said.", "Anna Lee: We began in May.", _REPEATS, 0.97
    ),
    Convention(
        "label-colon-line",
        "label",
        "A label and a colon on a line of its own.",
        "Anna Lee:⏎We began in May.",
        _REPEATS,
        0.96,
    ),
    Convention(
        "label-colon-strong",
        "label",
        "A bold or italic label with a colon, inside or after the emphasis.",
        "**Anna Lee:** We began in May.",
        _REPEATS,
        0.98,
    ),
    Convention(
        "label-colon-strong-line",
        "label",
        "A bold or italic label with a colon, and perhaps a time, on its own line.",
        "**Anna Lee:** 00:01:05⏎We began in May.",
        _REPEATS,
        0.98,
    ),
    Convention(
        "label-voice-tag",
        "label",
        "A voice tag as in WebVTT.",
        "<v Anna Lee>We began in May.",
        "voice tags",
        0.98,
        merges=True,
    ),
    Convention(
        "label-line-time",
        "label",
        "A label and a time on a line of their own.",
        "Anna Lee  00:01:05⏎We began in May.",
        _REPEATS,
        0.96,
    ),
    Convention(
        "label-bracket",
        "label",
        "A label in brackets before what is said.",
        "[Anna Lee] We began in May.",
        _WEAK,
        0.93,
        weak=True,
    ),
    Convention(
        "label-bracket-line",
        "label",
        "A label in brackets on a line of its own.",
        "[Anna Lee]⏎We began in May.",
        _WEAK,
        0.92,
        weak=True,
    ),
    Convention(
        "label-angle",
        "label",
        "A label in angle brackets, as in chat logs.",
        "<anna> We began in May.",
        _WEAK,
        0.93,
        weak=True,
        lower=True,
    ),
    Convention(
        "label-strong",
        "label",
        "A bold or italic label without a colon.",
        "**Anna Lee** We began in May.",
        _WEAK,
        0.93,
        weak=True,
    ),
    Convention(
        "label-strong-line",
        "label",
        "A bold or italic label without a colon on its own line.",
        "**Anna Lee**⏎We began in May.",
        _WEAK,
        0.93,
        weak=True,
    ),
    Convention(
        "label-heading", "label", "A heading that is a label.", "### Anna Lee⏎We began in May.", _WEAK, 0.93, weak=True
    ),
    Convention(
        "label-line", "label", "A line that is nothing but a label.", "ANNA LEE⏎We began in May.", _WEAK, 0.9, weak=True
    ),
    Convention(
        "label-star",
        "label",
        "A code after a star, as in CHAT tiers.",
        "*ANN:\u2003We began in May.",
        _WEAK,
        0.96,
        weak=True,
    ),
    Convention(
        "label-hash", "label", "A name after # or @.", "@anna We began in May.", _WEAK, 0.9, weak=True, lower=True
    ),
    Convention("label-tab", "label", "A label and a tab.", "ANNA⇥We began in May.", _WEAK, 0.92, weak=True),
    Convention(
        "label-columns",
        "label",
        "A label and at least three blanks.",
        "Q    When did you begin?",
        _WEAK,
        0.9,
        weak=True,
    ),
    Convention("label-dash", "label", "A label and a dash.", "ANNA – We began in May.", _WEAK, 0.92, weak=True),
    Convention("label-bar", "label", "A label and a slash or bar.", "ANNA / We began in May.", _WEAK, 0.92, weak=True),
    Convention(
        "label-dot",
        "label",
        "A letter and a dot, or a name in capitals and a dot.",
        "Q. When did you begin?",
        _WEAK,
        0.94,
        weak=True,
        sides_only=True,
    ),
    Convention(
        "label-letter",
        "label",
        "A single letter for a side, without any mark.",
        "Q When did you begin?",
        _WEAK,
        0.9,
        weak=True,
        sides_only=True,
    ),
    Convention(
        "label-question-only",
        "label",
        "Only the questions have a label.",
        "Q: When did you begin?⏎In May.",
        "one label that repeats before questions, and paragraphs without one between",
        0.9,
    ),
    Convention(
        "label-answer-only",
        "label",
        "Only the answers have a label.",
        "When did you begin?⏎Anna Lee: In May.",
        "labels of one voice, and plain paragraphs before them that ask",
        0.9,
    ),
    Convention(
        "label-inline",
        "label",
        "Labels inside running text.",
        "Q: When did you begin? A: In May. Q: …",
        "labels of both sides that alternate after ends of sentences",
        0.85,
    ),
    Convention(
        "chevron",
        "label",
        "Two or more arrows where the voice changes, with or without a label.",
        ">> When did you begin?",
        "at least four rows that begin with arrows",
        0.85,
    ),
    Convention(
        "caption-dash",
        "markup",
        "Two lines of one caption that begin with a dash: two voices without a name.",
        "- When did you begin?⏎- In May.",
        "captions with two such lines, beside captions with names",
        0.8,
    ),
    Convention(
        "voice-mark",
        "markup",
        "Markup that names the voice of a passage.",
        "<v Anna Lee> in WebVTT",
        "marks of kind `voice`",
        0.98,
        merges=True,
    ),
    Convention(
        "speaker-passage",
        "markup",
        "Markup that names the speaker of a passage.",
        '<u who="#anna">We began in May.</u>',
        "marks of kind `speaker` over what is said",
        0.98,
    ),
    Convention(
        "role-mark",
        "markup",
        "Markup that says which passages ask and which answer.",
        "<question>When?</question>",
        "marks of kind `style` with the values `question` and `answer`",
        0.97,
        merges=True,
    ),
    Convention(
        "speaker-mark",
        "markup",
        "Markup around the speaker's name.",
        '<span class="speaker">Anna Lee</span>',
        "marks of kind `speaker` over the printed name",
        0.98,
    ),
    Convention(
        "table-cells",
        "markup",
        "A table with a column of speakers, or one of questions and one of answers.",
        "| Anna Lee | We began in May. |",
        "rows whose short cells repeat beside long ones",
        0.93,
    ),
    Convention(
        "definition-list",
        "markup",
        "A list of terms and definitions.",
        "<dt>When did you begin?</dt><dd>In May.</dd>",
        "terms that repeat as labels, or ask",
        0.94,
    ),
    Convention(
        "bold-question", "form", "Bold paragraphs are the questions.", "**When did you begin?**⏎In May.", _STYLE, 0.93
    ),
    Convention(
        "italic-question", "form", "Italic paragraphs are the questions.", "*When did you begin?*⏎In May.", _STYLE, 0.92
    ),
    Convention(
        "heading-question", "form", "Headings are the questions.", "### When did you begin?⏎In May.", _STYLE, 0.92
    ),
    Convention(
        "numbered-question",
        "form",
        "Numbered paragraphs are the questions.",
        "1. When did you begin?⏎In May.",
        _STYLE,
        0.9,
    ),
    Convention(
        "quoted-question", "form", "Quoted blocks are the questions.", "> When did you begin?⏎In May.", _STYLE, 0.88
    ),
    Convention(
        "dash-question",
        "form",
        "Paragraphs with a dash or bullet are the questions.",
        "– When did you begin?⏎In May.",
        _STYLE,
        0.9,
    ),
    Convention(
        "caps-question",
        "form",
        "Paragraphs in capitals are the questions.",
        "WHEN DID YOU BEGIN?⏎In May.",
        _STYLE,
        0.9,
    ),
    Convention(
        "dash-answer",
        "form",
        "Answers begin with a dash or bullet, questions are plain.",
        "When did you begin?⏎– In May.",
        "paragraphs that ask, each followed by one with the same sign that does not",
        0.9,
    ),
    Convention(
        "dash-dialogue",
        "form",
        "Every turn begins with the same dash.",
        "– When did you begin?⏎– In May.",
        "paragraphs with a dash, of which every other one asks",
        0.88,
    ),
    Convention(
        "two-signs",
        "form",
        "Questions begin with one sign, answers with another.",
        "– When did you begin?⏎▪ In May.",
        "two signs that alternate, one of which asks",
        0.91,
    ),
    Convention(
        "question-paragraph",
        "form",
        "Nothing is marked: paragraphs that ask alternate with paragraphs that answer.",
        "When did you begin?⏎In May.",
        "many paragraphs that end with a question mark, each followed by ones that do not",
        0.8,
    ),
)
"""All conventions; the order says nothing."""

BY_NAME = {convention.name: convention for convention in CONVENTIONS}
