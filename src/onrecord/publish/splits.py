"""Which split an interview belongs to: decided by a hash of its group, never by its place in the list.

The same interviewee is always in the same split, and stays there when interviews are added or removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from onrecord.publish.facts import Split

_SCALE = 2**64


def split_of(group: str, splits: Sequence[Split]) -> str:
    """Return the name of the split that `group` belongs to.

    The hash of the group is a point between 0 and 1; the splits divide that line in the order they are stated, so that
    a new split taken from the end of another moves only what it takes.
    """
    point = int.from_bytes(hashlib.sha256(group.encode()).digest()[:8], "big") / _SCALE
    end = 0.0
    for split in splits:
        end += split.share
        if point < end:
            return split.name
    return splits[-1].name
