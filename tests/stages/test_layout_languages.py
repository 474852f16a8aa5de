"""Layouts of the press in several languages of the Latin script.

Each text was written, with its turns, before the parser saw it.
"""

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case(
        "bilingual page, label in each language",
        "Question: Do you still bake at night?\n"
        "\n"
        "Question : Faites-vous encore le pain la nuit ?\n"
        "\n"
        "Answer: I bake when the street is quiet.\n"
        "\n"
        "Réponse : Je fais le pain quand la rue est calme.\n"
        "\n"
        "Question: Who buys the first loaf?\n"
        "\n"
        "Question : Qui achète le premier pain ?\n"
        "\n"
        "Answer: The man who cannot sleep.\n"
        "\n"
        "Réponse : L'homme qui ne dort pas.\n",
        (
            ("Question", "Do you still bake at night?"),
            ("Question", "Faites-vous encore le pain la nuit ?"),
            ("Answer", "I bake when the street is quiet."),
            ("Réponse", "Je fais le pain quand la rue est calme."),
            ("Question", "Who buys the first loaf?"),
            ("Question", "Qui achète le premier pain ?"),
            ("Answer", "The man who cannot sleep."),
            ("Réponse", "L'homme qui ne dort pas."),
        ),
        roles="qqaaqqaa",
    ),
    Case(
        "Azeri Sual/Cavab with dash",
        "Sual – Körpünü nə vaxt tikdiniz?\n"
        "\n"
        "Cavab – Uşaq olanda, daşlarla.\n"
        "\n"
        "Sual – Bəs indi kim saxlayır?\n"
        "\n"
        "Cavab – Çay özü saxlayır.\n",
        (
            ("Sual", "Körpünü nə vaxt tikdiniz?"),
            ("Cavab", "Uşaq olanda, daşlarla."),
            ("Sual", "Bəs indi kim saxlayır?"),
            ("Cavab", "Çay özü saxlayır."),
        ),
        roles="qaqa",
    ),
    Case(
        "Turkish bracketed names",
        "[Sunucu]: Bu sesi nereden buldunuz?\n"
        "\n"
        "[Ayla Demir]: Eski bir kapıdan. Kapı artık konuşmuyor.\n"
        "\n"
        "[Sunucu]: Kapı nerede şimdi?\n"
        "\n"
        "[Ayla Demir]: Sahnede. Her gece alkış alıyor.\n",
        (
            ("Sunucu", "Bu sesi nereden buldunuz?"),
            ("Ayla Demir", "Eski bir kapıdan. Kapı artık konuşmuyor."),
            ("Sunucu", "Kapı nerede şimdi?"),
            ("Ayla Demir", "Sahnede. Her gece alkış alıyor."),
        ),
        roles="qaqa",
    ),
    Case(
        "Spanish P. – / R. –",
        "P.- ¿Quién le enseñó a podar?\n"
        "\n"
        "R.- Mi madre, que no podaba nada.\n"
        "\n"
        "P.- ¿Y qué aprendió?\n"
        "\n"
        "R.- A mirar. Luego viene la tijera.\n"
        "\n"
        "P.- ¿Qué árbol le queda por podar?\n"
        "\n"
        "R.- El del vecino.\n",
        (
            ("P", "¿Quién le enseñó a podar?"),
            ("R", "Mi madre, que no podaba nada."),
            ("P", "¿Y qué aprendió?"),
            ("R", "A mirar. Luego viene la tijera."),
            ("P", "¿Qué árbol le queda por podar?"),
            ("R", "El del vecino."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Portuguese outlet as label, bold flattened",
        "Correio do Cais: Quando começou a fazer redes?\n"
        "\n"
        "Marta Luz: Antes de saber ler. As redes ensinaram-me as letras.\n"
        "\n"
        "Correio do Cais: E hoje ainda faz?\n"
        "\n"
        "Marta Luz: Faço, mas o mar já não pede.\n",
        (
            ("Correio do Cais", "Quando começou a fazer redes?"),
            ("Marta Luz", "Antes de saber ler. As redes ensinaram-me as letras."),
            ("Correio do Cais", "E hoje ainda faz?"),
            ("Marta Luz", "Faço, mas o mar já não pede."),
        ),
        roles="qaqa",
    ),
    Case(
        "Polish press: bold question flattened, en dash answers only",
        "Kiedy zaczął pan naprawiać zegary?\n"
        "\n"
        "– Kiedy pierwszy przestał mnie budzić. Miałem wtedy osiem lat.\n"
        "\n"
        "A który był najtrudniejszy?\n"
        "\n"
        "– Ten, który chodził dobrze. Nie wiedziałem, co mu zrobić.\n"
        "\n"
        "Czy ktoś przejmie po panu warsztat?\n"
        "\n"
        "– Mój wnuk mówi, że czas jest w telefonie.\n",
        (
            (None, "Kiedy zaczął pan naprawiać zegary?"),
            (None, "Kiedy pierwszy przestał mnie budzić. Miałem wtedy osiem lat."),
            (None, "A który był najtrudniejszy?"),
            (None, "Ten, który chodził dobrze. Nie wiedziałem, co mu zrobić."),
            (None, "Czy ktoś przejmie po panu warsztat?"),
            (None, "Mój wnuk mówi, że czas jest w telefonie."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Dutch Vraag/Antwoord numbered",
        "Vraag 1: Hoe lang woont u op de dijk?\n"
        "Antwoord 1: Langer dan de dijk er ligt.\n"
        "\n"
        "Vraag 2: Bent u bang voor het water?\n"
        "Antwoord 2: Het water is bang voor mij.\n"
        "\n"
        "Vraag 3: Gaat u ooit weg?\n"
        "Antwoord 3: Als het water gaat.\n",
        (
            ("Vraag 1", "Hoe lang woont u op de dijk?"),
            ("Antwoord 1", "Langer dan de dijk er ligt."),
            ("Vraag 2", "Bent u bang voor het water?"),
            ("Antwoord 2", "Het water is bang voor mij."),
            ("Vraag 3", "Gaat u ooit weg?"),
            ("Antwoord 3", "Als het water gaat."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Swedish: talminus questions, plain answers with dash",
        "Varför blev du brevbärare?\n"
        "\n"
        "– För att jag ville veta vad folk skrev till varandra. Det fick jag aldrig veta.\n"
        "\n"
        "Har du läst ett vykort någon gång?\n"
        "\n"
        "– Alla läser vykort. Det är därför de är korta.\n"
        "\n"
        "Vad gör du nu?\n"
        "\n"
        "– Jag skriver svar.\n",
        (
            (None, "Varför blev du brevbärare?"),
            (None, "För att jag ville veta vad folk skrev till varandra. Det fick jag aldrig veta."),
            (None, "Har du läst ett vykort någon gång?"),
            (None, "Alla läser vykort. Det är därför de är korta."),
            (None, "Vad gör du nu?"),
            (None, "Jag skriver svar."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "German magazine: outlet in caps, then surname",
        "HAFENBLATT: Herr Berg, Sie sammeln Nebelhörner. Wie viele haben Sie?\n"
        "\n"
        "BERG: Vierzehn. Die Nachbarn sagen: vierzig.\n"
        "\n"
        "HAFENBLATT: Und blasen Sie die auch?\n"
        "\n"
        "BERG: Nur bei Nebel. Und an Geburtstagen.\n"
        "\n"
        "HAFENBLATT: Was sagt Ihre Frau dazu?\n"
        "\n"
        "BERG: Sie hört auf dem linken Ohr schlecht. Das hat uns gerettet.\n",
        (
            ("HAFENBLATT", "Herr Berg, Sie sammeln Nebelhörner. Wie viele haben Sie?"),
            ("BERG", "Vierzehn. Die Nachbarn sagen: vierzig."),
            ("HAFENBLATT", "Und blasen Sie die auch?"),
            ("BERG", "Nur bei Nebel. Und an Geburtstagen."),
            ("HAFENBLATT", "Was sagt Ihre Frau dazu?"),
            ("BERG", "Sie hört auf dem linken Ohr schlecht. Das hat uns gerettet."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "French: initials with period and dash after name in full",
        "Ada Lind. – Vous avez vendu le phare ?\n"
        "\n"
        "Tom Berg. – Je l'ai prêté. On me le rendra quand la mer sera finie.\n"
        "\n"
        "A. L. – Et la lumière ?\n"
        "\n"
        "T. B. – Elle est restée avec moi. Elle n'aime pas les inconnus.\n"
        "\n"
        "A. L. – Vous lui parlez ?\n"
        "\n"
        "T. B. – Le soir.\n",
        (
            ("Ada Lind.", "Vous avez vendu le phare ?"),
            ("Tom Berg.", "Je l'ai prêté. On me le rendra quand la mer sera finie."),
            ("A. L.", "Et la lumière ?"),
            ("T. B.", "Elle est restée avec moi. Elle n'aime pas les inconnus."),
            ("A. L.", "Vous lui parlez ?"),
            ("T. B.", "Le soir."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Italian D./R. in one paragraph each pair",
        "D. Quando ha cominciato a suonare le campane?\n"
        "R. Quando mio padre si è addormentato.\n"
        "\n"
        "D. E non si è più svegliato?\n"
        "R. Si è svegliato subito, ma ormai suonavo io.\n"
        "\n"
        "D. Che cosa suona la domenica?\n"
        "R. La stessa cosa, ma con la cravatta.\n",
        (
            ("D", "Quando ha cominciato a suonare le campane?"),
            ("R", "Quando mio padre si è addormentato."),
            ("D", "E non si è più svegliato?"),
            ("R", "Si è svegliato subito, ma ormai suonavo io."),
            ("D", "Che cosa suona la domenica?"),
            ("R", "La stessa cosa, ma con la cravatta."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Turkish bold questions in markdown with answer label only",
        "**Deniz fenerini ne zaman aldınız?**\n"
        "\n"
        "Ayla Demir: Satılıktı, ben de açtım.\n"
        "\n"
        "**Geceleri uyuyor musunuz?**\n"
        "\n"
        "Ayla Demir: Sırayla. Önce fener, sonra ben.\n"
        "\n"
        "**Bir gün bırakacak mısınız?**\n"
        "\n"
        "Ayla Demir: O beni bırakır.\n",
        (
            (None, "Deniz fenerini ne zaman aldınız?"),
            ("Ayla Demir", "Satılıktı, ben de açtım."),
            (None, "Geceleri uyuyor musunuz?"),
            ("Ayla Demir", "Sırayla. Önce fener, sonra ben."),
            (None, "Bir gün bırakacak mısınız?"),
            ("Ayla Demir", "O beni bırakır."),
        ),
        roles="qaqaqa",
        path="case.md",
    ),
    Case(
        "Spanish: interviewer's dash, name label answers with period",
        "—¿Cuándo empezó a coleccionar puertas?\n"
        "\n"
        "—Cuando me cerraron la primera. Tenía once años y buena memoria.\n"
        "\n"
        "—¿Las abre alguna vez?\n"
        "\n"
        "—Los domingos, todas a la vez. Hay corriente.\n"
        "\n"
        "—¿Y qué entra?\n"
        "\n"
        "—Mi hermana. —Se ríe—. Siempre mi hermana.\n",
        (
            (None, "¿Cuándo empezó a coleccionar puertas?"),
            (None, "Cuando me cerraron la primera. Tenía once años y buena memoria."),
            (None, "¿Las abre alguna vez?"),
            (None, "Los domingos, todas a la vez. Hay corriente."),
            (None, "¿Y qué entra?"),
            (None, "Mi hermana. —Se ríe—. Siempre mi hermana."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Azeri magazine, outlet label with guillemets and dash",
        "– Ustad, ilk tarı nə vaxt düzəltdiniz?\n"
        "\n"
        "– On iki yaşımda. Atam onu sındırdı, mən də ikincisini düzəltdim.\n"
        "\n"
        "– Bəs o, ikincisini də sındırdı?\n"
        "\n"
        "– Yox, ikincisini çaldı.\n"
        "\n"
        "– İndi kimə öyrədirsiniz?\n"
        "\n"
        "– Qulaq asana.\n",
        (
            (None, "Ustad, ilk tarı nə vaxt düzəltdiniz?"),
            (None, "On iki yaşımda. Atam onu sındırdı, mən də ikincisini düzəltdim."),
            (None, "Bəs o, ikincisini də sındırdı?"),
            (None, "Yox, ikincisini çaldı."),
            (None, "İndi kimə öyrədirsiniz?"),
            (None, "Qulaq asana."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Czech: unknown language, bold name colon",
        "Redakce: Kdy jste začal sbírat zvonky?\n"
        "\n"
        "Jan Hora: Když mi jeden spadl na hlavu.\n"
        "\n"
        "Redakce: A kolik jich máte?\n"
        "\n"
        "Jan Hora: Tolik, kolik má hlava boulí.\n",
        (
            ("Redakce", "Kdy jste začal sbírat zvonky?"),
            ("Jan Hora", "Když mi jeden spadl na hlavu."),
            ("Redakce", "A kolik jich máte?"),
            ("Jan Hora", "Tolik, kolik má hlava boulí."),
        ),
        roles="qaqa",
    ),
    Case(
        "Hungarian: dash both sides, en dash",
        "– Mikor kezdett harangozni?\n"
        "\n"
        "– Amikor a régi harangozó elaludt. Azóta sem ébredt fel.\n"
        "\n"
        "– És ki harangoz, ha ön alszik?\n"
        "\n"
        "– Akkor csend van.\n"
        "\n"
        "– Szereti a csendet?\n"
        "\n"
        "– Ő szeret engem.\n",
        (
            (None, "Mikor kezdett harangozni?"),
            (None, "Amikor a régi harangozó elaludt. Azóta sem ébredt fel."),
            (None, "És ki harangoz, ha ön alszik?"),
            (None, "Akkor csend van."),
            (None, "Szereti a csendet?"),
            (None, "Ő szeret engem."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Romanian Î:/R: labels",
        "Î: De când faceți punți?\n"
        "R: De când am căzut de pe una.\n"
        "\n"
        "Î: Și acum?\n"
        "R: Acum cad altele.\n"
        "\n"
        "Î: Ce punte vă place?\n"
        "R: Cea de pe partea cealaltă.\n",
        (
            ("Î", "De când faceți punți?"),
            ("R", "De când am căzut de pe una."),
            ("Î", "Și acum?"),
            ("R", "Acum cad altele."),
            ("Î", "Ce punte vă place?"),
            ("R", "Cea de pe partea cealaltă."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Name in guillemets / Azeri outlet",
        "«Körpü»: – Aydın müəllim, bu saatı kim düzəldib?\n"
        "\n"
        "Aydın Həsən: – Vaxt özü. Mən ancaq açmışam.\n"
        "\n"
        "«Körpü»: – Bəs niyə tələsir?\n"
        "\n"
        "Aydın Həsən: – Evə tələsir.\n",
        (
            ("«Körpü»", "Aydın müəllim, bu saatı kim düzəldib?"),
            ("Aydın Həsən", "Vaxt özü. Mən ancaq açmışam."),
            ("«Körpü»", "Bəs niyə tələsir?"),
            ("Aydın Həsən", "Evə tələsir."),
        ),
        roles="qaqa",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_languages_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == tuple((label, " ".join(said.split())) for label, said in case.turns)
    if case.roles:
        assert roles(interview) == case.roles
