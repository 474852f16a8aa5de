"""Words of a narrator within a line of speech: they tell the dialogue of a story from that of an interview."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicons import LANGUAGES, load

_NARRATED = re.compile(r"[,!?.…]\s?[-–—]\s?[a-zа-яёіїєáéíóúñçşğ]")
_WORD_AFTER = re.compile(r"(?:[!?…]|\s[-–—]|(?P<comma>,))\s?(?:[^\W\d_]['’])?(?P<word>[^\W\d_]+)")
"""What may be a verb of saying behind what was said: `—No sé —dijo Ana` · `— Qui ? demanda Ana` · `— Ici, dit Ana.`"""
_OPENING = 200
"""Characters of a paragraph in which a narrator is looked for."""
_TAG = 40
"""Characters of a sentence that may follow such a verb behind a comma; in a longer one it is part of what is said."""


def is_told(text: str, start: int, end: int) -> bool:
    """Whether what begins with a dash at `start` goes on with words of a narrator, who says who spoke."""
    stop = min(end, start + _OPENING)
    if _NARRATED.search(text, start, stop) is not None:
        return True
    return any(
        match["word"] in _saying() and (match["comma"] is None or _ends_soon(text, match.end(), end))
        for match in _WORD_AFTER.finditer(text, start, stop)
    )


def _ends_soon(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends within a few words, with nothing after a comma."""
    rest = text[start : min(end, start + _TAG + 1)]
    stop = next((at for at, sign in enumerate(rest) if sign in ",.;:!?…"), len(rest))
    return stop <= _TAG and rest[stop : stop + 1] in ("", ".")


@cache
def _saying() -> frozenset[str]:
    """Every form of the verbs of saying, in the languages that print what is said in stories behind dashes."""
    told = (load(language, "quotes") for language in LANGUAGES)
    entries = (entry.partition(":") for lexicon in told if lexicon.get("dash_dialogue") for entry in lexicon["verbs"])
    return frozenset(form for forms, _, use in entries if "quote" in use for form in forms.split())
