"""Layouts of records: captions, hearings, depositions, dialogues with dashes, numbered sides, bars."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import pytest

from onrecord.names.label import parse_label
from onrecord.schema.interview import Interview
from tests.stages.layouts import Case, laid, roles, shown


def _cues(*said: str, sep: str = ".") -> str:
    """Write captions of two seconds each, with their numbers."""
    times = (f"00:00:{2 * n:02}{sep}000 --> 00:00:{2 * n + 2:02}{sep}000" for n in range(len(said)))
    return "\n".join(f"{n}\n{time}\n{text}\n" for n, (time, text) in enumerate(zip(times, said, strict=True), start=1))


_CAPTIONS = ("Ada Lind", "Hello and welcome. / It is late."), ("Tom Berg", "Thanks."), ("Ada Lind", "Shall we begin?")

CASES = (
    Case(
        "captions with names, as meetings export them",
        "WEBVTT\n\n" + _cues("Ada Lind: Hello and welcome.", "It is late.", "Tom Berg: Thanks.", "Ada Lind: Shall we begin?"),
        _CAPTIONS, "label-colon", path="case.vtt",
    ),
    Case(
        "captions that repeat the name on every cue",
        "WEBVTT\n\n" + _cues("Ada Lind: Hello and welcome.", "Ada Lind: It is late.", "Tom Berg: Thanks.", "Ada Lind: Shall we begin?"),
        _CAPTIONS, "label-colon", path="case.vtt",
    ),
    Case(
        "captions with a surname's letter, without points",
        "WEBVTT\n\n" + _cues("Ada O.: so let us begin", "Tom Berg (Guest): yes, please", "and slowly", "Ada O.: of course"),
        (("Ada O.", "so let us begin"), ("Tom Berg (Guest)", "yes, please / and slowly"), ("Ada O.", "of course")), "label-colon", path="case.vtt",
    ),
    Case(
        "captions with arrows and names",
        _cues(">> ADA LIND: Hello and", "welcome.", ">> TOM BERG: Thanks.", ">> ADA LIND: Shall we begin?", sep=","),
        (("ADA LIND", "Hello and / welcome."), ("TOM BERG", "Thanks."), ("ADA LIND", "Shall we begin?")),
        "label-colon", path="case.srt",
    ),
    Case(
        "captions of a recogniser",
        _cues("[SPEAKER_00]: Hello and", "welcome.", "[SPEAKER_01]: Thanks.", "[SPEAKER_00]: Shall we begin?", sep=","),
        (("SPEAKER_00", "Hello and / welcome."), ("SPEAKER_01", "Thanks."), ("SPEAKER_00", "Shall we begin?")),
        "label-colon", path="case.srt",
    ),
    Case(
        "a hearing: titles, capitals, points",
        "COMMITTEE ON BRIDGES\n\n    The CHAIRMAN. The committee will come to order.\n\n    Senator OKAFOR. Thank you. When did the bridge fall, Mr. Pell?\n\n"
        "    Mr. PELL. It fell in May. We had no warning.\n\n    It was dark.\n\n    Ms. DE LA CRUZ of Ohio. May I ask about that?\n\n    The CHAIRMAN. You may.\n\n"
        "    Senator OKAFOR. And who pays for it?\n\n    Mr. PELL. The county does.\n",
        (("The CHAIRMAN", "The committee will come to order."), ("Senator OKAFOR", "Thank you. When did the bridge fall, Mr. Pell?"),
         ("Mr. PELL", "It fell in May. We had no warning. / It was dark."), ("Ms. DE LA CRUZ of Ohio", "May I ask about that?"),
         ("The CHAIRMAN", "You may."), ("Senator OKAFOR", "And who pays for it?"), ("Mr. PELL", "The county does.")),
        "label-dot",
    ),
    Case(
        "a hearing in mixed case",
        "Chairman Okafor. When did the bridge fall?\n\nMr. Pell. It fell in May.\n\nWe had no warning.\n\nChairman Okafor. And who pays for it?\n\nMr. Pell. We do not know yet.\n",
        (("Chairman Okafor", "When did the bridge fall?"), ("Mr. Pell", "It fell in May. / We had no warning."),
         ("Chairman Okafor", "And who pays for it?"), ("Mr. Pell", "We do not know yet.")),
        "label-dot",
    ),
    Case(
        "a deposition with printed line numbers",
        "                                   41\n 1          Q.   State your name, please.\n 2          A.   Tom Berg.\n 3          Q.   And what do you do for the\n 4    bridge company?\n"
        " 5          A.   I paint it.  I have\n 6    done so for nine years.\n 7               MR. FROST:  Objection.\n 8               THE WITNESS:  May I answer?\n"
        " 9          Q.   (By Ms. Lind)  You may.\n10          A.   Yes, then.\n",
        (("Q", "State your name, please."), ("A", "Tom Berg."), ("Q", "And what do you do for the / bridge company?"), ("A", "I paint it. I have / done so for nine years."),
         ("MR. FROST", "Objection."), ("THE WITNESS", "May I answer?"), ("Q", "(By Ms. Lind) You may."), ("A", "Yes, then.")),
        roles="qaqasaqa",
    ),
    Case(
        "short questions and answers, all with a dash",
        "— When did it begin?\n— In the month of May.\n— And what then?\n— We went home.\n— Who pays?\n— The county pays.\n",
        ((None, "When did it begin?"), (None, "In the month of May."), (None, "And what then?"), (None, "We went home."), (None, "Who pays?"), (None, "The county pays.")),
        "dash-dialogue", "qaqaqa",
    ),
    Case(
        "the first label says what the host does, in lower case",
        "Lind, host: When did it begin?\nBERG (painter): In the month of May.\nLIND: And then?\nBERG: We went home.\nLIND: Who pays?\nBERG: The county.\n",
        (("Lind, host", "When did it begin?"), ("BERG (painter)", "In the month of May."), ("LIND", "And then?"), ("BERG", "We went home."), ("LIND", "Who pays?"), ("BERG", "The county.")),
        "label-colon",
    ),
    Case(
        "an outlet of several words and a name",
        "TAGBLATT am Fluss: Frau Lind, wann fing das an?\nLind: Im Mai. Meistens jedenfalls.\nTAGBLATT am Fluss: Und dann?\nLind: Dann gingen wir heim.\nTAGBLATT am Fluss: Wer zahlt?\nLind: Das Land.\n",
        (("TAGBLATT am Fluss", "Frau Lind, wann fing das an?"), ("Lind", "Im Mai. Meistens jedenfalls."), ("TAGBLATT am Fluss", "Und dann?"),
         ("Lind", "Dann gingen wir heim."), ("TAGBLATT am Fluss", "Wer zahlt?"), ("Lind", "Das Land.")),
        "label-colon", "qaqaqa",
    ),
    Case(
        "numbered letters", "Q1: When did it begin?\nA1: In May.\n\nQ2: And then?\nA2: We went home.\n",
        (("Q1", "When did it begin?"), ("A1", "In May."), ("Q2", "And then?"), ("A2", "We went home.")), "label-colon", "qaqa",
    ),
    Case(
        "numbered words and points", "Question 1. When did it begin?\nAnswer 1. In May.\n\nQuestion 2. And then?\nAnswer 2. We went home.\n",
        (("Question 1", "When did it begin?"), ("Answer 1", "In May."), ("Question 2", "And then?"), ("Answer 2", "We went home.")), "label-dot", "qaqa",
    ),
    Case(
        "Japanese: two dashes ask, a name and a wide blank answer",
        "——橋はいつ落ちましたか。\nベルク\u3000五月です。\n——それから。\nベルク\u3000帰りました。\n——誰が払うのですか。\nベルク\u3000町です。\n",
        ((None, "橋はいつ落ちましたか。"), ("ベルク", "五月です。"), (None, "それから。"), ("ベルク", "帰りました。"), (None, "誰が払うのですか。"), ("ベルク", "町です。")),
        "dash-question", "qaqaqa",
    ),
    Case(
        "Hindi words for the sides", "प्रश्न: पुल कब गिरा?\nउत्तर: मई में।\nप्रश्न: और फिर?\nउत्तर: हम घर गए।\n",
        (("प्रश्न", "पुल कब गिरा?"), ("उत्तर", "मई में।"), ("प्रश्न", "और फिर?"), ("उत्तर", "हम घर गए।")), "label-colon", "qaqa",
    ),
    Case(
        "two styles of labels, each as common: the first one is the style",
        "VELLRADIO：桥什么时候倒的？\n\n林安：五月。没有人受伤。\n\nVELLRADIO：然后呢？\n\n林安：我们回家了。\n\n版权声明：本文为虚构，转载请注明出处。\n",
        (("VELLRADIO", "桥什么时候倒的？"), ("林安", "五月。没有人受伤。"), ("VELLRADIO", "然后呢？"), ("林安", "我们回家了。")), "label-colon",
    ),
    *(
        Case(
            f"names before {mark!r}",
            f"ADA {mark} When did it begin?\nTOM {mark} In the month of May.\nADA {mark} And then?\nTOM {mark} We went home.\n",
            (("ADA", "When did it begin?"), ("TOM", "In the month of May."), ("ADA", "And then?"), ("TOM", "We went home.")), name,
        )
        for mark, name in (("/", "label-bar"), ("|", "label-bar"), ("–", "label-dash"))
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_records_give_their_turns(case: Case) -> None:
    """Each kind of record gives the turns a reader sees, with the labels as printed."""
    interview = laid(case.text, path=case.path)
    assert shown(interview) == case.turns
    if case.convention:
        assert {turn.evidence.convention for turn in interview.turns} == {case.convention}
    if case.roles:
        assert roles(interview) == case.roles


def _times(interview: Interview) -> list[tuple[int | None, int | None]]:
    return [(turn.start_ms, turn.end_ms) for turn in interview.turns]


def test_a_turn_of_captions_lasts_from_its_first_cue_to_its_last() -> None:
    """Times come from the cues, those without a name included; no number or time of a cue is said."""
    interview = laid("WEBVTT\n\n" + _cues("Ada Lind: Hello.", "It is late.", "Tom Berg: Thanks."), path="case.vtt")
    assert _times(interview) == [(0, 4000), (4000, 6000)]
    assert shown(interview) == (("Ada Lind", "Hello. / It is late."), ("Tom Berg", "Thanks."))


def test_codes_of_participants_are_no_numbered_questions() -> None:
    """`R1` and `P1` that come again are people, not question and answer one."""
    text = "R1: We met in May.\nP1: So we did.\nR1: It rained, and I had no coat.\nP1: I had two of them.\n"
    assert "q" not in roles(laid(text))


@pytest.mark.parametrize(
    "text",
    [
        "Photo / Ada Lind\n\nThe bridge fell on Monday / nobody was hurt.\n\nPhoto / Tom Berg\n\nThe county pays for it.\n",
        "1    The bridge fell.\n2    Nobody was hurt.\n3    The county pays.\n4    It has no plan.\n5    The ferry runs.\n6    It is small.\n7    It is slow.\n8    It is late.\n",
        "Mr. Pell. It was a name that nobody in the town said aloud.\n\nHe lived by the bridge, and he painted it every spring.\n\nMr. Pell. They said it at last in May.\n",
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.000\nThe bridge fell on Monday.\n\n2\n00:00:02.000 --> 00:00:04.000\nOne thing: nobody was hurt.\n",
        "— Where were you? — asked the miller.\n\n— At the river.\n\n— All night?\n\n— All night, — said Tom.\n\nHe put his boots by the door.\n\n— Who else was there?\n\n— Nobody.\n",
    ],
    ids=["credits with a bar", "lines with numbers", "a name alone", "captions without names", "a story"],
)  # fmt: skip
def test_what_only_looks_like_a_record_gives_no_turns(text: str) -> None:
    """Credits, numbered lines, a name in a story and captions without names have no turns."""
    path = "case.vtt" if text.startswith("WEBVTT") else "case.txt"
    assert shown(laid(text, path=path)) == ()


_SIDES = {
    "Hindi": ("प्रश्न", "उत्तर"), "Arabic": ("س", "ج"), "Korean": ("문", "답"), "Korean, longer": ("질문", "답변"), "Japanese": ("問", "答"), "Portuguese": ("Pergunta", "Resposta"),
    "Italian": ("Domanda", "Risposta"), "Polish": ("Pytanie", "Odpowiedź"), "Dutch": ("Vraag", "Antwoord"), "Greek": ("Ερώτηση", "Απάντηση"),
}  # fmt: skip


@pytest.mark.parametrize("language", _SIDES)
def test_words_for_the_sides_are_roles_and_no_names(language: str) -> None:
    """Words for question and answer give the roles without any question mark, and the names' rules agree."""
    asks, answers = _SIDES[language]
    text = f"{asks}: 12 14 16.\n{answers}: 22 24 26.\n{asks}: 32 34 36.\n{answers}: 42 44 46.\n"
    interview = laid(text.replace(" ", " ab "))
    assert roles(interview) == "qaqa"
    assert [parse_label(word).side for word in (asks, answers)] == ["question", "answer"]
