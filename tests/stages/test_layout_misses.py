"""What was once missed, each with the rule that finds it now."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Mark, Span
from onrecord.stages.layout import explain
from tests.stages.layouts import laid, roles, shown


def _mark(text: str, part: str, kind: str, value: str) -> Mark:
    start = text.index(part)
    return Mark(span=Span(start=start, end=start + len(part)), kind=kind, value=value)


def test_the_chair_of_a_hearing_states() -> None:
    """Beside questions and answers the chair neither asks nor answers, nor do lawyers, but for the one who examines."""
    text = (
        "BY MS. LIND:\n\nQ. Who closed the gate?\n\nA. I did, at noon.\n\nTHE CHAIRMAN: Please speak up.\n\nMR. PELL: Objection.\n\n"
        "MS. LIND: He may answer.\n\nQ. And then?\n\nA. I went home.\n"
    )
    assert roles(laid(text)) == "qassqqa"


def test_a_narrator_of_a_film_is_no_interviewee() -> None:
    """`NARRATOR` answers where an interviewer asks; in captions it states."""
    film = "WEBVTT\n\n00:01.000 --> 00:02.000\nNARRATOR: The lake was drained.\n\n00:03.000 --> 00:04.000\nHOLM: We heard it go.\n\n00:05.000 --> 00:06.000\nNARRATOR: It took a week.\n"
    assert roles(laid(film, path="a.vtt"))[::2] == "ss"
    archive = "INTERVIEWER: When was it?\n\nNARRATOR: It was in May.\n\nINTERVIEWER: And then?\n\nNARRATOR: We left.\n"
    assert roles(laid(archive)) == "qaqa"


def test_two_dashes_in_one_caption_are_two_voices() -> None:
    """Beside captions with names, a caption with two lines that begin with a dash holds two voices nobody names."""
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nADA: Who won the cup?\n\n00:03.000 --> 00:04.000\nTOM: My sister won it.\n\n"
        "00:05.000 --> 00:06.000\n- Was it heavy?\n- Not very.\n\n00:07.000 --> 00:08.000\nADA: And you?\n"
    )
    interview = laid(text, path="a.vtt")
    assert shown(interview) == (
        ("ADA", "Who won the cup?"),
        ("TOM", "My sister won it."),
        (None, "Was it heavy?"),
        (None, "Not very."),
        ("ADA", "And you?"),
    )
    assert [turn.evidence.attribution for turn in interview.turns][2:4] == ["unknown", "unknown"]


def test_who_leaves_a_meeting_says_nothing() -> None:
    """Lines about who comes and goes, and how a hearing goes on, are events of the turn before."""
    text = "Ada Lind  0:02\nShall we begin?\n\nTom Berg  0:05\nYes, we are all here.\n\nPetra Holm left the meeting\n\nAda Lind  0:09\nWho was that?\n\nTom Berg  0:12\nNobody, I think.\n\nThe meeting closed at 2:25 p.m.\n"
    interview = laid(text)
    assert [said for _, said in shown(interview)] == [
        "Shall we begin?",
        "Yes, we are all here.",
        "Who was that?",
        "Nobody, I think.",
    ]
    assert [len(turn.events) for turn in interview.turns] == [0, 1, 0, 1]


def test_numbers_ask_and_one_name_answers() -> None:
    """`#1` counts the questions, `@name` is the label of the answers."""
    text = "#1 Why gas?\n@lamps Nobody wanted the old ones.\n\n#2 Is it warm?\n@lamps I like to think so.\n\n#3 Do you sleep?\n@lamps You would not ask me at noon.\n"
    assert shown(laid(text))[:2] == ((None, "Why gas?"), ("lamps", "Nobody wanted the old ones."))
    assert roles(laid(text)) == "qaqaqa"


def test_a_segment_without_a_voice_is_nobodys() -> None:
    """Where a program numbers the voices, a segment without one is a voice of its own that nobody knows."""
    said = ["Where was it?", "By the door.", "By the window.", "And then?", "It fell."]
    voices = ["S1", "S2", None, "S1", "S2"]
    text = "\n\n".join(said)
    marks = [_mark(text, part, "cue", f"{n}000-{n}900") for n, part in enumerate(said)]
    marks += [_mark(text, part, "speaker", voice) for part, voice in zip(said, voices, strict=True) if voice]
    interview = laid(text, marks=tuple(marks))
    assert [said for _, said in shown(interview)] == said
    assert [turn.evidence.note for turn in interview.turns] == voices


def test_what_markup_says_is_spoken_is_no_end_matter() -> None:
    """A paragraph under a speaker's mark is said, also if it is only `Comments`, or stands outside the timed parts."""
    first, second = (
        "Let us begin with the notes.",
        "Comments\n\nThere are none, I think.\n\n(I have read them all twice.)",
    )
    text = f"{first}\n\n{second}\n"
    marks = (_mark(text, first, "speaker", "Ada"), _mark(text, second, "speaker", "Tom"))
    assert shown(laid(text, marks=marks))[1][1] == "Comments / There are none, I think. / (I have read them all twice.)"
    timed = (*marks, _mark(text, first, "cue", "0-900"))
    assert len(shown(laid(text, marks=timed))) == 2


def test_a_glossary_after_the_questions_is_no_exchange() -> None:
    """Terms that ask nothing, under a heading of their own, end the interview."""
    pairs = "".join(
        f"<dt>{q}</dt><dd>{a}</dd>"
        for q, a in (("Why do you walk?", "I like it."), ("How far?", "To Tarn."), ("And back?", "I never said so."))
    )
    page = f"<html><body><article><h1>A walk</h1><dl>{pairs}</dl><h3>Glossary</h3><dl><dt>Fell</dt><dd>A hill.</dd><dt>Tarn</dt><dd>A lake.</dd></dl></article></body></html>"
    assert shown(laid(page, path="a.html"))[-1][1] == "I never said so."
    assert len(laid(page, path="a.html").turns) == 6


def test_a_stated_convention_wins_with_few_labels() -> None:
    """What the card states is believed where two labels have that form, and explaining says so, with lines and confidence."""
    text = "The lake\n\nLind / It was drained.\n\nBerg / It was not.\n"
    assert laid(text).turns == ()
    stated = Facts(convention="label-bar")
    interview = laid(text, facts=stated)
    assert shown(interview) == (("Lind", "It was drained."), ("Berg", "It was not."))
    told = explain(interview, stated)
    assert told[0] == "The card or sidecar states label-bar: it wins wherever the text has it."
    assert told[-1] == "label-bar marks 2 of 2 turns, in lines 3 to 5, with a confidence of 0.92."


def test_a_biography_and_a_summary_are_not_said() -> None:
    """A last line about somebody in full, and what a secretary sums up between turns, belong to nobody."""
    text = "Q: Will you retire?\n\nA: I will not.\n\nI like the stairs.\n\nQ: And the lift?\n\nA: I leave it to you.\n\nIda Frost writes about work.\n"
    assert shown(laid(text))[-1][1] == "I leave it to you."
    minutes = "AL: Do we need a sign?\n\nTB: We need two.\n\nSummary: The group wants signs.\n\n- one for dogs\n\nAL: Who pays?\n\nTB: Not I.\n"
    assert [said for _, said in shown(laid(minutes))] == ["Do we need a sign?", "We need two.", "Who pays?", "Not I."]
