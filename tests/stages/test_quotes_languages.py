"""Reports as newspapers in French, Spanish, Russian, Turkish and Azerbaijani print them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stages.test_quotes import found

FORMS: list[tuple[str, str, str, list[tuple[Any, ...]]]] = [
    ("fr", "blanks within the marks close a sentence", "« Qui va payer ? » La question agite le conseil.",
     [("direct", ["Qui va payer ?"], None, None)]),
    ("fr", "a noun without an article describes a name", "« Rien », regrette Paul Castan, agriculteur à Montreval.",
     [("direct", ["Rien"], "regrette", "Paul Castan, agriculteur à Montreval")]),
    ("fr", "a verb leads to one of saying", "Le préfet a tenu à rappeler que le bac était fermé.",
     [("indirect", ["que le bac était fermé"], "a tenu à rappeler", "Le préfet")]),
    ("fr", "whose view a clause is", "Pour l’économiste Karim Sorel, la loi « arrive trop tard ».",
     [("mixed", ["la loi « arrive trop tard »"], "Pour", "l’économiste Karim Sorel")]),
    ("fr", "a tag within marks, with its apposition", "« Est-ce assez ? s’interroge Ève Marty, secrétaire. Non. »",
     [("direct", ["Est-ce assez ?", "Non."], "s’interroge", "Ève Marty, secrétaire")]),
    ("es", "to whom, then who", "«Está controlado», manifestó a los periodistas el jefe de bomberos.",
     [("direct", ["Está controlado"], "manifestó", "el jefe de bomberos")]),
    ("es", "a relative clause behind the source", "«Tengo miedo», confesó una vecina que prefirió callar.",
     [("direct", ["Tengo miedo"], "confesó", "una vecina que prefirió callar")]),
    ("ru", "a comma before the clause makes no tag", "Говоря о планах, он подчеркнул, что мост откроют.",
     [("indirect", ["что мост откроют"], "подчеркнул", "он")]),
    ("ru", "where it was said, then who", "Мост закроют, сказал в интервью газете директор порта Глеб Орлов.",
     [("indirect", ["Мост закроют"], "сказал", "директор порта Глеб Орлов")]),
    ("ru", "as somebody told", "Как рассказал инженер Глеб Орлов, мост построен из старых барж.",
     [("indirect", ["мост построен из старых барж"], "рассказал", "инженер Глеб Орлов")]),
    ("ru", "a place says it", "В мэрии уточнили, что мост закрыт.",
     [("indirect", ["что мост закрыт"], "уточнили", "В мэрии")]),
    ("ru", "a place behind a plural verb", "Пожар потушен, сообщили в мэрии.",
     [("indirect", ["Пожар потушен"], "сообщили", "в мэрии")]),
    ("tr", "a light verb with its noun", "Kâhinler, suların artacağı uyarısında bulundu.",
     [("indirect", ["suların artacağı"], "uyarısında bulundu", "Kâhinler")]),
    ("tr", "a converb has the subject", "Korur, ihalenin iptal edildiğini belirterek, \"Yenisi olacak\" dedi.",
     [("indirect", ["ihalenin iptal edildiğini"], "belirterek", "Korur"),
      ("direct", ["Yenisi olacak"], "dedi", "Korur")]),
    ("az", "a noun of saying before the postposition", "Ekspertin sözlərinə görə, vəziyyət yaxşıdır.",
     [("indirect", ["vəziyyət yaxşıdır"], "sözlərinə görə", "Ekspertin")]),
    ("az", "a plain noun behind the dash", "\"Biz gözləmişik\", – qoca çoban deyir.",
     [("direct", ["Biz gözləmişik"], "deyir", "qoca çoban")]),
    ("az", "to whom it was said", "Salmanov jurnalistlərə işlərin davam etdiyini bildirib.",
     [("indirect", ["işlərin davam etdiyini"], "bildirib", "Salmanov")]),
    ("fr", "a phrase of two verbs", "« Assez », a fait savoir Ève Marty.",
     [("direct", ["Assez"], "a fait savoir", "Ève Marty")]),
    ("fr", "where it was said, between commas",
     "Le club a annoncé, dans un communiqué publié lundi soir, que le bac était vendu.",
     [("indirect", ["que le bac était vendu"], "a annoncé", "Le club")]),
    ("fr", "an infinitive that narrates", "Et le maire de conclure : « On verra bien. »",
     [("direct", ["On verra bien."], "conclure", "le maire")]),
    ("es", "when, then who", "«Se acabó», ha asegurado este lunes la ministra de Industria.",
     [("direct", ["Se acabó"], "ha asegurado", "la ministra de Industria")]),
    ("es", "a clause around its tag", "Lo que está en juego, dice Roe, es el valle.",
     [("indirect", ["Lo que está en juego", "es el valle"], "dice", "Roe")]),
    ("es", "the one spoken to behind the source", "«No puedo más», le dijo la víctima a su hermana.",
     [("direct", ["No puedo más"], "le dijo", "la víctima")]),
    ("ru", "to whom before the comma", "Мэр города заверил жителей, что отопление дадут.",
     [("indirect", ["что отопление дадут"], "заверил", "Мэр города")]),
    ("ru", "a tag with a verb nobody listed", "«А что делать? — разводит руками хозяин дома. — Пришлось».",
     [("direct", ["А что делать?", "Пришлось"], "разводит", "хозяин дома")]),
    ("tr", "a source before where it spoke", "Vali Ankara’da yaptığı konuşmada, \"Yol açıldı\" dedi.",
     [("direct", ["Yol açıldı"], "dedi", "Vali")]),
    ("tr", "a quotation that ends a clause", "Antrenör, takımın \"hazır olmadığını\" itiraf etti.",
     [("mixed", ["takımın \"hazır olmadığını\""], "itiraf etti", "Antrenör")]),
    ("az", "a subject of the clause in the genitive", "Şahidlər partlayışın gecə baş verdiyini deyiblər.",
     [("indirect", ["partlayışın gecə baş verdiyini"], "deyiblər", "Şahidlər")]),
    ("ru", "a paper with its name", "Как рассказала газета «Маяк», мост закроют.",
     [("mention", ["Маяк"], None, None), ("indirect", ["мост закроют"], "рассказала", "газета «Маяк»")]),
    ("tr", "where it spoke, before the clause", "Savcı, dün yaptığı açıklamada davanın sürdüğünü belirtti.",
     [("indirect", ["davanın sürdüğünü"], "belirtti", "Savcı")]),
    ("tr", "a subject that goes on behind its verb", "\"Bilmiyoruz\" diyen aileler bekleyişini sürdürüyor.",
     [("direct", ["Bilmiyoruz"], "diyen", "aileler")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(case[0], *case[2:]) for case in FORMS],
    ids=[f"{case[0]}: {case[1]}" for case in FORMS],
)
def test_form(language: str, text: str, expected: list[tuple[Any, ...]]) -> None:
    """Reports are found as the language's grammar and print have them."""
    assert sorted(found(text, language), key=str) == sorted(expected, key=str)


_STORY = ["—La guardo yo —dijo Ana—. Desde mayo.", "—¿Desde mayo?", "—No se pierde —murmuró Ana.", "—¿Y si se pierde?"]


@pytest.mark.parametrize(
    ("lines", "count"),
    [(_STORY, 4), ([line.replace(" —dijo Ana—", "").replace(" —murmuró Ana", "") for line in _STORY], 0)],
)
def test_a_story_of_nothing_but_speech_is_told_by_its_tags(lines: list[str], count: int) -> None:
    """Where every paragraph begins with a dash, they are quotations if a narrator says who speaks; else a talk."""
    assert len(found("\n\n".join(lines), "es")) == count
