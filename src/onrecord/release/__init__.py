"""Releases: checking one, comparing two.

`verify`, `compare_digests`, `read_manifest` and `logical_digest` work on a folder, without the network.
"""

from __future__ import annotations

from onrecord.publish.digest import logical_digest
from onrecord.publish.verify import read_manifest, compare_digests, verify

__all__ = ["logical_digest", "read_manifest", "compare_digests", "verify"]
