"""From voices to the record: the best form of each name, ids, roles in their order, and who speaks each turn."""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

from onrecord.names import PersonName
from onrecord.names.case import in_title_case
from onrecord.schema.interview import Evidence, Span, SpeakerRole, Turn
from onrecord.stages.speakers.cast import Cast, Voice
from onrecord.stages.speakers.scene import Scene

_ROLES: tuple[str, ...] = get_args(SpeakerRole)


def speakers_of(scene: Scene, cast: Cast) -> tuple[tuple[dict[str, Any], ...], dict[int, str]]:
    """Return the fields of the speakers in the order of the text, and the id of each voice that became one.

    All speakers are validated at once with the record, which is faster than singly.
    """
    placed = [(place, voice) for voice in cast.all() if (place := _place(voice)) is not None]
    placed.sort(key=lambda entry: (entry[0], entry[1].number))
    taken: dict[int, int] = {}
    ids: dict[int, str] = {}
    made: list[dict[str, Any]] = []
    for place, voice in placed:
        count = taken[place] = taken.get(place, 0) + 1
        suffix = "" if count == 1 else f".{count}"
        ids[voice.number] = f"{scene.interview.id}#speaker@{place}{suffix}"
        made.append(_speaker(scene, voice, ids[voice.number]))
    return tuple(made), ids


def turns_of(scene: Scene, cast: Cast, who: list[list[Voice]], ids: dict[int, str]) -> tuple[Turn, ...]:
    """Return the turns with `speaker` and `also` set; nothing else of them changes."""
    made: list[Turn] = []
    said: dict[tuple[int, ...], tuple[str | None, tuple[str, ...]]] = {}
    for turn, voices in zip(scene.turns, who, strict=True):
        key = tuple([voice.number for voice in voices])
        spoken = said.get(key)
        if spoken is None:
            found = list(dict.fromkeys(ids[cast.root(voice).number] for voice in voices))
            spoken = said[key] = (found[0], tuple(found[1:])) if found else (None, ())
        speaker, also = spoken
        if turn.speaker == speaker and turn.also == also:
            made.append(turn)
        else:
            made.append(turn.model_copy(update={"speaker": speaker, "also": also}))
    return tuple(made)


def _place(voice: Voice) -> int | None:
    """Where the voice is first named or first speaks; null if the text has no trace of it."""
    places = [*voice.places, *(span.start for span in voice.mentions)]
    return min(places) if places else None


def _speaker(scene: Scene, voice: Voice, id_: str) -> dict[str, Any]:
    name, why = _name(scene, voice)
    mentions = {(span.start, span.end): span for span in voice.mentions}
    roles = set(voice.roles)
    if not voice.speaks and not roles & {"interviewer", "interviewee"}:
        roles.add("mentioned")
    return {
        "id": id_,
        "name": name,
        "kind": voice.kind,
        "roles": tuple(filter(roles.__contains__, _ROLES)),
        "labels": tuple(voice.labels),
        "aliases": _aliases(voice, name),
        "descriptors": tuple(voice.descriptors),
        "affiliations": tuple(voice.affiliations),
        "person": voice.person,
        "mentions": tuple([mentions[place] for place in sorted(mentions) if place[0] < place[1]]),
        "evidence": (*voice.evidence, *why),
    }


def _aliases(voice: Voice, name: str | None) -> tuple[str, ...]:
    forms = sorted(voice.forms.items(), key=lambda entry: (entry[1], entry[0]))
    return tuple(dict.fromkeys(form for form, _ in forms if form != name and form not in voice.labels))


def _name(scene: Scene, voice: Voice) -> tuple[str | None, tuple[Evidence, ...]]:
    if voice.stated_name is not None:
        return voice.stated_name, ()
    if voice.own_name is not None:
        return voice.own_name, ()
    if not voice.names:
        return None, ()
    most = max(voice.counts.values(), default=1)
    ranked = sorted(
        [(_rank(scene, form, voice, attested=voice.counts.get(form, 1) * 10 >= most), form) for form in voice.names]
    )
    form = ranked[0][1]
    name = voice.names[form]
    best = _shown(form, name)
    offset = voice.forms.get(form)
    spans = (Span(start=offset, end=offset + len(form)),) if offset is not None and _stands(scene, form, offset) else ()
    rivals = [entry[1] for entry in ranked[1:] if entry[0][0] == ranked[0][0][0]]
    note = None
    if rivals:
        note = f"“{form}” rather than “{rivals[0]}”: {_reason(ranked[0][0], ranked[1][0])}"
    shown = best if voice.kind == "unknown" and " " not in best else in_title_case(best, scene.language)
    if shown != best:
        note = f"{note}; capitals undone" if note else "capitals undone"
    return shown, (Evidence(rule="full-name", confidence=0.9, spans=spans, note=note),)


def _stands(scene: Scene, form: str, offset: int) -> bool:
    return scene.text[offset : offset + len(form)] == form


def _shown(form: str, name: PersonName) -> str:
    """Return the name without titles, in the order printed; a titled letter (`Mr. B.`) keeps its title."""
    if len(name.parts) == 1 and name.titles and len(name.parts[0].rstrip(".")) <= 1:
        return name.text
    return name.bare or form


_Rank = tuple[tuple[bool, bool, int, int], bool, int, int, str]


def _rank(scene: Scene, form: str, voice: Voice, *, attested: bool) -> _Rank:
    """Sort key of a form: fullest first, then mixed case, the language's own letters, the first printed.

    A form that is ten times rarer than another full one is no evidence of a longer name.
    """
    name, offset = voice.names[form], voice.forms.get(form)
    whole = sum([len(part.rstrip(".")) > 1 for part in name.parts])
    foreign = 0 if form.isascii() else sum(map(partial(_foreign, scene.words.alphabet), form))
    place = offset if offset is not None else len(scene.text)
    full = (name.is_partial, not attested, -whole, -len(name.parts) - bool(name.suffix))
    return full, form.isupper(), foreign, place, form


def _foreign(alphabet: str, char: str) -> bool:
    return char.isalpha() and not char.isascii() and char not in alphabet


def _reason(best: _Rank, other: _Rank) -> str:
    if best[1] != other[1]:
        return "it is not in capitals"
    if best[2] != other[2]:
        return "it is spelt with the letters of the interview's language"
    return "it is printed first"
