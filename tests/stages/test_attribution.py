"""From sources to speakers: each rule on an invented text, and what must stay unknown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview, Quote, Span, Speaker, Turn, TurnEvidence
from onrecord.stages.attribution import explain_quote, resolve_speakers
from onrecord.stages.quotes import find_quotes
from tests.stages.test_quotes import bare
from tests.work import steps


def resolved(text: str, **layers: Any) -> Interview:
    """The record of a text after finding and attributing its quotations."""
    return resolve_speakers(find_quotes(bare(text).replace(**layers), Facts()), Facts())


def names(interview: Interview) -> list[str | None]:
    """Whom each quotation is attributed to: a name, or what the text says of somebody it does not name."""
    speakers = {speaker.id: speaker for speaker in interview.speakers}
    return [
        None if quote.speaker is None else speakers[quote.speaker].name or speakers[quote.speaker].descriptors[0]
        for quote in interview.quotes
        if quote.kind != "mention"
    ]


def rules(interview: Interview) -> list[str | None]:
    """The rule that resolved each quotation's source."""
    return [quote.evidence.speaker_rule for quote in interview.quotes if quote.kind != "mention"]


def talk(text: str, *labels: tuple[str, str]) -> dict[str, Any]:
    """Speakers and turns of a text whose lines open with a label and a colon."""
    speakers = tuple(
        Speaker(id=f"t/t#speaker@{at}", name=name, kind="person", roles=("interviewee",), labels=(label,))
        for at, (label, name) in enumerate(labels)
    )
    by_label = {speaker.labels[0]: speaker.id for speaker in speakers}
    turns = tuple(
        Turn(
            id=f"t/t#turn@{match.start()}",
            speaker=by_label[match[1]],
            role=None,
            label=Span(start=match.start(1), end=match.end(1)),
            paragraphs=(Span(start=match.start(2), end=match.end(2)),),
            evidence=TurnEvidence(convention="label-colon", rule="label", attribution="printed", confidence=1.0),
        )
        for match in re.finditer(r"^(\w+): (.+)$", text, re.MULTILINE)
        if match[1] in by_label
    )
    return {"speakers": speakers, "turns": turns}


CASES = [
    ("a surname is the full name before", "Orla Finch rowed in. “I rowed,” Finch said.", ["Orla Finch"], "name"),
    ("a pronoun is the one quoted last", "“I rowed,” Orla Finch said. She said that it rained.",
     ["Orla Finch", "Orla Finch"], "pronoun-nearest"),
    ("a title is who was introduced with it", "President Orla Finch rowed in. “I rowed,” the president said.",
     ["Orla Finch"], "title-only"),
    ("a description is somebody", "A spokesman for the port said that it rained.", ["A spokesman"], "description"),
    ("the same description is the same one", "A source said that it rained. The source added that it stopped.",
     ["A source", "A source"], "described-again"),
    ("a title and a surname behind a description", "The judge, Mr. Roe, said that it rained. He said that it stopped.",
     ["Roe", "Roe"], "pronoun-nearest"),
    ("nobody named stays nobody", "It was said that it rained.", [None], None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "rule"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_rule(text: str, expected: list[str | None], rule: str | None) -> None:
    """Each kind of source phrase is resolved by its rule, which the record names."""
    interview = resolved(text)
    assert names(interview) == expected
    assert rules(interview)[-1] == rule


def test_i_in_a_turn_is_the_one_whose_turn_it_is() -> None:
    """In an interview, `I said` quotes the turn's own speaker, and `my uncle said` does not."""
    text = "ORLA: I said, “We row at dawn.” My uncle said, “We do not.”"
    interview = resolved(text, **talk(text, ("ORLA", "Orla Finch")))
    assert names(interview) == ["Orla Finch", "My uncle"]
    assert rules(interview) == ["first-person-in-turn", "description"]
    assert all(quote.turn == "t/t#turn@0" for quote in interview.quotes)


def test_a_headline_is_whose_words_it_repeats() -> None:
    """A pull quote without a source belongs to the participant who says it in a turn."""
    text = (
        "“We row at dawn and come back at noon”\n\nORLA: As I told you, we row at dawn and come back at noon, always."
    )
    interview = resolved(text, **talk(text, ("ORLA", "Orla Finch")))
    assert names(interview)[0] == "Orla Finch"
    assert rules(interview)[0] == "said-in-turn"


def test_two_who_talk_take_turns() -> None:
    """In a dialogue without tags, whoever did not speak last speaks."""
    text = "“Late,” said Orla Finch.\n\n“Early,” said Bo Lund.\n\n“No.”\n\n“Yes.”\n\n“No!”"
    interview = resolved(text)
    assert names(interview)[2:4] == ["Orla Finch", "Bo Lund"]
    assert rules(interview)[2] == "takes-turns"


def test_quoted_speakers_are_added_and_known_ones_kept() -> None:
    """A source nobody knew becomes a speaker with the role `quoted`; who is there stays as it is."""
    text = "ORLA: Bo Lund said that it rained."
    before = bare(text).replace(**talk(text, ("ORLA", "Orla Finch")))
    after = resolve_speakers(find_quotes(before, Facts()), Facts())
    assert after.speakers[0] == before.speakers[0]
    assert [(s.name, s.roles) for s in after.speakers[1:]] == [("Bo Lund", ("quoted",))]


def test_every_attribution_names_its_rule_and_confidence() -> None:
    """Where a speaker is given, so are the rule and how sure it is; where none is, neither is."""
    interview = resolved("“Late,” said Orla Finch. He said that it rained. The film “Ferry” is long.")
    for quote in interview.quotes:
        given = quote.speaker is not None
        assert given == (quote.evidence.speaker_rule is not None) == (quote.evidence.speaker_confidence is not None)


def test_explaining_names_rule_evidence_and_runners_up() -> None:
    """The explanation says in words what was found, by which rule, whose it is and who else it could be."""
    interview = resolved("Bo Lund met Orla Finch. He said that it rained.")
    quote: Quote = interview.quotes[0]
    lines = "\n".join(explain_quote(interview, quote.id))
    assert "clause-that" in lines
    assert "pronoun-nearest" in lines
    assert "Bo Lund" in lines
    assert "Orla Finch" in lines
    with pytest.raises(KeyError):
        explain_quote(interview, "nothing")


def test_a_source_of_nothing_but_a_full_stop_names_nobody() -> None:
    """Marks alone where a source should stand are nobody's words: the record is made, and says no speaker."""
    found = find_quotes(bare("“Rain,” . said."), Facts())
    quotes = [quote.model_copy(update={"source": (Span(start=8, end=9),)}) for quote in found.quotes]
    attributed = resolve_speakers(found.replace(quotes=tuple(quotes)), Facts())
    assert [quote.speaker for quote in attributed.quotes] == [None]


@pytest.mark.parametrize(
    "unit",
    [
        "I said “we go on.” ",
        "“It rained all day and all of the night.” ",
        "The harbour master said it rained. ",
        "Ada Finch left. “It rained all day and all of the night.” The mill stood still. ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """One paragraph of the same sentence, ten times as long, takes about ten times the work."""
    small, large = (find_quotes(bare(unit * (size // len(unit))), Facts()) for size in (3_000, 30_000))
    resolve_speakers(small, Facts())  # fills what is loaded once
    assert steps(lambda: resolve_speakers(large, Facts())) < 12 * steps(lambda: resolve_speakers(small, Facts()))


def _invented(number: int) -> str:
    """A surname of its own for every number: names that were compared once are remembered, these were not."""
    letters = ""
    for _ in range(3):
        letters += "bdfgklmnprstvz"[number % 14] + "aeiou"[number // 14 % 5]
        number //= 14
    return letters.capitalize()


_GIVEN = "Ada Bruno Carla Dmitri Elif Farid Greta Hasan Ines Jonas Kamala Leyla Marta Nadir Olga Pablo".split()


def _new_each(number: int) -> str:
    return f"“The bridge holds,” said {_GIVEN[number % 16]} {_invented(number)}. He left the town.\n\n"


def _two_of_a_name(number: int) -> str:
    name = _invented(number)
    return f"{_GIVEN[number % 16]} {name} met {_GIVEN[(number + 3) % 16]} {name}.\n\n"


def _minister(number: int) -> str:
    name = f"{_GIVEN[number % 16]} {_invented(number)}"
    return f"{_invented(number + 900)} Minister {name} said it rained. The {_invented(number + 500)} minister left.\n\n"


def _area(number: int) -> str:
    return f"The minister of area{number} said the road will be closed.\n\n"


def _asked(number: int) -> str:
    """A sentence that asks for somebody again: when all are asked in turn, each was last named far back."""
    return f"“Late,” {_invented(number)} said. The {_invented(number + 500)} minister said it rained.\n\n"


@pytest.mark.parametrize("piece", [_new_each, _two_of_a_name, _minister, _area])
def test_time_is_linear_in_the_people_named(piece: Callable[[int], str]) -> None:
    """Five times as many people, all new, take about five times the work, however many share a name or a title."""
    warm, small, large = (
        find_quotes(bare("".join([*map(piece, numbers), *map(_asked, numbers)])), Facts())
        for numbers in (range(5), range(1_000, 1_100), range(10_000, 10_500))
    )
    resolve_speakers(warm, Facts())
    assert steps(lambda: resolve_speakers(large, Facts())) < 6.5 * steps(lambda: resolve_speakers(small, Facts()))
