"""The layout of a text: which conventions mark its turns, and what else stands on the page.

`analyse` finds the competing conventions, lets the best supported win, and yields blocks and turns;
`explain` says in words which were tried and why the winner won. Pure and linear in the text.
"""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages.layout import conventions
from onrecord.stages.layout.choose import lay_out
from onrecord.stages.layout.convention import Convention
from onrecord.stages.layout.model import LaidBlock, LaidTurn, Layout, Tried
from onrecord.text.lines import LineIndex

__all__ = ["Convention", "LaidBlock", "LaidTurn", "Layout", "Tried", "analyse", "conventions", "explain"]

_last: tuple[object, Layout] | None = None


def analyse(interview: Interview, facts: Facts) -> Layout:
    """Return the layout of `interview`: a pure function of its text, its marks and the facts.

    The blocks and the turns stage need the same analysis, so the last result is remembered.
    """
    global _last  # one slot, replaced as a whole: a thread sees an old or a new pair, never half of one
    key = (
        interview.text,
        interview.marks,
        interview.language,
        facts.labels,
        facts.participants,
        facts.convention,
        conventions.REGISTRY,
    )
    if _last is not None and _last[0] == key:
        return _last[1]
    layout = lay_out(interview, facts)
    _last = (key, layout)
    return layout


def explain(interview: Interview, facts: Facts) -> list[str]:
    """Say which conventions were tried on `interview`, with what support, why the winner won, where, and how sure."""
    layout = analyse(interview, facts)
    lines = []
    if facts.convention is not None:
        lines.append(f"The card or sidecar states {facts.convention}: it wins wherever the text has it.")
    if not layout.tried and not layout.turns:
        return [*lines, "No line looks like the beginning of a turn."]
    for tried in sorted(layout.tried, key=lambda item: (not item.won, -item.score, item.convention)):
        verdict = "won" if tried.won else "lost"
        summary = conventions.REGISTRY.by_name[tried.convention].summary
        lines.append(
            f"{tried.convention} ({verdict}, score {tried.score:g}): {summary} {tried.found} places look like it, "
            f"{tried.supported} of them count, {tried.voices} voices: {tried.reason}."
        )
    return [*lines, *_where(interview.text, layout.turns)]


def _where(text: str, turns: tuple[LaidTurn, ...]) -> list[str]:
    """Say for each convention that was used in which lines its turns stand, and how sure they are."""
    lines = LineIndex(text)
    found = []
    for name in dict.fromkeys(turn.convention for turn in turns):
        held = [turn for turn in turns if turn.convention == name]
        first, last = lines.position(held[0].start)[0], lines.position(max(held[-1].start, held[-1].stop - 1))[0]
        found.append(
            f"{name} marks {len(held)} of {len(turns)} turns, in lines {first} to {last}, "
            f"with a confidence of {min(turn.confidence for turn in held):g}."
        )
    return found
