"""Releases: checking one, comparing two.

`verify`, `same_rows`, `read_manifest` and `logical_digest` work on a folder, without the network.
"""

from __future__ import annotations

from onrecord.publish.digest import logical_digest
from onrecord.publish.verify import read_manifest, same_rows, verify

__all__ = ["logical_digest", "read_manifest", "same_rows", "verify"]
