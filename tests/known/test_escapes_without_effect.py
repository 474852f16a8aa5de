"""2026-11: an ISO-2022-JP file with a shift sequence that shifts nothing came back without it."""

from __future__ import annotations

import pytest

from onrecord.collection.facts import Facts, Source
from onrecord.pipeline import read
from onrecord.readers import rebuild


@pytest.mark.parametrize("data", [b"\x1b$@", b"\x1b(B", b"a\x1b(Bb\r\nc", b"\x1b$B4A\x1b$B;z\x1b(B", b"\x1b$B4A"])
def test_escapes_without_effect_come_back(data: bytes) -> None:
    """Bytes that stand for no character, as an encoding with shift states allows, are kept all the same."""
    assert rebuild(read(Source("known/escapes", "escapes.txt", data, Facts(encoding="iso2022_jp")))) == data
