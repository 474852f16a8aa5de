"""The stage `speakers`: who speaks, who is named, and who says each turn.

It fills `speakers`, and of the turns only `speaker` and `also`. What people state wins; then come the labels,
then the running text. Nobody is invented: a voice without a name stays without one, and unknown voices are
never pooled. The rules are listed in `rules.py` and explained in docs/speakers.md.
"""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.names import same_name
from onrecord.schema.interview import Interview
from onrecord.stages._base import Stage
from onrecord.stages.speakers.build import speakers_of, turns_of
from onrecord.stages.speakers.cast import Cast, Voice
from onrecord.stages.speakers.claims import guests, own_names
from onrecord.stages.speakers.explain import explain_speaker
from onrecord.stages.speakers.labels import Labels
from onrecord.stages.speakers.people import People
from onrecord.stages.speakers.rules import RULES, describe
from onrecord.stages.speakers.scene import Found, Scene
from onrecord.stages.speakers.sides import Sides, note_questions
from onrecord.stages.speakers.typos import join_typos

__all__ = ["RULES", "STAGE", "describe", "explain_speaker", "run"]


def run(interview: Interview, facts: Facts) -> Interview:
    """Return the interview with its speakers told apart and each turn given its speaker."""
    scene = Scene(interview, facts)
    cast = Cast(interview.language)
    labels = Labels(scene, cast)
    people = People(scene, cast)
    labels.resolve_stated()
    labels.resolve_organizations()
    labels.resolve_full()
    people.add_full_names()
    labels.resolve_partial(people.introduced, people.initials)
    people.bear_names()
    labels.resolve_roles()
    by_turn = labels.resolve_anonymous()
    _introduce(scene, cast, labels, people, by_turn)
    sides = Sides(scene, cast, labels, people)
    sides.resolve()
    join_typos(scene, cast)
    who = _who(scene, labels, by_turn, sides)
    note_questions(scene, cast, [voices[0] if len(voices) == 1 else None for voices in who])
    people.describe()
    speakers, ids = speakers_of(scene, cast)
    return interview.replace(speakers=speakers, turns=turns_of(scene, cast, who, ids))


def _introduce(scene: Scene, cast: Cast, labels: Labels, people: People, by_turn: dict[int, Voice]) -> None:
    """Name voices that say their own name, and note the guests that are announced."""
    said: dict[int, dict[int, tuple[Voice, int]]] = {}
    for turn, _, index in own_names(scene, people):
        entry = scene.printed[turn]
        speaking = by_turn.get(turn) or (labels.who.get(entry[0]) if entry is not None else None)
        if speaking is None:
            continue
        speaking = cast.root(speaking)
        named = cast.root(people.bearers.get(index) or people.adopt(index))
        said.setdefault(speaking.number, {})[named.number] = (named, index)
    for number, names in said.items():
        if len(names) != 1:
            continue
        [(named, index)] = names.values()
        voice, named = cast.root(cast.voices[number]), cast.root(named)
        if voice is named:
            voice.because("self-introduction", 0.95, [scene.names[index].span])
        elif _can_be(voice, named):
            kept = cast.join(named, voice)
            kept.kind = "person"
            kept.because("self-introduction", 0.85, [scene.names[index].span])
    for voice, found in guests(scene, people):
        kept = _announced(cast, cast.root(voice), found)
        if kept.speaks and kept.kind == "person":
            kept.roles.setdefault("guest", None)
            kept.because("guest", 0.85, [found.span])


def _announced(cast: Cast, guest: Voice, found: Found) -> Voice:
    """Give the one speaker known by a part of the name the full name of the guest that is announced."""
    if guest.speaks or guest.kind != "person":
        return guest
    able: dict[int, Voice] = {}
    for name in list(guest.names.values()):
        for voice, match in cast.candidates(name):
            partial = voice.speaks and voice.names and all(known.is_partial for known in voice.names.values())
            if partial and match.rule in ("surname", "given-name") and voice.stated_name is None:
                able[voice.number] = voice
    if len(able) != 1:
        return guest
    [speaker] = able.values()
    kept = cast.join(speaker, guest)
    kept.because("guest", 0.85, [found.span])
    return kept


def _can_be(voice: Voice, named: Voice) -> bool:
    """Whether a speaker can bear the name they give: nameless so far, or called by a part of it."""
    if named.speaks or named.kind not in ("person", "unknown") or voice.stated_name or voice.own_name:
        return False
    return all(
        any(same_name(short, full).verdict == "compatible" for full in named.names.values())
        for short in voice.names.values()
    ) and not any(
        same_name(short, full).rule == "typo" for short in voice.names.values() for full in named.names.values()
    )


def _who(scene: Scene, labels: Labels, by_turn: dict[int, Voice], sides: Sides) -> list[list[Voice]]:
    """The voices of each turn, the main one first; none for a voice nobody knows."""
    found: list[list[Voice]] = []
    for index, turn in enumerate(scene.turns):
        entry = scene.printed[index]
        voices: list[Voice] = []
        if index in by_turn:
            voices = [by_turn[index]]
        elif entry is not None:
            voices = labels.voices_of(entry[0])
        elif index in sides.inferred:
            voices = [sides.inferred[index]]
        elif turn.evidence.attribution == "carried" and found:
            voices = found[-1]
        found.append(voices)
    return found


STAGE = Stage(name="speakers", version="2", fills=("speakers", "turns"), run=run)
