"""Stages: pure functions from interview to interview, each filling one layer and touching no other."""

from __future__ import annotations

from onrecord.stages import attribution, blocks, corrections, echoes, metadata, quotes, speakers, turns
from onrecord.stages._base import Stage

__all__ = ["STAGES", "Stage"]

STAGES: tuple[Stage, ...] = (
    blocks.STAGE,
    turns.STAGE,
    metadata.STAGE,
    speakers.STAGE,
    quotes.STAGE,
    attribution.STAGE,
    echoes.STAGE,
    corrections.STAGE,
)
