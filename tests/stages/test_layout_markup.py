"""Pages, tables, captions and data, in which markup or columns say who speaks.

Each text was written, with its turns, before the parser saw it.
"""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case("html details summary", "<!doctype html><html><head><title>Meet the baker</title></head><body><main><article><h1>Meet the baker</h1><p>Rosa Lund opened her shop in May.</p>\n<details><summary>Why did you choose this street?</summary><p>I grew up on it. You could smell the old bakery from my window.</p></details>\n<details><summary>What do you bake first each day?</summary><p>Rye. I start it at two.</p><p>The rest can wait.</p></details>\n<details><summary>Do you ever sleep in?</summary><p>I tried once. My hands woke me.</p></details>\n</article></main></body></html>", (
        (None, "Why did you choose this street?"),
        (None, "I grew up on it. You could smell the old bakery from my window."),
        (None, "What do you bake first each day?"),
        (None, "Rye. I start it at two. / The rest can wait."),
        (None, "Do you ever sleep in?"),
        (None, "I tried once. My hands woke me."),
    ), roles="qaqaqa", path="a.html"),
    Case("html div question answer classes", "<html><body><article><h1>Five minutes with a diver</h1>\n<div class=\"qa-item\"><div class=\"qa-question\">How deep have you been?</div><div class=\"qa-answer\"><p>Ninety metres, with help.</p></div></div>\n<div class=\"qa-item\"><div class=\"qa-question\">And alone?</div><div class=\"qa-answer\"><p>I do not dive alone. You should not either.</p></div></div>\n<div class=\"qa-item\"><div class=\"qa-question\">What did you find there?</div><div class=\"qa-answer\"><p>A kettle, would you believe it.</p></div></div>\n</article></body></html>", (
        (None, "How deep have you been?"),
        (None, "Ninety metres, with help."),
        (None, "And alone?"),
        (None, "I do not dive alone. You should not either."),
        (None, "What did you find there?"),
        (None, "A kettle, would you believe it."),
    ), roles="qaqaqa", path="a.html"),
    Case("html table q a rows", "<html><body><h2>Questionnaire</h2><table><tr><th>Q</th><td>When did you join the choir?</td></tr><tr><th>A</th><td>I joined in 1988, after my brother.</td></tr><tr><th>Q</th><td>Do you still sing?</td></tr><tr><th>A</th><td>Only when you all have gone home.</td></tr><tr><th>Q</th><td>What was the best night?</td></tr><tr><th>A</th><td>The one with the power cut.</td></tr></table></body></html>", (
        ("Q", "When did you join the choir?"),
        ("A", "I joined in 1988, after my brother."),
        ("Q", "Do you still sing?"),
        ("A", "Only when you all have gone home."),
        ("Q", "What was the best night?"),
        ("A", "The one with the power cut."),
    ), roles="qaqaqa", path="a.html"),
    Case("captions name in capitals brackets", """\
1
00:00:01,000 --> 00:00:03,000
[NARRATOR] The bridge fell in 1952.

2
00:00:03,500 --> 00:00:05,000
[OLGA] I was standing on the bank.

3
00:00:05,200 --> 00:00:07,000
I saw the first pier go.

4
00:00:07,500 --> 00:00:09,000
[INTERVIEWER] Did you run?

5
00:00:09,500 --> 00:00:11,000
[OLGA] No. Nobody ran.

6
00:00:11,500 --> 00:00:12,000
[THUNDER RUMBLING]
""", (
        ("NARRATOR", "The bridge fell in 1952."),
        ("OLGA", "I was standing on the bank. / I saw the first pier go."),
        ("INTERVIEWER", "Did you run?"),
        ("OLGA", "No. Nobody ran."),
    ), path="a.srt"),
    Case("csv odd columns", """\
begin,end,who,utterance
0.0,2.1,KM,When did you open the shop?
2.2,5.0,OB,"I opened it in spring, with my wife."
5.1,6.0,KM,And who paid?
6.1,8.0,OB,"You ask hard questions."
""", (
        (None, "When did you open the shop?"),
        (None, "I opened it in spring, with my wife."),
        (None, "And who paid?"),
        (None, "You ask hard questions."),
    ), path="a.csv"),
    Case("json results transcripts", "{\"job\":\"k1\",\"results\":{\"segments\":[{\"speaker_label\":\"spk_0\",\"start_time\":\"0.5\",\"transcript\":\"Shall we start with the boats?\"},{\"speaker_label\":\"spk_1\",\"start_time\":\"3.1\",\"transcript\":\"Let us. I built my first at ten.\"},{\"speaker_label\":\"spk_0\",\"start_time\":\"7.0\",\"transcript\":\"Did it float?\"},{\"speaker_label\":\"spk_1\",\"start_time\":\"8.2\",\"transcript\":\"For a minute.\"}]}}", (
        (None, "Shall we start with the boats?"),
        (None, "Let us. I built my first at ten."),
        (None, "Did it float?"),
        (None, "For a minute."),
    ), path="a.json"),
    Case("json question answer pairs", "{\"title\":\"A word with the ferryman\",\"intro\":\"We met at the slip.\",\"interview\":[{\"question\":\"How long have you done this?\",\"answer\":\"I have done it for thirty years.\"},{\"question\":\"What changed?\",\"answer\":\"You book by telephone now.\"},{\"question\":\"Do you miss the bell?\",\"answer\":\"Every morning.\"}]}", (
        (None, "How long have you done this?"),
        (None, "I have done it for thirty years."),
        (None, "What changed?"),
        (None, "You book by telephone now."),
        (None, "Do you miss the bell?"),
        (None, "Every morning."),
    ), roles="qaqaqa", path="a.json"),
    Case("html h4 questions p answers newsletter", "<html><head><title>Ask the gardener</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>Ask the gardener: Lou Finch</h1><p>Lou Finch has run the walled garden since 2001.</p><h4>What should I plant in a windy spot?</h4><p>Things that bend. I like grasses.</p><p>You can always add a hedge later.</p><h4>Do you talk to your plants?</h4><p>I do, and I will not tell you what I say.</p><h4>Which plant do you dislike?</h4><p>None. My mother hated ivy, but I have made peace with it.</p><p><em>Lou Finch was talking to Ira Gold.</em></p></article><footer>Sign up for our newsletter</footer></body></html>", (
        (None, "What should I plant in a windy spot?"),
        (None, "Things that bend. I like grasses. / You can always add a hedge later."),
        (None, "Do you talk to your plants?"),
        (None, "I do, and I will not tell you what I say."),
        (None, "Which plant do you dislike?"),
        (None, "None. My mother hated ivy, but I have made peace with it."),
    ), roles="qaqaqa", path="a.html"),
    Case("html table speaker time text", "<html><body><table><thead><tr><th>Time</th><th>Speaker</th><th>Transcript</th></tr></thead><tbody><tr><td>0:00:04</td><td>Moderator</td><td>Who wants to begin?</td></tr><tr><td>0:00:07</td><td>Lise</td><td>I will. We moved here when the mine closed.</td></tr><tr><td>0:00:15</td><td>Moderator</td><td>And you, Per?</td></tr><tr><td>0:00:17</td><td>Per</td><td>I never left. You can ask my dog.</td></tr></tbody></table></body></html>", (
        ("Moderator", "Who wants to begin?"),
        ("Lise", "I will. We moved here when the mine closed."),
        ("Moderator", "And you, Per?"),
        ("Per", "I never left. You can ask my dog."),
    ), path="a.html"),
    Case("vtt paren names", """\
WEBVTT

1
00:00:01.000 --> 00:00:03.000
(Marit) Did you hear the ice?

2
00:00:03.200 --> 00:00:05.000
(Jon) All night. I did not sleep.

3
00:00:05.100 --> 00:00:06.000
It sings before it breaks.

4
00:00:06.400 --> 00:00:08.000
(Marit) Were you afraid?

5
00:00:08.300 --> 00:00:09.000
(Jon) Only of the silence.
""", (
        ("Marit", "Did you hear the ice?"),
        ("Jon", "All night. I did not sleep. / It sings before it breaks."),
        ("Marit", "Were you afraid?"),
        ("Jon", "Only of the silence."),
    ), path="a.vtt"),
    Case("json dialogue role content nested", "{\"meta\":{\"title\":\"The last tram\"},\"body\":{\"dialogue\":[{\"name\":\"Reporter\",\"line\":\"When did the last tram run?\"},{\"name\":\"Elsa Brandt\",\"line\":\"On a Sunday. I drove it.\"},{\"name\":\"Reporter\",\"line\":\"Did people wave?\"},{\"name\":\"Elsa Brandt\",\"line\":\"They threw flowers, and you could not see the rails.\"}]}}", (
        (None, "When did the last tram run?"),
        (None, "On a Sunday. I drove it."),
        (None, "Did people wave?"),
        (None, "They threw flowers, and you could not see the rails."),
    ), path="a.json"),
    Case("tsv turn id speaker", ("turn\tspk\ttxt\n" "1\tINT\tWhere did you learn to swim?\n" "2\tRES\tIn the canal, where you were not allowed to.\n" "3\tINT\tWho taught you?\n" "4\tRES\tMy fear.\n"), (
        (None, "Where did you learn to swim?"),
        (None, "In the canal, where you were not allowed to."),
        (None, "Who taught you?"),
        (None, "My fear."),
    ), path="a.tsv"),
    Case("html p class q a", "<html><body><main><h1>Talking to a chimney sweep</h1><p class=\"q\">How many roofs have you been on?</p><p class=\"a\">All of them, in this town.</p><p class=\"q\">Have you ever fallen?</p><p class=\"a\">Once. I landed in your aunt's roses.</p><p class=\"q\">Does soot wash off?</p><p class=\"a\">Not from the songs.</p></main></body></html>", (
        (None, "How many roofs have you been on?"),
        (None, "All of them, in this town."),
        (None, "Have you ever fallen?"),
        (None, "Once. I landed in your aunt's roses."),
        (None, "Does soot wash off?"),
        (None, "Not from the songs."),
    ), roles="qaqaqa", path="a.html"),
    Case("html spans timestamps youtube like", "<html><body><article><h1>Transcript</h1><p><span class=\"timestamp\">00:01</span> <strong>HOST</strong> Hello, and welcome to the shed. Who are you?</p><p><span class=\"timestamp\">00:06</span> <strong>GUEST</strong> I'm Bo, and I make spoons.</p><p><span class=\"timestamp\">00:10</span> <strong>HOST</strong> Why spoons?</p><p><span class=\"timestamp\">00:12</span> <strong>GUEST</strong> You can't eat soup with a chair.</p></article></body></html>", (
        ("HOST", "Hello, and welcome to the shed. Who are you?"),
        ("GUEST", "I'm Bo, and I make spoons."),
        ("HOST", "Why spoons?"),
        ("GUEST", "You can't eat soup with a chair."),
    ), roles="qaqa", path="a.html"),
    Case("json list of pairs arrays", "[[\"Anna\",\"When does the market open?\"],[\"Tore\",\"At five. You have to be early for the good fish.\"],[\"Anna\",\"What is the good fish?\"],[\"Tore\",\"The one I sell.\"]]", (
        (None, "When does the market open?"),
        (None, "At five. You have to be early for the good fish."),
        (None, "What is the good fish?"),
        (None, "The one I sell."),
    ), path="a.json"),
    Case("csv q a columns", """\
no,question,answer
1,When did you start?,"In 1990, with one goat."
2,And now?,I have sixty.
3,Do they know you?,"They know my coat."
""", (
        (None, "When did you start?"),
        (None, "In 1990, with one goat."),
        (None, "And now?"),
        (None, "I have sixty."),
        (None, "Do they know you?"),
        (None, "They know my coat."),
    ), roles="qaqaqa", path="a.csv"),
    Case("chat cha", ("@Begin\n" "@Languages:\teng\n" "@Participants:\tINV Investigator, PAR Participant\n" "*INV:\twhat did you eat today ?\n" "*PAR:\tI had some &-um soup .\n" "%mor:\tpro|I v|have\n" "*INV:\twas it good ?\n" "*PAR:\tyou made it .\n" "@End\n"), (
        ("INV", "what did you eat today ?"),
        ("PAR", "I had some &-um soup ."),
        ("INV", "was it good ?"),
        ("PAR", "you made it ."),
    ), roles="qaqa", path="a.cha"),
    Case("vtt name caps colon nbsp italic", """\
WEBVTT

00:01.000 --> 00:03.000
<i>HOLM: We left at dawn.</i>

00:03.500 --> 00:05.000
- Who steered?
- I did.

00:05.500 --> 00:07.000
HOLM: She had never steered before.

00:07.500 --> 00:09.000
LIND: You never asked me.
""", (
        ("HOLM", "We left at dawn."),
        (None, "Who steered?"),
        (None, "I did."),
        ("HOLM", "She had never steered before."),
        ("LIND", "You never asked me."),
    ), path="a.vtt"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_markup_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.roles:
        assert roles(interview) == case.roles


DATA = (
    "csv odd columns",
    "tsv turn id speaker",
    "json results transcripts",
    "json dialogue role content nested",
    "json list of pairs arrays",
)


@pytest.mark.parametrize("name", DATA)
def test_columns_that_no_table_knows_say_who_speaks(name: str) -> None:
    """Where data name their fields as nobody else does, values tell voices from words, and two voices take turns."""
    case = next(case for case in CASES if case.name == name)
    voices = [turn.evidence.note for turn in laid(case.text, path=case.path).turns]
    assert None not in voices
    assert voices[0] == voices[2] != voices[1] == voices[3]
