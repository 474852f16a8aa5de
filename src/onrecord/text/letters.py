"""Letters: classes of them for patterns, and a look at a text that is nearly all ASCII."""

from __future__ import annotations

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢİĶŁŃŇŐŒŘŚŞŠŤŪŮŰŹŻŽƏА-ЯЁІЇЄҐ"
"""Capital letters of the alphabets texts are written in here, for use within brackets of a pattern."""


def without_printed_marks(text: str) -> str:
    """Return `text` with blanks for the marks that books print for those of ASCII, as English books do."""
    if not text.isascii():
        for mark in "“”‘’–—…\u00a0":
            text = text.replace(mark, " ")
    return text
