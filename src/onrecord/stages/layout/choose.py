"""Letting conventions compete: judge each on the whole text, keep the best supported, make turns and blocks."""

from __future__ import annotations

import dataclasses

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages.layout.assemble import assemble, end_row
from onrecord.stages.layout.conventions import BY_NAME
from onrecord.stages.layout.front import front_blocks
from onrecord.stages.layout.judge import Known, Verdict, judge_labels, known_voices
from onrecord.stages.layout.model import LaidBlock, LaidTurn, Layout, Opening
from onrecord.stages.layout.page import Page, read_page
from onrecord.stages.layout.scan import scan


def lay_out(interview: Interview, facts: Facts) -> Layout:
    """Return the layout of `interview`. Pure, and linear in its text and marks."""
    page = read_page(interview.text, interview.marks)
    known = _known(facts)
    verdicts = _verdicts(page, known)
    openings = _winning(verdicts)
    stop = end_row(page, openings)
    turns = assemble(page, openings, stop)
    won = {turn.convention for turn in turns}
    tried = tuple(dataclasses.replace(verdict.tried, won=verdict.convention.name in won) for verdict in verdicts)
    return Layout(tuple(_blocks(page, turns)), tuple(turns), tried)


def _known(facts: Facts) -> Known:
    named = [label.label for label in facts.labels if not label.ignore]
    for participant in facts.participants:
        named += [participant.name, *participant.labels]
    return known_voices(named, [label.label for label in facts.labels if label.ignore])


def _verdicts(page: Page, known: Known) -> list[Verdict]:
    forms: dict[str, list[Opening]] = {}
    for opening in scan(page):
        forms.setdefault(opening.form, []).append(opening)
    return [judge_labels(page, BY_NAME[form], found, known) for form, found in forms.items() if form in BY_NAME]


def _winning(verdicts: list[Verdict]) -> list[Opening]:
    openings: dict[int, Opening] = {}
    for verdict in sorted(verdicts, key=lambda item: -item.score):
        for opening in verdict.openings:
            openings.setdefault(opening.row, opening)
    return [openings[row] for row in sorted(openings)]


def _blocks(page: Page, turns: list[LaidTurn]) -> list[LaidBlock]:
    """Partition the text: turns as they are, everything between them row by row."""
    blocks: list[LaidBlock] = []
    number = 0
    titled = False
    for position, turn in enumerate(turns):
        first = page.row_at(turn.start)
        found = front_blocks(page, number, first, before_turns=position == 0, titled=titled)
        titled = titled or any(block.kind == "title" for block in found)
        blocks.extend(found)
        blocks.append(LaidBlock(page.rows[first].start, turn.stop, "turn"))
        number = page.row_at(turn.stop - 1) + 1
    rest = front_blocks(page, number, len(page.rows), before_turns=not turns, titled=titled)
    return [*blocks, *(_after(block) if turns else block for block in rest)]


def _after(block: LaidBlock) -> LaidBlock:
    return dataclasses.replace(block, kind="boilerplate") if block.kind in ("title", "paragraph") else block
