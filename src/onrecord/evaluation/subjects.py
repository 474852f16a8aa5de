"""What can be evaluated, by name: one registry for `scripts/evaluate` and `onrecord evaluate`."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence

SUBJECTS: Mapping[str, tuple[str, str]] = {
    "quotes": ("onrecord.evaluation.quotes_report", "Quotations: content, source, cue, attribution."),
    "turns": ("onrecord.evaluation.turns_report", "Turns: who speaks from where to where."),
    "speakers": ("onrecord.evaluation.speakers_report", "Speakers: which labels are one person."),
    "corrections": ("onrecord.evaluation.corrections", "Corrections: how many survive a change."),
    "floors": ("onrecord.evaluation.floors", "The floors under the figures of quotations."),
}
"""Name -> (module with a `main(arguments)`, one line of help). Only the module that is asked for is imported."""


def run(subject: str, arguments: Sequence[str]) -> int:
    """Run the evaluation of a subject with its own arguments and return its exit code."""
    return int(importlib.import_module(SUBJECTS[subject][0]).main(arguments))
