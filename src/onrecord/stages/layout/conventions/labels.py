"""Labelled conventions: what is printed before a turn says who speaks.

Each is one value with its patterns. The numbers of the forms are the order in which they are tried on a row.
"""

from __future__ import annotations

import re

from onrecord.stages.layout.convention import Convention, Form
from onrecord.stages.layout.conventions._patterns import (
    AFTER,
    AFTER_LABEL,
    CAPITALS,
    COLON,
    EM,
    GENDERED,
    INITIALLED,
    TAGS,
    TITLED,
    TITLED_ROMANCE,
)
from onrecord.stages.layout.stamps import STAMP, TIME

_REPEATS = "labels that repeat, name a side of the exchange, or are stated by people or the file"
_WEAK = "at least four labels of two voices that repeat and take turns"
_NAMED = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ][A-ZÀ-Þ][\w.'’-]*){0,3}"
"""A name that may stand between a bracket and a colon: then the bracket says what its bearer does."""
_HAS_COLON = re.compile(COLON)
_HAS_POINT = re.compile(r"\.")

LABELS: tuple[Convention, ...] = (
    Convention(
        name="label-colon",
        family="label",
        summary="A label and a colon before what is said.",
        example="Anna Lee: We began in May.",
        evidence=_REPEATS,
        confidence=0.97,
        own_line="label-colon-line",
        letters=True,
        forms=(
            Form(
                60,
                re.compile(r"\[(?P<label>[^\[\]\n:]{1,60}?)\]:(?=[ \t])"),
                opens="[",
                dash_first=True,
                dash_after=True,
            ),
            Form(
                80,
                re.compile(
                    rf"(?P<label>(?:[^\n:：∶\t(]|{GENDERED}|\([^()\n]{{0,90}}\)?){{1,90}}?)"
                    rf"(?={AFTER_LABEL})"
                    rf"(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{STAMP}))?[ \t\u00a0]*{COLON}{{1,2}}"
                    rf"(?![/\\)(]|\d\d\b|in(?:nen)?\b){AFTER}"
                ),
                holds=_HAS_COLON,
                dash_first=True,
                dash_after=True,
            ),
        ),
    ),
    Convention(
        name="label-colon-line",
        family="label",
        summary="A label and a colon on a line of its own.",
        example="Anna Lee:⏎We began in May.",
        evidence=_REPEATS,
        confidence=0.96,
        reads=("named-line",),
    ),
    Convention(
        name="label-colon-strong",
        family="label",
        summary="A bold or italic label with a colon, inside or after the emphasis.",
        example="**Anna Lee:** We began in May.",
        evidence=_REPEATS,
        confidence=0.98,
        own_line="label-colon-strong-line",
        reads=("emphasis-colon",),
        forms=(
            Form(
                20,
                re.compile(
                    rf"{EM}++[ \t]?(?:(?P<t1>{STAMP})[ \t]*(?:[-–—|][ \t]*)?)?"
                    rf"(?P<label>(?:[^:：\n*]|{GENDERED}){{1,90}}?)(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{STAMP}))?[ \t]*"
                    rf"(?:{COLON}+[ \t]*{EM}++[ \t]*{COLON}?|"
                    rf"{EM}++[ \t]*(?:\([^()\n]{{1,60}}\)[ \t]*){{0,3}}{COLON}+){AFTER}"
                ),
                opens="*_<'",
                dash_after=True,
            ),
            Form(
                30,
                re.compile(rf"{EM}++(?P<label>[^:：\n*]{{1,60}}?){COLON}(?=\s|[^\s\d/])"),
                opens="*_<'",
                dash_after=True,
            ),
        ),
    ),
    Convention(
        name="label-colon-strong-line",
        family="label",
        summary="A bold or italic label with a colon, and perhaps a time, on its own line.",
        example="**Anna Lee:** 00:01:05⏎We began in May.",
        evidence=_REPEATS,
        confidence=0.98,
    ),
    Convention(
        name="label-voice-tag",
        family="label",
        summary="A voice tag as in WebVTT.",
        example="<v Anna Lee>We began in May.",
        evidence="voice tags",
        confidence=0.98,
        merges=True,
        reads=("voice-tag",),
        decides=True,
    ),
    Convention(
        name="label-line-time",
        family="label",
        summary="A label and a time on a line of their own.",
        example="Anna Lee  00:01:05⏎We began in May.",
        evidence=_REPEATS,
        confidence=0.96,
        reads=("line-time",),
    ),
    Convention(
        name="label-bracket",
        family="label",
        summary="A label in brackets before what is said.",
        example="[Anna Lee] We began in May.",
        evidence=_WEAK,
        confidence=0.93,
        weak=True,
        own_line="label-bracket-line",
        one_sided=True,
        forms=(
            Form(
                70,
                re.compile(
                    rf"\\?[\[(【{{「（]{{1,2}}(?P<label>[^\[\](){{}}【】「」（）\n:：]{{1,60}}?)"
                    rf"(?:[ \t]*[-–—,|]?[ \t]*(?P<t2>{TIME}))?"
                    rf"\\?[\])】}}」）]{{1,2}}(?!(?<=\])[ \t]+{_NAMED}:[ \t])[ \t]*{COLON}?{AFTER}"
                ),
                opens="[(【{「（\\",
            ),
        ),
    ),
    Convention(
        name="label-bracket-line",
        family="label",
        summary="A label in brackets on a line of its own.",
        example="[Anna Lee]⏎We began in May.",
        evidence=_WEAK,
        confidence=0.92,
        weak=True,
    ),
    Convention(
        name="label-angle",
        family="label",
        summary="A label in angle brackets, as in chat logs.",
        example="<anna> We began in May.",
        evidence=_WEAK,
        confidence=0.93,
        weak=True,
        lower=True,
        forms=(
            Form(
                10, re.compile(rf"<(?!{TAGS})[@+%&~ ]?(?P<label>[^\s<>/\n][^<>\n:]{{0,40}})>[ \t]*{COLON}?"), opens="<"
            ),
        ),
    ),
    Convention(
        name="label-strong",
        family="label",
        summary="A bold or italic label without a colon.",
        example="**Anna Lee** We began in May.",
        evidence=_WEAK,
        confidence=0.93,
        weak=True,
        own_line="label-strong-line",
        reads=("emphasis",),
        one_sided=True,
        forms=(
            Form(
                40,
                re.compile(
                    rf"{EM}++[ \t]?(?P<label>(?:[^:：\n*_<>]|(?<=\w)_(?=\w)){{1,60}}?){EM}++"
                    rf"(?:[ \t]*[-–—,|·•]?[ \t]*(?P<t2>{STAMP}))?"
                    rf"(?:[ \t]+[-–—|][ \t]+)?(?=\s|$)"
                ),
                opens="*_<'",
                point_is_mark=True,
                dash_within=True,
            ),
        ),
    ),
    Convention(
        name="label-strong-line",
        family="label",
        summary="A bold or italic label without a colon on its own line.",
        example="**Anna Lee**⏎We began in May.",
        evidence=_WEAK,
        confidence=0.93,
        weak=True,
    ),
    Convention(
        name="label-heading",
        family="label",
        summary="A heading that is a label.",
        example="### Anna Lee⏎We began in May.",
        evidence=_WEAK,
        confidence=0.93,
        weak=True,
        reads=("heading",),
    ),
    Convention(
        name="label-line",
        family="label",
        summary="A line that is nothing but a label.",
        example="ANNA LEE⏎We began in May.",
        evidence=_WEAK,
        confidence=0.9,
        weak=True,
        reads=("line",),
        title_like=True,
    ),
    Convention(
        name="label-hash",
        family="label",
        summary="A name after # or @.",
        example="@anna We began in May.",
        evidence=_WEAK,
        confidence=0.9,
        weak=True,
        lower=True,
        forms=(Form(90, re.compile(r"[#@](?P<label>[^\s#@:：]{1,30})(?::?[ \t]+|:?$)"), opens="#@"),),
    ),
    Convention(
        name="label-tab",
        family="label",
        summary="A label and a tab.",
        example="ANNA⇥We began in May.",
        evidence=_WEAK,
        confidence=0.92,
        weak=True,
        common=True,
        letters=True,
        forms=(
            Form(
                100,
                re.compile(rf"(?P<label>[^\t\n:：]{{1,40}}?)[ ]*\t+[ ]*(?P<t2>(?:{TIME}[ ]*\t+[ ]*){{1,3}})?(?=\S)"),
                holds=re.compile("\t"),
            ),
        ),
    ),
    Convention(
        name="label-columns",
        family="label",
        summary="A label and at least three blanks.",
        example="Q    When did you begin?",
        evidence=_WEAK,
        confidence=0.9,
        weak=True,
        common=True,
        letters=True,
        forms=(
            Form(
                110,
                re.compile(r"(?P<label>[^\s:：][^\n:：]{0,30}?)(?: {3,}|\u3000)(?=\S)"),
                holds=re.compile("[ \u3000]"),
                point_is_mark=True,
            ),
        ),
    ),
    Convention(
        name="label-dash",
        family="label",
        summary="A label and a dash.",
        example="ANNA – We began in May.",
        evidence=_WEAK,
        confidence=0.92,
        weak=True,
        common=True,
        letters=True,
        one_sided=True,
        forms=(
            Form(
                120,
                re.compile(
                    r"(?P<label>(?:[^\W\d_]\.[ ]?){1,4}|[^\n:：—–.?!,;\"“”«»]{1,40}?(?:\.|\([^()\n]{1,30}\))?)"
                    rf"(?:[ \t]*[—–―][ \t]*|[ \t]--?[ \t]|--(?=[^\W\d_])|[ \t]?-(?=[^\W\d_]))"
                    rf"(?:(?P<t2>{STAMP})[ \t]*[—–―-][ \t]*)?(?=\S)"
                ),
                holds=re.compile("[—–―-]"),
            ),
        ),
    ),
    Convention(
        name="label-bar",
        family="label",
        summary="A label and a slash or bar.",
        example="ANNA / We began in May.",
        evidence=_WEAK,
        confidence=0.92,
        weak=True,
        common=True,
        forms=(
            Form(
                220,
                re.compile(r"(?P<label>[^\n:：/|.?!,;\"“”«»]{1,40}?)[ \t]+[/|][ \t]+(?=\S)"),
                holds=re.compile("[/|]"),
            ),
        ),
    ),
    Convention(
        name="label-dot",
        family="label",
        summary="A letter and a dot, or a name in capitals and a dot.",
        example="Q. When did you begin?",
        evidence=_WEAK,
        confidence=0.94,
        weak=True,
        sides_only=True,
        common=True,
        letters=True,
        one_sided=True,
        forms=(
            Form(130, re.compile(rf"(?P<label>{TITLED_ROMANCE})\.(?=[ ])"), holds=_HAS_POINT),
            Form(140, re.compile(rf"(?P<label>{INITIALLED}(?:, [^.,:\n]{{3,80}}(?=\.))?)\.?(?=[ ])"), holds=_HAS_POINT),
            Form(
                150,
                re.compile(
                    r"(?P<label>[^\W\d_]{1,2}|[^\W\d_]{1,12}(?=\.[ \t]?[-–—]))\.(?:[ \t]?[-–—])?(?=[ \t]*[^\s.])"
                ),
                holds=_HAS_POINT,
            ),
            Form(
                160,
                re.compile(
                    r"(?P<label>(?:[A-Z][A-Za-z.’'-]*[ ]){1,4}[A-Z][A-Z’'-]{2,}(?:[ ]of[ ][A-Z][a-z ]+)?)\.(?=[ ])"
                ),
                holds=_HAS_POINT,
            ),
            Form(170, re.compile(rf"(?P<label>{TITLED})\.(?=[ ])"), holds=_HAS_POINT),
            Form(180, re.compile(rf"(?P<label>{CAPITALS})\.(?=[ ])"), holds=_HAS_POINT),
            Form(190, re.compile(r"(?P<label>[^\W\d_]{1,12}[ ](?:[Nn]o\.?[ ])?\d{1,3})\.(?=[ ])"), holds=_HAS_POINT),
            Form(200, re.compile(r"(?P<label>[^\W\d_]{3,24})\.(?:[ \t]?[-–—])?(?=[ ])"), holds=_HAS_POINT, sides=True),
            Form(210, re.compile(r"(?P<label>[^\W\d_]{1,2}\d{1,3})\.(?=[ ])"), holds=_HAS_POINT),
        ),
    ),
    Convention(
        name="label-dot-dash",
        family="label",
        summary="A name with group or office, a point and a dash, as the reports of large assemblies print it.",
        example="Anna Lee (Group). – We began in May.",
        evidence=_REPEATS,
        confidence=0.94,
        common=True,
        sits=True,
        forms=(
            Form(
                115,
                re.compile(
                    r"(?P<label>[^\W\d_][^\n.:?!(),]{2,60}(?:[ ]\([^()\n]{1,30}\)(?:, [^.\n:]{3,80})?|, [^.\n:]{3,80}))"
                    r"\.[ ][-–—](?=[ ])"
                ),
                holds=_HAS_POINT,
                dash_after=True,
            ),
            Form(
                116,
                re.compile(r"(?P<label>[^\W\d_][^\n.:?!(),]{2,40})\.[ ][-–—](?=[ ])"),
                holds=_HAS_POINT,
                sides=True,
                dash_after=True,
            ),
        ),
    ),
    Convention(
        name="label-letter",
        family="label",
        summary="A single letter for a side, or initials, without any mark.",
        example="Q When did you begin?",
        evidence=_WEAK,
        confidence=0.9,
        weak=True,
        sides_only=True,
        common=True,
        letters=True,
        wordlike=True,
        forms=(
            Form(
                230,
                re.compile(
                    r"(?P<label>Q|A|P|R|F|S|C|[A-ZÀ-Þ]{2,3}|问|答|問|В|О)[ \t\u3000]+(?=[^\W\d_a-zа-я]|[\"“«¿\d])"
                ),
                holds=re.compile("[ \t\u3000]"),
            ),
        ),
    ),
    Convention(
        name="label-question-only",
        family="label",
        summary="Only the questions have a label.",
        example="Q: When did you begin?⏎In May.",
        evidence="one label that repeats before questions, and paragraphs without one between",
        confidence=0.9,
        reads=("questions-only",),
        yields=True,
    ),
    Convention(
        name="label-answer-only",
        family="label",
        summary="Only the answers have a label.",
        example="When did you begin?⏎Anna Lee: In May.",
        evidence="labels of one voice, and plain paragraphs before them that ask",
        confidence=0.9,
        reads=("answers-only",),
    ),
    Convention(
        name="chevron",
        family="label",
        summary="Two or more arrows where the voice changes, with or without a label.",
        example=">> When did you begin?",
        evidence="at least four rows that begin with arrows",
        confidence=0.85,
        reads=("arrows",),
        unnamed="arrows",
    ),
)
