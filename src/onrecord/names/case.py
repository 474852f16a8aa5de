"""Names printed in capitals, in the case a reader expects (`O'MALLEY` → `O'Malley`)."""

from __future__ import annotations

import re

from onrecord.names._lexicon import words_for

_PIECES = re.compile(r"([\s\-‑'’.]+)")


def in_title_case(name: str, language: str | None = None) -> str:
    """Return `name` with capitals undone, word by word; a word that is not all capitals stays as it is.

    Particles become lower case inside a name, `Mc` and `O'` keep the capital after them, and Turkish and
    Azerbaijani `I` becomes `ı`. Initials and words without a vowel (`AJ`, `NVK`) stay as they are.
    """
    words = words_for(language)
    turkic = (language or "").split("-")[0].lower() in ("tr", "az")
    if not any(len(token) > 1 and token.isupper() for token in name.split()):
        return name
    tokens = name.split()
    whole = name.isupper()
    shown = []
    for position, token in enumerate(tokens):
        if not token.isupper() or len(token.rstrip(".")) <= 1 or (len(tokens) == 1 and len(token) <= 3):
            shown.append(token)
        elif whole and 0 < position < len(tokens) - 1 and token.lower() in words.particles:
            shown.append(_lower(token, turkic))
        else:
            shown.append(_word(token, turkic))
    return " ".join(shown)


def _word(token: str, turkic: bool) -> str:
    if token.lower() in _ROMAN:
        return token
    pieces = [_piece(piece, turkic) for piece in _PIECES.split(token)]
    return "".join(pieces)


_ROMAN = frozenset({"ii", "iii", "iv"})


def _piece(piece: str, turkic: bool) -> str:
    if len(piece) > 3 and piece.startswith("MC") and not turkic:
        return f"Mc{piece[2]}{piece[3:].lower()}"
    return piece[:1] + _lower(piece[1:], turkic)


def _lower(text: str, turkic: bool) -> str:
    # Python lowers "İ" to two characters, and "I" to "i", which is another letter in Turkish.
    text = text.replace("İ", "i")
    return (text.replace("I", "ı") if turkic else text).lower()
