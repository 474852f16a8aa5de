"""Press conferences, briefings and courts: who asks is a letter, who answers a name.

Each text was written, with its turns, before the parser saw it.
"""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from tests.stages.layouts import Case, laid, roles, shown

CASES = (
    Case("press briefing QUESTION", """\
Daily Press Briefing
Ministry of Harbours
March 3, 2021

12:40 P.M.

MS. ORVELL: Good afternoon. I have one announcement before your questions. The eastern quay opens on Monday.

With that, go ahead, Jon.

QUESTION: Thanks. Can you say what it cost?

MS. ORVELL: I don't have a figure for you today.

QUESTION: Roughly?

MS. ORVELL: I'd refer you to the port authority.

QUESTION: (Inaudible.)

MS. ORVELL: I'm sorry, I could not hear that.

(The briefing was concluded at 1:05 p.m.)
""", (
        ("MS. ORVELL", "Good afternoon. I have one announcement before your questions. The eastern quay opens on Monday. / With that, go ahead, Jon."),
        ("QUESTION", "Thanks. Can you say what it cost?"),
        ("MS. ORVELL", "I don't have a figure for you today."),
        ("QUESTION", "Roughly?"),
        ("MS. ORVELL", "I'd refer you to the port authority."),
        ("QUESTION", ""),
        ("MS. ORVELL", "I'm sorry, I could not hear that."),
    )),
    Case("press briefing Q blank", """\
Remarks at the gaggle aboard the ferry

MR. TANNER:  Hi, everyone.  Quick one today because we land soon.

Q    Thanks, Sam.  Is the governor coming back tonight?

MR. TANNER:  He is.  He lands at nine.

Q    And the bill?  Will he sign it?

MR. TANNER:  I have nothing new on that.

Yes, in the back.

Q    Does he read our paper?

MR. TANNER:  Every day.  (Laughter.)

Q    Even the crossword?

MR. TANNER:  Mostly the crossword.
""", (
        ("MR. TANNER", "Hi, everyone. Quick one today because we land soon."),
        ("Q", "Thanks, Sam. Is the governor coming back tonight?"),
        ("MR. TANNER", "He is. He lands at nine."),
        ("Q", "And the bill? Will he sign it?"),
        ("MR. TANNER", "I have nothing new on that. / Yes, in the back."),
        ("Q", "Does he read our paper?"),
        ("MR. TANNER", "Every day. (Laughter.)"),
        ("Q", "Even the crossword?"),
        ("MR. TANNER", "Mostly the crossword."),
    ), roles="aqaqaqaqa"),
    Case("press Q named", """\
Press conference by the coast guard

ADMIRAL HOLT: We found both boats this morning. I will take a few questions.

Q Peter: Were the crews aboard?

ADMIRAL HOLT: They were, and they are well.

Q Maria: How long had they been adrift?

ADMIRAL HOLT: Two nights.

Q Peter: Did anybody see the flares?

ADMIRAL HOLT: Nobody reported any.
""", (
        ("ADMIRAL HOLT", "We found both boats this morning. I will take a few questions."),
        ("Q Peter", "Were the crews aboard?"),
        ("ADMIRAL HOLT", "They were, and they are well."),
        ("Q Maria", "How long had they been adrift?"),
        ("ADMIRAL HOLT", "Two nights."),
        ("Q Peter", "Did anybody see the flares?"),
        ("ADMIRAL HOLT", "Nobody reported any."),
    )),
    Case("Q1 A1 colon blankless", """\
Interview with a beekeeper
Q1: How many hives do you keep?
A1: I keep forty now.
Q2: Do you get stung?
A2: Every week. You stop counting.
Q3: What should a beginner buy first?
A3: A good smoker, and a patient neighbour.
""", (
        ("Q1", "How many hives do you keep?"),
        ("A1", "I keep forty now."),
        ("Q2", "Do you get stung?"),
        ("A2", "Every week. You stop counting."),
        ("Q3", "What should a beginner buy first?"),
        ("A3", "A good smoker, and a patient neighbour."),
    ), roles="qaqaqa"),
    Case("interviewer numbers", """\
Interviewer 1: Can you tell us about the mill?
Respondent: It stood where the school is.
Interviewer 2: Who owned it?
Respondent: My mother's people. They lost it in the flood.
Interviewer 1: Were you there?
Respondent: I was six. I remember the sacks.
""", (
        ("Interviewer 1", "Can you tell us about the mill?"),
        ("Respondent", "It stood where the school is."),
        ("Interviewer 2", "Who owned it?"),
        ("Respondent", "My mother's people. They lost it in the flood."),
        ("Interviewer 1", "Were you there?"),
        ("Respondent", "I was six. I remember the sacks."),
    ), roles="qaqaqa"),
    Case("live blog times", """\
11:02
Nora Beck: Good morning from the council chamber. Councillor, do we have a vote today?

11:04
Cllr Osei: We do. I expect it before lunch.

11:09
Nora Beck: How will you vote?

11:10
Cllr Osei: You will see my hand.

11:31
Nora Beck: It was up. Why?

11:33
Cllr Osei: Because the roof leaks.
""", (
        ("Nora Beck", "Good morning from the council chamber. Councillor, do we have a vote today?"),
        ("Cllr Osei", "We do. I expect it before lunch."),
        ("Nora Beck", "How will you vote?"),
        ("Cllr Osei", "You will see my hand."),
        ("Nora Beck", "It was up. Why?"),
        ("Cllr Osei", "Because the roof leaks."),
    )),
    Case("asap sports panel names and q", """\
Lakeside Invitational
March 14, 2023

Dana Whitlock
Coach Rob Engel

Postgame Media Conference

THE MODERATOR: We'll open with a statement from Coach Engel.

COACH ENGEL: I thought we guarded well tonight. I'm proud of them.

THE MODERATOR: Questions for Dana.

Q. Dana, what did you see on the last play?

DANA WHITLOCK: I saw the lane open and I just went.

Q. Coach, did you draw it up that way?

COACH ENGEL: I wish I could say yes.

DANA WHITLOCK: He drew up a pass.

Q. Are you tired?

DANA WHITLOCK: Not until tomorrow.
""", (
        ("THE MODERATOR", "We'll open with a statement from Coach Engel."),
        ("COACH ENGEL", "I thought we guarded well tonight. I'm proud of them."),
        ("THE MODERATOR", "Questions for Dana."),
        ("Q", "Dana, what did you see on the last play?"),
        ("DANA WHITLOCK", "I saw the lane open and I just went."),
        ("Q", "Coach, did you draw it up that way?"),
        ("COACH ENGEL", "I wish I could say yes."),
        ("DANA WHITLOCK", "He drew up a pass."),
        ("Q", "Are you tired?"),
        ("DANA WHITLOCK", "Not until tomorrow."),
    )),
    Case("radio name slash role caps", """\
PRESENTER: It's ten past eight. The council has voted to close the library. With me is its last librarian, Joan Petch. Good morning.

PETCH: Good morning.

PRESENTER: Did you see it coming?

PETCH: I think we all did. You only had to look at the roof.

(CLIP OF RAIN)

PRESENTER: And the books?

PETCH: They're in my hall. You're welcome to come.

PRESENTER: Joan Petch, thank you. It's a quarter past eight.
""", (
        ("PRESENTER", "It's ten past eight. The council has voted to close the library. With me is its last librarian, Joan Petch. Good morning."),
        ("PETCH", "Good morning."),
        ("PRESENTER", "Did you see it coming?"),
        ("PETCH", "I think we all did. You only had to look at the roof."),
        ("PRESENTER", "And the books?"),
        ("PETCH", "They're in my hall. You're welcome to come."),
        ("PRESENTER", "Joan Petch, thank you. It's a quarter past eight."),
    ), roles="qaqaqaq"),
    Case("house committee uk q numbers", """\
Q1  Chair: Welcome, Professor Adeyemi. Could you tell us how deep the problem goes?

Professor Adeyemi: Thank you, Chair. It goes down to the clay. We have measured it for six years.

Q2  Ms Hale: Did you publish your figures?

Professor Adeyemi: We did. I am afraid nobody read them.

Q3  Mr Strood: I read them. Why did you stop in 2016?

Professor Adeyemi: You stopped paying us.

Chair: On that note, we will take a break.
""", (
        ("Chair", "Welcome, Professor Adeyemi. Could you tell us how deep the problem goes?"),
        ("Professor Adeyemi", "Thank you, Chair. It goes down to the clay. We have measured it for six years."),
        ("Ms Hale", "Did you publish your figures?"),
        ("Professor Adeyemi", "We did. I am afraid nobody read them."),
        ("Mr Strood", "I read them. Why did you stop in 2016?"),
        ("Professor Adeyemi", "You stopped paying us."),
        ("Chair", "On that note, we will take a break."),
    )),
    Case("white house style Q and name", """\
MS. DARROW:  All right.  Let's go to the back.

Q    Thank you.  Two questions.  First, has the president read the report?

MS. DARROW:  He has.

Q    And did he like it?

MS. DARROW:  I'm not going to grade it from here.

Q    But you've read it?

MS. DARROW:  I have.  Okay, thanks, everybody.

                        END                1:34 P.M. EST
""", (
        ("MS. DARROW", "All right. Let's go to the back."),
        ("Q", "Thank you. Two questions. First, has the president read the report?"),
        ("MS. DARROW", "He has."),
        ("Q", "And did he like it?"),
        ("MS. DARROW", "I'm not going to grade it from here."),
        ("Q", "But you've read it?"),
        ("MS. DARROW", "I have. Okay, thanks, everybody."),
    ), roles="aqaqaqa"),
    Case("uk inquiry caps own line wrapped", """\
SIR NEVILLE:
   Good morning. Please take a seat, Mrs Tull. You have
   given us a written statement, I think?

MRS TULL:
   I have, Sir.

SIR NEVILLE:
   Is it true to the best of your knowledge? You may look
   at it if you wish.

MRS TULL:
   It is. I do not need to look at it, I have lived with it
   for nine years.
""", (
        ("SIR NEVILLE", "Good morning. Please take a seat, Mrs Tull. You have given us a written statement, I think?"),
        ("MRS TULL", "I have, Sir."),
        ("SIR NEVILLE", "Is it true to the best of your knowledge? You may look at it if you wish."),
        ("MRS TULL", "It is. I do not need to look at it, I have lived with it for nine years."),
    )),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_press_give_their_turns(case: Case) -> None:
    """Each layout gives the turns a reader sees, with the labels as printed, and the roles where they are plain."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.roles:
        assert roles(interview) == case.roles
