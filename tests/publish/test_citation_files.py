"""CITATION.cff and .zenodo.json are valid for every dataset that can be stated, and say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import check_jsonschema
import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from onrecord.publish import ReleaseFacts
from onrecord.publish.citation import citation_cff, zenodo_json

ROOT = Path(__file__).resolve().parents[2]
ZENODO = jsonschema.Draft202012Validator(
    json.loads((Path(__file__).parent / "zenodo.schema.json").read_text(encoding="utf-8"))
)
# The schema that the makers of the format publish, as the package for such schemas brings it along.
VENDOR = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"
CFF = jsonschema.Draft7Validator(
    json.loads((VENDOR / "citation-file-format.json").read_text(encoding="utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
SPDX = ["CC-BY-4.0", "CC0-1.0", "CC-BY-NC-SA-4.0", "ODbL-1.0", "MIT", "LicenseRef-the-holders", None]


def valid_cff(data: bytes) -> None:
    """Raise if this is no CITATION.cff; a day is a day in YAML, and text in JSON."""
    CFF.validate(yaml.load(data, Loader=yaml.BaseLoader))


def valid_zenodo(data: bytes | dict[str, Any]) -> None:
    """Raise if Zenodo would not take this."""
    ZENODO.validate(data if isinstance(data, dict) else json.loads(data))


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)
URLS = st.none() | st.sampled_from(["https://quay.example/letters", "http://quay.example/?a=b#c"])
PEOPLE = st.fixed_dictionaries(
    {"family": WORDS}, optional={"given": WORDS, "orcid": st.just("0000-0002-1825-0097"), "affiliation": WORDS}
)
FACTS = st.fixed_dictionaries(
    {
        "title": WORDS,
        "description": st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip),
        "licence": st.sampled_from(SPDX),
        "released": st.none() | st.dates(),
        "authors": st.lists(PEOPLE | st.fixed_dictionaries({"name": WORDS}), max_size=3),
        "keywords": st.lists(WORDS, max_size=4),
        "rights": st.none() | WORDS.filter(str.strip),
        "url": URLS,
        "repository": URLS,
        "licence_url": URLS,
        "doi": st.none() | st.just("10.5281/zenodo.1003150"),
    }
)


@given(FACTS, st.lists(st.sampled_from(["en", "eng", "aze"]), max_size=2, unique=True))
def test_whatever_is_stated_both_files_are_valid(stated: dict[str, Any], languages: list[str]) -> None:
    """Any facts that are read give a CITATION.cff that its schema takes, and metadata that Zenodo takes."""
    facts = ReleaseFacts.model_validate(stated)
    valid_cff(citation_cff(facts))
    valid_zenodo(zenodo_json(facts, languages))


def test_nobody_and_no_word_is_named_twice() -> None:
    """Who or what is stated twice stands once: neither format takes it twice."""
    facts = ReleaseFacts.model_validate({"authors": [{"name": "The Quay"}] * 2, "keywords": ["ice", "ice"]})
    valid_cff(citation_cff(facts))
    zenodo = json.loads(zenodo_json(facts, []))
    assert (len(zenodo["creators"]), zenodo["keywords"]) == (1, ["ice"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "quay.example"),
        ("repository", "git@quay.example:letters"),
        ("licence_url", "see below"),
        ("licence", "CC BY 4.0"),
        ("doi", "10.5281/a b"),
    ],
)
def test_what_neither_format_takes_is_not_read(key: str, value: str) -> None:
    """An address without its scheme, and a licence or DOI with blanks, are wrong in raw/release.yaml already."""
    with pytest.raises(ValueError, match=key):
        ReleaseFacts.model_validate({key: value})


@pytest.mark.parametrize("path", ["CITATION.cff", "processed/CITATION.cff"])
def test_committed_citations_are_valid(path: str) -> None:
    """The citation of the software and that of the data are valid."""
    valid_cff((ROOT / path).read_bytes())


def test_committed_metadata_is_valid() -> None:
    """Zenodo would take the metadata of the committed data."""
    valid_zenodo((ROOT / "processed" / ".zenodo.json").read_bytes())


@pytest.mark.parametrize(
    "change",
    [
        {"upload_type": "data"},
        {"access_right": "public"},
        {"license": None},
        {"license": "CC BY 4.0"},
        {"creators": []},
        {"creators": [{"name": "Osk, Mira", "orcid": "https://orcid.org/0000-0002-1825-0097"}]},
        {"related_identifiers": [{"identifier": "https://quay.example", "relation": "isAbout"}]},
        {"publication_date": "2 June 2031"},
        {"language": "en"},
        {"description": None},
        {"autor": "Osk"},
    ],
    ids=str,
)
def test_the_schema_refuses_what_zenodo_refuses(change: dict[str, Any]) -> None:
    """Each mistake in a valid file is found: the schema can say no."""
    facts = ReleaseFacts.model_validate({"licence": "CC-BY-4.0", "released": "2031-06-02"})
    good = json.loads(zenodo_json(facts, ["eng"]))
    valid_zenodo(good)
    changed = {name: value for name, value in {**good, **change}.items() if value is not None}
    with pytest.raises(jsonschema.ValidationError):
        valid_zenodo(changed)
