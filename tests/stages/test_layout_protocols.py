"""Protocols and broadcasts: parliaments, courts, press conferences, radio.

Each text was written, with its turns, before the parser saw it.
"""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case(
        "court deposition, Q. with answer letter and line numbers and page",
        "                                                        14\n"
        " 1       A.  I was on the night shift that week.\n"
        " 2       Q.  Which gate did you open?\n"
        " 3       A.  The lower one. The upper one sticks.\n"
        " 4           MR. PELL:  Objection to form.\n"
        " 5           THE WITNESS:  May I go on?\n"
        " 6       Q.  Please.\n"
        " 7       A.  I opened it at four.\n"
        " 8       Q.  Did anyone see you?\n"
        " 9       A.  The heron did.\n",
        (
            ("A", "I was on the night shift that week."),
            ("Q", "Which gate did you open?"),
            ("A", "The lower one. The upper one sticks."),
            ("MR. PELL", "Objection to form."),
            ("THE WITNESS", "May I go on?"),
            ("Q", "Please."),
            ("A", "I opened it at four."),
            ("Q", "Did anyone see you?"),
            ("A", "The heron did."),
        ),
        roles="aqasaqaqa",
    ),
    Case(
        "Hansard: names with constituency and party in brackets",
        "**Mrs Edda Crane** (Lower Tarn) (Ind): What steps is the Minister taking to repair the weir?\n"
        "\n"
        "**The Minister for Rivers** (Mr Tobias Holm): My officials visited the weir in March, and they got wet.\n"
        "\n"
        "**Mrs Crane**: I am grateful for that answer. When will they visit it again?\n"
        "\n"
        "**Mr Holm**: When it stops raining.\n",
        (
            ("Mrs Edda Crane", "What steps is the Minister taking to repair the weir?"),
            ("The Minister for Rivers", "My officials visited the weir in March, and they got wet."),
            ("Mrs Crane", "I am grateful for that answer. When will they visit it again?"),
            ("Mr Holm", "When it stops raining."),
        ),
        path="case.md",
    ),
    Case(
        "UN meeting record",
        "The meeting was called to order at 10.05 a.m.\n"
        "\n"
        "Adoption of the agenda\n"
        "\n"
        "The agenda was adopted.\n"
        "\n"
        "The President: I now give the floor to the representative of Orland.\n"
        "\n"
        "Mr. Vasko (Orland): I thank you, Sir. My delegation has read the report with care.\n"
        "\n"
        "We have three remarks.\n"
        "\n"
        "The President: I thank the representative of Orland for his statement. I now give the floor to the representative of Merrow.\n"
        "\n"
        "Ms. Adeyi (Merrow) (spoke in French): We share the view of the previous speaker.\n"
        "\n"
        "The meeting rose at 11.20 a.m.\n",
        (
            ("The President", "I now give the floor to the representative of Orland."),
            (
                "Mr. Vasko (Orland)",
                "I thank you, Sir. My delegation has read the report with care. / We have three remarks.",
            ),
            (
                "The President",
                "I thank the representative of Orland for his statement. I now give the floor to the representative of Merrow.",
            ),
            ("Ms. Adeyi (Merrow) (spoke in French)", "We share the view of the previous speaker."),
        ),
        roles="ssss",
    ),
    Case(
        "NPR today style",
        "IDA FROST, HOST:\n"
        "\n"
        "The tide tables of Tarn are wrong. Leo Marsh has this report.\n"
        "\n"
        "LEO MARSH, BYLINE: For a hundred years the tables were made by one family.\n"
        "\n"
        "(SOUNDBITE OF WAVES)\n"
        "\n"
        "PETRA HOLM: My grandfather did it with a stick.\n"
        "\n"
        "MARSH: She still has the stick.\n"
        "\n"
        "HOLM: I use it for the beans.\n"
        "\n"
        "FROST: And the beans, Leo?\n"
        "\n"
        "MARSH: They are on time.\n",
        (
            ("IDA FROST, HOST", "The tide tables of Tarn are wrong. Leo Marsh has this report."),
            ("LEO MARSH, BYLINE", "For a hundred years the tables were made by one family."),
            ("PETRA HOLM", "My grandfather did it with a stick."),
            ("MARSH", "She still has the stick."),
            ("HOLM", "I use it for the beans."),
            ("FROST", "And the beans, Leo?"),
            ("MARSH", "They are on time."),
        ),
        roles="qaaaaqa",
    ),
    Case(
        "oral history: bracketed initials with tape heads",
        "TAPE 1, SIDE A\n"
        "\n"
        "[AL] When did your people come to the island?\n"
        "\n"
        "[TB] My grandmother came in a boat with a goat in it.\n"
        "\n"
        "[AL] And the goat?\n"
        "\n"
        "[TB] The goat stayed longer than she did.\n"
        "\n"
        "TAPE 1, SIDE B\n"
        "\n"
        "[AL] We were speaking of the goat.\n"
        "\n"
        "[TB] It had a good life, I think.\n",
        (
            ("AL", "When did your people come to the island?"),
            ("TB", "My grandmother came in a boat with a goat in it."),
            ("AL", "And the goat?"),
            ("TB", "The goat stayed longer than she did."),
            ("AL", "We were speaking of the goat."),
            ("TB", "It had a good life, I think."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Bundespressekonferenz",
        "Frage: Herr Berg, wann wird der Tunnel fertig?\n"
        "\n"
        "SRS Lind: Dazu liegt mir nichts vor.\n"
        "\n"
        "Berg (BMDV): Der Tunnel wird fertig, wenn er fertig ist.\n"
        "\n"
        "Zusatzfrage: Können Sie ein Jahr nennen?\n"
        "\n"
        "Berg (BMDV): Ich nenne Ihnen gern mehrere.\n"
        "\n"
        "Vorsitzende Holm: Dann kommen wir zum nächsten Thema.\n",
        (
            ("Frage", "Herr Berg, wann wird der Tunnel fertig?"),
            ("SRS Lind", "Dazu liegt mir nichts vor."),
            ("Berg (BMDV)", "Der Tunnel wird fertig, wenn er fertig ist."),
            ("Zusatzfrage", "Können Sie ein Jahr nennen?"),
            ("Berg (BMDV)", "Ich nenne Ihnen gern mehrere."),
            ("Vorsitzende Holm", "Dann kommen wir zum nächsten Thema."),
        ),
    ),
    Case(
        "title then names with em dash glued, capitals",
        "ADA LIND—Where do the trains go at night?\n"
        "\n"
        "TOM BERG—Home, like the rest of us. They have a shed with a stove.\n"
        "\n"
        "LIND—You have seen the stove?\n"
        "\n"
        "BERG—I have slept beside it.\n"
        "\n"
        "LIND—And who lights it?\n"
        "\n"
        "BERG—The first one in.\n",
        (
            ("ADA LIND", "Where do the trains go at night?"),
            ("TOM BERG", "Home, like the rest of us. They have a shed with a stove."),
            ("LIND", "You have seen the stove?"),
            ("BERG", "I have slept beside it."),
            ("LIND", "And who lights it?"),
            ("BERG", "The first one in."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "question number then bold name (survey of several artists)",
        "1. What do you keep in the studio?\n"
        "\n"
        "Ada Lind: A chair nobody may sit on.\n"
        "\n"
        "Tom Berg: Turpentine and cake.\n"
        "\n"
        "2. When do you stop for the day?\n"
        "\n"
        "Ada Lind: When the chair looks tired.\n"
        "\n"
        "Tom Berg: When the cake is gone.\n"
        "\n"
        "3. What would you save from a fire?\n"
        "\n"
        "Ada Lind: The fire.\n"
        "\n"
        "Tom Berg: The cake.\n",
        (
            (None, "What do you keep in the studio?"),
            ("Ada Lind", "A chair nobody may sit on."),
            ("Tom Berg", "Turpentine and cake."),
            (None, "When do you stop for the day?"),
            ("Ada Lind", "When the chair looks tired."),
            ("Tom Berg", "When the cake is gone."),
            (None, "What would you save from a fire?"),
            ("Ada Lind", "The fire."),
            ("Tom Berg", "The cake."),
        ),
        roles="qaaqaaqaa",
    ),
    Case(
        "White House: Q without mark, names in caps with colon",
        "MS. LIND:  Good afternoon.  I have one announcement, and it is about the lawn.\n"
        "\n"
        "     Q    Is it true that the lawn is painted?\n"
        "\n"
        "     MS. LIND:  It is encouraged.\n"
        "\n"
        "     Q    With what?\n"
        "\n"
        "     MS. LIND:  I will take that question and come back to you.  Yes, Leo.\n"
        "\n"
        "     Q    Thank you.  Does the President know about the paint?\n"
        "\n"
        "     MS. LIND:  He chose the green.\n",
        (
            ("MS. LIND", "Good afternoon. I have one announcement, and it is about the lawn."),
            ("Q", "Is it true that the lawn is painted?"),
            ("MS. LIND", "It is encouraged."),
            ("Q", "With what?"),
            ("MS. LIND", "I will take that question and come back to you. Yes, Leo."),
            ("Q", "Thank you. Does the President know about the paint?"),
            ("MS. LIND", "He chose the green."),
        ),
        roles="aqaqaqa",
    ),
    Case(
        "panel with moderator and four voices",
        "Moderator: We have five minutes and four bakers. What is wrong with bread?\n"
        "\n"
        "Ada Lind: It is in a hurry.\n"
        "\n"
        "Tom Berg: It is on the radio too much.\n"
        "\n"
        "Petra Holm: Nothing is wrong with mine.\n"
        "\n"
        "Moderator: Leo, you disagree?\n"
        "\n"
        "Leo Marsh: I disagree with the oven. The bread is innocent.\n"
        "\n"
        "Petra Holm: The oven is forty years old.\n"
        "\n"
        "Moderator: And who will pay for a new one?\n"
        "\n"
        "Tom Berg: The bread.\n",
        (
            ("Moderator", "We have five minutes and four bakers. What is wrong with bread?"),
            ("Ada Lind", "It is in a hurry."),
            ("Tom Berg", "It is on the radio too much."),
            ("Petra Holm", "Nothing is wrong with mine."),
            ("Moderator", "Leo, you disagree?"),
            ("Leo Marsh", "I disagree with the oven. The bread is innocent."),
            ("Petra Holm", "The oven is forty years old."),
            ("Moderator", "And who will pay for a new one?"),
            ("Tom Berg", "The bread."),
        ),
        roles="qaaaqaaqa",
    ),
    Case(
        "Caller talk radio: NAME on the line, uppercase with numbers",
        "HOST: You're on the air, line two. Who is this?\n"
        "\n"
        "CALLER #1: It's Petra, from the mill. I have a question about moles.\n"
        "\n"
        "HOST: Go ahead, Petra.\n"
        "\n"
        "CALLER #1: Do they sleep?\n"
        "\n"
        "DR. MARSH: They do, but they don't admit it.\n"
        "\n"
        "HOST: Line four?\n"
        "\n"
        "CALLER #2: I only wanted to hear my own voice.\n",
        (
            ("HOST", "You're on the air, line two. Who is this?"),
            ("CALLER #1", "It's Petra, from the mill. I have a question about moles."),
            ("HOST", "Go ahead, Petra."),
            ("CALLER #1", "Do they sleep?"),
            ("DR. MARSH", "They do, but they don't admit it."),
            ("HOST", "Line four?"),
            ("CALLER #2", "I only wanted to hear my own voice."),
        ),
    ),
    Case(
        "Court transcript Germany: Vorsitzende Richterin / Zeuge with colon caps",
        "Vorsitzende Richterin: Herr Zeuge, wo waren Sie am Abend des dritten Mai?\n"
        "\n"
        "Zeuge Berg: Auf dem Boot. Es war dunkel, und der Fisch biss nicht.\n"
        "\n"
        "Rechtsanwältin Lind: Haben Sie das Licht gesehen?\n"
        "\n"
        "Zeuge Berg: Ich habe es gehört.\n"
        "\n"
        "Vorsitzende Richterin: Wie hört man ein Licht?\n"
        "\n"
        "Zeuge Berg: Wenn es summt.\n",
        (
            ("Vorsitzende Richterin", "Herr Zeuge, wo waren Sie am Abend des dritten Mai?"),
            ("Zeuge Berg", "Auf dem Boot. Es war dunkel, und der Fisch biss nicht."),
            ("Rechtsanwältin Lind", "Haben Sie das Licht gesehen?"),
            ("Zeuge Berg", "Ich habe es gehört."),
            ("Vorsitzende Richterin", "Wie hört man ein Licht?"),
            ("Zeuge Berg", "Wenn es summt."),
        ),
    ),
    Case(
        "Canadian Hansard: title with parentheses, colon, bold removed",
        "Hon. Petra Holm (Minister of Harbours): Mr. Speaker, the harbour is open, and I have seen a ship in it.\n"
        "\n"
        "Mr. Leo Marsh (Lower Tarn, Ind.): Mr. Speaker, it was the same ship. When will there be two?\n"
        "\n"
        "Hon. Petra Holm: Mr. Speaker, the first one came twice.\n"
        "\n"
        "The Speaker: Order. The hon. member for Lower Tarn.\n"
        "\n"
        "Mr. Leo Marsh: Mr. Speaker, I withdraw the ship.\n",
        (
            (
                "Hon. Petra Holm (Minister of Harbours)",
                "Mr. Speaker, the harbour is open, and I have seen a ship in it.",
            ),
            ("Mr. Leo Marsh (Lower Tarn, Ind.)", "Mr. Speaker, it was the same ship. When will there be two?"),
            ("Hon. Petra Holm", "Mr. Speaker, the first one came twice."),
            ("The Speaker", "Order. The hon. member for Lower Tarn."),
            ("Mr. Leo Marsh", "Mr. Speaker, I withdraw the ship."),
        ),
    ),
    Case(
        "French parliament: M. X. text with dash and italic stage direction",
        "M. le président. La parole est à Mme Ada Lind.\n"
        "\n"
        "Mme Ada Lind. Monsieur le président, je n'ai qu'une question : qui garde les clés du phare ?\n"
        "\n"
        "M. Tom Berg, ministre. Moi, madame la députée, et je les ai perdues.\n"
        "\n"
        "Mme Ada Lind. Depuis quand ?\n"
        "\n"
        "M. le président. La réponse est complète.\n",
        (
            ("M. le président", "La parole est à Mme Ada Lind."),
            ("Mme Ada Lind", "Monsieur le président, je n'ai qu'une question : qui garde les clés du phare ?"),
            ("M. Tom Berg, ministre", "Moi, madame la députée, et je les ai perdues."),
            ("Mme Ada Lind", "Depuis quand ?"),
            ("M. le président", "La réponse est complète."),
        ),
    ),
    Case(
        "Oral history with full names underlined by colon-dash",
        "Lind:- Where were you born?\n"
        "Berg:- In the signal box, during a delay.\n"
        "Lind:- Which train?\n"
        "Berg:- The one my father had stopped.\n"
        "Lind:- Was he punished?\n"
        "Berg:- He was given a medal and a bill.\n",
        (
            ("Lind", "Where were you born?"),
            ("Berg", "In the signal box, during a delay."),
            ("Lind", "Which train?"),
            ("Berg", "The one my father had stopped."),
            ("Lind", "Was he punished?"),
            ("Berg", "He was given a medal and a bill."),
        ),
        roles="qaqaqa",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_protocols_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == tuple((label, " ".join(said.split())) for label, said in case.turns)
    if case.roles:
        assert roles(interview) == case.roles
