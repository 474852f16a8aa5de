"""The labels of one form, counted: how each reads, how often it comes, and whether speech follows it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from onrecord.schema.interview import TurnRole
from onrecord.stages.layout.labels import Label, paired, read_label, titles
from onrecord.stages.layout.model import Opening
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.speech import chats, conversational, is_speech

_LETTER_AND_NUMBER = re.compile(r"([^\W\d_]{1,2}) ?(\d{1,3})$")


@dataclass(slots=True)
class Voice:
    """What is known of one label of a form."""

    label: Label
    count: int = 0
    family: int = 0
    bodies: set[str] = field(default_factory=set)
    spoken: int = 0
    stamped: int = 0
    rows: list[int] = field(default_factory=list)
    talks: bool = False

    @property
    def timed(self) -> bool:
        """Whether a time or date stands beside every label of this voice."""
        return self.stamped == self.count


def voices_of(page: Page, openings: list[Opening], ignored: frozenset[str]) -> dict[str, Voice]:
    """Return the labels of `openings` by their keys, counted, without those people say are none."""
    voices: dict[str, Voice] = {}
    stamped = [opening for opening in openings if opening.stamped]
    dated = sum(opening.start_ms is None for opening in stamped) > 0.5 * len(stamped)
    chat = bool(stamped) and chats(page, stamped, 0.2 if dated else 0.4)
    text, rows = page.text, page.rows
    for opening in openings:
        place, key, start = opening.label, opening.key, opening.body
        if place is None or key in ignored:
            continue
        label = read_label(text[place[0] : place[1]])
        voice = voices.get(key)
        if voice is None:
            voice = voices[key] = Voice(label)
        body = text[start : min(rows[opening.row].last, start + 25)]
        if label.described and not voice.label.described:
            voice.label = label
        if body in voice.bodies and len(body) >= 25 and label.proper:
            continue  # a title and its repetition are one
        voice.bodies.add(body)
        voice.count += 1
        voice.rows.append(opening.row)
        voice.spoken += is_speech(page, opening, chat=chat)
        voice.stamped += opening.stamped
        voice.talks = voice.talks or conversational(page, [opening])
    families: Counter[tuple[str, str]] = Counter()
    alone = set()
    for key, voice in voices.items():
        families[surname(key, voice.label), voice.label.kind] += voice.count
        if len([token for token in voice.label.name.split() if token not in titles()]) == 1:
            alone.add(surname(key, voice.label))
    letters = paired(frozenset(voices)) or _numbered_pairs(voices)
    short = _short_forms(voices)
    for key, voice in voices.items():
        if key in letters:
            voice.label = Label("side", key, letters[key])
        name = surname(key, voice.label)
        # `CONAN` goes on for `NEAL CONAN, host`; `Said Stone` and `Added Stone` are no family.
        voice.family = families[name, voice.label.kind] if name in alone else voice.count
        if key in short:
            voice.family += voices[short[key]].count
            voices[short[key]].family += voice.count
    return voices


def _numbered_pairs(voices: dict[str, Voice]) -> dict[str, TurnRole]:
    """Return the roles of letters with numbers (`Q1`, `A1`, `Q2` …) where every number stands once on both sides.

    Codes of participants (`P1`, `R1`) come again; numbered questions do not.
    """
    coded = {key: match for key in voices if (match := _LETTER_AND_NUMBER.match(key))}
    if not coded:
        return {}
    roles = paired(frozenset(match.group(1) for match in coded.values()))
    numbers: dict[str, list[str]] = {"question": [], "answer": []}
    found: dict[str, TurnRole] = {}
    for key, match in coded.items():
        role = roles.get(match.group(1))
        if role is not None:
            numbers[role] += [match.group(2)] * voices[key].count
            found[key] = role
    asked = numbers["question"]
    alike = len(set(asked)) >= 2 and len(set(asked)) == len(asked) and sorted(asked) == sorted(numbers["answer"])
    return found if alike else {}


def _short_forms(voices: dict[str, Voice]) -> dict[str, str]:
    """Return for labels in full the initials that go on for them (`Adam Voss (AV)`, then `AV`)."""
    short = {}
    for key, voice in voices.items():
        tokens = [token for token in voice.label.name.split() if token not in titles()]
        if voice.label.kind == "name" and len(tokens) > 1:
            initials = "".join(token[0] for token in tokens)
            for form in (initials, " ".join(initials)):
                if form in voices and voices[form].label.kind == "initials":
                    short[key] = form
    return short


def surname(key: str, label: Label) -> str:
    """Return the part of a label that is printed every time: the last word of the name, without titles and roles."""
    if label.kind not in ("caps", "name", "script") or not label.name:
        return key
    tokens = [token for token in label.name.split() if token not in titles()]
    return tokens[-1] if tokens and len(tokens[-1]) > 2 else key


def initials_of(key: str) -> str:
    """Return the first letters of the words of a label."""
    return "".join(token[0] for token in key.split())
