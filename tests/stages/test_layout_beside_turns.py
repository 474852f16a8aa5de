"""What stands between and after turns and is no speech, and what looks so and is."""

from __future__ import annotations

from onrecord.schema.interview import Interview
from tests.stages.layouts import laid, roles, shown

TALK = (
    "Dell: When did you build the raft?\n\nStern: In April, when I had the time.\n\n"
    "Dell: Did it float?\n\nStern: It floated for as long as I did not stand on it.\n\n"
)


def _last(interview: Interview) -> str:
    return shown(interview)[-1][1]


def test_names_and_issues_below_the_last_turn_sign_the_text() -> None:
    """Short lines of names or an issue, which end no sentence, are none of the last answer."""
    assert _last(laid(f"{TALK}Ida Frost\n\nHarbour Gazette 12/2019\n")).endswith("stand on it.")


def test_what_a_transcriber_notes_at_the_end_stays_where_it_is() -> None:
    """A line in capitals and words that are no names are left to the turn they stand in."""
    assert _last(laid(f"{TALK}THE REST IS LOST\n")).endswith("THE REST IS LOST")
    assert _last(laid(f"{TALK}and that was all of it\n")).endswith("all of it")


def test_a_pull_quote_is_said_once() -> None:
    """A block quotation that repeats the words of an answer nearby is none of it; one with words of its own is."""
    text = (
        "**When did you build the raft?**\n\nIn April, and it took me three weeks.\n\n> it took me three weeks\n\n"
        "**Did it float?**\n\nNot at all. My aunt used to say:\n\n> Wood remembers where it stood.\n\n"
        "I believe her.\n\n**Will you try again?**\n\nI will, in spring.\n"
    )
    said = [words for _, words in shown(laid(text, path="a.md"))]
    assert said[1] == "In April, and it took me three weeks."
    assert "Wood remembers where it stood." in said[3]


def test_the_end_of_a_paragraph_may_be_timed() -> None:
    """`#00:00:12-4#` after a paragraph is the end of its turn in time, not text."""
    turns = laid(
        "I: Wann war das? #00:00:04-0#\n\nB: Im Mai, glaube ich. #00:00:12-4#\n\nI: Und dann? #00:00:15-1#\n\n"
        "B: Dann kam der Regen. #00:00:19-8#\n"
    ).turns
    assert [turn.end_ms for turn in turns] == [4000, 12400, 15100, 19800]


def test_one_voice_answers_what_many_ask() -> None:
    """In a thread where many ask once or twice and one voice answers them all, that one is the interviewee."""
    text = "".join(
        f"{who}: {asked}\n\nolle: {told}\n\n"
        for who, asked, told in (
            ("PIA", "How long is the rope?", "Forty yards."),
            ("TOM", "Who holds the other end?", "My sister."),
            ("UNA", "Is she strong?", "Stronger than the rope."),
            ("KAI", "May I try?", "You may hold my coat."),
        )
    )
    assert roles(laid(text.replace("olle", "OLLE"))) == "qaqaqaqa"


def test_lists_of_people_above_the_first_turn_are_no_turn() -> None:
    """`Delegates: …` before anybody speaks is a roster, whatever the word; a name that talks there is a speaker."""
    roster = "Delegates: Ada Lind and Tom Pell of the river board.\n\n"
    talk = "Ada Lind: When does the lock open?\n\nTom Pell: On Friday.\n\nAda Lind: Who pays?\n\nTom Pell: We do.\n"
    assert shown(laid(roster + talk))[0][0] == "Ada Lind"
    assert shown(laid("Bruno: Are you all here, and can you hear me?\n\n" + talk))[0][0] == "Bruno"
