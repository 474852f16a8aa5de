"""Collections: the card, the sidecars, and the facts they state about an interview."""

from __future__ import annotations

from onrecord.collection.facts import Facts, LabelFact, Participant, Source

__all__ = ["Facts", "LabelFact", "Participant", "Source"]
