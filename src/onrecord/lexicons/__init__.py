"""Lexicons: general words of a language, as data files `<language>/<subject>.toml`, loaded once.

A lexicon holds words anybody would expect of the language (reporting verbs, titles, turn labels), never
names from a document. Keys are documented at the top of each file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES: tuple[str, ...] = ("en", "de", "fr", "es", "ru", "tr", "az")


@cache
def load(language: str, subject: str) -> Mapping[str, Any]:
    """Return the lexicon of `subject` (`turns`, `quotes`, `names`) for a language; empty if there is none."""
    resource = files(__name__) / language.split("-")[0].lower() / f"{subject}.toml"
    if not resource.is_file():
        return {}
    return tomllib.loads(resource.read_text(encoding="utf-8"))


@cache
def words(subject: str, key: str, languages: tuple[str, ...] = LANGUAGES) -> frozenset[str]:
    """Return the union of the list `key` over `languages`; strings exactly as the files have them."""
    return frozenset(word for language in languages for word in load(language, subject).get(key, ()))
