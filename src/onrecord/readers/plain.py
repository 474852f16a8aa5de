"""Plain text: the text is the decoded file itself, nothing altered but what `Origin` records."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.readers._base import Reader, Reading
from onrecord.readers._decode import decode


def read(data: bytes, facts: Facts) -> Reading:
    """Decode `data`; never raises for broken data."""
    decoded = decode(data, facts.encoding)
    return Reading(decoded.text, decoded.encoding, decoded.newline, decoded.marks, decoded.problems)


READER = Reader(name="plain", version="1", media_type="text/plain", suffixes=(".txt", ".text", ""), read=read)
