"""What a code means: for the terminal, and as the page of all codes."""

from __future__ import annotations

from difflib import get_close_matches
from textwrap import fill

from onrecord.codes import CODES, SUBJECTS
from onrecord.errors import ConfigError


def explain_code(name: str) -> str:
    """Return what is wrong, why it matters and what would be right. Raises `ConfigError` for an unknown code."""
    code = CODES.get(name)
    if code is None:
        near = get_close_matches(name, CODES, 3, 0.5)
        meant = f"did you mean {', '.join(near)}?" if near else f"there are: {', '.join(sorted(CODES))}"
        raise ConfigError(f"there is no finding code {name!r}; {meant}")
    effect = "It stops a release until it is repaired or waived." if code.level == "error" else "It stops nothing."
    parts = (
        f"{code.name}: {code.level}, since {code.since}",
        fill(code.summary, 88),
        fill(f"Why it matters: {code.why}", 88),
        fill(f"What would be right: {code.hint}", 88),
        effect,
    )
    return "\n\n".join(parts) + "\n"


def findings_page() -> str:
    """Return the page of all codes in Markdown, as `docs/findings.md` and `schema/findings.md` hold it."""
    lines = [
        "# Findings",
        "",
        "<!-- Generated from onrecord/codes/ by `scripts/pages`; do not edit. -->",
        "",
        "Every finding has a stable code. An *error* stops a release until it is repaired or waived, a *warning* and",
        "a *note* stop nothing. The version is the one in which the code got its level. In the terminal:",
        "`onrecord explain CODE`.",
    ]
    for subject, codes in SUBJECTS.items():
        if not codes:
            continue
        lines += ["", f"## {subject}", "", "| code | level | since | what is wrong |", "|---|---|---|---|"]
        lines += [f"| [`{code.name}`](#{code.name}) | {code.level} | {code.since} | {code.summary} |" for code in codes]
        for code in codes:
            lines += [
                "",
                f"### {code.name}",
                "",
                code.summary,
                "",
                code.why,
                "",
                f"**What would be right:** {code.hint}",
            ]
    return "\n".join(lines) + "\n"
