"""How Hypothesis searches: a little on every run, the same on CI every time, long when it is asked to.

`scripts/fuzz` runs the profile `fuzz` and the tests marked `slow`. No profile has a deadline: no test asserts time.

`pytest --rewrite` writes golden files anew instead of comparing with them; look at the diff before committing it.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

_COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

settings.register_profile("default", _COMMON, max_examples=40)
settings.register_profile("ci", _COMMON, max_examples=60, derandomize=True, print_blob=True)
settings.register_profile("fuzz", _COMMON, max_examples=3000, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes golden files anew."""
    parser.addoption("--rewrite", action="store_true", help="write golden files anew instead of comparing with them")


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written."""
    return bool(request.config.getoption("--rewrite"))
