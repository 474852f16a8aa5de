"""In words: what a finding means, how a layout was read, why a speaker, why a quotation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path

from onrecord.codes import CODES
from onrecord.collection.facts import Facts
from onrecord.errors import ConfigError
from onrecord.findings import explain_code
from onrecord.looking import interview_of
from onrecord.schema.interview import Interview, Turn
from onrecord.sources import loose_source
from onrecord.stages.attribution import explain_quote
from onrecord.stages.layout import explain as explain_layout
from onrecord.stages.metadata import explain_metadata
from onrecord.stages.speakers import explain_speaker


def explain(what: str, dataset: Path) -> list[str]:
    """Explain a finding's code, a file or interview as a whole, or one item by its id, in lines of plain words.

    Raises `ConfigError` if `what` names nothing, with the nearest names.
    """
    if what in CODES:
        return explain_code(what).splitlines()
    if "#" in what:
        return _item(interview_of(what, dataset), what)
    if "/" not in what and not Path(what).exists() and (near := get_close_matches(what, CODES, 3)):
        raise ConfigError(f"there is no code {what!r}; did you mean {' or '.join(near)}?")
    interview = interview_of(what, dataset)
    facts = loose_source(Path(what)).facts if Path(what).is_file() else Facts()
    return [*explain_layout(interview, facts), *explain_metadata(interview)]


def _item(interview: Interview, item: str) -> list[str]:
    layers: Mapping[str, tuple[list[str], Callable[[Interview, str], list[str]]]] = {
        "quote": ([quote.id for quote in interview.quotes], explain_quote),
        "speaker": ([speaker.id for speaker in interview.speakers], _speaker),
        "turn": ([turn.id for turn in interview.turns], _turn),
    }
    kind = item.rsplit("#", 1)[-1].split("@", 1)[0]
    ids, explain_item = layers.get(kind, ([], _turn))
    if item in ids:
        return explain_item(interview, item)
    near = sorted(ids, key=lambda known: abs(_offset(known) - _offset(item)))[:3]
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise ConfigError(f"{interview.id} has no item {item!r}{meant}")


def _offset(item: str) -> int:
    """Where an item stands, from its id: near ids are those of near places, not those with similar digits."""
    digits = item.rsplit("@", 1)[-1].split(".", 1)[0]
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _speaker(interview: Interview, item: str) -> list[str]:
    return explain_speaker(interview, item).splitlines()


def _turn(interview: Interview, item: str) -> list[str]:
    turn = next(turn for turn in interview.turns if turn.id == item)
    evidence = turn.evidence
    lines = [
        f"{item}: a turn by the convention {evidence.convention}, rule {evidence.rule}, "
        f"confidence {evidence.confidence:.2f}.",
        _speaker_of(interview, turn),
    ]
    return [*lines, evidence.note] if evidence.note else lines


def _speaker_of(interview: Interview, turn: Turn) -> str:
    how = {
        "printed": "a label is printed",
        "carried": "no label is printed: the voice before goes on",
        "inferred": "no label is printed: the form of the text tells",
        "unknown": "nothing tells whose voice it is",
    }[turn.evidence.attribution]
    label = f" ({turn.label.of(interview.text)!r})" if turn.label else ""
    names = {speaker.id: speaker.name or "an unnamed voice" for speaker in interview.speakers}
    return f"Its speaker is {names.get(turn.speaker or '', 'unknown')}: {how}{label}."
