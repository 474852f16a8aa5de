"""Findings of very many interviews in little memory: each is a row of plain values, made a `Finding` when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, overload

from onrecord.schema.interview import Finding, Level

_RANK: Mapping[Level, int] = {"error": 0, "warning": 1, "note": 2}
_FIELDS = tuple(Finding.model_fields)
_CODE, _LEVEL, _PATH, _LINE, _COLUMN, _WHERE = map(_FIELDS.index, ("code", "level", "path", "line", "column", "where"))
_UNLIKE = frozenset({_FIELDS.index("excerpt"), _LINE, _COLUMN, _FIELDS.index("waiver")})
"""Fields whose values are of one finding, or no strings."""

_MOST_SHARED = 4_096
"""Strings that are kept for those findings to come that say the same: codes, hints, sentences without a number."""

Row = tuple[Any, ...]


class Findings(Sequence[Finding]):
    """A list of findings that takes about 200 bytes of each, and the model would take more than a thousand.

    Equal to any other sequence of the same findings. It grows by `extend`, and never shrinks.
    """

    __slots__ = ("_rows", "_shared")

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._rows: list[Row] = []
        self._shared: dict[str, str] = {}
        self.extend(findings)

    def extend(self, findings: Iterable[Finding], known: Mapping[str, str] = MappingProxyType({})) -> None:
        """Add findings at the end; of strings that are in `known`, as key and value, these are kept and no others."""
        if isinstance(findings, Findings):
            self._rows.extend(findings._rows)
        else:
            self._rows.extend(self._row(item, known) for item in findings)

    def in_order(self) -> Findings:
        """Return the findings by file and place."""
        found = Findings()
        found._rows = sorted(self._rows, key=_place)
        return found

    def _row(self, item: Finding, known: Mapping[str, str]) -> Row:
        values = item.__dict__
        return tuple(
            value if value is None or at in _UNLIKE else known.get(value) or self._once(value, at)
            for at, value in enumerate(map(values.__getitem__, _FIELDS))
        )

    def _once(self, value: str, at: int) -> str:
        if at == _WHERE or len(self._shared) >= _MOST_SHARED:
            return self._shared.get(value, value)
        return self._shared.setdefault(value, value)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Finding]:
        return map(_made, self._rows)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        if isinstance(index, int):
            return _made(self._rows[index])
        found = Findings()
        found._rows = self._rows[index]
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"Findings({list(self)!r})"


def _made(row: Row) -> Finding:
    return Finding.model_validate(dict(zip(_FIELDS, row, strict=True)))


def _place(row: Row) -> tuple[str, int, int, int, str]:
    return row[_PATH], row[_LINE] or 0, row[_COLUMN] or 0, _RANK[row[_LEVEL]], row[_CODE]
