"""Letting conventions compete: judge each on the whole text, keep the best supported, make turns and blocks."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right

from onrecord.collection.facts import Facts
from onrecord.schema.interview import Interview
from onrecord.stages.layout import conventions, forms, inline, mixed
from onrecord.stages.layout.assemble import assemble, lead_in
from onrecord.stages.layout.bounds import end_row
from onrecord.stages.layout.convention import Convention, Family
from onrecord.stages.layout.front import front_blocks
from onrecord.stages.layout.judge import Known, judge_changes, judge_strong, judge_weak, known_voices
from onrecord.stages.layout.labels import is_titled, read_label
from onrecord.stages.layout.model import LaidBlock, LaidTurn, Layout, Opening, Verdict
from onrecord.stages.layout.page import Page
from onrecord.stages.layout.reading import read_page
from onrecord.stages.layout.roles import with_roles
from onrecord.stages.layout.scan import scan

_MORE = 0.5
"""Labels win over style unless they have less than this share of the turns that style would give."""
_STATED = 2
"""So many labels make turns where people state the convention."""
_PLENTY = 20
"""With this many labels, and one on every other line, no style can win: none is tried."""


def lay_out(interview: Interview, facts: Facts) -> Layout:
    """Return the layout of `interview`. Pure, and linear in its text and marks."""
    page = read_page(interview.text, interview.marks)
    verdicts = _verdicts(page, facts)
    openings = _winning(page, verdicts, facts)
    for joined in conventions.REGISTRY.of(conventions.Joined):
        openings = joined.join(joined, page, openings)
    openings = [*inline.in_lead(page, openings), *openings]
    openings = [*inline.before_dash(page, openings), *openings]
    openings = [*lead_in(page, openings), *openings]
    openings = with_roles(page, _without_bare_sides(page, openings))
    untimed = [opening.start_ms for opening in openings].count(None)
    page.timed = page.timed or len(openings) - untimed > len(openings) // 2
    stop = end_row(page, openings)
    turns = assemble(page, [opening for opening in openings if opening.row < stop], stop)
    won = {turn.convention for turn in turns}
    tried = tuple(
        dataclasses.replace(verdict.tried, won=bool(verdict.openings) and verdict.convention.name in won)
        for verdict in verdicts
    )
    return Layout(tuple(_blocks(page, turns)), tuple(turns), tried)


def _without_bare_sides(page: Page, openings: list[Opening]) -> list[Opening]:
    """Leave out a side on a line of its own before a label: it says what the label's voice does, nothing is said."""
    found: list[Opening] = []
    for opening in openings:
        before = found[-1] if found else None
        bare = before is not None and before.own_line and before.side and page.next_text(before.row) == opening.row
        if before is None or not bare or opening.side:  # a side before a side is a turn in which nothing is said
            found.append(opening)
            continue
        found[-1] = opening if opening.role is not None else opening._replace(role=before.role, side=True)
    return found


def _known(facts: Facts) -> Known:
    named = [label.label for label in facts.labels if not label.ignore]
    for participant in facts.participants:
        named += [participant.name, *participant.labels]
    return known_voices(named, [label.label for label in facts.labels if label.ignore])


def _verdicts(page: Page, facts: Facts) -> list[Verdict]:
    """Judge every convention on the page; `facts.convention` lets only one compete."""
    known = _known(facts)
    found: dict[Convention, list[Opening]] = {}
    for opening in scan(page):
        found.setdefault(opening.form, []).append(opening)
    verdicts = _proposed(page, "markup")
    strong = {form: openings for form, openings in found.items() if not form.weak and not form.unnamed}
    verdicts += judge_strong(page, strong, known)
    verdicts += [judge_changes(page, form, openings) for form, openings in found.items() if form.unnamed]
    verdicts += [judge_weak(page, form, openings, known) for form, openings in found.items() if form.weak]
    verdicts = mixed.unite(page, verdicts)
    labelled = sum(len(verdict.openings) for verdict in verdicts)
    if labelled < _PLENTY or labelled < [row.kind for row in page.rows].count("text") * _MORE:
        verdicts += forms.propose(page, 0, len(page.rows))
    if not any(verdict.openings for verdict in verdicts if not verdict.convention.weak):
        verdicts += _proposed(page, "label")
    return verdicts


def _proposed(page: Page, family: Family) -> list[Verdict]:
    """Return what the conventions of a family make of the page that look at it as a whole."""
    asked = [c for c in conventions.REGISTRY.of(conventions.Proposed) if c.family == family]
    return [verdict for c in asked if (verdict := c.propose(c, page)) is not None]


def _winning(page: Page, verdicts: list[Verdict], facts: Facts) -> list[Opening]:
    """Return the openings of the winner, and of others where it is silent."""
    if facts.convention is not None:
        stated = [v for v in verdicts if v.convention.name == facts.convention and v.openings]
        stated = stated or [_taken_at_word(v) for v in verdicts if v.convention.name == facts.convention and v.all]
        if any(verdict.openings for verdict in stated):
            return _merge(stated)
    accepted = [verdict for verdict in verdicts if verdict.openings]
    marked = [verdict for verdict in accepted if verdict.convention.family == "markup"]
    labelled = _labelled(page, verdicts)
    form = _best_form([verdict for verdict in accepted if verdict.convention.family == "form"])
    best = max(marked, key=lambda verdict: verdict.score, default=None)
    if best is not None and len(best.openings) >= max(2, _MORE * len(labelled)):
        return best.openings
    if form is not None and len(labelled) < _MORE * len(form.openings):
        return _beside(_introduced(page, form.openings, verdicts), labelled)
    above = [_above(page, verdict.openings, labelled) for verdict in accepted if verdict.convention.over_labels]
    if labelled and (asked := max(above, key=len, default=[])):
        return sorted([*labelled, *asked], key=lambda opening: opening.at)
    return _beside(labelled, form.openings if form is not None else [])


def _introduced(page: Page, openings: list[Opening], verdicts: list[Verdict]) -> list[Opening]:
    """Read the labels that only the first question and the first answer have, after which style alone tells."""
    strong = [v for v in verdicts if v.convention.family == "label" and not v.convention.weak]
    pair = [next((o for o in openings if o.role == role), None) for role in ("question", "answer")]
    printed = []
    for opening in pair:
        found = [o for v in strong for o in v.all if opening is not None and o.row == opening.row and o.label]
        found = [o for o in found if read_label(page.text[slice(*(o.label or (0, 0)))]).kind in _NAMED]
        if opening is None or opening.label is not None or not found:
            return openings
        printed.append(opening._replace(label=found[0].label, key=found[0].key, body=found[0].body))
    return [next((o for o in printed if o.at == opening.at), opening) for opening in openings]


_NAMED = ("name", "caps", "initials", "script", "phrase", "side")


def _above(page: Page, styled: list[Opening], labelled: list[Opening]) -> list[Opening]:
    """Return questions in a style of their own that are put to labelled voices, each followed by a label."""
    rows = {opening.row for opening in labelled}
    asked = [opening for opening in styled if opening.role == "question" and opening.row not in rows]
    put = [opening for opening in asked if page.next_text(opening.row) in rows]
    return put if len(put) >= 2 and len(put) >= 0.8 * len(asked) else []


def _taken_at_word(verdict: Verdict) -> Verdict:
    """Believe the labels of the convention that people state, however few they are."""
    openings = [opening for opening in verdict.all if opening.label is not None]
    return dataclasses.replace(verdict, openings=openings if len(openings) >= _STATED else [])


def _best_form(verdicts: list[Verdict]) -> Verdict | None:
    """Return the best supported style; bare question marks count only where no style has half as many turns."""
    styled = [verdict for verdict in verdicts if not verdict.convention.last_resort]
    best = max(styled, key=lambda verdict: verdict.score, default=None)
    bare = max(verdicts, key=lambda verdict: verdict.score, default=None)
    if best is not None and bare is not None and len(best.openings) >= _MORE * len(bare.openings):
        return best
    return bare


def _labelled(page: Page, verdicts: list[Verdict]) -> list[Opening]:
    """Unite the labelled conventions: strong ones, and every form in which an established label comes again."""
    labels = [verdict for verdict in verdicts if verdict.convention.family == "label"]
    strong = [verdict for verdict in labels if verdict.openings and not verdict.convention.weak]
    if any(not verdict.convention.yields for verdict in strong):
        strong = [verdict for verdict in strong if not verdict.convention.yields]
    weak = sorted((v for v in labels if v.openings and v.convention.weak), key=lambda v: -v.score)
    chosen = strong
    if weak and weak[0].score > sum(verdict.score for verdict in strong):
        chosen = [weak[0]]
    core = frozenset[str]().union(*(verdict.core for verdict in chosen))
    rest = [verdict for verdict in labels if verdict not in chosen]
    printed = _printed(page, chosen)
    first = min((verdict.openings[0].row for verdict in chosen if verdict.openings), default=0)
    others = [
        dataclasses.replace(
            verdict,
            openings=[
                _like(o, chosen) for o in verdict.all if o.key in core and not _is_title(page, o, first, printed)
            ],
        )
        for verdict in rest
        if not verdict.convention.common
    ]
    if chosen and chosen[0].convention.weak:
        others += [_beside_sides(page, verdict) for verdict in rest if not verdict.convention.weak]
    elif chosen:
        # A hearing prints `Q` and `A` for the two who matter, names for everybody else.
        others += [verdict for verdict in weak[:1] if "question" in verdict.sides.values()]
        others += mixed.asked_beside(page, rest, chosen)
    changes = [verdict for verdict in labels if verdict.convention.unnamed]
    return _merge([*chosen, *others, *changes])


def _printed(page: Page, chosen: list[Verdict]) -> dict[str, str]:
    """Return each label as it is printed for the first time."""
    printed: dict[str, str] = {}
    for verdict in chosen:
        for opening in verdict.openings:
            if opening.label is not None and opening.key not in printed:
                printed[opening.key] = page.text[slice(*opening.label)]
    return printed


def _is_title(page: Page, opening: Opening, first: int, printed: dict[str, str]) -> bool:
    """Whether a bare name on a line of its own stands before all turns, or is printed as no label is: a headline."""
    if not opening.form.title_like or opening.label is None:
        return False
    shown = page.text[slice(*opening.label)]
    return opening.row < first or shown.isupper() != printed.get(opening.key, shown).isupper()


def _like(opening: Opening, chosen: list[Verdict]) -> Opening:
    """Give an opening the side that the chosen convention found its label to name."""
    for verdict in chosen:
        if opening.key in verdict.sides:
            return opening._replace(role=verdict.sides[opening.key], side=True)
    return opening


def _beside_sides(page: Page, verdict: Verdict) -> Verdict:
    """Keep labels in capitals or of unnamed voices, which a transcript of `Q` and `A` prints for everybody else."""
    kinds = ("caps", "voice", "side")
    kept = [
        o for o in verdict.all if o.label and (read_label(page.text[slice(*o.label)]).kind in kinds or is_titled(o.key))
    ]
    return dataclasses.replace(verdict, openings=kept)


def _merge(verdicts: list[Verdict]) -> list[Opening]:
    """Return the openings of several conventions in the order of the text, one reading for each place."""
    openings: dict[int, Opening] = {}
    taken: set[int] = set()
    for verdict in verdicts:
        rows = {opening.row for opening in verdict.openings}
        for opening in verdict.openings:
            if opening.row not in taken:
                openings.setdefault(opening.at, opening)
        taken |= rows
    return [openings[at] for at in sorted(openings)]


def _beside(winner: list[Opening], others: list[Opening]) -> list[Opening]:
    """Add another convention's turns before the first and after the last of the winner's."""
    if not winner or not others:
        return winner or others
    before = [opening for opening in others if opening.row < winner[0].row]
    after = [opening for opening in others if opening.row > winner[-1].row]
    return [*(before if len(before) >= 4 else []), *winner, *(after if len(after) >= 4 else [])]


def _blocks(page: Page, turns: list[LaidTurn]) -> list[LaidBlock]:
    """Partition the text: turns as they are, everything between them row by row."""
    blocks: list[LaidBlock] = []
    number = 0
    titled = False
    at = 0
    starts = page.starts
    for position, turn in enumerate(turns):
        first = bisect_right(starts, turn.start) - 1
        if first > number:
            found = front_blocks(page, number, first, before_turns=position == 0, titled=titled)
            titled = titled or any(block.kind == "title" for block in found)
            blocks.extend(found)
        if first >= number:
            at = page.rows[first].start
        stop = turn.stop
        if position + 1 < len(turns):
            stop = min(stop, turns[position + 1].start)
        blocks.append(LaidBlock(at, stop, "turn"))
        at, number = stop, bisect_right(starts, turn.stop - 1)
    rest = front_blocks(page, number, len(page.rows), before_turns=not turns, titled=titled)
    return [*blocks, *(_after(block) if turns else block for block in rest)]


def _after(block: LaidBlock) -> LaidBlock:
    return block._replace(kind="boilerplate") if block.kind in ("title", "paragraph") else block
