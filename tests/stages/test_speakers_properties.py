"""What holds of the speakers of any interview."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collection.facts import Facts, Participant
from onrecord.evaluation.gold_speakers import Print, interview_of
from onrecord.schema.interview import Interview
from onrecord.stages.speakers import run
from tests.stages.made import made
from tests.work import steps

FIRST = ("Ann", "Bob", "Ivo", "Mia", "Una", "Jon", "Eva", "Lea", "Tom", "Sue", "Max", "Ida")
LAST = ("Torrance", "Ulfsson", "Marchant", "Kelderman", "Brandner", "Okonkwo", "Pettifor", "Vestergaard", "Haddock",
        "Lindqvist", "Zelenka", "Rosenthal")  # fmt: skip
PEOPLE = st.lists(st.sampled_from(range(len(LAST))), min_size=1, max_size=6, unique=True)
STEPS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=24)
HOSTILE = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(":\n\r\u200b\u0301\u202e\x00👩🏽QA“”., ")),
    max_size=200,
)


def label(first: str, last: str, form: int) -> str:
    """One of the forms in which a label prints a name."""
    return (f"{first} {last}", last.upper(), f"Mr. {last}", f"{first.upper()} {last.upper()}, host")[form]


def prints(people: list[int], steps: list[tuple[int, int]], shift: int = 0) -> list[Print]:
    """Turns of the people, each first by the full name; `shift` gives everybody another name."""
    made_prints = []
    seen: set[int] = set()
    for pick, form in steps:
        person = people[pick % len(people)]
        index = (person + shift) % len(LAST)
        printed = label(FIRST[index], LAST[index], form if person in seen else 0)
        seen.add(person)
        made_prints.append(Print((str(person),), printed, "We went on."))
    return made_prints


def partition(interview: Interview) -> list[list[int]]:
    """Which turns belong together."""
    found: dict[str | None, list[int]] = {}
    for index, turn in enumerate(interview.turns):
        found.setdefault(turn.speaker, []).append(index)
    return sorted(found.values())


@given(PEOPLE, STEPS)
@settings(max_examples=60, deadline=None)
def test_every_form_of_a_name_is_the_same_speaker(people: list[int], steps: list[tuple[int, int]]) -> None:
    """Full name, surname in capitals, honorific and role: the turns come back to who said them."""
    entries = prints(people, steps)
    result = run(interview_of("made", "en", [], entries), Facts())
    truth: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        truth.setdefault(entry.who[0], []).append(index)
    assert partition(result) == sorted(truth.values())


@given(PEOPLE, STEPS, st.integers(1, len(LAST) - 1))
@settings(max_examples=60, deadline=None)
def test_renaming_everybody_renames_the_result_and_nothing_else(
    people: list[int], steps: list[tuple[int, int]], shift: int
) -> None:
    """Other names, the same speakers: turns, kinds, roles and rules stay, the names follow."""
    one = run(interview_of("made", "en", [], prints(people, steps)), Facts())
    two = run(interview_of("made", "en", [], prints(people, steps, shift)), Facts())
    assert partition(one) == partition(two)
    for before, after in zip(one.speakers, two.speakers, strict=True):
        assert (before.kind, before.roles) == (after.kind, after.roles)
        assert [item.rule for item in before.evidence] == [item.rule for item in after.evidence]
        old = next(i for i in range(len(LAST)) if LAST[i] in (before.name or ""))
        assert LAST[(old + shift) % len(LAST)] in (after.name or "")


@given(PEOPLE, STEPS)
@settings(max_examples=60, deadline=None)
def test_an_unrelated_speaker_changes_no_other(people: list[int], steps: list[tuple[int, int]]) -> None:
    """A further voice at the end leaves the speakers before as they were."""
    entries = prints(people, steps)
    one = run(interview_of("made", "en", [], entries), Facts())
    two = run(interview_of("made", "en", [], [*entries, Print(("x",), "Quentin Yarborough", "Good night.")]), Facts())
    kept = {speaker.id: speaker for speaker in two.speakers if speaker.name != "Quentin Yarborough"}
    known = {role for speaker in one.speakers for role in speaker.roles}
    for speaker in one.speakers:
        if not known & {"interviewer", "interviewee"}:  # parts of two speakers are a judgement about exactly two
            assert kept[speaker.id] == speaker
    assert [turn.speaker for turn in two.turns[: len(one.turns)]] == [turn.speaker for turn in one.turns]


@given(st.permutations(range(4)))
@settings(max_examples=24, deadline=None)
def test_the_order_of_the_facts_does_not_matter(order: list[int]) -> None:
    """Participants in any order give the same record."""
    people = (
        Participant(name="Ann Torrance", roles=("interviewer",)),
        Participant(name="Bob Torrance", roles=("interviewee",)),
        Participant(name="Ivo Marchant", labels=("IM",)),
        Participant(name="Mia Kelderman"),
    )
    interview = made("Q: When?\nA: Then.\nIM: Never.\nKelderman: Always.\nTORRANCE: Well.\n")
    first = run(interview, Facts(participants=people))
    assert run(interview, Facts(participants=tuple(people[i] for i in order))) == first


@given(HOSTILE, st.integers(0, 3), st.sampled_from(("en", "de", "tr", "ru", None)))
@settings(max_examples=120, deadline=None)
def test_no_text_makes_the_stage_raise(text: str, lede: int, language: str | None) -> None:
    """Any text gives a valid record: references resolve, ids are unique, and a second run changes nothing."""
    result = run(made(text, lede=lede, language=language), Facts())
    ids = [speaker.id for speaker in result.speakers]
    assert len(ids) == len(set(ids))
    assert {turn.speaker for turn in result.turns} <= {*ids, None}
    assert result.text == text
    assert run(result, Facts()) == result


@pytest.mark.parametrize("kind", ["distinct", "one-surname", "anonymous", "mentions", "caps"])
def test_thousands_of_labels_take_linear_time(kind: str) -> None:
    """Four times as many labels or names take about four times the work."""

    def text(count: int) -> str:
        lines = {
            "distinct": (f"Anna{i} Farrell{i * 7919}: Yes." for i in range(count)),
            "one-surname": (f"Anna{i} Farrell: Yes." for i in range(count)),
            "anonymous": ("MAN: One.\nAnn: Two." for i in range(count)),
            "mentions": (f"Ann: I met Anna Farr{i}ell and Farr{i}ell." for i in range(count)),
            "caps": (f"FARRELL{i}: I MET ANNA FARRELL{i} AND NOBODY ELSE." for i in range(count)),
        }[kind]
        return "\n".join(lines) + "\n"

    def work(count: int) -> int:
        interview = made(text(count))
        return steps(lambda: run(interview, Facts()))

    work(50)  # fills what is loaded once
    small = work(200)  # first, so that no cache is warm for it
    assert work(800) < 5 * small


def test_a_label_of_five_hundred_characters_is_kept() -> None:
    """A very long label is one unknown voice, printed as it is."""
    long = "Mira of the mill above the old weir " * 14
    result = run(made(f"{long.strip()}: Hello.\nAnn Lee: Hello.\n"), Facts())
    assert result.speakers[0].labels == (long.strip(),)
    assert (result.speakers[0].name, result.speakers[0].kind) == (None, "unknown")
