"""Labels one letter away from another: joined to it where the one is rare and the other frequent."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.names import same_name, squash
from onrecord.stages.speakers.cast import Cast, Voice
from onrecord.stages.speakers.scene import Scene

_RARE = 2
_FREQUENT = 5
_TIMES = 4
_SHORTEST = 5


def join_typos(scene: Scene, cast: Cast) -> None:
    """Join a rare voice to the one frequent voice whose name is one letter away, and say so.

    Not done if the running text uses the rare spelling too: then somebody is called so. The join is
    reported (`label-typo`), never silent.
    """
    voices = [voice for voice in cast.all() if voice.speaks and voice.names and voice.stated_name is None]
    rare = [voice for voice in voices if voice.turns <= _RARE]
    frequent = [voice for voice in voices if voice.turns >= _FREQUENT]
    if not rare or not frequent:
        return
    drawers: dict[str, dict[int, Voice]] = {}
    for voice in frequent:
        for word in _words(voice):
            for piece in _pieces(word):
                drawers.setdefault(piece, {})[voice.number] = voice
    used = {squash(word) for found in scene.names for word in found.text.split()}
    for voice in rare:
        if any(word in used for word in _words(voice)):
            continue
        near = {
            other.number: other
            for word in _words(voice)
            for piece in _pieces(word)
            for other in drawers.get(piece, {}).values()
            if other is not voice and other.turns >= _TIMES * voice.turns and _one_letter(voice, other)
        }
        if len(near) == 1:
            [kept] = near.values()
            note = f"“{next(iter(voice.labels), '')}” is read as “{next(iter(kept.labels), '')}”"
            spans = voice.label_spans[:1]
            voice.evidence.clear()
            kept.because("label-typo", 0.8, spans, note)
            cast.join(kept, voice)


def _words(voice: Voice) -> Iterator[str]:
    for name in voice.names.values():
        word = squash(" ".join(name.family) or " ".join(name.given))
        if _SHORTEST <= len(word) <= 24:
            yield word


def _pieces(word: str) -> Iterator[str]:
    """The word and the word without each of its letters: one edit apart means one piece in common."""
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _one_letter(a: Voice, b: Voice) -> bool:
    return any(same_name(x, y).rule == "typo" for x in a.names.values() for y in b.names.values()) and not any(
        same_name(x, y).rule in ("generation", "gender") for x in a.names.values() for y in b.names.values()
    )
