"""A diff for people: as text for a terminal, or as a page of its own."""

from __future__ import annotations

import html
from collections.abc import Iterator

from onrecord.release.compare import Diff, FieldChange, RecordChange

FORMATS = ("text", "json", "html")


def render_diff(changes: Diff, format_: str) -> str:
    """Return `changes` as `text`, `json` or `html`."""
    if format_ == "json":
        return changes.model_dump_json(indent=2)
    lines = list(_lines(changes))
    return _page(changes, lines) if format_ == "html" else "\n".join(text for _, text in lines)


def _lines(changes: Diff) -> Iterator[tuple[str, str]]:
    """Yield (kind, line): `head`, `added`, `removed`, `changed`, or `detail`."""
    yield "head", f"{changes.old_version} → {changes.new_version}: {_counts(changes)}; calls for {changes.step}"
    for id_ in changes.added:
        yield "added", f"+ {id_}"
    for removal in changes.removed:
        when = f" withdrawn {removal.on}" if removal.on else " no longer there, and no withdrawal says why"
        yield "removed", f"- {removal.id}:{when}{': ' + removal.why if removal.why else ''}"
    for change in changes.changed:
        yield "changed", f"~ {change.id}{_moved(change)}"
        for reason in change.why:
            yield "detail", f"    because: {reason}"
        for field in change.fields:
            yield "detail", f"    {_field(field)}"
        for item in change.items:
            sign = {"added": "+", "removed": "-", "changed": "~"}[item.change]
            yield "detail", f"    {sign} {item.id}"
            for field in item.fields:
                yield "detail", f"        {_field(field)}"
    for name in changes.tables:
        yield "changed", f"~ table {name}: other rows from the same records"


def _counts(changes: Diff) -> str:
    counts = (
        (len(changes.added), "added"),
        (len(changes.removed), "removed"),
        (len(changes.changed), "changed"),
        (changes.unchanged, "the same"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts)


def _moved(change: RecordChange) -> str:
    return "" if change.moved is None else f" moved from split {change.moved[0]} to {change.moved[1]}"


def _field(field: FieldChange) -> str:
    return f"{field.field}: {'null' if field.old is None else field.old} → {'null' if field.new is None else field.new}"


def _page(changes: Diff, lines: list[tuple[str, str]]) -> str:
    title = html.escape(f"{changes.old_version} → {changes.new_version}")
    body = "\n".join(f'<div class="{kind}" dir="auto">{html.escape(text)}</div>' for kind, text in lines)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }}
div {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.head {{ font-size: 1.2rem; font-weight: 600; margin-bottom: 1rem; }}
.added {{ color: #0a5c2b; }} .removed {{ color: #9c1c1c; }} .changed {{ margin-top: .5rem; font-weight: 600; }}
.detail {{ font-family: ui-monospace, monospace; font-size: 13px; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #16181d; color: #e4e6eb; }} .added {{ color: #7bd69a; }} .removed {{ color: #ff9a9a; }}
}}
</style>
</head>
<body>
{body}
</body>
</html>
"""
