"""Conventions without labels, conventions of markup, and mixed documents."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from onrecord.schema.interview import Mark, Span
from tests.stages.layouts import Case, laid, roles, shown

QA = (
    ("When did you first see the river?", "I was six years old. My father took me there."),
    ("Did you like it?", "Not at all. I was afraid of the noise."),
    ("And what do you think of it today?", "I live beside it, as you see. I could not live anywhere else."),
    ("Would you ever move away?", "Ask me again when the winter is over."),
)
PLAIN = tuple((None, said) for pair in QA for said in pair)


def pages(question: str, answer: str, gap: str = "\n\n") -> str:
    """Print the exchange with a pattern for questions and one for answers."""
    return gap.join(
        pattern.format(said, n=number)
        for number, pair in enumerate(QA, start=1)
        for pattern, said in zip((question, answer), pair, strict=True)
    ) + "\n"  # fmt: skip


INTRO = "The house of the poet stands by the river. We met her there on a cold morning.\n\n"

CASES = (
    Case("bold questions", INTRO + pages("**{}**", "{}"), PLAIN, "bold-question", "qaqaqaqa", "case.md"),
    Case("bold questions with underscores", INTRO + pages("__{}__", "{}"), PLAIN, "bold-question", "qaqaqaqa", "case.md"),
    Case("italic questions", INTRO + pages("*{}*", "{}"), PLAIN, "italic-question", "qaqaqaqa", "case.md"),
    Case("headings as questions", "# By the river\n\n" + INTRO + pages("### {}", "{}"), PLAIN, "heading-question", "qaqaqaqa", "case.md"),
    Case("numbered questions", INTRO + pages("{n}. {}", "{}"), PLAIN, "numbered-question", "qaqaqaqa"),
    Case("numbered questions with a bracket, no blank lines", pages("{n}) {}", "{}", "\n"), PLAIN, "numbered-question", "qaqaqaqa"),
    Case("quoted questions", INTRO + pages("> {}", "{}"), PLAIN, "quoted-question", "qaqaqaqa", "case.md"),
    Case("a dash before every turn", INTRO + pages("— {}", "— {}", "\n"), PLAIN, "dash-dialogue", "qaqaqaqa"),
    Case("a dash without a blank", INTRO + pages("-{}", "-{}", "\n\n"), PLAIN, "dash-dialogue", "qaqaqaqa"),
    Case("a dash before the questions only", INTRO + pages("– {}", "{}"), PLAIN, "dash-question", "qaqaqaqa"),
    Case("two signs", INTRO + pages("– {}", "▪ {}", "\n"), PLAIN, "two-signs", "qaqaqaqa"),
    Case("nothing but question marks", INTRO.strip() + "\n" + pages("{}", "{}", "\n"), PLAIN, "question-paragraph", "qaqaqaqa"),
    Case(
        "several paragraphs in an answer, a request among the questions",
        "**When did you first see the river?**\n\nI was six.\n\nMy father took me there.\n\n**Tell us about your father.**\n\nHe was a miller.\n\n"
        "**Do you miss him?**\n\nEvery day.\n\n**And your mother?**\n\nShe lives with me.\n",
        ((None, "When did you first see the river?"), (None, "I was six. / My father took me there."), (None, "Tell us about your father."),
         (None, "He was a miller."), (None, "Do you miss him?"), (None, "Every day."), (None, "And your mother?"), (None, "She lives with me.")),
        "bold-question", "qaqaqaqa", "case.md",
    ),
    Case(
        "questions of several lines in bold",
        "**When did you first see the river,\nand who took you there?**\n\nMy father did, when I was six.\n\n**Did you like\nit?**\n\nNot at all.\n\n"
        "**What do you think of it\ntoday?**\n\nI live beside it.\n",
        ((None, "When did you first see the river, / and who took you there?"), (None, "My father did, when I was six."),
         (None, "Did you like / it?"), (None, "Not at all."), (None, "What do you think of it / today?"), (None, "I live beside it.")),
        "bold-question", "qaqaqa", "case.md",
    ),
    Case(
        "a signature under the last answer",
        pages("**{}**", "{}") + "\n■\n\n// Ada Lind, 3 May 2021\n", PLAIN, "bold-question", "qaqaqaqa", "case.md",
    ),
    Case(
        "an exchange in style first, a panel with labels after it",
        pages("**{}**", "{}") + "\n## The panel\n\nMOREAU: Shall we open the floor?\n\nDIAS: Please do.\n\nMOREAU: Who is first?\n\nDIAS: I am.\n",
        (*PLAIN, ("MOREAU", "Shall we open the floor?"), ("DIAS", "Please do."), ("MOREAU", "Who is first?"), ("DIAS", "I am.")),
        path="case.md",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_layouts_without_labels_give_their_turns(case: Case) -> None:
    """Style, signs or question marks alone tell question from answer, and no label is invented."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.convention:
        assert {turn.evidence.convention for turn in interview.turns} == {case.convention}
        assert {turn.evidence.attribution for turn in interview.turns} == {"inferred"}
    if case.roles:
        assert roles(interview) == case.roles


def marked(pieces: list[tuple[str, str | None, str | None]]) -> tuple[str, tuple[Mark, ...]]:
    """Join pieces of text, with a mark of the given kind and value over those that have one."""
    text, marks = "", []
    for piece, kind, value in pieces:
        if kind is not None:
            marks.append(Mark(span=Span(start=len(text), end=len(text) + len(piece)), kind=kind, value=value))
        text += piece
    return text, tuple(marks)


def test_bold_marks_of_a_page_are_questions() -> None:
    """Bold that only marks show, as in a page or a word file, tells questions like printed asterisks."""
    pieces: list[tuple[str, str | None, str | None]] = []
    for question, answer in QA:
        pieces += [(question, "bold", None), ("\n\n", None, None), (answer, None, None), ("\n\n", None, None)]
    text, marks = marked(pieces)
    interview = laid(text, marks=marks)
    assert shown(interview) == PLAIN
    assert {turn.evidence.convention for turn in interview.turns} == {"bold-question"}


def test_bold_marks_over_names_are_labels() -> None:
    """Bold names that only marks show are labels, whether the colon is bold or not."""
    text, marks = marked([
        ("Lind:", "bold", None), (" When did it begin?\n\n", None, None), ("Berg", "bold", None), (": In the month of May.\n\n", None, None),
        ("Lind:", "bold", None), (" And then?\n\n", None, None), ("Berg", "bold", None), (": We went home.\n", None, None),
    ])  # fmt: skip
    interview = laid(text, marks=marks)
    assert shown(interview) == (
        ("Lind", "When did it begin?"),
        ("Berg", "In the month of May."),
        ("Lind", "And then?"),
        ("Berg", "We went home."),
    )
    assert {turn.evidence.convention for turn in interview.turns} == {"label-colon-strong"}


def test_definition_lists_are_turns() -> None:
    """Terms that ask and definitions that answer are turns; so are terms that repeat as labels."""
    pieces: list[tuple[str, str | None, str | None]] = []
    for question, answer in QA:
        pieces += [
            (question, "list-term", None),
            ("\n", None, None),
            (answer, "list-definition", None),
            ("\n", None, None),
        ]
    text, marks = marked(pieces)
    interview = laid(text, marks=marks)
    assert shown(interview) == PLAIN
    assert roles(interview) == "qaqaqaqa"
    named, marks = marked([
        (piece, kind, None)
        for question, answer in QA
        for piece, kind in (("Lind", "list-term"), ("\n", None), (question, "list-definition"), ("\n", None),
                            ("Berg", "list-term"), ("\n", None), (answer, "list-definition"), ("\n", None))
    ])  # fmt: skip
    labelled = laid(named, marks=marks)
    assert [label for label, _ in shown(labelled)] == ["Lind", "Berg"] * 4


def test_tables_are_turns() -> None:
    """A table of two columns with questions beside answers, and one with a column of speakers, are turns."""
    pieces: list[tuple[str, str | None, str | None]] = []
    for question, answer in QA:
        pieces += [(question, "cell", None), ("\t", None, None), (answer, "cell", None), ("\n", None, None)]
    text, marks = marked(pieces)
    rows = []
    at = 0
    for line in text.splitlines(keepends=True):
        rows.append(Mark(span=Span(start=at, end=at + len(line)), kind="row"))
        at += len(line)
    interview = laid(text, marks=(*marks, *rows))
    assert shown(interview) == PLAIN


def test_voices_of_markup_are_turns_and_merge() -> None:
    """Passages that markup gives a voice are turns; neighbouring passages of one voice are one turn."""
    text, marks = marked([
        ("When did it begin?", "voice", "Lind"), ("\n", None, None), ("In May.", "voice", "Berg"), ("\n", None, None),
        ("It rained.", "voice", "Berg"), ("\n", None, None), ("And then?", "voice", "Lind"), ("\n", None, None),
    ])  # fmt: skip
    interview = laid(text, marks=marks)
    assert shown(interview) == ((None, "When did it begin?"), (None, "In May. / It rained."), (None, "And then?"))
    assert [turn.evidence.note for turn in interview.turns] == ["Lind", "Berg", "Lind"]
    assert {turn.evidence.attribution for turn in interview.turns} == {"printed"}


def test_cues_give_times() -> None:
    """A subtitle file gives turns with their start and end, and neither header nor times are said."""
    vtt = (
        "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:02.500\n<v Ada Lind>When did it begin?\n\n"
        "2\n00:00:03.000 --> 00:00:04.000\n<v Tom Berg>In May.\n\n3\n00:00:04.500 --> 00:00:06.000\n<v Tom Berg>It rained.\n"
    )
    interview = laid(vtt, path="case.vtt")
    assert shown(interview) == (("Ada Lind", "When did it begin?"), ("Tom Berg", "In May. / It rained."))
    assert [(turn.start_ms, turn.end_ms) for turn in interview.turns] == [(1000, 2500), (3000, 6000)]


def test_roles_that_markup_states_are_used() -> None:
    """Passages that markup calls question or answer have that role."""
    pieces: list[tuple[str, str | None, str | None]] = []
    for question, answer in QA:
        pieces += [
            (question.rstrip("?") + ".", "style", "question"),
            ("\n\n", None, None),
            (answer, "style", "answer"),
            ("\n\n", None, None),
        ]
    text, marks = marked(pieces)
    interview = laid(text, marks=marks)
    assert roles(interview) == "qaqaqaqa"
    assert {turn.evidence.convention for turn in interview.turns} == {"role-mark"}
