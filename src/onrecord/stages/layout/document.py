"""The table of conventions in `docs/conventions.md`, made of the registry so that it cannot lag behind."""

from __future__ import annotations

from onrecord.stages.layout import conventions
from onrecord.stages.layout.convention import Convention

_HEAD = """\
| name | family | what it is | example (⏎ new line, ⇥ tab) | judged by | confidence |
|---|---|---|---|---|---|
"""


def table() -> str:
    """Return all conventions as a table in Markdown."""
    return _HEAD + "\n".join(_row(convention) for convention in conventions.REGISTRY.all)


def _row(convention: Convention) -> str:
    family = f"{convention.family}, weak" if convention.weak else convention.family
    example = convention.example.replace("|", "\\|")
    return (
        f"| `{convention.name}` | {family} | {convention.summary} | `{example}` | {convention.evidence} "
        f"| {convention.confidence} |"
    )
