"""Magazines, letters, threads, recordings and tools: what people write by hand and programs export.

Each text was written, with its turns, before the parser saw it.
"""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case("sports presser Q dot name caps colon", """\
2022 Harbour Open
Thursday, June 9
Lena Marsh
Press Conference

THE MODERATOR: We welcome Lena Marsh. Lena, a 66 today. Take us through it.

LENA MARSH: Yeah, I putted well. I didn't miss many greens.

Q. Was the wind a factor on the back nine?

LENA MARSH: It was. You had to keep the ball down.

Q. How does the knee feel?

LENA MARSH: It's fine, thanks.

I had it taped for the last six.

Q. Will you change anything for tomorrow?

LENA MARSH: No. Same again, I hope.

FastScripts Transcript by Harbour Reporting
""", (
        ("THE MODERATOR", "We welcome Lena Marsh. Lena, a 66 today. Take us through it."),
        ("LENA MARSH", "Yeah, I putted well. I didn't miss many greens."),
        ("Q", "Was the wind a factor on the back nine?"),
        ("LENA MARSH", "It was. You had to keep the ball down."),
        ("Q", "How does the knee feel?"),
        ("LENA MARSH", "It's fine, thanks. / I had it taped for the last six."),
        ("Q", "Will you change anything for tomorrow?"),
        ("LENA MARSH", "No. Same again, I hope."),
    )),
    Case("email quoting", """\
From: Petra Ohm <petra@example.org>
To: Ines Calder
Subject: Re: Your questions

Dear Ines,

Here are my answers, inline.

> When did you start to build kites?

When I was nine. My uncle had a shed full of
bamboo and silk.

> What makes a kite fly well?

Balance, I think. You can forgive a heavy frame
but not a crooked one.

> Do you ever let one go?

Never on purpose.

Best,
Petra
""", (
        (None, "When did you start to build kites?"),
        (None, "When I was nine. My uncle had a shed full of bamboo and silk."),
        (None, "What makes a kite fly well?"),
        (None, "Balance, I think. You can forgive a heavy frame but not a crooked one."),
        (None, "Do you ever let one go?"),
        (None, "Never on purpose."),
    ), roles="qaqaqa"),
    Case("oral history wrapped indented labels", """\
                 ORAL HISTORY OF THE SALT WORKS
                 Interview with Edna Pryor

     Coyle:  This is an interview with Edna Pryor at her home.  Mrs.
Pryor, when did you come to the salt works?

     Pryor:  I came in 1931, after the school closed.  My father knew
the foreman there, and that was how you got in.  You did not apply
for it.

     Coyle:  What was the work?

     Pryor:  Packing.  You stood at a bench for nine hours and filled
the boxes.

     Coyle:  Were there other girls?

     Pryor:  Dozens.
""", (
        ("Coyle", "This is an interview with Edna Pryor at her home. Mrs. Pryor, when did you come to the salt works?"),
        ("Pryor", "I came in 1931, after the school closed. My father knew the foreman there, and that was how you got in. You did not apply for it."),
        ("Coyle", "What was the work?"),
        ("Pryor", "Packing. You stood at a bench for nine hours and filled the boxes."),
        ("Coyle", "Were there other girls?"),
        ("Pryor", "Dozens."),
    )),
    Case("forum ama", """\
I am a lighthouse keeper, ask me anything!

gullwatcher · 4 hours ago
What do you do when the light breaks?

keeper_tom [OP] · 4 hours ago
I have a spare bulb and a torch. You learn to be quick.

saltyjo · 3 hours ago
Do you get lonely out there?

keeper_tom [OP] · 3 hours ago
Less than in the city, honestly.

gullwatcher · 2 hours ago
Thanks for answering. Is there wifi?

keeper_tom [OP] · 2 hours ago
You are reading it.
""", (
        ("gullwatcher", "What do you do when the light breaks?"),
        ("keeper_tom [OP]", "I have a spare bulb and a torch. You learn to be quick."),
        ("saltyjo", "Do you get lonely out there?"),
        ("keeper_tom [OP]", "Less than in the city, honestly."),
        ("gullwatcher", "Thanks for answering. Is there wifi?"),
        ("keeper_tom [OP]", "You are reading it."),
    )),
    Case("uk court numbered", """\
IN THE COUNTY COURT AT LOWMERE

MRS ILSE BRAND, sworn
Examined by MR HART

1   Q.  Mrs Brand, where were you on the evening of the fourth?
2   A.  I was at home.
3   Q.  Was anybody with you?
4   A.  My son was.  He left at eight.
5   Q.  How do you know the time?
6   A.  The news had just begun.
        MR JUSTICE COLE:  Which channel?
7   A.  The second, my Lord.
""", (
        ("Q", "Mrs Brand, where were you on the evening of the fourth?"),
        ("A", "I was at home."),
        ("Q", "Was anybody with you?"),
        ("A", "My son was. He left at eight."),
        ("Q", "How do you know the time?"),
        ("A", "The news had just begun."),
        ("MR JUSTICE COLE", "Which channel?"),
        ("A", "The second, my Lord."),
    )),
    Case("podcast notes chapters", """\
Episode 41: Wool

Show notes
00:00 Intro
02:10 How to shear
05:45 Goodbye

Transcript

[00:00] Hanne: Welcome back to Loose Threads. I'm Hanne, and with me is the shepherd Odd Lie. Hello, Odd.

[00:12] Odd: Hello! I'm glad you came up the hill.

[02:10] Hanne: How do you hold a sheep?

[02:14] Odd: Firmly, and you talk to it.

[05:45] Hanne: Thank you, Odd.

[05:47] Odd: Any time.
""", (
        ("Hanne", "Welcome back to Loose Threads. I'm Hanne, and with me is the shepherd Odd Lie. Hello, Odd."),
        ("Odd", "Hello! I'm glad you came up the hill."),
        ("Hanne", "How do you hold a sheep?"),
        ("Odd", "Firmly, and you talk to it."),
        ("Hanne", "Thank you, Odd."),
        ("Odd", "Any time."),
    )),
    Case("caps questions email zine", """\
TWENTY QUESTIONS FOR A PUPPETEER

HOW DID YOU GET INTO PUPPETS?
My aunt left me a trunk. I opened it and that was that.

DO YOU TALK TO THEM WHEN NOBODY IS AROUND?
Only to the fox.

WHAT DO YOU TELL PEOPLE WHO ARE SCARED OF THEM?
That I am, too. You get used to the eyes.

WILL YOU EVER STOP?
When the strings do.
""", (
        (None, "HOW DID YOU GET INTO PUPPETS?"),
        (None, "My aunt left me a trunk. I opened it and that was that."),
        (None, "DO YOU TALK TO THEM WHEN NOBODY IS AROUND?"),
        (None, "Only to the fox."),
        (None, "WHAT DO YOU TELL PEOPLE WHO ARE SCARED OF THEM?"),
        (None, "That I am, too. You get used to the eyes."),
        (None, "WILL YOU EVER STOP?"),
        (None, "When the strings do."),
    ), roles="qaqaqaqa"),
    Case("underscore questions initials answers", """\
_What did you see from the tower?_

LB: The whole valley, and the smoke. I had never been so high.

_Were you afraid?_

LB: You are always afraid up there. It keeps you careful.

_And your brother?_

LB: He would not climb.

He waited by the cart.

_Did you go back?_

LB: Once, with my son.
""", (
        (None, "What did you see from the tower?"),
        ("LB", "The whole valley, and the smoke. I had never been so high."),
        (None, "Were you afraid?"),
        ("LB", "You are always afraid up there. It keeps you careful."),
        (None, "And your brother?"),
        ("LB", "He would not climb. / He waited by the cart."),
        (None, "Did you go back?"),
        ("LB", "Once, with my son."),
    ), roles="qaqaqaqa"),
    Case("field notes I R time", """\
ID: 07-B
Date: 12/04/2016
Location: kitchen

I: So you've lived here since the war?  [0:00:12]
R: Since before. I was born in the back room.
I: Mm-hm.
R: And my mother, she never left it. [pause] You can still see her chair.
I: Which one's that?
R: The blue one. [points]
""", (
        ("I", "So you've lived here since the war? [0:00:12]"),
        ("R", "Since before. I was born in the back room."),
        ("I", "Mm-hm."),
        ("R", "And my mother, she never left it. [pause] You can still see her chair."),
        ("I", "Which one's that?"),
        ("R", "The blue one. [points]"),
    ), roles="qaqaqa"),
    Case("numbered bold with intro outro", """\
# Six questions: Jo Almond

Jo Almond makes clocks in Lowmere.

**1. What was your first clock?**
A kitchen clock. I took it apart and could not put it back.

**2. Who taught you?**
Mr Voss, across the road. You could hear his shop before you saw it.

**3. What is on your bench now?**
Three carriage clocks and my lunch.

**4. What do people get wrong?**
They think I like to be on time.

---

*Jo Almond's workshop is open on Saturdays.*
""", (
        (None, "What was your first clock?"),
        (None, "A kitchen clock. I took it apart and could not put it back."),
        (None, "Who taught you?"),
        (None, "Mr Voss, across the road. You could hear his shop before you saw it."),
        (None, "What is on your bench now?"),
        (None, "Three carriage clocks and my lunch."),
        (None, "What do people get wrong?"),
        (None, "They think I like to be on time."),
    ), roles="qaqaqaqa", path="a.md"),
    Case("speaker time range line", """\
00:00:00.000 - 00:00:04.200 | Speaker 1
Could you say your name for the tape?

00:00:04.300 - 00:00:06.000 | Speaker 2
Wim de Boer. I was the cook.

00:00:06.400 - 00:00:08.000 | Speaker 1
What did you cook?

00:00:08.100 - 00:00:12.000 | Speaker 2
Peas. You have no idea how many peas.
""", (
        ("Speaker 1", "Could you say your name for the tape?"),
        ("Speaker 2", "Wim de Boer. I was the cook."),
        ("Speaker 1", "What did you cook?"),
        ("Speaker 2", "Peas. You have no idea how many peas."),
    )),
    Case("magazine caps outlet then surname caps colonless bold", """\
**SLUICE:** You live on a barge. Why?

**ANNEKE PRINS:** I was tired of neighbours who stayed where they were.

**SLUICE:** And now?

**PRINS:** Now I wave at new ones every week.

*[A horn sounds outside.]*

**SLUICE:** Do you want to answer that?

**PRINS:** He can wait. I have the lock.
""", (
        ("SLUICE", "You live on a barge. Why?"),
        ("ANNEKE PRINS", "I was tired of neighbours who stayed where they were."),
        ("SLUICE", "And now?"),
        ("PRINS", "Now I wave at new ones every week."),
        ("SLUICE", "Do you want to answer that?"),
        ("PRINS", "He can wait. I have the lock."),
    ), roles="qaqaqa", path="a.md"),
    Case("transcript tool paragraph time name", """\
Speaker A (00:02):
So, tell us who you are.

Speaker B (00:05):
I'm Ilya. I repair organs, the kind with pipes.

Speaker A (00:11):
How does one start doing that?

Speaker B (00:14):
You fall into one. I was seven, and it was raining.

[00:20] (phone rings)

Speaker A (00:24):
Do you need to get that?

Speaker B (00:26):
No, no.
""", (
        ("Speaker A", "So, tell us who you are."),
        ("Speaker B", "I'm Ilya. I repair organs, the kind with pipes."),
        ("Speaker A", "How does one start doing that?"),
        ("Speaker B", "You fall into one. I was seven, and it was raining."),
        ("Speaker A", "Do you need to get that?"),
        ("Speaker B", "No, no."),
    )),
    Case("qualitative participant codes paren", """\
(Interviewer) How did you find out about the clinic?

(P03) My sister told me. She had been there with her son.

(Interviewer) And how was the first visit?

(P03) I was nervous, to be honest. But they were kind to me.

(Interviewer) Would you go again?

(P03) Yes, I would.
""", (
        ("Interviewer", "How did you find out about the clinic?"),
        ("P03", "My sister told me. She had been there with her son."),
        ("Interviewer", "And how was the first visit?"),
        ("P03", "I was nervous, to be honest. But they were kind to me."),
        ("Interviewer", "Would you go again?"),
        ("P03", "Yes, I would."),
    ), roles="qaqaqa"),
    Case("nested numbering question labels Q1 line", """\
Question 1
How long have you lived on this street?

Answer
Forty years. I came with my husband.

Question 2
What has changed?

Answer
The noise. You could hear the mill, and now you hear nothing.

Question 3
Would you move?

Answer
Where to?
""", (
        ("Question 1", "How long have you lived on this street?"),
        ("Answer", "Forty years. I came with my husband."),
        ("Question 2", "What has changed?"),
        ("Answer", "The noise. You could hear the mill, and now you hear nothing."),
        ("Question 3", "Would you move?"),
        ("Answer", "Where to?"),
    ), roles="qaqaqa"),
    Case("plain questions answers with name", """\
Who taught you to fish?

Selin: My grandmother. She could smell the weather.

Do you still use her boat?

Selin: I do. It leaks in the same place.

What do you say to it?

Selin: You would not print it.
""", (
        (None, "Who taught you to fish?"),
        ("Selin", "My grandmother. She could smell the weather."),
        (None, "Do you still use her boat?"),
        ("Selin", "I do. It leaks in the same place."),
        (None, "What do you say to it?"),
        ("Selin", "You would not print it."),
    ), roles="qaqaqa"),
    Case("otter export with header", """\
Walk with Ingrid
Thu, Sep 12, 2019 10:14AM • 12:05

SUMMARY KEYWORDS
river, dam, fish

SPEAKERS
Ingrid Solli, Interviewer

Interviewer  00:03
So where are we going?

Ingrid Solli  00:05
Up to the dam. You can see the whole river from there.

Interviewer  00:11
Do you come often?

Ingrid Solli  00:13
Every day since I stopped working.
""", (
        ("Interviewer", "So where are we going?"),
        ("Ingrid Solli", "Up to the dam. You can see the whole river from there."),
        ("Interviewer", "Do you come often?"),
        ("Ingrid Solli", "Every day since I stopped working."),
    ), roles="qaqa"),
    Case("roundtable bullets names", """\
- **Petra:** What do you all remember of the strike?
- **Olaf:** The soup. My mother cooked for sixty.
- **Rune:** I remember the cold, and you singing.
- **Petra:** Did it help?
- **Olaf:** We got the second break.
- **Rune:** And I got a cough.
""", (
        ("Petra", "What do you all remember of the strike?"),
        ("Olaf", "The soup. My mother cooked for sixty."),
        ("Rune", "I remember the cold, and you singing."),
        ("Petra", "Did it help?"),
        ("Olaf", "We got the second break."),
        ("Rune", "And I got a cough."),
    ), path="a.md"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_magazines_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.roles:
        assert roles(interview) == case.roles
