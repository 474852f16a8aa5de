"""Names that are to be replaced, in what speaks of a release as a whole: its facts, and the reasons of withdrawals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from onrecord.checks.pseudonyms import names_stated
from onrecord.collection.found import FoundSource
from onrecord.errors import ConfigError
from onrecord.publish.facts import FILE as FACTS
from onrecord.publish.facts import load_facts
from onrecord.publish.ledger import FILE as LEDGER
from onrecord.publish.ledger import load_ledger
from onrecord.schema.interview import Finding


def names_published(top: Path, sources: Iterable[FoundSource]) -> Iterator[Finding]:
    """Yield where release.yaml or the ledger in `top` would publish a name that a collection of `sources` replaces."""
    keys = list(dict.fromkeys(source.facts.pseudonyms for source in sources if source.facts.pseudonyms))
    if not keys:
        return
    try:
        facts, ledger = load_facts(top), load_ledger(top)
    except ConfigError:
        return  # a build stops at it, and a check says what is wrong
    yield from names_stated(facts.model_dump(mode="json"), FACTS, keys)
    yield from names_stated({"why": [entry.why for entry in ledger.withdrawn.values()]}, LEDGER, keys)
