"""`scripts/evaluate speakers`: score who is who against gold, print the figures, write them into docs/quality.md.

What `--gold` names decides what is measured: a folder of cases in our notation (`*.txt`), a folder of transcripts with
gold turns (`<source>/<document>.gold.json`), or gold of quotations (`*.jsonl`).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from onrecord.evaluation.gold_speakers import Case, read_cases
from onrecord.evaluation.label_strings import LabelScore, score_labels
from onrecord.evaluation.report import environment, table, write_section
from onrecord.evaluation.speakers import Score, total
from onrecord.evaluation.speakers_mentions import BCubed, score_mentions
from onrecord.evaluation.speakers_turns import score_transcripts

PRECISION, RECALL, LABELS, MENTIONS = 0.995, 0.97, 0.98, 0.97
"""The floors issue 5 sets."""


def main(arguments: Sequence[str]) -> int:
    """Run the evaluation; exit code 1 if a floor is not reached."""
    parser = argparse.ArgumentParser(prog="onrecord evaluate speakers", description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("tests/gold/speakers"), help="folder of cases, or other gold")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="only cases whose name begins so; nothing is written"
    )
    parser.add_argument("--page", type=Path, default=Path("docs/quality.md"), help="document to write into")
    parser.add_argument("--faults", action="store_true", help="print every fault")
    chosen = parser.parse_args(arguments)
    name, title, body, faults, good = _measured(chosen.gold, chosen.only)
    print(body)
    if chosen.faults:
        print("\n".join(faults))
    if not chosen.only:
        write_section(chosen.page, name, title, body)
    return 0 if good else 1


_Measured = tuple[str, str, str, tuple[str, ...], bool]


def _measured(gold: Path, only: str) -> _Measured:
    if gold.suffix == ".jsonl":
        found = score_mentions(gold)
        return "speakers-mentions", "People quoted in news", _mentions(gold, found), found.faults, found.f1 >= MENTIONS
    if any(gold.glob("*.txt")):
        cases = [case for case in read_cases(gold) if case.name.startswith(only)]
        whole, labels = total(cases), score_labels()
        good = _reached(whole) and labels.whole >= LABELS
        return "speakers", "Speakers within one interview", report(cases), (*whole.faults, *labels.faults), good
    sources = score_transcripts(gold)
    whole = sum(sources.values(), Score())
    body = _transcripts(sources, whole)
    return "speakers-transcripts", "Speakers of transcripts", body, whole.faults, _reached(whole)


def _reached(score: Score) -> bool:
    return (score.precision or 0) >= PRECISION and (score.recall or 0) >= RECALL


def report(cases: Sequence[Case]) -> str:
    """Return the section of docs/quality.md about the cases written by us, and about label strings."""
    languages = sorted({case.language for case in cases})
    rows = [_row(language, total(case for case in cases if case.language == language)) for language in languages]
    rows.append(_row("all", total(cases)))
    head = ("language", "interviews", "labels", "pair precision", "pair recall", "names", "roles", "joint labels")
    told = (
        "A pair is two different labels of one interview: precision counts those put together that belong together, "
        "recall those that belong together and were put together. Gold: `tests/gold/speakers/`, written by us; the "
        "rules were improved on it, so docs/speakers.md says what each batch gave when it was new."
    )
    labels = f"{_labels('known', score_labels())}\n{_labels('unseen', score_labels(unseen=True))}"
    return f"{table(head, rows)}\n\n{told}\n\n{labels}\n\n{environment()}."


def _labels(what: str, score: LabelScore) -> str:
    return (
        f"- Label strings as broadcasters print them, made from {what} words ({score.count:,}): every field right "
        f"{score.whole:.2%}; name {score.name / score.count:.2%}, role {score.role / score.count:.2%}, affiliation "
        f"{score.affiliation / score.count:.2%}."
    )


def _transcripts(sources: Mapping[str, Score], whole: Score) -> str:
    head = ("source", "documents", "labels", "put together", "right", "belong together")
    rows = [_counts(name, score) for name, score in sources.items()]
    told = (
        "The gold gives the printed label of each turn; which labels are one voice's follows from the labels by the "
        "plain rule of `onrecord.evaluation.speakers_turns`, and pairs it cannot decide are left out."
    )
    return f"{table(head, [*rows, _counts('all', whole)])}\n\n{told} {_shares(whole)}\n\n{environment()}."


def _counts(name: str, score: Score) -> tuple[str, ...]:
    return name, *map(str, (score.cases, score.labels, score.found, score.right, score.together))


def _shares(score: Score) -> str:
    right = _share(score.right, score.found)
    return f"Pair precision {right}, recall {_share(score.right, score.together)}."


def _mentions(gold: Path, found: BCubed) -> str:
    return (
        f"`{gold.parent.name}/{gold.stem}`: {found.mentions:,} mentions of named sources in {found.documents} "
        f"articles; B³ precision {found.precision:.3f}, recall {found.recall:.3f}, **F1 {found.f1:.3f}**; "
        f"{found.found:,} mentions were found at all. What is scored: `onrecord.evaluation.speakers_mentions`.\n\n"
        f"{environment()}."
    )


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
