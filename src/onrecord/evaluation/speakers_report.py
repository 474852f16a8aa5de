"""`scripts/evaluate speakers`: score the stage against gold, print the figures, write them into docs/quality.md."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from onrecord.evaluation.gold_speakers import Case, read_cases
from onrecord.evaluation.label_strings import score_labels
from onrecord.evaluation.report import environment, table, write_section
from onrecord.evaluation.speakers import Score, total


def main(arguments: Sequence[str]) -> int:
    """Run the evaluation; exit code 1 if a floor is not reached."""
    parser = argparse.ArgumentParser(prog="scripts/evaluate speakers", description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("tests/gold/speakers"), help="folder with the cases")
    parser.add_argument("--page", type=Path, default=Path("docs/quality.md"), help="document to write into")
    parser.add_argument("--faults", action="store_true", help="print every fault")
    chosen = parser.parse_args(arguments)
    cases = read_cases(chosen.gold)
    whole = total(cases)
    labels = score_labels()
    body = report(cases)
    print(body)
    if chosen.faults:
        print("\n".join((*whole.faults, *labels.faults)))
    write_section(chosen.page, "speakers", "Speakers within one interview", body)
    good = (whole.precision or 0) >= PRECISION and (whole.recall or 0) >= RECALL and labels.whole >= LABELS
    return 0 if good else 1


PRECISION, RECALL, LABELS = 0.995, 0.97, 0.98
"""The floors issue 5 sets."""


def report(cases: Sequence[Case]) -> str:
    """Return the section of docs/quality.md."""
    languages = sorted({case.language for case in cases})
    rows = [_row(language, total(case for case in cases if case.language == language)) for language in languages]
    rows.append(_row("all", total(cases)))
    head = ("language", "interviews", "labels", "pair precision", "pair recall", "names", "roles", "joint labels")
    labels = score_labels()
    made = (
        f"Label strings as broadcasters print them, made from parts ({labels.count:,}): every field right "
        f"{labels.whole:.2%}; name {labels.name / labels.count:.2%}, role {labels.role / labels.count:.2%}, "
        f"affiliation {labels.affiliation / labels.count:.2%}."
    )
    told = (
        "A pair is two different labels of one interview: precision counts those put together that belong together, "
        "recall those that belong together and were put together. Gold: `tests/gold/speakers/`, written by us."
    )
    return f"{table(head, rows)}\n\n{told}\n\n{made}\n\n{environment()}."


def _row(name: str, score: Score) -> tuple[str, ...]:
    return (
        name,
        str(score.cases),
        str(score.labels),
        _share(score.right, score.found),
        _share(score.right, score.together),
        _share(score.names_right, score.names),
        _share(score.roles_right, score.roles),
        _share(score.joint_right, score.joint),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part}/{whole})" if whole else "–"
