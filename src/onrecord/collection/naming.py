"""Names of files: which of them are texts, and what becomes of a name in an id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from difflib import SequenceMatcher

CARD_NAME = "collection.yaml"
SIDECAR_SUFFIX = ".yaml"
TOP_FILES = ("people.yaml", "release.yaml", "ledger.jsonl")
YAML_SUFFIXES = (".yaml", ".yml")
_PEOPLE_FILE = re.compile(r"people(\.[1-9][0-9]*)?\.yaml")

_NOT_TEXTS = re.compile(r"(README|LICEN[CS]E|NOTICE)(\..*)?", re.IGNORECASE)
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_NO_CHARACTER = re.compile("[\ud800-\udfff]")  # what Python makes of a file name's bytes that are not UTF-8
_NOT_IN_IDS = re.compile(r'[#?%:\\*"<>|\x00-\x1f\x7f]')


def is_people_file(name: str) -> bool:
    """Whether a file of raw/ holds people and decisions: `people.yaml`, or a shard of it such as `people.2.yaml`."""
    return _PEOPLE_FILE.fullmatch(name) is not None


def slug(name: str) -> str:
    """Return `name` as a part of an id; empty if nothing of it can stand in one."""
    composed = unicodedata.normalize("NFC", _NO_CHARACTER.sub("\ufffd", name))
    return re.sub(r"\s+", "-", _NOT_IN_IDS.sub("", composed)).strip("-.~")


def nearly_card(name: str) -> bool:
    """Whether a file has the name of a card but for its spelling, its case or its ending."""
    stem, _, ending = name.lower().rpartition(".")
    near = SequenceMatcher(None, stem, "collection").ratio() >= 0.8 or stem in ("card", "source", "dataset")
    return near and f".{ending}" in YAML_SUFFIXES and name != CARD_NAME


def ignored(name: str) -> bool:
    """Whether a file is none of ours: hidden, a backup, a gold file, the system's, or a README or LICENSE."""
    return (
        name.startswith(".")
        or name.endswith((".gold.json", "~"))
        or name.lower() in _SYSTEM_FILES
        or _NOT_TEXTS.fullmatch(name) is not None
    )


def stem_of(name: str) -> str:
    """The name without its last ending: `tape.03.txt` is the text of `tape.03.yaml`."""
    return name[: name.rindex(".")] if "." in name[1:] else name


def fallback(name: str) -> str:
    """A part of an id for a name of which nothing can stand in one: a digest, so that it stays the same."""
    return "file-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
