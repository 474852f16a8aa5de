"""Codes about blocks and turns."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = ()
