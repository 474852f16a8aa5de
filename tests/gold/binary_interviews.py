"""The four fictional interviews in `.docx` and `.pdf`: what they say, how they are laid out, and their gold."""

from __future__ import annotations

from collections.abc import Sequence

from tests.gold.binary import Text, Turn, docx, gold, note, paragraph, pdf, run, tab, table


def files() -> dict[str, bytes]:
    """Return the bytes of every file by its name in raw/fictional."""
    return {
        **_bold_questions(),
        **_labels_and_tabs(),
        **_hearing(),
        **_two_columns(),
    }


def _bold_questions() -> dict[str, bytes]:
    name, title = "docx-bold-questions", "The Woman Who Sharpens Everything"
    pairs = [
        ("What did you sharpen this morning?", "A spade, eleven kitchen knives, and a pair of skates."),
        ("Is there anything you refuse?", "Wit. People bring me their sons."),
        ("How do you know when it is done?", "It goes quiet. A blunt thing talks all the way through the bread."),
        ("You learned it from your grandfather.", "From his mistakes. He had nine fingers and a great deal of advice."),
        ("And the wheel?", "The wheel is from 1911. I am only the third person who has sat here."),
    ]
    body = [
        paragraph(run(title), style="Title"),
        paragraph(run("By Clara Windle, 12 April 2016", "i")),
        paragraph(run("Hester Quaid has a wheel, a stool and no sign over the door. We brought scissors.")),
    ]
    turns = []
    for index, (question, answer) in enumerate(pairs):
        marks = [note(1)] if index == 4 else []
        body += [paragraph(run(question, "b")), paragraph(run(answer), *marks)]
        turns += [Turn(None, "question", question), Turn(None, "answer", answer)]
    body += [
        paragraph(run("Hester Quaid at her wheel. Photo: Wes Tarrant"), style="Caption"),
        table([["Knives", "2 each"], ["Skates", "5 the pair"], ["Scissors", "ask"]]),
    ]
    return {
        f"{name}.docx": docx(body, ["The maker’s plate says 1910; she says the plate is wrong."], "Trades, no. 7"),
        f"{name}.gold.json": gold(
            title,
            "2016-04-12",
            {"Clara Windle": "interviewer", "Hester Quaid": "interviewee"},
            turns,
            "Bold paragraphs are questions (one is a statement); caption, price table, footnote and page header are "
            "no turns.",
        ),
    }


def _labels_and_tabs() -> dict[str, bytes]:
    name, title = "docx-labels-tabs", "Interview 9: the ice-house"
    spoken = [
        ("Interviewer", "question", "You carried ice as a girl?"),
        ("Mrs. Thole", "answer", "In straw, up four flights, and it weighed less at the top."),
        ("Interviewer", "question", "Who for?"),
        ("Mrs. Thole", "answer", "For the opera, in summer. They put it under the stage and blew on it."),
        ("Daughter", "statement", "She still can’t hear a tenor without a shawl."),
        ("Mrs. Thole", "answer", "That’s draught."),
    ]
    body = [paragraph(run(title), style="Heading1"), paragraph(run("Recorded 3 August 1987; grey: the transcriber."))]
    for index, (speaker, _, text) in enumerate(spoken):
        body.append(paragraph(run(f"{speaker}:", "b"), tab(), run(text)))
        if index == 3:
            body.append(paragraph(run("[a bell in the yard, 12 seconds]", 'color w:val="808080"')))
    return {
        f"{name}.docx": docx(body),
        f"{name}.gold.json": gold(
            title,
            "1987-08-03",
            {"Interviewer": "interviewer", "Mrs. Thole": "interviewee", "Daughter": "other"},
            [Turn(*line) for line in spoken],
            "Bold label, colon, tab, text; the transcriber’s grey remark on its own line is an event.",
        ),
    }


_HEARING: Sequence[Sequence[str]] = (
    (
        "                     P R O C E E D I N G S",
        "                                        (9:31 a.m.)",
        "          THE CLERK:  Inquiry into the closing of",
        "the weir at Lower Tarn. Please be seated.",
        "          THE CHAIR:  Mr. Strand, you are still",
        "under oath.",
        "     Q    Mr. Strand, when did you write your warn-",
        "ing?",
        "     A    On the Monday, at a quarter to five.",
        "     Q    And the water came on the Sunday.",
        "     A    On the Sunday before, yes. I write",
    ),
    (
        "slowly.",
        "          MS. CARROW:  I live at number nine. May I",
        "ask him something?",
        "          THE CHAIR:  Briefly.",
        "          MS. CARROW:  Who closes the gate?",
        "          THE WITNESS:  Nobody is paid to, madam.",
        "That is in paragraph 3: the keeper retired in 2014.",
        "               (Pause.)",
        "     Q    Nothing further.",
        "               (Whereupon, at 9:52 a.m., the inquiry",
        "was adjourned.)",
    ),
)

_HEARING_TURNS = (
    Turn("THE CLERK", "statement", "Inquiry into the closing of the weir at Lower Tarn. Please be seated."),
    Turn("THE CHAIR", "statement", "Mr. Strand, you are still under oath."),
    Turn(None, "question", "Mr. Strand, when did you write your warning?"),
    Turn(None, "answer", "On the Monday, at a quarter to five."),
    Turn(None, "question", "And the water came on the Sunday."),
    Turn(None, "answer", "On the Sunday before, yes. I write slowly."),
    Turn("MS. CARROW", "statement", "I live at number nine. May I ask him something?"),
    Turn("THE CHAIR", "statement", "Briefly."),
    Turn("MS. CARROW", "question", "Who closes the gate?"),
    Turn(
        "THE WITNESS",
        "answer",
        "Nobody is paid to, madam. That is in paragraph 3: the keeper retired in 2014.",
    ),
    Turn(None, "question", "Nothing further."),
)


def _hearing() -> dict[str, bytes]:
    name, title = "pdf-hearing-line-numbers", "Inquiry into the Weir at Lower Tarn"
    pages = []
    for number, lines in enumerate(_HEARING, 1):
        page = [Text(72, 800, f"{title}, 6 March 2023", size=9)]
        for index, line in enumerate(lines, 1):
            y = 770 - 24 * index
            indent = len(line) - len(line.lstrip())
            page += [Text(72, y, str(index)), Text(100 + 5 * indent, y, line.lstrip())]
        page.append(Text(280, 40, f"Page {number} of {len(_HEARING)}", size=9))
        pages.append(page)
    return {
        f"{name}.pdf": pdf(pages, title),
        f"{name}.gold.json": gold(
            title,
            "2023-03-06",
            {"Mr. Strand": "interviewee", "Ms. Carrow": "other", "The chair": "moderator"},
            _HEARING_TURNS,
            "Line numbers, page header and footer cut through an answer; a hyphenated word; Q and A without marks "
            "beside labels; (Pause.) and (Whereupon …) are events.",
        ),
    }


def _two_columns() -> dict[str, bytes]:
    name, title = "pdf-two-columns-bold", "Eight minutes with a foghorn"
    left = [
        ("F2", "You tune foghorns. Can a foghorn"),
        ("F2", "be out of tune?"),
        ("F1", "All of them are. The art is to be"),
        ("F1", "wrong in a way that ships remem-"),
        ("F1", "ber."),
        ("F2", "How far does it carry?"),
        ("F1", "Nine miles at sea. On land, as far"),
        ("F1", "as the next letter to the editor."),
    ]
    right = [
        ("F2", "Do you wear ear protection?"),
        ("F1", "I wear a hat."),
        ("F2", "Which note is yours?"),
        ("F1", "E flat, a little under. My wife says"),
        ("F1", "it is the note of a man who is"),
        ("F1", "about to apologise."),
        ("F2", "And are you?"),
        ("F1", "In fog, always."),
    ]
    page = [
        Text(72, 790, title, "F2", 18),
        Text(72, 765, "Cormac Ruane, 71, talked to the Slipway Quarterly in May 2014."),
    ]
    for x, column in ((72, left), (320, right)):
        page += [Text(x, 730 - 16 * index, line, font) for index, (font, line) in enumerate(column)]
    page.append(Text(280, 40, "17", size=9))
    turns = [
        Turn(None, "question", "You tune foghorns. Can a foghorn be out of tune?"),
        Turn(None, "answer", "All of them are. The art is to be wrong in a way that ships remember."),
        Turn(None, "question", "How far does it carry?"),
        Turn(None, "answer", "Nine miles at sea. On land, as far as the next letter to the editor."),
        Turn(None, "question", "Do you wear ear protection?"),
        Turn(None, "answer", "I wear a hat."),
        Turn(None, "question", "Which note is yours?"),
        Turn(None, "answer", "E flat, a little under. My wife says it is the note of a man who is about to apologise."),
        Turn(None, "question", "And are you?"),
        Turn(None, "answer", "In fog, always."),
    ]
    return {
        f"{name}.pdf": pdf([page], title),
        f"{name}.gold.json": gold(
            title,
            "2014-05",
            {"Slipway Quarterly": "interviewer", "Cormac Ruane": "interviewee"},
            turns,
            "Two columns; bold lines are the questions; a hyphenated word; the page number is no text of a turn.",
        ),
    }
