"""The page about cards and sidecars: what may stand in them, from the models that read them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from onrecord.collection.card import Bounds, Card, Expect, LabelCard, OriginCard, RightsCard
from onrecord.collection.correctable import FIELDS
from onrecord.collection.facts import Participant
from onrecord.collection.sidecar import CorrectionCard, Sidecar, TargetCard, WaiverCard
from onrecord.schema.interview import TextQuoteSelector

CARD_EXAMPLE = """\
title: Voices of the harbour
language: en
outlet: The Quay
rights:
  holder: Harbour Archive
  licence: CC-BY-4.0
  redistribution: full
  basis: Letter of the archive, 2020-01-02.
origin: {url: "https://example.org/voices", retrieved: 2024-05-06}
labels:
  Q: interviewer
  A: interviewee
  "Mrs. Hale (?)": Ruth Hale
  NOTE: ignore
expect:
  min: {interviews: 40, turns_per_interview: 20}
  max: {unattributed_quotes: 0.15}
"""

SIDECAR_EXAMPLE = """\
title: Ruth Hale remembers the strike
date: 1987-06
participants:
  - {name: Ruth Hale, roles: [interviewee], labels: [RH]}
waivers:
  - code: mixed-newlines
    reason: The archive delivers its files like this.
    by: Ada Example
    expires: 2030-12-31
corrections:
  - target:
      layer: turns
      position: [120, 163]
      quote: {exact: "We built it, my father and I.", prefix: "A: ", suffix: " My mother"}
    set: {speaker: Ruth Hale, role: answer}
    by: Ada Example
    on: 2026-01-02
    why: The label was printed one line too low.
"""

_TABLES: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("The card: `collection.yaml`", "All of it is optional; one card per folder of raw/.", Card),
    ("`rights`", "What is not known stays out: null means unknown, never free.", RightsCard),
    ("`origin`", "", OriginCard),
    ("`labels`", "The long form of a label; `interviewer`, `ignore` or a name alone are short for it.", LabelCard),
    ("`participants`", "", Participant),
    ("`expect`", "Checked over the whole collection: outside the bounds is an error.", Expect),
    ("Measures of `expect`", "", Bounds),
    ("The sidecar: `<name>.yaml` beside the text", "It wins over the card, the file itself and the rules.", Sidecar),
    ("`waivers`", "A waived finding stops nothing; unused and expired waivers are reported.", WaiverCard),
    (
        "`corrections`",
        "What a person says against the parser; it is found again when text or parser change.",
        CorrectionCard,
    ),
    ("`target` of a correction", "Two selectors are better than one.", TargetCard),
    ("`quote` of a target", "A text alone is short for `{exact: …}`.", TextQuoteSelector),
)

_INTRODUCTION = """\
# Cards and sidecars

<!-- Generated from onrecord/collection/ by `scripts/pages`; do not edit. -->

What is known about the texts that they do not say themselves stands in YAML files beside them: one card per collection,
and a sidecar per text where there is something to say. Both are read strictly: an unknown key, a wrong value or a date
that does not exist is a finding with its line and column, and what is right is kept. Anchors, aliases and tags are not
read; `no` is a word, not false.
"""


def cards_page() -> str:
    """Return the page in Markdown, as `docs/cards.md` holds it."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield from (
        "## Examples",
        "",
        "```yaml",
        CARD_EXAMPLE.rstrip(),
        "```",
        "",
        "```yaml",
        SIDECAR_EXAMPLE.rstrip(),
        "```",
    )
    for heading, text, model in _TABLES:
        yield from ("", f"## {heading}", "")
        if text:
            yield from (text, "")
        yield from ("| key | what it says |", "|---|---|")
        for name, field in model.model_fields.items():
            needed = " **Needed.**" if field.is_required() else ""
            yield f"| `{name}` | {(field.description or '').replace('|', chr(92) + '|')}{needed} |"
    yield from ("", "## What a correction may set", "")
    yield "`delete: true` and `add: {…}` stand alone. Spans are `[start, end]` in code points, as the text was then."
    yield from ("", "| layer | fields |", "|---|---|")
    for layer, fields in FIELDS.items():
        yield f"| {layer} | {', '.join(f'`{name}`' for name in fields)} |"
    yield ""
