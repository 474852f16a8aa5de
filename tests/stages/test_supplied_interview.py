"""The supplied interview, and an invented one of its shape: who is quoted with what, by which source and cue."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import process
from onrecord.schema.interview import Interview, Quote, Speaker

RAW = Path(__file__).parents[2] / "raw" / "astna" / "000_e88328541b0bf3a9.txt"

COPY = Path(__file__).parent / "texts" / "renamed_copy.txt"


@pytest.fixture(scope="module")
def supplied() -> Interview:
    """The record of the supplied interview, without a card."""
    return process(Source("astna/one", "one.txt", RAW.read_bytes(), Facts()))


@pytest.fixture(scope="module")
def renamed() -> Interview:
    """The record of the invented one."""
    return process(Source("quay/one", "one.txt", COPY.read_bytes(), Facts()))


def shown(interview: Interview, quote: Quote) -> tuple[str, str | None, str | None, str | None]:
    """The words, the cue, the source and the name of the one quoted."""
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    words = " … ".join(span.of(interview.text) for span in quote.content)
    cue = quote.cue.of(interview.text) if quote.cue else None
    return words, cue, quote.source[0].of(interview.text) if quote.source else None, names.get(quote.speaker or "")


def of_kind(interview: Interview, kind: str) -> list[tuple[str, str | None, str | None, str | None]]:
    """What is shown of the quotations of one kind."""
    return [shown(interview, quote) for quote in interview.quotes if quote.kind == kind]


def speaker(interview: Interview, name: str) -> Speaker:
    """The one speaker with this name."""
    [found] = [item for item in interview.speakers if item.name == name]
    return found


def reported(interview: Interview, start: str) -> tuple[str | None, str | None]:
    """Source and speaker of the one indirect quotation whose words start so."""
    [found] = [item for item in of_kind(interview, "indirect") if item[0].startswith(start)]
    return found[2], found[3]


def test_the_supplied_interview_has_four_direct_quotations(supplied: Interview) -> None:
    """The title, two of the president's and one of the analyst's, each with its cue and source; one mention."""
    direct = of_kind(supplied, "direct")
    assert [item[0][:40] for item in direct] == [
        "The Iranian authorities have realized th",
        "There is no need to build walls at borde",
        "the expansion of relations between the t",
        "It’s difficult to point to any consisten",
    ]
    assert [item[1:] for item in direct] == [
        (None, None, "Nasimi Mammadli"),
        ("said", "Pezeşkian", "Masoud Pezeshkian"),
        ("emphasizing", "He", "Masoud Pezeshkian"),
        ("told", "Mammadli", "Nasimi Mammadli"),
    ]
    assert of_kind(supplied, "mention") == [("trapped,", None, None, None)]


def test_the_supplied_interview_echoes_its_title(supplied: Interview) -> None:
    """The title is verbatim in the second answer; the lede's quotation is altered from the first one's opening."""
    title, _, _, lede = (quote for quote in supplied.quotes if quote.kind == "direct")
    answers = [turn for turn in supplied.turns if turn.role == "answer"]
    assert [(echo.kind, echo.turn) for echo in title.echoes] == [("verbatim", answers[1].id)]
    assert title.echoes[0].span.of(supplied.text) == "the Iranian authorities " + shown(supplied, title)[0][24:]
    assert [(echo.kind, echo.turn) for echo in lede.echoes] == [("altered", answers[0].id)]
    assert 0 < (lede.echoes[0].similarity or 0) < 1


@pytest.mark.parametrize(
    ("start", "source", "name"),
    [
        ("that they do not view the involvement of other countries", "Pezeşkian", "Masoud Pezeshkian"),
        ("that no country's sovereignty should be ignored", "The Iranian president", "Masoud Pezeshkian"),
        ("that they would monitor the case of the armed attack", "Masoud Pezeşkian", "Masoud Pezeshkian"),
        ("that its border with Armenia is a red line", "Iran", "Iran"),
        ("that the involvement of non-regional powers", "he", "Masoud Pezeshkian"),
    ],
)
def test_the_supplied_interview_reports_speech(supplied: Interview, start: str, source: str, name: str) -> None:
    """What the questions and the lede report is found with its source, and belongs to the one quoted."""
    assert reported(supplied, start) == (source, name)


def test_the_supplied_interview_has_its_speakers(supplied: Interview) -> None:
    """The analyst answers, the outlet asks, the president is one speaker under all his names, the deputy is silent."""
    guest, outlet = speaker(supplied, "Nasimi Mammadli"), speaker(supplied, "ASTNA")
    assert (guest.kind, guest.roles, "a political analyst" in guest.descriptors) == ("person", ("interviewee",), True)
    assert (outlet.kind, outlet.roles) == ("organization", ("interviewer",))
    assert [turn.speaker for turn in supplied.turns] == [outlet.id, guest.id] * 6
    president = speaker(supplied, "Masoud Pezeshkian")
    assert president.roles == ("quoted",)
    assert {"Pezeşkian", "Masoud Pezeşkian"} <= set(president.aliases)
    silent = speaker(supplied, "Shahin Mustafayev")
    assert silent.roles == ("mentioned",)
    assert silent.id not in {quote.speaker for quote in supplied.quotes}


def test_the_renamed_copy_is_read_the_same_way(renamed: Interview) -> None:
    """Other names, outlet, country, dates and labels: the same four direct quotations, and the same mention."""
    assert [item[1:] for item in of_kind(renamed, "direct")] == [
        (None, None, "Ida Torvald"),
        ("said", "Gråberg", "Elin Graberg"),
        ("emphasizing", "She", "Elin Graberg"),
        ("told", "Torvald", "Ida Torvald"),
    ]
    assert of_kind(renamed, "mention") == [("stranded,", None, None, None)]
    title = next(quote for quote in renamed.quotes if quote.kind == "direct")
    assert [(echo.kind, echo.turn) for echo in title.echoes] == [("verbatim", renamed.turns[3].id)]


@pytest.mark.parametrize(
    ("start", "source", "name"),
    [
        ("that they do not see the arrival of foreign barges", "Gråberg", "Elin Graberg"),
        ("that no town's harbour should be closed", "The prime minister", "Elin Graberg"),
        ("that they would follow the case of the flooded archive", "Elin Gråberg", "Elin Graberg"),
        ("that its dam at Sund is a sacred place", "Northland", "Northland"),
        ("that the presence of foreign barges", "she", "Elin Graberg"),
    ],
)
def test_the_renamed_copy_reports_speech(renamed: Interview, start: str, source: str, name: str) -> None:
    """Reported speech in the questions and the lede of the copy; a country is not its prime minister."""
    assert reported(renamed, start) == (source, name)


def test_the_renamed_copy_has_its_speakers(renamed: Interview) -> None:
    """Who answers, who asks, who is quoted under two spellings, and who is only mentioned."""
    guest, outlet = speaker(renamed, "Ida Torvald"), speaker(renamed, "KVB")
    assert (guest.roles, "a retired hydrologist" in guest.descriptors) == (("interviewee",), True)
    assert (outlet.kind, outlet.roles) == ("organization", ("interviewer",))
    assert [turn.speaker for turn in renamed.turns] == [outlet.id, guest.id] * 6
    assert {"Gråberg", "Elin Gråberg"} <= set(speaker(renamed, "Elin Graberg").aliases)
    assert speaker(renamed, "Otto Reyes").roles == ("mentioned",)
