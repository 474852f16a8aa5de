"""Forms of reports found in texts written for the purpose: views, papers, infinitives, nouns before names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stages.test_attribution import names, resolved
from tests.stages.test_quotes import found

FORMS: list[tuple[str, str, str, list[tuple[Any, ...]]]] = [
    ("whose view it is", "fr", "Pour le délégué Yvan Kermor, « on nous ment depuis deux ans ».",
     [("direct", ["on nous ment depuis deux ans"], "Pour", "le délégué Yvan Kermor")]),
    ("whose view it is, in Spanish", "es", "Para el portavoz, Julio Mena, «esto es una tomadura de pelo».",
     [("direct", ["esto es una tomadura de pelo"], "Para", "el portavoz, Julio Mena")]),
    ("whose words they are", "en", "The decision was, in Varga's words, “a gift”.",
     [("direct", ["a gift"], "words", "Varga's")]),
    ("read on a banner", "fr", "« Nous restons », pouvait-on lire sur une pancarte.",
     [("direct", ["Nous restons"], None, "une pancarte")]),
    ("written on a poster", "ru", "На плакате написано: «Верните дорогу».",
     [("direct", ["Верните дорогу"], None, "плакате")]),
    ("an infinitive without preposition", "es", "La ingeniera aseguró no saber nada del informe.",
     [("indirect", ["no saber nada del informe"], "aseguró", "La ingeniera")]),
    ("an infinitive with its preposition", "fr", "L'élu a promis de recevoir les salariés, tout en reconnaissant "
     "que ses moyens étaient limités.",
     [("indirect", ["de recevoir les salariés"], "a promis", "L'élu"),
      ("indirect", ["que ses moyens étaient limités"], "reconnaissant", "L'élu")]),
    ("a verb with se is no passive", "fr", "Le maire, Gaspard Olm, s'est dit « sous le choc ».",
     [("direct", ["sous le choc"], "s'est dit", "Le maire, Gaspard Olm")]),
    ("a preposition before the clause", "es", "Mena advirtió de que habrá protestas.",
     [("indirect", ["que habrá protestas"], "advirtió", "Mena")]),
    ("a day before the clause", "es", "El alcalde, Ramiro Sol, confirmó este lunes que el puente sigue cerrado.",
     [("indirect", ["que el puente sigue cerrado"], "confirmó", "El alcalde, Ramiro Sol")]),
    ("a name behind its description", "fr", "Selon la préfète, Inès Valc, aucune piste n'est écartée.",
     [("indirect", ["aucune piste n'est écartée"], "Selon", "la préfète, Inès Valc")]),
    ("an apposition within the tag", "fr",
     "« Qu'on nous dise la vérité, lance Odile, 52 ans, ouvrière depuis trente ans, et qu'on nous laisse travailler. »",
     [("direct", ["Qu'on nous dise la vérité", "et qu'on nous laisse travailler."], "lance",
       "Odile, 52 ans, ouvrière")]),
    ("a subject before its own clause", "en",
     "Campaigner Ellie Frome, whose petition gathered 6,000 signatures, has called for a “proper” inquiry.",
     [("mixed", ["a “proper” inquiry"], "has called for",
       "Campaigner Ellie Frome, whose petition gathered 6,000 signatures")]),
    ("what she said was", "en", "What she said to me in person was, “I love the yard.”",
     [("direct", ["I love the yard."], "said", "she")]),
    ("that points back", "en", "She said that at dinner.", []),
    ("a noun with the form of a verb", "en", "According to a preliminary report seen by the Mail, the alarm was late.",
     [("indirect", ["the alarm was late"], "According to", "a preliminary report seen by the Mail")]),
    ("a reply goes on", "en", "“No excuses,” was Dane's reply. “We switched off.”",
     [("direct", ["No excuses,", "We switched off."], "was Dane's reply", "Dane's")]),
    ("a paper behind its article", "de", "„So geht es nicht weiter“, sagte Solm dem „Wittauer Anzeiger“.",
     [("direct", ["So geht es nicht weiter"], "sagte", "Solm"), ("mention", ["Wittauer Anzeiger"], None, None)]),
    ("an object before the participle", "de", "Im Streit um die Schleuse hat Bürgermeisterin Henrike Solm einen "
     "Baustopp gefordert.",
     [("indirect", ["einen Baustopp"], "gefordert", "Bürgermeisterin Henrike Solm")]),
    ("an adverb at the head", "de", "Ähnlich äußerte sich Bauleiter Jost Wend: „Wir sind voraus.“",
     [("direct", ["Wir sind voraus."], "äußerte", "Bauleiter Jost Wend")]),
    ("a question that stays open", "de", "Ob er die Schleuse besuchen werde, ließ er offen.", []),
    ("a thing that is called so before its verb", "az", "Balıqçı Səməd Bəraq qərarı “şəhər üçün ayıb” adlandırıb.",
     [("mixed", ["qərarı “şəhər üçün ayıb”"], "adlandırıb", "Balıqçı Səməd Bəraq")]),
    ("the word for as belongs to the verb", "tr", "Balıkçı Sedat Brakoğlu kararı “utanç” olarak nitelendirdi.",
     [("mixed", ["kararı “utanç”"], "nitelendirdi", "Balıkçı Sedat Brakoğlu")]),
    ("a subject shared with a participle", "tr",
     "“Ne kadar bekleyeceğiz?” diye soran esnaf Hacer Tuna, iki çalışanını işten çıkardığını söyledi.",
     [("direct", ["Ne kadar bekleyeceğiz?"], "soran", "esnaf Hacer Tuna"),
      ("indirect", ["iki çalışanını işten çıkardığını"], "söyledi", "esnaf Hacer Tuna")]),
    ("an impersonal form", "az", "Nazirlikdən bildirilib ki, işlər plan üzrə gedir.",
     [("indirect", ["ki, işlər plan üzrə gedir"], "bildirilib", "Nazirlikdən")]),
    ("a quotation behind the clause", "az", "Duruq qeyd edib ki, gecikmə yoxdur: “İşlər vaxtında bitəcək”.",
     [("indirect", ["ki, gecikmə yoxdur"], "qeyd edib", "Duruq"),
      ("direct", ["İşlər vaxtında bitəcək"], None, "Duruq")]),
    ("on a sign, in German", "de", "Auf einem Schild am Eingang steht: „Geschlossen bis auf Weiteres“.",
     [("direct", ["Geschlossen bis auf Weiteres"], None, "einem Schild")]),
    ("a paper that reports", "de", "Wie das „Ellerauer Tageblatt“ berichtet, will der Kreis nun verhandeln.",
     [("mention", ["Ellerauer Tageblatt"], None, None),
      ("indirect", ["will der Kreis nun verhandeln"], "berichtet", "das „Ellerauer Tageblatt“")]),
    ("a pronoun that repeats the subject", "fr", "Le préfet estime, lui, qu'« une solution reste possible ».",
     [("mixed", ["qu'« une solution reste possible »"], "estime", "Le préfet")]),
    ("an infinitive whose subject is left out", "es", "Negó haber recibido la carta.",
     [("indirect", ["haber recibido la carta"], "Negó", None)]),
    ("by somebody's words", "ru", "По её словам, ярмарку проводили даже в войну.",
     [("indirect", ["ярмарку проводили даже в войну"], "По", "её словам")]),
    ("a pronoun behind a dash", "az", "“Narlar hələ yetişməyib”, – o əlavə edib.",
     [("direct", ["Narlar hələ yetişməyib"], "əlavə edib", "o")]),
    ("a clause that shares the subject", "az", "Quliyeva sualları cavablandırarkən, “Səbrli olun” deyib.",
     [("direct", ["Səbrli olun"], "deyib", "Quliyeva")]),
    ("told without a conjunction", "en", "The inquest was told the lifeboat had been launched within minutes.",
     [("indirect", ["the lifeboat had been launched within minutes"], "was told", None)]),
    ("an infinitive cue with its hearer", "en", "He used to tell me, “Marit, you read too much.”",
     [("direct", ["Marit, you read too much."], "used to tell", "He")]),
    ("a verb nobody lists with its subject", "fr", "« Les castors étaient bons pour la rivière », peste-t-il.",
     [("direct", ["Les castors étaient bons pour la rivière"], "peste-t-il", "il")]),
    ("a question within a quotation is no tag", "fr", "« Alors, viendra-t-il ? », demande Olm.",
     [("direct", ["Alors, viendra-t-il ?"], "demande", "Olm")]),
    ("a subject behind any verb", "tr", "“Mumlarımız var” diye şaka yaptı balıkçı Bora Lind.",
     [("direct", ["Mumlarımız var"], "şaka yaptı", "balıkçı Bora Lind")]),
    ("a subject before any verb", "az", "“Şamlarımız var”, – deyə Bora Lind zarafat edib.",
     [("direct", ["Şamlarımız var"], "zarafat edib", "Bora Lind")]),
    ("a time behind the verb's preposition", "en", "Ann Lee has argued for months that the bridge is unsafe.",
     [("indirect", ["that the bridge is unsafe"], "has argued", "Ann Lee")]),
    ("an adverb behind the subject", "en", "Ann Lee later denied that she had paid.",
     [("indirect", ["that she had paid"], "denied", "Ann Lee")]),
    ("to me", "en", "He said to me, “Ines, clocks don't pay.”",
     [("direct", ["Ines, clocks don't pay."], "said", "He")]),
    ("what she said was that", "en", "What she said in the meeting was that I was late.",
     [("indirect", ["that I was late"], "said", "she")]),
    ("the sentence of a tag goes on", "en", "“Capital,” cried Ben Lund; “then we may eat.”",
     [("direct", ["Capital,"], "cried", "Ben Lund"), ("direct", ["then we may eat."], "cried", "Ben Lund")]),
    ("as somebody said", "en", "As Ann Lee told reporters, the bridge will open in May.",
     [("indirect", ["the bridge will open in May"], "told", "Ann Lee")]),
    ("nothing was said", "en", "He said nothing.", []),
    ("as somebody said, in Russian", "ru", "Как рассказал инженер Пётр Ельшин, вагон ушёл на север.",
     [("indirect", ["вагон ушёл на север"], "рассказал", "инженер Пётр Ельшин")]),
    ("those spoken to are no source", "ru", "«Спросите сами», — посоветовала Дугина журналистам.",
     [("direct", ["Спросите сами"], "посоветовала", "Дугина")]),
    ("as somebody said, in Spanish", "es", "Como dijo el alcalde, la obra seguirá.",
     [("indirect", ["la obra seguirá"], "dijo", "el alcalde")]),
    ("as somebody said, in French", "fr", "Comme l'a expliqué le maire, les travaux dureront deux ans.",
     [("indirect", ["les travaux dureront deux ans"], "l'a expliqué", "le maire")]),
    ("a pronoun before the one spoken to", "de", "„Wir wussten nichts“, sagte er der Kallviker Zeitung.",
     [("direct", ["Wir wussten nichts"], "sagte", "er")]),
    ("a paper before its verb", "de", "Der örtlichen Zeitung sagte Filip Karm: „Ich bleibe.“",
     [("direct", ["Ich bleibe."], "sagte", "Filip Karm")]),
    ("an apposition before the verb is not said", "de",
     "Der Sprecher der Reederei, Jonas Berg, kritisierte die Entscheidung scharf: „Das ist falsch.“",
     [("direct", ["Das ist falsch."], "kritisierte", "Der Sprecher der Reederei, Jonas Berg")]),
    ("with the words", "de", "Mit den Worten „Das ist eine Zumutung“ verließ Greta Holm den Saal.",
     [("direct", ["Das ist eine Zumutung"], "Worten", "Greta Holm")]),
    ("cited with the words", "de", "Die Zeitung zitiert einen Augenzeugen mit den Worten: „Es ging schnell.“",
     [("direct", ["Es ging schnell."], "Worten", "einen Augenzeugen")]),
    ("a word announces the clause", "de", "Er warnte davor, die Anlage vorschnell freizugeben.",
     [("indirect", ["die Anlage vorschnell freizugeben"], "warnte", "Er")]),
    ("a clause before the verb", "de", "Auf die Frage, wie lange das dauert, antwortete Reimers: „Bis zum Frühjahr.“",
     [("direct", ["Bis zum Frühjahr."], "antwortete", "Reimers")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
def test_form_is_read(language: str, text: str, expected: list[tuple[Any, ...]]) -> None:
    """Kind, contents, cue and source are those a careful reader marks."""
    assert found(text, language) == expected


SPEAKERS: list[tuple[str, str, str, list[str]]] = [
    ("a noun is no name", "en", "Prosecutor Maud Ilv said that Roe lied.", ["Maud Ilv"]),
    ("a noun with a prefix", "en", "Ex-teacher Jon Vane said that it rained.", ["Jon Vane"]),
    ("letters behind a name", "en", "Fergal Stone KC said that it rained.", ["Fergal Stone"]),
    ("an article before a noun", "de", "Der Geiger Pavel Kest sagte, es regne.", ["Pavel Kest"]),
    ("a noun and a name", "ru", "Рыбак Фома Бракин заявил, что мост закрыт.", ["Фома Бракин"]),
    ("an office with its place", "ru", "Мэр Верхней Локши Тимофей Бурцев заявил, что мост закрыт.", ["Тимофей Бурцев"]),
    ("a name in another case", "ru", "По словам инженера Ларисы Ожеговой, мост закрыт.", ["Лариса Ожегова"]),
    ("a name behind its description", "es", "La consejera de Obras, Pilar Entr, dijo que no.", ["Pilar Entr"]),
    ("a person behind a relation", "fr", "Son voisin, le boulanger Félix Mour, raconte qu'elle dort.", ["Félix Mour"]),
    ("a subject left out", "es", "El alcalde, Ramiro Sol, dijo que no. «Es peligroso», subrayó.",
     ["Ramiro Sol", "Ramiro Sol"]),
    ("who asks does not answer", "en",
     "Joan Finch said she was sure. Asked by Ms Ilv who had told her, she answered: “Mr Roe.”",
     ["Joan Finch", "Joan Finch"]),
    ("a title of two words", "tr", "Balıkçı Sedat Brak, köprünün kapandığını söyledi.", ["Sedat Brak"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"), [case[1:] for case in SPEAKERS], ids=[case[0] for case in SPEAKERS]
)
def test_speaker_is_named(language: str, text: str, expected: list[str]) -> None:
    """The one who speaks is named without what else the source says of them, as they name themselves."""
    assert names(resolved(text, language=language)) == expected
