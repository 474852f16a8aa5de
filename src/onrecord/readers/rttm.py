"""RTTM (.rttm, output of diarisation): who speaks when, without a word of what is said; refused, with what it holds."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.readers._base import Problem, Reader, Reading
from onrecord.readers._declared import decode_declared

_VOICE = 7


def read(data: bytes, facts: Facts) -> Reading:
    """Say that there is no text, and how many voices and stretches the file names; never raises for broken data."""
    decoded = decode_declared(data, facts.encoding, None)
    if not decoded.text.strip():
        return Reading("", decoded.encoding, decoded.newline, (), decoded.problems)
    rows = [line.split() for line in decoded.text.split("\n")]
    said = [row for row in rows if len(row) > _VOICE and row[0] == "SPEAKER"]
    if not said:
        problem = Problem("unreadable-format", "The file is not of RTTM: no line of it begins with SPEAKER.")
        return Reading("", None, "none", (), (problem,))
    voices = len({row[_VOICE] for row in said})
    message = f"The file says when {voices} voices speak ({len(said):,} stretches), but holds no words."
    hint = "Read the transcript it belongs to; most tools write one with speakers (.json, .vtt, .srt)."
    return Reading("", decoded.encoding, decoded.newline, (), (Problem("nothing-recognised", message, hint=hint),))


READER = Reader(name="rttm", version="1", media_type="text/x-rttm", suffixes=(".rttm",), read=read, derived=True)
