"""Interviews as citable data: every turn, speaker and quotation points to the characters it came from."""

from __future__ import annotations

from onrecord._version import __version__

__all__ = ["__version__"]
