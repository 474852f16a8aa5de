"""The few exceptions: for a broken program or configuration, never for broken data.

    OnrecordError
      ConfigError      a card, a sidecar or the settings are wrong: fix and run again
      ReadError        bytes cannot become text: names file, offset and reader
      ContractError    output does not match schema/
      ReleaseRefused   carries the findings that stand in the way

Broken *data* is a value: a `Finding` on the record (see `onrecord.checks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.schema.interview import Finding


class OnrecordError(Exception):
    """Base of all exceptions raised on purpose by this package."""


class ConfigError(OnrecordError):
    """A card, a sidecar or the settings are wrong; the message says where and what would be right."""


class ReadError(OnrecordError):
    """Bytes cannot become text; the message names the file, the place and the reader."""


class ContractError(OnrecordError):
    """Data does not match the published schema."""


class ReleaseRefused(OnrecordError):
    """A release or build was refused; `findings` says why."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)
