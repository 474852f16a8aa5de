"""`scripts/evaluate floors`: hold the figures of the committed gold against the floors committed beside it.

A floor is raised by running the command after the figures rose, and lowered only with `--lower`, so that a figure
that fell is seen in a diff and never by accident.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from onrecord.errors import ReadError
from onrecord.evaluation.quotes import MEASURES, measures, total
from onrecord.evaluation.quotes_report import score

HELD = ("direct exact", "direct soft", "direct attribution", "mixed exact", "indirect soft", "all soft")
"""The measures that have a floor in each language."""
MARGIN = 1.0
"""Points a floor lies under the figure it was set from: what a harmless change of one quotation may cost."""

Figures = Mapping[str, Mapping[str, float]]


def measured(gold: Path) -> dict[str, dict[str, float]]:
    """Return the held figures, in percent, of each `<language>.jsonl` in a folder. `ReadError` if there is none."""
    paths = sorted(gold.glob("*.jsonl"))
    if not paths:
        raise ReadError(f"{gold}: there is no gold (<language>.jsonl) in this folder")
    return {path.stem: _figures(path) for path in paths}


def _figures(path: Path) -> dict[str, float]:
    values = measures(total(score(path).counts))
    shown = {name: values[MEASURES[name]] for name in HELD}
    return {name: 100 * value for name, value in shown.items() if value is not None}


def fallen(figures: Figures, floors: Figures) -> list[str]:
    """Say for each figure below its floor, or no longer measured, which it is and by how much it fell."""
    lines = []
    for language, held in sorted(floors.items()):
        for name, floor in held.items():
            figure = figures.get(language, {}).get(name)
            if figure is None:
                lines.append(f"{language}: {name} is no longer measured; its floor is {floor:.1f}")
            elif figure < floor:
                lines.append(
                    f"{language}: {name} is {figure:.1f}, {floor - figure:.1f} points under its floor {floor:.1f}"
                )
    return lines


def moved(figures: Figures, floors: Figures, *, lower: bool = False) -> dict[str, dict[str, float]]:
    """Return new floors: a margin under the figures; without `lower` no floor goes down and none is dropped."""
    made = {
        language: {name: math.floor(10 * max(0.0, value - MARGIN)) / 10 for name, value in values.items()}
        for language, values in figures.items()
    }
    if lower:
        return made
    for language, held in floors.items():
        for name, floor in held.items():
            own = made.setdefault(language, {})
            own[name] = max(floor, own.get(name, floor))
    return made


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Read a floors file; none is there before the first run. `ReadError` if it is not what this module writes."""
    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {language: {name: float(value) for name, value in held.items()} for language, held in stored.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise ReadError(f"{path}: these are no floors: {error}") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Raise the floors to the figures, less a margin; 1, and nothing written, if a figure fell under its floor."""
    parser = argparse.ArgumentParser(prog="onrecord evaluate floors", description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("tests/gold/quotes"), help="folder with <language>.jsonl")
    parser.add_argument("--floors", type=Path, help="floors file (default: floors.json in the folder of the gold)")
    parser.add_argument("--lower", action="store_true", help="also lower the floors of what fell")
    options = parser.parse_args(arguments)
    path = options.floors or options.gold / "floors.json"
    figures, floors = measured(options.gold), read_floors(path)
    lines = fallen(figures, floors)
    print("\n".join(lines or ["No figure is under its floor."]))
    if lines and not options.lower:
        print("If the fall is meant, run this again with --lower, and say why in the commit.")
        return 1
    content = json.dumps(moved(figures, floors, lower=options.lower), indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(content + "\n", encoding="utf-8")
    return 0
