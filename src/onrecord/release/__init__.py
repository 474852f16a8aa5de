"""Releases: checking one, comparing two, citing from one, and withdrawing from all.

    verify(folder), compare_digests(folder, other), logical_digest(table)      is it what it says
    diff(old, new), check_version(diff), render_diff(diff, "text")              what changed, what that calls for
    make_delta(old, new, out), apply_delta(old, delta, out)                     old + delta = new, byte for byte
    cite(id, folder, "bibtex")                                                  dataset, interview, turn, quotation
    refuse_unless_ready(new, version, findings, old), record(raw, new, day)     may it be released; it was
    withdraw(raw, ids, why, on, known), clean(copy, takedowns_in(newer))        from the next one, from an old copy

All of them work on folders, without the network. Names are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.publish.digest import logical_digest
    from onrecord.publish.verification import compare_digests, read_manifest, verify
    from onrecord.release.citing import FORMATS, citation, cite
    from onrecord.release.cleaning import clean, takedowns_in, withdraw
    from onrecord.release.compare import Diff, check_version, diff
    from onrecord.release.delta import Delta, apply_delta, make_delta
    from onrecord.release.making import record, refuse_unless_ready
    from onrecord.release.render import render_diff

__all__ = [
    "FORMATS",
    "Delta",
    "Diff",
    "apply_delta",
    "check_version",
    "citation",
    "cite",
    "clean",
    "compare_digests",
    "diff",
    "logical_digest",
    "make_delta",
    "read_manifest",
    "record",
    "refuse_unless_ready",
    "render_diff",
    "takedowns_in",
    "verify",
    "withdraw",
]

_HOMES = {
    "logical_digest": "onrecord.publish.digest",
    **dict.fromkeys(("compare_digests", "read_manifest", "verify"), "onrecord.publish.verification"),
    **dict.fromkeys(("FORMATS", "citation", "cite"), "onrecord.release.citing"),
    **dict.fromkeys(("clean", "takedowns_in", "withdraw"), "onrecord.release.cleaning"),
    **dict.fromkeys(("Diff", "check_version", "diff"), "onrecord.release.compare"),
    **dict.fromkeys(("Delta", "apply_delta", "make_delta"), "onrecord.release.delta"),
    **dict.fromkeys(("record", "refuse_unless_ready"), "onrecord.release.making"),
    "render_diff": "onrecord.release.render",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use (PEP 562)."""
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'onrecord.release' has no attribute {name!r}") from None
    return getattr(import_module(home), name)
