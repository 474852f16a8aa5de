"""`scripts/evaluate NAME`: measure, print, and write the figures into docs/quality.md."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from onrecord.evaluation import corrections
from onrecord.evaluation.report import write_section

PAGE = Path("docs/quality.md")

EVALUATIONS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "corrections": ("Corrections that survive a change", lambda: corrections.main(Path("raw"))),
}
"""Name → heading of its section, and the function that measures and returns the section as Markdown."""


def main(names: list[str]) -> int:
    """Run the evaluations named, or all of them."""
    unknown = [name for name in names if name not in EVALUATIONS]
    if unknown:
        print(f"there is no evaluation named {unknown[0]!r}; there are: {', '.join(EVALUATIONS)}", file=sys.stderr)
        return 2
    for name in names or EVALUATIONS:
        heading, measure = EVALUATIONS[name]
        body = measure()
        print(body)
        write_section(PAGE, name, heading, body)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
