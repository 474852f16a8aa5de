"""An S3 server for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storage.s3 import Server, serving


@pytest.fixture(scope="session")
def _s3_server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def s3(_s3_server: Server) -> Iterator[Server]:
    """A server that works; how it fails is forgotten after the test."""
    yield _s3_server
    _s3_server.fails = lambda _method, _path: False
    _s3_server.asked.clear()
    _s3_server.open_to_all = True
