"""The blocks stage: the text, partitioned by what each stretch is."""

from __future__ import annotations

from typing import Any

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages._base import Stage
from onrecord.stages.layout import LaidBlock, analyse


def find_blocks(interview: Interview, facts: Facts) -> Interview:
    """Fill `blocks`: every character of the text is in exactly one."""
    return interview.replace(blocks=[_block(block) for block in analyse(interview, facts).blocks])


def _block(block: LaidBlock) -> dict[str, Any]:
    """The fields of the block; all of them are validated at once with the record, which is faster than singly."""
    facts = [{"kind": f.kind, "value": f.value, "span": {"start": f.start, "end": f.end}} for f in block.facts]
    return {"span": {"start": block.start, "end": block.stop}, "kind": block.kind, "facts": facts}


STAGE = Stage(name="blocks", version="2", fills=("blocks",), run=find_blocks)
