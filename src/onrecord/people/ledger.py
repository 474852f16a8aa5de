"""What the decisions amount to: who is one person, and where decisions contradict each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.people.model import Decision, Person


@dataclass(frozen=True, slots=True)
class Conflict:
    """Decisions that cannot all be true.

    `kind`: `different-but-same` (A ≠ B, and a chain of `same` joins them) or `two-people` (two keys of
    people.yaml are joined). `chain` is the shortest chain of `same` decisions from `a` to `b`.
    """

    kind: str
    a: str
    b: str
    chain: tuple[Decision, ...]
    against: Decision | None = None

    @property
    def message(self) -> str:
        """The contradiction in a sentence."""
        steps = ", ".join(f"{d.a} = {d.b} ({d.by}, {d.on})" for d in self.chain)
        if self.against is not None:
            return f"{self.a} ≠ {self.b} ({self.against.by}, {self.against.on}), but {steps}."
        return f"{self.a} and {self.b} are two people of people.yaml, but {steps}."


class Ledger:
    """Decisions in the order in which they were made: of each pair the last one stands, unless it was undone.

    A group that a conflict runs through is not used: nobody in it is linked until a human has decided.
    """

    def __init__(self, decisions: Iterable[Decision], people: Mapping[str, Person] | None = None) -> None:
        self.decisions = tuple(decisions)
        self.people = dict(people or {})
        self.idle: dict[int, str] = {}
        """Decisions that change nothing, by their place in `decisions`, with the reason in words."""
        self._standing: dict[tuple[str, str], Decision] = {}
        for index, decision in enumerate(self.decisions):
            self._take(index, decision)
        self._edges: dict[str, list[Decision]] = {}
        for decision in self._standing.values():
            if decision.verdict == "same":
                self._edges.setdefault(decision.a, []).append(decision)
                self._edges.setdefault(decision.b, []).append(decision)
        self.rings: list[Decision] = []
        """Standing `same` decisions that close a ring: what they say follows from the others."""
        self._group = self._groups()
        self.conflicts = tuple(self._find_conflicts())
        self._broken = {self._group[side] for c in self.conflicts for side in (c.a, c.b) if side in self._group}
        self._settled = {
            self._ordered(self.group(decision.a), self.group(decision.b))
            for decision in self._standing.values()
            if decision.verdict == "different"
        }

    def standing(self, a: str, b: str) -> Decision | None:
        """Return the decision about exactly these two that counts; null if there is none or it was undone."""
        return self._standing.get(self._ordered(a, b))

    def group(self, reference: str) -> str:
        """Return what all references have in common that the decisions join: the first of their keys, or of them."""
        group = self._group.get(reference, reference)
        return next(iter(self._keys_by_group.get(group, ())), group)

    def together(self, a: str, b: str) -> bool:
        """Whether the decisions make the two one person, without contradiction."""
        group = self._group.get(a)
        return a == b or (group is not None and group == self._group.get(b) and group not in self._broken)

    def settled(self, a: str, b: str) -> bool:
        """Whether there is nothing left to ask: somebody was unsure, or decisions join the two or keep them apart."""
        one, other = self.group(a), self.group(b)
        return one == other or self._ordered(one, other) in self._settled or self.standing(a, b) is not None

    def person_of(self, reference: str) -> str | None:
        """Return the key in people.yaml that `reference` is linked to; null if none, or if decisions conflict."""
        if reference in self.people:
            return reference
        group = self._group.get(reference)
        if group is None or group in self._broken:
            return None
        return next((key for key in self._keys_by_group.get(group, ())), None)

    def broken(self, reference: str) -> bool:
        """Whether a conflict runs through the group of `reference`, so that nobody in it is linked."""
        return self._group.get(reference) in self._broken

    def members(self, reference: str) -> tuple[str, ...]:
        """Return all references that standing decisions join with `reference`, itself included, in their order."""
        group = self._group.get(reference)
        if group is None:
            return (reference,)
        return tuple(sorted(item for item, root in self._group.items() if root == group))

    def why(self, a: str, b: str) -> tuple[Decision, ...]:
        """Return the chain of `same` decisions that joins two references, shortest first; empty if there is none."""
        return self._chain(a, b)

    def history(self, a: str, b: str | None = None) -> tuple[Decision, ...]:
        """Return everything that was ever said of exactly these two, or of one, undone lines included."""
        wanted = {a} if b is None else {a, b}
        return tuple(decision for decision in self.decisions if wanted <= {decision.a, decision.b})

    def _take(self, index: int, decision: Decision) -> None:
        before = self._standing.get(decision.pair)
        if decision.verdict == "undo":
            if before is None:
                self.idle[index] = f"Nothing stands about {decision.a} and {decision.b} that could be undone"
            self._standing.pop(decision.pair, None)
            return
        if before is not None and before.verdict == decision.verdict:
            self.idle[index] = f"{before.by} said the same of {before.a} and {before.b} on {before.on}"
        self._standing[decision.pair] = decision

    @staticmethod
    def _ordered(a: str, b: str) -> tuple[str, str]:
        return (a, b) if a < b else (b, a)

    def _groups(self) -> dict[str, str]:
        parent: dict[str, str] = {}

        def root(item: str) -> str:
            parent.setdefault(item, item)
            while parent[item] != item:
                parent[item] = parent[parent[item]]
                item = parent[item]
            return item

        for decision in self._standing.values():
            if decision.verdict == "same":
                a, b = sorted((root(decision.a), root(decision.b)))
                if a == b:
                    self.rings.append(decision)
                parent[b] = a
        groups = {item: root(item) for item in list(parent)}
        self._keys_by_group: dict[str, list[str]] = {}
        for key in sorted(self.people):
            if key in groups:
                self._keys_by_group.setdefault(groups[key], []).append(key)
        return groups

    def _find_conflicts(self) -> Iterable[Conflict]:
        for decision in self._standing.values():
            if decision.verdict != "different":
                continue
            group = self._group.get(decision.a)
            if group is not None and group == self._group.get(decision.b):
                chain = self._chain(decision.a, decision.b)
                yield Conflict("different-but-same", decision.a, decision.b, chain, decision)
        for keys in self._keys_by_group.values():
            for other in keys[1:]:
                yield Conflict("two-people", keys[0], other, self._chain(keys[0], other))

    def _chain(self, a: str, b: str) -> tuple[Decision, ...]:
        came: dict[str, tuple[str, Decision] | None] = {a: None}
        queue = deque([a])
        while queue:
            at = queue.popleft()
            if at == b:
                break
            for decision in self._edges.get(at, ()):
                other = decision.b if decision.a == at else decision.a
                if other not in came:
                    came[other] = (at, decision)
                    queue.append(other)
        chain: list[Decision] = []
        step = came.get(b)
        while step is not None:
            chain.append(step[1])
            step = came[step[0]]
        return tuple(reversed(chain))
