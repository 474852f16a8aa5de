"""Corrections: what people say wins, is found again after changes, and is never dropped without a word."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.checks import check_interview
from onrecord.checks.record import broken
from onrecord.collection.facts import Facts, Source
from onrecord.collection.sidecar import canonical
from onrecord.pipeline import process
from onrecord.schema.interview import Assignment, Correction, Interview, Layer, Span, Target, TextQuoteSelector
from onrecord.stages.corrections import STAGE, apply_corrections
from onrecord.text.anchor import describe

TEXT = (
    "Tidewater voices\n\n"
    "Q: Who built the harbour?\n\n"
    "A: We built it, my father and I.\n\n"
    "My mother carried stones.\n\n"
    "Q: When was that, and who paid?\n\n"
    'A: In 1931. "The town owes you nothing," the mayor told us.\n'
)


def _parsed(text: str, *corrections: Correction) -> Interview:
    source = Source("c/a", "c/a.txt", text.encode(), Facts(corrections=corrections))
    interview = process(source)
    assert list(broken(interview)) == []
    return interview


def _correction(words: str, layer: Layer, day: int = 1, **values: Any) -> Correction:
    start = TEXT.index(words) if words else 0
    place = describe(TEXT, start, start + len(words))
    target = Target(
        layer=layer,
        position=Span(start=start, end=start + len(words)) if words else None,
        quote=TextQuoteSelector(exact=place.exact, prefix=place.prefix, suffix=place.suffix) if words else None,
    )
    return Correction(
        target=target,
        set=tuple(Assignment(field=name, value_json=canonical(value)) for name, value in values.items()),
        by="Ada",
        on=datetime.date(2026, 1, day),
        why="She heard it.",
    )


def _span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def _turns(interview: Interview) -> list[tuple[str | None, str | None, list[str]]]:
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    return [
        (names.get(turn.speaker or ""), turn.role, [span.of(interview.text) for span in turn.paragraphs])
        for turn in interview.turns
    ]


def _statuses(interview: Interview) -> list[str | None]:
    return [correction.status for correction in interview.corrections]


def test_without_corrections_nothing_changes() -> None:
    """The stage gives back the very same record."""
    interview = _parsed(TEXT)
    assert apply_corrections(interview, Facts()) is interview


def test_a_role_and_a_speaker_are_set_for_the_turn_at_the_place() -> None:
    """A speaker who was not known is added; evidence names author, day and reason."""
    words = "We built it, my father and I."
    interview = _parsed(TEXT, _correction(words, "turns", speaker="Ruth Hale", role="statement"))
    assert _statuses(interview) == ["applied"]
    turn = next(turn for turn in interview.turns if words in turn.span.of(interview.text))
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    assert (names[turn.speaker or ""], turn.role) == ("Ruth Hale", "statement")
    assert turn.label is not None
    assert turn.evidence.rule == "correction"
    assert turn.evidence.note == "Ada, 2026-01-01: She heard it."


def test_a_turn_that_goes_on_beyond_the_place_is_divided() -> None:
    """The mother's sentence is another voice's: what is before and after keeps its own."""
    before = _parsed(TEXT)
    interview = _parsed(TEXT, _correction("My mother carried stones.", "turns", speaker="Narrator", role="statement"))
    said = _turns(interview)
    assert len(said) == len(before.turns) + 1
    assert ("Narrator", "statement", ["My mother carried stones."]) in said
    assert said[1][2] == ["We built it, my father and I."]
    assert all(paragraphs for _, _, paragraphs in said)


def test_a_boundary_is_moved_and_the_neighbour_gives_way() -> None:
    """A question of which the last words belong to the answer."""
    words = "When was that, and who paid?"
    interview = _parsed(TEXT, _correction(words, "turns", paragraphs=[_span("When was that,")]))
    assert "When was that," in [paragraph for _, _, paragraphs in _turns(interview) for paragraph in paragraphs]
    assert _statuses(interview) == ["applied"]


def test_a_turn_is_deleted_and_one_is_added() -> None:
    """References to what is gone become null; what an added turn covers is taken from the others."""
    words = "When was that, and who paid?"
    deleted = _parsed(TEXT, _correction(words, "turns", delete=True))
    assert len(deleted.turns) == len(_parsed(TEXT).turns) - 1
    new = {"paragraphs": [_span("My mother carried stones.")], "speaker": "Q2", "role": "question"}
    added = _parsed(TEXT, _correction("My mother carried stones.", "turns", add=new))
    assert ("Q2", "question", ["My mother carried stones."]) in _turns(added)
    assert _statuses(deleted) == _statuses(added) == ["applied"]


def test_metadata_is_set_with_its_precision() -> None:
    """Metadata needs no place."""
    interview = _parsed(TEXT, _correction("", "metadata", title="Voices", date="1987-06", outlet=None))
    assert (interview.title, interview.date, interview.date_precision) == ("Voices", datetime.date(1987, 6, 1), "month")
    assert _statuses(interview) == ["applied"]


def test_the_kind_of_a_block_is_set_and_blocks_still_partition_the_text() -> None:
    """Also for a part of a block."""
    interview = _parsed(TEXT, _correction("My mother carried stones.", "blocks", kind="caption"))
    captions = [block.span.of(TEXT) for block in interview.blocks if block.kind == "caption"]
    assert [caption.strip() for caption in captions] == ["My mother carried stones."]
    assert "".join(block.span.of(TEXT) for block in interview.blocks) == TEXT


def test_a_quotation_is_added_changed_and_deleted() -> None:
    """Kind, content, cue, source and speaker, as spans and names."""
    words = "The town owes you nothing,"
    new = {
        "kind": "direct", "content": [_span(words)], "cue": _span("told"), "source": [_span("the mayor")],
        "speaker": "The Mayor",
    }  # fmt: skip
    added = _parsed(TEXT, _correction(words, "quotes", add=new))
    quote = next(quote for quote in added.quotes if quote.content == (Span(**_span(words)),))
    assert (quote.kind, quote.cue, quote.turn is not None) == ("direct", Span(**_span("told")), True)
    speaker = next(speaker for speaker in added.speakers if speaker.id == quote.speaker)
    assert (speaker.name or "").casefold() == "the mayor" or "The Mayor" in speaker.aliases
    mention = _parsed(TEXT, _correction(words, "quotes", add=new), _correction(words, "quotes", 2, kind="mention"))
    assert [quote.kind for quote in mention.quotes if quote.content == (Span(**_span(words)),)] == ["mention"]
    gone = _parsed(TEXT, _correction(words, "quotes", delete=True))
    assert [quote for quote in gone.quotes if quote.content == (Span(**_span(words)),)] == []


def test_a_speaker_is_changed_added_and_deleted() -> None:
    """A deleted speaker leaves turns of an unknown voice, not dangling references (the parse helper checks them)."""
    label = Correction.model_validate(
        {
            **_correction("A", "speakers", name="Ruth Hale", kind="person").model_dump(),
            "target": _label_target().model_dump(),
        }
    )
    changed = _parsed(TEXT, label)
    assert "Ruth Hale" in [speaker.name for speaker in changed.speakers]
    deleted = _parsed(
        TEXT, Correction.model_validate({**label.model_dump(), "set": [{"field": "delete", "value_json": "true"}]})
    )
    assert any(turn.speaker is None for turn in deleted.turns)
    added = _parsed(TEXT, _correction("the mayor", "speakers", add={"name": "Otto Hale", "roles": ["mentioned"]}))
    assert "Otto Hale" in [speaker.name for speaker in added.speakers]


def _label_target() -> Target:
    start = TEXT.index("A: We built")
    place = describe(TEXT, start, start + 1)
    quote = TextQuoteSelector(exact="A", prefix=place.prefix, suffix=place.suffix)
    return Target(layer="speakers", position=Span(start=start, end=start + 1), quote=quote)


CORRECTIONS: Mapping[str, tuple[Correction, ...]] = {
    "voice": (_correction("We built it, my father and I.", "turns", speaker="Ruth", role="statement"),),
    "divide": (_correction("My mother carried stones.", "turns", speaker="N", role=None),),
    "bounds": (_correction("When was that, and who paid?", "turns", paragraphs=[_span("When was that,")]),),
    "delete": (_correction("When was that, and who paid?", "turns", delete=True),),
    "set and delete": (
        _correction("When was that, and who paid?", "turns", role="statement"),
        _correction("When was that, and who paid?", "turns", 2, delete=True),
    ),
    "add late": (
        _correction("My mother carried stones.", "quotes", kind="mention"),
        _correction(
            "My mother carried stones.",
            "quotes",
            2,
            add={"kind": "indirect", "content": [_span("My mother carried stones.")]},
        ),
    ),
    "contradiction": (
        _correction("We built it, my father and I.", "turns", role="statement"),
        _correction("We built it, my father and I.", "turns", 2, role="question"),
    ),
    "block": (_correction("My mother carried stones.", "blocks", kind="event"),),
    "metadata": (_correction("", "metadata", date=1987, place="Tidewater"),),
    "speaker": (_correction("the mayor", "speakers", add={"name": "Otto Hale"}),),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_the_stage_is_idempotent_and_fills_only_what_it_declares(name: str) -> None:
    """Run on its own result it changes nothing, not even a status."""
    interview = _parsed(TEXT, *CORRECTIONS[name])
    assert None not in _statuses(interview)
    assert STAGE.run(interview, Facts()) == interview
    bare = _parsed(TEXT)
    for field in set(Interview.model_fields) - set(STAGE.fills) - {"findings", "steps"}:
        assert getattr(interview, field) == getattr(bare, field)


@pytest.mark.parametrize("name", ["voice", "divide", "bounds", "delete", "block"])
@pytest.mark.parametrize("change", ["Preface of the editor.\n\n", ""])
def test_corrections_survive_a_change_of_the_text(name: str, change: str) -> None:
    """A line above and a word within: the correction is applied at the new place, and says that it moved."""
    old = _parsed(TEXT, *CORRECTIONS[name])
    new = _parsed(change + TEXT.replace("Who built the harbour?", "Who really built it?"), *CORRECTIONS[name])
    assert _statuses(new) == ["moved" if change else _statuses(new)[0]]
    assert _statuses(new)[0] in ("applied", "moved")
    assert [turn[2] for turn in _turns(new)][1:] == [turn[2] for turn in _turns(old)][1:]


def test_what_the_parser_says_by_itself_is_agreed() -> None:
    """Nothing changes, no evidence is overwritten, and a note says that the correction may go."""
    bare = _parsed(TEXT)
    words = "We built it, my father and I."
    interview = _parsed(TEXT, _correction(words, "turns", role=bare.turns[1].role))
    assert _statuses(interview) == ["agreed"]
    assert interview.turns == bare.turns
    assert "correction-agreed" in {item.code for item in interview.findings}


def test_what_cannot_be_found_is_lost_and_an_error() -> None:
    """Words that are gone, and a speaker's id that does not exist."""
    gone = _parsed(TEXT.replace("We built it, my father and I.", "Nobody."), *CORRECTIONS["voice"])
    assert _statuses(gone) == ["lost"]
    assert any(item.code == "correction-lost" and item.level == "error" for item in gone.findings)
    wrong = _parsed(TEXT, _correction("We built it, my father and I.", "turns", speaker="c/a#speaker@9999"))
    assert _statuses(wrong) == ["lost"]


def test_of_contradicting_corrections_the_later_one_wins_and_both_are_named() -> None:
    """By their days, not by their order in the file."""
    first, second = CORRECTIONS["contradiction"]
    for order in ((first, second), (second, first)):
        interview = _parsed(TEXT, *order)
        assert interview.turns[1].role == "question"
        assert "contradictory-corrections" in {item.code for item in interview.findings}


@pytest.mark.parametrize("value_json", ["", "[", '{"start": 1}', "17", '"x"', "[[9, 3]]", "null"])
@pytest.mark.parametrize("field", ["paragraphs", "role", "add", "delete", "nonsense"])
def test_values_that_make_no_sense_are_lost_not_raised(field: str, value_json: str) -> None:
    """A record may come from elsewhere, with corrections that no sidecar could have held."""
    correction = _correction("We built it, my father and I.", "turns", role="answer")
    broken_one = correction.model_copy(update={"set": (Assignment(field=field, value_json=value_json),)})
    assert _statuses(_parsed(TEXT, broken_one))[0] in ("lost", "applied", "agreed")


def test_every_status_but_applied_is_a_finding() -> None:
    """CI shows the list."""
    interview = _parsed(TEXT)
    for status, code in (
        ("lost", "correction-lost"),
        ("ambiguous", "correction-ambiguous"),
        ("moved", "correction-moved"),
        ("agreed", "correction-agreed"),
        ("applied", None),
    ):
        correction = _correction("Q", "turns", role="answer").model_copy(update={"status": status})
        found = {item.code for item in check_interview(interview.replace(corrections=(correction,)))}
        assert (code in found) == (code is not None)
        assert code is not None or not {name for name in found if name.startswith("correction-")}


_VALUES = st.sampled_from(
    [
        ("turns", "role", '"answer"'),
        ("turns", "speaker", '"Ruth"'),
        ("turns", "speaker", "null"),
        ("turns", "delete", "true"),
        ("turns", "paragraphs", None),
        ("turns", "label", None),
        ("turns", "add", None),
        ("quotes", "kind", '"mention"'),
        ("quotes", "content", None),
        ("quotes", "add", None),
        ("quotes", "delete", "true"),
        ("blocks", "kind", '"caption"'),
        ("speakers", "name", '"Ruth"'),
        ("speakers", "add", '{"name":"Ruth","roles":["guest"]}'),
        ("speakers", "delete", "true"),
        ("metadata", "title", '"T"'),
    ]
)
_PIECES = st.sampled_from(
    [
        "Q: ",
        "A: ",
        "we built it ",
        "“the harbour” ",
        '"so," he said. ',
        "\n",
        "\n\n",
        "👋🏽",
        "é ",
        "  ",
        "Ruth: ",
        "(laughs) ",
    ]
)


@st.composite
def _texts_and_corrections(draw: st.DrawFn) -> tuple[str, tuple[Correction, ...]]:
    text = "".join(draw(st.lists(_PIECES, min_size=1, max_size=30)))
    corrections = []
    for _ in range(draw(st.integers(1, 3))):
        layer, field, value = draw(_VALUES)
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        inner = {"start": start, "end": draw(st.integers(start + 1, end))}
        if value is None:
            several = {"paragraphs": [inner], "content": [inner], "kind": "direct"}
            new = {name: several[name] for name in (("paragraphs",) if layer == "turns" else ("kind", "content"))}
            value = canonical({"label": inner, "add": new}.get(field, [inner]))
        place = describe(text, start, end)
        quote = TextQuoteSelector(exact=place.exact, prefix=place.prefix, suffix=place.suffix)
        target = Target(layer=layer, position=Span(start=start, end=end), quote=quote)
        assignment = Assignment(field=field, value_json=value)
        corrections.append(Correction(target=target, set=(assignment,), by="A", on=datetime.date(2026, 1, 1), why="W."))
    return text, tuple(corrections)


@given(_texts_and_corrections())
def test_any_corrections_of_any_text_leave_a_record_in_which_every_invariant_holds(
    case: tuple[str, tuple[Correction, ...]],
) -> None:
    """Whatever is set, added and deleted, wherever: invariants hold, and a second run changes nothing."""
    text, corrections = case
    before = process(Source("c/a", "c/a.txt", text.encode()))
    if list(broken(before)):
        return  # what other stages leave wrong is theirs to prove
    after = apply_corrections(before.replace(corrections=corrections), Facts())
    assert list(broken(after)) == []
    assert None not in _statuses(after)
    assert apply_corrections(after, Facts()) == after
