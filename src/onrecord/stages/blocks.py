"""The blocks stage: the text, partitioned by what each stretch is."""

from __future__ import annotations

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Block, Fact, Interview, Span
from onrecord.stages._base import Stage
from onrecord.stages.layout import LaidBlock, analyse


def find_blocks(interview: Interview, facts: Facts) -> Interview:
    """Fill `blocks`: every character of the text is in exactly one."""
    return interview.replace(blocks=tuple(_block(block) for block in analyse(interview, facts).blocks))


def _block(block: LaidBlock) -> Block:
    facts = tuple(Fact(kind=f.kind, value=f.value, span=Span(start=f.start, end=f.end)) for f in block.facts)
    return Block(span=Span(start=block.start, end=block.stop), kind=block.kind, facts=facts)


STAGE = Stage(name="blocks", version="1", fills=("blocks",), run=find_blocks)
