"""Exports of chats: names with dates, and messages that end as they like.

Each text was written, with its turns, before the parser saw it.
"""

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case(
        "Zoom chat export",
        "18:04:11\t From Ada Lind : does everybody hear me?\n"
        "18:04:20\t From Tom Berg : I hear you twice\n"
        "18:04:33\t From Ada Lind : then mute the other one\n"
        "18:04:41\t From Petra Holm to Everyone : which one is the other one?\n"
        "18:04:59\t From Tom Berg : the one that answers\n",
        (
            ("Ada Lind", "does everybody hear me?"),
            ("Tom Berg", "I hear you twice"),
            ("Ada Lind", "then mute the other one"),
            ("Petra Holm", "which one is the other one?"),
            ("Tom Berg", "the one that answers"),
        ),
    ),
    Case(
        "Slack export",
        "ada.lind  9:14 AM\n"
        "is the model ready for the meeting?\n"
        "tom.berg  9:15 AM\n"
        "ready enough\n"
        "it still thinks the bridge is a cow\n"
        "ada.lind  9:17 AM\n"
        "can we show it without the bridge?\n"
        "tom.berg  9:18 AM\n"
        "then it thinks the river is a cow\n",
        (
            ("ada.lind", "is the model ready for the meeting?"),
            ("tom.berg", "ready enough / it still thinks the bridge is a cow"),
            ("ada.lind", "can we show it without the bridge?"),
            ("tom.berg", "then it thinks the river is a cow"),
        ),
    ),
    Case(
        "WhatsApp Android",
        "12/03/21, 18:02 - Messages to this group are now end-to-end encrypted.\n"
        "12/03/21, 18:03 - Ada Lind: Did you leave the key?\n"
        "12/03/21, 18:05 - Tom Berg: Under the pot\n"
        "12/03/21, 18:05 - Tom Berg: The other pot\n"
        "12/03/21, 18:09 - Ada Lind: There are nine pots\n"
        "12/03/21, 18:10 - Tom Berg: <Media omitted>\n",
        (
            ("Ada Lind", "Did you leave the key?"),
            ("Tom Berg", "Under the pot"),
            ("Tom Berg", "The other pot"),
            ("Ada Lind", "There are nine pots"),
            ("Tom Berg", ""),
        ),
    ),
    Case(
        "WhatsApp iOS with seconds in brackets",
        "[12.03.21, 18:03:11] Ada Lind: Did you leave the key?\n"
        "[12.03.21, 18:05:40] Tom Berg: Under the pot\n"
        "[12.03.21, 18:09:02] Ada Lind: There are nine pots.\n"
        "Which one?\n"
        "[12.03.21, 18:10:17] Tom Berg: The warm one\n",
        (
            ("Ada Lind", "Did you leave the key?"),
            ("Tom Berg", "Under the pot"),
            ("Ada Lind", "There are nine pots. / Which one?"),
            ("Tom Berg", "The warm one"),
        ),
        roles="qaqa",
    ),
    Case(
        "Telegram copy: name, comma, bracketed date",
        "Ada Lind, [12.03.2021 18:03]\n"
        "Did you leave the key?\n"
        "\n"
        "Tom Berg, [12.03.2021 18:05]\n"
        "Under the pot, as always.\n"
        "\n"
        "Ada Lind, [12.03.2021 18:09]\n"
        "There are nine pots here.\n"
        "\n"
        "Tom Berg, [12.03.2021 18:10]\n"
        "You only need one.\n",
        (
            ("Ada Lind", "Did you leave the key?"),
            ("Tom Berg", "Under the pot, as always."),
            ("Ada Lind", "There are nine pots here."),
            ("Tom Berg", "You only need one."),
        ),
    ),
    Case(
        "lower-case names as labels",
        "ada: did you bring the map?\n"
        "\n"
        "tom: i brought the one without the lake.\n"
        "\n"
        "ada: then where are we going to swim?\n"
        "\n"
        "tom: on the other side of the paper.\n",
        (
            ("ada", "did you bring the map?"),
            ("tom", "i brought the one without the lake."),
            ("ada", "then where are we going to swim?"),
            ("tom", "on the other side of the paper."),
        ),
        roles="qaqa",
    ),
    Case(
        "Discord: name, em dash, Today at",
        "adalind — Today at 9:14 PM\n"
        "did anybody hear the whistle last night?\n"
        "tomberg — Today at 9:15 PM\n"
        "that was me\n"
        "i was testing it\n"
        "adalind — Today at 9:17 PM\n"
        "at three in the morning?\n"
        "tomberg — Today at 9:18 PM\n"
        "it is a night whistle\n",
        (
            ("adalind", "did anybody hear the whistle last night?"),
            ("tomberg", "that was me / i was testing it"),
            ("adalind", "at three in the morning?"),
            ("tomberg", "it is a night whistle"),
        ),
        roles="qaqa",
    ),
    Case(
        "JSON-lines like plain log of a bot interview",
        "User: hello, who are you?\n"
        "Bot: I am the lighthouse. How can I help?\n"
        "User: can you turn left?\n"
        "Bot: I turn in one direction only, and I do it for everyone.\n",
        (
            ("User", "hello, who are you?"),
            ("Bot", "I am the lighthouse. How can I help?"),
            ("User", "can you turn left?"),
            ("Bot", "I turn in one direction only, and I do it for everyone."),
        ),
    ),
    Case(
        "Signal/Matrix: date separator lines and name lines",
        "Tuesday, 2 March 2021\n"
        "\n"
        "Ada Lind (18:03): Did you find the ladder?\n"
        "\n"
        "Tom Berg (18:07): I found where it was.\n"
        "\n"
        "Wednesday, 3 March 2021\n"
        "\n"
        "Ada Lind (08:12): And where is it now?\n"
        "\n"
        "Tom Berg (08:15): Somebody is on it.\n",
        (
            ("Ada Lind", "Did you find the ladder?"),
            ("Tom Berg", "I found where it was."),
            ("Ada Lind", "And where is it now?"),
            ("Tom Berg", "Somebody is on it."),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_chats_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == tuple((label, " ".join(said.split())) for label, said in case.turns)
    if case.roles:
        assert roles(interview) == case.roles
