"""The stage `speakers`: who speaks, who is named, and who says each turn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.collection.facts import Facts, LabelFact, Participant
from onrecord.errors import OnrecordError
from onrecord.schema.interview import Interview, Mark, Span, Speaker
from onrecord.stages.speakers import RULES, explain_speaker, run
from tests.stages.layouts import laid
from tests.stages.made import bare, made

_LEDE = (
    "Aranian President Olim Vedashyan talks in Kesh with Deputy Prime Minister of the Republic of Zembria "
    "Rusat Kolderi.May 3, 2031. KNA",
    '"The Aranian leaders have learned that threats lead nowhere"',
    "In a rare moment, Aranian President Olim Vedaşyan has promised to settle the dispute. During a May 3 meeting "
    "with Zembria’s Deputy Prime Minister Rusat Kolderi, Vedaşyan spoke of trade.",
    "“There is no need for fences,” Vedaşyan said. He stressed the ties between Aran and Zembria.",
    "Mirsad Tolanli, a political analyst, remains doubtful. “It is difficult to find any proof of Aran’s goodwill,” "
    "Tolanli told {outlet}, pointing to the past.",
)
_TURNS = (
    "{q}: The Aranian president called Zembria a sister. How sincere are Vedaşyan's remarks?",
    "{a}: So far it has been difficult. While Olim Vedaşyan may be sincere, the president does not decide.",
    "{q}: Vedaşyan also said that nobody should interfere. Why?",
    "{a}: Because the Aranian leaders have learned that threats lead nowhere. Kesh is silent.",
)
NEWS = "\n".join((*_LEDE, *_TURNS)) + "\n"


def speakers(interview: Interview) -> dict[str | None, Speaker]:
    """The speakers by name."""
    return {speaker.name: speaker for speaker in interview.speakers}


def names(interview: Interview) -> list[str | None]:
    """The name of each turn's speaker."""
    by_id = {speaker.id: speaker.name for speaker in interview.speakers}
    return [by_id.get(turn.speaker or "") for turn in interview.turns]


@pytest.mark.parametrize(("q", "a"), [("Question", "Answer"), ("Q", "A")])
@pytest.mark.parametrize("outlet", ["KORDA", "The Kesh Herald"])
def test_sides_are_named_by_the_lede(q: str, a: str, outlet: str) -> None:
    """The analyst who told the outlet answers; the outlet asks; the president is named and speaks nowhere."""
    result = run(made(NEWS.format(q=q, a=a, outlet=outlet), lede=5), Facts())
    assert names(result) == [outlet, "Mirsad Tolanli"] * 2
    found = speakers(result)
    assert set(found) == {"Olim Vedashyan", "Rusat Kolderi", "Mirsad Tolanli", outlet}
    analyst, asks = found["Mirsad Tolanli"], found[outlet]
    assert (analyst.kind, analyst.roles, analyst.labels) == ("person", ("interviewee",), (a,))
    assert analyst.descriptors == ("a political analyst",)
    assert (asks.kind, asks.roles, asks.labels) == ("organization", ("interviewer",), (q,))
    rests_on = {span.of(result.text) for item in analyst.evidence for span in item.spans}
    assert {f"Tolanli told {outlet}", a} <= rests_on
    assert found["Rusat Kolderi"].roles == ("mentioned",)


def test_spellings_and_descriptions_of_one_person_are_one_speaker() -> None:
    """Both spellings, the surname and the qualified title are mentions of the president; the choice is explained."""
    result = run(made(NEWS.format(q="Q", a="A", outlet="KORDA"), lede=5), Facts())
    president = speakers(result)["Olim Vedashyan"]
    said = [span.of(result.text) for span in president.mentions]
    assert said[:4] == ["Olim Vedashyan", "Olim Vedaşyan", "Vedaşyan", "Vedaşyan"]
    assert "The Aranian president" in said
    assert {"Olim Vedaşyan", "Vedaşyan"} <= set(president.aliases)
    told = explain_speaker(result, president.id)
    assert "transliteration, 95%" in told
    assert "spelt with the letters of the interview's language" in told


def test_a_side_without_evidence_stays_unnamed() -> None:
    """Question and answer with nobody introduced are two unknown voices with a role, and no name."""
    result = run(made("Q: When?\nA: Then.\nQ: Where?\nA: There.\n"), Facts())
    assert [(s.name, s.kind, s.roles, s.labels) for s in result.speakers] == [
        (None, "unknown", ("interviewer",), ("Q",)),
        (None, "unknown", ("interviewee",), ("A",)),
    ]
    assert [turn.speaker for turn in result.turns[:2]] == [turn.speaker for turn in result.turns[2:]]


def test_unknown_voices_are_kept_and_never_pooled() -> None:
    """A numbered voice is one voice; the same unnumbered label at two places is two."""
    text = "Ann Lee: Go.\nMAN: One.\nAnn Lee: Go on.\nMAN: Two.\nWOMAN #2: Three.\nAnn Lee: So.\nWOMAN #2: Four.\n"
    result = run(made(text), Facts())
    ids = [turn.speaker for turn in result.turns]
    assert None not in ids
    assert ids[1] != ids[3]
    assert ids[4] == ids[6]
    assert all(s.name is None and s.kind == "unknown" for s in result.speakers if s.labels != ("Ann Lee",))


def test_a_turn_nobody_is_known_for_has_no_speaker() -> None:
    """No label and no form: null; a carried turn goes on with the speaker before."""
    interview = made("Ann Lee: Go.\nBob Roe: One.\n")
    silent = interview.turns[1].model_copy(
        update={"label": None, "evidence": interview.turns[1].evidence.model_copy(update={"attribution": "unknown"})}
    )
    carried = silent.model_copy(update={"evidence": silent.evidence.model_copy(update={"attribution": "carried"})})
    assert run(interview.replace(turns=(interview.turns[0], silent)), Facts()).turns[1].speaker is None
    result = run(interview.replace(turns=(interview.turns[0], carried)), Facts())
    assert result.turns[1].speaker == result.turns[0].speaker is not None


def test_voices_of_marks_are_labels() -> None:
    """Where the markup names the voice, no label has to be printed."""
    interview = made("Hello there.\nHello.\n", labels=False)
    text = interview.text
    turns = run(made("x: Hello there.\ny: Hello.\n"), Facts()).turns
    spans = (Span(start=0, end=12), Span(start=13, end=19))
    plain = tuple(
        turn.model_copy(update={"id": f"t{i}", "label": None, "paragraphs": (span,)})
        for i, (turn, span) in enumerate(zip(turns, spans, strict=True))
    )
    marks = tuple(Mark(span=span, kind="voice", value=v) for span, v in zip(spans, ("Ann Lee", "Bob Roe"), strict=True))
    result = run(bare(text, "test/made", "en").replace(turns=plain, marks=marks), Facts())
    assert names(result) == ["Ann Lee", "Bob Roe"]


def test_facts_win() -> None:
    """What people state about participants and labels overrules every rule."""
    text = "RH: When?\nMrs. F.: Then.\nNote: Not a voice.\nRH: Where?\n"
    facts = Facts(
        participants=(
            Participant(name="Ruth Hale", roles=("interviewer",), labels=("RH",), person="hale"),
            Participant(name="Enza Fabri", roles=("interviewee",)),
        ),
        labels=(LabelFact(label="Mrs. F.", speaker="Enza Fabri"), LabelFact(label="Note", ignore=True)),
    )
    result = run(made(text), facts)
    assert names(result) == ["Ruth Hale", "Enza Fabri", None, "Ruth Hale"]
    found = speakers(result)
    assert found["Ruth Hale"].person == "hale"
    assert found["Ruth Hale"].labels == ("RH",)
    assert {item.rule for item in found["Enza Fabri"].evidence} >= {"stated", "label-fact"}


def test_ids_are_where_a_speaker_first_stands() -> None:
    """An id says where the name or the first label stands, also in a joint label."""
    result = run(made("Ann Torr and Bob Ulf: Hello.\nTORR: One.\n"), Facts())
    assert {s.name: s.id for s in result.speakers} == {
        "Ann Torr": "test/made#speaker@0",
        "Bob Ulf": "test/made#speaker@13",
    }
    assert result.turns[0].speaker == "test/made#speaker@0"
    assert result.turns[0].also == ("test/made#speaker@13",)


def test_speakers_get_their_parts_from_the_roles_of_their_turns() -> None:
    """Who asks in nearly all turns is the interviewer, also of five; the others are interviewed."""
    rest = ("Bob Roe: Long ago.\n", "Cy Hale: I was not there.\n", "Di Marsh: Nor was I.\n", "Ed Holm: It was May.\n")
    text = "".join(f"Ann Lee: When was it?\n{said}" for said in rest * 2)
    result = run(laid(text), Facts())
    assert speakers(result)["Ann Lee"].roles == ("interviewer",)
    assert all(
        speakers(result)[name].roles == ("interviewee",) for name in ("Bob Roe", "Cy Hale", "Di Marsh", "Ed Holm")
    )


def test_words_that_are_names_are_no_mentions_at_the_start_of_a_sentence() -> None:
    """`Mark my words` does not mention Mark."""
    result = run(made("Mark: I said so.\nGrace: Mark my words, Mark.\n"), Facts())
    mark = speakers(result)["Mark"]
    assert [span.start for span in mark.mentions] == [0, result.text.rindex("Mark")]


def test_every_rule_is_explained() -> None:
    """Every rule that occurs has a sentence, and explaining names the speaker, the rule and the place."""
    for text in (NEWS.format(q="Q", a="A", outlet="KORDA"), "SPEAKER_1: I'm Ann Lee.\nALL: Yes.\nHOST: So.\n"):
        result = run(made(text, lede=5 if "KORDA" in text else 0), Facts())
        for speaker in result.speakers:
            assert {item.rule for item in speaker.evidence} <= set(RULES)
            told = explain_speaker(result, speaker.id)
            assert (speaker.name or "An unnamed voice") in told
    with pytest.raises(OnrecordError, match="has no speaker"):
        explain_speaker(result, "nobody")


def test_only_speakers_and_their_ids_in_turns_change() -> None:
    """The stage fills `speakers`, and `speaker` and `also` of turns; it is the same when run twice."""
    before = made(NEWS.format(q="Q", a="A", outlet="KORDA"), lede=5)
    after = run(before, Facts())
    cleared = tuple(turn.model_copy(update={"speaker": None, "also": ()}) for turn in after.turns)
    assert after.replace(speakers=(), turns=cleared) == before
    assert run(after, Facts()) == after


def test_the_rules_are_listed_in_the_documentation() -> None:
    """docs/speakers.md has every rule with its sentence, and no other."""
    page = (Path(__file__).parents[2] / "docs" / "speakers.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", page, re.MULTILINE))
    assert listed == dict(RULES)
