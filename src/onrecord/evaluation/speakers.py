"""How well the stage tells speakers apart: pairs of labels, names and roles against gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import combinations

from onrecord.evaluation.gold_speakers import ALONE, Case
from onrecord.schema.interview import Interview, Speaker
from onrecord.stages.speakers import run

Key = str | int | None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over cases; shares are of these, null where there is nothing to count."""

    cases: int = 0
    labels: int = 0
    together: int = 0
    found: int = 0
    right: int = 0
    names: int = 0
    names_right: int = 0
    roles: int = 0
    roles_right: int = 0
    joint: int = 0
    joint_right: int = 0
    faults: tuple[str, ...] = field(default=())

    @property
    def precision(self) -> float | None:
        """Share of pairs of labels put together that belong together."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of pairs of labels that belong together that were put together."""
        return self.right / self.together if self.together else None

    def __add__(self, other: Score) -> Score:
        counts = {name: getattr(self, name) + getattr(other, name) for name in self.__slots__}
        return Score(**counts)


def pairs(truth: Iterable[Key], found: Iterable[Key]) -> tuple[int, int, int]:
    """Return `(belong together, put together, both)` over all pairs; null belongs to nobody."""
    entries = list(zip(truth, found, strict=True))
    together = put = both = 0
    for (a, x), (b, y) in combinations(entries, 2):
        same, joined = a == b and a is not None, x == y and x is not None
        together += same
        put += joined
        both += same and joined
    return together, put, both


def score(case: Case) -> Score:
    """Run the stage on a case and count what it got right."""
    result = run(case.interview(), case.facts)
    speakers = {speaker.id: speaker for speaker in result.speakers}
    truth, found, labels = _units(case, result)
    together, put, both = pairs(truth, found)
    faults = [f"{case.name}: {labels[i]} / {labels[j]}" for i, j in _wrong(truth, found)]
    names, names_right, roles, roles_right = _names(case, result, speakers, faults)
    joint = [index for index, entry in enumerate(case.prints) if len(entry.who) > 1]
    fine = sum(_joint_right(case, result, index) for index in joint)
    return Score(
        1, len({entry.label for entry in case.prints}), together, put, both, names, names_right, roles, roles_right,
        len(joint), fine, tuple(faults),
    )  # fmt: skip


def _units(case: Case, result: Interview) -> tuple[list[Key], list[Key], list[str]]:
    """One unit per distinct label of a voice, so that long interviews do not drown the others."""
    truth: list[Key] = []
    found: list[Key] = []
    labels: list[str] = []
    seen: set[tuple[str, str | None]] = set()
    for index, (entry, turn) in enumerate(zip(case.prints, result.turns, strict=True)):
        if len(entry.who) != 1:
            continue
        [who] = entry.who
        if who != ALONE and (who, entry.label) in seen:
            continue
        seen.add((who, entry.label))
        truth.append(index if who == ALONE else who)
        found.append(turn.speaker)
        labels.append(entry.label or entry.role or "")
    return truth, found, labels


def _wrong(truth: list[Key], found: list[Key]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(truth)), 2) if (truth[i] == truth[j]) != (found[i] == found[j])]


def _names(case: Case, result: Interview, speakers: dict[str, Speaker], faults: list[str]) -> tuple[int, int, int, int]:
    names = names_right = roles = roles_right = 0
    for expected in case.expected:
        at = next((i for i, entry in enumerate(case.prints) if entry.who == (expected.who,)), None)
        speaker = speakers.get(result.turns[at].speaker or "") if at is not None else None
        names += 1
        called = speaker.name if speaker is not None else None
        if called == expected.name and speaker is not None:
            names_right += 1
        else:
            faults.append(f"{case.name}: called {called!r}, not {expected.name!r}")
        if expected.role is not None:
            roles += 1
            if speaker is not None and expected.role in speaker.roles:
                roles_right += 1
            else:
                faults.append(f"{case.name}: {expected.who} is not {expected.role}")
    return names, names_right, roles, roles_right


def _joint_right(case: Case, result: Interview, index: int) -> bool:
    turn = result.turns[index]
    spoken = {turn.speaker, *turn.also}
    wanted = set()
    for who in case.prints[index].who:
        alone = next((i for i, entry in enumerate(case.prints) if entry.who == (who,)), None)
        wanted.add(result.turns[alone].speaker if alone is not None else None)
    return spoken == wanted


def total(cases: Iterable[Case], scorer: Callable[[Case], Score] = score) -> Score:
    """Return the sum of the scores of all cases."""
    result = Score()
    for case in cases:
        result = result + scorer(case)
    return result
