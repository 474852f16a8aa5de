"""Compare the HTML reader with main-content extractors: `python -m tests.readers.extractors [PAGES TEXTS]`.

Without arguments over the pages of `tests.readers.cms`. With two folders over `PAGES/<name>.html` whose article is
`TEXTS/<name>.txt`, such as `tests/data/html` and `tests/data/txt` of newspaper4k's source distribution. Extractors that
are not installed are left out (`pip install trafilatura readability-lxml`).
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from onrecord.collection.facts import Facts
from onrecord.readers import READERS
from onrecord.schema.interview import MarkKind
from tests.readers.cms import PAGES

FURNITURE: tuple[MarkKind, ...] = ("header", "footer", "page", "line-number", "navigation", "hidden", "comment")
_GRAM = 4
_NO_BLANKS = re.compile(r"[\u0e00-\u109f\u3040-\u9fff]")

Extractor = Callable[[bytes], str]


def content(data: bytes) -> str:
    """What our reader takes for a page's content: the text without its furniture."""
    reading = READERS["html"].read(data, Facts())
    kept = list(reading.text)
    for mark in reading.marks:
        if mark.kind in FURNITURE:
            kept[mark.span.start : mark.span.end] = "\n" * len(mark.span)
    return "".join(kept)


def _trafilatura(data: bytes) -> str:
    return importlib.import_module("trafilatura").extract(data, include_comments=False) or ""


def _readability(data: bytes) -> str:
    from lxml import html

    document = importlib.import_module("readability").Document(data.decode("utf-8", "replace"))
    return str(html.fromstring(document.summary()).text_content())


_OTHERS: Mapping[str, Extractor] = {"trafilatura": _trafilatura, "readability": _readability}


def extractors() -> Iterator[tuple[str, Extractor]]:
    """Yield ours, and the others that are installed."""
    yield "onrecord", content
    for name, extract in _OTHERS.items():
        if importlib.util.find_spec(name) is not None:
            yield name, extract


def over_cms(extract: Extractor) -> tuple[float, float]:
    """Return the share of article strings found, and of furniture strings found, by their lengths."""
    found, kept, article, furniture = 0, 0, 0, 0
    for page in PAGES.values():
        shown = " ".join(extract(page.html.encode()).split())
        article += sum(map(len, page.article))
        furniture += sum(map(len, page.furniture))
        found += sum(len(words) for words in page.article if words in shown)
        kept += sum(len(words) for words in page.furniture if words in shown)
    return found / article, kept / furniture


def _grams(text: str, *, by_word: bool) -> Counter[tuple[str, ...]]:
    parts = re.findall(r"\w+" if by_word else r"\w", text.lower())
    return Counter(tuple(parts[at : at + _GRAM]) for at in range(len(parts) - _GRAM + 1))


def over_folders(extract: Extractor, pages: Path, texts: Path) -> list[tuple[float, float]]:
    """Return recall and precision of each page's article, in runs of four words (or of four letters, in CJK)."""
    scores = []
    for text in sorted(texts.glob("*.txt")):
        page = pages / f"{text.stem}.html"
        gold = text.read_text(encoding="utf-8")
        if page.exists():
            by_word = len(_NO_BLANKS.findall(gold)) < 0.3 * len(gold)
            said = _grams(gold, by_word=by_word)
            got = _grams(extract(page.read_bytes()), by_word=by_word)
            both = (said & got).total()
            scores.append((both / max(1, said.total()), both / max(1, got.total())))
    return scores


def main(arguments: list[str]) -> None:
    """Print a line for each extractor."""
    for name, extract in extractors():
        if len(arguments) == 2:
            scores = over_folders(extract, Path(arguments[0]), Path(arguments[1]))
            recall, precision = (sum(column) / len(scores) for column in zip(*scores, strict=True))
            lost = sum(found < 0.9 for found, _ in scores)
            print(f"{name}: recall {recall:.3f}, precision {precision:.3f}, below 0.9: {lost} of {len(scores)} pages")
        else:
            found, kept = over_cms(extract)
            print(f"{name}: article {found:.3f}, furniture left in {kept:.3f}, {len(PAGES)} pages")


if __name__ == "__main__":
    main(sys.argv[1:])
