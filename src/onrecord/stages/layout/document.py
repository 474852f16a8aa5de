"""`docs/conventions.md`, generated from the table of conventions so that it cannot lag behind."""

from __future__ import annotations

from onrecord.stages.layout.conventions import CONVENTIONS, Convention

_HEAD = """\
# Conventions: how texts mark turns

Generated from `onrecord.stages.layout.conventions`; a test holds the two together.

All conventions look at the whole text. A **labelled** one is believed where its labels repeat, name a side of the
exchange (`Question`), or are stated by the card; forms of labels that prose does not use are judged together, so that
bold questions and plain answers of one interview find each other. In a chat's export, where every message has a time
or date, messages need no full stops, but people have to write to each other. A **weak** one uses marks that prose
uses, too: at least four labels of two voices have to come again and take turns, and somebody has to ask or to say
*you* or *I*. Two forms of one voice each (`Q` in a column, a name with a colon) count together if they take turns.
Conventions **of form** have no labels: style, signs or question marks tell question from answer, and the exchange has
to be personal. Conventions of **markup** trust what the source itself says.

The best supported wins; labels win over style unless style would give more than twice as many turns, and bare
question marks count only where nothing else does. What another convention finds before the first or after the last
turn of the winner is kept, if it is four turns or more. Questions in a style of their own that stand above the
labelled answers of several people are kept between them. `onrecord explain FILE` prints what was tried, with its
support, and why it won or lost; `convention:` in a card or sidecar decides.

Every turn's `evidence` names its convention, the rule, how the voice is known (`printed`, `carried`, `inferred`,
`unknown`) and a confidence. Rules: `label` (a printed label), `label-of-side` (the label itself says question or
answer), `form` (style or markup), `host-lead-in` (a host's words before the first label of a broadcast).

To add one: a value in `conventions.py`; for a new way to print labels a pattern in `scan.py`; cases in
`tests/stages/test_layout_labels.py` or `test_layout_forms.py`, and a text without turns that could be mistaken for it
in `test_layout_prose.py`.

| name | family | what it is | example (⏎ new line, ⇥ tab) | judged by | confidence |
|---|---|---|---|---|---|
"""


def render() -> str:
    """Return the text of `docs/conventions.md`."""
    return _HEAD + "\n".join(_row(convention) for convention in CONVENTIONS) + "\n"


def _row(convention: Convention) -> str:
    family = f"{convention.family}, weak" if convention.weak else convention.family
    example = convention.example.replace("|", "\\|")
    return (
        f"| `{convention.name}` | {family} | {convention.summary} | `{example}` | {convention.evidence} "
        f"| {convention.confidence} |"
    )
