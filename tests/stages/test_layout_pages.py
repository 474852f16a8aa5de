"""Magazines, wikis and web pages: styles and signs instead of labels.

Each text was written, with its turns, before the parser saw it.
"""

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case(
        "Paris Review: INTERVIEWER and name in caps on own line",
        "INTERVIEWER\n"
        "\n"
        "Where do you write?\n"
        "\n"
        "MARSH\n"
        "\n"
        "In the kitchen. There is a drawer for the pages and a drawer for the spoons.\n"
        "\n"
        "INTERVIEWER\n"
        "\n"
        "Do they ever get mixed?\n"
        "\n"
        "MARSH\n"
        "\n"
        "I have published a spoon.\n"
        "\n"
        "It was well reviewed.\n"
        "\n"
        "INTERVIEWER\n"
        "\n"
        "Who reads you first?\n"
        "\n"
        "MARSH\n"
        "\n"
        "The dog.\n",
        (
            ("INTERVIEWER", "Where do you write?"),
            ("MARSH", "In the kitchen. There is a drawer for the pages and a drawer for the spoons."),
            ("INTERVIEWER", "Do they ever get mixed?"),
            ("MARSH", "I have published a spoon. / It was well reviewed."),
            ("INTERVIEWER", "Who reads you first?"),
            ("MARSH", "The dog."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "magazine, bold flattened: questions in capitals",
        "THE LAST BELL-RINGER\n"
        "\n"
        "By Ida Frost\n"
        "\n"
        "Tom Berg has rung the bell of Tarn for fifty years. We met him below it.\n"
        "\n"
        "HOW DO YOU PROTECT YOUR EARS?\n"
        "\n"
        "I don't. I was deaf on the left side before I began, and I stand with the right side to the door.\n"
        "\n"
        "DO PEOPLE STILL LISTEN?\n"
        "\n"
        "They look at their telephones, and then they look up, and then they look at their telephones again.\n"
        "\n"
        "WHO WILL RING IT AFTER YOU?\n"
        "\n"
        "Nobody has asked me. I would say the wind.\n",
        (
            (None, "HOW DO YOU PROTECT YOUR EARS?"),
            (None, "I don't. I was deaf on the left side before I began, and I stand with the right side to the door."),
            (None, "DO PEOPLE STILL LISTEN?"),
            (
                None,
                "They look at their telephones, and then they look up, and then they look at their telephones again.",
            ),
            (None, "WHO WILL RING IT AFTER YOU?"),
            (None, "Nobody has asked me. I would say the wind."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "markdown: nested quote answers, bold name as question label",
        "**Why bees?**\n"
        "\n"
        "> Because nobody had asked me about anything else.\n"
        "\n"
        "**And the honey?**\n"
        "\n"
        "> I don't eat it. It's theirs.\n"
        "\n"
        "**Have they ever stung you?**\n"
        "\n"
        "> Daily. You get used to being corrected.\n",
        (
            (None, "Why bees?"),
            (None, "Because nobody had asked me about anything else."),
            (None, "And the honey?"),
            (None, "I don't eat it. It's theirs."),
            (None, "Have they ever stung you?"),
            (None, "Daily. You get used to being corrected."),
        ),
        roles="qaqaqa",
        path="case.md",
    ),
    Case(
        "drama script, centred names",
        "                         ADA\n"
        "               You kept the letters?\n"
        "\n"
        "                         TOM\n"
        "               (not looking up)\n"
        "               All of them.\n"
        "\n"
        "                         ADA\n"
        "               Then you know what I asked.\n"
        "\n"
        "                         TOM\n"
        "               I know what you spelled.\n",
        (
            ("ADA", "You kept the letters?"),
            ("TOM", "All of them."),
            ("ADA", "Then you know what I asked."),
            ("TOM", "I know what you spelled."),
        ),
    ),
    Case(
        "numbered letters and a point",
        "Q1. How old is the orchard?\n"
        "A1. Older than the fence, younger than the quarrel.\n"
        "\n"
        "Q2. What quarrel?\n"
        "A2. The one about the fence.\n"
        "\n"
        "Q3. Is it settled?\n"
        "A3. The apples fall on both sides.\n",
        (
            ("Q1", "How old is the orchard?"),
            ("A1", "Older than the fence, younger than the quarrel."),
            ("Q2", "What quarrel?"),
            ("A2", "The one about the fence."),
            ("Q3", "Is it settled?"),
            ("A3", "The apples fall on both sides."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "wiki bold with colon prefix indentation",
        "'''Wikinews''': How did you come to study fog?\n"
        "\n"
        "'''Tom Berg''': I could not see anything else to do.\n"
        "\n"
        "'''Wikinews''': What is your favourite kind?\n"
        "\n"
        "'''Tom Berg''': The kind that lifts at noon.\n",
        (
            ("Wikinews", "How did you come to study fog?"),
            ("Tom Berg", "I could not see anything else to do."),
            ("Wikinews", "What is your favourite kind?"),
            ("Tom Berg", "The kind that lifts at noon."),
        ),
        roles="qaqa",
    ),
    Case(
        "wiki images: icon templates",
        "{{Q}} How did you come to study fog?\n"
        "\n"
        "{{A}} I could not see anything else to do.\n"
        "\n"
        "{{Q}} What is your favourite kind?\n"
        "\n"
        "{{A}} The kind that lifts at noon.\n",
        (
            ("Q", "How did you come to study fog?"),
            ("A", "I could not see anything else to do."),
            ("Q", "What is your favourite kind?"),
            ("A", "The kind that lifts at noon."),
        ),
        roles="qaqa",
    ),
    Case(
        "Bold Q letter without colon, html-ish strong in md",
        "**Q** When did you lose your shadow?\n"
        "\n"
        "**A** At noon, like everybody.\n"
        "\n"
        "**Q** Did you get it back?\n"
        "\n"
        "**A** A longer one.\n",
        (
            ("Q", "When did you lose your shadow?"),
            ("A", "At noon, like everybody."),
            ("Q", "Did you get it back?"),
            ("A", "A longer one."),
        ),
        roles="qaqa",
        path="case.md",
    ),
    Case(
        "HTML page: p class q/a with strong initials",
        "<html><body><article><h1>The bell of Tarn</h1>\n"
        "<p><strong>AL</strong> Who rings it at night?</p>\n"
        "<p><strong>TB</strong> Nobody I know. I have stopped asking, and it has stopped at three.</p>\n"
        "<p><strong>AL</strong> Do you sleep?</p>\n"
        "<p><strong>TB</strong> Between two and four.</p>\n"
        "</article></body></html>\n",
        (
            ("AL", "Who rings it at night?"),
            ("TB", "Nobody I know. I have stopped asking, and it has stopped at three."),
            ("AL", "Do you sleep?"),
            ("TB", "Between two and four."),
        ),
        roles="qaqa",
        path="case.html",
    ),
    Case(
        "HTML blockquote answers, h4 questions",
        "<html><body><article><h1>Minding the sluice</h1><p>Tom Berg minds the sluice at Tarn.</p>\n"
        "<h4>What do you do all day?</h4><blockquote><p>I look at the water. It looks back.</p></blockquote>\n"
        "<h4>And at night?</h4><blockquote><p>I listen to it.</p><p>It says very little that is new.</p></blockquote>\n"
        "<h4>Would you do anything else?</h4><blockquote><p>I would do less.</p></blockquote>\n"
        "</article></body></html>\n",
        (
            (None, "What do you do all day?"),
            (None, "I look at the water. It looks back."),
            (None, "And at night?"),
            (None, "I listen to it. / It says very little that is new."),
            (None, "Would you do anything else?"),
            (None, "I would do less."),
        ),
        roles="qaqaqa",
        path="case.html",
    ),
    Case(
        "Reply-quote mail interview: > questions, plain answers",
        "> When did you start to draw maps of places that do not exist?\n"
        "\n"
        "When I moved to one.\n"
        "\n"
        "> Do people buy them?\n"
        "\n"
        "They buy them and then they write to complain that they got lost.\n"
        "\n"
        "> Which one is your favourite?\n"
        "\n"
        "The one my sister folded into a hat.\n",
        (
            (None, "When did you start to draw maps of places that do not exist?"),
            (None, "When I moved to one."),
            (None, "Do people buy them?"),
            (None, "They buy them and then they write to complain that they got lost."),
            (None, "Which one is your favourite?"),
            (None, "The one my sister folded into a hat."),
        ),
        roles="qaqaqa",
    ),
    Case(
        "Name (role) in parentheses as own line, then text",
        "(Ada Lind)\n"
        "Who was the first to cross the bridge?\n"
        "\n"
        "(Tom Berg)\n"
        "A dog. It was a municipal dog, so it counted.\n"
        "\n"
        "(Ada Lind)\n"
        "And the mayor?\n"
        "\n"
        "(Tom Berg)\n"
        "He followed the dog, as in everything.\n",
        (
            ("Ada Lind", "Who was the first to cross the bridge?"),
            ("Tom Berg", "A dog. It was a municipal dog, so it counted."),
            ("Ada Lind", "And the mayor?"),
            ("Tom Berg", "He followed the dog, as in everything."),
        ),
        roles="qaqa",
    ),
    Case(
        "Underlined text label with equals bars",
        "== Ada ==\n"
        "Where did you learn to whistle?\n"
        "\n"
        "== Tom ==\n"
        "In a well. It was the only way to be found.\n"
        "\n"
        "== Ada ==\n"
        "How long were you there?\n"
        "\n"
        "== Tom ==\n"
        "Two songs.\n",
        (
            ("Ada", "Where did you learn to whistle?"),
            ("Tom", "In a well. It was the only way to be found."),
            ("Ada", "How long were you there?"),
            ("Tom", "Two songs."),
        ),
        roles="qaqa",
    ),
    Case(
        "Podcast show notes then transcript heading",
        "# Episode 12: The Whistle\n"
        "\n"
        "Links: https://whistle.example\n"
        "\n"
        "## Show notes\n"
        "\n"
        "- 00:00 Intro\n"
        "- 03:10 The shepherd\n"
        "\n"
        "## Transcript\n"
        "\n"
        "**Ada:** Welcome. Who are you?\n"
        "\n"
        "**Tom:** I am the man with the whistle.\n"
        "\n"
        "**Ada:** And what does it say?\n"
        "\n"
        "**Tom:** Come back.\n",
        (
            ("Ada", "Welcome. Who are you?"),
            ("Tom", "I am the man with the whistle."),
            ("Ada", "And what does it say?"),
            ("Tom", "Come back."),
        ),
        roles="qaqa",
        path="case.md",
    ),
    Case(
        "Question in bold with leading number, answer with name in bold",
        "**1. How long have you kept bees?**\n"
        "\n"
        "**Tom Berg** Twenty years, or they have kept me.\n"
        "\n"
        "**2. Do they know you?**\n"
        "\n"
        "**Tom Berg** They know my hat.\n"
        "\n"
        "**3. What will you do in winter?**\n"
        "\n"
        "**Tom Berg** Wear another one and see.\n",
        (
            (None, "How long have you kept bees?"),
            ("Tom Berg", "Twenty years, or they have kept me."),
            (None, "Do they know you?"),
            ("Tom Berg", "They know my hat."),
            (None, "What will you do in winter?"),
            ("Tom Berg", "Wear another one and see."),
        ),
        roles="qaqaqa",
        path="case.md",
    ),
    Case(
        "Interview in an email with inline initials bracket",
        "(AL) Why did you leave the choir?\n"
        "\n"
        "(TB) I was asked to sing.\n"
        "\n"
        "(AL) And before that?\n"
        "\n"
        "(TB) Before that I was asked to stand, and I did it well.\n",
        (
            ("AL", "Why did you leave the choir?"),
            ("TB", "I was asked to sing."),
            ("AL", "And before that?"),
            ("TB", "Before that I was asked to stand, and I did it well."),
        ),
        roles="qaqa",
    ),
    Case(
        "HTML definition by classes and br",
        "<html><body><article><h1>On the ice</h1>\n"
        '<p class="q">Who measures the ice?</p><p class="a">I do, with a stick my father cut.</p>\n'
        '<p class="q">And if it breaks?</p><p class="a">Then I have measured it.</p>\n'
        '<p class="q">Are you ever afraid?</p><p class="a">I am, before breakfast.</p>\n'
        "</article></body></html>\n",
        (
            (None, "Who measures the ice?"),
            (None, "I do, with a stick my father cut."),
            (None, "And if it breaks?"),
            (None, "Then I have measured it."),
            (None, "Are you ever afraid?"),
            (None, "I am, before breakfast."),
        ),
        roles="qaqaqa",
        path="case.html",
    ),
    Case(
        "comment style arrows ->",
        "-> Who painted the buoy?\n"
        "Nobody painted it. It was always going to be red.\n"
        "-> Who put it there?\n"
        "The current, and my uncle.\n"
        "-> May one sit on it?\n"
        "My uncle does.\n",
        (
            (None, "Who painted the buoy?"),
            (None, "Nobody painted it. It was always going to be red."),
            (None, "Who put it there?"),
            (None, "The current, and my uncle."),
            (None, "May one sit on it?"),
            (None, "My uncle does."),
        ),
        roles="qaqaqa",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_pages_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == tuple((label, " ".join(said.split())) for label, said in case.turns)
    if case.roles:
        assert roles(interview) == case.roles
