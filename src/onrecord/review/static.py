"""The page for reading: one file per interview, an index, and a summary for a pull request."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from onrecord.findings.lines import visible
from onrecord.findings.text import address
from onrecord.review.page import asset, page
from onrecord.review.session import View
from onrecord.schema.interview import Finding

_SHOWN = 10
_RANK = {"error": 0, "warning": 1, "note": 2}


def write_static(views: Sequence[View], out: Path) -> list[Path]:
    """Write the pages of `views` into the folder `out`, with `index.html` and `summary.md`; or, if `out` ends in
    `.html` and there is one view, that one file. Return what was written. Raises `OSError` if it cannot be.
    """  # noqa: D205 - the sentence needs two lines
    if out.suffix.lower() in (".html", ".htm") and len(views) == 1:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page(views[0].model(), live=False), encoding="utf-8", errors="replace")
        return [out]
    out.mkdir(parents=True, exist_ok=True)
    names = _names(views)
    written = []
    for name, view in zip(names, views, strict=True):
        written.append(out / name)
        written[-1].write_text(page(view.model(), live=False), encoding="utf-8", errors="replace")
    (out / "index.html").write_text(_index(views, names), encoding="utf-8", errors="replace")
    (out / "summary.md").write_text(summary(views), encoding="utf-8", errors="replace")
    return [*written, out / "index.html", out / "summary.md"]


def summary(views: Sequence[View]) -> str:
    """Return what a reviewer with five minutes needs to know, as Markdown in which contributed words mean nothing."""
    accepted = sum(view.accepted for view in views)
    lines = [f"### {accepted} of {len(views)} interviews would be accepted", ""]
    lines += [
        "| interview | date | language | turns | speakers | quotations | corrections | findings |",
        "|" + "---|" * 8,
    ]
    for view in views:
        item = view.interview
        date = item.date.isoformat() if item.date else "unknown"
        status = "" if view.accepted else " **stops**"
        cells = (
            _code(item.id), date, _code(item.language or "unknown"), len(item.turns), len(item.speakers),
            len(item.quotes), _statuses(view), _counts(view.findings) + status,
        )  # fmt: skip
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    told = sorted(
        (item for view in views for item in view.findings if item.waiver is None), key=lambda item: _RANK[item.level]
    )
    if told:
        lines += ["", f"<details><summary>{_counts(told)}</summary>", ""]
        lines += [f"- {item.level} {_code(f'{address(item)} [{item.code}] {item.message}')}" for item in told[:_SHOWN]]
        lines += [f"- … and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
        lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


def _statuses(view: View) -> str:
    counts = Counter(item.status or "not tried" for item in view.interview.corrections)
    return ", ".join(f"{count} {status}" for status, count in sorted(counts.items())) or "none"


def _counts(findings: Sequence[Finding]) -> str:
    counts = Counter(item.level for item in findings if item.waiver is None)
    waived = sum(item.waiver is not None for item in findings)
    said = [f"{count} {level}{'s' * (count != 1)}" for level in _RANK if (count := counts[level])]  # type: ignore[index]  # the keys are the levels
    return ", ".join([*said, *([f"{waived} waived"] if waived else [])]) or "none"


def _code(text: str) -> str:
    """Contributed words as code: no link, no mention, no markup, no way out of the cell."""
    shown = " ".join(visible(text).replace("|", "¦").replace("`", "ˋ").split())
    return f"`{shown}`" if shown else "–"


def _names(views: Sequence[View]) -> list[str]:
    names: list[str] = []
    for view in views:
        stem = re.sub(r"[^\w.-]+", "-", view.interview.id.replace("/", "__")).strip("-.") or "interview"
        name, number = f"{stem}.html", 2
        while name.casefold() in {known.casefold() for known in (*names, "index.html")}:
            name, number = f"{stem}-{number}.html", number + 1
        names.append(name)
    return names


def _index(views: Sequence[View], names: Sequence[str]) -> str:
    rows = "".join(
        f'<li><a href="{html.escape(name, quote=True)}">{html.escape(view.interview.title or view.interview.id)}</a>'
        f"<p>{html.escape(view.interview.id)}: {len(view.interview.turns)} turns, {_counts(view.findings)}</p></li>"
        for name, view in zip(names, views, strict=True)
    )
    return asset("index.html").replace("{{count}}", str(len(views))).replace("{{rows}}", rows)
