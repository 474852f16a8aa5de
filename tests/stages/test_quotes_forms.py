"""Forms of reports that journalists vary: appositions, insertions, far subjects, other languages' tags."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import process
from onrecord.stages.attribution import resolve_speakers
from onrecord.stages.quotes import find_quotes
from tests.stages.test_attribution import names, resolved, rules
from tests.stages.test_quotes import bare, found

FORMS: list[tuple[str, str, str, list[tuple[Any, ...]]]] = [
    ("a name closes the description before it", "en",
     "“If it closes,” the fisherman's wife, Joan Finch, told this newspaper, “we will have to move.”",
     [("direct", ["If it closes,", "we will have to move."], "told", "the fisherman's wife, Joan Finch")]),
    ("an adverb that could open a clause", "en",
     "Her predecessor, Sir Hugh Pell, once joked that gulls pay no rent.",
     [("indirect", ["that gulls pay no rent"], "once joked", "Her predecessor, Sir Hugh Pell")]),
    ("an insertion between dashes", "en",
     "Ms. Finch — no relation to the mayor — wrote that the pier was rotten.",
     [("indirect", ["that the pier was rotten"], "wrote", "Ms. Finch — no relation to the mayor —")]),
    ("a clause between the halves", "en",
     "“Look,” Finch said, when a student asked about rents, “nobody knows.”",
     [("direct", ["Look,", "nobody knows."], "said", "Finch")]),
    ("whoever is quoted as saying", "en",
     "She quoted her grandmother as saying, “Never count the fish.”",
     [("direct", ["Never count the fish."], "as saying", "her grandmother")]),
    ("a far subject that asks not to be named", "en",
     "An official who asked not to be named because he was not allowed to speak wrote that the figures were “soft”.",
     [("mixed", ["that the figures were “soft”"], "wrote",
       "An official who asked not to be named because he was not allowed to speak")]),
    ("a relative clause that quotes", "en",
     "Her staff, who call her “the Vane,” say she changes her mind.",
     [("mixed", ["her “the Vane,”"], "call", "who"),
      ("indirect", ["she changes her mind"], "say", "Her staff, who call her “the Vane,”")]),
    ("a noun takes up what was said", "en",
     "The bank has promised to publish its models, a pledge that critics dismissed.",
     [("indirect", ["to publish its models"], "has promised", "The bank")]),
    ("one of them", "en", "One of them called it “a knife in the back.”",
     [("mixed", ["it “a knife in the back.”"], "called", "One of them")]),
    ("verbs in a series", "en", "In her book she recalls the strike, calls the plan “a toy”, and says that it failed.",
     [("indirect", ["the strike"], "recalls", "she"), ("mixed", ["the plan “a toy”"], "calls", "she"),
      ("indirect", ["that it failed"], "says", "she")]),
    ("no object within a reported clause", "en", "He said he would demand an inquiry.",
     [("indirect", ["he would demand an inquiry"], "said", "He")]),
    ("a question tag reports nothing", "en", "I did say that, didn't I?", []),
    ("perfect tag", "de", "„Wir haben alles geprüft“, hatte Orthmann vor der Sitzung erklärt.",
     [("direct", ["Wir haben alles geprüft"], "erklärt", "Orthmann")]),
    ("an accusative is no subject", "de", "Der Fischer Tom Bracke, der am Kai lebt, nannte den Plan eine „Schande“.",
     [("direct", ["Schande"], "nannte", "Der Fischer Tom Bracke, der am Kai lebt")]),
    ("the one who is quoted by a paper", "de",
     "Das „Küstenblatt“ zitiert einen Augenzeugen mit den Worten: „Es wurde laut.“",
     [("mention", ["Küstenblatt"], None, None), ("direct", ["Es wurde laut."], "Worten", "einen Augenzeugen")]),
    ("the paper it stands in", "de", "In dem Schreiben heißt es: „Die Pacht endet im März.“",
     [("direct", ["Die Pacht endet im März."], "heißt", "dem Schreiben")]),
    ("a colon behind an unknown verb", "de",
     "Die Autoren des Gutachtens kommen zu dem Schluss: „Der Hafen ist verloren.“",
     [("direct", ["Der Hafen ist verloren."], ":", "Die Autoren des Gutachtens")]),
    ("nothing was commented on", "de", "Ein Sprecher kommentierte den Vorgang nicht.", []),
    ("an article that is a pronoun, too", "es", "La alcaldesa, Lena Orfó, dijo que el puerto perdía dinero.",
     [("indirect", ["que el puerto perdía dinero"], "dijo", "La alcaldesa, Lena Orfó")]),
    ("a second verb without subject", "es", "Dev Anand prometió pedir cuentas y añadió que las cifras «no cuadran».",
     [("indirect", ["pedir cuentas"], "prometió", "Dev Anand"),
      ("mixed", ["que las cifras «no cuadran»"], "añadió", "Dev Anand")]),
    ("a subject without article behind an introduction", "ru",
     "На вопрос о продаже мэр ответила: «Я ничего не исключаю».",
     [("direct", ["Я ничего не исключаю"], "ответила", "мэр")]),
    ("a comma and a dash before an unknown verb", "ru", "«Это конец», — вздохнул Бракин.",
     [("direct", ["Это конец"], "вздохнул", "Бракин")]),
    ("a link and any verb", "tr", "Brak, “Bu bir şeyin sonu” diye iç geçirdi.",
     [("direct", ["Bu bir şeyin sonu"], "iç geçirdi", "Brak")]),
    ("an answer that is given", "tr", "Orfan, “Hiçbir şeyi dışlamıyorum” yanıtını verdi.",
     [("direct", ["Hiçbir şeyi dışlamıyorum"], "yanıtını verdi", "Orfan")]),
    ("a thing that is called so", "tr", "Finç, “hissedilen rüzgâr” diye bir sütun tutuyor.",
     [("mention", ["hissedilen rüzgâr"], None, None)]),
    ("a name between dash and verb", "az", "“Bizdən heç vaxt soruşmadılar”, – Brakov deyib.",
     [("direct", ["Bizdən heç vaxt soruşmadılar"], "deyib", "Brakov")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
def test_form_is_read(language: str, text: str, expected: list[tuple[Any, ...]]) -> None:
    """Kind, contents, cue and source are those a careful reader marks."""
    assert found(text, language) == expected


def test_next_paragraph_does_not_continue_a_fragment() -> None:
    """A paragraph of quotation continues a direct quotation before it, never a clause with a fragment."""
    quotes = found("He said that the figures “do not add up.”\n\n“They asked nobody,” Orla Finch said.")
    assert [quote[1] for quote in quotes] == [["that the figures “do not add up.”"], ["They asked nobody,"]]


def test_pronoun_follows_the_subject_of_the_sentence_before() -> None:
    """Whoever was quoted last is not meant by `he` where another person has become the subject since."""
    text = (
        "“We looked at every option,” Lena Orford told the board.\n\n"
        "But Tom Finch, who rows from the quay, was not convinced.\n\n“They never asked us,” he said."
    )
    assert names(resolved(text)) == ["Lena Orford", "Tom Finch"]


def test_another_given_name_is_another_person() -> None:
    """A surname that was heard before does not make a daughter her father."""
    text = "Tom Finch rows. “I row,” Finch said. “Why now?” asked Joana Finch."
    assert names(resolved(text)) == ["Tom Finch", "Joana Finch"]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The ministry said that it rained.", "organization"),
        ("en", "A student said that it rained.", "person"),
        ("en", "Two residents said that it rained.", "group"),
        ("en", "The report said that it rained.", "unknown"),
        ("de", "Die Behörde sagte, es habe geregnet.", "organization"),
    ],
)
def test_description_says_what_it_names(language: str, text: str, kind: str) -> None:
    """A description without a name is a person, a group, an organization, or unknown where its noun does not tell."""
    interview = resolve_speakers(find_quotes(bare(text, language), Facts()), Facts())
    assert [(speaker.name, speaker.kind) for speaker in interview.speakers] == [(None, kind)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Tom Bracke kam. „Ich komme“, sagte Tom Bracke. Ihm zufolge ist das „ein Witz“."),
        ("az", "Tamer Brakov gəldi. Tamer Brakov deyib ki, yağış yağır. Onun sözlərinə görə, liman bağlanır."),
    ],
)
def test_words_of_somebody_are_that_somebodys(language: str, text: str) -> None:
    """A pronoun that owns the words (ihm zufolge, onun sözlərinə görə) stands for the one quoted before."""
    interview = resolve_speakers(find_quotes(bare(text, language), Facts()), Facts())
    last = interview.quotes[-1]
    assert {speaker.id: speaker.name for speaker in interview.speakers}[last.speaker or ""] in (
        "Tom Bracke",
        "Tamer Brakov",
    )
    assert last.evidence.speaker_rule == "pronoun-nearest"


def test_you_in_a_question_is_the_one_who_answers() -> None:
    """`You once said …` in a question quotes the guest; `he` in an answer is a third one."""
    text = (
        "Dan Orme: You once said that the yard was a family. Is it?\n\n"
        "Ruth Hale: It was. I asked Tom Brackley what he remembered, and he said, “The tea.”\n\n"
        "Dan Orme: And the council? What did it tell you then?\n\nRuth Hale: Nothing at all.\n"
    )
    interview = process(Source("t/t", "t.txt", text.encode()))
    named = {speaker.id: speaker.name for speaker in interview.speakers}
    assert [named[quote.speaker or ""] for quote in interview.quotes] == ["Ruth Hale", "Ruth Hale", "Tom Brackley"]
    assert rules(interview)[0] == "second-person-in-question"
