"""Codes about cards, sidecars and the files of a collection."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = ()
