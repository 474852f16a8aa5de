"""What was found in the last text: two stages read the same rows, and several rules the same row."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class OfLastText(Generic[K, V]):
    """A table of what was found in one text; it is empty again when it is asked for another text."""

    def __init__(self) -> None:
        self._held: tuple[str, dict[K, V]] = ("", {})  # replaced as a whole: a thread sees an old or a new pair

    def of(self, text: str) -> dict[K, V]:
        """Return the table of `text`, to be read and filled."""
        known, table = self._held
        if known is not text:
            table = table if known == text else {}
            self._held = (text, table)
        return table
