"""German reports: who is cited, names in marks, objects that are topics, books with guillemets."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import process
from tests.stages.test_quotes import found

FORMS: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("cited in the passive", "„Die Fähre bleibt“, wird Kapitänin Ulla Frisk im Lokalblatt zitiert.",
     [("direct", ["Die Fähre bleibt"], "zitiert", "Kapitänin Ulla Frisk")]),
    ("cited by a paper in marks", "Ulla Frisk wird von der „Seepost“ mit den Worten zitiert: „Das Tor klemmt.“",
     [("mention", ["Seepost"], None, None), ("direct", ["Das Tor klemmt."], "zitiert", "Ulla Frisk")]),
    ("a paper spoken to", "Frisk sagte der „Seepost“, der Kai bleibe zu.",
     [("mention", ["Seepost"], None, None), ("indirect", ["der Kai bleibe zu"], "sagte", "Frisk")]),
    ("the name of what a noun says", "Frisk kündigte am Montag an, dass der Dampfer „Alte Liebe“ bleibt.",
     [("mixed", ["dass der Dampfer „Alte Liebe“ bleibt"], "kündigte", "Frisk")]),
    ("a noun of saying before the words",
     "Der Bericht endet mit der Feststellung „Wir haben die Fähre nie gebraucht“.",
     [("direct", ["Wir haben die Fähre nie gebraucht"], None, "Der Bericht")]),
    ("what something is said to be by nobody", "Der Steg gilt seit Jahren als „schwierig“.",
     [("mention", ["schwierig"], None, None)]),
    ("what somebody calls it", "Der Rat verurteilte den Plan als „falschen Weg“.",
     [("direct", ["falschen Weg"], None, "Der Rat")]),
    ("an object that is a topic", "Frisk kritisierte den Beschluss des Rates. Die Fähre sei sicher.",
     [("indirect", ["Die Fähre sei sicher"], None, "Frisk")]),
    ("an object that was said", "Frisk verlangte am Montag in Wedel den Abriss der Mole.",
     [("indirect", ["den Abriss der Mole"], "verlangte", "Frisk")]),
    ("a phrase that was said", "Die Reederei sprach dennoch von einem ruhigen Sommer.",
     [("indirect", ["von einem ruhigen Sommer"], "sprach", "Die Reederei")]),
    ("a name, a colon", "Darauf Hafenmeister Ole Brand: „Wir warten.“",
     [("direct", ["Wir warten."], ":", "Hafenmeister Ole Brand")]),
    ("an apposition before any verb", "Die Leiterin des Museums, Nele Thorn, sieht das anders: „Es bleibt offen.“",
     [("direct", ["Es bleibt offen."], ":", "Die Leiterin des Museums, Nele Thorn")]),
    ("a pronoun behind its verb", "Die lange Geduld der Fischer lobte er mit den Worten: „So muss es sein.“",
     [("direct", ["So muss es sein."], "lobte", "er")]),
    ("by whom it is called so", "Der Wind wird vom Wetteramt als „sehr stark“ eingestuft.",
     [("direct", ["sehr stark"], None, "Wetteramt")]),
    ("the paper of a tag", "„Der Steg ist zu sperren“, heißt es am Montag in der Verfügung.",
     [("direct", ["Der Steg ist zu sperren"], "heißt", "der Verfügung")]),
    ("nobody behind a passive", "Es wurde auch behauptet, der Lotse habe geschlafen.",
     [("indirect", ["der Lotse habe geschlafen"], "behauptet", None)]),
    ("a second verb of the same subject", "Der Pächter bestritt das und verlangte, den Steg zu räumen.",
     [("indirect", ["den Steg zu räumen"], "verlangte", "Der Pächter")]),
    ("when, then who", "Eine Stunde später antwortete der Wärter, er habe gelesen.",
     [("indirect", ["er habe gelesen"], "antwortete", "der Wärter")]),
    ("as what, then who", "Als Antwort auf den Brief sagte ein Sprecher: „Wir prüfen.“",
     [("direct", ["Wir prüfen."], "sagte", "ein Sprecher")]),
    ("whose view it is, by any compound", "Nach Polizeiangaben entstand hoher Schaden. Demnach war nichts versichert.",
     [("indirect", ["entstand hoher Schaden"], "Nach", "Polizeiangaben"),
      ("indirect", ["war nichts versichert"], "Demnach", "Polizeiangaben")]),
    ("whose view it is, behind it", "Ihrer Meinung nach fehlt das Geld.",
     [("indirect", ["fehlt das Geld"], "nach", "Ihrer")]),
    ("a relative clause behind the source", "Der Kammer zufolge, der 30 Betriebe angehören, ist die Lage ernst.",
     [("indirect", ["ist die Lage ernst"], "zufolge", "Der Kammer")]),
    ("the other subjunctive behind a report", "Brand erklärte, das Feuer sei gelöscht. Zwei Fischer hätten geholfen.",
     [("indirect", ["das Feuer sei gelöscht"], "erklärte", "Brand"),
      ("indirect", ["Zwei Fischer hätten geholfen"], None, "Brand")]),
    ("the other subjunctive alone", "Ein Deich wäre teurer.", []),
    ("a speaker's own perfect", "Ich habe lange geschlafen.", []),
    ("hearsay", "Ein Gast soll an Deck geraucht haben.",
     [("indirect", ["Ein Gast soll an Deck geraucht haben"], None, None)]),
    ("a plan", "Die Mole soll im Mai fertig werden.", []),
    ("a noun leads to a clause", "Die Behauptung der Stadt, sie habe gezahlt, wies der Verein zurück.",
     [("indirect", ["sie habe gezahlt"], "Behauptung", "der Stadt")]),
    ("what somebody concludes", "Die Kommission kommt zu dem Schluss, dass der Steg trägt.",
     [("indirect", ["dass der Steg trägt"], "Schluss", "Die Kommission")]),
    ("a participle before the tag", "Gefragt nach den Kosten, antwortete Sarg: „Kein Kommentar.“",
     [("direct", ["Kein Kommentar."], "antwortete", "Sarg")]),
    ("with the sentence", "Mit dem Satz „Ich bin müde“ verabschiedete sich Brand.",
     [("direct", ["Ich bin müde"], "Satz", "Brand")]),
    ("a verb nobody listed in a tag", "„Das ist ein Skandal!“, empörte sich Falk.",
     [("direct", ["Das ist ein Skandal!"], "empörte", "Falk")]),
    ("for whom", "Für Orb ist der Plan „ein schlechter Witz“.",
     [("direct", ["ein schlechter Witz"], "Für", "Orb")]),
    ("an office, then a name", "Der frühere Richter, Jan Orb, warnte den Rat vor einem „teuren Irrtum“.",
     [("direct", ["teuren Irrtum"], "warnte", "Der frühere Richter, Jan Orb")]),
    ("where the words stand", "Auf dem Transparent stand „Rettet die Mole“.",
     [("direct", ["Rettet die Mole"], None, "dem Transparent")]),
    ("the voice goes on alone", "Brand wies die Vorwürfe zurück. „Ich habe nie gelogen.“",
     [("direct", ["Ich habe nie gelogen."], None, "Brand")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS])
def test_german_form(text: str, expected: list[tuple[Any, ...]]) -> None:
    """Reports are found as German grammar and print have them."""
    shown = [quote for quote in found(text, "de") if quote[0] != "mention" or quote in expected]
    assert sorted(shown, key=str) == sorted(expected, key=str)


def test_a_book_with_guillemets_is_no_transcript() -> None:
    """Paragraphs that open with » and close with « are quotations, not turns behind arrows."""
    text = "»Wer da?«, fragte der Lotse.\n\n»Niemand«, sagte Ilse.\n\n»Gut«, sagte der Lotse.\n"
    record = process(Source("a", "a.txt", text.encode(), Facts(language="de")))
    assert not record.turns
    assert [span.of(text) for quote in record.quotes for span in quote.content] == ["Wer da?", "Niemand", "Gut"]
