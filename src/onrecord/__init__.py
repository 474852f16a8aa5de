"""Interviews as citable data: every turn, speaker and quotation points to the characters it came from.

Names are imported when they are first used: `import onrecord` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord._version import __version__

if TYPE_CHECKING:
    from onrecord.api import check, parse, read
    from onrecord.building import build
    from onrecord.errors import ConfigError, ContractError, OnrecordError, ReadError, ReleaseRefused
    from onrecord.loading import load
    from onrecord.readers import rebuild
    from onrecord.schema.interview import (
        Block,
        Echo,
        Finding,
        Interview,
        Mark,
        Origin,
        Quote,
        Rights,
        Span,
        Speaker,
        Turn,
    )

__all__ = [
    "Block",
    "ConfigError",
    "ContractError",
    "Echo",
    "Finding",
    "Interview",
    "Mark",
    "OnrecordError",
    "Origin",
    "Quote",
    "ReadError",
    "ReleaseRefused",
    "Rights",
    "Span",
    "Speaker",
    "Turn",
    "__version__",
    "build",
    "check",
    "load",
    "parse",
    "read",
    "rebuild",
]

_MODEL = "onrecord.schema.interview"
_HOMES = {
    **dict.fromkeys(("check", "parse", "read"), "onrecord.api"),
    "build": "onrecord.building",
    "load": "onrecord.loading",
    "rebuild": "onrecord.readers",
    **dict.fromkeys(
        ("ConfigError", "ContractError", "OnrecordError", "ReadError", "ReleaseRefused"), "onrecord.errors"
    ),
    **dict.fromkeys(
        ("Block", "Echo", "Finding", "Interview", "Mark", "Origin", "Quote", "Rights", "Span", "Speaker", "Turn"),
        _MODEL,
    ),
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}; public are: {', '.join(__all__)}") from None
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)
