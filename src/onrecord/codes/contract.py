"""Codes about the record and the published schema."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = ()
