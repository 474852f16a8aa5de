"""Keys that must never change by themselves: the group an interview belongs to, and what it is cited by.

Folding is written out here, and not shared with the matching of names, because better matching must not move an old
interview to another split.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from onrecord.schema.interview import Interview, Speaker

_UNFIT = re.compile(r"[^A-Za-z0-9./_-]")
_ITEM = re.compile(r"#(turn|quote|speaker)@")
_FITS = re.compile(r"[A-Za-z0-9./_-]*(?:#(?:turn|quote|speaker)@[A-Za-z0-9./_-]*)?")
"""What nearly all ids look like: nothing in them has to be replaced."""


def citation_key(id_: str) -> str:
    """Return the citation key of an interview or item: its id, in characters that BibTeX and RIS take.

    Items read `<interview>:turn:1184`. Other characters become `_`, with eight digits of the id's digest at the end so
    that two ids never share a key.
    """
    if _FITS.fullmatch(id_):
        return id_.replace("#", ":").replace("@", ":")
    plain = _ITEM.sub(r":\1:", id_)
    fit = ":".join(_UNFIT.sub("_", part) for part in plain.split(":"))
    if fit == plain and ":" not in id_:
        return fit
    return f"{fit}-{hashlib.sha256(id_.encode()).hexdigest()[:8]}"


def group_of(interview: Interview) -> str:
    """Return sixteen hexadecimal digits that interviews with the same main interviewee share.

    The interviewee counts by the key in people.yaml, else by the folded name; an interview without a named
    interviewee is a group of its own.
    """
    speaker = main_speaker(interview, "interviewee")
    if speaker is None or (speaker.person is None and not (speaker.name and _folded(speaker.name))):
        key = f"interview\0{interview.id}"
    elif speaker.person is not None:
        key = f"person\0{speaker.person}"
    else:
        key = f"name\0{_folded(speaker.name or '')}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def main_speaker(interview: Interview, role: str) -> Speaker | None:
    """Return the speaker with `role` who says most, by code points of the turns; the first one if nobody speaks."""
    candidates = [speaker for speaker in interview.speakers if role in speaker.roles]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    said: dict[str, int] = {}
    for turn in interview.turns:
        if turn.speaker is not None:
            said[turn.speaker] = said.get(turn.speaker, 0) + sum(len(span) for span in turn.paragraphs)
    return max(candidates, key=lambda speaker: said.get(speaker.id, 0))


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(" " if not char.isalnum() else char for char in decomposed if not unicodedata.combining(char))
    return " ".join(letters.casefold().split())
