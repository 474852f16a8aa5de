"""How much work a function does, in steps that are the same on every machine: for tests of growth without a clock.

A step is a line of Python executed, in any function called. Work inside C (patterns, slices) is not seen here;
`scripts/bench linear` measures it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from onrecord.stages.quotes import find


def steps(run: Callable[[], object]) -> int:
    """Return the number of lines of Python that `run` executes; skips the test where the package is compiled."""
    if not find.__file__.endswith(".py"):
        pytest.skip("lines of compiled modules cannot be counted")
    count = 0

    def trace(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count
