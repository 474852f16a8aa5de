"""Sittings of parliaments as their reporters print them, and plays, which print names alike.

Each text was written, with its turns, before the parser saw it.
"""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case("bundestag", """\
Präsidentin Dr. Anke Voss:
Ich eröffne die Aussprache. Das Wort hat der Kollege Brandt.
(Beifall bei der Fraktion der Mitte)
Jörg Brandt (Mitte):
Frau Präsidentin! Meine Damen und Herren! Wir beraten heute über die Fähren.
(Zuruf von der Linken: Endlich!)
– Ja, endlich, Herr Kollege. Sie haben lange gewartet.
Präsidentin Dr. Anke Voss:
Herr Kollege, gestatten Sie eine Zwischenfrage?
Jörg Brandt (Mitte):
Gern.
Ute Sommer (Linke):
Wann fährt denn die erste Fähre?
Jörg Brandt (Mitte):
Im Mai.
""", (
        ("Präsidentin Dr. Anke Voss", "Ich eröffne die Aussprache. Das Wort hat der Kollege Brandt."),
        ("Jörg Brandt (Mitte)", "Frau Präsidentin! Meine Damen und Herren! Wir beraten heute über die Fähren. / – Ja, endlich, Herr Kollege. Sie haben lange gewartet."),
        ("Präsidentin Dr. Anke Voss", "Herr Kollege, gestatten Sie eine Zwischenfrage?"),
        ("Jörg Brandt (Mitte)", "Gern."),
        ("Ute Sommer (Linke)", "Wann fährt denn die erste Fähre?"),
        ("Jörg Brandt (Mitte)", "Im Mai."),
    )),
    Case("assemblee m le president", """\
M. le président. La parole est à Mme Claire Aubin.

Mme Claire Aubin. Monsieur le ministre, quand le pont de Saint-Lys sera-t-il rouvert ?

M. le président. La parole est à M. le ministre des transports.

M. Paul Rey, ministre des transports. Madame la députée, je vous remercie de votre question. Il rouvrira en juin. (Exclamations sur divers bancs.)

Mme Claire Aubin. De quelle année ?

M. Paul Rey, ministre. De celle-ci. (Sourires.)
""", (
        ("M. le président", "La parole est à Mme Claire Aubin."),
        ("Mme Claire Aubin", "Monsieur le ministre, quand le pont de Saint-Lys sera-t-il rouvert ?"),
        ("M. le président", "La parole est à M. le ministre des transports."),
        ("M. Paul Rey, ministre des transports", "Madame la députée, je vous remercie de votre question. Il rouvrira en juin. (Exclamations sur divers bancs.)"),
        ("Mme Claire Aubin", "De quelle année ?"),
        ("M. Paul Rey, ministre", "De celle-ci. (Sourires.)"),
    )),
    Case("senado es", """\
La señora PRESIDENTA: Se abre la sesión. Tiene la palabra el señor Robles.

El señor ROBLES GIL: Gracias, señora presidenta. ¿Cuándo piensa su señoría abrir el puerto?

El señor MINISTRO DE FOMENTO (Lara Peña): Señoría, lo abriremos en otoño. (Rumores).

La señora PRESIDENTA: Silencio, por favor.

El señor ROBLES GIL: Le tomo la palabra. (Aplausos).
""", (
        ("La señora PRESIDENTA", "Se abre la sesión. Tiene la palabra el señor Robles."),
        ("El señor ROBLES GIL", "Gracias, señora presidenta. ¿Cuándo piensa su señoría abrir el puerto?"),
        ("El señor MINISTRO DE FOMENTO (Lara Peña)", "Señoría, lo abriremos en otoño. (Rumores)."),
        ("La señora PRESIDENTA", "Silencio, por favor."),
        ("El señor ROBLES GIL", "Le tomo la palabra. (Aplausos)."),
    )),
    Case("duma ru", """\
Председательствующий. Коллеги, продолжаем работу. Пожалуйста, Сергей Петрович.

Лунин С. П. Спасибо. У меня вопрос к министру. Когда откроют мост?

Гордеева А. И., министр транспорта. Мост откроют в мае. Работы идут по плану.

Председательствующий. Есть ли ещё вопросы?

Лунин С. П. Да. Сколько он стоил?

Гордеева А. И. Точной суммы у меня сейчас нет.

Председательствующий. Спасибо. Переходим к голосованию.
""", (
        ("Председательствующий", "Коллеги, продолжаем работу. Пожалуйста, Сергей Петрович."),
        ("Лунин С. П.", "Спасибо. У меня вопрос к министру. Когда откроют мост?"),
        ("Гордеева А. И., министр транспорта", "Мост откроют в мае. Работы идут по плану."),
        ("Председательствующий", "Есть ли ещё вопросы?"),
        ("Лунин С. П.", "Да. Сколько он стоил?"),
        ("Гордеева А. И.", "Точной суммы у меня сейчас нет."),
        ("Председательствующий", "Спасибо. Переходим к голосованию."),
    )),
    Case("tbmm tr", """\
BAŞKAN – Sayın milletvekilleri, birleşimi açıyorum. Söz Sayın Aydın'ın.

SELİN AYDIN (Kıyıkent) – Teşekkür ederim Sayın Başkan. Liman ne zaman açılacak?

ULAŞTIRMA BAKANI KEREM DOĞAN (Devamla) – Sayın vekilim, liman yazın açılacak.

BAŞKAN – Buyurun Sayın Aydın.

SELİN AYDIN (Kıyıkent) – Hangi yaz Sayın Bakan? (Gülüşmeler)

BAŞKAN – Teşekkür ederim.
""", (
        ("BAŞKAN", "Sayın milletvekilleri, birleşimi açıyorum. Söz Sayın Aydın'ın."),
        ("SELİN AYDIN (Kıyıkent)", "Teşekkür ederim Sayın Başkan. Liman ne zaman açılacak?"),
        ("ULAŞTIRMA BAKANI KEREM DOĞAN (Devamla)", "Sayın vekilim, liman yazın açılacak."),
        ("BAŞKAN", "Buyurun Sayın Aydın."),
        ("SELİN AYDIN (Kıyıkent)", "Hangi yaz Sayın Bakan? (Gülüşmeler)"),
        ("BAŞKAN", "Teşekkür ederim."),
    )),
    Case("theatre like", """\
VERA (pouring tea). You came by the river road?

HUGO. I did. It was flooded at the bend.

VERA. And you drove on?

HUGO (laughing). I had no choice. You had my passport.

VERA. Do you want it back?

HUGO. Not today.
""", (
        ("VERA (pouring tea)", "You came by the river road?"),
        ("HUGO", "I did. It was flooded at the bend."),
        ("VERA", "And you drove on?"),
        ("HUGO (laughing)", "I had no choice. You had my passport."),
        ("VERA", "Do you want it back?"),
        ("HUGO", "Not today."),
    )),
    Case("camera deputati it", """\
PRESIDENTE. L'ordine del giorno reca lo svolgimento di interrogazioni. Ha facoltà di parlare l'onorevole Sarti.

GIULIA SARTI (Lista del Porto). Signor Presidente, signor Ministro, quando riaprirà il faro di Capo Lungo?

PRESIDENTE. Il Ministro della marina, Aldo Rinaldi, ha facoltà di rispondere.

ALDO RINALDI, Ministro della marina. Signor Presidente, ringrazio l'onorevole Sarti. Il faro riaprirà in aprile. (Applausi).

GIULIA SARTI (Lista del Porto). Grazie. Prendo atto della sua promessa.

PRESIDENTE. È così esaurito lo svolgimento dell'interrogazione.
""", (
        ("PRESIDENTE", "L'ordine del giorno reca lo svolgimento di interrogazioni. Ha facoltà di parlare l'onorevole Sarti."),
        ("GIULIA SARTI (Lista del Porto)", "Signor Presidente, signor Ministro, quando riaprirà il faro di Capo Lungo?"),
        ("PRESIDENTE", "Il Ministro della marina, Aldo Rinaldi, ha facoltà di rispondere."),
        ("ALDO RINALDI, Ministro della marina", "Signor Presidente, ringrazio l'onorevole Sarti. Il faro riaprirà in aprile. (Applausi)."),
        ("GIULIA SARTI (Lista del Porto)", "Grazie. Prendo atto della sua promessa."),
        ("PRESIDENTE", "È così esaurito lo svolgimento dell'interrogazione."),
    )),
    Case("hansard uk", """\
**Ms Alba Reid** (Lowmere) (Con): What steps is the Minister taking to reopen the slipway?

**The Minister for Harbours (Tom Ashby)**: We have set aside two million pounds, and I hope to see boats there in spring.

**Ms Reid**: I thank the Minister for that answer. Will he visit?

**Tom Ashby**: I would be delighted to.

**Madam Deputy Speaker**: Order. We must move on.
""", (
        ("Ms Alba Reid", "What steps is the Minister taking to reopen the slipway?"),
        ("The Minister for Harbours (Tom Ashby)", "We have set aside two million pounds, and I hope to see boats there in spring."),
        ("Ms Reid", "I thank the Minister for that answer. Will he visit?"),
        ("Tom Ashby", "I would be delighted to."),
        ("Madam Deputy Speaker", "Order. We must move on."),
    )),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_sittings_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.roles:
        assert roles(interview) == case.roles
