"""An interview as chat messages: who is the assistant, what is joined, what is left out.

The policy, in order: the assistant is the main interviewee; every other voice is the user's side; turns without words
are left out; the chat begins with the user and ends with the assistant, so what stands outside is left out; turns
of one side that follow one another are joined. The main interviewer's words stand alone, a third voice's have its
name before them. Whatever is joined or left out is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from onrecord.schema.interview import Interview, Speaker, Turn
from onrecord.tables.keys import main_speaker

UNKNOWN = "Unknown voice"


@dataclass(frozen=True, slots=True)
class Said:
    """One turn, on its side of the chat."""

    assistant: bool
    words: str


@dataclass(frozen=True, slots=True)
class Chat:
    """The messages as (role, content), and what became of the turns."""

    messages: tuple[tuple[str, str], ...]
    assistant: Speaker | None
    user: Speaker | None
    named: tuple[str, ...]
    merged: int
    dropped: int


def chat(interview: Interview) -> Chat | None:
    """Return `interview` as a chat, or None if no question is followed by an answer of the interviewee."""
    assistant = main_speaker(interview, "interviewee")
    user = main_speaker(interview, "interviewer")
    speakers = {speaker.id: speaker for speaker in interview.speakers}
    voices = _Voices(interview, assistant, user, speakers)
    said = [item for turn in interview.turns if (item := voices.said(turn)) is not None]
    kept = _from_user_to_assistant(said)
    if not kept:
        return None
    messages = tuple(
        ("assistant" if side else "user", "\n\n".join(item.words for item in run))
        for side, run in groupby(kept, key=lambda item: item.assistant)
    )
    return Chat(
        messages=messages,
        assistant=assistant,
        user=user,
        named=tuple(voices.named),
        merged=len(kept) - len(messages),
        dropped=len(interview.turns) - len(kept),
    )


class _Voices:
    """Which side a turn is on, and what stands before its words."""

    def __init__(
        self, interview: Interview, assistant: Speaker | None, user: Speaker | None, speakers: Mapping[str, Speaker]
    ) -> None:
        self.text, self.assistant, self.user, self.speakers = interview.text, assistant, user, speakers
        self.named: dict[str, None] = {}

    def said(self, turn: Turn) -> Said | None:
        words = "\n\n".join(span.of(self.text) for span in turn.paragraphs)
        if not words.strip():
            return None
        if self.is_assistant(turn):
            return Said(True, words)
        name = self.name(turn)
        if name is not None:
            self.named[name] = None
        return Said(False, words if name is None else f"{name}: {words}")

    def is_assistant(self, turn: Turn) -> bool:
        if self.assistant is not None:
            return turn.speaker == self.assistant.id
        # Nobody is known as the interviewee: an answer of no known speaker is the best there is.
        return turn.role == "answer" and turn.speaker is None

    def name(self, turn: Turn) -> str | None:
        """The name to put before the words: none for the interviewer, nor for a question of no known speaker."""
        speaker = self.speakers.get(turn.speaker or "")
        if speaker is not None:
            if self.user is not None and speaker.id == self.user.id:
                return None
            return speaker.name or next(iter(speaker.labels), None) or UNKNOWN
        if turn.role == "question":
            return None
        return turn.label.of(self.text) if turn.label is not None else UNKNOWN


def _from_user_to_assistant(said: list[Said]) -> list[Said]:
    users = [index for index, item in enumerate(said) if not item.assistant]
    answers = [index for index, item in enumerate(said) if item.assistant]
    return said[users[0] : answers[-1] + 1] if users and answers else []
