"""Codes about a built or released folder."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = ()
