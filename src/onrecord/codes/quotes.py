"""Codes about quotations and quotation marks."""

from __future__ import annotations

from onrecord.codes._code import Code

CODES: tuple[Code, ...] = ()
