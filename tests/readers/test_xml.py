"""Transcripts in XML: who speaks, in whatever scheme the file uses."""

from __future__ import annotations

import pytest

from onrecord.collection.facts import Facts
from onrecord.readers import READERS, Reading
from tests.readers.running import codes, kinds


def read(text: str | bytes) -> Reading:
    """Read XML."""
    return READERS["xml"].read(text.encode() if isinstance(text, str) else text, Facts())


@pytest.mark.parametrize(
    "body",
    [
        "<u who='#Ada'>I did.</u>",
        "<u who='Ada'><seg>I did.</seg></u>",
        "<sp who='Ada'><p>I did.</p></sp>",
        "<sp><speaker>Ada:</speaker><p>I did.</p></sp>",
        "<turn speaker='Ada'>I did.</turn>",
        "<line speaker='Ada'>I did.</line>",
        "<contribution by='Ada'><text>I did.</text></contribution>",
        "<tei:u xmlns:tei='http://www.tei-c.org/ns/1.0' who='Ada'>I did.</tei:u>",
        "<U WHO='Ada'>I did.</U>",
        "<p><said who='Ada'>I did.</said></p>",
        "<entry><speaker>Ada</speaker></entry><u who='Ada'>I did.</u>",
    ],
)
def test_an_utterance_is_known_by_its_name_or_by_saying_who_speaks(body: str) -> None:
    """The voice is the value of a `speaker` mark over what it says, without a printed label."""
    assert kinds(read(f"<doc>{body}</doc>"), "speaker") == [("I did.", "Ada")]


def test_people_of_a_header_give_their_names_to_their_ids() -> None:
    """Ids that a list of people explains are replaced by the names; several voices are joined."""
    people = "<person xml:id='A'><persName>Ada Quill</persName></person><person xml:id='B' name='Bo'/>"
    said = "<u who='#A'>One.</u><u who='#A #B'>Two.</u><u who='#C'>Three.</u>"
    reading = read(f"<TEI><teiHeader>{people}</teiHeader><text>{said}</text></TEI>")
    assert reading.text == "One.\n\nTwo.\n\nThree."
    assert [value for _, value in kinds(reading, "speaker")] == ["Ada Quill", "Ada Quill, Bo", "C"]


def test_a_voice_nobody_names_is_not_invented() -> None:
    """An utterance without a speaker is marked as one, and nobody is named."""
    reading = read("<text><u>Who is this?</u></text>")
    assert kinds(reading, "speaker") == []
    assert kinds(reading, "style") == [("Who is this?", "utterance")]


def test_printed_labels_stay_in_the_text_under_their_mark() -> None:
    """A `speaker` element, or a note of the type speaker, is what is printed."""
    reading = read("<text><note type='speaker'>THE CHAIR:</note><u who='Ada'>Order.</u></text>")
    assert reading.text == "THE CHAIR:\n\nOrder."
    assert kinds(reading, "cite") == [("THE CHAIR:", "speaker")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("pergunta", "resposta"),
        ("Question", "Answer"),
        ("q", "a"),
        ("frage", "antwort"),
        ("interviewer", "interviewee"),
    ],
)
def test_elements_named_question_and_answer_say_the_side(question: str, answer: str) -> None:
    """The side of the exchange is the value of a `style` mark, in several languages."""
    pair = f"<{question}>Who?</{question}><{answer}><p>We.</p><p>Both.</p></{answer}>"
    found = kinds(read(f"<talk>{pair}{pair}</talk>"), "style")
    assert found == [("Who?", "question"), ("We.\n\nBoth.", "answer")] * 2


def test_one_element_named_interviewer_is_a_name_in_a_header() -> None:
    """A single `interviewer` element says who asks, it is no question."""
    assert kinds(read("<talk><interviewer>Ada</interviewer><u who='A'>Who?</u></talk>"), "style") == []


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ("start='1.5' end='2'", "1500-2000"),
        ("startTime='0' endTime='12.25'", "0-12250"),
        ("begin='00:01:02.500' end='00:01:03'", "62500-63000"),
        ("begin='10s' end='12500ms'", "10000-12500"),
        ("start='1000000' end='1002000'", "1000000-1002000"),
        ("start='2' end='1'", None),
        ("start='now' end='then'", None),
        ("start='5'", None),
    ],
)
def test_times_in_any_notation_are_milliseconds(attributes: str, value: str | None) -> None:
    """Seconds, clocks and milliseconds are told apart; of times that make no sense none is kept."""
    found = kinds(read(f"<t><u who='A' {attributes}>Words.</u></t>"), "cue")
    assert found == ([("Words.", value)] if value else [])


def test_elements_among_words_do_not_break_the_line() -> None:
    """An unknown element is part of the line if words stand around it, and a paragraph if none do."""
    assert read("<t><x>One</x><x>two <y>and</y> three</x> <z>four</z></t>").text == "One\n\ntwo and three\n\nfour"
    assert read("<t><p><y>First</y> words.</p></t>").text == "First words."


def test_events_and_notes_are_marked() -> None:
    """What is noted beside speech has its kind as value."""
    reading = read("<u who='A'>So <vocal><desc>laughs</desc></vocal> it was. <incident>door</incident></u>")
    assert kinds(reading, "note") == [("laughs", "vocal"), ("door", "incident")]


def test_facts_are_taken_from_headers_and_from_the_root() -> None:
    """TEI headers, attributes of the root and single elements near it state facts."""
    reading = read(
        "<TEI xml:lang='sl'><teiHeader><titleStmt><title type='sub'>B</title><title>A</title></titleStmt>"
        "<publicationStmt><date when='2020-01-02'/></publicationStmt><bibl><date when='1998-11-25'>x</date></bibl>"
        "</teiHeader><text><u who='A'>Words.</u></text></TEI>"
    )
    assert dict(reading.stated) == {"title": "A", "language": "sl", "date": "1998-11-25", "published": "2020-01-02"}
    assert reading.text == "Words."
    assert dict(read("<t title='The lamp' sourceURL='https://example.org'><p>x</p></t>").stated) == {
        "title": "The lamp",
        "url": "https://example.org",
    }


def test_ohms_gives_its_transcript_line_by_line() -> None:
    """Of an OHMS record the transcript is the text, with its lines; the rest states facts."""
    reading = read("<r><record><title>Talk</title><transcript>A: One.\nB: Two.\n\nA: Three.</transcript></record></r>")
    assert reading.text == "A: One.\nB: Two.\n\nA: Three."
    assert dict(reading.stated) == {"title": "Talk"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<t><u who='A'>One & two</u></t>", "One & two"),
        ("<t><u who='A'>One <b>two</u></t>", "One two"),
        ("<t><u who='A'>One", "One"),
        ("<t><u who=A>One</u></t>", "One"),
        ("<t><u who='A'><![CDATA[One < two]]> & three</u></t>", "One < two & three"),
        ("<t>One</t><t>Two</t>", "One\n\nTwo"),
        ("words before <t>One</t>", "words before\n\nOne"),
    ],
)
def test_what_is_not_well_formed_is_read_leniently(text: str, words: str) -> None:
    """A stray ampersand or a missing end loses nothing; a problem says where the rules are broken."""
    reading = read(text)
    assert reading.text.replace("\n\n", "\n\n") == words
    assert codes(reading) == ["malformed-markup"]


def test_the_declared_encoding_is_used() -> None:
    """The XML declaration says how to read the bytes; UTF-16 has its mark."""
    text = "<t><u who='Зоя'>Здесь мой дом.</u></t>"
    assert read(f"<?xml version='1.0' encoding='windows-1251'?>{text}".encode("cp1251")).text == "Здесь мой дом."
    assert read(f"<?xml version='1.0' encoding='UTF-16'?>{text}".encode("utf-16")).text == "Здесь мой дом."
    assert kinds(read(text), "speaker") == [("Здесь мой дом.", "Зоя")]


def test_annotations_of_elan_are_read_by_time() -> None:
    """Tiers are voices, annotations go by their start, dependent tiers are left out, and slots may have no time."""
    slots = (
        "".join(f"<TIME_SLOT TIME_SLOT_ID='t{n}' TIME_VALUE='{n * 100}'/>" for n in range(4))
        + "<TIME_SLOT TIME_SLOT_ID='x'/>"
    )

    def said(words: str, start: str, end: str) -> str:
        return (
            f"<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1='{start}' TIME_SLOT_REF2='{end}'>"
            f"<ANNOTATION_VALUE>{words}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        )

    tiers = (
        f"<TIER TIER_ID='A' PARTICIPANT='Ada'>{said('One.', 't0', 't1')}{said('Three.', 't2', 't3')}"
        f"{said('', 't3', 't3')}</TIER>"
        f"<TIER TIER_ID='Bo'>{said('Two.', 't1', 't2')}{said('Late.', 'x', 'x')}</TIER>"
        f"<TIER TIER_ID='Bo-en' PARENT_REF='Bo'>{said('Deux.', 't1', 't2')}</TIER>"
    )
    reading = read(
        f"<ANNOTATION_DOCUMENT DATE='2019-01-01'><TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"
    )
    assert kinds(reading, "speaker") == [("One.", "Ada"), ("Two.", "Bo"), ("Late.", "Bo"), ("Three.", "Ada")]
    assert [value for _, value in kinds(reading, "cue")] == ["0-100", "100-200", None, "200-300"]
    assert reading.stated == ()


def test_what_happens_stands_apart_from_what_is_said() -> None:
    """A note of an event leans on no word; points after it stay where they are, and an empty one divides nothing."""
    said = "Nobody cut it. <vocal><desc>laughs</desc></vocal>It lay <gap/>down<vocal>hm</vocal>."
    page = f"<TEI><text><body><u who='A'>{said}</u></body></text></TEI>"
    assert read(page).text == "Nobody cut it. laughs It lay down hm."
