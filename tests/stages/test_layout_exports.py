"""Exports of meetings, podcasts and captions: names with times and codes.

Each text was written, with its turns, before the parser saw it.
"""

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case(
        "podcast: time stamp at the end of the line",
        "Ada Lind: Welcome back to the show. Who invented the whistle? [00:00:04]\n"
        "\n"
        "Tom Berg: A shepherd, and he never forgave himself. [00:00:09]\n"
        "\n"
        "Ada Lind: Is it hard to make one? [00:00:15]\n"
        "\n"
        "Tom Berg: It is hard to stop. [00:00:18]\n",
        (
            ("Ada Lind", "Welcome back to the show. Who invented the whistle? [00:00:04]"),
            ("Tom Berg", "A shepherd, and he never forgave himself. [00:00:09]"),
            ("Ada Lind", "Is it hard to make one? [00:00:15]"),
            ("Tom Berg", "It is hard to stop. [00:00:18]"),
        ),
        roles="qaqa",
    ),
    Case(
        "Teams transcript: name and time, bracketed time range",
        "0:0:0.0 --> 0:0:4.120\n"
        "Lind, Ada\n"
        "Shall we start with the budget?\n"
        "\n"
        "0:0:4.500 --> 0:0:9.30\n"
        "Berg, Tom (Finance)\n"
        "We can start, but it will not take long.\n"
        "\n"
        "0:0:9.500 --> 0:0:12.0\n"
        "Lind, Ada\n"
        "Why is that?\n"
        "\n"
        "0:0:12.200 --> 0:0:15.0\n"
        "Berg, Tom (Finance)\n"
        "There is none.\n",
        (
            ("Lind, Ada", "Shall we start with the budget?"),
            ("Berg, Tom (Finance)", "We can start, but it will not take long."),
            ("Lind, Ada", "Why is that?"),
            ("Berg, Tom (Finance)", "There is none."),
        ),
        roles="qaqa",
    ),
    Case(
        "Otter export: name, two blanks, time",
        "Ada Lind  0:02  \n"
        "Can you say your name for the tape?\n"
        "\n"
        "Tom Berg  0:05  \n"
        "Tom. Tom Berg, with an e.\n"
        "\n"
        "Ada Lind  0:09  \n"
        "And what did you do on the railway?\n"
        "\n"
        "Tom Berg  0:13  \n"
        "I waited. Somebody has to.\n"
        "\n"
        "Transcribed by https://otter.example\n",
        (
            ("Ada Lind", "Can you say your name for the tape?"),
            ("Tom Berg", "Tom. Tom Berg, with an e."),
            ("Ada Lind", "And what did you do on the railway?"),
            ("Tom Berg", "I waited. Somebody has to."),
        ),
        roles="qaqa",
    ),
    Case(
        "Descript: bracketed time and bold name on one line",
        "[00:00:01] **Ada:** You sold the boat?\n"
        "\n"
        "[00:00:04] **Tom:** I sold the boat and kept the oars.\n"
        "\n"
        "[00:00:09] **Ada:** What for?\n"
        "\n"
        "[00:00:11] **Tom:** For the next one. A man with oars [00:00:15] is never quite ashore.\n",
        (
            ("Ada", "You sold the boat?"),
            ("Tom", "I sold the boat and kept the oars."),
            ("Ada", "What for?"),
            ("Tom", "For the next one. A man with oars [00:00:15] is never quite ashore."),
        ),
        roles="qaqa",
        path="case.md",
    ),
    Case(
        "Rev: speaker, time in round brackets, colon after",
        "Ada Lind (00:01):\n"
        "Good morning. Is the kettle still working?\n"
        "\n"
        "Tom Berg (00:04):\n"
        "It is working, but it has changed its mind about whistling.\n"
        "\n"
        "Ada Lind (00:09):\n"
        "Since when?\n"
        "\n"
        "Tom Berg (00:11):\n"
        "(silence)\n"
        "\n"
        "Tom Berg (00:15):\n"
        "Since you came in.\n",
        (
            ("Ada Lind", "Good morning. Is the kettle still working?"),
            ("Tom Berg", "It is working, but it has changed its mind about whistling."),
            ("Ada Lind", "Since when?"),
            ("Tom Berg", ""),
            ("Tom Berg", "Since you came in."),
        ),
    ),
    Case(
        "Trint: time column then name then text, tabs",
        "00:00:01\tAda Lind\tWhere does the road go?\n"
        "00:00:05\tTom Berg\tTo the quarry, and then it is ashamed and comes back.\n"
        "00:00:11\tAda Lind\tDid you build it?\n"
        "00:00:14\tTom Berg\tI built the ashamed part.\n",
        (
            ("Ada Lind", "Where does the road go?"),
            ("Tom Berg", "To the quarry, and then it is ashamed and comes back."),
            ("Ada Lind", "Did you build it?"),
            ("Tom Berg", "I built the ashamed part."),
        ),
        roles="qaqa",
    ),
    Case(
        "Happy Scribe: time in brackets, dash, name, then paragraph",
        "[00:00:03.210] - Ada Lind\n"
        "Who taught you to swim?\n"
        "\n"
        "[00:00:06.000] - Tom Berg\n"
        "Nobody. I fell in, and the rest was practice.\n"
        "\n"
        "[00:00:12.480] - Ada Lind\n"
        "Were you afraid?\n"
        "\n"
        "[00:00:14.950] - Tom Berg\n"
        "Not until I was out again.\n",
        (
            ("Ada Lind", "Who taught you to swim?"),
            ("Tom Berg", "Nobody. I fell in, and the rest was practice."),
            ("Ada Lind", "Were you afraid?"),
            ("Tom Berg", "Not until I was out again."),
        ),
        roles="qaqa",
    ),
    Case(
        "ELAN export: speaker tab start tab end tab text",
        "Ada\t00:00:01.200\t00:00:03.900\tWhere was the well?\n"
        "Tom\t00:00:04.100\t00:00:07.000\tWhere the post office is. You can hear it on Sundays.\n"
        "Ada\t00:00:07.300\t00:00:08.400\tHear what?\n"
        "Tom\t00:00:08.600\t00:00:10.000\tThe bucket.\n",
        (
            ("Ada", "Where was the well?"),
            ("Tom", "Where the post office is. You can hear it on Sundays."),
            ("Ada", "Hear what?"),
            ("Tom", "The bucket."),
        ),
        roles="qaqa",
    ),
    Case(
        "speaker numbers with hash",
        "Speaker #1: Is this thing recording?\n"
        "Speaker #2: It has a light on.\n"
        "Speaker #1: Then say something.\n"
        "Speaker #2: I did. I said it has a light on.\n",
        (
            ("Speaker #1", "Is this thing recording?"),
            ("Speaker #2", "It has a light on."),
            ("Speaker #1", "Then say something."),
            ("Speaker #2", "I did. I said it has a light on."),
        ),
    ),
    Case(
        "SRT with sdh caps label and dash label",
        "1\n"
        "00:00:01,000 --> 00:00:03,000\n"
        "ADA: You came by boat?\n"
        "\n"
        "2\n"
        "00:00:03,500 --> 00:00:06,000\n"
        "TOM: I came by accident.\n"
        "The boat was there already.\n"
        "\n"
        "3\n"
        "00:00:06,500 --> 00:00:08,000\n"
        "[WIND HOWLING]\n"
        "\n"
        "4\n"
        "00:00:08,500 --> 00:00:10,000\n"
        "ADA: And who sailed it?\n"
        "\n"
        "5\n"
        "00:00:10,500 --> 00:00:12,000\n"
        "TOM: It sailed itself.\n",
        (
            ("ADA", "You came by boat?"),
            ("TOM", "I came by accident. / The boat was there already."),
            ("ADA", "And who sailed it?"),
            ("TOM", "It sailed itself."),
        ),
        roles="qaqa",
        path="case.srt",
    ),
    Case(
        "minutes per speaker with time after name and em dash",
        "Ada Lind — 00:12 — What was the first thing you repaired?\n"
        "\n"
        "Tom Berg — 00:16 — A gate. It had been broken by the man who hired me.\n"
        "\n"
        "Ada Lind — 00:24 — Did he pay?\n"
        "\n"
        "Tom Berg — 00:26 — He broke it again.\n",
        (
            ("Ada Lind", "What was the first thing you repaired?"),
            ("Tom Berg", "A gate. It had been broken by the man who hired me."),
            ("Ada Lind", "Did he pay?"),
            ("Tom Berg", "He broke it again."),
        ),
        roles="qaqa",
    ),
    Case(
        "Research codes with colon tab and line numbers in brackets",
        "[1] I1:\tCan you tell me how you came to the farm?\n"
        "[2] P07:\tI was looking for the station.\n"
        "[3] I1:\tAnd you stayed?\n"
        "[4] P07:\tI'm still looking. ((laughs))\n"
        "[5] I1:\tWhat do you grow?\n"
        "[6] P07:\tOlder.\n",
        (
            ("I1", "Can you tell me how you came to the farm?"),
            ("P07", "I was looking for the station."),
            ("I1", "And you stayed?"),
            ("P07", "I'm still looking. ((laughs))"),
            ("I1", "What do you grow?"),
            ("P07", "Older."),
        ),
    ),
    Case(
        "Markdown table",
        "| Time | Speaker | Words |\n"
        "|------|---------|-------|\n"
        "| 0:01 | Ada | Where do you keep the keys? |\n"
        "| 0:04 | Tom | On the hook that the cat can't reach. |\n"
        "| 0:09 | Ada | Which one is that? |\n"
        "| 0:11 | Tom | We are looking for it. |\n",
        (
            ("Ada", "Where do you keep the keys?"),
            ("Tom", "On the hook that the cat can't reach."),
            ("Ada", "Which one is that?"),
            ("Tom", "We are looking for it."),
        ),
        roles="qaqa",
        path="case.md",
    ),
    Case(
        "Google Meet: name on line, text below, time every 5 min",
        "00:00:00\n"
        "\n"
        "Ada Lind: Can you hear me now?\n"
        "Tom Berg: I can hear the kettle.\n"
        "\n"
        "00:05:00\n"
        "\n"
        "Ada Lind: What did the engineers say?\n"
        "Tom Berg: That the kettle is fine.\n",
        (
            ("Ada Lind", "Can you hear me now?"),
            ("Tom Berg", "I can hear the kettle."),
            ("Ada Lind", "What did the engineers say?"),
            ("Tom Berg", "That the kettle is fine."),
        ),
        roles="qaqa",
    ),
    Case(
        "Riverside: Name (MM:SS.mmm) inline colon",
        "Ada (00:01.12)\n"
        "So how did the mill come to you?\n"
        "\n"
        "Tom (00:05.9)\n"
        "By water. It was a very wet year and nobody else wanted it.\n"
        "\n"
        "Ada (00:11.04)\n"
        "And the wheel?\n"
        "\n"
        "Tom (00:12.77)\n"
        "The wheel came later.\n",
        (
            ("Ada", "So how did the mill come to you?"),
            ("Tom", "By water. It was a very wet year and nobody else wanted it."),
            ("Ada", "And the wheel?"),
            ("Tom", "The wheel came later."),
        ),
        roles="qaqa",
    ),
    Case(
        "two columns by pipes without table markup",
        "Ada | When does the ferry leave?\n"
        "Tom | When I have finished my tea.\n"
        "Ada | And how long is that?\n"
        "Tom | It depends on the tea.\n"
        "Ada | Has anybody complained?\n"
        "Tom | Only the tea.\n",
        (
            ("Ada", "When does the ferry leave?"),
            ("Tom", "When I have finished my tea."),
            ("Ada", "And how long is that?"),
            ("Tom", "It depends on the tea."),
            ("Ada", "Has anybody complained?"),
            ("Tom", "Only the tea."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "captions: caps names and music, one label per change, vtt",
        "WEBVTT\n"
        "\n"
        "00:01.000 --> 00:03.000\n"
        "♪ slow fiddle ♪\n"
        "\n"
        "00:03.000 --> 00:06.000\n"
        "INTERVIEWER: How cold was it?\n"
        "\n"
        "00:06.000 --> 00:09.000\n"
        "MRS. HOLM: The tea froze\n"
        "\n"
        "00:09.000 --> 00:11.000\n"
        "before it was poured.\n"
        "\n"
        "00:11.000 --> 00:13.000\n"
        "INTERVIEWER: And you drank it?\n"
        "\n"
        "00:13.000 --> 00:15.000\n"
        "MRS. HOLM: With a spoon.\n",
        (
            ("INTERVIEWER", "How cold was it?"),
            ("MRS. HOLM", "The tea froze / before it was poured."),
            ("INTERVIEWER", "And you drank it?"),
            ("MRS. HOLM", "With a spoon."),
        ),
        roles="qaqa",
        path="case.vtt",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exports_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == tuple((label, " ".join(said.split())) for label, said in case.turns)
    if case.roles:
        assert roles(interview) == case.roles
