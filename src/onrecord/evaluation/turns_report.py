"""`scripts/evaluate turns`: the figures as a table, written into `docs/quality.md`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from onrecord.evaluation.report import environment, table, write_section
from onrecord.evaluation.turns import Scores, evaluate, false_turns, prose


def report(scores: Sequence[Scores], prose_counts: tuple[int, list[str]] | None = None) -> str:
    """Return the figures as Markdown: a table by source, the means, what was measured and on what."""
    sources = sorted({item.source for item in scores})
    rows = [_row(source, [item for item in scores if item.source == source]) for source in sources]
    means = [mean(item.f1 for item in scores if item.source == source) for source in sources]
    compared = sum(item.roles for item in scores)
    right = sum(item.roles_right for item in scores)
    lines = [
        table(("source", "documents", "F1", "as given", "merged", "text only", "naive", "roles", "lost text"), rows),
        "",
        f"Mean of F1 over {len(sources)} sources: **{mean(means):.3f}**, lowest {min(means):.3f}. "
        f"Roles: {right} of {compared} right" + (f" ({right / compared:.3f})." if compared else "."),
    ]
    if prose_counts is not None:
        count, wrong = prose_counts
        lines.append(f"Prose: {count - len(wrong)} of {count} texts that are no interview give no turns "
                     f"({1 - len(wrong) / max(1, count):.4f}).")  # fmt: skip
    lines += ["", f"Measured with `scripts/evaluate turns`; {environment()}."]
    return "\n".join(lines)


def _row(source: str, items: Sequence[Scores]) -> tuple[str, ...]:
    compared = sum(item.roles for item in items)
    role = f"{sum(item.roles_right for item in items) / compared:.3f}" if compared else "–"
    columns = ("f1", "given", "merged", "unlabelled", "naive")
    figures = [f"{mean(getattr(item, name) for item in items):.3f}" for name in columns]
    return (source, str(len(items)), *figures, role, f"{max(item.lost for item in items):.4f}")


def main(arguments: Sequence[str]) -> int:
    """Evaluate gold folders and texts of prose; print the figures and write them down. Returns an exit code."""
    parser = argparse.ArgumentParser(prog="onrecord evaluate turns", description=__doc__)
    parser.add_argument(
        "--gold", type=Path, action="append", default=[], help="folder <source>/<document>.<ext> with .gold.json"
    )
    parser.add_argument(
        "--prose", type=Path, action="append", default=[], help="folder of .txt, or JSON lines, of texts without turns"
    )
    parser.add_argument("--documents", action="store_true", help="print one JSON line for each document, too")
    parser.add_argument(
        "--out", type=Path, default=Path("docs/quality.md"), help="Markdown file that holds the figures"
    )
    parser.add_argument("--section", default="turns", help="name of the section's markers in that file")
    chosen = parser.parse_args(arguments)
    scores = [item for folder in chosen.gold for item in evaluate(folder)]
    if not scores:
        print("no gold: give --gold DIR with DIR/<source>/<document>.<ext> and <document>.gold.json beside it")
        return 2
    counts = false_turns(text for path in chosen.prose for text in prose(path)) if chosen.prose else None
    body = report(scores, counts)
    if chosen.documents:
        for item in scores:
            print(json.dumps({"source": item.source, "document": item.document, "f1": round(item.f1, 4)}))
    print(body)
    heading = "Turns" if chosen.section == "turns" else f"Turns: {chosen.section.removeprefix('turns-')}"
    write_section(chosen.out, chosen.section, heading, body)
    return 0
