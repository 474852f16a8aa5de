"""Who takes part, where a file says so in its header: passed on to those who name the speakers."""

from __future__ import annotations

import pytest

from onrecord.collection.facts import Facts, Participant, Source
from onrecord.pipeline import process
from onrecord.readers import READERS, people_of

TALK = "\n\n".join(
    f"QUILL: Who lit the lamp in {year}?\n\nWICK: We did in the spring of {year}, my brother and I."
    for year in range(1950, 1956)
)
OHMS = (
    "<ROOT><record id='1'><title>The lamp</title><interviewer>Ada Quill</interviewer><interviewee>Bo Wick</interviewee>"
    f"<transcript>{TALK}</transcript></record></ROOT>"
)
TEI = (
    "<TEI><teiHeader><particDesc><person xml:id='A' role='interviewer'><persName>Ada Quill</persName></person>"
    "<person xml:id='B' role='interviewee'><persName>Bo Wick</persName></person>"
    "<person xml:id='C'><persName>Cy Fenn</persName></person></particDesc></teiHeader>"
    "<text><body><u who='#A'>Who lit it?</u><u who='#B'>We did.</u></body></text></TEI>"
)
FRONT = f"---\ntitle: The lamp\ninterviewer: Ada Quill\ninterviewee: Bo Wick\n---\n\n{TALK}\n"


@pytest.mark.parametrize(
    ("name", "content"), [("a.xml", OHMS), ("a.xml", TEI), ("a.md", FRONT)], ids=["ohms", "tei", "md"]
)
def test_people_of_a_header_name_the_speakers(name: str, content: str) -> None:
    """Surnames as labels become full names, and roles are known; who has no role in the header is left to the text."""
    record = process(Source("x/y", name, content.encode()))
    assert [(speaker.name, speaker.roles) for speaker in record.speakers] == [
        ("Ada Quill", ("interviewer",)),
        ("Bo Wick", ("interviewee",)),
    ]


def test_the_card_s_participants_are_not_overruled() -> None:
    """Where card or sidecar say who takes part, the file's header is not asked."""
    facts = Facts(participants=(Participant(name="Adeline Quill", roles=("interviewer",)),))
    record = process(Source("x/y", "a.xml", OHMS.encode(), facts))
    assert "Ada Quill" not in {speaker.name for speaker in record.speakers}


def test_several_people_of_one_role_are_all_named() -> None:
    """An element for each, or semicolons between them."""
    one = OHMS.replace("</interviewer>", "; Cy Fenn</interviewer><interviewer>Di Orme</interviewer>")
    people = people_of(READERS["xml"].read(one.encode(), Facts()).stated)
    assert [person.name for person in people] == ["Ada Quill", "Cy Fenn", "Di Orme", "Bo Wick"]


@pytest.mark.parametrize("value", ["", "https://example.org", "ada@example.org", "2", "yes!", "a b c d e f g h"])
def test_what_is_no_name_is_nobody(value: str) -> None:
    """Addresses, numbers and sentences are no people."""
    assert people_of([("interviewer", value)]) == ()
