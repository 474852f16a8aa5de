"""Layouts as sources print them, each written with its turns before the parser saw it: `unseen/round-N.txt`.

A line `=== name.ending` opens a text. `⟪q … ⟫` is a turn, with the letter of its role (`.`: any), `⟨ … ⟩` its label,
`⌈ … ⌉` a note that may be text or not, and `⌊ … ⌋` what stands inside a turn and is no part of it; `⟪+ … ⟫` goes on for
the turn before. Only letters and digits of what is said are compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.evaluation.turns import plain
from onrecord.stages.layout.words import fold
from tests.stages.layouts import laid

_TURN = re.compile(r"⟪(.)(.*?)⟫", re.DOTALL)
_LABEL = re.compile(r"⟨(.*?)⟩", re.DOTALL)
_APART = re.compile(r"⌊.*?⌋", re.DOTALL)
_NOTE = re.compile(r"⌈.*?⌉", re.DOTALL)
_SIGNS = re.compile(r"⟪.|[⟫⟨⟩⌊⌋⌈⌉]")


@dataclass(frozen=True)
class Said:
    """One turn of a reader: role, folded label, and what is said, with its notes and without."""

    role: str
    label: str
    said: frozenset[str]


def _turn(role: str, inner: str) -> Said:
    label = _LABEL.search(inner)
    said = _APART.sub(" ", _LABEL.sub("", inner))
    both = frozenset((plain(_NOTE.sub(" ", said)), plain(re.sub("[⌈⌉]", " ", said))))
    return Said(role, fold(label[1]) if label else "", both)


def _turns(annotated: str) -> list[Said]:
    joined: list[list[str]] = []
    for match in _TURN.finditer(annotated):
        if match[1] == "+":
            joined[-1][1] += f"\n{match[2]}"
        else:
            joined.append([match[1], match[2]])
    return [_turn(role, inner) for role, inner in joined]


def _texts() -> list[tuple[str, str]]:
    found = []
    for path in sorted((Path(__file__).parent / "unseen").glob("*.txt")):
        for part in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, text = part.split("\n", 1)
            found.append((name, text))
    return found


TEXTS = _texts()


@pytest.mark.parametrize(("name", "annotated"), TEXTS, ids=[name for name, _ in TEXTS])
def test_a_layout_gives_the_turns_a_reader_sees(name: str, annotated: str) -> None:
    """Every turn has the words, the label and the role a reader sees, and nothing else is a turn."""
    interview = laid(_SIGNS.sub("", annotated), path=name)
    expected = _turns(annotated)
    found = []
    for turn in interview.turns:
        said = plain("\n".join(span.of(interview.text) for span in turn.paragraphs))
        label = turn.label.of(interview.text) if turn.label else turn.evidence.note
        if said:
            found.append((turn.role[0] if turn.role else "-", fold(label or ""), said))
    assert len(found) == len(expected)
    for (role, label, said), wanted in zip(found, expected, strict=True):
        assert wanted.role in (".", role)
        assert label == wanted.label
        assert said in wanted.said
