"""Checks that concern speakers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Finding, Interview

CHECKS: tuple[Callable[[Interview, Facts], Iterator[Finding]], ...] = ()
