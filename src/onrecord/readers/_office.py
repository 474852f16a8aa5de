"""What the packages of word processors have in common: the properties of the document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.readers._html_tokens import Start, Token, Words


def properties(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Return title and language as the metadata part of the package states them (Dublin Core in Word and ODF)."""
    pairs = []
    for tag, words in pairwise(tokens):
        if isinstance(tag, Start) and isinstance(words, Words) and tag.name in ("title", "language"):
            pairs.append((tag.name, words.text))
    return pairs
