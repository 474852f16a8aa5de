"""HTML as a stream of tags and text, by the rules of the HTML standard where they matter and in linear time.

Nothing is fetched, run or expanded. What is not well formed is text or is passed over, as in browsers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"[A-Za-z][^\s/>\x00]{0,60}")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s/>=][^\s/>=]{0,200})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?|[\s/]*[^\s/>]?"
)
RAW = frozenset(
    {"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title", "template", "noscript"}
)
_WITH_ENTITIES = frozenset({"title", "textarea"})


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag; attributes have lower-case names and decoded values, the first of two wins."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text, decoded; `raw_of` names the element whose content is no markup (script, title …)."""

    text: str
    raw_of: str | None = None


Token = Start | End | Words


def tokens(text: str, *, raw: bool = True) -> Iterator[Token]:
    """Yield the tags and text of `text` in order; comments and declarations are passed over.

    Without `raw` no element is special: for XML that is not well formed. CDATA sections are words there.
    """
    at, size = 0, len(text)
    ends = _Ends(text)
    while at < size:
        tag = text.find("<", at)
        if tag < 0:
            yield Words(html.unescape(text[at:]))
            return
        if tag > at:
            yield Words(html.unescape(text[at:tag]))
        following = text[tag + 1 : tag + 2]
        if not raw and text.startswith("<![CDATA[", tag):
            end = ends.find("]]>", tag + 9)
            yield Words(text[tag + 9 : end if end >= 0 else size])
            at = size if end < 0 else end + 3
        elif following == "!" or following == "?":
            at = _after_comment(text, tag, ends)
        elif following == "/" and _NAME.match(text, tag + 2):
            name = _NAME.match(text, tag + 2)
            end = ends.find(">", tag + 2)
            yield End(name[0].lower() if name else "")
            at = size if end < 0 else end + 1
        elif (name := _NAME.match(text, tag + 1)) is not None:
            start, at = _start(text, name)
            yield start
            if raw and start.name in RAW and not start.closed:
                content, at = _raw(text, at, start.name, ends)
                yield content
                yield End(start.name)
        elif following == "/":  # </> and </3 are comments to a browser
            end = ends.find(">", tag + 2)
            at = size if end < 0 else end + 1
        else:
            yield Words("<")
            at = tag + 1


class _Ends:
    """Finds what ends something, and does not look again for what is not there any more."""

    __slots__ = ("_absent", "_folded", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded: str | None = None
        self._absent: set[str] = set()

    def find(self, wanted: str, at: int) -> int:
        """Return where `wanted` stands at or after `at`, -1 if nowhere."""
        if wanted in self._absent:
            return -1
        found = self._text.find(wanted, at)
        if found < 0:
            self._absent.add(wanted)
        return found

    def find_tag(self, name: str, at: int) -> int:
        """Return where the end tag of `name` stands at or after `at`, in capitals or not."""
        wanted = f"</{name}"
        if wanted in self._absent:
            return -1
        if self._folded is None:
            folded = self._text.lower()
            self._folded = folded if len(folded) == len(self._text) else _fold_ascii(self._text)
        found = self._folded.find(wanted, at)
        if found < 0:
            self._absent.add(wanted)
        return found


def _fold_ascii(text: str) -> str:
    """Lower-case ASCII letters only: others may change their number (`İ`)."""
    return text.translate({code: code + 32 for code in range(65, 91)})


def _after_comment(text: str, tag: int, ends: _Ends) -> int:
    """Return where a comment or declaration at `tag` is over; an endless one ends with its first `>`."""
    if text.startswith("<!--", tag):
        if text.startswith((">", "->"), tag + 4):
            return text.index(">", tag + 4) + 1
        end = ends.find("-->", tag + 4)
        if end >= 0:
            return end + 3
    end = ends.find(">", tag + 2)
    if end >= 0 and "[" in text[tag:end] and text[tag + 2 : tag + 9].lower() == "doctype":
        subset = ends.find("]>", tag)
        return subset + 2 if subset >= 0 else end + 1
    return len(text) if end < 0 else end + 1


def _start(text: str, name: re.Match[str]) -> tuple[Start, int]:
    attributes: dict[str, str] = {}
    at, size = name.end(), len(text)
    while at < size and text[at] != ">":
        found = _ATTRIBUTE.match(text, at)
        if found is None or found.end() == at:
            at += 1
            continue
        at = found.end()
        if found[1] and len(attributes) < 100:
            value = found[2] or found[3] or found[4] or ""
            attributes.setdefault(found[1].lower(), html.unescape(value) if "&" in value else value)
    closed = at > 0 and text[at - 1 : at] == "/"
    return Start(name[0].lower(), attributes, closed), min(size, at + 1)


def _raw(text: str, at: int, name: str, ends: _Ends) -> tuple[Words, int]:
    """Take the content of an element whose content is no markup, up to its end tag."""
    end = ends.find_tag(name, at)
    if end < 0:  # a browser would swallow the rest of the page
        return Words("", name), at
    content = text[at:end]
    after = ends.find(">", end)
    shown = html.unescape(content) if name in _WITH_ENTITIES else content
    return Words(shown, name), len(text) if after < 0 else after + 1
