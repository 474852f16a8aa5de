"""Labelled conventions: what is printed before a turn."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case(
        "plain",
        "Ada Lind: When did the ferry stop running?\n\nTom Berg: In the spring of that year.\n\nNobody told us.\n\n"
        "Ada Lind: And the harbour?\n\nTom Berg: It was sold.\n",
        (("Ada Lind", "When did the ferry stop running?"), ("Tom Berg", "In the spring of that year. / Nobody told us."),
         ("Ada Lind", "And the harbour?"), ("Tom Berg", "It was sold.")),
        "label-colon",
    ),
    Case(
        "capitals, title only the first time",
        "RUTH OKAFOR, HARBOUR RADIO HOST: Good evening.\n(APPLAUSE)\nThank you.\n"
        "MAYOR JOHN PELL: Good evening, Ruth.\nOKAFOR: What went wrong?\nPELL: Nearly everything went wrong.\n",
        (("RUTH OKAFOR, HARBOUR RADIO HOST", "Good evening. / Thank you."), ("MAYOR JOHN PELL", "Good evening, Ruth."),
         ("OKAFOR", "What went wrong?"), ("PELL", "Nearly everything went wrong.")),
        "label-colon",
    ),
    Case(
        "honorific, role in brackets, role in lower case on its own line",
        "IDA FROST, host:\n\nWelcome to the programme.\n\nMr. LEO MARSH (Author, \"Slow: A River\"): Good to be here.\n\n"
        "FROST: You wrote about the river.\n\nMr. MARSH: I wrote about little else.\n",
        (("IDA FROST, host", "Welcome to the programme."), ('Mr. LEO MARSH (Author, "Slow: A River")', "Good to be here."),
         ("FROST", "You wrote about the river."), ("Mr. MARSH", "I wrote about little else.")),
    ),
    Case(
        "uncertain and misspelt labels",
        "HALE: We start with the budget.\n\nORTEGA (?): The budget is late.\n\nHaLE: How late is it?\n\nORTEGA: Two months.\n\n"
        "HALE: Thank you.\n",
        (("HALE", "We start with the budget."), ("ORTEGA (?)", "The budget is late."), ("HaLE", "How late is it?"),
         ("ORTEGA", "Two months."), ("HALE", "Thank you.")),
    ),
    Case(
        "bold with the colon inside",
        "**Ada Lind:** When did it begin?\n\n**Tom Berg:** In May.\n\nIt rained.\n\n**Ada Lind:** And then?\n\n**Tom Berg:** We went home.\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In May. / It rained."), ("Ada Lind", "And then?"), ("Tom Berg", "We went home.")),
        "label-colon-strong", path="case.md",
    ),
    Case(
        "bold with the colon outside, question in bold as well",
        "**Quayside: Why did you leave the council?**\n\nMarta Ruiz: I was tired.\n\n**Quayside: Only tired?**\n\nMarta Ruiz: And angry.\n",
        (("Quayside", "Why did you leave the council?"), ("Marta Ruiz", "I was tired."), ("Quayside", "Only tired?"), ("Marta Ruiz", "And angry.")),
    ),
    Case(
        "bold, two colons and a time after the label on its own line",
        "**Ada Lind::** 00:00:05\n\nShall we begin?\n\n**Tom Berg::** 00:00:09\n\nPlease do.\n\n**Ada Lind::** 00:00:12\n\nWho paid for it?\n",
        (("Ada Lind", "Shall we begin?"), ("Tom Berg", "Please do."), ("Ada Lind", "Who paid for it?")),
    ),
    Case(
        "italic initials",
        "*AL:* When did it begin?\n\n*TB:* In the month of May.\n\n*AL:* And then?\n\n*TB:* Then we went home.\n",
        (("AL", "When did it begin?"), ("TB", "In the month of May."), ("AL", "And then?"), ("TB", "Then we went home.")),
    ),
    Case(
        "full name first, initials later",
        "Adam Voss (AV): You kept the letters?\n\nGrete Holm (GH): All of them are here.\n\nAV: May I see one?\n\nGH: Of course you may.\n",
        (("Adam Voss (AV)", "You kept the letters?"), ("Grete Holm (GH)", "All of them are here."), ("AV", "May I see one?"), ("GH", "Of course you may.")),
    ),
    Case(
        "initials and a tab",
        "AL:\tWhen did it begin?\nTB:\tIn the month of May.\nAL:\tAnd then?\nTB:\tThen we went home.\n",
        (("AL", "When did it begin?"), ("TB", "In the month of May."), ("AL", "And then?"), ("TB", "Then we went home.")),
    ),
    Case(
        "a tab and no colon",
        "Lind\tWhen did it begin?\nBerg\tIn the month of May, I think.\nLind\tAnd then what happened?\nBerg\tThen we went home.\n"
        "Lind\tWho was there with you?\nBerg\tNobody was there.\n",
        (("Lind", "When did it begin?"), ("Berg", "In the month of May, I think."), ("Lind", "And then what happened?"),
         ("Berg", "Then we went home."), ("Lind", "Who was there with you?"), ("Berg", "Nobody was there.")),
        "label-tab",
    ),
    Case(
        "hanging indent",
        "H.:   ... how did people on this street come to know each\n      other before the bridge was built across the water?\n\n"
        "P.:   They did not know each other very well, I would say,\n      and most of them did not want to.\n\n"
        "H.:   Did you know anybody there?\n\nP.:   Two families lived there then, and I knew\n      one of them by name.\n",
        (("H.", "... how did people on this street come to know each other before the bridge was built across the water?"),
         ("P.", "They did not know each other very well, I would say, and most of them did not want to."),
         ("H.", "Did you know anybody there?"), ("P.", "Two families lived there then, and I knew one of them by name.")),
    ),
    Case(
        "square brackets and a time",
        "[Ada Lind 00:01] When did it begin?\n[Tom Berg 00:04] In the month of May.\n[Ada Lind 00:09] And then what?\n[Tom Berg 00:12] We went home.\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?"), ("Tom Berg", "We went home.")),
    ),
    Case(
        "time in brackets, then the label",
        "[00:00:01] Ada Lind: When did it begin?\n[00:00:04] Tom Berg: In the month of May.\n[00:00:09] Ada Lind: And then what?\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?")),
    ),
    Case(
        "label, then a time in round brackets with the colon after it",
        "Ada Lind (00:01): When did it begin?\nTom Berg (00:04): In the month of May.\nAda Lind (00:09): And then what?\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?")),
    ),
    Case(
        "name and time on a line of their own, as meeting tools export",
        "Ada Lind  0:01\nWhen did it begin?\n\nTom Berg  0:04\nIn the month of May.\n\nAda Lind  0:09\nAnd then what?\n\nTom Berg  0:12\nWe went home.\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?"), ("Tom Berg", "We went home.")),
    ),
    Case(
        "name, dash, time and colon on a line of their own",
        "Ada – 00:03:22:\n\nWhen did it begin?\n\nTom – 00:03:30:\n\nIn the month of May.\n\nAda – 00:03:41:\n\nAnd then what?\n",
        (("Ada", "When did it begin?"), ("Tom", "In the month of May."), ("Ada", "And then what?")),
    ),
    Case(
        "blank before the colon",
        "Ada Lind :\n\nWhen did it begin?\n\nTom Berg :\n\nIn the month of May.\n\nAda Lind :\n\nAnd then what?\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?")),
    ),
    Case(
        "names in capitals on lines of their own",
        "ADA LIND\nWhen did it begin?\n\nTOM BERG\nIn the month of May.\n\nADA LIND\nAnd then what?\n\nTOM BERG\nWe went home.\n",
        (("ADA LIND", "When did it begin?"), ("TOM BERG", "In the month of May."), ("ADA LIND", "And then what?"), ("TOM BERG", "We went home.")),
        "label-line",
    ),
    Case(
        "headings that are names",
        "# A talk\n\n### Ada Lind\n\nWhen did it begin?\n\n### Tom Berg\n\nIn the month of May.\n\n### Ada Lind\n\nAnd then what?\n\n### Tom Berg\n\nWe went home.\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?"), ("Tom Berg", "We went home.")),
        "label-heading", path="case.md",
    ),
    Case(
        "bold names on lines of their own",
        "**Ada Lind**\n\nWhen did it begin?\n\n**Tom Berg**\n\nIn the month of May.\n\n**Ada Lind**\n\nAnd then what?\n\n**Tom Berg**\n\nWe went home.\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then what?"), ("Tom Berg", "We went home.")),
        "label-strong-line", path="case.md",
    ),
    Case(
        "bold names before the speech, without a colon",
        "**LIND** When did it begin?\n\n**BERG** In the month of May.\n\n**LIND** And then what?\n\n**BERG** We went home.\n",
        (("LIND", "When did it begin?"), ("BERG", "In the month of May."), ("LIND", "And then what?"), ("BERG", "We went home.")),
        "label-strong", path="case.md",
    ),
    Case(
        "names and dashes",
        "LIND – When did it begin?\nBERG – In the month of May.\nLIND – And then what?\nBERG – We went home.\n",
        (("LIND", "When did it begin?"), ("BERG", "In the month of May."), ("LIND", "And then what?"), ("BERG", "We went home.")),
        "label-dash",
    ),
    Case(
        "initials and a dash without blanks",
        "AL—When did it begin?\n\nTB—In the month of May.\n\nAL—And then what?\n\nTB—We went home.\n",
        (("AL", "When did it begin?"), ("TB", "In the month of May."), ("AL", "And then what?"), ("TB", "We went home.")),
        "label-dash",
    ),
    Case(
        "braces", "{Lind} When did it begin?\n{Berg} In the month of May.\n{Lind} And then what?\n{Berg} We went home.\n"
        "{Lind} Who was with you?\n{Berg} Nobody at all.\n",
        (("Lind", "When did it begin?"), ("Berg", "In the month of May."), ("Lind", "And then what?"), ("Berg", "We went home."),
         ("Lind", "Who was with you?"), ("Berg", "Nobody at all.")),
        "label-bracket",
    ),
    Case(
        "arrows and labels, as in captions",
        ">> LIND: When did it begin?\n>> BERG: In the month of May.\n>> LIND: And then what?\n>> BERG: We went home.\n",
        (("LIND", "When did it begin?"), ("BERG", "In the month of May."), ("LIND", "And then what?"), ("BERG", "We went home.")),
    ),
    Case(
        "arrows alone",
        ">> When did it begin?\n>> In the month of May.\nIt was raining.\n>> And then what?\n>> We went home.\n",
        ((None, "When did it begin?"), (None, "In the month of May. / It was raining."), (None, "And then what?"), (None, "We went home.")),
        "chevron",
    ),
    Case(
        "chat log", "<ada> when did it begin?\n<tom> in the month of May.\n<ada> and then what?\n<tom> we went home.\n",
        (("ada", "when did it begin?"), ("tom", "in the month of May."), ("ada", "and then what?"), ("tom", "we went home.")),
    ),
    Case(
        "at signs", "@ada When did it begin?\n@tom In the month of May.\n@ada And then what?\n@tom We went home.\n",
        (("ada", "When did it begin?"), ("tom", "In the month of May."), ("ada", "And then what?"), ("tom", "We went home.")),
        "label-hash",
    ),
    Case(
        "Q and A with dots", "Q. When did it begin?\n\nA. In the month of May.\n\nIt rained.\n\nQ. And then?\n\nA. We went home.\n",
        (("Q", "When did it begin?"), ("A", "In the month of May. / It rained."), ("Q", "And then?"), ("A", "We went home.")),
        "label-dot", "qaqa",
    ),
    Case(
        "Q and A with blanks, lawyers between",
        "Q     When did it begin?\nA     In the month of May.\nMS. HARLAN:  Objection, vague.\nQ     You may answer.\nA     It rained that day.\n",
        (("Q", "When did it begin?"), ("A", "In the month of May."), ("MS. HARLAN", "Objection, vague."), ("Q", "You may answer."),
         ("A", "It rained that day.")),
        roles="qasqa",
    ),
    Case(
        "bare Q and A", "Q When did it begin?\nA In the month of May.\nQ And then what?\nA We went home.\n",
        (("Q", "When did it begin?"), ("A", "In the month of May."), ("Q", "And then what?"), ("A", "We went home.")),
        "label-letter", "qaqa",
    ),
    Case(
        "Q - and A -", "Q - When did it begin?\n\nA - In the month of May.\n\nQ - And then what?\n\nA - We went home.\n",
        (("Q", "When did it begin?"), ("A", "In the month of May."), ("Q", "And then what?"), ("A", "We went home.")),
        "label-dash", "qaqa",
    ),
    Case(
        "P and R", "P: ¿Cuándo empezó todo?\nR: En el mes de mayo.\nP: ¿Y después?\nR: Nos fuimos a casa.\n",
        (("P", "¿Cuándo empezó todo?"), ("R", "En el mes de mayo."), ("P", "¿Y después?"), ("R", "Nos fuimos a casa.")),
        roles="qaqa",
    ),
    Case(
        "Russian sides", "Вопрос: Когда это началось?\nОтвет: В мае.\nВопрос: А потом?\nОтвет: Мы поехали домой.\n",
        (("Вопрос", "Когда это началось?"), ("Ответ", "В мае."), ("Вопрос", "А потом?"), ("Ответ", "Мы поехали домой.")),
        "label-colon", "qaqa",
    ),
    Case(
        "Azerbaijani sides", "Sual: Hər şey nə vaxt başladı?\nCavab: May ayında.\nSual: Bəs sonra?\nCavab: Evə getdik.\n",
        (("Sual", "Hər şey nə vaxt başladı?"), ("Cavab", "May ayında."), ("Sual", "Bəs sonra?"), ("Cavab", "Evə getdik.")),
        roles="qaqa",
    ),
    Case(
        "Turkish sides in capitals", "SORU: Her şey ne zaman başladı?\nCEVAP: Mayıs ayında.\nSORU: Ya sonra?\nCEVAP: Eve gittik.\n",
        (("SORU", "Her şey ne zaman başladı?"), ("CEVAP", "Mayıs ayında."), ("SORU", "Ya sonra?"), ("CEVAP", "Eve gittik.")),
        roles="qaqa",
    ),
    Case(
        "German sides, bold", "**Frage:** Wann begann das?\n\n**Antwort:** Im Mai.\n\n**Frage:** Und dann?\n\n**Antwort:** Wir gingen heim.\n",
        (("Frage", "Wann begann das?"), ("Antwort", "Im Mai."), ("Frage", "Und dann?"), ("Antwort", "Wir gingen heim.")),
        roles="qaqa", path="case.md",
    ),
    Case(
        "Chinese sides, full-width colons", "问：这是什么时候开始的？\n\n答：五月。\n\n当时下着雨。\n\n问：后来呢？\n\n答：我们回家了。\n",
        (("问", "这是什么时候开始的？"), ("答", "五月。 / 当时下着雨。"), ("问", "后来呢？"), ("答", "我们回家了。")),
        "label-colon", "qaqa",
    ),
    Case(
        "one-character Chinese names", "林：这是什么时候开始的？\n\n苏：大概是五月份的时候。\n\n林：后来呢？\n\n苏：后来我们就回家了。\n",
        (("林", "这是什么时候开始的？"), ("苏", "大概是五月份的时候。"), ("林", "后来呢？"), ("苏", "后来我们就回家了。")),
    ),
    Case(
        "Japanese roles", "記者：いつ始まりましたか。\n\n森田：五月のことです。\n\n記者：それからどうしましたか。\n\n森田：家に帰りました。\n",
        (("記者", "いつ始まりましたか。"), ("森田", "五月のことです。"), ("記者", "それからどうしましたか。"), ("森田", "家に帰りました。")),
    ),
    Case(
        "Arabic names", "سامي: متى بدأ كل شيء؟\n\nليلى: في شهر مايو كما أظن.\n\nسامي: وماذا بعد ذلك؟\n\nليلى: ذهبنا إلى البيت.\n",
        (("سامي", "متى بدأ كل شيء؟"), ("ليلى", "في شهر مايو كما أظن."), ("سامي", "وماذا بعد ذلك؟"), ("ليلى", "ذهبنا إلى البيت.")),
    ),
    Case(
        "diarisation codes", "SPEAKER_00: when did it begin\nSPEAKER_01: in the month of may\nSPEAKER_00: and then what happened\nSPEAKER_01: we all went home\n",
        (("SPEAKER_00", "when did it begin"), ("SPEAKER_01", "in the month of may"), ("SPEAKER_00", "and then what happened"), ("SPEAKER_01", "we all went home")),
    ),
    Case(
        "interviewer by function, interviewee by name",
        "Interviewer: When did it begin?\n\nMrs. Lind: In the month of May.\n\nInterviewer: And then?\n\nMrs. Lind: We went home.\n",
        (("Interviewer", "When did it begin?"), ("Mrs. Lind", "In the month of May."), ("Interviewer", "And then?"), ("Mrs. Lind", "We went home.")),
        roles="qaqa",
    ),
    Case(
        "joint and anonymous labels",
        "LIND: Who agrees with this?\n\nALL: We all agree.\n\nLIND: Who does not?\n\nUNIDENTIFIED MALE: I do not agree.\n\nLIND AND BERG: Then we part.\n",
        (("LIND", "Who agrees with this?"), ("ALL", "We all agree."), ("LIND", "Who does not?"), ("UNIDENTIFIED MALE", "I do not agree."),
         ("LIND AND BERG", "Then we part.")),
    ),
    Case(
        "only the questions have a label",
        "Quayside: When did it begin?\n\nIn the month of May.\n\nIt rained.\n\nQuayside: And what did you do then?\n\nWe went home.\n\n"
        "Quayside: Would you do it again?\n\nNever in my life.\n",
        (("Quayside", "When did it begin?"), (None, "In the month of May. / It rained."), ("Quayside", "And what did you do then?"),
         (None, "We went home."), ("Quayside", "Would you do it again?"), (None, "Never in my life.")),
        "label-question-only", "qaqaqa",
    ),
    Case(
        "label only when the voice changes, hard-wrapped",
        "LIND: When did it begin, and who was there with you on that\nmorning when the water came up over the road and nobody\nknew what to do about it?\n"
        "BERG: In the month of May. I was alone there for most of the\nday, and nobody came to ask how I was doing or what I\nneeded from the shop.\n"
        "LIND: And then?\nBERG: We went home, all of us, and nobody talked about the\nwater for a long time.\n",
        (("LIND", "When did it begin, and who was there with you on that morning when the water came up over the road and nobody knew what to do about it?"),
         ("BERG", "In the month of May. I was alone there for most of the day, and nobody came to ask how I was doing or what I needed from the shop."),
         ("LIND", "And then?"), ("BERG", "We went home, all of us, and nobody talked about the water for a long time.")),
    ),
    Case(
        "a whole exchange in one paragraph",
        "The mayor answered three letters from readers. Q: When will the bridge open again for cars and for people on foot? A: In the month of May, if the weather lets us. "
        "Q: And who is going to pay for all of the work that has been done? A: The county will. Q: Are you sure of that? A: I have it in writing.\n",
        (("Q", "When will the bridge open again for cars and for people on foot?"), ("A", "In the month of May, if the weather lets us."),
         ("Q", "And who is going to pay for all of the work that has been done?"), ("A", "The county will."), ("Q", "Are you sure of that?"),
         ("A", "I have it in writing.")),
        "label-inline", "qaqaqa",
    ),
    Case(
        "a table with a column of speakers",
        "| Speaker | Words |\n|---|---|\n| Lind | When did it begin? |\n| Berg | In the month of May. |\n| Lind | And then what? |\n| Berg | We went home. |\n",
        (("Lind", "When did it begin?"), ("Berg", "In the month of May."), ("Lind", "And then what?"), ("Berg", "We went home.")),
        "table-cells", path="case.md",
    ),
    Case(
        "invisible characters inside labels",
        "Ada\u00a0Lind\u200b: When did it begin?\n\nTom Berg: In the month of May.\n\nAda Lind: And then?\n\nTom\u00a0Berg: We went home.\n",
        (("Ada\u00a0Lind", "When did it begin?"), ("Tom Berg", "In the month of May."), ("Ada Lind", "And then?"), ("Tom\u00a0Berg", "We went home.")),
    ),
    Case(
        "voice tags after times in plain text",
        "00:00:01 <v Ada Lind>When did it begin?\n\n00:00:04 <v Tom Berg>In May.\n\n00:00:06 <v Tom Berg>It rained.\n\n00:00:09 <v Ada Lind>And then?\n",
        (("Ada Lind", "When did it begin?"), ("Tom Berg", "In May. / It rained."), ("Ada Lind", "And then?")),
        "label-voice-tag",
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_labelled_layouts_give_their_turns(case: Case) -> None:
    """Each way to print labels gives the turns a reader sees, with the labels as printed."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.convention:
        assert {turn.evidence.convention for turn in interview.turns} == {case.convention}
    if case.roles:
        assert roles(interview) == case.roles
