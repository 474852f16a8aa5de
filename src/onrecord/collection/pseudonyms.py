"""The key of a collection's pseudonyms: who is called what, reviewed by a person, and kept out of every release.

    # private/quay-key.yaml, named by `pseudonyms:` in the card of the collection
    reviewed: {by: Ann Lee, on: 2026-11-24}
    people:
      - name: Ruth Hale
        pseudonym: Mary Ford
        forms: {Ruthie: Molly, "the Hale girl": the Ford girl}

A full name also stands for its parts: `Hale` becomes `Ford`, and `Ruth` becomes `Mary`. What else somebody is called
(nicknames, case endings, a telling place) is listed under `forms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import ConfigDict, Field

from onrecord.codes import finding
from onrecord.collection.card import Day, Word
from onrecord.collection.loading import load_model
from onrecord.schema.interview import Finding, Model

Replacements = tuple[tuple[str, str], ...]

FILE = "pseudonyms.yaml"
"""A key of this name may lie beside the card; it is never taken for a text or a sidecar."""


class Review(Model):
    """Who looked at the key before it was used, and when."""

    by: Word = Field(description="Who reviewed the key.")
    on: Day = Field(description="When.")


class Pseudonym(Model):
    """One person, and what the release calls them."""

    name: Word = Field(description="The full name as the texts have it.")
    pseudonym: Word = Field(description="The name they are given.")
    forms: dict[Word, Word] = Field(default_factory=dict, description="What else they are called → what that becomes.")


class Key(Model):
    """The key file."""

    model_config = ConfigDict(title=FILE)

    reviewed: Review | None = Field(default=None, description="Who reviewed it; without a review nothing is published.")
    people: Annotated[tuple[Pseudonym, ...], Field()] = Field(default=(), description="Who is called what.")


def load_key(data: bytes, path: str) -> tuple[Replacements | None, tuple[Finding, ...]]:
    """Return what is to be replaced by what, the longest first; None, with findings, if the key cannot be used.

    A key with anything wrong in it is not used at all: half a key publishes the other half of the names.
    """
    key, findings = load_model(data, path, Key)
    if findings:
        return None, tuple(_unnamed(item, path) for item in findings)
    if key.reviewed is None:
        return None, (finding("unusable-pseudonyms", path, "Nobody has reviewed the key (`reviewed: {by, on}`)."),)
    pairs: dict[str, str] = {}
    for person in key.people:
        for form, instead in _forms(person):
            if pairs.setdefault(form, instead) != instead:
                message = f"`people` gives one name two pseudonyms: `{pairs[form]}` and `{instead}`."  # no real name
                return None, (finding("unusable-pseudonyms", path, message),)
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0]))), ()


def _unnamed(item: Finding, path: str) -> Finding:
    """Say what is wrong with a key, and where, without a word of it: what is printed may be read by everybody.

    The place stands in the message and not in the fields for it, by which the line would be shown.
    """
    place = f"line {item.line}, column {item.column or 1}" if item.line is not None else "the file as a whole"
    message = f"The key was not used: {item.code} at {place}. Its lines are not shown, because they hold real names."
    return finding("unusable-pseudonyms", path, message)


def _forms(person: Pseudonym) -> Iterator[tuple[str, str]]:
    """The full name, its parts, and the listed forms; a listed form says better than its parts what it becomes."""
    yield person.name, person.pseudonym
    yield from person.forms.items()
    old, new = person.name.split(), person.pseudonym.split()
    if len(old) < 2 or len(new) < 2:
        return
    pairs = zip(old, new, strict=True) if len(old) == len(new) else ((old[0], new[0]), (old[-1], new[-1]))
    yield from (pair for pair in pairs if pair[0] not in person.forms)
