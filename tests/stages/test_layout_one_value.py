"""A new convention is one value: nothing else knows a convention by its name, and a value is all it takes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import cli
from onrecord.stages.layout import conventions
from onrecord.stages.layout.convention import Convention, Form
from onrecord.stages.layout.conventions import Styled
from onrecord.stages.layout.conventions._base import Style
from onrecord.stages.layout.conventions.styles import alike
from onrecord.stages.layout.document import table
from tests.stages.layouts import laid, roles, shown

SOURCE = Path(__file__).parents[2] / "src" / "onrecord"
PACKAGE = SOURCE / "stages" / "layout" / "conventions"

# A rule of quotations has the name of a convention of turns and means something else; the description of a field
# gives one as an example.
HARMLESS = {
    ("stages/quotes/find.py", "dash-dialogue"),
    ("stages/attribution/explain.py", "dash-dialogue"),
    ("schema/interview.py", "label-colon"),
}


def strings(source: str) -> Iterator[str]:
    """Yield every string of a module that is no docstring or comment, the pieces of composed ones too."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def named(source: str) -> set[str]:
    """The conventions a module names: a string is the name, or has it as a word of its own."""
    words = {word for text in strings(source) for word in re.findall(r"[a-z]+(?:-[a-z]+)*", text)}
    return words & set(conventions.REGISTRY.by_name)


def test_no_other_module_names_a_convention() -> None:
    """Outside the package of conventions no string of the source is, or has in it, the name of a convention."""
    found = {
        (path.relative_to(SOURCE).as_posix(), name)
        for path in SOURCE.rglob("*.py")
        if PACKAGE not in path.parents
        for name in named(path.read_text(encoding="utf-8"))
    }
    assert found == HARMLESS


@pytest.mark.parametrize(
    "source",
    [
        'if form == "label-dash":\n    pass\n',
        'ALONE = {"label-bar", "other"}\n',
        'def find(page):\n    """Find labels."""\n    return make(page, name="chevron")\n',
        'message = f"{count} of label-dash were found"\n',
    ],
)
def test_a_name_elsewhere_is_found(source: str) -> None:
    """The search finds a name in a comparison, a set, an argument and a sentence: it can fail."""
    assert len(named(source)) == 1


def test_a_docstring_may_name_a_convention() -> None:
    """What only explains is no dependency."""
    assert named('"""As in label-dash."""\nx = "a label-dashed line"\n') == set()


SQUIGGLE = Convention(
    name="label-squiggle",
    family="label",
    summary="A label and a squiggle with a head.",
    example="Anna Lee ~> We began in May.",
    evidence="at least four labels of two voices that repeat and take turns",
    confidence=0.91,
    weak=True,
    common=True,
    own_line="label-squiggle",
    forms=(Form(125, re.compile(r"(?P<label>[^\n:~]{1,40}?)[ \t]*~>[ \t]*"), holds=re.compile("~")),),
)
TALK = (
    "The rower of Tarn\n\nAda Lind ~> When did you begin to row?\n\nTom Berg ~>\nIn the month of May.\n\n"
    "Ada Lind ~> And who taught you?\n\nTom Berg ~> My sister did. I was afraid.\n"
)
TURNS = (
    ("Ada Lind", "When did you begin to row?"),
    ("Tom Berg", "In the month of May."),
    ("Ada Lind", "And who taught you?"),
    ("Tom Berg", "My sister did. I was afraid."),
)


def learn(monkeypatch: pytest.MonkeyPatch, convention: Convention) -> None:
    """Add a convention to the registry for the time of a test."""
    monkeypatch.setattr(conventions, "REGISTRY", conventions.collect((*conventions.REGISTRY.all, convention)))


def test_one_value_makes_a_labelled_convention(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text has no turns; with one value more in the registry it has those that a reader sees."""
    assert laid(TALK).turns == ()
    learn(monkeypatch, SQUIGGLE)
    interview = laid(TALK)
    assert shown(interview) == TURNS
    assert roles(interview) == "qaqa"
    assert {(t.evidence.convention, t.evidence.confidence) for t in interview.turns} == {("label-squiggle", 0.91)}


def test_a_trait_of_the_value_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `own_line` a label alone on its line is none: what the machinery does is said by the value alone."""
    learn(monkeypatch, replace(SQUIGGLE, own_line=""))
    assert ("Tom Berg", "In the month of May.") not in shown(laid(TALK))


def test_one_value_is_explained_stated_and_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`onrecord explain` tells of the new convention, a sidecar may state it, and the page of conventions lists it."""
    text = tmp_path / "talk.txt"
    text.write_text(TALK, encoding="utf-8")
    (tmp_path / "talk.yaml").write_text("convention: label-squiggle\n", encoding="utf-8")
    assert "unknown-convention" in CliRunner().invoke(cli, ["check", str(text)]).output
    learn(monkeypatch, SQUIGGLE)
    assert "unknown-convention" not in CliRunner().invoke(cli, ["check", str(text)]).output
    explained = CliRunner().invoke(cli, ["explain", str(text)])
    assert explained.exit_code == 0, explained.output
    said = " ".join(explained.output.split())
    assert "label-squiggle (won, score 3.64): A label and a squiggle with a head." in said
    assert "label-squiggle marks 4 of 4 turns" in said
    assert "| `label-squiggle` | label, weak | A label and a squiggle with a head. |" in table()


def test_one_value_makes_a_style_of_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A style of paragraphs no convention knew marks questions as soon as one value says how to see it."""
    text = "\n\n".join(
        ("☞Tell me, when did you begin?", "I began in May.", "☞Tell me who taught you.", "My sister did.",
         "☞Tell me what you would change.", "I would take a bigger boat.", "☞Do you miss it?", "I do, my friend.")
    )  # fmt: skip
    assert laid(text).turns == ()
    pointing = Styled(
        name="hand-question",
        family="form",
        summary="A hand points at the questions.",
        example="☞When did you begin?⏎In May.",
        evidence="paragraphs with a hand",
        confidence=0.9,
        style=Style(rows=alike(lambda paragraph: paragraph.sign == "☞")),
    )
    learn(monkeypatch, pointing)
    interview = laid(text)
    assert roles(interview) == "qaqaqaqa"
    assert {turn.evidence.convention for turn in interview.turns} == {"hand-question"}
