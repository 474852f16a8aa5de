"""Interviews as people print them are read as they were printed: the same turns, the same speakers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from onrecord import testing
from onrecord.collection.facts import Source
from onrecord.pipeline import process
from onrecord.schema.interview import Interview
from onrecord.testing import CONVENTIONS, Script
from tests.properties.running import broken

SPEAKING = {"interviewer", "interviewee", "host", "moderator", "guest", "panelist", "reporter"}
FEWER = settings(max_examples=max(1, settings().max_examples // 2))  # there are ten conventions, each is searched


def parsed(script: Script) -> Interview:
    """The complete record of a printed interview."""
    return process(Source("properties/script", "script.txt", script.data))


def folded(name: str | None) -> str | None:
    """A name without regard to capitals."""
    return None if name is None else name.upper().casefold()


def printed(interview: Interview) -> list[tuple[str | None, tuple[str, ...]]]:
    """Label and paragraphs of every turn."""
    text = interview.text
    return [
        (turn.label.of(text) if turn.label is not None else None, tuple(span.of(text) for span in turn.paragraphs))
        for turn in interview.turns
    ]


@pytest.mark.parametrize("convention", [name for name, made in CONVENTIONS.items() if made.names_people])
def test_turns_and_speakers_come_back(convention: str) -> None:
    """Every turn comes back with label, paragraphs and its speaker, under the full name where labels shorten it later.

    Nobody is lost, nobody is added, whatever the script, the line ends and the encoding.
    """

    @FEWER
    @given(testing.scripts([convention]))
    def holds(script: Script) -> None:
        interview = parsed(script)
        assert printed(interview) == [(said.label, said.paragraphs) for said in script.turns]
        assert list(broken(interview)) == []
        names = {speaker.id: folded(speaker.name) for speaker in interview.speakers}
        told = [names.get(turn.speaker or "") for turn in interview.turns]
        assert told == [folded(said.speaker) for said in script.turns]
        assert len({turn.speaker for turn in interview.turns}) == len(script.speakers)

    holds()


@pytest.mark.parametrize("convention", [name for name, made in CONVENTIONS.items() if not made.names_people])
def test_turns_and_roles_come_back(convention: str) -> None:
    """Where labels are roles, every turn has its role, one voice asks, one answers, and nobody is given a name."""

    @FEWER
    @given(testing.scripts([convention]))
    def holds(script: Script) -> None:
        interview = parsed(script)
        assert printed(interview) == [(said.label, said.paragraphs) for said in script.turns]
        assert list(broken(interview)) == []
        assert [turn.role for turn in interview.turns] == [said.role for said in script.turns]
        assert len({(turn.role, turn.speaker) for turn in interview.turns}) == 2
        assert not [speaker.name for speaker in interview.speakers if set(speaker.roles) & SPEAKING and speaker.name]

    holds()
