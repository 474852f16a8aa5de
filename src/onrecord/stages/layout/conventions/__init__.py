"""The conventions: every way to mark turns this package knows, as data.

A convention is one value in one of the modules here, with its patterns or the function that proposes its turns;
`docs/conventions.md` lists them and says how to add one. Everything else asks `REGISTRY`, through this module.
"""

from __future__ import annotations

from onrecord.stages.layout.conventions._base import Alternating, Joined, Proposed, Registry, Styled, collect
from onrecord.stages.layout.conventions.inline import INLINE
from onrecord.stages.layout.conventions.labels import LABELS
from onrecord.stages.layout.conventions.markup import MARKUP
from onrecord.stages.layout.conventions.paragraphs import PARAGRAPHS
from onrecord.stages.layout.conventions.styles import STYLES
from onrecord.stages.layout.conventions.tables import TABLES

__all__ = ["REGISTRY", "Alternating", "Joined", "Proposed", "Registry", "Styled", "collect"]

REGISTRY = collect((*LABELS, *INLINE, *MARKUP, *TABLES, *STYLES, *PARAGRAPHS))
