"""ELAN's annotation files (.eaf): one tier a voice, annotations between time slots, put in order by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.readers._html_tokens import End, Start, Token, Words
from onrecord.readers._utterances import Utterance


@dataclass(slots=True)
class _Annotation:
    """An annotation being read; slots may have no time, then it stands where the file has it."""

    voice: str
    start: int | None
    end: int | None
    order: int
    text: str = ""


def utterances(tokens: Sequence[Token]) -> list[Utterance]:
    """Return what the independent tiers say, by time; tiers that explain others (`PARENT_REF`) are left out."""
    slots: dict[str, int] = {}
    found: list[_Annotation] = []
    voice: str | None = None
    current: _Annotation | None = None
    in_value = False
    for token in tokens:
        if isinstance(token, Words):
            if in_value and current is not None:
                current.text += token.text
        elif isinstance(token, End):
            in_value = in_value and token.name != "annotation_value"
        elif token.name == "time_slot":
            if (value := token.attributes.get("time_value", "")).isdigit():
                slots[token.attributes.get("time_slot_id", "")] = int(value)
        elif token.name == "tier":
            voice, current = _voice(token), None
        elif token.name == "alignable_annotation" and voice is not None:
            times = [slots.get(token.attributes.get(f"time_slot_ref{side}", "")) for side in (1, 2)]
            current = _Annotation(voice, times[0], times[1], len(found))
            found.append(current)
        elif token.name == "annotation_value":
            in_value = True
    return _ordered(found)


def _voice(tier: Start) -> str | None:
    if tier.attributes.get("parent_ref"):
        return None
    return tier.attributes.get("participant") or tier.attributes.get("tier_id") or None


def _ordered(found: Sequence[_Annotation]) -> list[Utterance]:
    """By start; what has no time comes after what the file has before it."""
    last = 0
    keys: list[tuple[int, int]] = []
    for annotation in found:
        last = annotation.start if annotation.start is not None else last
        keys.append((last, annotation.order))
    said = [annotation for _, annotation in sorted(zip(keys, found, strict=True), key=lambda pair: pair[0])]
    return [Utterance(a.text.strip(), a.voice, None, a.start, a.end) for a in said if a.text.strip()]
