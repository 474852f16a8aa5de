"""`CITATION.cff` and `.zenodo.json`, from the same facts: Zenodo ignores the first where it finds the second."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any, TypeVar

import yaml

from onrecord.publish.facts import Author, ReleaseFacts

CFF = "CITATION.cff"
ZENODO = ".zenodo.json"
Json = dict[str, Any]
_T = TypeVar("_T")


def citation_cff(facts: ReleaseFacts) -> bytes:
    """Return the bytes of `CITATION.cff` 1.2.0."""
    described: Json = {
        "cff-version": "1.2.0",
        "message": "Please cite the version of the data you used.",
        "type": "dataset",
        "title": facts.title,
        "version": facts.version,
        "date-released": facts.released.isoformat() if facts.released else None,
        "authors": _once(_cff_author(author) for author in facts.authors) or [{"name": f"The makers of {facts.title}"}],
        "abstract": facts.description.strip(),
        "keywords": _once(facts.keywords) or None,
        "license": None if facts.licence is None or facts.licence.startswith("LicenseRef-") else facts.licence,
        "license-url": facts.licence_url,
        "doi": facts.doi,
        "url": facts.url,
        "repository-code": facts.repository,
    }
    kept = {name: value for name, value in described.items() if value is not None}
    return yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=110).encode()


def zenodo_json(facts: ReleaseFacts, languages: list[str]) -> bytes:
    """Return the bytes of `.zenodo.json`.

    Zenodo takes an open dataset without a licence for public domain; so where the licence is unknown, access is
    restricted.
    """
    paragraphs = [html.escape(part.strip()) for part in facts.description.strip().split("\n\n")]
    described: Json = {
        "upload_type": "dataset",
        "title": facts.title,
        "description": "".join(f"<p>{part}</p>" for part in paragraphs),
        "version": facts.version,
        "publication_date": facts.released.isoformat() if facts.released else None,
        "creators": _once(_zenodo_creator(author) for author in facts.authors)
        or [{"name": f"The makers of {facts.title}"}],
        "keywords": _once(facts.keywords),
        "language": languages[0] if len(languages) == 1 and len(languages[0]) == 3 else None,
        "notes": facts.rights.strip() if facts.rights else None,
        "related_identifiers": _related(facts) or None,
        **_access(facts),
    }
    kept = {name: value for name, value in described.items() if value is not None}
    return (json.dumps(kept, indent=2, ensure_ascii=False) + "\n").encode()


def _once(items: Iterable[_T]) -> list[_T]:
    """Each item once, in order: neither format takes one twice."""
    found: list[_T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _access(facts: ReleaseFacts) -> Json:
    if facts.licence is None or facts.licence.startswith("LicenseRef-"):
        why = "The rights in the texts are not known to allow open access; ask the holders named in the records."
        return {"access_right": "restricted", "access_conditions": f"<p>{html.escape(facts.rights or why)}</p>"}
    return {"access_right": "open", "license": facts.licence.lower()}


def _cff_author(author: Author) -> Json:
    described = {
        "family-names": author.family,
        "given-names": author.given,
        "name": author.name,
        "orcid": f"https://orcid.org/{author.orcid}" if author.orcid else None,
        "affiliation": author.affiliation if author.family else None,
    }
    return {name: value for name, value in described.items() if value is not None}


def _zenodo_creator(author: Author) -> Json:
    described = {"name": author.last_first, "orcid": author.orcid, "affiliation": author.affiliation}
    return {name: value for name, value in described.items() if value is not None}


def _related(facts: ReleaseFacts) -> list[Json]:
    links = [
        (facts.repository, "isDerivedFrom", "software"),
        (facts.url, "isDocumentedBy", "publication-other"),
    ]
    return [{"identifier": link, "relation": relation, "resource_type": kind} for link, relation, kind in links if link]
