"""Printed labels: what they say, and what they do not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.evaluation.label_strings import made_labels, score_labels
from onrecord.names import parse_label


@pytest.mark.parametrize(
    ("text", "name", "role", "affiliation"),
    [
        ("NEAL BRANDT, host", "NEAL BRANDT", "host", None),
        ("Mr. OTTO KELM (Actor)", "OTTO KELM", "Actor", None),
        ("HOLLY MARCH, CNX ANCHOR", "HOLLY MARCH", "ANCHOR", "CNX"),
        ("Professor SUSAN DUDEK (Biology, Marl University)", "SUSAN DUDEK", "Biology", "Marl University"),
        ("Ann Lee, professor at Marl University", "Ann Lee", "professor", "Marl University"),
        ("ANN LEE, PRESIDENT OF THE UNITED ISLES", "ANN LEE", "PRESIDENT OF THE UNITED ISLES", None),
        ("ANN LEE, FORMER CIA DIRECTOR", "ANN LEE", "FORMER CIA DIRECTOR", None),
        ("SEN. RUTH CALDER (D-VT)", "RUTH CALDER", None, None),
        (
            "JAKE TARROW, CNX CHIEF WASHINGTON CORRESPONDENT (voice-over)",
            "JAKE TARROW",
            "CHIEF WASHINGTON CORRESPONDENT",
            "CNX",
        ),
        ("**Ann Lee:**", "Ann Lee", None, None),
        ("Ann Lee – 00:03:22:", "Ann Lee", None, None),
        ("Moderator (Ruth Polk)", "Ruth Polk", "Moderator", None),
        ("SMITH (ANNE)", "ANNE SMITH", None, None),
        ("ANN ROE, LOS MARLES TIMES REPORTER", "ANN ROE", "REPORTER", "LOS MARLES TIMES"),
        ("Ann Roe, reporter at LA Times", "Ann Roe", "reporter", "LA Times"),
        ("ANN ROE, THE HARBOUR POST REPORTER", "ANN ROE", "REPORTER", "HARBOUR POST"),
    ],
)
def test_a_label_is_parsed_into_name_role_and_affiliation(
    text: str, name: str, role: str | None, affiliation: str | None
) -> None:
    """The parts of a label are found wherever transcripts put them."""
    label = parse_label(text, "en")
    assert label.name is not None
    assert (label.name.bare, label.role, label.affiliation) == (name, role, affiliation)


@pytest.mark.parametrize(
    ("text", "language", "kind", "number", "side"),
    [
        ("Unidentified Woman #2", "en", "anonymous", "2", None),
        ("UNIDENTIFIED MALE", "en", "anonymous", None, None),
        ("SPEAKER_00", "en", "anonymous", "00", None),
        ("P1", "en", "anonymous", "1", None),
        ("Q", "en", "role", None, "question"),
        ("INT", "en", "role", None, "question"),
        ("Answer", "en", "role", None, "answer"),
        ("Q12.", "en", "role", None, "question"),
        ("Antwort", "de", "role", None, "answer"),
        ("Réponse", "fr", "role", None, "answer"),
        ("Pregunta", "es", "role", None, "question"),
        ("Вопрос", "ru", "role", None, "question"),
        ("Cevap", "tr", "role", None, "answer"),
        ("Sual", "az", "role", None, "question"),
        ("ALL", "en", "group", None, None),
        ("Various Audience Members", "en", "group", None, None),
        ("Miembro del público", "es", "anonymous", None, None),
        ("Unbekannte Frau", "de", "anonymous", None, None),
        ("Голос из зала", "ru", "anonymous", None, None),
        ("THE COURT", "en", "role", None, None),
        ("The Baker", "en", "role", None, None),
        ("The Harbour Post", "en", "organization", None, None),
        ("MSM", "en", "initials", None, None),
    ],
)
def test_labels_that_name_nobody_are_told_apart(
    text: str, language: str, kind: str, number: str | None, side: str | None
) -> None:
    """Unknown voices, sides, functions, groups and organizations are no people."""
    label = parse_label(text, language)
    assert (label.kind, label.number, label.side) == (kind, number, side)


def test_doubt_initials_party_and_notes_are_kept_apart_from_the_role() -> None:
    """What stands in brackets is read for what it is."""
    assert parse_label("O'SHANE (?)", "en").uncertain
    assert parse_label("Jonas van Eklund (JvE)", "en").initials == "JvE"
    assert parse_label("REP. HANK MOSS (R-TX)", "en").party == "R-TX"
    assert parse_label("KRAVETS (through translator)", "en").notes == ("through translator",)


def test_a_joint_label_has_members() -> None:
    """Two names with a joining word are two speakers; a firm's name is one."""
    assert [m.text for m in parse_label("Ann Torr and Ben Ulf", "en").members] == ["Ann Torr", "Ben Ulf"]
    assert [m.text for m in parse_label("TORR/ULF", "en").members] == ["TORR", "ULF"]
    assert parse_label("Torr & Ulf Foundation", "en").members == ()


@given(st.text(max_size=300), st.sampled_from(("en", "de", "ru", "az", None)))
def test_any_text_can_be_a_label(text: str, language: str | None) -> None:
    """No text makes the parser raise, and it is the same twice."""
    assert parse_label(text, language) == parse_label(text, language)


def test_a_very_long_label_is_taken_as_it_stands() -> None:
    """A label of 500 characters is kept, names nobody, and costs no time."""
    text = "Mira of the mill " * 30
    label = parse_label(text, "en")
    assert (label.kind, label.name) == ("unknown", None)
    start = time.perf_counter()
    parse_label("(" * 200_000 + "a" * 200_000, "en")
    assert time.perf_counter() - start < 0.5


def test_label_strings_of_broadcasters_are_parsed() -> None:
    """At least 98 % of made label strings have every field right."""
    score = score_labels(1400, seed=7)
    assert score.whole >= 0.98, score.faults[:10]


def test_made_label_strings_are_the_same_every_time() -> None:
    """The generator depends on its seed alone."""
    assert list(made_labels(50, 3)) == list(made_labels(50, 3))
    assert list(made_labels(50, 3)) != list(made_labels(50, 4))
