"""Measure how often an old encoding is guessed right: `python -m tests.readers.encodings`.

Over pieces of the fictional collection in `raw/fictional`, written by us: each is encoded, decoded without a word of
what it is, and right if the text is the same again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onrecord.readers._decode import decode
from tests.gold.fictional import BINARY, ENCODINGS, sources

CODECS: Mapping[str, tuple[str, ...]] = {
    "ru": ("cp1251", "koi8-r", "cp866", "iso8859-5"),
    "uk": ("cp1251", "koi8-u"),
    "tr": ("cp1254", "iso8859-9"),
    "de": ("cp1252", "cp850", "mac-roman"),
    "fr": ("cp1252", "mac-roman"),
    "es": ("cp1252", "mac-roman"),
    "en": ("cp1252", "mac-roman"),
    "ja": ("cp932", "euc-jp", "iso2022-jp"),
    "zh": ("gb18030", "big5"),
}
EVERYWHERE = ("utf-16-le", "utf-16-be", "utf-16", "utf-8-sig")

SIZES = (100, 300, 2000)
"""How long pieces are, in characters; they overlap, the longer ones run over several interviews of one language."""
_MOST = 40


class Score(NamedTuple):
    """How many pieces were read right, of how many, and how many of these said that they were guessed."""

    right: int
    pieces: int
    said: int


def texts(language: str) -> str:
    """All interviews of a language, one after another, without what stands in ASCII only."""
    found = []
    for path in sources():
        if path.suffix in BINARY or path.suffix in (".html", ".htm", ".xml", ".json", ".jsonl"):
            continue
        of = path.name[:2] if path.name[2] == "-" and path.name[:2] in CODECS else "en"
        if of == language:
            found.append(path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8-sig")).replace("\r\n", "\n"))
    return "\n".join(found)


def pieces(language: str, codec: str, size: int) -> Iterator[str]:
    """Yield pieces of a language that the encoding can write and that are not all ASCII."""
    lines = [line for line in texts(language).split("\n") if _can(line, codec)]
    text = "\n".join(lines)
    step = max(20, (len(text) - size) // _MOST)
    for start in range(0, max(1, len(text) - size), step):
        piece = text[start : start + size]
        if not piece.isascii():
            yield piece


def _can(line: str, codec: str) -> bool:
    try:
        return line.encode(codec).decode(codec) == line
    except UnicodeError:
        return False


def score(language: str, codec: str, size: int) -> Score:
    """Encode and decode all pieces."""
    right = count = said = 0
    for piece in pieces(language, codec, size):
        decoded = decode(piece.encode(codec))
        count += 1
        right += decoded.text == piece
        said += any(problem.code == "encoding-guessed" for problem in decoded.problems)
    return Score(right, count, said)


def main() -> None:
    """Print a table."""
    print("| language | encoding | " + " | ".join(f"{size} characters" for size in SIZES) + " |")
    print("|---|---|" + "---|" * len(SIZES))
    total = [Score(0, 0, 0) for _ in SIZES]
    for language, codecs in CODECS.items():
        for codec in (*codecs, *EVERYWHERE):
            scores = [score(language, codec, size) for size in SIZES]
            total = [Score(*map(sum, zip(*pair, strict=True))) for pair in zip(total, scores, strict=True)]
            if scores[0].pieces:
                print(f"| {language} | {codec} | " + " | ".join(f"{s.right} of {s.pieces}" for s in scores) + " |")
    print("| all | | " + " | ".join(f"{s.right} of {s.pieces}" for s in total) + " |")


if __name__ == "__main__":
    main()
