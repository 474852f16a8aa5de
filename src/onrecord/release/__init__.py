"""Releases: checking one, comparing two.

`verify`, `compare_digests`, `read_manifest` and `logical_digest` work on a folder, without the network.
"""

from __future__ import annotations

from onrecord.publish.digest import logical_digest
from onrecord.publish.verification import compare_digests, read_manifest, verify

__all__ = ["compare_digests", "logical_digest", "read_manifest", "verify"]
