"""Cases of codes about people.yaml: what its decisions say of two speakers, `c/one#speaker@0` and `c/two#speaker@0`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from onrecord.people import link, read_people
from onrecord.schema.interview import Finding
from tests.cases.running import Scripted

ONE, TWO = "c/one#speaker@0", "c/two#speaker@0"
PEOPLE = "people:\n  hale-ruth: {name: Ruth Hale, wikidata: Q1}\n  pell-dana: {name: Dana Pell, wikidata: Q2}\n"
SAME = f'  - {{same: ["{ONE}", hale-ruth], by: Ann Lee, on: 2026-11-24, why: Both name the mill.}}\n'
ALSO = f'  - {{same: ["{TWO}", hale-ruth], by: Ann Lee, on: 2026-11-24, why: Both name the mill.}}\n'


def said(*lines: str, people: str = PEOPLE) -> Callable[[Path], Iterable[Finding]]:
    """What is found in a people.yaml with these decisions."""

    def find(folder: Path) -> Iterable[Finding]:
        (folder / "people.yaml").write_text(f"{people}decisions:\n{''.join(lines)}" if lines else people)
        file, found = read_people(folder)
        return (*found, *link(file, {ONE: None, TWO: None}).findings)

    return find


def between(verdict: str, a: str, b: str) -> str:
    """A line of a decision."""
    return f'  - {{{verdict}: ["{a}", "{b}"], by: Bob Roe, on: 2026-11-25, why: It was another mill.}}\n'


CASES = {
    "people-conflict": Scripted(
        bad=said(SAME, ALSO, between("different", ONE, TWO)),
        ok=said(SAME, between("different", ONE, TWO)),
    ),
    "unknown-reference": Scripted(bad=said(between("same", "c/one#speaker@1", "hale-ruth")), ok=said(SAME)),
    "duplicate-person": Scripted(bad=said(people=PEOPLE.replace("Q2", "Q1")), ok=said(people=PEOPLE)),
    "people-ring": Scripted(bad=said(SAME, ALSO, between("same", ONE, TWO)), ok=said(SAME, ALSO)),
    "decision-without-effect": Scripted(
        bad=said(between("undo", ONE, TWO)), ok=said(SAME, between("undo", ONE, "hale-ruth"))
    ),
}
