"""Read the fictional collection without any of the project's parsers: what its gold claims can then be checked."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

RAW = Path(__file__).parents[2] / "raw" / "fictional"

ENCODINGS = {
    "de-protokoll-praesidentin.txt": "cp1252",
    "es-pregunta-respuesta.txt": "cp1252",
    "fr-utf16-labels.txt": "utf-16",
    "html-div-tables-old.htm": "cp1252",
    "initials-tab.txt": "cp1252",
    "ja-shift-jis-dash.txt": "shift_jis",
    "ru-tire-cp1251.txt": "cp1251",
    "tr-soru-cevap-cp1254.txt": "cp1254",
    "zh-xingming-gb18030.txt": "gb18030",
}
"""The files that are not UTF-8: what they were written in."""

BINARY = (".docx", ".pdf")
_MARKUP = (".html", ".htm", ".xml", ".vtt", ".srt", ".cha")
_RECORDS = (".json", ".jsonl")
_WINDOW = 60
"""How many words of page headers, cue times or boxes may stand inside one turn."""


def sources() -> list[Path]:
    """Return the texts of the collection: everything but the card, sidecars and gold."""
    return sorted(path for path in RAW.iterdir() if path.suffix != ".yaml" and not path.name.endswith(".gold.json"))


def gold(path: Path) -> dict[str, Any]:
    """Return the gold beside a text."""
    document: dict[str, Any] = json.loads(path.with_name(f"{path.stem}.gold.json").read_text("utf-8"))
    return document


def words(path: Path) -> list[str]:
    """Return the words of a text in order, its markup and escapes resolved in the simplest way that could work."""
    text = path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8"))
    if path.suffix in _RECORDS:
        text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text).replace("\\n", " ")
    if path.suffix == ".vtt":
        text = re.sub(r"<v[^ >]* ([^>]*)>", r" \1 ", text)
    if path.suffix in _MARKUP:
        text = html.unescape(re.sub(r"<[A-Za-z/!][^<>]*>|\x15[^\x15]*\x15", " ", text))
    return tokens(text)


def tokens(text: str) -> list[str]:
    """Return runs of letters and digits, without the invisible characters that hide inside words."""
    return re.findall(r"[^\W_]+", re.sub("[\u00ad\u200b\u200c]", "", text))


def missing(path: Path) -> list[str]:
    """Return what the gold claims and the text does not hold, turn by turn, in the order of the text."""
    have, at, found = words(path), 0, []
    for number, turn in enumerate(gold(path)["turns"] or ()):
        end = _find(have, tokens(turn["text"]), at)
        if end is None:
            found.append(f"turn {number}: {turn['text'][:60]!r} is not there, or not in this order")
        else:
            at = end
        label = tokens(turn["speaker"] or "")
        if label and _find(have, label, 0) is None:
            found.append(f"turn {number}: the label {turn['speaker']!r} is not printed")
    return found


def _find(have: list[str], want: list[str], start: int) -> int | None:
    """Return where `want` ends at or after `start`; other words may stand in between, up to a window."""
    for begin in range(start, len(have)):
        if have[begin] != want[0]:
            continue
        at, budget = begin, _WINDOW
        for word in want:
            while at < len(have) and have[at] != word and budget:
                at, budget = at + 1, budget - 1
            if at == len(have) or have[at] != word:
                break
            at += 1
        else:
            return at
    return None
