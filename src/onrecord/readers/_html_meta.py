"""What a page says about itself: its title and meta elements, JSON-LD, canonical address, language, encoding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.readers._html_tokens import Start

_CHARSET = re.compile(
    rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})"
    rb"|<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)
_PRESCAN = 4096
_TYPES = re.compile(r"article|posting|page|report|podcast|episode|interview|creativework", re.IGNORECASE)
_META = {
    "og:title": "title", "og:site_name": "outlet", "og:description": "summary", "og:url": "url",
    "og:locale": "language",
    "article:published_time": "published", "dc.title": "title", "dcterms.title": "title", "dc.language": "language",
    "dc.publisher": "publisher", "dc.date": "published", "dcterms.created": "published", "date": "published",
    "description": "summary", "language": "language", "pubdate": "published", "citation_publication_date": "published",
    "parsely-pub-date": "published", "datepublished": "published", "headline": "title", "inlanguage": "language",
}  # fmt: skip


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the first 4,096 bytes of a page declare, if any."""
    found = _CHARSET.search(data[:_PRESCAN])
    return (found[1] or found[2]).decode("ascii") if found else None


@dataclass(slots=True)
class Metadata:
    """Collects what elements and raw contents say; `pairs` has the more telling statements first."""

    _pairs: list[tuple[int, str, str]] = field(default_factory=list)
    _is_json_ld: bool = False

    def element(self, tag: Start) -> None:
        """Look at a start tag."""
        attributes = tag.attributes
        if tag.name == "meta":
            name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
            if name in _META:
                self._add(1 if name.startswith("og:") else 2, _META[name], attributes.get("content", ""))
        elif tag.name == "link" and "canonical" in attributes.get("rel", "").lower().split():
            self._add(0, "url", attributes.get("href", ""))
        elif tag.name == "html":
            self._add(0, "language", attributes.get("lang") or attributes.get("xml:lang") or "")
        elif tag.name == "script":
            self._is_json_ld = attributes.get("type", "").strip().lower() == "application/ld+json"

    def raw(self, name: str, content: str) -> None:
        """Look at the content of `title` and of scripts that are data."""
        if name == "title":
            self._add(3, "title", content)
        elif name == "script" and self._is_json_ld:
            self._is_json_ld = False
            for entity in _entities(content):
                self._linked_data(entity)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names of ours and values; the first of a name is the one to believe."""
        return [(name, value) for _, name, value in sorted(self._pairs, key=lambda pair: pair[0])]

    def _add(self, rank: int, name: str, value: Any) -> None:
        if isinstance(value, str) and value.strip() and len(self._pairs) < 200:
            self._pairs.append((rank, name, value[:5000]))

    def _linked_data(self, entity: dict[str, Any]) -> None:
        if not _TYPES.search(str(entity.get("@type", ""))[:200]):
            return
        self._add(0, "title", entity.get("headline") or entity.get("name"))
        self._add(0, "published", entity.get("datePublished"))
        self._add(1, "language", entity.get("inLanguage"))
        self._add(1, "summary", entity.get("description"))
        self._add(1, "url", entity.get("url"))
        publisher = entity.get("publisher")
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        if isinstance(publisher, dict):
            self._add(2, "publisher", publisher.get("name"))
            self._add(2, "outlet", publisher.get("name"))


def _entities(content: str) -> Iterator[dict[str, Any]]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            yield from (part for part in (graph if isinstance(graph, list) else [item]) if isinstance(part, dict))
