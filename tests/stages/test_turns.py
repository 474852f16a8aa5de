"""The supplied interview and fictional copies of it: blocks, turns, events, and what the stage promises."""

# ruff: noqa: E501 - texts and their turns stand here as they are printed

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.collection.facts import Facts, LabelFact, Participant, Source
from onrecord.pipeline import read
from onrecord.schema.interview import Interview
from onrecord.stages.blocks import find_blocks
from onrecord.stages.layout import analyse, explain
from onrecord.stages.turns import find_turns
from tests.stages.layouts import laid, roles, shown

RAW = Path(__file__).parents[2] / "raw" / "astna" / "000_e88328541b0bf3a9.txt"

COPY = """\
Northland's Prime Minister Elin Gråberg opens the sluice at Kvarn with the engineer Otto Reyes.March 3, 2021. NPA
"{quote}"
In a rare gesture of good will, Prime Minister Elin Gråberg has promised to settle the dispute over the sluice. During a visit on March 3 she praised the engineers and signalled a change of tone after years of silence between the two towns.
“There is no need for two sluices on one river,” Gråberg said, hinting at a common plan. She stressed that “the river belongs to both towns.”
But can a promise hold water?
Ida Torv, a historian, has doubts. “It is hard to find a promise that was kept,” Torv told KVB.
* * *
{q} The Prime Minister spoke of a common plan. How serious is she?
{a} She is serious until the next election. The towns do not forget.
They never did.
And they have reason not to.
{q} Could there be a hidden threat in her words?
{a} There is always one. {quote}.
We have learned to listen to what is not said.
{q} What should the town do?
{a} Wait for the spring.
Leave a review"""


def copy(question: str, answer: str) -> str:
    """The copy with other labels."""
    return COPY.format(q=question, a=answer, quote="The towns have understood that promises run downhill like water")


def kinds(interview: Interview) -> list[str]:
    """The kinds of the blocks, in order."""
    return [block.kind for block in interview.blocks]


def test_the_supplied_interview_is_read_as_its_page_shows() -> None:
    """Caption with credit, date and place, title, lede, separator, twelve alternating turns, and no review in an answer."""
    interview = laid(RAW.read_text(encoding="utf-8"))
    assert kinds(interview) == ["caption", "title", *["paragraph"] * 4, "separator", *["turn"] * 12, "boilerplate"]
    facts = {(fact.kind, fact.value) for fact in interview.blocks[0].facts}
    assert facts == {("credit", "IRNA"), ("date", "2024-10-14"), ("place", "Tehran")}
    assert roles(interview) == "qa" * 6
    assert [len(turn.paragraphs) for turn in interview.turns] == [1, 3, 1, 2, 1, 2, 1, 2, 1, 3, 1, 2]
    assert {turn.evidence.attribution for turn in interview.turns} == {"printed"}
    assert "Leave a review" not in interview.turns[-1].paragraphs[-1].of(interview.text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Question:", "Answer:"),
        ("Q:", "A:"),
        ("KVB:", "Torv:"),
        ("**KVB:**", "**Torv:**"),
        ("Q.", "A."),
        ("KVB –", "Torv –"),
    ],
)
def test_a_renamed_copy_is_read_the_same_way(question: str, answer: str) -> None:
    """Other names, outlet, country, dates and labels give the same blocks and turns: nothing is tied to one document."""
    interview = laid(copy(question, answer))
    assert kinds(interview) == ["caption", "title", *["paragraph"] * 4, "separator", *["turn"] * 6, "boilerplate"]
    assert {(fact.kind, fact.value) for fact in interview.blocks[0].facts} == {
        ("credit", "NPA"),
        ("date", "2021-03-03"),
        ("place", "Kvarn"),
    } or {fact.kind for fact in interview.blocks[0].facts} == {"credit", "date", "place"}
    assert [len(turn.paragraphs) for turn in interview.turns] == [1, 3, 1, 2, 1, 1]
    assert roles(interview) == "qaqaqa"


def test_the_copy_without_caption_title_or_separator_keeps_its_turns() -> None:
    """What stands above the first label changes nothing about the turns, in whatever order or not at all."""
    lines = copy("Q:", "A:").split("\n")
    whole = shown(laid("\n".join(lines)))
    for kept in (
        lines[1:],
        lines[2:],
        lines[7:],
        [lines[1], lines[0], *lines[2:]],
        [*lines[2:6], *lines[:2], *lines[6:]],
    ):
        assert shown(laid("\n".join(kept))) == whole


def test_events_are_kept_apart_from_speech() -> None:
    """Notes of laughter on their own line are events between paragraphs, inline ones are marked where they stand."""
    interview = laid(
        "LIND: Who was it? (Laughter.)\n(APPLAUSE)\nI must know.\nBERG: [inaudible 00:12:03] the miller.\nLIND: No!\nBERG: Yes.\n"
    )
    assert shown(interview)[0] == ("LIND", "Who was it? (Laughter.) / I must know.")
    assert [(event.kind, event.span.of(interview.text)) for event in interview.turns[0].events] == [
        ("laughter", "(Laughter.)"), ("applause", "(APPLAUSE)"),
    ]  # fmt: skip
    assert interview.turns[1].events[0].kind == "gap"


def test_labels_with_nothing_after_them_are_turns_without_paragraphs() -> None:
    """An empty turn stands where its label is; it is not lost and not filled with the next one's words."""
    interview = laid("LIND: When was it?\nBERG:\nLIND: You will not say?\nBERG: No.\n")
    assert shown(interview) == (("LIND", "When was it?"), ("BERG", ""), ("LIND", "You will not say?"), ("BERG", "No."))


def test_people_know_better_than_rules() -> None:
    """Labels a person states are labels, labels a person rejects are none, and a stated convention is used."""
    text = "Alba: We were there.\n\nThe rest is known: nothing came of it.\n\nCora: I was not.\n"
    stated = Facts(participants=(Participant(name="Alba"), Participant(name="Cora")))
    assert [label for label, _ in shown(laid(text, facts=stated))] == ["Alba", "Cora"]
    noisy = "Lind: When?\n\nBerg: In May.\n\nRadio: A storm is coming.\n\nLind: And then?\n\nRadio: It is here.\n\nBerg: Home.\n"
    rejected = Facts(labels=(LabelFact(label="Radio", ignore=True),))
    assert [label for label, _ in shown(laid(noisy, facts=rejected))] == ["Lind", "Berg", "Lind", "Berg"]
    both = "**Did you see it?**\n\nI did.\n\n**Was it you?**\n\nIt was not.\n\n**Who was it?**\n\nI will not say.\n\nLind: When?\n\nBerg: In May.\n\nLind: Why?\n\nBerg: I forgot.\n"
    assert {
        turn.evidence.convention for turn in laid(both, path="a.md", facts=Facts(convention="label-colon")).turns
    } == {"label-colon"}


def test_the_reason_is_told_in_words() -> None:
    """`explain` names the conventions that were tried, which won, and what they rest on."""
    interview = laid(copy("Q:", "A:"))
    lines = explain(interview, Facts())
    assert lines[0].startswith("label-colon (won")
    assert any("(lost" in line for line in lines)
    assert explain(laid("Nothing is said here."), Facts()) == ["No line looks like the beginning of a turn."]


PIECES = st.sampled_from([
    "Lind:", "Berg: ", "Q. ", "A. ", "- ", "— ", "**", "*", "_", "> ", ">> ", "# ", "[00:01:02] ", "(Laughter)", "<v Lind>", "|", "\t", "   ",
    "\n", "\n\n", "\r\n", "\r", "\x0c", "\u2028", "?", ".", "：", "问：", "答：", "word ", "Ada Lind ", "1. ", "---", "```", "😀", "e\u0301", "\u202e",
    "\u200b", "\x00", "\ufeff", "http://a.b/c", "Note: ", "Leave a review", "3 May 2021", "Photo: ", "“", "”", "\"", "{x} ", "\x15", "%act: ",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=300)))
def test_any_text_is_partitioned_and_its_turns_are_ordered(text: str) -> None:
    """On any text blocks partition it and turns are disjoint, in order, inside their blocks, and found again the same."""
    bare = read(Source(id="test/any", path="any.txt", data=text.encode("utf-8", "surrogatepass")))
    interview = find_turns(find_blocks(bare, Facts()), Facts())
    at = 0
    for block in interview.blocks:
        assert block.span.start == at < block.span.end
        at = block.span.end
    assert at == len(interview.text)
    end = 0
    for turn in interview.turns:
        assert end <= turn.span.start
        end = turn.span.end
        for before, after in zip(turn.paragraphs, turn.paragraphs[1:], strict=False):
            assert before.end <= after.start
    assert interview.text == bare.text
    assert find_turns(find_blocks(interview, Facts()), Facts()) == interview


HOSTILE = {
    "stars": "**" * 100_000, "blank lines": "\n" * 100_000, "labels": "Q: When?\nA: In May.\n" * 5_000, "colons": "a:" * 100_000,
    "one line": "word and word. " * 100_000, "voice tags": "<v a" * 50_000, "cells": "|a" * 50_000, "quotes": '"' * 100_000,
    "end matter": "Q: When?\n\nComments\n\n" * 2_000, "brackets": "(" * 100_000, "dashes": "- " * 100_000, "times": "[00:01 " * 50_000,
    "emphasis": "*a _b " * 30_000, "headings": "# Lind\n" * 5_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_texts_cost_no_more(name: str) -> None:
    """Texts made to be slow are laid out in time linear in their length: a tenth of a megabyte takes a moment."""
    start = time.process_time()
    analyse(read(Source(id="test/odd", path="odd.txt", data=HOSTILE[name].encode())), Facts())
    assert time.process_time() - start < 5


def test_the_analysis_is_a_function_of_its_inputs() -> None:
    """Analysing other texts between two looks at one does not change what is seen."""
    first = laid(copy("Q:", "A:"))
    before = analyse(first, Facts())
    laid("Nothing.")
    assert analyse(first, Facts()) == before
